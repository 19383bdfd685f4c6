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
        clock::Moment,
        day::Day,
        event::{Event, clinic::SignInsTold},
        id::StaffId,
        refusal::AccountRefusal,
        rows::id_key,
        signing_in::Attempt,
        tables::Read as _,
    },
    store::{Header, Writing},
};

/// The stable key of entries that tell who came in.
const SIGN_INS: &str = "sign_ins";

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

    /// Returns what happened at the door since the journal was told last.
    pub(super) fn news(&self) -> Result<Vec<Attempt>, Stop> {
        match &self.badge {
            Some(badge) => Ok(badge.entrance().news()?),
            None => Ok(Vec::new()),
        }
    }

    /// Notes that the journal was told.
    pub(super) fn settle(&self, news: &[Attempt]) {
        if let Some(badge) = &self.badge {
            // What cannot be noted is told twice.
            let _ = badge.entrance().settle(news);
        }
    }

    /// Tells the journal what happened at the door.
    pub(super) fn tell(
        &self,
        writing: &mut Writing<'_>,
        news: &[Attempt],
        (now, today): (Moment, Day),
    ) -> Result<(), Stop> {
        let Some(last) = news.last() else {
            return Ok(());
        };
        let header = Header {
            at: now,
            day: today,
            user: StaffId::PROGRAM,
            window: self.seat.window.clone(),
            request: format!("door:{}:{}", last.at, last.window),
            cause: SIGN_INS.to_owned(),
        };
        let attempts = news.to_vec();
        writing.append(&header, vec![Event::SignInsTold(SignInsTold { attempts })])?;
        Ok(())
    }

    /// Tells the journal who came in, without waiting for a change of theirs.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn note_arrival(&self) -> Result<(), Stop> {
        let news = self.news()?;
        if news.is_empty() {
            return Ok(());
        }
        self.store().write(|writing| {
            let now = self.now();
            let today = self.day_for(writing.clinic()?.as_ref(), now);
            self.tell(writing, &news, (now, today))
        })?;
        self.settle(&news);
        Ok(())
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
