//! `cunyi demo`: builds the practice village where there is none, and opens it.
//!
//! A real clinic's folder is never touched. The village is built aside and takes its place when
//! it is whole, so that whatever ends the building leaves nothing.

#[cfg(unix)]
use std::env;
use std::{
    io::{self, IsTerminal as _, Write as _},
    process,
    time::{Duration, Instant},
};

use clap::Args;
use serde_json::json;

use super::{
    Call, open,
    print::{Answer, Trouble},
    window, wording,
};
use crate::{
    desk::{
        Desk, Folder, Question, Reception, Reply, Seat, Standing, Stop, Windows, reply::Overview,
    },
    domain::clock,
    practice::{self, Progress},
};

/// What `demo` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(long, value_name = "N", default_value_t = 3000,
          value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    people: u32,
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    #[arg(long)]
    fresh: bool,
}

/// The practice village writes under one window name, that the same village reads the same.
const WINDOW: &str = "practice";

/// Builds the village if it is absent, and opens it; without a terminal it only tells of it.
///
/// # Errors
/// Refuses on a real clinic's folder; fails with the disk.
pub fn run(call: &Call, arguments: &Arguments) -> Result<Answer, Trouble> {
    let folder = open::practice_folder(call)?;
    if folder.has_store() {
        only_practice(call, &folder)?;
        if arguments.fresh {
            nobody_there(call, &folder)?;
            folder.clear().map_err(|error| trouble(call, error))?;
        }
    }
    let is_shown = !call.common.json && io::stdout().is_terminal() && io::stdin().is_terminal();
    if !folder.has_store() {
        build(call, arguments, &folder)?;
        if is_shown {
            begin_anew();
        }
    }
    if !is_shown {
        return told(call, &folder);
    }
    window::enter(&at_the_doctors_place(call, &folder)?, &folder)
}

/// Starts the program again in place of this one, so that a day's window has not the memory that
/// building took. Where that cannot be done it goes on as it is.
fn begin_anew() {
    #[cfg(unix)]
    if let Ok(program) = env::current_exe() {
        use std::os::unix::process::CommandExt as _;

        let words = env::args_os().skip(1).filter(|word| word != "--fresh");
        // It returns only where it failed.
        let _ = process::Command::new(program).args(words).exec();
    }
}

/// Nobody is asked who they are here: whoever practises is the village's first doctor.
fn at_the_doctors_place(call: &Call, folder: &Folder) -> Result<Call, Trouble> {
    let staff = overview(call, folder)?.staff;
    let first = staff.into_iter().find(|staff| staff.active);
    let mut common = call.common.clone();
    common.user = common.user.or_else(|| first.map(|staff| staff.name));
    Ok(Call {
        lang: call.lang,
        common,
        clock: call.clock.clone(),
    })
}

fn trouble(call: &Call, stop: impl Into<Stop>) -> Trouble {
    Trouble::of(&stop.into(), call.lang)
}

fn overview(call: &Call, folder: &Folder) -> Result<Overview, Trouble> {
    let desk = Reception::of(folder, open::seat(call, WINDOW)?)
        .open()
        .map_err(|stop| trouble(call, stop))?;
    match desk.answer(&Question::Overview) {
        Ok(Reply::Overview(overview)) => Ok(*overview),
        Ok(_) => Err(open::unexpected()),
        Err(stop) => Err(trouble(call, stop)),
    }
}

fn only_practice(call: &Call, folder: &Folder) -> Result<(), Trouble> {
    let standing = Reception::of(folder, open::seat(call, WINDOW)?).standing();
    let is_locked = matches!(standing, Ok(Standing::Locked { .. }));
    if !is_locked
        && overview(call, folder)?
            .clinic
            .is_some_and(|clinic| clinic.practice_day.is_some())
    {
        return Ok(());
    }
    let message = call.say(wording::NOT_PRACTICE);
    Err(Trouble::input("E-PRACTICE", Some("--data"), message))
}

fn nobody_there(call: &Call, folder: &Folder) -> Result<(), Trouble> {
    folder.create().map_err(|error| trouble(call, error))?;
    let here = Windows::of(folder).here();
    if here.map_err(|error| trouble(call, error))?.is_empty() {
        return Ok(());
    }
    let message = call.say(wording::PRACTICE_IN_USE);
    Err(Trouble::input("E-PRACTICE", Some("--fresh"), message))
}

fn build(call: &Call, arguments: &Arguments, folder: &Folder) -> Result<(), Trouble> {
    let today = open::given_today(call)?.unwrap_or_else(|| clock::day_of(call.clock.now()));
    let seat = open::seat(call, WINDOW)?;
    let workshop = folder.workshop(&process::id().to_string());
    let work = || -> Result<(), Stop> {
        folder.create()?;
        workshop.remove()?;
        let desk = Desk::create(
            &workshop,
            Seat {
                today: None,
                ..seat
            },
        )?;
        let mut line = Line::new();
        let progress = |progress| line.tell(call, progress);
        practice::build(&desk, arguments.people, arguments.seed, today, progress)?;
        drop(line);
        drop(desk);
        Ok(folder.take(&workshop)?)
    };
    work().map_err(|stop| {
        // What was built so far is of no use; the first trouble is the one to tell.
        let _ = workshop.remove();
        trouble(call, stop)
    })
}

/// The line that tells how far the building has come.
struct Line {
    begun: Instant,
    told: Option<Instant>,
    is_shown: bool,
}

impl Line {
    fn new() -> Self {
        Self {
            begun: Instant::now(),
            told: None,
            is_shown: io::stderr().is_terminal(),
        }
    }

    fn tell(&mut self, call: &Call, progress: Progress) -> bool {
        let is_due = self
            .told
            .is_none_or(|told| Duration::from_millis(200) <= told.elapsed());
        if self.is_shown && is_due {
            self.told = Some(Instant::now());
            let left = left(self.begun.elapsed(), progress.permille);
            let said = wording::building(progress.permille / 10, left, call.lang);
            let _ = write!(io::stderr(), "\r\x1b[K{said}");
        }
        true
    }
}

/// However the building ends, what is said next begins a line of its own.
impl Drop for Line {
    fn drop(&mut self) {
        if self.told.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

/// Returns the seconds left, once they can be told.
fn left(passed: Duration, permille: u32) -> Option<u64> {
    let whole = passed.checked_mul(1000)?.checked_div(permille)?;
    (30 <= permille).then(|| whole.saturating_sub(passed).as_secs() + 1)
}

fn told(call: &Call, folder: &Folder) -> Result<Answer, Trouble> {
    let overview = overview(call, folder)?;
    let (people, households) = (overview.people, overview.households);
    Ok(Answer::new(
        json!({
            "people": people,
            "households": households,
            "events": overview.head,
            "today": overview.today.to_string(),
            "data": folder.root().to_string_lossy(),
        }),
        wording::built(people, households, folder.root(), call.lang),
    ))
}
