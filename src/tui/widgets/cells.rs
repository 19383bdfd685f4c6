//! Text measured in cells: widths, cutting, filling, wrapping, and putting it
//! on the screen.
//!
//! Never in bytes or characters: 张 takes two cells.

use ratatui::{
    Frame,
    buffer::CellWidth,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::breaking;

/// Returns how many cells the text takes; control characters take none.
pub fn width(text: &str) -> usize {
    graphemes(text).map(|(_, cells)| cells).sum()
}

/// Returns the text's graphemes, each with its cells, without those that draw nothing.
pub fn graphemes(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.graphemes(true)
        .filter(|grapheme| !grapheme.contains(char::is_control))
        .map(|grapheme| (grapheme, usize::from(grapheme.cell_width())))
}

/// Returns the longest start of the text that fits into `cells`.
pub fn start(text: &str, cells: usize) -> &str {
    breaking::start(text, cells, width)
}

/// Returns the text cut to `cells`, ending in `cut` where something was left out.
pub fn cut(text: &str, cells: usize, cut: &str) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    match cells.checked_sub(width(cut)) {
        Some(room) => format!("{}{cut}", start(text, room)),
        None => start(text, cells).to_owned(),
    }
}

/// Returns the text cut and filled with blanks to exactly `cells`.
pub fn left(text: &str, cells: usize, sign: &str) -> String {
    let text = cut(text, cells, sign);
    let blanks = cells.saturating_sub(width(&text));
    format!("{text}{}", " ".repeat(blanks))
}

/// Returns the text cut and filled with blanks to exactly `cells`, at the right.
pub fn right(text: &str, cells: usize, sign: &str) -> String {
    let text = cut(text, cells, sign);
    let blanks = cells.saturating_sub(width(&text));
    format!("{}{text}", " ".repeat(blanks))
}

/// Returns the text in lines of at most `cells`, broken at blanks where there
/// are some and between Chinese characters where not; no line begins with a
/// closing sign.
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    breaking::wrap(text, cells, width)
}

/// Returns entries side by side in lines of at most `cells` cells, none cut in two unless
/// it is longer than a line.
pub fn wrap_list(entries: &[String], cells: usize) -> Vec<String> {
    const BETWEEN: &str = "  ";
    let mut lines: Vec<String> = Vec::new();
    for entry in entries {
        match lines.last_mut() {
            Some(line) if width(line) + BETWEEN.len() + width(entry) <= cells => {
                line.push_str(BETWEEN);
                line.push_str(entry);
            }
            _ => lines.extend(wrap(entry, cells)),
        }
    }
    lines
}

/// Puts text at a place, at most `cells` of it. A wide character that would be
/// cut in half by it is blanked.
pub fn put(frame: &mut Frame<'_>, x: u16, y: u16, text: &str, cells: usize, style: Style) {
    let area = frame.area();
    if y >= area.bottom() || x >= area.right() || cells == 0 {
        return;
    }
    unhalve(frame, x, y);
    frame.buffer_mut().set_stringn(x, y, text, cells, style);
}

/// Puts a styled line at a place, at most `cells` of it.
pub fn put_line(frame: &mut Frame<'_>, x: u16, y: u16, line: &Line<'_>, cells: u16) {
    let area = frame.area();
    if y >= area.bottom() || x >= area.right() {
        return;
    }
    unhalve(frame, x, y);
    frame
        .buffer_mut()
        .set_line(x, y, line, cells.min(area.right() - x));
}

/// Blanks an area that something is drawn over, and the wide characters it
/// would cut in half.
pub fn clear(frame: &mut Frame<'_>, area: Rect) {
    let area = area.intersection(frame.area());
    for y in area.top()..area.bottom() {
        unhalve(frame, area.left(), y);
        for x in area.left()..area.right() {
            if let Some(cell) = frame.buffer_mut().cell_mut((x, y)) {
                cell.reset();
            }
        }
    }
}

fn unhalve(frame: &mut Frame<'_>, x: u16, y: u16) {
    let before = x
        .checked_sub(1)
        .and_then(|left| frame.buffer_mut().cell_mut((left, y)));
    if let Some(cell) = before.filter(|cell| cell.cell_width() > 1) {
        cell.set_symbol(" ");
    }
}

/// Returns spans joined with `gap`, as many as fit into `cells`.
pub fn joined<'a>(parts: Vec<Span<'a>>, gap: &'a str, cells: usize) -> Line<'a> {
    let mut line = Line::default();
    let mut taken = 0;
    for part in parts {
        let lead = if line.spans.is_empty() { 0 } else { width(gap) };
        let wide = width(&part.content);
        if taken + lead + wide > cells {
            break;
        }
        if lead > 0 {
            line.spans.push(Span::raw(gap));
        }
        taken += lead + wide;
        line.spans.push(part);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("王桂兰", 6, "王桂兰")]
    #[case("王桂兰", 5, "王桂…")]
    #[case("王桂兰", 4, "王…")]
    #[case("abc", 2, "a…")]
    #[case("王", 1, "…")]
    fn a_long_text_ends_in_a_sign(#[case] text: &str, #[case] cells: usize, #[case] shown: &str) {
        assert_eq!(cut(text, cells, "…"), shown);
    }

    #[test]
    fn entries_of_a_list_stay_whole() {
        let entries = ["1 全部", "2 老年中医", "3 签约评估"].map(str::to_owned);
        assert_eq!(
            wrap_list(&entries, 20),
            ["1 全部  2 老年中医", "3 签约评估"]
        );
    }

    #[test]
    fn a_column_keeps_its_cells() {
        for text in ["王桂兰", "a", "", "王a桂b兰c"] {
            for cells in 0..8 {
                assert_eq!(width(&left(text, cells, "~")), cells);
                assert_eq!(width(&right(text, cells, "~")), cells);
            }
        }
    }

    #[rstest]
    #[case("血压高，两周内复查。", 8, &["血压高，", "两周内复", "查。"])]
    #[case("看看文件、再试。", 8, &["看看文", "件、再", "试。"])]
    #[case("take it again tomorrow", 10, &["take it", "again", "tomorrow"])]
    #[case("", 10, &[""])]
    fn text_wraps_by_cells(#[case] text: &str, #[case] cells: usize, #[case] lines: &[&str]) {
        assert_eq!(wrap(text, cells), lines);
    }
}
