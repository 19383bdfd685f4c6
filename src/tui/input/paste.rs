//! Pasted text made harmless: no control character or escape sequence in it
//! ever reaches a field or the terminal.
//!
//! Line ends and tabs stay; what they mean is the field's decision.

use crate::domain::text::is_invisible;

/// Returns the text in `bytes` without control characters, escape sequences,
/// invisible marks and direction overrides; line ends become `\n`.
pub fn clean(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\n' | '\t' => out.push(c),
            '\x1b' => skip_sequence(&mut chars),
            // Broken bytes are no sign anybody meant; separators of lines end none here.
            '\u{fffd}' | '\u{2028}' | '\u{2029}' => {}
            c if c.is_control() || is_invisible(c) => {}
            c => out.push(c),
        }
    }
    out
}

fn skip_sequence(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    match chars.next_if(|c| matches!(c, '[' | ']' | 'P' | '_' | '^' | 'O')) {
        Some('[') => {
            while chars.next_if(|c| (' '..='?').contains(c)).is_some() {}
            chars.next_if(|c| ('@'..='~').contains(c));
        }
        Some('O') => {
            chars.next_if(char::is_ascii_graphic);
        }
        // A string for the terminal, up to BEL or `ESC \`, at most one line.
        Some(_) => {
            while let Some(c) = chars.next_if(|c| !matches!(c, '\r' | '\n')) {
                if c == '\x07' || (c == '\x1b' && chars.next_if_eq(&'\\').is_some()) {
                    break;
                }
            }
        }
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("张三\r\n李四\r王五", "张三\n李四\n王五")]
    #[case("a\x1b[31mb\x1b]0;title\x07c", "abc")]
    #[case("a\x07\x08\u{9b}31mb", "a31mb")]
    #[case("1\u{200b}2\u{202e}3\u{feff}", "123")]
    #[case("\x1b", "")]
    fn nothing_that_acts_survives(#[case] pasted: &str, #[case] kept: &str) {
        assert_eq!(clean(pasted.as_bytes()), kept);
    }
}
