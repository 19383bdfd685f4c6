//! The papers of an agreement: the two copies, supplement pages, the end sheet, the renewal
//! notice.
//!
//! | file | idea |
//! |---|---|
//! | `facts` | what is known becomes what must be told |
//! | `mod` | what must be told, and one function a paper |
//! | `fill` | a template's words and places become blocks |
//! | `shown`, `money` | the tables and lists of facts |
//!
//! The text comes from the catalogue in the version asked for, so that a paper signed years ago
//! prints as it was signed. Signatures are never printed: their places stay empty.

mod facts;
mod fill;
mod money;
mod shown;

pub use self::facts::Facts;

use super::print::{Document, Foot};
use crate::{
    catalog::papers::{self, Paper},
    domain::{
        agreement::{
            contract::LeftOutReason,
            doctor::PartyA,
            money::{FeeLine, Refund},
            number::AgreementNumber,
            package::Package,
            promise::Line,
            signed::{LeaveReason, Notice},
            term::Term,
        },
        day::Day,
        id::PersonId,
        identity::Sex,
        tags::TagSet,
    },
};

/// The original copies of every paper (一式两份).
pub const ORIGINALS: u32 = 2;

/// 甲方 as it stands on paper; what is not known is left to be written by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clinic {
    pub kind: PartyA,
    /// The contracting institution.
    pub name: String,
    pub doctor: String,
    pub licence: String,
    pub team: String,
    pub phone: String,
    /// Service hours.
    pub hours: String,
    /// Where residents complain.
    pub complaint: String,
}

/// 乙方 as it stands on paper: a household, or a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Residents {
    /// The head of the household, or the unit's name.
    pub head: String,
    pub representative: String,
    pub address: String,
    pub phone: String,
    /// The household's number; empty for a unit.
    pub household_no: String,
}

/// A covered member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    pub person: PersonId,
    pub name: String,
    pub sex: Sex,
    pub birth: Option<Day>,
    pub id_no: String,
    /// To the head: 户主, 妻, 长子.
    pub relation: String,
    pub tags: TagSet,
    /// Codes of value-added packages.
    pub extras: Vec<String>,
    pub promise: Vec<Line>,
    pub signs: Signs,
}

/// Who signs for a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signs {
    Himself,
    /// The guardian; both may be empty while not told.
    Guardian {
        name: String,
        relation: String,
    },
}

/// A member who is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotCovered {
    pub name: String,
    pub reason: LeftOutReason,
    pub note: String,
}

/// Whether an agreement goes on by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renews {
    ByItself,
    OnlyByHand,
}

/// An agreement as it stands on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// None while the village has no code (待编码).
    pub number: Option<AgreementNumber>,
    pub clinic: Clinic,
    pub residents: Residents,
    pub members: Vec<Covered>,
    pub left_out: Vec<NotCovered>,
    /// The value-added packages somebody chose.
    pub packages: Vec<Package>,
    /// Every line of every year, those of the basic package included.
    pub fees: Vec<FeeLine>,
    pub years: u32,
    /// None before the signatures: the days are written by hand.
    pub term: Option<Term>,
    pub renews: Renews,
}

/// Members who join or leave while it runs, on one supplement page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supplement {
    /// From 1.
    pub page: u32,
    /// Each with the first day.
    pub joined: Vec<(Covered, Day)>,
    pub left: Vec<Leaving>,
}

/// A member who leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    pub name: String,
    pub last_day: Day,
    pub reason: LeaveReason,
}

/// An agreement's end by both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    pub sheet: String,
    pub notice: Notice,
    /// Who gave notice.
    pub by: String,
    pub last_day: Option<Day>,
    pub refunds: Vec<Refund>,
}

/// Which copy it is and when it was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printing<'a> {
    /// Day and time, as they are to stand at the foot.
    pub at: &'a str,
    pub copy: Copy,
}

/// An original or a reprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copy {
    /// From 1 to [`ORIGINALS`].
    Original(u32),
    /// 补打
    Reprint,
}

impl Copy {
    /// Returns what the copy of this number is, from 1.
    pub const fn numbered(number: u32) -> Self {
        if number <= ORIGINALS {
            Self::Original(number)
        } else {
            Self::Reprint
        }
    }

    fn mark(self) -> String {
        match self {
            Self::Original(1) => format!("第1份/共{ORIGINALS}份（甲方存家庭健康档案）"),
            Self::Original(number) => format!("第{number}份/共{ORIGINALS}份（乙方保存）"),
            Self::Reprint => "补打".to_owned(),
        }
    }
}

/// What a template is filled with.
struct Told<'a> {
    contract: &'a Contract,
    supplement: Option<&'a Supplement>,
    ending: Option<&'a Ending>,
    paper: Paper,
}

/// Returns one copy of the agreement on the text of `version`; none where no such version was
/// ever handed out.
pub fn agreement(contract: &Contract, version: &str, printing: Printing<'_>) -> Option<Document> {
    print(&Told::of(contract, Paper::Agreement), version, printing)
}

/// Returns both originals.
pub fn originals(contract: &Contract, version: &str, at: &str) -> Option<Vec<Document>> {
    let copies = (1..=ORIGINALS).map(|number| {
        let copy = Copy::Original(number);
        agreement(contract, version, Printing { at, copy })
    });
    copies.collect()
}

/// Returns a supplement page.
pub fn supplement(
    contract: &Contract,
    supplement: &Supplement,
    version: &str,
    printing: Printing<'_>,
) -> Option<Document> {
    let told = Told {
        supplement: Some(supplement),
        ..Told::of(contract, Paper::Supplement)
    };
    print(&told, version, printing)
}

/// Returns the end sheet, for both sides to sign.
pub fn end_sheet(
    contract: &Contract,
    ending: &Ending,
    version: &str,
    printing: Printing<'_>,
) -> Option<Document> {
    let told = Told {
        ending: Some(ending),
        ..Told::of(contract, Paper::EndSheet)
    };
    print(&told, version, printing)
}

/// Returns the notice that the agreement is about to be renewed. It has no copies.
pub fn renewal_notice(contract: &Contract, version: &str, at: &str) -> Option<Document> {
    let copy = Copy::Original(1);
    let document = print(
        &Told::of(contract, Paper::RenewalNotice),
        version,
        Printing { at, copy },
    )?;
    Some(Document {
        mark: String::new(),
        ..document
    })
}

impl<'a> Told<'a> {
    const fn of(contract: &'a Contract, paper: Paper) -> Self {
        Self {
            contract,
            supplement: None,
            ending: None,
            paper,
        }
    }
}

fn print(told: &Told<'_>, version: &str, printing: Printing<'_>) -> Option<Document> {
    let template = papers::template(told.paper, version)?;
    Some(Document {
        title: template.title.clone(),
        mark: printing.copy.mark(),
        foot: Foot {
            number: fill::number(told.contract),
            template: template.version.clone(),
            printed: printing.at.to_owned(),
        },
        blocks: fill::blocks(&template, told),
        ..Document::default()
    })
}
