//! Why follow-up ends; the names are the format of the journal and never change.
//!
//! Which reasons a programme knows stands in `programmes::scope`.

use serde::{Deserialize, Serialize};

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
    /// 停用: a long prescription was stopped.
    Stopped,
}

impl EndReason {
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
            Self::Stopped => "stopped",
        }
    }
}
