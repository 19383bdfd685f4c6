//! Undo: the user's own last request of the day is taken back whole, as long
//! as nothing later touched the same.

use std::collections::BTreeSet;

use super::{Facts, agreement::known};
use crate::{
    desk::{Stop, reply::done::IMPORT},
    domain::{
        aspect::Aspect,
        clinic::Staff,
        event::{Entry, Event, RequestUndone},
        id::StaffId,
        refusal::RecordRefusal,
        rows::id_key,
        tables::Read,
    },
    store::{self, Writing},
};

/// How many entries back a user's own last request is looked for.
const LOOK_BACK: u64 = 500;

/// Returns the event that takes the user's last request of today back.
pub fn last(writing: &Writing<'_>, facts: &Facts) -> Result<Event, Stop> {
    let entry = own_last(writing, facts)?;
    let (first, last) = writing
        .request(&entry.request)?
        .unwrap_or((entry.seq, entry.seq));
    if !writing.can_restore(facts.today)? {
        return Err(RecordRefusal::NothingToUndo.into());
    }
    untouched_since(writing, first, last)?;
    Ok(Event::RequestUndone(RequestUndone { first, last }))
}

/// Returns the user's last entry of the day. One that stands is not passed over: whoever presses
/// the key means what they did last, and nothing older.
fn own_last(writing: &Writing<'_>, facts: &Facts) -> Result<Entry, Stop> {
    let head = writing.head()?;
    for seq in (head.saturating_sub(LOOK_BACK)..=head)
        .rev()
        .filter(|seq| 0 < *seq)
    {
        let entry = writing.entry(seq)?;
        if entry.day < facts.today {
            break;
        }
        if entry.user != facts.by || is_no_act(&entry) {
            continue;
        }
        if entry.day == facts.today && can_be_undone(&entry) {
            return Ok(entry);
        }
        return Err(RecordRefusal::Stands { cause: entry.cause }.into());
    }
    Err(RecordRefusal::NothingToUndo.into())
}

/// A mark of the round is a plan, taken off by its own key; that the clock was confirmed goes
/// with what it was confirmed for; a copy changes nothing.
fn is_no_act(entry: &Entry) -> bool {
    entry.events.iter().all(|event| {
        matches!(
            event,
            Event::RoundMarked(_)
                | Event::ClockConfirmed(_)
                | Event::CopyMade(_)
                | Event::CopyProven(_)
                | Event::CopyBroughtBack(_)
        )
    })
}

/// Setting up the clinic, its staff and villages, its settings and the clock, doctors and packages,
/// signatures, prints and reports sent have reverse actions of their own.
fn can_be_undone(entry: &Entry) -> bool {
    !entry.events.iter().any(|event| match event {
        Event::ClinicSetUp(_)
        | Event::ClinicRenamed(_)
        | Event::StaffAdded(_)
        | Event::StaffChanged(_)
        | Event::ClockConfirmed(_)
        | Event::PasswordGiven(_)
        | Event::RecoveryRenewed(_)
        | Event::AccountRecovered(_)
        | Event::SignInsTold(_)
        | Event::LooksTold(_)
        | Event::CopyMade(_)
        | Event::CopyProven(_)
        | Event::CopyBroughtBack(_)
        | Event::RoundMarked(_)
        | Event::SettingsChanged(_)
        | Event::TeamKept(_)
        | Event::UnitKept(_)
        | Event::PackageKept(_)
        | Event::VoucherKept(_)
        | Event::ReportSent(_) => true,
        // A doctor an import was told of goes with it.
        Event::DoctorKept(_) => entry.cause != IMPORT,
        Event::AgreementChanged(changed) => changed.change.is_binding(),
        _ => false,
    })
}

fn untouched_since(writing: &Writing<'_>, first: u64, last: u64) -> Result<(), Stop> {
    let aspects: BTreeSet<Aspect> = writing.touched(first, last)?.into_iter().collect();
    for aspect in aspects {
        let revision = writing.revision(aspect)?;
        if last < revision {
            let later = writing.entry(revision)?;
            return Err(RecordRefusal::UndoneTooLate {
                aspect,
                by: later.user,
                name: staff_name(writing, later.user)?,
                at: later.at,
            }
            .into());
        }
        unsigned_since(writing, aspect, last)?;
    }
    Ok(())
}

/// Refuses where an agreement went on since with whom this is about: what was signed was signed
/// by these people of this household, and signatures are not undone.
fn unsigned_since(writing: &Writing<'_>, aspect: Aspect, last: u64) -> Result<(), Stop> {
    let rows = match aspect {
        Aspect::PersonCard(person) => known::of_person(writing, person)?,
        Aspect::Membership(household) => known::of_household(writing, household)?,
        Aspect::HouseholdCard(_)
        | Aspect::Programme(_, _)
        | Aspect::Agreement(_)
        | Aspect::Clinic
        | Aspect::Settings(_)
        | Aspect::Parties => Vec::new(),
    };
    for row in rows {
        if let Some(step) = row.steps.iter().find(|step| last < step.seq) {
            return Err(RecordRefusal::UndoneTooLate {
                aspect: Aspect::Agreement(row.agreement.id),
                by: step.by,
                name: staff_name(writing, step.by)?,
                at: step.at,
            }
            .into());
        }
    }
    Ok(())
}

/// What the program calls itself where it did something by itself.
const PROGRAM: &str = "cunyi";

/// Returns a staff member's name, or the id where there is none.
pub fn staff_name<T: Read<Fault = store::Error>>(
    tables: &T,
    id: StaffId,
) -> Result<String, store::Error> {
    if id == StaffId::PROGRAM {
        return Ok(PROGRAM.to_owned());
    }
    let staff: Option<Staff> = tables.get(&id_key(id.0))?;
    Ok(staff.map_or_else(|| id.to_string(), |staff| staff.name))
}
