//! Turning keys: what a change of the staff does to their passwords.
//!
//! It runs as the last step of the change's transaction. A kill between the two leaves a
//! password that opens without an entry, or a name that changes at the next try; never an entry
//! without its password.

use super::{
    Badge, Desk, Stop,
    entrance::{self, Password},
    request::{Change, Command},
};
use crate::{
    domain::{
        clinic::{Role, Staff},
        id::StaffId,
        refusal::AccountRefusal,
        rows::id_key,
        tables::Read as _,
    },
    store::Writing,
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
                let name = named(writing, *staff)?.name;
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
            Command::ChangeStaff { staff, .. } => {
                one_stays(writing)?;
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

/// Somebody stays who may change the staff: an administrator or, where the clinic has none, a
/// doctor.
fn one_stays(writing: &Writing<'_>) -> Result<(), Stop> {
    let staff = super::answers::settings::staff(writing)?;
    let stays = staff
        .iter()
        .any(|one| one.active && matches!(one.role, Role::Admin | Role::Doctor));
    match stays {
        true => Ok(()),
        false => Err(AccountRefusal::LastAdmin.into()),
    }
}
