//! Asks the terminal how wide it draws signs that differ between terminals,
//! and whether it draws Chinese at all, without waiting for the answer.
//!
//! The question goes out before the first frame; the answers come as messages.

use crate::tui::backend::Ambiguous;

/// Signs that count as one cell and that some terminals draw two cells wide.
const SIGNS: &str = "·—─▸";

/// What a terminal answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Learnt {
    Ambiguous(Ambiguous),
    /// A Chinese character did not take two cells: the terminal is not set to UTF-8.
    NotUtf8,
    /// A Chinese character took two cells.
    Utf8,
}

/// Which answer is awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Probe {
    Signs,
    Hanzi,
    /// Nothing was asked, or everything is answered.
    Done,
}

/// Returns the bytes of the question, for a cleared screen: row 2, because an
/// answer from row 1 reads like Shift-F3. Last it asks whether frames can be shown whole (mode
/// 2026); what an old terminal prints of that is erased.
pub fn question() -> Vec<u8> {
    format!("\x1b[2;1H{SIGNS}\x1b[6n\r汉\x1b[6n\x1b[?2026$p\r\x1b[K").into_bytes()
}

/// Returns how the console draws the signs: Windows tells where the cursor is
/// without being asked through the terminal, so nothing has to be awaited.
#[cfg(windows)]
pub fn measure() -> Option<Ambiguous> {
    use std::io::Write;
    let mut out = std::io::stdout();
    write!(out, "\r{SIGNS}").and_then(|()| out.flush()).ok()?;
    let (column, _) = ratatui::crossterm::cursor::position().ok()?;
    write!(out, "\r\x1b[K").and_then(|()| out.flush()).ok()?;
    Some(if usize::from(column) == SIGNS.chars().count() {
        Ambiguous::Narrow
    } else {
        Ambiguous::WideOrUnknown
    })
}

/// Returns nothing: here the terminal is asked, and answers later.
#[cfg(not(windows))]
pub fn measure() -> Option<Ambiguous> {
    None
}

impl Probe {
    /// Takes the next answer, a column counted from 1.
    pub fn answer(&mut self, column: u16) -> Option<Learnt> {
        match self {
            Self::Signs => {
                *self = Self::Hanzi;
                let narrow = usize::from(column) == 1 + SIGNS.chars().count();
                Some(Learnt::Ambiguous(if narrow {
                    Ambiguous::Narrow
                } else {
                    Ambiguous::WideOrUnknown
                }))
            }
            Self::Hanzi => {
                *self = Self::Done;
                Some(if column == 3 {
                    Learnt::Utf8
                } else {
                    Learnt::NotUtf8
                })
            }
            Self::Done => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answers_tell_the_widths() {
        let mut probe = Probe::Signs;
        let narrow = Learnt::Ambiguous(Ambiguous::Narrow);
        assert_eq!(probe.answer(5), Some(narrow));
        assert_eq!(probe.answer(4), Some(Learnt::NotUtf8));
        assert_eq!(probe.answer(3), None);

        let mut probe = Probe::Signs;
        let wide = Learnt::Ambiguous(Ambiguous::WideOrUnknown);
        assert_eq!(probe.answer(8), Some(wide));
        assert_eq!(probe.answer(3), Some(Learnt::Utf8));
    }
}
