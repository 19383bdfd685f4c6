//! What a roster's row says, as fields of the cards, and how such a field is remembered.

use crate::domain::order::Arrange as _;
use crate::domain::{
    household::key as home_key,
    person::{AgreementTold, key},
    phone::{PhoneKind, PhonePlace, check},
    relation::Kinship,
    roster::{Column, RosterHousehold, RosterRow},
    tags::{self, Meaning, TagSet},
    value::{Answers, Value},
};

/// What a row says of its person.
#[derive(Debug, Default)]
pub struct Said {
    pub card: Answers,
    pub relation: Option<Kinship>,
    pub agreement: Option<AgreementTold>,
    /// The tags the words of 人群分类 mean.
    pub tags: TagSet,
    /// The words as written, for the evidence of a tag set by hand.
    pub words: String,
    pub unknown_words: Vec<String>,
    pub household_type: Option<&'static str>,
    pub household_flags: Vec<&'static str>,
}

/// Returns what the row says.
pub fn of_row(row: &RosterRow) -> Said {
    let mut said = Said {
        relation: row.relation.clone(),
        agreement: agreement(row),
        words: row.tags.join("、"),
        ..Said::default()
    };
    let card = &mut said.card;
    put_text(card, key::NAME, row.name.as_ref());
    if let Some(sex) = row.sex {
        put(card, key::SEX, Value::Code(sex.code().to_owned()));
    }
    if let Some(birth) = row.birth {
        put(card, key::BIRTH, Value::Date(birth));
    }
    if let Some(document) = &row.document {
        put(
            card,
            key::ID_TYPE,
            Value::Code(document.kind.code().to_owned()),
        );
        if let Some(subtype) = document.kind.subtype() {
            put(card, key::ID_SUB, Value::Code(subtype.to_owned()));
        }
        put(card, key::ID_NO, Value::Text(document.number.clone()));
    }
    phones(card, row);
    put_text(card, key::ADDRESS, row.address.as_ref());
    put_text(card, "reg_address", row.registered_address.as_ref());
    put_text(card, "employer", row.employer.as_ref());
    put_text(card, key::CONTACT_NAME, row.contact_name.as_ref());
    if let Some(phone) = &row.contact_phone {
        put(card, key::CONTACT_PHONE, Value::Text(phone.written()));
    }
    put_text(card, "note", row.remark.as_ref());
    ethnic(card, row.ethnic.as_deref());
    words(&mut said, row);
    said
}

/// Returns what a file's rows say of their household.
pub fn of_home<'a>(home: &RosterHousehold, members: impl Iterator<Item = &'a Said>) -> Answers {
    let mut card = Answers::new();
    put_text(&mut card, home_key::GROUP, home.group.as_ref());
    put_text(&mut card, home_key::DOOR, home.door.as_ref());
    put_text(&mut card, home_key::ADDRESS, home.address.as_ref());
    let mut types: Vec<&str> = Vec::new();
    let mut flags: Vec<&str> = Vec::new();
    let own = home
        .household_type
        .as_deref()
        .map(type_of)
        .unwrap_or_default();
    types.extend(own.0);
    flags.extend(own.1);
    for said in members {
        types.extend(said.household_type);
        flags.extend(&said.household_flags);
    }
    // Of two kinds the one under watch is the present one: 3 was a 2 before.
    if let Some(most) = types.into_iter().max() {
        put(&mut card, home_key::HH_TYPE, Value::Code(most.to_owned()));
    }
    flags.sort_unstable();
    flags.dedup();
    if !flags.is_empty() {
        let flags = flags.into_iter().map(str::to_owned).collect();
        put(&mut card, home_key::HH_FLAGS, Value::Codes(flags));
    }
    card
}

/// Returns how a value is remembered as what the file said.
pub fn remembered(value: &Value) -> String {
    match value {
        Value::Bool(yes) => yes.to_string(),
        Value::Code(text) | Value::Text(text) => text.clone(),
        Value::Codes(codes) => codes.join(","),
        Value::Int(number) => number.to_string(),
        Value::Dec(number) => number.to_string(),
        Value::Date(day) => day.to_string(),
        Value::Month(month) => match month.month {
            Some(number) => format!("{:04}-{number:02}", month.year),
            None => format!("{:04}", month.year),
        },
        Value::Rows(rows) => rows.len().to_string(),
    }
}

/// Returns how an agreement's facts are remembered and compared.
pub fn agreement_text(told: &AgreementTold) -> String {
    let on = told.signed_on.map(|day| day.to_string());
    let parts = [Some(told.state.clone()), on, told.doctor.clone()];
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|p| !p.is_empty())
        .collect();
    parts.join(" ")
}

/// Returns the column a field of the cards comes from.
pub fn column(field: &str) -> Column {
    match field {
        key::NAME => Column::Name,
        key::SEX => Column::Sex,
        key::BIRTH => Column::Birth,
        key::ID_TYPE | key::ID_SUB => Column::IdType,
        key::ID_NO => Column::IdNo,
        key::PHONE | "phone2" => Column::Phone,
        key::ADDRESS => Column::Address,
        "reg_address" => Column::RegisteredAddress,
        "employer" => Column::Employer,
        key::CONTACT_NAME => Column::ContactName,
        key::CONTACT_PHONE => Column::ContactPhone,
        "ethnic" | "ethnic_text" => Column::Ethnic,
        home_key::GROUP => Column::Group,
        home_key::DOOR => Column::Door,
        home_key::HH_TYPE => Column::HouseholdType,
        "note" => Column::Remark,
        _ => Column::Tags,
    }
}

fn put(card: &mut Answers, field: &str, value: Value) {
    card.insert(field.to_owned(), value);
}

fn put_text(card: &mut Answers, field: &str, text: Option<&String>) {
    if let Some(text) = text {
        put(card, field, Value::Text(text.clone()));
    }
}

/// The first number that can be a first one; the next is the second.
fn phones(card: &mut Answers, row: &RosterRow) {
    let mut written = row
        .phones
        .iter()
        .map(|phone| (phone.kind(), phone.written()));
    let Some((kind, first)) = written.next() else {
        return;
    };
    let is_first = kind != PhoneKind::Short && check(PhonePlace::First, &first).is_ok();
    if is_first {
        put(card, key::PHONE, Value::Text(first));
        if let Some((_, second)) = written.next() {
            put(card, "phone2", Value::Text(second));
        }
    } else {
        put(card, "phone2", Value::Text(first));
    }
}

fn ethnic(card: &mut Answers, word: Option<&str>) {
    match word {
        None => {}
        Some("汉族") => put(card, "ethnic", Value::Code("01".to_owned())),
        Some(word) => {
            put(card, "ethnic", Value::Code("99".to_owned()));
            if !matches!(word, "少数民族" | "99" | "其他") {
                put(card, "ethnic_text", Value::Text(word.to_owned()));
            }
        }
    }
}

fn agreement(row: &RosterRow) -> Option<AgreementTold> {
    let given = &row.agreement;
    let says = given.state.is_some() || given.signed_on.is_some() || given.doctor.is_some();
    says.then(|| AgreementTold {
        state: given.state.clone().unwrap_or_default(),
        signed_on: given.signed_on,
        doctor: given.doctor.clone(),
    })
}

fn words(said: &mut Said, row: &RosterRow) {
    let (mut diseases, mut disabilities): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    let mut meanings: Vec<Meaning> = Vec::new();
    let mut other_disability = None;
    for word in &row.tags {
        let reading = tags::read(word);
        said.unknown_words.extend(reading.unknown);
        for meaning in reading.meanings {
            if meaning.disability == Some("8") {
                other_disability.get_or_insert(word);
            }
            meanings.push(meaning);
        }
    }
    for meaning in &meanings {
        said.tags.insert(meaning.tag);
        diseases.extend(meaning.disease);
        disabilities.extend(meaning.disability);
        said.household_flags.extend(meaning.household_flag);
        said.household_type = said.household_type.max(meaning.household_type);
    }
    put_codes(&mut said.card, key::DISEASES, diseases);
    put_codes(&mut said.card, key::DISABILITY, disabilities);
    put_text(&mut said.card, "disability_other", other_disability);
}

fn put_codes(card: &mut Answers, field: &str, mut codes: Vec<&str>) {
    codes.arrange_by_key(|code| code.parse::<u32>().unwrap_or(u32::MAX));
    codes.dedup();
    if !codes.is_empty() {
        let codes = codes.into_iter().map(str::to_owned).collect();
        put(card, field, Value::Codes(codes));
    }
}

/// Reads a 户类型 cell: the kind of household, and its flags.
fn type_of(word: &str) -> (Option<&'static str>, Vec<&'static str>) {
    if word.contains("一般") || word.contains("普通") {
        return (Some("1"), Vec::new());
    }
    let reading = tags::read(word);
    let kind = reading
        .meanings
        .iter()
        .filter_map(|m| m.household_type)
        .max();
    let flags = reading.meanings.iter().filter_map(|m| m.household_flag);
    (kind, flags.collect())
}
