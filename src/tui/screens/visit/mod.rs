//! The visit: one person's forms, filled in with the outcome before one's eyes.
//!
//! It decides nothing: every change of an answer is put to the desk as a
//! preview, and saving is the desk's. Earlier visits are `visits`.
//!
//! ```text
//!  上次 08-19 136/84 控制满意   氨氯地平5mg 每日1次   近4次 ▃▅▃▂    head
//!  ──────────────────────────────────────────────
//!  banner, form, problems, outcome, line                          form editor
//! ```

mod choosing;
mod dating;
mod dosing;
mod drafting;
mod filling;
mod handing;
mod head;
mod keyed;
mod offering;
mod referral;
mod saving;
mod sections;
mod sheeted;
mod speaking;
mod starting;
mod view;
mod words;

pub use drafting::Kept;
pub use filling::Filling;
pub use head::title;
pub use referral::open as open_referral;
pub use view::{banner, outcome_lines, view};

use self::choosing::Choosing;
use super::{Outcome, Settle, unexplained};
use crate::{
    desk::{
        Question, Reply, Stop,
        reply::{OpenTold, TakenUp, VisitDeskView},
        request::DraftRequest,
        rights::Matter,
    },
    domain::{
        id::{PersonId, StaffId, VisitId},
        programmes::vax::Dose,
    },
    tui::{
        action::{Action, Context},
        form::FormEditor,
        hand::Hand,
        keys::Key,
        port::Ticket,
        widgets::hints::{self, Hint},
    },
};

/// What is to be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A new visit: all that is open for the person.
    Person(PersonId),
    /// A choice of everything that can be recorded for the person.
    Choice(PersonId),
    /// A new visit on these forms.
    Forms {
        person: PersonId,
        forms: Vec<String>,
    },
    /// A dose given on a day still to be told: what a booklet says.
    Dose { person: PersonId, dose: Dose },
    /// A recorded contact, to be corrected.
    Correction(VisitId),
    /// A form put down earlier.
    Draft(String),
}

/// The visit screen.
#[derive(Debug)]
pub struct State {
    wanted: Wanted,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// The desk was asked for what the forms need.
    Opening(Option<Ticket>),
    /// A draft was taken up; the desk was asked for what its forms need.
    Resuming(Ticket, Box<TakenUp>),
    /// Nothing is open: what can be recorded is offered.
    Choosing(Box<Choosing>),
    /// An open referral is asked after first.
    Referral(Box<referral::Asking>),
    Filling(Box<Filling>),
}

impl State {
    /// Returns the screen for what is wanted.
    pub fn new(wanted: Wanted) -> Self {
        Self {
            wanted,
            stage: Stage::Opening(None),
        }
    }

    /// Returns whether it shows what was recorded, which anybody may read.
    pub const fn is_of_record(&self) -> bool {
        matches!(self.wanted, Wanted::Correction(_))
    }

    /// Returns where its keys are looked up.
    pub fn context(&self) -> Context {
        match &self.stage {
            Stage::Filling(filling) if filling.prompt.is_some() => Context::Palette,
            Stage::Filling(filling) if filling.sections.is_some() => Context::List,
            Stage::Choosing(choosing) if choosing.prompt.is_some() => Context::Palette,
            Stage::Referral(_) | Stage::Choosing(_) => Context::List,
            Stage::Filling(_) | Stage::Opening(_) | Stage::Resuming(..) => Context::Form,
        }
    }

    /// Returns what the hint line offers.
    pub fn hints(&self) -> &'static [Hint] {
        match self.context() {
            Context::List => hints::LIST,
            Context::Palette => hints::LINE,
            _ if self.speaks_of_renewal() => keyed::RENEWAL,
            _ if self.has_sections() => keyed::SECTIONS,
            _ => keyed::FORM,
        }
    }

    /// Returns whether keys wait: nothing is typed into a form nobody has seen
    /// yet, and the save key waits for the outcome of what was typed last.
    pub fn holds(&self) -> bool {
        match &self.stage {
            Stage::Opening(_) | Stage::Resuming(..) => true,
            Stage::Filling(filling) => filling.sending != saving::Sending::No,
            Stage::Choosing(_) | Stage::Referral(_) => false,
        }
    }

    /// Returns the forms being filled in, if any is open.
    pub fn editor(&self) -> Option<&FormEditor> {
        match &self.stage {
            Stage::Filling(filling) => Some(&filling.editor),
            Stage::Opening(_) | Stage::Resuming(..) | Stage::Choosing(_) | Stage::Referral(_) => {
                None
            }
        }
    }

    fn speaks_of_renewal(&self) -> bool {
        match &self.stage {
            Stage::Filling(filling) => filling.desk.renewal.is_some(),
            Stage::Opening(_) | Stage::Resuming(..) | Stage::Choosing(_) | Stage::Referral(_) => {
                false
            }
        }
    }

    fn has_sections(&self) -> bool {
        let form = self.editor().and_then(FormEditor::form);
        form.is_some_and(|form| form.in_sections)
    }

    fn desk(&self) -> Option<&VisitDeskView> {
        match &self.stage {
            Stage::Opening(_) | Stage::Resuming(..) => None,
            Stage::Choosing(choosing) => Some(&choosing.desk),
            Stage::Referral(asking) => Some(&asking.desk),
            Stage::Filling(filling) => Some(&filling.desk),
        }
    }
}

/// Asks again what a new day changes; what other windows record is left to the conflict.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    if let Stage::Filling(filling) = &mut state.stage {
        filling.new_day(hand);
    }
}

/// Asks the desk for what the screen needs.
pub fn begin(state: &mut State, hand: &mut Hand<'_>) {
    let ticket = match &state.wanted {
        Wanted::Person(person) | Wanted::Choice(person) => hand.ask(Question::VisitDesk {
            person: *person,
            forms: Vec::new(),
            day: None,
        }),
        Wanted::Forms { person, forms } => hand.ask(Question::VisitDesk {
            person: *person,
            forms: forms.clone(),
            day: None,
        }),
        Wanted::Dose { person, dose } => hand.ask(dosing::question(*person, *dose)),
        Wanted::Correction(contact) => hand.ask(Question::CorrectionDesk {
            contact: *contact,
            day: None,
        }),
        Wanted::Draft(id) => {
            let by = hand.user().unwrap_or(StaffId(0));
            hand.draft(DraftRequest::TakeUp { id: id.clone(), by })
        }
    };
    state.stage = Stage::Opening(Some(ticket));
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Action>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    match &mut state.stage {
        Stage::Opening(_) | Stage::Resuming(..) => None,
        Stage::Choosing(choosing) => {
            let wanted = choosing.press(action, key, hand)?;
            state.wanted = wanted;
            begin(state, hand);
            None
        }
        Stage::Referral(asking) => {
            let known = asking.press(action, key)?;
            referral::told(state, known, hand);
            None
        }
        Stage::Filling(filling) => match keyed::refused(action, hand) {
            Some(no) => Some(no),
            None => filling.press(action, key, hand),
        },
    }
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str, hand: &mut Hand<'_>) {
    match &mut state.stage {
        Stage::Filling(filling) if hand.place.may(Matter::Care).is_ok() => {
            filling.paste(text, hand);
        }
        Stage::Choosing(choosing) => choosing.paste(text),
        Stage::Opening(_) | Stage::Resuming(..) | Stage::Referral(_) | Stage::Filling(_) => {}
    }
}

/// Opens the one-line entry; returns whether there is a form for it.
pub fn open_line(state: &mut State, hand: &Hand<'_>) -> bool {
    match &mut state.stage {
        Stage::Filling(filling) if hand.place.may(Matter::Care).is_ok() => {
            filling.open_line(hand);
            true
        }
        Stage::Opening(_)
        | Stage::Resuming(..)
        | Stage::Choosing(_)
        | Stage::Referral(_)
        | Stage::Filling(_) => false,
    }
}

/// Steps back: out of a prompt, else out of the screen, the draft kept.
pub fn back(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    match &mut state.stage {
        Stage::Opening(_) | Stage::Resuming(..) | Stage::Referral(_) => Some(Outcome::Leave),
        Stage::Choosing(choosing) => choosing.back().then_some(Outcome::Leave),
        Stage::Filling(filling) => filling.back(hand),
    }
}

/// Takes an answer of the desk.
pub fn replied(
    state: &mut State,
    ticket: Ticket,
    answer: Result<Reply, Stop>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    match &mut state.stage {
        Stage::Opening(asked) if *asked == Some(ticket) => opened(state, answer, hand),
        Stage::Resuming(asked, _) if *asked == ticket => resumed(state, answer, hand),
        Stage::Referral(asking) if asking.sent == Some(ticket) => {
            asking.sent = None;
            saving::recorded(asking.desk.person.name(), answer, hand)
        }
        Stage::Choosing(choosing) if choosing.sent == Some(ticket) => {
            choosing.sent = None;
            saving::recorded(choosing.desk.person.name(), answer, hand)
        }
        Stage::Filling(filling) => filling.replied(ticket, answer, hand),
        Stage::Opening(_) | Stage::Resuming(..) | Stage::Choosing(_) | Stage::Referral(_) => None,
    }
}

/// Settles a conflict: theirs stands and the form is given up, or it is gone
/// through again beside theirs.
pub fn settle(state: &mut State, how: Settle, hand: &mut Hand<'_>) -> Option<Outcome> {
    match (&mut state.stage, how) {
        (Stage::Filling(filling), Settle::Theirs) => {
            filling.give_up(hand);
            Some(Outcome::Leave)
        }
        (Stage::Filling(filling), Settle::Both) => {
            filling.look_again(hand);
            None
        }
        _ => Some(Outcome::Leave),
    }
}

fn opened(state: &mut State, answer: Result<Reply, Stop>, hand: &mut Hand<'_>) -> Option<Outcome> {
    match answer {
        Ok(Reply::VisitDesk(desk)) => {
            let is_choice = matches!(state.wanted, Wanted::Choice(_));
            // In a choice the draft is the first thing offered, not the only one.
            let goes_on = !is_choice && hand.place.may(Matter::Care).is_ok();
            let waiting = drafting::waiting(&desk, hand.user()).filter(|_| goes_on);
            if let (Some(id), Some(by)) = (waiting, hand.user()) {
                let ticket = hand.draft(DraftRequest::TakeUp { id, by });
                state.stage = Stage::Opening(Some(ticket));
                return None;
            }
            state.stage = if desk.correcting.is_none() && (is_choice || desk.forms.is_empty()) {
                Stage::Choosing(Box::new(Choosing::new(*desk, hand)))
            } else if desk.correcting.is_none() && referral::open(&desk).is_some() {
                Stage::Referral(Box::new(referral::Asking::new(*desk)))
            } else if let Wanted::Dose { dose, .. } = state.wanted {
                Stage::Filling(Box::new(Filling::of_dose(*desk, dose, hand)))
            } else {
                Stage::Filling(Box::new(Filling::open(*desk, None, hand)))
            };
            None
        }
        Ok(Reply::TakenUp(Some(taken))) => {
            let question = drafting::question(&taken.draft);
            state.stage = Stage::Resuming(hand.ask(question), taken);
            None
        }
        Ok(_) => Some(Outcome::Done(hand.look.say(words::GONE).to_owned())),
        Err(Stop::Refused(refusal)) => {
            let text = super::super::sentences::refused(&refusal, hand.look.lang);
            Some(Outcome::Done(text))
        }
        Err(Stop::Failed(_)) => Some(Outcome::Leave),
    }
}

fn resumed(state: &mut State, answer: Result<Reply, Stop>, hand: &mut Hand<'_>) -> Option<Outcome> {
    let Stage::Resuming(_, taken) = &state.stage else {
        return None;
    };
    match answer {
        Ok(Reply::VisitDesk(desk)) => {
            let mut filling = Filling::resume(*desk, taken, hand);
            if let Wanted::Dose { dose, .. } = state.wanted {
                filling = filling.about_dose(dose, hand);
            }
            state.stage = Stage::Filling(Box::new(filling));
            None
        }
        answer => {
            let id = taken.draft.id.clone();
            hand.draft(DraftRequest::PutDown { id });
            unexplained(answer)
        }
    }
}
