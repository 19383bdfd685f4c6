//! One question of a dialog: a line, a day, one or several of a list, or
//! somebody to be found.
//!
//! It takes keys and keeps answers; what is asked of whom stands in `purpose`.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        day::Day,
        form::typed,
        id::{HouseholdId, PersonId},
        text::Text,
    },
    tui::{
        keys::{Code, Key},
        widgets::field::Field,
    },
};

/// What a question is about. Its words stand in `purpose`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    NewHead,
    Members,
    Founder,
    On,
    To,
    Cause,
    Why,
    Evidence,
    SameAs,
    House,
    Who,
    Kin,
    Reason,
    Mother,
    MotherName,
    MotherNumber,
    Name,
    Sex,
    Born,
    Number,
    Phone,
    Village,
    Group,
    Door,
    Address,
    Tag,
}

/// Somebody found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub household: HouseholdId,
    pub person: PersonId,
    /// Who or which household was found.
    pub name: String,
    /// The line it is offered by.
    pub text: String,
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Line(Field),
    Day(Field),
    One {
        options: Vec<String>,
        chosen: Option<usize>,
    },
    Many {
        options: Vec<String>,
        ticked: Vec<bool>,
        at: usize,
    },
    Find {
        typed: Field,
        found: Vec<Hit>,
        at: usize,
        chosen: Option<Hit>,
    },
}

/// A question of a dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    pub slot: Slot,
    pub label: Text,
    /// Stands dim beside it.
    pub hint: Option<Text>,
    /// May stay without an answer.
    pub optional: bool,
    pub kind: Kind,
    pub problem: Option<Text>,
}

/// What a key did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    Nothing,
    /// Answered: go on to the next question.
    Answered,
    /// What is to be found was typed.
    Typed,
}

impl Ask {
    /// Returns a question answered in a line.
    pub fn line(slot: Slot, label: Text, text: &str) -> Self {
        Self::of(slot, label, Kind::Line(Field::of(text)))
    }

    /// Returns a question for a day.
    pub fn day(slot: Slot, label: Text, day: Option<Day>) -> Self {
        let text = day.map_or_else(String::new, |day| day.to_string());
        Self::of(slot, label, Kind::Day(Field::of(&text)))
    }

    /// Returns a question for one of several.
    pub fn one(slot: Slot, label: Text, options: Vec<String>, chosen: Option<usize>) -> Self {
        Self::of(slot, label, Kind::One { options, chosen })
    }

    /// Returns a question for any of several.
    pub fn many(slot: Slot, label: Text, options: Vec<String>) -> Self {
        let ticked = vec![false; options.len()];
        let kind = Kind::Many {
            options,
            ticked,
            at: 0,
        };
        Self::of(slot, label, kind)
    }

    /// Returns a question for somebody to be found.
    pub fn find(slot: Slot, label: Text) -> Self {
        let kind = Kind::Find {
            typed: Field::default(),
            found: Vec::new(),
            at: 0,
            chosen: None,
        };
        Self::of(slot, label, kind)
    }

    fn of(slot: Slot, label: Text, kind: Kind) -> Self {
        Self {
            slot,
            label,
            hint: None,
            optional: false,
            kind,
            problem: None,
        }
    }

    /// Lets it stay without an answer.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Puts a hint beside it.
    #[must_use]
    pub fn hint(mut self, hint: Text) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Takes a key that moves nowhere.
    pub fn key(&mut self, key: Key) -> Did {
        self.problem = None;
        match &mut self.kind {
            Kind::Line(field) => {
                field.key(key);
                Did::Nothing
            }
            Kind::Day(field) => {
                field.key(key.with_twin());
                Did::Nothing
            }
            Kind::One { options, chosen } => match digit(key).filter(|at| *at < options.len()) {
                Some(at) => {
                    *chosen = Some(at);
                    Did::Answered
                }
                None => Did::Nothing,
            },
            Kind::Many { ticked, at, .. } => {
                let toggled = match key.with_twin().code {
                    Code::Char(' ') => Some(*at),
                    _ => digit(key),
                };
                if let Some(tick) = toggled.and_then(|at| ticked.get_mut(at)) {
                    *tick = !*tick;
                    *at = toggled.unwrap_or(*at);
                }
                Did::Nothing
            }
            Kind::Find { typed, chosen, .. } => {
                if typed.key(key) {
                    *chosen = None;
                    return Did::Typed;
                }
                Did::Nothing
            }
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) -> Did {
        self.problem = None;
        match &mut self.kind {
            Kind::Line(field) | Kind::Day(field) => {
                field.insert(text);
                Did::Nothing
            }
            Kind::Find { typed, chosen, .. } => {
                typed.insert(text);
                *chosen = None;
                Did::Typed
            }
            Kind::One { .. } | Kind::Many { .. } => Did::Nothing,
        }
    }

    /// Moves the selection inside by one; false at its end and where there is none.
    pub fn step(&mut self, down: bool) -> bool {
        let (count, at) = match &mut self.kind {
            Kind::Line(_) | Kind::Day(_) => return false,
            Kind::One { options, chosen } => {
                let Some(at) = chosen else {
                    *chosen = (down && !options.is_empty()).then_some(0);
                    return chosen.is_some();
                };
                (options.len(), at)
            }
            Kind::Many { options, at, .. } => (options.len(), at),
            Kind::Find { found, at, .. } => (found.len(), at),
        };
        let to = if down {
            Some(*at + 1)
        } else {
            at.checked_sub(1)
        };
        match to.filter(|to| *to < count) {
            Some(to) => {
                *at = to;
                true
            }
            None => false,
        }
    }

    /// Settles the selection: what is selected among those found is the answer.
    pub fn settle(&mut self) {
        if let Kind::Find {
            typed,
            found,
            at,
            chosen,
        } = &mut self.kind
            && chosen.is_none()
            && !typed.text().trim().is_empty()
        {
            *chosen = found.get(*at).cloned();
        }
    }

    /// Returns the line typed.
    pub fn text(&self) -> &str {
        match &self.kind {
            Kind::Line(field) | Kind::Day(field) => field.text().trim(),
            Kind::Find { typed, .. } => typed.text(),
            Kind::One { .. } | Kind::Many { .. } => "",
        }
    }

    /// Returns the day typed, where it can be read.
    pub fn day_on(&self, today: Day) -> Option<Day> {
        typed::date(&typed::ascii_text(self.text()), today, true)
    }

    /// Returns the line chosen.
    pub fn chosen(&self) -> Option<usize> {
        match &self.kind {
            Kind::One { chosen, .. } => *chosen,
            _ => None,
        }
    }

    /// Returns the line chosen as it is offered.
    pub fn chosen_line(&self) -> Option<&str> {
        match &self.kind {
            Kind::One { options, chosen } => options.get((*chosen)?).map(String::as_str),
            Kind::Line(_) | Kind::Day(_) | Kind::Many { .. } | Kind::Find { .. } => None,
        }
    }

    /// Returns the lines ticked.
    pub fn ticked(&self) -> Vec<usize> {
        match &self.kind {
            Kind::Many { ticked, .. } => {
                let ticked = ticked.iter().enumerate().filter(|(_, ticked)| **ticked);
                ticked.map(|(at, _)| at).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Returns who was found and chosen.
    pub fn hit(&self) -> Option<&Hit> {
        match &self.kind {
            Kind::Find { chosen, .. } => chosen.as_ref(),
            _ => None,
        }
    }

    /// Returns whether there is an answer.
    pub fn is_answered(&self) -> bool {
        match &self.kind {
            Kind::Line(_) | Kind::Day(_) => !self.text().is_empty(),
            Kind::One { chosen, .. } => chosen.is_some(),
            Kind::Many { ticked, .. } => ticked.contains(&true),
            Kind::Find { chosen, .. } => chosen.is_some(),
        }
    }
}

/// Returns the line a digit means: `1` the first.
fn digit(key: Key) -> Option<usize> {
    let digit = key.with_twin().typed()?.to_digit(10)?;
    usize::try_from(digit).ok()?.checked_sub(1)
}
