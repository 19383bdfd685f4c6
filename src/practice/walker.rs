//! One person's follow-up as it goes on through the years: what is known of the course, the
//! health below it, and when the clinic will see the person next.

use std::collections::BTreeMap;

use super::{
    chance::Chance,
    duty::Duties,
    health,
    household::Member,
    latent::Latent,
    pace::{self, Pace},
    papers::Patient,
    presence::Presence,
};
use crate::{
    desk::Lived,
    domain::{
        course::{Course, PersonFacts, ProgrammeCourse, standing},
        day::{Day, age_years, plus_days},
        form::LastRecord,
        id::{PersonId, StaffId},
        identity::Sex,
        programmes::ProgrammeKind,
        settings::Settings,
        task::{Task, TaskKind},
        value::{Answers, Decimal, Value},
        visit::Who,
        window::WindowCode,
    },
};

/// A person followed through the years.
#[derive(Debug, Clone)]
pub struct Walker {
    pub person: PersonId,
    pub patient: Patient,
    /// Fixes what the person does year by year.
    pub seed: u64,
    /// Who calls on the person.
    pub doctor: StaffId,
    /// The walkers of the same house: the first, and one past the last.
    pub house: (usize, usize),
    /// Has an illness that is followed up here.
    pub is_followed: bool,
    /// Others of the house have one.
    pub has_company: bool,
    pub habits: Habits,
    pub screening: Screening,
    /// The day of death or of moving out.
    pub gone: Option<Day>,
    /// Since when the person works elsewhere.
    pub away: Option<Day>,
    pub course: Course,
    /// What the next papers are compared with, by form.
    pub lasts: BTreeMap<String, LastRecord>,
    /// The plans for everything but pressure and glucose.
    pub duties: Duties,
    pub chance: Chance,
    /// Counts the plans made; an older plan is void.
    pub turn: u32,
    pub next: Option<Day>,
    /// How often nobody will be found at the door before the person is.
    pub misses: u32,
    /// The next call is not made on the way to somebody else of the house.
    pub is_put_off: bool,
}

/// How the person comes to have the pressure taken that is asked of every grown one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screening {
    /// When at the clinic for something else.
    ComesBy,
    /// With the whole village in November.
    InNovember,
    Never,
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

/// Days after it is due that a pressure is taken when somebody else of the house is called on.
const MEASURED_LATE: i64 = 4;

/// Of a thousand grown people, how many come by to have their pressure taken, and how many never
/// do.
const COMES_BY: u32 = 380;
const NEVER: u32 = 5;

impl Walker {
    /// Begins with nothing known of the course, as of the day the person was entered.
    pub fn new(
        member: &Member,
        person: PersonId,
        (registered, today): (Day, Day),
        doctor: StaffId,
        mut chance: Chance,
    ) -> Self {
        let sex = member.card.get("sex").and_then(Value::code);
        let sex = sex.and_then(Sex::from_code).unwrap_or(Sex::Male);
        let age = age_years(member.birth, today);
        let known = member.health.latent.clone();
        let latent = known.unwrap_or_else(|| {
            health::invented(&mut chance.clone(), (sex, age), (false, false), today)
        });
        let (mut gone, mut away) = (None, None);
        match member.presence {
            Presence::Home => {}
            Presence::Away { since } => away = Some(since),
            Presence::MovedOut { on, .. } | Presence::Dead { on, .. } => gone = Some(on),
        }
        let screening = match chance.between(1, 1000).unsigned_abs() {
            ..=NEVER => Screening::Never,
            share if share <= NEVER + COMES_BY && away.is_none() => Screening::ComesBy,
            _ => Screening::InNovember,
        };
        Self {
            person,
            doctor,
            seed: person.0 * 7919 + u64::from(latent.height.unsigned_abs()),
            house: (0, 0),
            is_followed: !member.health.managed.is_empty(),
            has_company: false,
            habits: habits(member, &latent),
            screening,
            patient: Patient {
                facts: PersonFacts {
                    birth: member.birth,
                    is_female: sex == Sex::Female,
                    registered: Some(registered),
                },
                card: asked(member),
                latent,
                cases: member.cases,
                until: today,
            },
            gone,
            away,
            course: Course::default(),
            lasts: BTreeMap::new(),
            duties: Duties::default(),
            chance,
            turn: 0,
            next: None,
            misses: 0,
            is_put_off: false,
        }
    }

    /// Takes over how the person stands since an entry that told of them.
    pub fn learn(&mut self, lived: &Lived) {
        if let Some(course) = lived.courses.get(&self.person) {
            self.course.clone_from(course);
        }
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

    /// Returns the person as visited on `day`.
    pub fn who(&self, day: Day) -> Who<'_> {
        Who {
            course: &self.course,
            birth: self.patient.facts.birth,
            day,
        }
    }

    /// Returns the work the clinic has with the person, as of `day`.
    pub fn tasks(&self, day: Day) -> Vec<Task> {
        let mut tasks = self.course.tasks();
        if self.screening != Screening::Never {
            let yearly =
                standing::tasks(&self.course, &self.patient.facts, day, &Settings::default());
            tasks.extend(
                yearly
                    .into_iter()
                    .filter(|task| task.kind == TaskKind::BpScreen),
            );
        }
        tasks
    }

    /// Makes a new plan after `day`, the old one being void.
    pub fn plan(&mut self, day: Day, pace: &mut Pace) {
        self.turn += 1;
        let tasks = self.tasks(day);
        let (standing, dated): (Vec<Task>, Vec<Task>) = tasks
            .into_iter()
            .filter(is_walked)
            .partition(|task| task.window.is_standing());
        let first = dated.iter().min_by_key(|task| task.due);
        let intent = first.map(|task| pace.dated(task, day, self.has_company, &mut self.chance));
        if let Some(intent) = intent
            && first.is_some_and(|task| task.attempts == 0)
        {
            self.misses = intent.misses;
            self.is_put_off = intent.is_put_off;
        }
        let comes_by = self.screening == Screening::ComesBy;
        let yearly = standing
            .first()
            .map(|task| pace::yearly(task, day, comes_by, &mut self.chance));
        let of_age = match self.screening {
            Screening::ComesBy | Screening::InNovember if intent.is_none() => {
                pace::comes_of_age(self.patient.facts.birth, day)
            }
            Screening::ComesBy | Screening::InNovember | Screening::Never => None,
        };
        let intended = intent.map(|intent| intent.on);
        self.next = intended.into_iter().chain(yearly).chain(of_age).min();
    }

    /// Returns the due day and the last day of the routine visit that is planned next.
    pub fn routine_window(&self, day: Day) -> Option<(Day, Day)> {
        let tasks = self.tasks(day);
        let dated = tasks.iter().filter(|task| !task.window.is_standing());
        let first = dated.min_by_key(|task| task.due)?;
        let is_routine = matches!(first.kind, TaskKind::HtnVisit | TaskKind::DmVisit)
            && first.window == WindowCode::ThreeMonths
            && first.attempts == 0;
        is_routine.then_some((first.due, first.latest?))
    }

    /// Puts the next call on `day`: somebody else of the house is called on then.
    pub fn join(&mut self, day: Day) {
        self.turn += 1;
        self.next = Some(day);
    }

    /// Says whether a call planned for another day may as well be made on `day`.
    pub fn can_join(&self, day: Day) -> bool {
        let Some(next) = self.next.filter(|next| *next != day) else {
            return false;
        };
        let is_near = (next - day).num_days().abs() <= NEAR;
        let joins = |task: &Task| {
            let last = match task.kind {
                TaskKind::HtnVisit | TaskKind::DmVisit if task.attempts == 0 => task.latest,
                TaskKind::HtnVisit | TaskKind::DmVisit => Some(next),
                TaskKind::BpScreen if self.has_company => Some(plus_days(task.due, MEASURED_LATE)),
                TaskKind::BpScreen => Some(next),
                TaskKind::Trace => task.latest,
                _ => None,
            };
            !task.window.is_standing()
                && task.earliest <= day
                && last.is_some_and(|last| day <= last)
        };
        is_near && !self.is_put_off && !self.is_gone(day) && self.tasks(day).iter().any(joins)
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

/// What papers ask of the card: little, since a village holds many.
fn asked(member: &Member) -> Answers {
    let keys = [
        "address",
        "contact_name",
        "contact_phone",
        "contact_rel",
        "disability",
        "diseases",
        "name",
        "phone",
        "sex",
    ];
    let known = |key: &str| Some((key.to_owned(), member.card.get(key)?.clone()));
    keys.into_iter().filter_map(known).collect()
}

/// The work planned call by call: pressure, glucose, referrals.
pub fn is_walked(task: &Task) -> bool {
    match task.kind {
        TaskKind::HtnVisit | TaskKind::DmVisit | TaskKind::ReferralCheck | TaskKind::BpScreen => {
            true
        }
        TaskKind::Trace => task
            .programmes
            .iter()
            .any(|kind| kind.programme().follow_up.is_some()),
        TaskKind::Antenatal(_)
        | TaskKind::Child(_)
        | TaskKind::DisabledVisit
        | TaskKind::DmExam
        | TaskKind::ElderlyExam
        | TaskKind::ElderlyRecheck
        | TaskKind::GeneralAssess
        | TaskKind::HouseholdVisit
        | TaskKind::HtnExam
        | TaskKind::NewbornExtra
        | TaskKind::NewbornVisit
        | TaskKind::PostnatalCheck
        | TaskKind::PostnatalVisit
        | TaskKind::PrescriptionReview
        | TaskKind::SmdExam
        | TaskKind::SmdVisit
        | TaskKind::TbFirstVisit
        | TaskKind::TbVisit
        | TaskKind::TcmAssess
        | TaskKind::TcmChild(_)
        | TaskKind::Vaccination(_) => false,
    }
}
