//! The doses of a booklet are gone through: one is chosen, opened on its form, and makes way
//! for the next that is open.

use ratatui::layout::Rect;

use super::{Known, Page, State, doses, words};
use crate::{
    domain::programmes::vax::{Cell, CellState, Dose},
    tui::{
        action::{Action, Context, Picture},
        app::Status,
        hand::Hand,
        keys::Key,
        screens::{Outcome, Screen, visit},
        theme::Look,
    },
};

/// Where the choice moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Left,
    Right,
    Up,
    Down,
}

impl Way {
    /// Returns the way an action moves the choice among the doses, if it does.
    pub const fn of(action: Picture) -> Option<Self> {
        match action {
            Picture::Left => Some(Self::Left),
            Picture::Right => Some(Self::Right),
            Picture::Up => Some(Self::Up),
            Picture::Down => Some(Self::Down),
            Picture::NextPage
            | Picture::PreviousPage
            | Picture::Later
            | Picture::Earlier
            | Picture::Dose
            | Picture::Visits => None,
        }
    }
}

/// Returns the row and column of a dose; the first open dose where none is chosen.
pub fn place(known: &Known, dose: Option<Dose>) -> (usize, usize) {
    let find = |is: &dyn Fn(&Cell) -> bool| {
        let mut rows = doses::rows(known).enumerate();
        rows.find_map(|(at, row)| Some((at, row.iter().position(is)?)))
    };
    let chosen = dose.and_then(|dose| find(&|cell: &Cell| cell.dose == dose));
    chosen.or_else(|| find(&is_open)).unwrap_or_default()
}

/// Returns the dose to stand on when the doses were read anew: the chosen one; once it is
/// given, the next that is open.
pub fn after(known: &Known, dose: Option<Dose>) -> Option<Dose> {
    let dose = dose?;
    let cells: Vec<&Cell> = doses::rows(known).flatten().collect();
    let at = cells.iter().position(|cell| cell.dose == dose)?;
    let is_given = |cell: &&Cell| matches!(cell.state, CellState::Given { .. });
    if !cells.get(at).is_some_and(is_given) {
        return Some(dose);
    }
    let next = cells.iter().cycle().skip(at).take(cells.len());
    let open = next.into_iter().find(|cell| is_open(cell));
    Some(open.map_or(dose, |cell| cell.dose))
}

fn is_open(cell: &Cell) -> bool {
    matches!(
        cell.state,
        CellState::Due { .. } | CellState::Overdue { .. }
    )
}

/// Moves the choice; at the end of a row it goes on in the next.
pub fn go(state: &mut State, way: Way, work: Rect) {
    let Some(known) = &state.known else { return };
    let rows: Vec<&[Cell]> = doses::rows(known).collect();
    let (row, column) = place(known, state.dose);
    let flat = |step: isize| {
        let cells: Vec<&Cell> = rows.iter().copied().flatten().collect();
        let before: usize = rows.iter().take(row).map(|row| row.len()).sum();
        let at = (before + column).checked_add_signed(step)?;
        cells.get(at).copied()
    };
    let beside = |row: Option<usize>| {
        let row = rows.get(row?)?;
        row.get(column).or(row.last())
    };
    let to = match way {
        Way::Left => flat(-1),
        Way::Right => flat(1),
        Way::Up => beside(row.checked_sub(1)),
        Way::Down => beside(row.checked_add(1)),
    };
    let to = to.map(|cell| cell.dose);
    if let Some(to) = to {
        state.dose = Some(to);
        state.top = top(known, Some(to), state.top, work);
    }
}

/// Returns the first line shown so that the chosen dose is seen.
pub fn top(known: &Known, dose: Option<Dose>, top: usize, work: Rect) -> usize {
    let page = usize::from(work.height.saturating_sub(super::view::HEAD));
    let (row, _) = place(known, dose);
    let line = doses::line_of(row);
    match row {
        0 => 0,
        _ if line < top => line,
        _ => top.max((line + 2).saturating_sub(page)),
    }
}

/// Opens the form of the chosen dose, or says why there is none.
pub fn record(state: &mut State, hand: &Hand<'_>) -> Outcome {
    let look = hand.look;
    let key = hand
        .keymap
        .hint(Context::Picture, Action::Picture(Picture::Visits))
        .map_or_else(String::new, Key::shown);
    let refused = |text: String| Outcome::Say(Status::refused(text));
    let cell = state.known.as_ref().and_then(|known| {
        let (row, column) = place(known, state.dose);
        doses::rows(known).nth(row)?.get(column)
    });
    let Some(cell) = cell.filter(|_| state.page == Page::Doses) else {
        return refused(words::fill(look, words::NO_DOSE, &[&key]));
    };
    if let CellState::Given { day, .. } = cell.state {
        return refused(given(look, cell.dose, &day.to_string(), &key));
    }
    let wanted = visit::Wanted::Dose {
        person: state.person,
        dose: cell.dose,
    };
    state.dose = Some(cell.dose);
    let form = Screen::Visit(Box::new(visit::State::new(wanted)));
    Outcome::Open(Box::new(form))
}

fn given(look: &Look, dose: Dose, day: &str, key: &str) -> String {
    words::fill(look, words::GIVEN, &[look.say(dose.name()), day, key])
}
