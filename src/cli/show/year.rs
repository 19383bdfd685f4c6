//! One person's year: every service with what was done, due, missed and planned.

use serde_json::{Value, json};

use crate::{
    cli::{
        open::{self, Session},
        print::{self, Answer, Trouble},
        wording,
    },
    desk::{Question, Reply},
    domain::{
        alert::Alert,
        id::PersonId,
        picture::year::{self, Count, Line, Mark, Service, What, Year},
        text::{Lang, Text},
    },
};

/// Shows the year of a person.
///
/// # Errors
/// Refuses what names nobody.
pub fn run(session: &Session<'_>, person: PersonId, year: i32) -> Result<Answer, Trouble> {
    let Reply::Picture(view) = session.ask(Question::Picture(person))? else {
        return Err(open::unexpected());
    };
    let seen = year::year(&view.life(), year);
    let lines: Vec<Value> = seen.lines.iter().map(line).collect();
    let counts: Vec<Value> = seen.counts.iter().map(count).collect();
    let document = json!({
        "id": person.to_string(),
        "name": view.person.name(),
        "year": seen.year,
        "date": view.today,
        "lines": lines,
        "counts": counts,
    });
    Ok(Answer::new(document, text(&seen, session.call.lang)))
}

fn line(line: &Line) -> Value {
    let (service, kind) = match line.service {
        Service::FollowUp => ("follow_up", None),
        Service::Yearly(kind) => ("yearly", Some(kind.key())),
        Service::Windows => ("windows", None),
    };
    let marks: Vec<Value> = line.marks.iter().map(mark).collect();
    json!({
        "programme": line.programme.code(),
        "service": service,
        "kind": kind,
        "marks": marks,
    })
}

fn mark(mark: &Mark) -> Value {
    let mut document = json!({
        "date": mark.day,
        "what": mark.what.key(),
        "kind": mark.kind.map(crate::domain::task::TaskKind::key),
    });
    if let Some(map) = document.as_object_mut() {
        match mark.what {
            What::Missed { done, open } => {
                map.insert("done".to_owned(), json!(done));
                map.insert("open".to_owned(), json!(open));
            }
            What::Done { face_to_face, .. } => {
                map.insert("face_to_face".to_owned(), json!(face_to_face));
            }
            What::Entered
            | What::Elsewhere
            | What::NotReached
            | What::Refused
            | What::Lost
            | What::Due(_)
            | What::Planned
            | What::Left => {}
        }
    }
    document
}

fn count(count: &Count) -> Value {
    let alerts: Vec<_> = count
        .falls_short
        .then(|| Alert::F2fShortfall.key())
        .into_iter()
        .collect();
    json!({
        "programme": count.programme.code(),
        "required": count.required,
        "done": count.done,
        "by_phone": count.by_phone,
        "exam_done": count.exam_done,
        "standard": count.is_standard,
        "alerts": alerts,
    })
}

fn text(seen: &Year, lang: Lang) -> String {
    let heads = [
        wording::TASKS,
        wording::DATE,
        wording::STATUS,
        wording::WHAT_HAPPENED,
    ];
    let mut rows = Vec::new();
    for line in &seen.lines {
        for mark in &line.marks {
            let made_up = match mark.what {
                What::Missed {
                    done: Some(day), ..
                } => format!(" {} {day}", MADE_UP.get(lang)),
                _ => String::new(),
            };
            let kind = mark.kind.map_or("", |kind| kind.name().get(lang));
            rows.push(vec![
                line.name().get(lang).to_owned(),
                mark.day.to_string(),
                format!("{}{made_up}", mark.what.text().get(lang)),
                kind.to_owned(),
            ]);
        }
    }
    let mut text = print::table(lang, &heads, &rows);
    if seen.counts.is_empty() {
        return text;
    }
    let heads = [
        wording::TASKS,
        REQUIRED,
        DONE,
        BY_PHONE,
        CHECK,
        STANDARD,
        wording::ALERTS,
    ];
    let yes = |is: bool| if is { YES } else { NO }.get(lang).to_owned();
    let rows: Vec<Vec<String>> = seen
        .counts
        .iter()
        .map(|count| {
            let alert = Alert::F2fShortfall.label();
            vec![
                count.programme.programme().short.get(lang).to_owned(),
                count.required.to_string(),
                count.done.to_string(),
                count.by_phone.to_string(),
                yes(count.exam_done),
                yes(count.is_standard),
                if count.falls_short {
                    alert.get(lang).to_owned()
                } else {
                    String::new()
                },
            ]
        })
        .collect();
    text.push('\n');
    text.push_str(&print::table(lang, &heads, &rows));
    text
}

const fn words(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const MADE_UP: Text = words("补做于", "made up on");
const REQUIRED: Text = words("应面访", "required");
const DONE: Text = words("已面访", "face to face");
const BY_PHONE: Text = words("电话", "by phone");
const CHECK: Text = words("年检", "yearly check");
const STANDARD: Text = words("规范管理", "to the standard");
const YES: Text = words("是", "yes");
const NO: Text = words("否", "no");
