//! `cunyi init`: sets the clinic up without a window.

use clap::Args;
use serde_json::json;

use super::{
    Call, open,
    print::{Answer, Trouble},
    wording,
};
use crate::{
    desk::{Change, Command, Desk, Reply, Request, request::SetUp},
    domain::{clock, id::StaffId},
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
        let refusal = crate::domain::refusal::RecordRefusal::OnlyPractice.into();
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
    let desk = Desk::create(&folder, call.clock.clone(), open::catalog()?, "cli", today)
        .map_err(|stop| Trouble::of(&stop, call.lang))?;
    match desk.ask(&Request::Change(Box::new(change))) {
        Ok(Reply::Done(_)) => Ok(Answer::new(
            json!({
                "clinic": arguments.clinic,
                "doctor": arguments.doctor,
                "villages": arguments.village.iter().map(|text| village(text).0).collect::<Vec<_>>(),
                "practice": arguments.practice,
                "data": folder.root().to_string_lossy(),
            }),
            wording::set_up(&arguments.clinic, folder.root(), call.lang),
        )),
        Ok(_) => Err(open::unexpected()),
        Err(stop) => Err(Trouble::of(&stop, call.lang)),
    }
}

/// Reads `NAME=CODE` or a name alone.
fn village(text: &str) -> (String, Option<String>) {
    match text.split_once(['=', '＝']) {
        Some((name, code)) => (name.to_owned(), Some(code.to_owned())),
        None => (text.to_owned(), None),
    }
}
