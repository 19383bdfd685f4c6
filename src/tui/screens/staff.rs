//! Who is at the keyboard: one of the clinic's staff, chosen at start.
//!
//! It asks for no password; it only asks.

use ratatui::{Frame, layout::Rect};

use crate::{
    domain::{clinic::Role, id::StaffId},
    tui::{
        action::{Action, Staff},
        keys::Key,
        screens::Outcome,
        theme::Look,
        widgets::{
            cells,
            hints::{self, Hint},
            scroll::{Move, Scroll},
        },
        words,
    },
};

/// One staff member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: StaffId,
    pub name: String,
    pub role: Role,
}

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::all(
        &[Action::Staff(Staff::Up), Action::Staff(Staff::Down)],
        words::CHOOSE,
    ),
    Hint::of(&[Action::Staff(Staff::Accept)]),
    hints::HELP,
];

/// The staff and the selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    members: Vec<Member>,
    scroll: Scroll,
}

impl State {
    /// Returns the choice among these.
    pub fn new(members: Vec<Member>) -> Self {
        Self {
            members,
            scroll: Scroll::default(),
        }
    }
}

/// Returns the staff who work here now.
pub fn members(staff: &[crate::domain::clinic::Staff]) -> Vec<Member> {
    let active = staff.iter().filter(|staff| staff.active);
    active
        .map(|staff| Member {
            id: staff.id,
            name: staff.name.clone(),
            role: staff.role,
        })
        .collect()
}

/// Takes a key; the digits 1–9 choose at once.
pub fn update(state: &mut State, action: Option<Staff>, key: Key) -> Option<Outcome> {
    let count = state.members.len();
    let to = match action {
        Some(Staff::Accept) => {
            let row = state.scroll.selected(count)?;
            return state.members.get(row).cloned().map(Outcome::Enter);
        }
        Some(Staff::Down) => Move::Down,
        Some(Staff::Up) => Move::Up,
        Some(Staff::PageDown) => Move::PageDown,
        Some(Staff::PageUp) => Move::PageUp,
        Some(Staff::First) => Move::First,
        Some(Staff::Last) => Move::Last,
        None => {
            let digit = key.with_twin().typed().and_then(|c| c.to_digit(10))?;
            let row = usize::try_from(digit).ok()?.checked_sub(1)?;
            return state.members.get(row).cloned().map(Outcome::Enter);
        }
    };
    state.scroll.go(to, count, PAGE);
    None
}

const PAGE: usize = 10;

/// Draws the list.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let room = usize::from(area.width.saturating_sub(4));
    cells::put(
        frame,
        area.x + 2,
        area.y + 1,
        look.say(words::STAFF),
        room,
        look.strong(),
    );
    cells::put(
        frame,
        area.x + 2,
        area.y + 2,
        look.say(words::STAFF_HINT),
        room,
        look.dim(),
    );
    let page = usize::from(area.height.saturating_sub(4));
    let seen = state.scroll.seen(state.members.len(), page);
    let selected = state.scroll.selected(state.members.len());
    let rows = state
        .members
        .iter()
        .enumerate()
        .skip(seen.start)
        .take(seen.len());
    for ((at, member), y) in rows.zip(area.y + 4..area.bottom()) {
        let here = selected == Some(at);
        let style = if here { look.strong() } else { look.text() };
        if here {
            cells::put(frame, area.x + 2, y, look.signs().mark, 1, style);
            frame.set_cursor_position((area.x + 2, y));
        }
        let number = if at < 9 {
            (at + 1).to_string()
        } else {
            " ".to_owned()
        };
        let text = format!(
            "{number} {}",
            cells::left(&member.name, 14, look.signs().cut)
        );
        cells::put(frame, area.x + 4, y, &text, room.saturating_sub(2), style);
        cells::put(
            frame,
            area.x + 21,
            y,
            look.say(member.role.name()),
            room.saturating_sub(19),
            look.dim(),
        );
    }
}
