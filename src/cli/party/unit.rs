//! `cunyi unit`: functional-community units and who is on their lists.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{KIND, NOTHING, PERSONS, PHONE, keep, text};
use crate::{
    cli::{
        agreement::{Reader, find_unit},
        open::Session,
        print::{self, Answer, Trouble},
        seen::SeenUntil,
        wording,
    },
    desk::{reply::PartiesView, request::Party},
    domain::{
        agreement::unit::{Unit, UnitKind, UnitMember},
        id::UnitId,
        text::{Lang, Text},
    },
};

/// What `unit` takes; without anything it lists them.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Subcommand)]
enum Action {
    List,
    Add {
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        told: Told,
    },
    Change {
        #[arg(value_name = "UNIT")]
        unit: String,
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        #[command(flatten)]
        told: Told,
    },
}

/// What is told of a unit.
#[derive(Debug, Args)]
struct Told {
    #[arg(long, value_name = "1..4")]
    kind: Option<String>,
    #[arg(long = "credit-code", value_name = "CODE")]
    credit_code: Option<String>,
    #[arg(long, value_name = "NAME")]
    contact: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    #[arg(long, value_name = "TEXT")]
    address: Option<String>,
    #[arg(long, value_name = "N")]
    headcount: Option<u32>,
    #[arg(long, value_name = "PERSON|NAME,ID,PHONE")]
    member: Vec<String>,
    #[arg(long = "without", value_name = "PERSON|NAME")]
    without: Vec<String>,
    #[command(flatten)]
    seen: SeenUntil,
}

/// Lists or writes down.
///
/// # Errors
/// Refuses unknown units, people and codes, and by the rules.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    let reader = Reader::new(session);
    let parties = reader.parties()?;
    let lang = session.call.lang;
    match &arguments.action {
        None | Some(Action::List) => Ok(answer(&parties, |_| true, lang)),
        Some(Action::Add { name, told }) => {
            let new = Unit {
                id: UnitId(0),
                name: name.trim().to_owned(),
                kind: UnitKind::Company,
                credit_code: String::new(),
                contact: String::new(),
                phone: String::new(),
                address: String::new(),
                headcount: 0,
                members: Vec::new(),
            };
            let party = Party::Unit(None, told.over(&reader, new)?);
            let name = name.trim().to_owned();
            keep(session, &parties, (party, told.seen), |parties| {
                let named = parties.units.iter().filter(|one| one.name == name);
                let last = named.map(|one| one.id).max();
                answer(parties, |one| Some(one.id) == last, lang)
            })
        }
        Some(Action::Change { unit, name, told }) => {
            let mut unit = told.over(&reader, find_unit(session, unit)?)?;
            if let Some(name) = name {
                name.trim().clone_into(&mut unit.name);
            }
            let id = unit.id;
            let party = Party::Unit(Some(id), unit);
            keep(session, &parties, (party, told.seen), |parties| {
                answer(parties, |one| one.id == id, lang)
            })
        }
    }
}

impl Told {
    fn over(&self, reader: &Reader<'_, '_>, mut unit: Unit) -> Result<Unit, Trouble> {
        if let Some(kind) = &self.kind {
            unit.kind = reader.coded("--kind", kind)?;
        }
        let texts = [
            (&self.credit_code, &mut unit.credit_code),
            (&self.contact, &mut unit.contact),
            (&self.phone, &mut unit.phone),
            (&self.address, &mut unit.address),
        ];
        for (told, text) in texts {
            if let Some(told) = told {
                told.trim().clone_into(text);
            }
        }
        if let Some(headcount) = self.headcount {
            unit.headcount = headcount;
        }
        for given in &self.member {
            unit.members.push(member(reader, given)?);
        }
        for given in &self.without {
            let before = unit.members.len();
            let resident = reader.session.person(given).ok();
            unit.members.retain(|member| match member {
                UnitMember::Resident(person) => Some(*person) != resident,
                UnitMember::Light { name, .. } => name != given.trim(),
            });
            if unit.members.len() == before {
                return Err(reader.bad("--without", given, WITHOUT));
            }
        }
        Ok(unit)
    }
}

fn member(reader: &Reader<'_, '_>, given: &str) -> Result<UnitMember, Trouble> {
    if !given.contains([',', '，']) {
        return Ok(UnitMember::Resident(reader.session.person(given)?));
    }
    let mut told = given.split([',', '，']).map(|part| part.trim().to_owned());
    let mut next = || told.next().unwrap_or_default();
    Ok(UnitMember::Light {
        name: next(),
        id_no: next(),
        phone: next(),
    })
}

fn answer(parties: &PartiesView, wanted: impl Fn(&Unit) -> bool, lang: Lang) -> Answer {
    let units = || parties.units.iter().filter(|one| wanted(one));
    let rows: Vec<Value> = units().map(document).collect();
    let cells: Vec<Vec<String>> = units()
        .map(|one| {
            vec![
                one.id.to_string(),
                one.name.clone(),
                one.kind.name().get(lang).to_owned(),
                one.contact.clone(),
                one.phone.clone(),
                one.address.clone(),
                format!("{}/{}", one.members.len(), one.headcount),
            ]
        })
        .collect();
    let heads = [
        wording::ID,
        wording::NAME,
        KIND,
        CONTACT,
        PHONE,
        ADDRESS,
        PERSONS,
    ];
    let text = if cells.is_empty() {
        NOTHING.get(lang).to_owned()
    } else {
        print::table(lang, &heads, &cells)
    };
    Answer::new(json!({"units": rows}), text)
}

fn document(unit: &Unit) -> Value {
    let members = unit.members.iter().map(|member| match member {
        UnitMember::Resident(person) => json!({"id": person.to_string()}),
        UnitMember::Light { name, id_no, phone } => {
            json!({"id": null, "name": name, "id_no": id_no, "phone": phone})
        }
    });
    json!({
        "id": unit.id.to_string(),
        "name": unit.name,
        "kind": unit.kind.code(),
        "credit_code": unit.credit_code,
        "contact": unit.contact,
        "phone": unit.phone,
        "address": unit.address,
        "headcount": unit.headcount,
        "members": members.collect::<Vec<_>>(),
    })
}

const CONTACT: Text = text("联系人", "contact");
const ADDRESS: Text = text("地址", "address");
const WITHOUT: Text = text("名单上的人", "somebody on the list");
