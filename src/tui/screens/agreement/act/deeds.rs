//! What each deed is called, when it is not for now, and what the desk is asked then.

use super::{Deed, State};
use crate::{
    desk::reply::{AgreementPerson, AgreementView},
    domain::{
        agreement::{
            action::{Action, Joining, Voiding},
            approval::Approval,
            cap::CapOverride,
            consent::{Consent, ConsentKind, Guardian},
            contract::Basic,
            signed::{
                Ending, LeaveReason, Notice, NoticeReason, NoticeWay, Side, Signature, VoidFinding,
            },
            state::State as Stands,
        },
        day::Day,
        id::PersonId,
        text::Text,
    },
    tui::screens::{agreement::words, signing},
};

/// How a member leaves.
#[derive(Debug, Clone, Copy)]
pub(super) enum Leaving {
    OptsOut,
    Moved,
    Died,
}

/// … in the order offered.
pub(super) const LEAVING: [Leaving; 3] = [Leaving::OptsOut, Leaving::Moved, Leaving::Died];

impl Leaving {
    pub(super) const fn name(self) -> Text {
        match self {
            Self::OptsOut => words::OPTS_OUT,
            Self::Moved => words::MOVED,
            Self::Died => words::DIED,
        }
    }
}

impl Deed {
    /// Returns what it is called.
    pub const fn title(self) -> Text {
        match self {
            Self::Notice => words::NOTICE,
            Self::Withdraw => words::WITHDRAW,
            Self::SignEnding(Side::Clinic) => words::CLINIC_SIGNS,
            Self::SignEnding(Side::Resident) => words::RESIDENT_SIGNS,
            Self::End => words::END,
            Self::Leave(_) => words::LEAVE,
            Self::Join(_) => words::JOIN,
            Self::Confirm(_) => words::CONFIRM,
            Self::Remind => words::REMIND,
            Self::Doubt => words::DOUBT,
            Self::Clear => words::CLEAR,
            Self::Void => words::VOID,
            Self::Stop => words::STOP,
            Self::Acting => words::ACTING,
            Self::Discard => words::DISCARD,
            Self::SignAnew => words::SIGN_ANEW,
        }
    }

    /// Returns whom it is about.
    pub const fn person(self) -> Option<PersonId> {
        match self {
            Self::Leave(person) | Self::Join(person) | Self::Confirm(person) => Some(person),
            Self::Notice
            | Self::Withdraw
            | Self::SignEnding(_)
            | Self::End
            | Self::Remind
            | Self::Doubt
            | Self::Clear
            | Self::Void
            | Self::Stop
            | Self::Acting
            | Self::Discard
            | Self::SignAnew => None,
        }
    }

    /// Returns how the agreement may end from here, what comes next first.
    pub fn of_ending(view: &AgreementView) -> Vec<Self> {
        let Some(ending) = ending(view) else {
            return vec![Self::Notice, Self::Stop];
        };
        let mut deeds = Vec::new();
        if ending.resident.is_none() {
            deeds.push(Self::SignEnding(Side::Resident));
        }
        if ending.clinic.is_none() {
            deeds.push(Self::SignEnding(Side::Clinic));
        }
        if view.brief.state == Stands::Ending {
            deeds.extend([Self::End, Self::Withdraw, Self::Stop]);
        }
        deeds
    }

    /// Returns why it cannot be done now, where that can be seen.
    pub fn unfit(self, view: &AgreementView) -> Option<Text> {
        let stands = view.brief.state;
        let is_active = stands == Stands::Active;
        let runs = is_active || stands == Stands::Ending;
        let covered = |person| {
            let covers = |one: &AgreementPerson| one.coverage.is_some();
            let mut people = view.people.iter();
            people.any(|one| one.person == person && covers(one))
        };
        let unconfirmed = |person| {
            let member = view.agreement.signed().and_then(|one| one.member(person));
            member.is_some_and(crate::domain::agreement::signed::Member::is_unconfirmed)
        };
        let is_unsigned = || {
            let waits = |one: &Ending| one.resident.is_none() || one.clinic.is_none();
            stands == Stands::Expired && ending(view).is_some_and(waits)
        };
        match self {
            Self::Notice | Self::SignAnew => (!is_active).then_some(words::NOT_ACTIVE),
            Self::SignEnding(_) | Self::Stop if is_unsigned() => None,
            Self::Withdraw
            | Self::SignEnding(_)
            | Self::End
            | Self::Stop
            | Self::Remind
            | Self::Doubt => (!runs).then_some(words::ENDED),
            Self::Acting if !runs => Some(words::ENDED),
            Self::Acting => (!view.brief.flags.doctor_left).then_some(words::DOCTOR_SERVES),
            Self::Clear | Self::Void | Self::Discard => None,
            Self::Join(_) if !is_active => Some(words::NOT_ACTIVE),
            Self::Join(person) => covered(person).then_some(words::IS_COVERED),
            Self::Leave(person) => (!covered(person)).then_some(words::IS_NOT_COVERED),
            Self::Confirm(person) if !covered(person) => Some(words::IS_NOT_COVERED),
            Self::Confirm(person) => (!unconfirmed(person)).then_some(words::IS_CONFIRMED),
        }
    }
}

fn ending(view: &AgreementView) -> Option<&Ending> {
    view.agreement.signed()?.ending.as_ref()
}

impl State {
    /// Reads a date, or complains.
    fn day(&mut self, at: usize) -> Option<Day> {
        let day = self.asks.day(at, self.today);
        if day.is_none() {
            self.asks.complain(at, words::BAD_DAY);
        }
        day
    }

    /// Reads the consent whose first question is at `at`.
    fn consent(&self, person: PersonId, on: Day, at: usize) -> Option<Consent> {
        let kind = *self.kinds(person).get(self.asks.choice(at))?;
        let name = self.asks.text(at + 2).to_owned();
        let mut people = self.people.iter();
        let guardian = (kind == ConsentKind::Guardian).then(|| Guardian {
            person: people.find(|one| one.name == name).map(|one| one.person),
            relation: self.asks.text(at + 3).to_owned(),
            name,
        });
        let taker = self.asks.choice(self.taker_at(person, at));
        let taker = self.takers().nth(taker).map(|one| one.id);
        Some(Consent {
            person,
            kind,
            on,
            evidence: self.asks.ascii(at + 1),
            taken_by: taker.unwrap_or(self.by),
            guardian,
        })
    }

    /// Returns what the desk is asked; none where an answer cannot be read.
    pub(super) fn action(&mut self) -> Option<Action> {
        let text = |state: &Self, at| state.asks.text(at).to_owned();
        Some(match self.deed {
            Deed::Notice => {
                let on = self.day(0)?;
                let by = self.adults().get(self.asks.choice(1))?.person;
                Action::GiveNotice(Notice {
                    on,
                    by,
                    way: *NoticeWay::ALL.get(self.asks.choice(2))?,
                    reason: *NoticeReason::ALL.get(self.asks.choice(3))?,
                    note: text(self, 4),
                })
            }
            Deed::Withdraw => {
                let on = self.day(0)?;
                let by = self.adults().get(self.asks.choice(1))?.person;
                let evidence = self.asks.ascii(2);
                Action::WithdrawNotice { by, on, evidence }
            }
            Deed::SignEnding(side) => {
                let on = self.day(1)?;
                let name = text(self, 0);
                let of_name = |one: &&crate::domain::clinic::Staff| one.name == name;
                let staff = self.staff.iter().find(of_name).map(|one| one.id);
                let signature = Signature { name, staff, on };
                Action::SignEnding { side, signature }
            }
            Deed::End => {
                let last_day = self.day(0)?;
                let sheet = self.asks.ascii(1);
                Action::End { last_day, sheet }
            }
            Deed::Leave(person) => self.leave(person)?,
            Deed::Join(person) => {
                let on = self.day(0)?;
                let consent = self.consent(person, on, 1)?;
                let after = self.taker_at(person, 1) + 1;
                let is_ward = consent.kind == ConsentKind::Guardian && self.may_be_ward(person);
                Action::Join(Box::new(Joining {
                    person,
                    basic: Some(Basic::Included),
                    consent,
                    incapable: if is_ward {
                        text(self, after)
                    } else {
                        String::new()
                    },
                    above_cap: self.above_cap(after + usize::from(self.may_be_ward(person))),
                }))
            }
            Deed::Confirm(person) => {
                let on = self.day(0)?;
                Action::Confirm(self.consent(person, on, 1)?)
            }
            Deed::Remind => Action::SpeakOfRenewal { on: self.day(0)? },
            Deed::Doubt => Action::Doubt {
                cause: text(self, 0),
            },
            Deed::Clear => Action::ClearDoubt {
                finding: text(self, 0),
            },
            Deed::Void => self.void()?,
            Deed::Stop => Action::StopService {
                last_day: self.day(0)?,
                evidence: self.asks.ascii(1),
            },
            Deed::Acting => Action::NameActing {
                doctor: self.doctors.get(self.asks.choice(0))?.id,
            },
            Deed::Discard | Deed::SignAnew => Action::Discard {
                reason: text(self, 0),
            },
        })
    }

    fn leave(&mut self, person: PersonId) -> Option<Action> {
        let last_day = self.day(0)?;
        let reason = match LEAVING.get(self.asks.choice(1))? {
            Leaving::OptsOut => LeaveReason::OptsOut {
                signature: Box::new(self.consent(person, last_day.min(self.today), 3)?),
            },
            Leaving::Moved => LeaveReason::MovedOut {
                to: self.asks.text(2).to_owned(),
            },
            Leaving::Died => LeaveReason::Died,
        };
        Some(Action::Leave {
            person,
            last_day,
            reason,
        })
    }

    /// Reads the leave to go above the cap, asked where the panel is full.
    fn above_cap(&self, at: usize) -> Option<CapOverride> {
        if !self.is_full {
            return None;
        }
        let name = self.asks.text(at + 1).to_owned();
        let by = signing::approver(&self.staff, name, self.asks.text(at + 2).to_owned());
        let on = self.today;
        Some(CapOverride {
            reason: self.asks.text(at).to_owned(),
            approval: by.map(|by| Approval { by, on }),
        })
    }

    fn void(&mut self) -> Option<Action> {
        let informed = self.day(4)?;
        let name = self.asks.text(2).to_owned();
        let paper = self.asks.text(3).to_owned();
        let by = signing::approver(&self.staff, name, paper);
        let on = self.today;
        Some(Action::Void(Box::new(Voiding {
            finding: *VoidFinding::ALL.get(self.asks.choice(0))?,
            reason: self.asks.text(1).to_owned(),
            approval: by.map(|by| Approval { by, on }),
            informed: Some(informed),
        })))
    }
}
