//! What was typed, read as words: the grammar of the one search box (§9).
//!
//! It looks at the signs alone and at no row; what a word can mean twice stays open here.

use super::{
    matching::Pattern,
    typed::{is_hanzi, plain_text},
};

/// One word of a query. All words must match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    /// `#高血压`, without the sign.
    Tag(String),
    /// Digits, the last perhaps X.
    Number(Vec<u8>),
    /// `3-012`, `石3-012`, `sq3-`; or `101-00027`, the end of a record number.
    Dashed {
        village: String,
        left: String,
        right: String,
    },
    /// A date written with its parts apart; the day may be missing.
    Date {
        year: u32,
        month: u32,
        day: Option<u32>,
    },
    /// Hanzi or letters, perhaps with the end of a number behind: `王小明`, `zxy42`, `3组`.
    Text {
        /// As typed, in plain form.
        whole: String,
        /// The name in it, where it can be one.
        name: Option<Pattern>,
        /// Digits behind the name, the last perhaps X.
        tail: Vec<u8>,
    },
}

/// Most words and signs looked at.
const MOST_WORDS: usize = 8;
const MOST_SIGNS: usize = 120;

/// Reads a query.
pub(super) fn read(query: &str) -> Vec<Word> {
    let plain: String = plain_text(query).chars().take(MOST_SIGNS).collect();
    if let Some(number) = number_written_in_parts(&plain) {
        return vec![Word::Number(number)];
    }
    plain
        .split([' ', ',', ';'])
        .flat_map(apart_at_tags)
        .filter(|word| !word.is_empty() && *word != "#")
        .take(MOST_WORDS)
        .filter_map(word)
        .collect()
}

/// `138 0013 8000`, `+86 138-0013-8000`, `1101 0519 …`.
fn number_written_in_parts(plain: &str) -> Option<Vec<u8>> {
    let fits = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | 'x' | '+');
    let text = plain.trim();
    let text = text.strip_prefix("+86").unwrap_or(text);
    if !text.contains([' ', '-']) && text.len() == plain.trim().len() || !text.chars().all(fits) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let has_length = matches!(digits.len(), 11 | 15 | 18);
    has_length.then(|| number(&digits)).flatten()
}

/// `王#高血压` is two words.
fn apart_at_tags(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = word;
    while let Some(at) = rest
        .char_indices()
        .skip(1)
        .find_map(|(at, c)| (c == '#').then_some(at))
    {
        let (before, after) = rest.split_at(at);
        parts.push(before);
        rest = after;
    }
    parts.push(rest);
    parts
}

fn word(text: &str) -> Option<Word> {
    if let Some(tag) = text.strip_prefix('#') {
        return Some(Word::Tag(tag.to_owned()));
    }
    if let Some(number) = number(text) {
        return Some(Word::Number(number));
    }
    if let Some(word) = date(text).or_else(|| dashed(text)) {
        return Some(word);
    }
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    if text.is_empty() {
        return None;
    }
    let end = text.find(|c: char| c.is_ascii_digit());
    let (name, tail) = text.split_at(end.unwrap_or(text.len()));
    let tail = if tail.is_empty() {
        Some(Vec::new())
    } else {
        number(tail)
    };
    let is_name = |c: char| is_hanzi(c) || c.is_alphabetic() || matches!(c, '·' | '\'' | '.');
    let pattern = match tail {
        Some(_) if name.chars().all(is_name) => Pattern::of(name),
        _ => None,
    };
    Some(Word::Text {
        whole: text.to_owned(),
        name: pattern,
        tail: tail.unwrap_or_default(),
    })
}

/// Digits with at most one X, at the end.
fn number(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_suffix('x').unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.to_ascii_uppercase().into_bytes())
}

fn date(text: &str) -> Option<Word> {
    let has_marks = text.contains(['-', '/', '.', '年']);
    let text = text.trim_end_matches(['日', '号']);
    let parts: Vec<&str> = text
        .split(['-', '/', '.', '年', '月'])
        .filter(|part| !part.is_empty())
        .collect();
    let (year, month, day) = match parts.as_slice() {
        [year, month] => (year, month, None),
        [year, month, day] => (year, month, Some(day)),
        _ => return None,
    };
    if !has_marks || year.len() != 4 {
        return None;
    }
    let year: u32 = year.parse().ok().filter(|y| (1800..=2200).contains(y))?;
    let month: u32 = month.parse().ok().filter(|m| (1..=12).contains(m))?;
    let day = match day {
        Some(day) => Some(day.parse().ok().filter(|d| (1..=31).contains(d))?),
        None => None,
    };
    Some(Word::Date { year, month, day })
}

fn dashed(text: &str) -> Option<Word> {
    let (before, right) = text.split_once('-')?;
    let start = before.find(|c: char| c.is_ascii_digit())?;
    let (village, left) = before.split_at(start);
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let fits = village.chars().all(char::is_alphabetic)
        && digits(left)
        && left.len() <= 3
        && digits(right)
        && right.len() <= 6;
    fits.then(|| Word::Dashed {
        village: village.to_owned(),
        left: left.to_owned(),
        right: right.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("１１０Ｘ", "110X")]
    #[case("138 0013-8000", "13800138000")]
    #[case("+86 13800138000", "13800138000")]
    #[case("１１０１０５ 19491231 002x", "11010519491231002X")]
    fn numbers_are_read_however_written(#[case] typed: &str, #[case] number: &str) {
        assert_eq!(read(typed), [Word::Number(number.as_bytes().to_vec())]);
    }

    #[rstest]
    #[case("1960-03-10", 1960, 3, Some(10))]
    #[case("1960/3/10", 1960, 3, Some(10))]
    #[case("1960年3月10日", 1960, 3, Some(10))]
    #[case("1960．03", 1960, 3, None)]
    fn dates_are_read_however_parted(
        #[case] typed: &str,
        #[case] year: u32,
        #[case] month: u32,
        #[case] day: Option<u32>,
    ) {
        assert_eq!(read(typed), [Word::Date { year, month, day }]);
    }

    #[rstest]
    #[case("3-012", "", "3", "012")]
    #[case("石３－０１２", "石", "3", "012")]
    #[case("101-00027", "", "101", "00027")]
    #[case("sq3-", "sq", "3", "")]
    fn a_dash_parts_group_and_door(
        #[case] typed: &str,
        #[case] village: &str,
        #[case] left: &str,
        #[case] right: &str,
    ) {
        let (village, left, right) = (village.into(), left.into(), right.into());
        let expected = Word::Dashed {
            village,
            left,
            right,
        };
        assert_eq!(read(typed), [expected]);
    }

    #[test]
    fn letters_may_carry_the_end_of_a_number() {
        let [Word::Text { name, tail, .. }] = &read("zxy4x")[..] else {
            panic!("one text");
        };
        assert_eq!(name.as_ref().unwrap().letters().unwrap(), b"zxy");
        assert_eq!(tail, b"4X");
    }

    #[test]
    fn tags_part_words() {
        assert_eq!(read("王#高血压#脱贫户 ＃ #").len(), 3);
    }
}
