//! 设置: the clinic's settings by section. A value is changed in its place; before it counts,
//! what it moves is told.

mod view;
mod words;

pub use view::view;

use super::{Outcome, Screen, Settle, Then, list_move, question, unexplained};
use crate::{
    desk::{
        Command, Question, Reply, Stop,
        reply::{SettingView, SettingsPreview, SettingsView},
    },
    domain::{
        aspect::{Aspect, Seen},
        refusal::Refusal,
        settings::{Section, Shape, Values, check},
    },
    lang::settings as values,
    tui::{
        action::{Action, Context, List, Palette, Settings},
        app::Status,
        hand::Hand,
        keys::{Key, twin},
        port::Ticket,
        theme::Look,
        widgets::{
            field::Field,
            hints::{self, Hint},
            scroll::Scroll,
        },
    },
};

/// What the hint line offers among the settings.
const HINTS: &[Hint] = &[
    Hint::of(&[Action::Settings(Settings::Edit)]),
    Hint::of(&[Action::Settings(Settings::Reset)]),
    Hint::of(&[Action::Settings(Settings::Former)]),
    Hint::all(
        &[
            Action::Settings(Settings::PreviousSection),
            Action::Settings(Settings::NextSection),
        ],
        words::SECTIONS,
    ),
    hints::BACK,
    hints::HELP,
];

/// … while a value is typed.
const EDIT_HINTS: &[Hint] = &hints::typed(words::ACCEPT);

/// Rows a page key moves by.
const PAGE: usize = 10;

/// The settings and what is being changed.
#[derive(Debug, Default)]
pub struct State {
    asked: Option<Ticket>,
    foreseen: Option<Ticket>,
    sent: Option<Ticket>,
    view: Option<Box<SettingsView>>,
    /// Over the settings of all sections.
    scroll: Scroll,
    edit: Option<Edit>,
    asking: Option<Asking>,
}

/// A value being typed.
#[derive(Debug)]
struct Edit {
    key: String,
    field: Field,
    /// What is wrong with what was given.
    problem: Option<String>,
}

/// What the box over this screen asks, and about which key.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asking {
    /// One of the words it may be.
    Word(String),
    /// Whether this value is wanted, now that it is known what moves.
    Sure(String, String),
}

impl State {
    /// Returns what the hint line offers.
    pub fn hints(&self) -> &'static [Hint] {
        if self.edit.is_some() {
            EDIT_HINTS
        } else {
            HINTS
        }
    }

    /// Returns why settings may not be changed from here, if so.
    pub fn locked(&self) -> Option<Refusal> {
        let locked = self.view.as_ref()?.locked.clone()?;
        Some(Refusal::Record(locked))
    }

    /// Returns where its keys are looked up.
    pub fn context(&self) -> Context {
        if self.edit.is_some() {
            Context::Palette
        } else {
            Context::Settings
        }
    }

    /// Forgets what is typed; returns whether the screen is to be left instead.
    pub fn back(&mut self) -> bool {
        self.foreseen = None;
        self.edit.take().is_none()
    }

    /// Returns whether keys wait for an answer.
    pub fn holds(&self) -> bool {
        self.asked.is_some() && self.view.is_none()
            || self.foreseen.is_some()
            || self.sent.is_some()
    }

    fn settings(&self) -> &[SettingView] {
        self.view.as_ref().map_or(&[], |view| &view.settings)
    }

    fn here(&self) -> Option<&SettingView> {
        let settings = self.settings();
        settings.get(self.scroll.selected(settings.len())?)
    }

    fn of(&self, key: &str) -> Option<&SettingView> {
        self.settings().iter().find(|s| s.definition.key == key)
    }
}

/// Asks for the settings.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    if let Some(by) = hand.user() {
        state.asked = Some(hand.ask(Question::Settings { by }));
    }
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
            Ok(Reply::Done(_)) => Some(changed(state, hand.look)),
            other => unexplained(other),
        };
    }
    if state.foreseen == Some(ticket) {
        state.foreseen = None;
        return match reply {
            Ok(Reply::SettingsPreview(preview)) => foresaw(state, &preview, hand.look),
            other => unexplained(other),
        };
    }
    if state.asked == Some(ticket) {
        state.asked = None;
        return match reply {
            Ok(Reply::Settings(view)) => {
                state.view = Some(view);
                None
            }
            other => unexplained(other),
        };
    }
    None
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Action>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    if let Some(edit) = &mut state.edit {
        if action == Some(Action::Palette(Palette::Accept)) {
            let typed = edit.field.text().trim().to_owned();
            let key = edit.key.clone();
            let is_line = state.of(&key).map(|one| one.definition.shape) == Some(Shape::Line);
            let text = if is_line {
                typed
            } else {
                typed.chars().map(twin).collect()
            };
            return wish(state, &key, &text, hand);
        }
        if edit.field.key(key) {
            edit.problem = None;
        }
        return None;
    }
    let Some(Action::Settings(action)) = action else {
        return None;
    };
    let to = match action {
        Settings::Down => List::Down,
        Settings::Up => List::Up,
        Settings::PageDown => List::PageDown,
        Settings::PageUp => List::PageUp,
        Settings::First => List::First,
        Settings::Last => List::Last,
        Settings::NextSection => return turn(state, true),
        Settings::PreviousSection => return turn(state, false),
        Settings::Edit => return begin_edit(state, hand.look),
        Settings::Reset => {
            let wanted = state.here().map(|s| s.definition.default.clone());
            return set_back(state, wanted, hand);
        }
        Settings::Former => {
            let last = state.here().and_then(|setting| setting.history.first());
            let wanted = last.map(|told| told.before.clone());
            return set_back(state, wanted, hand);
        }
    };
    let count = state.settings().len();
    if let Some(to) = list_move(to) {
        state.scroll.go(to, count, PAGE);
    }
    None
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str) {
    if let Some(edit) = &mut state.edit {
        edit.field.insert(text);
    }
}

/// Takes the choice made in a box over this screen.
pub fn chosen(state: &mut State, choice: usize, hand: &mut Hand<'_>) -> Option<Outcome> {
    match state.asking.take()? {
        Asking::Word(key) => {
            let words = state.of(&key)?.definition.shape.words();
            let word = (*words.get(choice)?).to_owned();
            wish(state, &key, &word, hand)
        }
        Asking::Sure(key, value) => {
            if choice == 0 {
                let seen = seen(state, &key);
                let values = Values::from([(key, value)]);
                state.sent = hand.change(Command::ChangeSettings { values }, seen);
            } else {
                state.edit = None;
            }
            None
        }
    }
}

/// Settles a conflict with another window.
pub fn settle(state: &mut State, how: Settle, hand: &mut Hand<'_>) {
    state.sent = None;
    match how {
        Settle::Theirs => state.edit = None,
        // What was typed stays beside what stands now.
        Settle::Both => {}
    }
    refresh(state, hand);
}

/// Goes to the first key of the section after, or before, the present one.
fn turn(state: &mut State, is_next: bool) -> Option<Outcome> {
    let here = state.here()?.section;
    let settings = state.settings();
    let sections = settings.iter().map(|setting| setting.section);
    let wanted = if is_next {
        sections.filter(|section| here < *section).min()
    } else {
        sections.filter(|section| *section < here).max()
    };
    let at = settings.iter().position(|s| Some(s.section) == wanted)?;
    state.scroll.select(at);
    None
}

fn begin_edit(state: &mut State, look: &Look) -> Option<Outcome> {
    let setting = state.here()?;
    let definition = &setting.definition;
    let key = definition.key.clone();
    if definition.shape.is_word() {
        let words = definition.shape.words();
        let at = words.iter().position(|word| *word == setting.value);
        let choices: Vec<String> = words
            .iter()
            .map(|word| values::value(definition.shape, word, look.lang))
            .collect();
        let label = definition.label.get(look.lang);
        let mut asked = question::State::ask(label, Vec::new(), choices);
        asked.select(at.unwrap_or(0));
        state.asking = Some(Asking::Word(key));
        let screen = Screen::Question(asked, Then::Below);
        return Some(Outcome::Open(Box::new(screen)));
    }
    let field = Field::of(&setting.value);
    state.edit = Some(Edit {
        key,
        field,
        problem: None,
    });
    None
}

fn set_back(state: &mut State, wanted: Option<String>, hand: &mut Hand<'_>) -> Option<Outcome> {
    let key = state.here()?.definition.key.clone();
    let Some(value) = wanted else {
        let text = hand.look.say(words::NEVER).to_owned();
        return Some(Outcome::Say(Status::refused(text)));
    };
    wish(state, &key, &value, hand)
}

/// A value is wanted: names what is wrong with it, or asks the desk what it moves.
fn wish(state: &mut State, key: &str, value: &str, hand: &mut Hand<'_>) -> Option<Outcome> {
    let setting = state.of(key)?;
    if let Err(fault) = check(&setting.definition, value) {
        let problem = values::fault(&fault, hand.look.lang);
        match &mut state.edit {
            Some(edit) => edit.problem = Some(problem),
            None => return Some(Outcome::Say(Status::refused(problem))),
        }
        return None;
    }
    if setting.definition.is_same(&setting.value, value) {
        state.edit = None;
        let text = hand.look.say(words::SAME).to_owned();
        return Some(Outcome::Say(Status::done(text)));
    }
    let wanted = Values::from([(key.to_owned(), value.to_owned())]);
    state.asking = Some(Asking::Sure(key.to_owned(), value.to_owned()));
    state.foreseen = Some(hand.ask(Question::SettingsPreview { values: wanted }));
    None
}

/// Tells what the wanted value moves and asks whether it is to be.
fn foresaw(state: &mut State, preview: &SettingsPreview, look: &Look) -> Option<Outcome> {
    let Some(Asking::Sure(key, value)) = &state.asking else {
        return None;
    };
    let setting = state.of(key)?;
    let shape = setting.definition.shape;
    let [before, after] =
        [&setting.value, value].map(|value| values::value(shape, value, look.lang));
    let change = look
        .say(words::CHANGE)
        .replace("{before}", &before)
        .replace("{after}", &after);
    let mut told = vec![change];
    told.extend(values::moves(&preview.moves, look.lang));
    let choices = [words::DO, words::DO_NOT].map(|text| look.say(text).to_owned());
    let label = setting.definition.label.get(look.lang);
    let asked = question::State::ask(label, told, choices.to_vec());
    let screen = Screen::Question(asked, Then::Below);
    Some(Outcome::Open(Box::new(screen)))
}

fn changed(state: &mut State, look: &Look) -> Outcome {
    state.edit = None;
    let label = state
        .here()
        .map_or("", |setting| setting.definition.label.get(look.lang));
    Outcome::Say(Status::done(
        look.say(words::CHANGED).replace("{what}", label),
    ))
}

/// Returns the section of a key as this screen saw it.
fn seen(state: &State, key: &str) -> Vec<Seen> {
    let aspect = Section::of(key).map(Aspect::Settings);
    let seen = state.view.as_ref().map_or(&[][..], |view| &view.seen);
    let concerns = |seen: &&Seen| Some(seen.aspect) == aspect;
    seen.iter().filter(concerns).copied().collect()
}
