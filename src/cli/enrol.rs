//! `cunyi enrol`: takes a person into a programme.

use clap::Args;

use super::{
    decided,
    filling::Typed,
    open::Session,
    print::{Answer, Trouble},
    proposed, wording,
};
use crate::{
    desk::{Command, request::ContactDraft},
    domain::{
        course::happening::{Enrolled, Happening},
        programmes::{PROGRAMMES, ProgrammeKind},
        visit,
    },
};

/// What `enrol` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "PERSON", required_unless_present = "proposed")]
    person: Option<String>,
    #[arg(value_name = "PROGRAMME", required_unless_present = "proposed")]
    programme: Option<String>,
    #[arg(
        long,
        value_name = "PROGRAMME",
        num_args = 0..=1,
        default_missing_value = "",
        conflicts_with_all = ["person", "programme", "date", "reason"]
    )]
    proposed: Option<String>,
    #[arg(long, conflicts_with_all = ["person", "programme"])]
    dry_run: bool,
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    typed: Typed,
}

/// Enrols the person.
///
/// # Errors
/// Refuses by the rules, and unknown people and programmes.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    if let Some(programme) = arguments.proposed.as_deref() {
        let dry_run = arguments.dry_run;
        return proposed::run(session, proposed::Asked { programme, dry_run });
    }
    let given = |text: &Option<String>| text.clone().unwrap_or_default();
    let person = session.person(&given(&arguments.person))?;
    let day = session.day("--date", arguments.date.as_deref())?;
    let programme = programme(session, "PROGRAMME", &given(&arguments.programme))?;
    let about = ContactDraft::about(person, day);
    let draft = match visit::entry_form(programme) {
        Some(form) => ContactDraft {
            forms: super::visit::filled(session, &about, &[form.to_owned()], &arguments.typed)?.0,
            ..about
        },
        None => ContactDraft {
            happening: Some(Happening::Enrolled(Enrolled {
                under_age_reason: arguments.reason.clone(),
                ..Enrolled::in_programme(programme)
            })),
            ..about
        },
    };
    let done = session.change(Command::RecordContact(Box::new(draft)))?;
    decided::answer(session, &done)
}

/// Reads a programme people are enrolled in, by its code or its name.
///
/// # Errors
/// Refuses, naming those there are.
pub fn programme(
    session: &Session<'_>,
    argument: &str,
    given: &str,
) -> Result<ProgrammeKind, Trouble> {
    let wanted = given.trim().to_lowercase();
    let followed = || PROGRAMMES.iter().filter(|known| known.is_entered());
    let names = |text: crate::domain::text::Text| [text.zh.to_lowercase(), text.en.to_lowercase()];
    let found = followed().find(|known| {
        known.code == wanted
            || names(known.name).contains(&wanted)
            || names(known.short).contains(&wanted)
    });
    found.map(|known| known.kind).ok_or_else(|| {
        let known: Vec<&str> = followed().map(|known| known.code).collect();
        let message = wording::no_programme(given, &known, session.call.lang);
        Trouble::input("E-PROGRAMME", Some(argument), message)
    })
}
