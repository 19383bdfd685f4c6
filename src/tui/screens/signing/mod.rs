//! Signing: a step list, the form beside it, and below by person what is still missing.
//!
//! | file | idea |
//! |---|---|
//! | `spot` | what is asked, in rows and steps |
//! | `known`, `filling` | what is known, and every answer; those it begins with |
//! | `input`, `typing` | what a place takes, what a key does, where the cursor goes |
//! | `read` | the answers as the desk takes them |
//! | `missing` | what is missing, and where it is filled in |
//! | `opening`, `saving`, `drafting` | how it begins, ends, and is put down |
//!
//! Nothing is decided here: what stands against signing is the desk's answer to what is written.

mod drafting;
mod filling;
mod input;
mod known;
mod missing;
mod opening;
pub mod printing;
mod read;
mod saving;
mod spot;
mod typing;
mod view;
mod words;

use std::collections::BTreeMap;

pub use self::{drafting::back, read::approver, read::yuan, view::view};
use self::{
    known::Form,
    opening::Loading,
    saving::Saving,
    spot::Spot,
    typing::{Cursor, Way},
};
use super::{Outcome, Settle, unexplained};
use crate::{
    desk::{Question, Reply, Stop},
    domain::{
        agreement::contract::{Scope, Sheet},
        id::{AgreementId, HouseholdId, PersonId, UnitId},
    },
    tui::{
        action::{Action, Signing},
        drafting::Drafting,
        hand::Hand,
        keys::Key,
        port::Ticket,
        theme::Look,
        widgets::hints::{self, Hint},
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::short(&[Action::Signing(Signing::Sign)], "生效", "Sign"),
    Hint::short(&[Action::Signing(Signing::Next)], "下一项", "Next"),
    Hint::short(&[Action::Signing(Signing::SameForAll)], "同此页", "Same"),
    Hint::short(&[Action::Signing(Signing::NextStep)], "下一步", "Step"),
    Hint::short(&[Action::Signing(Signing::Print)], "打印", "Print"),
    hints::BACK,
    Hint::short(&[Action::Signing(Signing::Save)], "存稿", "Draft"),
    hints::HELP,
];

/// What is to be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A household; where it has an agreement that runs, that one is shown.
    Household(HouseholdId),
    /// The household the person lives in.
    Person(PersonId),
    /// A unit; where it has an agreement that runs, that one is shown.
    Unit(UnitId),
    /// One begun before.
    Agreement(AgreementId),
    /// The agreement that follows a running one; with a reason the doctor or team changes.
    Anew { of: Scope, reason: String },
}

/// The form.
#[derive(Debug)]
pub struct State {
    wanted: Wanted,
    /// The draft it is to be taken up from.
    draft: Option<String>,
    /// The name of the unit it is of, as the draft tells it.
    unit: String,
    loading: Loading,
    form: Option<Form>,
    cursor: Option<Cursor>,
    /// What was answered from the start.
    fresh: BTreeMap<Spot, String>,
    drafting: Drafting,
    notice: Option<String>,
    looking: Option<Ticket>,
    taking: Option<Ticket>,
    previewing: Option<Ticket>,
    /// Asked what is missing, to sign at once if nothing is.
    finishing: Option<Ticket>,
    saving: Option<(Ticket, Saving)>,
    /// Its paper was asked for.
    printing: Option<Ticket>,
    /// What the box in view offers to drop.
    dropping: Vec<saving::Drop>,
}

impl State {
    /// Returns the form of what is wanted.
    pub fn new(wanted: Wanted) -> Self {
        Self {
            wanted,
            draft: None,
            unit: String::new(),
            loading: Loading::default(),
            form: None,
            cursor: None,
            fresh: BTreeMap::new(),
            drafting: Drafting::default(),
            notice: None,
            looking: None,
            taking: None,
            previewing: None,
            finishing: None,
            saving: None,
            printing: None,
            dropping: Vec::new(),
        }
    }

    /// Returns whether keys wait: what they would mean depends on an answer.
    pub fn holds(&self) -> bool {
        let waits = [self.looking, self.taking, self.finishing, self.printing];
        self.loading.is_waiting() || waits.iter().any(Option::is_some)
    }

    /// Returns the parts of the title line, left and right.
    pub fn title_line(&self, look: &Look) -> (Vec<String>, Vec<String>) {
        view::title(self, look)
    }
}

/// Asks for what the form rests on.
pub fn begin(state: &mut State, hand: &mut Hand<'_>) {
    opening::begin(state, hand);
}

/// Something changed elsewhere: asks what is missing now.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    preview(state, hand);
}

/// Takes an answer of the desk.
pub fn replied(
    state: &mut State,
    ticket: Ticket,
    reply: Result<Reply, Stop>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    if let Some((_, what)) = state.saving.take_if(|(saving, _)| *saving == ticket) {
        return saving::saved(state, what, reply, hand);
    }
    if state.printing == Some(ticket) {
        state.printing = None;
        return printing::came(reply, Sheet::Agreement, hand);
    }
    if state.looking == Some(ticket) {
        state.looking = None;
        if let Ok(Reply::Drafts(drafts)) = &reply {
            drafting::look(state, drafts, hand);
        }
        return None;
    }
    if state.taking == Some(ticket) {
        state.taking = None;
        if let Ok(Reply::TakenUp(Some(taken))) = &reply {
            drafting::taken_up(state, taken, hand);
            preview(state, hand);
        }
        return None;
    }
    let is_finishing = state.finishing.take_if(|asked| *asked == ticket).is_some();
    if is_finishing || state.previewing == Some(ticket) {
        return match reply {
            Ok(Reply::AgreementPreview(preview)) => {
                if let Some(form) = &mut state.form {
                    form.preview = Some(*preview);
                }
                typing::settle(state);
                is_finishing.then(|| saving::finish(state, hand)).flatten()
            }
            other => unexplained(other),
        };
    }
    opening::came(state, ticket, reply, hand)
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Signing>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    state.notice = None;
    match action {
        Some(Signing::Sign) => return saving::sign(state, hand),
        Some(Signing::Save) => return saving::save(state, hand),
        Some(Signing::Print) => return saving::print(state, hand),
        Some(Signing::Discard) => return saving::ask_to_drop(state, hand),
        Some(
            Signing::Next
            | Signing::NextField
            | Signing::Previous
            | Signing::Down
            | Signing::Up
            | Signing::NextStep
            | Signing::PreviousStep
            | Signing::SameForAll,
        )
        | None => {}
    }
    let (Some(form), Some(cursor)) = (&mut state.form, &mut state.cursor) else {
        return None;
    };
    let changed = match action.and_then(way) {
        Some(way) => {
            cursor.go(form, way);
            false
        }
        None if action == Some(Signing::SameForAll) => {
            form.same_for_all(cursor.at.as_ref());
            cursor.stand(form, cursor.at.clone());
            cursor.go(form, Way::Open);
            true
        }
        None => typing::press(form, cursor, key, hand.look),
    };
    if form.text(&Spot::Doctor) == known::REGISTER {
        form.set(Spot::Doctor, "");
        cursor.stand(form, Some(Spot::Doctor));
        return saving::register(state, hand);
    }
    after(state, changed, hand);
    None
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str, hand: &mut Hand<'_>) {
    let (Some(form), Some(cursor)) = (&mut state.form, &mut state.cursor) else {
        return;
    };
    let changed = typing::paste(form, cursor, text, hand.look);
    after(state, changed, hand);
}

/// Takes the choice made in a box over the form.
pub fn chosen(state: &mut State, choice: usize, hand: &mut Hand<'_>) -> Option<Outcome> {
    let drop = std::mem::take(&mut state.dropping)
        .into_iter()
        .nth(choice)?;
    saving::drop(state, drop, hand)
}

/// Takes why the agreement begun is discarded.
pub fn discard(state: &mut State, reason: String, hand: &mut Hand<'_>) {
    saving::discard(state, reason, hand);
}

/// Settles a conflict: theirs stands and the form closes, or both are looked at.
pub fn settle(state: &mut State, how: Settle, hand: &mut Hand<'_>) -> Option<Outcome> {
    state.saving = None;
    match how {
        Settle::Theirs => {
            state.drafting.discard(hand);
            Some(Outcome::Leave)
        }
        Settle::Both => {
            state.notice = Some(hand.look.say(words::LOOK_AGAIN).to_owned());
            opening::renew(state, hand);
            None
        }
    }
}

fn way(action: Signing) -> Option<Way> {
    Some(match action {
        Signing::Next => Way::Open,
        Signing::NextField => Way::Next,
        Signing::Previous => Way::Previous,
        Signing::Down => Way::Down,
        Signing::Up => Way::Up,
        Signing::NextStep => Way::NextStep,
        Signing::PreviousStep => Way::PreviousStep,
        Signing::SameForAll | Signing::Sign | Signing::Save | Signing::Print | Signing::Discard => {
            return None;
        }
    })
}

/// Keeps what a key did, and asks what is missing now.
fn after(state: &mut State, changed: bool, hand: &mut Hand<'_>) {
    typing::settle(state);
    drafting::keep(state, hand);
    if changed {
        preview(state, hand);
    }
}

fn preview(state: &mut State, hand: &mut Hand<'_>) {
    if let (Some(form), Some(by)) = (&state.form, hand.user()) {
        let asked = Box::new(form.asked(by));
        state.previewing = Some(hand.ask(Question::AgreementPreview(asked)));
    }
}
