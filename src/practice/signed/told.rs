//! What the township's register of before tells of a few households: signed there, with whom, and
//! nobody's own word.

use super::{
    super::{household::Household, places::Village},
    Home,
    parties::CENTRE as DOCTOR,
};
use crate::domain::{
    day::{Day, plus_days},
    identity::{self, DocumentKind},
    roster::{
        Fate, FileKind, Given, GivenAgreement, Roster, RosterFile, RosterRow, SheetKind,
        SheetPlace, SheetSummary, TextEncoding,
    },
    value::Value,
};

/// Days before today on which the first of them signed, and the last days later.
const SIGNED: (i64, u64) = (190, 60);

/// Returns the register's rows of a household: of its members with an identity number who live
/// there today.
pub fn told(
    home: &Home,
    plan: &Household,
    village: Option<&Village>,
    today: Day,
) -> Vec<RosterRow> {
    let ahead = i64::try_from(home.seed % SIGNED.1).unwrap_or_default();
    let signed_on = plus_days(today, ahead - SIGNED.0);
    let head = plan
        .members
        .first()
        .and_then(|one| text(one.card.get("name")));
    let mut rows = Vec::new();
    for member in &plan.members {
        let entered = |one: &&super::Dweller| {
            one.birth == member.birth && Some(one.name.as_str()) == text(member.card.get("name"))
        };
        let Some(one) = home.dwellers.iter().find(entered) else {
            continue;
        };
        let number = text(member.card.get("id_no")).unwrap_or_default();
        let document = identity::check(DocumentKind::IdentityCard, number, today).ok();
        if document.is_none() || one.gone.is_some() || !one.is_at_home(today) {
            continue;
        }
        rows.push(RosterRow {
            name: Some(one.name.clone()),
            sex: Some(one.sex),
            birth: Some(one.birth),
            document,
            head_name: head.map(str::to_owned),
            village: village.map(|village| village.name.clone()),
            agreement: GivenAgreement {
                state: Some("已签约".to_owned()),
                signed_on: Some(signed_on),
                doctor: Some(DOCTOR.to_owned()),
            },
            ..blank()
        });
    }
    rows
}

fn text(value: Option<&Value>) -> Option<&str> {
    value.and_then(Value::text)
}

/// Returns the register with these rows; none where it would be empty.
pub fn roster(mut rows: Vec<RosterRow>) -> Option<Roster> {
    for (row, number) in rows.iter_mut().zip(2..) {
        row.row = number;
    }
    let file = RosterFile {
        name: "镇卫生院签约台账.csv".to_owned(),
        bytes: 0,
        digest: String::new(),
        kind: FileKind::Text {
            encoding: TextEncoding::Utf8,
            separator: ',',
        },
        sheets: vec![SheetSummary {
            name: String::new(),
            kind: SheetKind::People,
        }],
    };
    (!rows.is_empty()).then(|| Roster {
        file,
        people: Some(SheetPlace {
            header_row: 1,
            ..SheetPlace::default()
        }),
        rows,
        skipped: Vec::new(),
        problems: Vec::new(),
        history: Vec::new(),
    })
}

fn blank() -> RosterRow {
    RosterRow {
        row: 0,
        fate: Fate::Taken,
        given: Given::default(),
        name: None,
        sex: None,
        birth: None,
        document: None,
        phones: Vec::new(),
        relation: None,
        outside_no: None,
        head_name: None,
        village: None,
        group: None,
        door: None,
        address: None,
        ethnic: None,
        tags: Vec::new(),
        agreement: GivenAgreement::default(),
        remark: None,
        record_no: None,
        employer: None,
        contact_name: None,
        contact_phone: None,
        registered_address: None,
        household_type: None,
    }
}
