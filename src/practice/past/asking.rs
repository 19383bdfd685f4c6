//! What each step of an agreement asks of the desk; none where life has gone another way.

use std::sync::Arc;

use super::{
    super::signed::{self, Fate, Home, Served, Step},
    DOCTOR, MINUTE, Past, RECORDS, Waiting, What, day_at,
    signing::years,
};
use crate::{
    catalog::papers::Paper,
    desk::{
        Command,
        request::{Accepted, Party},
    },
    domain::{
        agreement::{
            action::{Action, Proposal, Voiding},
            contract::{Origin, Scope, Sheet},
            doctor::Doctor,
            signed::{Notice, NoticeReason, NoticeWay, Side, VoidFinding},
        },
        clock::time_of,
        day::{Day, plus_days},
        id::{AgreementId, DoctorId, PersonId, StaffId},
    },
};

/// The most people of the unit.
const UNIT_PEOPLE: usize = 8;

impl Past<'_> {
    pub(super) fn asked(&self, at: usize, step: Step, day: Day) -> Option<Command> {
        let home = self.homes.get(at)?;
        let running = home.goes_on(day);
        let of = |id: AgreementId, action| Some(asks(Some(id), action));
        match step {
            Step::Voucher => {
                let voucher = signed::voucher(home.id, day);
                Some(Command::KeepParty(Box::new(Party::Voucher(voucher))))
            }
            Step::Draft => self.draft(home, Origin::New, day),
            Step::Renew => {
                let running = running?;
                let first = plus_days(running.until, -60);
                let of = running.id;
                let is_time = first <= day;
                is_time.then(|| self.draft(home, Origin::Renewal { of }, day))?
            }
            Step::Change => {
                let origin = Origin::Change {
                    of: vec![running?.id],
                    reason: "居民要求更换签约医生".to_owned(),
                };
                let changed = Home {
                    served: Served::CENTRE,
                    ..home.clone()
                };
                let is_new = home.served != changed.served;
                is_new.then(|| self.draft(&changed, origin, day))?
            }
            Step::Print => {
                let (template, copies) = (Paper::Agreement.current().to_owned(), 2);
                of(
                    home.draft?.id,
                    Action::Print {
                        sheet: Sheet::Agreement,
                        template,
                        copies,
                    },
                )
            }
            Step::Sign => self.sign(at, day),
            Step::Discard => {
                let reason = "户主外出，改日再签".to_owned();
                of(home.draft?.id, Action::Discard { reason })
            }
            Step::Join(place) => join(home, place, day),
            Step::Confirm => of(running?.id, Action::Confirm(signed::confirmed(home, day)?)),
            Step::Speak
            | Step::Doubt
            | Step::Void
            | Step::Notice
            | Step::Withdraw
            | Step::ResidentSigns
            | Step::ClinicSigns
            | Step::End => self.told_of(home, step, day),
        }
    }

    fn sign(&self, at: usize, day: Day) -> Option<Command> {
        let home = self.homes.get(at)?;
        let paper = signed::contents(home, (day, time_of(self.now)), years(home))?;
        let mut signing = paper.signing;
        let name = self.name_of(home.served.doctor);
        signing.clinic = Some(signed::signs(name, home.served.staff, day));
        let is_above = self.above == Some(at) && home.running.is_none();
        if is_above && !self.has_room(home.served.doctor, at, day) {
            signing.above_cap = Some(signed::above_cap(day));
        }
        let sign = Action::Sign(Box::new(signing));
        Some(asks(Some(home.draft?.id), sign))
    }

    /// What happens to an agreement that runs.
    fn told_of(&self, home: &Home, step: Step, day: Day) -> Option<Command> {
        let running = home.running.as_ref().filter(|one| day <= one.until)?;
        let head = home.representative(day)?;
        let action = match step {
            Step::Speak => Action::SpeakOfRenewal { on: day },
            Step::Doubt => Action::Doubt {
                cause: "电话回访时本人说不知道签约".to_owned(),
            },
            Step::Void => Action::Void(Box::new(Voiding {
                finding: VoidFinding::NotAgreed,
                reason: "核实为他人代签，本人未同意".to_owned(),
                approval: Some(signed::director(day)),
                informed: Some(day),
            })),
            Step::Notice => Action::GiveNotice(Notice {
                on: day,
                by: head.person,
                way: NoticeWay::InPerson,
                reason: NoticeReason::Moving,
                note: "全家将搬到县城".to_owned(),
            }),
            Step::Withdraw => Action::WithdrawNotice {
                by: head.person,
                on: day,
                evidence: format!("CH{:06}", home.id.0),
            },
            Step::ResidentSigns => {
                let signature = signed::signs(&head.name, None, day);
                let side = Side::Resident;
                Action::SignEnding { side, signature }
            }
            Step::ClinicSigns => {
                let name = self.name_of(home.served.doctor);
                let signature = signed::signs(name, home.served.staff, day);
                let side = Side::Clinic;
                Action::SignEnding { side, signature }
            }
            Step::End => Action::End {
                last_day: day,
                sheet: format!("JY{:06}", home.id.0),
            },
            Step::Draft
            | Step::Renew
            | Step::Change
            | Step::Print
            | Step::Sign
            | Step::Discard
            | Step::Voucher
            | Step::Join(_)
            | Step::Confirm => return None,
        };
        Some(asks(Some(running.id), action))
    }

    fn draft(&self, home: &Home, origin: Origin, day: Day) -> Option<Command> {
        let mut served = home.clone();
        if origin == Origin::New {
            // What ran out some time ago is signed as something new.
            served.running = None;
        }
        let paper = signed::contents(&served, (day, time_of(self.now)), years(&served))?;
        let proposal = Proposal {
            scope: Scope::Household(home.id),
            origin,
            contents: paper.contents,
        };
        Some(asks(None, Action::Draft(Box::new(proposal))))
    }

    fn name_of(&self, doctor: DoctorId) -> &str {
        let at = usize::try_from(doctor.0.saturating_sub(1)).unwrap_or_default();
        self.doctors.get(at).map_or("", |doctor| &doctor.name)
    }

    /// The third doctor serves no longer.
    pub(super) fn doctor_leaves(&mut self, id: DoctorId) -> Option<(StaffId, Command)> {
        let at = usize::try_from(id.0.saturating_sub(1)).unwrap_or_default();
        let doctor = Doctor {
            id,
            until: Some(day_at(self.now)),
            ..self.doctors.get(at)?.clone()
        };
        let party = Party::Doctor(Some(id), doctor);
        Some((DOCTOR, Command::KeepParty(Box::new(party))))
    }

    /// The unit is written down, then signs for its people.
    pub(super) fn unit(&mut self, name: &str, step: UnitStep) -> Option<(StaffId, Command)> {
        let day = day_at(self.now);
        let (command, next) = match step {
            UnitStep::Keep => {
                self.workers = self.unsigned(day);
                if self.workers.is_empty() {
                    return None;
                }
                let unit = signed::unit(name, &self.workers);
                let keep = Command::KeepParty(Box::new(Party::Unit(None, unit)));
                (keep, Some(UnitStep::Draft))
            }
            UnitStep::Draft => {
                let proposal = Proposal {
                    scope: Scope::Unit(signed::UNIT),
                    origin: Origin::New,
                    contents: signed::unit_contents(Served::CENTRE, &self.workers),
                };
                let draft = asks(None, Action::Draft(Box::new(proposal)));
                self.waiting = Waiting::Unit;
                (draft, Some(UnitStep::Sign))
            }
            UnitStep::Sign => {
                let served = Served::CENTRE;
                let mut signing = signed::unit_signing(&self.workers, (day, time_of(self.now)));
                let name = self.name_of(served.doctor);
                signing.clinic = Some(signed::signs(name, served.staff, day));
                self.waiting = Waiting::Rolled;
                let sign = asks(self.unit_draft, Action::Sign(Box::new(signing)));
                (sign, None)
            }
        };
        if let Some(next) = next {
            let at = self.now + 6 * MINUTE;
            self.put(at, What::Unit(String::new(), next));
        }
        Some((RECORDS, command))
    }

    /// Reads in what the township's register of before tells.
    pub(super) fn reads_in(&mut self) -> Option<(StaffId, Command)> {
        let roster = signed::roster(std::mem::take(&mut self.told))?;
        let import = Command::Import {
            roster: Arc::new(roster),
            enrol: Accepted::These(Vec::new()),
            gauge: None,
        };
        Some((RECORDS, import))
    }

    /// Returns some people of working age whose households never sign.
    fn unsigned(&self, day: Day) -> Vec<PersonId> {
        let homes = self.homes.iter().filter(|home| home.fate == Fate::Never);
        let people = homes.flat_map(|home| &home.dwellers).filter(|one| {
            let is_working = one.is_adult(day) && !one.is_key(day);
            is_working && one.is_at_home(day) && one.gone.is_none()
        });
        people.map(|one| one.person).take(UNIT_PEOPLE).collect()
    }
}

/// One entry of the unit's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitStep {
    Keep,
    Draft,
    Sign,
}

/// A member's page; the third doctor takes nobody in any more.
fn join(home: &Home, place: usize, day: Day) -> Option<Command> {
    let running = home.goes_on(day)?;
    let joining = signed::joining(home, place, day)?;
    let is_new = !running.covered.contains(&joining.person);
    let is_served = home.served.doctor != signed::LEFT;
    let join = Action::Join(Box::new(joining));
    (is_new && is_served).then(|| asks(Some(running.id), join))
}

fn asks(agreement: Option<AgreementId>, action: Action) -> Command {
    Command::Agreement {
        agreement,
        action: Box::new(action),
    }
}
