//! The practice clinics the benchmarks work on: V of 3,000 people and T of 50,000, built
//! through the desk into a temporary folder. `CUNYI_BENCH=V` or `=T` leaves only the one.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use criterion::Criterion;
use cunyi::{
    catalog::Catalog,
    desk::{
        Desk, Folder, Question, Reply, Seat,
        reply::QueueView,
        request::{ContactDraft, QueueAsk},
    },
    domain::{
        clock::{Clock, Moment},
        day::Day,
        form::FilledForm,
        id::PersonId,
        value::Value,
    },
    practice::{self, Summary},
};

/// A size to measure at: its name and how many people.
#[derive(Clone, Copy)]
pub struct Size {
    pub name: &'static str,
    pub people: u32,
}

/// V and T, or the one that is asked for.
pub fn sizes() -> Vec<Size> {
    let small = Size {
        name: "V",
        people: 3_000,
    };
    let township = Size {
        name: "T",
        people: 50_000,
    };
    let wanted = std::env::var("CUNYI_BENCH").ok();
    let is_wanted = |size: &Size| wanted.as_deref().is_none_or(|name| name == size.name);
    [small, township].into_iter().filter(is_wanted).collect()
}

/// Few samples: the figures are compared with bounds, not with each other.
pub fn criterion() -> Criterion {
    Criterion::default()
        .configure_from_args()
        .without_plots()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2))
}

/// 2026-11-21, 10:00 in China.
pub struct Morning;

impl Clock for Morning {
    fn now(&self) -> Moment {
        1_795_226_400_000
    }
}

/// The place of this process.
pub fn seat(window: &str) -> Seat {
    Seat {
        clock: Arc::new(Morning),
        catalog: catalog(),
        window: window.to_owned(),
        today: None,
    }
}

pub fn today() -> Day {
    Day::from_ymd_opt(2026, 11, 21).unwrap()
}

pub fn catalog() -> &'static Catalog {
    use std::sync::OnceLock;
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| Catalog::built_in().unwrap())
}

/// A clinic in a folder of its own.
pub struct Village {
    pub folder: Folder,
    pub summary: Summary,
    _kept: tempfile::TempDir,
}

impl Village {
    /// Builds the clinic, and says how long that took.
    pub fn build(size: Size) -> Self {
        let kept = tempfile::tempdir().unwrap();
        let folder = Folder::at(kept.path());
        let begun = Instant::now();
        let desk = Desk::create(&folder, seat("practice")).unwrap();
        let summary = practice::build(&desk, size.people, 1, today(), |_| true).unwrap();
        println!(
            "{}: {} people, {} entries, built in {:.1?}",
            size.name,
            summary.people,
            summary.entries,
            begun.elapsed()
        );
        assert_eq!(summary.people, u64::from(size.people));
        Self {
            folder,
            summary,
            _kept: kept,
        }
    }

    /// Opens a desk on it, as a window does.
    pub fn desk(&self) -> Desk {
        Desk::open(&self.folder, None, seat("bench")).unwrap()
    }
}

/// Asks today's queue.
pub fn queue(desk: &Desk, all: bool) -> QueueView {
    let asked = QueueAsk {
        all,
        ..QueueAsk::default()
    };
    match desk.answer(&Question::Queue(asked)).unwrap() {
        Reply::Queue(queue) => *queue,
        other => panic!("{other:?}"),
    }
}

/// Repeats a hypertension form of somebody followed up on another day, with steady values.
pub fn steady(person: PersonId, day: Day, form: &FilledForm) -> ContactDraft {
    let mut form = form.clone();
    for key in ["class", "next_date", "referral", "ref_reason", "ref_org"] {
        form.answers.remove(key);
        form.marks.remove(key);
    }
    let steady = [("mode", "2"), ("bp_source", "1"), ("adr", "1")];
    for (key, code) in steady {
        form.answers
            .insert(key.to_owned(), Value::Code(code.to_owned()));
    }
    for key in ["adr_text", "adr_hard", "compl_text"] {
        form.answers.remove(key);
    }
    form.answers.insert("compl".to_owned(), Value::Bool(false));
    for (key, number) in [("sbp", 128), ("dbp", 78), ("heart_rate", 74)] {
        form.answers.insert(key.to_owned(), Value::Int(number));
    }
    form.answers
        .insert("visit_date".to_owned(), Value::Date(day));
    form.visit = day;
    ContactDraft {
        forms: vec![form],
        ..ContactDraft::about(person, day)
    }
}

/// Returns the middle of all times.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Prints a figure beside its bound.
pub fn tell(what: &str, size: Size, figure: Duration, bound: Duration) {
    let verdict = if figure <= bound { "within" } else { "ABOVE" };
    println!(
        "{what}, {}: {figure:.2?} ({verdict} {bound:.0?})",
        size.name
    );
}
