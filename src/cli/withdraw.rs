//! `cunyi withdraw`: takes back a recorded contact that did not happen.

use clap::Args;

use super::{
    decided,
    open::{self, Session},
    print::{Answer, Trouble},
    seen::SeenUntil,
};
use crate::desk::{Command, Question, Reply};

/// What `withdraw` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "VISIT")]
    visit: String,
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    seen: SeenUntil,
}

/// Withdraws the contact.
///
/// # Errors
/// Refuses without a reason, and what was withdrawn before.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    let id = session.visit(&arguments.visit)?;
    let Reply::Contact(view) = session.ask(Question::Contact(id))? else {
        return Err(open::unexpected());
    };
    let seen = arguments.seen.of(&view.seen);
    let command = Command::WithdrawContact {
        contact: id,
        reason: arguments.reason.clone(),
    };
    let done = session.change_seen(seen, command)?;
    decided::withdrawn(session, id, view.contact.person, &done)
}
