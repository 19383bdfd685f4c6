//! A table in plain text: columns as wide as they need, drawn with signs every printer has.
//!
//! Where 80 columns do not hold one row, its cells stand in several lines, the titles likewise;
//! a row is never cut in two unless it is longer than a page.

use super::{
    document::Grid,
    pages::Pages,
    plain::COLUMNS,
    printable::{cells, padded, printable},
};
use crate::domain::breaking;

/// The fewest columns a cell may have.
const LEAST: usize = 4;

/// The cells that stand side by side in one line of a row: places and widths.
type Deck = Vec<(usize, usize)>;

/// Puts the table.
pub(super) fn put(grid: &Grid, pages: &mut Pages) {
    if grid.columns.is_empty() {
        return;
    }
    let titles = grid.columns.iter().map(|column| printable(&column.title));
    let titles: Vec<String> = titles.collect();
    let rows = grid.rows.iter().map(|row| {
        let places = 0..grid.columns.len();
        let row = places.map(|at| printable(Grid::cell(row, at)));
        row.collect::<Vec<String>>()
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let decks = decks(grid, &titles, &rows);
    let mut head = vec![rule(&decks)];
    head.extend(lines(&titles, &decks));
    head.push(rule(&decks));
    let rows: Vec<Vec<String>> = rows.iter().map(|row| lines(row, &decks)).collect();
    let is_tall = rows.iter().any(|row| 1 < row.len());

    let first = rows.first().map_or(0, Vec::len);
    if pages.left() < head.len() + first + 1 {
        pages.turn();
    }
    for line in &head {
        pages.put(line.clone());
    }
    for (at, row) in rows.iter().enumerate() {
        let needed = row.len() + 1;
        let fits_a_page = needed + head.len() <= pages.room();
        if pages.left() < needed && fits_a_page {
            go_on(pages, &head, &decks, !is_tall || at == 0);
        }
        for line in row {
            if pages.left() < 2 {
                go_on(pages, &head, &decks, true);
            }
            pages.put(line.clone());
        }
        if is_tall || at + 1 == rows.len() {
            pages.put(rule(&decks));
        }
    }
}

/// Closes the table on this page and repeats its head on the next.
fn go_on(pages: &mut Pages, head: &[String], decks: &[Deck], is_open: bool) {
    if is_open && 0 < pages.left() {
        pages.put(rule(decks));
    }
    pages.turn();
    for line in head {
        pages.put(line.clone());
    }
}

/// Spreads the columns over as many lines as they need, then gives each line's free room to the
/// columns that want it most.
fn decks(grid: &Grid, titles: &[String], rows: &[Vec<String>]) -> Vec<Deck> {
    let mut decks: Vec<Deck> = vec![Vec::new()];
    let mut used = 1;
    for (at, column) in grid.columns.iter().enumerate() {
        let width = column.cells.clamp(LEAST, COLUMNS - 4);
        if COLUMNS < used + width + 1 {
            decks.push(Vec::new());
            used = 1;
        }
        if let Some(deck) = decks.last_mut() {
            deck.push((at, width));
        }
        used += width + 1;
    }
    let is_single = decks.len() == 1;
    for deck in &mut decks {
        widen(deck, titles, rows);
        if !is_single {
            fill(deck);
        }
    }
    decks
}

fn total(deck: &Deck) -> usize {
    1 + deck.iter().map(|(_, width)| width + 1).sum::<usize>()
}

fn widen(deck: &mut Deck, titles: &[String], rows: &[Vec<String>]) {
    let wanted = |at: usize| {
        let rows = rows.iter().map(Vec::as_slice);
        let texts = rows.chain([titles]).filter_map(|row| row.get(at));
        let lines = texts.flat_map(|text| text.split('\n'));
        lines.map(cells).max().unwrap_or(0)
    };
    let wanted: Vec<usize> = deck.iter().map(|(at, _)| wanted(*at)).collect();
    while total(deck) < COLUMNS {
        let lacking = deck.iter_mut().zip(&wanted);
        let most = lacking.max_by_key(|((_, width), wanted)| wanted.saturating_sub(*width));
        match most {
            Some(((_, width), wanted)) if *width < *wanted => *width += 1,
            _ => break,
        }
    }
}

/// The last column reaches the edge, so that the lines of a row end alike.
fn fill(deck: &mut Deck) {
    let free = COLUMNS.saturating_sub(total(deck));
    if let Some((_, width)) = deck.last_mut() {
        *width += free;
    }
}

fn rule(decks: &[Deck]) -> String {
    match decks {
        [deck] => {
            let parts = deck.iter().map(|(_, width)| "-".repeat(*width));
            format!("+{}+", parts.collect::<Vec<_>>().join("+"))
        }
        _ => "-".repeat(COLUMNS),
    }
}

fn lines(row: &[String], decks: &[Deck]) -> Vec<String> {
    decks
        .iter()
        .flat_map(|deck| deck_lines(row, deck))
        .collect()
}

fn deck_lines(row: &[String], deck: &Deck) -> Vec<String> {
    let wrapped = deck.iter().map(|(at, width)| {
        let text = row.get(*at).map_or("", String::as_str);
        (breaking::wrap(text, *width, cells), *width)
    });
    let wrapped: Vec<(Vec<String>, usize)> = wrapped.collect();
    let height = wrapped.iter().map(|(lines, _)| lines.len()).max();
    (0..height.unwrap_or(0))
        .map(|at| {
            let parts = wrapped.iter().map(|(lines, width)| {
                let line = lines.get(at).map_or("", String::as_str);
                padded(line, *width)
            });
            format!("|{}|", parts.collect::<Vec<_>>().join("|"))
        })
        .collect()
}
