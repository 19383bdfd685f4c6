//! Where the cursor goes: on, back, up and down, to another page.
//!
//! Automatic steps and Enter differ: a step alone goes to the next question that must still be
//! answered, Enter to the next one nobody answered elsewhere.

use super::{
    editor::{FormEditor, Touch},
    page::{Cell, Page, Place},
};
use crate::{
    domain::form::{Joint, Kind, Mark},
    tui::{keys::Code, widgets::field::Field as TextField},
};

impl FormEditor {
    /// Enter and Tab: on to the next field that is not prefilled; the last field stays.
    pub(super) fn move_on(&mut self) {
        if !self.settle_code() {
            return;
        }
        if self.is_unread() {
            self.notice = self.unread_fault();
            return;
        }
        if self.is_blank_row() {
            self.leave_rows();
            return;
        }
        if let Some(place) = self.next_by_hand() {
            self.arrive(place, false);
        }
    }

    /// Where Enter leads: the next place that is not prefilled; on a sheet nor stated.
    pub(super) fn next_by_hand(&self) -> Option<Place> {
        self.later().into_iter().find(|place| {
            let page = self.pages.get(place.page);
            let is_stated = |page: &Page| page.mark(*place) == Some(Mark::Stated);
            let prefilled = page.is_some_and(|page| {
                page.is_prefilled(*place) || self.is_in_columns() && is_stated(page)
            });
            let same_rows = place.cell.is_some() && same_field(*place, self.at);
            !prefilled || same_rows
        })
    }

    /// The step a field takes by itself once it is answered.
    pub(super) fn step_alone(&mut self) {
        let later = self.later();
        let after = || later.iter().copied();
        let is_joined = |place: &Place| {
            let field = self.pages.get(place.page).and_then(|p| p.field(*place));
            field.is_some_and(|field| field.joint == Joint::Slash)
        };
        let in_row = |place: &Place| place.cell.is_some() && same_field(*place, self.at);
        let next = after()
            .next()
            .filter(|place| is_joined(place) || in_row(place))
            .or_else(|| after().find(|place| self.is_open(*place)));
        self.swallows = true;
        // Without a next question the cursor stays, on the value it just took.
        self.arrive(next.unwrap_or(self.at), next.is_some());
    }

    /// ↑: to the field before, whatever stands in it; in rows to the row above.
    pub(super) fn go_up(&mut self) {
        self.settle_code();
        let target = self.row_beside(-1).or_else(|| self.before());
        if let Some(place) = target {
            self.arrive(place, false);
        }
    }

    /// ↓: to the next field, whatever stands in it; in rows to the row below.
    pub(super) fn go_down(&mut self) {
        self.settle_code();
        let after = |editor: &Self| {
            let in_rows = editor.at.cell.is_some();
            let mut later = editor.later().into_iter();
            later.find(|place| !(in_rows && same_field(*place, editor.at)))
        };
        let target = self.row_beside(1).or_else(|| after(self));
        if let Some(place) = target {
            self.arrive(place, false);
        }
    }

    /// Backspace where nothing is left to remove: the field before, ready to be edited.
    pub(super) fn go_back(&mut self) {
        if let Some(place) = self.before() {
            self.arrive(place, false);
        }
    }

    /// ←: in the text, then to the place before.
    pub(super) fn go_left(&mut self) {
        if self.edit(Code::Left) {
            self.keep_text();
        } else {
            self.go_back();
        }
    }

    /// →: in the text, then to the next place.
    pub(super) fn go_right(&mut self) {
        if self.edit(Code::Right) {
            self.keep_text();
            return;
        }
        if let Some(place) = self.later().first().copied() {
            self.arrive(place, false);
        }
    }

    /// Home and End in the text under the cursor.
    pub(super) fn go_within(&mut self, code: Code) {
        if self.edit(code) {
            self.keep_text();
        }
    }

    /// Turns to the next or the previous form; in a single form, or one filled in by sections,
    /// to the next or previous section first.
    pub(super) fn turn_page(&mut self, forward: bool) {
        let alone = self.pages.len() == 1;
        let page = self.pages.get(self.at.page);
        let by_section = alone || page.is_some_and(|page| page.form.in_sections);
        if by_section && self.turn_section(forward) || alone {
            return;
        }
        let target = if forward {
            self.at.page + 1
        } else {
            self.at.page.wrapping_sub(1)
        };
        if target < self.pages.len() {
            self.go_to_page(target);
        }
    }

    /// Goes to the first field of the next section that asks anything; backwards to
    /// the first of this one, and from there of the one before. Tells whether there is one.
    fn turn_section(&mut self, forward: bool) -> bool {
        let Some(page) = self.pages.get(self.at.page) else {
            return false;
        };
        let mut first = 0;
        let starts: Vec<usize> = page
            .form
            .sections
            .iter()
            .map(|section| {
                let start = first;
                first += section.fields.len();
                start
            })
            .collect();
        let of = |place: &Place| starts.partition_point(|start| *start <= place.field);
        let places = page.places(self.at.page);
        let here = of(&self.at);
        let target = if forward {
            places.iter().find(|place| here < of(place))
        } else {
            let earlier = || places.iter().filter(|place| **place < self.at);
            let section = earlier().next_back().map(of);
            earlier().find(|place| Some(of(place)) == section)
        };
        let Some(place) = target.copied() else {
            return false;
        };
        self.settle_code();
        self.arrive(place, false);
        true
    }

    /// Goes to a form, to its first open field.
    pub(super) fn go_to_page(&mut self, index: usize) {
        let mut places = self.all_places();
        places.retain(|place| place.page == index);
        let open = places.iter().find(|place| self.is_open(**place));
        if let Some(place) = open.or(places.first()).copied() {
            self.arrive(place, false);
        }
    }

    /// Goes to the first open field of the form in view; where nothing must be answered, to
    /// the first measurement that may be: by telephone a value is told, or none.
    pub(super) fn go_to_open_from_start(&mut self) {
        let page = self.at.page;
        let places = self.all_places().into_iter();
        let here: Vec<Place> = places.filter(|place| place.page == page).collect();
        let mut here = here.iter().copied();
        let open = here.clone().find(|place| self.is_open(*place));
        let found = open.or_else(|| here.find(|place| self.is_unmeasured(*place)));
        self.arrive(found.unwrap_or(self.at), found.is_some());
    }

    fn is_unmeasured(&self, place: Place) -> bool {
        self.pages.get(place.page).is_some_and(|page| {
            let field = page.field(place);
            let is_number =
                field.is_some_and(|field| matches!(field.kind, Kind::Int | Kind::Dec { .. }));
            is_number && place.cell.is_none() && page.text(place).is_empty()
        })
    }

    /// Puts the cursor at a place.
    pub(super) fn arrive(&mut self, place: Place, alone: bool) {
        if !same_field(place, self.at) && self.at.cell.is_some() {
            let left = self.at;
            if let Some(page) = self.pages.get_mut(left.page) {
                page.drop_empty_rows(left);
            }
        }
        self.at = place;
        self.text = self.text_at(place);
        self.touch = if alone { Touch::Alone } else { Touch::ByHand };
        if let Some(page) = self.pages.get_mut(place.page) {
            page.is_seen = true;
        }
    }

    /// Returns every place of every page, in order; in columns those of the sheet, in its order.
    pub(super) fn all_places(&self) -> Vec<Place> {
        if self.is_in_columns() {
            return self.column_places();
        }
        let pages = self.pages.iter().enumerate();
        pages.flat_map(|(index, page)| page.places(index)).collect()
    }

    /// Returns the places behind the cursor.
    fn later(&self) -> Vec<Place> {
        let mut places = self.all_places();
        match places.iter().position(|place| *place == self.at) {
            Some(at) => places.split_off(at + 1),
            None => {
                places.retain(|place| self.at < *place);
                places
            }
        }
    }

    /// Returns the places before the cursor.
    fn earlier(&self) -> Vec<Place> {
        let mut places = self.all_places();
        match places.iter().position(|place| *place == self.at) {
            Some(at) => places.truncate(at),
            None => places.retain(|place| *place < self.at),
        }
        places
    }

    fn keep_text(&mut self) {
        self.touch = Touch::Typed;
    }

    fn text_at(&self, place: Place) -> TextField {
        let Some(page) = self.pages.get(place.page) else {
            return TextField::default();
        };
        let is_choice = page
            .field(place)
            .is_none_or(|field| !field.options().is_empty());
        if is_choice {
            TextField::default()
        } else {
            TextField::of(&page.text(place))
        }
    }

    fn before(&self) -> Option<Place> {
        let rows_above = |place: &Place| same_field(*place, self.at);
        let mut earlier = self.earlier().into_iter().rev();
        if self.at.cell.is_some_and(|cell| cell.column == 0) {
            return earlier.find(|place| !rows_above(place));
        }
        earlier.next()
    }

    fn row_beside(&self, by: isize) -> Option<Place> {
        let cell = self.at.cell?;
        let target = Place {
            cell: Some(Cell {
                row: cell.row.checked_add_signed(by)?,
                ..cell
            }),
            ..self.at
        };
        self.all_places().contains(&target).then_some(target)
    }

    /// Tells whether the cursor stands at the start of the empty row below the others.
    fn is_blank_row(&self) -> bool {
        let Some(cell) = self.at.cell.filter(|cell| cell.column == 0) else {
            return false;
        };
        let page = self.pages.get(self.at.page);
        let Some(field) = page.and_then(|page| page.whole_field(self.at)) else {
            return false;
        };
        page.is_some_and(|page| page.rows(&field.key).len() <= cell.row)
            && self.text.text().is_empty()
    }

    fn leave_rows(&mut self) {
        let later = self.later().into_iter();
        let mut later = later.filter(|place| !same_field(*place, self.at));
        let next = later.find(|place| {
            let page = self.pages.get(place.page);
            !page.is_some_and(|page| page.is_prefilled(*place))
        });
        if let Some(place) = next {
            self.arrive(place, false);
        }
    }

    /// Tells whether an answer is expected here: on a sheet, wherever its columns are blank.
    pub(super) fn is_open(&self, place: Place) -> bool {
        let page = self.pages.get(place.page);
        page.is_some_and(|page| page.is_open(place) || self.is_in_columns() && page.is_blank(place))
    }

    pub(super) fn unread_fault(&self) -> Option<crate::domain::form::Fault> {
        let page = self.pages.get(self.at.page)?;
        page.read(self.at, self.text.text()).err()
    }
}

fn same_field(one: Place, other: Place) -> bool {
    (one.page, one.field) == (other.page, other.field)
}
