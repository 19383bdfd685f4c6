//! `cunyi init`: sets the clinic up without a window.

use clap::Args;
use serde_json::json;

use super::{
    Call, open, password,
    print::{Answer, Trouble},
    restore, wording,
};
use crate::{
    desk::{Change, Command, Desk, Folder, Reception, Reply, Request, Standing, request::SetUp},
    domain::{clock, id::StaffId, refusal::RecordRefusal},
};

/// What `init` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(long, value_name = "NAME")]
    clinic: String,
    #[arg(long, required = true, value_name = "NAME[=CODE]")]
    village: Vec<String>,
    #[arg(long, value_name = "NAME")]
    doctor: String,
    #[arg(long)]
    practice: bool,
}

/// Sets the clinic up.
///
/// # Errors
/// Refuses bad names and codes, and a store that is set up already.
pub fn run(call: &Call, arguments: &Arguments) -> Result<Answer, Trouble> {
    let folder = open::folder(call)?;
    let today = open::given_today(call)?;
    if today.is_some() && !arguments.practice {
        let refusal = RecordRefusal::OnlyPractice.into();
        return Err(Trouble::refused(&refusal, call.lang));
    }
    let practice_day = arguments
        .practice
        .then(|| today.unwrap_or_else(|| clock::day_of(call.clock.now())));
    let set_up = SetUp {
        clinic: arguments.clinic.clone(),
        villages: arguments.village.iter().map(|text| village(text)).collect(),
        doctor: arguments.doctor.clone(),
        practice_day,
        store: open::random()?,
    };
    let change = Change {
        id: open::request_id(call)?,
        by: StaffId(1),
        seen: Vec::new(),
        date_is: open::date_is(call)?,
        command: Command::SetUp(set_up),
    };
    let recovery = match arguments.practice {
        true => {
            practice(call, &folder, change)?;
            None
        }
        false => Some(sealed(call, &folder, &change, &arguments.doctor)?),
    };
    let villages = arguments.village.iter().map(|text| village(text).0);
    Ok(Answer::new(
        json!({
            "clinic": arguments.clinic,
            "doctor": arguments.doctor,
            "villages": villages.collect::<Vec<_>>(),
            "practice": arguments.practice,
            "data": folder.root().to_string_lossy(),
            "recovery": recovery,
        }),
        wording::set_up(
            &arguments.clinic,
            folder.root(),
            recovery.as_deref(),
            call.lang,
        ),
    ))
}

/// Sets a practice clinic up: its data lie plain and nobody needs a password.
fn practice(call: &Call, folder: &Folder, change: Change) -> Result<(), Trouble> {
    let told = |stop| Trouble::of(&stop, call.lang);
    let desk = Desk::create(folder, open::seat(call, "cli")?).map_err(told)?;
    match desk.ask(&Request::Change(Box::new(change))) {
        Ok(Reply::Done(_)) => Ok(()),
        Ok(_) => Err(open::unexpected()),
        Err(stop) => Err(told(stop)),
    }
}

/// Sets a clinic up under its doctor's password and returns the recovery code, as it is to be
/// written down.
fn sealed(call: &Call, folder: &Folder, change: &Change, doctor: &str) -> Result<String, Trouble> {
    let told = |stop| Trouble::of(&stop, call.lang);
    if let Some(lost) = restore::lost(call, folder) {
        return Err(lost);
    }
    let reception = Reception::of(folder, open::seat(call, "cli")?);
    if reception.standing().map_err(told)? != Standing::Empty {
        return Err(Trouble::refused(&RecordRefusal::SetUp.into(), call.lang));
    }
    let password = password::first(call)?;
    let (_, recovery) = reception.set_up(change, doctor, &password).map_err(told)?;
    Ok(recovery.to_string())
}

/// Reads `NAME=CODE` or a name alone.
fn village(text: &str) -> (String, Option<String>) {
    match text.split_once(['=', '＝']) {
        Some((name, code)) => (name.to_owned(), Some(code.to_owned())),
        None => (text.to_owned(), None),
    }
}
