//! `cunyi referral`: what became of an open referral, without a visit; the list of them; a slip
//! to be printed.

use clap::Args;

use super::{
    decided,
    open::Session,
    print::{Answer, Trouble},
    referral_print, referrals,
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
    #[arg(value_name = "PERSON|list|print")]
    person: String,
    /// Whose slip is printed.
    #[arg(value_name = "PERSON")]
    whose: Option<String>,
    #[command(flatten)]
    print: referral_print::PrintArguments,
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
/// Asks for a slip to be printed.
const PRINT: &str = "print";

/// Records the result, lists the referrals under way, or prints a slip.
///
/// # Errors
/// Refuses where no referral is open, and unknown codes.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    if arguments.person == LIST {
        return referrals::run(session);
    }
    if arguments.person == PRINT {
        return referral_print::run(session, arguments.whose.as_deref(), &arguments.print);
    }
    if let Some(extra) = &arguments.whose {
        let message = wording::too_much(extra, session.call.lang);
        return Err(Trouble::input("E-ARGUMENT", None, message));
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
