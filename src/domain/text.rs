//! A wording in both languages, side by side, so that one cannot be forgotten; and text from
//! outside made harmless before anybody is shown it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use unicode_width::UnicodeWidthChar as _;

/// Signs without a width of their own that may follow one another: enough for every writing
/// (Tibetan needs five), too few for a tower over the lines above.
pub const MOST_MARKS: usize = 8;

/// Which language a reader chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// 简体中文, the default.
    #[default]
    Zh,
    /// English.
    En,
}

/// A fixed wording in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    pub zh: &'static str,
    pub en: &'static str,
}

impl Text {
    /// Returns the wording in `lang`.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// Returns the half-width twin of a full-width sign or space.
pub fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// Returns whether the character takes no place on paper and must not reach a terminal: what
/// steers it (C0 and C1 controls), what turns or hides writing (marks and overrides of
/// direction, joiners, soft hyphens, tags). Line ends and tabs are layout, not that.
pub fn is_invisible(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Returns the text as a terminal may get it: without what is invisible, without what would
/// move the cursor but the line's end, and without towers of marks above a letter.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if text
        .bytes()
        .all(|b| b == b'\n' || (b' '..=b'~').contains(&b))
    {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.chars() {
        let c = match c {
            '\n' => c,
            '\t' | '\u{2028}' | '\u{2029}' => ' ',
            '\r' => continue,
            c if is_invisible(c) => continue,
            c => c,
        };
        marks = if c != '\n' && c.width() == Some(0) {
            marks + 1
        } else {
            0
        };
        if marks <= MOST_MARKS {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// A wording in both languages that comes from data (TOML) rather than code.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    pub zh: String,
    pub en: String,
}

impl Label {
    /// Returns the wording in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("张三\n李四", "张三\n李四")]
    #[case("a\x1b[31mb\x07c\u{9b}2J", "a[31mbc2J")]
    #[case("a\rb\tc\u{2028}d", "ab c d")]
    #[case("王\u{202e}桂\u{2066}兰\u{200b}", "王桂兰")]
    #[case("葛\u{e0100}e\u{301}", "葛\u{e0100}e\u{301}")]
    fn what_steers_a_terminal_is_left_out(#[case] given: &str, #[case] shown: &str) {
        assert_eq!(harmless(given), shown);
    }

    #[test]
    fn a_tower_of_marks_is_cut() {
        let tower = format!("a{}b", "\u{301}".repeat(1_000));
        let low = format!("a{}b", "\u{301}".repeat(MOST_MARKS));
        assert_eq!(harmless(&tower), low);
    }
}
