//! How the lists of actions and of contexts become enums that can list themselves.

macro_rules! actions {
    (@needs) => { None };
    (@needs $matter:ident) => {
        Some(Needs { matter: Matter::$matter, otherwise: None })
    };
    (@needs $matter:ident $zh:literal $en:literal $pinyin:literal) => {
        Some(Needs {
            matter: Matter::$matter,
            otherwise: Some(Words { text: Text { zh: $zh, en: $en }, pinyin: $pinyin }),
        })
    };
    ($(#[$meta:meta])* $name:ident {
        $($variant:ident $toml:literal $offer:ident $zh:literal $en:literal $pinyin:literal
            $(for $matter:ident $(else $other_zh:literal $other_en:literal $other_pinyin:literal)?)?;)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $(#[doc = $en] $variant),+ }

        impl $name {
            /// Every action, in the order of help.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Returns the name keymap files use.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $toml),+ }
            }

            /// Returns the words of hints, help and palette.
            pub const fn words(self) -> Words {
                match self {
                    $(Self::$variant => Words { text: Text { zh: $zh, en: $en }, pinyin: $pinyin }),+
                }
            }

            /// Returns the words of hints, help and palette.
            pub const fn text(self) -> Text {
                self.words().text
            }

            /// Returns what one must be allowed to change for it, if anything.
            pub const fn needs(self) -> Option<Needs> {
                match self {
                    $(Self::$variant => actions!(
                        @needs $($matter $($other_zh $other_en $other_pinyin)?)?
                    )),+
                }
            }

            /// Returns how the action is offered besides its key.
            pub const fn offer(self) -> Offer {
                match self { $(Self::$variant => Offer::$offer),+ }
            }
        }
    };
}

macro_rules! contexts {
    ($($variant:ident($actions:ident) $toml:literal $typing:literal $zh:literal $en:literal;)+) => {
        /// Where a key is pressed; each has its section in a keymap file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Context { $(#[doc = $en] $variant),+ }

        /// An action together with its context.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $(#[doc = $en] $variant($actions)),+ }

        impl Context {
            /// Every context, in the order of help.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Returns the name of the section in a keymap file.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $toml),+ }
            }

            /// Returns the heading of the context in help.
            pub const fn title(self) -> Text {
                match self { $(Self::$variant => Text { zh: $zh, en: $en }),+ }
            }

            /// Returns whether characters typed here are text or codes, so that
            /// no bare character may be bound.
            pub const fn takes_text(self) -> bool {
                match self { $(Self::$variant => $typing),+ }
            }

            /// Returns the actions of the context, in the order of help.
            pub fn actions(self) -> Vec<Action> {
                match self {
                    $(Self::$variant => {
                        $actions::ALL.iter().map(|action| Action::$variant(*action)).collect()
                    })+
                }
            }
        }

        impl Action {
            /// Returns the context the action belongs to.
            pub const fn context(self) -> Context {
                match self { $(Self::$variant(_) => Context::$variant),+ }
            }

            /// Returns the name keymap files use.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant(action) => action.name()),+ }
            }

            /// Returns the words of hints, help and palette, with their pinyin.
            pub const fn words(self) -> Words {
                match self { $(Self::$variant(action) => action.words()),+ }
            }

            /// Returns the words of hints, help and palette.
            pub const fn text(self) -> Text {
                self.words().text
            }

            /// Returns what one must be allowed to change for it, if anything.
            pub const fn needs(self) -> Option<Needs> {
                match self { $(Self::$variant(action) => action.needs()),+ }
            }

            /// Returns how the action is offered besides its key.
            pub const fn offer(self) -> Offer {
                match self { $(Self::$variant(action) => action.offer()),+ }
            }
        }
    };
}
