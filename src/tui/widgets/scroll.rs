//! Which row is selected and which rows are seen.
//!
//! It counts rows; what stands in them is the screen's.

use std::ops::Range;

/// A selection in a list that scrolls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scroll {
    selected: usize,
    top: usize,
}

/// A movement of the selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    Down,
    Up,
    PageDown,
    PageUp,
    First,
    Last,
}

impl Scroll {
    /// Returns the selected row, if there are `count` rows and any at all.
    pub fn selected(&self, count: usize) -> Option<usize> {
        count.checked_sub(1).map(|last| self.selected.min(last))
    }

    /// Selects a row and moves the rows seen along, so that it stands where the
    /// selected row stood.
    pub fn carry(&mut self, row: usize) {
        self.top = (self.top + row).saturating_sub(self.selected);
        self.selected = row;
    }

    /// Selects a row.
    pub fn select(&mut self, row: usize) {
        self.selected = row;
    }

    /// Moves the selection among `count` rows, `page` of them seen at once.
    /// At either end it stays.
    pub fn go(&mut self, to: Move, count: usize, page: usize) {
        let before = *self;
        let last = count.saturating_sub(1);
        let page = page.max(2) - 1;
        let at = self.selected.min(last);
        self.selected = match to {
            Move::Down => at.saturating_add(1),
            Move::Up => at.saturating_sub(1),
            Move::PageDown => at.saturating_add(page),
            Move::PageUp => at.saturating_sub(page),
            Move::First => 0,
            Move::Last => last,
        }
        .min(last);
        self.follow(count, page + 1);
        if let Move::Down | Move::Up = to {
            self.lead(before, count, page + 1);
        }
    }

    /// Where a single step moved the rows seen since `before`, moves them on by a fifth of the
    /// page: one sees what comes, and the steps after it move nothing.
    pub fn lead(&mut self, before: Self, count: usize, page: usize) {
        let page = page.max(1);
        let fifth = page / 5;
        let at = self.selected.min(count.saturating_sub(1));
        if before.top < self.top {
            let on = (before.top + fifth).min(at).min(count.saturating_sub(page));
            self.top = self.top.max(on);
        } else if self.top < before.top {
            let on = before.top.saturating_sub(fifth);
            self.top = self.top.min(on.max((at + 1).saturating_sub(page)));
        }
    }

    /// Scrolls so that the selected row is among the `page` rows seen, moving
    /// the rows as little as possible.
    pub fn follow(&mut self, count: usize, page: usize) {
        let page = page.max(1);
        let at = self.selected.min(count.saturating_sub(1));
        if at < self.top {
            self.top = at;
        } else if at >= self.top + page {
            self.top = at + 1 - page;
        }
        self.top = self.top.min(count.saturating_sub(page));
    }

    /// Returns the rows seen, of `count`, on a page of `page`.
    pub fn seen(&self, count: usize, page: usize) -> Range<usize> {
        let mut now = *self;
        now.follow(count, page);
        now.top..(now.top + page.max(1)).min(count)
    }

    /// Begins at the first row again.
    pub fn reset(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_stays_in_the_list_and_in_sight() {
        let mut scroll = Scroll::default();
        scroll.go(Move::Up, 10, 4);
        assert_eq!(scroll.selected(10), Some(0));
        scroll.go(Move::PageDown, 10, 4);
        assert_eq!((scroll.selected(10), scroll.seen(10, 4)), (Some(3), 0..4));
        scroll.go(Move::Down, 10, 4);
        assert_eq!((scroll.selected(10), scroll.seen(10, 4)), (Some(4), 1..5));
        scroll.go(Move::Last, 10, 4);
        assert_eq!((scroll.selected(10), scroll.seen(10, 4)), (Some(9), 6..10));
        assert_eq!((scroll.selected(2), scroll.seen(2, 4)), (Some(1), 0..2));
        assert_eq!(scroll.selected(0), None);
    }

    #[test]
    fn a_step_past_the_edge_shows_a_fifth_of_a_page_of_what_comes() {
        let mut scroll = Scroll::default();
        let mut seen = |to: Move, times: usize| {
            for _ in 0..times {
                scroll.go(to, 40, 15);
            }
            (scroll.selected(40).unwrap(), scroll.seen(40, 15).start)
        };
        assert_eq!(seen(Move::Down, 14), (14, 0));
        assert_eq!(seen(Move::Down, 1), (15, 3));
        assert_eq!(seen(Move::Down, 2), (17, 3));
        assert_eq!(seen(Move::Down, 1), (18, 6));
        assert_eq!(seen(Move::Up, 12), (6, 6));
        assert_eq!(seen(Move::Up, 1), (5, 3));
        assert_eq!(seen(Move::Up, 3), (2, 0));
        assert_eq!(seen(Move::Down, 37), (39, 25));
    }
}
