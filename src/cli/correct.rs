//! `cunyi correct`: a recorded contact told anew, as an entry of its own.

use clap::Args;

use super::{
    decided,
    filling::{self, Sheet, Typed},
    open::{self, Session},
    print::{Answer, Trouble},
    seen::SeenUntil,
};
use crate::{
    desk::{Command, Question, Reply, reply::ContactView, request::ContactDraft},
    domain::{course::Happening, day::Day},
};

/// What `correct` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "VISIT")]
    visit: String,
    #[command(flatten)]
    typed: Typed,
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    seen: SeenUntil,
}

/// Corrects the contact: what is not set again stays as it was.
///
/// # Errors
/// Refuses without a reason, with every problem of the forms, and by the rules.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    if let Some(done) = session.repeated()? {
        return decided::answer(session, &done);
    }
    let id = session.visit(&arguments.visit)?;
    let Reply::Contact(view) = session.ask(Question::Contact(id))? else {
        return Err(open::unexpected());
    };
    let day = match arguments.date.as_deref() {
        Some(given) => session.day("--date", Some(given))?,
        None => view.contact.day,
    };
    let mut sheets = sheets(session, &view, day)?;
    let mut draft = ContactDraft {
        forms: filling::fill_in(session, &mut sheets, &arguments.typed)?,
        ..ContactDraft::about(view.person.id, day)
    };
    match &view.contact.happening {
        Happening::Visited(visited) => draft.referral_result = visited.referral_result,
        told if draft.forms.is_empty() => draft.happening = Some(told.clone()),
        _ => {}
    }
    let seen = match arguments.seen.of(&view.seen) {
        nothing if nothing.is_empty() => view.seen.clone(),
        seen => seen,
    };
    let done = session.change_seen(
        seen,
        Command::CorrectContact {
            contact: id,
            draft: Box::new(draft),
            reason: arguments.reason.clone(),
        },
    )?;
    decided::answer(session, &done)
}

/// Takes the contact's forms up again, each in the edition it was filled in on.
fn sheets(session: &Session<'_>, view: &ContactView, day: Day) -> Result<Vec<Sheet>, Trouble> {
    let recorded = &view.contact.forms;
    let question = Question::VisitDesk {
        person: view.person.id,
        forms: recorded.iter().map(|form| form.form.clone()).collect(),
        day: Some(day),
    };
    let Reply::VisitDesk(desk) = session.ask(question)? else {
        return Err(open::unexpected());
    };
    let catalog = session.desk.catalog();
    let sheets = recorded.iter().zip(desk.contexts);
    Ok(sheets
        .filter_map(|(filled, mut context)| {
            // Its own record is no other record of the day.
            context
                .recorded_on
                .retain(|other| *other != view.contact.day);
            let form = catalog.edition(&filled.form, &filled.edition)?.clone();
            Some(Sheet::reopen(form, context, filled))
        })
        .collect())
}
