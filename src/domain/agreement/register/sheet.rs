//! The sheet of a doctor and day: its lines, the sums of the day and of the year, and the share of
//! residents who are covered.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::Datelike as _;

use super::{Counted, Counts, Line, Registered, SigningKind, Sums};
use crate::domain::{
    agreement::{coverage::Coverage, rules::AgreementRules},
    day::{Day, year_start},
    id::{DoctorId, HouseholdId, PersonId},
};

/// Those a doctor signed since 1 January.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct YearSums {
    pub households: BTreeSet<HouseholdId>,
    pub persons: BTreeSet<PersonId>,
}

/// The sheet of one doctor and day.
#[derive(Debug, Clone)]
pub struct Sheet<'a> {
    pub day: Day,
    pub doctor: DoctorId,
    /// In the order of entry; those of one day by the agreement's id.
    pub lines: Vec<Line<'a>>,
    pub day_sums: Sums,
    /// The doctor's, from 1 January to this day.
    pub year_sums: YearSums,
    /// Residents of the ground with coverage on the day, whoever their doctor is.
    pub covered: Arc<BTreeSet<PersonId>>,
    /// Residents of the ground.
    pub residents: &'a BTreeSet<PersonId>,
}

/// What a register is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub rules: &'a AgreementRules,
    /// Whether K11 is a group of key people.
    pub include_k11: bool,
    /// Who lives on the ground the rate of coverage is of, on the day.
    pub residents: &'a BTreeSet<PersonId>,
    /// Everybody covered on the day, whoever the doctor is.
    pub coverage: &'a [Coverage],
    /// Everything signed since 1 January that counts.
    pub year: &'a [Counted],
}

/// Returns the sheet of a doctor and day.
pub fn sheet<'a>(all: &'a [Registered], doctor: DoctorId, day: Day, asked: Asked<'a>) -> Sheet<'a> {
    let lines = lines(all, doctor, day, asked.include_k11);
    let covered = Arc::new(covered_on(day, asked));
    summed(lines, (doctor, day), covered, asked)
}

/// Returns the sheets that have lines of these days, both included, day by day in the order of
/// the doctors' ids.
pub fn sheets<'a>(
    all: &'a [Registered],
    days: (Day, Day),
    asked: Asked<'a>,
) -> impl Iterator<Item = Sheet<'a>> {
    // Who is covered is the same for all doctors of a day.
    let mut covered: Option<(Day, Arc<BTreeSet<PersonId>>)> = None;
    let by_day = lines_by_day(all, days, asked.include_k11).into_iter();
    by_day.map(move |((day, doctor), lines)| {
        let known = covered.take().filter(|(on, _)| *on == day);
        let (_, covered) =
            covered.insert(known.unwrap_or_else(|| (day, Arc::new(covered_on(day, asked)))));
        summed(lines, (doctor, day), Arc::clone(covered), asked)
    })
}

fn summed<'a>(
    lines: Vec<Line<'a>>,
    (doctor, day): (DoctorId, Day),
    covered: Arc<BTreeSet<PersonId>>,
    asked: Asked<'a>,
) -> Sheet<'a> {
    let mut day_sums = Sums::default();
    for line in lines.iter().filter(|line| line.counts == Counts::Yes) {
        day_sums.add(line.of, asked.include_k11);
    }
    let first = year_start(day.year());
    let mut year_sums = YearSums::default();
    let since = asked.year.iter().filter(|one| {
        let is_own = one.doctor == Some(doctor);
        is_own && first <= one.on && one.on <= day
    });
    for one in since {
        year_sums.households.extend(one.household);
        year_sums.persons.extend(one.people.iter().copied());
    }
    Sheet {
        day,
        doctor,
        lines,
        day_sums,
        year_sums,
        covered,
        residents: asked.residents,
    }
}

/// Returns the lines of that sheet alone: nothing is summed.
pub fn lines(all: &[Registered], doctor: DoctorId, day: Day, include_k11: bool) -> Vec<Line<'_>> {
    let mut lines = lines_by_day(all, (day, day), include_k11);
    lines.remove(&(day, doctor)).unwrap_or_default()
}

/// Returns the lines of these days, both included, by day and doctor: in the order of entry, those
/// of one day by the agreement's id.
pub fn lines_by_day(
    all: &[Registered],
    (from, until): (Day, Day),
    include_k11: bool,
) -> BTreeMap<(Day, DoctorId), Vec<Line<'_>>> {
    let mut by_day: BTreeMap<(Day, DoctorId), Vec<Line<'_>>> = BTreeMap::new();
    for one in all {
        let Some(doctor) = one.agreement.contents.doctor else {
            continue;
        };
        let within = |day: &Day| from <= *day && *day <= until;
        for (day, counts) in standings(one).filter(|(day, _)| within(day)) {
            let line = line(one, counts, include_k11);
            by_day.entry((day, doctor)).or_default().push(line);
        }
    }
    for lines in by_day.values_mut() {
        lines.sort_by_key(|line| (line.of.entered, line.of.agreement.id));
    }
    by_day
}

/// Returns the residents of the ground with coverage that counts on the day.
pub fn covered_on(day: Day, asked: Asked<'_>) -> BTreeSet<PersonId> {
    let counts = |one: &&Coverage| one.counts_on(day, asked.rules);
    let people = asked.coverage.iter().filter(counts).map(|one| one.person);
    people
        .filter(|person| asked.residents.contains(person))
        .collect()
}

/// Returns the days a register tells of it, with what the line there counts.
fn standings(one: &Registered) -> impl Iterator<Item = (Day, Counts)> {
    let signed = one.signed_here();
    let voided = signed.and_then(|signed| signed.voided.as_ref());
    let own = signed.map(|signed| {
        let counts = voided.map_or(Counts::Yes, |voided| Counts::MadeVoid(voided.on));
        (signed.on, counts)
    });
    let correction = signed.zip(voided).and_then(|(signed, voided)| {
        let is_later = signed.on != voided.on;
        is_later.then_some((voided.on, Counts::Corrects(signed.on)))
    });
    own.into_iter().chain(correction)
}

fn line(one: &Registered, counts: Counts, include_k11: bool) -> Line<'_> {
    let on = one.agreement.signed().map(|signed| signed.on);
    Line {
        of: one,
        kind: SigningKind::of(&one.agreement.origin),
        covered: one.covered(),
        key: one.key_groups(include_k11),
        counts,
        late: match counts {
            Counts::Yes | Counts::MadeVoid(_) => {
                Some(one.entered).filter(|entered| on.is_some_and(|on| on < *entered))
            }
            Counts::Corrects(_) => None,
        },
    }
}
