//! What every change must pass: the clock, the staff member, and that nothing
//! it was decided on changed meanwhile.

use super::{
    Stop,
    answers::{settings, undo::staff_name},
    request::Change,
    rights,
};
use crate::{
    domain::{
        clinic::Staff,
        clock::{self, Moment},
        day::Day,
        id::StaffId,
        refusal::{AccountRefusal, RecordRefusal, Stale},
        rows::id_key,
        tables::Read,
    },
    store::{self, Writing},
};

/// The clock may stand this much before the last entry.
const BEFORE: Moment = 5 * 60 * 1000;
/// … and this much after it.
const AFTER: Moment = 31 * 24 * 60 * 60 * 1000;

/// Compares the clock with the last entry. Returns whether the day given by the
/// user confirms a clock that stands far off.
pub fn clock(last: Moment, now: Moment, date_is: Option<Day>) -> Result<bool, Stop> {
    let far = last != 0 && (now < last - BEFORE || last + AFTER < now);
    if !far {
        return Ok(false);
    }
    if date_is == Some(clock::day_of(now)) {
        return Ok(true);
    }
    Err(RecordRefusal::Clock { last, now }.into())
}

/// The staff member exists, is active, and may do this. `able` leaves out whoever cannot come in.
pub fn staff(
    writing: &Writing<'_>,
    change: &Change,
    able: impl FnOnce(Vec<Staff>) -> Result<Vec<Staff>, store::Error>,
) -> Result<(), Stop> {
    let staff: Option<Staff> = writing.get(&id_key(change.by.0))?;
    match staff {
        Some(staff) if staff.active => {
            rights::may(&staff, &change.command, || able(settings::staff(writing)?))
        }
        Some(staff) => Err(RecordRefusal::NoStaff { name: staff.name }.into()),
        None => Err(RecordRefusal::NoStaff {
            name: change.by.to_string(),
        }
        .into()),
    }
}

/// Whoever signed in asks in their own name.
pub fn themselves(signed_in: Option<StaffId>, by: StaffId) -> Result<(), Stop> {
    match signed_in {
        Some(signed_in) if signed_in != by => Err(AccountRefusal::NotThemselves {
            name: by.to_string(),
        }
        .into()),
        _ => Ok(()),
    }
}

/// None of the aspects the change was decided on was touched since.
pub fn unchanged(writing: &Writing<'_>, change: &Change) -> Result<(), Stop> {
    for seen in &change.seen {
        let revision = writing.revision(seen.aspect)?;
        if revision != seen.revision {
            let entry = writing.entry(revision)?;
            let name = staff_name(writing, entry.user)?;
            let stale = Stale::of(seen.aspect, entry, name);
            return Err(RecordRefusal::Stale(Box::new(stale)).into());
        }
    }
    Ok(())
}
