//! The details that follow the selection: kept of the people seen last, asked for once it rests.
//! While it moves on too fast for anybody to read them there are none, so that nobody's stand under
//! another's name.
//!
//! How they are drawn stands in `detail`.

use std::{collections::VecDeque, time::Duration};

use crate::{
    desk::{Question, Reply, Stop, reply::Glance},
    domain::id::PersonId,
    tui::{hand::Hand, port::Ticket},
};

/// The selection has to rest so long before details are asked for; moving again sooner is
/// passing by.
const REST: Duration = Duration::from_millis(80);
/// How many people's details are kept.
const KEPT: usize = 40;

/// What is known of people, and whose turn it is.
#[derive(Debug, Default)]
pub struct Details {
    known: VecDeque<Glance>,
    /// Whose details stand below the list.
    shown: Option<PersonId>,
    asked: Option<Ticket>,
    rests_at: Option<Duration>,
    /// When the selection moved last.
    moved: Option<Duration>,
    /// It moved before it had rested.
    passes: bool,
}

impl Details {
    /// Returns what is to be shown.
    pub fn shown(&self) -> Option<&Glance> {
        self.known
            .iter()
            .find(|known| Some(known.person) == self.shown)
    }

    /// The selection moved to a row of this person.
    pub fn moved(&mut self, to: Option<PersonId>, now: Duration) {
        let last = self.moved.replace(now);
        self.passes = last.is_some_and(|last| now < last + REST);
        let is_known = to.is_none_or(|person| self.knows(person));
        if self.passes {
            self.shown = None;
        } else if is_known {
            self.shown = to;
        }
        self.rests_at = (self.passes || !is_known).then(|| now + REST);
    }

    /// The list was answered anew: what was known may have changed. The selected person's details
    /// stay until they are.
    pub fn renewed(&mut self, here: Option<PersonId>, now: Duration) {
        self.known.retain(|known| Some(known.person) == here);
        self.shown = here;
        self.rests_at = here.map(|_| now + REST);
        self.passes = false;
    }

    /// Returns when the selection has rested long enough.
    pub fn deadline(&self) -> Option<Duration> {
        self.rests_at.filter(|_| self.asked.is_none())
    }

    /// Asks for the selected person's details, unless they are known and only had to wait.
    pub fn wake(&mut self, here: Option<PersonId>, hand: &mut Hand<'_>) {
        self.rests_at = None;
        let passed = std::mem::take(&mut self.passes);
        match here {
            Some(person) if passed && self.knows(person) => self.shown = here,
            Some(person) => self.asked = Some(hand.ask(Question::Glance(person))),
            None => {}
        }
    }

    /// Takes an answer, if it is one to this; `here` is selected now.
    pub fn replied(
        &mut self,
        ticket: Ticket,
        reply: &Result<Reply, Stop>,
        here: Option<PersonId>,
    ) -> bool {
        if self.asked != Some(ticket) {
            return false;
        }
        self.asked = None;
        if let Ok(Reply::Glance(glance)) = reply {
            self.known.retain(|known| known.person != glance.person);
            self.known.push_front(Glance::clone(glance));
            self.known.truncate(KEPT);
            if here == Some(glance.person) && !self.passes {
                self.shown = here;
            }
        }
        true
    }

    fn knows(&self, person: PersonId) -> bool {
        self.known.iter().any(|known| known.person == person)
    }
}
