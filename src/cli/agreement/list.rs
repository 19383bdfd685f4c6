//! `agreement list`: the lists people work through, and how many stand on each.

use clap::Args;
use serde_json::{Value, json};

use super::told;
use crate::{
    cli::{
        open::{Session, unexpected},
        print::{self, Answer, Trouble},
        wording,
    },
    desk::{
        Question, Reply,
        reply::{AgreementList, AgreementListRow, AgreementListView},
        request::AgreementListAsk,
    },
    domain::text::{Lang, Text},
};

/// What `agreement list` takes; without a list it counts them all.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "LIST")]
    list: Option<String>,
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    from: usize,
    #[arg(
        long,
        value_name = "N",
        default_value_t = 50,
        hide_default_value = true
    )]
    limit: usize,
}

/// Lists.
pub fn run(session: &Session<'_>, asked: &Arguments) -> Result<Answer, Trouble> {
    let Some(name) = &asked.list else {
        return counts(session);
    };
    let view = page(session, list(session, name)?, asked.from, asked.limit)?;
    let lang = session.call.lang;
    let total = count(&view, view.list);
    let rows: Vec<Value> = view.rows.iter().map(row).collect();
    let mut text = if view.list == AgreementList::ToSign {
        to_sign(&view.rows, lang)
    } else {
        let briefs = view.rows.iter().filter_map(|row| row.agreement.as_ref());
        told::table(&briefs.collect::<Vec<_>>(), lang)
    };
    let last = view.from + view.rows.len();
    if view.rows.is_empty() {
        session.call.say(NOBODY).clone_into(&mut text);
    } else if 0 < view.from || last < total {
        text.push_str(&rows_shown((view.from + 1, last), total, lang));
    }
    let document = json!({
        "list": view.list.key(),
        "total": total,
        "from": view.from,
        "rows": rows,
    });
    Ok(Answer::new(document, text))
}

fn rows_shown((first, last): (usize, usize), total: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("第{first}到{last}行，共{total}行（--from、--limit 翻页）\n"),
        Lang::En => format!("rows {first} to {last} of {total} (--from, --limit)\n"),
    }
}

/// Returns a page of a list.
pub fn page(
    session: &Session<'_>,
    list: AgreementList,
    from: usize,
    limit: usize,
) -> Result<AgreementListView, Trouble> {
    let asked = AgreementListAsk { list, from, limit };
    match session.ask(Question::AgreementList(asked))? {
        Reply::AgreementList(view) => Ok(*view),
        _ => Err(unexpected()),
    }
}

fn list(session: &Session<'_>, name: &str) -> Result<AgreementList, Trouble> {
    let lang = session.call.lang;
    let wanted = name.trim().to_lowercase().replace('-', "_");
    let is_it = |list: &AgreementList| {
        let said = list.name();
        list.key() == wanted || said.zh == wanted || said.en.to_lowercase() == wanted
    };
    AgreementList::ALL.into_iter().find(is_it).ok_or_else(|| {
        let known = AgreementList::ALL.map(AgreementList::key);
        let message = wording::no_word("LIST", name, &known, lang);
        Trouble::input("E-CODE", Some("LIST"), message)
    })
}

fn count(view: &AgreementListView, list: AgreementList) -> usize {
    let mut counts = view.counts.iter();
    counts.find(|(one, _)| *one == list).map_or(0, |(_, n)| *n)
}

fn counts(session: &Session<'_>) -> Result<Answer, Trouble> {
    let lang = session.call.lang;
    let view = page(session, AgreementList::ToSign, 0, 0)?;
    let counts: serde_json::Map<String, Value> = view
        .counts
        .iter()
        .map(|(list, count)| (list.key().to_owned(), json!(count)))
        .collect();
    let row = |(list, count): &(AgreementList, usize)| {
        let name = list.name().get(lang).to_owned();
        vec![name, list.key().to_owned(), count.to_string()]
    };
    let rows: Vec<Vec<String>> = view.counts.iter().map(row).collect();
    let text = print::table(lang, &[LIST, KEY, COUNT], &rows);
    Ok(Answer::new(json!({"counts": counts}), text))
}

fn row(row: &AgreementListRow) -> Value {
    match &row.agreement {
        Some(brief) => {
            let mut told = told::document(brief);
            told.insert("people".to_owned(), json!(row.people));
            told.insert("key_people".to_owned(), json!(row.key_people));
            Value::Object(told)
        }
        None => json!({
            "id": null,
            "number": null,
            "state": "unsigned",
            "household": row.household.map(|home| home.to_string()),
            "head": row.head,
            "place": row.place,
            "phone": row.phone,
            "people": row.people,
            "key_people": row.key_people,
        }),
    }
}

fn to_sign(rows: &[AgreementListRow], lang: Lang) -> String {
    let row = |row: &AgreementListRow| {
        let last = row.agreement.as_ref();
        vec![
            row.household
                .map_or_else(String::new, |home| home.to_string()),
            row.place.clone(),
            row.head.clone(),
            row.people.to_string(),
            row.key_people.to_string(),
            row.phone.clone(),
            last.map_or_else(String::new, |one| one.word.name().get(lang).to_owned()),
        ]
    };
    let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
    let heads = [
        wording::HOUSEHOLD,
        wording::PLACE,
        wording::HEAD,
        wording::PEOPLE,
        KEY_PEOPLE,
        PHONE,
        LAST,
    ];
    print::table(lang, &heads, &rows)
}

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const LIST: Text = text("名单", "list");
const KEY: Text = text("写法", "written");
const COUNT: Text = text("多少", "rows");
const KEY_PEOPLE: Text = text("重点", "key people");
const PHONE: Text = text("电话", "phone");
const LAST: Text = text("上一份", "last one");
const NOBODY: Text = text("这张名单上现在没有。\n", "Nothing stands on this list.\n");
