//! New circumstances of an open form: its day was changed, a new day began, the rules propose.
//!
//! What a person typed stays; in a new visit what was carried is read anew, as if the form
//! opened now.

use std::sync::Arc;

use super::{
    editor::{FormEditor, Touch, hand_over},
    page::Page,
};
use crate::domain::{
    form::{
        FilledForm, FormContext, Mark, Proposed,
        fill::{self, Filled},
    },
    open_form::merged,
};

impl FormEditor {
    /// Takes what the desk knows for the day the forms are about now, one context a page.
    pub(super) fn surround(&mut self, contexts: Vec<FormContext>, carries: bool) {
        for (page, context) in self.pages.iter_mut().zip(contexts) {
            surround(page, context);
            if carries {
                carry_anew(page);
            }
            let form = Arc::clone(&page.form);
            page.filled.settle(&form, &page.context);
        }
        self.changed = true;
        if self.touch != Touch::Typed {
            let alone = self.touch == Touch::Alone;
            self.arrive(self.at, alone);
        }
    }

    /// Puts what was changed here onto what somebody else saved of the form meanwhile.
    pub(super) fn bring(&mut self, index: usize, there: Box<FilledForm>) {
        let Some(page) = self.pages.get_mut(index) else {
            return;
        };
        let now = hand_over(page);
        let whole = merged(page.before.as_ref(), &now, Some(&there)).filled;
        page.filled = Filled {
            answers: whole.answers,
            marks: whole.marks,
        };
        page.before = Some(*there);
        page.settle();
        self.changed = true;
        if self.touch != Touch::Typed {
            self.arrive(self.at, self.touch == Touch::Alone);
        }
    }

    /// Returns each form as it was found in progress, and as it is now.
    pub fn kept(&self) -> Vec<(Option<FilledForm>, FilledForm)> {
        let pages = self.pages.iter();
        pages
            .map(|page| (page.before.clone(), hand_over(page)))
            .collect()
    }

    /// Takes what the rules propose for page `index` where nobody answered.
    pub(super) fn take_proposal(&mut self, index: usize, proposed: Proposed) {
        let Some(page) = self.pages.get_mut(index) else {
            return;
        };
        let form = Arc::clone(&page.form);
        for field in form.fields().filter(|field| field.by_rules) {
            let mark = page.filled.marks.get(&field.key);
            if mark.is_none_or(|mark| *mark == Mark::Proposed) {
                let value = proposed.answers.get(&field.key).cloned();
                page.filled.put(&field.key, value, Mark::Proposed);
            }
        }
        page.context.proposed = proposed;
        if self.touch != Touch::Typed && index == self.at.page {
            self.arrive(self.at, self.touch == Touch::Alone);
        }
    }
}

fn surround(page: &mut Page, mut context: FormContext) {
    context.visit = page.context.visit;
    context.given.clone_from(&page.context.given);
    context.unproposed.clone_from(&page.context.unproposed);
    context.proposed.clone_from(&page.context.proposed);
    page.context = context;
}

fn carry_anew(page: &mut Page) {
    let form = Arc::clone(&page.form);
    let fresh = fill::opening(&form, &page.context);
    for field in form.fields() {
        let is_brought = |filled: &Filled| {
            let mark = filled.marks.get(&field.key);
            matches!(mark, Some(Mark::Carried | Mark::Card))
        };
        let is_free = !page.filled.answers.contains_key(&field.key);
        if is_brought(&fresh) && (is_free || is_brought(&page.filled)) {
            let mark = fresh.marks.get(&field.key).copied();
            let value = fresh.answers.get(&field.key).cloned();
            page.filled
                .put(&field.key, value, mark.unwrap_or(Mark::Carried));
        } else if is_brought(&page.filled) {
            page.filled.put(&field.key, None, Mark::Carried);
        }
    }
}
