//! A service that stands in a window of its own, with the day it was done.
//!
//! Each programme lists its own, past and to come, for pictures of a year or a pregnancy;
//! what is open on a day are its `tasks`.

use crate::domain::{day::Day, task::TaskKind, window::Window};

/// One service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Served {
    pub kind: TaskKind,
    pub window: Window,
    pub done: Option<Day>,
}

impl Served {
    /// Returns the last day it can be done; the due day where the window has no end.
    pub fn last_day(&self) -> Day {
        self.window.latest.unwrap_or(self.window.due)
    }
}
