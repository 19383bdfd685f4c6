//! How far each section of a form is, so that one can leave it and come back.
//!
//! A pure count over the answers; drafts themselves are kept elsewhere.

use super::{
    check::{is_asked, is_needed},
    condition::is_given,
    context::FormContext,
    definition::{FormDef, Kind, Section},
};
use crate::domain::{text::Label, value::Answers};

/// How far one section is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    pub title: &'a Label,
    /// Place of the section's first field in the order of asking.
    pub first: usize,
    /// Fields asked of this person, calculated ones left out.
    pub asked: usize,
    pub answered: usize,
    /// Fields that must be answered and are not.
    pub open: usize,
}

impl Progress<'_> {
    /// Tells whether nothing that must be answered is open.
    pub const fn is_done(&self) -> bool {
        self.open == 0
    }
}

/// Returns every section in order, also those of which nothing is asked.
pub fn sections<'a>(
    form: &'a FormDef,
    answers: &Answers,
    context: &FormContext,
) -> Vec<Progress<'a>> {
    let mut first = 0;
    form.sections
        .iter()
        .map(|section| {
            let progress = of_section(section, first, answers, context);
            first += section.fields.len();
            progress
        })
        .collect()
}

fn of_section<'a>(
    section: &'a Section,
    first: usize,
    answers: &Answers,
    context: &FormContext,
) -> Progress<'a> {
    let mut progress = Progress {
        title: &section.title,
        first,
        asked: 0,
        answered: 0,
        open: 0,
    };
    let typed = |kind: &Kind| !matches!(kind, Kind::Calc { .. });
    for field in section.fields.iter().filter(|field| typed(&field.kind)) {
        if !is_asked(field, answers, context) {
            continue;
        }
        progress.asked += 1;
        if answers.get(&field.key).is_some_and(is_given) {
            progress.answered += 1;
        } else if !field.by_rules && is_needed(field, answers, context) {
            progress.open += 1;
        }
    }
    progress
}
