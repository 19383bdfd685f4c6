//! Typed and stored text brought to one form: full-width signs and Chinese punctuation as
//! their ASCII twins, letters small, ü as v.
//!
//! It does not judge the text; what it means is `query`'s matter.

use crate::domain::text::half_width;

/// Returns the sign compared for `sign`, or `None` for an invisible one.
pub(super) fn plain(sign: char) -> Option<char> {
    let plain = match sign {
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => return None,
        '！'..='～' => {
            return plain(half_width(sign));
        }
        '。' => '.',
        '、' => '/',
        '【' => '[',
        '】' => ']',
        '‐'..='―' | '−' | '─' => '-',
        '•' | '・' | '‧' | '∙' | '●' => '·',
        '‘' | '’' | '`' => '\'',
        'ü' | 'Ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'v',
        'ā' | 'á' | 'ǎ' | 'à' => 'a',
        'ē' | 'é' | 'ě' | 'è' | 'ê' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
        _ if sign.is_whitespace() || sign.is_control() => ' ',
        _ => sign.to_ascii_lowercase(),
    };
    Some(plain)
}

/// Returns the whole text in the compared form.
pub(super) fn plain_text(text: &str) -> String {
    text.chars().filter_map(plain).collect()
}

/// Whether the sign is a Chinese character.
pub(super) fn is_hanzi(sign: char) -> bool {
    matches!(sign, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// Reads a number written in digits or in Chinese numerals up to 99 anywhere in `text`:
/// `3组`, `第三村民小组`, `十二组`.
pub(super) fn number_in(text: &str) -> Option<u16> {
    let digits: String = text
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    if !digits.is_empty() {
        return digits.parse().ok();
    }
    let numerals = text
        .chars()
        .skip_while(|&c| numeral(c).is_none())
        .map_while(numeral);
    let mut sum = None;
    for value in numerals {
        let before = sum.unwrap_or(0);
        sum = Some(match value {
            10 if before == 0 => 10,
            10 => before * 10,
            _ => before + value,
        });
    }
    sum
}

fn numeral(sign: char) -> Option<u16> {
    "一二三四五六七八九十"
        .chars()
        .zip(1..)
        .find_map(|(c, n)| (c == sign).then_some(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("１１０Ｘ－３", "110x-3")]
    #[case("石桥\u{3000}＃高血压", "石桥 #高血压")]
    #[case("吕lǜ", "吕lv")]
    #[case("买买提•吐尔逊", "买买提·吐尔逊")]
    fn twins_read_alike(#[case] typed: &str, #[case] plain: &str) {
        assert_eq!(plain_text(typed), plain);
    }

    #[rstest]
    #[case("3组", Some(3))]
    #[case("第十二村民小组", Some(12))]
    #[case("二十组", Some(20))]
    #[case("二十一", Some(21))]
    #[case("东头", None)]
    #[case("99999999", None)]
    fn groups_have_numbers(#[case] text: &str, #[case] number: Option<u16>) {
        assert_eq!(number_in(text), number);
    }
}
