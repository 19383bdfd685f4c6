//! What the beginning of a day brings to agreements (agreements §9): everything due on it, in
//! one entry of the program's own.

use std::collections::BTreeMap;

use super::{Done, about::About, gather, known};
use crate::{
    desk::answers::Pen,
    domain::{
        agreement::{action::Action, cap::Panel, decide},
        day::{Day, plus_days},
        id::DoctorId,
        rows::agreement::AgreementRow,
        tables::{Index, Key, Read, after_prefix},
    },
    store::Error,
};

/// Returns the first day from `from` to `to` on which an agreement is due.
///
/// # Errors
/// Fails with the disk.
pub fn next<T: Read<Fault = Error>>(tables: &T, from: Day, to: Day) -> Result<Option<Day>, Error> {
    let (from, to) = days(from, to);
    let mut first: Option<Vec<u8>> = None;
    tables.keys(Index::AgreementRoll, &from, &to, &mut |_, row| {
        first.get_or_insert_with(|| row.to_vec());
        Ok(())
    })?;
    let row: Option<AgreementRow> = match first {
        Some(key) => tables.get(&key)?,
        None => None,
    };
    Ok(row.as_ref().and_then(AgreementRow::rolls_on))
}

/// Returns the agreements the roll comes to on these days, in date order.
///
/// # Errors
/// Fails with the disk.
pub fn due_between<T: Read<Fault = Error>>(
    tables: &T,
    from: Day,
    to: Day,
) -> Result<Vec<AgreementRow>, Error> {
    let (from, to) = days(from, to);
    tables.listed(Index::AgreementRoll, &from, &to)
}

fn days(from: Day, to: Day) -> (Vec<u8>, Vec<u8>) {
    let from = Key::new().day(from).bytes();
    (from, after_prefix(&Key::new().day(to).bytes()))
}

/// Rolls every agreement that is due on `day`; one the rules refuse stays as it is and the
/// others go on.
pub fn day<T: Read<Fault = Error>>(pen: &mut Pen<'_, T>, day: Day) -> Done {
    let mut panels: BTreeMap<DoctorId, Panel> = BTreeMap::new();
    for AgreementRow { agreement, .. } in due_between(pen.tables, day, day)? {
        let mut about = About::of(Some(&agreement), &Action::Roll, day);
        about.panel = None;
        let mut facts = gather::facts(pen.tables, pen.pending(), &about, pen.facts)?;
        if let Some(doctor) = agreement.contents.doctor {
            let panel = match panels.remove(&doctor) {
                Some(panel) => panel,
                None => known::panel(pen.tables, doctor, day)?,
            };
            facts.panels.insert(doctor, panel);
        }
        let outcome = decide(Some(&agreement), &facts.around(), &Action::Roll, day);
        let before = std::mem::take(&mut facts.panels);
        if let Ok(changes) = outcome {
            let is_renewed = changes.iter().any(|one| one.agreement == facts.next);
            panels.extend(before.into_iter().map(|(doctor, mut panel)| {
                if is_renewed {
                    let last = plus_days(day, -1);
                    panel.persons.extend(agreement.covered_on(last));
                    panel.households.extend(agreement.scope.household());
                }
                (doctor, panel)
            }));
            super::write(pen, &facts, Some(agreement), changes)?;
        } else {
            panels.extend(before);
        }
    }
    Ok(())
}
