//! What the registers of agreements are made of: the 登记表 of a day, the sums of a campaign, the
//! 绩效统计表. The counting is the domain's.

use std::collections::{BTreeMap, BTreeSet};

use super::{Look, people::promises, whole};
use crate::{
    desk::{
        Desk, Stop,
        answers::{agreement::report, undo::staff_name},
        reply::{RegistersView, ReportTold},
        view::{course_of, tags_of},
    },
    domain::{
        agreement::{
            contract::{Agreement, Representative, Scope},
            package::Package,
            register::Registered,
            reported::month_of,
            unit::Unit,
        },
        clinic::Village,
        day::{Day, plus_months, year_start},
        household::{Household, Stay},
        id::{HouseholdId, PersonId},
        person::Person,
        rows::{IdKey, agreement::AgreementRow, id_key},
        tables::{Index, Key, Read, after_prefix},
        tags::TagSet,
    },
    store::{Error, Snapshot},
};

impl Desk {
    pub(in crate::desk::view) fn registers(
        &self,
        from: Day,
        until: Day,
    ) -> Result<RegistersView, Stop> {
        let snapshot = self.store().snapshot()?;
        let look = Look::at(&snapshot, self.today_in(&snapshot)?)?;
        let first = year_start(chrono::Datelike::year(&from));
        let mut rows: Vec<AgreementRow> = Vec::new();
        snapshot.every(|row: AgreementRow| {
            let signed = row.agreement.signed();
            if signed.is_some_and(|signed| signed.on <= until && first <= signed.last_day()) {
                rows.push(row);
            }
            Ok(true)
        })?;
        let mut view = RegistersView {
            today: look.today,
            now: self.now(),
            villages: Vec::new(),
            from,
            until,
            registered: Vec::new(),
            promises: BTreeMap::new(),
            reports: reports(&snapshot, from, until)?,
            residents: BTreeSet::new(),
            rules: look.rules.clone(),
            doctors: look.doctors.clone(),
            teams: look.teams.clone(),
            packages: whole::every::<Package>(&snapshot)?,
        };
        snapshot.every(|village: Village| {
            view.villages.push(village.name);
            Ok(true)
        })?;
        snapshot.every(|person: Person| {
            if person.is_here() {
                view.residents.insert(person.id);
            }
            Ok(true)
        })?;
        for row in rows {
            let signed = row.agreement.signed().map(|signed| signed.on);
            let is_shown = signed.is_some_and(|on| first <= on);
            let one = registered(&look, row, is_shown)?;
            if signed.is_some_and(|on| from <= on && on <= until) {
                let mut told = Vec::new();
                for person in one.covered() {
                    told.extend(promises(&look, &one.agreement, person)?);
                }
                view.promises.insert(one.agreement.id, told);
            }
            view.registered.push(one);
        }
        Ok(view)
    }
}

/// Returns the reports sent of the months these days are in.
fn reports(snapshot: &Snapshot, from: Day, until: Day) -> Result<Vec<ReportTold>, Error> {
    let mut told = Vec::new();
    let mut month = month_of(from).0;
    while month <= until {
        if let Some(reported) = report::sent(snapshot, month)?
            && let Some(sent) = reported.sent.last()
        {
            let rows = report::corrections(snapshot, &reported)?;
            let numbers = rows.iter().map(|row| {
                let number = row.agreement.number.as_ref();
                number.map_or_else(|| row.agreement.id.to_string(), ToString::to_string)
            });
            told.push(ReportTold {
                month,
                by: staff_name(snapshot, sent.by)?,
                times: reported.sent.len(),
                corrections: numbers.collect(),
                sent: sent.clone(),
            });
        }
        month = plus_months(month, 1);
    }
    Ok(told)
}

/// Tells an agreement as a register does; what served already when the year began is only
/// counted, so nothing more is looked up.
fn registered(look: &Look<'_>, row: AgreementRow, is_shown: bool) -> Result<Registered, Error> {
    let entered = row.steps.iter().find(|step| step.what == "signed");
    let on = row
        .agreement
        .signed()
        .map_or(look.today, |signed| signed.on);
    let mut one = Registered {
        entered: entered.map_or(on, |step| step.day),
        village: String::new(),
        head: String::new(),
        representative: String::new(),
        residents: BTreeSet::new(),
        tags: BTreeMap::new(),
        agreement: row.agreement,
    };
    if !is_shown {
        return Ok(one);
    }
    (one.head, _) = look.whose(one.agreement.scope)?;
    one.representative = representative(look, &one.agreement)?;
    match one.agreement.scope {
        Scope::Household(id) | Scope::Members(id) => {
            let home: Option<Household> = look.snapshot.get(&id_key(id.0))?;
            if let Some(home) = &home {
                let village: Option<Village> = look.snapshot.get(&home.village.stored())?;
                one.village = village.map(|village| village.name).unwrap_or_default();
            }
            one.residents = lived_in(look, id, on)?;
        }
        Scope::Unit(id) => {
            let unit: Option<Unit> = look.snapshot.get(&id_key(id.0))?;
            one.residents = unit.iter().flat_map(Unit::residents).collect();
        }
    }
    for person in one.covered() {
        one.tags.insert(person, tags(look, person, on)?);
    }
    Ok(one)
}

fn representative(look: &Look<'_>, agreement: &Agreement) -> Result<String, Error> {
    Ok(match &agreement.contents.representative {
        None => String::new(),
        Some(Representative::Guardian { name, .. } | Representative::Contact { name }) => {
            name.clone()
        }
        Some(Representative::Member(person)) => {
            let person: Option<Person> = look.snapshot.get(&id_key(person.0))?;
            person.map_or_else(String::new, |person| person.name().to_owned())
        }
    })
}

/// Returns who lived in the household on the day.
fn lived_in(
    look: &Look<'_>,
    household: HouseholdId,
    day: Day,
) -> Result<BTreeSet<PersonId>, Error> {
    let from = Key::new().number(household.0).bytes();
    let stays: Vec<Stay> =
        look.snapshot
            .listed(Index::HouseholdStays, &from, &after_prefix(&from))?;
    let lived = stays.into_iter().filter(|stay| {
        stay.from.is_none_or(|from| from <= day) && stay.until.is_none_or(|until| day <= until)
    });
    Ok(lived.map(|stay| stay.person).collect())
}

/// Returns the groups the person belonged to on the day, as far as they follow from what is
/// known now.
fn tags(look: &Look<'_>, person: PersonId, day: Day) -> Result<TagSet, Error> {
    let Some(person) = look.snapshot.get::<Person>(&id_key(person.0))? else {
        return Ok(TagSet::EMPTY);
    };
    let home: Option<Household> = look.snapshot.get(&id_key(person.household.0))?;
    let course = course_of(look.snapshot, person.id)?;
    let tags = home.map(|home| tags_of(&person, &home, &course.course, day));
    Ok(tags.unwrap_or_default())
}
