//! Who comes to the consulting room by themselves, and its papers: the register, long
//! prescriptions, slips of those referred.

use super::{
    super::{chance::Chance, pace, places::Area, sheet::Sheet, walker::Walker},
    MINUTE, Past, SECOND_DOCTOR, Waiting, What, day_at, moment,
};
use crate::{
    desk::{Command, Lived, reply::Done, request::ContactDraft},
    domain::{
        day::{Day, plus_days},
        id::StaffId,
        programmes::ProgrammeKind,
        task::Mode,
    },
};

/// The register is kept in the program for so many days.
const KEPT: i32 = 75;
/// Of a thousand people, how many come in that time; of the visits, how many get a record of
/// their own, and how many end in a joint consultation.
const COMES: u32 = 90;
const RECORDED: u32 = 120;
const JOINED: u32 = 25;
/// Of a thousand followed up at home, how many have a long prescription.
const PRESCRIBED: u32 = 45;
/// Of a thousand referred people, how many get a slip, and how many bring one back.
const SLIPS: u32 = 500;
const RETURNED: u32 = 550;

impl Past<'_> {
    /// Notes down when the person will come.
    pub(super) fn comes(&mut self, at: usize, day: Day) {
        let Some(walker) = self.walkers.get(at).filter(|w| w.away.is_none()) else {
            return;
        };
        let mut draw = Chance::of(walker.seed, &[31]);
        let mut planned = Vec::new();
        if draw.holds(COMES) {
            let on = plus_days(self.today, -i64::from(draw.between(1, KEPT)));
            planned.push((on, "F20"));
            if draw.holds(RECORDED) {
                planned.push((on, "F20_record"));
            }
            if draw.holds(JOINED) {
                planned.push((on, "F22"));
            }
        }
        if walker.is_followed && draw.holds(PRESCRIBED) {
            let ago = draw.between(1, KEPT);
            planned.push((plus_days(self.today, -i64::from(ago)), "F24"));
        }
        for (serial, (on, form)) in (0..).zip(planned) {
            let on = pace::working(on);
            if day < on && on < self.today {
                let minute = 9 * 60 + i64::from(draw.between(0, 420)) + serial;
                self.put(moment(on, minute), What::Paper(at, form));
            }
        }
    }

    /// A slip for whom the last contact referred, and the return slip some bring back.
    pub(super) fn slips(&mut self, at: usize, done: &Done) {
        let Some(walker) = self.walkers.get(at) else {
            return;
        };
        let mut opened = done.contacts.iter().filter(|contact| {
            let outcomes = &contact.decision.outcomes;
            let refers = |kind| {
                outcomes
                    .get(kind)
                    .is_some_and(|o| o.referral_opened.is_some())
            };
            contact.person == walker.person
                && [ProgrammeKind::Htn, ProgrammeKind::Dm].iter().any(refers)
        });
        let Some(contact) = opened.next() else {
            return;
        };
        let mut draw = Chance::of(walker.seed, &[contact.id.0, 32]);
        let recent = plus_days(self.today, -i64::from(KEPT)) <= contact.day;
        if !recent || !draw.holds(SLIPS) {
            return;
        }
        let back = pace::working(plus_days(contact.day, draw.between(15, 30).into()));
        self.put(self.now + 6 * MINUTE, What::Paper(at, "F21"));
        if back < self.today && draw.holds(RETURNED) {
            self.put(moment(back, 10 * 60), What::Paper(at, "F21_back"));
        }
    }

    /// Fills in a paper of the consulting room.
    pub(super) fn paper(&mut self, at: usize, form: &'static str) -> Option<(StaffId, Command)> {
        let (catalog, day) = (self.catalog, day_at(self.now));
        let walker = self.walkers.get_mut(at)?;
        if walker.is_gone(day) || !is_wanted(walker, form) {
            return None;
        }
        let reading = walker
            .patient
            .latent
            .reading(day, &mut Chance::of(walker.seed, &[33]));
        let by = if walker.doctor == SECOND_DOCTOR {
            Area::Second
        } else {
            Area::First
        };
        let sheet = Sheet {
            catalog,
            day,
            mode: Mode::Clinic,
            by: by.names().0,
            reading: &reading,
            result: None,
        };
        let forms = sheet.papers(walker, &[form.to_owned()], &[])?;
        let draft = ContactDraft {
            forms,
            ..ContactDraft::about(walker.person, day)
        };
        let by = walker.doctor;
        self.waiting = Waiting::Paper(at, day);
        Some((by, Command::RecordContact(Box::new(draft))))
    }

    /// Takes what a paper decided; the plans stand unless it asks for something else.
    pub(super) fn noted(&mut self, at: usize, day: Day, lived: &Lived) {
        let Some(walker) = self.walkers.get_mut(at) else {
            return;
        };
        let (calls, services) = (walker.tasks(day), walker.services(day));
        let before = walker.course.clone();
        walker.learn(lived);
        if walker.tasks(day) != calls {
            walker.course = before;
            self.contacted(at, day, lived);
        } else if walker.services(day) != services {
            walker.plan_services(day, &mut self.pace);
            self.plan_service(at);
        }
    }
}

/// A slip is for an open referral; a return slip for a slip.
fn is_wanted(walker: &Walker, form: &str) -> bool {
    let own = walker.course.programmes.get(&ProgrammeKind::Outpatient);
    let care = own.and_then(|own| own.facts.care());
    match form {
        "F21" => walker.course.referral.is_some(),
        "F21_back" => care.is_some_and(|care| care.waiting().next().is_some()),
        _ => true,
    }
}
