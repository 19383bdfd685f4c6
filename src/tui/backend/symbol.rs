//! The signs of a cell: which of them may reach a terminal, and which every terminal draws alike.

use crate::domain::text::{MOST_MARKS, is_invisible};

/// Returns what of a cell's symbol may be written: up to the first sign that draws nothing or
/// steers the terminal, and no tower of marks. Every text on the screen passes here.
pub(super) fn drawable(symbol: &str) -> &str {
    let bad = |(at, c): (usize, char)| (c.is_control() || is_invisible(c)).then_some(at);
    let end = symbol.char_indices().find_map(bad).unwrap_or(symbol.len());
    let most = symbol.char_indices().nth(1 + MOST_MARKS);
    match symbol.get(..end.min(most.map_or(end, |(at, _)| at))) {
        None | Some("") => " ",
        Some(symbol) => symbol,
    }
}

/// Returns whether every terminal draws the symbol in the cells ratatui counts.
pub(super) fn is_certain(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else {
        return false;
    };
    c.is_ascii()
        || matches!(c,
            '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'
            | '\u{ff01}'..='\u{ff5e}' | '\u{2500}'..='\u{259f}' | '▸' | '·' | '—' | '…' | '“' | '”')
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("王", "王")]
    #[case("\u{1b}", " ")]
    #[case("\u{ad}", " ")]
    #[case("a\u{9b}31m", "a")]
    #[case("e\u{301}", "e\u{301}")]
    // A family: drawn as its first member, in the two cells that were counted.
    #[case("👨\u{200d}👩\u{200d}👧", "👨")]
    fn only_what_draws_is_written(#[case] symbol: &str, #[case] written: &str) {
        assert_eq!(drawable(symbol), written);
    }

    #[test]
    fn a_tower_of_marks_is_cut() {
        let tower = format!("a{}", "\u{301}".repeat(1_000_000));
        assert_eq!(drawable(&tower).chars().count(), 1 + MOST_MARKS);
    }
}
