//! What each person is entered in beside pressure and glucose: by age, by what the card says, by
//! what became known.

use chrono::Datelike;

use super::{
    super::{
        cases::Pregnancy,
        chance::Chance,
        household::{Household, Member},
        latent::Reading,
        pace,
        places::Area,
        presence::Presence,
        sheet::Sheet,
        walker::Walker,
    },
    Newborn, Past, RECORDS, Waiting, What, day_at,
    entering::doctor_of,
    moment,
};
use crate::{
    desk::{Command, Lived, request::ContactDraft},
    domain::{
        course::{
            ProgrammeCourse,
            happening::{Enrolled, Happening},
        },
        day::{Day, age_months, age_years, plus_days, plus_months},
        id::StaffId,
        programmes::{
            Asked, Facts, ProgrammeKind, elderly,
            vax::{self, Given},
        },
        settings::Settings,
        task::{Mode, TaskKind},
        value::{Answers, Value},
        visit,
    },
};

/// Months over which the clinic took over its lists of households and disabled people.
const TAKING_OVER: i32 = 300;

impl Past<'_> {
    /// Notes down what a person just entered will be followed up for.
    pub(super) fn begin(&mut self, at: usize, household: &Household, place: usize, day: Day) {
        let Some(member) = household.members.get(place) else {
            return;
        };
        let Some(walker) = self.walkers.get_mut(at) else {
            return;
        };
        let mut entries: Vec<(ProgrammeKind, Day)> = Vec::new();
        let is_here = matches!(member.presence, Presence::Home) || !walker.is_away(day);
        by_age(walker, is_here, day, &mut entries);
        let draw = &mut walker.chance.clone();
        let cases = member.cases;
        if cases.mental.is_some() {
            entries.push((
                ProgrammeKind::Smd,
                plus_days(day, draw.between(1, 20).into()),
            ));
        }
        if let Some(lung) = cases.lung {
            entries.push((ProgrammeKind::Tb, lung.notice.max(day)));
        }
        if cases.grade.is_some() && is_here {
            let wait = draw.between(3, TAKING_OVER);
            entries.push((ProgrammeKind::Disabled, plus_days(day, wait.into())));
        }
        if let Some(pregnancy) = cases.pregnancy {
            entries.push((ProgrammeKind::Anc, pregnancy.booked.max(day)));
        }
        if place == 0 {
            entries.extend(hardship(walker, household, draw, day));
        }
        self.comes(at, day);
        self.bearing(at, household, place, day);
        self.note(at, day, entries);
    }

    /// Puts entries into the timeline, in the order given.
    fn note(&mut self, at: usize, day: Day, entries: Vec<(ProgrammeKind, Day)>) {
        let mut now = self.now;
        for (kind, on) in entries {
            if on <= day {
                now += 25_000;
                self.put(now, What::Enter(at, kind));
                continue;
            }
            let on = if kind == ProgrammeKind::Tb {
                on
            } else {
                pace::working(on)
            };
            if on < self.today {
                let minute = 9 * 60 + i64::try_from(at % 400).unwrap_or_default();
                self.put(moment(on, minute), What::Enter(at, kind));
            }
        }
    }

    /// A mother's pregnancy, for the first child born after she was entered.
    fn bearing(&mut self, at: usize, household: &Household, place: usize, day: Day) {
        let children = household.members.iter();
        let births = children.filter(|child| child.mother == Some(place) && day < child.birth);
        let Some(birth) = births.map(|child| child.birth).min() else {
            return;
        };
        let Some(walker) = self.walkers.get_mut(at).filter(|w| w.away.is_none()) else {
            return;
        };
        let term = 280 + walker.chance.clone().spread(6);
        let lmp = plus_days(birth, -i64::from(term));
        let booked = plus_days(lmp, i64::from(walker.chance.clone().between(46, 86)));
        let booked = booked.max(plus_days(day, 2));
        if birth <= plus_days(booked, 7) || walker.patient.cases.pregnancy.is_some() {
            return;
        }
        walker.patient.cases.pregnancy = Some(Pregnancy {
            lmp,
            booked,
            misses_one: place % 5 == 2,
            is_at_risk: walker.seed.is_multiple_of(9),
            ends: Some(birth),
        });
        self.note(at, day, vec![(ProgrammeKind::Anc, booked)]);
    }

    /// Prepares a child that will be born.
    pub(super) fn newborn(
        &self,
        household: &Household,
        place: usize,
        walkers: &[Option<usize>],
    ) -> Option<Newborn> {
        let member = household.members.get(place)?.clone();
        let mother = member.mother.and_then(|at| *walkers.get(at)?);
        let serial = u64::try_from(place).unwrap_or_default();
        Some(Newborn {
            mother,
            doctor: doctor_of(household),
            chance: self.chances.chance(household, serial),
            member,
        })
    }

    /// The child was registered, which entered it in its programmes and its mother in hers.
    pub(super) fn born(&mut self, child: Newborn, lived: &Lived, day: Day) {
        let Newborn {
            member,
            mother,
            doctor,
            chance,
        } = child;
        let Some(person) = lived.done.people.first().copied() else {
            return;
        };
        let days = (day, self.today);
        let mut walker = Walker::new(&member, person, days, doctor, chance);
        let at = self.walkers.len();
        walker.house = (at, at + 1);
        self.walkers.push(walker);
        self.walker_of.insert(person, at);
        for at in [Some(at), mother].into_iter().flatten() {
            let Some(walker) = self.walkers.get_mut(at) else {
                continue;
            };
            walker.learn(lived);
            walker.plan(day, &mut self.pace);
            walker.plan_services(day, &mut self.pace);
            self.plan_call(at);
            self.plan_service(at);
        }
        self.put(self.now + 50_000, What::AtBirth(at));
    }

    /// The doses given in hospital, as the booklet says.
    pub(super) fn at_birth(&mut self, at: usize) -> Option<(StaffId, Command)> {
        let catalog = self.catalog;
        let walker = self.walkers.get_mut(at)?;
        let birth = walker.patient.facts.birth;
        let mut doses = walker.services(birth);
        doses.retain(|task| matches!(task.kind, TaskKind::Vaccination(_)) && task.due == birth);
        let reading: Reading = walker.patient.latent.reading(birth, &mut walker.chance);
        let sheet = Sheet {
            catalog,
            day: birth,
            mode: Mode::Clinic,
            by: Area::First.names().0,
            reading: &reading,
            result: None,
        };
        let ids = visit::forms_of(&doses, &walker.who(birth));
        let forms = sheet.papers(walker, &ids, &doses)?;
        let draft = ContactDraft {
            forms,
            ..ContactDraft::about(walker.person, birth)
        };
        self.waiting = Waiting::Contact(at, day_at(self.now));
        Some((RECORDS, Command::RecordContact(Box::new(draft))))
    }

    /// Enters somebody in a programme.
    pub(super) fn enter(
        &mut self,
        at: usize,
        kind: ProgrammeKind,
        day: Day,
    ) -> Option<(StaffId, Command)> {
        let catalog = self.catalog;
        let walker = self.walkers.get_mut(at)?;
        if walker.is_gone(day) || walker.is_open(kind) {
            return None;
        }
        let Some(form) = visit::entry_form(kind) else {
            let facts = if kind == ProgrammeKind::Vax {
                Facts::Doses(given(walker, day))
            } else {
                Facts::Nothing
            };
            let enrolled = Enrolled {
                facts,
                ..Enrolled::in_programme(kind)
            };
            return self.told(at, day_at(self.now), Happening::Enrolled(enrolled));
        };
        let reading: Reading = walker.patient.latent.reading(day, &mut walker.chance);
        let sheet = Sheet {
            catalog,
            day,
            mode: Mode::Clinic,
            by: Area::First.names().0,
            reading: &reading,
            result: None,
        };
        let forms = sheet.papers(walker, &[form.to_owned()], &[])?;
        let draft = ContactDraft {
            forms,
            ..ContactDraft::about(walker.person, day)
        };
        self.waiting = Waiting::Contact(at, day);
        Some((RECORDS, Command::RecordContact(Box::new(draft))))
    }
}

/// Old age and childhood.
fn by_age(walker: &Walker, is_here: bool, day: Day, entries: &mut Vec<(ProgrammeKind, Day)>) {
    if !is_here {
        return;
    }
    let mut draw = walker.chance.clone();
    let birth = walker.patient.facts.birth;
    let old = plus_months(birth, elderly::AGE * 12);
    if draw.holds(970) {
        let on = if old <= day {
            day
        } else {
            plus_days(old, draw.between(2, 24).into())
        };
        entries.push((ProgrammeKind::Elderly, on));
        entries.push((ProgrammeKind::TcmElderly, on));
    }
    if age_years(birth, day) < 7 {
        entries.push((ProgrammeKind::Child, day));
        entries.push((ProgrammeKind::Vax, day));
        if age_months(birth, day) < 36 {
            entries.push((ProgrammeKind::TcmChild, day));
        }
    }
}

/// A household lifted out of poverty, or watched: its head stands for it.
fn hardship(
    walker: &mut Walker,
    household: &Household,
    draw: &mut Chance,
    day: Day,
) -> Option<(ProgrammeKind, Day)> {
    let kind = household.card.get("hh_type").and_then(Value::code)?;
    visit::need(kind)?;
    let members = household.members.iter().filter(|member: &&Member| {
        matches!(member.presence, Presence::Home | Presence::Away { .. })
    });
    let members = i64::try_from(members.count()).unwrap_or(1);
    let card: &mut Answers = &mut walker.patient.card;
    card.insert("hh_type".to_owned(), Value::Code(kind.to_owned()));
    card.insert("members".to_owned(), Value::Int(members));
    let seen = household.card.get("risk_found").and_then(Value::date);
    let wait = draw.between(1, if kind == "2" { TAKING_OVER } else { 60 });
    let on = plus_days(seen.map_or(day, |seen| seen.max(day)), wait.into());
    (!walker.is_away(on)).then_some((ProgrammeKind::Poverty, on))
}

/// The doses on the booklet by `day`: each given some days after it was due.
fn given(walker: &mut Walker, day: Day) -> Given {
    let mut given = Given::new();
    let mut late = Chance::of(walker.seed, &[u64::from(day.year().unsigned_abs()), 11]);
    // No schedule has more doses.
    for _ in 0..40 {
        let course = ProgrammeCourse {
            facts: Facts::Doses(given.clone()),
            ..ProgrammeCourse::entered_on(day)
        };
        let settings = Settings::default();
        let asked = Asked {
            person: &walker.patient.facts,
            course: &course,
            today: day,
            settings: &settings,
        };
        let next = vax::tasks(&asked).into_iter().filter_map(|task| {
            let TaskKind::Vaccination(dose) = task.kind else {
                return None;
            };
            let at_birth = task.due == walker.patient.facts.birth;
            let wait = match (at_birth, walker.patient.cases.is_behind) {
                (true, _) => 0,
                (false, true) => late.between(3, 60),
                (false, false) => late.between(0, 9),
            };
            let on = plus_days(task.due, i64::from(wait));
            (on <= day).then_some((on, dose))
        });
        let Some((on, dose)) = next.min_by_key(|(on, _)| *on) else {
            break;
        };
        given.insert(dose, on);
    }
    given
}
