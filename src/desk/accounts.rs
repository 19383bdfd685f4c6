//! Turning keys: what a change of the staff does to their passwords.
//!
//! It runs as the last step of the change's transaction. A kill between the two leaves a
//! password that opens without an entry, or a name that changes at the next try; never an entry
//! without its password.

use super::{
    Badge, Desk, Stop,
    entrance::{self, Password},
    reply::{Account, AccountsView},
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
    store::{self, Snapshot, Writing},
};

impl Desk {
    /// Does to the ring of keys what the change says.
    ///
    /// # Errors
    /// Refuses a wrong password before, a short new one, a name somebody has, the last
    /// administrator leaving; `Plain` where there are no passwords.
    pub(super) fn turn_keys(&self, writing: &Writing<'_>, change: &Change) -> Result<(), Stop> {
        match &change.command {
            Command::GivePassword {
                staff,
                before,
                password,
            } => {
                let badge = self.badge.as_ref().ok_or(AccountRefusal::Plain)?;
                let Staff { name, active, .. } = named(writing, *staff)?;
                if !active {
                    return Err(RecordRefusal::NoStaff { name }.into());
                }
                if *staff == change.by {
                    self.shown(badge, &name, before.as_ref())?;
                }
                let ring = badge.entrance().ring();
                ring.give(badge.key(), *staff, &name, password)
                    .map_err(entrance::stop)
            }
            Command::RenewRecovery { code } => {
                let badge = self.badge.as_ref().ok_or(AccountRefusal::Plain)?;
                let ring = badge.entrance().ring();
                ring.renew_recovery(badge.key(), code)
                    .map_err(entrance::stop)
            }
            Command::TakeOver {
                whom,
                password,
                code,
            } => {
                let badge = self.badge.as_ref().ok_or(AccountRefusal::Plain)?;
                let staff = appointed(writing, whom)?;
                let ring = badge.entrance().ring();
                let called = (staff.id, staff.name.as_str());
                ring.take_over(badge.key(), called, password, code)
                    .map_err(entrance::stop)
            }
            Command::ChangeStaff { staff, .. } => {
                one_stays(&self.able(super::answers::settings::staff(writing)?)?)?;
                let Some(badge) = &self.badge else {
                    return Ok(());
                };
                let (ring, key) = (badge.entrance().ring(), badge.key());
                let now = named(writing, *staff)?;
                let turned = match now.active {
                    true => ring.rename(key, *staff, &now.name),
                    false => ring.take(key, *staff),
                };
                turned.map_err(entrance::stop)
            }
            _ => Ok(()),
        }
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

    /// Whoever changes their own password knows the one before; a window left open does not.
    fn shown(&self, badge: &Badge, name: &str, before: Option<&Password>) -> Result<(), Stop> {
        let before = before.ok_or(AccountRefusal::Wrong)?;
        let (window, now) = (&self.seat.window, self.now());
        badge.entrance().sign_in(name, before, window, now)?;
        Ok(())
    }
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
