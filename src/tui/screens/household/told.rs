//! How people, their tasks and what happened are told in a row of a table.
//!
//! Words and numbers only; where they stand is the screens'.

use crate::{
    domain::{
        contact::Contact,
        day::{Day, age_months, age_years},
        household::Stay,
        identity::Sex,
        person::{Person, PersonState},
        tags::{Tag, TagSet},
        task::{Status, Task},
    },
    lang::outcome,
    tui::{theme::Look, widgets::who},
};

use super::words;

/// Returns a name, or that there is none yet.
pub fn name(look: &Look, person: &Person) -> String {
    match person.name() {
        "" => look.say(words::UNNAMED).to_owned(),
        name => name.to_owned(),
    }
}

/// Returns since when somebody lived in a household, as wide as a date.
pub fn since(look: &Look, stay: &Stay) -> String {
    let untold = || look.say(words::SINCE_UNTOLD).to_owned();
    stay.from.map_or_else(untold, |from| from.to_string())
}

/// Returns sex and age: 男 70, 女 8月.
pub fn sex_age(look: &Look, person: &Person, today: Day) -> String {
    let sex = look.say(match person.sex() {
        Sex::Male => words::MALE,
        Sex::Female => words::FEMALE,
        Sex::Unknown | Sex::Unspecified => words::NO_SEX,
    });
    let Some(birth) = person.birth() else {
        return sex.to_owned();
    };
    let years = age_years(birth, today);
    let age = if years < 2 {
        let months = age_months(birth, today).to_string();
        look.say(words::MONTHS).replace("{}", &months)
    } else {
        look.say(words::YEARS).replace("{}", &years.to_string())
    };
    format!("{sex} {age}")
}

/// Returns the groups a person belongs to, or a dash.
pub fn tags(look: &Look, tags: TagSet) -> String {
    let words: Vec<&str> = tags
        .iter()
        .filter(|tag| *tag != Tag::General)
        .map(|tag| look.say(tag.short()))
        .collect();
    match words.is_empty() {
        true => look.signs().none.to_owned(),
        false => words.join(" "),
    }
}

/// Returns the next dated work, and whether it is late: past its days of grace.
pub fn next(look: &Look, tasks: &[Task], today: Day) -> (String, bool) {
    let dated = tasks.iter().filter(|task| !task.window.is_standing());
    let Some(task) = dated.min_by_key(|task| task.due) else {
        return (look.signs().none.to_owned(), false);
    };
    if task.status(today) == Status::Overdue {
        let late = task.days_late(today).to_string();
        return (look.say(words::LATE).replace("{}", &late), true);
    }
    let kind = look.say(task.kind.brief());
    (format!("{} {kind}", who::near(task.due, today)), false)
}

/// Returns a day, without its year where that is this one.
pub fn day(day: Day, today: Day) -> String {
    use chrono::Datelike;
    if day.year() == today.year() {
        day.format("%m-%d").to_string()
    } else {
        day.to_string()
    }
}

/// Returns what became of a person who is not here any more.
pub fn state(look: &Look, state: &PersonState) -> String {
    match state {
        PersonState::Here => look.say(words::HERE).to_owned(),
        PersonState::Lost { reason, .. } => format!("{} {reason}", look.say(words::LOST)),
        PersonState::MovedOut { on, to } => {
            let moved = look.say(words::MOVED).replace("{}", &on.to_string());
            format!("{moved} {to}")
        }
        PersonState::Died { on, cause } => {
            let died = look.say(words::DIED).replace("{}", &on.to_string());
            format!("{died} {cause}")
        }
        PersonState::Void { why, .. } => format!("{} {why}", look.say(words::VOID)),
    }
}

/// Returns what a contact was, its values and its class.
pub fn contact(look: &Look, contact: &Contact) -> String {
    let mut parts = vec![outcome::happening(&contact.happening, look.lang)];
    if let Some(measured) = contact.happening.measured() {
        parts.push(outcome::measured(&measured, look.lang));
    }
    let outcomes = contact.decision.outcomes.values();
    let classes = outcomes.filter_map(|outcome| Some(look.say(outcome.class?.text())));
    let mut classes: Vec<&str> = classes.collect();
    classes.dedup();
    parts.extend(classes.into_iter().map(str::to_owned));
    if contact.withdrawn.is_some() {
        parts.push(look.say(words::WITHDRAWN).to_owned());
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            programmes::{ProgrammeKind, reason::Reason, rule::Rule},
            settings::Settings,
            task::TaskKind,
            window::routine,
        },
        lang::Lang,
        tui::{backend::Ambiguous, theme::Colours},
    };
    use rstest::rstest;

    /// Three months from 2026-01-10: due 04-10, open until 04-24 by the tolerance.
    #[rstest]
    #[case::early("2026-04-08", "04-10 高血压", false)]
    #[case::due("2026-04-10", "04-10 高血压", false)]
    #[case::grace("2026-04-12", "04-10 高血压", false)]
    #[case::overdue("2026-06-10", "逾期61天", true)]
    fn work_is_late_when_its_days_of_grace_are_over(
        #[case] today: &str,
        #[case] told: &str,
        #[case] is_late: bool,
    ) {
        let look = Look {
            lang: Lang::Zh,
            colours: Colours::None,
            ambiguous: Ambiguous::Narrow,
        };
        let day = |text: &str| -> Day { text.parse().unwrap() };
        let task = Task::new(
            TaskKind::HtnVisit,
            ProgrammeKind::Htn,
            &routine(day("2026-01-10"), 3, &Settings::default()),
            Rule::H6,
            Reason::MonthsPassed { months: 3 },
        );
        let found = next(&look, &[task], day(today));
        assert_eq!(found, (told.to_owned(), is_late));
    }
}
