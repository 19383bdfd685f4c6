//! What each deed asks, when it is not for now, and what the desk is asked then.

use super::{Deed, State};
use crate::{
    desk::reply::{AgreementPerson, AgreementView, ConsentRule},
    domain::{
        agreement::{
            action::{Action, Joining, Voiding},
            approval::Approval,
            consent::{Consent, ConsentKind, Guardian},
            contract::Basic,
            signed::{LeaveReason, Notice, NoticeReason, NoticeWay, Side, Signature, VoidFinding},
            state::State as Stands,
        },
        day::Day,
        id::PersonId,
        text::Text,
    },
    tui::{
        screens::{agreement::words, signing},
        theme::Look,
        widgets::questions::Item,
    },
};

/// How a member leaves, in the order offered.
const LEAVING: [Text; 3] = [words::OPTS_OUT, words::MOVED, words::DIED];

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
            | Self::Discard
            | Self::SignAnew => None,
        }
    }

    /// Returns what may be done once notice was given, what comes next first.
    pub fn of_ending(view: &AgreementView) -> Vec<Self> {
        let signed = view.agreement.signed();
        let ending = signed.and_then(|signed| signed.ending.as_ref());
        let mut deeds = Vec::new();
        if let Some(ending) = ending {
            if ending.resident.is_none() {
                deeds.push(Self::SignEnding(Side::Resident));
            }
            if ending.clinic.is_none() {
                deeds.push(Self::SignEnding(Side::Clinic));
            }
        }
        deeds.extend([Self::End, Self::Withdraw]);
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
        match self {
            Self::Notice | Self::SignAnew => (!is_active).then_some(words::NOT_ACTIVE),
            Self::Withdraw | Self::SignEnding(_) | Self::End | Self::Remind | Self::Doubt => {
                (!runs).then_some(words::ENDED)
            }
            Self::Clear | Self::Void | Self::Discard => None,
            Self::Join(_) if !is_active => Some(words::NOT_ACTIVE),
            Self::Join(person) => covered(person).then_some(words::IS_COVERED),
            Self::Leave(person) => (!covered(person)).then_some(words::IS_NOT_COVERED),
            Self::Confirm(person) if !covered(person) => Some(words::IS_NOT_COVERED),
            Self::Confirm(person) => (!unconfirmed(person)).then_some(words::IS_CONFIRMED),
        }
    }
}

fn list<T: Copy>(look: &Look, all: &[T], name: fn(T) -> Text) -> Vec<String> {
    all.iter()
        .map(|one| look.say(name(*one)).to_owned())
        .collect()
}

impl State {
    /// Returns what the deed asks.
    pub(super) fn items(&self, view: &AgreementView, look: &Look) -> Vec<Item> {
        let today = self.today.to_string();
        let on = || Item::plain(words::ON, &today);
        let adults = || {
            let names = self.adults().into_iter();
            names.map(|one| one.name.clone()).collect::<Vec<String>>()
        };
        match self.deed {
            Deed::Notice => vec![
                on(),
                Item::choice(words::BY, adults(), 0),
                Item::choice(words::WAY, list(look, NoticeWay::ALL, NoticeWay::name), 0),
                Item::choice(
                    words::REASON,
                    list(look, NoticeReason::ALL, NoticeReason::name),
                    0,
                ),
                Item::text(words::NOTE, ""),
            ],
            Deed::Withdraw => vec![
                on(),
                Item::choice(words::BY, adults(), 0),
                Item::plain(words::EVIDENCE, ""),
            ],
            Deed::SignEnding(side) => {
                let name = match side {
                    Side::Clinic => view.brief.doctor.clone(),
                    Side::Resident => adults().into_iter().next().unwrap_or_default(),
                };
                vec![Item::text(words::SIGNED_BY, &name), on()]
            }
            Deed::End => vec![
                Item::plain(words::LAST_DAY, &today),
                Item::plain(words::SHEET, ""),
            ],
            Deed::Leave(person) => {
                let reasons = LEAVING.map(|text| look.say(text).to_owned()).to_vec();
                let mut items = vec![
                    Item::plain(words::LAST_DAY, &today),
                    Item::choice(words::REASON, reasons, 0),
                    Item::text(words::WHERE_TO, ""),
                ];
                items.extend(self.consent_items(person, look));
                items
            }
            Deed::Join(person) | Deed::Confirm(person) => {
                let mut items = vec![on()];
                items.extend(self.consent_items(person, look));
                items
            }
            Deed::Remind => vec![on()],
            Deed::Doubt => vec![Item::text(words::CAUSE, "")],
            Deed::Clear => vec![Item::text(words::FINDING, "")],
            Deed::Void => vec![
                Item::choice(
                    words::FINDING,
                    list(look, VoidFinding::ALL, VoidFinding::name),
                    0,
                ),
                Item::text(words::REASON, ""),
                Item::text(words::APPROVER, ""),
                Item::text(words::PAPER, ""),
                Item::plain(words::INFORMED, &today),
            ],
            Deed::Discard | Deed::SignAnew => vec![Item::text(words::REASON, "")],
        }
    }

    fn adults(&self) -> Vec<&AgreementPerson> {
        let people = self.people.iter();
        people
            .filter(|one| one.consent_rule == ConsentRule::Own)
            .collect()
    }

    /// Returns the ways the person can consent in this dialog.
    fn kinds(&self, person: PersonId) -> Vec<ConsentKind> {
        let rule = self.person(person).map(|one| one.consent_rule);
        if rule == Some(ConsentRule::Guardian) {
            return vec![ConsentKind::Guardian];
        }
        let fits = |kind: &&ConsentKind| match self.deed {
            Deed::Join(_) => **kind != ConsentKind::Guardian,
            _ => kind.is_own(),
        };
        ConsentKind::ALL.iter().filter(fits).copied().collect()
    }

    fn consent_items(&self, person: PersonId, look: &Look) -> Vec<Item> {
        let kinds = self.kinds(person);
        let mut items = vec![
            Item::choice(words::KIND, list(look, &kinds, ConsentKind::name), 0),
            Item::plain(words::EVIDENCE, ""),
        ];
        if kinds == [ConsentKind::Guardian] {
            items.push(Item::text(words::GUARDIAN, ""));
            items.push(Item::text(words::GUARDIAN_RELATION, ""));
        }
        items
    }

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
        Some(Consent {
            person,
            kind,
            on,
            evidence: self.asks.ascii(at + 1),
            taken_by: self.by,
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
                Action::Join(Box::new(Joining {
                    person,
                    basic: Some(Basic::Included),
                    consent: self.consent(person, on, 1)?,
                    incapable: String::new(),
                    above_cap: None,
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
            Deed::Discard | Deed::SignAnew => Action::Discard {
                reason: text(self, 0),
            },
        })
    }

    fn leave(&mut self, person: PersonId) -> Option<Action> {
        let last_day = self.day(0)?;
        let reason = match self.asks.choice(1) {
            0 => LeaveReason::OptsOut {
                signature: Box::new(self.consent(person, last_day.min(self.today), 3)?),
            },
            1 => LeaveReason::MovedOut {
                to: self.asks.text(2).to_owned(),
            },
            _ => LeaveReason::Died,
        };
        Some(Action::Leave {
            person,
            last_day,
            reason,
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
