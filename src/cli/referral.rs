//! `cunyi referral`: what became of an open referral, without a visit.

use clap::Args;

use super::{
    decided,
    open::Session,
    print::{Answer, Trouble},
    seen::SeenUntil,
    visit::referral_result,
    wording,
};
use crate::{
    desk::{Command, request::ContactDraft},
    domain::{course::happening::Happening, task::Mode},
};

/// What `referral` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "PERSON")]
    person: String,
    #[arg(long, value_name = "1..4")]
    result: String,
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[arg(long, value_name = "1..4")]
    mode: Option<String>,
    #[command(flatten)]
    seen: SeenUntil,
}

/// Records the result.
///
/// # Errors
/// Refuses where no referral is open, and unknown codes.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    let person = session.person(&arguments.person)?;
    let day = session.day("--date", arguments.date.as_deref())?;
    let given = arguments.mode.as_deref();
    let mode = match given {
        None => Mode::Phone,
        Some(code) => Mode::from_code(code.trim()).ok_or_else(|| {
            let message = wording::no_mode(code, session.call.lang);
            Trouble::input("E-CODE", Some("--mode"), message)
        })?,
    };
    let result = referral_result(session, Some(&arguments.result))?;
    let draft = ContactDraft {
        happening: result.map(|result| Happening::ReferralChecked { result, mode }),
        ..ContactDraft::about(person, day)
    };
    let seen = arguments.seen.of_person(session, person)?;
    let done = session.change_seen(seen, Command::RecordContact(Box::new(draft)))?;
    decided::answer(session, &done)
}
