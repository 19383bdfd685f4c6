//! The sections of a form filled in over days: how far each is, and the way to it.

use super::{editor::FormEditor, page::Place};
use crate::domain::{form::progress, text::Lang};

/// A section as its list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionRow {
    /// Its place in the form.
    pub index: usize,
    pub title: String,
    pub answered: usize,
    pub asked: usize,
    /// What must be answered and is not.
    pub open: usize,
    /// Whether the cursor stands in it.
    pub is_here: bool,
}

impl SectionRow {
    /// Returns whether it was begun and lacks nothing.
    pub const fn is_done(&self) -> bool {
        self.open == 0 && 0 < self.answered
    }
}

impl FormEditor {
    /// Says whether the form in view asks whether a referral is made.
    pub fn asks_referral(&self) -> bool {
        let page = self.pages.get(self.at.page);
        page.is_some_and(|page| page.form.referral.is_some())
    }

    /// Returns the sections of the form in view that ask anything; none of a form that is not
    /// filled in by sections.
    pub fn sections(&self, lang: Lang) -> Vec<SectionRow> {
        let page = self.pages.get(self.at.page);
        let Some(page) = page.filter(|page| page.form.in_sections) else {
            return Vec::new();
        };
        let sections = progress::sections(&page.form, &page.filled.answers, &page.context);
        let begun = sections
            .iter()
            .filter(|section| section.first <= self.at.field);
        let here = begun.count().checked_sub(1);
        let rows = sections
            .iter()
            .enumerate()
            .map(|(index, section)| SectionRow {
                index,
                title: section.title.get(lang).to_owned(),
                answered: section.answered,
                asked: section.asked,
                open: section.open,
                is_here: Some(index) == here,
            });
        rows.filter(|row| 0 < row.asked).collect()
    }

    /// Goes to the section at this place, to its first open field.
    pub(super) fn go_to_section(&mut self, index: usize) {
        let Some(page) = self.pages.get(self.at.page) else {
            return;
        };
        let mut fields = 0;
        let starts = page.form.sections.iter().map(|section| {
            let start = fields;
            fields += section.fields.len();
            start..fields
        });
        let Some(section) = starts.collect::<Vec<_>>().into_iter().nth(index) else {
            return;
        };
        let places = self.all_places().into_iter();
        let inside = |place: &Place| place.page == self.at.page && section.contains(&place.field);
        let places: Vec<Place> = places.filter(inside).collect();
        let open = places.iter().find(|place| self.is_open(**place));
        if let Some(place) = open.or(places.first()).copied() {
            self.settle_code();
            self.arrive(place, false);
        }
    }
}
