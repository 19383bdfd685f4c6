//! One answer for several forms of a visit: what is shared is asked once.
//!
//! Which questions are shared stands in the forms; an answer a person gave on a page stays there.

use std::{collections::BTreeMap, sync::Arc};

use super::editor::FormEditor;
use crate::domain::{form::Mark, value::Value};

impl FormEditor {
    /// Gives answers to the shared questions of the other pages; those of page `index` go first.
    pub(super) fn share_from(&mut self, index: usize) {
        let said = self.shared_answers(index);
        for (number, page) in self.pages.iter_mut().enumerate() {
            let form = Arc::clone(&page.form);
            for field in form.fields() {
                let mark = page.filled.marks.get(&field.key).copied();
                let (Some(name), false) = (&field.share, is_own(mark)) else {
                    continue;
                };
                match said.get(name) {
                    Some((source, _)) if *source == number => {}
                    Some((_, value)) => page.take_shared(field, value),
                    None if mark == Some(Mark::Shared) => {
                        page.filled.put(&field.key, None, Mark::Shared);
                    }
                    None => {}
                }
            }
            page.settle();
        }
    }

    /// Returns what the pages themselves say under each shared name, and which page says it.
    fn shared_answers(&self, first: usize) -> BTreeMap<String, (usize, Value)> {
        let mut said = BTreeMap::new();
        let order = std::iter::once(first).chain(0..self.pages.len());
        for (number, page) in order.filter_map(|n| Some((n, self.pages.get(n)?))) {
            for field in page.form.fields() {
                let mark = page.filled.marks.get(&field.key);
                let value = page.filled.answers.get(&field.key);
                if let (Some(name), Some(value), true) =
                    (&field.share, value, mark != Some(&Mark::Shared))
                {
                    let entry = said.entry(name.clone());
                    entry.or_insert_with(|| (number, value.clone()));
                }
            }
        }
        said
    }
}

/// Tells whether a person gave this answer on this very page.
fn is_own(mark: Option<Mark>) -> bool {
    matches!(mark, Some(Mark::Typed | Mark::Stated))
}
