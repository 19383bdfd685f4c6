//! A household as those who sign see it: who lives there, who is at home, what it has signed.

use std::collections::BTreeSet;

use super::{super::household::Member, Fate, Served, Step};
use crate::{
    domain::{
        day::{Day, age_years},
        id::{AgreementId, DoctorId, HouseholdId, PersonId},
        identity::Sex,
        value::Value,
    },
    practice::Presence,
};

/// Full years from which somebody signs for himself.
const ADULT: u32 = 18;
/// Full years by which a guardian is a grandparent.
const GRANDPARENT: u32 = 40;

/// Somebody of the household.
#[derive(Debug, Clone)]
pub struct Dweller {
    pub person: PersonId,
    pub name: String,
    pub birth: Day,
    pub sex: Sex,
    /// Since when he works elsewhere.
    pub away: Option<Day>,
    /// The day of death or of moving out, which is entered some days later.
    pub gone: Option<Day>,
    /// Dead or moved out, and entered as that.
    pub is_entered_gone: bool,
    /// The mother, where she lives in the same house.
    pub mother: Option<PersonId>,
    /// Has an illness, a disability or a pregnancy that is looked after.
    pub is_cared_for: bool,
}

impl Dweller {
    /// Takes a member of the plan in.
    pub fn new(member: &Member, person: PersonId, mother: Option<PersonId>) -> Self {
        let (mut away, mut gone) = (None, None);
        match member.presence {
            Presence::Home => {}
            Presence::Away { since } => away = Some(since),
            Presence::MovedOut { on, .. } | Presence::Dead { on, .. } => gone = Some(on),
        }
        let text = |key: &str| match member.card.get(key) {
            Some(Value::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let sex = member.card.get("sex").and_then(Value::code);
        let cases = &member.cases;
        Self {
            person,
            name: text("name"),
            birth: member.birth,
            sex: sex.and_then(Sex::from_code).unwrap_or(Sex::Male),
            away,
            gone,
            is_entered_gone: false,
            mother,
            is_cared_for: !member.health.managed.is_empty()
                || cases.mental.is_some()
                || cases.lung.is_some()
                || cases.grade.is_some()
                || cases.pregnancy.is_some(),
        }
    }

    /// Says whether he signs for himself on the day.
    pub fn is_adult(&self, day: Day) -> bool {
        ADULT <= age_years(self.birth, day)
    }

    /// Says whether he can be met in the village on the day.
    pub fn is_at_home(&self, day: Day) -> bool {
        !self.is_entered_gone && self.away.is_none_or(|since| day < since)
    }

    /// Says whether he is of those the clinic signs first: old, very young, or cared for.
    pub fn is_key(&self, day: Day) -> bool {
        let age = age_years(self.birth, day);
        self.is_cared_for || !(7..65).contains(&age)
    }

    /// Returns what the guardian is to a child.
    pub fn relation_to(&self, child: &Self) -> &'static str {
        let years = age_years(self.birth, child.birth);
        let is_grandparent = GRANDPARENT <= years;
        match (child.mother == Some(self.person), is_grandparent, self.sex) {
            (true, ..) => "母亲",
            (false, true, Sex::Male) => "祖父",
            (false, true, Sex::Female) => "祖母",
            (false, false, Sex::Male) => "父亲",
            (false, _, Sex::Female | Sex::Unknown | Sex::Unspecified) => "亲属",
        }
    }
}

/// The agreement that runs.
#[derive(Debug, Clone)]
pub struct Running {
    pub id: AgreementId,
    pub doctor: DoctorId,
    /// The last day of its term.
    pub until: Day,
    pub years: u32,
    pub covered: BTreeSet<PersonId>,
    /// Notice was given.
    pub is_ending: bool,
}

impl Running {
    /// Says whether it covers somebody on the day.
    pub fn runs_on(&self, day: Day) -> bool {
        day <= self.until && !self.covered.is_empty()
    }
}

/// Begun and not signed.
#[derive(Debug, Clone, Copy)]
pub struct Draft {
    pub id: AgreementId,
    /// The step it was begun by.
    pub begun: Step,
}

/// A household.
#[derive(Debug, Clone)]
pub struct Home {
    pub id: HouseholdId,
    /// Fixes what the household does.
    pub seed: u64,
    pub phone: String,
    pub served: Served,
    pub dwellers: Vec<Dweller>,
    pub fate: Fate,
    pub draft: Option<Draft>,
    pub running: Option<Running>,
    /// Signatures taken so far: each stands on papers of its own.
    pub signatures: u32,
}

impl Home {
    /// Returns the agreement that runs on the day and that nobody gave notice of.
    pub fn goes_on(&self, day: Day) -> Option<&Running> {
        let running = self.running.as_ref();
        running.filter(|one| !one.is_ending && one.runs_on(day))
    }

    /// Returns how many people of the house a doctor has on the day, or will have once what is
    /// written down to be signed on it is.
    pub fn listed(&self, doctor: DoctorId, day: Day) -> usize {
        let running = self.running.as_ref();
        let running = running.filter(|one| one.doctor == doctor && day <= one.until);
        let is_begun = self.draft.is_some() && self.fate.signs_at_once();
        match running {
            Some(running) => running.covered.len().max(1),
            None if is_begun && self.served.doctor == doctor => self.dwellers.len(),
            None => 0,
        }
    }

    /// Says whether somebody of the house is gone and not entered as that: nobody signs then.
    pub fn is_in_mourning(&self, day: Day) -> bool {
        let is_untold =
            |one: &Dweller| one.gone.is_some_and(|on| on <= day) && !one.is_entered_gone;
        self.dwellers.iter().any(is_untold)
    }

    /// Returns who signs for the household: the first adult at home.
    pub fn representative(&self, day: Day) -> Option<&Dweller> {
        let mut there = self.dwellers.iter();
        there.find(|one| one.is_at_home(day) && one.is_adult(day))
    }

    /// Returns who of those at home signs for a child: the mother, else the representative.
    pub fn guardian(&self, child: &Dweller, day: Day) -> Option<&Dweller> {
        let mut there = self.dwellers.iter();
        let mother = there.find(|one| {
            child.mother == Some(one.person) && one.is_at_home(day) && one.is_adult(day)
        });
        mother.or_else(|| self.representative(day))
    }

    /// Notes that somebody was entered as dead or moved out on a day; with the last one the
    /// agreement ends.
    pub fn leaves(&mut self, person: PersonId, day: Day) {
        for one in &mut self.dwellers {
            one.is_entered_gone |= one.person == person;
        }
        if let Some(running) = &mut self.running {
            running.covered.remove(&person);
            if running.covered.is_empty() {
                running.until = running.until.min(day);
            }
        }
    }
}
