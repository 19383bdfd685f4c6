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

mod drafting;
mod filling;
mod head;
mod referral;
mod saving;
mod view;
mod words;

pub use head::title;
pub use view::view;

use self::filling::Filling;
use super::super::{
    action::{Action, Context, Form, Global},
    hand::Hand,
    keys::Key,
    port::Ticket,
    widgets::hints::{self, Hint},
};
use crate::{
    desk::{
        Question, Reply, Stop,
        reply::{TakenUp, VisitDeskView},
        request::DraftRequest,
    },
    domain::{
        id::{PersonId, VisitId},
        task::Mode,
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::of(&[Action::Form(Form::Save)]),
    Hint::of(&[Action::Form(Form::Next)]),
    Hint::of(&[Action::Form(Form::Previous)]),
    Hint::of(&[Action::Form(Form::AllNormal)]),
    Hint::of(&[Action::Form(Form::Referral)]),
    Hint::of(&[Action::Form(Form::Visits)]),
    hints::BACK,
    hints::HELP,
];

/// What is to be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A new visit on these forms.
    Forms {
        person: PersonId,
        forms: Vec<String>,
    },
    /// A recorded contact, to be corrected.
    Correction(VisitId),
    /// A form put down earlier.
    Draft(String),
}

/// The visit screen.
#[derive(Debug)]
pub struct State {
    /// How the round's visits are made, proposed in the form.
    mode: Option<Mode>,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// The desk was asked for what the forms need.
    Opening(Ticket),
    /// A draft was taken up; the desk was asked for what its forms need.
    Resuming(Ticket, Box<TakenUp>),
    /// An open referral is asked after first.
    Referral(Box<referral::Asking>),
    Filling(Box<Filling>),
}

/// What the window is to do.
#[derive(Debug)]
pub enum Outcome {
    /// It was recorded; the text is for the status line, beside the key that undoes it.
    Saved {
        text: String,
        person: PersonId,
        mode: Option<Mode>,
        /// Typed while it was being saved: for the screen below.
        keys: Vec<Key>,
    },
    /// It is left; a draft stays when the text says so.
    Left { text: Option<String> },
    /// It could not be opened.
    Refused { text: String },
    /// The person's earlier visits are asked for.
    Visits(PersonId),
}

impl State {
    /// Opens the screen and asks the desk for what it needs.
    pub fn open(wanted: Wanted, mode: Option<Mode>, hand: &mut Hand<'_>) -> Self {
        let ticket = match wanted {
            Wanted::Forms { person, forms } => hand.ask(Question::VisitDesk {
                person,
                forms,
                day: None,
            }),
            Wanted::Correction(contact) => hand.ask(Question::CorrectionDesk(contact)),
            Wanted::Draft(id) => {
                let by = hand.user().unwrap_or(crate::domain::id::StaffId(0));
                hand.draft(DraftRequest::TakeUp { id, by })
            }
        };
        Self {
            mode,
            stage: Stage::Opening(ticket),
        }
    }

    /// Returns where its keys are looked up.
    pub fn context(&self) -> Context {
        match &self.stage {
            Stage::Filling(filling) if filling.prompt.is_some() => Context::Palette,
            Stage::Referral(_) => Context::List,
            Stage::Filling(_) | Stage::Opening(_) | Stage::Resuming(..) => Context::Form,
        }
    }

    /// Returns the person, once the desk has answered.
    pub fn person(&self) -> Option<PersonId> {
        self.desk().map(|desk| desk.person.id)
    }

    fn desk(&self) -> Option<&VisitDeskView> {
        match &self.stage {
            Stage::Opening(_) | Stage::Resuming(..) => None,
            Stage::Referral(asking) => Some(&asking.desk),
            Stage::Filling(filling) => Some(&filling.desk),
        }
    }
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Action>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    match &mut state.stage {
        // Nothing is typed into a form nobody has seen yet.
        Stage::Opening(_) | Stage::Resuming(..) => None,
        Stage::Referral(asking) => {
            let result = asking.press(action, key)?;
            referral::told(state, result, hand);
            None
        }
        Stage::Filling(filling) => filling.press(action, key, hand),
    }
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str, hand: &mut Hand<'_>) {
    if let Stage::Filling(filling) = &mut state.stage {
        filling.paste(text, hand);
    }
}

/// Opens the one-line entry; returns whether there is a form for it.
pub fn palette(state: &mut State, hand: &Hand<'_>) -> bool {
    match &mut state.stage {
        Stage::Filling(filling) => {
            filling.open_line(hand);
            true
        }
        Stage::Opening(_) | Stage::Resuming(..) | Stage::Referral(_) => false,
    }
}

/// Steps back: out of a prompt, else out of the screen, the draft kept.
pub fn back(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    match &mut state.stage {
        Stage::Opening(_) | Stage::Resuming(..) | Stage::Referral(_) => {
            Some(Outcome::Left { text: None })
        }
        Stage::Filling(filling) => filling.back(hand),
    }
}

/// Takes an answer of the desk.
pub fn answered(
    state: &mut State,
    ticket: Ticket,
    answer: Result<Reply, Stop>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    match &mut state.stage {
        Stage::Opening(asked) if *asked == ticket => opened(state, answer, hand),
        Stage::Resuming(asked, _) if *asked == ticket => resumed(state, answer, hand),
        Stage::Referral(asking) if asking.sent == Some(ticket) => {
            referral::answered(state, answer, hand)
        }
        Stage::Filling(filling) => filling.answered(ticket, answer, hand),
        Stage::Opening(_) | Stage::Resuming(..) | Stage::Referral(_) => None,
    }
}

fn opened(
    state: &mut State,
    answer: Result<Reply, Stop>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    match answer {
        Ok(Reply::VisitDesk(desk)) => {
            state.stage = match referral::open(&desk) {
                Some(_) if desk.correcting.is_none() => {
                    Stage::Referral(Box::new(referral::Asking::new(*desk)))
                }
                _ => Stage::Filling(Box::new(Filling::open(*desk, state.mode, None, hand))),
            };
            None
        }
        Ok(Reply::TakenUp(Some(taken))) => {
            let question = drafting::question(&taken.draft);
            state.stage = Stage::Resuming(hand.ask(question), taken);
            None
        }
        Ok(_) => Some(Outcome::Refused {
            text: hand.look.say(words::GONE).to_owned(),
        }),
        Err(stop) => Some(Outcome::Refused {
            text: saving::stop_text(&stop, hand),
        }),
    }
}

fn resumed(
    state: &mut State,
    answer: Result<Reply, Stop>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    let Stage::Resuming(_, taken) = &state.stage else {
        return None;
    };
    match answer {
        Ok(Reply::VisitDesk(desk)) => {
            let filling = Filling::resume(*desk, taken, hand);
            state.stage = Stage::Filling(Box::new(filling));
            None
        }
        Ok(_) => None,
        Err(stop) => {
            let id = taken.draft.id.clone();
            hand.draft(DraftRequest::PutDown { id });
            Some(Outcome::Refused {
                text: saving::stop_text(&stop, hand),
            })
        }
    }
}

/// The key that goes back is looked up everywhere; a prompt closes by it first.
pub const BACK: Action = Action::Global(Global::Back);
