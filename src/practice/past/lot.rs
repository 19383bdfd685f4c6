//! The villages that live their years through together.

use std::ops::Range;

use super::{
    super::{Plan, pace::Pace, places::Village, signed::OWN},
    Past, Waiting, count, moment,
};

/// People of a lot beyond the clinic's own villages, where its villages are not larger.
const LOT: u64 = 3000;

/// Villages that live their years through together. A house has to do with no other lot's, and
/// so has the doctor it signs with, but for the township centre's.
#[derive(Debug, Clone)]
pub struct Lot {
    villages: Range<usize>,
    pub people: u64,
    /// People and households of the lots before.
    pub before: u64,
    pub households: u64,
}

impl Lot {
    /// Returns the clinic's own villages.
    pub fn first(villages: &[Village]) -> Self {
        Self::of(villages, 0..OWN.min(villages.len()))
    }

    fn of(all: &[Village], villages: Range<usize>) -> Self {
        let people = |all: Option<&[Village]>| -> u64 {
            let all = all.unwrap_or_default().iter();
            all.map(|village| u64::from(village.people)).sum()
        };
        Self {
            people: people(all.get(villages.clone())).max(1),
            before: people(all.get(..villages.start)),
            households: 0,
            villages,
        }
    }

    /// Returns as many of the villages that follow as are one lot: at least one.
    fn next(&self, all: &[Village]) -> Self {
        let from = self.villages.end;
        let mut people = 0;
        let rest = all.iter().skip(from);
        let few = rest.take_while(|village| {
            people += u64::from(village.people);
            people <= LOT
        });
        let to = from + few.count().max(1);
        Self::of(all, from..to.min(all.len()))
    }

    /// Says whether a village belongs to it.
    pub fn has(&self, village: usize) -> bool {
        self.villages.contains(&village)
    }

    /// Returns the clinic's habits in these villages.
    pub fn pace(&self, plan: &Plan) -> Pace {
        let people = u32::try_from(self.people).unwrap_or(u32::MAX);
        Pace::new(people, &mut plan.habits(self.villages.start))
    }
}

impl Past<'_> {
    /// Forgets the people of this lot, and begins the years of the next.
    pub(super) fn begin_next_lot(&mut self) {
        self.lot = Lot {
            households: self.lot.households + count(self.homes.len()),
            ..self.lot.next(self.chances.villages())
        };
        self.pace = self.lot.pace(&self.chances);
        self.placed = 0;
        self.walkers.clear();
        self.walker_of.clear();
        self.homes.clear();
        self.home_of.clear();
        self.signed_by.clear();
        self.waiting = Waiting::Nothing;
        self.slip = None;
        self.above = None;
        self.now = moment(self.first, 8 * 60 + 5);
        self.plan_mornings();
    }
}
