//! Writes one row: what changed in it, by the shortest ways between.
//!
//! What changed is decided elsewhere; here it is put into bytes.

use std::io::Write;

use ratatui::{buffer::CellWidth, layout::Position};

use super::{
    Ambiguous, Lean,
    moves::{absolute, relative},
    sgr::Pen,
    symbol::{drawable, is_certain},
    twins,
};

/// The shortest run of blanks worth an erase sequence inside a line.
const LONG_BLANK: usize = 10;

impl<W: Write> Lean<W> {
    /// Draws the changed columns of one row.
    pub(super) fn draw_row(&mut self, y: u16, columns: &[u16]) {
        let blank_from = self.blank_tail(y);
        let mut rest = columns;
        while let Some((&x, after)) = rest.split_first() {
            if x >= blank_from && rest.len() > 3 {
                self.move_to(x, y);
                self.set_pen(Pen::PLAIN);
                self.out.extend(b"\x1b[K");
                return;
            }
            let blanks = self.run_of_blanks(y, rest);
            if blanks >= LONG_BLANK {
                self.move_to(x, y);
                self.set_pen(Pen::PLAIN);
                self.out.extend(format!("\x1b[{blanks}X").bytes());
                rest = rest.get(blanks..).unwrap_or_default();
                continue;
            }
            self.move_to(x, y);
            self.print(x, y);
            rest = after;
        }
    }

    /// Returns the first column from which the row is blank to its end.
    fn blank_tail(&self, y: u16) -> u16 {
        let mut from = self.size.width;
        while from > 0 && self.is_plain_blank(from - 1, y) {
            from -= 1;
        }
        from
    }

    fn is_plain_blank(&self, x: u16, y: u16) -> bool {
        let cell = self.cell(x, y);
        cell.symbol() == " " && Pen::of(cell).blank_like(Pen::PLAIN)
    }

    fn run_of_blanks(&self, y: u16, columns: &[u16]) -> usize {
        let mut next = columns.first().copied();
        let run = columns.iter().take_while(|x| {
            let joined = next == Some(**x) && self.is_plain_blank(**x, y);
            next = x.checked_add(1);
            joined
        });
        run.count()
    }

    /// Prints the cell where the cursor stands.
    fn print(&mut self, x: u16, y: u16) {
        let cell = self.cell(x, y);
        let pen = Pen::of(cell);
        let width = cell.cell_width().max(1);
        let mut symbol = String::new();
        let mut certain = is_certain(cell.symbol());
        match twins::stand_in(cell.symbol()) {
            Some(twin) if self.ambiguous == Ambiguous::WideOrUnknown => {
                symbol.push(twin);
                self.stood_in = true;
                certain = true;
            }
            Some(_) | None => symbol.push_str(drawable(cell.symbol())),
        }
        if !(symbol == " " && pen.blank_like(self.pen)) {
            self.set_pen(pen);
        }
        self.out.extend(symbol.bytes());
        let after = x.saturating_add(width);
        // In the last column the cursor waits to wrap: nobody knows where it is.
        self.at = (certain && after < self.size.width).then_some(Position { x: after, y });
    }

    pub(super) fn move_to(&mut self, x: u16, y: u16) {
        if self.at == Some(Position { x, y }) {
            return;
        }
        let mut best = absolute(x, y);
        if let Some(at) = self.at {
            if at.y == y && at.x < x && self.reprints(at.x, x, y, best.len()) {
                for column in at.x..x {
                    if self.at == Some(Position { x: column, y }) {
                        self.print(column, y);
                    }
                }
                return;
            }
            if let Some(way) = relative(at, x, y).filter(|way| way.len() < best.len()) {
                best = way;
            }
        }
        self.out.extend(best.bytes());
        self.at = Some(Position { x, y });
    }

    /// Returns whether printing the unchanged cells between is shorter than moving.
    fn reprints(&self, from: u16, to: u16, y: u16, limit: usize) -> bool {
        let before = from.checked_sub(1);
        if before.is_some_and(|before| self.cell(before, y).cell_width() > 1) {
            // The cursor was put between the halves of a wide character.
            return false;
        }
        let way = format!("\x1b[{}C", to - from).len().min(limit);
        let mut bytes = 0;
        let mut column = from;
        while column < to {
            let cell = self.cell(column, y);
            let pen = Pen::of(cell);
            let same = pen == self.pen || (cell.symbol() == " " && pen.blank_like(self.pen));
            if !same || !is_certain(cell.symbol()) {
                return false;
            }
            bytes += cell.symbol().len();
            column = column.saturating_add(cell.cell_width().max(1));
        }
        column == to && bytes <= way
    }
}
