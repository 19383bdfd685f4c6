//! `cunyi agreement`: agreements from consent to renewal, without a screen.
//!
//! | file | idea |
//! |---|---|
//! | `target` | which agreement, household or unit is meant |
//! | `contents`, `signing` | what is agreed, and the signatures, as people write them |
//! | `sign` | draft, sign, renew, resign |
//! | `members`, `ending`, `standing` | what happens to one that runs |
//! | `told`, `document`, `list` | how agreements are told |
//! | `print` | the papers |

mod contents;
mod document;
mod ending;
mod list;
mod members;
mod print;
mod read;
mod sign;
mod signing;
mod standing;
mod target;
mod told;

pub(super) use self::{
    read::Reader,
    target::unit as find_unit,
    told::{documents, text},
};

use clap::{Args, Subcommand};
use serde_json::json;

use super::{
    open::Session,
    print::{Answer, Trouble},
};
use crate::{
    desk::Command,
    domain::text::{Lang, Text},
};

/// What `agreement` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

/// What can be done, in the order of an agreement's life.
#[derive(Debug, Subcommand)]
enum Action {
    List(list::Arguments),
    Show(told::Arguments),
    Draft(sign::DraftArguments),
    Print(print::Arguments),
    Sign(sign::SignArguments),
    Join(members::JoinArguments),
    Leave(members::LeaveArguments),
    Confirm(members::ConfirmArguments),
    Spoken(standing::SpokenArguments),
    Renew(sign::SignArguments),
    Resign(sign::ResignArguments),
    End(ending::EndArguments),
    Withdraw(ending::WithdrawArguments),
    Stop(ending::StopArguments),
    Doubt(standing::DoubtArguments),
    Clear(standing::ClearArguments),
    Acting(standing::ActingArguments),
    Discard(standing::DiscardArguments),
    Void(standing::VoidArguments),
    Roll,
}

/// Does it.
///
/// # Errors
/// Refuses what cannot be read, naming the option, and by the rules, naming the persons.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    match &arguments.action {
        Action::List(asked) => list::run(session, asked),
        Action::Show(asked) => told::run(session, asked),
        Action::Draft(asked) => sign::draft(session, asked),
        Action::Print(asked) => print::run(session, asked),
        Action::Sign(asked) => sign::sign(session, asked),
        Action::Join(asked) => members::join(session, asked),
        Action::Leave(asked) => members::leave(session, asked),
        Action::Confirm(asked) => members::confirm(session, asked),
        Action::Spoken(asked) => standing::spoken(session, asked),
        Action::Renew(asked) => sign::renew(session, asked),
        Action::Resign(asked) => sign::resign(session, asked),
        Action::End(asked) => ending::end(session, asked),
        Action::Withdraw(asked) => ending::withdraw(session, asked),
        Action::Stop(asked) => ending::stop(session, asked),
        Action::Doubt(asked) => standing::doubt(session, asked),
        Action::Clear(asked) => standing::clear(session, asked),
        Action::Acting(asked) => standing::acting(session, asked),
        Action::Discard(asked) => standing::discard(session, asked),
        Action::Void(asked) => standing::void(session, asked),
        Action::Roll => roll(session),
    }
}

fn roll(session: &Session<'_>) -> Result<Answer, Trouble> {
    let done = session.change(Command::RollAgreements)?;
    let of = |kind: &str| done.counts.get(kind).copied().unwrap_or_default();
    let (renewed, expired) = (of("agreements_begun"), of("agreements_expired"));
    let ended = of("agreements_ended");
    let text = match session.call.lang {
        Lang::Zh => format!("自动续约{renewed}份，到期终止{expired}份，按解约单解除{ended}份\n"),
        Lang::En => format!("{renewed} renewed, {expired} expired, {ended} ended as agreed\n"),
    };
    let text = if renewed + expired + ended == 0 {
        session.call.say(NOTHING).to_owned()
    } else {
        text
    };
    let ids: Vec<String> = done.agreements.iter().map(ToString::to_string).collect();
    let json = json!({
        "renewed": renewed,
        "expired": expired,
        "ended": ended,
        "agreements": ids,
    });
    Ok(Answer::new(json, text))
}

const NOTHING: Text = Text {
    zh: "没有到期的协议\n",
    en: "no agreement is due\n",
};
