//! How a paper is written: the format, the file, the bytes. Every command that prints takes it.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{open::Session, print::Trouble};
use crate::{
    desk::request::HandedOut,
    domain::{
        id::PersonId,
        looking::{Handed, Way},
        text::Lang,
    },
    paper::{
        export::Overwrite,
        print::{self, Document, Encoding, Form, Sheet},
    },
};

/// Where and how a paper is written.
#[derive(Debug, Args)]
pub struct FileArguments {
    #[arg(long, value_name = "html|text")]
    pub format: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[arg(long)]
    pub replace: bool,
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

impl FileArguments {
    /// Returns the file asked for; where it may not be replaced it does not exist yet.
    ///
    /// # Errors
    /// Refuses where none is named, an unknown format, and a file that exists.
    pub fn checked(&self, session: &Session<'_>) -> Result<PathBuf, Trouble> {
        let lang = session.call.lang;
        self.form(lang)?;
        let missing = || Trouble::input("E-ARGUMENT", Some("--out"), no_file(lang));
        let out = self.out.clone().ok_or_else(missing)?;
        if !self.replace && out.exists() {
            let failure = crate::paper::export::ExportFailure::Exists;
            let sentence = failure.sentence(lang);
            return Err(Trouble::input("E-EXPORT", Some("--out"), sentence));
        }
        Ok(out)
    }

    /// Writes the documents, one after the other; it is noted that they were, `what` they are
    /// and of whom.
    ///
    /// # Errors
    /// As `checked`, and with the disk.
    pub fn write(
        &self,
        session: &Session<'_>,
        documents: &[Document],
        (what, people): (&str, Vec<PersonId>),
    ) -> Result<String, Trouble> {
        let lang = session.call.lang;
        let out = self.checked(session)?;
        let form = self.form(lang)?;
        session.hand_out(&HandedOut {
            way: Way::Print,
            what: Handed {
                what: what.to_owned(),
                rows: documents.len() as u64,
                format: form.name().to_owned(),
            },
            people,
        })?;
        let overwrite = if self.replace {
            Overwrite::Allowed
        } else {
            Overwrite::Refused
        };
        print::to_file(documents, form, &out, overwrite)
            .map_err(|failure| Trouble::input("E-EXPORT", Some("--out"), failure.sentence(lang)))?;
        Ok(out.display().to_string())
    }

    /// Returns how it is written.
    ///
    /// # Errors
    /// Refuses an unknown format.
    pub fn form(&self, lang: Lang) -> Result<Form, Trouble> {
        let form = match &self.format {
            Some(name) => Form::named(name).ok_or_else(|| {
                Trouble::input("E-FORMAT", Some("--format"), no_format(name, lang))
            })?,
            None => {
                let by_ending = self.out.as_deref().and_then(Form::of_path);
                by_ending.unwrap_or(Form::Html)
            }
        };
        let Form::Text(usual) = form else {
            return Ok(form);
        };
        Ok(Form::Text(Sheet {
            lines: self.lines.map_or(usual.lines, usize::from),
            encoding: match self.encoding {
                Some(Bytes::Gb18030) => Encoding::Gb18030,
                Some(Bytes::Utf8) | None => usual.encoding,
            },
        }))
    }
}

fn no_file(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "请写明写到哪个文件：--out 文件。",
        Lang::En => "Name the file to write: --out FILE.",
    }
}

fn no_format(name: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("没有“{name}”这种格式，请写 html 或 text。"),
        Lang::En => format!("There is no format \"{name}\": html or text."),
    }
}
