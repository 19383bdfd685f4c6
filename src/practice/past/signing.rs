//! Agreements in the order of time: who signs for the clinic, each household's steps, the unit,
//! and the roll of every morning.

use super::{
    super::{
        household::Household,
        pace,
        places::Village,
        signed::{self, Draft, Dweller, Fate, Home, Running, Served, Step},
    },
    DOCTOR, MINUTE, Newborn, Past, RECORDS, Waiting, What,
    asking::UnitStep,
    day_at, moment,
};
use crate::{
    desk::{Command, Lived, reply::Done, request::Party},
    domain::{
        clock::{Moment, time_of},
        day::{Day, plus_days, plus_months},
        id::{AgreementId, HouseholdId, PersonId, StaffId},
        value::Value,
    },
    practice::Chance,
};

/// Days before today on which the parties were written down and, from then on, mornings are
/// rolled; on which the unit signed; on which the township's register was read in.
const PARTIES: i64 = 706;
const UNIT: i64 = 300;
const TOLD: i64 = 33;
/// Days after the parties before which neither the third doctor leaves nor the unit signs.
const LEAVES_AFTER: i64 = 75;
const UNIT_AFTER: i64 = 40;
/// Days after its entry by which a household signs that would have done so before.
const SIGNS_WITHIN: u64 = 40;
/// Days after a birth in which the child is signed for.
const JOINS: (i32, i32) = (9, 40);
/// Days after which somebody who did not agree does.
const THINKS: i64 = 120;

impl Past<'_> {
    /// Places what is written down before anybody signs.
    pub(super) fn plan_signing(&mut self, villages: &[Village]) {
        let since = self.signing_since();
        let parties = signed::parties(villages, &mut Chance::of(3, &[]), since);
        let mut at = moment(since, 9 * 60);
        for party in parties {
            if let Party::Doctor(None, doctor) = &party {
                self.doctors.push(doctor.clone());
            }
            self.put(at, What::Party(Box::new(party)));
            at += 2 * MINUTE;
        }
        // A clinic that began lately signs first.
        let after = |day: Day, days| pace::working(day.max(plus_days(since, days)));
        let leaving = after(signed::left_on(self.today), LEAVES_AFTER);
        self.put(moment(leaving, 17 * 60 + 20), What::Leaves(signed::LEFT));
        let unit = after(plus_days(self.today, -UNIT), UNIT_AFTER);
        let name = villages.first().map(|village| village.name.clone());
        self.put(
            moment(unit, 15 * 60),
            What::Unit(name.unwrap_or_default(), UnitStep::Keep),
        );
        self.plan_mornings();
    }

    /// Returns the day on which who signs for the clinic was written down: not before set-up.
    fn signing_since(&self) -> Day {
        pace::working(plus_days(self.today, -PARTIES).max(self.first))
    }

    /// Places the township's register and the mornings of the years.
    pub(super) fn plan_mornings(&mut self) {
        let since = self.signing_since();
        let told = pace::working(plus_days(self.today, -TOLD));
        self.put(moment(told, 16 * 60 + 30), What::Register);
        self.put(moment(plus_days(since, 1), 8 * 60 + 5), What::Roll);
    }

    /// Remembers a household just entered, and plans what it signs.
    pub(super) fn lives(
        &mut self,
        (id, household): (HouseholdId, &Household),
        people: &[PersonId],
        day: Day,
    ) {
        let mut entered: Vec<Option<PersonId>> = vec![None; household.members.len()];
        let members = (0..).zip(&household.members);
        let here = members.filter(|(_, member)| member.birth <= day);
        for ((place, _), person) in here.zip(people) {
            if let Some(slot) = entered.get_mut::<usize>(place) {
                *slot = Some(*person);
            }
        }
        let dwellers = household.members.iter().zip(&entered);
        let dwellers = dwellers.filter_map(|(member, person)| {
            let mother = member.mother.and_then(|at| *entered.get(at)?);
            Some(Dweller::new(member, (*person)?, mother))
        });
        let dwellers: Vec<Dweller> = dwellers.collect();
        let at = self.homes.len();
        for one in &dwellers {
            self.home_of.insert(one.person, at);
        }
        let mut chance = self.chances.chance(household, 77);
        let phone = match household.card.get("phone") {
            Some(Value::Text(phone)) => phone.clone(),
            _ => String::new(),
        };
        let mut home = Home {
            id,
            seed: u64::try_from(chance.between(0, i32::MAX)).unwrap_or_default(),
            phone,
            served: signed::served(household, self.signable),
            dwellers,
            fate: Fate::Never,
            draft: None,
            running: None,
            signatures: 0,
        };
        if home.representative(self.today).is_some() {
            let has_key = home.dwellers.iter().any(|one| one.is_key(day));
            home.fate = Fate::draw(&mut chance, self.signable, has_key);
            self.signable += 1;
            if home.fate != Fate::Ordinary && home.served.doctor == signed::LEFT {
                home.served = signed::Served::FIRST;
            }
            if home.fate == Fate::BroughtIn {
                let village = self.chances.villages().get(household.village);
                self.told
                    .extend(signed::told(&home, household, village, self.today));
            }
        }
        let mut steps = signed::plan(&home, &mut chance, self.today);
        if let Some(begins) = steps.iter().map(|(on, _)| *on).min()
            && begins < day
        {
            let wait = i64::try_from(1 + home.seed % SIGNS_WITHIN).unwrap_or(1);
            let shift = (day - begins).num_days() + wait;
            for (on, _) in &mut steps {
                *on = pace::working(plus_days(*on, shift));
            }
        }
        self.homes.push(home);
        self.plan_steps(at, steps);
    }

    fn plan_steps(&mut self, at: usize, steps: Vec<(Day, Step)>) {
        for (day, step) in steps {
            let seed = self.homes.get(at).map_or(0, |home| home.seed);
            let minute = Moment::try_from(seed / 7 % 450).unwrap_or_default();
            if day < self.today {
                self.put(moment(day, 9 * 60 + minute), What::Agree(at, step));
            }
        }
    }

    /// A child was registered in a household.
    pub(super) fn is_born(&mut self, household: HouseholdId, child: &Newborn, done: &Done) {
        let Some(person) = done.people.first().copied() else {
            return;
        };
        let at = household.0.saturating_sub(1 + self.lot.households);
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        let mother = child
            .mother
            .and_then(|at| Some(self.walkers.get(at)?.person));
        let day = day_at(self.now);
        let Some(home) = self.homes.get_mut(at) else {
            return;
        };
        home.dwellers
            .push(Dweller::new(&child.member, person, mother));
        let place = home.dwellers.len() - 1;
        let wait = Chance::of(home.seed, &[person.0, 43]).between(JOINS.0, JOINS.1);
        self.home_of.insert(person, at);
        let on = pace::working(plus_days(day, i64::from(wait)));
        self.plan_steps(at, vec![(on, Step::Join(place))]);
    }

    /// Somebody was entered as dead or moved out.
    pub(super) fn is_gone(&mut self, person: PersonId) {
        let at = self.home_of.get(&person).copied();
        if let Some(home) = at.and_then(|at| self.homes.get_mut(at)) {
            home.leaves(person, day_at(self.now));
        }
    }

    /// Returns what rolls this morning, and plans the next one the clinic is open.
    pub(super) fn roll(&mut self) -> (StaffId, Command) {
        let next = pace::working(plus_days(day_at(self.now), 1));
        if next < self.today {
            self.put(moment(next, 8 * 60 + 5), What::Roll);
        }
        self.waiting = Waiting::Rolled;
        (DOCTOR, Command::RollAgreements)
    }

    /// Takes what the roll continued.
    pub(super) fn rolled(&mut self, lived: &Lived) {
        let day = day_at(self.now);
        for (old, new) in &lived.done.continued {
            let Some(at) = self.signed_by.remove(old) else {
                continue;
            };
            self.signed_by.insert(*new, at);
            let Some(home) = self.homes.get_mut(at) else {
                continue;
            };
            let Some(running) = &mut home.running else {
                continue;
            };
            running.id = *new;
            running.until = end(plus_days(running.until, 1), running.years);
            self.before_the_end(at, day);
        }
        self.follow(lived);
    }

    /// Lets the walkers' courses follow what was written down beside a contact of theirs.
    fn follow(&mut self, lived: &Lived) {
        let day = day_at(self.now);
        for contact in &lived.done.contacts {
            let Some(at) = self.walker_of.get(&contact.person).copied() else {
                continue;
            };
            let Some(walker) = self.walkers.get_mut(at) else {
                continue;
            };
            walker.learn(lived);
            walker.plan_services(day, &mut self.pace);
            self.plan_service(at);
        }
    }

    fn before_the_end(&mut self, at: usize, day: Day) {
        let Some(home) = self.homes.get(at) else {
            return;
        };
        let Some(running) = home.running.as_ref() else {
            return;
        };
        if home.served.doctor == signed::LEFT {
            return;
        }
        let mut chance = Chance::of(home.seed, &[running.id.0, 44]);
        let steps = running.before_the_end(home.fate, &mut chance);
        let later = steps.into_iter().filter(|(on, _)| day < *on).collect();
        self.plan_steps(at, later);
    }

    /// Returns what a step asks for; none where life has gone another way.
    pub(super) fn agree(&mut self, at: usize, step: Step) -> Option<(StaffId, Command)> {
        let day = day_at(self.now);
        if step == Step::Draft {
            self.finds_room(at, day);
        }
        let home = self.homes.get(at)?;
        let signs = matches!(
            step,
            Step::Draft | Step::Renew | Step::Change | Step::Join(_)
        );
        if signs && home.is_in_mourning(day) {
            let again = pace::working(plus_days(day, 7));
            self.plan_steps(at, vec![(again, step)]);
            return None;
        }
        let command = self.asked(at, step, day)?;
        self.waiting = Waiting::Agreed(at, step);
        Some((RECORDS, command))
    }

    /// Takes what a step did, and plans what follows from it.
    pub(super) fn agreed(&mut self, at: usize, step: Step, lived: &Lived) {
        let day = day_at(self.now);
        let begun = lived.done.agreements.first().copied();
        self.take_step(at, step, begun, day);
        self.follow(lived);
    }

    fn take_step(&mut self, at: usize, step: Step, begun: Option<AgreementId>, day: Day) {
        let now = self.now;
        let Some(home) = self.homes.get_mut(at) else {
            return;
        };
        match step {
            Step::Draft | Step::Renew | Step::Change => {
                home.draft = begun.map(|id| Draft { id, begun: step });
                if step == Step::Change {
                    home.served = Served::CENTRE;
                }
                let (fate, prints) = (home.fate, !signed::is_electronic(home));
                let goes_on = step != Step::Draft || fate.signs_at_once();
                if goes_on && prints || fate == Fate::Printed {
                    self.put(now + 3 * MINUTE, What::Agree(at, Step::Print));
                }
                if goes_on {
                    self.put(now + 9 * MINUTE, What::Agree(at, Step::Sign));
                }
            }
            Step::Sign => self.take_signature(at, day),
            Step::Discard => home.draft = None,
            Step::Join(place) => {
                home.signatures += 1;
                let person = home.dwellers.get(place).map(|one| one.person);
                if let Some(running) = &mut home.running {
                    running.covered.extend(person);
                }
            }
            Step::Confirm => home.signatures += 1,
            Step::Notice => {
                if let Some(running) = &mut home.running {
                    running.is_ending = true;
                }
            }
            Step::Withdraw => {
                if let Some(running) = &mut home.running {
                    running.is_ending = false;
                }
            }
            Step::Void => home.running = None,
            Step::End => {
                if let Some(running) = &mut home.running {
                    running.until = running.until.min(day);
                    running.covered.clear();
                }
            }
            Step::Print
            | Step::Voucher
            | Step::Speak
            | Step::Doubt
            | Step::ResidentSigns
            | Step::ClinicSigns => {}
        }
    }

    fn take_signature(&mut self, at: usize, day: Day) {
        let time = time_of(self.now);
        let Some(home) = self.homes.get_mut(at) else {
            return;
        };
        let years = years(home);
        let paper = signed::contents(home, (day, time), years);
        let (Some(Draft { id, begun }), Some(paper)) = (home.draft.take(), paper) else {
            return;
        };
        home.signatures += 1;
        let follows = home.running.as_ref().filter(|_| begun == Step::Renew);
        let start = follows.map_or(day, |one| plus_days(one.until, 1));
        let covered = paper.contents.covered.iter().map(|one| one.person);
        home.running = Some(Running {
            id,
            until: end(start, years),
            doctor: home.served.doctor,
            years,
            covered: covered.collect(),
            is_ending: false,
        });
        self.signed_by.insert(id, at);
        self.after_signing(at, day);
    }

    /// What follows from a signature: the next one, and who joins.
    fn after_signing(&mut self, at: usize, day: Day) {
        self.before_the_end(at, day);
        let Some(home) = self.homes.get(at).filter(|home| home.signatures == 1) else {
            return;
        };
        let on = |days| pace::working(plus_days(day, days));
        let mut later = Vec::new();
        if home.fate == Fate::Provisional && home.id.0.is_multiple_of(3) {
            later.push((on(12), Step::Confirm));
        }
        if home.fate == Fate::Late {
            let running = home.running.as_ref();
            let left_out = home.dwellers.iter().position(|one| {
                let is_covered = running.is_some_and(|all| all.covered.contains(&one.person));
                one.is_adult(day) && one.is_at_home(day) && !is_covered
            });
            later.extend(left_out.map(|place| (on(THINKS), Step::Join(place))));
        }
        self.plan_steps(at, later);
    }
}

/// Returns the last day of a term.
fn end(start: Day, years: u32) -> Day {
    plus_days(plus_months(start, 12 * years), -1)
}

/// Returns the years a household signs for: the first time as its fate has it, later one.
pub(super) fn years(home: &Home) -> u32 {
    if home.running.is_some() {
        1
    } else if home.served.doctor == signed::LEFT || home.seed.is_multiple_of(14) {
        home.fate.years().max(2)
    } else {
        home.fate.years()
    }
}
