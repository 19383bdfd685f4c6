//! `cunyi attempt`: an honest non-visit: not home, no answer, refused, moved, dead, done elsewhere.

use std::collections::BTreeSet;

use clap::Args;

use super::{
    decided, enrol,
    open::{self, Session},
    print::{Answer, Trouble},
    seen::SeenUntil,
    values, wording,
};
use crate::{
    desk::{Command, Question, Reply, request::ContactDraft},
    domain::{
        course::happening::{DoneElsewhere, Evidence, Happening, LostReason, Missed},
        day::Day,
        id::PersonId,
        programmes::{PROGRAMMES, ProgrammeKind},
        task::{Task, TaskKind},
        value::Answers,
        visit,
    },
};

/// What `attempt` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "PERSON")]
    person: String,
    #[arg(long, value_name = "KIND")]
    task: Option<String>,
    #[arg(long, value_name = "RESULT")]
    result: String,
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[arg(long, value_name = "1..5")]
    lost: Option<String>,
    #[arg(long, value_name = "DATE")]
    done: Option<String>,
    #[arg(long, value_name = "TEXT")]
    place: Option<String>,
    #[arg(long, value_name = "paper|message|word")]
    evidence: Option<String>,
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    #[arg(long, value_name = "TEXT")]
    to: Option<String>,
    #[arg(long, value_name = "TEXT")]
    cause: Option<String>,
    #[arg(long = "new-head", value_name = "PERSON")]
    new_head: Option<String>,
    #[command(flatten)]
    seen: SeenUntil,
}

const RESULTS: [&str; 7] = [
    "not_home",
    "no_answer",
    "refused",
    "refuses_programme",
    "moved",
    "dead",
    "done_elsewhere",
];

/// Records the attempt.
///
/// # Errors
/// Refuses unknown words, what a result needs and lacks, and by the rules.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    let person = session.person(&arguments.person)?;
    let day = session.day("--date", arguments.date.as_deref())?;
    let done = match session.repeated()? {
        Some(done) => done,
        None => {
            let seen = arguments.seen.of_person(session, person)?;
            session.change_seen(seen, command(session, arguments, person, day)?)?
        }
    };
    if done.contacts.is_empty() {
        return decided::without_contact(session, person);
    }
    decided::answer(session, &done)
}

fn command(
    session: &Session<'_>,
    arguments: &Arguments,
    person: PersonId,
    day: Day,
) -> Result<Command, Trouble> {
    let kinds = || kinds(session, arguments.task.as_deref());
    let new_head = || {
        let given = arguments.new_head.as_deref();
        given.map(|text| session.person(text)).transpose()
    };
    let happening = match arguments.result.trim() {
        result @ ("not_home" | "no_answer") => Happening::NotReached {
            kinds: kinds()?,
            reason: lost(session, arguments.lost.as_deref())?,
            missed: Some(match result {
                "not_home" => Missed::NotHome,
                _ => Missed::NoAnswer,
            }),
        },
        "refused" => Happening::RefusedVisit { kinds: kinds()? },
        "refuses_programme" => Happening::RefusedProgramme {
            programme: programme(session, arguments, person)?,
        },
        "done_elsewhere" => {
            let programme = programme(session, arguments, person)?;
            Happening::DoneElsewhere(elsewhere(session, arguments, programme, day)?)
        }
        "moved" => {
            return Ok(Command::MoveOut {
                person,
                on: day,
                to: arguments.to.clone().unwrap_or_default(),
                new_head: new_head()?,
            });
        }
        "dead" => {
            return Ok(Command::RecordDeath {
                person,
                on: day,
                cause: arguments.cause.clone().unwrap_or_default(),
                new_head: new_head()?,
            });
        }
        other => return Err(no_word(session, "--result", other, &RESULTS)),
    };
    Ok(Command::RecordContact(Box::new(ContactDraft {
        happening: Some(happening),
        ..ContactDraft::about(person, day)
    })))
}

/// Reads which open task was tried; all of them where none is named.
fn kinds(session: &Session<'_>, given: Option<&str>) -> Result<BTreeSet<TaskKind>, Trouble> {
    let Some(given) = given else {
        return Ok(BTreeSet::new());
    };
    let known: Vec<&str> = TaskKind::all().map(TaskKind::key).collect();
    let mut kinds = BTreeSet::new();
    for word in given.split([',', '，']).map(str::trim) {
        let kind =
            TaskKind::from_key(word).ok_or_else(|| no_word(session, "--task", word, &known))?;
        kinds.insert(kind);
    }
    Ok(kinds)
}

/// Returns the one programme the task named, or the person's only open one, belongs to.
fn programme(
    session: &Session<'_>,
    arguments: &Arguments,
    person: PersonId,
) -> Result<ProgrammeKind, Trouble> {
    if let Some(given) = arguments.task.as_deref()
        && PROGRAMMES.iter().any(|programme| programme.code == given)
    {
        return enrol::programme(session, "--task", given);
    }
    let kinds = kinds(session, arguments.task.as_deref())?;
    let Reply::Glance(glance) = session.ask(Question::Glance(person))? else {
        return Err(open::unexpected());
    };
    let named = |task: &Task| kinds.is_empty() || kinds.contains(&task.kind);
    let open: BTreeSet<ProgrammeKind> = glance
        .course
        .tasks()
        .iter()
        .filter(|task| named(task))
        .flat_map(|task| task.programmes.iter().copied())
        .collect();
    match open.into_iter().collect::<Vec<_>>().as_slice() {
        [programme] => Ok(*programme),
        several => {
            let codes: Vec<&str> = several.iter().map(|kind| kind.code()).collect();
            let message = wording::which_programme(&codes, session.call.lang);
            Err(Trouble::input("E-TASK", Some("--task"), message))
        }
    }
}

/// Reads what is known of a follow-up elsewhere.
fn elsewhere(
    session: &Session<'_>,
    arguments: &Arguments,
    programme: ProgrammeKind,
    day: Day,
) -> Result<DoneElsewhere, Trouble> {
    let lang = session.call.lang;
    let need = |option: &str, given: &Option<String>| {
        let given = given
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty());
        given.map(str::to_owned).ok_or_else(|| {
            let message = wording::needed(option, "done_elsewhere", lang);
            Trouble::input("E-MISSING", Some(option), message)
        })
    };
    let evidence = match need("--evidence", &arguments.evidence)?.as_str() {
        "paper" => Evidence::Paper,
        "message" => Evidence::Message,
        "word" => Evidence::ResidentsWord,
        other => {
            let known = ["paper", "message", "word"];
            return Err(no_word(session, "--evidence", other, &known));
        }
    };
    let visit_day = match arguments.done.as_deref() {
        Some(given) => session.day("--done", Some(given))?,
        None => day,
    };
    Ok(DoneElsewhere {
        programme,
        visit_day,
        place: need("--place", &arguments.place)?,
        evidence,
        measured: visit::measured(&measurements(session, programme, &arguments.set)?),
    })
}

/// Reads measurements as the programme's form knows them.
fn measurements(
    session: &Session<'_>,
    programme: ProgrammeKind,
    settings: &[String],
) -> Result<Answers, Trouble> {
    let lang = session.call.lang;
    let id = visit::form_of(programme).unwrap_or_default();
    let form = session
        .desk
        .catalog()
        .form(id)
        .ok_or_else(open::unexpected)?;
    let mut answers = Answers::new();
    for text in settings {
        let bad = |message: String| Trouble::input("E-INPUT", Some("--set"), message);
        let setting = values::setting(text).ok_or_else(|| bad(wording::bad_setting(text, lang)))?;
        let field = values::field(form, &setting.key)
            .ok_or_else(|| bad(wording::no_field(text, &[id], lang)))?;
        let value = values::read(field, &setting.text, session.today()).map_err(|fault| {
            let said = crate::lang::refusals::form::fault(&fault, lang);
            Trouble::input(
                fault.code(),
                Some(&field.key),
                wording::wrong_setting(text, &said, lang),
            )
        })?;
        answers.insert(field.key.clone(), value);
    }
    Ok(answers)
}

fn lost(session: &Session<'_>, given: Option<&str>) -> Result<Option<LostReason>, Trouble> {
    given
        .map(|code| match code.trim() {
            "1" => Ok(LostReason::WorkingAway),
            "2" => Ok(LostReason::MovedElsewhere),
            "3" => Ok(LostReason::Strayed),
            "4" => Ok(LostReason::NotReachedThreeTimes),
            "5" => Ok(LostReason::Other),
            other => Err(no_word(
                session,
                "--lost",
                other,
                &["1", "2", "3", "4", "5"],
            )),
        })
        .transpose()
}

fn no_word(session: &Session<'_>, option: &str, given: &str, known: &[&str]) -> Trouble {
    let message = wording::no_word(option, given, known, session.call.lang);
    Trouble::input("E-CODE", Some(option), message)
}
