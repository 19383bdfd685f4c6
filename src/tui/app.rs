//! One window's state and the only code that changes it.
//!
//! `update` takes what happened and returns what is to be done; `view` draws.
//! Neither touches the terminal, the clock or the store.

use std::time::Duration;

use ratatui::layout::Size;

use super::{
    action::{Action, Context, Global, Offer},
    keymap::{self, Keymap},
    keys::{Code, Key},
    message::{Effect, Ended, Message},
    port::{Reply, Request, Ticket},
    screens::{Screen, Then, help, palette, question, setup, staff, too_small},
    terminal::probe::{Learnt, Probe},
    theme::Look,
    words,
};
use crate::domain::{day::Day, text::Lang};

/// A window.
#[derive(Debug, Clone)]
pub struct App {
    pub(super) look: Look,
    pub(super) keymap: Keymap,
    size: Size,
    pub(super) place: Place,
    /// The screens, each over the one before; never empty.
    pub(super) screens: Vec<Screen>,
    pub(super) status: Option<Status>,
    probe: Probe,
    now: Duration,
    last_ticket: Ticket,
    can_suspend: bool,
}

/// What the window opens with.
#[derive(Debug, Clone)]
pub struct Start {
    pub look: Look,
    pub keymap: Keymap,
    pub size: Size,
    /// Whether the terminal was asked for its widths.
    pub probe: Probe,
    /// Whether a shell waits that can take the terminal back.
    pub can_suspend: bool,
    pub place: Place,
    pub opening: Opening,
}

/// The first screen.
#[derive(Debug, Clone)]
pub enum Opening {
    /// The clinic is not set up yet.
    Setup,
    /// One of these is at the keyboard.
    Staff(Vec<staff::Member>),
}

/// What the title line tells besides the screen's name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    pub clinic: String,
    pub today: Option<Day>,
    pub user: Option<staff::Member>,
    /// Windows open on these data, this one included.
    pub windows: usize,
}

/// The status line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    pub text: String,
    pub kind: StatusKind,
}

/// What kind of news the status line has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusKind {
    Done,
    Refused,
}

impl App {
    /// Returns a window and what it wants done first.
    pub fn open(start: Start) -> (Self, Vec<Effect>) {
        let first = match start.opening {
            Opening::Setup => Screen::Setup(setup::State::default()),
            Opening::Staff(members) => Screen::Staff(staff::State::new(members)),
        };
        let app = Self {
            look: start.look,
            keymap: start.keymap,
            size: start.size,
            place: start.place,
            screens: vec![first],
            status: None,
            probe: start.probe,
            now: Duration::ZERO,
            last_ticket: Ticket::default(),
            can_suspend: start.can_suspend,
        };
        (app, Vec::new())
    }

    /// Returns when the window wants to be told the time, if at all.
    pub fn deadline(&self) -> Option<Duration> {
        None
    }

    /// Returns the effect that asks the desk, under a ticket of its own.
    pub fn ask(&mut self, request: Request) -> Effect {
        self.last_ticket = Ticket(self.last_ticket.0 + 1);
        Effect::Ask(self.last_ticket, request)
    }

    fn context(&self) -> Context {
        self.screens.last().map_or(Context::Global, Screen::context)
    }

    fn open_screen(&mut self, screen: Screen) {
        self.screens.push(screen);
    }

    fn close_screen(&mut self) {
        if self.screens.len() > 1 {
            self.screens.pop();
        }
    }
}

/// Takes what happened into the window's state and returns what is to be done.
pub fn update(app: &mut App, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) => press(app, key),
        Message::Paste(text) => {
            paste(app, &text);
            Vec::new()
        }
        Message::CursorColumn(column) => learn(app, column),
        Message::Resized(size) => {
            app.size = size;
            Vec::new()
        }
        Message::Now(now) => {
            app.now = now;
            Vec::new()
        }
        Message::Replied(_, Ok(reply)) => replied(app, &reply),
        Message::Replied(_, Err(failure)) => {
            let told = question::State::failure(&app.look, &failure);
            app.open_screen(Screen::Question(told, Then::Nothing));
            Vec::new()
        }
        Message::Stopped => vec![Effect::Suspend],
        Message::Continued => vec![Effect::Retake],
        Message::Ended(why) => vec![Effect::Leave(why)],
    }
}

fn replied(_app: &mut App, reply: &Reply) -> Vec<Effect> {
    match *reply {}
}

fn learn(app: &mut App, column: u16) -> Vec<Effect> {
    match app.probe.answer(column) {
        Some(Learnt::Ambiguous(ambiguous)) => {
            app.look.ambiguous = ambiguous;
            vec![Effect::Ambiguous(ambiguous)]
        }
        Some(Learnt::NotUtf8) => {
            app.status = Some(Status {
                text: words::NOT_UTF8.to_owned(),
                kind: StatusKind::Refused,
            });
            Vec::new()
        }
        Some(Learnt::Utf8) | None => Vec::new(),
    }
}

fn press(app: &mut App, key: Key) -> Vec<Effect> {
    if too_small::applies(app.size) {
        return Vec::new();
    }
    let key = key.understood();
    app.status = None;
    let action = app.keymap.action(app.context(), key);
    act(app, action, key)
}

/// Does an action, or gives the key to the screen.
fn act(app: &mut App, action: Option<Action>, key: Key) -> Vec<Effect> {
    if let Some(Action::Global(global)) = action {
        return act_globally(app, global);
    }
    let Some(screen) = app.screens.last_mut() else {
        return Vec::new();
    };
    macro_rules! own {
        ($context:ident) => {
            match action {
                Some(Action::$context(action)) => Some(action),
                _ => None,
            }
        };
    }
    match screen {
        Screen::Setup(state) => {
            let outcome = setup::update(state, own!(Setup), key);
            outcome.map_or_else(Vec::new, |setup::Outcome::SetUp(wanted)| {
                set_up(app, wanted)
            })
        }
        Screen::Staff(state) => {
            let outcome = staff::update(state, own!(Staff), key);
            outcome.map_or_else(Vec::new, |staff::Outcome::Chosen(member)| {
                enter(app, member)
            })
        }
        Screen::Help(state) => {
            help::update(state, own!(Help), key);
            Vec::new()
        }
        Screen::Palette(state) => match palette::update(state, own!(Palette), key) {
            Some(palette::Outcome::Run(action)) => {
                app.close_screen();
                act(app, Some(action), Key::of(Code::Nothing))
            }
            None => Vec::new(),
        },
        Screen::Question(state, then) => {
            let then = *then;
            match question::update(state, own!(List), key) {
                Some(question::Outcome::Chosen(choice)) => {
                    app.close_screen();
                    answered(then, choice)
                }
                None => Vec::new(),
            }
        }
    }
}

fn set_up(app: &mut App, wanted: setup::Wanted) -> Vec<Effect> {
    app.place.clinic = wanted.clinic;
    Vec::new()
}

fn enter(app: &mut App, member: staff::Member) -> Vec<Effect> {
    app.place.user = Some(member);
    Vec::new()
}

fn answered(then: Then, choice: usize) -> Vec<Effect> {
    match (then, choice) {
        (Then::Quit, 0) => vec![Effect::Leave(Ended::ByUser)],
        (Then::Quit | Then::Nothing, _) => Vec::new(),
    }
}

fn act_globally(app: &mut App, action: Global) -> Vec<Effect> {
    if !offers(app, Action::Global(action)) {
        return Vec::new();
    }
    match action {
        Global::Help => {
            let state = help::State::new(keymap::rows(&app.keymap), app.context());
            app.open_screen(Screen::Help(state));
        }
        Global::Palette => {
            let state = palette::State::new(palette_offers(app));
            app.open_screen(Screen::Palette(state));
        }
        Global::Back => back(app),
        Global::Redraw => return vec![Effect::Redraw],
        Global::ChangeLanguage => {
            app.look.lang = match app.look.lang {
                Lang::Zh => Lang::En,
                Lang::En => Lang::Zh,
            };
        }
        Global::Suspend => return vec![Effect::Suspend],
        Global::Quit => ask_to_quit(app),
        Global::Search
        | Global::Undo
        | Global::Today
        | Global::NewHousehold
        | Global::Import
        | Global::ChangeStaff => {}
    }
    Vec::new()
}

/// Returns whether the action can do something now.
fn offers(app: &App, action: Action) -> bool {
    let over = |wanted: fn(&Screen) -> bool| app.screens.last().is_some_and(wanted);
    match action {
        Action::Global(Global::Help) => !over(|screen| matches!(screen, Screen::Help(_))),
        Action::Global(Global::Palette) => !over(Screen::is_box),
        Action::Global(Global::Suspend) => app.can_suspend,
        Action::Global(
            Global::Search
            | Global::Undo
            | Global::Today
            | Global::NewHousehold
            | Global::Import
            | Global::ChangeStaff,
        ) => false,
        Action::Global(Global::Back | Global::Redraw | Global::ChangeLanguage | Global::Quit) => {
            true
        }
        other => other.context() == app.context(),
    }
}

fn palette_offers(app: &App) -> Vec<palette::Offer> {
    let context = app.context();
    [context, Context::Global]
        .iter()
        .flat_map(|context| context.actions())
        .filter(|action| action.offer() != Offer::Move && offers(app, *action))
        .map(|action| palette::Offer {
            action,
            keys: app
                .keymap
                .hint(context, action)
                .map_or_else(String::new, Key::shown),
        })
        .collect()
}

fn back(app: &mut App) {
    match app.screens.last_mut() {
        Some(Screen::Help(state)) => {
            if !state.clear() {
                app.close_screen();
            }
        }
        Some(Screen::Palette(_) | Screen::Question(..)) => app.close_screen(),
        Some(Screen::Setup(_) | Screen::Staff(_)) | None => ask_to_quit(app),
    }
}

fn ask_to_quit(app: &mut App) {
    let look = &app.look;
    let (title, text) = (look.say(words::QUIT_TITLE), look.say(words::QUIT_QUESTION));
    let asked = question::State::confirm(look, title, text);
    app.open_screen(Screen::Question(asked, Then::Quit));
}

fn paste(app: &mut App, text: &str) {
    match app.screens.last_mut() {
        Some(Screen::Setup(state)) => setup::paste(state, text),
        Some(Screen::Help(state)) => help::paste(state, text),
        Some(Screen::Palette(state)) => palette::paste(state, text),
        Some(Screen::Staff(_) | Screen::Question(..)) | None => {}
    }
}
