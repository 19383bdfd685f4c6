//! Arguments and the clock in, exit code out; everything else is in the library.

use std::{
    process::ExitCode,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use cunyi::domain::clock::{Clock, Moment};

/// The clock of this computer.
struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        let signed = |span: std::time::Duration| Moment::try_from(span.as_millis());
        match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => signed(since).unwrap_or(Moment::MAX),
            Err(before) => signed(before.duration()).map_or(Moment::MIN, |millis| -millis),
        }
    }
}

fn main() -> ExitCode {
    cunyi::cli::run(std::env::args_os(), Arc::new(SystemClock))
}
