//! `cunyi visit`: records one visit on one or more forms.

use clap::Args;

use super::{
    decided,
    filling::{self, Sheet, Typed},
    open::{self, Session},
    print::{Answer, Trouble},
    seen::SeenUntil,
    wording,
};
use crate::{
    desk::{Command, Question, Reply, request::ContactDraft},
    domain::{aspect::Seen, course::happening::ReferralResult, form::FilledForm, visit},
};

/// What `visit` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "PERSON")]
    person: String,
    #[arg(long, required = true, value_name = "FORM")]
    form: Vec<String>,
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[command(flatten)]
    typed: Typed,
    #[arg(long, value_name = "1..4")]
    referral: Option<String>,
    #[command(flatten)]
    seen: SeenUntil,
}

/// Records the visit.
///
/// # Errors
/// Refuses with every problem of every form at once, and by the rules.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    if let Some(done) = session.repeated()? {
        return decided::answer(session, &done);
    }
    let person = session.person(&arguments.person)?;
    let day = session.day("--date", arguments.date.as_deref())?;
    let forms = forms(session, &arguments.form)?;
    let about = ContactDraft::about(person, day);
    let referral_result = referral_result(session, arguments.referral.as_deref())?;
    let (forms, now) = filled(session, &about, &forms, &arguments.typed)?;
    let draft = ContactDraft {
        forms,
        referral_result,
        ..about
    };
    let seen = arguments.seen.of(&now);
    let done = session.change_seen(seen, Command::RecordContact(Box::new(draft)))?;
    decided::answer(session, &done)
}

/// Fills in these forms from what was typed; tells the revisions they were opened on.
///
/// # Errors
/// Refuses with every problem of every form at once.
pub fn filled(
    session: &Session<'_>,
    about: &ContactDraft,
    forms: &[String],
    typed: &Typed,
) -> Result<(Vec<FilledForm>, Vec<Seen>), Trouble> {
    let question = Question::VisitDesk {
        person: about.person,
        forms: forms.to_vec(),
        day: Some(about.day),
    };
    let Reply::VisitDesk(view) = session.ask(question)? else {
        return Err(open::unexpected());
    };
    let catalog = session.desk.catalog();
    let mut sheets: Vec<Sheet> = forms
        .iter()
        .zip(view.contexts)
        .zip(view.open)
        .filter_map(|((id, context), open)| match open {
            Some(open) => {
                let filled = open.filled;
                let form = catalog.edition(id, &filled.edition)?.clone();
                Some(Sheet::go_on(form, context, &filled, typed.confirm))
            }
            None => {
                let form = catalog.form(id)?.clone();
                Some(Sheet::open(form, context, typed.confirm))
            }
        })
        .collect();
    let forms = filling::fill_in(session, &mut sheets, typed)?;
    Ok((forms, view.seen))
}

/// Reads the forms wanted, each once, in the order given.
fn forms(session: &Session<'_>, given: &[String]) -> Result<Vec<String>, Trouble> {
    let known: Vec<&str> = visit::VISIT_FORMS.iter().map(|form| form.id).collect();
    let mut forms: Vec<String> = Vec::new();
    for name in given {
        let found = known.iter().find(|id| id.eq_ignore_ascii_case(name.trim()));
        let id = found.ok_or_else(|| {
            let message = wording::no_form(name, &known, session.call.lang);
            Trouble::input("E-FORM-NONE", Some("--form"), message)
        })?;
        if !forms.iter().any(|form| form == id) {
            forms.push((*id).to_owned());
        }
    }
    Ok(forms)
}

/// Reads the result of a referral, by its code.
///
/// # Errors
/// Refuses other codes, naming those there are.
pub fn referral_result(
    session: &Session<'_>,
    given: Option<&str>,
) -> Result<Option<ReferralResult>, Trouble> {
    given
        .map(|code| {
            ReferralResult::from_code(code.trim()).ok_or_else(|| {
                let message = wording::no_result(code, session.call.lang);
                Trouble::input("E-CODE", Some("--result"), message)
            })
        })
        .transpose()
}
