//! Questions about agreements: one whole, a new one prefilled, lists, the register of a day.

pub(super) mod found;
mod lists;
mod paper;
mod people;
mod preview;
mod proposal;
mod registers;
mod units;
mod waiting;
mod whole;

pub(in crate::desk) use lists::KeyPeople;
pub(super) use registers::Promises;

use std::cmp::Reverse;

use crate::domain::order::Arrange as _;
use crate::{
    desk::{
        Stop,
        answers::{self, agreement::known},
        reply::{AgreementBrief, Covered},
    },
    domain::{
        agreement::{
            contract::{Agreement, LeftOut, Scope},
            doctor::Doctor,
            fulfilment::{Promise, Standing},
            rules::AgreementRules,
            state::State,
            team::Team,
            unit::Unit,
        },
        day::Day,
        household::Household,
        id::{AgreementId, HouseholdId, PersonId},
        rows::{agreement::AgreementRow, id_key},
        settings::Settings,
        tables::{Counter, Read},
    },
    store::{Error, Snapshot},
};

/// What every answer about agreements looks at.
pub(super) struct Look<'s> {
    pub snapshot: &'s Snapshot,
    pub today: Day,
    pub settings: Settings,
    pub rules: AgreementRules,
    pub doctors: Vec<Doctor>,
    pub teams: Vec<Team>,
    several_villages: bool,
}

impl<'s> Look<'s> {
    /// Looks at the snapshot on `today`.
    pub fn at(snapshot: &'s Snapshot, today: Day) -> Result<Self, Error> {
        let settings = super::settings_now(snapshot)?;
        Ok(Self {
            snapshot,
            today,
            rules: AgreementRules {
                include_k11: settings.key_include_k11,
                ..settings.agreements.clone()
            },
            settings,
            doctors: known::numbered(snapshot, &Counter::Doctor)?,
            teams: known::numbered(snapshot, &Counter::Team)?,
            several_villages: super::several_villages(snapshot)?,
        })
    }

    /// Tells an agreement in one line.
    pub fn brief(&self, agreement: &Agreement) -> Result<AgreementBrief, Error> {
        let (head, place) = self.whose(agreement.scope)?;
        let contents = &agreement.contents;
        let doctor = contents.doctor.and_then(|id| {
            let doctor = self.doctors.iter().find(|doctor| doctor.id == id);
            doctor.map(|doctor| doctor.name.clone())
        });
        let team = contents.team.and_then(|id| {
            let team = self.teams.iter().find(|team| team.id == id);
            team.map(|team| team.name.clone())
        });
        let covered = match agreement.signed() {
            Some(signed) => agreement
                .covered_on(self.today.max(signed.term.start))
                .len(),
            None => contents.covered.len(),
        };
        Ok(AgreementBrief {
            id: agreement.id,
            number: agreement.number.as_ref().map(ToString::to_string),
            state: agreement.state(),
            word: agreement.word(self.today, &self.rules),
            flags: agreement.flags(self.today, &self.rules, &self.doctors),
            scope: agreement.scope,
            head,
            place,
            phone: contents.phone.clone(),
            doctor: doctor.unwrap_or_default(),
            team: team.unwrap_or_default(),
            term: agreement.signed().map(|signed| signed.term.span()),
            years: contents.years,
            covered,
        })
    }

    /// Returns the head's name and place of a household; of a unit its name.
    fn whose(&self, scope: Scope) -> Result<(String, String), Error> {
        match scope {
            Scope::Household(id) | Scope::Members(id) => {
                let home: Option<Household> = self.snapshot.get(&id_key(id.0))?;
                let Some(home) = home else {
                    return Ok(Default::default());
                };
                let head = super::head_name(self.snapshot, &home)?;
                Ok((head, self.place(&home)?))
            }
            Scope::Unit(id) => {
                let unit: Option<Unit> = self.snapshot.get(&id_key(id.0))?;
                Ok((
                    unit.map(|unit| unit.name).unwrap_or_default(),
                    String::new(),
                ))
            }
        }
    }

    /// Returns where the household stands.
    pub fn place(&self, home: &Household) -> Result<String, Error> {
        super::place_of(self.snapshot, home, self.several_villages)
    }
}

/// Returns the agreements of a person: what covers him today first, then the latest.
pub(super) fn of_person(look: &Look<'_>, person: PersonId) -> Result<Vec<AgreementBrief>, Error> {
    let mut found = Vec::new();
    for row in known::of_person(look.snapshot, person)? {
        let days = row.agreement.coverage(person);
        let covers = days.is_some_and(|days| days.holds(look.today));
        found.push((covers, look.brief(&row.agreement)?));
    }
    found.arrange_by_key(|(covers, brief)| (!covers, Reverse(brief.id)));
    Ok(found.into_iter().map(|(_, brief)| brief).collect())
}

/// Returns the agreements of a household: those that run first, then the latest.
pub(super) fn of_household(
    look: &Look<'_>,
    household: HouseholdId,
) -> Result<Vec<AgreementBrief>, Error> {
    let mut found = Vec::new();
    for row in known::of_household(look.snapshot, household)? {
        found.push(look.brief(&row.agreement)?);
    }
    let runs = |brief: &AgreementBrief| matches!(brief.state, State::Active | State::Ending);
    found.arrange_by_key(|brief| (!runs(brief), Reverse(brief.id)));
    Ok(found)
}

/// Returns what covers somebody today, with its promises.
pub(super) fn covering(look: &Look<'_>, person: PersonId) -> Result<Option<Covered>, Error> {
    for row in known::of_person(look.snapshot, person)? {
        let days = row.agreement.coverage(person);
        if let Some(days) = days.filter(|days| days.holds(look.today)) {
            return Ok(Some(Covered {
                agreement: look.brief(&row.agreement)?,
                until: days.to,
                promises: people::promises(look, &row.agreement, person)?,
            }));
        }
    }
    Ok(None)
}

/// Returns why the agreement of the household that runs leaves the person out.
pub(super) fn left_out(
    look: &Look<'_>,
    household: HouseholdId,
    person: PersonId,
) -> Result<Option<LeftOut>, Error> {
    let runs = |state: State| matches!(state, State::Active | State::Ending);
    let rows = known::of_household(look.snapshot, household)?;
    let rows = rows.into_iter().filter(|row| runs(row.agreement.state()));
    let mut left = rows.flat_map(|row| row.agreement.contents.left_out);
    Ok(left.find(|left| left.person == person))
}

/// Returns what is promised the person and late, or late soon, soonest first.
pub(super) fn at_risk(look: &Look<'_>, person: PersonId) -> Result<Vec<Promise>, Error> {
    let covered = covering(look, person)?;
    let promises = covered.map_or_else(Vec::new, |covered| covered.promises);
    let is_risky = |promise: &Promise| match promise.standing(look.today, SOON_DAYS) {
        Standing::DueSoon | Standing::Behind => true,
        Standing::Kept | Standing::OnTrack | Standing::Broken => false,
    };
    let mut risky: Vec<Promise> = promises.into_iter().filter(is_risky).collect();
    risky.arrange_by_key(|promise| promise.due_next);
    Ok(risky)
}

/// A promise that would be broken within so many days is worth a word.
const SOON_DAYS: u32 = 30;

/// Returns the row of an agreement.
fn row(snapshot: &Snapshot, id: AgreementId) -> Result<AgreementRow, Stop> {
    answers::row(snapshot, id)
}
