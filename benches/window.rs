//! A window as its line and its machine feel it: bytes a key over the fixed script; and of the
//! real program in a terminal the most memory it had after an hour's work, and what thirty idle
//! seconds cost.
//!
//! Every part of the work must be seen on the screen before its figure counts.

use std::{sync::Arc, thread, time::Duration};

use cunyi::{desk::Desk, domain::value::Value};
use portable_pty::CommandBuilder;

use crate::pty::Pty;
use crate::script::{self, Figures};
use crate::village::{
    Size, Village, begin, beside,
    figures::{Amount, milliseconds, most, number},
    megabytes, memory, processor, program, queue,
};

/// For how many seconds an idle window is watched.
const IDLE: u32 = 30;
/// The milliseconds of the processor an idle window may take of that.
const IDLE_PROCESSOR: u64 = 5;

/// Tells what a window costs.
pub fn run() {
    for size in begin("window") {
        let village = Village::build(size);
        let desk = Arc::new(village.desk());
        let sent = script::run(&desk, village.people, "");
        for (what, keys, bound) in [
            (
                "keys of a stable revisit, answered singly",
                sent.singly,
                20_u32,
            ),
            ("… with the key for all normal", sent.all_normal, 15),
        ] {
            beside(what, size, number(keys, "keys"), most(bound, "keys"), "");
        }
        bytes("a move in the queue", size, &sent.moves, 200);
        bytes("a key of a search", size, &sent.searched, 1_300);
        bytes("a key in F01", size, &sent.typed, 60);
        bytes_at_most("a key to another screen", size, &sent.turned);
        let asked: Vec<String> = script::queries(&desk, village.people)
            .into_iter()
            .step_by(5)
            .collect();
        let visits = visits(&desk);
        drop(desk);
        let pty = open(&village);
        hour(&pty, &asked, &visits);
        peak(size, &pty);
        idle(size, &pty);
    }
}

fn bytes(what: &str, size: Size, figures: &Figures, bound: u32) {
    let keys = format!("{} keys", figures.keys());
    let (median, upper) = (figures.median(), figures.part(95));
    for (part, bytes, bound) in [("", median, bound), (", 95 of 100", upper, 3 * bound)] {
        let bound = most(bound, "bytes");
        let what = format!("bytes of {what}{part}");
        beside(&what, size, number(bytes, "bytes"), bound, &keys);
    }
    bytes_at_most(what, size, figures);
}

fn bytes_at_most(what: &str, size: Size, figures: &Figures) {
    let (median, largest) = (figures.median(), figures.most());
    let told = format!("{median} in the middle");
    let what = format!("bytes of {what}, at most");
    beside(
        &what,
        size,
        number(largest, "bytes"),
        most(4_000, "bytes"),
        &told,
    );
}

/// The program on the clinic's data, at its queue.
fn open(village: &Village) -> Pty {
    let mut program = CommandBuilder::new(program().unwrap());
    let folder = village.folder.root().to_string_lossy().into_owned();
    program.args(["--data", &folder, "--user", "王建国", "--lang", "zh"]);
    let pty = Pty::start(program);
    pty.wait_for("▸");
    pty
}

/// Whom the F01 of the hour are about: name and ID number of those who had one before and are
/// asked for nothing else.
fn visits(desk: &Desk) -> Vec<(String, String)> {
    let rows = queue(desk, false).due.into_iter();
    let known = rows.filter_map(|row| {
        let view = script::revisited(desk, &row)?;
        let id = view.person.card.get("id_no").and_then(Value::text)?;
        Some((row.name.clone(), id.to_owned()))
    });
    known.take(12).collect()
}

/// An hour's work: rows, searches, households, visits.
fn hour(pty: &Pty, asked: &[String], visits: &[(String, String)]) {
    assert!(3 <= visits.len(), "{} visits are no hour", visits.len());
    for key in ["<down>", "<up>"] {
        for _ in 0..60 {
            pty.press(key);
            settled(pty);
        }
    }
    for query in asked {
        pty.press("<f3>");
        pty.wait_for("查户");
        for sign in query.chars() {
            pty.press(&sign.to_string());
            settled(pty);
        }
        pty.wait_for("▸");
        pty.press("<enter>");
        pty.wait_for("成员");
        pty.press("<esc><esc>");
        pty.wait_for("应访");
        settled(pty);
    }
    for (at, (name, id)) in visits.iter().enumerate() {
        pty.press("<f3>");
        pty.wait_for("查户");
        pty.press(id);
        // Nobody else is found any more: not one of the same name who was seen last, either.
        pty.wait("the one person", |screen| {
            let rows: Vec<String> = screen.rows(0, 80).collect();
            let is_typed = rows[1].contains(id.as_str());
            is_typed && rows[3].contains(name.as_str()) && rows[4].trim().is_empty()
        });
        settled(pty);
        pty.press("<f2>");
        pty.wait_for("F01");
        if at == 0 {
            pty.press(script::MODE);
        }
        pty.press(script::VISIT);
        settled(pty);
        pty.press("<f2><f2>");
        pty.wait_for(&format!("已保存 {name}"));
        pty.press("<esc>");
        pty.wait_for("应访");
    }
}

/// Waits until nothing more is written for a moment.
fn settled(pty: &Pty) {
    let mut before = usize::MAX;
    while before != pty.bytes() {
        before = pty.bytes();
        thread::sleep(Duration::from_millis(30));
    }
}

fn peak(size: Size, pty: &Pty) {
    let process = pty.process().to_string();
    let bound = most(size.pick(12_u32, 32, 250), "MB");
    let now = format!("{} now", megabytes(memory(&process, "VmRSS:")));
    let peak = megabytes(memory(&process, "VmHWM:"));
    let what = "memory of a window after an hour's work";
    beside(what, size, peak, bound, &now);
}

fn idle(size: Size, pty: &Pty) {
    // What an hour left to be done is done.
    thread::sleep(Duration::from_secs(3));
    let process = pty.process().to_string();
    let bytes = pty.bytes();
    // Each second has the same few looks: one that stands out tells of the machine.
    let mut before = processor(&process);
    let seconds = (0..IDLE).map(|_| {
        thread::sleep(Duration::from_secs(1));
        let now = processor(&process);
        now.saturating_sub(std::mem::replace(&mut before, now))
    });
    let mut seconds: Vec<Duration> = seconds.collect();
    seconds.sort_unstable();
    let bytes = number(pty.bytes() - bytes, "bytes");
    beside("an idle window, 30 s", size, bytes, most(0, "bytes"), "");
    let (middle, longest) = (seconds[seconds.len() / 2], seconds[seconds.len() - 1]);
    let told = format!(
        "30 times its middle second {}, the longest second {}",
        Amount::Time(middle * IDLE),
        Amount::Time(longest),
    );
    let what = "the processor for an idle window, 30 s";
    let took: Duration = seconds.iter().sum();
    let took = Amount::Time(took);
    beside(what, size, took, milliseconds(IDLE_PROCESSOR), &told);
}
