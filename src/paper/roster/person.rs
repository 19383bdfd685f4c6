//! One person out of one row.
//!
//! Where number and columns disagree the number's birth date and sex are taken and the
//! disagreement is noted; nothing is put right without a word.

use crate::domain::{
    day::Day,
    identity::{self, Document, Sex},
    relation::{self, Kinship},
    roster::{
        Column, Fate, GivenAgreement, RosterFault, RosterRow, RowAction, RowProblem, clean,
        dates::DateReading,
    },
};

use super::{
    cell::{Cell, SheetRow},
    fields::{self, Fields, Frame, Future, NumberReading},
};

/// Characters a name may have.
const NAME_MOST: usize = 30;
/// Characters of a group's, area's or building's name.
const GROUP_MOST: usize = 20;
/// Characters of a door.
const DOOR_MOST: usize = 6;
/// Characters of an address.
const ADDRESS_MOST: usize = 100;
/// Characters of short words: numbers, villages, doctors.
const WORD_MOST: usize = 60;
/// Characters of a remark.
const REMARK_MOST: usize = 1_000;

/// A person read, with what is needed to find the same person again in the file.
pub(super) struct Person {
    pub row: RosterRow,
    pub problems: Vec<RowProblem>,
    /// The number, good or refused, by which a repeated row is known.
    pub number: Option<String>,
}

/// Reads the person of a row.
pub(super) fn read(frame: Frame<'_>, row: &SheetRow) -> Person {
    let mut fields = Fields::new(frame, row);
    let (name, note, reading) = name_and_number(&mut fields);
    let missing = reading == NumberReading::Missing;
    let number = match &reading {
        NumberReading::Good(document) => Some(document.number.clone()),
        NumberReading::Bad { written } => Some(written.clone()).filter(|w| is_a_number(w)),
        NumberReading::Missing => None,
    };
    let document = match reading {
        NumberReading::Good(document) => Some(document),
        NumberReading::Bad { .. } | NumberReading::Missing => None,
    };
    let birth = birth(&mut fields, document.as_ref());
    if missing {
        number_missing(&mut fields, birth);
    }
    let sex = sex(&mut fields, document.as_ref());
    let known_by_facts = birth.is_some() && sex.is_some();
    let fate = if name.is_none() && number.is_none() && !known_by_facts {
        fields.note(Column::Name, RosterFault::NobodyKnown, RowAction::Rejected);
        Fate::Rejected
    } else {
        Fate::Taken
    };
    let own = Own {
        fate,
        name,
        sex,
        birth,
        document,
    };
    let mut row = with_the_rest(&mut fields, own);
    if let Some(note) = note {
        row.remark = Some(match row.remark {
            Some(remark) => format!("{note}；{remark}"),
            None => note,
        });
    }
    Person {
        row,
        problems: fields.problems,
        number,
    }
}

/// Who the row is about, as name and number settle it.
struct Own {
    fate: Fate,
    name: Option<String>,
    sex: Option<Sex>,
    birth: Option<Day>,
    document: Option<Document>,
}

fn with_the_rest(fields: &mut Fields<'_>, own: Own) -> RosterRow {
    RosterRow {
        row: fields.row.row,
        fate: own.fate,
        given: fields.given(),
        name: own.name,
        sex: own.sex,
        birth: own.birth,
        document: own.document,
        phones: fields.phones(Column::Phone),
        relation: relation(fields),
        outside_no: fields
            .word(Column::OutsideNo, WORD_MOST)
            .map(|no| clean::compact(&no)),
        head_name: fields
            .word(Column::HeadName, NAME_MOST)
            .map(|name| clean::name(&name)),
        village: fields
            .word(Column::Village, WORD_MOST)
            .map(|name| clean::compact(&name)),
        group: fields
            .word(Column::Group, GROUP_MOST)
            .map(|group| group_name(&group)),
        door: fields.word(Column::Door, DOOR_MOST),
        address: fields.word(Column::Address, ADDRESS_MOST),
        ethnic: fields
            .word(Column::Ethnic, WORD_MOST)
            .map(|word| ethnic(&word)),
        tags: tags(fields),
        agreement: agreement(fields),
        remark: fields.text(Column::Remark, REMARK_MOST),
        record_no: fields
            .word(Column::RecordNo, WORD_MOST)
            .map(|no| clean::compact(&no)),
        employer: fields.word(Column::Employer, WORD_MOST),
        contact_name: fields
            .word(Column::ContactName, NAME_MOST)
            .map(|name| clean::name(&name)),
        contact_phone: fields.phones(Column::ContactPhone).into_iter().next(),
        registered_address: fields.word(Column::RegisteredAddress, ADDRESS_MOST),
        household_type: fields.word(Column::HouseholdType, WORD_MOST),
    }
}

/// Reads name and number; a good number in the name's place and a name in the number's are
/// taken the right way round and told.
fn name_and_number(fields: &mut Fields<'_>) -> (Option<String>, Option<String>, NumberReading) {
    let (name_cell, number_cell) = (fields.cell(Column::Name), fields.cell(Column::IdNo));
    if is_name(&clean::name(&number_cell.bare()))
        && !clean::says_nothing(&number_cell.bare())
        && let kind = fields.document_kind()
        && identity::check(kind, &fields::number_text(name_cell), fields.frame.today).is_ok()
    {
        fields.flag(Column::Name, RosterFault::NameAndIdSwapped);
        fields.flag(Column::IdNo, RosterFault::NameAndIdSwapped);
        let name = clean::name(&number_cell.bare());
        return (Some(name), None, fields.document(name_cell));
    }
    let (name, note) = name(fields);
    (name, note, fields.document(number_cell))
}

fn name(fields: &mut Fields<'_>) -> (Option<String>, Option<String>) {
    let Some(text) = fields.text(Column::Name, REMARK_MOST) else {
        if fields.cell(Column::Name).is_blank() {
            fields.flag(Column::Name, RosterFault::NameMissing);
        }
        return (None, None);
    };
    if clean::says_nothing(&text) {
        fields.flag(Column::Name, RosterFault::NameMissing);
        return (None, None);
    }
    let whole = clean::name(clean::without_leading_quotes(&text));
    if is_name(&whole) {
        return (Some(whole), None);
    }
    if let Some((before, behind)) = whole.split_once('(')
        && let Some(note) = behind.strip_suffix(')')
        && is_name(before)
    {
        let name = before.to_owned();
        fields.flag(Column::Name, RosterFault::NameNote { name: name.clone() });
        return (
            Some(name),
            Some(note.to_owned()).filter(|note| !note.is_empty()),
        );
    }
    fields.flag(Column::Name, RosterFault::NameForm);
    (None, None)
}

fn is_name(text: &str) -> bool {
    let letters = text
        .chars()
        .filter(|c| c.is_alphabetic() || clean::is_han(*c));
    (1..=NAME_MOST).contains(&text.chars().count())
        && letters.count() > 0
        && text.chars().all(|c| {
            clean::is_han(c)
                || c.is_alphabetic()
                || matches!(c, '·' | ' ' | '-' | '\'' | '\u{e0100}'..='\u{e01ef}')
        })
}

/// A refused number long enough to know the same row again by it.
fn is_a_number(written: &str) -> bool {
    identity::citizen::OLD_LENGTH <= written.len()
        && written.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// A newborn needs no number for a while (§3.6).
fn number_missing(fields: &mut Fields<'_>, birth: Option<Day>) {
    let newborn =
        birth.is_some_and(|birth| identity::number_reminder(birth, fields.frame.today).is_none());
    if !newborn {
        fields.flag(Column::IdNo, RosterFault::IdMissing);
    }
}

fn birth(fields: &mut Fields<'_>, document: Option<&Document>) -> Option<Day> {
    let known = document.and_then(|document| document.birth);
    let cell = fields.cell(Column::Birth);
    if cell.is_blank() || clean::says_nothing(&cell.given()) {
        if known.is_none() {
            fields.flag(Column::Birth, RosterFault::BirthMissing);
        }
        return known;
    }
    let reading = cell.date(fields.frame.epoch);
    match (reading, known) {
        (Ok(reading), Some(known)) if reading.agrees_with(known) => {}
        (Ok(DateReading::Day(day)), _) if fields.frame.today < day => {
            fields.flag(Column::Birth, RosterFault::DateFuture);
        }
        (Ok(_), Some(known)) => {
            fields.flag(Column::Birth, RosterFault::IdBirth { number: known });
        }
        (Ok(DateReading::Day(day)), None) => return Some(day),
        (Ok(_), None) => fields.flag(Column::Birth, RosterFault::DateIncomplete),
        (Err(fault), _) => fields.flag(Column::Birth, fields::date_fault(fault)),
    }
    known
}

fn sex(fields: &mut Fields<'_>, document: Option<&Document>) -> Option<Sex> {
    let known = document.and_then(|document| document.sex);
    let cell = fields.cell(Column::Sex);
    let given = clean::compact(&cell.bare()).to_lowercase();
    let word = match given.trim_end_matches(".0").trim_end_matches(['性', '生']) {
        "男" | "1" | "01" | "m" | "male" | "1男" | "男1" => Some(Sex::Male),
        "女" | "2" | "02" | "f" | "female" | "2女" | "女2" => Some(Sex::Female),
        "" | "0" | "9" | "/" | "-" | "未知" | "不详" | "未说明" | "未知的" | "未说明的"
        | "未知的性别" | "未说明的性别" => None,
        _ => {
            fields.flag(Column::Sex, RosterFault::SexWord);
            return known;
        }
    };
    match (word, known) {
        (Some(word), Some(known)) if word != known => {
            fields.flag(Column::Sex, RosterFault::IdSex);
            Some(known)
        }
        (None, None) => {
            fields.flag(Column::Sex, RosterFault::SexMissing);
            None
        }
        (word, known) => known.or(word),
    }
}

fn relation(fields: &mut Fields<'_>) -> Option<Kinship> {
    let word = fields.word(Column::Relation, GROUP_MOST)?;
    let word = clean::compact(word.trim_end_matches(".0"));
    let known = relation::read(&word);
    if known.is_none() {
        fields.flag(Column::Relation, RosterFault::RelationWord);
    }
    Some(known.unwrap_or_else(|| Kinship::of_word(&word)))
}

/// `第四村民组`, `4组`, `4社` and `4` are the same group.
fn group_name(text: &str) -> String {
    let text = clean::compact(text);
    let bare = text.strip_prefix('第').unwrap_or(&text);
    let bare = ["村民小组", "居民小组", "村民组", "小组", "组", "社", "队"]
        .iter()
        .find_map(|ending| bare.strip_suffix(ending))
        .unwrap_or(bare);
    clean::small_number(bare.trim_end_matches(".0")).map_or_else(|| text.clone(), |n| n.to_string())
}

fn ethnic(word: &str) -> String {
    match clean::compact(word).as_str() {
        "汉" | "01" | "1" | "01汉族" => "汉族".to_owned(),
        word => word.to_owned(),
    }
}

fn tags(fields: &mut Fields<'_>) -> Vec<String> {
    let text = fields.word(Column::Tags, REMARK_MOST).unwrap_or_default();
    let mut tags: Vec<String> = Vec::new();
    for word in text.split(['、', '，', ',', '；', ';', '|', '/', '+', ' ', '＋', '／']) {
        let word = clean::plain(word);
        if !word.is_empty() && !tags.contains(&word) {
            tags.push(word);
        }
    }
    tags.shrink_to_fit();
    tags
}

fn agreement(fields: &mut Fields<'_>) -> GivenAgreement {
    GivenAgreement {
        state: fields.word(Column::AgreementState, WORD_MOST),
        signed_on: fields.date(Column::AgreementOn, Future::Refused),
        doctor: fields
            .word(Column::AgreementDoctor, WORD_MOST)
            .map(|name| clean::name(&name)),
    }
}

/// Returns whether a row says enough to be somebody: a name, a number, or two facts.
pub(super) fn is_somebody(frame: Frame<'_>, row: &SheetRow) -> bool {
    let fields = Fields::new(frame, row);
    let says = |column| {
        let cell: &Cell = fields.cell(column);
        !cell.is_blank() && !clean::says_nothing(&cell.given())
    };
    let facts = [Column::Sex, Column::Birth, Column::Relation, Column::Phone];
    says(Column::Name)
        || says(Column::IdNo)
        || 2 <= facts.into_iter().filter(|column| says(*column)).count()
}
