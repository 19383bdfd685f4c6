//! The facts a decision about an agreement looks at, gathered from one view of the tables.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use super::{
    about::About,
    known::{numbered, of_household, of_person, panel, resident},
    report,
};
use crate::{
    desk::answers::{Facts, settings},
    domain::{
        agreement::{
            around::{Around, Home, Resident},
            cap::Panel,
            change,
            contract::{Agreement, Scope},
            doctor::Doctor,
            package::Package,
            reported::month_of,
            rules::AgreementRules,
            unit::Unit,
            voucher::Voucher,
        },
        clinic::Village,
        day::Day,
        event::Event,
        household::Household,
        id::{AgreementId, DoctorId, PersonId, StaffId},
        record_number::VillageCode,
        rows::{
            IdKey,
            agreement::{AgreementRow, package_key, voucher_key},
            id_key,
        },
        tables::{Counter, Index, Key, Read, after_prefix},
    },
    store::Error,
};

/// The facts, owned.
#[derive(Debug, Clone)]
pub struct Gathered {
    pub rules: AgreementRules,
    pub by: StaffId,
    pub home: Option<Home>,
    pub unit: Option<Unit>,
    pub people: Vec<Resident>,
    pub doctors: Vec<Doctor>,
    pub packages: Vec<Package>,
    pub vouchers: Vec<Voucher>,
    pub agreements: Vec<Agreement>,
    pub panels: BTreeMap<DoctorId, Panel>,
    pub evidence: BTreeMap<String, AgreementId>,
    pub village: Option<VillageCode>,
    pub serials: BTreeMap<i32, u32>,
    pub next: AgreementId,
    /// The last day of the month signed in, where its report was sent.
    pub reported: Option<Day>,
}

impl Gathered {
    /// Returns the facts as a decision takes them.
    pub fn around(&self) -> Around<'_> {
        Around {
            rules: &self.rules,
            by: self.by,
            home: self.home.as_ref(),
            unit: self.unit.as_ref(),
            people: &self.people,
            doctors: &self.doctors,
            packages: &self.packages,
            vouchers: &self.vouchers,
            agreements: &self.agreements,
            panels: &self.panels,
            evidence: &self.evidence,
            village: self.village.as_ref(),
            serials: &self.serials,
            next: self.next,
            reported: self.reported,
        }
    }
}

/// Gathers the facts; what this request has written down already (`pending`) stands with them.
///
/// # Errors
/// Fails with the disk.
pub fn facts<T: Read<Fault = Error>>(
    tables: &T,
    pending: &[Event],
    about: &About,
    who: &Facts,
) -> Result<Gathered, Error> {
    let (today, by) = (who.today, who.by);
    let settings = settings::kept(tables)?.now();
    let home = match about.scope.and_then(Scope::household) {
        Some(id) => tables.get::<Household>(&id.stored())?,
        None => None,
    };
    let unit = match about.scope {
        Some(Scope::Unit(id)) => tables.get::<Unit>(&id.stored())?,
        Some(Scope::Household(_) | Scope::Members(_)) | None => None,
    };
    let doctors: Vec<Doctor> = numbered(tables, &Counter::Doctor)?;
    let mut named = about.people_named();
    named.extend(home.iter().flat_map(|home| home.members.iter().copied()));
    let mut people = Vec::new();
    for person in &named {
        people.extend(resident(tables, *person, &doctors, &settings, today)?);
    }
    let agreements = agreements(tables, pending, about, &named)?;
    let rules = AgreementRules {
        include_k11: settings.key_include_k11,
        ..settings.agreements.clone()
    };
    let mut gathered = Gathered {
        rules,
        by,
        village: village(tables, home.as_ref())?,
        home: home.map(|home| Home {
            id: home.id,
            head: home.head,
            members: home.members,
            ended: home.ended,
        }),
        unit,
        people,
        doctors,
        packages: packages(tables, about)?,
        vouchers: vouchers(tables, about)?,
        agreements,
        panels: BTreeMap::new(),
        evidence: evidence(tables, about)?,
        serials: BTreeMap::new(),
        next: next(tables, pending)?,
        reported: report::sent(tables, about.day)?.map(|one| month_of(one.month).1),
    };
    if let Some(village) = &gathered.village {
        let years = [today.year(), about.day.year()];
        gathered.serials = serials(tables, pending, village, years)?;
    }
    if let Some(day) = about.panel {
        for doctor in about.doctors() {
            let panel = panel(tables, doctor, day)?;
            gathered.panels.insert(doctor, panel);
        }
    }
    Ok(gathered)
}

/// Returns the agreements that concern the household and the people, without the one asked
/// about.
fn agreements<T: Read<Fault = Error>>(
    tables: &T,
    pending: &[Event],
    about: &About,
    people: &BTreeSet<PersonId>,
) -> Result<Vec<Agreement>, Error> {
    let mut found: BTreeMap<AgreementId, Agreement> = BTreeMap::new();
    let mut take = |rows: Vec<AgreementRow>| {
        found.extend(
            rows.into_iter()
                .map(|row| (row.agreement.id, row.agreement)),
        );
    };
    if let Some(household) = about.scope.and_then(Scope::household) {
        take(of_household(tables, household)?);
    }
    for person in people {
        take(of_person(tables, *person)?);
    }
    for other in &about.others {
        take(tables.get(&id_key(other.0))?.into_iter().collect());
    }
    settle(&mut found, pending, people, about);
    found.retain(|id, _| Some(*id) != about.agreement);
    Ok(found.into_values().collect())
}

/// Lets the agreements stand as the pending events leave them.
fn settle(
    found: &mut BTreeMap<AgreementId, Agreement>,
    pending: &[Event],
    people: &BTreeSet<PersonId>,
    about: &About,
) {
    for event in pending {
        let Event::AgreementChanged(changed) = event else {
            continue;
        };
        let before = found.remove(&changed.agreement);
        let Some(after) = change::apply(before, changed) else {
            continue;
        };
        let household = about.scope.and_then(Scope::household);
        let is_homes = household.is_some() && after.scope.household() == household;
        let mut covered = after.contents.covered.iter();
        if is_homes || covered.any(|choice| people.contains(&choice.person)) {
            found.insert(after.id, after);
        }
    }
}

/// Returns the code of the household's village; of a unit's agreement that of the first
/// village that has one.
fn village<T: Read<Fault = Error>>(
    tables: &T,
    home: Option<&Household>,
) -> Result<Option<VillageCode>, Error> {
    if let Some(home) = home {
        let village: Option<Village> = tables.get(&home.village.stored())?;
        return Ok(village.and_then(|one| one.code?.parse().ok()));
    }
    let villages: Vec<Village> = numbered(tables, &Counter::Village)?;
    Ok(villages
        .into_iter()
        .find_map(|village| village.code?.parse().ok()))
}

fn packages<T: Read<Fault = Error>>(tables: &T, about: &About) -> Result<Vec<Package>, Error> {
    let chosen = about.contents.iter().flat_map(|one| &one.covered);
    let codes: BTreeSet<&String> = chosen.flat_map(|choice| &choice.extras).collect();
    let mut packages = Vec::new();
    for code in codes {
        packages.extend(tables.get::<Package>(&package_key(code))?);
    }
    Ok(packages)
}

fn vouchers<T: Read<Fault = Error>>(tables: &T, about: &About) -> Result<Vec<Voucher>, Error> {
    let lines = about.contents.iter().flat_map(|one| &one.fees);
    let numbers = lines.flat_map(|line| [&line.voucher.number, &line.reduction.number]);
    let numbers: BTreeSet<&str> = numbers
        .map(|number| number.trim())
        .filter(|number| !number.is_empty())
        .collect();
    let mut vouchers = Vec::new();
    for number in numbers {
        vouchers.extend(tables.get::<Voucher>(&voucher_key(number))?);
    }
    Ok(vouchers)
}

fn evidence<T: Read<Fault = Error>>(
    tables: &T,
    about: &About,
) -> Result<BTreeMap<String, AgreementId>, Error> {
    let mut used = BTreeMap::new();
    for number in about.evidence.iter().filter(|number| !number.is_empty()) {
        let from = Key::new().text(number).bytes();
        let rows: Vec<AgreementRow> =
            tables.listed(Index::Evidence, &from, &after_prefix(&from))?;
        let first = rows
            .iter()
            .find(|row| Some(row.agreement.id) != about.agreement);
        used.extend(first.map(|row| (number.clone(), row.agreement.id)));
    }
    Ok(used)
}

fn serials<T: Read<Fault = Error>>(
    tables: &T,
    pending: &[Event],
    village: &VillageCode,
    years: [i32; 2],
) -> Result<BTreeMap<i32, u32>, Error> {
    let mut serials = BTreeMap::new();
    for year in years {
        let counter = Counter::AgreementSerial(village.as_str().to_owned(), year);
        let last = u32::try_from(tables.counter(&counter)?).unwrap_or(u32::MAX);
        serials.insert(year, last);
    }
    for event in pending {
        if let Event::AgreementChanged(changed) = event
            && let change::Change::Numbered { number } = &changed.change
            && number.village() == village.as_str()
            && let Some(last) = serials.get_mut(&number.year())
        {
            *last = (*last).max(number.serial());
        }
    }
    Ok(serials)
}

fn next<T: Read<Fault = Error>>(tables: &T, pending: &[Event]) -> Result<AgreementId, Error> {
    let told = pending.iter().filter_map(|event| match event {
        Event::AgreementChanged(changed) => Some(changed.agreement.0),
        _ => None,
    });
    let last = tables.counter(&Counter::Agreement)?;
    Ok(AgreementId(last.max(told.max().unwrap_or_default()) + 1))
}
