//! Who is on an agreement: doctor, members, representative, and the doctor's cap.

use std::collections::BTreeSet;

use super::named;
use crate::domain::{
    agreement::{
        approval::Involved,
        around::{Around, Resident},
        cap::{self, CapOverride, Fill, Panel},
        contract::{Contents, Representative, Scope},
        doctor::Doctor,
        refusal::{Field, MemberFault, Refusal, RepresentativeFault},
        rules::ADULT_YEARS,
    },
    day::Day,
    id::{HouseholdId, PersonId},
    person::PersonState,
};

/// Checks what T01 and T16 ask: a household or unit, somebody living in it, a doctor in service.
pub fn proposal(
    scope: Scope,
    contents: &Contents,
    around: &Around<'_>,
    today: Day,
) -> Vec<Refusal> {
    let mut found = Vec::new();
    let is_known = match scope {
        Scope::Household(id) | Scope::Members(id) => around
            .home
            .is_some_and(|home| home.id == id && home.ended.is_none()),
        Scope::Unit(id) => around.unit.is_some_and(|unit| unit.id == id),
    };
    if !is_known {
        found.push(Refusal::NoHousehold);
    }
    if contents.covered.is_empty() {
        found.push(Refusal::NoMember);
    }
    found.extend(members(scope, contents, around));
    found.extend(doctor(contents, around, today).err());
    found
}

/// Returns the doctor of record, in service on the day.
pub fn doctor<'a>(
    contents: &Contents,
    around: &Around<'a>,
    day: Day,
) -> Result<&'a Doctor, Refusal> {
    let id = contents.doctor.ok_or(Refusal::Field(Field::Doctor))?;
    let known = around.doctor(id);
    known.filter(|doctor| doctor.serves_on(day)).ok_or_else(|| {
        let name = known.map_or_else(|| id.to_string(), |doctor| doctor.name.clone());
        Refusal::Doctor { name }
    })
}

fn members(scope: Scope, contents: &Contents, around: &Around<'_>) -> Vec<Refusal> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for choice in &contents.covered {
        let fault = if seen.insert(choice.person) {
            member(scope, choice.person, around).err()
        } else {
            Some(MemberFault::Twice)
        };
        let who = named(around, choice.person);
        found.extend(fault.map(|fault| Refusal::Member { who, fault }));
    }
    found
}

/// Returns the resident, who lives here and belongs to what the agreement is for.
pub fn member<'a>(
    scope: Scope,
    person: PersonId,
    around: &Around<'a>,
) -> Result<&'a Resident, MemberFault> {
    let resident = around.person(person).ok_or(MemberFault::NotAPerson)?;
    match resident.state {
        PersonState::Died { .. } => return Err(MemberFault::Dead),
        PersonState::MovedOut { .. } => return Err(MemberFault::MovedOut),
        PersonState::Void { .. } => return Err(MemberFault::NotAPerson),
        PersonState::Here | PersonState::Lost { .. } => {}
    }
    let belongs = match scope {
        Scope::Household(id) | Scope::Members(id) => {
            let lives = around
                .home
                .is_some_and(|home| home.members.contains(&person));
            resident.household == id && lives
        }
        Scope::Unit(_) => around
            .unit
            .is_some_and(|unit| unit.residents().any(|one| one == person)),
    };
    belongs.then_some(resident).ok_or(MemberFault::Elsewhere)
}

/// Checks that somebody may sign for 乙方 (§5.4).
pub fn representative(
    scope: Scope,
    contents: &Contents,
    around: &Around<'_>,
    day: Day,
) -> Result<(), RepresentativeFault> {
    use RepresentativeFault as F;
    match contents.representative.as_ref().ok_or(F::Missing)? {
        Representative::Member(person) => {
            let resident = member(scope, *person, around).map_err(|_| F::NotTheirs)?;
            let is_adult = resident
                .years(day)
                .is_some_and(|years| ADULT_YEARS <= years);
            is_adult.then_some(()).ok_or(F::NotAdult)
        }
        Representative::Guardian { of, name, relation } => {
            let choice = contents.covered.iter().find(|choice| choice.person == *of);
            let choice = choice.ok_or(F::NotTheirs)?;
            let years = around.person(*of).and_then(|person| person.years(day));
            let is_ward = years.is_some_and(|years| years < ADULT_YEARS)
                || !choice.incapable.trim().is_empty();
            let is_named = !name.trim().is_empty() && !relation.trim().is_empty();
            (is_ward && is_named).then_some(()).ok_or(F::NotTheirs)
        }
        Representative::Contact { name } => {
            let is_units = matches!(scope, Scope::Unit(_)) && !name.trim().is_empty();
            is_units.then_some(()).ok_or(F::NotTheirs)
        }
    }
}

/// Checks that the doctor's panel takes these people, or that going above it is approved by
/// somebody else (§6).
pub fn cap(
    doctor: &Doctor,
    people: &[PersonId],
    above: Option<&CapOverride>,
    around: &Around<'_>,
) -> Result<Fill, Refusal> {
    let none = Panel::default();
    let panel = around.panels.get(&doctor.id).unwrap_or(&none);
    let more: Vec<(PersonId, HouseholdId)> = people
        .iter()
        .filter_map(|person| Some((*person, around.person(*person)?.household)))
        .collect();
    let (persons, households) = panel.with(more.iter().copied());
    let fill = cap::fill(doctor, around.rules, (persons, households));
    // Who joins a household of a full panel takes no more room among the households.
    let most = doctor.cap(around.rules);
    let too_many = |count: usize, before: usize, most: usize| before < count && most < count;
    let exceeds = too_many(persons, panel.persons.len(), most.persons)
        || most
            .households
            .is_some_and(|most| too_many(households, panel.households.len(), most));
    if !exceeds {
        return Ok(fill);
    }
    let approval = above
        .filter(|above| above.is_whole(around.rules))
        .and_then(|above| above.approval.as_ref());
    let Some(approval) = approval else {
        return Err(Refusal::Cap {
            persons,
            households,
            most,
        });
    };
    let involved = [by(around), of(doctor)];
    let is_free = approval.is_independent(&involved);
    is_free.then_some(fill).ok_or(Refusal::Approval)
}

/// Returns the doctor as somebody who may not approve his own.
pub fn of(doctor: &Doctor) -> Involved<'_> {
    Involved {
        staff: doctor.staff,
        name: &doctor.name,
    }
}

/// Returns who asks as somebody who may not approve it.
pub fn by(around: &Around<'_>) -> Involved<'static> {
    Involved {
        staff: Some(around.by),
        name: "",
    }
}
