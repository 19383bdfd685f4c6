//! What a window costs the line it is used over: bytes a key over the fixed script, in a hamlet
//! whose whole list has rows enough, and how soon twenty quick keys are seen at the end of a bad
//! line. `cargo bench -- window` does the same in a village and a township.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use cunyi::{
    desk::{Desk, Question, Reply},
    practice,
};

use crate::support::{
    line::{Line, Speed},
    script::{self, Figures},
    village,
};

const PEOPLE: u32 = 600;

/// Leads from today's list to that of everything that stands open.
const TO_ROWS: &str = "<left>";

/// The practice village, built once.
fn desk() -> &'static Arc<Desk> {
    static DESK: OnceLock<Arc<Desk>> = OnceLock::new();
    DESK.get_or_init(|| {
        let desk = village::empty();
        let today = village::day("2026-11-21");
        practice::build(&desk, PEOPLE, 1, today, |_| true).unwrap();
        desk
    })
}

/// Demands the bound in the middle, three times as much for 95 of 100, and 4,000 of any key.
fn within(what: &str, figures: &Figures, bound: usize) {
    let (median, upper, most) = (figures.median(), figures.part(95), figures.most());
    let keys = figures.keys();
    println!("{what}: {keys} keys, {median} bytes ({bound}), 95 of 100 {upper}, most {most}");
    assert!(median <= bound, "{what}: {median} bytes");
    assert!(upper <= 3 * bound, "{what}: 95 of 100 within {upper}");
    assert!(most <= 4_000, "{what}: {most} bytes");
}

#[test]
fn a_key_costs_few_bytes() {
    let sent = script::run(desk(), PEOPLE.into(), TO_ROWS);
    within("a move in the queue", &sent.moves, 200);
    within("a key of a search", &sent.searched, 1_300);
    within("a key in F01", &sent.typed, 60);
    let most = sent.turned.most();
    println!(
        "from screen to screen: median {}, most {most}",
        sent.turned.median()
    );
    assert!(most <= 4_000, "from screen to screen: {most} bytes");
    println!(
        "{} keys singly, {} with all normal",
        sent.singly, sent.all_normal
    );
    assert!(sent.singly <= 20 && sent.all_normal <= 15);
}

#[test]
fn twenty_quick_keys_are_seen_soon_at_the_end_of_a_bad_line() {
    let speed = Speed {
        bytes: 8,
        delay: Duration::from_millis(150),
    };
    // Only the bytes count: nobody has to read them.
    let line = Line::open(desk(), "王建国").unseen();
    let mut line = line.slowed(speed);
    line.keys(TO_ROWS);
    for every in [10, 30, 33, 45, 60, 100] {
        for (key, twenty) in [("down", "<down>".repeat(20)), ("up", "<up>".repeat(20))] {
            let frames = line.frames;
            let after = line.hurry(&twenty, Duration::from_millis(every));
            let frames = line.frames - frames;
            println!("20 {key}, one in {every} ms: seen {after:?} after the last, {frames} frames");
            // One round trip, and 150 ms.
            assert!(
                after <= Duration::from_millis(300 + 150),
                "{key}, {every} ms: {after:?}"
            );
        }
    }
}

/// A page of people is there with the key that was typed; whoever goes down comes to all others.
#[test]
fn going_down_reaches_everybody_a_search_has_found() {
    const WANTED: usize = 45;
    let question = |text: &str, limit| Question::Search {
        text: text.to_owned(),
        limit,
    };
    let Ok(Reply::Search(found)) = desk().answer(&question("l", 60)) else {
        panic!("no search");
    };
    let at = |keys: &str| {
        let mut line = Line::open(desk(), "王建国");
        line.keys(&format!("<f3>l{keys}"));
        let screen = line.screen();
        let here = screen.lines().find(|line| line.starts_with('▸'));
        let here = here.map(ToOwned::to_owned).unwrap_or_default();
        found.rows.iter().position(|row| here.contains(&row.name))
    };
    assert_eq!(at(&"<down>".repeat(WANTED)), Some(WANTED));
    assert!(at("<pgdn><pgdn>").is_some_and(|at| 24 < at));
}
