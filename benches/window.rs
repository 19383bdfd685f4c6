//! A window as its line and its machine feel it: bytes a key over the fixed script; and of the
//! real program in a terminal the most memory it had after an hour's work, and what thirty idle
//! seconds cost.
//!
//! Every part of the work must be seen on the screen before its figure counts.
#![allow(clippy::unwrap_used, clippy::expect_used, dead_code)]

#[path = "../tests/support/line.rs"]
mod line;
#[path = "../tests/support/pty.rs"]
mod pty;
#[path = "../tests/support/script.rs"]
mod script;
mod village;

use std::{
    fs,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use cunyi::{
    desk::{Desk, Question, Reply},
    domain::value::Value,
};
use portable_pty::CommandBuilder;
use pty::Pty;
use script::Figures;
use village::{Size, Village, queue, sizes};

/// How long an idle window is watched.
const IDLE: Duration = Duration::from_secs(30);
/// The processor's time an idle window may take of that.
const IDLE_PROCESSOR: Duration = Duration::from_millis(5);

fn main() {
    for size in sizes() {
        let village = Village::build(size);
        let desk = Arc::new(village.desk());
        let sent = script::run(&desk, village.summary.people, "");
        bytes("a move in the queue", size, &sent.moves, 200);
        bytes("a key of a search", size, &sent.searched, 1_300);
        bytes("a key in F01", size, &sent.typed, 60);
        let most = sent.turned.most();
        println!(
            "from screen to screen, {}: {} bytes, most {most} ({} 4000)",
            size.name,
            sent.turned.median(),
            verdict(most <= 4_000),
        );
        let asked: Vec<String> = script::queries(&desk, village.summary.people)
            .into_iter()
            .step_by(5)
            .collect();
        let visits = visits(&desk);
        drop(desk);
        let pty = open(&village);
        hour(&pty, &asked, &visits);
        memory(size, &pty);
        idle(size, &pty);
    }
}

fn verdict(is_within: bool) -> &'static str {
    if is_within { "within" } else { "ABOVE" }
}

fn bytes(what: &str, size: Size, figures: &Figures, bound: usize) {
    let (median, upper, most) = (figures.median(), figures.part(95), figures.most());
    println!(
        "{what}, {}: {} keys, {median} bytes ({} {bound}), 95 of 100 {upper} ({} {}), most {most} ({} 4000)",
        size.name,
        figures.keys(),
        verdict(median <= bound),
        verdict(upper <= 3 * bound),
        3 * bound,
        verdict(most <= 4_000),
    );
}

/// The program on the clinic's data, at its queue.
fn open(village: &Village) -> Pty {
    let mut program = CommandBuilder::new(env!("CARGO_BIN_EXE_cunyi"));
    let folder = village.folder.root().to_string_lossy().into_owned();
    program.args(["--data", &folder, "--user", "王建国", "--lang", "zh"]);
    let pty = Pty::start(program);
    pty.wait_for("▸");
    pty
}

/// Whom the F01 of the hour are about: name and ID number.
fn visits(desk: &Desk) -> Vec<(String, String)> {
    let plain = queue(desk, false)
        .due
        .into_iter()
        .filter(|row| script::asks_for_f01(row));
    let known = plain.filter_map(|row| {
        let Reply::Person(view) = desk.answer(&Question::Person(row.row.person)).unwrap() else {
            panic!("no person");
        };
        let id = view.member.person.card.get("id_no").and_then(Value::text)?;
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
        pty.wait("the one person", |screen| {
            let found = screen.rows(0, 80).nth(3);
            found.is_some_and(|row| row.contains(name.as_str()))
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

fn memory(size: Size, pty: &Pty) {
    let bound = size.pick(12, 32, 250) * 1024;
    let peak = status(pty, "VmHWM:");
    let (now, verdict) = (status(pty, "VmRSS:"), verdict(peak <= bound));
    println!(
        "memory of a window after an hour's work, {}: {peak} KiB at most ({verdict} {bound}), {now} now",
        size.name
    );
}

fn status(pty: &Pty, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", pty.process())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok())
        .unwrap_or(0)
}

fn idle(size: Size, pty: &Pty) {
    // What an hour left to be done is done.
    thread::sleep(Duration::from_secs(3));
    let (bytes, processor, begun) = (pty.bytes(), processor(pty), Instant::now());
    thread::sleep(IDLE);
    let bytes = pty.bytes() - bytes;
    let took = self::processor(pty).saturating_sub(processor);
    println!(
        "idle for {:.0?}, {}: {bytes} bytes ({} 0), processor {took:.2?} ({} {IDLE_PROCESSOR:?})",
        begun.elapsed(),
        size.name,
        verdict(bytes == 0),
        verdict(took <= IDLE_PROCESSOR),
    );
}

/// The processor's time all threads of the program have had.
fn processor(pty: &Pty) -> Duration {
    let tasks = format!("/proc/{}/task", pty.process());
    let tasks = fs::read_dir(tasks).into_iter().flatten().flatten();
    let nanoseconds = tasks.filter_map(|task| {
        let had = fs::read_to_string(task.path().join("schedstat")).ok()?;
        had.split_whitespace().next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(nanoseconds.sum())
}
