//! What was planned, as the request that enters it.

use super::{
    super::{call, walker::Walker},
    DOCTOR, Past, RECORDS, Waiting, What, day_at,
};
use crate::{
    desk::{Command, request::ContactDraft},
    domain::{
        course::happening::{Enrolled, Happening, LastVisit},
        day::{Day, plus_days},
        id::StaffId,
        person,
        programmes::ProgrammeKind,
        value::Value,
    },
};

impl Past<'_> {
    pub(super) fn entry(&mut self, what: What) -> Option<(StaffId, Command)> {
        let day = day_at(self.now);
        let command = match what {
            What::Staff(name, role) => {
                let name = name.to_owned();
                return Some((DOCTOR, Command::AddStaff { name, role }));
            }
            What::Born(household, mut child, newborn) => {
                let mother = newborn.mother.and_then(|at| self.walkers.get(at));
                // Who works elsewhere gave birth there, and is looked after there.
                let is_here = |mother: &&Walker| mother.away.is_none() && !mother.is_gone(day);
                if let Some(mother) = mother.filter(is_here) {
                    let id = Value::Text(mother.person.to_string());
                    child.card.insert(person::key::MOTHER.to_owned(), id);
                }
                self.waiting = Waiting::Born(household, newborn, day);
                Command::AddPerson {
                    household,
                    person: *child,
                }
            }
            What::Card(person, card) => Command::ChangePerson {
                person,
                card: *card,
            },
            What::HouseholdCard(household, card) => Command::ChangeHousehold {
                household,
                card: *card,
            },
            What::Died(person, on, cause) => {
                self.is_gone(person);
                Command::RecordDeath {
                    person,
                    on,
                    cause: cause.to_owned(),
                    new_head: None,
                }
            }
            What::MovedOut(person, on, to) => {
                self.is_gone(person);
                Command::MoveOut {
                    person,
                    on,
                    to: to.to_owned(),
                    new_head: None,
                }
            }
            What::Enrol(at, kind, on) => return self.enrol(at, kind, on),
            What::History(at, kind) => return self.history(at, kind, day),
            What::RefuseProgramme(at, programme) => {
                let walker = self.walkers.get(at)?;
                if walker.is_gone(day) || !walker.is_open(programme) {
                    return None;
                }
                let happening = Happening::RefusedProgramme { programme };
                return self.told(at, day, happening);
            }
            What::Correction(contact, draft) => Command::CorrectContact {
                contact,
                draft,
                reason: "心率录入有误".to_owned(),
            },
            What::Call(at, turn) => return self.call(at, turn, day),
            What::Serve(at, turn) => return self.serve(at, turn, day),
            What::Enter(at, kind) => return self.enter(at, kind, day),
            What::AtBirth(at) => return self.at_birth(at),
            What::Paper(at, form) => return self.paper(at, form),
            What::Party(party) => return Some((DOCTOR, Command::KeepParty(party))),
            What::Leaves(doctor) => return self.doctor_leaves(doctor),
            What::Agree(at, step) => return self.agree(at, step),
            What::Unit(village, step) => return self.unit(&village, step),
            What::Register => return self.reads_in(),
            What::Roll => return Some(self.roll()),
        };
        Some((RECORDS, command))
    }

    pub(super) fn told(
        &mut self,
        at: usize,
        day: Day,
        happening: Happening,
    ) -> Option<(StaffId, Command)> {
        let walker = self.walkers.get(at)?;
        let draft = ContactDraft {
            happening: Some(happening),
            ..ContactDraft::about(walker.person, day)
        };
        let by = walker.doctor;
        self.waiting = Waiting::Contact(at, day_at(self.now));
        Some((by, Command::RecordContact(Box::new(draft))))
    }

    fn enrol(&mut self, at: usize, kind: ProgrammeKind, on: Day) -> Option<(StaffId, Command)> {
        let walker = self.walkers.get(at)?;
        if walker.is_gone(day_at(self.now)) || walker.is_open(kind) {
            return None;
        }
        let enrolled = Enrolled::in_programme(kind);
        self.told(at, on, Happening::Enrolled(enrolled))
    }

    fn history(&mut self, at: usize, kind: ProgrammeKind, day: Day) -> Option<(StaffId, Command)> {
        let walker = self.walkers.get_mut(at)?;
        let entered = walker.course.programmes.get(&kind)?.entered;
        // The last visit lay anywhere in the three months before.
        let seen = plus_days(day, -i64::from(walker.chance.between(2, 92))).max(entered);
        let reading = walker.patient.latent.reading(seen, &mut walker.chance);
        let happening = Happening::BroughtIn {
            programme: kind,
            last_visit: LastVisit {
                day: seen,
                measured: call::measured(&reading, kind),
            },
        };
        self.told(at, day, happening)
    }
}
