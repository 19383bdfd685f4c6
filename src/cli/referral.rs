//! `cunyi referral`: what became of an open referral, without a visit; or the list of them.

use clap::Args;

use super::{
    decided,
    open::Session,
    print::{Answer, Trouble},
    referrals,
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
    #[arg(value_name = "PERSON|list")]
    person: String,
    #[arg(long, value_name = "1..4")]
    result: Option<String>,
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[arg(long, value_name = "1..4")]
    mode: Option<String>,
    #[command(flatten)]
    seen: SeenUntil,
}

/// Asks for the list instead of naming a person.
const LIST: &str = "list";

/// Records the result, or lists the referrals under way.
///
/// # Errors
/// Refuses where no referral is open, and unknown codes.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    if arguments.person == LIST {
        return referrals::run(session);
    }
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
    // Without a result the refusal names those there are.
    let given = arguments.result.as_deref().unwrap_or_default();
    let result = referral_result(session, Some(given))?;
    let draft = ContactDraft {
        happening: result.map(|result| Happening::ReferralChecked { result, mode }),
        ..ContactDraft::about(person, day)
    };
    let seen = arguments.seen.of_person(session, person)?;
    let done = session.change_seen(seen, Command::RecordContact(Box::new(draft)))?;
    decided::answer(session, &done)
}
