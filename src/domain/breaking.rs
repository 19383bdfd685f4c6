//! Text broken into lines as Chinese is set: at blanks where there are some, between characters
//! where not, and no line begins with a closing sign.
//!
//! How wide a text is depends on where it will stand (a window, a printer), so every function
//! is told the measure.

use unicode_segmentation::UnicodeSegmentation as _;

/// Signs that begin no line.
const CLOSING: &[char] = &[
    '，', '。', '；', '：', '、', '）', '！', '？', '”', '》', '】', ',', '.', ')',
];
/// Signs that end no line.
const OPENING: &[char] = &['（', '“', '《', '【', '('];

/// Returns the longest start of the text that fits into `cells`, by whole graphemes.
pub fn start(text: &str, cells: usize, width: impl Fn(&str) -> usize) -> &str {
    let (mut taken, mut end) = (0, 0);
    for (at, grapheme) in text.grapheme_indices(true) {
        let wide = width(grapheme);
        if taken + wide > cells {
            break;
        }
        taken += wide;
        end = at + grapheme.len();
    }
    text.get(..end).unwrap_or(text)
}

/// Returns the text in lines of at most `cells`, from 2; lines of the text stay lines.
pub fn wrap(text: &str, cells: usize, width: impl Fn(&str) -> usize + Copy) -> Vec<String> {
    text.split('\n')
        .flat_map(|line| wrap_line(line, cells.max(2), width))
        .collect()
}

fn wrap_line(text: &str, cells: usize, width: impl Fn(&str) -> usize + Copy) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    // Where the last word of the line begins.
    let mut last = 0;
    for word in text.split_word_bounds() {
        if width(&line) + width(word) > cells && !line.is_empty() {
            // A closing sign begins no line, an opening one ends none: the word before goes along.
            let before = line.get(last..).unwrap_or_default();
            let fits = width(before) + width(word) <= cells;
            let belongs = word.starts_with(CLOSING) || before.ends_with(OPENING);
            let carried = if belongs && 0 < last && fits {
                line.split_off(last)
            } else {
                String::new()
            };
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            line = carried;
            if word.trim().is_empty() {
                last = 0;
                continue;
            }
        }
        let mut rest = word;
        while width(rest) > cells {
            let first = match start(rest, cells, width) {
                // One sign wider than the line stands alone.
                "" => rest.graphemes(true).next().unwrap_or(rest),
                first => first,
            };
            lines.push(first.to_owned());
            rest = rest.get(first.len()..).unwrap_or("");
        }
        last = line.len();
        line.push_str(rest);
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every sign two cells wide.
    fn wide(text: &str) -> usize {
        2 * text.chars().count()
    }

    #[test]
    fn no_line_begins_with_a_closing_sign() {
        assert_eq!(wrap("按时服药。", 8, wide), ["按时服", "药。"]);
    }

    #[test]
    fn no_line_ends_with_an_opening_sign() {
        assert_eq!(wrap("按时间（药）", 8, wide), ["按时间", "（药）"]);
    }

    #[test]
    fn a_closing_sign_after_a_whole_line_makes_no_line_too_long() {
        let lines = wrap("药abcd，", 8, wide);
        assert!(lines.iter().all(|line| wide(line) <= 8), "{lines:?}");
    }

    #[test]
    fn a_sign_wider_than_the_line_does_not_loop() {
        assert_eq!(wrap("ab", 1, |text| 3 * text.len()), ["a", "b", ""]);
    }
}
