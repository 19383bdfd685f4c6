//! 签约工作登记表: what was signed on a day by a doctor, how it adds up, and the sums of a
//! campaign (agreements §11).
//!
//! It is computed whole from the agreements as they stand, never typed. A sheet only ever gains
//! lines: an agreement made void keeps its line, counts no more, and gets a correction line on
//! the day it was made void. Every count keeps those it counts.

mod sheet;

pub use self::sheet::{Asked, Sheet, YearSums, covered_on, lines, lines_by_day, sheet, sheets};

use std::collections::{BTreeMap, BTreeSet};

use super::{
    coded::coded,
    contract::{Agreement, Origin},
    signed::Signed,
};
use crate::domain::{
    day::Day,
    id::{AgreementId, DoctorId, HouseholdId, PersonId},
    tags::{Tag, TagSet},
};

coded! {
    /// 签约类型
    SigningKind {
        1 New "新签" "new",
        2 Renewal "续签" "renewed by hand",
        3 Automatic "自动续约" "renewed by itself",
        4 Change "改签" "doctor changed",
        ;
        5 BroughtIn "名册带入" "told by a roster",
    }
}

impl SigningKind {
    /// Returns how an agreement came about.
    pub const fn of(origin: &Origin) -> Self {
        match origin {
            Origin::New => Self::New,
            Origin::Renewal { .. } => Self::Renewal,
            Origin::Automatic { .. } => Self::Automatic,
            Origin::Change { .. } => Self::Change,
            Origin::BroughtIn => Self::BroughtIn,
        }
    }
}

/// An agreement with what a register tells beside it.
#[derive(Debug, Clone)]
pub struct Registered {
    pub agreement: Agreement,
    /// The clinic's day on which the signature or the renewal was entered.
    pub entered: Day,
    /// Of the household, or of the unit.
    pub village: String,
    /// The head of the household, or the unit's name.
    pub head: String,
    pub representative: String,
    /// Who lived in the household, or stood on the unit's list, on the day it was signed.
    pub residents: BTreeSet<PersonId>,
    /// The groups of everybody covered, on that day.
    pub tags: BTreeMap<PersonId, TagSet>,
}

impl Registered {
    /// Returns who was covered by the agreement as it was signed; later supplement pages are
    /// none of the register's.
    pub fn covered(&self) -> BTreeSet<PersonId> {
        let signed = self.agreement.signed();
        signed.into_iter().flat_map(first_covered).collect()
    }

    /// Returns the groups of key people that occur among those covered, with who is in them.
    pub fn key_groups(&self, include_k11: bool) -> BTreeMap<Tag, BTreeSet<PersonId>> {
        let mut groups: BTreeMap<Tag, BTreeSet<PersonId>> = BTreeMap::new();
        for person in self.covered() {
            let tags = self.tags.get(&person).copied().unwrap_or(TagSet::EMPTY);
            for tag in tags.iter().filter(|tag| tag.is_key(include_k11)) {
                groups.entry(tag).or_default().insert(person);
            }
        }
        groups
    }

    fn key_people(&self, include_k11: bool) -> BTreeSet<PersonId> {
        self.key_groups(include_k11)
            .into_values()
            .flatten()
            .collect()
    }

    fn household(&self) -> Option<HouseholdId> {
        self.agreement.scope.household()
    }

    /// Returns what was signed, or continued, here; what a roster told of stands on no register.
    pub fn signed_here(&self) -> Option<&Signed> {
        self.agreement.signed_here()
    }

    /// Returns the signatures where it still counts.
    fn valid(&self) -> Option<&Signed> {
        valid(&self.agreement)
    }
}

fn first_covered(signed: &Signed) -> impl Iterator<Item = PersonId> {
    let first = signed.members.iter().filter(|member| member.page == 0);
    first.map(|member| member.person)
}

fn valid(agreement: &Agreement) -> Option<&Signed> {
    let signed = agreement.signed_here()?;
    signed.voided.is_none().then_some(signed)
}

/// What the sums of a year count of an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub agreement: AgreementId,
    /// The day it was signed.
    pub on: Day,
    pub doctor: Option<DoctorId>,
    pub household: Option<HouseholdId>,
    /// Who was covered as it was signed, each once.
    pub people: Vec<PersonId>,
}

impl Counted {
    /// Returns what counts; nothing of what is void, or what a roster told of.
    pub fn of(agreement: &Agreement) -> Option<Self> {
        let signed = valid(agreement)?;
        let people: BTreeSet<PersonId> = first_covered(signed).collect();
        Some(Self {
            agreement: agreement.id,
            on: signed.on,
            doctor: agreement.contents.doctor,
            household: agreement.scope.household(),
            people: people.into_iter().collect(),
        })
    }
}

/// Whether a line counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    Yes,
    /// The agreement was made void that day.
    MadeVoid(Day),
    /// The line corrects that of the day named; it counts nothing.
    Corrects(Day),
}

/// One line.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    pub of: &'a Registered,
    pub kind: SigningKind,
    pub covered: BTreeSet<PersonId>,
    pub key: BTreeMap<Tag, BTreeSet<PersonId>>,
    pub counts: Counts,
    /// The day it was entered, where that was later (补录).
    pub late: Option<Day>,
}

/// Those counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    pub agreements: BTreeSet<AgreementId>,
    pub households: BTreeSet<HouseholdId>,
    pub persons: BTreeSet<PersonId>,
    /// Key people, each once.
    pub key: BTreeSet<PersonId>,
    pub kinds: BTreeMap<SigningKind, BTreeSet<AgreementId>>,
}

impl Sums {
    fn add(&mut self, one: &Registered, include_k11: bool) {
        let id = one.agreement.id;
        self.agreements.insert(id);
        self.households.extend(one.household());
        self.persons.extend(one.covered());
        self.key.extend(one.key_people(include_k11));
        let kind = SigningKind::of(&one.agreement.origin);
        self.kinds.entry(kind).or_default().insert(id);
    }
}

/// Those signed on these days, both included, that still count.
fn signed_in<'a>(
    all: impl Iterator<Item = &'a Registered>,
    from: Day,
    until: Day,
) -> impl Iterator<Item = &'a Registered> {
    all.filter(move |one| {
        let on = one.valid().map(|signed| signed.on);
        on.is_some_and(|on| from <= on && on <= until)
    })
}

/// What a campaign is summed up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Doctor,
    Village,
    Day,
}

/// What one sum of a campaign is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    Doctor(Option<DoctorId>),
    Village(String),
    Day(Day),
}

/// The sums of a campaign (汇总上报), and what they make up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    pub from: Day,
    pub until: Day,
    pub sums: BTreeMap<Of, Sums>,
    pub total: Sums,
}

/// Returns the sums of what was signed on these days, both included.
pub fn campaign(
    all: &[Registered],
    (from, until): (Day, Day),
    by: By,
    include_k11: bool,
) -> Campaign {
    let mut sums: BTreeMap<Of, Sums> = BTreeMap::new();
    let mut total = Sums::default();
    for one in signed_in(all.iter(), from, until) {
        let on = one.valid().map_or(one.entered, |signed| signed.on);
        let of = match by {
            By::Doctor => Of::Doctor(one.agreement.contents.doctor),
            By::Village => Of::Village(one.village.clone()),
            By::Day => Of::Day(on),
        };
        sums.entry(of).or_default().add(one, include_k11);
        total.add(one, include_k11);
    }
    Campaign {
        from,
        until,
        sums,
        total,
    }
}
