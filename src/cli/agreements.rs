//! `cunyi export agreements`: every agreement, one row a member.

use super::open::{Session, unexpected};
use super::print::Trouble;
use crate::{
    desk::{Question, Reply, reply::AgreementExport},
    domain::{
        agreement::{
            contract::{Choice, Scope},
            register::SigningKind,
            signed::Member,
        },
        id::PersonId,
    },
    paper::export::{Table, TableCell, TableColumn},
};

const COLUMNS: [(&str, &str); 21] = [
    ("id", "编号"),
    ("number", "协议编号"),
    ("state", "状态"),
    ("kind", "签约类型"),
    ("household", "户编号"),
    ("head", "户主/单位"),
    ("person", "人员编号"),
    ("name", "姓名"),
    ("id_no", "身份证号"),
    ("signed", "签约日期"),
    ("start", "开始"),
    ("end", "结束"),
    ("years", "年限"),
    ("covered_from", "签约期间起"),
    ("covered_until", "签约期间止"),
    ("consent", "同意方式"),
    ("evidence", "凭证"),
    ("packages", "增值服务包"),
    ("doctor", "签约医生"),
    ("team", "团队"),
    ("phone", "联系电话"),
];

/// Returns the table.
///
/// # Errors
/// Fails with the store.
pub fn table(session: &Session<'_>) -> Result<Table, Trouble> {
    let Reply::ExportedAgreements(told) = session.ask(Question::ExportAgreements)? else {
        return Err(unexpected());
    };
    let mut rows = Vec::new();
    for one in &told {
        match one.agreement.signed() {
            Some(signed) => {
                let members = signed.members.iter();
                rows.extend(members.map(|member| row(one, Whom::Member(member))));
            }
            None => {
                let covered = one.agreement.contents.covered.iter();
                rows.extend(covered.map(|choice| row(one, Whom::Chosen(choice))));
            }
        }
    }
    Ok(Table {
        columns: COLUMNS
            .map(|(key, title)| TableColumn::new(key, title))
            .into(),
        rows,
    })
}

/// A member, or somebody who is to become one.
#[derive(Clone, Copy)]
enum Whom<'a> {
    Member(&'a Member),
    Chosen(&'a Choice),
}

impl Whom<'_> {
    const fn person(self) -> PersonId {
        match self {
            Self::Member(member) => member.person,
            Self::Chosen(choice) => choice.person,
        }
    }

    fn extras(self) -> String {
        match self {
            Self::Member(member) => member.extras.join("、"),
            Self::Chosen(choice) => choice.extras.join("、"),
        }
    }
}

fn row(told: &AgreementExport, whom: Whom<'_>) -> Vec<TableCell> {
    let text = |text: String| TableCell::text(Some(text).filter(|text| !text.is_empty()));
    let (brief, agreement) = (&told.brief, &told.agreement);
    let person = whom.person();
    let (name, id_no) = told.names.get(&person).cloned().unwrap_or_default();
    let days = agreement.coverage(person);
    let date = |day: Option<_>| day.map_or(TableCell::Empty, TableCell::Date);
    let consent = match whom {
        Whom::Member(member) => Some(member.confirmed.as_ref().unwrap_or(&member.consent)),
        Whom::Chosen(_) => None,
    };
    let household = match brief.scope {
        Scope::Household(id) | Scope::Members(id) => id.to_string(),
        Scope::Unit(id) => id.to_string(),
    };
    vec![
        text(brief.id.to_string()),
        text(brief.number.clone().unwrap_or_default()),
        text(brief.word.name().zh.to_owned()),
        text(SigningKind::of(&agreement.origin).name().zh.to_owned()),
        text(household),
        text(brief.head.clone()),
        text(person.to_string()),
        text(name),
        text(id_no),
        date(agreement.signed().map(|signed| signed.on)),
        date(brief.term.map(|term| term.from)),
        date(brief.term.map(|term| term.to)),
        TableCell::Whole(i64::from(brief.years)),
        date(days.map(|days| days.from)),
        date(days.map(|days| days.to)),
        text(consent.map_or_else(String::new, |one| one.kind.name().zh.to_owned())),
        text(consent.map_or_else(String::new, |one| one.evidence.clone())),
        text(whom.extras()),
        text(brief.doctor.clone()),
        text(brief.team.clone()),
        text(brief.phone.clone()),
    ]
}
