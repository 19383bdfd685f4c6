//! What keys mean here: where a file is named they are text, over the preview
//! they open its lists.

use super::{State, Step};
use crate::tui::{
    action::{Action, Context, Import, Palette},
    widgets::{
        hints::{self, Hint},
        scroll::Move,
    },
    words,
};

/// What the hint line offers while a file is chosen.
const CHOOSING: &[Hint] = &[
    Hint::all(
        &[Action::Palette(Palette::Up), Action::Palette(Palette::Down)],
        words::CHOOSE,
    ),
    Hint::all(&[Action::Palette(Palette::Accept)], words::IMPORT_OPEN),
    hints::BACK,
];

/// What the hint line offers over the preview.
const PREVIEW: &[Hint] = &[
    Hint::of(&[Action::Import(Import::Accept)]),
    Hint::of(&[Action::Import(Import::NextList)]),
    Hint::of(&[Action::Import(Import::Tick)]),
    hints::BACK,
    hints::HELP,
];

/// Returns where its keys are looked up: what names a file is text.
pub fn context(state: &State) -> Context {
    match (&state.step, &state.work) {
        (Step::Choosing, None) => Context::Palette,
        (Step::Choosing | Step::Sheets(_) | Step::Preview(_), _) => Context::Import,
    }
}

/// Returns what the hint line offers.
pub fn hints(state: &State) -> &'static [Hint] {
    match context(state) {
        Context::Palette => CHOOSING,
        _ => PREVIEW,
    }
}

/// Returns what a key means where a file is named.
const fn named(action: Palette) -> Import {
    match action {
        Palette::Down => Import::Down,
        Palette::Up => Import::Up,
        Palette::PageDown => Import::PageDown,
        Palette::PageUp => Import::PageUp,
        Palette::Accept => Import::Accept,
    }
}

/// Returns the movement of an action.
pub(super) fn movement(action: Import) -> Option<Move> {
    Some(match action {
        Import::Down => Move::Down,
        Import::Up => Move::Up,
        Import::PageDown => Move::PageDown,
        Import::PageUp => Move::PageUp,
        Import::First => Move::First,
        Import::Last => Move::Last,
        Import::NextList | Import::PreviousList | Import::Tick | Import::Accept => return None,
    })
}

/// Returns what an action means, whichever context it comes from.
pub(super) fn meant(action: Option<Action>) -> Option<Import> {
    match action? {
        Action::Import(action) => Some(action),
        Action::Palette(action) => Some(named(action)),
        _ => None,
    }
}
