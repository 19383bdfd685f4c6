//! `cunyi referral print`: the last referral slip of a person, or the return slip, as a file.

use clap::Args;
use serde_json::json;

use super::{
    open::{Session, unexpected},
    papers::FileArguments,
    print::{Answer, Trouble},
};
use crate::{
    desk::{Question, Reply},
    domain::{clock, day::age_years, text::Lang, visit},
    paper::referral::{self, Slip},
};

/// What `referral print` takes.
#[derive(Debug, Args)]
pub struct PrintArguments {
    /// The return slip.
    #[arg(long)]
    back: bool,
    #[command(flatten)]
    file: FileArguments,
}

/// Writes the file.
///
/// # Errors
/// Refuses where no such slip was written, an unknown format and, unless told to, to replace a
/// file.
pub fn run(
    session: &Session<'_>,
    person: Option<&str>,
    arguments: &PrintArguments,
) -> Result<Answer, Trouble> {
    let lang = session.call.lang;
    let (Some(person), Some(_)) = (person, &arguments.file.out) else {
        return Err(Trouble::input("E-ARGUMENT", None, usage(lang)));
    };
    let person = session.person(person)?;
    arguments.file.form(lang)?;
    let slip = if arguments.back {
        visit::RETURN_SLIP
    } else {
        visit::SLIP
    };
    let Reply::Slip(view) = session.ask(Question::Slip { person, form: slip })? else {
        return Err(unexpected());
    };
    let view = view.ok_or_else(|| Trouble::input("E-SLIP", None, no_slip(lang)))?;
    let printed = format!("{} {}", view.today, clock::time_of(view.now));
    let document = referral::slip(Slip {
        form: &view.form,
        filled: &view.filled,
        years: view
            .who
            .birth
            .map(|birth| age_years(birth, view.filled.visit)),
        printed: &printed,
    });
    let written = arguments
        .file
        .write(session, &[document], (slip, vec![person]))?;
    let text = match lang {
        Lang::Zh => format!(
            "{}的{}已写好：{written}\n",
            view.who.name, view.form.title.zh
        ),
        Lang::En => format!(
            "{} of {} written: {written}\n",
            view.form.title.en, view.who.name
        ),
    };
    let document = json!({
        "person": view.who.person.to_string(),
        "form": slip,
        "date": view.filled.visit.to_string(),
        "out": written,
    });
    Ok(Answer::new(document, text))
}

fn usage(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "请写明人和文件：referral print 编号 --out 文件。",
        Lang::En => "Name the person and the file: referral print PERSON --out FILE.",
    }
}

fn no_slip(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "这个人还没有这张单子。",
        Lang::En => "No such slip was written for this person.",
    }
}
