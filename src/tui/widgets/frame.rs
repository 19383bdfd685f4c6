//! The lines every screen has, and boxes over screens.
//!
//! ```text
//!  title line: place, day                        user, other windows
//!  work area
//!  status line: what just happened, what undoes it
//!  hint line
//! ```

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use super::cells;
use crate::tui::theme::Look;

/// The parts of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    pub title: Rect,
    pub work: Rect,
    pub status: Rect,
    pub hints: Rect,
}

/// Returns the parts of a screen of this area, at least 4 rows high.
pub fn parts(area: Rect) -> Parts {
    let row = |y: u16| Rect {
        y,
        height: 1,
        ..area
    };
    Parts {
        title: row(area.y),
        work: Rect {
            y: area.y + 1,
            height: area.height.saturating_sub(3),
            ..area
        },
        status: row(area.bottom().saturating_sub(2)),
        hints: row(area.bottom().saturating_sub(1)),
    }
}

/// Draws the title line: parts at the left in order, parts at the right as
/// many as fit.
pub fn draw_title(
    look: &Look,
    frame: &mut Frame<'_>,
    area: Rect,
    left: &[String],
    right: &[Span<'_>],
) {
    let room = usize::from(area.width);
    let left = format!(" {}", left.join("  "));
    cells::put(
        frame,
        area.x,
        area.y,
        &cells::cut(&left, room, look.signs().cut),
        room,
        look.title(),
    );
    let free = room.saturating_sub(cells::width(&left) + 2);
    let line = cells::joined(right.to_vec(), "  ", free.saturating_sub(1));
    let wide = u16::try_from(line.width()).unwrap_or(area.width) + 1;
    cells::put_line(
        frame,
        area.right().saturating_sub(wide),
        area.y,
        &line,
        wide,
    );
}

/// Draws a rule across the area's first row, with words in it if there are any.
pub fn draw_rule(look: &Look, frame: &mut Frame<'_>, area: Rect, words: &str) {
    let room = usize::from(area.width);
    let sign = look.signs().rule;
    let text = if words.is_empty() {
        sign.repeat(room)
    } else {
        let head = format!("{} {words} ", sign.repeat(3));
        let tail = room.saturating_sub(cells::width(&head));
        format!("{head}{}", sign.repeat(tail))
    };
    cells::put(frame, area.x, area.y, &text, room, look.dim());
}

/// Draws a box of this size in the middle of `area` and returns what is inside.
pub fn draw_box(
    look: &Look,
    frame: &mut Frame<'_>,
    area: Rect,
    (width, height): (u16, u16),
    title: &str,
) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    let outer = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    };
    let around = Rect {
        x: outer.x.saturating_sub(1),
        width: (outer.width + 2).min(area.right() - outer.x.saturating_sub(1)),
        ..outer
    };
    cells::clear(frame, around);
    draw_border(look, frame, outer, title);
    Rect {
        x: outer.x + 2,
        y: outer.y + 1,
        width: outer.width.saturating_sub(4),
        height: outer.height.saturating_sub(2),
    }
}

fn draw_border(look: &Look, frame: &mut Frame<'_>, outer: Rect, title: &str) {
    let signs = look.signs();
    let [top_left, top_right, bottom_left, bottom_right] = signs.corners;
    let inside = usize::from(outer.width.saturating_sub(2));
    let title = if title.is_empty() {
        String::new()
    } else {
        format!(
            " {} ",
            cells::cut(title, inside.saturating_sub(4), signs.cut)
        )
    };
    let rest = signs
        .rule
        .repeat(inside.saturating_sub(cells::width(&title) + 1));
    let top = Line::from(vec![
        Span::raw(format!("{top_left}{}", signs.rule)),
        Span::styled(title, look.strong()),
        Span::raw(format!("{rest}{top_right}")),
    ]);
    cells::put_line(frame, outer.x, outer.y, &top, outer.width);
    for y in outer.y + 1..outer.bottom().saturating_sub(1) {
        for x in [outer.x, outer.right().saturating_sub(1)] {
            cells::put(frame, x, y, signs.wall, 1, Style::new());
        }
    }
    let bottom = format!("{bottom_left}{}{bottom_right}", signs.rule.repeat(inside));
    let last = outer.bottom().saturating_sub(1);
    cells::put(
        frame,
        outer.x,
        last,
        &bottom,
        usize::from(outer.width),
        Style::new(),
    );
}
