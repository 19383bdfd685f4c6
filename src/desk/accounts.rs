//! Turning keys: what a change of the staff does to their passwords.
//!
//! What costs time, passwords tried and stretched, is done before the change's transaction; the
//! ring is turned as its last step, and turned back where the transaction was not kept. A kill
//! between the two leaves a password that opens without an entry, or a name that changes at the
//! next try. Where the disk fails at the very end of a commit, nobody knows at once whether the
//! entry stands: the keys are turned back, as the user is told, and turned again by this desk once
//! the entry is found.

use std::sync::{MutexGuard, PoisonError};

use super::{
    Badge, Desk, Stop,
    entrance::{self, Password, Recovery},
    reply::{Account, AccountsView, Appointment, Done},
    request::{Change, Command, Whom},
    rights,
};
use crate::{
    domain::{
        aspect::{Aspect, Seen},
        clinic::{Role, Staff},
        id::StaffId,
        refusal::{AccountRefusal, RecordRefusal},
        rows::id_key,
        tables::{Counter, Read as _},
    },
    store::{
        self, Snapshot, Writing,
        seal::{Holder, RingError, Stretched, Turned},
    },
};

/// What a change turns keys with, made before its transaction begins.
#[derive(Debug, Default)]
pub(super) struct NewKeys {
    password: Option<Stretched>,
    code: Option<Stretched>,
}

impl Desk {
    /// Tries whoever asks by their own password where the change gives a way in, and makes the
    /// new keys ready. A repeat needs none.
    ///
    /// # Errors
    /// Refuses a wrong password of one's own, or none, and a short new one.
    pub(super) fn new_keys(&self, change: &Change) -> Result<NewKeys, Stop> {
        let mut keys = NewKeys::default();
        let (own, password, code) = match &change.command {
            Command::GivePassword { own, password, .. } => (Some(own), Some(password), None),
            Command::RenewRecovery { code, own } => (Some(own), None, Some(code)),
            Command::TakeOver { password, code, .. } => (None, Some(password), Some(code)),
            Command::ChangeStaff { own, .. } => (Some(own), None, None),
            _ => return Ok(keys),
        };
        let Some(badge) = &self.badge else {
            return Ok(keys);
        };
        self.turn_again()?;
        let snapshot = self.store().snapshot()?;
        if snapshot.request(&change.id)?.is_some() {
            return Ok(keys);
        }
        if let Command::ChangeStaff {
            staff,
            role,
            active,
            ..
        } = &change.command
        {
            let everybody = super::answers::settings::staff(&snapshot)?;
            let able = self.able(everybody.clone())?;
            let known = everybody.iter().find(|one| one.id == *staff);
            if !known.is_some_and(|known| rights::raises(known, (*role, *active), &able)) {
                return Ok(keys);
            }
        }
        drop(snapshot);
        if let Some(own) = own {
            self.confirm(own.as_ref())?;
        }
        let ring = badge.entrance().ring();
        let word = password.map(|password| ring.stretched(password));
        keys.password = word.transpose().map_err(entrance::stop)?;
        let code = code.map(|code| ring.stretched_code(code));
        keys.code = code.transpose().map_err(entrance::stop)?;
        Ok(keys)
    }

    /// Lets whoever signed in show their own password again.
    ///
    /// # Errors
    /// Refuses none, a wrong one, and one too soon after wrong ones; `Plain` where there are no
    /// passwords.
    fn confirm(&self, own: Option<&Password>) -> Result<(), Stop> {
        let badge = self.badge.as_ref().ok_or(AccountRefusal::Plain)?;
        let own = own.ok_or(AccountRefusal::OwnPassword)?;
        let staff = badge.staff().ok_or(AccountRefusal::NoPassword)?;
        let (window, now) = (&self.seat.window, self.now());
        badge.entrance().confirm(staff, own, window, now)
    }

    /// Makes another recovery code for whoever signed in and may change the clinic; they show
    /// their own password. It opens nothing before it is given back.
    ///
    /// # Errors
    /// Refuses other roles and a wrong password; `Plain` where there are no passwords.
    pub fn another_code(&self, own: &Password) -> Result<Recovery, Stop> {
        let by = self.signed_in().ok_or(AccountRefusal::Plain)?;
        if let Some(locked) = self.accounts(by)?.locked {
            return Err(locked.into());
        }
        self.confirm(Some(own))?;
        entrance::new_code()
    }

    /// Does to the ring of keys what the change says.
    ///
    /// # Errors
    /// Refuses a name somebody has, the last administrator leaving; `Plain` where there are no
    /// passwords.
    pub(super) fn turn_keys(
        &self,
        writing: &Writing<'_>,
        change: &Change,
        keys: &NewKeys,
    ) -> Result<Option<Turned>, Stop> {
        let badge = || self.badge.as_ref().ok_or(AccountRefusal::Plain);
        let turned = match &change.command {
            Command::GivePassword { staff, .. } => {
                let badge = badge()?;
                let kept = named(writing, *staff)?;
                if !kept.active {
                    let name = kept.name;
                    return Err(RecordRefusal::NoStaff { name }.into());
                }
                put(badge, &[(holder(kept), &keys.password)])
            }
            Command::RenewRecovery { .. } => put(badge()?, &[(Holder::Recovery, &keys.code)]),
            Command::TakeOver { whom, .. } => {
                let badge = badge()?;
                let staff = holder(appointed(writing, whom)?);
                let both = [(staff, &keys.password), (Holder::Recovery, &keys.code)];
                put(badge, &both)
            }
            Command::ChangeStaff { staff, .. } => {
                one_stays(&self.able(super::answers::settings::staff(writing)?)?)?;
                let Some(badge) = &self.badge else {
                    return Ok(None);
                };
                let (ring, key) = (badge.entrance().ring(), badge.key());
                let now = named(writing, *staff)?;
                match now.active {
                    true => ring.rename(key, *staff, &now.name),
                    false => ring.take(key, *staff),
                }
            }
            _ => return Ok(None),
        };
        turned.map(Some).map_err(entrance::stop)
    }

    /// Makes a change that may turn keys; they are turned back where it was not kept.
    pub(super) fn keeping_keys(
        &self,
        change: &Change,
        work: impl FnOnce(&mut Option<Turned>) -> Result<Done, Stop>,
    ) -> Result<Done, Stop> {
        let mut turned = None;
        let done = work(&mut turned);
        if let (Err(_), Some(turned), Some(badge)) = (&done, turned, &self.badge) {
            // What cannot be turned back opens as it was turned: the first trouble is told.
            let _ = badge.entrance().ring().turn_back(&turned);
            self.unsure().push((change.id.clone(), turned));
        }
        done
    }

    /// Turns the keys again of changes that the journal has after all.
    fn turn_again(&self) -> Result<(), Stop> {
        let mut unsure = self.unsure();
        let (Some(badge), false) = (&self.badge, unsure.is_empty()) else {
            return Ok(());
        };
        let snapshot = self.store().snapshot()?;
        let ring = badge.entrance().ring();
        while let Some((request, _)) = unsure.first() {
            let stands = snapshot.request(request)?.is_some();
            let (request, turned) = unsure.remove(0);
            let again = turned.reversed();
            let done = if stands {
                ring.turn_back(&again)
            } else {
                Ok(())
            };
            if let Err(error) = done {
                unsure.push((request, again.reversed()));
                return Err(entrance::stop(error));
            }
        }
        Ok(())
    }

    fn unsure(&self) -> MutexGuard<'_, Vec<(String, Turned)>> {
        // A panic elsewhere leaves the list as it was.
        self.unsure.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Leaves out of `staff` whoever cannot come in: they do not count where somebody must stay
    /// who may change the clinic. Everybody comes in where there is no door.
    ///
    /// # Errors
    /// As the file of keys says.
    pub(super) fn able(&self, mut staff: Vec<Staff>) -> Result<Vec<Staff>, store::Error> {
        if let Some(badge) = &self.badge {
            let ids = badge.entrance().ring().names()?;
            staff.retain(|one| ids.iter().any(|(id, _)| *id == one.id));
        }
        Ok(staff)
    }

    /// Returns who works here, and who has a password.
    pub(super) fn accounts(&self, by: StaffId) -> Result<AccountsView, Stop> {
        let snapshot = self.store().snapshot()?;
        let staff = super::answers::settings::staff(&snapshot)?;
        let able = self.able(staff.clone())?;
        let who = able.iter().find(|one| one.id == by && one.active);
        let revision = snapshot.revision(Aspect::Clinic)?;
        Ok(AccountsView {
            has_door: self.badge.is_some(),
            locked: rights::clinic(who, &able).err(),
            accounts: staff
                .into_iter()
                .map(|staff| Account {
                    has_password: self.badge.is_some() && able.iter().any(|a| a.id == staff.id),
                    staff,
                })
                .collect(),
            seen: vec![Seen {
                aspect: Aspect::Clinic,
                revision,
            }],
        })
    }

    /// Returns after how many minutes without a key a window locks; never where there is no
    /// door.
    pub(super) fn lock_minutes(&self, snapshot: &Snapshot) -> Result<Option<u32>, Stop> {
        let kept = super::answers::settings::kept(snapshot)?;
        let minutes = kept.now().lock_idle_minutes;
        Ok(self.badge.is_some().then_some(minutes))
    }

    /// Returns how whoever signed in stands on the staff now; nobody where there is no door.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn own_standing(&self) -> Result<Option<Staff>, Stop> {
        let Some(id) = self.signed_in() else {
            return Ok(None);
        };
        Ok(self.store().snapshot()?.get(&id_key(id.0))?)
    }

    /// Returns whom the recovery code may name, and what they become by it.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn appointments(&self) -> Result<Vec<Appointment>, Stop> {
        let everybody = super::answers::settings::staff(&self.store().snapshot()?)?;
        let of = |staff: &Staff| Appointment {
            staff: staff.clone(),
            becomes: rights::appointed(staff, &everybody),
        };
        Ok(everybody.iter().map(of).collect())
    }
}

fn holder(staff: Staff) -> Holder {
    let Staff { id, name, .. } = staff;
    Holder::Staff { staff: id, name }
}

fn put(badge: &Badge, under: &[(Holder, &Option<Stretched>)]) -> Result<Turned, RingError> {
    // A change that turns keys was made ready before its transaction.
    let under: Option<Vec<_>> = under
        .iter()
        .map(|(holder, under)| Some((holder.clone(), under.as_ref()?)))
        .collect();
    let ring = badge.entrance().ring();
    ring.put(badge.key(), under.ok_or(RingError::System)?)
}

fn named(writing: &Writing<'_>, staff: StaffId) -> Result<Staff, Stop> {
    let kept: Option<Staff> = writing.get(&id_key(staff.0))?;
    kept.ok_or_else(|| {
        let name = staff.to_string();
        AccountRefusal::Nobody { name }.into()
    })
}

/// Returns whom the recovery code named, as they stand on the staff now.
fn appointed(writing: &Writing<'_>, whom: &Whom) -> Result<Staff, Stop> {
    match whom {
        Whom::Known(staff) => named(writing, *staff),
        Whom::New(_) => named(writing, StaffId(writing.counter(&Counter::Staff)?)),
    }
}

/// Somebody stays who may change the staff and can come in: an administrator or, where the clinic
/// has none, a doctor.
fn one_stays(staff: &[Staff]) -> Result<(), Stop> {
    let stays = staff
        .iter()
        .any(|one| one.active && matches!(one.role, Role::Admin | Role::Doctor));
    match stays {
        true => Ok(()),
        false => Err(AccountRefusal::LastAdmin.into()),
    }
}
