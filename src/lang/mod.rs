//! Chooses the language, and holds the words for what the domain refuses or remarks upon.
//!
//! Each layer keeps the words it speaks itself; only domain values get theirs here.

pub mod around;
pub mod card;
pub mod copies;
pub mod failures;
pub mod handed;
pub mod open_form;
pub mod outcome;
pub mod proposal;
pub mod refusals;
pub mod settings;
pub mod teams;
mod visited;

pub use crate::domain::text::{Lang, Text};

/// The text given with `--lang` names no language we speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownLanguage {
    pub given: String,
}

impl UnknownLanguage {
    /// Says what is wrong and what to do; in both languages, since none is chosen yet.
    pub fn sentence(&self) -> String {
        format!(
            "不认识的语言“{0}”，请写 zh 或 en。 / Unknown language \"{0}\": write zh or en.",
            self.given
        )
    }
}

/// Chooses the language: `option` (the text of `--lang`) over `locale` (`LC_ALL`, `LC_MESSAGES` or
/// `LANG`, the first that is set) over 简体中文.
pub fn choose(option: Option<&str>, locale: Option<&str>) -> Result<Lang, UnknownLanguage> {
    match option {
        Some(given) => named(given).ok_or_else(|| UnknownLanguage {
            given: given.to_owned(),
        }),
        None => Ok(locale.and_then(named).unwrap_or_default()),
    }
}

/// Returns the language a locale or a name stands for: `zh_CN.UTF-8`, `en`, `en-GB`, `中文`.
fn named(text: &str) -> Option<Lang> {
    let language = text
        .trim()
        .split(['_', '-', '.', '@'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    match language.as_str() {
        "zh" | "chs" | "cn" | "chinese" | "中文" | "简体中文" => Some(Lang::Zh),
        "en" | "eng" | "english" | "英文" => Some(Lang::En),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(None, None, Lang::Zh)]
    #[case(None, Some("zh_CN.UTF-8"), Lang::Zh)]
    #[case(None, Some("en_US.UTF-8"), Lang::En)]
    #[case(None, Some("C.UTF-8"), Lang::Zh)]
    #[case(None, Some("fr_FR"), Lang::Zh)]
    #[case(Some("en"), Some("zh_CN"), Lang::En)]
    #[case(Some("zh-Hans"), Some("en_US"), Lang::Zh)]
    fn the_option_wins_over_the_locale(
        #[case] option: Option<&str>,
        #[case] locale: Option<&str>,
        #[case] lang: Lang,
    ) {
        assert_eq!(choose(option, locale), Ok(lang));
    }

    #[test]
    fn an_unknown_option_is_named() {
        let unknown = choose(Some("fr"), None).unwrap_err();
        assert!(unknown.sentence().contains("fr"));
    }
}
