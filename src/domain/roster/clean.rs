//! Cell text as people type it, made plain: invisible characters, widths, line breaks, spreadsheet quoting.
//!
//! Nothing here decides what a text means or whether it is right; digits and letters are never changed.

use crate::domain::text::{self, is_invisible};

/// Returns the text on one line without invisible or control characters: runs of any
/// white space become one space, and a line break inside Chinese text disappears.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = Gap::None;
    for c in text.chars() {
        if c == '\n' || c == '\r' {
            gap = Gap::Line;
        } else if c.is_whitespace() || c == '\t' {
            if gap == Gap::None {
                gap = Gap::Space;
            }
        } else if !is_invisible(c) {
            let before = out.chars().next_back();
            if needs_space(gap, before, c) {
                out.push(' ');
            }
            gap = Gap::None;
            out.push(c);
        }
    }
    out
}

/// Returns the text with full-width letters, digits and signs as their ASCII twins.
pub fn half_width(text: &str) -> String {
    text.chars().map(text::half_width).collect()
}

/// Returns the text in half width without any white space or invisible character.
pub fn compact(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !is_invisible(*c))
        .map(text::half_width)
        .collect()
}

/// Returns the name without padding: a space stays only between two Latin words, every
/// kind of middle dot is `·`.
pub fn name(text: &str) -> String {
    let text = half_width(&plain(text));
    let chars: Vec<char> = text.trim().chars().collect();
    let mut out = String::with_capacity(text.len());
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|i| chars.get(i)).copied();
        let after = chars.get(at + 1).copied();
        let between = |test: fn(char) -> bool| before.is_some_and(test) && after.is_some_and(test);
        match c {
            ' ' if !between(is_latin) => {}
            '•' | '‧' | '・' | '∙' | '⋅' | '･' | '᛫' | '●' => out.push('·'),
            '.' if between(is_han) => out.push('·'),
            _ => out.push(c),
        }
    }
    out
}

/// Returns whether the character is Chinese (a unified ideograph of any plane, `〇`, or a
/// private-use stand-in for one).
pub fn is_han(c: char) -> bool {
    matches!(c,
        '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' | '\u{e000}'..='\u{f8ff}')
}

/// Returns whether the text says that nothing is there: `/`, `无`, `待补`, `——` and their like.
pub fn says_nothing(text: &str) -> bool {
    let text = compact(text);
    let signs_only = text
        .chars()
        .all(|c| matches!(c, '/' | '\\' | '-' | '—' | '–' | '_' | '*' | '.' | '…'));
    signs_only
        || matches!(
            text.as_str(),
            "无" | "没有"
                | "空"
                | "缺"
                | "暂无"
                | "暂缺"
                | "待补"
                | "待补充"
                | "待填"
                | "待查"
                | "待完善"
                | "未知"
                | "不详"
                | "不清"
                | "未填"
                | "未提供"
                | "未上户"
                | "未上户口"
                | "未办理"
                | "无号码"
                | "无证件"
                | "无身份证"
                | "null"
                | "NULL"
                | "None"
                | "N/A"
                | "#N/A"
        )
}

/// Returns the text a spreadsheet was told to keep as text: `="0001"` gives `0001`.
pub fn unwrap_formula_text(text: &str) -> &str {
    let inner = text
        .trim()
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) if !inner.contains('"') => inner,
        _ => text,
    }
}

/// Returns the text without quote marks before it, as `'5299…` is typed to keep digits.
pub fn without_leading_quotes(text: &str) -> &str {
    text.trim_start_matches(|c: char| {
        c.is_whitespace()
            || is_invisible(c)
            || matches!(c, '\'' | '‘' | '’' | '`' | '´' | '＇' | '"')
    })
}

/// Returns whether a spreadsheet could run the text as a formula when it stands in a cell.
pub fn could_run(text: &str) -> bool {
    text.trim_start_matches(|c: char| {
        c == '\'' || c.is_whitespace() && !matches!(c, '\t' | '\r' | '\n')
    })
    .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Returns the text as an export writes it: one `'` before whatever could run.
pub fn guarded(text: &str) -> String {
    if could_run(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Returns the text that [`guarded`] was given.
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if could_run(rest) => rest,
        _ => text,
    }
}

/// Returns the number a short Chinese or Arabic numeral below 100 stands for: `7`, `七`, `十二`.
pub fn small_number(text: &str) -> Option<u32> {
    if !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    let digit = |c: char| {
        "零一二三四五六七八九"
            .chars()
            .position(|d| d == c)
            .and_then(|d| u32::try_from(d).ok())
    };
    let chars: Vec<char> = text.chars().collect();
    match chars.as_slice() {
        ['十'] => Some(10),
        ['十', unit] => digit(*unit).map(|unit| 10 + unit),
        [ten, '十'] => digit(*ten).map(|ten| ten * 10),
        [ten, '十', unit] => Some(digit(*ten)? * 10 + digit(*unit)?),
        [one] => digit(*one),
        _ => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Space,
    Line,
}

fn needs_space(gap: Gap, before: Option<char>, after: char) -> bool {
    let Some(before) = before else { return false };
    match gap {
        Gap::None => false,
        Gap::Space => true,
        Gap::Line => before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric(),
    }
}

fn is_latin(c: char) -> bool {
    c.is_alphabetic() && !is_han(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("柳溪县大桥村1组60\r\n号", "柳溪县大桥村1组60号")]
    #[case("\u{feff}  a\u{200b}b \u{a0} c\n", "ab c")]
    #[case("room 3\n12", "room 3 12")]
    #[case("\u{1b}[31m红", "[31m红")]
    fn text_becomes_one_visible_line(#[case] typed: &str, #[case] shown: &str) {
        assert_eq!(plain(typed), shown);
    }

    #[rstest]
    #[case("陈  涛", "陈涛")]
    #[case("格桑卓玛\u{3000}", "格桑卓玛")]
    #[case("海来•日则", "海来·日则")]
    #[case("海来.日则", "海来·日则")]
    #[case("John  Smith ", "John Smith")]
    fn a_name_loses_its_padding(#[case] typed: &str, #[case] shown: &str) {
        assert_eq!(name(typed), shown);
    }

    #[rstest]
    #[case("七", Some(7))]
    #[case("十二", Some(12))]
    #[case("二十", Some(20))]
    #[case("三十一", Some(31))]
    #[case("08", Some(8))]
    #[case("东", None)]
    fn small_numerals_are_read(#[case] typed: &str, #[case] number: Option<u32>) {
        assert_eq!(small_number(typed), number);
    }

    #[rstest]
    #[case("=\"0001\"", "0001")]
    #[case("=1+1", "=1+1")]
    fn only_text_formulas_are_unwrapped(#[case] typed: &str, #[case] text: &str) {
        assert_eq!(unwrap_formula_text(typed), text);
    }

    proptest! {
        #[test]
        fn a_guarded_text_never_runs_and_comes_back_whole(text in "['=+@ \t0-9a-z张＝-]{0,12}") {
            let written = guarded(&text);
            prop_assert!(!could_run(&text) || written.starts_with('\''));
            prop_assert_eq!(unguarded(&written), text.as_str());
        }
    }
}
