//! The class of a visit 此次随访分类, as the forms of three programmes print it.

use serde::{Deserialize, Serialize};

use super::ProgrammeKind;
use crate::domain::{course::happening::FormFacts, text::Text};

/// A class: the first four of hypertension and diabetes, the others of mental disorder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    Controlled,
    NotControlled,
    AdverseReaction,
    Complication,
    Unstable,
    FairlyStable,
    Stable,
}

impl Class {
    /// Returns the official code on its form.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Controlled | Self::Unstable => "1",
            Self::NotControlled | Self::FairlyStable => "2",
            Self::AdverseReaction | Self::Stable => "3",
            Self::Complication => "4",
        }
    }

    /// Returns the class of an official code on the form of `programme`.
    pub fn of_code(programme: ProgrammeKind, code: &str) -> Option<Self> {
        match (programme == ProgrammeKind::Smd, code) {
            (false, "1") => Some(Self::Controlled),
            (false, "2") => Some(Self::NotControlled),
            (false, "3") => Some(Self::AdverseReaction),
            (false, "4") => Some(Self::Complication),
            (true, "1") => Some(Self::Unstable),
            (true, "2") => Some(Self::FairlyStable),
            (true, "3") => Some(Self::Stable),
            _ => None,
        }
    }

    /// Returns the words of the form.
    pub const fn text(self) -> Text {
        match self {
            Self::Controlled => Text {
                zh: "控制满意",
                en: "Controlled",
            },
            Self::NotControlled => Text {
                zh: "控制不满意",
                en: "Not controlled",
            },
            Self::AdverseReaction => Text {
                zh: "不良反应",
                en: "Adverse reaction",
            },
            Self::Complication => Text {
                zh: "并发症",
                en: "Complication",
            },
            Self::Unstable => Text {
                zh: "不稳定",
                en: "Unstable",
            },
            Self::FairlyStable => Text {
                zh: "基本稳定",
                en: "Fairly stable",
            },
            Self::Stable => Text {
                zh: "稳定",
                en: "Stable",
            },
        }
    }

    /// Returns the most severe class that applies (rules §3.4); without the deciding value
    /// only a reaction or a complication makes a class.
    pub fn of(on_target: Option<bool>, form: &FormFacts) -> Option<Self> {
        if form.compl {
            return Some(Self::Complication);
        }
        if form.adr {
            return Some(Self::AdverseReaction);
        }
        on_target.map(|ok| {
            if ok {
                Self::Controlled
            } else {
                Self::NotControlled
            }
        })
    }
}
