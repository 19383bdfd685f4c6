//! How far a long work is: the terminal's last line, and the wish to end it.
//!
//! Asked to end (Ctrl-C, SIGTERM, a closed terminal) the work is told at its next report and
//! leaves nothing; asked once more the process ends at once.

use std::{
    io::{self, IsTerminal as _, Write as _},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use crate::{domain::text::Lang, tui::terminal::signals};

/// The progress of one call's work, stage by stage.
pub(crate) struct Progress {
    lang: Lang,
    is_seen: bool,
    ends: Arc<AtomicBool>,
    doing: &'static str,
    began: Instant,
    percent: u64,
}

impl Progress {
    /// Begins; from now on a wish to end is noted instead of obeyed.
    pub fn begin(lang: Lang, is_seen: bool) -> Self {
        Self {
            lang,
            is_seen: is_seen && io::stderr().is_terminal(),
            // Where signals cannot be noted they end the process, which leaves nothing either.
            ends: signals::noted_end().unwrap_or_default(),
            doing: "",
            began: Instant::now(),
            percent: u64::MAX,
        }
    }

    /// Tells what is being done and how much of it is; returns whether to go on.
    pub fn tell(&mut self, doing: &'static str, done: u64, of: u64) -> bool {
        if self.doing != doing {
            self.doing = doing;
            self.began = Instant::now();
            self.percent = u64::MAX;
        }
        let percent = (done * 100).checked_div(of).unwrap_or(0).min(100);
        if self.is_seen && percent != self.percent {
            self.percent = percent;
            let spent = self.began.elapsed().as_secs();
            let left = (spent * (100 - percent)).checked_div(percent);
            let left = left.map_or(String::new(), |left| match self.lang {
                Lang::Zh => format!("约剩 {left} 秒"),
                Lang::En => format!("about {left} s left"),
            });
            let _ = write!(io::stderr(), "\r\x1b[K{doing} {percent}%  {left}");
        }
        !self.ends.load(Ordering::Relaxed)
    }

    /// Clears the line.
    pub fn end(&self) {
        if self.is_seen && !self.doing.is_empty() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
