//! What can honestly be said instead of a visit: not at home, refused, lost,
//! moved, dead, seen elsewhere. Each asks only what it needs and shows the
//! next date before it is saved.
//!
//! ```text
//! ┌─ 没能随访 王桂兰 ──────────────┐
//! │ ▸ 1 未遇：不在家               │
//! │   2 未遇：电话没人接           │
//! │   …                            │
//! └────────────────────────────────┘
//! ```

mod answers;
mod view;
mod what;

use std::collections::{BTreeSet, VecDeque};

pub use view::view;
pub use what::What;

use super::{Outcome, Settle, list_move, unexplained};
use crate::{
    desk::{
        Command, Question, Reply, Stop,
        reply::{Done, HouseholdView, PersonView, QueueRow},
        request::ContactDraft,
    },
    domain::{
        aspect::{Aspect, Seen},
        course::Decision,
        id::{HouseholdId, PersonId},
        programmes::ProgrammeKind,
        refusal::Refusal,
        task::TaskKind,
    },
    tui::{
        action::{Action, Context, List, Person},
        hand::Hand,
        keys::Key,
        port::Ticket,
        saved,
        widgets::{
            hints::{self, Hint},
            questions::{Did, Questions},
            scroll::Scroll,
        },
    },
};

const ASK_HINTS: &[Hint] = &[
    Hint::of(&[Action::Person(Person::Save)]),
    Hint::of(&[Action::Person(Person::Next)]),
    hints::BACK,
];

/// The person, what is said, and what would follow.
#[derive(Debug)]
pub struct State {
    name: String,
    person: PersonId,
    household: HouseholdId,
    kinds: BTreeSet<TaskKind>,
    programmes: Vec<ProgrammeKind>,
    menu: Scroll,
    asked: Option<(What, Questions)>,
    person_ticket: Option<Ticket>,
    home_ticket: Option<Ticket>,
    seen: Vec<Seen>,
    home_seen: Vec<Seen>,
    /// Who could be the head after this person, by name.
    heirs: Vec<(PersonId, String)>,
    preview_ticket: Option<Ticket>,
    preview: Option<Result<Decision, Refusal>>,
    saving: Option<Ticket>,
    /// What is still to be saved of several programmes.
    rest: VecDeque<Command>,
}

impl State {
    /// Returns the menu for a row of the queue.
    pub fn of(row: &QueueRow) -> Self {
        let tasks = &row.row.tasks;
        let programmes: BTreeSet<ProgrammeKind> = tasks
            .iter()
            .flat_map(|task| task.programmes.iter().copied())
            .filter(|kind| kind.programme().follow_up.is_some())
            .collect();
        Self {
            name: row.name.clone(),
            person: row.row.person,
            household: row.row.household,
            kinds: tasks.iter().map(|task| task.kind).collect(),
            programmes: programmes.into_iter().collect(),
            menu: Scroll::default(),
            asked: None,
            person_ticket: None,
            home_ticket: None,
            seen: Vec::new(),
            home_seen: Vec::new(),
            heirs: Vec::new(),
            preview_ticket: None,
            preview: None,
            saving: None,
            rest: VecDeque::new(),
        }
    }

    /// Returns what can be said of this row: programmes only where there are any.
    fn offered(&self) -> Vec<What> {
        let needs = |what: &What| {
            let of_programme = matches!(what, What::Refuses | What::Lost | What::Elsewhere);
            !of_programme || !self.programmes.is_empty()
        };
        What::ALL.into_iter().filter(needs).collect()
    }
}

/// Returns where its keys are looked up.
pub fn context(state: &State) -> Context {
    match state.asked {
        None => Context::List,
        Some(_) => Context::Person,
    }
}

/// Returns what the hint line offers.
pub fn hints(state: &State) -> &'static [Hint] {
    match state.asked {
        None => hints::LIST,
        Some(_) => ASK_HINTS,
    }
}

/// Asks what a change is decided on, and who lives in the house.
pub fn begin(state: &mut State, hand: &mut Hand<'_>) {
    state.person_ticket = Some(hand.ask(Question::Person(state.person)));
    state.home_ticket = Some(hand.ask(Question::Household(state.household)));
}

/// Asks again what a change is decided on.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    if state.saving.is_none() {
        begin(state, hand);
        ask_preview(state, hand);
    }
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Action>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    if state.asked.is_none() {
        let action = match action {
            Some(Action::List(action)) => Some(action),
            _ => None,
        };
        choose(state, action, key, hand);
        return None;
    }
    let action = match action {
        Some(Action::Person(action)) => Some(action),
        _ => None,
    };
    let (_, prompt) = state.asked.as_mut()?;
    match prompt.key(action, key) {
        Did::Nothing => {}
        Did::Changed => ask_preview(state, hand),
        Did::Accepted => save(state, hand),
    }
    None
}

fn choose(state: &mut State, action: Option<List>, key: Key, hand: &mut Hand<'_>) {
    let offered = state.offered();
    let chosen = match action {
        Some(List::Accept) => state.menu.selected(offered.len()),
        Some(action) => {
            if let Some(to) = list_move(action) {
                state.menu.go(to, offered.len(), offered.len());
            }
            None
        }
        None => {
            let digit = key.with_twin().typed().and_then(|c| c.to_digit(10));
            digit.and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1))
        }
    };
    if let Some(what) = chosen.and_then(|at| offered.get(at)).copied() {
        state.menu.select(chosen.unwrap_or(0));
        let prompt = answers::ask(state, what, hand);
        state.asked = Some((what, prompt));
        state.preview = None;
        ask_preview(state, hand);
    }
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str, hand: &mut Hand<'_>) {
    if let Some((_, prompt)) = &mut state.asked
        && prompt.paste(text) == Did::Changed
    {
        ask_preview(state, hand);
    }
}

/// From the questions back to the menu, from there away.
pub fn back(state: &mut State, _hand: &mut Hand<'_>) -> Option<Outcome> {
    match state.asked.take() {
        Some(_) => None,
        None => Some(Outcome::Leave),
    }
}

/// Asks what the answers so far would decide.
fn ask_preview(state: &mut State, hand: &mut Hand<'_>) {
    state.preview_ticket = None;
    state.preview = None;
    let Some((what, mut prompt)) = state.asked.clone() else {
        return;
    };
    let commands = answers::commands(state, what, &mut prompt, hand.today());
    if let Ok([Command::RecordContact(draft), ..]) = commands.as_deref() {
        let draft: Box<ContactDraft> = draft.clone();
        state.preview_ticket = Some(hand.ask(Question::Preview(draft)));
    }
}

/// Saves, or says what is missing.
fn save(state: &mut State, hand: &mut Hand<'_>) {
    let Some((what, mut prompt)) = state.asked.take() else {
        return;
    };
    prompt.calm();
    let commands = answers::commands(state, what, &mut prompt, hand.today());
    state.asked = Some((what, prompt));
    if let Ok(commands) = commands {
        state.rest = commands.into();
        save_next(state, hand);
    }
}

fn save_next(state: &mut State, hand: &mut Hand<'_>) {
    if let Some(command) = state.rest.pop_front() {
        let seen = decided_on(state, &command);
        state.saving = hand.change(command, seen);
    }
}

/// Returns the aspects a command is decided on.
fn decided_on(state: &State, command: &Command) -> Vec<Seen> {
    let programme = |seen: &&Seen| matches!(seen.aspect, Aspect::Programme(..));
    match command {
        Command::RecordContact(_) => state.seen.iter().filter(programme).copied().collect(),
        _ => {
            let others = state.seen.iter().filter(|seen| !programme(seen));
            let home = state.home_seen.iter();
            let mut all: Vec<Seen> = Vec::new();
            for seen in others.chain(home) {
                if !all.iter().any(|known| known.aspect == seen.aspect) {
                    all.push(*seen);
                }
            }
            all
        }
    }
}

/// Takes an answer.
pub fn replied(
    state: &mut State,
    ticket: Ticket,
    reply: Result<Reply, Stop>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    let ticket = Some(ticket);
    match reply {
        Ok(Reply::Person(view)) if ticket == state.person_ticket => {
            state.person_ticket = None;
            take_person(state, &view);
        }
        Ok(Reply::Household(view)) if ticket == state.home_ticket => {
            state.home_ticket = None;
            take_home(state, &view);
        }
        Ok(Reply::Preview(view)) if ticket == state.preview_ticket => {
            state.preview = Some(Ok(view.decision));
        }
        Err(Stop::Refused(refusal)) if ticket == state.preview_ticket => {
            state.preview = Some(Err(refusal));
        }
        Ok(Reply::Done(done)) if ticket == state.saving => {
            state.saving = None;
            if !state.rest.is_empty() {
                state.seen.clear();
                save_next(state, hand);
                return None;
            }
            return Some(Outcome::Done(said(state, &done, hand)));
        }
        other => {
            if ticket == state.saving {
                state.saving = None;
                state.rest.clear();
            }
            return unexplained(other);
        }
    }
    None
}

fn take_person(state: &mut State, view: &PersonView) {
    state.seen.clone_from(&view.seen);
    let course = &view.member.course;
    let open = course
        .programmes
        .iter()
        .filter(|(_, known)| known.is_open());
    let open: Vec<ProgrammeKind> = open.map(|(kind, _)| *kind).collect();
    state
        .programmes
        .retain(|kind| open.contains(kind) || course.slot(*kind).is_some());
}

fn take_home(state: &mut State, view: &HouseholdView) {
    state.home_seen.clone_from(&view.seen);
    state.heirs.clear();
    if view.household.head == Some(state.person) {
        let others = view.members.iter().map(|member| &member.person);
        let others = others.filter(|other| other.id != state.person && other.is_here());
        state.heirs = others
            .map(|other| (other.id, other.name().to_owned()))
            .collect();
    }
}

/// Returns what the status line says.
fn said(state: &State, done: &Done, hand: &Hand<'_>) -> String {
    let what = state
        .asked
        .as_ref()
        .map_or("", |(what, _)| hand.look.say(what.text()));
    let what = format!("{} {what}", state.name);
    let next = done
        .contacts
        .iter()
        .filter_map(|contact| saved::next(&contact.decision));
    saved::line(hand.look, hand.keymap, &what, next.min())
}

/// Settles a conflict: what the other window decided is read anew.
pub fn settle(state: &mut State, how: Settle, hand: &mut Hand<'_>) -> Option<Outcome> {
    state.saving = None;
    state.rest.clear();
    match how {
        Settle::Theirs => Some(Outcome::Leave),
        Settle::Both => {
            refresh(state, hand);
            None
        }
    }
}

/// Returns whether keys wait: what a change is decided on is not known yet.
pub fn holds(state: &State) -> bool {
    state.person_ticket.is_some() || state.home_ticket.is_some()
}
