//! Why follow-up ended, and for which reason a person may end which programme.
//!
//! Variant names are the format of the journal: they never change.

use serde::{Deserialize, Serialize};

use crate::domain::programmes::ProgrammeKind;

/// Why follow-up ended (rules §18).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    Died,
    /// 迁出 with hand-over.
    MovedAway,
    RecordedTwice,
    /// Diagnosis removed by a higher hospital.
    DiagnosisRemoved,
    /// 完成疗程, 结案
    Completed,
    /// 丢失
    LostForGood,
    /// 转入耐多药治疗
    Transferred,
    /// 分娩
    Delivered,
    /// 流产, 引产, 死胎
    PregnancyEnded,
    /// The ground for it is gone: a tag, a household type, an agreement.
    GroundGone,
    /// It goes on with another person of the household.
    HandedOn,
}

impl EndReason {
    /// Returns the reasons for which a person ends the programme by hand; the others come
    /// with a record of their own: a delivery, a closing, a death.
    pub const fn given_for(programme: ProgrammeKind) -> &'static [Self] {
        match programme {
            ProgrammeKind::Htn | ProgrammeKind::Dm | ProgrammeKind::Smd => {
                &[Self::DiagnosisRemoved]
            }
            ProgrammeKind::Tb => &[Self::DiagnosisRemoved, Self::LostForGood, Self::Transferred],
            ProgrammeKind::Anc => &[Self::PregnancyEnded],
            ProgrammeKind::Pnc
            | ProgrammeKind::Elderly
            | ProgrammeKind::Child
            | ProgrammeKind::Vax
            | ProgrammeKind::TcmElderly
            | ProgrammeKind::TcmChild
            | ProgrammeKind::Disabled
            | ProgrammeKind::Poverty
            | ProgrammeKind::General => &[Self::GroundGone],
            ProgrammeKind::Screen35 => &[],
        }
    }

    /// Returns the stable key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Died => "died",
            Self::MovedAway => "moved_away",
            Self::RecordedTwice => "recorded_twice",
            Self::DiagnosisRemoved => "diagnosis_removed",
            Self::Completed => "completed",
            Self::LostForGood => "lost_for_good",
            Self::Transferred => "transferred",
            Self::Delivered => "delivered",
            Self::PregnancyEnded => "pregnancy_ended",
            Self::GroundGone => "ground_gone",
            Self::HandedOn => "handed_on",
        }
    }
}
