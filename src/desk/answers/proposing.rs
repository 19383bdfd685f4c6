//! Entries that are proposed: confirmed or declined by a person, many in one entry; and those
//! a birth brings with it.

use std::collections::BTreeSet;

use super::{
    Pen,
    contact::{self, Growing},
};
use crate::{
    desk::{Stop, reply::LeftOut, request::ContactDraft, view::visit::course_row},
    domain::{
        course::{
            self, Course, PersonFacts, ProgrammeCourse,
            happening::{Declined, Enrolled, Happening},
        },
        day::{Day, plus_days},
        few,
        household::Household,
        id::PersonId,
        identity::Sex,
        person::{Person, key},
        programmes::{Facts, ProgrammeKind, child, pnc::Delivery},
        proposal::{How, Known, LOOKED_AT, Proposal, proposals},
        refusal::{ContactRefusal, PersonRefusal},
        rows::{CourseRow, id_key},
        settings::Settings,
        tables::Read,
        value::{Answers, Value},
    },
    store,
};

type Done = Result<(), Stop>;

/// Returns the household's people with what is proposed for them on `today`; of their cards
/// stands there what rules look at, and the name.
pub fn of_household<T: Read<Fault = store::Error>>(
    tables: &T,
    household: &Household,
    today: Day,
    settings: &Settings,
) -> Result<Vec<(Person, Vec<Proposal>)>, store::Error> {
    let mut members: Vec<(Person, Course)> = Vec::new();
    let mut looked_at = LOOKED_AT.to_vec();
    looked_at.push(key::NAME);
    for id in &household.members {
        let person: Option<Person> = tables.few(&id_key(id.0), &looked_at)?;
        if let Some(person) = person {
            let row: Option<CourseRow> = tables.few(&id_key(id.0), &[few::ENTRIES])?;
            members.push((person, row.map_or_else(Course::default, |row| row.course)));
        }
    }
    let is_visited = members.iter().any(|(_, course)| is_visited(course));
    let born: Vec<(PersonId, Day)> = members
        .iter()
        .filter_map(|(person, _)| Some((person.mother()?, person.birth()?)))
        .collect();
    let proposed = members.iter().map(|(person, course)| {
        let births = born.iter().filter(|(mother, _)| *mother == person.id);
        let known = Known {
            person,
            course,
            household,
            is_household_visited: is_visited,
            last_birth: births.map(|(_, day)| *day).max(),
        };
        proposals(&known, today, settings)
    });
    let proposed: Vec<Vec<Proposal>> = proposed.collect();
    let people = members.into_iter().map(|(person, _)| person);
    Ok(people
        .zip(proposed)
        .filter(|(_, proposals)| !proposals.is_empty())
        .collect())
}

fn is_visited(course: &Course) -> bool {
    let poverty = course.programmes.get(&ProgrammeKind::Poverty);
    poverty.is_some_and(ProgrammeCourse::is_open)
}

/// Enters everybody named who is still proposed; one whom the rules refuse is left out with
/// the reason, the others are entered.
pub fn enrol_many<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    these: &[(PersonId, ProgrammeKind)],
) -> Done {
    each(pen, these, |pen, person, programme| {
        let proposal = still_proposed(pen, person, programme)?;
        let entry = proposal
            .entries
            .iter()
            .find(|entry| entry.programme == programme);
        let facts = match entry.map(|entry| &entry.how) {
            Some(How::AtOnce(facts)) => facts.clone(),
            Some(How::OnForm) | None => {
                return Err(course::Refusal::FactsMissing(programme).into());
            }
        };
        let draft = ContactDraft {
            happening: Some(Happening::Enrolled(Enrolled {
                facts,
                ..Enrolled::in_programme(programme)
            })),
            ..ContactDraft::about(person.id, proposal.day)
        };
        contact::record(pen, &draft).map(|_| ())
    })
}

/// Declines what is proposed of these; it is proposed again when its ground changes.
pub fn decline<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    these: &[(PersonId, ProgrammeKind)],
    reason: &str,
) -> Done {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(ContactRefusal::NoReason.into());
    }
    each(pen, these, |pen, person, programme| {
        let proposal = still_proposed(pen, person, programme)?;
        let declined = Declined {
            programmes: BTreeSet::from([programme]),
            ground: proposal.ground,
            reason: reason.to_owned(),
        };
        let draft = ContactDraft {
            happening: Some(Happening::Declined(declined)),
            ..ContactDraft::about(person.id, pen.facts.today)
        };
        contact::record(pen, &draft).map(|_| ())
    })
}

fn each<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    these: &[(PersonId, ProgrammeKind)],
    mut one: impl FnMut(&mut Pen<'_, T>, &Person, ProgrammeKind) -> Done,
) -> Done {
    let these: BTreeSet<_> = these.iter().copied().collect();
    for (id, programme) in these {
        let person = pen.person(id)?;
        match one(pen, &person, programme) {
            Ok(()) => {}
            Err(Stop::Refused(why)) => pen.leave_out(LeftOut {
                person: id,
                name: person.name().to_owned(),
                programme,
                why,
            }),
            Err(failed @ Stop::Failed(_)) => return Err(failed),
        }
    }
    Ok(())
}

/// Returns the proposal that names the programme, as things stand now.
fn still_proposed<T: Read<Fault = store::Error>>(
    pen: &Pen<'_, T>,
    person: &Person,
    programme: ProgrammeKind,
) -> Result<Proposal, Stop> {
    if !person.is_here() {
        return Err(PersonRefusal::NotHere { person: person.id }.into());
    }
    let household = pen.household(person.household)?;
    let proposed = of_household(
        pen.tables,
        &household,
        pen.facts.today,
        &pen.settings()?.now(),
    )?;
    let own = proposed
        .into_iter()
        .find(|(other, _)| other.id == person.id);
    let names = |proposal: &Proposal| {
        let mut entries = proposal.entries.iter();
        entries.any(|entry| entry.programme == programme)
    };
    if let Some(proposal) = own.and_then(|(_, all)| all.into_iter().find(names)) {
        return Ok(proposal);
    }
    let course = course_row(pen.tables, person.id)?.course;
    let before = course.programmes.get(&programme);
    if before.is_some_and(ProgrammeCourse::is_open) {
        return Err(course::Refusal::AlreadyEnrolled(programme).into());
    }
    Err(ContactRefusal::NotProposed { programme }.into())
}

/// A newborn was registered (C1, G9): the child is entered in the children's programmes, a
/// mother living here leaves antenatal care and is looked after.
pub fn born<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    child: PersonId,
    card: &Answers,
) -> Done {
    let today = pen.facts.today;
    let Some(birth) = card.get(key::BIRTH).and_then(Value::date) else {
        return Ok(());
    };
    if today < birth || plus_days(birth, child::NEWBORN_DAYS) < today {
        return Ok(());
    }
    let sex = card.get(key::SEX).and_then(Value::code);
    let mut growing = Growing {
        person: child,
        facts: PersonFacts {
            birth,
            is_female: sex == Some(Sex::Female.code()),
            registered: Some(today),
        },
        course: Course::default(),
    };
    for programme in [
        ProgrammeKind::Child,
        ProgrammeKind::Vax,
        ProgrammeKind::TcmChild,
    ] {
        let entered = Happening::Enrolled(Enrolled::in_programme(programme));
        contact::go_on(pen, &mut growing, entered, birth)?;
    }
    let mother = card.get(key::MOTHER).and_then(Value::text);
    match mother.and_then(|id| id.trim().parse().ok()) {
        Some(mother) => delivered(pen, mother, birth),
        None => Ok(()),
    }
}

/// The mother of a child born here.
fn delivered<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    mother: PersonId,
    birth: Day,
) -> Done {
    let mother = pen.person(mother)?;
    let course = contact::course_now(pen, &mother)?;
    let is_open = |kind| {
        let programme: Option<&ProgrammeCourse> = course.programmes.get(&kind);
        programme.filter(|programme| programme.is_open())
    };
    let already = is_open(ProgrammeKind::Pnc).and_then(|pnc| pnc.facts.delivery());
    let is_told = already.is_some_and(|told| !told.is_over(birth));
    if !mother.is_here() || mother.sex() != Sex::Female || course.ended.is_some() || is_told {
        return Ok(());
    }
    let booked = is_open(ProgrammeKind::Anc).map_or(birth, |anc| anc.entered);
    let draft = ContactDraft {
        happening: Some(Happening::Enrolled(Enrolled {
            facts: Facts::Delivery(Delivery::on(birth)),
            ..Enrolled::in_programme(ProgrammeKind::Pnc)
        })),
        ..ContactDraft::about(mother.id, booked.max(birth).min(pen.facts.today))
    };
    contact::record(pen, &draft).map(|_| ())
}
