//! `cunyi show`: a person or a household, whole.

use clap::Args;
use serde_json::{Value, json};

mod history;
mod progress;
mod year;

use super::{
    agreement, decided,
    open::{self, Session},
    print::{self, Answer, Trouble},
    values, wording,
};
use crate::{
    desk::{
        Question, Reply,
        reply::{ChangeTold, HouseholdView, MemberView, PersonView},
    },
    domain::{
        clock,
        contact::Contact,
        course::{Course, ProgrammeStatus},
        form::typed,
        person::PersonState,
        task::Task,
        text::{Lang, Text},
        value::Answers,
    },
};

/// What `show` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "ID")]
    id: String,
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1900..=2200))]
    year: Option<i32>,
}

/// Shows a person or a household.
///
/// # Errors
/// Refuses what names nothing or several.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    if let Some(year) = arguments.year {
        return year::run(session, session.person(&arguments.id)?, year);
    }
    let question = match session.either(&arguments.id)? {
        (Some(person), _) => Question::PersonCard(person),
        (None, household) => Question::HouseholdCard(household),
    };
    match session.ask(question)? {
        Reply::Person(view) => Ok(person(session, &view)),
        Reply::Household(view) => Ok(household(session, &view)),
        _ => Err(open::unexpected()),
    }
}

fn person(session: &Session<'_>, view: &PersonView) -> Answer {
    let lang = session.call.lang;
    let own = &view.member.person;
    let mut document = member(&view.member);
    if let Some(map) = document.as_object_mut() {
        let seen = view.seen.iter().map(|seen| seen.revision).max();
        map.insert("seen".to_owned(), json!(seen));
        map.insert("household".to_owned(), json!(view.household.id.to_string()));
        map.insert("place".to_owned(), json!(view.household.place()));
        map.insert("head".to_owned(), json!(view.head));
        map.insert("village".to_owned(), json!(view.village.name));
        let agreements = agreement::documents(&view.agreements);
        map.insert("agreements".to_owned(), agreements);
        map.insert("missing".to_owned(), json!(view.missing));
        map.insert("stays".to_owned(), json!(view.stays));
        let changes: Vec<Value> = view.changes.iter().map(changed).collect();
        map.insert("changes".to_owned(), json!(changes));
        let named = |told: &Contact| view.staff.get(&told.by).map_or("", String::as_str);
        let contacts = view.contacts.iter().map(|told| contact(told, named(told)));
        let contacts: Vec<Value> = contacts.collect();
        map.insert("contacts".to_owned(), json!(contacts));
    }
    let place = format!(
        "{} {} {}",
        view.household.id,
        view.household.place(),
        view.head
    );
    let mut lines = vec![
        (wording::ID, own.id.to_string()),
        (
            wording::RECORD_NO,
            own.record_no.clone().unwrap_or_default(),
        ),
        (wording::HOUSEHOLD, place),
        (wording::RELATION, own.relation_word.clone()),
        (wording::STATE, state(&own.state, lang)),
        (wording::TAGS, tags(&view.member, lang)),
    ];
    lines.extend(programmes(&view.member.course, lang));
    let mut text = print::pairs(lang, &lines);
    text.push('\n');
    text.push_str(&card(session, "F08", &own.card));
    text.push('\n');
    let tasks: Vec<Task> = view.member.tasks.clone();
    text.push_str(&decided::tasks_text(&tasks, lang));
    text.push_str(&progress::text(std::slice::from_ref(&view.member), lang));
    text.push_str(&agreement::text(&view.agreements, lang));
    text.push_str(&history::stays(view, lang));
    text.push_str(&history::changes(view, lang));
    let contacts: Vec<(String, Contact)> = view
        .contacts
        .iter()
        .map(|told| {
            let by = view.staff.get(&told.by).cloned();
            (by.unwrap_or_default(), told.clone())
        })
        .collect();
    text.push_str(&contacts_text(&contacts, lang));
    Answer::new(document, text)
}

fn household(session: &Session<'_>, view: &HouseholdView) -> Answer {
    let lang = session.call.lang;
    let home = &view.household;
    let members: Vec<Value> = view.members.iter().map(member).collect();
    let former: Vec<Value> = view
        .former
        .iter()
        .map(|(person, stay)| json!({"id": person.id.to_string(), "name": person.name(), "stay": stay}))
        .collect();
    let contacts: Vec<Value> = view
        .contacts
        .iter()
        .map(|(_, told, by)| contact(told, by))
        .collect();
    let document = json!({
        "id": home.id.to_string(),
        "number": view.number,
        "outside_no": home.outside_no,
        "village": view.village.name,
        "place": home.place(),
        "head": home.head.map(|head| head.to_string()),
        "ended": home.ended,
        "card": values::answers(&home.card),
        "members": members,
        "former": former,
        "contacts": contacts,
        "agreements": agreement::documents(&view.agreements),
    });
    let lines = [
        (wording::ID, home.id.to_string()),
        (wording::NUMBER, view.number.clone().unwrap_or_default()),
        (wording::VILLAGE, view.village.name.clone()),
        (wording::PLACE, home.place()),
        (
            wording::OUTSIDE,
            home.outside_no.clone().unwrap_or_default(),
        ),
    ];
    let heads = [
        wording::ID,
        wording::NAME,
        wording::RELATION,
        wording::SEX_AGE,
        wording::TAGS,
        wording::DUE,
    ];
    let rows: Vec<Vec<String>> = view
        .members
        .iter()
        .map(|told| {
            let own = &told.person;
            let due = told.tasks.iter().map(|task| task.due).min();
            vec![
                own.id.to_string(),
                own.name().to_owned(),
                own.relation_word.clone(),
                wording::sex_age(own.sex(), own.age(view.today), lang),
                tags(told, lang),
                due.map_or_else(String::new, |due| due.to_string()),
            ]
        })
        .collect();
    let told = view.contacts.iter();
    let told: Vec<(String, Contact)> = told.map(|(_, c, by)| (by.clone(), c.clone())).collect();
    let text = [
        print::pairs(lang, &lines),
        card(session, "household", &home.card),
        "\n".to_owned(),
        print::table(lang, &heads, &rows),
        agreement::text(&view.agreements, lang),
        progress::text(&view.members, lang),
        contacts_text(&told, lang),
    ];
    Answer::new(document, text.concat())
}

/// Lists a card by the labels of its form.
fn card(session: &Session<'_>, form: &str, card: &Answers) -> String {
    let lang = session.call.lang;
    let Some(form) = session.desk.catalog().form(form) else {
        return String::new();
    };
    let label = |label: &crate::domain::text::Label| label.get(lang).to_owned();
    let lines: Vec<(String, String)> = form
        .fields()
        .filter_map(|field| {
            let value = typed::shown(field, card.get(&field.key)?, lang);
            Some((label(&field.label), value))
        })
        .collect();
    print::labelled(&lines)
}

fn member(view: &MemberView) -> Value {
    let own = &view.person;
    let programmes: Vec<Value> = view
        .course
        .programmes
        .iter()
        .map(|(kind, course)| {
            json!({
                "code": kind.code(),
                "status": course.status,
                "entered": course.entered,
                "attempts": course.attempts,
            })
        })
        .collect();
    json!({
        "id": own.id.to_string(),
        "name": own.name(),
        "sex": own.sex().code(),
        "birth": own.birth(),
        "record_no": own.record_no,
        "relation": own.relation,
        "relation_word": own.relation_word,
        "state": own.state,
        "tags": view.tags.iter().map(crate::domain::tags::Tag::code).collect::<Vec<_>>(),
        "card": values::answers(&own.card),
        "agreement": match &view.agreement {
            Some(covered) => Some(covered.agreement.word.key().to_owned()),
            None => own.agreement_told.as_ref().map(|told| told.state.clone()),
        },
        "agreement_id": view.agreement.as_ref().map(|covered| covered.agreement.id.to_string()),
        "agreement_until": view.agreement.as_ref().map(|covered| covered.until),
        "programmes": programmes,
        "tasks": view.tasks.iter().map(decided::task).collect::<Vec<_>>(),
        "in_progress": view.open.iter().map(progress::document).collect::<Vec<_>>(),
    })
}

fn contact(told: &Contact, by: &str) -> Value {
    let mut document = decided::of_decision(told.id, told.person, &told.decision);
    document.insert("date".to_owned(), json!(told.day));
    document.insert("by".to_owned(), json!(told.by.to_string()));
    document.insert("by_name".to_owned(), json!(by));
    // The edition of the settings it was decided with; 0 for the program's own values.
    document.insert("settings".to_owned(), json!(told.edition));
    document.insert("withdrawn".to_owned(), json!(told.withdrawn));
    document.insert("corrections".to_owned(), json!(told.corrections.len()));
    let forms: Vec<Value> = told
        .forms
        .iter()
        .map(|form| {
            json!({
                "form": form.form,
                "edition": form.edition,
                "answers": values::answers(&form.answers),
            })
        })
        .collect();
    document.insert("forms".to_owned(), json!(forms));
    document.insert("happening".to_owned(), json!(told.happening));
    Value::Object(document)
}

fn changed(told: &ChangeTold) -> Value {
    json!({
        "date": clock::day_of(told.at),
        "time": clock::time_of(told.at),
        "by_name": told.by,
        "cause": told.cause,
        "fields": told.fields,
    })
}

fn tags(view: &MemberView, lang: Lang) -> String {
    let names: Vec<&str> = view.tags.iter().map(|tag| tag.name().get(lang)).collect();
    names.join(" ")
}

fn programmes(course: &Course, lang: Lang) -> Vec<(Text, String)> {
    course
        .programmes
        .iter()
        .map(|(kind, course)| {
            let programme = kind.programme();
            let status = match course.status {
                ProgrammeStatus::Managed => wording::MANAGED,
                ProgrammeStatus::Lost { .. } => wording::LOST,
                ProgrammeStatus::Refused { .. } => wording::REFUSED,
                ProgrammeStatus::Ended { .. } => wording::ENDED,
            };
            let said = format!("{} {}", status.get(lang), course.entered);
            (programme.short, said)
        })
        .collect()
}

fn state(state: &PersonState, lang: Lang) -> String {
    let (word, on, why) = match state {
        PersonState::Here => return String::new(),
        PersonState::Lost { since, reason } => (wording::LOST, Some(since), reason),
        PersonState::MovedOut { on, to } => (wording::MOVED_OUT, Some(on), to),
        PersonState::Died { on, cause } => (wording::DIED, Some(on), cause),
        PersonState::Void { why, .. } => (wording::VOID, None, why),
    };
    let on = on.map_or_else(String::new, |on| format!(" {on}"));
    format!("{}{on} {why}", word.get(lang))
        .trim_end()
        .to_owned()
}

fn contacts_text(contacts: &[(String, Contact)], lang: Lang) -> String {
    if contacts.is_empty() {
        return String::new();
    }
    let heads = [
        wording::RECORD,
        wording::DATE,
        wording::WHAT_HAPPENED,
        wording::CLASS,
        wording::RULES,
        wording::BY,
    ];
    let rows: Vec<Vec<String>> = contacts
        .iter()
        .map(|(by, told)| {
            let what = if told.withdrawn.is_some() {
                wording::WITHDRAWN.get(lang).to_owned()
            } else {
                wording::happening(&told.happening, lang)
            };
            vec![
                told.id.to_string(),
                told.day.to_string(),
                what,
                decided::classes_text(&told.decision, lang),
                decided::rules(&told.decision).join(" "),
                by.clone(),
            ]
        })
        .collect();
    format!("\n{}", print::table(lang, &heads, &rows))
}
