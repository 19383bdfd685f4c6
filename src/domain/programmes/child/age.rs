//! The ages at which a child is checked, with their windows (rules §10.1).

use serde::{Deserialize, Serialize};

use crate::domain::{
    day::{Day, plus_days, plus_months},
    text::Text,
    window::{Span, Window, WindowCode},
};

/// An age of a check; stored by its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Age {
    #[serde(rename = "1m")]
    M1,
    #[serde(rename = "3m")]
    M3,
    #[serde(rename = "6m")]
    M6,
    #[serde(rename = "8m")]
    M8,
    #[serde(rename = "12m")]
    M12,
    #[serde(rename = "18m")]
    M18,
    #[serde(rename = "24m")]
    M24,
    #[serde(rename = "30m")]
    M30,
    #[serde(rename = "36m")]
    M36,
    #[serde(rename = "4y")]
    Y4,
    #[serde(rename = "5y")]
    Y5,
    #[serde(rename = "6y")]
    Y6,
}

/// One line of the table: months, key, keys of the two tasks, names of the two tasks.
struct Line(u32, &'static str, &'static str, &'static str, Text, Text);

macro_rules! line {
    ($months:literal, $key:literal, $zh:literal, $en:literal) => {
        Line(
            $months,
            $key,
            concat!("child_", $key),
            concat!("tcm_child_", $key),
            Text {
                zh: concat!($zh, "体检"),
                en: concat!($en, " check"),
            },
            Text {
                zh: concat!($zh, "中医"),
                en: concat!($en, " TCM"),
            },
        )
    };
}

impl Age {
    /// All ages, the youngest first.
    pub const ALL: &'static [Self] = &[
        Self::M1,
        Self::M3,
        Self::M6,
        Self::M8,
        Self::M12,
        Self::M18,
        Self::M24,
        Self::M30,
        Self::M36,
        Self::Y4,
        Self::Y5,
        Self::Y6,
    ];

    const fn line(self) -> Line {
        match self {
            Self::M1 => line!(1, "1m", "满月", "1 month"),
            Self::M3 => line!(3, "3m", "3月龄", "3 months"),
            Self::M6 => line!(6, "6m", "6月龄", "6 months"),
            Self::M8 => line!(8, "8m", "8月龄", "8 months"),
            Self::M12 => line!(12, "12m", "12月龄", "12 months"),
            Self::M18 => line!(18, "18m", "18月龄", "18 months"),
            Self::M24 => line!(24, "24m", "24月龄", "24 months"),
            Self::M30 => line!(30, "30m", "30月龄", "30 months"),
            Self::M36 => line!(36, "36m", "36月龄", "36 months"),
            Self::Y4 => line!(48, "4y", "4岁", "4 years"),
            Self::Y5 => line!(60, "5y", "5岁", "5 years"),
            Self::Y6 => line!(72, "6y", "6岁", "6 years"),
        }
    }

    /// Returns the age in months.
    pub const fn months(self) -> u32 {
        self.line().0
    }

    /// Returns the stable key, as `6m`.
    pub const fn key(self) -> &'static str {
        self.line().1
    }

    /// Returns the age of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|age| age.key() == key)
    }

    /// Returns the key of the check, as `child_6m`.
    pub const fn task_key(self) -> &'static str {
        self.line().2
    }

    /// Returns the key of the Chinese-medicine service, as `tcm_child_6m`.
    pub const fn tcm_key(self) -> &'static str {
        self.line().3
    }

    /// Returns the name of the check on a row.
    pub const fn check_name(self) -> Text {
        self.line().4
    }

    /// Returns the name of the Chinese-medicine service on a row.
    pub const fn tcm_name(self) -> Text {
        self.line().5
    }

    /// Says whether the Chinese-medicine service belongs to this age (national).
    pub const fn has_tcm(self) -> bool {
        matches!(
            self,
            Self::M6 | Self::M12 | Self::M18 | Self::M24 | Self::M30 | Self::M36
        )
    }

    /// Returns the window of the check of a child born on `birth`.
    pub fn window(self, birth: Day) -> Window {
        if self == Self::M1 {
            let due = plus_days(birth, 30);
            return Window {
                code: WindowCode::Fixed,
                from: birth,
                span: Span::Days(30),
                earliest: plus_days(birth, 28),
                due,
                latest: Some(due),
            };
        }
        let months = self.months();
        let lasts = if months < 48 { 1 } else { 12 };
        let due = plus_months(birth, months);
        Window {
            code: WindowCode::Fixed,
            from: birth,
            span: Span::Months(months),
            earliest: due,
            due,
            latest: Some(plus_days(plus_months(birth, months + lasts), -1)),
        }
    }
}
