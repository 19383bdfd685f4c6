//! 人员: who works here, in which role, and who has a password. Passwords are given here, and
//! the recovery code is renewed.

pub mod card;
mod words;

use ratatui::{Frame, layout::Rect};

use super::{Outcome, Screen, list_move, unexplained};
use crate::{
    desk::{
        Question, Reply, Stop,
        reply::{Account, AccountsView},
    },
    domain::refusal::Refusal,
    tui::{
        action::{Accounts, Action, List},
        app::Status,
        hand::Hand,
        port::Ticket,
        theme::Look,
        widgets::{
            cells,
            hints::{self, Hint},
            scroll::Scroll,
        },
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::of(&[Action::Accounts(Accounts::Edit)]),
    Hint::of(&[Action::Accounts(Accounts::Add)]),
    Hint::of(&[Action::Accounts(Accounts::Password)]),
    Hint::of(&[Action::Accounts(Accounts::Recovery)]),
    hints::BACK,
    hints::HELP,
];

/// Rows a page key moves by.
const PAGE: usize = 10;

/// The accounts and the selection.
#[derive(Debug, Default)]
pub struct State {
    view: Option<Box<AccountsView>>,
    asked: Option<Ticket>,
    scroll: Scroll,
}

impl State {
    /// Returns whether keys wait for an answer.
    pub const fn holds(&self) -> bool {
        self.asked.is_some() && self.view.is_none()
    }

    fn here(&self) -> Option<&Account> {
        let accounts = &self.view.as_ref()?.accounts;
        accounts.get(self.scroll.selected(accounts.len())?)
    }
}

/// Asks who works here.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    if let Some(by) = hand.user() {
        state.asked = Some(hand.ask(Question::Accounts { by }));
    }
}

/// Takes an answer of the desk.
pub fn replied(state: &mut State, ticket: Ticket, reply: Result<Reply, Stop>) -> Option<Outcome> {
    match reply {
        Ok(Reply::Accounts(view)) if state.asked == Some(ticket) => {
            state.asked = None;
            let before = state.view.as_ref().map_or(0, |view| view.accounts.len());
            if (1..view.accounts.len()).contains(&before) {
                // Whoever was just added wants a password.
                state.scroll.select(view.accounts.len() - 1);
            }
            state.view = Some(view);
            None
        }
        other => unexplained(other),
    }
}

/// Takes a key.
pub fn update(state: &mut State, action: Option<Accounts>, hand: &mut Hand<'_>) -> Option<Outcome> {
    let to = match action? {
        Accounts::Down => List::Down,
        Accounts::Up => List::Up,
        Accounts::PageDown => List::PageDown,
        Accounts::PageUp => List::PageUp,
        Accounts::First => List::First,
        Accounts::Last => List::Last,
        Accounts::Edit => {
            let staff = state.here()?.staff.clone();
            return open(state, card::What::Change(staff), hand);
        }
        Accounts::Add => return open(state, card::What::Add, hand),
        Accounts::Password => return password(state, hand),
        Accounts::Recovery => return renew(state, hand),
    };
    let count = state.view.as_ref().map_or(0, |view| view.accounts.len());
    if let Some(to) = list_move(to) {
        state.scroll.go(to, count, PAGE);
    }
    None
}

/// Says no to whoever may not change accounts.
fn locked(state: &State) -> Option<Outcome> {
    state.locked().map(Outcome::Refused)
}

impl State {
    /// Returns why accounts may not be changed from here, if so.
    pub fn locked(&self) -> Option<Refusal> {
        let locked = self.view.as_ref()?.locked.clone()?;
        Some(Refusal::Record(locked))
    }
}

fn no_door(state: &State, look: &Look) -> Option<Outcome> {
    let text = look.say(words::NO_DOOR).to_owned();
    let has_door = state.view.as_ref()?.has_door;
    (!has_door).then(|| Outcome::Say(Status::refused(text)))
}

fn open(state: &State, what: card::What, hand: &Hand<'_>) -> Option<Outcome> {
    if let Some(no) = locked(state) {
        return Some(no);
    }
    let card = card::State::new(what, state.view.as_ref()?, hand.look);
    Some(Outcome::Open(Box::new(Screen::Account(Box::new(card)))))
}

/// One's own password is one's own affair; a colleague's, the administrator's.
fn password(state: &State, hand: &Hand<'_>) -> Option<Outcome> {
    if let Some(no) = no_door(state, hand.look) {
        return Some(no);
    }
    let staff = state.here()?.staff.clone();
    if Some(staff.id) != hand.user() {
        return open(state, card::What::Give(staff), hand);
    }
    let card = card::State::new(card::What::Own(staff), state.view.as_ref()?, hand.look);
    Some(Outcome::Open(Box::new(Screen::Account(Box::new(card)))))
}

/// Another recovery code is another way in: whoever asks is asked for their password first.
fn renew(state: &State, hand: &Hand<'_>) -> Option<Outcome> {
    match no_door(state, hand.look) {
        Some(no) => Some(no),
        None => open(state, card::What::Renew, hand),
    }
}

/// Draws the accounts.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let room = usize::from(area.width.saturating_sub(2));
    let columns = match area.width < 72 {
        true => [3, 18, 33, 45],
        false => [3, 25, 45, 57],
    };
    let heads = [words::NAME, words::ROLE, words::WORKS, words::PASSWORD];
    let put = |frame: &mut Frame<'_>, y: u16, texts: [&str; 4], style| {
        for (at, (column, text)) in columns.iter().zip(texts).enumerate() {
            let next = columns.get(at + 1).copied().unwrap_or(area.width);
            let cells = usize::from(next.saturating_sub(*column + 1));
            let text = cells::cut(text, cells, look.signs().cut);
            cells::put(frame, area.x + column, y, &text, cells, style);
        }
    };
    put(
        frame,
        area.y + 1,
        heads.map(|head| look.say(head)),
        look.dim(),
    );
    let Some(view) = &state.view else {
        return;
    };
    let page = usize::from(area.height.saturating_sub(6));
    let seen = state.scroll.seen(view.accounts.len(), page);
    let selected = state.scroll.selected(view.accounts.len());
    let rows = view.accounts.iter().enumerate().skip(seen.start);
    for ((at, account), y) in rows.take(seen.len()).zip(area.y + 2..area.bottom()) {
        let staff = &account.staff;
        let works = if staff.active { words::YES } else { words::NO };
        let password = match (view.has_door, account.has_password) {
            (false, _) => "",
            (true, true) => look.say(words::HAS),
            (true, false) => look.say(words::HAS_NOT),
        };
        let here = selected == Some(at);
        let style = match (here, staff.active) {
            (true, _) => look.strong(),
            (false, true) => look.text(),
            (false, false) => look.dim(),
        };
        if here {
            cells::put(frame, area.x + 1, y, look.signs().mark, 1, style);
            frame.set_cursor_position((area.x + 1, y));
        }
        let role = look.say(staff.role.name());
        put(
            frame,
            y,
            [&staff.name, role, look.say(works), password],
            style,
        );
    }
    let hint = if view.has_door {
        words::HINT
    } else {
        words::NO_DOOR
    };
    let lines = cells::wrap(look.say(hint), room);
    for (line, y) in lines
        .iter()
        .zip(area.bottom().saturating_sub(2)..area.bottom())
    {
        cells::put(frame, area.x + 1, y, line, room, look.dim());
    }
}
