//! `cunyi search`: finds people as the search box of the window does.

use clap::Args;
use serde_json::{Value, json};

use super::{
    open::{self, Session},
    print::{self, Answer, Trouble},
    wording,
};
use crate::{
    desk::{Question, Reply, reply::FoundPerson},
    domain::{day, text::Lang},
};

/// What `search` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "QUERY")]
    query: String,
    #[arg(
        long,
        value_name = "N",
        default_value_t = 20,
        hide_default_value = true
    )]
    limit: usize,
}

/// Searches.
///
/// # Errors
/// Fails with the disk.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    let question = Question::Search {
        text: arguments.query.clone(),
        limit: arguments.limit,
    };
    let Reply::Search(found) = session.ask(question)? else {
        return Err(open::unexpected());
    };
    let lang = session.call.lang;
    let rows: Vec<Value> = found.rows.iter().map(row).collect();
    let cells: Vec<Vec<String>> = found
        .rows
        .iter()
        .map(|row| cells(session, row, lang))
        .collect();
    let heads = [
        wording::ID,
        wording::NAME,
        wording::SEX_AGE,
        wording::PLACE,
        wording::HEAD,
        wording::TAGS,
        wording::AGREEMENT,
        wording::DUE,
    ];
    let text = if cells.is_empty() {
        session.call.say(wording::NOBODY).to_owned()
    } else {
        print::table(lang, &heads, &cells)
    };
    Ok(Answer::new(
        json!({"query": arguments.query, "rows": rows}),
        text,
    ))
}

fn row(found: &FoundPerson) -> Value {
    json!({
        "id": found.person.to_string(),
        "name": found.name,
        "sex": found.sex.code(),
        "birth": found.birth,
        "household": found.household.to_string(),
        "record_no": found.record_no,
        "group": found.group,
        "head": found.head,
        "agreement": found.signed.map_or(found.agreement.as_deref(), |(_, word)| Some(word.key())),
        "agreement_id": found.signed.map(|(id, _)| id.to_string()),
        "due": found.due.as_ref().map(|task| task.due),
        "place": found.place,
        "tags": found.tags.iter().map(crate::domain::tags::Tag::code).collect::<Vec<_>>(),
        "gone": found.is_gone,
    })
}

fn cells(session: &Session<'_>, found: &FoundPerson, lang: Lang) -> Vec<String> {
    let tags: Vec<&str> = found.tags.iter().map(|tag| tag.name().get(lang)).collect();
    let age = found
        .birth
        .map(|birth| day::age_years(birth, session.today()));
    vec![
        found.person.to_string(),
        found.name.clone(),
        wording::sex_age(found.sex, age, lang),
        found.place.clone(),
        found.head.clone(),
        tags.join(" "),
        match found.signed {
            Some((_, word)) => word.name().get(lang).to_owned(),
            None => found.agreement.clone().unwrap_or_default(),
        },
        found
            .due
            .as_ref()
            .map_or_else(String::new, |task| task.due.to_string()),
    ]
}
