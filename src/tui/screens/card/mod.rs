//! The card of a resident or of a household, filled in on its form. It saves
//! incomplete; what is to be filled in stays in view.

mod known;
mod merging;
mod opening;
mod saving;
mod view;
mod words;

pub use view::view;

use super::{Outcome, Screen, Settle, Then, change, facts, question, unexplained};
use crate::{
    desk::{Question, Reply, Stop, reply::TakenUp, request::DraftRequest, rights::Matter},
    domain::{
        aspect::Seen,
        form::{FilledForm, FormDef},
        id::{HouseholdId, PersonId, StaffId},
        value::Answers,
    },
    tui::{
        action::{Action, Person as Keys},
        app::Status,
        drafting::Drafting,
        form::{EditorKey, FormEditor, Reaction, Step},
        hand::Hand,
        keys::{Code, Key},
        port::Ticket,
        widgets::hints::{self, Hint},
    },
};
use known::Known;
use merging::Merging;
use opening::Kept;

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::of(&[Action::Person(Keys::Save)]),
    Hint::of(&[Action::Person(Keys::Next)]),
    Hint::short(&[Action::Person(Keys::Up)], "上一项", "Prev"),
    Hint::short(&[Action::Person(Keys::AllNormal)], "无异常", "Normal"),
    Hint::short(&[Action::Person(Keys::Facts)], "标签往来", "Facts"),
    hints::BACK,
    hints::HELP,
];

/// Whose card it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Person(PersonId),
    Household(HouseholdId),
}

impl Whose {
    /// Returns the ids a draft of the card is found by.
    const fn ids(self) -> (Option<PersonId>, Option<HouseholdId>) {
        match self {
            Self::Person(person) => (Some(person), None),
            Self::Household(household) => (None, Some(household)),
        }
    }
}

/// What the box over the card asks.
#[derive(Debug)]
enum Boxed {
    Doubts(Option<PersonId>),
    Taken(PersonId),
    Dropping,
    Merging,
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
    /// What the form shows though it is kept elsewhere, of the same moment.
    stated: Answers,
    /// What the draft starts from.
    kept: Option<Kept>,
    drafting: Drafting,
    /// The drafts put down were asked for, then the one of this card.
    looking: Option<Ticket>,
    taking: Option<Ticket>,
    taken: Option<Box<TakenUp>>,
    asked: Option<Ticket>,
    doubting: Option<Ticket>,
    saving: Option<Ticket>,
    boxed: Option<Boxed>,
    /// What is about to be saved, while doubts are looked at.
    decided: Option<Answers>,
    is_touched: bool,
    /// Go through what another window changed once its card is there.
    merges: bool,
    merging: Option<Merging>,
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
            stated: Answers::new(),
            kept: None,
            drafting: Drafting::default(),
            looking: None,
            taking: None,
            taken: None,
            asked: None,
            doubting: None,
            saving: None,
            boxed: None,
            decided: None,
            is_touched: false,
            merges: false,
            merging: None,
        }
    }

    /// Returns whether keys wait: the card is not there yet.
    pub fn holds(&self) -> bool {
        let opens = [self.asked, self.looking, self.taking];
        let is_open = self.editor.is_some() && !self.merges;
        !is_open && opens.iter().any(Option::is_some) || self.doubting.is_some()
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

    /// Returns whether something stands in the card that was not saved.
    fn is_changed(&self) -> bool {
        let unread = self.editor.as_ref().is_some_and(FormEditor::has_unread);
        self.is_touched && (unread || self.typed().is_some_and(|typed| typed != self.base))
    }

    fn typed(&self) -> Option<Answers> {
        let known = self.known.as_ref()?;
        let filled = self.editor.as_ref()?.filled().into_iter().next()?;
        Some(self.card(known.form(), &filled))
    }
}

/// Asks for the card, and whether somebody put a draft of it down; whoever only reads has none.
pub fn begin(state: &mut State, hand: &mut Hand<'_>) {
    if hand.place.may(Matter::Register).is_ok() {
        let by = hand.user().unwrap_or(StaffId(0));
        state.looking = Some(hand.ask(Question::Drafts { by }));
    }
    refresh(state, hand);
}

/// Asks for the card.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    let question = match state.whose {
        Whose::Person(id) => Question::PersonCard(id),
        Whose::Household(id) => Question::HouseholdCard(id),
    };
    state.asked = Some(hand.ask(question));
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
            state.known = Some(Known::Person(view));
            opening::ready(state, hand)
        }
        Ok(Reply::Household(view)) => {
            state.known = Some(Known::Household(view));
            opening::ready(state, hand)
        }
        Ok(Reply::Drafts(drafts)) if is(state.looking) => {
            state.looking = None;
            opening::look_for_draft(state, &drafts, hand)
        }
        Ok(Reply::TakenUp(taken)) if is(state.taking) => {
            state.taking = None;
            state.taken = taken;
            opening::ready(state, hand)
        }
        Ok(Reply::Doubts(doubts)) if is(state.doubting) => {
            state.doubting = None;
            saving::doubted(state, &doubts, hand)
        }
        Ok(Reply::Done(_)) if is(state.saving) => saving::saved(state, hand),
        Err(Stop::Refused(refusal)) => saving::refused(state, &refusal, hand),
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
    if let Some(no) = refused(action, hand) {
        return Some(no);
    }
    if state.merging.is_some() {
        return merging::ask(state, hand);
    }
    let key = match action {
        Some(Keys::Facts) => return open_facts(state),
        Some(Keys::Discard) => return ask_to_drop(state, hand),
        Some(Keys::Agreement) => {
            return Some(match state.whose {
                Whose::Person(person) => Outcome::SignFor(person),
                Whose::Household(household) => Outcome::Sign(household),
            });
        }
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
    if let Some(no) = refused(None, hand) {
        return Some(no);
    }
    step(state, Step::Paste(text.to_owned()), hand)
}

/// Says no to whoever may only read it: they move in it and lead elsewhere, nothing more.
fn refused(action: Option<Keys>, hand: &Hand<'_>) -> Option<Outcome> {
    match action {
        Some(
            Keys::Next | Keys::Previous | Keys::Down | Keys::Up | Keys::Facts | Keys::Agreement,
        ) => None,
        Some(Keys::Save | Keys::AllNormal | Keys::Discard) | None => {
            hand.place.may(Matter::Register).err().map(Outcome::Refused)
        }
    }
}

fn step(state: &mut State, step: Step, hand: &mut Hand<'_>) -> Option<Outcome> {
    match opening::take(state, step, hand) {
        Reaction::Nothing | Reaction::Refused | Reaction::AskedToConfirm | Reaction::Changed => {
            None
        }
        Reaction::Save(filled) => saving::save(state, filled.first()?, hand),
    }
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

/// Leaves; what was changed stays as a draft.
pub fn back(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    if let Some(taken) = state.taken.take() {
        let id = taken.draft.id.clone();
        hand.draft(DraftRequest::PutDown { id });
    }
    if !state.is_changed() {
        state.drafting.discard(hand);
        return Some(Outcome::Leave);
    }
    state.drafting.put_down(hand);
    let who = state.known.as_ref()?.who(hand.look);
    let text = hand.look.say(words::DRAFT_KEPT).replace("{}", &who);
    Some(Outcome::Done(text))
}

fn ask_to_drop(state: &mut State, hand: &Hand<'_>) -> Option<Outcome> {
    if !state.is_changed() {
        return None;
    }
    let look = hand.look;
    state.boxed = Some(Boxed::Dropping);
    let title = look.say(words::DROP_TITLE);
    let asked = question::State::confirm(look, title, look.say(words::DROP_QUESTION));
    Some(Outcome::Open(Box::new(Screen::Question(
        asked,
        Then::Below,
    ))))
}

/// Takes the choice made in a box over the card.
pub fn chosen(state: &mut State, choice: usize, hand: &mut Hand<'_>) -> Option<Outcome> {
    match (state.boxed.take()?, choice) {
        (Boxed::Dropping, 0) => {
            drop_changes(state, hand);
            let text = hand.look.say(words::DROPPED).to_owned();
            Some(Outcome::Say(Status::done(text)))
        }
        (Boxed::Merging, choice) => merging::chosen(state, choice, hand),
        (Boxed::Doubts(_), 1) => {
            let card = state.decided.take()?;
            saving::send(state, card, hand);
            None
        }
        (Boxed::Doubts(Some(other)), 2) | (Boxed::Taken(other), 1) => Some(Outcome::Person(other)),
        (Boxed::Dropping | Boxed::Doubts(_) | Boxed::Taken(_), _) => None,
    }
}

/// Goes back to the card as it was saved last.
fn drop_changes(state: &mut State, hand: &mut Hand<'_>) {
    state.drafting.discard(hand);
    state.editor = None;
    state.is_touched = false;
    refresh(state, hand);
}

/// Settles a conflict: theirs stands, or both cards are gone through.
pub fn settle(state: &mut State, how: Settle, hand: &mut Hand<'_>) {
    state.saving = None;
    match how {
        Settle::Theirs => drop_changes(state, hand),
        Settle::Both => {
            state.merges = true;
            refresh(state, hand);
        }
    }
}
