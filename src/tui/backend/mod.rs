//! Draws frames on a terminal in few bytes: a lean `Backend` for ratatui.
//!
//! It keeps a copy of the screen, moves the cursor by the shortest way, trusts
//! the width of Chinese characters, changes colours only where they differ,
//! writes each frame at once, and writes nothing for a frame that changed
//! nothing. It does not enter or leave the terminal, and never asks it anything.

mod moves;
mod row;
mod scrolling;
mod sgr;
mod symbol;
mod twins;

use std::io::{self, Write};

use ratatui::{
    backend::{Backend, ClearType, WindowSize},
    buffer::{Cell, CellWidth},
    layout::{Position, Size},
};

use scrolling::{Rows, alike};
use sgr::Pen;

/// How wide the terminal draws signs of ambiguous width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ambiguous {
    /// One cell, as the layout counts them.
    Narrow,
    /// Two cells, or not known yet: one-cell stand-ins are printed.
    WideOrUnknown,
}

/// Frames of more bytes than this are shown whole where the terminal can.
const LONG_FRAME: usize = 300;
const BEGIN_WHOLE: &[u8] = b"\x1b[?2026h";
const END_WHOLE: &[u8] = b"\x1b[?2026l";

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
    /// What it is to show.
    next: Vec<Cell>,
    /// The columns of a row that change.
    changed: Vec<u16>,
    pen: Pen,
    /// Where the terminal's cursor is, while that is certain.
    at: Option<Position>,
    /// Where the cursor is to stand, if it is to be seen.
    wanted: Option<Position>,
    last_wanted: Position,
    visible: Option<bool>,
    /// Whether the terminal shows a frame only once it is whole, when asked to.
    shows_whole: bool,
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
            next: Vec::new(),
            changed: Vec::new(),
            pen: Pen::PLAIN,
            at: None,
            wanted: None,
            last_wanted: Position::ORIGIN,
            visible: None,
            shows_whole: false,
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

    /// Takes whether the terminal can show frames whole: long ones are sent so then.
    pub fn show_whole(&mut self, shows: bool) {
        self.shows_whole = shows;
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

    /// Lets the terminal move what only moved on the way to the next screen, if that is shorter.
    fn scroll(&mut self, next: &[Cell]) -> bool {
        let width = usize::from(self.size.width);
        let rows = |cells| Rows { cells, width };
        let Some(scroll) = scrolling::find(rows(&self.screen), rows(next)) else {
            return false;
        };
        // What is left free takes the colours in force.
        if !self.pen.leaves_plain() {
            self.set_pen(Pen::PLAIN);
        }
        self.out.extend(scrolling::sequence(&scroll).bytes());
        self.at = Some(Position::ORIGIN);
        scrolling::apply(&mut self.screen, width, &scroll);
        true
    }

    /// Brings a row to its next looks.
    fn bring(&mut self, y: u16, next: &[Cell]) {
        let mut columns = std::mem::take(&mut self.changed);
        columns.clear();
        let mut hidden = 0;
        let mut orphan = None;
        for x in 0..self.size.width {
            let Some(cell) = next.get(self.index(x, y)) else {
                break;
            };
            let is_orphan = orphan == Some(x);
            if x < hidden {
                continue;
            }
            hidden = x + cell.cell_width().max(1);
            if is_orphan || !alike(cell, self.cell(x, y)) {
                orphan = self.take(x, y, cell);
                columns.push(x);
            }
        }
        self.draw_row(y, &columns);
        self.changed = columns;
    }

    /// Takes a cell into the copy of the screen. Returns the half of an older wide
    /// character that stays behind where it has to be written too: terminals would
    /// blank it in the new cell's colours, and tmux keeps it when an erase ends
    /// between the halves, then blanks whatever is printed before it.
    fn take(&mut self, x: u16, y: u16, cell: &Cell) -> Option<u16> {
        let last = x.saturating_add(cell.cell_width().max(1)) - 1;
        let halved = self.cell(last, y).cell_width() > 1;
        let index = self.index(x, y);
        put(&mut self.screen, index, cell);
        let seen = cell.symbol() == " " || !Pen::of(cell).blank_like(Pen::PLAIN);
        (halved && seen && last + 1 < self.size.width).then_some(last + 1)
    }

    fn set_pen(&mut self, pen: Pen) {
        self.pen.change(pen, &mut self.out);
        self.pen = pen;
    }
}

/// Puts a cell into a screen; the right half of a wide character shows nothing of its own.
fn put(cells: &mut [Cell], index: usize, cell: &Cell) {
    let width = usize::from(cell.cell_width().max(1));
    let mut places = cells.iter_mut().skip(index).take(width);
    if let Some(first) = places.next() {
        first.clone_from(cell);
    }
    places.for_each(Cell::reset);
}

impl<W: Write> Backend for Lean<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut next = std::mem::take(&mut self.next);
        next.clone_from(&self.screen);
        let (mut first, mut last) = (self.size.height, 0);
        for (x, y, cell) in content.filter(|(x, ..)| *x < self.size.width) {
            put(&mut next, self.index(x, y), cell);
            (first, last) = (first.min(y), last.max(y));
        }
        let mut rows: Vec<u16> = (first..=last).collect();
        if scrolling::FEWEST <= rows.len() && self.scroll(&next) {
            rows = (0..self.size.height).collect();
        }
        for y in rows {
            self.bring(y, &next);
        }
        self.next = next;
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
        if self.shows_whole && LONG_FRAME < self.out.len() {
            self.out.splice(..0, BEGIN_WHOLE.iter().copied());
            self.out.extend(END_WHOLE);
        }
        let written = self.writer.write_all(&self.out);
        self.out.clear();
        written.and_then(|()| self.writer.flush())
    }
}

#[cfg(test)]
mod tests;
