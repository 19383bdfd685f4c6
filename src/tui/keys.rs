//! Keys and how they are written: `"f2"`, `"ctrl-o"`, `"pgdn"`, and whole runs
//! such as `"<enter>150<tab>"`.
//!
//! One parser serves keymaps and tests. What a key does is not decided here.

use std::fmt;

use crate::domain::text::{half_width, is_invisible};

/// One pressed key. Shift is kept only where no character says it already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub code: Code,
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
}

/// What was pressed, without Ctrl, Alt or Shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    Char(char),
    /// A function key, 1–24.
    F(u8),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Insert,
    Home,
    End,
    PageUp,
    PageDown,
    Up,
    Down,
    Left,
    Right,
    /// No key at all: an action chosen by name in the palette.
    Nothing,
}

/// The text names no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAKey(pub String);

/// Written name and key; the first name of a key is the one printed.
const NAMES: &[(&str, Code)] = &[
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("backspace", Code::Backspace),
    ("bs", Code::Backspace),
    ("del", Code::Delete),
    ("delete", Code::Delete),
    ("ins", Code::Insert),
    ("insert", Code::Insert),
    ("home", Code::Home),
    ("end", Code::End),
    ("pgup", Code::PageUp),
    ("pageup", Code::PageUp),
    ("pgdn", Code::PageDown),
    ("pagedown", Code::PageDown),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("space", Code::Char(' ')),
    ("lt", Code::Char('<')),
];

/// How a key is written for a reader, where its notation would look odd on a hint line.
const SHOWN: &[(Code, &str)] = &[
    (Code::Enter, "Enter"),
    (Code::Esc, "Esc"),
    (Code::Tab, "Tab"),
    (Code::Backspace, "Backspace"),
    (Code::Delete, "Del"),
    (Code::Insert, "Ins"),
    (Code::Home, "Home"),
    (Code::End, "End"),
    (Code::PageUp, "PgUp"),
    (Code::PageDown, "PgDn"),
    (Code::Up, "Up"),
    (Code::Down, "Down"),
    (Code::Left, "Left"),
    (Code::Right, "Right"),
    (Code::Char(' '), "Space"),
    (Code::Nothing, ""),
];

impl Key {
    /// Returns the key of `code` alone.
    pub const fn of(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// Returns the key that types `c`.
    pub const fn char(c: char) -> Self {
        Self::of(Code::Char(c))
    }

    /// Returns Ctrl with `c`.
    pub const fn ctrl(c: char) -> Self {
        Self {
            ctrl: true,
            ..Self::char(c)
        }
    }

    /// Returns the character this key types into a text, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt && !c.is_control() && !is_invisible(c) => {
                Some(c)
            }
            _ => None,
        }
    }

    /// Reads one key in keymap notation: `f2`, `ctrl-o`, `shift-tab`, `?`, `space`.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let wrong = || NotAKey(text.to_owned());
        let mut key = Self::of(Code::Nothing);
        let mut rest = text;
        while let Some((modifier, after)) = rest.split_once('-') {
            if after.is_empty() {
                break;
            }
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" if !key.ctrl => key.ctrl = true,
                "alt" if !key.alt => key.alt = true,
                "shift" if !key.shift => key.shift = true,
                _ => return Err(wrong()),
            }
            rest = after;
        }
        key.code = Code::parse(rest).ok_or_else(wrong)?;
        if let Code::Char(c) = key.code {
            if key.shift {
                return Err(wrong());
            }
            if key.ctrl {
                key.code = Code::Char(c.to_ascii_lowercase());
            }
        }
        Ok(key)
    }

    /// Returns the key as the program understands it: Ctrl-C and Ctrl-[ are Esc,
    /// Ctrl-H is Backspace, Ctrl-I is Tab, Ctrl-J and Ctrl-M are Enter. A terminal
    /// cannot tell most of these pairs apart, so no context can.
    #[must_use]
    pub fn understood(self) -> Self {
        let code = match self.code {
            Code::Char('c' | '[') if self.ctrl => Code::Esc,
            Code::Char('h') if self.ctrl => Code::Backspace,
            Code::Char('i') if self.ctrl => Code::Tab,
            Code::Char('j' | 'm') if self.ctrl => Code::Enter,
            _ => return self,
        };
        Self {
            code,
            ctrl: false,
            ..self
        }
    }

    /// Returns the key with a full-width sign read as its ASCII twin; for
    /// commands, numbers and codes, never for text fields.
    #[must_use]
    pub fn with_twin(self) -> Self {
        match self.code {
            Code::Char(c) => Self {
                code: Code::Char(twin(c)),
                ..self
            },
            _ => self,
        }
    }

    /// Writes the key for a reader: `F2`, `Ctrl-O`, `PgDn`, `?`.
    pub fn shown(self) -> String {
        let mut out = String::new();
        for (on, name) in [
            (self.ctrl, "Ctrl-"),
            (self.alt, "Alt-"),
            (self.shift, "Shift-"),
        ] {
            if on {
                out.push_str(name);
            }
        }
        match (self.code, SHOWN.iter().find(|(code, _)| *code == self.code)) {
            (_, Some((_, name))) => out.push_str(name),
            (Code::F(n), None) => out.extend(["F", &n.to_string()]),
            (Code::Char(c), None) if self.ctrl || self.alt => {
                out.extend(c.to_uppercase());
            }
            (Code::Char(c), None) => out.push(c),
            (_, None) => {}
        }
        out
    }
}

impl Code {
    fn parse(name: &str) -> Option<Self> {
        let mut chars = name.chars();
        if let (Some(only), None) = (chars.next(), chars.next()) {
            return (!only.is_control() && only != ' ').then_some(Self::Char(only));
        }
        let lower = name.to_ascii_lowercase();
        if let Some(number) = lower.strip_prefix('f').and_then(|n| n.parse().ok()) {
            return (1..=24).contains(&number).then_some(Self::F(number));
        }
        NAMES
            .iter()
            .find(|(known, _)| *known == lower)
            .map(|(_, code)| *code)
    }
}

impl fmt::Display for Key {
    /// Writes the key in keymap notation; [`Key::parse`] reads it back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (on, name) in [
            (self.ctrl, "ctrl-"),
            (self.alt, "alt-"),
            (self.shift, "shift-"),
        ] {
            if on {
                f.write_str(name)?;
            }
        }
        match self.code {
            Code::F(n) => write!(f, "f{n}"),
            Code::Char(c) if c != ' ' => write!(f, "{c}"),
            code => {
                let name = NAMES.iter().find(|(_, known)| *known == code);
                f.write_str(name.map_or("", |(name, _)| name))
            }
        }
    }
}

/// Reads a run of keys: plain characters type themselves, `<name>` is a named
/// key, `<lt>` types `<`.
pub fn parse_run(text: &str) -> Result<Vec<Key>, NotAKey> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '<' {
            let (name, after) = rest
                .get(1..)
                .and_then(|inner| inner.split_once('>'))
                .ok_or_else(|| NotAKey(rest.to_owned()))?;
            keys.push(Key::parse(name)?);
            rest = after;
        } else {
            keys.push(Key::char(c));
            rest = rest.get(c.len_utf8()..).unwrap_or("");
        }
    }
    Ok(keys)
}

/// Returns the ASCII sign a Chinese input method wrote in its own form
/// (`／` and `、` are `/`, `。` is `.`, `０` is `0`); other characters unchanged.
pub fn twin(c: char) -> char {
    match c {
        '、' => '/',
        '。' => '.',
        _ => half_width(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("f2", Key::of(Code::F(2)))]
    #[case("ctrl-o", Key::ctrl('o'))]
    #[case("Ctrl-O", Key::ctrl('o'))]
    #[case("pgdn", Key::of(Code::PageDown))]
    #[case("shift-tab", Key { shift: true, ..Key::of(Code::Tab) })]
    #[case("-", Key::char('-'))]
    #[case("ctrl--", Key::ctrl('-'))]
    #[case("?", Key::char('?'))]
    #[case("space", Key::char(' '))]
    fn a_written_key_is_read(#[case] text: &str, #[case] key: Key) {
        assert_eq!(Key::parse(text), Ok(key));
        assert_eq!(Key::parse(&key.to_string()), Ok(key));
    }

    #[rstest]
    #[case("")]
    #[case("f0")]
    #[case("f25")]
    #[case("hyper-x")]
    #[case("ctrl-ctrl-x")]
    #[case("shift-a")]
    #[case("entr")]
    fn other_text_is_no_key(#[case] text: &str) {
        assert!(Key::parse(text).is_err());
    }

    #[test]
    fn a_run_mixes_text_and_names() {
        let keys = parse_run("<enter>15张<ctrl-o><lt>").unwrap();
        let written: Vec<String> = keys.iter().map(Key::to_string).collect();
        assert_eq!(written, ["enter", "1", "5", "张", "ctrl-o", "<"]);
        assert!(parse_run("<enter").is_err());
    }

    #[rstest]
    #[case('／', '/')]
    #[case('、', '/')]
    #[case('：', ':')]
    #[case('？', '?')]
    #[case('。', '.')]
    #[case('．', '.')]
    #[case('０', '0')]
    #[case('９', '9')]
    #[case('张', '张')]
    fn full_width_signs_have_twins(#[case] typed: char, #[case] meant: char) {
        assert_eq!(twin(typed), meant);
    }

    #[test]
    fn ctrl_c_is_esc_and_ctrl_h_is_backspace() {
        assert_eq!(Key::ctrl('c').understood(), Key::of(Code::Esc));
        assert_eq!(Key::ctrl('h').understood(), Key::of(Code::Backspace));
        assert_eq!(Key::ctrl('z').understood(), Key::ctrl('z'));
    }
}
