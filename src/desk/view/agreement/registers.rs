//! What the registers of agreements are made of: the 登记表 of a day, the sums of a campaign, the
//! 绩效统计表. The counting is the domain's.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike as _;

use super::{Look, people::promises, whole};
use crate::{
    desk::{
        Desk, Stop,
        answers::{agreement::report, undo::staff_name},
        reply::{RegistersView, ReportTold},
        view::{
            side_by_side::{both, side_by_side},
            tagged::{InBrief, LivesAt},
        },
    },
    domain::{
        agreement::{
            contract::{Agreement, Representative, Scope},
            coverage::Coverage,
            fulfilment::Promise,
            package::Package,
            register::{Counted, Registered},
            reported::month_of,
            signed::Signed,
            state::State,
            unit::Unit,
        },
        clinic::Village,
        day::{Day, plus_months, year_start},
        few,
        id::{AgreementId, PersonId, VillageId},
        rows::{
            agreement::{AgreementRow, state_prefix},
            homes, id_key, panel,
            signings::{self, Signing},
        },
        tables::{Index, Read, after_prefix},
    },
    store::{Error, Snapshot},
};

/// Whether it is counted how much of each promise was done: that reads everybody's contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promises {
    Counted,
    LeftOut,
}

/// An agreement as a register tells it, and what it promises where that is counted.
type Told = (Registered, Option<Vec<Promise>>);

impl Desk {
    pub(in crate::desk::view) fn registers(
        &self,
        from: Day,
        until: Day,
        counted: Promises,
    ) -> Result<RegistersView, Stop> {
        let snapshot = self.store().snapshot()?;
        let look = Look::at(&snapshot, self.today_in(&snapshot)?)?;
        let mut villages = BTreeMap::new();
        snapshot.every(|village: Village| {
            villages.insert(village.id, village.name);
            Ok(true)
        })?;
        let mut ids = made_void(&snapshot, (from, until))?;
        let mut year = Vec::new();
        for signing in signings(&snapshot, year_start(from.year()), until)? {
            if from <= signing.on && signing.is_registered {
                ids.insert(signing.agreement);
            }
            year.extend(signing.counted);
        }
        let ((coverage, residents), people) = both(
            || Ok::<_, Error>((coverage(&look, from, until)?, residents(&snapshot)?)),
            // Of each the head, the representative and the members are told.
            || InBrief::of(&snapshot, ids.len() * 4),
        )?;
        let mut view = RegistersView {
            today: look.today,
            now: self.now(),
            villages: villages.values().cloned().collect(),
            from,
            until,
            registered: Vec::with_capacity(ids.len()),
            year,
            coverage,
            promises: (counted == Promises::Counted).then(BTreeMap::new),
            reports: reports(&snapshot, from, until)?,
            residents,
            rules: look.rules.clone(),
            doctors: look.doctors.clone(),
            teams: look.teams.clone(),
            packages: whole::every::<Package>(&snapshot)?,
        };
        let ids: Vec<AgreementId> = ids.into_iter().collect();
        let told = |id: AgreementId| told((&look, &people), id, &villages, counted);
        let parts = side_by_side(&ids, |part| {
            let told: Result<Vec<_>, Error> = part.iter().map(|id| told(*id)).collect();
            told
        })?;
        for (one, promised) in parts.into_iter().flatten().flatten() {
            let id = one.agreement.id;
            if let Some(all) = &mut view.promises {
                all.extend(promised.map(|promised| (id, promised)));
            }
            view.registered.push(one);
        }
        Ok(view)
    }
}

/// Returns everybody who lives here.
fn residents(snapshot: &Snapshot) -> Result<BTreeSet<PersonId>, Error> {
    let mut people = Vec::new();
    let to = after_prefix(&[]);
    snapshot.keys(Index::LivedIn, &[], &to, &mut |key, _| {
        people.extend(homes::read(key).iter().flat_map(homes::Home::members));
        Ok(())
    })?;
    Ok(people.into_iter().collect())
}

/// Returns who is covered on some of these days, whoever the doctor is.
fn coverage(look: &Look<'_>, from: Day, until: Day) -> Result<Vec<Coverage>, Error> {
    let doctors = look.doctors.iter().map(|doctor| Some(doctor.id));
    let mut covered = Vec::new();
    for doctor in doctors.chain([None]) {
        let (from, to) = panel::range(doctor, from);
        look.snapshot
            .keys(Index::DoctorPanel, &from, &to, &mut |key, _| {
                covered.extend(panel::read(key, until).map(|one| one.coverage));
                Ok(())
            })?;
    }
    Ok(covered)
}

/// Returns what was signed on these days, in the order of the days.
fn signings(snapshot: &Snapshot, from: Day, until: Day) -> Result<Vec<Signing>, Error> {
    let (from, to) = signings::range(from, until);
    let mut found = Vec::new();
    snapshot.keys(Index::AgreementSigned, &from, &to, &mut |key, _| {
        found.extend(signings::read(key));
        Ok(())
    })?;
    Ok(found)
}

/// Returns what was made void on these days and served in that year.
fn made_void(
    snapshot: &Snapshot,
    (from, until): (Day, Day),
) -> Result<BTreeSet<AgreementId>, Error> {
    let first = year_start(from.year());
    let void = state_prefix(State::Void);
    let to = after_prefix(&void.clone().bytes());
    let rows: Vec<AgreementRow> =
        snapshot.listed(Index::AgreementState, &void.day(first).bytes(), &to)?;
    let is_of_these_days = |signed: &Signed| {
        let voided = signed.voided.as_ref().map(|voided| voided.on);
        let is_within = voided.is_some_and(|on| from <= on && on <= until);
        is_within && signed.on <= until && first <= signed.last_day()
    };
    let rows = rows.iter().map(|row| &row.agreement);
    let void = rows.filter(|one| one.signed_here().is_some_and(is_of_these_days));
    Ok(void.map(|one| one.id).collect())
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

/// Tells an agreement as a register does, and where that is counted what it promises; none where
/// there is no such.
fn told(
    (look, people): (&Look<'_>, &InBrief<'_>),
    id: AgreementId,
    villages: &BTreeMap<VillageId, String>,
    counted: Promises,
) -> Result<Option<Told>, Error> {
    let keys = match counted {
        Promises::Counted => &[few::PROMISED][..],
        Promises::LeftOut => &[],
    };
    let Some(row) = look.snapshot.few(&id_key(id.0), keys)? else {
        return Ok(None);
    };
    let one = registered((look, people), row, villages)?;
    if counted == Promises::LeftOut || Counted::of(&one.agreement).is_none() {
        return Ok(Some((one, None)));
    }
    let mut told = Vec::new();
    for person in one.covered() {
        told.extend(promises(look, &one.agreement, person)?);
    }
    Ok(Some((one, Some(told))))
}

/// Tells an agreement as a register does.
fn registered(
    (look, people): (&Look<'_>, &InBrief<'_>),
    row: AgreementRow,
    villages: &BTreeMap<VillageId, String>,
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
    one.representative = representative(people, &one.agreement)?;
    let mut home: Option<LivesAt> = None;
    match one.agreement.scope {
        Scope::Household(id) | Scope::Members(id) => {
            if let Some(known) = people.home(id)? {
                let village = villages.get(&known.village);
                one.village = village.cloned().unwrap_or_default();
                if let Some(head) = known.head {
                    one.head = people.name(head)?;
                }
                home = Some((id, known.tags));
            }
            one.residents = people.lived_in(id, on)?;
        }
        Scope::Unit(id) => {
            let unit: Option<Unit> = look.snapshot.get(&id_key(id.0))?;
            one.residents = unit.iter().flat_map(Unit::residents).collect();
            one.head = unit.map(|unit| unit.name).unwrap_or_default();
        }
    }
    // The groups as far as they follow from what is known now.
    for person in one.covered() {
        let tags = people.tags(person, home, on)?;
        one.tags.insert(person, tags);
    }
    Ok(one)
}

fn representative(people: &InBrief<'_>, agreement: &Agreement) -> Result<String, Error> {
    Ok(match &agreement.contents.representative {
        None => String::new(),
        Some(Representative::Guardian { name, .. } | Representative::Contact { name }) => {
            name.clone()
        }
        Some(Representative::Member(person)) => people.name(*person)?,
    })
}
