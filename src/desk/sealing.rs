//! Sealing the data of before there were passwords, under the password of whoever asks for it.

use super::{
    Desk, Reception, Stop, answers,
    entrance::{Badge, Entrance, Password, Recovery},
    guard, rights,
};
use crate::{
    domain::{
        clinic::{Clinic, Staff},
        event::{Event, clinic::PasswordGiven},
        refusal::{CopyRefusal, RecordRefusal},
        rows::clinic_key,
        tables::Read as _,
    },
    store::{Error, Header, Progress, Snapshot, Store, Writing},
};

/// The stable key of the entry that tells of it.
const CAUSE: &str = "seal";

impl Reception {
    /// Says whether what lies plain here is to be sealed, before a password is asked for it.
    ///
    /// # Errors
    /// Refuses a practice village, and where nothing is set up; as the disk says.
    pub fn may_seal(&self) -> Result<(), Stop> {
        is_real(&Store::open(&self.folder.database(), None)?.snapshot()?)
    }

    /// Seals the data that lie plain here, as a whole: a kill at any moment leaves them as they
    /// were, or sealed. Other windows go on until the last moment, and end then. The recovery code
    /// is shown once and kept nowhere.
    ///
    /// # Errors
    /// Refuses a practice village, whoever may not change the clinic, and a short password;
    /// `Busy` while another process seals; `Interrupted`; else as the disk says.
    pub fn seal(
        &self,
        name: &str,
        password: &Password,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<(Desk, Recovery), Stop> {
        let _held = self.folder.hold_sealing()?;
        // Another process was first: what it built is the only store that opens.
        if self.folder.finish_sealing()? || !self.folder.lies_plain() {
            return Err(Error::Sealed(self.folder.database()).into());
        }
        let workshop = self.folder.sealing();
        workshop.remove()?;
        let built = self.sealed(name, password, progress);
        if built.is_err() && !self.folder.is_given_up() {
            // What was built so far is of no use; the first trouble is the one to tell.
            let _ = workshop.remove();
        }
        let (badge, code) = built?;
        self.folder.finish_sealing()?;
        let desk = Desk::open(&self.folder, Some(&badge), self.seat.clone())?;
        desk.note_sealed(&badge)?;
        Ok((desk, code))
    }

    fn sealed(
        &self,
        name: &str,
        password: &Password,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<(Badge, Recovery), Stop> {
        let plain = Store::open(&self.folder.database(), None)?;
        let who = who_may(&plain, name)?;
        let workshop = self.folder.sealing();
        workshop.create()?;
        let (badge, code) = Entrance::of(&workshop).install_for(who.id, name, password)?;
        let sealed = Store::open(&workshop.database(), Some(badge.key()))?;
        plain.seal_into(&sealed, || self.folder.note_ready(), progress)?;
        Ok((badge.at(&Entrance::of(&self.folder)), code))
    }
}

/// Refuses a practice village, which has nobody real in it.
fn is_real(plain: &Snapshot) -> Result<(), Stop> {
    let clinic: Option<Clinic> = plain.get(&clinic_key())?;
    let clinic = clinic.ok_or(RecordRefusal::NotSetUp)?;
    match clinic.practice_day {
        Some(_) => Err(CopyRefusal::Practice.into()),
        None => Ok(()),
    }
}

/// Returns the staff member of this name, who may change the clinic.
fn who_may(plain: &Store, name: &str) -> Result<Staff, Stop> {
    let snapshot = plain.snapshot()?;
    is_real(&snapshot)?;
    let staff = answers::settings::staff(&snapshot)?;
    let who = staff.iter().find(|who| who.active && who.name == name);
    let who = who.ok_or_else(|| RecordRefusal::NoStaff {
        name: name.to_owned(),
    })?;
    rights::clinic(Some(who), &staff)?;
    Ok(who.clone())
}

impl Desk {
    fn note_sealed(&self, badge: &Badge) -> Result<(), Stop> {
        let Some(staff) = badge.staff() else {
            return Ok(());
        };
        self.store().write(|writing: &mut Writing<'_>| {
            let now = self.now();
            if guard::clock(writing.last_time()?, now, None).is_err() {
                return Ok(());
            }
            let header = Header {
                at: now,
                day: self.day_for(writing.clinic()?.as_ref(), now),
                user: staff,
                window: self.window().to_owned(),
                request: format!("{CAUSE}:{now}:{}", self.window()),
                cause: CAUSE.to_owned(),
            };
            let event = Event::PasswordGiven(PasswordGiven { staff });
            writing.append(&header, vec![event])?;
            Ok(())
        })
    }
}
