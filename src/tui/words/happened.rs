//! What is recorded of a person, in a word each.

use super::text;
use crate::domain::{
    course::happening::{Evidence, LostReason},
    text::Text,
};

/// Returns the printed words of a reason for being lost, codes 1 to 5.
pub const fn lost(reason: LostReason) -> Text {
    match reason {
        LostReason::WorkingAway => text("外出务工", "working away"),
        LostReason::MovedElsewhere => text("迁居他处", "lives elsewhere"),
        LostReason::Strayed => text("走失", "missing"),
        LostReason::NotReachedThreeTimes => text("连续3次未访到", "not reached three times"),
        LostReason::Other => text("其他", "other"),
    }
}

/// Returns how a follow-up elsewhere is known.
pub const fn evidence(evidence: Evidence) -> Text {
    match evidence {
        Evidence::Paper => text("病历或随访本", "papers seen"),
        Evidence::Message => text("医院来信或电话", "message from there"),
        Evidence::ResidentsWord => text("本人或家人所说", "told by the resident"),
    }
}
