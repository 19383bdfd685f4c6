//! Forms in progress as they are told: how far each is, and who filled in what when.

use crate::{
    catalog::Catalog,
    desk::{
        answers::{contact::open, undo::staff_name},
        reply::{OpenTold, PartTold},
    },
    domain::{clock, contact::Contact, id::PersonId, open_form::OpenForm, text::Label},
    store::{Error, Snapshot},
};

/// Returns what is in progress of each form; of a correction nothing.
pub fn in_progress(
    (snapshot, catalog): (&Snapshot, &Catalog),
    person: PersonId,
    forms: &[String],
    correcting: Option<&Contact>,
) -> Result<Vec<Option<OpenTold>>, Error> {
    if correcting.is_some() {
        return Ok(vec![None; forms.len()]);
    }
    let kept = open::of(snapshot, person)?;
    let told = forms.iter().map(|form| {
        let open = kept.of(form);
        open.map(|open| told(snapshot, catalog, open)).transpose()
    });
    told.collect()
}

/// Returns everything that is in progress for a person.
pub fn all(
    snapshot: &Snapshot,
    catalog: &Catalog,
    person: PersonId,
) -> Result<Vec<OpenTold>, Error> {
    let kept = open::of(snapshot, person)?;
    let forms = kept.forms.iter();
    forms.map(|open| told(snapshot, catalog, open)).collect()
}

fn told(snapshot: &Snapshot, catalog: &Catalog, open: &OpenForm) -> Result<OpenTold, Error> {
    let parts = open.parts.iter().map(|part| {
        Ok(PartTold {
            section: usize::from(part.section),
            by: staff_name(snapshot, part.by)?,
            on: clock::day_of(part.at),
        })
    });
    let parts: Result<Vec<PartTold>, Error> = parts.collect();
    let form = catalog.edition(&open.filled.form, &open.filled.edition);
    let nameless = || Label {
        zh: open.filled.form.clone(),
        en: open.filled.form.clone(),
    };
    Ok(OpenTold {
        title: form.map_or_else(nameless, |form| form.title.clone()),
        begun: open.begun,
        filled: open.filled.clone(),
        progress: open.progress,
        parts: parts?,
    })
}
