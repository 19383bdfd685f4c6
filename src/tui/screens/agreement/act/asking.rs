//! What the dialog of each deed asks.

use super::{Deed, State, deeds::LEAVING};
use crate::{
    desk::reply::{AgreementPerson, ConsentRule},
    domain::{
        agreement::{
            consent::ConsentKind,
            signed::{NoticeReason, NoticeWay, Side, VoidFinding},
        },
        clinic::Staff,
        id::PersonId,
        text::Text,
    },
    tui::{screens::agreement::words, theme::Look, widgets::questions::Item},
};

fn list<T: Copy>(look: &Look, all: &[T], name: fn(T) -> Text) -> Vec<String> {
    all.iter()
        .map(|one| look.say(name(*one)).to_owned())
        .collect()
}

impl State {
    /// Returns what the deed asks.
    pub(super) fn items(&self, look: &Look) -> Vec<Item> {
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
                    Side::Clinic => self.doctor.clone(),
                    Side::Resident => adults().into_iter().next().unwrap_or_default(),
                };
                vec![Item::text(words::SIGNED_BY, &name), on()]
            }
            Deed::End => vec![
                Item::plain(words::LAST_DAY, &today),
                Item::plain(words::SHEET, ""),
            ],
            Deed::Leave(person) => {
                let reasons = LEAVING.map(|one| look.say(one.name()).to_owned()).to_vec();
                let mut items = vec![
                    Item::plain(words::LAST_DAY, &today),
                    Item::choice(words::REASON, reasons, 0),
                    Item::text(words::WHERE_TO, ""),
                ];
                items.extend(self.consent_items(person, look));
                items
            }
            Deed::Confirm(person) => {
                let mut items = vec![on()];
                items.extend(self.consent_items(person, look));
                items
            }
            Deed::Join(person) => {
                let mut items = vec![on()];
                items.extend(self.consent_items(person, look));
                if self.may_be_ward(person) {
                    items.push(Item::text(words::INCAPABLE, ""));
                }
                if self.is_full {
                    items.push(Item::text(words::CAP_REASON, ""));
                    items.push(Item::text(words::APPROVER, ""));
                    items.push(Item::text(words::PAPER, ""));
                }
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
            Deed::Stop => vec![
                Item::plain(words::LAST_DAY, &today),
                Item::plain(words::EVIDENCE, ""),
            ],
            Deed::Acting => {
                let names = self.doctors.iter().map(|one| one.name.clone());
                vec![Item::choice(words::ACTING_DOCTOR, names.collect(), 0)]
            }
            Deed::Discard | Deed::SignAnew => vec![Item::text(words::REASON, "")],
        }
    }

    pub(super) fn adults(&self) -> Vec<&AgreementPerson> {
        let people = self.people.iter();
        people
            .filter(|one| one.consent_rule == ConsentRule::Own)
            .collect()
    }

    /// Returns the ways the person can consent in this dialog.
    pub(super) fn kinds(&self, person: PersonId) -> Vec<ConsentKind> {
        let rule = self.person(person).map(|one| one.consent_rule);
        if rule == Some(ConsentRule::Guardian) {
            return vec![ConsentKind::Guardian];
        }
        let fits = |kind: &&ConsentKind| kind.is_own() || self.may_be_ward(person);
        ConsentKind::ALL.iter().filter(fits).copied().collect()
    }

    /// Says whether somebody of age joins: without capacity the guardian signs.
    pub(super) fn may_be_ward(&self, person: PersonId) -> bool {
        let rule = self.person(person).map(|one| one.consent_rule);
        let is_joining = self.deed == Deed::Join(person);
        is_joining && rule != Some(ConsentRule::Guardian)
    }

    /// Says whether a guardian's name has a place among the questions.
    fn asks_guardian(&self, person: PersonId) -> bool {
        self.kinds(person).contains(&ConsentKind::Guardian)
    }

    /// Returns where who takes the consent is asked, whose first question is at `at`.
    pub(super) fn taker_at(&self, person: PersonId, at: usize) -> usize {
        at + if self.asks_guardian(person) { 4 } else { 2 }
    }

    /// Returns who works here and may take a consent.
    pub(super) fn takers(&self) -> impl Iterator<Item = &Staff> {
        self.staff.iter().filter(|one| one.active)
    }

    fn consent_items(&self, person: PersonId, look: &Look) -> Vec<Item> {
        let kinds = self.kinds(person);
        let mut items = vec![
            Item::choice(words::KIND, list(look, &kinds, ConsentKind::name), 0),
            Item::plain(words::EVIDENCE, ""),
        ];
        if self.asks_guardian(person) {
            let (name, relation) = if self.may_be_ward(person) {
                (words::GUARDIAN_IF, words::GUARDIAN_RELATION_IF)
            } else {
                (words::GUARDIAN, words::GUARDIAN_RELATION)
            };
            items.push(Item::text(name, ""));
            items.push(Item::text(relation, ""));
        }
        let names = self.takers().map(|one| one.name.clone());
        let own = self.takers().position(|one| one.id == self.by);
        items.push(Item::choice(
            words::TAKEN_BY,
            names.collect(),
            own.unwrap_or(0),
        ));
        items
    }
}
