//! Says that the window is too small; everything stays as it was.

use ratatui::{Frame, layout::Size};

use crate::tui::{theme::Look, widgets::cells, words};

/// The smallest window the screens are drawn for.
pub const LEAST: Size = Size {
    width: 60,
    height: 16,
};

/// Returns whether a window of this size shows only the notice.
pub fn applies(size: Size) -> bool {
    size.width < LEAST.width || size.height < LEAST.height
}

/// Draws the notice, wrapped to what there is.
pub fn view(look: &Look, frame: &mut Frame<'_>) {
    let area = frame.area();
    let lines = cells::wrap(look.say(words::TOO_SMALL), usize::from(area.width));
    for (line, y) in lines.iter().zip(area.y..area.bottom()) {
        cells::put(frame, area.x, y, line, usize::from(area.width), look.text());
    }
    frame.set_cursor_position((area.x, area.y));
}
