//! What a dialog knows of the household or the person it is opened from, and
//! how those who live there are offered in it.

use crate::{
    desk::reply::{HouseholdView, PersonView},
    domain::{
        aspect::Seen,
        day::{Day, age_years},
        household::key,
        id::{HouseholdId, PersonId},
        identity::Sex,
        kin,
        person::Person,
        relation::{Kinship, Relation},
    },
};

/// Youngest and oldest mothers offered for a newborn.
const MOTHERS: std::ops::RangeInclusive<u32> = 12..=60;

/// One member as a dialog offers them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: PersonId,
    pub text: String,
    word: String,
    can_bear: bool,
    /// When the person left, where that is so.
    left: Option<Day>,
}

/// What a dialog knows of the household it is opened from.
#[derive(Debug, Clone)]
pub struct Around {
    pub household: HouseholdId,
    pub place: String,
    pub today: Day,
    pub head: Option<PersonId>,
    pub members: Vec<Member>,
    pub(super) former: Vec<Member>,
    pub group: String,
    pub address: String,
    pub(super) seen: Vec<Seen>,
    /// The day of a death told already.
    pub died: Option<Day>,
}

impl Around {
    /// Returns what a household's screen knows.
    pub fn household(view: &HouseholdView) -> Self {
        let home = &view.household;
        let member = |person: &Person| Member::of(person, view.today);
        Self {
            household: home.id,
            place: home.place(),
            today: view.today,
            head: home.head,
            members: view.members.iter().map(|m| member(&m.person)).collect(),
            former: view
                .former
                .iter()
                .map(|(person, stay)| Member {
                    left: stay.until,
                    ..member(person)
                })
                .collect(),
            group: home.text(key::GROUP).to_owned(),
            address: home.text(key::ADDRESS).to_owned(),
            seen: view.seen.clone(),
            died: None,
        }
    }

    /// Returns what a person's screen knows.
    pub fn person(view: &PersonView) -> Self {
        Self {
            household: view.household.id,
            place: view.household.place(),
            today: view.today,
            head: view.household.head,
            members: vec![Member::of(&view.member.person, view.today)],
            former: Vec::new(),
            group: String::new(),
            address: String::new(),
            seen: view.seen.clone(),
            died: None,
        }
    }

    /// Returns what is known where no household is yet.
    pub fn nowhere(today: Day) -> Self {
        Self {
            household: HouseholdId(0),
            place: String::new(),
            today,
            head: None,
            members: Vec::new(),
            former: Vec::new(),
            group: String::new(),
            address: String::new(),
            seen: Vec::new(),
            died: None,
        }
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.members
            .iter()
            .map(|member| member.text.clone())
            .collect()
    }

    pub(super) fn others(&self, leaving: &[PersonId]) -> Vec<&Member> {
        let members = self.members.iter();
        let stays = |member: &&Member| !leaving.contains(&member.id);
        members.filter(stays).collect()
    }

    /// Returns the member a dialog offers by this line.
    pub(super) fn offered(&self, line: &str) -> Option<PersonId> {
        let mut members = self.members.iter();
        members.find(|member| member.text == line).map(|m| m.id)
    }

    pub(super) fn mothers(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.can_bear)
    }

    pub(super) fn word(&self, person: PersonId) -> String {
        let mut all = self.members.iter().chain(&self.former);
        let found = all.find(|member| member.id == person);
        found.map_or_else(String::new, |member| member.word.clone())
    }

    /// Returns the relation proposed for who comes back: the one of before, unless
    /// somebody else is the head now.
    pub(super) fn returning_word(&self, person: PersonId) -> String {
        let before = self.word(person);
        let was_head = Kinship::of_word(&before).relation == Relation::Head;
        match self.head {
            None => kin::head().1,
            Some(_) if was_head => String::new(),
            Some(_) => before,
        }
    }

    /// Returns when somebody who lived here left.
    pub(super) fn left(&self, person: PersonId) -> Option<Day> {
        let mut former = self.former.iter();
        former.find(|member| member.id == person)?.left
    }

    pub(super) fn name(&self, person: PersonId) -> String {
        let mut all = self.members.iter().chain(&self.former);
        let found = all.find(|member| member.id == person);
        found.map_or_else(String::new, |member| member.text.clone())
    }

    pub(super) fn leaves_headless(&self, leaving: &[PersonId]) -> bool {
        let stays = |member: &&Member| !leaving.contains(&member.id);
        self.head.is_some_and(|head| leaving.contains(&head))
            && self.members.iter().filter(stays).count() > 0
    }
}

impl Member {
    fn of(person: &Person, today: Day) -> Self {
        let age = person.birth().map(|birth| age_years(birth, today));
        let text = match age {
            Some(age) => format!("{} {} {age}", person.name(), person.relation_word),
            None => format!("{} {}", person.name(), person.relation_word),
        };
        let fits = age.is_none_or(|age| MOTHERS.contains(&age));
        Self {
            id: person.id,
            text,
            word: person.relation_word.clone(),
            can_bear: person.sex() == Sex::Female && fits,
            left: None,
        }
    }
}
