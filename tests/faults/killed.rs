//! Several windows writing at one store, killed at moments a seed names: every open succeeds,
//! what was said to be saved is there exactly once, and `check` is clean.
//!
//! `CUNYI_KILLS=1000` runs the long form.

use std::{
    collections::BTreeSet,
    io::{BufRead as _, BufReader, Read as _},
    process::{Child, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use super::{
    place::{Journal, Place, ago},
    writer::{self, Orders, Said, found},
};
use crate::cli::f01;

/// Windows that write at once.
const WINDOWS: usize = 3;
/// Kills of the short form.
const FEW: u64 = 40;
/// A check of the whole store comes after so many kills.
const EACH: u64 = 50;

/// What was acknowledged, and what went wrong, over all windows.
#[derive(Default)]
struct Heard {
    /// Requests said to be saved, with the last entry of each.
    saved: Mutex<Vec<(String, u64)>>,
    opened: AtomicU64,
    refused: AtomicU64,
    failures: Mutex<Vec<String>>,
}

/// A window that is writing.
struct Window {
    name: String,
    child: Child,
    hearing: JoinHandle<u64>,
}

impl Window {
    fn open(place: &Place, name: &str, first: u64, heard: &Arc<Heard>) -> Self {
        let orders = Orders {
            folder: &place.data(),
            name,
            first,
            lasts: None,
        };
        let mut child = orders.start();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (heard, own) = (Arc::clone(heard), name.to_owned());
        let hearing = thread::spawn(move || {
            let mut next = first;
            for line in out.lines().map_while(Result::ok) {
                match writer::said(&line) {
                    None => {}
                    Some(Said::Open) => {
                        heard.opened.fetch_add(1, Ordering::Relaxed);
                    }
                    Some(Said::Saved { number, seq, .. }) => {
                        let id = format!("{own}/{number}");
                        heard.saved.lock().unwrap().push((id, seq));
                        next = number + 1;
                    }
                    Some(Said::Refused { number, .. }) => {
                        heard.refused.fetch_add(1, Ordering::Relaxed);
                        next = number + 1;
                    }
                    Some(Said::Failed { what }) => {
                        heard.failures.lock().unwrap().push(what);
                    }
                }
            }
            next
        });
        Self {
            name: name.to_owned(),
            child,
            hearing,
        }
    }

    /// Kills it, and opens another that begins with what was not acknowledged.
    fn killed(mut self, heard: &Arc<Heard>) -> (String, u64) {
        self.child.kill().unwrap();
        let status = self.child.wait().unwrap();
        let mut told = String::new();
        let mut err = self.child.stderr.take().unwrap();
        err.read_to_string(&mut told).unwrap();
        if status.code().is_some() {
            heard.failures.lock().unwrap().push(told);
        }
        (self.name, self.hearing.join().unwrap())
    }
}

/// A command of the real binary killed at some moment; its request, and whether it had said
/// that it was saved.
fn command_killed(place: &Place, number: u64, chance: &mut fastrand::Rng) -> Option<String> {
    let id = format!("command/{number}");
    let person = format!("p{}", 1 + number % writer::PEOPLE);
    let day = ago(i64::try_from(number % 80).unwrap()).to_string();
    let mut child = place
        .command()
        .args(["visit", &person, "--form", "F01", "--date", &day])
        .args(f01("138", "86"))
        .args(["--request", &id, "--json"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    thread::sleep(Duration::from_micros(chance.u64(0..400_000)));
    child.kill().unwrap();
    let mut said = String::new();
    let mut out = child.stdout.take().unwrap();
    out.read_to_string(&mut said).unwrap();
    child.wait().unwrap();
    said.contains("\"id\"").then_some(id)
}

/// Opens the store and compares it with what was acknowledged. Returns how many requests stand
/// that nobody was told of.
fn proven(place: &Place, journal: &mut Journal, heard: &Heard, whole: bool) -> usize {
    // What is heard by now was committed before the store is read.
    let saved = heard.saved.lock().unwrap().clone();
    let store = place.store();
    journal.read_on(&store);
    let mut acknowledged = BTreeSet::new();
    for (id, seq) in saved {
        let there = journal.entries.get(&id);
        let there = there.unwrap_or_else(|| panic!("{id} was saved as entry {seq} and is lost"));
        assert!(
            seq == 0 || there.as_slice() == [seq],
            "{id}: {there:?} not {seq}"
        );
        acknowledged.insert(id);
    }
    for (id, there) in &journal.entries {
        let is_own = id.contains('/');
        assert!(!is_own || there.len() == 1, "{id} stands as {there:?}");
    }
    if whole {
        assert_eq!(store.check(|_| true).unwrap().faults, Vec::new());
    }
    let own = journal.entries.keys().filter(|id| id.contains('/'));
    own.filter(|id| !acknowledged.contains(*id)).count()
}

#[test]
fn windows_killed_at_any_moment_lose_nothing_acknowledged() {
    let wanted = std::env::var("CUNYI_KILLS").map_or(FEW, |text| text.parse().unwrap());
    let place = Place::new();
    found(&place.data());
    let heard = Arc::new(Heard::default());
    let mut journal = Journal::default();
    let mut chance = fastrand::Rng::with_seed(wanted);
    let open = |at: usize, first| Window::open(&place, &format!("w{at}"), first, &heard);
    let mut windows: Vec<Option<Window>> = (0..WINDOWS).map(|at| Some(open(at, 0))).collect();
    let (mut kills, mut commands, mut checks) = (0, 0, 0);
    while kills < wanted {
        thread::sleep(Duration::from_micros(chance.u64(0..120_000)));
        // Now one window, now all at once as when the computer is switched off, now a command.
        let struck = match chance.u8(0..8) {
            0 => 0..WINDOWS,
            1 => 0..0,
            _ => {
                let at = chance.usize(0..WINDOWS);
                at..at + 1
            }
        };
        if struck.is_empty() {
            commands += 1;
            let said = command_killed(&place, commands, &mut chance);
            heard.saved.lock().unwrap().extend(said.map(|id| (id, 0)));
        }
        kills += struck.len().max(1) as u64;
        let gone: Vec<(usize, u64)> = struck
            .map(|at| {
                let window = windows[at].take().unwrap();
                (at, window.killed(&heard).1)
            })
            .collect();
        let whole = checks < kills / EACH;
        checks += u64::from(whole);
        proven(&place, &mut journal, &heard, whole);
        for (at, next) in gone {
            windows[at] = Some(open(at, next));
        }
    }
    for window in windows.into_iter().flatten() {
        window.killed(&heard);
    }
    let untold = proven(&place, &mut journal, &heard, true);
    let saved = heard.saved.lock().unwrap().len();
    println!(
        "{kills} kills, {commands} of them of commands; {saved} changes acknowledged, 0 lost; \
         {untold} stand whole that were not; {} refused; {} windows came in; {} entries; {} checks",
        heard.refused.load(Ordering::Relaxed),
        heard.opened.load(Ordering::Relaxed),
        journal.head(),
        checks + 1,
    );
    assert_eq!(*heard.failures.lock().unwrap(), Vec::<String>::new());
    assert!(kills / 4 < saved as u64, "{saved} acknowledged");
}
