//! The roster's weeks: each household with its members, their enrolments of old, and what is known
//! already of what will become of them.

use super::{
    super::{
        chance::Chance,
        founding::{self, Later},
        health::YOUNGEST_MANAGED,
        household::{Household, Member},
        pace,
        places::Area,
        presence::Presence,
        walker::Walker,
    },
    DOCTOR, Past, SECOND_DOCTOR, Waiting, What, count, day_at, moment,
};
use crate::{
    desk::Command,
    domain::{
        clock::Moment,
        day::{Day, age_years, plus_days, plus_months, year_before},
        id::{HouseholdId, PersonId, StaffId},
        programmes::ProgrammeKind,
        tags::ManagedFor,
    },
};

/// Working days over which the roster was entered.
const ENTERING_DAYS: u64 = 24;
/// Milliseconds of the eight hours of a working day.
const WORKING: u64 = 8 * 60 * 60_000;

impl Past<'_> {
    /// The roster is entered evenly over some weeks without Sundays.
    pub(super) fn household_at(&self) -> Moment {
        let through = self.placed * ENTERING_DAYS * WORKING / self.lot.people;
        let (day, time) = (through / WORKING, through % WORKING);
        let day = day / 6 * 7 + day % 6 + 1;
        let day = plus_days(self.first, i64::try_from(day).unwrap_or_default());
        moment(day, 8 * 60 + 30) + Moment::try_from(time).unwrap_or_default()
    }

    pub(super) fn household(&mut self, household: Household) -> Command {
        let day = day_at(self.now);
        let founded = founding::found(&household, day);
        self.placed += count(household.members.len());
        let command = Command::AddHousehold(founded.new.clone());
        self.waiting = Waiting::Household(Box::new((household, founded, day)));
        command
    }

    /// Begins the courses of the people just entered. Returns their walkers by place in the plan.
    pub(super) fn founded(
        &mut self,
        household: &Household,
        people: &[PersonId],
        day: Day,
    ) -> Vec<Option<usize>> {
        let first = self.walkers.len();
        let mut walkers = vec![None; household.members.len()];
        let places = (0..).zip(&household.members);
        let entered = places.filter(|(_, member)| member.birth <= day);
        for ((place, member), person) in entered.zip(people) {
            let chance = self.chances.chance(household, place);
            let at_place = usize::try_from(place).unwrap_or_default();
            if !has_work(household, at_place, self.today) {
                continue;
            }
            let doctor = doctor_of(household);
            let days = (day, self.today);
            let walker = Walker::new(member, *person, days, doctor, chance);
            let at = self.walkers.len();
            self.walkers.push(walker);
            self.walker_of.insert(*person, at);
            if let Some(walker) = walkers.get_mut(at_place) {
                *walker = Some(at);
            }
            self.begin(at, household, at_place, day);
            let managed = member.health.managed.iter();
            let mut managed: Vec<(Day, ProgrammeKind)> = managed
                .filter_map(|managed| Some((managed.since, kind_of(managed.programme)?)))
                .collect();
            managed.sort_unstable();
            self.enrolments(at, &managed, day);
            if managed.is_empty() && member.health.diseases.iter().any(|d| d.code == "2") {
                self.refusal(at, day);
            }
        }
        let house = (first, self.walkers.len());
        let is_followed = |member: &&Member| !member.health.managed.is_empty();
        let followed = household.members.iter().filter(is_followed).count();
        for at in first..house.1 {
            if let Some(walker) = self.walkers.get_mut(at) {
                walker.house = house;
                walker.has_company = usize::from(walker.is_followed) < followed;
                walker.plan(day, &mut self.pace);
            }
            self.plan_call(at);
        }
        walkers
    }

    fn enrolments(&mut self, at: usize, managed: &[(Day, ProgrammeKind)], day: Day) {
        let Some(gone) = self.walkers.get(at).map(|walker| walker.gone) else {
            return;
        };
        let mut now = self.now;
        let mut alive = managed.to_vec();
        alive.retain(|(since, _)| gone.is_none_or(|gone| *since < gone));
        for (since, kind) in &alive {
            if *since <= day {
                now += 20_000;
                self.put(now, What::Enrol(at, *kind, *since));
            } else {
                let on = pace::working(*since);
                self.put(moment(on, 9 * 60), What::Enrol(at, *kind, on));
            }
        }
        for (_, kind) in alive
            .iter()
            .filter(|(since, _)| *since < plus_days(day, -40))
        {
            now += 20_000;
            self.put(now, What::History(at, *kind));
        }
    }

    /// Some of those who are ill and not followed up were asked, and said no in writing.
    fn refusal(&mut self, at: usize, day: Day) {
        let (last, kind) = (plus_days(self.today, -60), ProgrammeKind::Htn);
        let Some(walker) = self.walkers.get_mut(at) else {
            return;
        };
        if walker.away.is_some() || walker.gone.is_some() || !walker.chance.holds(400) {
            return;
        }
        let of_age = plus_months(walker.patient.facts.birth, YOUNGEST_MANAGED * 12);
        let first = plus_days(day, 60).max(of_age);
        if last < first {
            return;
        }
        let asked = pace::working(walker.chance.day(first, last));
        let said = pace::working(plus_days(asked, i64::from(walker.chance.between(6, 26))));
        self.put(moment(asked, 10 * 60), What::Enrol(at, kind, asked));
        self.put(moment(said, 10 * 60), What::RefuseProgramme(at, kind));
    }

    pub(super) fn later(
        &mut self,
        (household, plan, walkers): (HouseholdId, &Household, &[Option<usize>]),
        people: &[PersonId],
        later: Vec<Later>,
    ) {
        let mut chance = Chance::of(household.0, &[count(people.len()), 5]);
        for later in later {
            let (on, wait) = match &later {
                Later::Born { on, .. } => (*on, chance.between(2, 9)),
                Later::FoundIll { on, .. } => (*on, 0),
                Later::Died { on, .. } => (*on, chance.between(1, 6)),
                Later::MovedOut { on, .. } => (*on, chance.between(0, 15)),
                Later::AtRisk { on, .. } => (*on, 0),
            };
            let last = plus_days(self.today, -1).max(on);
            let day = pace::working(plus_days(on, i64::from(wait))).min(last);
            let is_born = matches!(later, Later::Born { .. });
            if self.today < day || self.today == day && !is_born {
                continue;
            }
            let whom = |member: usize| people.get(member).copied();
            let what = match later {
                Later::Born { child, place, .. } => self
                    .newborn(plan, place, walkers)
                    .map(|newborn| What::Born(household, child, Box::new(newborn))),
                Later::FoundIll { member, card, .. } => {
                    whom(member).map(|person| What::Card(person, card))
                }
                Later::Died { member, on, cause } => {
                    whom(member).map(|person| What::Died(person, on, cause))
                }
                Later::MovedOut { member, on, to } => {
                    whom(member).map(|person| What::MovedOut(person, on, to))
                }
                Later::AtRisk { card, .. } => Some(What::HouseholdCard(household, card)),
            };
            if let Some(what) = what {
                let minute = Moment::from(chance.between(7 * 60, 8 * 60 + 20));
                self.put(moment(day, minute), what);
            }
        }
    }
}

/// Who looks after a house.
pub(super) const fn doctor_of(household: &Household) -> StaffId {
    match household.area {
        Area::First => DOCTOR,
        Area::Second => SECOND_DOCTOR,
    }
}

/// Says whether the clinic has any work with a member in these years.
fn has_work(household: &Household, place: usize, today: Day) -> bool {
    let Some(member) = household.members.get(place) else {
        return false;
    };
    let cases = &member.cases;
    let young = year_before(year_before(today));
    let bears = |child: &Member| child.mother == Some(place) && young < child.birth;
    member.health.latent.is_some()
        || age_years(member.birth, young) < 7
        || cases.mental.is_some()
        || cases.lung.is_some()
        || cases.pregnancy.is_some()
        || cases.grade.is_some()
        || place == 0
        || household.members.iter().any(bears)
        || !matches!(member.presence, Presence::Away { .. })
}

const fn kind_of(programme: ManagedFor) -> Option<ProgrammeKind> {
    match programme {
        ManagedFor::Hypertension => Some(ProgrammeKind::Htn),
        ManagedFor::Diabetes => Some(ProgrammeKind::Dm),
        ManagedFor::Pregnancy | ManagedFor::Tuberculosis | ManagedFor::MentalDisorder => None,
    }
}
