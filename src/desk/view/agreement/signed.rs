//! What was signed on a day: the lines the register 签约工作登记表 is made of.

use std::collections::BTreeSet;

use super::Look;
use crate::{
    desk::{
        Desk, Stop,
        reply::{SignedRow, SigningDayView},
    },
    domain::{
        agreement::contract::{Agreement, Origin},
        day::{Day, year_start},
        household::Household,
        id::{DoctorId, HouseholdId, PersonId},
        person::Person,
        rows::{agreement::AgreementRow, id_key},
        tables::{Index, Key, Read, after_prefix},
    },
    store::{Error, Snapshot},
};

impl Desk {
    /// Returns what was signed, or went on by itself, on `day` (today where none is named), of
    /// one doctor or of all.
    pub(in crate::desk::view) fn signing_day(
        &self,
        day: Option<Day>,
        doctor: Option<DoctorId>,
    ) -> Result<SigningDayView, Stop> {
        let snapshot = self.store().snapshot()?;
        let look = Look::at(&snapshot, self.today_in(&snapshot)?)?;
        let day = day.unwrap_or(look.today);
        let is_wanted = |one: &Agreement| doctor.is_none() || one.contents.doctor == doctor;
        let mut rows = Vec::new();
        let (mut households, mut persons) = (BTreeSet::new(), BTreeSet::new());
        let first = year_start(chrono::Datelike::year(&day));
        for AgreementRow { agreement, .. } in between(&snapshot, first, day)? {
            if !is_wanted(&agreement) {
                continue;
            }
            let is_told = agreement.origin == Origin::BroughtIn;
            let Some(signed) = agreement.signed().filter(|_| !is_told) else {
                continue;
            };
            if signed.voided.is_none() {
                households.extend(agreement.scope.household());
                persons.extend(signed.members.iter().map(|member| member.person));
            }
            if signed.on == day {
                rows.push(line(&look, agreement)?);
            }
        }
        let households: BTreeSet<HouseholdId> = households;
        let persons: BTreeSet<PersonId> = persons;
        let mut residents = 0;
        snapshot.every(|person: Person| {
            residents += usize::from(person.is_here());
            Ok(true)
        })?;
        Ok(SigningDayView {
            today: look.today,
            day,
            doctor: look
                .doctors
                .iter()
                .find(|one| Some(one.id) == doctor)
                .cloned(),
            rows,
            year_households: households.len(),
            year_persons: persons.len(),
            covered: super::covered(&snapshot, day)?.len(),
            residents,
        })
    }
}

/// Returns what was signed between these days, in date order.
fn between(snapshot: &Snapshot, from: Day, to: Day) -> Result<Vec<AgreementRow>, Error> {
    let from = Key::new().day(from).bytes();
    let to = after_prefix(&Key::new().day(to).bytes());
    snapshot.listed(Index::AgreementSigned, &from, &to)
}

fn line(look: &Look<'_>, agreement: Agreement) -> Result<SignedRow, Stop> {
    let household: Option<Household> = match agreement.scope.household() {
        Some(id) => look.snapshot.get(&id_key(id.0))?,
        None => None,
    };
    let mut covered = Vec::new();
    let members = agreement.signed().map(|signed| signed.members.clone());
    for member in members.unwrap_or_default() {
        if member.page == 0
            && let Some(person) = look.person(member.person, None)?
        {
            covered.push((member.person, person.name, person.tags));
        }
    }
    Ok(SignedRow {
        brief: look.brief(&agreement)?,
        residents: household.map_or(covered.len(), |home| home.members.len()),
        covered,
        agreement,
    })
}
