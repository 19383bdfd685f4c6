//! `cunyi doctor`: the doctors who may sign, and how full their panels are.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{DAYS, KIND, NOTHING, PERSONS, day, days, keep, text};
use crate::{
    cli::{
        agreement::Reader,
        open::Session,
        print::{self, Answer, Trouble},
        seen::SeenUntil,
        wording,
    },
    desk::{
        reply::{PanelTold, PartiesView},
        request::Party,
    },
    domain::{
        agreement::{
            cap::Fill,
            doctor::{Cap, Doctor, DoctorKind},
        },
        id::DoctorId,
        text::{Lang, Text},
    },
};

/// What `doctor` takes; without anything it lists them.
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
        #[arg(value_name = "DOCTOR")]
        doctor: String,
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        #[command(flatten)]
        told: Told,
    },
    Stop {
        #[arg(value_name = "DOCTOR")]
        doctor: String,
        #[arg(long, value_name = "DATE")]
        date: Option<String>,
        #[command(flatten)]
        seen: SeenUntil,
    },
}

/// What is told of a doctor.
#[derive(Debug, Args)]
struct Told {
    #[arg(long, value_name = "1..6")]
    kind: Option<String>,
    #[arg(long, value_name = "NAME")]
    staff: Option<String>,
    #[arg(long = "id-no", value_name = "NUMBER")]
    id_no: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    licence: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    #[arg(long = "cap-persons", value_name = "N")]
    cap_persons: Option<usize>,
    #[arg(long = "cap-households", value_name = "N", requires = "cap_persons")]
    cap_households: Option<usize>,
    #[command(flatten)]
    seen: SeenUntil,
}

/// Lists or writes down.
///
/// # Errors
/// Refuses unknown doctors and codes, and by the rules.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    let reader = Reader::new(session);
    let parties = reader.parties()?;
    let lang = session.call.lang;
    match &arguments.action {
        None | Some(Action::List) => Ok(list(&parties, lang)),
        Some(Action::Add { name, told }) => {
            let new = Doctor {
                id: DoctorId(0),
                name: name.clone(),
                staff: None,
                id_no: String::new(),
                licence: String::new(),
                kind: DoctorKind::Village,
                from: session.today(),
                until: None,
                cap: None,
                phone: String::new(),
            };
            let doctor = told.over(&reader, new)?;
            let party = Party::Doctor(None, doctor);
            keep(session, &parties, (party, told.seen), |parties| {
                newest(parties, name, lang)
            })
        }
        Some(Action::Change { doctor, name, told }) => {
            let id = reader.doctor(&parties, doctor)?;
            let mut doctor = told.over(&reader, known(&parties, id)?)?;
            if let Some(name) = name {
                name.clone_into(&mut doctor.name);
            }
            let party = Party::Doctor(Some(id), doctor);
            keep(session, &parties, (party, told.seen), |parties| {
                one(parties, id, lang)
            })
        }
        Some(Action::Stop { doctor, date, seen }) => {
            let id = reader.doctor(&parties, doctor)?;
            let last = session.day("--date", date.as_deref())?;
            let doctor = Doctor {
                until: Some(last),
                ..known(&parties, id)?
            };
            let party = Party::Doctor(Some(id), doctor);
            let mut answer = keep(session, &parties, (party, *seen), |parties| {
                one(parties, id, lang)
            })?;
            answer.text.push_str(session.call.say(SIGN_ANEW));
            Ok(answer)
        }
    }
}

fn known(parties: &PartiesView, id: DoctorId) -> Result<Doctor, Trouble> {
    let mut doctors = parties.doctors.iter().map(|told| &told.doctor);
    let found = doctors.find(|doctor| doctor.id == id).cloned();
    found.ok_or_else(crate::cli::open::unexpected)
}

impl Told {
    fn over(&self, reader: &Reader<'_, '_>, mut doctor: Doctor) -> Result<Doctor, Trouble> {
        let session = reader.session;
        if let Some(kind) = &self.kind {
            doctor.kind = reader.coded("--kind", kind)?;
        }
        if let Some(staff) = &self.staff {
            doctor.staff = Some(reader.staff("--staff", staff)?.0);
        }
        if let Some(number) = &self.id_no {
            number.trim().clone_into(&mut doctor.id_no);
        }
        if let Some(licence) = &self.licence {
            licence.trim().clone_into(&mut doctor.licence);
        }
        if let Some(phone) = &self.phone {
            phone.trim().clone_into(&mut doctor.phone);
        }
        if let Some(from) = day(session, "--from", self.from.as_deref())? {
            doctor.from = from;
        }
        if let Some(until) = day(session, "--until", self.until.as_deref())? {
            doctor.until = Some(until);
        }
        if let Some(persons) = self.cap_persons {
            let households = self.cap_households;
            doctor.cap = Some(Cap {
                persons,
                households,
            });
        }
        Ok(doctor)
    }
}

fn list(parties: &PartiesView, lang: Lang) -> Answer {
    answer(&parties.doctors.iter().collect::<Vec<_>>(), lang)
}

fn one(parties: &PartiesView, id: DoctorId, lang: Lang) -> Answer {
    let doctors = parties.doctors.iter();
    answer(
        &doctors
            .filter(|told| told.doctor.id == id)
            .collect::<Vec<_>>(),
        lang,
    )
}

/// Of several of one name the one written down last.
fn newest(parties: &PartiesView, name: &str, lang: Lang) -> Answer {
    let mut named = parties
        .doctors
        .iter()
        .filter(|told| told.doctor.name == name.trim());
    answer(&named.next_back().into_iter().collect::<Vec<_>>(), lang)
}

fn answer(doctors: &[&PanelTold], lang: Lang) -> Answer {
    let rows: Vec<Value> = doctors.iter().map(|told| document(told)).collect();
    let cells = doctors.iter().map(|told| {
        let doctor = &told.doctor;
        let most = |count: usize, most: Option<usize>| match most {
            Some(most) => format!("{count}/{most}"),
            None => count.to_string(),
        };
        vec![
            doctor.id.to_string(),
            doctor.name.clone(),
            doctor.kind.name().get(lang).to_owned(),
            doctor.licence.clone(),
            days(doctor.from, doctor.until),
            most(told.persons, Some(told.cap.persons)),
            most(told.households, told.cap.households),
            fill(told.fill).map_or("", |name| name.get(lang)).to_owned(),
        ]
    });
    let cells: Vec<Vec<String>> = cells.collect();
    let heads = [
        wording::ID,
        wording::NAME,
        KIND,
        LICENCE,
        DAYS,
        PERSONS,
        HOUSEHOLDS,
        PANEL,
    ];
    let text = if cells.is_empty() {
        NOTHING.get(lang).to_owned()
    } else {
        print::table(lang, &heads, &cells)
    };
    Answer::new(json!({"doctors": rows}), text)
}

fn document(told: &PanelTold) -> Value {
    let doctor = &told.doctor;
    json!({
        "id": doctor.id.to_string(),
        "name": doctor.name,
        "kind": doctor.kind.code(),
        "staff": doctor.staff.map(|staff| staff.to_string()),
        "id_no": doctor.id_no,
        "licence": doctor.licence,
        "phone": doctor.phone,
        "from": doctor.from,
        "until": doctor.until,
        "persons": told.persons,
        "households": told.households,
        "cap_persons": told.cap.persons,
        "cap_households": told.cap.households,
        "fill": match told.fill {
            Fill::Fits => "fits",
            Fill::Few => "few",
            Fill::Near => "near",
            Fill::Over => "over",
        },
    })
}

const fn fill(fill: Fill) -> Option<Text> {
    match fill {
        Fill::Fits => None,
        Fill::Few => Some(text("户数偏少", "few households")),
        Fill::Near => Some(text("快满了", "nearly full")),
        Fill::Over => Some(text("超上限", "above the cap")),
    }
}

const LICENCE: Text = text("执业证书", "licence");
const HOUSEHOLDS: Text = text("户数", "households");
const PANEL: Text = text("签约数", "panel");
const SIGN_ANEW: Text = text(
    "他的协议继续有效；要重新签约的户：cunyi agreement list doctor_left（离任次日起）\n",
    "His agreements go on; the households to sign anew: cunyi agreement list doctor_left (from the day after)\n",
);
