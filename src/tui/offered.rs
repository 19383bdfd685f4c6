//! What is offered to whoever sits here: the desk's rights, put to every action. Hints, palette,
//! help, menus and the keys themselves all ask here, so that nothing opens that cannot be saved.
//!
//! It decides no right: those are the desk's, which checks every change once more.

use super::{
    action::{Action, Needs, Words},
    app::{App, Place},
    screens::Screen,
};
use crate::{
    desk::{
        drafts::{is_of, kind},
        rights::{Matter, Rights},
    },
    domain::{clinic::Role, refusal::Refusal},
};

impl Place {
    /// Says whether this may be done here by whoever sits here.
    ///
    /// # Errors
    /// As [`Rights::may`].
    pub fn may(&self, matter: Matter) -> Result<(), Refusal> {
        let role = self.user.as_ref().map(|user| user.role);
        let rights = Rights {
            // Before anybody sits down only the place itself can refuse.
            role: role.unwrap_or(Role::Doctor),
            clinic: self.clinic_is_of.or(role).unwrap_or(Role::Doctor),
            only_reads: self.is_read_only,
        };
        rights.may(matter)
    }

    /// Says whether what this screen is for may be done here.
    ///
    /// # Errors
    /// As [`Rights::may`].
    pub fn may_open(&self, screen: &Screen) -> Result<(), Refusal> {
        screen.is_for().map_or(Ok(()), |matter| self.may(matter))
    }

    /// Returns the words an action of `screen` is offered by.
    ///
    /// # Errors
    /// Where it is not to be done here: why.
    pub fn offer(&self, screen: Option<&Screen>, action: Action) -> Result<Words, Refusal> {
        if let Some(why) = screen.and_then(|screen| screen.locked(action)) {
            return Err(why);
        }
        let own = screen.and_then(|screen| screen.needs(action));
        let Some(Needs { matter, otherwise }) = own.or_else(|| action.needs()) else {
            return Ok(action.words());
        };
        match (self.may(matter), otherwise) {
            (Ok(()), _) => Ok(action.words()),
            (Err(_), Some(words)) => Ok(words),
            (Err(why), None) => Err(why),
        }
    }
}

/// Returns what one must be allowed to change to go on with a draft of this kind.
pub fn draft_is_for(kind: &str) -> Matter {
    let is = |one| is_of(kind, one);
    if is(kind::CARD) || is(kind::CHANGE) {
        Matter::Register
    } else {
        Matter::Care
    }
}

impl App {
    /// Returns the words an action is offered by on the screen in front.
    ///
    /// # Errors
    /// As [`Place::offer`].
    pub(super) fn offer(&self, action: Action) -> Result<Words, Refusal> {
        let top = self.screens.last().map(|top| &top.screen);
        self.place.offer(top, action)
    }
}
