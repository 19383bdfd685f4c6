//! The roll of agreements: each missed day in a transaction of its own, in date order, as if it
//! had been done on time (agreements §9).

use super::{
    Desk, Stop,
    answers::{self, Facts, Pen, agreement::roll},
    guard,
    reply::Done,
    request::Change,
    rights,
};
use crate::{
    domain::{
        agreement::{refusal::AgreementRefusal, rules::HELD_BACK_DAYS},
        clock,
        day::{Day, plus_days},
        event::{Event, clinic::ClockConfirmed},
        id::StaffId,
        rows::id_key,
        tables::Read,
    },
    store::{Header, Writing},
};

impl Desk {
    /// Rolls every agreement whose day has come, and tells what was done.
    ///
    /// # Errors
    /// E-AGR-ROLL where more than 31 days were missed and today's date is not confirmed by who
    /// may; E-CLOCK as every change.
    pub(super) fn roll_agreements(&self, change: &Change) -> Result<Done, Stop> {
        let now = self.now();
        let (today, first) = self.due_first()?;
        let mut told = Done::nothing(self.store().head()?);
        let mut next = first;
        if let Some(first) = first {
            self.hold_back(change, first, today)?;
        }
        while let Some(day) = next {
            let (done, after) = self
                .store()
                .write(|writing| self.roll_day(writing, change, day, (now, today)))?;
            if let Some(done) = done {
                told.join(done);
            }
            next = after;
        }
        Ok(told)
    }

    /// Rolls what is due by the day of a practice store's past, in the transaction that writes
    /// that past. Nobody need confirm a date that is long over.
    pub(super) fn relive_roll(
        &self,
        writing: &mut Writing<'_>,
        change: &Change,
        now: clock::Moment,
        today: Day,
    ) -> Result<Done, Stop> {
        let mut told = Done::nothing(writing.head()?);
        let mut next = roll::next(writing, Day::MIN, today)?;
        while let Some(day) = next {
            let (done, after) = self.roll_day(writing, change, day, (now, today))?;
            if let Some(done) = done {
                told.join(done);
            }
            next = after;
        }
        Ok(told)
    }

    /// Returns the clinic's day, and the first day with something to do.
    fn due_first(&self) -> Result<(Day, Option<Day>), Stop> {
        let snapshot = self.store().snapshot()?;
        let today = self.today_in(&snapshot)?;
        let first = roll::next(&snapshot, Day::MIN, today)?;
        Ok((today, first))
    }

    /// Too many missed days wait until somebody who may confirms today's date.
    fn hold_back(&self, change: &Change, first: Day, today: Day) -> Result<(), Stop> {
        let missed = (today - first).num_days() + 1;
        if missed <= HELD_BACK_DAYS {
            return Ok(());
        }
        let snapshot = self.store().snapshot()?;
        let who = snapshot.get(&id_key(change.by.0))?;
        let staff = self.able(answers::settings::staff(&snapshot)?)?;
        drop(snapshot);
        if change.date_is != Some(today) {
            let needed = rights::who_changes(&staff);
            return Err(AgreementRefusal::HeldBack { missed, needed }.into());
        }
        rights::clinic(who.as_ref(), &staff)?;
        Ok(())
    }

    /// Rolls one day. Returns what was done and the next day with something to do.
    fn roll_day(
        &self,
        writing: &mut Writing<'_>,
        change: &Change,
        day: Day,
        (now, today): (clock::Moment, Day),
    ) -> Result<(Option<Done>, Option<Day>), Stop> {
        let clinic = writing.clinic()?;
        if clinic.is_some_and(|clinic| clinic.practice_day.is_none()) {
            let confirmed = guard::clock(writing.last_time()?, now, change.date_is)?;
            if confirmed {
                let event = Event::ClockConfirmed(ClockConfirmed { day: today });
                let own = Header {
                    request: format!("{}/clock", change.id),
                    ..self.header(change, now, today)
                };
                writing.append(&own, vec![event])?;
            }
        }
        let facts = Facts {
            today,
            by: StaffId::PROGRAM,
            catalog: self.seat.catalog,
        };
        let mut pen = Pen::new(writing, &facts);
        roll::day(&mut pen, day)?;
        let events = pen.events();
        let done = if events.is_empty() {
            None
        } else {
            let header = Header {
                user: StaffId::PROGRAM,
                request: request_id(writing, day, today)?,
                ..self.header(change, now, today)
            };
            let entry = writing.append(&header, events)?;
            Some(super::told::done_by(writing, &entry)?)
        };
        let next = roll::next(writing, plus_days(day, 1), today)?;
        Ok((done, next))
    }
}

/// Returns `roll:<day>`; where that day was rolled before, and something came to be due on it
/// only afterwards, with today's date behind it, and with the entry's number where that was too.
fn request_id(writing: &Writing<'_>, day: Day, today: Day) -> Result<String, Stop> {
    let mut id = format!("roll:{day}");
    for more in [today.to_string(), (writing.head()? + 1).to_string()] {
        if writing.request(&id)?.is_some() {
            id = format!("{id}:{more}");
        }
    }
    Ok(id)
}
