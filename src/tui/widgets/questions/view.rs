//! How questions look: labels, fields, and what is wrong beside them.

use ratatui::{Frame, layout::Rect};

use super::{Kind, Questions};
use crate::tui::{theme::Look, widgets::cells};

impl Questions {
    /// Returns the cells the labels take.
    pub fn label_cells(&self, look: &Look) -> usize {
        let asked = self.items.iter().filter(|item| !item.is_hidden);
        let labels = asked.map(|item| cells::width(look.say(item.label)));
        labels.max().unwrap_or(0)
    }

    /// Draws the questions from the area's first row on, one a row; where they are more than the
    /// rows, those around the cursor.
    pub fn draw(&self, look: &Look, frame: &mut Frame<'_>, area: Rect) {
        let label_cells = self.label_cells(look);
        let x = area.x + u16::try_from(label_cells).unwrap_or(0) + 2;
        let room = area.right().saturating_sub(x);
        let place = self.asked().position(|at| at == self.at).unwrap_or(0);
        let above = (place + 1).saturating_sub(usize::from(area.height));
        let items = self.items.iter().enumerate();
        let items = items.filter(|(_, item)| !item.is_hidden).skip(above);
        for ((at, item), y) in items.zip(area.y..area.bottom()) {
            let here = at == self.at;
            let label = look.say(item.label);
            let style = if here { look.strong() } else { look.text() };
            cells::put(frame, area.x, y, label, label_cells, style);
            let style = if here {
                look.field_here()
            } else {
                look.field()
            };
            let taken = match &item.kind {
                Kind::Text { field, plain } => {
                    // What is wrong with a text stands beside it.
                    let widest = if item.problem.is_some() { 34 } else { 48 };
                    let width = if *plain { 14 } else { room.min(widest) };
                    let place = Rect {
                        x,
                        y,
                        width,
                        height: 1,
                    };
                    field.draw(frame, place, style, here);
                    width
                }
                Kind::Secret(secret) => {
                    let width = room.min(36);
                    let place = Rect {
                        x,
                        y,
                        width,
                        height: 1,
                    };
                    secret.draw(frame, place, style, here);
                    width
                }
                Kind::Choice { options, at } => {
                    let chosen = options.get(*at).map_or("", String::as_str);
                    let text = format!("[{}] {chosen}", at + 1);
                    cells::put(frame, x, y, &text, usize::from(room), style);
                    if here {
                        frame.set_cursor_position((x + 1, y));
                    }
                    u16::try_from(cells::width(&text)).unwrap_or(room)
                }
            };
            if let Some(problem) = item.problem {
                let from = x.saturating_add(taken).saturating_add(1);
                let room = usize::from(area.right().saturating_sub(from));
                cells::put(frame, from, y, look.say(problem), room, look.problem());
            }
        }
    }
}
