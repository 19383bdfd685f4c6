//! Opening by the recovery code: the code, then who gets a new password, then another code.

use ratatui::{Frame, layout::Rect};

use super::{
    super::{Outcome, Screen},
    code, words,
};
use crate::{
    desk::{
        Command, DoorReply, Knock, Stop,
        entrance::{Password, Recovery},
        reply::Appointment,
        request::Whom,
    },
    domain::id::StaffId,
    tui::{
        action::Person,
        hand::Hand,
        keys::Key,
        port::Ticket,
        sentences,
        theme::Look,
        widgets::{
            cells,
            hints::{self, Hint},
            questions::{Did, Item, Questions},
        },
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = hints::QUESTIONS;

/// The questions, once the code opened.
const WHO: usize = 0;
const NEW_NAME: usize = 1;
const PASSWORD: usize = 2;
const AGAIN: usize = 3;

/// A work area of so many rows has none to leave free.
const LOW: u16 = 14;

/// The code as it is typed, then who is named.
#[derive(Debug)]
pub struct State {
    asks: Questions,
    /// Everybody on the staff and what the code makes them, once it opened.
    staff: Option<Vec<Appointment>>,
    /// Who is to be named, while the new code is written down.
    wanted: Option<(Whom, Password)>,
    trying: Option<Ticket>,
    notice: Option<String>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            asks: Questions::of(vec![Item::code(words::RECOVER_CODE)]),
            staff: None,
            wanted: None,
            trying: None,
            notice: None,
        }
    }
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Person>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    match state.asks.key(action, key) {
        Did::Changed => {
            state.notice = None;
            // Who is known has a name.
            if let Some(staff) = &state.staff {
                let is_new = state.asks.choice(WHO) == staff.len();
                state.asks.ask_only_if(NEW_NAME, is_new);
            }
        }
        Did::Accepted => {
            state.asks.calm();
            match &state.staff {
                None => {
                    let code = state.asks.code(0);
                    state.trying = Some(hand.knock(Knock::Recover { code }));
                }
                Some(staff) => {
                    let whom = match staff.get(state.asks.choice(WHO)) {
                        Some(known) => Whom::Known(known.staff.id),
                        None => Whom::New(state.asks.text(NEW_NAME).to_owned()),
                    };
                    name(state, whom, hand);
                }
            }
        }
        Did::Nothing => {}
    }
    None
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str) {
    state.asks.paste(text);
}

/// Asks for a code to be written down, where nothing is wrong.
fn name(state: &mut State, whom: Whom, hand: &mut Hand<'_>) {
    if matches!(&whom, Whom::New(name) if name.is_empty()) {
        state.asks.complain(NEW_NAME, words::MISSING);
    }
    if let Some(password) = state.asks.new_password(PASSWORD, AGAIN)
        && state.asks.is_calm()
    {
        state.wanted = Some((whom, password));
        state.trying = Some(hand.knock(Knock::Code));
    }
}

/// The new code stands on paper: now somebody is named.
pub fn noted(state: &mut State, code: Recovery, hand: &mut Hand<'_>) {
    if let Some((whom, password)) = state.wanted.take() {
        let command = Command::TakeOver {
            whom,
            password,
            code,
        };
        let change = hand.first_change(StaffId::PROGRAM, command);
        state.trying = Some(hand.knock(Knock::TakeOver { change }));
    }
}

/// Takes what the door answers.
pub fn knocked(
    state: &mut State,
    answer: Result<DoorReply, Stop>,
    hand: &Hand<'_>,
) -> Option<Outcome> {
    state.trying = None;
    match answer {
        Ok(DoorReply::Recovered { staff }) => {
            let look = hand.look;
            let mut names: Vec<String> = staff.iter().map(|one| told(one, look)).collect();
            names.push(look.say(words::SOMEBODY_NEW).to_owned());
            state.asks = Questions::of(vec![
                Item::choice(super::words::WHO, names, 0),
                Item::text(words::NEW_NAME, ""),
                Item::secret(words::NEW_PASSWORD),
                Item::secret(words::NEW_AGAIN),
            ]);
            state.asks.ask_only_if(NEW_NAME, staff.is_empty());
            state.staff = Some(staff);
            None
        }
        Ok(DoorReply::Code(code)) => {
            let page = code::State::new(code, hand.keymap);
            Some(Outcome::Open(Box::new(Screen::Code(Box::new(page)))))
        }
        Err(Stop::Refused(refusal)) => {
            state.notice = Some(sentences::refused(&refusal, hand.look.lang));
            None
        }
        Ok(DoorReply::In { .. } | DoorReply::Locked { .. }) | Err(Stop::Failed(_)) => None,
    }
}

/// `李敏 公卫→管理员`
fn told(one: &Appointment, look: &Look) -> String {
    let Appointment { staff, becomes } = one;
    let role = look.say(staff.role.name());
    let role = match (*becomes == staff.role, staff.active) {
        (true, true) => role.to_owned(),
        (_, true) => format!("{role}→{}", look.say(becomes.name())),
        (_, false) => {
            let stopped = look.say(words::STOPPED);
            format!("{stopped}→{}", look.say(becomes.name()))
        }
    };
    format!("{} {role}", staff.name)
}

/// Draws the questions, what went wrong below them, then what may be chosen.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let room = usize::from(area.width.saturating_sub(4));
    let left = area.x + 2;
    let head = match state.staff {
        None => words::RECOVER_TYPE,
        Some(_) => words::RECOVER_WHO,
    };
    let mut y = area.y + u16::from(LOW < area.height);
    for line in cells::wrap(look.say(head), room) {
        cells::put(frame, left, y, &line, room, look.text());
        y += 1;
    }
    let rows = u16::try_from(state.asks.len()).unwrap_or(0);
    let asked = Rect {
        x: left,
        y: y + 1,
        width: area.width.saturating_sub(4),
        height: rows,
    };
    state.asks.draw(look, frame, asked);
    let mut y = asked.bottom() + 1;
    let note = match (state.trying, &state.notice) {
        (Some(_), _) => Some((look.say(words::TRYING), look.dim())),
        (None, Some(notice)) => Some((notice.as_str(), look.problem())),
        (None, None) => None,
    };
    if let Some((note, style)) = note {
        for (line, at) in cells::wrap(note, room).iter().zip(y..area.bottom()) {
            cells::put(frame, left, at, line, room, style);
            y = at + 2;
        }
    }
    let offered = cells::wrap_list(&state.asks.offered(), room);
    for (line, y) in offered.iter().zip(y..area.bottom()) {
        cells::put(frame, left, y, line, room, look.dim());
    }
}
