//! Figures in one form: what was measured, at which size, what came out, what it is to reach, and
//! what stands beside it. Each is printed as it is known and kept for the table that
//! `cargo bench` prints of all of them.

use std::{
    cell::RefCell,
    fmt, fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// An amount of something, compared only with amounts of the same.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub enum Amount {
    Time(Duration),
    /// So many of what the word says.
    Number(f64, &'static str),
}

/// What a figure is to reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// None is set: told to be compared.
    None,
    Most(Amount),
    Least(Amount),
}

/// A time in milliseconds that is not to be passed.
pub fn milliseconds(most: u64) -> Bound {
    Bound::Most(Amount::Time(Duration::from_millis(most)))
}

/// A number that is not to be passed.
pub fn most(number: impl Into<f64>, of: &'static str) -> Bound {
    Bound::Most(Amount::Number(number.into(), of))
}

/// A number of something that is counted.
pub fn number(number: usize, of: &'static str) -> Amount {
    Amount::Number(u32::try_from(number).map_or(f64::INFINITY, f64::from), of)
}

/// How many times as long, or as much, one is as the other.
pub fn times(one: Duration, other: Duration) -> Amount {
    Amount::Number(one.as_secs_f64() / other.as_secs_f64().max(1e-9), "times")
}

impl Bound {
    fn is_met(self, amount: Amount) -> bool {
        match self {
            Self::None => true,
            Self::Most(most) => amount <= most,
            Self::Least(least) => least <= amount,
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, of) = match *self {
            Self::Time(time) if time < Duration::from_millis(1) => (time.as_secs_f64() * 1e6, "µs"),
            Self::Time(time) if time < Duration::from_secs(1) => (time.as_secs_f64() * 1e3, "ms"),
            Self::Time(time) => (time.as_secs_f64(), "s"),
            Self::Number(number, of) => (number, of),
        };
        let is_whole = 100.0 <= number || (number - number.round()).abs() < 1e-9;
        let decimals = if is_whole {
            0
        } else {
            1 + usize::from(number < 10.0)
        };
        write!(out, "{number:.decimals$} {of}")
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => write!(out, "–"),
            Self::Most(amount) => write!(out, "≤ {amount}"),
            Self::Least(amount) => write!(out, "≥ {amount}"),
        }
    }
}

/// A figure as it is kept: its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub what: String,
    pub size: String,
    pub amount: String,
    pub bound: String,
    pub is_met: bool,
    pub beside: String,
}

/// Where the figures of a benchmark are kept, and those of this run so far.
struct Book {
    file: PathBuf,
    lines: Vec<Line>,
}

thread_local! {
    /// The figures are told by the one thread a benchmark has.
    static BOOK: RefCell<Option<Book>> = const { RefCell::new(None) };
}

/// The folder in which benchmarks keep what a run needs.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}

/// Opens the book of a benchmark; what it held of other sizes stays.
pub fn begin(bench: &str, sizes: &[&str]) {
    let file = folder().join("figures").join(bench);
    let mut lines = read(&file);
    lines.retain(|line| !sizes.contains(&line.size.as_str()));
    BOOK.set(Some(Book { file, lines }));
}

/// Prints a figure and keeps it.
pub fn tell(what: &str, size: &str, amount: Amount, bound: Bound, beside: &str) {
    let line = Line {
        what: what.to_owned(),
        size: size.to_owned(),
        amount: amount.to_string(),
        bound: bound.to_string(),
        is_met: bound.is_met(amount),
        beside: beside.to_owned(),
    };
    println!("{line}");
    BOOK.with_borrow_mut(|book| {
        let book = book.as_mut().unwrap();
        book.lines
            .retain(|older| (&older.what, &older.size) != (&line.what, &line.size));
        book.lines.push(line);
        fs::create_dir_all(book.file.parent().unwrap()).unwrap();
        let lines = book.lines.iter().map(Line::written);
        fs::write(&book.file, lines.collect::<String>()).unwrap();
    });
}

impl fmt::Display for Line {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            what,
            size,
            amount,
            bound,
            beside,
            ..
        } = self;
        let verdict = match (bound.as_str(), self.is_met) {
            ("–", _) => "",
            (_, true) => " within",
            (_, false) => " ABOVE",
        };
        write!(
            out,
            "| {what} | {size} | {amount} | {bound}{verdict} | {beside} |"
        )
    }
}

impl Line {
    fn written(&self) -> String {
        let is_met = if self.is_met { "1" } else { "0" };
        let Self { what, size, .. } = self;
        let Self { amount, bound, .. } = self;
        format!(
            "{what}\t{size}\t{amount}\t{bound}\t{is_met}\t{}\n",
            self.beside
        )
    }
}

/// Reads the figures a benchmark kept; none where it never ran.
pub fn read(file: &Path) -> Vec<Line> {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [what, size, amount, bound, is_met, beside] = fields[..] else {
            panic!("{line} is no figure");
        };
        Line {
            what: what.to_owned(),
            size: size.to_owned(),
            amount: amount.to_owned(),
            bound: bound.to_owned(),
            is_met: is_met == "1",
            beside: beside.to_owned(),
        }
    };
    text.lines().map(line).collect()
}

/// When the figures of a benchmark were last kept.
pub fn kept_at(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}
