//! A table in cells: fixed columns, one that takes what is left, a mark before
//! the selected row.
//!
//! Moving the selection changes the mark and the weight of one cell, nothing
//! else, so that it costs few bytes.

use ratatui::{Frame, layout::Rect, style::Style};

use super::cells;
use crate::{domain::text::Text, tui::theme::Look};

/// A column; its width in cells does not count the gap after it.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub title: Text,
    pub width: Width,
    pub align: Align,
}

/// How wide a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    Cells(u16),
    /// Takes what the others leave, at least so many cells.
    Rest(u16),
    /// So many cells, but only where the table is at least as wide as the second number.
    From(u16, u16),
}

/// Where text stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// One row.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Stands before an unselected row, two cells: `!!`.
    pub flag: Option<(&'static str, Style)>,
    pub cells: Vec<(String, Style)>,
}

/// The cells before the first column: mark or flag, and a blank.
const MARGIN: u16 = 3;
const GAP: u16 = 1;

impl Column {
    /// Returns a column aligned left.
    pub const fn left(title: Text, width: Width) -> Self {
        Self {
            title,
            width,
            align: Align::Left,
        }
    }

    /// Returns a column aligned right.
    pub const fn right(title: Text, width: Width) -> Self {
        Self {
            title,
            width,
            align: Align::Right,
        }
    }
}

/// Returns each column's left edge and cells in a table of `width`; 0 cells
/// where it is left out.
pub fn layout(columns: &[Column], width: u16) -> Vec<(u16, u16)> {
    let fixed = |column: &Column| match column.width {
        Width::Cells(cells) => cells + GAP,
        Width::From(cells, from) if from <= width => cells + GAP,
        Width::From(..) => 0,
        Width::Rest(least) => least + GAP,
    };
    let taken = columns.iter().map(fixed).fold(MARGIN, u16::saturating_add);
    let mut left = width.saturating_sub(taken);
    let mut x = MARGIN;
    columns
        .iter()
        .map(|column| {
            let mut cells = fixed(column).saturating_sub(GAP);
            if matches!(column.width, Width::Rest(_)) {
                cells += std::mem::take(&mut left);
            }
            cells = cells.min(width.saturating_sub(x));
            let at = x;
            if cells > 0 {
                x += cells + GAP;
            }
            (at, cells)
        })
        .collect()
}

/// Draws the headings in the area's first row.
pub fn draw_heading(look: &Look, frame: &mut Frame<'_>, area: Rect, columns: &[Column]) {
    for (column, (x, width)) in columns.iter().zip(layout(columns, area.width)) {
        let title = look.say(column.title);
        draw_cell(
            frame,
            (area.x + x, area.y),
            title,
            width,
            column.align,
            look.dim(),
            look,
        );
    }
}

/// Draws rows from the area's first row on; `name` is the cell whose weight
/// shows the selection. The terminal's cursor stands at the selected row.
pub fn draw_rows(
    look: &Look,
    frame: &mut Frame<'_>,
    area: Rect,
    columns: &[Column],
    rows: &[Row],
    selection: Selection,
) {
    let places = layout(columns, area.width);
    for (row, y) in rows.iter().zip(area.y..area.bottom()) {
        let here = selection.row == Some(usize::from(y - area.y));
        if here {
            cells::put(frame, area.x, y, look.signs().mark, 1, look.strong());
            frame.set_cursor_position((area.x, y));
        } else if let Some((flag, style)) = row.flag {
            cells::put(frame, area.x, y, flag, 2, style);
        }
        let columns = columns.iter().zip(&places).zip(&row.cells).enumerate();
        for (index, ((column, (x, width)), (text, style))) in columns {
            let style = if here && index == selection.name {
                style.patch(look.strong())
            } else {
                *style
            };
            draw_cell(
                frame,
                (area.x + x, y),
                text,
                *width,
                column.align,
                style,
                look,
            );
        }
    }
}

/// Which of the rows drawn is selected, and which of its cells is its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Selection {
    pub row: Option<usize>,
    pub name: usize,
}

fn draw_cell(
    frame: &mut Frame<'_>,
    (x, y): (u16, u16),
    text: &str,
    width: u16,
    align: Align,
    style: Style,
    look: &Look,
) {
    let room = usize::from(width);
    if room == 0 {
        return;
    }
    let text = match align {
        Align::Left => cells::cut(text, room, look.signs().cut),
        Align::Right => cells::right(text, room, look.signs().cut),
    };
    cells::put(frame, x, y, &text, room, style);
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: Text = Text { zh: "", en: "" };

    #[test]
    fn one_column_takes_what_is_left() {
        let columns = [
            Column::left(T, Width::Cells(10)),
            Column::left(T, Width::Rest(8)),
            Column::left(T, Width::From(6, 80)),
        ];
        assert_eq!(layout(&columns, 60), [(3, 10), (14, 45), (60, 0)]);
        assert_eq!(layout(&columns, 80), [(3, 10), (14, 58), (73, 6)]);
    }
}
