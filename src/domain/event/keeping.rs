//! How forms in progress alter the derived rows.

use super::{Entry, apply::Done, contact};
use crate::domain::{
    open_form::{OpenForm, OpenForms, Part},
    rows,
    tables::Write,
};

/// Keeps a form as far as it is filled in, or ends it.
pub(super) fn form_kept<T: Write>(tables: &mut T, entry: &Entry, e: &contact::FormKept) -> Done<T> {
    let open: Option<OpenForms> = tables.get(&rows::id_key(e.person.0))?;
    let mut open = open.unwrap_or(OpenForms::none(e.person));
    let at = open.forms.iter().position(|f| f.filled.form == e.form);
    let before = at.map(|at| open.forms.remove(at));
    if let Some(filled) = &e.filled {
        let begun = before.as_ref().map_or(entry.day, |form| form.begun);
        let mut parts = before.map_or_else(Vec::new, |form| form.parts);
        parts.retain(|part| !e.sections.contains(&part.section));
        parts.extend(e.sections.iter().map(|section| Part {
            section: *section,
            by: entry.user,
            at: entry.at,
        }));
        parts.sort_by_key(|part| part.section);
        open.forms.push(OpenForm {
            begun,
            filled: filled.clone(),
            progress: e.progress,
            parts,
        });
    }
    tables.put(&open)?;
    Ok(())
}
