//! The words people use for tags: in a roster's 人群分类 column and behind `#` in a search.
//!
//! It reads words only; what a roster may change because of them is decided elsewhere.

use super::{Tag, TagSet};
use crate::domain::identity::normalise;

/// What a roster word says about the person and the household, as form codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    pub tag: Tag,
    /// Code of `diseases` the word states.
    pub disease: Option<&'static str>,
    /// Code of `disability` the word states; `8` when the kind is not said.
    pub disability: Option<&'static str>,
    /// Code of `hh_type` the word states.
    pub household_type: Option<&'static str>,
    /// Code of `hh_flags` the word states.
    pub household_flag: Option<&'static str>,
}

/// A roster's 人群分类 cell, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// What the known words mean, in the order they stand, each meaning once.
    pub meanings: Vec<Meaning>,
    /// Words nobody knows, as written.
    pub unknown: Vec<String>,
}

impl Reading {
    /// Returns the tags of the known words.
    pub fn tags(&self) -> TagSet {
        self.meanings.iter().map(|meaning| meaning.tag).collect()
    }
}

/// Reads a 人群分类 cell: words between 、，,;；/ brackets, line breaks and spaces. 无 and a dash say nothing.
pub fn read(cell: &str) -> Reading {
    let mut reading = Reading::default();
    for part in cell.split(is_separator) {
        let word = normalise(part);
        if word.is_empty() || NOTHING.contains(&word.as_str()) {
            continue;
        }
        let found = meanings(&word);
        if found.is_empty() {
            reading.unknown.push(part.trim().to_owned());
        }
        for meaning in found {
            if !reading.meanings.contains(&meaning) {
                reading.meanings.push(meaning);
            }
        }
    }
    reading
}

/// Returns the tags whose words begin with `word`, which stands behind `#` in a search.
///
/// An exact word gives its own tag alone: `#低保` is no prefix of others then.
pub fn matching(word: &str) -> TagSet {
    let word = bare(&normalise(word));
    if word.is_empty() {
        return TagSet::EMPTY;
    }
    let whole = SEARCHED.iter().filter(|(known, _)| *known == word);
    let exact: TagSet = whole.map(|(_, tag)| *tag).collect();
    if !exact.is_empty() {
        return exact;
    }
    let known = meanings(&word);
    if !known.is_empty() {
        return known.iter().map(|meaning| meaning.tag).collect();
    }
    let begun = SEARCHED
        .iter()
        .filter(|(known, _)| known.starts_with(&word))
        .map(|(_, tag)| *tag);
    let named = Tag::ALL
        .into_iter()
        .filter(|tag| tag.code() == word || bare(&normalise(tag.name().zh)).starts_with(&word));
    begun.chain(named).collect()
}

/// Words that say there is nothing to say.
const NOTHING: [&str; 8] = ["无", "-", "--", "—", "——", "没有", "否", "/"];

/// Endings that do not change what a word means.
const ENDINGS: [&str; 7] = ["患者", "病人", "人群", "人员", "管理", "对象", "随访"];

/// Which fact a word states.
enum Fact {
    Nothing,
    Disease(&'static str),
    Disability(&'static str),
    HouseholdType(&'static str),
    HouseholdFlag(&'static str),
}

/// Roster words without their endings, in the order they are tried.
const KNOWN: &[(&str, Tag, Fact)] = {
    use Fact::{Disability, Disease, HouseholdFlag, HouseholdType, Nothing};
    &[
        ("一般", Tag::General, Nothing),
        ("普通", Tag::General, Nothing),
        ("其他", Tag::General, Nothing),
        ("0-6岁儿童", Tag::Child, Nothing),
        ("06岁儿童", Tag::Child, Nothing),
        ("0-6岁", Tag::Child, Nothing),
        ("0-3岁儿童", Tag::Child, Nothing),
        ("3-6岁儿童", Tag::Child, Nothing),
        ("7岁以下儿童", Tag::Child, Nothing),
        ("儿童", Tag::Child, Nothing),
        ("婴幼儿", Tag::Child, Nothing),
        ("新生儿", Tag::Child, Nothing),
        ("学龄前儿童", Tag::Child, Nothing),
        ("孕产妇", Tag::Maternal, Nothing),
        ("孕妇", Tag::Maternal, Nothing),
        ("产妇", Tag::Maternal, Nothing),
        ("产后", Tag::Maternal, Nothing),
        ("65岁及以上老年人", Tag::Elderly, Nothing),
        ("65岁及以上老人", Tag::Elderly, Nothing),
        ("65岁及以上", Tag::Elderly, Nothing),
        ("65岁以上老年人", Tag::Elderly, Nothing),
        ("65岁以上老人", Tag::Elderly, Nothing),
        ("65岁以上", Tag::Elderly, Nothing),
        ("65岁老年人", Tag::Elderly, Nothing),
        ("65+", Tag::Elderly, Nothing),
        ("≥65岁", Tag::Elderly, Nothing),
        ("老年人", Tag::Elderly, Nothing),
        ("老人", Tag::Elderly, Nothing),
        ("老年", Tag::Elderly, Nothing),
        ("高血压", Tag::Hypertension, Disease("2")),
        ("高血压病", Tag::Hypertension, Disease("2")),
        ("原发性高血压", Tag::Hypertension, Disease("2")),
        ("HTN", Tag::Hypertension, Disease("2")),
        ("2型糖尿病", Tag::Diabetes, Disease("3")),
        ("Ⅱ型糖尿病", Tag::Diabetes, Disease("3")),
        ("II型糖尿病", Tag::Diabetes, Disease("3")),
        ("二型糖尿病", Tag::Diabetes, Disease("3")),
        ("糖尿病", Tag::Diabetes, Disease("3")),
        ("糖尿病2型", Tag::Diabetes, Disease("3")),
        ("DM", Tag::Diabetes, Disease("3")),
        ("肺结核", Tag::Tuberculosis, Disease("9")),
        ("结核病", Tag::Tuberculosis, Disease("9")),
        ("结核", Tag::Tuberculosis, Disease("9")),
        ("严重精神障碍", Tag::MentalDisorder, Disease("8")),
        ("重性精神病", Tag::MentalDisorder, Disease("8")),
        ("重性精神疾病", Tag::MentalDisorder, Disease("8")),
        ("精神障碍", Tag::MentalDisorder, Disease("8")),
        ("精神病", Tag::MentalDisorder, Disease("8")),
        ("重精", Tag::MentalDisorder, Disease("8")),
        ("残疾人", Tag::Disabled, Disability("8")),
        ("残疾", Tag::Disabled, Disability("8")),
        ("持证残疾人", Tag::Disabled, Disability("8")),
        ("视力残疾", Tag::Disabled, Disability("2")),
        ("听力残疾", Tag::Disabled, Disability("3")),
        ("言语残疾", Tag::Disabled, Disability("4")),
        ("肢体残疾", Tag::Disabled, Disability("5")),
        ("智力残疾", Tag::Disabled, Disability("6")),
        ("精神残疾", Tag::Disabled, Disability("7")),
        ("多重残疾", Tag::Disabled, Disability("8")),
        ("其他残疾", Tag::Disabled, Disability("8")),
        ("脱贫人口", Tag::LiftedFromPoverty, HouseholdType("2")),
        ("脱贫户", Tag::LiftedFromPoverty, HouseholdType("2")),
        ("脱贫", Tag::LiftedFromPoverty, HouseholdType("2")),
        ("已脱贫", Tag::LiftedFromPoverty, HouseholdType("2")),
        ("贫困户", Tag::LiftedFromPoverty, HouseholdType("2")),
        ("贫困人口", Tag::LiftedFromPoverty, HouseholdType("2")),
        ("建档立卡", Tag::LiftedFromPoverty, HouseholdType("2")),
        ("建档立卡户", Tag::LiftedFromPoverty, HouseholdType("2")),
        ("建档立卡贫困户", Tag::LiftedFromPoverty, HouseholdType("2")),
        (
            "建档立卡贫困人口",
            Tag::LiftedFromPoverty,
            HouseholdType("2"),
        ),
        ("脱贫不稳定户", Tag::Monitored, HouseholdType("3")),
        ("脱贫不稳定", Tag::Monitored, HouseholdType("3")),
        ("边缘易致贫户", Tag::Monitored, HouseholdType("4")),
        ("边缘易致贫", Tag::Monitored, HouseholdType("4")),
        ("边缘户", Tag::Monitored, HouseholdType("4")),
        ("突发严重困难户", Tag::Monitored, HouseholdType("5")),
        ("突发严重困难", Tag::Monitored, HouseholdType("5")),
        ("监测户", Tag::Monitored, Nothing),
        ("监测", Tag::Monitored, Nothing),
        ("防返贫监测", Tag::Monitored, Nothing),
        ("防返贫监测户", Tag::Monitored, Nothing),
        ("三类", Tag::Monitored, Nothing),
        ("三类户", Tag::Monitored, Nothing),
        ("计生特殊家庭", Tag::FamilyPlanning, HouseholdFlag("14")),
        ("计生特殊家庭成员", Tag::FamilyPlanning, HouseholdFlag("14")),
        ("计划生育特殊家庭", Tag::FamilyPlanning, HouseholdFlag("14")),
        (
            "计划生育特殊家庭成员",
            Tag::FamilyPlanning,
            HouseholdFlag("14"),
        ),
        ("计生特扶", Tag::FamilyPlanning, HouseholdFlag("14")),
        ("计生特殊", Tag::FamilyPlanning, HouseholdFlag("14")),
        ("特扶", Tag::FamilyPlanning, HouseholdFlag("14")),
        (
            "独生子女死亡或伤残",
            Tag::FamilyPlanning,
            HouseholdFlag("14"),
        ),
        ("失独", Tag::FamilyPlanning, HouseholdFlag("14")),
        ("失独家庭", Tag::FamilyPlanning, HouseholdFlag("14")),
        ("慢性病高危", Tag::HighRisk, Nothing),
        ("慢病高危", Tag::HighRisk, Nothing),
        ("高危", Tag::HighRisk, Nothing),
        ("高血压高危", Tag::HighRisk, Nothing),
        ("糖尿病高危", Tag::HighRisk, Nothing),
        ("糖尿病前期", Tag::HighRisk, Nothing),
        ("低保", Tag::Allowance, HouseholdFlag("11")),
        ("低保户", Tag::Allowance, HouseholdFlag("11")),
        ("低保人口", Tag::Allowance, HouseholdFlag("11")),
        ("农村低保", Tag::Allowance, HouseholdFlag("11")),
        ("五保", Tag::Allowance, HouseholdFlag("13")),
        ("五保户", Tag::Allowance, HouseholdFlag("13")),
        ("特困", Tag::Allowance, HouseholdFlag("13")),
        ("特困户", Tag::Allowance, HouseholdFlag("13")),
        ("特困供养", Tag::Allowance, HouseholdFlag("13")),
        ("行动不便", Tag::Dependent, Nothing),
        ("失能", Tag::Dependent, Nothing),
        ("半失能", Tag::Dependent, Nothing),
        ("失智", Tag::Dependent, Nothing),
        ("失能失智", Tag::Dependent, Nothing),
        ("失能半失能", Tag::Dependent, Nothing),
        ("失能老人", Tag::Dependent, Nothing),
        ("失能老年人", Tag::Dependent, Nothing),
        ("长期卧床", Tag::Dependent, Nothing),
        ("冠心病", Tag::OtherChronic, Disease("4")),
        ("心脏病", Tag::OtherChronic, Nothing),
        ("慢阻肺", Tag::OtherChronic, Disease("5")),
        ("慢性阻塞性肺疾病", Tag::OtherChronic, Disease("5")),
        ("COPD", Tag::OtherChronic, Disease("5")),
        ("恶性肿瘤", Tag::OtherChronic, Disease("6")),
        ("肿瘤", Tag::OtherChronic, Nothing),
        ("癌症", Tag::OtherChronic, Disease("6")),
        ("脑卒中", Tag::OtherChronic, Disease("7")),
        ("脑梗", Tag::OtherChronic, Disease("7")),
        ("中风", Tag::OtherChronic, Disease("7")),
        ("慢性病", Tag::OtherChronic, Nothing),
        ("慢病", Tag::OtherChronic, Nothing),
        ("其他慢性病", Tag::OtherChronic, Nothing),
        ("其他慢病", Tag::OtherChronic, Nothing),
    ]
};

/// Words that mean more than one thing in a roster.
const TWO_IN_ONE: &[(&str, [&str; 2])] = &[
    ("高血压糖尿病", ["高血压", "糖尿病"]),
    ("高血压合并糖尿病", ["高血压", "糖尿病"]),
    ("高血压伴糖尿病", ["高血压", "糖尿病"]),
    ("高糖", ["高血压", "糖尿病"]),
    ("两病", ["高血压", "糖尿病"]),
];

/// Words behind `#` that mean another set than in a roster, or are no roster word.
const SEARCHED: &[(&str, Tag)] = &[
    ("脱贫户", Tag::LiftedFromPoverty),
    ("脱贫人口", Tag::LiftedFromPoverty),
    ("监测户", Tag::Monitored),
    ("高血压", Tag::Hypertension),
    ("糖尿病", Tag::Diabetes),
    ("2型糖尿病", Tag::Diabetes),
    ("老年人", Tag::Elderly),
    ("65岁", Tag::Elderly),
    ("儿童", Tag::Child),
    ("孕产妇", Tag::Maternal),
    ("结核", Tag::Tuberculosis),
    ("精神障碍", Tag::MentalDisorder),
    ("重精", Tag::MentalDisorder),
    ("残疾", Tag::Disabled),
    ("计生特殊", Tag::FamilyPlanning),
    ("失独", Tag::FamilyPlanning),
    ("高危", Tag::HighRisk),
    ("低保", Tag::Allowance),
    ("特困", Tag::Allowance),
    ("五保", Tag::Allowance),
    ("失能", Tag::Dependent),
    ("行动不便", Tag::Dependent),
    ("慢病", Tag::OtherChronic),
    ("冠心病", Tag::OtherChronic),
    ("脑卒中", Tag::OtherChronic),
    ("一般", Tag::General),
    ("HTN", Tag::Hypertension),
    ("DM", Tag::Diabetes),
    ("TB", Tag::Tuberculosis),
    ("SMD", Tag::MentalDisorder),
];

fn is_separator(c: char) -> bool {
    matches!(
        c,
        '、' | '，'
            | ','
            | ';'
            | '；'
            | '/'
            | '／'
            | '|'
            | '｜'
            | '+'
            | '＋'
            | '。'
            | '('
            | ')'
            | '（'
            | '）'
    ) || c.is_whitespace()
}

/// Returns what a normalised word means; two meanings for words like 高血压合并糖尿病.
fn meanings(word: &str) -> Vec<Meaning> {
    let known = bare(word);
    let both = TWO_IN_ONE.iter().find(|(both, _)| *both == known);
    match both {
        Some((_, words)) => words.iter().filter_map(|word| meaning(word)).collect(),
        None => meaning(&known).into_iter().collect(),
    }
}

fn meaning(known: &str) -> Option<Meaning> {
    let (_, tag, fact) = KNOWN.iter().find(|(word, ..)| *word == known)?;
    let mut meaning = Meaning {
        tag: *tag,
        disease: None,
        disability: None,
        household_type: None,
        household_flag: None,
    };
    match fact {
        Fact::Nothing => {}
        Fact::Disease(code) => meaning.disease = Some(code),
        Fact::Disability(code) => meaning.disability = Some(code),
        Fact::HouseholdType(code) => meaning.household_type = Some(code),
        Fact::HouseholdFlag(code) => meaning.household_flag = Some(code),
    }
    Some(meaning)
}

/// Returns the word without `#`, endings like 患者 and the many writings of 0～6岁.
fn bare(word: &str) -> String {
    let word: String = word
        .trim_start_matches('#')
        .chars()
        .filter(|c| !matches!(c, '(' | ')' | '（' | '）' | '“' | '”' | '"'))
        .map(|c| match c {
            '～' | '~' | '—' | '–' | '－' | '至' | '一' if word.contains("岁") => '-',
            _ => c,
        })
        .collect();
    let mut rest = word.as_str();
    while let Some(shorter) = ENDINGS.iter().find_map(|ending| rest.strip_suffix(ending)) {
        if shorter.is_empty() {
            break;
        }
        rest = shorter;
    }
    rest.replace("--", "-")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn codes(tags: TagSet) -> Vec<&'static str> {
        tags.iter().map(Tag::code).collect()
    }

    #[rstest]
    #[case("65岁及以上老年人、高血压、2型糖尿病、低保", &["K03", "K04", "K05", "K13"])]
    #[case("高血压患者，糖尿病", &["K04", "K05"])]
    #[case("Ⅱ型糖尿病;残疾人", &["K05", "K08"])]
    #[case("０－６岁儿童/脱贫人口", &["K01", "K09"])]
    #[case("0～6岁儿童", &["K01"])]
    #[case("0—6岁儿童", &["K01"])]
    #[case("严重精神障碍患者 肺结核患者", &["K06", "K07"])]
    #[case("计划生育特殊家庭成员\n孕产妇", &["K02", "K10"])]
    #[case("高血压合并糖尿病", &["K04", "K05"])]
    #[case("65岁以上老年人（失能）", &["K03", "K14"])]
    #[case("一般人群", &["K00"])]
    #[case("慢性病高危人群、其他慢性病", &["K12", "K15"])]
    #[case("无", &[])]
    #[case("", &[])]
    fn roster_words_are_read(#[case] cell: &str, #[case] wanted: &[&str]) {
        assert_eq!(codes(read(cell).tags()), wanted);
    }

    #[test]
    fn unknown_words_are_left_over_as_written() {
        let reading = read("高血压、退役军人 ，党员、高血压患者");
        assert_eq!(reading.unknown, ["退役军人", "党员"]);
        assert_eq!(reading.meanings.len(), 1);
        assert_eq!(reading.meanings.first().and_then(|m| m.disease), Some("2"));
    }

    #[test]
    fn household_words_state_the_household_fact() {
        let reading = read("脱贫户 边缘易致贫户 五保户 肢体残疾");
        let facts: Vec<_> = reading
            .meanings
            .iter()
            .map(|m| (m.household_type, m.household_flag, m.disability))
            .collect();
        assert_eq!(
            facts,
            [
                (Some("2"), None, None),
                (Some("4"), None, None),
                (None, Some("13"), None),
                (None, None, Some("5")),
            ]
        );
    }

    #[rstest]
    #[case("高血压", &["K04"])]
    #[case("#高血压", &["K04"])]
    #[case("脱贫户", &["K09"])]
    #[case("高血", &["K04"])]
    #[case("高", &["K04", "K12"])]
    #[case("K05", &["K05"])]
    #[case("65", &["K03"])]
    #[case("htn", &["K04"])]
    #[case("未签约", &[])]
    #[case("", &[])]
    fn a_search_word_finds_its_tags(#[case] word: &str, #[case] wanted: &[&str]) {
        assert_eq!(codes(matching(word)), wanted);
    }

    #[test]
    fn every_tag_is_found_by_its_names() {
        for tag in Tag::ALL {
            assert!(matching(tag.name().zh).contains(tag), "{}", tag.name().zh);
            assert!(matching(tag.short().zh).contains(tag), "{}", tag.short().zh);
            assert!(matching(tag.code()).contains(tag));
        }
        for (word, ..) in KNOWN {
            assert_eq!(bare(word), *word);
        }
    }

    proptest! {
        #[test]
        fn no_text_at_all_brings_reading_down(typed in any::<String>()) {
            let _ = (read(&typed), matching(&typed));
        }
    }
}
