//! Call after call: one house is called on at once where that suits, and each contact plans the
//! next.

use super::{
    super::{call, pace, walker::Walker},
    MINUTE, Past, RECORDS, Waiting, What, moment,
};
use crate::{
    desk::{Command, reply::Done},
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

    pub(super) fn contacted(&mut self, at: usize, day: Day, done: &Done) {
        let Some(walker) = self.walkers.get_mut(at) else {
            return;
        };
        let was_referred = screened(walker);
        for contact in done.contacts.iter().filter(|c| c.person == walker.person) {
            walker.course.take(&contact.happening, &contact.decision);
        }
        let is_found_ill = was_referred && !screened(walker) && walker.chance.holds(650);
        walker.plan(day);
        if is_found_ill {
            let on = pace::working(plus_days(day, i64::from(walker.chance.between(2, 8))));
            if on < self.today {
                self.put(moment(on, 15 * 60), What::Enrol(at, ProgrammeKind::Htn, on));
            }
        }
        self.plan_with_the_others(at, day);
        self.plan_call(at);
    }

    /// A house is called on once, where that suits: the new plan takes a housemate's day.
    fn plan_with_the_others(&mut self, at: usize, day: Day) {
        let Some((first, end)) = self.walkers.get(at).map(|walker| walker.house) else {
            return;
        };
        let others = (first..end).filter(|other| *other != at);
        let days: Vec<Day> = others
            .filter_map(|other| self.walkers.get(other)?.next)
            .filter(|next| day < *next)
            .collect();
        let Some(walker) = self.walkers.get_mut(at) else {
            return;
        };
        let shared = days.into_iter().find(|next| walker.can_join(*next));
        if let Some(next) = shared.filter(|_| walker.chance.holds(950)) {
            walker.join(next);
        }
    }

    pub(super) fn call(&mut self, at: usize, turn: u32, day: Day) -> Option<(StaffId, Command)> {
        let catalog = self.catalog;
        let walker = self.walkers.get_mut(at)?;
        if walker.turn != turn || walker.is_gone(day) {
            return None;
        }
        let Some(draft) = call::draw(walker, day, catalog) else {
            walker.plan(day);
            self.plan_call(at);
            return None;
        };
        let by = match draft.forms.first() {
            Some(form) if form.form == "bp_screen" => RECORDS,
            Some(_) | None => walker.doctor,
        };
        let (is_visit, house) = (!draft.forms.is_empty(), walker.house);
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
