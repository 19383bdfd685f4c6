//! `cunyi log`: who did and who looked at what, as the journal tells it.
//!
//! It is printed a stretch of the journal at a time: a long log is never held whole.

use std::io;

use clap::Args;
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr as _;

use super::{
    open::{Session, unexpected},
    print::{self, Answer, Trouble, escaped},
};
use crate::{
    desk::{
        Question, Reply,
        reply::{LogRow, LogWhat},
        request::LogAsk,
    },
    domain::{
        clock,
        event::clinic::CopyBroughtBack,
        looking::Handed,
        signing_in::Outcome,
        text::{Lang, Text, harmless},
    },
    lang::refusals::record::cause,
};

/// What `log` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(long, value_name = "ID")]
    person: Option<String>,
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
}

/// Prints the log.
///
/// # Errors
/// Refuses who may not read all of it, and what names nothing; fails with the disk.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    let person = arguments.person.as_deref();
    let person = person.map(|id| session.person(id)).transpose()?;
    let since = arguments.since.as_deref();
    let since = since.map(|day| session.day("--since", Some(day)));
    let mut asked = LogAsk {
        person,
        since: since.transpose()?,
        first: 0,
    };
    let mut printer = Printer {
        lang: session.call.lang,
        is_json: session.call.common.json,
        rows: 0,
    };
    loop {
        let Reply::Log(view) = session.ask(Question::Log(asked))? else {
            return Err(unexpected());
        };
        let mut piece = printer.rows(&view.rows);
        if view.next.is_none() {
            piece.push_str(&printer.end());
        }
        match (print::piece(&piece), view.next) {
            // A reader that closed the pipe has seen enough.
            (Err(error), _) if error.kind() == io::ErrorKind::BrokenPipe => break,
            (Err(error), _) => return Err(Trouble::machine(&error)),
            (Ok(()), Some(next)) => asked.first = next,
            (Ok(()), None) => break,
        }
    }
    Ok(Answer::printed())
}

/// Writes rows as they come: lines in columns, or one JSON document.
struct Printer {
    lang: Lang,
    is_json: bool,
    rows: usize,
}

impl Printer {
    fn rows(&mut self, rows: &[LogRow]) -> String {
        rows.iter().map(|row| self.row(row)).collect()
    }

    fn row(&mut self, row: &LogRow) -> String {
        self.rows += 1;
        if !self.is_json {
            return format!("{}\n", harmless(&line(row, self.lang)));
        }
        let before = if self.rows == 1 { "{\"rows\":[" } else { "," };
        format!("{before}{}", escaped(&document(row)).trim_end())
    }

    fn end(&self) -> String {
        match (self.is_json, self.rows) {
            (true, 0) => "{\"rows\":[]}\n".to_owned(),
            (true, _) => "]}\n".to_owned(),
            (false, 0) => format!("{}\n", NOTHING.get(self.lang)),
            (false, _) => String::new(),
        }
    }
}

/// `2026-11-21 10:00  王建国  看档案  p12 张秀英  [w3f2]`
fn line(row: &LogRow, lang: Lang) -> String {
    let when = format!("{} {}", clock::day_of(row.at), clock::time_of(row.at));
    let by = match (row.by.as_str(), &row.what) {
        ("", LogWhat::BroughtBack(brought)) if brought.by_code => RECOVERY.get(lang).to_owned(),
        ("", _) => NOBODY.get(lang).to_owned(),
        (name, _) => name.to_owned(),
    };
    let whom = whom(row, lang);
    let what = what(&row.what, lang);
    let line = format!("{when}  {}  {}  {whom}", padded(&by, 8), padded(&what, 14));
    format!("{}  [{}]", padded(line.trim_end(), 60), row.window)
}

fn padded(text: &str, cells: usize) -> String {
    let gap = cells.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(gap))
}

fn whom(row: &LogRow, lang: Lang) -> String {
    let mut parts: Vec<String> = row
        .people
        .iter()
        .map(|(id, name)| format!("{id} {name}"))
        .collect();
    let more = row.count.saturating_sub(row.people.len());
    if 0 < more {
        parts.push(match lang {
            Lang::Zh => format!("等{}人", row.count),
            Lang::En => format!("and {more} more"),
        });
    }
    parts.extend(row.household.map(|id| id.to_string()));
    parts.extend(row.agreement.map(|id| id.to_string()));
    parts.join(" ")
}

fn what(what: &LogWhat, lang: Lang) -> String {
    match what {
        LogWhat::Did(key) => cause(key).get(lang).to_owned(),
        LogWhat::BroughtBack(brought) => brought_back(brought, lang),
        LogWhat::Looked(way, None) => way.name().get(lang).to_owned(),
        LogWhat::Looked(way, Some(handed)) => {
            format!("{} {}", way.name().get(lang), handed_out(handed, lang))
        }
        LogWhat::SignedIn(outcome) => outcome_name(*outcome).get(lang).to_owned(),
    }
}

/// Says which copy was brought back, and up to which entry.
fn brought_back(brought: &CopyBroughtBack, lang: Lang) -> String {
    let head = brought.head;
    let at = brought.copy.as_ref().map(|copy| {
        let (day, time) = (clock::day_of(copy.at), clock::time_of(copy.at));
        format!("{day} {time}")
    });
    match (at, lang) {
        (Some(at), Lang::Zh) => format!("恢复了 {at} 的备份，到第{head}条"),
        (Some(at), Lang::En) => format!("brought back the copy of {at}, to entry {head}"),
        (None, Lang::Zh) => format!("恢复了数据，到第{head}条"),
        (None, Lang::En) => format!("brought the data back, to entry {head}"),
    }
}

fn handed_out(handed: &Handed, lang: Lang) -> String {
    let Handed { what, rows, format } = handed;
    match lang {
        Lang::Zh => format!("{what} {rows}行 {format}"),
        Lang::En => format!("{what}, {rows} rows, {format}"),
    }
}

/// Returns what people call the end of an attempt to sign in.
const fn outcome_name(outcome: Outcome) -> Text {
    let (zh, en) = match outcome {
        Outcome::Opened => ("登录", "signed in"),
        Outcome::Wrong => ("口令错", "wrong password"),
        Outcome::Nobody => ("无此人登录", "unknown name tried"),
        Outcome::Recovered => ("用恢复码打开", "opened by the recovery code"),
        Outcome::WrongCode => ("恢复码错", "wrong recovery code"),
    };
    Text { zh, en }
}

fn document(row: &LogRow) -> Value {
    let (kind, key, handed) = match &row.what {
        LogWhat::Did(key) => ("act", key.as_str(), None),
        LogWhat::BroughtBack(_) => ("act", "restore", None),
        LogWhat::Looked(way, handed) => ("look", way.key(), handed.as_ref()),
        LogWhat::SignedIn(outcome) => ("sign_in", outcome.key(), None),
    };
    let people: Vec<Value> = row
        .people
        .iter()
        .map(|(id, name)| json!({"id": id.to_string(), "name": name}))
        .collect();
    json!({
        "entry": row.seq,
        "date": clock::day_of(row.at),
        "time": clock::time_of(row.at),
        "at": row.at,
        "by": row.staff.map(|staff| staff.to_string()),
        "by_name": row.by,
        "window": row.window,
        "kind": kind,
        "what": key,
        "people": people,
        "people_count": row.count,
        "household": row.household.map(|id| id.to_string()),
        "agreement": row.agreement.map(|id| id.to_string()),
        "handed_out": handed,
        "copy": copy_taken(&row.what),
    })
}

/// Tells which copy was brought back; nothing of anything else.
fn copy_taken(what: &LogWhat) -> Value {
    match what {
        LogWhat::BroughtBack(brought) => json!({
            "at": brought.copy.as_ref().map(|copy| copy.at),
            "head": brought.copy.as_ref().map(|copy| copy.head),
            "events": brought.head,
            "by_recovery_code": brought.by_code,
        }),
        LogWhat::Did(_) | LogWhat::Looked(..) | LogWhat::SignedIn(_) => Value::Null,
    }
}

const NOTHING: Text = Text {
    zh: "没有记录。",
    en: "Nothing is noted.",
};
const NOBODY: Text = Text { zh: "—", en: "-" };
const RECOVERY: Text = Text {
    zh: "恢复码",
    en: "recovery code",
};
