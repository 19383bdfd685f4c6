//! Typed pinyin against the syllables an action is found by: each syllable whole, by its first
//! letters, or by the first alone, one after the other (`jianyi`, `jyn`, `jianyinr`).
//!
//! Names of people are matched by the search, which knows far more.

/// Returns the first letters of the syllables.
pub fn initials(syllables: &str) -> impl Iterator<Item = char> {
    syllables.split(' ').filter_map(|word| word.chars().next())
}

/// Returns whether what was typed stands at the beginning of the syllables.
pub fn begins(syllables: &str, typed: &str) -> bool {
    let words: Vec<&str> = syllables.split(' ').collect();
    follows(&words, typed)
}

/// Returns whether what was typed stands in the syllables, from the beginning of any of them.
pub fn is_typed(syllables: &str, typed: &str) -> bool {
    let words: Vec<&str> = syllables.split(' ').collect();
    (0..words.len()).any(|at| follows(words.get(at..).unwrap_or(&[]), typed))
}

fn follows(words: &[&str], typed: &str) -> bool {
    if typed.is_empty() {
        return true;
    }
    let Some((word, others)) = words.split_first() else {
        return false;
    };
    let mut shared = word
        .bytes()
        .zip(typed.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    // The longest piece first: nearly always it is the one meant.
    while 0 < shared {
        match typed.get(shared..) {
            Some(rest) if follows(others, rest) => return true,
            _ => shared -= 1,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("jianyi", true, true)]
    #[case("jianyinaru", true, true)]
    #[case("jynr", true, true)]
    #[case("jianyinr", true, true)]
    #[case("jyna", true, true)]
    #[case("naru", false, true)]
    #[case("nr", false, true)]
    #[case("jr", false, false)]
    #[case("jianyinarux", false, false)]
    #[case("建", false, false)]
    fn syllables_are_typed_whole_or_by_their_first_letters(
        #[case] typed: &str,
        #[case] at_first: bool,
        #[case] at_all: bool,
    ) {
        let syllables = "jian yi na ru";
        assert_eq!(begins(syllables, typed), at_first);
        assert_eq!(is_typed(syllables, typed), at_all);
        assert_eq!(initials(syllables).collect::<String>(), "jynr");
    }
}
