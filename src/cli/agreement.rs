//! `cunyi agreement`: what is done to agreements without a screen.

use clap::{Args, ValueEnum};
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
    #[arg(value_name = "roll")]
    action: Action,
}

/// What can be done.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Action {
    Roll,
}

/// Does it.
///
/// # Errors
/// Refuses to roll where more than 31 days were missed and today's date is not confirmed.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    match arguments.action {
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
