//! The clinic at a glance.

use crate::{
    desk::{
        Desk, Stop,
        reply::{Done, Overview},
        rights,
    },
    domain::{
        clinic::{Staff, Village},
        event::Entry,
        rows::clinic_key,
        tables::{Counter, Read},
    },
};

impl Desk {
    pub(in crate::desk) fn overview(&self) -> Result<Overview, Stop> {
        let snapshot = self.store().snapshot()?;
        let clinic = snapshot.get(&clinic_key())?;
        let now = self.now();
        let mut staff: Vec<Staff> = Vec::new();
        snapshot.every(|row| {
            staff.push(row);
            Ok(true)
        })?;
        let clinic_is_of = rights::who_changes(&self.able(staff.clone())?);
        let mut villages: Vec<Village> = Vec::new();
        snapshot.every(|row| {
            villages.push(row);
            Ok(true)
        })?;
        Ok(Overview {
            today: self.day_for(clinic.as_ref(), now),
            now,
            head: snapshot.head()?.seq,
            staff,
            villages,
            people: snapshot.counter(&Counter::Person)?,
            households: snapshot.counter(&Counter::Household)?,
            copies: self.copies()?,
            lock_minutes: self.lock_minutes(&snapshot)?,
            clinic,
            is_read_only: self.is_read_only(),
            clinic_is_of,
        })
    }

    /// Returns the reply a change got before, by the id its front end gave it.
    pub(super) fn repeated(&self, id: &str) -> Result<Option<Done>, Stop> {
        let snapshot = self.store().snapshot()?;
        let Some((first, last)) = snapshot.request(id)? else {
            return Ok(None);
        };
        let mut done = Done::nothing(last);
        snapshot.entries(first, |entry, _| {
            for event in &entry.events {
                done.add(&entry.cause, event);
            }
            Ok(entry.seq < last)
        })?;
        Ok(Some(done))
    }

    pub(super) fn journal(&self, first: u64, limit: usize) -> Result<Vec<Entry>, Stop> {
        self.may_see_entries()?;
        let snapshot = self.store().snapshot()?;
        let mut entries = Vec::new();
        if 0 < limit {
            snapshot.entries(first, |entry, _| {
                entries.push(entry);
                Ok(entries.len() < limit)
            })?;
        }
        Ok(entries)
    }
}
