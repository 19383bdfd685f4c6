//! A document as plain text of 80 columns, 40 full-width characters, in pages.
//!
//! Every page has its title, foot and number and ends in a form feed.

use super::{
    document::{Block, Document, Signing},
    grid,
    pages::Pages,
    printable::{cells, one_line, padded, printable},
};
use crate::domain::breaking;

/// The columns of a page.
pub const COLUMNS: usize = 80;
/// A signature's line, 14 full-width characters.
const SIGN_HERE: usize = 28;
const DATE_HERE: &str = "日期：______年____月____日";
/// A paragraph's first line begins so.
const INDENT: &str = "    ";
/// A paragraph nobody may overlook begins so, on paper without bold type.
const STRONG: &str = "※ ";
/// Lines that must follow a heading on its page.
const AFTER_HEADING: usize = 4;

/// Returns the documents one after the other, in pages of so many lines, 30 or more.
pub fn text(documents: &[Document], lines: usize) -> String {
    let documents = documents.iter().map(|document| {
        let mut pages = Pages::of(document, lines);
        for block in &document.blocks {
            put(block, &mut pages);
        }
        pages.text()
    });
    documents.collect()
}

fn put(block: &Block, pages: &mut Pages) {
    match block {
        Block::Heading(text) => {
            pages.put(String::new());
            let lines = breaking::wrap(&printable(text), COLUMNS, cells);
            if pages.left() < lines.len() + AFTER_HEADING {
                pages.turn();
            }
            pages.put_together(lines);
        }
        Block::Text(text) => paragraph(INDENT, text, pages),
        Block::Strong(text) => paragraph(STRONG, text, pages),
        Block::Pairs(pairs) => put_pairs(pairs, pages),
        Block::Table(grid) => grid::put(grid, pages),
        Block::Signatures(places) => pages.put_together(signings(places)),
        Block::Cut => {
            let line = "- ".repeat(COLUMNS / 2);
            pages.put_together(vec![
                String::new(),
                line.trim_end().to_owned(),
                String::new(),
            ]);
        }
        Block::PageBreak => pages.turn(),
    }
}

fn paragraph(begin: &str, text: &str, pages: &mut Pages) {
    let text = printable(text);
    for text in text.split('\n') {
        for line in breaking::wrap(&format!("{begin}{text}"), COLUMNS, cells) {
            pages.put(line);
        }
    }
}

/// Two pairs stand in a line where both are short.
fn put_pairs(pairs: &[(String, String)], pages: &mut Pages) {
    const HALF: usize = COLUMNS / 2;
    let mut open: Option<String> = None;
    for (label, value) in pairs {
        let pair = printable(&format!("{label}：{value}"));
        let is_short = cells(&pair) < HALF && !pair.contains('\n');
        match (open.take(), is_short) {
            (Some(before), true) => pages.put(format!("{}{pair}", padded(&before, HALF))),
            (None, true) => open = Some(pair),
            (before, false) => {
                pages.put_all(before);
                pages.put_all(breaking::wrap(&pair, COLUMNS, cells));
            }
        }
    }
    pages.put_all(open);
}

/// The lines begin below each other where the labels allow it.
fn signings(places: &[Signing]) -> Vec<String> {
    let labels = places
        .iter()
        .map(|place| format!("{}：", one_line(&place.label)));
    let labels: Vec<String> = labels.collect();
    let room = COLUMNS - SIGN_HERE - 2 - cells(DATE_HERE);
    let short = labels
        .iter()
        .map(|label| cells(label))
        .filter(|wide| *wide <= room);
    let width = short.max().unwrap_or(0);
    let line = "_".repeat(SIGN_HERE);
    let mut lines = Vec::new();
    for (place, label) in places.iter().zip(&labels) {
        lines.push(String::new());
        let label = if cells(label) <= room {
            padded(label, width)
        } else {
            lines.extend(breaking::wrap(label, COLUMNS, cells));
            " ".repeat(width)
        };
        lines.push(format!("{label}{line}  {DATE_HERE}"));
        if !place.told.is_empty() {
            let told = format!("（{}）", one_line(&place.told));
            lines.extend(breaking::wrap(&told, COLUMNS, cells));
        }
    }
    lines
}
