//! Whose keys open what is brought back, and who may bring it back.

use super::{Choice, Reception, Shown};
use crate::{
    desk::{
        Stop,
        entrance::{self, Badge, Entrance},
        rights,
    },
    domain::{
        clinic::Staff,
        id::StaffId,
        refusal::{AccountRefusal, CopyRefusal},
    },
    store::{
        Error, Folder,
        seal::{DataKey, KeyRing, RingError},
    },
};

/// A ring that was opened.
pub(super) struct Opened {
    text: String,
    pub badge: Badge,
    /// Whose password it was; empty where the recovery code opened.
    pub name: String,
}

impl Opened {
    pub const fn key(&self) -> &DataKey {
        self.badge.key()
    }

    /// Says whether whoever opened may bring copies back: who changes the clinic does, among those
    /// of this staff who can come in. So does whoever has the recovery code.
    ///
    /// # Errors
    /// `NotAllowed`, naming the role that may.
    pub fn may(&self, staff: &[Staff]) -> Result<(), Stop> {
        let Some(id) = self.badge.staff() else {
            return Ok(());
        };
        let able = KeyRing::staff_in(&self.text).map_err(entrance::stop)?;
        let able: Vec<Staff> = staff
            .iter()
            .filter(|one| able.contains(&one.id))
            .cloned()
            .collect();
        let who = able.iter().find(|one| one.id == id && one.active);
        if rights::clinic(who, &able).is_ok() {
            return Ok(());
        }
        let (role, needed) = (who.map(|who| who.role), rights::who_changes(&able));
        Err(CopyRefusal::NotAllowed { role, needed }.into())
    }
}

impl Reception {
    /// Returns the rings that may open this: the one that stands here first, for it knows the
    /// latest passwords, then those that come with it. Copies of before the data were sealed are
    /// brought back under the ring that stands here.
    pub(super) fn rings(&self, choice: &Choice) -> Vec<String> {
        let mut theirs: Vec<String> = choice.folder().into_iter().filter_map(ring_of).collect();
        let copies = choice.copies().iter();
        theirs.extend(copies.filter_map(|kept| kept.facts.keys.clone()));
        let mut rings: Vec<String> = ring_of(&self.folder)
            .into_iter()
            .filter(|own| {
                theirs.is_empty() || theirs.iter().any(|one| KeyRing::same_store(own, one))
            })
            .collect();
        for text in theirs {
            if !rings.contains(&text) {
                rings.push(text);
            }
        }
        rings
    }

    /// Opens the first of these rings that does, as one attempt at the door. Where a ring stands
    /// here it alone counts, for passwords and for the recovery code: whatever was taken away or
    /// renewed opens nothing in copies of before.
    pub(super) fn opened(
        &self,
        workshop: &Folder,
        rings: &[String],
        shown: Option<Shown<'_>>,
    ) -> Result<Opened, Stop> {
        let shown = shown.ok_or(AccountRefusal::NoPassword)?;
        let own = ring_of(&self.folder);
        let stands = rings.first().filter(|first| own.as_ref() == Some(*first));
        let rings = stands.map_or(rings, std::slice::from_ref);
        let (staff, name) = match shown {
            Shown::Password { name, .. } => (KeyRing::known(rings, name), name.to_owned()),
            Shown::Code(_) => (None, String::new()),
        };
        let mut text = String::new();
        let (window, now) = (&self.seat.window, self.time());
        let door = Entrance::of(&self.folder);
        let badge = door.tried_with(staff, window, now, || {
            let mut first = None;
            for one in rings {
                match entered(workshop, one, shown) {
                    Ok(found) => {
                        text.clone_from(one);
                        return Ok(found);
                    }
                    Err(
                        error @ (RingError::File { .. } | RingError::Newer(_) | RingError::System),
                    ) => return Err(error),
                    // It may open another.
                    Err(error) => {
                        first.get_or_insert(error);
                    }
                }
            }
            Err(first.unwrap_or(RingError::Wrong))
        })?;
        Ok(Opened { text, badge, name })
    }
}

/// Empties the workshop, and puts the ring there that was opened.
pub(super) fn put(workshop: &Folder, opened: Option<&Opened>) -> Result<(), Error> {
    workshop.remove()?;
    workshop.create()?;
    match opened {
        Some(opened) => Ok(workshop.keys().restore(&opened.text)?),
        None => Ok(()),
    }
}

/// Lets the ring in the workshop open to those alone who are on the staff that came back, by the
/// names they have there. Numbers tell people apart only within one past. Returns who lost their
/// password.
pub(super) fn fitted(
    workshop: &Folder,
    opened: &Opened,
    staff: &[Staff],
    is_same_past: bool,
) -> Result<Vec<String>, Stop> {
    let (ring, key) = (workshop.keys(), opened.key());
    let mut lost = Vec::new();
    for (id, name) in ring.names().map_err(entrance::stop)? {
        let here = staff.iter().find(|one| one.id == id && one.active);
        let stays = match here {
            Some(one) if one.name == name => true,
            Some(one) => is_same_past && ring.rename(key, id, &one.name).is_ok(),
            None => false,
        };
        if !stays {
            ring.take(key, id).map_err(entrance::stop)?;
            lost.push(name);
        }
    }
    Ok(lost)
}

/// Returns the ring in a folder; nothing where there is none that can be read.
fn ring_of(folder: &Folder) -> Option<String> {
    let keys = folder.keys();
    keys.exists().then(|| keys.text().ok()).flatten()
}

/// Tries what was shown at a ring.
fn entered(
    workshop: &Folder,
    text: &str,
    shown: Shown<'_>,
) -> Result<(Option<StaffId>, DataKey), RingError> {
    let ring = workshop.keys();
    ring.restore(text)?;
    match shown {
        Shown::Password { name, password } => {
            let (staff, key) = ring.open(name, password)?;
            Ok((Some(staff), key))
        }
        Shown::Code(code) => Ok((None, ring.recover(code)?)),
    }
}
