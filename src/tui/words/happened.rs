//! What is recorded of a person, in a word each.

use super::text;
use crate::domain::{
    course::happening::{Evidence, LostReason, Measured},
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

/// Returns measurements in few cells: `134/82`, `空腹6.1`.
pub fn measured(measured: &Measured, lang: crate::domain::text::Lang) -> String {
    let mut parts = Vec::new();
    if let Some(pressure) = measured.pressure() {
        parts.push(format!("{}/{}", pressure.sbp, pressure.dbp));
    }
    if let Some(fasting) = measured.fbg {
        parts.push(format!("{}{fasting}", FASTING.get(lang)));
    }
    if let Some(random) = measured.rbg {
        parts.push(format!("{}{random}", RANDOM.get(lang)));
    }
    parts.join(" ")
}

const FASTING: Text = text("空腹", "fasting ");
const RANDOM: Text = text("随机", "random ");
