//! The walkers of a lot. Between two calls most of what is known of a person rests as bytes: as
//! tables it takes ten times the room.

use std::{
    cell::{OnceCell, RefCell},
    collections::BTreeMap,
};

use super::{duty::Duties, walker::Walker};
use crate::domain::{course::Course, form::LastRecord, value::Answers};

/// What rests: the card, the course, the last papers, the plans.
type Rest = (Answers, Course, BTreeMap<String, LastRecord>, Duties);

/// Every walker of a lot, by place.
#[derive(Debug, Default)]
pub struct Walkers {
    all: Vec<Resting>,
    /// The places of those awake.
    awake: RefCell<Vec<usize>>,
}

/// A walker between two calls.
#[derive(Debug)]
struct Resting {
    /// Without what rests.
    walker: Option<Box<Walker>>,
    rest: Box<[u8]>,
    awake: OnceCell<Box<Walker>>,
}

impl Walkers {
    pub const fn len(&self) -> usize {
        self.all.len()
    }

    pub fn clear(&mut self) {
        self.all.clear();
        self.awake.get_mut().clear();
    }

    pub fn push(&mut self, walker: Walker) {
        self.awake.get_mut().push(self.all.len());
        self.all.push(Resting {
            walker: None,
            rest: Box::default(),
            awake: OnceCell::from(Box::new(walker)),
        });
    }

    /// Returns a walker, who is awake from then on.
    pub fn get(&self, at: usize) -> Option<&Walker> {
        let resting = self.all.get(at)?;
        if resting.awake.get().is_none() {
            resting.awake.set(resting.woken()?).ok()?;
            self.awake.borrow_mut().push(at);
        }
        resting.awake.get().map(Box::as_ref)
    }

    /// Returns a walker, who is awake from then on.
    pub fn get_mut(&mut self, at: usize) -> Option<&mut Walker> {
        self.get(at)?;
        self.all.get_mut(at)?.awake.get_mut().map(Box::as_mut)
    }

    /// Lets all rest who are awake.
    pub fn rest(&mut self) {
        for at in self.awake.get_mut().drain(..) {
            if let Some(one) = self.all.get_mut(at) {
                one.sleep();
            }
        }
    }
}

impl Resting {
    fn woken(&self) -> Option<Box<Walker>> {
        let rest: Rest = postcard::from_bytes(&self.rest).ok()?;
        let mut walker = self.walker.clone()?;
        (
            walker.patient.card,
            walker.course,
            walker.lasts,
            walker.duties,
        ) = rest;
        Some(walker)
    }

    fn sleep(&mut self) {
        let Some(mut walker) = self.awake.take() else {
            return;
        };
        let rest: Rest = (
            std::mem::take(&mut walker.patient.card),
            std::mem::take(&mut walker.course),
            std::mem::take(&mut walker.lasts),
            std::mem::take(&mut walker.duties),
        );
        self.rest = postcard::to_stdvec(&rest).unwrap_or_default().into();
        self.walker = Some(walker);
    }
}
