//! Who looked at what: the looks that are noted, and which of them are the same look once more.
//!
//! Lists (the queue, a search, a register on the screen) are no looks: they show numbers hidden,
//! and nobody's record.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    clock::{self, Moment},
    day::Day,
    id::{AgreementId, HouseholdId, PersonId, StaffId},
    text::Text,
};

/// How somebody looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// The person's record: visits, courses, pictures, a form filled in for them.
    Record,
    /// The household with its members.
    Household,
    /// An agreement that names the person.
    Agreement,
    /// Identity number or telephone whole.
    Number,
    /// Printed on paper or into a file to be printed.
    Print,
    /// Written into a file in an open format.
    Export,
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 6] = [
        Self::Record,
        Self::Household,
        Self::Agreement,
        Self::Number,
        Self::Print,
        Self::Export,
    ];

    /// Returns the stable key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Household => "household",
            Self::Agreement => "agreement",
            Self::Number => "number",
            Self::Print => "print",
            Self::Export => "export",
        }
    }

    /// Returns what people call it.
    pub const fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Record => ("看档案", "record seen"),
            Self::Household => ("看家庭", "household seen"),
            Self::Agreement => ("看协议", "agreement seen"),
            Self::Number => ("看完整号码", "full numbers seen"),
            Self::Print => ("打印", "printed"),
            Self::Export => ("导出", "exported"),
        };
        Text { zh, en }
    }
}

/// One look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Wall time, milliseconds since 1970 in UTC.
    pub at: Moment,
    /// Nobody where the recovery code opened.
    pub by: Option<StaffId>,
    pub window: String,
    pub way: Way,
    /// Whose record it was; nobody where it was everybody's.
    #[serde(default)]
    pub people: Vec<PersonId>,
    #[serde(default)]
    pub household: Option<HouseholdId>,
    #[serde(default)]
    pub agreement: Option<AgreementId>,
    /// What left the store, where something did.
    #[serde(default)]
    pub handed: Option<Handed>,
}

/// What left the store with a look.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Handed {
    /// What it was, as a stable key or by the name of the paper: `people`, `round`.
    pub what: String,
    pub rows: u64,
    /// `csv`, `xlsx`, `json`, `html`, `txt`; empty where it went to the screen.
    pub format: String,
}

impl Look {
    /// Says whether the look was at `person`: by name, or at everybody.
    pub fn is_at(&self, person: PersonId) -> bool {
        self.is_at_all() || self.people.contains(&person)
    }

    /// Says whether the look was at everybody: an export of the whole clinic.
    pub const fn is_at_all(&self) -> bool {
        self.people.is_empty() && self.household.is_none() && self.agreement.is_none()
    }
}

/// What is noted once a day and window however often it is looked at.
type Same = (Way, Option<PersonId>, Option<AgreementId>);

/// The looks of one window that are not in the journal yet. Numbers and files that leave are
/// noted each time; the same look at the same record once a day.
#[derive(Debug, Default)]
pub struct Looks {
    waiting: Vec<Look>,
    day: Option<Day>,
    seen: BTreeSet<Same>,
}

impl Looks {
    /// Notes a look, as far as it is none the same window noted today.
    pub fn note(&mut self, mut look: Look) {
        let day = clock::day_of(look.at);
        if self.day != Some(day) {
            self.day = Some(day);
            self.seen.clear();
        }
        if matches!(look.way, Way::Print | Way::Export) {
            self.waiting.push(look);
            return;
        }
        if look.people.is_empty() {
            let own = (look.way, None, look.agreement);
            if self.seen.insert(own) {
                self.waiting.push(look);
            }
            return;
        }
        let (way, agreement, seen) = (look.way, look.agreement, &mut self.seen);
        look.people
            .retain(|person| seen.insert((way, Some(*person), agreement)));
        if !look.people.is_empty() {
            self.waiting.push(look);
        }
    }

    /// Says whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Takes what waits out, the oldest first, to be told to the journal.
    pub fn take(&mut self) -> Vec<Look> {
        std::mem::take(&mut self.waiting)
    }

    /// Puts back what could not be told.
    pub fn put_back(&mut self, mut untold: Vec<Look>) {
        untold.append(&mut self.waiting);
        self.waiting = untold;
    }

    /// Says whether something has waited for `pause` milliseconds; a clock set back waits no
    /// longer.
    pub fn are_due(&self, now: Moment, pause: Moment) -> bool {
        self.waiting
            .first()
            .is_some_and(|first| now < first.at || first.at + pause <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Moment = 1_795_226_400_000;

    fn look(at: Moment, way: Way, people: &[u64]) -> Look {
        Look {
            at,
            by: Some(StaffId(1)),
            window: "w".to_owned(),
            way,
            people: people.iter().copied().map(PersonId).collect(),
            household: None,
            agreement: None,
            handed: None,
        }
    }

    #[test]
    fn the_same_look_counts_once_a_day_and_what_leaves_each_time() {
        let mut looks = Looks::default();
        looks.note(look(NOON, Way::Record, &[7]));
        looks.note(look(NOON + 1, Way::Record, &[7]));
        looks.note(look(NOON + 2, Way::Number, &[7]));
        looks.note(look(NOON + 3, Way::Household, &[7, 8]));
        looks.note(look(NOON + 4, Way::Household, &[7, 8, 9]));
        looks.note(look(NOON + 5, Way::Export, &[]));
        looks.note(look(NOON + 6, Way::Export, &[]));
        let taken = looks.take();
        let told: Vec<(Way, usize)> = taken
            .iter()
            .map(|look| (look.way, look.people.len()))
            .collect();
        assert_eq!(
            told,
            [
                (Way::Record, 1),
                (Way::Number, 1),
                (Way::Household, 2),
                (Way::Household, 1),
                (Way::Export, 0),
                (Way::Export, 0)
            ]
        );
        looks.note(look(NOON + 7, Way::Record, &[7]));
        assert!(looks.take().is_empty());
        looks.note(look(NOON + 24 * 3_600_000, Way::Record, &[7]));
        looks.put_back(taken);
        assert_eq!(looks.take().len(), 7);
    }

    #[test]
    fn looks_are_due_after_a_while_and_at_once_where_the_clock_went_back() {
        let mut looks = Looks::default();
        assert!(!looks.are_due(NOON, 60_000));
        looks.note(look(NOON, Way::Record, &[7]));
        assert!(!looks.are_due(NOON + 59_999, 60_000));
        assert!(looks.are_due(NOON + 60_000, 60_000));
        assert!(looks.are_due(NOON - 1, 60_000));
    }

    #[test]
    fn an_export_of_everybody_is_a_look_at_each() {
        assert!(look(NOON, Way::Export, &[]).is_at(PersonId(7)));
        assert!(!look(NOON, Way::Print, &[8]).is_at(PersonId(7)));
    }
}
