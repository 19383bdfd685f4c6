//! `cunyi enrol --proposed`: lists who is proposed, or enters all of whom enough is known.

use serde_json::json;

use super::{
    enrol::programme,
    open::{Session, unexpected},
    print::{self, Answer, Trouble},
};
use crate::{
    desk::{
        Command, Question, Reply,
        reply::{Done, ProposalRow},
    },
    domain::{
        id::PersonId,
        programmes::ProgrammeKind,
        proposal::{Entry, How},
        text::{Lang, Text},
    },
    lang::{proposal, refusals},
};

/// What was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The programme named; empty for every one.
    pub programme: &'a str,
    /// Lists only.
    pub dry_run: bool,
}

/// Lists or enters those proposed.
///
/// # Errors
/// Refuses unknown programmes.
pub fn run(session: &Session<'_>, asked: Asked<'_>) -> Result<Answer, Trouble> {
    let wanted = match asked.programme {
        "" => None,
        given => Some(programme(session, "--proposed", given)?),
    };
    let Reply::Proposals(view) = session.ask(Question::Proposals(wanted))? else {
        return Err(unexpected());
    };
    if asked.dry_run {
        return Ok(listed(&view.rows, session.call.lang));
    }
    let known: Vec<(PersonId, ProgrammeKind)> = each(&view.rows)
        .filter(|(_, entry)| entry.how != How::OnForm)
        .map(|(row, entry)| (row.person, entry.programme))
        .collect();
    let done = if known.is_empty() {
        Done::default()
    } else {
        session.change(Command::EnrolMany(known))?
    };
    Ok(entered(&view.rows, &done, session.call.lang))
}

fn each(rows: &[ProposalRow]) -> impl Iterator<Item = (&ProposalRow, &Entry)> {
    rows.iter()
        .flat_map(|row| row.proposal.entries.iter().map(move |entry| (row, entry)))
}

fn listed(rows: &[ProposalRow], lang: Lang) -> Answer {
    let documents: Vec<_> = each(rows)
        .map(|(row, entry)| document(row, entry))
        .collect();
    let lines: Vec<_> = each(rows)
        .map(|(row, entry)| line(row, entry, lang))
        .collect();
    Answer::new(
        json!({ "proposals": documents }),
        print::table(lang, &HEADS, &lines),
    )
}

fn document(row: &ProposalRow, entry: &Entry) -> serde_json::Value {
    json!({
        "person": row.person.to_string(),
        "name": row.name,
        "household": row.household.to_string(),
        "place": row.place,
        "programme": entry.programme.code(),
        "ground": row.proposal.ground.key(),
        "ground_text": proposal::ground(&row.proposal.ground, Lang::Zh),
        "day": row.proposal.day.to_string(),
        "wants_form": entry.how == How::OnForm,
    })
}

fn line(row: &ProposalRow, entry: &Entry, lang: Lang) -> Vec<String> {
    let form = if entry.how == How::OnForm {
        WANTS_FORM.get(lang)
    } else {
        ""
    };
    vec![
        row.person.to_string(),
        row.name.clone(),
        row.place.clone(),
        entry.programme.programme().short.get(lang).to_owned(),
        proposal::ground(&row.proposal.ground, lang),
        row.proposal.day.to_string(),
        form.to_owned(),
    ]
}

/// What was entered, what was left out, and what still wants its form.
fn entered(rows: &[ProposalRow], done: &Done, lang: Lang) -> Answer {
    let left = done.left_out.iter();
    let left_out: Vec<_> = left
        .map(|left| {
            json!({
                "person": left.person.to_string(),
                "name": left.name,
                "programme": left.programme.code(),
                "code": left.why.code(),
                "message": refusals::refusal(&left.why, lang),
            })
        })
        .collect();
    let forms = || each(rows).filter(|(_, entry)| entry.how == How::OnForm);
    let waiting: Vec<_> = forms().map(|(row, entry)| document(row, entry)).collect();
    let mut text = format!("{}  {}\n", ENTERED.get(lang), done.contacts.len());
    for left in &done.left_out {
        let programme = left.programme.programme().short.get(lang);
        let why = refusals::refusal(&left.why, lang);
        let line = format!("{}  {}  {programme}  {why}\n", left.person, left.name);
        text.push_str(&line);
    }
    if !waiting.is_empty() {
        let lines: Vec<_> = forms().map(|(row, entry)| line(row, entry, lang)).collect();
        text.push_str(&print::table(lang, &HEADS, &lines));
    }
    let document = json!({
        "entered": done.contacts.len(),
        "left_out": left_out,
        "wants_form": waiting,
    });
    Answer::new(document, text)
}

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const ENTERED: Text = text("已纳入", "entered");
const WANTS_FORM: Text = text("要填表", "form");
const HEADS: [Text; 7] = [
    text("编号", "id"),
    text("姓名", "name"),
    text("组-门", "door"),
    text("项目", "programme"),
    text("依据", "why"),
    text("纳入日", "from"),
    text("", ""),
];
