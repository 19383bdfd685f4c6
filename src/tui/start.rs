//! What a window opens with, and what its title and status lines tell.

use std::time::Duration;

use ratatui::layout::Size;

use super::{keymap::Keymap, screens::staff, terminal::probe::Probe, theme::Look};
use crate::{
    desk::{Standing, reply::Overview},
    domain::{clinic::Role, day::Day, id::StaffId, rows::Copies},
};

/// What the window opens with.
#[derive(Debug, Clone)]
pub struct Start {
    pub look: Look,
    pub keymap: Keymap,
    pub size: Size,
    /// Whether the terminal was asked for its widths.
    pub probe: Probe,
    /// Whether a shell waits that can take the terminal back.
    pub can_suspend: bool,
    pub place: Place,
    pub opening: Opening,
    /// Begins the ids of this window's changes; no other window ever has it.
    pub name: String,
    /// Told once to whoever sits down.
    pub notice: Option<String>,
}

/// The first screen.
#[derive(Debug, Clone)]
pub enum Opening {
    /// The clinic is not set up yet.
    Setup,
    /// Nobody has signed in; these may, the one called `wanted` first.
    Door {
        names: Vec<String>,
        wanted: Option<String>,
    },
    /// One of these is at the keyboard.
    Staff(Vec<staff::Member>),
    /// This one is.
    Queue(staff::Member),
}

/// What the title line tells besides the screen's name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    pub clinic: String,
    /// Whether nothing can be changed from this window.
    pub is_read_only: bool,
    /// Whose the clinic itself is to change.
    pub clinic_is_of: Option<Role>,
    /// Whether the data are for practice.
    pub is_practice: bool,
    pub today: Option<Day>,
    pub user: Option<staff::Member>,
    /// Windows open on these data, this one included.
    pub windows: usize,
    /// The identity a store set up here gets.
    pub fresh: [u8; 16],
    /// How copies stand; nothing of data that lie plain.
    pub copies: Option<Copies>,
    /// After so long without a key the window locks; none where there is no door.
    pub lock_after: Option<Duration>,
}

/// The status line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    pub text: String,
    pub kind: StatusKind,
}

/// What kind of news the status line has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusKind {
    Done,
    Refused,
    /// Something goes on; it is told no more once it has ended.
    Underway,
}

impl Status {
    /// Returns the news that something was done.
    pub const fn done(text: String) -> Self {
        let kind = StatusKind::Done;
        Self { text, kind }
    }

    /// Returns the news that something was not done.
    pub const fn refused(text: String) -> Self {
        let kind = StatusKind::Refused;
        Self { text, kind }
    }
}

impl Place {
    /// Takes in what the desk says of the clinic.
    pub fn learn(&mut self, overview: &Overview) {
        if let Some(clinic) = &overview.clinic {
            self.clinic.clone_from(&clinic.name);
            self.is_practice = clinic.practice_day.is_some();
        }
        self.is_read_only = overview.is_read_only;
        self.clinic_is_of = Some(overview.clinic_is_of);
        self.today = Some(overview.today);
        self.copies.clone_from(&overview.copies);
        let minutes = overview.lock_minutes;
        self.lock_after = minutes.map(|minutes| Duration::from_secs(u64::from(minutes) * 60));
    }
}

impl Opening {
    /// Returns the first screen where nobody sits yet; `wanted` names who is at the keyboard.
    pub fn before(standing: Standing, wanted: Option<&str>) -> Self {
        match standing {
            Standing::Locked { names, last } => Self::Door {
                names,
                wanted: wanted.map(str::to_owned).or(last),
            },
            Standing::Empty | Standing::Open => Self::Setup,
        }
    }

    /// Returns the first screen of whoever signed in; where nobody had to, as `of`.
    pub fn at(signed_in: Option<StaffId>, overview: &Overview, wanted: Option<&str>) -> Self {
        let mut members = staff::members(&overview.staff);
        let at = members.iter().position(|one| Some(one.id) == signed_in);
        match at {
            Some(at) => Self::Queue(members.swap_remove(at)),
            None => Self::of(overview, wanted),
        }
    }

    /// Returns the first screen for a clinic; `wanted` names who is at the keyboard.
    pub fn of(overview: &Overview, wanted: Option<&str>) -> Self {
        if overview.clinic.is_none() {
            return Self::Setup;
        }
        let mut members = staff::members(&overview.staff);
        let at = members
            .iter()
            .position(|member| Some(member.name.as_str()) == wanted);
        match (at, members.len()) {
            (Some(at), _) => Self::Queue(members.swap_remove(at)),
            (None, 1) => Self::Queue(members.swap_remove(0)),
            (None, _) => Self::Staff(members),
        }
    }
}
