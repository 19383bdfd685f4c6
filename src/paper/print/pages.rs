//! Lines put on pages: the title above, number and page below, nothing cut in two needlessly.

use super::{
    document::Document,
    plain::COLUMNS,
    printable::{cells, one_line},
};
use crate::domain::breaking;

/// A new page begins after it.
const FORM_FEED: &str = "\u{c}";
/// Printers and old editors want both.
const LINE_END: &str = "\r\n";
const BETWEEN: &str = "  ";

/// The pages of one document while they fill up.
pub(super) struct Pages {
    filled: Vec<Vec<String>>,
    head: Vec<String>,
    foot: Vec<String>,
    /// Lines between head and foot.
    room: usize,
}

impl Pages {
    /// Returns the first page, empty. A form feed ends it before its last line, so that the
    /// printer does not feed another.
    pub(super) fn of(document: &Document, lines: usize) -> Self {
        let head = head(document);
        let foot = foot(document);
        // A rule and the page's number are below, too.
        let room = lines.saturating_sub(head.len() + foot.len() + 3).max(8);
        Self {
            filled: vec![Vec::new()],
            head,
            foot,
            room,
        }
    }

    /// Returns the lines still free on this page.
    pub(super) fn left(&self) -> usize {
        let used = self.filled.last().map_or(0, Vec::len);
        self.room.saturating_sub(used)
    }

    /// Returns the lines of a whole page.
    pub(super) const fn room(&self) -> usize {
        self.room
    }

    /// Begins a new page, unless this one is empty.
    pub(super) fn turn(&mut self) {
        if self.left() < self.room {
            self.filled.push(Vec::new());
        }
    }

    /// Puts a line; an empty one is dropped at the top of a page.
    pub(super) fn put(&mut self, line: String) {
        if self.left() == 0 {
            self.filled.push(Vec::new());
        }
        let is_top = self.left() == self.room;
        if let Some(page) = self.filled.last_mut()
            && !(is_top && line.is_empty())
        {
            page.push(line);
        }
    }

    /// Puts lines one below the other.
    pub(super) fn put_all(&mut self, lines: impl IntoIterator<Item = String>) {
        for line in lines {
            self.put(line);
        }
    }

    /// Puts lines that belong together on one page, where a page has room for them.
    pub(super) fn put_together(&mut self, lines: Vec<String>) {
        if self.left() < lines.len() && lines.len() <= self.room {
            self.turn();
        }
        self.put_all(lines);
    }

    /// Returns the pages as text, each ended by a form feed.
    pub(super) fn text(self) -> String {
        let count = self.filled.len();
        let mut text = String::new();
        for (number, page) in (1..).zip(&self.filled) {
            let blanks = self.room.saturating_sub(page.len());
            let number = format!("第{number}页/共{count}页");
            let rule = "-".repeat(COLUMNS);
            let body = self.head.iter().chain(page).map(String::as_str);
            let body = body.chain(std::iter::repeat_n("", blanks));
            let body = body.chain(std::iter::once(rule.as_str()));
            for line in body.chain(self.foot.iter().map(String::as_str)) {
                text.push_str(line.trim_end());
                text.push_str(LINE_END);
            }
            text.push_str(&at_right(&number));
            text.push_str(LINE_END);
            text.push_str(FORM_FEED);
        }
        text
    }
}

fn head(document: &Document) -> Vec<String> {
    let title = one_line(&document.title);
    let centred = breaking::wrap(&title, COLUMNS, cells)
        .into_iter()
        .map(|line| {
            let blanks = COLUMNS.saturating_sub(cells(&line)) / 2;
            format!("{}{line}", " ".repeat(blanks))
        });
    let mark = one_line(&document.mark);
    let mark = Some(mark).filter(|mark| !mark.is_empty());
    let mark = mark.into_iter().flat_map(|mark| {
        let lines = breaking::wrap(&mark, COLUMNS, cells);
        lines.into_iter().map(|line| at_right(&line))
    });
    centred.chain(mark).chain([String::new()]).collect()
}

/// The parts side by side, none cut in two unless it is longer than a line.
fn foot(document: &Document) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in document.foot.parts() {
        let part = one_line(&part);
        match lines.last_mut() {
            Some(line) if cells(line) + BETWEEN.len() + cells(&part) <= COLUMNS => {
                line.push_str(BETWEEN);
                line.push_str(&part);
            }
            _ => lines.extend(breaking::wrap(&part, COLUMNS, cells)),
        }
    }
    lines
}

fn at_right(text: &str) -> String {
    let blanks = COLUMNS.saturating_sub(cells(text));
    format!("{}{text}", " ".repeat(blanks))
}
