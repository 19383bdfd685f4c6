//! `cunyi export`: writes what the clinic owns in open formats.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{
    agreements,
    open::{Session, unexpected},
    print::{Answer, Trouble},
    register,
};
use crate::{
    desk::{Question, Reply, reply::ExportRow, request::HandedOut},
    domain::{
        household::key as home_key,
        identity::{DocumentKind, Sex},
        looking::{Handed, Way},
        person::{Person, key},
        roster::Column,
        tags::{self, Tag},
        text::Lang,
        value::Value,
    },
    paper::export::{self, Format, Overwrite, Table, TableCell, TableColumn},
};

/// What `export` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "people|journal|register|agreements")]
    what: What,
    #[arg(long, value_name = "csv|xlsx|json")]
    format: Option<String>,
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    #[arg(long)]
    replace: bool,
}

/// What can be exported.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum What {
    People,
    Journal,
    Register,
    Agreements,
}

impl What {
    /// Returns the stable key.
    const fn key(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Journal => "journal",
            Self::Register => "register",
            Self::Agreements => "agreements",
        }
    }
}

/// How many entries of the journal are read at once.
const BATCH: usize = 1_000;

/// Writes the file.
///
/// # Errors
/// Refuses an unknown format and, unless told to, to replace a file.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    let lang = session.call.lang;
    let format = format(arguments, lang)?;
    let table = match arguments.what {
        What::People => people(session)?,
        What::Journal => journal(session)?,
        What::Agreements => agreements::table(session)?,
        What::Register => {
            let until = session.day("--until", arguments.until.as_deref())?;
            let from = arguments.from.as_deref();
            let from = from.map(|from| session.day("--from", Some(from)));
            register::table(session, from.transpose()?.unwrap_or(until), until)?
        }
    };
    session.hand_out(&HandedOut {
        way: Way::Export,
        what: Handed {
            what: arguments.what.key().to_owned(),
            rows: table.rows.len() as u64,
            format: format.name().to_owned(),
        },
        people: Vec::new(),
    })?;
    let overwrite = if arguments.replace {
        Overwrite::Allowed
    } else {
        Overwrite::Refused
    };
    export::to_file(&table, format, &arguments.out, overwrite)
        .map_err(|failure| Trouble::input("E-EXPORT", Some("--out"), failure.sentence(lang)))?;
    let rows = table.rows.len();
    let out = arguments.out.display();
    let text = match lang {
        Lang::Zh => format!("已写出{rows}行：{out}\n"),
        Lang::En => format!("{rows} rows written: {out}\n"),
    };
    Ok(Answer::new(
        json!({"rows": rows, "out": out.to_string()}),
        text,
    ))
}

fn format(arguments: &Arguments, lang: Lang) -> Result<Format, Trouble> {
    let Some(name) = &arguments.format else {
        return Ok(Format::of_path(&arguments.out).unwrap_or(Format::Csv));
    };
    Format::named(name).ok_or_else(|| {
        let message = match lang {
            Lang::Zh => format!("没有“{name}”这种格式，请写 csv、xlsx 或 json。"),
            Lang::En => format!("There is no format \"{name}\": csv, xlsx or json."),
        };
        Trouble::input("E-FORMAT", Some("--format"), message)
    })
}

fn people(session: &Session<'_>) -> Result<Table, Trouble> {
    let Reply::People(people) = session.ask(Question::ExportPeople)? else {
        return Err(unexpected());
    };
    let columns = Column::EXPORTED.iter();
    let columns = columns.map(|column| TableColumn::new(column.export_key(), column.usual_name()));
    let rows = (1..).zip(&people).map(|(number, row)| {
        let cells = Column::EXPORTED.iter();
        cells
            .map(|column| person_cell(row, *column, number))
            .collect()
    });
    Ok(Table {
        columns: columns.collect(),
        rows: rows.collect(),
    })
}

fn person_cell(row: &ExportRow, column: Column, number: i64) -> TableCell {
    let (person, home) = (&row.person, &row.household);
    let told = person.agreement_told.as_ref();
    let text = |text: &str| TableCell::text(Some(text.to_owned()).filter(|text| !text.is_empty()));
    match column {
        Column::Serial => TableCell::Whole(number),
        Column::OutsideNo => text(
            &home
                .outside_no
                .clone()
                .unwrap_or_else(|| home.id.to_string()),
        ),
        Column::HeadName => text(&row.head),
        Column::Relation => text(&person.relation_word),
        Column::Name => text(person.name()),
        Column::Sex => match person.sex() {
            Sex::Male | Sex::Female => text(person.sex().name().zh),
            Sex::Unknown | Sex::Unspecified => TableCell::Empty,
        },
        Column::Ethnic => text(&ethnic(person)),
        Column::IdType => text(document(person).map_or("", |kind| kind.name().zh)),
        Column::IdNo => text(person.text(key::ID_NO)),
        Column::Birth => person.birth().map_or(TableCell::Empty, TableCell::Date),
        Column::Phone => {
            let phones = [person.text(key::PHONE), person.text("phone2")];
            let phones: Vec<&str> = phones
                .into_iter()
                .filter(|phone| !phone.is_empty())
                .collect();
            text(&phones.join("、"))
        }
        Column::Village => text(&row.village),
        Column::Group => text(home.text(home_key::GROUP)),
        Column::Door => text(home.text(home_key::DOOR)),
        Column::Address => match person.text(key::ADDRESS) {
            "" => text(home.text(home_key::ADDRESS)),
            own => text(own),
        },
        Column::Tags => text(&words(row).join("、")),
        Column::AgreementState => text(told.map_or("", |told| &told.state)),
        Column::AgreementOn => told
            .and_then(|told| told.signed_on)
            .map_or(TableCell::Empty, TableCell::Date),
        Column::AgreementDoctor => text(told.and_then(|told| told.doctor.as_deref()).unwrap_or("")),
        Column::Remark => text(person.text("note")),
        Column::RecordNo => text(person.record_no.as_deref().unwrap_or("")),
        Column::Employer => text(person.text("employer")),
        Column::ContactName => text(person.text(key::CONTACT_NAME)),
        Column::ContactPhone => text(person.text(key::CONTACT_PHONE)),
        Column::RegisteredAddress => text(person.text("reg_address")),
        _ => TableCell::Empty,
    }
}

fn document(person: &Person) -> Option<DocumentKind> {
    let code = |field: &str| person.card.get(field).and_then(Value::code);
    let has_number = !person.text(key::ID_NO).is_empty();
    DocumentKind::from_codes(
        code(key::ID_TYPE).filter(|_| has_number)?,
        code(key::ID_SUB),
    )
}

fn ethnic(person: &Person) -> String {
    match person.card.get("ethnic").and_then(Value::code) {
        Some("01") => "汉族".to_owned(),
        Some(_) if person.text("ethnic_text").is_empty() => "少数民族".to_owned(),
        Some(_) => person.text("ethnic_text").to_owned(),
        None => String::new(),
    }
}

/// Returns the words of 人群分类 whose reading states nothing that is not on the cards.
fn words(row: &ExportRow) -> Vec<&str> {
    let codes = |field: &str| row.person.codes(field);
    let home = |field: &str| {
        row.household
            .card
            .get(field)
            .map(Value::codes)
            .unwrap_or_default()
    };
    let mut words: Vec<&str> = Vec::new();
    let lists: [(&[String], Words); 4] = [
        (codes(key::DISEASES), DISEASES),
        (codes(key::DISABILITY), DISABILITIES),
        (home(home_key::HH_TYPE), TYPES),
        (home(home_key::HH_FLAGS), FLAGS),
    ];
    for (tag, word) in BY_AGE {
        words.extend(row.tags.contains(*tag).then_some(*word));
    }
    for (tag, code, word) in [
        (Tag::Hypertension, "2", "高血压"),
        (Tag::Diabetes, "3", "2型糖尿病"),
    ] {
        let on_card = codes(key::DISEASES).iter().any(|own| own == code);
        words.extend((row.tags.contains(tag) && !on_card).then_some(word));
    }
    for (codes, known) in lists {
        let named = codes
            .iter()
            .filter_map(|code| known.iter().find(|(own, _)| own == code));
        words.extend(named.map(|(_, word)| *word));
    }
    // The word the roster or the doctor used for a disability of no listed kind.
    let own = row.person.text("disability_other");
    if tags::read(own)
        .meanings
        .iter()
        .any(|meaning| meaning.disability == Some("8"))
        && let Some(word) = words.iter_mut().find(|word| **word == "残疾")
    {
        *word = own;
    }
    for (tag, word) in BY_HAND {
        let is_set = row
            .person
            .manual_tags
            .iter()
            .any(|kept| kept.tag == tag.code());
        words.extend(is_set.then_some(*word));
    }
    words
}

/// Codes with the words a roster has for them.
type Words = &'static [(&'static str, &'static str)];

const BY_AGE: &[(Tag, &str)] = &[
    (Tag::Child, "0-6岁儿童"),
    (Tag::Elderly, "65岁及以上老年人"),
];
const BY_HAND: &[(Tag, &str)] = &[
    (Tag::Maternal, "孕产妇"),
    (Tag::Monitored, "监测户"),
    (Tag::HighRisk, "慢性病高危"),
    (Tag::Dependent, "失能"),
    (Tag::OtherChronic, "其他慢性病"),
];
const DISEASES: Words = &[
    ("2", "高血压"),
    ("3", "2型糖尿病"),
    ("4", "冠心病"),
    ("5", "慢阻肺"),
    ("6", "恶性肿瘤"),
    ("7", "脑卒中"),
    ("8", "严重精神障碍"),
    ("9", "结核病"),
];
const DISABILITIES: Words = &[
    ("2", "视力残疾"),
    ("3", "听力残疾"),
    ("4", "言语残疾"),
    ("5", "肢体残疾"),
    ("6", "智力残疾"),
    ("7", "精神残疾"),
    ("8", "残疾"),
];
const TYPES: Words = &[
    ("2", "脱贫户"),
    ("3", "脱贫不稳定户"),
    ("4", "边缘易致贫户"),
    ("5", "突发严重困难户"),
];
const FLAGS: Words = &[("11", "低保户"), ("13", "特困"), ("14", "计生特殊家庭")];

fn journal(session: &Session<'_>) -> Result<Table, Trouble> {
    let columns = [
        ("seq", "序号"),
        ("at", "时间毫秒"),
        ("day", "日期"),
        ("user", "经办"),
        ("window", "窗口"),
        ("request", "请求"),
        ("cause", "事由"),
        ("events", "内容"),
    ];
    let mut rows = Vec::new();
    let mut first = 1;
    loop {
        let asked = Question::Journal {
            first,
            limit: BATCH,
        };
        let Reply::Journal(entries) = session.ask(asked)? else {
            return Err(unexpected());
        };
        for entry in &entries {
            let events = serde_json::to_string(&entry.events).unwrap_or_default();
            rows.push(vec![
                TableCell::Whole(i64::try_from(entry.seq).unwrap_or(i64::MAX)),
                TableCell::Whole(entry.at),
                TableCell::Date(entry.day),
                TableCell::text(Some(entry.user.to_string())),
                TableCell::text(Some(entry.window.clone())),
                TableCell::text(Some(entry.request.clone())),
                TableCell::text(Some(entry.cause.clone())),
                TableCell::text(Some(events)),
            ]);
        }
        match entries.last() {
            Some(last) if entries.len() == BATCH => first = last.seq + 1,
            _ => break,
        }
    }
    Ok(Table {
        columns: columns
            .map(|(key, title)| TableColumn::new(key, title))
            .into(),
        rows,
    })
}
