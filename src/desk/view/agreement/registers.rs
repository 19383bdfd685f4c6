//! What the registers of agreements are made of: the 登记表 of a day, the sums of a campaign, the
//! 绩效统计表. The counting is the domain's.

use std::collections::{BTreeMap, BTreeSet};

use super::{Look, people::promises, whole};
use crate::{
    desk::{
        Desk, Stop,
        answers::{agreement::report, undo::staff_name},
        reply::{RegistersView, ReportTold},
        view::{TAGGED_AT, tags_on},
    },
    domain::{
        agreement::{
            contract::{Agreement, Representative, Scope},
            package::Package,
            register::Registered,
            reported::month_of,
            state::State,
            unit::Unit,
        },
        clinic::Village,
        day::{Day, plus_days, plus_months, year_start},
        household::{Household, Stay},
        id::{HouseholdId, PersonId, VillageId},
        person::{Person, key},
        rows::{
            agreement::{AgreementRow, state_prefix},
            id_key,
        },
        tables::{Index, Key, Read, after_prefix},
    },
    store::{Error, Snapshot},
};

/// Whether it is counted how much of each promise was done: that reads everybody's contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promises {
    Counted,
    LeftOut,
}

impl Desk {
    pub(in crate::desk::view) fn registers(
        &self,
        from: Day,
        until: Day,
        counted: Promises,
    ) -> Result<RegistersView, Stop> {
        let snapshot = self.store().snapshot()?;
        let look = Look::at(&snapshot, self.today_in(&snapshot)?)?;
        let first = year_start(chrono::Datelike::year(&from));
        let mut villages = BTreeMap::new();
        snapshot.every(|village: Village| {
            villages.insert(village.id, village.name);
            Ok(true)
        })?;
        let mut view = RegistersView {
            today: look.today,
            now: self.now(),
            villages: villages.values().cloned().collect(),
            from,
            until,
            registered: Vec::new(),
            promises: (counted == Promises::Counted).then(BTreeMap::new),
            reports: reports(&snapshot, from, until)?,
            residents: BTreeSet::new(),
            rules: look.rules.clone(),
            doctors: look.doctors.clone(),
            teams: look.teams.clone(),
            packages: whole::every::<Package>(&snapshot)?,
        };
        snapshot.every_few(&[], |person: Person| {
            if person.is_here() {
                view.residents.insert(person.id);
            }
            Ok(())
        })?;
        for key in served(&snapshot, first, until)? {
            let row: Option<AgreementRow> = snapshot.get(&key)?;
            let Some(row) = row else { continue };
            let signed = row.agreement.signed();
            let served = signed.filter(|signed| signed.on <= until && first <= signed.last_day());
            let Some(on) = served.map(|signed| signed.on) else {
                continue;
            };
            let one = registered(&look, row, (first <= on).then_some(&villages))?;
            if let Some(promised) = view.promises.as_mut().filter(|_| from <= on) {
                let mut told = Vec::new();
                for person in one.covered() {
                    told.extend(promises(&look, &one.agreement, person)?);
                }
                promised.insert(one.agreement.id, told);
            }
            view.registered.push(one);
        }
        Ok(view)
    }
}

/// Returns the keys of what may have served between these days, in the order of ids: what was
/// signed on them, and what had not reached the end of its term when they began.
fn served(snapshot: &Snapshot, first: Day, until: Day) -> Result<BTreeSet<Vec<u8>>, Error> {
    let ended = [
        State::Active,
        State::Ending,
        State::Renewed,
        State::Terminated,
        State::Expired,
        State::Superseded,
        State::Void,
    ];
    let signed = (
        Index::AgreementSigned,
        Key::new().day(first).bytes(),
        Key::new().day(plus_days(until, 1)).bytes(),
    );
    let ranges = ended.map(|state| {
        let all = state_prefix(state);
        let to = after_prefix(&all.clone().bytes());
        (Index::AgreementState, all.day(first).bytes(), to)
    });
    let mut keys = BTreeSet::new();
    for (index, from, to) in ranges.into_iter().chain([signed]) {
        snapshot.keys(index, &from, &to, &mut |_, row| {
            keys.insert(row.to_vec());
            Ok(())
        })?;
    }
    Ok(keys)
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

/// Tells an agreement as a register does. Without the names of the villages it is only counted,
/// as what served already when the year began: nothing more is looked up.
fn registered(
    look: &Look<'_>,
    row: AgreementRow,
    villages: Option<&BTreeMap<VillageId, String>>,
) -> Result<Registered, Error> {
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
    let Some(villages) = villages else {
        return Ok(one);
    };
    one.representative = representative(look, &one.agreement)?;
    let mut home: Option<Household> = None;
    match one.agreement.scope {
        Scope::Household(id) | Scope::Members(id) => {
            home = look.snapshot.few(&id_key(id.0), &TAGGED_AT)?;
            if let Some(home) = &home {
                one.village = villages.get(&home.village).cloned().unwrap_or_default();
                if let Some(head) = home.head {
                    one.head = name(look, head)?;
                }
            }
            one.residents = lived_in(look, id, on)?;
        }
        Scope::Unit(id) => {
            let unit: Option<Unit> = look.snapshot.get(&id_key(id.0))?;
            one.residents = unit.iter().flat_map(Unit::residents).collect();
            one.head = unit.map(|unit| unit.name).unwrap_or_default();
        }
    }
    // The groups as far as they follow from what is known now.
    for person in one.covered() {
        let tags = tags_on(look.snapshot, person, home.as_ref(), on)?;
        one.tags.insert(person, tags);
    }
    Ok(one)
}

fn representative(look: &Look<'_>, agreement: &Agreement) -> Result<String, Error> {
    Ok(match &agreement.contents.representative {
        None => String::new(),
        Some(Representative::Guardian { name, .. } | Representative::Contact { name }) => {
            name.clone()
        }
        Some(Representative::Member(person)) => name(look, *person)?,
    })
}

fn name(look: &Look<'_>, person: PersonId) -> Result<String, Error> {
    let person: Option<Person> = look.snapshot.few(&id_key(person.0), &[key::NAME])?;
    Ok(person.map_or_else(String::new, |person| person.name().to_owned()))
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
