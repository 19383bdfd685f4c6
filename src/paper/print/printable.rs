//! What may reach paper, and how many columns a printer takes for it.

use unicode_width::UnicodeWidthChar as _;

use crate::domain::text::is_invisible;

/// A private sign GB18030 has no bytes for.
const WITHOUT_BYTES: char = '\u{e5e5}';

/// Returns the text without control signs and signs that draw nothing; line breaks stay.
pub(super) fn printable(text: &str) -> String {
    let shown = |sign: char| match sign {
        '\n' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        WITHOUT_BYTES => Some('\u{fffd}'),
        sign if sign.is_control() || is_invisible(sign) => None,
        sign => Some(sign),
    };
    text.chars().filter_map(shown).collect()
}

/// Returns the text as [`printable`], in one line.
pub(super) fn one_line(text: &str) -> String {
    printable(text).replace('\n', " ")
}

/// Returns the columns a Chinese dot-matrix printer takes: whatever its font of 汉字 holds is
/// two columns wide, quotation marks and dashes too.
pub(super) fn cells(text: &str) -> usize {
    let width = |sign: char| sign.width_cjk().unwrap_or(0);
    text.chars().map(width).sum()
}

/// Returns the text filled with blanks to `width`.
pub(super) fn padded(text: &str, width: usize) -> String {
    let blanks = width.saturating_sub(cells(text));
    format!("{text}{}", " ".repeat(blanks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_printer_is_left() {
        assert_eq!(
            printable("王\u{1b}[2J\u{c}桂\u{200b}兰\r\n二\t行"),
            "王[2J桂兰\n二 行"
        );
    }

    #[test]
    fn quotation_marks_are_as_wide_as_the_printer_draws_them() {
        assert_eq!(cells("“甲”a"), 7);
    }
}
