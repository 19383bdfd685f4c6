//! A person's earlier contacts, newest first, and how their values went: from
//! here one is corrected or withdrawn, and anything else is recorded.

mod view;

pub use view::{row, view};

use super::{Outcome, Screen, Settle, unexplained, visit};
use crate::domain::order::Arrange as _;
use crate::{
    desk::{
        Command, Question, Reply, Stop,
        reply::{OpenTold, PersonView},
    },
    domain::{
        aspect::{Aspect, Seen},
        contact::Contact,
        event::contact::programmes,
        id::{PersonId, VisitId},
        text::Text,
    },
    lang::{open_form, outcome},
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

/// … on a form in progress.
const OPEN_HINTS: &[Hint] = &[
    Hint::all(&[Action::Visits(Visits::Correct)], GO_ON),
    Hint::all(&[Action::Visits(Visits::Withdraw)], DROP),
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
    /// What is being taken back, and what is said once it is.
    sent: Option<(Ticket, Text)>,
    view: Option<Box<PersonView>>,
    contacts: Vec<Contact>,
    scroll: Scroll,
    /// Asks why something is taken back.
    prompt: Option<(Back, Prompt)>,
    /// The aspects as they were when it was asked: what is recorded meanwhile is a conflict.
    seen: Vec<Seen>,
    /// What was told why, until it is known to be done.
    given: Option<(Back, String)>,
    /// It is to be asked once more when what changed has been read.
    is_again: bool,
}

/// What is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Back {
    Contact(VisitId),
    /// A form in progress, by its id.
    Open(String),
}

/// One row: forms in progress stand before what is recorded.
#[derive(Debug, Clone, Copy)]
enum Row<'a> {
    Open(&'a OpenTold),
    Contact(&'a Contact),
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
            seen: Vec::new(),
            given: None,
            is_again: false,
        }
    }

    /// Returns what the hint line offers.
    pub fn hints(&self) -> &'static [Hint] {
        match (&self.prompt, self.here()) {
            (Some(_), _) => REASON_HINTS,
            (None, Some(Row::Open(_))) => OPEN_HINTS,
            (None, Some(Row::Contact(_)) | None) => HINTS,
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

    fn open(&self) -> &[OpenTold] {
        self.view.as_ref().map_or(&[], |view| &view.member.open)
    }

    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let contacts = self.contacts.iter().map(Row::Contact);
        self.open().iter().map(Row::Open).chain(contacts)
    }

    fn count(&self) -> usize {
        self.open().len() + self.contacts.len()
    }

    fn here(&self) -> Option<Row<'_>> {
        self.rows().nth(self.scroll.selected(self.count())?)
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
    if let Some((_, said)) = state.sent.filter(|(sent, _)| *sent == ticket) {
        state.sent = None;
        return match reply {
            Ok(Reply::Done(_)) => {
                let text = hand.look.say(said).to_owned();
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
                .arrange_by_key(|contact| std::cmp::Reverse((contact.day, contact.seq)));
            state.view = Some(view);
            if std::mem::take(&mut state.is_again)
                && let Some((back, why)) = state.given.take()
            {
                ask_why(state, &back, &why, hand);
            }
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
    if let Some((_, prompt)) = &mut state.prompt {
        let reason = prompt.press(action, key)?;
        take_back(state, reason, hand);
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
    state.scroll.go(to, state.count(), page);
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
    let contact = match state.here()? {
        Row::Contact(contact) => contact,
        Row::Open(open) => {
            let forms = vec![open.filled.form.clone()];
            let person = state.person;
            return Some(self::open(visit::Wanted::Forms { person, forms }));
        }
    };
    let refusal = if contact.withdrawn.is_some() {
        WITHDRAWN_BEFORE
    } else if contact.forms.is_empty() {
        NO_FORM
    } else {
        return Some(self::open(visit::Wanted::Correction(contact.id)));
    };
    let text = hand.look.say(refusal).to_owned();
    Some(Outcome::Say(Status::refused(text)))
}

/// Settles a conflict: theirs stands, or what changed is seen below the reason as it was typed.
pub fn settle(state: &mut State, how: Settle, hand: &mut Hand<'_>) {
    state.sent = None;
    state.is_again = match how {
        Settle::Theirs => false,
        Settle::Both => true,
    };
    refresh(state, hand);
}

fn withdraw(state: &mut State, hand: &Hand<'_>) {
    let back = match state.here() {
        Some(Row::Contact(contact)) if contact.withdrawn.is_none() => Back::Contact(contact.id),
        Some(Row::Open(open)) => Back::Open(open.filled.form.clone()),
        Some(Row::Contact(_)) | None => return,
    };
    ask_why(state, &back, "", hand);
}

/// Asks why something is taken back, on what stands of it now; `given` was told before.
fn ask_why(state: &mut State, back: &Back, given: &str, hand: &Hand<'_>) {
    let look = hand.look;
    let ask = |title, what, why| Prompt::new(look.say(title), vec![what, look.say(why).to_owned()]);
    let (prompt, seen) = match back {
        Back::Contact(id) => {
            let stands = |contact: &&Contact| contact.id == *id && contact.withdrawn.is_none();
            let Some(contact) = state.contacts.iter().find(stands) else {
                return;
            };
            let happened = outcome::happening(&contact.happening, look.lang);
            let measured = contact.happening.measured().unwrap_or_default();
            let measured = outcome::measured(&measured, look.lang);
            let what = format!("{} {happened} {measured}", contact.day);
            (ask(WITHDRAW, what, WHY), seen(state, *id))
        }
        Back::Open(form) => {
            let Some(open) = state.open().iter().find(|open| open.filled.form == *form) else {
                return;
            };
            let what = open_form::in_progress(&open.title, open.progress, look.lang);
            (ask(DROP, what, WHY_DROP), Vec::new())
        }
    };
    state.seen = seen;
    state.prompt = Some((back.clone(), prompt.holding(given)));
}

fn take_back(state: &mut State, reason: String, hand: &mut Hand<'_>) {
    let Some((back, _)) = state.prompt.take() else {
        return;
    };
    let person = state.person;
    state.given = Some((back.clone(), reason.clone()));
    let (command, seen, said) = match back {
        Back::Contact(contact) => {
            let command = Command::WithdrawContact { contact, reason };
            (command, std::mem::take(&mut state.seen), WITHDRAWN_NOW)
        }
        Back::Open(form) => {
            let command = Command::DropForm {
                person,
                form,
                reason,
            };
            (command, Vec::new(), DROPPED)
        }
    };
    state.sent = hand.change(command, seen).map(|ticket| (ticket, said));
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

const GO_ON: Text = text("接着填", "Go on");
const DROP: Text = text("放弃", "Give up");
const DROPPED: Text = text("已放弃，不再进行", "Given up: it is in progress no more");
const WHY_DROP: Text = text(
    "填好的不再留着，账里仍看得到。写明为什么：",
    "What was filled in goes; the journal keeps it. Why?",
);
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
