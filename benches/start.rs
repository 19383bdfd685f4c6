//! From nothing to the first usable screen: within a process, and of the whole program in a
//! terminal beside one that opens no store and draws one word.
//!
//! The first screen must show the first person due before it is timed.

use std::{
    collections::VecDeque,
    hint::black_box,
    io::Read as _,
    time::{Duration, Instant},
};

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
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use ratatui::{Terminal, backend::TestBackend};
use redb::{Builder, ConcurrencyMode};

use crate::village::{
    Size, Village, begin, beside,
    figures::{self, Amount, Bound, milliseconds, most, times},
    median, megabytes, program, queue,
};

/// Makes the process the empty program.
pub const EMPTY: &str = "CUNYI_BENCH_EMPTY";
const WORD: &str = "ready";

/// The empty program: draws its word and waits to be ended.
pub fn empty_program() {
    let mut terminal = ratatui::init();
    let drawn = |frame: &mut ratatui::Frame| frame.render_widget(WORD, frame.area());
    terminal.draw(drawn).unwrap();
    std::thread::sleep(Duration::from_secs(30));
}

/// Measures at every size.
pub fn run() {
    for size in begin("start") {
        let village = Village::build(size);
        let first = queue(&village.desk(), false).due[0].name.clone();
        // A clinic larger than a township is read from its disk as a whole for it.
        if size.pick(true, true, false) {
            everything(size, &village, &first);
        }
        let program = started(size, || {
            let mut program = CommandBuilder::new(program().unwrap());
            let folder = village.folder.root().to_string_lossy().into_owned();
            program.args(["--data", &folder, "--user", "王建国", "--lang", "zh"]);
            (program, first.clone())
        });
        let nothing = started(size, || {
            let mut program = CommandBuilder::new(std::env::current_exe().unwrap());
            program.env(EMPTY, "1");
            (program, WORD.to_owned())
        });
        let told = format!(
            "an empty ratatui program {}, {} as long",
            Amount::Time(nothing),
            times(program, nothing)
        );
        let what = "the program started, until the first row stands";
        let bound = milliseconds(size.pick(20, 40, 100));
        beside(what, size, Amount::Time(program), bound, &told);
    }
    handed_out();
}

/// Measures how long all takes a window asks at its start, of which the first rows are little.
fn everything(size: Size, village: &Village, first: &str) {
    let seen = first_screen(&village.desk());
    let shown: String = seen.chars().filter(|sign| *sign != ' ').collect();
    assert!(shown.contains(first), "{first} is not on\n{seen}");
    let time = || {
        let begun = Instant::now();
        black_box(first_screen(&village.desk()));
        begun.elapsed()
    };
    let asked = std::iter::repeat_with(time).take(size.samples()).collect();
    let told = format!("an empty database {}", Amount::Time(median(empty(village))));
    let asked = Amount::Time(median(asked));
    let what = "everything a window asks at start, one after the other";
    beside(what, size, asked, Bound::None, &told);
}

/// The size of the program, where it is the one that is handed out: others carry what helps to
/// measure them.
fn handed_out() {
    let Some(program) = std::env::var_os("CUNYI_PROGRAM") else {
        println!("CUNYI_PROGRAM names no program to tell the size of");
        return;
    };
    let kib = std::fs::metadata(program).unwrap().len() / 1024;
    figures::tell("the program itself", "V", megabytes(kib), most(8, "MB"), "");
}

/// Starts a program in a terminal again and again; returns the middle of the times until its text
/// is seen.
fn started(size: Size, program: impl Fn() -> (CommandBuilder, String)) -> Duration {
    let time = || {
        let (program, text) = program();
        let pair = native_pty_system().openpty(PtySize {
            rows: 24,
            cols: 80,
            ..PtySize::default()
        });
        let pair = pair.unwrap();
        let mut out = pair.master.try_clone_reader().unwrap();
        let mut screen = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
        let begun = Instant::now();
        let mut child = pair.slave.spawn_command(program).unwrap();
        drop(pair.slave);
        let mut bytes = [0; 8192];
        while !screen.screen().contents().contains(&text) {
            let read = out.read(&mut bytes).unwrap_or(0);
            assert!(
                read != 0,
                "{text} was not drawn:\n{}",
                screen.screen().contents()
            );
            screen.process(&bytes[..read]);
        }
        let took = begun.elapsed();
        child.kill().unwrap();
        child.wait().unwrap();
        took
    };
    median(std::iter::repeat_with(time).take(size.samples()).collect())
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
        notice: None,
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
