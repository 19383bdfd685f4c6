//! The places of the form that take an answer, and the rows they stand in, step by step.

use serde::{Deserialize, Serialize};

use super::{known::Form, words};
use crate::{
    desk::reply::ConsentRule,
    domain::{
        agreement::{
            consent::ConsentKind,
            contract::{LeftOutReason, Origin, Scope},
            refusal::Refusal,
            signed::Place,
        },
        id::PersonId,
        text::Text,
    },
};

/// A step of signing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Scope,
    Members,
    Consent,
    Packages,
    Term,
    Signatures,
}

/// A part of a fee line that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Insurance,
    Voucher,
    Reduction,
    Other,
    Paid,
    Receipt,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    Scope,
    Place,
    Representative,
    /// The guardian who represents: of whom, name, relation.
    WardOf,
    GuardianName,
    GuardianRelation,
    PartyA,
    Doctor,
    Team,
    Phone,
    /// Why it is signed anew (改签).
    ChangeReason,
    /// Covered, or why not.
    Covers(PersonId),
    Note(PersonId),
    Incapable(PersonId),
    Kind(PersonId),
    Evidence(PersonId),
    On(PersonId),
    /// Which staff member took the consent.
    TakenBy(PersonId),
    Guardian(PersonId),
    Relation(PersonId),
    Extras(PersonId),
    /// Of a person's package, by its code, in an agreement year.
    Fee(PersonId, String, u32, Part),
    Years,
    Start,
    SignedAs,
    SignedPage,
    SignedOn,
    /// Which staff member took the representative's signature.
    SignatureTakenBy,
    ClinicSigns,
    ClinicName,
    ClinicOn,
    Equipment,
    AlsoDone,
    CapReason,
    Approver,
    ApprovalPaper,
    LateReason,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 6] = [
        Self::Scope,
        Self::Members,
        Self::Consent,
        Self::Packages,
        Self::Term,
        Self::Signatures,
    ];

    /// Returns what the step is called.
    pub const fn name(self) -> Text {
        match self {
            Self::Scope => words::STEP_SCOPE,
            Self::Members => words::STEP_MEMBERS,
            Self::Consent => words::STEP_CONSENT,
            Self::Packages => words::STEP_PACKAGES,
            Self::Term => words::STEP_TERM,
            Self::Signatures => words::STEP_SIGNATURES,
        }
    }
}

impl Part {
    /// The parts in the order of the row.
    pub const ALL: [Self; 6] = [
        Self::Insurance,
        Self::Voucher,
        Self::Reduction,
        Self::Other,
        Self::Paid,
        Self::Receipt,
    ];
}

impl Spot {
    /// Returns the step it stands in.
    pub const fn step(&self) -> Step {
        match self {
            Self::Scope
            | Self::Place
            | Self::Representative
            | Self::WardOf
            | Self::GuardianName
            | Self::GuardianRelation
            | Self::PartyA
            | Self::Doctor
            | Self::Team
            | Self::Phone
            | Self::ChangeReason => Step::Scope,
            Self::Covers(_) | Self::Note(_) | Self::Incapable(_) => Step::Members,
            Self::Kind(_)
            | Self::Evidence(_)
            | Self::On(_)
            | Self::TakenBy(_)
            | Self::Guardian(_)
            | Self::Relation(_) => Step::Consent,
            Self::Extras(_) | Self::Fee(..) => Step::Packages,
            Self::Years | Self::Start => Step::Term,
            Self::SignedAs
            | Self::SignedPage
            | Self::SignedOn
            | Self::SignatureTakenBy
            | Self::ClinicSigns
            | Self::ClinicName
            | Self::ClinicOn
            | Self::Equipment
            | Self::AlsoDone
            | Self::CapReason
            | Self::Approver
            | Self::ApprovalPaper
            | Self::LateReason => Step::Signatures,
        }
    }

    /// Returns whose row of the consents it stands in.
    pub const fn consents(&self) -> Option<PersonId> {
        match self {
            Self::Kind(person)
            | Self::Evidence(person)
            | Self::On(person)
            | Self::TakenBy(person)
            | Self::Guardian(person)
            | Self::Relation(person) => Some(*person),
            Self::Scope
            | Self::Place
            | Self::Representative
            | Self::WardOf
            | Self::GuardianName
            | Self::GuardianRelation
            | Self::PartyA
            | Self::Doctor
            | Self::Team
            | Self::Phone
            | Self::ChangeReason
            | Self::Covers(_)
            | Self::Note(_)
            | Self::Incapable(_)
            | Self::Extras(_)
            | Self::Fee(..)
            | Self::Years
            | Self::Start
            | Self::SignedAs
            | Self::SignedPage
            | Self::SignedOn
            | Self::SignatureTakenBy
            | Self::ClinicSigns
            | Self::ClinicName
            | Self::ClinicOn
            | Self::Equipment
            | Self::AlsoDone
            | Self::CapReason
            | Self::Approver
            | Self::ApprovalPaper
            | Self::LateReason => None,
        }
    }

    /// Says whether it belongs to what was printed: it changes no more then.
    pub fn is_printed(&self) -> bool {
        match self.step() {
            Step::Scope => *self != Self::Place,
            Step::Members | Step::Packages => true,
            Step::Term => *self == Self::Years,
            Step::Consent | Step::Signatures => false,
        }
    }
}

impl Form {
    /// Returns the rows of a step with the places in them, as they stand now.
    pub fn rows(&self, step: Step) -> Vec<Vec<Spot>> {
        let mut rows = match step {
            Step::Scope => self.scope_rows(),
            Step::Members => self.member_rows(),
            Step::Consent => self.consent_rows(),
            Step::Packages => self.package_rows(),
            Step::Term => vec![vec![Spot::Years], vec![Spot::Start]],
            Step::Signatures => self.signature_rows(),
        };
        if self.known.is_printed {
            for row in &mut rows {
                row.retain(|spot| !spot.is_printed());
            }
            rows.retain(|row| !row.is_empty());
        }
        rows
    }

    /// Returns the places of a step in order.
    pub fn spots(&self, step: Step) -> Vec<Spot> {
        self.rows(step).into_iter().flatten().collect()
    }

    fn scope_rows(&self) -> Vec<Vec<Spot>> {
        let mut rows = Vec::new();
        if self.known.scope.household().is_some() {
            rows.push(Spot::Scope);
        }
        rows.extend([Spot::Place, Spot::Representative]);
        if self.is_represented_by_guardian() {
            rows.extend([Spot::WardOf, Spot::GuardianName, Spot::GuardianRelation]);
        }
        rows.extend([Spot::Doctor, Spot::Team, Spot::PartyA, Spot::Phone]);
        if matches!(self.known.origin, Origin::Change { .. }) {
            rows.push(Spot::ChangeReason);
        }
        rows.into_iter().map(|spot| vec![spot]).collect()
    }

    fn member_rows(&self) -> Vec<Vec<Spot>> {
        let people = self.known.people.iter().map(|one| one.person);
        people
            .map(|person| {
                let beside = if self.is_covered(person) {
                    Spot::Incapable(person)
                } else {
                    Spot::Note(person)
                };
                vec![Spot::Covers(person), beside]
            })
            .collect()
    }

    fn consent_rows(&self) -> Vec<Vec<Spot>> {
        let row = |person: PersonId| {
            let mut row = vec![
                Spot::Kind(person),
                Spot::Evidence(person),
                Spot::On(person),
                Spot::TakenBy(person),
            ];
            if self.wants_guardian(person) {
                row.extend([Spot::Guardian(person), Spot::Relation(person)]);
            }
            row
        };
        self.covered().into_iter().map(row).collect()
    }

    fn package_rows(&self) -> Vec<Vec<Spot>> {
        if self.known.packages.is_empty() {
            return Vec::new();
        }
        let covered = self.covered();
        let extras = covered.iter().map(|person| vec![Spot::Extras(*person)]);
        let mut rows: Vec<Vec<Spot>> = extras.collect();
        for (person, code, year) in self.fee_lines() {
            let part = |part: Part| Spot::Fee(person, code.clone(), year, part);
            rows.push(Part::ALL.into_iter().map(part).collect());
        }
        rows
    }

    fn signature_rows(&self) -> Vec<Vec<Spot>> {
        let mut rows = vec![
            vec![
                Spot::SignedAs,
                Spot::SignedPage,
                Spot::SignedOn,
                Spot::SignatureTakenBy,
            ],
            vec![Spot::ClinicSigns, Spot::ClinicName, Spot::ClinicOn],
        ];
        if self.place() == Some(Place::Home) {
            rows.push(vec![Spot::Equipment]);
        }
        rows.push(vec![Spot::AlsoDone]);
        let found = |is: fn(&Refusal) -> bool| {
            let preview = self.preview.iter();
            let mut found = preview.flat_map(|preview| &preview.missing.required);
            found.any(is)
        };
        let is_above = |one: &Refusal| matches!(one, Refusal::Cap { .. } | Refusal::Approval);
        if found(is_above) || !self.text(&Spot::CapReason).is_empty() {
            rows.push(vec![Spot::CapReason]);
            rows.push(vec![Spot::Approver, Spot::ApprovalPaper]);
        }
        let is_late = |one: &Refusal| matches!(one, Refusal::ClosedMonth { .. });
        if found(is_late) || !self.text(&Spot::LateReason).is_empty() {
            rows.push(vec![Spot::LateReason]);
        }
        rows
    }

    /// Says whether somebody has to fill the place in before it can be signed. What is answered
    /// from the start and what may stay empty is passed over by the key that goes on.
    pub fn is_open(&self, spot: &Spot) -> bool {
        if !self.text(spot).is_empty() {
            return false;
        }
        match spot {
            Spot::Scope
            | Spot::Place
            | Spot::Representative
            | Spot::WardOf
            | Spot::GuardianName
            | Spot::GuardianRelation
            | Spot::Doctor
            | Spot::ChangeReason
            | Spot::Kind(_)
            | Spot::Evidence(_)
            | Spot::Guardian(_)
            | Spot::Relation(_)
            | Spot::Years
            | Spot::SignedAs
            | Spot::ClinicSigns
            | Spot::Equipment
            | Spot::CapReason
            | Spot::Approver
            | Spot::LateReason => true,
            Spot::AlsoDone => self.place() == Some(Place::Home),
            Spot::Covers(_) => matches!(self.scope(), Scope::Household(_)),
            Spot::Note(person) => self.left_out(*person) == Some(LeftOutReason::Other),
            Spot::SignedPage => self.signed_page().is_empty(),
            Spot::Team
            | Spot::PartyA
            | Spot::Phone
            | Spot::Incapable(_)
            | Spot::On(_)
            | Spot::TakenBy(_)
            | Spot::Extras(_)
            | Spot::Fee(..)
            | Spot::Start
            | Spot::SignedOn
            | Spot::SignatureTakenBy
            | Spot::ClinicName
            | Spot::ClinicOn
            | Spot::ApprovalPaper => false,
        }
    }

    /// Says whether a guardian signs for the person.
    pub fn wants_guardian(&self, person: PersonId) -> bool {
        let is_incapable = !self.text(&Spot::Incapable(person)).is_empty();
        let told = self.known.person(person);
        let is_minor = told.is_some_and(|one| match one.consent_rule {
            ConsentRule::Guardian => one.birth.is_some_and(|birth| self.is_minor(birth)),
            ConsentRule::Own | ConsentRule::BirthMissing => false,
        });
        is_incapable || is_minor || self.consent_kind(person) == Some(ConsentKind::Guardian)
    }
}
