//! One window's state and the only code that changes it.
//!
//! `update` takes what happened and returns what is to be done; `view` draws.
//! Neither touches the terminal, the clock or the store. What actions do stands
//! in `acting`, what answers do in `answering`.

use std::{collections::VecDeque, time::Duration};

use ratatui::layout::{Rect, Size};

use super::{
    acting,
    action::{Action, Context},
    answering,
    errands::{Asker, Errands, ScreenId},
    hand::Hand,
    keymap::Keymap,
    keys::{Code, Key},
    message::{Effect, Message},
    rolling,
    screens::{Outcome, Screen, Then, question, setup, sheet::Sheet, staff, too_small},
    sentences,
    terminal::probe::{Learnt, Probe},
    theme::Look,
    widgets::frame,
    words, writing,
};
use crate::{
    desk::{Question, Stop, reply::WaitingDraft},
    domain::task::Mode,
};

pub use super::start::{Opening, Place, Start, Status, StatusKind};

/// A window.
#[derive(Debug)]
pub struct App {
    pub(super) look: Look,
    pub(super) keymap: Keymap,
    size: Size,
    pub(super) place: Place,
    /// The screens, each over the one before; never empty.
    pub(super) screens: Vec<Layer>,
    pub(super) status: Option<Status>,
    pub(super) errands: Errands,
    /// What was typed while an answer was waited for.
    held: VecDeque<Held>,
    /// The last entry this window has taken in.
    pub(super) head: u64,
    probe: Probe,
    now: Duration,
    last_screen: ScreenId,
    pub(super) can_suspend: bool,
    /// How the visits of this session are made, once one was.
    mode: Option<Mode>,
    /// The forms put down that were offered.
    pub(super) drafts: Vec<WaitingDraft>,
    /// What waits to be told whether it may replace a file.
    pub(super) unwritten: Option<Box<Sheet>>,
}

/// An open screen.
#[derive(Debug)]
pub struct Layer {
    pub id: ScreenId,
    pub screen: Screen,
}

#[derive(Debug)]
enum Held {
    Key(Key),
    Paste(String),
}

impl App {
    /// Returns a window and what it wants done first.
    pub fn open(start: Start) -> (Self, Vec<Effect>) {
        let mut app = Self {
            look: start.look,
            keymap: start.keymap,
            size: start.size,
            place: start.place,
            screens: Vec::new(),
            status: None,
            errands: Errands::of(start.name),
            held: VecDeque::new(),
            head: 0,
            probe: start.probe,
            now: Duration::ZERO,
            last_screen: ScreenId::default(),
            can_suspend: start.can_suspend,
            mode: None,
            drafts: Vec::new(),
            unwritten: None,
        };
        let effects = app.begin(start.opening);
        (app, effects)
    }

    /// Puts the first screen up; all others close.
    pub(super) fn begin(&mut self, opening: Opening) -> Vec<Effect> {
        self.screens.clear();
        match opening {
            Opening::Setup => self.push(Screen::Setup(setup::State::default())),
            Opening::Staff(members) => self.push(Screen::Staff(staff::State::new(members))),
            Opening::Queue(member) => self.enter(member),
        }
    }

    /// Lets a staff member work: today's queue, and search gets ready behind it.
    pub(super) fn enter(&mut self, member: staff::Member) -> Vec<Effect> {
        let name = member.name.clone();
        self.place.user = Some(member);
        self.screens.clear();
        let mut effects = vec![Effect::Enter(name)];
        effects.extend(self.push(Screen::Queue(Box::default())));
        if let Some(by) = self.place.user.as_ref().map(|user| user.id) {
            let question = Question::Drafts { by };
            effects.push(self.errands.ask(Asker::Drafts, question).1);
        }
        let empty = Question::Recent { limit: 1 };
        effects.push(self.errands.ask(Asker::WarmUp, empty).1);
        effects
    }

    /// Returns when the window wants to be told the time, if at all.
    pub fn deadline(&self) -> Option<Duration> {
        self.screens.last().and_then(|top| top.screen.deadline())
    }

    /// Returns whether keys wait for nothing but the next frame.
    pub fn waits_for_frame(&self) -> bool {
        self.held.front().is_some_and(|held| !self.must_wait(held))
    }

    pub(super) fn context(&self) -> Context {
        self.screens
            .last()
            .map_or(Context::Global, |top| top.screen.context())
    }

    /// Puts a screen over the others.
    pub(super) fn push(&mut self, screen: Screen) -> Vec<Effect> {
        self.last_screen = ScreenId(self.last_screen.0 + 1);
        let id = self.last_screen;
        self.screens.push(Layer { id, screen });
        let (_, effects) = self.with(id, |screen, hand| {
            screen.begin(hand);
            None
        });
        effects
    }

    /// Puts a box up that nobody has seen yet: what was typed ahead was not for it.
    pub(super) fn interrupt(&mut self, state: question::State, then: Then) -> Vec<Effect> {
        self.held.clear();
        self.push(Screen::Question(state, then))
    }

    /// Lets a screen handle something; returns what it wants and what is to be done.
    pub(super) fn with(
        &mut self,
        id: ScreenId,
        step: impl FnOnce(&mut Screen, &mut Hand<'_>) -> Option<Outcome>,
    ) -> (Option<Outcome>, Vec<Effect>) {
        let area = Rect::new(0, 0, self.size.width, self.size.height);
        let Some(layer) = self.screens.iter_mut().find(|layer| layer.id == id) else {
            return (None, Vec::new());
        };
        let mut hand = Hand {
            look: &self.look,
            keymap: &self.keymap,
            place: &self.place,
            now: self.now,
            work: frame::parts(area).work,
            mode: &mut self.mode,
            by: Asker::Screen(id),
            errands: &mut self.errands,
            effects: Vec::new(),
        };
        let outcome = step(&mut layer.screen, &mut hand);
        (outcome, hand.effects)
    }

    /// Lets a screen handle something and acts on what it wants.
    pub(super) fn step(
        &mut self,
        id: ScreenId,
        step: impl FnOnce(&mut Screen, &mut Hand<'_>) -> Option<Outcome>,
    ) -> Vec<Effect> {
        let (outcome, mut effects) = self.with(id, step);
        if let Some(outcome) = outcome {
            effects.extend(acting::follow(self, id, outcome));
        }
        effects
    }

    /// Lets every screen ask anew what may have changed.
    pub(super) fn refresh(&mut self) -> Vec<Effect> {
        let ids: Vec<ScreenId> = self.screens.iter().map(|layer| layer.id).collect();
        let mut effects = Vec::new();
        for id in ids {
            effects.extend(self.step(id, |screen, hand| {
                screen.refresh(hand);
                None
            }));
        }
        effects
    }

    /// Returns whether this must wait for an answer of the desk.
    fn must_wait(&self, held: &Held) -> bool {
        let action = match held {
            Held::Key(key) => self.keymap.action(self.context(), *key),
            Held::Paste(_) => None,
        };
        let waits = |top: &Layer| top.screen.holds(action) && self.errands.awaits(top.id);
        self.errands.is_changing() || self.screens.last().is_some_and(waits)
    }
}

/// Takes what happened into the window's state and returns what is to be done.
pub fn update(app: &mut App, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) => press(app, key),
        Message::Paste(text) => paste(app, text),
        Message::CursorColumn(column) => learn(app, column),
        Message::Resized(size) => {
            app.size = size;
            Vec::new()
        }
        Message::Now(now) => tell_time(app, now),
        Message::Drawn => take_held(app),
        Message::Replied(ticket, answer) => answering::replied(app, ticket, answer),
        Message::Filed(ticket, filed) => match app.errands.done(ticket).map(|errand| errand.by) {
            Some(Asker::Screen(id)) => {
                app.step(id, |screen, hand| screen.filed(ticket, filed, hand))
            }
            _ => Vec::new(),
        },
        Message::Waiting(_) => {
            app.status = Some(Status::refused(app.look.say(words::WAITING).to_owned()));
            Vec::new()
        }
        Message::Changed(head) if head <= app.head => Vec::new(),
        Message::Changed(head) => {
            app.head = head;
            app.refresh()
        }
        Message::NewDay(day) => {
            app.place.today = Some(day);
            let mut effects = app.refresh();
            effects.extend(rolling::ask(app, None));
            effects
        }
        Message::Windows(here) => {
            app.place.windows = here;
            Vec::new()
        }
        Message::Lost(stop) => lost(app, &stop),
        Message::Written(sheet, written) => writing::written(app, sheet, written),
        Message::Stopped => vec![Effect::Suspend],
        Message::Continued => vec![Effect::Retake],
        Message::Ended(why) => vec![Effect::Leave(why)],
    }
}

fn tell_time(app: &mut App, now: Duration) -> Vec<Effect> {
    app.now = now;
    let due = |layer: &&Layer| layer.screen.deadline().is_some_and(|at| at <= now);
    match app.screens.last().filter(due) {
        Some(top) => {
            let id = top.id;
            app.step(id, |screen, hand| {
                screen.wake(hand);
                None
            })
        }
        None => Vec::new(),
    }
}

/// Tells of a failure; where nothing more can be done the box closes the window.
pub(super) fn lost(app: &mut App, stop: &Stop) -> Vec<Effect> {
    let Some(failure) = sentences::failure(stop, app.look.lang) else {
        return Vec::new();
    };
    let then = if sentences::is_final(stop) {
        Then::Close
    } else {
        Then::Nothing
    };
    let state = question::State::failure(&app.look, &failure);
    app.interrupt(state, then)
}

fn learn(app: &mut App, column: u16) -> Vec<Effect> {
    match app.probe.answer(column) {
        Some(Learnt::Ambiguous(ambiguous)) => {
            app.look.ambiguous = ambiguous;
            vec![Effect::Ambiguous(ambiguous)]
        }
        Some(Learnt::NotUtf8) => {
            app.status = Some(Status::refused(words::NOT_UTF8.to_owned()));
            Vec::new()
        }
        Some(Learnt::Utf8) | None => Vec::new(),
    }
}

/// The most keys kept while an answer is waited for.
const MOST_HELD: usize = 400;

fn press(app: &mut App, key: Key) -> Vec<Effect> {
    if too_small::applies(app.size) {
        return Vec::new();
    }
    let key = key.understood();
    if !app.held.is_empty() || app.must_wait(&Held::Key(key)) {
        return hold(app, key);
    }
    strike(app, key)
}

/// Keeps a key until the answer is there. An Enter right behind the key that asked
/// for a change is dropped: whoever is impatient presses it. Back gives up waiting
/// for anything else, unless something was typed ahead: then it takes its turn, as
/// what was typed may be a change to be asked about.
fn hold(app: &mut App, key: Key) -> Vec<Effect> {
    let is_changing = app.errands.is_changing();
    let action = app.keymap.action(app.context(), key);
    let stops = app
        .screens
        .last()
        .is_some_and(|top| top.screen.is_stoppable());
    let gives_up = stops || !is_changing && app.held.is_empty();
    if gives_up && action == Some(Action::Global(super::action::Global::Back)) {
        app.held.clear();
        return strike(app, key);
    }
    let is_impatient = is_changing && app.held.is_empty() && key == Key::of(Code::Enter);
    if !is_impatient && app.held.len() < MOST_HELD {
        app.held.push_back(Held::Key(key));
    }
    Vec::new()
}

fn strike(app: &mut App, key: Key) -> Vec<Effect> {
    app.status = None;
    let action = app.keymap.action(app.context(), key);
    acting::act(app, action, key)
}

/// Takes what was held back, until something is waited for again.
fn take_held(app: &mut App) -> Vec<Effect> {
    let mut effects = Vec::new();
    while app.waits_for_frame() {
        match app.held.pop_front() {
            Some(Held::Key(key)) => effects.extend(strike(app, key)),
            Some(Held::Paste(text)) => effects.extend(insert(app, &text)),
            None => break,
        }
    }
    if app.errands.is_changing() {
        // What stands right behind the save key came before its answer.
        let enter = Key::of(Code::Enter);
        while matches!(app.held.front(), Some(Held::Key(key)) if *key == enter) {
            app.held.pop_front();
        }
    }
    effects
}

fn paste(app: &mut App, text: String) -> Vec<Effect> {
    let pasted = Held::Paste(text);
    if !app.held.is_empty() || app.must_wait(&pasted) {
        if app.held.len() < MOST_HELD {
            app.held.push_back(pasted);
        }
        return Vec::new();
    }
    match pasted {
        Held::Paste(text) => insert(app, &text),
        Held::Key(key) => strike(app, key),
    }
}

fn insert(app: &mut App, text: &str) -> Vec<Effect> {
    let Some(id) = app.screens.last().map(|top| top.id) else {
        return Vec::new();
    };
    app.step(id, |screen, hand| screen.paste(text, hand))
}
