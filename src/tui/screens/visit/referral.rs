//! 转诊核实: an open referral is asked after before its form is filled in.
//!
//! Only someone who has been there and has a plan is visited on the form.

use super::{Filling, Stage, State};
use crate::{
    desk::{Command, reply::VisitDeskView, request::ContactDraft},
    domain::{
        course::happening::{Happening, ReferralResult},
        task::{Mode, Task},
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

/// The results in the order of their codes.
pub const RESULTS: [ReferralResult; 4] = [
    ReferralResult::Attended,
    ReferralResult::InHospital,
    ReferralResult::NotAttended,
    ReferralResult::Unreachable,
];

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

    /// Takes a key; returns the result chosen.
    pub fn press(&mut self, action: Option<Action>, key: Key) -> Option<ReferralResult> {
        if self.sent.is_some() {
            return None;
        }
        let count = RESULTS.len();
        let to = match action {
            Some(Action::List(List::Accept)) => {
                let chosen = self.scroll.selected(count)?;
                return RESULTS.get(chosen).copied();
            }
            Some(Action::List(List::Down)) => Move::Down,
            Some(Action::List(List::Up)) => Move::Up,
            _ => {
                let typed = key.with_twin().typed()?;
                return ReferralResult::from_code(typed.encode_utf8(&mut [0; 4]));
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
pub fn told(state: &mut State, result: ReferralResult, hand: &mut Hand<'_>) {
    let Stage::Referral(asking) = &mut state.stage else {
        return;
    };
    if result == ReferralResult::Attended {
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
