//! 老年人生活自理能力评估 (form rules F09): five items, one level.
//!
//! What follows from a level is decided by the programmes.

/// How much help an old person needs; codes as printed on the check-up form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SelfCare {
    /// 可自理, 0–3.
    Independent,
    /// 轻度依赖, 4–8.
    Mild,
    /// 中度依赖, 9–18.
    Moderate,
    /// 不能自理, 19 and more.
    Dependent,
}

impl SelfCare {
    /// Returns the level of a total score, 0–37.
    pub const fn of(total: u32) -> Self {
        match total {
            0..=3 => Self::Independent,
            4..=8 => Self::Mild,
            9..=18 => Self::Moderate,
            _ => Self::Dependent,
        }
    }

    /// Returns the official code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Independent => "1",
            Self::Mild => "2",
            Self::Moderate => "3",
            Self::Dependent => "4",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, "1")]
    #[case(3, "1")]
    #[case(4, "2")]
    #[case(8, "2")]
    #[case(9, "3")]
    #[case(18, "3")]
    #[case(19, "4")]
    #[case(37, "4")]
    fn a_total_has_its_level(#[case] total: u32, #[case] level: &str) {
        assert_eq!(SelfCare::of(total).code(), level);
    }
}
