//! Enumerations of the paper forms: a stored name, an official code and a wording each.

use crate::domain::text::Text;

/// A value of a paper form's list.
pub trait Coded: Copy + 'static {
    /// Returns every value somebody can choose, in the official order.
    fn all() -> &'static [Self];
    /// Returns the official code.
    fn number(self) -> u8;
    /// Returns the wording.
    fn wording(self) -> Text;
}

/// Writes an enum whose variants carry their official code and their wording in both languages.
/// Those behind a semicolon can be written down but nobody is offered them.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident {
        $($code:literal $variant:ident $zh:literal $en:literal,)+
        $(; $($own_code:literal $own:ident $own_zh:literal $own_en:literal,)+)?
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $(#[doc = $zh] $variant,)+
            $($(#[doc = $own_zh] $own,)+)?
        }

        impl $name {
            /// Every value somebody can choose, in the official order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Returns the official code.
            pub const fn code(self) -> u8 {
                match self {
                    $(Self::$variant => $code,)+
                    $($(Self::$own => $own_code,)+)?
                }
            }

            /// Returns the value of an official code.
            pub fn from_code(code: u8) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }

            /// Returns the wording.
            pub const fn name(self) -> $crate::domain::text::Text {
                let (zh, en) = match self {
                    $(Self::$variant => ($zh, $en),)+
                    $($(Self::$own => ($own_zh, $own_en),)+)?
                };
                $crate::domain::text::Text { zh, en }
            }
        }

        impl $crate::domain::agreement::coded::Coded for $name {
            fn all() -> &'static [Self] {
                Self::ALL
            }

            fn number(self) -> u8 {
                self.code()
            }

            fn wording(self) -> $crate::domain::text::Text {
                self.name()
            }
        }
    };
}

pub(super) use coded;
