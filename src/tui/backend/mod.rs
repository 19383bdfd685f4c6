//! Draws frames on a terminal in few bytes: a lean `Backend` for ratatui.
//!
//! It keeps a copy of the screen, moves the cursor by the shortest way, trusts
//! the width of Chinese characters, changes colours only where they differ,
//! writes each frame at once, and writes nothing for a frame that changed
//! nothing. It does not enter or leave the terminal, and never asks it anything.

mod moves;
mod sgr;
mod symbol;
mod twins;

use std::io::{self, Write};

use ratatui::{
    backend::{Backend, ClearType, WindowSize},
    buffer::{Cell, CellWidth},
    layout::{Position, Size},
};

use moves::{absolute, relative};
use sgr::Pen;
use symbol::{drawable, is_certain};

/// How wide the terminal draws signs of ambiguous width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ambiguous {
    /// One cell, as the layout counts them.
    Narrow,
    /// Two cells, or not known yet: one-cell stand-ins are printed.
    WideOrUnknown,
}

/// The shortest run of blanks worth an erase sequence inside a line.
const LONG_BLANK: usize = 10;

/// A ratatui backend on any writer.
#[derive(Debug)]
pub struct Lean<W: Write> {
    writer: W,
    out: Vec<u8>,
    size: Size,
    ambiguous: Ambiguous,
    /// Whether a stand-in was printed since the last clear.
    stood_in: bool,
    /// What the screen shows, row by row.
    screen: Vec<Cell>,
    /// The cells changed by the frame being drawn.
    changed: Vec<(u16, u16)>,
    pen: Pen,
    /// Where the terminal's cursor is, while that is certain.
    at: Option<Position>,
    /// Where the cursor is to stand, if it is to be seen.
    wanted: Option<Position>,
    last_wanted: Position,
    visible: Option<bool>,
}

impl<W: Write> Lean<W> {
    /// Returns a backend for a cleared screen of `size`.
    pub fn new(writer: W, size: Size, ambiguous: Ambiguous) -> Self {
        let mut lean = Self {
            writer,
            out: Vec::with_capacity(4096),
            size,
            ambiguous,
            stood_in: false,
            screen: Vec::new(),
            changed: Vec::new(),
            pen: Pen::PLAIN,
            at: None,
            wanted: None,
            last_wanted: Position::ORIGIN,
            visible: None,
        };
        lean.forget();
        lean
    }

    /// Takes the terminal's new size; ratatui clears and redraws by itself.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.forget();
    }

    /// Takes what was learnt of ambiguous signs. Returns whether the screen
    /// must be cleared and drawn anew because something on it looks otherwise now.
    pub fn set_ambiguous(&mut self, ambiguous: Ambiguous) -> bool {
        let changed = self.ambiguous != ambiguous;
        self.ambiguous = ambiguous;
        changed && (self.stood_in || ambiguous == Ambiguous::WideOrUnknown)
    }

    /// Forgets what the terminal shows and how its cursor and colours stand:
    /// after another program, or a question to the terminal, used it.
    pub fn forget(&mut self) {
        let cells = usize::from(self.size.width) * usize::from(self.size.height);
        self.screen.clear();
        self.screen.resize(cells, Cell::EMPTY);
        self.stood_in = false;
        self.out.extend(b"\x1b[m");
        self.pen = Pen::PLAIN;
        self.at = None;
        self.visible = None;
    }

    /// Writes bytes that move the cursor in ways not followed here.
    pub fn ask(&mut self, question: &[u8]) {
        self.set_pen(Pen::PLAIN);
        self.out.extend(question);
        self.at = None;
    }

    /// Returns the writer.
    pub fn writer(&self) -> &W {
        &self.writer
    }

    fn index(&self, x: u16, y: u16) -> usize {
        usize::from(y) * usize::from(self.size.width) + usize::from(x)
    }

    fn cell(&self, x: u16, y: u16) -> &Cell {
        const NOTHING: &Cell = &Cell::EMPTY;
        self.screen.get(self.index(x, y)).unwrap_or(NOTHING)
    }

    /// Takes a cell into the copy of the screen. Returns the half of an older wide
    /// character that stays behind where it has to be written too: terminals would
    /// blank it in the new cell's colours, and tmux keeps it when an erase ends
    /// between the halves, then blanks whatever is printed before it.
    fn take(&mut self, x: u16, y: u16, cell: &Cell) -> Option<(u16, u16)> {
        let last = x.saturating_add(cell.cell_width().max(1)) - 1;
        let halved = self.cell(last, y).cell_width() > 1;
        for column in x..=last {
            let index = self.index(column, y);
            if let Some(old) = self.screen.get_mut(index) {
                // The right half of a wide character shows nothing of its own.
                if column == x {
                    old.clone_from(cell);
                } else {
                    old.reset();
                }
            }
        }
        let seen = cell.symbol() == " " || !Pen::of(cell).blank_like(Pen::PLAIN);
        (halved && seen && last + 1 < self.size.width).then_some((y, last + 1))
    }

    fn set_pen(&mut self, pen: Pen) {
        self.pen.change(pen, &mut self.out);
        self.pen = pen;
    }

    /// Draws the changed cells `from..` of one row.
    fn draw_row(&mut self, y: u16, columns: &[u16]) {
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

    fn move_to(&mut self, x: u16, y: u16) {
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

impl<W: Write> Backend for Lean<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut changed = std::mem::take(&mut self.changed);
        changed.clear();
        let mut hidden = (0, 0);
        let mut orphan = None;
        for (x, y, cell) in content {
            if y == hidden.0 && x < hidden.1 || x >= self.size.width {
                continue;
            }
            changed.extend(orphan.take_if(|orphan| *orphan != (y, x)));
            hidden = (y, x.saturating_add(cell.cell_width()));
            orphan = self.take(x, y, cell);
            changed.push((y, x));
        }
        changed.extend(orphan);
        let mut columns = Vec::with_capacity(usize::from(self.size.width));
        for row in changed.chunk_by(|one, other| one.0 == other.0) {
            columns.clear();
            columns.extend(row.iter().map(|(_, x)| *x));
            if let Some((y, _)) = row.first() {
                self.draw_row(*y, &columns);
            }
        }
        self.changed = changed;
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.wanted = None;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.wanted = Some(self.last_wanted);
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.last_wanted)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.last_wanted = position.into();
        self.wanted = Some(self.last_wanted);
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    /// Clears the whole screen, whatever region is asked for: ratatui asks for
    /// others only outside the alternate screen.
    fn clear_region(&mut self, _region: ClearType) -> io::Result<()> {
        self.forget();
        self.out.extend(b"\x1b[2J");
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size,
            pixels: Size::ZERO,
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.wanted {
            Some(Position { x, y }) => {
                self.move_to(x, y);
                if self.visible != Some(true) {
                    self.out.extend(b"\x1b[?25h");
                }
            }
            None if self.visible != Some(false) => self.out.extend(b"\x1b[?25l"),
            None => {}
        }
        self.visible = Some(self.wanted.is_some());
        if self.out.is_empty() {
            return Ok(());
        }
        let written = self.writer.write_all(&self.out);
        self.out.clear();
        written.and_then(|()| self.writer.flush())
    }
}

#[cfg(test)]
mod tests;
