//! Bytes of a terminal into keys, pastes and answers, whatever way they are cut.
//!
//! A sequence may arrive one byte at a time over a bad line: after a bare Esc
//! the decoder waits for `[` or `O`, and what follows them is never taken for
//! letters. It reads no clock: the time is a parameter.

use std::time::Duration;

use crate::tui::keys::{Code, Key};

use super::paste;

/// How long a bare Esc waits for the rest of a sequence.
pub const ESC_WAIT: Duration = Duration::from_millis(50);

/// How long a begun sequence waits for its next byte before it is dropped.
const SEQUENCE_WAIT: Duration = Duration::from_secs(1);

/// How long a paste waits for its next byte before it counts as ended.
const PASTE_WAIT: Duration = Duration::from_secs(3);

/// The longest paste taken as one, in bytes.
const PASTE_LIMIT: usize = 1 << 20;

/// The longest sequence a terminal sends for a key, in bytes.
const SEQUENCE_LIMIT: usize = 64;

const PASTE_START: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// What the terminal said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    Key(Key),
    /// Pasted text, cleaned of everything that could act on a terminal.
    Paste(String),
    /// The answer to "where is the cursor", column counted from 1.
    CursorColumn(u16),
    /// The answer to whether frames can be shown whole.
    ShowsWhole(bool),
}

/// Bytes not understood yet, and until when they may wait.
#[derive(Debug, Default)]
pub struct Decoder {
    pending: Vec<u8>,
    /// The rest of a paste too long to be taken is arriving: none of it is a key.
    is_flooded: bool,
    deadline: Option<Duration>,
}

/// What the front of the pending bytes is.
enum Step {
    /// More bytes are needed.
    Wait,
    /// So many bytes are done with.
    Take(usize, Option<Typed>),
    /// Everything is done with, and so is what follows up to the end of the paste.
    Flood(Typed),
}

impl Decoder {
    /// Takes bytes that arrived at `now`; what they complete is added to `out`.
    pub fn feed(&mut self, bytes: &[u8], now: Duration, out: &mut Vec<Typed>) {
        self.pending.extend(bytes);
        self.drain(out);
        self.deadline = self.patience().map(|wait| now + wait);
    }

    /// Returns when [`Decoder::expire`] wants to be called.
    pub fn deadline(&self) -> Option<Duration> {
        self.deadline
    }

    /// Stops waiting if the deadline has come: a bare Esc is Esc, a paste ends,
    /// a begun sequence is dropped.
    pub fn expire(&mut self, now: Duration, out: &mut Vec<Typed>) {
        if self.deadline.is_none_or(|deadline| now < deadline) {
            return;
        }
        if self.pending == b"\x1b" {
            out.push(Typed::Key(Key::of(Code::Esc)));
        } else if let Some(text) = self.pending.strip_prefix(PASTE_START) {
            out.push(Typed::Paste(paste::clean(text)));
        }
        self.pending.clear();
        self.is_flooded = false;
        self.deadline = None;
    }

    fn patience(&self) -> Option<Duration> {
        match self.pending.as_slice() {
            _ if self.is_flooded => Some(PASTE_WAIT),
            [] => None,
            [0x1b] => Some(ESC_WAIT),
            pending if pending.starts_with(PASTE_START) => Some(PASTE_WAIT),
            _ => Some(SEQUENCE_WAIT),
        }
    }

    fn drain(&mut self, out: &mut Vec<Typed>) {
        self.drop_flood();
        if self.is_flooded {
            return;
        }
        let mut done = 0;
        while let Some(rest) = self.pending.get(done..).filter(|rest| !rest.is_empty()) {
            match step(rest) {
                Step::Wait => break,
                Step::Flood(typed) => {
                    out.push(typed);
                    done = self.pending.len();
                    self.is_flooded = true;
                }
                Step::Take(bytes, typed) => {
                    out.extend(typed);
                    done += bytes.max(1);
                }
            }
        }
        self.pending.drain(..done.min(self.pending.len()));
    }

    /// Drops what arrived of a paste too long, up to its end.
    fn drop_flood(&mut self) {
        if !self.is_flooded {
            return;
        }
        let end = find(&self.pending, PASTE_END);
        self.is_flooded = end.is_none();
        let kept = self.pending.len().saturating_sub(PASTE_END.len() - 1);
        let done = end.map_or(kept, |end| end + PASTE_END.len());
        self.pending.drain(..done);
    }
}

fn step(bytes: &[u8]) -> Step {
    match bytes {
        [] | [0x1b] => Step::Wait,
        [0x1b, b'[', ..] if bytes.starts_with(PASTE_START) => pasted(bytes),
        [0x1b, b'[', rest @ ..] => control_sequence(rest),
        [0x1b, b'O', rest @ ..] => match rest {
            [] => Step::Wait,
            [letter, ..] => Step::Take(3, keypad(*letter).map(|code| Typed::Key(Key::of(code)))),
        },
        // Nothing of ours uses Alt: an Esc and the next key, which a slow line
        // delivers together, stay two keys.
        [0x1b, ..] => key(1, Key::of(Code::Esc)),
        [byte, ..] if byte.is_ascii() => key(1, ascii(*byte)),
        _ => character(bytes),
    }
}

fn key(bytes: usize, key: Key) -> Step {
    Step::Take(bytes, Some(Typed::Key(key)))
}

fn ascii(byte: u8) -> Key {
    match byte {
        b'\r' => Key::of(Code::Enter),
        b'\t' => Key::of(Code::Tab),
        0x7f => Key::of(Code::Backspace),
        0 => Key::ctrl(' '),
        0x01..=0x1a => Key::ctrl(char::from(byte - 1 + b'a')),
        0x1b => Key::of(Code::Esc),
        0x1c..=0x1f => Key::ctrl(char::from(byte + 0x40)),
        byte => Key::char(char::from(byte)),
    }
}

fn character(bytes: &[u8]) -> Step {
    let length = match bytes.first() {
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => return Step::Take(1, None),
    };
    let Some(whole) = bytes.get(..length) else {
        let broken = bytes
            .iter()
            .skip(1)
            .any(|byte| !(0x80..=0xbf).contains(byte));
        return if broken {
            Step::Take(1, None)
        } else {
            Step::Wait
        };
    };
    let text = std::str::from_utf8(whole).ok();
    match text.and_then(|text| text.chars().next()) {
        Some(c) => key(length, Key::char(c)),
        None => Step::Take(1, None),
    }
}

fn pasted(bytes: &[u8]) -> Step {
    let text = bytes.get(PASTE_START.len()..).unwrap_or_default();
    match find(text, PASTE_END) {
        Some(end) => Step::Take(
            PASTE_START.len() + end + PASTE_END.len(),
            Some(Typed::Paste(paste::clean(
                text.get(..end).unwrap_or_default(),
            ))),
        ),
        None if text.len() > PASTE_LIMIT => Step::Flood(Typed::Paste(paste::clean(text))),
        None => Step::Wait,
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

/// Reads what follows `ESC [`.
fn control_sequence(rest: &[u8]) -> Step {
    // The Linux console writes F1–F5 as `ESC [ [ A`.
    if let [b'[', after @ ..] = rest {
        return match after {
            [] => Step::Wait,
            [letter @ b'A'..=b'E', ..] => key(4, Key::of(Code::F(letter - b'A' + 1))),
            _ => Step::Take(3, None),
        };
    }
    let parameters = rest
        .iter()
        .take_while(|byte| (0x20..=0x3f).contains(*byte))
        .count();
    let Some(last) = rest.get(parameters) else {
        return if rest.len() > SEQUENCE_LIMIT {
            Step::Take(2 + rest.len(), None)
        } else {
            Step::Wait
        };
    };
    if !(0x40..=0x7e).contains(last) {
        // Cut off by something else: drop what came, keep that.
        return Step::Take(2 + parameters, None);
    }
    let text = rest.get(..parameters).unwrap_or_default();
    let text = std::str::from_utf8(text).unwrap_or("");
    if let (b'y', Some(state)) = (last, text.strip_prefix("?2026;")) {
        let shows_whole = matches!(state, "1$" | "2$");
        return Step::Take(3 + parameters, Some(Typed::ShowsWhole(shows_whole)));
    }
    let numbers: Vec<u16> = text
        .split(';')
        .map(|number| number.parse().unwrap_or(0))
        .collect();
    Step::Take(3 + parameters, meaning(*last, &numbers))
}

fn meaning(last: u8, numbers: &[u16]) -> Option<Typed> {
    let number = |at: usize| numbers.get(at).copied().unwrap_or(0);
    // Row 1 is Shift-F3's spelling; our questions are asked on row 2.
    if last == b'R' && number(0) > 1 {
        return Some(Typed::CursorColumn(number(1)));
    }
    let (code, modifiers) = match last {
        b'~' if number(0) == 27 => (other_code(number(2))?, number(1)),
        b'~' => (numbered(number(0))?, number(1)),
        b'u' => (other_code(number(0))?, number(1)),
        b'Z' => (Code::Tab, 2),
        letter => (lettered(letter)?, number(1)),
    };
    let bits = modifiers.saturating_sub(1);
    let mut key = Key::of(code);
    key.shift = bits & 1 != 0 && !matches!(code, Code::Char(_));
    key.alt = bits & 2 != 0;
    key.ctrl = bits & 4 != 0;
    Some(Typed::Key(key))
}

fn lettered(letter: u8) -> Option<Code> {
    Some(match letter {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'P'..=b'S' => Code::F(letter - b'P' + 1),
        _ => return None,
    })
}

/// The letter after `ESC O`; on a number pad in its own mode the digits too.
fn keypad(letter: u8) -> Option<Code> {
    Some(match letter {
        b'M' => Code::Enter,
        b'X' => Code::Char('='),
        b'j'..=b'y' => Code::Char(char::from(letter - b'j' + b'*')),
        letter => return lettered(letter),
    })
}

fn numbered(number: u16) -> Option<Code> {
    let f = |first: u16, key: u8| {
        let offset = u8::try_from(number - first).unwrap_or(0);
        Code::F(key + offset)
    };
    Some(match number {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => f(11, 1),
        17..=21 => f(17, 6),
        23..=26 => f(23, 11),
        28 | 29 => f(28, 15),
        31..=34 => f(31, 17),
        _ => return None,
    })
}

fn other_code(number: u16) -> Option<Code> {
    Some(match number {
        9 => Code::Tab,
        13 => Code::Enter,
        27 => Code::Esc,
        127 => Code::Backspace,
        number => Code::Char(char::from_u32(u32::from(number)).filter(|c| !c.is_control())?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const NOW: Duration = Duration::ZERO;

    fn shown(typed: &[Typed]) -> String {
        let one = |typed: &Typed| match typed {
            Typed::Key(key) => key.to_string(),
            Typed::Paste(text) => format!("paste:{text}"),
            Typed::CursorColumn(column) => format!("column:{column}"),
            Typed::ShowsWhole(shows) => format!("whole:{shows}"),
        };
        typed.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[rstest]
    #[case("\x1b[A\x1b[B\x1b[6~", "up down pgdn")]
    #[case("\x1bOP\x1b[15~\x1b[24~\x1b[[B", "f1 f5 f12 f2")]
    #[case("\x1b[1;5C\x1b[Z\x1b[1;2R", "ctrl-right shift-tab shift-f3")]
    #[case("a张王1", "a 张 王 1")]
    #[case("\x08\x7f\r\t\x03\x1a", "ctrl-h backspace enter tab ctrl-c ctrl-z")]
    #[case("\x1bOp\x1bOy\x1bOM\x1bOk", "0 9 enter +")]
    #[case("\x1b[200~张三\r\n李四\x1b[201~x", "paste:张三\n李四 x")]
    #[case("\x1b[2;6R", "column:6")]
    #[case("\x1b[?2026;2$y\x1b[?2026;0$y", "whole:true whole:false")]
    #[case("\x1b\x1b[A", "esc up")]
    #[case("\x1b[27;5;13~\x1b[13;5u", "ctrl-enter ctrl-enter")]
    #[case("\x1b[?62;1c!", "!")]
    fn bytes_become_keys_whole_or_one_by_one(#[case] bytes: &str, #[case] keys: &str) {
        let mut whole = Vec::new();
        Decoder::default().feed(bytes.as_bytes(), NOW, &mut whole);
        assert_eq!(shown(&whole), keys);

        let (mut decoder, mut single) = (Decoder::default(), Vec::new());
        for byte in bytes.bytes() {
            decoder.feed(&[byte], NOW, &mut single);
        }
        assert_eq!(shown(&single), keys);
    }

    #[test]
    fn a_bare_esc_is_esc_after_its_wait() {
        let (mut decoder, mut typed) = (Decoder::default(), Vec::new());
        decoder.feed(b"\x1b", NOW, &mut typed);
        decoder.expire(ESC_WAIT / 2, &mut typed);
        assert_eq!(typed, []);
        decoder.expire(ESC_WAIT, &mut typed);
        assert_eq!(shown(&typed), "esc");
        assert_eq!(decoder.deadline(), None);
    }

    #[test]
    fn a_torn_sequence_never_becomes_letters() {
        let (mut decoder, mut typed) = (Decoder::default(), Vec::new());
        decoder.feed(b"\x1b[1", NOW, &mut typed);
        decoder.expire(SEQUENCE_WAIT, &mut typed);
        decoder.feed(b"x", SEQUENCE_WAIT, &mut typed);
        assert_eq!(shown(&typed), "x");
    }

    #[test]
    fn of_a_paste_too_long_nothing_becomes_a_key() {
        let (mut decoder, mut typed) = (Decoder::default(), Vec::new());
        decoder.feed(PASTE_START, NOW, &mut typed);
        for _ in 0..PASTE_LIMIT / 100_000 + 2 {
            decoder.feed(&b"1".repeat(100_000), NOW, &mut typed);
        }
        decoder.feed(b"\r2\x1b[20", NOW, &mut typed);
        decoder.feed(b"1~x", NOW, &mut typed);
        assert_eq!(typed.len(), 2);
        assert!(matches!(&typed[0], Typed::Paste(text) if PASTE_LIMIT <= text.len()));
        assert_eq!(typed[1], Typed::Key(Key::char('x')));
    }

    #[test]
    fn broken_characters_are_dropped() {
        let mut typed = Vec::new();
        Decoder::default().feed(b"\xff\xe5a\xc0b", NOW, &mut typed);
        assert_eq!(shown(&typed), "a b");
    }
}
