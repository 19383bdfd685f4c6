//! 老年人中医体质辨识 (form rules F10): nine constitutions from 33 answers of 1–5.
//!
//! Two items are read off measurements; their scales stand here too.

use crate::domain::{text::Text, value::Decimal};

/// How many items the form has.
pub const ITEMS: usize = 33;

/// A constitution, in the order of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Constitution {
    /// 气虚质
    QiDeficiency,
    /// 阳虚质
    YangDeficiency,
    /// 阴虚质
    YinDeficiency,
    /// 痰湿质
    PhlegmDampness,
    /// 湿热质
    DampHeat,
    /// 血瘀质
    BloodStasis,
    /// 气郁质
    QiStagnation,
    /// 特禀质
    Special,
    /// 平和质
    Balanced,
}

/// What a score says about a constitution; codes as the form keeps them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// 是
    Is,
    /// 倾向是, and for the balanced one 基本是.
    Tends,
    /// 否
    IsNot,
}

impl Finding {
    /// Returns the code in the form.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Is => "1",
            Self::Tends => "2",
            Self::IsNot => "3",
        }
    }

    /// Returns what the finding is called for a constitution.
    pub const fn name(self, of: Constitution) -> Text {
        match (self, of) {
            (Self::Is, _) => Text {
                zh: "是",
                en: "yes",
            },
            (Self::Tends, Constitution::Balanced) => Text {
                zh: "基本是",
                en: "mostly",
            },
            (Self::Tends, _) => Text {
                zh: "倾向是",
                en: "tends to",
            },
            (Self::IsNot, _) => Text {
                zh: "否", en: "no"
            },
        }
    }
}

impl Constitution {
    /// Every constitution, in the order of the paper.
    pub const ALL: [Self; 9] = [
        Self::QiDeficiency,
        Self::YangDeficiency,
        Self::YinDeficiency,
        Self::PhlegmDampness,
        Self::DampHeat,
        Self::BloodStasis,
        Self::QiStagnation,
        Self::Special,
        Self::Balanced,
    ];

    /// Returns its name.
    pub const fn name(self) -> Text {
        let (zh, en) = match self {
            Self::QiDeficiency => ("气虚质", "Qi deficiency"),
            Self::YangDeficiency => ("阳虚质", "Yang deficiency"),
            Self::YinDeficiency => ("阴虚质", "Yin deficiency"),
            Self::PhlegmDampness => ("痰湿质", "Phlegm-dampness"),
            Self::DampHeat => ("湿热质", "Damp heat"),
            Self::BloodStasis => ("血瘀质", "Blood stasis"),
            Self::QiStagnation => ("气郁质", "Qi stagnation"),
            Self::Special => ("特禀质", "Special"),
            Self::Balanced => ("平和质", "Balanced"),
        };
        Text { zh, en }
    }

    /// Returns the numbers of the items that are added up, from 1.
    pub const fn items(self) -> &'static [usize] {
        match self {
            Self::QiDeficiency => &[2, 3, 4, 14],
            Self::YangDeficiency => &[11, 12, 13, 29],
            Self::YinDeficiency => &[10, 21, 26, 31],
            Self::PhlegmDampness => &[9, 16, 28, 32],
            Self::DampHeat => &[23, 25, 27, 30],
            Self::BloodStasis => &[19, 22, 24, 33],
            Self::QiStagnation => &[5, 6, 7, 8],
            Self::Special => &[15, 17, 18, 20],
            Self::Balanced => &[1, 2, 4, 5, 13],
        }
    }

    /// Returns the score of these 33 answers; all but the first item of the balanced
    /// constitution count reversed.
    pub fn score(self, answers: &[u32; ITEMS]) -> u32 {
        let of = |item: &usize| item.checked_sub(1).and_then(|at| answers.get(at));
        let found: Vec<u32> = self.items().iter().filter_map(of).copied().collect();
        match self {
            Self::Balanced => balanced_score(&found),
            _ => found.iter().sum(),
        }
    }
}

/// Returns the balanced constitution's score: the first answer straight, the others reversed
/// (6 − answer).
pub fn balanced_score(answers: &[u32]) -> u32 {
    let (first, rest) = answers.split_at(answers.len().min(1));
    let reversed = rest.iter().map(|answer| 6_u32.saturating_sub(*answer));
    first.iter().copied().chain(reversed).sum()
}

/// Returns what a score of a biased constitution says.
pub const fn biased(score: u32) -> Finding {
    match score {
        11.. => Finding::Is,
        9..=10 => Finding::Tends,
        _ => Finding::IsNot,
    }
}

/// Returns what the balanced score says beside the eight others; `limits` are
/// `tcm.balanced_limits`, both strict "less than".
pub fn balanced(score: u32, others: &[u32], limits: (u32, u32)) -> Finding {
    let all_below = |limit: u32| others.iter().all(|other| *other < limit);
    if score < 17 {
        Finding::IsNot
    } else if all_below(limits.0) {
        Finding::Is
    } else if all_below(limits.1) {
        Finding::Tends
    } else {
        Finding::IsNot
    }
}

/// Returns every constitution with its score and finding, in the order of the paper.
pub fn assess(answers: &[u32; ITEMS], limits: (u32, u32)) -> Vec<(Constitution, u32, Finding)> {
    let scored = |kind: Constitution| (kind, kind.score(answers));
    let others: Vec<u32> = Constitution::ALL
        .iter()
        .filter(|kind| **kind != Constitution::Balanced)
        .map(|kind| kind.score(answers))
        .collect();
    Constitution::ALL
        .into_iter()
        .map(scored)
        .map(|(kind, score)| match kind {
            Constitution::Balanced => (kind, score, balanced(score, &others, limits)),
            _ => (kind, score, biased(score)),
        })
        .collect()
}

/// Returns the answer to item 9 from the body mass index in kg/m².
pub fn overweight(bmi: Decimal) -> u32 {
    match bmi.thousandths() {
        ..24_000 => 1,
        24_000..25_000 => 2,
        25_000..26_000 => 3,
        26_000..28_000 => 4,
        _ => 5,
    }
}

/// Returns the answer to item 28 from the waist in cm, rounded to whole ones first.
pub fn belly(waist: Decimal) -> u32 {
    match waist.rounded(0).thousandths() / 1000 {
        ..80 => 1,
        80..=85 => 2,
        86..=90 => 3,
        91..=105 => 4,
        _ => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("23.9", 1)]
    #[case("24", 2)]
    #[case("24.9", 2)]
    #[case("25", 3)]
    #[case("26", 4)]
    #[case("27.9", 4)]
    #[case("28", 5)]
    fn the_index_answers_item_nine(#[case] bmi: &str, #[case] answer: u32) {
        assert_eq!(overweight(bmi.parse().unwrap()), answer);
    }

    #[rstest]
    #[case("79.4", 1)]
    #[case("79.5", 2)]
    #[case("85.4", 2)]
    #[case("85.5", 3)]
    #[case("90.5", 4)]
    #[case("105.4", 4)]
    #[case("105.5", 5)]
    fn the_waist_answers_item_twenty_eight(#[case] waist: &str, #[case] answer: u32) {
        assert_eq!(belly(waist.parse().unwrap()), answer);
    }

    #[rstest]
    #[case(16, [4; 8], Finding::IsNot)]
    #[case(17, [7; 8], Finding::Is)]
    #[case(17, [8; 8], Finding::Tends)]
    #[case(17, [9; 8], Finding::Tends)]
    #[case(17, [10; 8], Finding::IsNot)]
    fn balance_needs_the_others_low(
        #[case] score: u32,
        #[case] others: [u32; 8],
        #[case] found: Finding,
    ) {
        assert_eq!(balanced(score, &others, (8, 10)), found);
    }

    #[rstest]
    #[case(8, Finding::IsNot)]
    #[case(9, Finding::Tends)]
    #[case(10, Finding::Tends)]
    #[case(11, Finding::Is)]
    fn a_bias_has_its_thresholds(#[case] score: u32, #[case] found: Finding) {
        assert_eq!(biased(score), found);
    }

    #[test]
    fn every_item_counts_somewhere() {
        let counted: std::collections::BTreeSet<usize> = Constitution::ALL
            .iter()
            .flat_map(|kind| kind.items().iter().copied())
            .collect();
        assert_eq!(counted, (1..=ITEMS).collect());
    }
}
