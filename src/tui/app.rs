//! One window's state and the only code that changes it.
//!
//! `update` takes what happened and returns what is to be done; `view` draws.
//! Neither touches the terminal, the clock or the store. What actions do stands
//! in `acting`, what answers do in `answering`.

use std::time::Duration;

use ratatui::layout::{Rect, Size};

use super::{
    acting,
    action::Context,
    answering, door,
    errands::{Asker, Errands, ScreenId},
    hand::Hand,
    keymap::Keymap,
    message::{Effect, Message},
    resuming::{self, Offered},
    rolling,
    screens::{self, Outcome, Screen, Then, question, sheet::Sheet, staff},
    sentences,
    terminal::probe::{Learnt, Probe},
    theme::Look,
    typed_ahead::{self, TypedAhead},
    widgets::frame,
    words, writing,
};
use crate::{
    desk::{Question, Stop},
    domain::task::Mode,
    lang::{copies, failures},
};

pub use super::start::{Opening, Place, Start, Status, StatusKind};

/// A window.
#[derive(Debug)]
pub struct App {
    pub(super) look: Look,
    pub(super) keymap: Keymap,
    pub(super) size: Size,
    pub(super) place: Place,
    /// The screens, each over the one before; never empty.
    pub(super) screens: Vec<Layer>,
    pub(super) status: Option<Status>,
    pub(super) errands: Errands,
    /// What was typed while an answer was waited for.
    pub(super) held: TypedAhead,
    /// The last entry this window has taken in.
    pub(super) head: u64,
    probe: Probe,
    now: Duration,
    last_screen: ScreenId,
    pub(super) can_suspend: bool,
    /// How the visits of this session are made, once one was.
    mode: Option<Mode>,
    /// The forms put down that were offered.
    pub(super) offered: Offered,
    /// What waits to be told whether it may replace a file.
    pub(super) unwritten: Option<Box<Sheet>>,
    /// What the roll of agreements waits for.
    pub(super) roll: rolling::Waiting,
    pub(super) lock: door::Lock,
    /// Told once to whoever sits down.
    notice: Option<String>,
}

/// An open screen.
#[derive(Debug)]
pub struct Layer {
    pub id: ScreenId,
    pub screen: Screen,
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
            held: TypedAhead::default(),
            head: 0,
            probe: start.probe,
            now: Duration::ZERO,
            last_screen: ScreenId::default(),
            can_suspend: start.can_suspend,
            mode: None,
            offered: Offered::default(),
            unwritten: None,
            roll: rolling::Waiting::default(),
            lock: door::Lock::default(),
            notice: start.notice,
        };
        let effects = app.begin(start.opening);
        (app, effects)
    }

    /// Puts the first screen up; all others close.
    pub(super) fn begin(&mut self, opening: Opening) -> Vec<Effect> {
        self.screens.clear();
        match opening {
            Opening::Setup => self.push(Screen::Setup(Box::default())),
            Opening::Door { names, wanted } => {
                let state = screens::door::State::new(names, wanted.as_deref());
                self.push(Screen::Door(Box::new(state)))
            }
            Opening::Staff(members) => self.push(Screen::Staff(staff::State::new(members))),
            Opening::Queue(member) => self.enter(member),
        }
    }

    /// Lets a staff member work: today's queue, then the forms put down, then search gets ready:
    /// all at once would share the processors, and the queue is waited for.
    pub(super) fn enter(&mut self, member: staff::Member) -> Vec<Effect> {
        let name = member.name.clone();
        self.place.user = Some(member);
        self.screens.clear();
        let mut effects = vec![Effect::Enter(name)];
        effects.extend(self.push(Screen::Queue(Box::default())));
        effects.extend(resuming::ask(self));
        if let Some(notice) = self.notice.take() {
            let title = self.look.say(words::NOTICE);
            let told = question::State::tell(&self.look, title, vec![notice]);
            effects.extend(self.interrupt(told, Then::Nothing));
        }
        effects
    }

    /// Lets search get ready.
    pub(super) fn warm_up(&mut self) -> Effect {
        let empty = Question::Recent { limit: 1 };
        self.errands.ask(Asker::WarmUp, empty).1
    }

    /// Returns when the window wants to be told the time, if at all.
    pub fn deadline(&self) -> Option<Duration> {
        let locks = self.locks_at().filter(|_| !self.errands.is_busy());
        let wakes = self.screens.last().and_then(|top| top.screen.deadline());
        locks.into_iter().chain(wakes).min()
    }

    /// Forgets what was another's: what they asked, how they visited, what they put down.
    pub(super) fn forget_session(&mut self) {
        self.errands.forget();
        self.mode = None;
        self.offered = Offered::default();
        self.unwritten = None;
        self.roll = rolling::Waiting::default();
    }

    /// Returns how long the window has been open.
    pub(super) const fn now(&self) -> Duration {
        self.now
    }

    pub(super) fn context(&self) -> Context {
        self.screens
            .last()
            .map_or(Context::Global, |top| top.screen.context())
    }

    /// Puts a screen over the others; one that is for what may not be done here stays away.
    pub(super) fn push(&mut self, screen: Screen) -> Vec<Effect> {
        if let Err(why) = self.place.may_open(&screen) {
            self.status = Some(Status::refused(sentences::refused(&why, self.look.lang)));
            return Vec::new();
        }
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
}

/// Takes what happened into the window's state and returns what is to be done.
pub fn update(app: &mut App, message: Message) -> Vec<Effect> {
    let head = app.head;
    if message.is_typed() {
        app.touched();
    }
    let mut effects = take(app, message);
    effects.extend(rolling::catch_up(app, head));
    effects.extend(door::catch_up(app));
    effects.extend(resuming::catch_up(app));
    effects
}

fn take(app: &mut App, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) => typed_ahead::press(app, key),
        Message::Paste(text) => typed_ahead::paste(app, text),
        Message::CursorColumn(column) => learn(app, column),
        // The loop's own.
        Message::ShowsWhole(_) => Vec::new(),
        Message::Resized(size) => {
            app.size = size;
            Vec::new()
        }
        Message::Now(now) => tell_time(app, now),
        Message::Drawn => typed_ahead::take_held(app),
        Message::Replied(ticket, answer) => answering::replied(app, ticket, answer),
        Message::Door(ticket, answer) => door::answered(app, ticket, answer),
        Message::You(staff) => door::told(app, staff),
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
            resuming::windows_are(app, here);
            Vec::new()
        }
        Message::Reading(part) => {
            reading(app, part);
            Vec::new()
        }
        Message::Scarce(scarce) => {
            let told = vec![failures::scarce(scarce, app.look.lang)];
            let title = app.look.say(words::SCARCE);
            let state = question::State::tell(&app.look, title, told);
            app.interrupt(state, Then::Nothing)
        }
        Message::Lost(stop) => lost(app, &stop),
        Message::Copies(copies) => {
            app.place.copies = Some(copies);
            Vec::new()
        }
        Message::News(news) => {
            app.status = Some(Status::refused(copies::news(&news, app.look.lang)));
            Vec::new()
        }
        Message::Written(sheet, written) => writing::written(app, sheet, written),
        Message::Stopped => vec![Effect::Suspend],
        Message::Continued => vec![Effect::Retake],
        Message::Ended(why) => vec![Effect::Leave(why)],
    }
}

/// Tells how far a slow disk has come, and no longer than it reads.
fn reading(app: &mut App, part: Option<u8>) {
    let underway = |part: u8| Status {
        text: app
            .look
            .say(words::READING)
            .replace("{}", &part.to_string()),
        kind: StatusKind::Underway,
    };
    // What a key was answered stays.
    let is_free = |status: &Status| status.kind == StatusKind::Underway;
    if app.status.as_ref().is_none_or(is_free) {
        app.status = part.map(underway);
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
    // One trouble that met several questions is told once.
    let is_told =
        |layer: &Layer| matches!(&layer.screen, Screen::Question(told, _) if *told == state);
    match app.screens.iter().any(is_told) {
        true => Vec::new(),
        false => app.interrupt(state, then),
    }
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
