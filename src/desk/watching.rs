//! What a window is told of what happens beside it: that somebody wrote, came or went, that the
//! day or the disk is another.

use std::{sync::Arc, time::Instant};

use super::{Desk, Stop, office::Word};
use crate::{
    domain::{clinic::Staff, clock, day::Day, failure::FailureKind, rows::Copies},
    store::{self, Comings, Pulse, Windows},
};

/// What a window was told last.
pub(super) struct Watch {
    desk: Arc<Desk>,
    comings: Option<Comings>,
    pulse: Pulse,
    known: Option<(u64, Day)>,
    /// The day of the clock when the counter was last read.
    read_on: Option<Day>,
    you: Option<Staff>,
    here: usize,
    /// Whether it was told that the data cannot be read.
    is_lost: bool,
    /// The day on which the room on the disk was looked at last.
    room_on: Option<Day>,
    copies: Option<Copies>,
    /// How much of the data it was told is read.
    read: Option<u8>,
}

impl Watch {
    /// Begins to watch over the store of a desk, as it stands now.
    pub(super) fn over(desk: Arc<Desk>, windows: Option<&Windows>) -> Self {
        Self {
            comings: windows.map(Windows::comings),
            pulse: desk.store().pulse(),
            known: desk.beat().ok(),
            read_on: None,
            you: desk.own_standing().ok().flatten(),
            desk,
            here: 0,
            is_lost: false,
            room_on: None,
            copies: None,
            read: None,
        }
    }

    /// Tells what is new; returns whether to go on.
    pub(super) fn looked(&mut self, tell: &impl Fn(Word)) -> bool {
        // A damaged page may break one look off; the next is taken all the same.
        let looked = store::Error::contained(|| Ok(self.look(tell)));
        looked.unwrap_or_else(|stop: Stop| self.lost(stop, tell))
    }

    fn look(&mut self, tell: &impl Fn(Word)) -> bool {
        // What cannot be told now waits on; whoever saves hears what is wrong with the disk.
        let _ = self.desk.note_old_looks();
        let (head, day) = match self.beat() {
            Ok(beat) => beat,
            Err(stop) => return self.lost(stop, tell),
        };
        self.is_lost = false;
        let (known_head, known_day) = self.known.unwrap_or((0, day));
        self.known = Some((head, day));
        if known_day != day {
            tell(Word::NewDay(day));
        }
        if known_head != head {
            tell(Word::Changed(head));
            self.look_at_user(tell);
            let copies = self.desk.copies().ok().flatten();
            if let Some(copies) = copies.filter(|copies| self.copies.as_ref() != Some(copies)) {
                self.copies = Some(copies.clone());
                tell(Word::Copies(copies));
            }
        }
        if let Some(news) = self.desk.tend_tail(Instant::now()) {
            tell(Word::News(news));
        }
        if self.room_on.replace(day) != Some(day)
            && let Some(scarce) = self.desk.scarce()
        {
            tell(Word::Scarce(scarce));
        }
        let here = self.comings.as_mut().and_then(Comings::here).unwrap_or(0);
        if self.here != here {
            self.here = here;
            tell(Word::Windows(here));
        }
        let read = self.desk.store().read_so_far();
        if self.read != read {
            self.read = read;
            tell(Word::Reading(read));
        }
        true
    }

    /// Reads the counter and the clinic's day, where somebody has written or the clock's day is
    /// another one: only then can they be others.
    fn beat(&mut self) -> Result<(u64, Day), Stop> {
        let is_still = self.pulse.is_still() && !self.is_lost;
        let today = Some(clock::day_of(self.desk.time()));
        match self.known {
            Some(known) if is_still && self.read_on == today => Ok(known),
            _ => {
                self.read_on = today;
                self.desk.beat()
            }
        }
    }

    /// Tells once that the data cannot be read; returns whether they may come back.
    fn lost(&mut self, stop: Stop, tell: &impl Fn(Word)) -> bool {
        let is_final = match &stop {
            Stop::Failed(error) => error.kind() == FailureKind::Newer,
            Stop::Refused(_) => true,
        };
        if !self.is_lost {
            self.is_lost = true;
            tell(Word::Lost(stop));
        }
        !is_final
    }

    /// Tells where whoever signed in got another name or role, or does not work here any more.
    fn look_at_user(&mut self, tell: &impl Fn(Word)) {
        if self.desk.signed_in().is_none() {
            return;
        }
        if let Ok(you) = self.desk.own_standing()
            && self.you != you
        {
            self.you.clone_from(&you);
            tell(Word::You(you));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::{
        catalog::Catalog,
        store::{Store, rows},
    };

    struct Standing;

    impl clock::Clock for Standing {
        fn now(&self) -> clock::Moment {
            1_795_226_400_000
        }
    }

    #[test]
    fn a_quiet_store_is_no_news() {
        let catalog: &'static Catalog = Box::leak(Box::new(Catalog::built_in().unwrap()));
        let store = Store::in_memory(rows::VERSION).unwrap();
        let desk = Desk::new(store, Arc::new(Standing), catalog, "w", None);
        let mut watch = Watch::over(Arc::new(desk), None);
        let told = RefCell::new(0);
        for _ in 0..33 {
            assert!(watch.look(&|_| *told.borrow_mut() += 1));
        }
        assert_eq!(told.into_inner(), 0);
    }
}
