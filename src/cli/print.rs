//! What comes out: a table in cells or one JSON document, and how trouble is told.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
    process::ExitCode,
};

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use crate::{
    desk::{self, Stop},
    domain::{
        refusal::Refusal,
        text::{Lang, Text, harmless, is_invisible},
    },
    lang::{failures, refusals},
};

/// What a subcommand answers.
pub struct Answer {
    pub json: Value,
    pub text: String,
    /// False where the answer itself tells of a failure: a check that is not clean.
    pub ok: bool,
}

impl Answer {
    /// Returns an answer that was printed as it was found.
    pub const fn printed() -> Self {
        Self {
            json: Value::Null,
            text: String::new(),
            ok: true,
        }
    }

    /// Returns an answer in both shapes.
    pub fn new(json: Value, text: String) -> Self {
        Self {
            json,
            text,
            ok: true,
        }
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Trouble {
    /// A rule or bad input; exit code 1.
    Refused {
        code: String,
        field: Option<String>,
        message: String,
    },
    /// Disk, damage, locked out; exit code 2.
    Failed { code: &'static str, message: String },
}

impl Trouble {
    /// Returns what is wrong with an argument, in words.
    pub fn input(code: &str, field: Option<&str>, message: impl Into<String>) -> Self {
        Self::Refused {
            code: code.to_owned(),
            field: field.map(str::to_owned),
            message: message.into(),
        }
    }

    /// Puts a refusal into words, fields by their keys.
    pub fn refused(refusal: &Refusal, lang: Lang) -> Self {
        Self::Refused {
            code: refusal.code(),
            field: refusal.field().map(str::to_owned),
            message: refusals::refusal(refusal, lang),
        }
    }

    /// Puts what the desk says into words.
    pub fn of(stop: &Stop, lang: Lang) -> Self {
        match stop {
            Stop::Refused(refusal) => Self::refused(refusal, lang),
            Stop::Failed(error) => {
                let kind = desk::failure_kind(error);
                let said = failures::words(kind).said(lang);
                Self::Failed {
                    code: kind.code(),
                    message: format!("{said} ({error})"),
                }
            }
        }
    }

    /// Returns a failure of the terminal or another part of this computer.
    pub fn machine(error: &io::Error) -> Self {
        Self::Failed {
            code: "F-MACHINE",
            message: error.to_string(),
        }
    }
}

/// Prints an answer and returns the exit code.
pub fn answer(answer: &Answer, json: bool) -> ExitCode {
    let code = if answer.ok { 0 } else { 2 };
    let is_printed = answer.json.is_null() && answer.text.is_empty();
    let printed = if is_printed {
        Ok(())
    } else if json {
        out(&escaped(&answer.json))
    } else {
        out(&harmless(&answer.text))
    };
    // A reader that closed the pipe has seen enough.
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            trouble(&Trouble::machine(&error), false)
        }
        _ => ExitCode::from(code),
    }
}

/// Tells of trouble and returns the exit code.
pub fn trouble(trouble: &Trouble, json: bool) -> ExitCode {
    let (code, key, document, message) = match trouble {
        Trouble::Refused {
            code,
            field,
            message,
        } => {
            let document = json!({"refused": {"code": code, "field": field, "message": message}});
            (1, code.as_str(), document, message)
        }
        Trouble::Failed { code, message } => {
            let document = json!({"failed": {"code": code, "message": message}});
            (2, *code, document, message)
        }
    };
    if json {
        let _ = out(&escaped(&document));
    }
    remark(&format!("{key} {message}"));
    ExitCode::from(code)
}

/// Tells of something worth knowing beside the answer.
pub fn remark(text: &str) {
    let _ = writeln!(io::stderr(), "{}", harmless(text));
}

/// Asks something at the terminal, where the answer is typed behind it.
pub fn ask(text: &str) {
    let _ = write!(io::stderr(), "{}", harmless(text));
}

/// Writes a document of which no sign acts on a terminal: what could stands escaped, as JSON
/// may write any sign.
pub fn escaped(document: &Value) -> String {
    let mut out = String::new();
    for c in document.to_string().chars() {
        if is_invisible(c) || matches!(c, '\u{2028}' | '\u{2029}') {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out.push('\n');
    out
}

/// Prints a piece of an answer too long to be held whole; it holds nothing that acts on a
/// terminal.
pub fn piece(text: &str) -> io::Result<()> {
    out(text)
}

fn out(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Lays rows out in columns, measured in cells; the last column is not filled up. A line's end
/// inside a cell ends no line.
pub fn table(lang: Lang, heads: &[Text], rows: &[Vec<String>]) -> String {
    let cell = |cell: &String| harmless(cell).replace('\n', " ");
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(cell).collect())
        .collect();
    let heads: Vec<String> = heads.iter().map(|h| h.get(lang).to_owned()).collect();
    let mut widths: Vec<usize> = heads.iter().map(|head| head.width()).collect();
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let line = |cells: &[String]| {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat((width + 2).saturating_sub(cell.width())));
        }
        format!("{}\n", line.trim_end())
    };
    std::iter::once(line(&heads))
        .chain(rows.iter().map(|row| line(row)))
        .collect()
}

/// Lays labels and values out, one pair a line; pairs without a value are left out.
pub fn pairs(lang: Lang, pairs: &[(Text, String)]) -> String {
    let told: Vec<(String, String)> = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| (label.get(lang).to_owned(), value.clone()))
        .collect();
    labelled(&told)
}

/// Lays labels and values out, one pair a line.
pub fn labelled(pairs: &[(String, String)]) -> String {
    let widest = pairs.iter().map(|(label, _)| label.width()).max();
    let width = widest.unwrap_or(0) + 2;
    let line = |(label, value): &(String, String)| {
        let gap = " ".repeat(width.saturating_sub(label.width()));
        format!("{label}{gap}{value}\n")
    };
    pairs.iter().map(line).collect::<Vec<_>>().concat()
}
