//! Who looked: noted here with every answer that shows a record, collected, and told to the
//! journal with the next change, within a minute, or on leaving.
//!
//! Only whoever signed in is noted: where there is no door nobody knows who sits there.

use std::sync::{MutexGuard, PoisonError};

use super::{
    Desk, Reply, Stop,
    request::{HandedOut, Question},
};
use crate::domain::{
    clinic::{Role, Staff},
    id::{AgreementId, HouseholdId, PersonId},
    looking::{Look, Looks, Way},
    refusal::AccountRefusal,
    rows::id_key,
    tables::Read as _,
};

/// How much somebody sees of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Eyes {
    /// All of them.
    Whole,
    /// Telephones when asked for by name: to phone residents back.
    Supervising,
    /// None: this place only reads.
    Hidden,
}

/// What an answer showed.
#[derive(Default)]
struct Seen {
    way: Option<Way>,
    people: Vec<PersonId>,
    household: Option<HouseholdId>,
    agreement: Option<AgreementId>,
}

impl Desk {
    /// Returns how much the one who signed in sees of numbers.
    pub(super) fn eyes(&self) -> Result<Eyes, Stop> {
        if self.is_read_only() {
            return Ok(Eyes::Hidden);
        }
        Ok(match self.role()? {
            Some(Role::Supervisor) => Eyes::Supervising,
            Some(Role::Doctor | Role::PublicHealth | Role::Admin) | None => Eyes::Whole,
        })
    }

    /// Returns the role of whoever signed in; none where nobody did.
    pub(super) fn role(&self) -> Result<Option<Role>, Stop> {
        let Some(staff) = self.signed_in() else {
            return Ok(None);
        };
        let staff: Option<Staff> = self.store().snapshot()?.get(&id_key(staff.0))?;
        Ok(staff.map(|staff| staff.role))
    }

    /// Refuses what would tell whole entries to somebody who sees numbers hidden.
    ///
    /// # Errors
    /// `E-ROLE`, `E-READ-ONLY`.
    pub(super) fn may_see_entries(&self) -> Result<(), Stop> {
        match self.eyes()? {
            Eyes::Whole => Ok(()),
            Eyes::Supervising => Err(AccountRefusal::Role {
                role: Role::Supervisor,
            }
            .into()),
            Eyes::Hidden => Err(AccountRefusal::ReadOnly.into()),
        }
    }

    /// Notes what an answer showed of whom.
    pub(super) fn note_look(&self, question: &Question, reply: &Reply, eyes: Eyes) {
        let seen = seen(question, reply, eyes);
        if let Some(way) = seen.way {
            self.add(Look {
                household: seen.household,
                agreement: seen.agreement,
                ..self.look(way, seen.people)
            });
        }
    }

    /// Notes that something left the store on paper or in a file.
    pub fn hand_out(&self, handed: &HandedOut) {
        self.add(Look {
            handed: Some(handed.what.clone()),
            ..self.look(handed.way, handed.people.clone())
        });
    }

    fn look(&self, way: Way, people: Vec<PersonId>) -> Look {
        Look {
            at: self.now(),
            by: self.signed_in(),
            window: self.window().to_owned(),
            way,
            people,
            household: None,
            agreement: None,
            handed: None,
        }
    }

    fn add(&self, look: Look) {
        if self.badge.is_some() {
            self.looks().note(look);
        }
    }

    pub(super) fn looks(&self) -> MutexGuard<'_, Looks> {
        self.looks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A card is seen whole by whoever sees numbers; to others it is a record like any.
fn seen(question: &Question, reply: &Reply, eyes: Eyes) -> Seen {
    let mut seen = shown(reply);
    match question {
        Question::PersonCard(_) | Question::HouseholdCard(_) if eyes == Eyes::Whole => {
            seen.way = Some(Way::Number);
        }
        Question::Numbers(person) => {
            seen.way = Some(Way::Number);
            seen.people = vec![*person];
        }
        _ => {}
    }
    seen
}

/// Whose record an answer shows. Lists show nobody's.
fn shown(reply: &Reply) -> Seen {
    let of = |way, person| Seen {
        way: Some(way),
        people: vec![person],
        ..Seen::default()
    };
    match reply {
        Reply::Person(view) => of(Way::Record, view.member.person.id),
        Reply::Picture(view) => of(Way::Record, view.person.id),
        Reply::VisitDesk(view) => of(Way::Record, view.person.id),
        Reply::Contact(view) => of(Way::Record, view.person.id),
        Reply::Slip(Some(view)) => of(Way::Record, view.who.person),
        Reply::Household(view) => Seen {
            way: Some(Way::Household),
            people: view.members.iter().map(|one| one.person.id).collect(),
            household: Some(view.household.id),
            agreement: None,
        },
        Reply::Agreement(view) => Seen {
            way: Some(Way::Agreement),
            people: view.people.iter().map(|one| one.person).collect(),
            household: None,
            agreement: Some(view.agreement.id),
        },
        Reply::AgreementPaper(view) => Seen {
            way: Some(Way::Agreement),
            people: view.people.iter().map(|(one, _)| one.id).collect(),
            household: None,
            agreement: Some(view.agreement.id),
        },
        _ => Seen::default(),
    }
}
