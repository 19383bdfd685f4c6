//! A form in progress that everybody in the clinic may go on with: a check-up whose laboratory
//! results come days later.
//!
//! It is no contact and completes no work. Recording the form ends it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    day::Day,
    form::FilledForm,
    id::{PersonId, StaffId},
};

/// The forms of one person that are in progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenForms {
    pub person: PersonId,
    pub forms: Vec<OpenForm>,
}

/// A form as far as it is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenForm {
    #[serde(with = "crate::domain::written_day")]
    pub begun: Day,
    pub filled: FilledForm,
    pub progress: SectionsDone,
    /// Who filled in which section last, in the order of the form.
    pub parts: Vec<Part>,
}

/// How many of the sections that ask anything lack nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SectionsDone {
    pub done: u16,
    pub all: u16,
}

/// Who last filled in a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its place in the form.
    pub section: u16,
    pub by: StaffId,
    /// Wall time, milliseconds in UTC.
    pub at: i64,
}

impl OpenForms {
    /// Returns a person's forms when none is in progress.
    pub const fn none(person: PersonId) -> Self {
        Self {
            person,
            forms: Vec::new(),
        }
    }

    /// Returns the form of this id, if it is in progress.
    pub fn of(&self, form: &str) -> Option<&OpenForm> {
        self.forms.iter().find(|open| open.filled.form == form)
    }
}

/// Two people's answers to one form put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    pub filled: FilledForm,
    /// Fields both answered differently; `filled` holds what is said here.
    pub both: Vec<String>,
}

/// Puts what was changed here, from `before` to `now`, onto what stands there meanwhile.
pub fn merged(before: Option<&FilledForm>, now: &FilledForm, there: Option<&FilledForm>) -> Merged {
    let Some(there) = there else {
        return Merged {
            filled: now.clone(),
            both: Vec::new(),
        };
    };
    let was = |key: &String| before.and_then(|form| form.answers.get(key));
    let keys: BTreeSet<&String> = now.answers.keys().chain(there.answers.keys()).collect();
    let mut filled = FilledForm {
        confirmed: now.confirmed.union(&there.confirmed).cloned().collect(),
        ..now.clone()
    };
    let mut both = Vec::new();
    for key in keys {
        let (here, other) = (now.answers.get(key), there.answers.get(key));
        let is_changed_here = here != was(key);
        if is_changed_here && other != was(key) && here != other {
            both.push(key.clone());
        }
        if !is_changed_here {
            match other {
                Some(value) => filled.answers.insert(key.clone(), value.clone()),
                None => filled.answers.remove(key),
            };
            match there.marks.get(key) {
                Some(mark) => filled.marks.insert(key.clone(), *mark),
                None => filled.marks.remove(key),
            };
        }
    }
    Merged { filled, both }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::value::{Answers, Value};

    fn form(answers: &[(&str, i64)]) -> FilledForm {
        let answers = answers.iter();
        let answers = answers.map(|(key, n)| ((*key).to_owned(), Value::Int(*n)));
        FilledForm {
            form: "F07".to_owned(),
            edition: "1".to_owned(),
            visit: Day::default(),
            answers: answers.collect::<Answers>(),
            marks: std::collections::BTreeMap::new(),
            confirmed: BTreeSet::new(),
        }
    }

    #[test]
    fn what_each_filled_in_stands_in_the_end() {
        let before = form(&[("height", 160)]);
        let now = form(&[("height", 160), ("weight", 60)]);
        let there = form(&[("height", 160), ("hb", 120)]);
        let merged = merged(Some(&before), &now, Some(&there));
        assert!(merged.both.is_empty());
        let whole = form(&[("height", 160), ("weight", 60), ("hb", 120)]);
        assert_eq!(merged.filled, whole);
    }

    #[test]
    fn an_answer_both_changed_is_told() {
        let before = form(&[("height", 160)]);
        let (now, there) = (form(&[("height", 161)]), form(&[("height", 162)]));
        let merged = merged(Some(&before), &now, Some(&there));
        assert_eq!(merged.both, ["height"]);
        assert_eq!(merged.filled, now);
    }

    #[test]
    fn an_answer_taken_back_here_stays_taken_back() {
        let before = form(&[("height", 160), ("weight", 60)]);
        let now = form(&[("height", 160)]);
        let merged = merged(Some(&before), &now, Some(&before));
        assert_eq!(merged.filled, now);
    }
}
