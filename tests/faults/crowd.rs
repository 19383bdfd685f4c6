//! Two and four processes that write at one store for a while: no update is lost, nobody waits
//! for ever, and the slowest save is told.
//!
//! `CUNYI_CROWD=120` is how many seconds they go on.

use std::{process::Child, time::Duration};

use cunyi::{
    desk::{Question, Reply},
    domain::{event::Event, id::HouseholdId},
    store::Error,
};

use super::{
    place::{Journal, Place, change, household, sign_in},
    writer::{self, Orders, Said, found},
};

/// What the processes said, and how long their saves took.
#[derive(Default)]
struct Told {
    saved: Vec<(String, u64)>,
    took: Vec<Duration>,
    refused: usize,
}

impl Told {
    fn take(&mut self, name: &str, child: Child) {
        let output = child.wait_with_output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{name}: {text}");
        for said in text.lines().filter_map(writer::said) {
            match said {
                Said::Open => {}
                Said::Saved { number, seq, took } => {
                    self.saved.push((format!("{name}/{number}"), seq));
                    self.took.push(took);
                }
                Said::Refused { .. } => self.refused += 1,
                Said::Failed { what } => panic!("{name}: {what}"),
            }
        }
    }
}

#[rstest::rstest]
#[case::two(2)]
#[case::four(4)]
fn processes_that_write_at_once_lose_no_update(#[case] processes: usize) {
    let seconds = std::env::var("CUNYI_CROWD").map_or(1, |text| text.parse().unwrap());
    let place = Place::new();
    found(&place.data());
    let names: Vec<String> = (0..processes).map(|at| format!("c{at}")).collect();
    let children: Vec<(&String, Child)> = names
        .iter()
        .map(|name| {
            let orders = Orders {
                folder: &place.data(),
                name,
                first: 0,
                lasts: Some(Duration::from_secs(seconds)),
            };
            (name, orders.start())
        })
        .collect();
    let mut told = Told::default();
    for (name, child) in children {
        told.take(name, child);
    }
    let store = place.store();
    let mut journal = Journal::default();
    journal.read_on(&store);
    for (id, seq) in &told.saved {
        assert_eq!(journal.entries.get(id), Some(&vec![*seq]), "{id}");
    }
    let own = journal.entries.keys().filter(|id| id.starts_with('c'));
    assert_eq!(own.count(), told.saved.len());
    assert_eq!(store.check(|_| true).unwrap().faults, Vec::new());
    let written = told.saved.iter().filter(|(id, _)| counts(id)).count();
    assert_eq!(
        u64::try_from(written).unwrap(),
        numbers(&place),
        "no number twice"
    );
    told.took.sort_unstable();
    let at = |part: usize| told.took[(told.took.len() - 1) * part / 1000];
    println!(
        "{processes} processes for {seconds} s: {} saved, {} refused, 0 lost; a save takes \
         {:.1?} in the middle, {:.1?} at 99 %, {:.1?} at most",
        told.saved.len(),
        told.refused,
        at(500),
        at(990),
        at(1000),
    );
    assert!(2 * processes < told.saved.len());
}

/// Whether a request wrote the next number on a household's card.
fn counts(id: &str) -> bool {
    let number: u64 = id.rsplit('/').next().unwrap().parse().unwrap();
    matches!(number % 8, 4..=6)
}

/// The numbers the households' cards have come to, together.
fn numbers(place: &Place) -> u64 {
    let desk = sign_in(&place.data(), "reader");
    let number = |at| match desk.answer(&Question::Household(HouseholdId(at))).unwrap() {
        Reply::Household(view) => writer::counted(&view.household.card),
        other => panic!("{other:?}"),
    };
    (1..=writer::COUNTING).map(number).sum()
}

/// Two windows that saved at the same time both told the journal who had come in.
#[test]
fn windows_that_write_at_once_tell_once_who_came_in() {
    let place = Place::new();
    let desks = ["w1", "w2"].map(|name| sign_in(&place.data(), name));
    let store = place.store();
    std::thread::scope(|scope| {
        // While this is written both wait, knowing what is to be told.
        let written: Result<(), Error> = store.write(|_| {
            for desk in &desks {
                let asked = change(format!("{}/1", desk.window()), household("李国强"));
                scope.spawn(move || desk.change(&asked).unwrap());
            }
            std::thread::sleep(Duration::from_millis(300));
            Ok(())
        });
        written.unwrap();
    });
    let snapshot = store.snapshot().unwrap();
    let mut told = Vec::new();
    for seq in 1..=snapshot.head().unwrap().seq {
        for event in snapshot.entry(seq).unwrap().events {
            if let Event::SignInsTold(news) = event {
                told.extend(news.attempts.into_iter().map(|attempt| attempt.window));
            }
        }
    }
    assert_eq!(told, ["w1", "w2"]);
}
