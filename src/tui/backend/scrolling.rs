//! Finds the rows that only moved up or down, so that the terminal can move them itself.
//!
//! It weighs bytes, roughly; how a scroll is written stands with the other sequences.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    ops::RangeInclusive,
};

use ratatui::buffer::Cell;

use super::sgr::Pen;

/// Rows of a region that move by some rows; what leaves it is lost, what is left free is blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scroll {
    pub rows: RangeInclusive<usize>,
    pub by: usize,
    pub to: Way,
}

/// Where rows move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
}

/// So many rows must be found elsewhere before anything is weighed.
pub(super) const FEWEST: usize = 3;
/// What a scroll itself takes, and drawing apart what stood together.
const PRICE: i64 = 40;

/// A screen in rows.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub cells: &'a [Cell],
    pub width: usize,
}

impl<'a> Rows<'a> {
    fn row(self, at: usize) -> &'a [Cell] {
        let from = at.saturating_mul(self.width);
        self.cells.get(from..from + self.width).unwrap_or_default()
    }

    fn count(self) -> usize {
        self.cells.len() / self.width.max(1)
    }
}

/// Returns whether two cells look alike.
pub(super) fn alike(one: &Cell, other: &Cell) -> bool {
    if one.symbol() != other.symbol() {
        return false;
    }
    let (one_pen, pen) = (Pen::of(one), Pen::of(other));
    one_pen == pen || one.symbol() == " " && one_pen.blank_like(pen)
}

/// Returns the scroll that saves most on the way from one screen to the other, if one does.
pub(super) fn find(old: Rows<'_>, new: Rows<'_>) -> Option<Scroll> {
    let (to, by) = likeliest(old, new)?;
    let source = |row: usize| match to {
        Way::Up => row.checked_add(by).filter(|from| *from < old.count()),
        Way::Down => row.checked_sub(by),
    };
    let gain = |row: usize| {
        let from = source(row)?;
        Some(cost(old.row(row), new.row(row)) - cost(old.row(from), new.row(row)))
    };
    let (mut best, mut rows) = (0, None);
    let (mut sum, mut first) = (0, 0);
    for row in 0..new.count() {
        match gain(row).map(|gain| sum + gain) {
            Some(gained) if 0 < gained => sum = gained,
            Some(_) | None => (sum, first) = (0, row + 1),
        }
        if best < sum {
            (best, rows) = (sum, Some((first, row)));
        }
    }
    let (first, last) = rows?;
    let (rows, freed) = match to {
        Way::Up => (first..=last + by, last + 1..=last + by),
        Way::Down => (first - by..=last, first - by..=first - 1),
    };
    let blank = vec![Cell::EMPTY; new.width];
    let lost: i64 = freed
        .map(|row| cost(&blank, new.row(row)) - cost(old.row(row), new.row(row)))
        .sum();
    (PRICE + lost < best).then_some(Scroll { rows, by, to })
}

/// Returns where most of the rows that changed are found again, and how far away.
fn likeliest(old: Rows<'_>, new: Rows<'_>) -> Option<(Way, usize)> {
    let before: Vec<Option<u64>> = (0..old.count()).map(|at| mark(old.row(at))).collect();
    let mut found: HashMap<(bool, usize), usize> = HashMap::new();
    for row in 0..new.count() {
        let now = mark(new.row(row));
        if now.is_none() || before.get(row) == Some(&now) {
            continue;
        }
        for (from, _) in before.iter().enumerate().filter(|(_, then)| **then == now) {
            *found.entry((row < from, row.abs_diff(from))).or_default() += 1;
        }
    }
    let best = found
        .into_iter()
        .filter(|((_, by), rows)| 0 < *by && FEWEST <= *rows)
        .max_by_key(|((_, by), rows)| (*rows, std::cmp::Reverse(*by)));
    best.map(|((is_up, by), _)| (if is_up { Way::Up } else { Way::Down }, by))
}

/// Returns what rows that look alike have in common; nothing for a blank one.
fn mark(row: &[Cell]) -> Option<u64> {
    if row.iter().all(|cell| cell.symbol() == " ") {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    for cell in row {
        cell.symbol().hash(&mut hasher);
        if cell.symbol() != " " {
            (cell.fg, cell.bg, cell.modifier).hash(&mut hasher);
        }
    }
    Some(hasher.finish())
}

/// Returns about how many bytes lead from one row to another.
fn cost(from: &[Cell], to: &[Cell]) -> i64 {
    let changed = from.iter().zip(to).filter(|(from, to)| !alike(from, to));
    let bytes: usize = changed.map(|(_, to)| to.symbol().len()).sum();
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

/// Moves rows of a screen as a terminal does.
pub(super) fn apply(cells: &mut [Cell], width: usize, scroll: &Scroll) {
    let (from, to) = (
        *scroll.rows.start() * width,
        (scroll.rows.end() + 1) * width,
    );
    let Some(region) = cells.get_mut(from..to) else {
        return;
    };
    let moved = (scroll.by * width).min(region.len());
    let freed = match scroll.to {
        Way::Up => {
            region.rotate_left(moved);
            region.len() - moved..region.len()
        }
        Way::Down => {
            region.rotate_right(moved);
            0..moved
        }
    };
    for cell in region.get_mut(freed).into_iter().flatten() {
        cell.reset();
    }
}

/// Returns the bytes that let the terminal do the same; its cursor stands at the origin then.
pub(super) fn sequence(scroll: &Scroll) -> String {
    let (first, last) = (scroll.rows.start() + 1, scroll.rows.end() + 1);
    let (at, step) = match scroll.to {
        Way::Up => (last, "\n"),
        Way::Down => (first, "\x1bM"),
    };
    format!(
        "\x1b[{first};{last}r\x1b[{at}H{}\x1b[r",
        step.repeat(scroll.by)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::{buffer::Buffer, layout::Rect};

    fn rows(lines: &[&str]) -> Vec<Cell> {
        let height = u16::try_from(lines.len()).unwrap();
        let mut buffer = Buffer::empty(Rect::new(0, 0, 40, height));
        for (line, y) in lines.iter().zip(0..) {
            buffer.set_string(0, y, *line, ratatui::style::Style::new());
        }
        buffer.content
    }

    fn found(old: &[&str], new: &[&str]) -> Option<Scroll> {
        let (old, new) = (rows(old), rows(new));
        let of = |cells| Rows { cells, width: 40 };
        find(of(&old), of(&new))
    }

    const LIST: [&str; 6] = [
        "张秀英 女 67 3-012 高血压",
        "王桂兰 女 71 3-015 高血压",
        "李国强 男 58 3-015 糖尿病",
        "赵小宝 男 8月 1-003 麻腮风",
        "陈玉珍 女 31 2-021 产后访视",
        "周晓燕 女 35 1-022 体检",
    ];

    /// Five rows of the list from this one on, between a heading and a foot.
    fn from(first: usize) -> Vec<&'static str> {
        let shown = LIST.iter().copied().skip(first).take(5);
        ["heading"]
            .into_iter()
            .chain(shown)
            .chain(["foot"])
            .collect()
    }

    #[test]
    fn a_list_that_moved_is_found() {
        let scroll = |to| Scroll {
            rows: 1..=5,
            by: 1,
            to,
        };
        assert_eq!(found(&from(0), &from(1)), Some(scroll(Way::Up)));
        assert_eq!(found(&from(1), &from(0)), Some(scroll(Way::Down)));
        let gone = found(&LIST, &["", LIST[3], LIST[4], LIST[5], "", ""]).unwrap();
        assert_eq!((gone.by, gone.to), (2, Way::Up));
    }

    #[test]
    fn a_list_that_stays_is_not_moved() {
        let turned: Vec<&str> = LIST.into_iter().rev().collect();
        assert_eq!(found(&LIST, &LIST), None);
        assert_eq!(found(&LIST, &turned), None);
        assert_eq!(found(&["same"; 6], &["same"; 6]), None);
        assert_eq!(found(&LIST, &[""; 6]), None);
    }

    #[test]
    fn rows_move_as_in_a_terminal() {
        for to in [Way::Up, Way::Down] {
            let scroll = Scroll {
                rows: 1..=4,
                by: 2,
                to,
            };
            let mut cells = rows(&LIST);
            apply(&mut cells, 40, &scroll);
            let [first, second, third, fourth, fifth, last] = LIST;
            let seen = match to {
                Way::Up => [first, fourth, fifth, "", "", last],
                Way::Down => [first, "", "", second, third, last],
            };
            assert_eq!(cells, rows(&seen));
        }
    }
}
