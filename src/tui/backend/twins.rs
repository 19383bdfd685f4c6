//! Signs that some Chinese terminals draw one cell wide and others two, and
//! the one-cell sign that stands for each where it is, or may be, two.
//!
//! It changes what is printed, never the layout: text keeps its cells.

use unicode_width::UnicodeWidthChar;

/// Signs and their stand-ins of exactly one cell, besides the ranges below.
const TWINS: &[(char, char)] = &[
    ('·', '.'),
    ('—', '-'),
    ('–', '-'),
    ('―', '-'),
    ('…', '~'),
    ('“', '"'),
    ('”', '"'),
    ('‘', '\''),
    ('’', '\''),
    ('×', 'x'),
    ('÷', '/'),
    ('±', '~'),
    ('≥', '>'),
    ('≤', '<'),
    ('≈', '~'),
    ('≠', '!'),
    ('°', '\''),
    ('℃', 'C'),
    ('‰', '%'),
    ('№', '#'),
    ('§', 'S'),
    ('→', '>'),
    ('←', '<'),
    ('↑', '^'),
    ('↓', 'v'),
    ('√', 'v'),
    ('■', '#'),
    ('□', 'o'),
    ('●', '*'),
    ('○', 'o'),
    ('◆', '*'),
    ('◇', 'o'),
    ('▲', '^'),
    ('△', '^'),
    ('▼', 'v'),
    ('▽', 'v'),
    ('▶', '>'),
    ('◀', '<'),
    ('▸', '>'),
    ('◂', '<'),
    ('✓', 'v'),
    ('★', '*'),
    ('☆', '*'),
    ('※', '*'),
    ('α', 'a'),
    ('β', 'b'),
    ('γ', 'g'),
    ('μ', 'u'),
    ('Ω', 'O'),
];

/// Returns the one-cell stand-in of `symbol`, or `None` when every terminal
/// draws it in the cells the layout gave it.
pub(super) fn stand_in(symbol: &str) -> Option<char> {
    let mut chars = symbol.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else {
        return None;
    };
    if c.is_ascii() {
        return None;
    }
    if let Some((_, twin)) = TWINS.iter().find(|(sign, _)| *sign == c) {
        return Some(*twin);
    }
    if c.width() == c.width_cjk() {
        return None;
    }
    Some(by_range(c))
}

fn by_range(c: char) -> char {
    let numbered = |first: char, digits: &str| {
        let at = u32::from(c).saturating_sub(u32::from(first));
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        digits.chars().nth(at).unwrap_or('?')
    };
    match c {
        '─'..='━' | '┄'..='┅' | '┈'..='┉' | '═' => '-',
        '│'..='┃' | '┆'..='┇' | '┊'..='┋' | '║' => '|',
        '┌'..='╿' => '+',
        '▁'..='█' => numbered('▁', "__..-=##"),
        '①'..='⑨' => numbered('①', "123456789"),
        '⑴'..='⑼' => numbered('⑴', "123456789"),
        'Ⅰ'..='Ⅸ' => numbered('Ⅰ', "123456789"),
        'ⅰ'..='ⅸ' => numbered('ⅰ', "123456789"),
        _ => '?',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("·", Some('.'))]
    #[case("─", Some('-'))]
    #[case("│", Some('|'))]
    #[case("┼", Some('+'))]
    #[case("█", Some('#'))]
    #[case("Ⅱ", Some('2'))]
    #[case("⑨", Some('9'))]
    #[case("张", None)]
    #[case("，", None)]
    #[case("a", None)]
    fn only_doubtful_signs_have_a_stand_in(#[case] symbol: &str, #[case] twin: Option<char>) {
        assert_eq!(stand_in(symbol), twin);
    }

    #[test]
    fn stand_ins_are_one_cell_everywhere() {
        for (_, twin) in TWINS {
            assert!(twin.is_ascii_graphic());
        }
    }
}
