//! One field three ways: what the file says, what it said last time, what stands here.

use crate::domain::value::Value;

use super::said::remembered;

/// What follows for a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing to do, and the file's word is remembered.
    Agreed,
    /// The file has not changed; whatever stands here stays.
    Unchanged,
    /// The file changed and nobody did here: the field follows it.
    Take,
    /// Both say otherwise: listed, nothing is done.
    Differs,
}

/// Compares a field. `last` is what the same line of files said before, if it did.
pub fn field(says: &Value, last: Option<&str>, here: Option<&Value>) -> Step {
    if let Value::Codes(codes) = says {
        return set(codes, last, here);
    }
    text(&remembered(says), last, here.map(remembered).as_deref())
}

/// Compares texts as `field` does values.
pub fn text(says: &str, last: Option<&str>, here: Option<&str>) -> Step {
    let here = here.filter(|here| !here.is_empty());
    if here == Some(says) {
        return Step::Agreed;
    }
    match (last, here) {
        (Some(last), _) if last == says => Step::Unchanged,
        (None, None) => Step::Take,
        (Some(last), Some(here)) if last == here => Step::Take,
        (Some(_), _) | (None, Some(_)) => Step::Differs,
    }
}

/// Words of a roster never claim to be all there is: what it does not name, it does not deny.
fn set(says: &[String], last: Option<&str>, here: Option<&Value>) -> Step {
    let last_codes: Vec<&str> = last.map_or_else(Vec::new, |last| last.split(',').collect());
    let here_codes = here.map(Value::codes).unwrap_or_default();
    let is_here = |code: &str| here_codes.iter().any(|own| own == code);
    let added_stand = says.iter().all(|code| is_here(code));
    let removed_gone = last_codes
        .iter()
        .all(|code| !is_here(code) || says.iter().any(|own| own == code));
    if added_stand && removed_gone {
        return Step::Agreed;
    }
    let joined = says.join(",");
    text(&joined, last, here.map(remembered).as_deref())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::nobody_knew("a", None, None, Step::Take)]
    #[case::same("a", None, Some("a"), Step::Agreed)]
    #[case::told_here_first("a", None, Some("b"), Step::Differs)]
    #[case::file_unchanged("a", Some("a"), Some("b"), Step::Unchanged)]
    #[case::file_unchanged_and_cleared_here("a", Some("a"), None, Step::Unchanged)]
    #[case::file_changed("b", Some("a"), Some("a"), Step::Take)]
    #[case::both_changed("b", Some("a"), Some("c"), Step::Differs)]
    #[case::both_changed_alike("b", Some("a"), Some("b"), Step::Agreed)]
    #[case::file_changed_and_cleared_here("b", Some("a"), None, Step::Differs)]
    fn a_field_follows_the_file_only_where_the_file_alone_changed(
        #[case] says: &str,
        #[case] last: Option<&str>,
        #[case] here: Option<&str>,
        #[case] step: Step,
    ) {
        assert_eq!(text(says, last, here), step);
    }

    #[rstest]
    #[case::fewer_words_deny_nothing(&["2"], None, &["2", "10"], Step::Agreed)]
    #[case::more_words_alone(&["2", "3"], Some("2"), &["2"], Step::Take)]
    #[case::more_words_and_changed_here(&["2", "3"], Some("2"), &["2", "10"], Step::Differs)]
    #[case::a_word_taken_back(&["2"], Some("2,3"), &["2", "3"], Step::Take)]
    #[case::first_told_otherwise(&["2"], None, &["1"], Step::Differs)]
    fn sets_are_compared_by_what_is_named(
        #[case] says: &[&str],
        #[case] last: Option<&str>,
        #[case] here: &[&str],
        #[case] step: Step,
    ) {
        let codes = |codes: &[&str]| Value::Codes(codes.iter().map(ToString::to_string).collect());
        assert_eq!(field(&codes(says), last, Some(&codes(here))), step);
    }
}
