//! 转诊核实: an open referral is asked after before its form is filled in.
//!
//! Only someone who has been there, has a plan and is here now is visited on the form.

use super::{Filling, Stage, State, words};
use crate::{
    desk::{Command, reply::VisitDeskView, request::ContactDraft},
    domain::{
        course::happening::{Happening, ReferralResult},
        task::{Mode, Task},
        text::Text,
        visit,
    },
    tui::{
        action::{Action, List},
        hand::Hand,
        keys::Key,
        port::Ticket,
        widgets::scroll::{Move, Scroll},
    },
};

/// What is known of a referral: its result, and whether the person is examined now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub result: ReferralResult,
    /// Goes on to the form (R1); else the result alone is recorded (R2–R5).
    pub examines: bool,
}

/// The results in the order of their codes; then the first without an examination.
pub const KNOWN: [Known; 5] = [
    Known {
        result: ReferralResult::Attended,
        examines: true,
    },
    told_alone(ReferralResult::InHospital),
    told_alone(ReferralResult::NotAttended),
    told_alone(ReferralResult::Unreachable),
    told_alone(ReferralResult::Attended),
];

const fn told_alone(result: ReferralResult) -> Known {
    Known {
        result,
        examines: false,
    }
}

impl Known {
    /// Returns the words of the choice.
    pub const fn text(self) -> Text {
        match (self.result, self.examines) {
            (ReferralResult::Attended, true) => words::ATTENDED_NOW,
            (ReferralResult::Attended, false) => words::ATTENDED_TOLD,
            (result, _) => result.text(),
        }
    }
}

/// The question and what the form would need.
#[derive(Debug)]
pub struct Asking {
    pub desk: VisitDeskView,
    pub scroll: Scroll,
    /// The result was sent to the desk.
    pub sent: Option<Ticket>,
}

impl Asking {
    /// Asks about the referral of this person.
    pub fn new(desk: VisitDeskView) -> Self {
        Self {
            desk,
            scroll: Scroll::default(),
            sent: None,
        }
    }

    /// Takes a key; returns what was chosen.
    pub fn press(&mut self, action: Option<Action>, key: Key) -> Option<Known> {
        if self.sent.is_some() {
            return None;
        }
        let count = KNOWN.len();
        let to = match action {
            Some(Action::List(List::Accept)) => {
                let chosen = self.scroll.selected(count)?;
                return KNOWN.get(chosen).copied();
            }
            Some(Action::List(List::Down)) => Move::Down,
            Some(Action::List(List::Up)) => Move::Up,
            _ => {
                let digit = key.with_twin().typed()?.to_digit(10)?;
                let at = usize::try_from(digit).ok()?.checked_sub(1)?;
                return KNOWN.get(at).copied();
            }
        };
        self.scroll.go(to, count, count);
        None
    }
}

/// Returns the open referral check these forms have to do with.
pub fn open(desk: &VisitDeskView) -> Option<&Task> {
    let referral = desk.course.referral.as_ref()?;
    let concerns = |form: &str| {
        let kind = visit::programme_of(form);
        kind.is_some_and(|kind| referral.programmes.contains(&kind))
    };
    let is_due = referral.earliest <= desk.today;
    let concerned = desk.forms.iter().any(|form| concerns(&form.id));
    (is_due && concerned).then_some(referral)
}

/// Goes on with the form, or records the result alone.
pub fn told(state: &mut State, known: Known, hand: &mut Hand<'_>) {
    let result = known.result;
    let Stage::Referral(asking) = &mut state.stage else {
        return;
    };
    if known.examines {
        let desk = asking.desk.clone();
        let filling = Filling::open(desk, Some(result), hand);
        state.stage = Stage::Filling(Box::new(filling));
        return;
    }
    let mode = hand.mode.unwrap_or(Mode::Phone);
    let draft = ContactDraft {
        happening: Some(Happening::ReferralChecked { result, mode }),
        ..ContactDraft::about(asking.desk.person.id, asking.desk.today)
    };
    let seen = asking.desk.seen.clone();
    asking.sent = hand.change(Command::RecordContact(Box::new(draft)), seen);
}
