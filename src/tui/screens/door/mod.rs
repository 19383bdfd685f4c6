//! 登录: who may come in, and the password. The same screen covers a locked window: nothing of
//! what lies under it is seen.
//!
//! ```text
//!   请登录。资料已加密，口令对了才能打开。
//!
//!   姓名  ▸ 王建国
//!           李小燕
//!
//!   口令    ******
//!
//!   口令不对。…
//! ```

pub mod code;
pub mod recover;
mod view;
pub mod words;

use std::time::Duration;

use super::{Outcome, Screen};
use crate::{
    desk::{DoorReply, Knock, Stop},
    domain::refusal::{AccountRefusal, Refusal},
    tui::{
        action::{Action, Door},
        hand::Hand,
        keys::Key,
        port::Ticket,
        sentences,
        widgets::{
            hints::{self, Hint},
            scroll::{Move, Scroll},
            secret::Secret,
        },
        words as common,
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::of(&[Action::Door(Door::Accept)]),
    Hint::all(
        &[Action::Door(Door::Up), Action::Door(Door::Down)],
        common::CHOOSE,
    ),
    Hint::of(&[Action::Door(Door::Recover)]),
    hints::HELP,
];

/// Names shown at once.
const PAGE: usize = 8;

/// Who may come in, and what is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    names: Vec<String>,
    scroll: Scroll,
    /// Whether a name was chosen, so that digits belong to the password.
    is_chosen: bool,
    secret: Secret,
    /// Who was named from outside and has no password here.
    unknown: Option<String>,
    /// Whose window is locked.
    owner: Option<String>,
    notice: Option<String>,
    trying: Option<Ticket>,
    wait: Option<Wait>,
}

/// After too many wrong passwords.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wait {
    /// Since the window opened.
    until: Duration,
    /// What the screen says is left.
    seconds: u64,
}

impl State {
    /// Returns the door of a window nobody sits at; `wanted` is chosen already.
    pub fn new(names: Vec<String>, wanted: Option<&str>) -> Self {
        let at = names.iter().position(|name| Some(name.as_str()) == wanted);
        let mut scroll = Scroll::default();
        scroll.select(at.unwrap_or(0));
        let unknown = wanted.filter(|_| at.is_none()).map(str::to_owned);
        let is_chosen = at.is_some() || names.len() == 1 && unknown.is_none();
        Self {
            names,
            scroll,
            is_chosen,
            unknown,
            ..Self::default()
        }
    }

    /// Returns the door of a window that `owner` locked.
    pub fn locked(owner: &str) -> Self {
        Self {
            owner: Some(owner.to_owned()),
            ..Self::new(vec![owner.to_owned()], Some(owner))
        }
    }

    /// Returns the door of a window whose user was sent away, and why.
    pub fn closed(why: String) -> Self {
        Self {
            notice: Some(why),
            ..Self::default()
        }
    }

    /// Returns the name that is chosen.
    fn name(&self) -> Option<&String> {
        self.names.get(self.scroll.selected(self.names.len())?)
    }

    /// Forgets what was typed; with nothing typed, who was chosen.
    pub fn back(&mut self) -> bool {
        self.notice = None;
        if !self.secret.is_empty() {
            self.secret.clear();
            return false;
        }
        let had = self.is_chosen && self.names.len() > 1;
        self.is_chosen = self.names.len() == 1;
        !had
    }

    /// Returns when the seconds told are fewer.
    pub fn deadline(&self) -> Option<Duration> {
        let wait = self.wait?;
        let left = Duration::from_secs(wait.seconds.saturating_sub(1));
        Some(wait.until.saturating_sub(left))
    }

    /// Tells the seconds that are left.
    pub fn wake(&mut self, hand: &Hand<'_>) {
        let Some(wait) = &mut self.wait else {
            return;
        };
        wait.seconds = seconds(wait.until.saturating_sub(hand.now));
        if wait.seconds == 0 {
            self.wait = None;
            self.notice = Some(hand.look.say(words::AGAIN).to_owned());
        }
    }

    fn refused(&mut self, refusal: &Refusal, hand: &Hand<'_>) {
        self.secret.clear();
        if let Refusal::Account(AccountRefusal::Wait { seconds }) = refusal {
            let seconds = u64::try_from(*seconds).unwrap_or(0);
            let until = hand.now + Duration::from_secs(seconds);
            self.wait = Some(Wait { until, seconds });
            self.notice = None;
            return;
        }
        self.notice = Some(sentences::refused(refusal, hand.look.lang));
    }
}

fn seconds(left: Duration) -> u64 {
    left.as_secs() + u64::from(left.subsec_nanos() > 0)
}

/// Says where somebody was named from outside who cannot come in.
pub fn begin(state: &mut State, hand: &Hand<'_>) {
    if let Some(name) = state.unknown.take() {
        let refusal = AccountRefusal::Nobody { name }.into();
        state.notice = Some(sentences::refused(&refusal, hand.look.lang));
    }
}

/// Takes a key. While no name is chosen a digit chooses one.
pub fn update(
    state: &mut State,
    action: Option<Door>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    let count = state.names.len();
    match action {
        Some(Door::Up | Door::Down) => {
            let to = match action {
                Some(Door::Up) => Move::Up,
                _ => Move::Down,
            };
            state.scroll.go(to, count, PAGE);
            state.is_chosen = true;
            state.secret.clear();
            state.wait = None;
            state.notice = None;
        }
        Some(Door::Recover) => {
            let screen = Screen::Recover(Box::default());
            return Some(Outcome::Open(Box::new(screen)));
        }
        Some(Door::Accept) if !state.is_chosen => state.is_chosen = true,
        Some(Door::Accept) => try_it(state, hand),
        None => {
            let digit = key.with_twin().typed().and_then(|c| c.to_digit(10));
            let row = digit.and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
            match row.filter(|row| !state.is_chosen && *row < count) {
                Some(row) => {
                    state.scroll.select(row);
                    state.is_chosen = true;
                }
                None => {
                    if state.secret.key(key) {
                        state.is_chosen = true;
                        state.notice = None;
                    }
                }
            }
        }
    }
    None
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str) {
    state.is_chosen = true;
    state.secret.insert(text);
}

fn try_it(state: &mut State, hand: &mut Hand<'_>) {
    if state.wait.is_some() {
        return;
    }
    if state.secret.is_empty() {
        state.notice = Some(hand.look.say(words::EMPTY).to_owned());
        return;
    }
    let Some(name) = state.name().cloned() else {
        return;
    };
    let password = state.secret.password();
    state.secret.clear();
    state.notice = None;
    state.trying = Some(hand.knock(Knock::SignIn { name, password }));
}

/// Takes what the door answers.
pub fn knocked(
    state: &mut State,
    answer: Result<DoorReply, Stop>,
    hand: &Hand<'_>,
) -> Option<Outcome> {
    state.trying = None;
    match answer {
        Ok(DoorReply::Locked { names }) => {
            let chosen = state.name().cloned();
            let fresh = State::new(names, chosen.as_deref());
            state.names = fresh.names;
            state.scroll = fresh.scroll;
            state.is_chosen |= fresh.is_chosen;
        }
        Err(Stop::Refused(refusal)) => state.refused(&refusal, hand),
        Ok(DoorReply::Code(_) | DoorReply::In { .. } | DoorReply::Recovered { .. })
        | Err(Stop::Failed(_)) => {}
    }
    None
}

pub use view::view;
