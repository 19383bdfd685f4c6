//! `cunyi leave`: ends a person's programme.

use clap::Args;

use super::{
    decided,
    enrol::programme,
    open::Session,
    print::{Answer, Trouble},
    wording,
};
use crate::{
    desk::{Command, request::ContactDraft},
    domain::{
        course::happening::Happening,
        programmes::{ProgrammeKind, scope},
    },
};

/// What `leave` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "PERSON")]
    person: String,
    #[arg(value_name = "PROGRAMME")]
    programme: String,
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[arg(long, value_name = "REASON")]
    reason: Option<String>,
}

/// Ends the programme.
///
/// # Errors
/// Refuses whoever is not in it, and unknown reasons.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    let person = session.person(&arguments.person)?;
    let day = session.day("--date", arguments.date.as_deref())?;
    let programme = programme(session, "PROGRAMME", &arguments.programme)?;
    let happening = happening(session, programme, arguments.reason.as_deref())?;
    let draft = ContactDraft {
        happening: Some(happening),
        ..ContactDraft::about(person, day)
    };
    let done = session.change(Command::RecordContact(Box::new(draft)))?;
    decided::answer(session, &done)
}

/// Reads why the programme ends; without a reason the usual one of the programme.
///
/// # Errors
/// Refuses other words, naming those that end this programme.
fn happening(
    session: &Session<'_>,
    programme: ProgrammeKind,
    given: Option<&str>,
) -> Result<Happening, Trouble> {
    const REFUSED: &str = "refused";
    if given == Some(REFUSED) {
        return Ok(Happening::RefusedProgramme { programme });
    }
    let ends = scope::ends(programme);
    let found = match given {
        None => ends.first(),
        Some(word) => ends.iter().find(|why| why.key() == word),
    };
    let why = found.copied().ok_or_else(|| {
        let ends = ends.iter().map(|why| why.key());
        let known: Vec<&str> = ends.chain([REFUSED]).collect();
        let word = given.unwrap_or("");
        let message = wording::no_word("--reason", word, &known, session.call.lang);
        Trouble::input("E-CODE", Some("--reason"), message)
    })?;
    Ok(Happening::Left {
        programme: Some(programme),
        why,
    })
}
