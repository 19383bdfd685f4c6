//! The list of a form's sections: what is done, what is still open, and the way there.

use ratatui::{Frame, layout::Rect};

use super::{filling::Filling, words};
use crate::tui::{
    action::{Action, List},
    form::Step,
    hand::Hand,
    keys::Key,
    screens::list_move,
    theme::Look,
    widgets::{cells, frame, scroll::Scroll},
};

/// The cells of a section's title, and of the box around them.
const TITLE: usize = 22;
const WIDTH: u16 = 64;

impl Filling {
    /// Opens the list on the section the cursor stands in, where the form has sections.
    pub fn open_sections(&mut self, hand: &Hand<'_>) {
        let rows = self.editor.sections(hand.look.lang);
        if let Some(at) = rows.iter().position(|row| row.is_here) {
            let mut scroll = Scroll::default();
            scroll.select(at);
            self.sections = Some(scroll);
        }
    }

    /// Takes a key in the list: a digit or Enter goes to the section.
    pub fn press_sections(&mut self, action: Option<Action>, key: Key, hand: &mut Hand<'_>) {
        let rows = self.editor.sections(hand.look.lang);
        let Some(scroll) = &mut self.sections else {
            return;
        };
        let chosen = match action {
            Some(Action::List(List::Accept)) => scroll.selected(rows.len()),
            Some(Action::List(list)) => {
                if let Some(to) = list_move(list) {
                    scroll.go(to, rows.len(), rows.len());
                }
                None
            }
            _ => key
                .with_twin()
                .typed()
                .and_then(|sign| sign.to_digit(10))
                .and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1)),
        };
        if let Some(row) = chosen.and_then(|at| rows.get(at)) {
            self.sections = None;
            self.step(Step::Section(row.index), hand);
        }
    }

    /// Draws the list over `area`.
    pub fn draw_sections(&self, look: &Look, screen: &mut Frame<'_>, area: Rect) {
        let Some(scroll) = &self.sections else { return };
        let rows = self.editor.sections(look.lang);
        let height = u16::try_from(rows.len())
            .unwrap_or(u16::MAX)
            .saturating_add(2);
        let title = look.say(words::SECTIONS);
        let inner = frame::draw_box(look, screen, area, (WIDTH, height), title);
        let room = usize::from(inner.width);
        let page = usize::from(inner.height);
        let selected = scroll.selected(rows.len());
        let open = self.desk.open.get(self.editor.at().page);
        let parts = open.and_then(Option::as_ref).map(|open| &open.parts);
        for (at, y) in scroll.seen(rows.len(), page).zip(inner.y..inner.bottom()) {
            let Some(row) = rows.get(at) else { continue };
            let here = selected == Some(at);
            if here {
                cells::put(screen, inner.x, y, look.signs().mark, 1, look.strong());
                screen.set_cursor_position((inner.x, y));
            }
            let tick = if row.is_done() {
                look.signs().tick
            } else {
                " "
            };
            let number = cells::right(&(at + 1).to_string(), 2, "");
            let name = cells::left(&row.title, TITLE, look.signs().cut);
            let counted = format!("{:>3}/{:<3}", row.answered, row.asked);
            let open = match row.open {
                0 => String::new(),
                open => look
                    .say(words::SECTION_OPEN)
                    .replace("{}", &open.to_string()),
            };
            let open = cells::left(&open, 8, "");
            let part = parts.and_then(|parts| parts.iter().find(|p| p.section == row.index));
            let part = part.map_or_else(String::new, |part| {
                format!("{} {}", part.by, part.on.format("%m-%d"))
            });
            let text = format!("{tick} {number} {name} {counted} {open} {part}");
            let style = match (here, row.is_done()) {
                (true, _) => look.strong(),
                (false, true) => look.good(),
                (false, false) => look.text(),
            };
            cells::put(screen, inner.x + 2, y, &text, room.saturating_sub(2), style);
        }
    }
}
