//! The card of a resident or of a household, filled in on its form. It saves
//! incomplete; what is to be filled in stays in view.

mod known;
mod view;

pub use view::view;

use std::{collections::BTreeMap, sync::Arc};

use super::{Outcome, Screen, Settle, Then, change, facts, question, unexplained};
use crate::{
    desk::{Command, Question, Reply, Stop, request::CardAsk},
    domain::{
        aspect::Seen,
        form::{FilledForm, FormContext, FormDef, Proposed},
        id::{HouseholdId, PersonId},
        refusal::{PersonRefusal, Refusal},
        value::Answers,
    },
    lang::refusals,
    tui::{
        action::{Action, Person as Keys},
        app::Status,
        form::{EditorKey, FormEditor, Reaction, Start, Step},
        hand::Hand,
        keys::{Code, Key},
        port::Ticket,
        widgets::hints::{self, Hint},
    },
};
use known::Known;

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::of(&[Action::Person(Keys::Save)]),
    Hint::of(&[Action::Person(Keys::Next)]),
    Hint::of(&[Action::Person(Keys::Up)]),
    Hint::of(&[Action::Person(Keys::AllNormal)]),
    Hint::of(&[Action::Person(Keys::Facts)]),
    hints::BACK,
    hints::HELP,
];

/// Whose card it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Person(PersonId),
    Household(HouseholdId),
}

/// What the box over the card asks.
#[derive(Debug)]
enum Boxed {
    Doubts(Option<PersonId>),
    Taken(PersonId),
    Leaving,
}

/// A card being filled in.
#[derive(Debug)]
pub struct State {
    whose: Whose,
    known: Option<Known>,
    editor: Option<FormEditor>,
    /// The card the editor was opened on, and the revisions of that moment.
    base: Answers,
    seen: Vec<Seen>,
    asked: Option<Ticket>,
    doubting: Option<Ticket>,
    saving: Option<Ticket>,
    boxed: Option<Boxed>,
    /// What is about to be saved, while doubts are looked at.
    decided: Option<Answers>,
    is_touched: bool,
    /// Reopen on the newest card, keeping what was typed.
    merges: bool,
}

impl State {
    /// Returns the card of a resident.
    pub fn person(id: PersonId) -> Self {
        Self::of(Whose::Person(id))
    }

    /// Returns the card of a household.
    pub fn household(id: HouseholdId) -> Self {
        Self::of(Whose::Household(id))
    }

    fn of(whose: Whose) -> Self {
        Self {
            whose,
            known: None,
            editor: None,
            base: Answers::new(),
            seen: Vec::new(),
            asked: None,
            doubting: None,
            saving: None,
            boxed: None,
            decided: None,
            is_touched: false,
            merges: false,
        }
    }

    /// Returns whether keys wait: the card is not there yet.
    pub fn holds(&self) -> bool {
        self.editor.is_none() && self.asked.is_some() || self.doubting.is_some()
    }

    /// Returns the card as it would be saved: what the form does not ask, and
    /// what is kept elsewhere, stays as it was.
    fn card(&self, form: &FormDef, filled: &FilledForm) -> Answers {
        let mut card = filled.answers.clone();
        for (field, value) in &self.base {
            if form.field(field).is_none_or(|field| field.by_rules) {
                card.entry(field.clone()).or_insert_with(|| value.clone());
            }
        }
        card
    }

    fn typed(&self) -> Option<Answers> {
        let known = self.known.as_ref()?;
        let filled = self.editor.as_ref()?.filled().into_iter().next()?;
        Some(self.card(known.form(), &filled))
    }
}

/// Asks for the card.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    let question = match state.whose {
        Whose::Person(id) => Question::Person(id),
        Whose::Household(id) => Question::Household(id),
    };
    state.asked = Some(hand.ask(question));
}

/// Opens the editor on a card.
fn open(state: &mut State, known: Known) {
    let fresh = state.editor.is_none() || !state.is_touched;
    if fresh || state.merges {
        let mut answers = known.card().clone();
        if let Some(typed) = state.typed().filter(|_| state.merges && !fresh) {
            for change in crate::domain::event::Change::between(&state.base, &typed) {
                change.set_on(&mut answers);
            }
        }
        state.editor = Some(editor(&known, answers));
        state.base = known.card().clone();
        state.seen = known.seen();
        state.is_touched = state.merges && !fresh;
        state.merges = false;
    }
    state.known = Some(known);
}

fn editor(known: &Known, answers: Answers) -> FormEditor {
    let form = Arc::clone(known.form());
    let today = known.today();
    let recorded = FilledForm {
        form: form.id.clone(),
        edition: form.edition.clone(),
        visit: today,
        answers,
        marks: BTreeMap::new(),
        confirmed: std::collections::BTreeSet::new(),
    };
    let mut editor = FormEditor::open(vec![Start {
        form,
        context: FormContext::on(today, today),
        recorded: Some(recorded),
    }]);
    let proposed = Proposed {
        answers: known.stated().clone(),
        ..Proposed::default()
    };
    editor.step(Step::Proposed { page: 0, proposed });
    editor
}

/// Takes an answer of the desk.
pub fn replied(
    state: &mut State,
    ticket: Ticket,
    reply: Result<Reply, Stop>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    let is = |asked: Option<Ticket>| asked == Some(ticket);
    if is(state.asked) {
        state.asked = None;
    }
    match reply {
        Ok(Reply::Person(view)) => {
            open(state, Known::Person(view));
            None
        }
        Ok(Reply::Household(view)) => {
            open(state, Known::Household(view));
            None
        }
        Ok(Reply::Doubts(doubts)) if is(state.doubting) => {
            state.doubting = None;
            if doubts.is_empty() {
                let card = state.decided.take()?;
                send(state, card, hand);
                return None;
            }
            state.boxed = Some(Boxed::Doubts(change::boxes::similar(&doubts)));
            Some(change::boxes::doubts(&doubts, hand))
        }
        Ok(Reply::Done(_)) if is(state.saving) => {
            let known = state.known.as_ref()?;
            let title = known.form().title.get(hand.look.lang);
            let what = format!("{title} {}", known.who(hand.look));
            Some(Outcome::Done(change::saved_words(&what, hand)))
        }
        Err(Stop::Refused(Refusal::Person(PersonRefusal::SameNumber { other, name }))) => {
            state.saving = None;
            state.boxed = Some(Boxed::Taken(other));
            Some(change::boxes::taken(&name, hand))
        }
        Err(Stop::Refused(refusal)) => {
            state.saving = None;
            state.doubting = None;
            let form = Arc::clone(state.known.as_ref()?.form());
            let lang = hand.look.lang;
            let name = |field: &str| match form.field(field) {
                Some(field) => field.label.get(lang).to_owned(),
                None => field.to_owned(),
            };
            let text = refusals::with_names(&refusal, &name, lang);
            Some(Outcome::Say(Status::refused(text)))
        }
        other => unexplained(other),
    }
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Keys>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    let key = match action {
        Some(Keys::Facts) => return open_facts(state),
        Some(Keys::Save) => EditorKey::Save,
        // Enter and Tab both go on; Tab alone passes a row of a list.
        Some(Keys::Next) if key.code == Code::Enter => EditorKey::Enter,
        Some(Keys::Next) => EditorKey::Tab,
        Some(Keys::Previous) => EditorKey::BackTab,
        Some(Keys::Down) => EditorKey::Down,
        Some(Keys::Up) => EditorKey::Up,
        Some(Keys::AllNormal) => EditorKey::Normal,
        None => EditorKey::of(key)?,
    };
    step(state, Step::Key(key), hand)
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str, hand: &mut Hand<'_>) -> Option<Outcome> {
    step(state, Step::Paste(text.to_owned()), hand)
}

fn step(state: &mut State, step: Step, hand: &mut Hand<'_>) -> Option<Outcome> {
    match state.editor.as_mut()?.step(step) {
        Reaction::Nothing | Reaction::Refused | Reaction::AskedToConfirm => {}
        Reaction::Changed => state.is_touched = true,
        Reaction::Save(filled) => {
            let form = Arc::clone(state.known.as_ref()?.form());
            let card = state.card(&form, filled.first()?);
            if card == state.base {
                return Some(Outcome::Leave);
            }
            match state.known.as_ref()? {
                Known::Person(view) => {
                    let asked = CardAsk {
                        person: Some(view.member.person.id),
                        household: Some(view.household.id),
                        card: card.clone(),
                    };
                    state.doubting = Some(hand.ask(Question::Doubts(Box::new(asked))));
                    state.decided = Some(card);
                }
                Known::Household(_) => send(state, card, hand),
            }
        }
    }
    None
}

fn send(state: &mut State, card: Answers, hand: &mut Hand<'_>) {
    let command = match state.whose {
        Whose::Person(person) => Command::ChangePerson { person, card },
        Whose::Household(household) => Command::ChangeHousehold { household, card },
    };
    state.saving = hand.change(command, state.seen.clone());
}

fn open_facts(state: &State) -> Option<Outcome> {
    match state.whose {
        Whose::Person(person) => {
            let facts = facts::State::new(person);
            Some(Outcome::Open(Box::new(Screen::Facts(Box::new(facts)))))
        }
        Whose::Household(_) => None,
    }
}

/// Leaves, or asks what becomes of what was changed.
pub fn back(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    let changed = state.typed().is_some_and(|typed| typed != state.base);
    if !state.is_touched || !changed {
        return Some(Outcome::Leave);
    }
    let look = hand.look;
    state.boxed = Some(Boxed::Leaving);
    let choices = [
        change::words::LEAVE_SAVE,
        change::words::LEAVE_STAY,
        change::words::LEAVE_DROP,
    ];
    let choices = choices.map(|text| look.say(text).to_owned()).to_vec();
    let text = look.say(change::words::LEAVE_QUESTION).to_owned();
    let title = look.say(change::words::LEAVE_TITLE);
    let asked = question::State::ask(title, vec![text], choices);
    Some(Outcome::Open(Box::new(Screen::Question(
        asked,
        Then::Below,
    ))))
}

/// Takes the choice made in a box over the card.
pub fn chosen(state: &mut State, choice: usize, hand: &mut Hand<'_>) -> Option<Outcome> {
    match (state.boxed.take()?, choice) {
        (Boxed::Leaving, 0) => step(state, Step::Key(EditorKey::Save), hand),
        (Boxed::Leaving, 2) => Some(Outcome::Leave),
        (Boxed::Doubts(_), 1) => {
            let card = state.decided.take()?;
            send(state, card, hand);
            None
        }
        (Boxed::Doubts(Some(other)), 2) | (Boxed::Taken(other), 1) => Some(Outcome::Person(other)),
        (Boxed::Leaving | Boxed::Doubts(_) | Boxed::Taken(_), _) => None,
    }
}

/// Settles a conflict: theirs stands, or what was typed is put over theirs to be looked at.
pub fn settle(state: &mut State, how: Settle, hand: &mut Hand<'_>) {
    state.saving = None;
    match how {
        Settle::Theirs => state.is_touched = false,
        Settle::Both => state.merges = true,
    }
    refresh(state, hand);
}
