//! From nothing to the first usable screen: the store opened, the queue asked and drawn, beside
//! opening an empty database.
//!
//! The first screen must show the first person due before it is timed.
#![allow(clippy::unwrap_used, dead_code)]

mod village;

use std::{
    collections::VecDeque,
    hint::black_box,
    time::{Duration, Instant},
};

use criterion::BatchSize;
use cunyi::{
    desk::{Desk, Question, Reply},
    domain::text::Lang,
    tui::{
        app::{App, Opening, Place, Start, update},
        backend::Ambiguous,
        keymap,
        message::{Effect, Message},
        terminal::probe::Probe,
        theme::{Colours, Look},
        view::view,
    },
};
use ratatui::{Terminal, backend::TestBackend};
use redb::{Builder, ConcurrencyMode};
use village::{Village, criterion, median, queue, sizes, tell};

fn main() {
    let mut criterion = criterion();
    for size in sizes() {
        let village = Village::build(size);
        let first = queue(&village.desk(), false).due[0].name.clone();
        let seen = first_screen(&village.desk());
        let shown: String = seen.chars().filter(|sign| *sign != ' ').collect();
        assert!(shown.contains(&first), "{first} is not on\n{seen}");
        let bound = Duration::from_millis(if size.name == "V" { 20 } else { 40 });
        let time = || {
            let begun = Instant::now();
            black_box(first_screen(&village.desk()));
            begun.elapsed()
        };
        let times = std::iter::repeat_with(time).take(21).collect();
        tell("start", size, median(times), bound);
        println!("an empty database: {:.2?}", median(empty(&village)));

        let mut group = criterion.benchmark_group("start");
        group.bench_function(format!("first screen, {}", size.name), |bench| {
            bench.iter_batched(
                || (),
                |()| black_box(first_screen(&village.desk())),
                BatchSize::PerIteration,
            );
        });
        group.finish();
    }
}

/// Opens a window on the desk, answers all it asks, and returns what it shows.
fn first_screen(desk: &Desk) -> String {
    let Reply::Overview(overview) = desk.answer(&Question::Overview).unwrap() else {
        panic!("no overview");
    };
    let mut place = Place::default();
    place.learn(&overview);
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    let (mut app, effects) = App::open(Start {
        look: Look {
            lang: Lang::Zh,
            colours: Colours::Sixteen,
            ambiguous: Ambiguous::Narrow,
        },
        keymap: keymap::load(keymap::shipped("default").unwrap(), None).unwrap(),
        size: ratatui::layout::Size::new(80, 24),
        probe: Probe::Done,
        can_suspend: false,
        place,
        opening: Opening::of(&overview, Some("王建国")),
        name: "bench".to_owned(),
    });
    let mut asked: VecDeque<Effect> = effects.into();
    loop {
        terminal.draw(|frame| view(&app, frame)).unwrap();
        let message = match asked.pop_front() {
            Some(Effect::Ask(ticket, request)) => Message::Replied(ticket, desk.ask(&request)),
            Some(_) => continue,
            None if app.waits_for_frame() => Message::Drawn,
            None => break,
        };
        asked.extend(update(&mut app, message));
    }
    terminal.backend().to_string()
}

fn empty(village: &Village) -> Vec<Duration> {
    let path = village.folder.root().join("empty.redb");
    let open = || {
        let mut builder = Builder::new();
        builder.set_concurrency_mode(ConcurrencyMode::MultiWriter);
        builder.create(&path).unwrap()
    };
    drop(open());
    let time = || {
        let begun = Instant::now();
        black_box(open());
        begun.elapsed()
    };
    std::iter::repeat_with(time).take(21).collect()
}
