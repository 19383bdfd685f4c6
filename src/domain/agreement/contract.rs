//! One agreement as it stands: what was written down, what was signed, how it ended.
//!
//! Nothing here decides; only [`super::change::apply`] alters an agreement.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    coded::coded, doctor::PartyA, money::FeeLine, number::AgreementNumber, signed::Signed,
    state::State, term::Span,
};
use crate::domain::{
    day::Day,
    id::{AgreementId, DoctorId, HouseholdId, PersonId, TeamId, UnitId},
};

/// For whom an agreement is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// 1 整户: every resident member is covered or left out with a reason.
    Household(HouseholdId),
    /// 2 户内成员
    Members(HouseholdId),
    /// 3 功能社区单位
    Unit(UnitId),
}

impl Scope {
    /// Returns the household, where it is one's.
    pub const fn household(self) -> Option<HouseholdId> {
        match self {
            Self::Household(household) | Self::Members(household) => Some(household),
            Self::Unit(_) => None,
        }
    }
}

/// How an agreement came about; 签约类型 of the registers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// 新签
    New,
    /// 续签, by hand before the end
    Renewal { of: AgreementId },
    /// 自动续约
    Automatic { of: AgreementId },
    /// 改签: another doctor or team, for one or several agreements of the household at once
    Change {
        of: Vec<AgreementId>,
        reason: String,
    },
    /// 名册带入: a roster told of it; nobody signed it here
    BroughtIn,
}

impl Origin {
    /// Returns the agreements this one takes the place of.
    pub fn replaces(&self) -> &[AgreementId] {
        match self {
            Self::New | Self::BroughtIn => &[],
            Self::Renewal { of } | Self::Automatic { of } => std::slice::from_ref(of),
            Self::Change { of, .. } => of,
        }
    }
}

coded! {
    /// Why a member is left out (未签原因).
    LeftOutReason {
        1 Unwilling "本人不同意" "does not agree",
        2 Away "外出" "away",
        3 SignedElsewhere "已签他处" "signed elsewhere",
        4 Other "其他" "other",
    }
}

/// Somebody to be covered, with what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub person: PersonId,
    /// The basic package; without it nothing can be signed.
    pub basic: Option<Basic>,
    /// Codes of value-added packages.
    pub extras: Vec<String>,
    /// On what grounds the person is without capacity (a certificate); empty for everybody else.
    pub incapable: String,
}

/// The basic package: one of a kind, its lines follow from the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basic {
    Included,
}

/// Somebody left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    pub person: PersonId,
    pub reason: LeftOutReason,
    pub note: String,
}

/// Who signs for 乙方.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Representative {
    /// An adult member of the household.
    Member(PersonId),
    /// The guardian of a covered member, who lives elsewhere.
    Guardian {
        of: PersonId,
        name: String,
        relation: String,
    },
    /// The contact of a unit.
    Contact { name: String },
}

/// What is written down before it is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    pub party_a: PartyA,
    pub doctor: Option<DoctorId>,
    pub team: Option<TeamId>,
    /// Whole years; 0 while nobody chose.
    pub years: u32,
    pub covered: Vec<Choice>,
    pub left_out: Vec<LeftOut>,
    pub representative: Option<Representative>,
    /// Lines of value-added packages; those of the basic one follow at signing.
    pub fees: Vec<FeeLine>,
    pub phone: String,
}

/// Which paper of an agreement is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sheet {
    /// The agreement itself.
    #[default]
    Agreement,
    /// A supplement page by its number: who joined, and on the last one who left.
    Supplement(u32),
    /// The end sheet, for both sides to sign.
    End,
}

/// A print of the original copies or a reprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Print {
    /// Version of the text template.
    pub template: String,
    pub copies: u32,
    #[serde(with = "crate::domain::written_day")]
    pub on: Day,
    /// 补打: how many of the copies went beyond the two originals.
    pub reprints: u32,
    #[serde(default)]
    pub sheet: Sheet,
}

/// How far an agreement has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Life {
    Draft,
    /// Printed, waiting for signatures.
    Printed,
    /// Signed by both sides; how it goes on and ends stands inside.
    Signed(Box<Signed>),
    /// Thrown away before it was signed.
    Discarded {
        #[serde(with = "crate::domain::written_day")]
        on: Day,
        reason: String,
    },
}

/// An agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    pub id: AgreementId,
    /// None before the first print or signature, and while the village has no code.
    pub number: Option<AgreementNumber>,
    pub scope: Scope,
    pub origin: Origin,
    pub contents: Contents,
    pub prints: Vec<Print>,
    pub life: Life,
}

impl Agreement {
    /// Returns what was signed; none before.
    pub fn signed(&self) -> Option<&Signed> {
        match &self.life {
            Life::Signed(signed) => Some(signed),
            Life::Draft | Life::Printed | Life::Discarded { .. } => None,
        }
    }

    /// Returns what was signed, or continued, here; what a roster told of stands on no register.
    pub fn signed_here(&self) -> Option<&Signed> {
        self.signed().filter(|_| self.origin != Origin::BroughtIn)
    }

    /// Returns the state as written down last; time alone does not change it.
    pub fn state(&self) -> State {
        match &self.life {
            Life::Draft => State::Draft,
            Life::Printed => State::Printed,
            Life::Signed(signed) => signed.state(),
            Life::Discarded { .. } => State::Void,
        }
    }

    /// Returns the days on which a person is covered by it, also long past; none where it never
    /// was or the agreement is void.
    pub fn coverage(&self, person: PersonId) -> Option<Span> {
        self.signed()?.coverage(person)
    }

    /// Returns who is covered on the day.
    pub fn covered_on(&self, day: Day) -> BTreeSet<PersonId> {
        let people = self.signed().map(|signed| signed.members.as_slice());
        let people = people.unwrap_or_default().iter();
        people
            .map(|member| member.person)
            .filter(|person| self.coverage(*person).is_some_and(|span| span.holds(day)))
            .collect()
    }

    /// Returns the original copies and reprints of a paper so far.
    pub fn copies(&self, sheet: Sheet) -> u32 {
        self.printed(sheet).map(|print| print.copies).sum()
    }

    /// Returns the last print of a paper.
    pub fn last_print(&self, sheet: Sheet) -> Option<&Print> {
        self.printed(sheet).last()
    }

    fn printed(&self, sheet: Sheet) -> impl Iterator<Item = &Print> {
        self.prints.iter().filter(move |one| one.sheet == sheet)
    }

    /// Says whether there is something to print on a paper.
    pub fn has_sheet(&self, sheet: Sheet) -> bool {
        match (sheet, self.signed()) {
            (Sheet::Agreement, _) => !matches!(self.life, Life::Discarded { .. }),
            (Sheet::Supplement(_) | Sheet::End, None) => false,
            (Sheet::Supplement(page), Some(signed)) => {
                let last = signed.last_page();
                let joined = signed.members.iter().any(|member| member.page == page);
                let left = signed.members.iter().any(|member| member.left.is_some());
                page != 0 && (joined || page == last && left)
            }
            (Sheet::End, Some(signed)) => signed.ending.is_some(),
        }
    }
}
