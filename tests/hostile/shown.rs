//! What a window writes to its terminal, byte by byte.

use cunyi::domain::text::is_invisible;
use portable_pty::CommandBuilder;

use super::{nasty, poisoned};
use crate::{cli::Place, support::pty::Pty};

const ENTER: &[u8] = b"\r";
const ESC: &[u8] = b"\x1b";
const TAB: &[u8] = b"\t";
const DOWN: &[u8] = b"\x1b[B";
const F2: &[u8] = b"\x1bOQ";
const F3: &[u8] = b"\x1bOR";
const F4: &[u8] = b"\x1bOS";
const F5: &[u8] = b"\x1b[15~";
const F7: &[u8] = b"\x1b[18~";

fn window(place: &Place) -> Pty {
    place.window("王建国")
}

/// Asserts that the window wrote text and a few known sequences, nothing else.
fn wrote_only_what_it_should(pty: &Pty) {
    let bytes = pty.written();
    let text = String::from_utf8(bytes).unwrap();
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign != '\u{1b}' {
            let plain = matches!(sign, '\r' | '\n' | '\u{8}') || !sign.is_control();
            assert!(plain && !is_invisible(sign) || sign == '\u{8}', "{sign:?}");
            continue;
        }
        let kind = signs.next();
        // The list moves down by a line.
        if kind == Some('M') {
            continue;
        }
        assert_eq!(kind, Some('['), "another kind of sequence");
        let mut whole = String::new();
        while let Some(next) = signs.next_if(|c| matches!(c, '0'..='?')) {
            whole.push(next);
        }
        let end = signs.next().unwrap_or('\0');
        if (whole.as_str(), end) == ("?2026", '$') {
            assert_eq!(signs.next(), Some('p'));
            continue;
        }
        let known = matches!(
            end,
            'm' | 'H' | 'K' | 'X' | 'A'..='D' | 'J' | 'G' | 'd' | 'n' | 'r'
        ) || matches!(end, 'h' | 'l') && whole.starts_with('?');
        // Nothing from the store writes a colour of its own: what is set is set by the window.
        assert!(known && whole.len() < 24, "CSI {whole}{end}");
        assert_ne!(whole, "38;5;123", "the colour of the text itself");
    }
}

/// Keys one after another, each answered before the next.
fn walk(pty: &Pty, keys: &[&[u8]]) {
    for key in keys {
        let before = pty.bytes();
        pty.send(key);
        // Whatever the key does, it is done when the next is read; a frame of it may follow.
        for _ in 0..20 {
            if pty.bytes() != before {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }
}

#[test]
fn screens_of_a_poisoned_store_write_text_and_known_sequences_alone() {
    let place = poisoned();
    let pty = window(&place);
    walk(&pty, &[DOWN, F5, ESC, DOWN, TAB, ESC, F3]);
    pty.wait_for("只看有事的");
    pty.send("毒".as_bytes());
    pty.wait_for("王毒");
    pty.send(ENTER);
    pty.wait_for("户主");
    walk(
        &pty,
        &[F5, ESC, F2, DOWN, ESC, F7, DOWN, ESC, ESC, ESC, ESC],
    );
    pty.wait_for("应访");
    walk(&pty, &[ENTER, b"138", b"86", F4, ESC, ESC]);
    pty.wait_for("应访");
    pty.signal("TERM");
    wrote_only_what_it_should(&pty);
}

#[test]
fn what_is_pasted_and_typed_acts_on_nothing() {
    let place = poisoned();
    let pty = window(&place);
    pty.send(F3);
    pty.wait_for("只看有事的");
    let pasted = nasty("王毒").replace("\u{1b}[201~", "");
    pty.send(format!("\x1b[200~{pasted}\x1b[201~").as_bytes());
    pty.wait_for("王毒");
    pty.send(b"\x15");
    for signs in ["\u{202e}\u{200b}毒", "\u{9b}2J", "\u{ad}\u{e0041}"] {
        pty.send(signs.as_bytes());
    }
    // Bytes that are no text at all.
    pty.send(b"\xff\xfe\x81\xed\xa0\x80");
    pty.wait_for("王毒");
    // A million signs pasted, and a tower.
    pty.send(b"\x15");
    let long = "张".repeat(400_000);
    pty.send(format!("\x1b[200~{long}\x1b[201~").as_bytes());
    pty.send(b"\x15");
    let tower = super::tower(100_000);
    pty.send(format!("\x1b[200~{tower}\x1b[201~").as_bytes());
    pty.send(b"\x15");
    pty.send("毒".as_bytes());
    pty.wait_for("王毒");
    pty.signal("TERM");
    wrote_only_what_it_should(&pty);
}

#[test]
fn a_terminal_may_have_any_name() {
    let place = Place::new();
    for name in [nasty("x").replace('\0', ""), "x".repeat(100_000)] {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cunyi"));
        command.args(["--data", place.data().to_str().unwrap()]);
        command.args(["--user", "王建国", "--lang", "zh"]);
        command.env("TERM", name);
        let pty = Pty::start(command);
        pty.wait_for("今日随访");
        pty.signal("TERM");
        wrote_only_what_it_should(&pty);
    }
    std::fs::write(place.data().join("terminals.toml"), [0xff; 4_000]).unwrap();
    let pty = window(&place);
    pty.signal("TERM");
    wrote_only_what_it_should(&pty);
}
