//! One person's follow-up as it goes on through the years: what is known of the course, the
//! health below it, and when the clinic will see the person next.

use super::{chance::Chance, household::Member, latent::Latent, pace, presence::Presence};
use crate::domain::{
    course::{Course, PersonFacts, ProgrammeCourse, standing},
    day::Day,
    form::LastRecord,
    id::{PersonId, StaffId},
    identity::Sex,
    programmes::ProgrammeKind,
    settings::Settings,
    task::{Task, TaskKind},
    value::{Decimal, Value},
};

/// A person followed through the years.
#[derive(Debug, Clone)]
pub struct Walker {
    pub person: PersonId,
    pub facts: PersonFacts,
    /// Who calls on the person.
    pub doctor: StaffId,
    /// The walkers of the same house: the first, and one past the last.
    pub house: (usize, usize),
    pub latent: Latent,
    pub habits: Habits,
    /// Comes to have the pressure taken.
    pub is_screened: bool,
    /// The day of death or of moving out.
    pub gone: Option<Day>,
    /// Since when the person works elsewhere.
    pub away: Option<Day>,
    pub course: Course,
    /// What the next form is compared with.
    pub last: Option<LastRecord>,
    pub chance: Chance,
    /// Counts the plans made; an older plan is void.
    pub turn: u32,
    pub next: Option<Day>,
}

/// What the person does and was born with, as the screening form asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habits {
    pub family_history: bool,
    pub high_salt: bool,
    pub heavy_drinking: bool,
}

/// Days between two calls at one house that may as well be one.
const NEAR: i64 = 14;

/// Of a thousand grown people at home, how many come to have their pressure taken.
const SCREENED: u32 = 560;

impl Walker {
    /// Begins with nothing known of the course; none for people whose pressure nobody asks for.
    pub fn new(
        member: &Member,
        person: PersonId,
        registered: Day,
        doctor: StaffId,
        mut chance: Chance,
    ) -> Option<Self> {
        let latent = member.health.latent.clone()?;
        let (mut gone, mut away) = (None, None);
        match member.presence {
            Presence::Home => {}
            Presence::Away { since } => away = Some(since),
            Presence::MovedOut { on, .. } | Presence::Dead { on, .. } => gone = Some(on),
        }
        let is_ill = member.health.diseases.iter().any(|d| d.code == "2");
        let screened = !is_ill && away.is_none() && chance.holds(SCREENED);
        if member.health.managed.is_empty() && !screened && !is_ill {
            return None;
        }
        let sex = member.card.get("sex").and_then(Value::code);
        Some(Self {
            person,
            facts: PersonFacts {
                birth: member.birth,
                is_female: sex == Some(Sex::Female.code()),
                registered: Some(registered),
            },
            doctor,
            house: (0, 0),
            habits: habits(member, &latent),
            is_screened: screened,
            latent,
            gone,
            away,
            course: Course::default(),
            last: None,
            chance,
            turn: 0,
            next: None,
        })
    }

    /// Says whether the person is elsewhere on the day.
    pub fn is_away(&self, day: Day) -> bool {
        self.away.is_some_and(|since| since <= day)
    }

    /// Says whether the person has died or moved by the day.
    pub fn is_gone(&self, day: Day) -> bool {
        self.gone.is_some_and(|gone| gone <= day)
    }

    /// Says whether the person is followed up in the programme.
    pub fn is_open(&self, programme: ProgrammeKind) -> bool {
        let course = self.course.programmes.get(&programme);
        course.is_some_and(ProgrammeCourse::is_open)
    }

    /// Returns the work the clinic has with the person, as of `day`.
    pub fn tasks(&self, day: Day) -> Vec<Task> {
        let mut tasks = self.course.tasks();
        if self.is_screened {
            let yearly = standing::tasks(&self.course, &self.facts, day, &Settings::default());
            tasks.extend(
                yearly
                    .into_iter()
                    .filter(|task| task.kind == TaskKind::BpScreen),
            );
        }
        tasks
    }

    /// Makes a new plan after `day`, the old one being void.
    pub fn plan(&mut self, day: Day) {
        self.turn += 1;
        let tasks = self.tasks(day);
        self.next = tasks
            .iter()
            .map(|task| pace::planned(task, day, &mut self.chance))
            .min();
    }

    /// Puts the next call on `day`: somebody else of the house is called on then.
    pub fn join(&mut self, day: Day) {
        self.turn += 1;
        self.next = Some(day);
    }

    /// Says whether a call planned for another day may as well be made on `day`.
    pub fn can_join(&self, day: Day) -> bool {
        let is_near = |next: Day| next != day && (next - day).num_days().abs() <= NEAR;
        let is_open = |task: &Task| {
            matches!(
                task.kind,
                TaskKind::HtnVisit | TaskKind::DmVisit | TaskKind::Trace | TaskKind::BpScreen
            ) && !task.window.is_standing()
                && task.earliest <= day
        };
        self.next.is_some_and(is_near) && !self.is_gone(day) && self.tasks(day).iter().any(is_open)
    }
}

fn habits(member: &Member, latent: &Latent) -> Habits {
    let in_family = |key: &str| {
        member
            .card
            .get(key)
            .is_some_and(|codes| codes.codes().iter().any(|code| code == "2"))
    };
    Habits {
        family_history: ["fam_father", "fam_mother", "fam_sibling"]
            .into_iter()
            .any(in_family),
        high_salt: latent.style.salt == "3",
        heavy_drinking: Decimal::from_int(2) <= latent.style.drink,
    }
}
