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
    domain::course::happening::{EndReason, Happening},
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
    #[arg(long, value_name = "diagnosis_removed|refused")]
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
    let happening = match arguments.reason.as_deref().unwrap_or("diagnosis_removed") {
        "diagnosis_removed" => Happening::Left {
            programme: Some(programme),
            why: EndReason::DiagnosisRemoved,
        },
        "refused" => Happening::RefusedProgramme { programme },
        other => {
            let known = ["diagnosis_removed", "refused"];
            let message = wording::no_word("--reason", other, &known, session.call.lang);
            return Err(Trouble::input("E-CODE", Some("--reason"), message));
        }
    };
    let draft = ContactDraft {
        happening: Some(happening),
        ..ContactDraft::about(person, day)
    };
    let done = session.change(Command::RecordContact(Box::new(draft)))?;
    decided::answer(session, &done)
}
