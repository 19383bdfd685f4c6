//! The ways to move the cursor, as short as terminals understand them.
//!
//! Which of them to take is decided where the bytes are counted.

use ratatui::layout::Position;

/// Returns the move to a place from anywhere.
pub(super) fn absolute(x: u16, y: u16) -> String {
    match (x, y) {
        (0, 0) => "\x1b[H".to_owned(),
        (0, y) => format!("\x1b[{}H", y + 1),
        (x, 0) => format!("\x1b[;{}H", x + 1),
        (x, y) => format!("\x1b[{};{}H", y + 1, x + 1),
    }
}

/// Returns the move from a known place: along the row, or to one a few rows below.
pub(super) fn relative(at: Position, x: u16, y: u16) -> Option<String> {
    let right = |n: u16| match n {
        0 => String::new(),
        1 => "\x1b[C".to_owned(),
        n => format!("\x1b[{n}C"),
    };
    if at.y == y {
        return Some(match at.x {
            left if left < x => right(x - left),
            right if right - x <= 3 => "\x08".repeat(usize::from(right - x)),
            _ if x == 0 => "\r".to_owned(),
            right => format!("\x1b[{}D", right - x),
        });
    }
    let down = y.checked_sub(at.y).filter(|down| *down <= 4)?;
    Some(format!("\r{}{}", "\n".repeat(usize::from(down)), right(x)))
}
