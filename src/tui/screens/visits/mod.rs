//! A person's earlier contacts, newest first, and how their values went: from
//! here one is corrected or withdrawn, and anything else is recorded.

mod view;

pub use view::{row, view};

use super::{Outcome, Screen, unexplained, visit};
use crate::{
    desk::{Command, Question, Reply, Stop, reply::PersonView},
    domain::{
        aspect::{Aspect, Seen},
        contact::Contact,
        event::contact::programmes,
        id::{PersonId, VisitId},
        text::Text,
    },
    lang::outcome,
    tui::{
        action::{Action, Context, Visits},
        app::Status,
        hand::Hand,
        keys::Key,
        port::Ticket,
        theme::Look,
        widgets::{
            hints::{self, Hint},
            prompt::Prompt,
            scroll::{Move, Scroll},
        },
    },
};

/// What the hint line offers among the contacts.
const HINTS: &[Hint] = &[
    Hint::of(&[Action::Visits(Visits::Correct)]),
    Hint::of(&[Action::Visits(Visits::Withdraw)]),
    Hint::of(&[Action::Visits(Visits::Record)]),
    Hint::of(&[Action::Visits(Visits::Picture)]),
    hints::BACK,
    hints::HELP,
];

/// … while a reason is typed.
const REASON_HINTS: &[Hint] = &hints::typed(WITHDRAW);

/// The contacts of one person.
#[derive(Debug)]
pub struct State {
    person: PersonId,
    asked: Option<Ticket>,
    sent: Option<Ticket>,
    view: Option<Box<PersonView>>,
    contacts: Vec<Contact>,
    scroll: Scroll,
    /// Asks why the contact is withdrawn.
    prompt: Option<(VisitId, Prompt)>,
}

impl State {
    /// Returns the screen of this person.
    pub fn new(person: PersonId) -> Self {
        Self {
            person,
            asked: None,
            sent: None,
            view: None,
            contacts: Vec::new(),
            scroll: Scroll::default(),
            prompt: None,
        }
    }

    /// Returns what the hint line offers.
    pub fn hints(&self) -> &'static [Hint] {
        if self.prompt.is_some() {
            REASON_HINTS
        } else {
            HINTS
        }
    }

    /// Returns where its keys are looked up.
    pub fn context(&self) -> Context {
        if self.prompt.is_some() {
            Context::Palette
        } else {
            Context::Visits
        }
    }

    /// Closes the prompt; returns whether the screen is to be left instead.
    pub fn back(&mut self) -> bool {
        self.prompt.take().is_none()
    }

    fn here(&self) -> Option<&Contact> {
        self.contacts
            .get(self.scroll.selected(self.contacts.len())?)
    }
}

/// Asks for the person.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    state.asked = Some(hand.ask(Question::Person(state.person)));
}

/// Takes an answer of the desk.
pub fn replied(
    state: &mut State,
    ticket: Ticket,
    reply: Result<Reply, Stop>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    if state.sent == Some(ticket) {
        state.sent = None;
        return match reply {
            Ok(Reply::Done(_)) => {
                let text = hand.look.say(WITHDRAWN_NOW).to_owned();
                Some(Outcome::Say(Status::done(text)))
            }
            other => unexplained(other),
        };
    }
    if state.asked != Some(ticket) {
        return None;
    }
    state.asked = None;
    match reply {
        Ok(Reply::Person(view)) => {
            state.contacts.clone_from(&view.contacts);
            state
                .contacts
                .sort_by_key(|contact| std::cmp::Reverse((contact.day, contact.seq)));
            state.view = Some(view);
            None
        }
        other => unexplained(other),
    }
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Action>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    if let Some((contact, prompt)) = &mut state.prompt {
        let reason = prompt.press(action, key)?;
        let contact = *contact;
        state.prompt = None;
        let seen = seen(state, contact);
        state.sent = hand.change(Command::WithdrawContact { contact, reason }, seen);
        return None;
    }
    let Some(Action::Visits(action)) = action else {
        return None;
    };
    let to = match action {
        Visits::Down => Move::Down,
        Visits::Up => Move::Up,
        Visits::PageDown => Move::PageDown,
        Visits::PageUp => Move::PageUp,
        Visits::First => Move::First,
        Visits::Last => Move::Last,
        Visits::Correct => return correct(state, hand),
        Visits::Withdraw => {
            withdraw(state, hand);
            return None;
        }
        Visits::Picture => return Some(Outcome::Picture(state.person)),
        Visits::Record => return Some(open(visit::Wanted::Choice(state.person))),
    };
    let page = usize::from(hand.work.height.saturating_sub(1));
    state.scroll.go(to, state.contacts.len(), page);
    None
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str) {
    if let Some((_, prompt)) = &mut state.prompt {
        prompt.paste(text);
    }
}

fn open(wanted: visit::Wanted) -> Outcome {
    let screen = Screen::Visit(Box::new(visit::State::new(wanted)));
    Outcome::Open(Box::new(screen))
}

fn correct(state: &State, hand: &Hand<'_>) -> Option<Outcome> {
    let contact = state.here()?;
    let refusal = if contact.withdrawn.is_some() {
        WITHDRAWN_BEFORE
    } else if contact.forms.is_empty() {
        NO_FORM
    } else {
        return Some(open(visit::Wanted::Correction(contact.id)));
    };
    let text = hand.look.say(refusal).to_owned();
    Some(Outcome::Say(Status::refused(text)))
}

fn withdraw(state: &mut State, hand: &Hand<'_>) {
    let Some(contact) = state.here().filter(|contact| contact.withdrawn.is_none()) else {
        return;
    };
    let what = format!(
        "{} {}",
        contact.day,
        outcome::happening(&contact.happening, hand.look.lang)
    );
    let hint = hand.look.say(WHY).to_owned();
    let prompt = Prompt::new(hand.look.say(WITHDRAW), vec![what, hint]);
    state.prompt = Some((contact.id, prompt));
}

/// Returns the aspects a contact was decided for, as this screen saw them.
fn seen(state: &State, id: VisitId) -> Vec<Seen> {
    let contact = state.contacts.iter().find(|contact| contact.id == id);
    let kinds = contact.map_or_else(Vec::new, |contact| programmes(&contact.decision));
    let seen = state.view.as_ref().map_or(&[][..], |view| &view.seen);
    let concerns = |seen: &&Seen| {
        let mut kinds = kinds.iter();
        kinds.any(|kind| seen.aspect == Aspect::Programme(state.person, *kind))
    };
    seen.iter().filter(concerns).copied().collect()
}

/// Returns the parts of the title line.
pub fn title(state: &State, look: &Look) -> (Vec<String>, Vec<String>) {
    let mut left = vec![look.say(Context::Visits.title()).to_owned()];
    if let Some(view) = &state.view {
        let person = &view.member.person;
        let age = person.age(view.today);
        let age = age.map_or_else(String::new, |age| format!(" {age}"));
        let sex = person.sex().name().get(look.lang);
        left.push(format!("{} {sex}{age}", person.name()));
        left.push(format!("{} {}", view.village.name, view.household.place()));
    }
    (left, Vec::new())
}

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const WITHDRAWN_NOW: Text = text("已撤回", "Withdrawn");
const WITHDRAWN_BEFORE: Text = text(
    "这条已撤回，不能更正",
    "It was withdrawn and cannot be corrected",
);
const NO_FORM: Text = text(
    "这条没有随访表，只能撤回",
    "It has no form: it can only be withdrawn",
);
const WITHDRAW: Text = text("撤回", "Withdraw");
const WHY: Text = text(
    "这次记录作废，账里仍看得到。写明为什么：",
    "It will count for nothing; the journal keeps it. Why?",
);
