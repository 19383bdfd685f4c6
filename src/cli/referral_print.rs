//! `cunyi referral print`: the last referral slip of a person, or the return slip, as a file.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{
    open::{Session, unexpected},
    print::{Answer, Trouble},
};
use crate::{
    desk::{Question, Reply},
    domain::{clock, day::age_years, text::Lang, visit},
    paper::{
        export::Overwrite,
        print::{self, Encoding, Form, Sheet},
        referral::{self, Slip},
    },
};

/// What `referral print` takes.
#[derive(Debug, Args)]
pub struct PrintArguments {
    /// The return slip.
    #[arg(long)]
    back: bool,
    #[arg(long, value_name = "html|text")]
    format: Option<String>,
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[arg(long)]
    replace: bool,
    /// The bytes of a text.
    #[arg(long, value_name = "utf8|gb18030")]
    encoding: Option<Bytes>,
    /// The lines of a page of text, 30 to 200.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(30..=200))]
    lines: Option<u16>,
}

/// The encodings a text can have.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Bytes {
    Utf8,
    Gb18030,
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
    let (Some(person), Some(out)) = (person, &arguments.out) else {
        return Err(Trouble::input("E-ARGUMENT", None, usage(lang)));
    };
    let person = session.person(person)?;
    let form = form(arguments, lang)?;
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
    let overwrite = if arguments.replace {
        Overwrite::Allowed
    } else {
        Overwrite::Refused
    };
    print::to_file(&[document], form, out, overwrite)
        .map_err(|failure| Trouble::input("E-EXPORT", Some("--out"), failure.sentence(lang)))?;
    let written = out.display().to_string();
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

fn form(arguments: &PrintArguments, lang: Lang) -> Result<Form, Trouble> {
    let form = match &arguments.format {
        Some(name) => Form::named(name)
            .ok_or_else(|| Trouble::input("E-FORMAT", Some("--format"), no_format(name, lang)))?,
        None => {
            let by_ending = arguments.out.as_deref().and_then(Form::of_path);
            by_ending.unwrap_or(Form::Html)
        }
    };
    let Form::Text(usual) = form else {
        return Ok(form);
    };
    Ok(Form::Text(Sheet {
        lines: arguments.lines.map_or(usual.lines, usize::from),
        encoding: match arguments.encoding {
            Some(Bytes::Gb18030) => Encoding::Gb18030,
            Some(Bytes::Utf8) | None => usual.encoding,
        },
    }))
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

fn no_format(name: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("没有“{name}”这种格式，请写 html 或 text。"),
        Lang::En => format!("There is no format \"{name}\": html or text."),
    }
}
