//! What the tables know around agreements: residents as agreements see them, the agreements of a
//! household or person, panels.

use std::collections::BTreeSet;

use crate::{
    desk::view,
    domain::{
        agreement::{around::Resident, cap::Panel, doctor::Doctor, promise::Degrees},
        course::{Course, standing},
        day::Day,
        household::Household,
        id::{DoctorId, HouseholdId, PersonId},
        person::{Person, key},
        programmes::{Facts as ProgrammeFacts, ProgrammeKind, poverty::HouseholdNeed},
        rows::{CourseRow, agreement::AgreementRow, id_key, panel},
        settings::Settings,
        tables::{Counter, Index, Key, Read, after_prefix},
    },
    store::Error,
};

/// Returns every row of a table whose ids are counted.
pub fn numbered<T: Read<Fault = Error>, R: crate::domain::tables::Row>(
    tables: &T,
    counter: &Counter,
) -> Result<Vec<R>, Error> {
    let mut rows = Vec::new();
    for id in 1..=tables.counter(counter)? {
        rows.extend(tables.get::<R>(&id_key(id))?);
    }
    Ok(rows)
}

/// Returns a resident as agreements see him; none where there is no such person.
pub fn resident<T: Read<Fault = Error>>(
    tables: &T,
    id: PersonId,
    doctors: &[Doctor],
    settings: &Settings,
    today: Day,
) -> Result<Option<Resident>, Error> {
    let Some(person) = tables.get::<Person>(&id_key(id.0))? else {
        return Ok(None);
    };
    let household: Option<Household> = tables.get(&id_key(person.household.0))?;
    let course: Option<CourseRow> = tables.get(&id_key(id.0))?;
    let course = course.map_or_else(Course::default, |row| row.course);
    let number = person.text(key::ID_NO);
    let own = doctors
        .iter()
        .find(|doctor| !number.is_empty() && doctor.id_no.trim() == number);
    let tags = household.map(|home| view::tags_of(&person, &home, &course, today));
    Ok(Some(Resident {
        id,
        name: person.name().to_owned(),
        birth: person.birth(),
        household: person.household,
        tags: tags.unwrap_or_default(),
        programmes: open(&person, &course, today),
        degrees: degrees(&course, settings),
        staff: own.and_then(|doctor| doctor.staff),
        state: person.state,
    }))
}

fn open(person: &Person, course: &Course, today: Day) -> BTreeSet<ProgrammeKind> {
    let birth = person.birth();
    let open = course.programmes.iter().filter(|(kind, programme)| {
        let is_over = |birth| standing::is_over(**kind, programme, birth, today);
        programme.is_open() && !birth.is_some_and(is_over)
    });
    open.map(|(kind, _)| *kind).collect()
}

/// Returns how often somebody is visited in a year by the degree of disability and need.
fn degrees(course: &Course, settings: &Settings) -> Degrees {
    let facts = |kind| course.programmes.get(&kind).map(|one| &one.facts);
    let yearly = |months: u32| (12 / months.max(1)).max(1);
    let disabled = facts(ProgrammeKind::Disabled).and_then(ProgrammeFacts::disability);
    let household = facts(ProgrammeKind::Poverty).and_then(ProgrammeFacts::household);
    Degrees {
        disabled: yearly(if disabled.is_some_and(|one| one.is_severe()) {
            settings.disabled_severe_months
        } else {
            settings.disabled_other_months
        }),
        household: yearly(match household {
            Some(HouseholdNeed::Monitored) => settings.poverty_monitored_months,
            Some(HouseholdNeed::Relieved) | None => settings.poverty_relief_months,
        }),
    }
}

/// Returns every agreement ever made with the household, in order of their ids.
pub fn of_household<T: Read<Fault = Error>>(
    tables: &T,
    household: HouseholdId,
) -> Result<Vec<AgreementRow>, Error> {
    let from = Key::new().number(household.0).bytes();
    tables.listed(Index::HouseholdAgreements, &from, &after_prefix(&from))
}

/// Returns every agreement that covers, covered or is to cover the person.
pub fn of_person<T: Read<Fault = Error>>(
    tables: &T,
    person: PersonId,
) -> Result<Vec<AgreementRow>, Error> {
    let from = Key::new().number(person.0).bytes();
    tables.listed(Index::PersonAgreements, &from, &after_prefix(&from))
}

/// Returns whom a doctor of record covers on the day.
///
/// # Errors
/// Fails with the disk.
pub fn panel<T: Read<Fault = Error>>(
    tables: &T,
    doctor: DoctorId,
    day: Day,
) -> Result<Panel, Error> {
    let (from, to) = panel::range(Some(doctor), day);
    let (mut persons, mut households, mut apart) = (Vec::new(), Vec::new(), Vec::new());
    tables.keys(Index::DoctorPanel, &from, &to, &mut |key, _| {
        if let Some(covered) = panel::read(key, day) {
            let person = covered.coverage.person;
            persons.push(person);
            match covered.household {
                Some(household) => households.push(household),
                None => apart.push(person),
            }
        }
        Ok(())
    })?;
    for person in apart {
        households.extend(household_of(tables, person)?);
    }
    Ok(Panel {
        persons: persons.into_iter().collect(),
        households: households.into_iter().collect(),
    })
}

fn household_of<T: Read<Fault = Error>>(
    tables: &T,
    person: PersonId,
) -> Result<Option<HouseholdId>, Error> {
    let person: Option<Person> = tables.get(&id_key(person.0))?;
    Ok(person.map(|person| person.household))
}
