//! What the papers of the consulting room leave behind: long prescriptions that run (forms
//! F24), and referral slips that wait for their return slip (forms F21).
//!
//! Nobody is entered in it: whoever has such a paper is. A review is computed from the
//! prescription that ends first; the check of a referral is `course`'s.

use serde::{Deserialize, Serialize};

use super::{Asked, Programme, ProgrammeKind, reason::Reason, rule::Rule};
use crate::domain::{
    day::{Day, plus_days},
    task::{Task, TaskKind},
    text::Text,
    window::{Span, Window, WindowCode},
};

/// What is fixed about the programme.
pub const PROGRAMME: Programme = Programme {
    kind: ProgrammeKind::Outpatient,
    code: "outpatient",
    name: Text {
        zh: "门诊诊疗",
        en: "Outpatient care",
    },
    short: Text {
        zh: "门诊",
        en: "Clinic",
    },
    entry_age: 0,
    follow_up: None,
    visit: None,
    exam: None,
};

/// The review is due so many days before the prescription ends.
const REVIEW_DAYS: i64 = 3;
/// The review may be done so many days before it is due.
const REVIEW_EARLY_DAYS: i64 = 4;

/// What is known of one person's papers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Care {
    /// Those neither renewed, reviewed nor stopped, the first to end first.
    pub prescriptions: Vec<LongPrescription>,
    /// The slips without a return slip, and those that came back last.
    pub slips: Vec<Sent>,
}

/// One long prescription 长期处方.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LongPrescription {
    pub diagnosis: String,
    #[serde(with = "crate::domain::written_day")]
    pub start: Day,
    /// The last day it reaches.
    #[serde(with = "crate::domain::written_day")]
    pub end: Day,
}

/// What a referral slip 双向转诊单 says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// Institution and department.
    pub to: String,
    pub reason: String,
    pub urgent: bool,
}

/// A slip that was handed out, and the day its return slip is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    #[serde(with = "crate::domain::written_day")]
    pub on: Day,
    pub slip: Slip,
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub returned: Option<Day>,
}

/// Returns the last day of a prescription of so many weeks.
pub fn prescription_end(start: Day, weeks: i64) -> Day {
    plus_days(start, weeks.saturating_mul(7).saturating_sub(1))
}

/// Returns the day a prescription that ends then is to be reviewed.
pub fn review_day(end: Day) -> Day {
    plus_days(end, -REVIEW_DAYS)
}

impl LongPrescription {
    /// Returns the window of its review.
    fn window(&self) -> Window {
        let due = review_day(self.end);
        let days = u32::try_from((due - self.start).num_days()).unwrap_or(0);
        Window {
            code: WindowCode::Fixed,
            from: self.start,
            span: Span::Days(days),
            earliest: plus_days(due, -REVIEW_EARLY_DAYS).max(plus_days(self.start, 1)),
            due,
            latest: Some(self.end),
        }
    }

    /// Says whether it is the same medicine going on: the same illness.
    fn is_for(&self, diagnosis: &str) -> bool {
        self.diagnosis.trim() == diagnosis.trim()
    }
}

impl Care {
    /// Returns the slips without a return slip, the first first.
    pub fn waiting(&self) -> impl Iterator<Item = &Sent> {
        self.slips.iter().filter(|sent| sent.returned.is_none())
    }

    /// Returns the last slip that came back.
    pub fn last_returned(&self) -> Option<&Sent> {
        let back = self.slips.iter().filter(|sent| sent.returned.is_some());
        back.max_by_key(|sent| sent.returned)
    }

    /// Says whether medicine of a long prescription is taken on `day`.
    pub fn is_running(&self, day: Day) -> bool {
        let runs = |one: &LongPrescription| one.start <= day && day <= one.end;
        self.prescriptions.iter().any(runs)
    }

    /// Takes a prescription: it follows the one for the same illness.
    pub fn prescribe(&mut self, new: LongPrescription) {
        self.prescriptions.retain(|old| !old.is_for(&new.diagnosis));
        self.prescriptions.push(new);
        self.prescriptions.sort_by_key(|one| one.end);
    }

    /// Takes a consultation for this illness: a review, where its prescription is about to end.
    pub fn consult(&mut self, diagnosis: &str, day: Day) {
        self.prescriptions
            .retain(|one| !one.is_for(diagnosis) || day < one.window().earliest);
    }

    /// Takes a slip handed out; slips that came back before are no news any more.
    pub fn send(&mut self, slip: Slip, on: Day) {
        self.slips.retain(|sent| sent.returned.is_none());
        let returned = None;
        self.slips.push(Sent { on, slip, returned });
    }

    /// Takes a return slip: it answers every slip that waits for one.
    pub fn take_back(&mut self, on: Day) {
        for sent in self.slips.iter_mut().filter(|s| s.returned.is_none()) {
            sent.returned = Some(on);
        }
    }
}

/// Returns the review of the prescription that ends first.
pub fn tasks(asked: &Asked<'_>) -> Vec<Task> {
    let first = asked.facts().care().and_then(|care| {
        let first = care.prescriptions.first()?;
        Some(Task::new(
            TaskKind::PrescriptionReview,
            ProgrammeKind::Outpatient,
            &first.window(),
            Rule::Rx1,
            Reason::PrescriptionEnds,
        ))
    });
    first.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn d(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn prescription(diagnosis: &str, start: &str, weeks: i64) -> LongPrescription {
        LongPrescription {
            diagnosis: diagnosis.to_owned(),
            start: d(start),
            end: prescription_end(d(start), weeks),
        }
    }

    #[rstest]
    #[case(12, "2026-11-15", "2026-11-19", "2026-11-22")]
    #[case(4, "2026-09-20", "2026-09-24", "2026-09-27")]
    #[case(1, "2026-09-01", "2026-09-03", "2026-09-06")]
    fn a_prescription_is_reviewed_three_days_before_it_ends(
        #[case] weeks: i64,
        #[case] earliest: &str,
        #[case] due: &str,
        #[case] latest: &str,
    ) {
        let window = prescription("高血压", "2026-08-31", weeks).window();
        assert_eq!(window.due, d(due));
        assert_eq!(window.latest, Some(d(latest)));
        assert_eq!(window.earliest, d(earliest));
        assert_eq!(window.span.after(window.from), window.due);
    }

    #[test]
    fn a_new_prescription_follows_the_one_for_the_same_illness_only() {
        let mut care = Care::default();
        care.prescribe(prescription("糖尿病", "2026-10-01", 4));
        care.prescribe(prescription("高血压", "2026-09-01", 4));
        care.prescribe(prescription("高血压 ", "2026-09-28", 12));
        let left: Vec<&str> = care
            .prescriptions
            .iter()
            .map(|p| p.diagnosis.trim())
            .collect();
        assert_eq!(left, ["糖尿病", "高血压"]);
    }

    #[rstest]
    #[case("高血压", "2026-09-21", 0)]
    #[case("高血压", "2026-09-10", 1)]
    #[case("感冒", "2026-09-21", 1)]
    fn a_consultation_reviews_the_prescription_of_its_illness_when_it_is_about_to_end(
        #[case] diagnosis: &str,
        #[case] day: &str,
        #[case] left: usize,
    ) {
        let mut care = Care::default();
        care.prescribe(prescription("高血压", "2026-08-31", 4));
        care.consult(diagnosis, d(day));
        assert_eq!(care.prescriptions.len(), left);
    }
}
