//! Call after call: one house is called on at once where that suits, and each contact plans the
//! next.

use super::{
    super::{call, pace, walker::Walker},
    MINUTE, Past, RECORDS, Waiting, What, moment,
};
use crate::{
    desk::{Command, Lived},
    domain::{
        clock::Moment,
        day::{Day, plus_days},
        id::StaffId,
        programmes::ProgrammeKind,
    },
};

impl Past<'_> {
    /// Plans the walker's next call, if it comes before today.
    pub(super) fn plan_call(&mut self, at: usize) {
        let Some(walker) = self.walkers.get_mut(at) else {
            return;
        };
        let turn = walker.turn;
        if let Some(day) = walker.next.filter(|day| *day < self.today) {
            let minute = Moment::from(walker.chance.between(8 * 60 + 30, 17 * 60));
            let second = Moment::from(walker.chance.between(0, 59_999));
            self.put(moment(day, minute) + second, What::Call(at, turn));
        }
    }

    pub(super) fn contacted(&mut self, at: usize, day: Day, lived: &Lived) {
        let Some(walker) = self.walkers.get_mut(at) else {
            return;
        };
        let was_referred = screened(walker);
        walker.learn(lived);
        let is_found_ill = was_referred && !screened(walker) && walker.chance.holds(650);
        walker.plan(day, &mut self.pace);
        walker.plan_services(day, &mut self.pace);
        if is_found_ill {
            let on = pace::working(plus_days(day, i64::from(walker.chance.between(2, 8))));
            if on < self.today {
                self.put(moment(on, 15 * 60), What::Enrol(at, ProgrammeKind::Htn, on));
            }
        }
        self.plan_with_the_others(at, day);
        self.plan_call(at);
        self.plan_service(at);
        if let Some((right, contact)) = self.slip.take().zip(lived.done.contacts.first()) {
            let seen = self.now + 25 * MINUTE;
            self.put(seen, What::Correction(contact.id, Box::new(right)));
        }
    }

    /// A house is called on once, where that suits: the new plan takes a housemate's day, or both
    /// take one on which both are due.
    fn plan_with_the_others(&mut self, at: usize, day: Day) {
        let Some(walker) = self.walkers.get(at) else {
            return;
        };
        let (first, end) = walker.house;
        let found = (first..end).filter(|other| *other != at).find_map(|place| {
            let other = self.walkers.get(place)?;
            let next = other.next.filter(|next| day < *next)?;
            let both = walker.routine_window(day).zip(other.routine_window(day));
            walker.can_join(next).then_some((place, next, both))
        });
        let Some((other, next, both)) = found else {
            return;
        };
        let waits = both.and_then(|(own, theirs)| self.pace.lets_two_wait(own, theirs));
        let on = waits.unwrap_or(next);
        self.join(at, on);
        if on != next {
            self.join(other, on);
            self.plan_call(other);
        }
        if waits.is_some() {
            for at in [at, other] {
                if let Some(walker) = self.walkers.get_mut(at) {
                    walker.is_put_off = true;
                }
            }
        }
    }

    fn join(&mut self, at: usize, day: Day) {
        if let Some(walker) = self.walkers.get_mut(at) {
            walker.join(day);
        }
    }

    pub(super) fn call(&mut self, at: usize, turn: u32, day: Day) -> Option<(StaffId, Command)> {
        let catalog = self.catalog;
        let walker = self.walkers.get_mut(at)?;
        if walker.turn != turn || walker.is_gone(day) {
            return None;
        }
        let Some(draft) = call::draw(walker, day, &self.pace, catalog) else {
            walker.plan(day, &mut self.pace);
            self.plan_call(at);
            return None;
        };
        let by = match draft.forms.first() {
            Some(form) if form.form == "bp_screen" => RECORDS,
            Some(_) | None => walker.doctor,
        };
        let (is_visit, house) = (!draft.forms.is_empty(), walker.house);
        let mut draft = draft;
        self.slip = call::slip(walker, &mut draft);
        if is_visit {
            self.call_on_the_others(at, house, day);
        }
        self.waiting = Waiting::Contact(at, day);
        Some((by, Command::RecordContact(Box::new(draft))))
    }

    /// Who lives in the same house and could be seen soon is seen on the same way.
    fn call_on_the_others(&mut self, at: usize, (first, end): (usize, usize), day: Day) {
        for other in (first..end).filter(|other| *other != at) {
            let Some(walker) = self.walkers.get_mut(other) else {
                continue;
            };
            if walker.can_join(day) && walker.chance.holds(850) {
                walker.join(day);
                let turn = walker.turn;
                let wait = Moment::from(walker.chance.between(4, 15)) * MINUTE;
                self.put(self.now + wait, What::Call(other, turn));
            }
        }
    }
}

/// Says whether a referral of somebody not known hypertensive is open.
fn screened(walker: &Walker) -> bool {
    let course = walker.course.programmes.get(&ProgrammeKind::Screen35);
    course.is_some_and(|course| course.referral_open.is_some())
}
