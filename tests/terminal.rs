//! A few runs in a real terminal: it starts, takes Chinese, survives what
//! terminals and systems do, and leaves the terminal clean.
//!
//! The program under test is this test binary, started again by `window`.

use std::{thread, time::Duration};

use cunyi::{
    desk::{Knock, Request},
    domain::{clinic::Role, text::Lang},
    tui::{
        self, Surroundings,
        app::{Opening, Place},
        message::Ended,
        port::{Desk, Ticket},
        theme::Colours,
    },
};
use portable_pty::CommandBuilder;
use tempfile::TempDir;

use crate::support::{
    pty::Pty,
    window::{keymap, member},
};

const MODE: &str = "CUNYI_TEST_WINDOW";

/// Starts a window in a terminal of its own.
fn start(mode: &str) -> Pty {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["terminal::window", "--exact", "--nocapture"]);
    command.env(MODE, mode);
    command.env("RUST_BACKTRACE", "0");
    Pty::start(command)
}

struct NoDesk;

impl Desk for NoDesk {
    fn ask(&mut self, _ticket: Ticket, _request: Request) {}

    fn knock(&mut self, _ticket: Ticket, _knock: Knock) {}

    fn enter(&mut self, _name: &str) {}
}

/// The window itself, in the process that `start` starts; nothing otherwise.
#[test]
fn window() {
    let Ok(mode) = std::env::var(MODE) else {
        return;
    };
    let around = Surroundings {
        lang: Lang::Zh,
        keymap: keymap("default"),
        colours: Colours::Sixteen,
        terminal: "test".to_owned(),
        terminals_file: None,
        ambiguous: None,
        can_suspend: false,
        user: None,
        fresh: [7; 16],
        notice: None,
    };
    let members = vec![
        member(1, "王建国", Role::Doctor),
        member(2, "李小燕", Role::PublicHealth),
    ];
    let opening = match mode.as_str() {
        "setup" => Opening::Setup,
        _ => Opening::Staff(members),
    };
    let name = "w1".to_owned();
    let ended = tui::run(around, Place::default(), opening, name, |inbox| {
        assert!(mode != "panic", "a panic on purpose");
        if mode == "panic elsewhere" {
            let panicking = thread::spawn(|| panic!("a panic elsewhere"));
            assert!(panicking.join().is_err());
        }
        drop(inbox);
        NoDesk
    });
    match ended.unwrap() {
        Ended::ByUser => {}
        Ended::HungUp => std::process::exit(1),
        Ended::BySignal(signal) => std::process::exit(128 + signal),
    }
}

#[test]
fn it_starts_and_leaves_the_terminal_clean() {
    let pty = start("staff");
    pty.wait_for("您是哪一位？");
    pty.send(b"\x1b");
    pty.wait_for("关闭这个窗口？");
    pty.send(b"1");
    let (code, _) = pty.ends_clean();
    assert_eq!(code, 0);
}

#[test]
fn a_panic_leaves_the_terminal_clean_and_is_told() {
    let (code, said) = start("panic").ends_clean();
    assert_ne!(code, 0);
    assert!(said.contains("a panic on purpose"), "{said}");
}

#[test]
fn a_panic_of_another_thread_waits_until_the_window_closes() {
    let pty = start("panic elsewhere");
    pty.wait_for("您是哪一位？");
    pty.wait("no panic on the screen", |screen| {
        !screen.contents().contains("a panic elsewhere")
    });
    pty.send(b"\x1b");
    pty.wait_for("关闭这个窗口？");
    pty.send(b"1");
    let (_, said) = pty.ends_clean();
    assert!(said.contains("a panic elsewhere"), "{said}");
}

#[test]
fn sigterm_and_sighup_leave_the_terminal_clean() {
    for (signal, number) in [("TERM", 15), ("HUP", 1)] {
        let pty = start("staff");
        pty.wait_for("您是哪一位？");
        pty.signal(signal);
        let (code, _) = pty.ends_clean();
        assert_eq!(code, 128 + number);
    }
}

#[test]
fn a_stop_from_outside_is_survived() {
    let pty = start("staff");
    pty.wait_for("您是哪一位？");
    pty.signal("TSTP");
    pty.wait("the main screen", |screen| !screen.alternate_screen());
    while pty.state() != 'T' {
        thread::yield_now();
    }
    pty.signal("CONT");
    pty.wait_for("您是哪一位？");
    pty.send(b"\x1b");
    pty.wait_for("关闭这个窗口？");
    pty.send(b"1");
    pty.ends_clean();
}

#[test]
fn chinese_is_typed_and_pasted() {
    let pty = start("setup");
    pty.wait_for("首次设置");
    pty.send("石桥村".as_bytes());
    pty.wait_for("石桥村");
    pty.send("\x1b[200~卫\x1b[31m生\u{7}室\x1b[201~".as_bytes());
    pty.wait_for("石桥村卫生室");
    pty.wait("the cursor behind the text", |screen| {
        let (y, x) = screen.cursor_position();
        screen
            .cell(y, x - 2)
            .is_some_and(|cell| cell.contents() == "室")
    });
}

#[test]
fn keys_sent_one_byte_at_a_time_work() {
    let pty = start("staff");
    pty.wait_for("您是哪一位？");
    for byte in "\x1b[B\x1bOS切换\x1b[3~".bytes() {
        pty.send(&[byte]);
        thread::sleep(Duration::from_millis(5));
    }
    pty.wait_for("切换语言");
    pty.wait("nothing but what was typed", |screen| {
        let contents = screen.contents();
        contents.contains("切换 ") && !contents.contains('~')
    });
    pty.send(b"\r");
    pty.wait_for("Who are you?");
}

#[test]
fn a_resize_is_drawn_at_once() {
    let pty = start("staff");
    pty.wait_for("您是哪一位？");
    pty.resize(50, 10);
    pty.wait_for("窗口太小");
    pty.resize(120, 40);
    pty.wait("the last line of 40", |screen| {
        screen
            .rows(0, 120)
            .nth(39)
            .is_some_and(|row| row.contains("进入"))
    });
}

#[test]
fn the_terminal_is_asked_and_its_answer_used() {
    let pty = start("staff");
    pty.wait_for("您是哪一位？");
    // Asked at the start, so by now it answered: narrow signs are drawn.
    pty.wait_for("▸");
}

#[test]
fn an_idle_window_writes_nothing() {
    let pty = start("staff");
    pty.wait_for("▸");
    let before = pty.bytes();
    thread::sleep(Duration::from_millis(1500));
    assert_eq!(pty.bytes(), before);
}

/// Starts the program itself on the data in `folder`.
fn program(folder: &TempDir, password: Option<&str>) -> Pty {
    let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin("cunyi"));
    command.env_clear();
    for (name, value) in [("LANG", "zh_CN.UTF-8"), ("TERM", "xterm-256color")] {
        command.env(name, value);
    }
    command.env("HOME", folder.path());
    command.env("CUNYI_DATA", folder.path().join("data"));
    if let Some(word) = password {
        let file = folder.path().join("word.txt");
        crate::support::secret(&file, word);
        command.env("CUNYI_PASSWORD_FILE", file);
    }
    Pty::start(command)
}

/// Sets a clinic up in the window and waits for its queue.
fn set_up(pty: &Pty) {
    pty.wait_for("首次设置");
    pty.send("石桥村卫生室\r石桥村\r\r王建国\rfirst-word\rfirst-word".as_bytes());
    pty.wait_for("**********");
    pty.send(b"\x1bOQ");
    pty.wait_for("请把恢复码抄在纸上");
    let code = pty.look(|screen| {
        let rows: Vec<String> = screen.rows(0, 80).collect();
        let mut rows = rows.iter().map(|row| row.trim());
        rows.find(|row| row.len() == 29).map(str::to_owned)
    });
    pty.send(b"\r");
    pty.wait_for("请看着纸");
    pty.send(&code.unwrap().as_bytes()[25..]);
    pty.send(b"\r");
    pty.wait_for("今天没有要访的人");
}

fn leave(pty: Pty) {
    pty.send(b"\x1b");
    pty.wait_for("关闭这个窗口？");
    pty.send(b"1");
    let (code, _) = pty.ends_clean();
    assert_eq!(code, 0);
}

#[test]
fn a_first_start_leads_to_the_queue_and_the_next_one_asks_for_the_password() {
    let folder = tempfile::tempdir().unwrap();
    let pty = program(&folder, None);
    set_up(&pty);
    leave(pty);
    let pty = program(&folder, None);
    pty.wait_for("请登录");
    pty.send(b"other-word\r");
    pty.wait_for("口令不对");
    pty.send(b"first-word\r");
    pty.wait_for("今天没有要访的人");
    leave(pty);
    // A file with the password goes straight in.
    let pty = program(&folder, Some("first-word"));
    pty.wait_for("今天没有要访的人");
    leave(pty);
}

#[test]
fn a_locked_window_keeps_a_half_filled_form_to_the_cursor() {
    let folder = tempfile::tempdir().unwrap();
    let pty = program(&folder, None);
    set_up(&pty);
    pty.send(b"\x1bOSxjh\r");
    pty.wait_for("新建户");
    pty.send("3\r李国强".as_bytes());
    pty.wait_for("李国强");
    let cursor = pty.look(vt100::Screen::cursor_position);
    pty.send(b"\x1d");
    pty.wait_for("已锁定");
    pty.wait("nobody's name", |screen| {
        !screen.contents().contains("李国强")
    });
    pty.send(b"first-word\r");
    pty.wait("the form as it was", |screen| {
        screen.contents().contains("李国强") && screen.cursor_position() == cursor
    });
    pty.send("2".as_bytes());
    pty.wait_for("李国强2");
}
