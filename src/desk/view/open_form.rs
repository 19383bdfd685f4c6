//! Forms in progress as a visit shows them: how far each is, and who filled in what when.

use crate::{
    desk::{
        Stop,
        answers::{contact::open, undo::staff_name},
        reply::{OpenTold, PartTold},
    },
    domain::{clock, contact::Contact, id::PersonId},
    store::Snapshot,
};

/// Returns what is in progress of each form; of a correction nothing.
pub fn in_progress(
    snapshot: &Snapshot,
    person: PersonId,
    forms: &[String],
    correcting: Option<&Contact>,
) -> Result<Vec<Option<OpenTold>>, Stop> {
    if correcting.is_some() {
        return Ok(vec![None; forms.len()]);
    }
    let kept = open::of(snapshot, person)?;
    let told = forms.iter().map(|form| {
        let Some(open) = kept.of(form) else {
            return Ok(None);
        };
        let parts = open.parts.iter().map(|part| {
            Ok(PartTold {
                section: usize::from(part.section),
                by: staff_name(snapshot, part.by)?,
                on: clock::day_of(part.at),
            })
        });
        let parts: Result<Vec<PartTold>, Stop> = parts.collect();
        Ok(Some(OpenTold {
            begun: open.begun,
            filled: open.filled.clone(),
            progress: open.progress,
            parts: parts?,
        }))
    });
    told.collect()
}
