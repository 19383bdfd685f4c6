//! `cunyi queue`: who is due on a day, in the order of the window's list.

use std::sync::Arc;

use clap::Args;
use serde_json::{Value, json};

use super::{
    open::{self, Session},
    print::{self, Answer, Trouble},
    wording,
};
use crate::{
    desk::{
        Question, Reply,
        reply::{QueueRow, QueueView},
        request::QueueAsk,
    },
    domain::{
        agreement::pledge::Owed,
        day,
        queue::{self, Filter},
        text::Lang,
    },
};

/// What `queue` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    days: u32,
    #[arg(long)]
    all: bool,
    #[arg(long, value_name = "NAME")]
    doctor: Option<String>,
}

/// The most days ahead anybody plans.
const MOST_DAYS: u32 = 366;

/// Lists the queue.
///
/// # Errors
/// Refuses bad dates; fails with the disk.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    let lang = session.call.lang;
    if MOST_DAYS < arguments.days {
        let message = wording::too_many_days(MOST_DAYS, lang);
        return Err(Trouble::input("E-RANGE", Some("--days"), message));
    }
    let doctor = arguments
        .doctor
        .as_deref()
        .map(|name| name.trim().to_owned());
    let asked = QueueAsk {
        day: Some(session.day("--date", arguments.date.as_deref())?),
        ahead: arguments.days,
        early: false,
        all: arguments.all,
        filter: Filter {
            doctor: doctor.clone(),
            ..Filter::default()
        },
    };
    let Reply::Queue(view) = session.ask(Question::Queue(asked))? else {
        return Err(open::unexpected());
    };
    if let Some(name) = doctor {
        known_doctor(session, &view, &name)?;
    }
    let listed = listed(&view, arguments.all);
    let document = json!({
        "date": view.day,
        "counts": view.counts,
        "seen": view.head,
        "rows": listed.iter().map(|row| document(row)).collect::<Vec<_>>(),
    });
    Ok(Answer::new(document, text(&view, &listed, lang)))
}

/// Refuses a name nobody answers for a household by, so that a slip is no empty list.
fn known_doctor(session: &Session<'_>, view: &QueueView, name: &str) -> Result<(), Trouble> {
    let staff = &session.overview.staff;
    if view.doctors.contains(name) || staff.iter().any(|staff| staff.name == name) {
        return Ok(());
    }
    let known = view.doctors.iter().filter(|name| !name.is_empty());
    let known: Vec<&str> = known.map(String::as_str).collect();
    let message = wording::no_word("--doctor", name, &known, session.call.lang);
    Err(Trouble::input("E-CODE", Some("--doctor"), message))
}

/// What is due, then what comes up within the days asked for, then early and standing work.
fn listed(view: &QueueView, all: bool) -> Vec<&QueueRow> {
    let more = view.early.iter().chain(&view.standing).filter(|_| all);
    let rows = view.due.iter().chain(&view.ahead).chain(more);
    rows.map(Arc::as_ref).collect()
}

fn document(shown: &QueueRow) -> Value {
    let row = &shown.row;
    let reason = queue::row_reason(row);
    json!({
        "person": row.person.to_string(),
        "name": shown.name,
        "household": row.household.to_string(),
        "place": shown.place,
        "doctor": row.doctor,
        "kinds": row.tasks.iter().map(|task| task.kind.key()).collect::<Vec<_>>(),
        "riding": row.riding.iter().map(|task| task.kind.key()).collect::<Vec<_>>(),
        "earliest": row.tasks.iter().map(|task| task.earliest).max(),
        "due": row.due,
        "latest": row.latest,
        "status": row.status.key(),
        "priority": row.priority.number(),
        "days_late": row.days_late,
        "reason": reason.as_ref().map(|reason| reason.key),
        "reason_text": reason.as_ref().map(|reason| reason.text.zh.as_str()),
        "rule": reason.as_ref().map(|reason| reason.rule.id()),
        "promises": row.owed.iter().map(promise).collect::<Vec<_>>(),
    })
}

/// A promise near its end which the row's work keeps.
fn promise(owed: &Owed) -> Value {
    json!({
        "agreement": owed.number,
        "item": owed.service.name().zh,
        "required": owed.required,
        "done": owed.done,
        "until": owed.until,
    })
}

fn text(view: &QueueView, listed: &[&QueueRow], lang: Lang) -> String {
    let heads = [
        wording::STATUS,
        wording::ID,
        wording::NAME,
        wording::SEX_AGE,
        wording::PLACE,
        wording::TASKS,
        wording::DUE,
        wording::LATEST,
        wording::WHY,
    ];
    let rows: Vec<Vec<String>> = listed.iter().map(|row| cells(row, view, lang)).collect();
    let counts = wording::counts(view.day, &view.counts, lang);
    if rows.is_empty() {
        return counts;
    }
    format!("{counts}{}", print::table(lang, &heads, &rows))
}

fn cells(shown: &QueueRow, view: &QueueView, lang: Lang) -> Vec<String> {
    let row = &shown.row;
    let kinds = row.tasks.iter().map(|task| task.kind.name().get(lang));
    let age = shown.birth.map(|birth| day::age_years(birth, view.day));
    let reason = queue::row_reason(row);
    vec![
        row.status.text().get(lang).to_owned(),
        row.person.to_string(),
        shown.name.clone(),
        wording::sex_age(shown.sex, age, lang),
        shown.place.clone(),
        kinds.collect::<Vec<_>>().join(" "),
        row.due.to_string(),
        row.latest
            .map_or_else(String::new, |latest| latest.to_string()),
        reason.map_or_else(String::new, |reason| reason.text.get(lang).to_owned()),
    ]
}
