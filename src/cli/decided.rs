//! What a recorded contact was decided as: the one document of visit, attempt, correct,
//! withdraw, referral, enrol and leave.

use serde_json::{Map, Value, json};

use super::{
    open::{self, Session},
    print::{self, Answer, Trouble},
    wording,
};
use crate::{
    desk::{
        Question, Reply,
        reply::{Done, RecordedContact},
    },
    domain::{
        course::{Course, Decision},
        id::{PersonId, VisitId},
        programmes::{Class, ProgrammeKind},
        task::Task,
        text::{Lang, Text},
    },
    lang::around::around,
};

/// Returns the document of a change that recorded one contact.
///
/// # Errors
/// Fails with the disk.
pub fn answer(session: &Session<'_>, done: &Done) -> Result<Answer, Trouble> {
    let contact = done.contacts.first().ok_or_else(open::unexpected)?;
    let course = course(session, contact.person)?;
    let mut answer = told(session, contact, &course, &done.redecided);
    if let Some(death) = &done.death {
        let on = death.told.on.to_string();
        let line = DEATH.get(session.call.lang).replace("{}", &on);
        answer.text.push_str(&line);
        if let Value::Object(document) = &mut answer.json {
            document.insert("death".to_owned(), json!({ "on": on }));
        }
    }
    Ok(answer)
}

/// Said where a form told of a death: the form alone ends only its own programme.
const DEATH: Text = Text {
    zh: "表上写明已于 {} 死亡，请登记死亡（attempt … --result dead）\n",
    en: "the form tells of a death on {}: record it (attempt … --result dead)\n",
};

/// Returns the document of a withdrawal: what is open for the person afterwards.
///
/// # Errors
/// Fails with the disk.
pub fn withdrawn(
    session: &Session<'_>,
    id: VisitId,
    person: PersonId,
    done: &Done,
) -> Result<Answer, Trouble> {
    let lang = session.call.lang;
    let tasks = course(session, person)?.tasks();
    let mut document = document(id, person, &Decision::default(), &tasks, &done.redecided);
    document.insert("withdrawn".to_owned(), json!(true));
    let mut text = wording::withdrawn(id, lang);
    text.push_str(&tasks_text(&tasks, lang));
    text.push_str(&redecided_text(&done.redecided, lang));
    Ok(Answer::new(Value::Object(document), text))
}

/// Returns the document of a change that concerns follow-up without a contact of its own.
///
/// # Errors
/// Fails with the disk.
pub fn without_contact(session: &Session<'_>, person: PersonId) -> Result<Answer, Trouble> {
    let lang = session.call.lang;
    let tasks = course(session, person)?.tasks();
    let mut document = of_decision(VisitId(0), person, &Decision::default());
    document.insert("id".to_owned(), Value::Null);
    document.insert("tasks".to_owned(), tasks.iter().map(task).collect());
    let mut text = print::pairs(lang, &[(wording::RECORD, person.to_string())]);
    text.push_str(&tasks_text(&tasks, lang));
    Ok(Answer::new(Value::Object(document), text))
}

fn course(session: &Session<'_>, person: PersonId) -> Result<Course, Trouble> {
    match session.ask(Question::Glance(person))? {
        Reply::Glance(glance) => Ok(glance.course),
        _ => Err(open::unexpected()),
    }
}

fn told(
    session: &Session<'_>,
    contact: &RecordedContact,
    course: &Course,
    redecided: &[VisitId],
) -> Answer {
    let lang = session.call.lang;
    let decision = &contact.decision;
    let tasks = course.tasks();
    let mut lines = vec![
        (wording::RECORD, contact.id.to_string()),
        (wording::CLASS, classes_text(decision, lang)),
        (wording::RULES, rules(decision).join(" ")),
    ];
    let clauses: Vec<&str> = decision
        .rules
        .iter()
        .map(|rule| rule.clause().get(lang))
        .collect();
    lines.push((wording::CLAUSE, clauses.join("; ")));
    let alerts: Vec<String> = decision
        .alerts
        .iter()
        .map(|alert| alert.label().get(lang).to_owned())
        .collect();
    lines.push((wording::ALERTS, alerts.join("; ")));
    let completed: Vec<&str> = decision
        .completed
        .iter()
        .map(|kind| kind.name().get(lang))
        .collect();
    lines.push((wording::COMPLETED, completed.join(" ")));
    let mut text = print::pairs(lang, &lines);
    text.push_str(&tasks_text(&tasks, lang));
    text.push_str(&redecided_text(redecided, lang));
    let document = document(contact.id, contact.person, decision, &tasks, redecided);
    Answer::new(Value::Object(document), text)
}

fn document(
    id: VisitId,
    person: PersonId,
    decision: &Decision,
    tasks: &[Task],
    redecided: &[VisitId],
) -> Map<String, Value> {
    let mut document = of_decision(id, person, decision);
    document.insert("tasks".to_owned(), tasks.iter().map(task).collect());
    let redecided: Vec<String> = redecided.iter().map(ToString::to_string).collect();
    document.insert("redecided".to_owned(), json!(redecided));
    document
}

/// Returns what was decided on a contact, without what is open now.
pub fn of_decision(id: VisitId, person: PersonId, decision: &Decision) -> Map<String, Value> {
    let mut document = Map::new();
    let mut put = |key: &str, value: Value| document.insert(key.to_owned(), value);
    put("id", json!(id.to_string()));
    put("person", json!(person.to_string()));
    let classes: Vec<(ProgrammeKind, Class)> = decision
        .outcomes
        .iter()
        .filter_map(|(kind, outcome)| Some((*kind, outcome.class?)))
        .collect();
    if let [(_, class)] = classes.as_slice() {
        put("class", code(*class));
    }
    for (kind, class) in &classes {
        put(&format!("class_{}", kind.code()), code(*class));
    }
    put("rules", json!(rules(decision)));
    let alerts: Vec<_> = decision.alerts.iter().map(|alert| alert.key()).collect();
    put("alerts", json!(alerts));
    let completed: Vec<&str> = decision.completed.iter().map(|kind| kind.key()).collect();
    put("completed", json!(completed));
    document
}

/// A class is the number printed on the form.
fn code(class: Class) -> Value {
    class
        .code()
        .parse::<u8>()
        .map_or_else(|_| json!(class.code()), |number| json!(number))
}

/// Returns one task as JSON.
pub fn task(task: &Task) -> Value {
    json!({
        "kind": task.kind.key(),
        "earliest": task.earliest,
        "due": task.due,
        "latest": task.latest,
    })
}

/// Returns the ids of the rules that decided, in order.
pub fn rules(decision: &Decision) -> Vec<&'static str> {
    decision.rules.iter().map(|rule| rule.id()).collect()
}

/// Returns the classes in words, with their programmes where there are several.
pub fn classes_text(decision: &Decision, lang: Lang) -> String {
    let several = 1 < decision.outcomes.len();
    let classes: Vec<String> = decision
        .outcomes
        .iter()
        .filter_map(|(kind, outcome)| {
            let class = outcome.class?.text().get(lang);
            let short = kind.programme().short.get(lang);
            Some(if several {
                format!("{short} {class}")
            } else {
                class.to_owned()
            })
        })
        .collect();
    classes.join("; ")
}

/// Returns the open tasks, one a line.
pub fn tasks_text(tasks: &[Task], lang: Lang) -> String {
    let lines: Vec<(crate::domain::text::Text, String)> = tasks
        .iter()
        .map(|task| {
            let name = task.kind.name().get(lang);
            let days = around(task, lang, |day| day.to_string());
            (wording::NEXT, format!("{name} {}{days}", task.due))
        })
        .collect();
    print::pairs(lang, &lines)
}

fn redecided_text(redecided: &[VisitId], lang: Lang) -> String {
    let ids: Vec<String> = redecided.iter().map(ToString::to_string).collect();
    print::pairs(lang, &[(wording::REDECIDED, ids.join(" "))])
}
