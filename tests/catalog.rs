//! The data built into the binary is complete and agrees with itself.
//!
//! What the forms do with answers is `forms`.

use cunyi::catalog::{Catalog, forms};
use rstest::rstest;

const GOOD: &str = r#"
id = "T"
edition = "1"
title = { zh = "表", en = "Form" }
[[section]]
title = { zh = "节", en = "Section" }
[[section.field]]
key = "a"
label = { zh = "甲", en = "A" }
type = "code"
options = [["1", "无", "none"], ["2", "有", "some"]]
[[section.field]]
key = "b"
label = { zh = "乙", en = "B" }
type = "int"
hard = [0, 10]
"#;

fn flaws(text: &str) -> Vec<String> {
    match forms::load(&[("t.toml", text)]) {
        Ok(_) => Vec::new(),
        Err(flaws) => flaws.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn the_built_in_forms_have_no_flaw() {
    let found = Catalog::check().map(|forms| forms.len());
    assert_eq!(found, Ok(forms::BUILT_IN.len()));
}

#[test]
fn every_form_is_listed_by_its_own_name() {
    let catalog = Catalog::built_in().unwrap();
    for listed in forms::BUILT_IN {
        let form = catalog.form(listed.id).unwrap();
        assert_eq!(form.id, listed.id, "{}", listed.file);
        assert!(catalog.edition(&form.id, &form.edition).is_some());
        assert!(catalog.edition(&form.id, "0").is_none());
    }
    assert_eq!(catalog.forms().count(), forms::BUILT_IN.len());
}

#[test]
fn every_form_file_is_listed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/catalog/forms");
    let listed: Vec<&str> = forms::BUILT_IN.iter().map(|form| form.file).collect();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.extension().is_some_and(|e| e == "toml") && name != "measures.toml" {
            assert!(listed.contains(&name.as_str()), "{name} is not listed");
        }
    }
}

#[test]
fn short_names_lead_to_one_field_each() {
    for form in Catalog::check().unwrap() {
        let mut seen = std::collections::BTreeMap::new();
        for field in form.fields() {
            for short in &field.short {
                let before = seen.insert(short.clone(), field.key.clone());
                assert_eq!(before, None, "{}: {short} of {}", form.id, field.key);
            }
        }
    }
}

#[test]
fn a_good_file_is_taken() {
    assert_eq!(flaws(GOOD), Vec::<String>::new());
}

#[rstest]
#[case(r#"key = "b""#, r#"key = "a""#, "t.toml:12: field a twice")]
#[case(
    r#"["2", "有", "some"]"#,
    r#"["1", "有", "some"]"#,
    "t.toml:7: field a: option 1 twice"
)]
#[case(
    r#"en = "A""#,
    r#"en = " ""#,
    "t.toml:7: field a: a wording lacks a language"
)]
#[case(
    "hard = [0, 10]",
    "hard = [10, 0]",
    "t.toml:12: field b: a range is [low, high]"
)]
#[case(
    "hard = [0, 10]",
    "hard = [0, 10]\nsoft = [0, 11]",
    "t.toml:12: field b: soft range outside the hard one"
)]
#[case(
    "hard = [0, 10]",
    "hard = [0, 10]\nshown = [{ field = \"c\", given = true }]",
    "t.toml:12: field b: no field c"
)]
#[case(
    "hard = [0, 10]",
    "hard = [0, 10]\nshown = [{ field = \"a\", is = [\"3\"] }]",
    "t.toml:12: field b: no option 3 of a"
)]
#[case(
    "hard = [0, 10]",
    "hard = [0, 10]\nshown = [{ field = \"a\" }]",
    "t.toml:12: field b: a condition is a field with one test, an age, or a sex"
)]
#[case(
    "hard = [0, 10]",
    "measure = \"sbq\"\nhard = [0, 10]",
    "t.toml:12: field b: no measure sbq"
)]
#[case("hard = [0, 10]", "hardly = [0, 10]", "unknown field `hardly`")]
#[case(
    "hard = [0, 10]",
    "hard = [0, 10]\nformula = \"percent\"\nof = [\"a\"]",
    "t.toml:12: field b: Percent reads another number of fields"
)]
#[case(
    "hard = [0, 10]",
    "hard = [0, 10]\nformula = \"sum\"\nof = [\"c\"]",
    "t.toml:12: field b: no field c"
)]
#[case(
    r#"options = [["1", "无", "none"], ["2", "有", "some"]]"#,
    "options_by = { x = \"list\" }",
    "t.toml:7: field a: no option list list"
)]
#[case(
    r#"options = [["1", "无", "none"], ["2", "有", "some"]]"#,
    "options_by = { x = \"list\" }",
    "t.toml:7: field a: no column x"
)]
#[case(
    "hard = [0, 10]",
    "hard = [0, 10]\n[[rule]]\nname = \"days_after\"\nof = [\"since\", \"b\"]\nrows = \"b\"",
    "t.toml:17: DaysAfter: no such rows"
)]
#[case(
    "hard = [0, 10]",
    "hard = [0, 10]\n[[rule]]\nname = \"expects\"\nof = [\"a\", \"b\"]\ncodes = [\"1\"]\nexpected = [\"4\"]",
    "t.toml:17: Expects: no option 4"
)]
#[case(
    "hard = [0, 10]",
    "hard = [0, 10]\nchange = { percent = 10, per_week = 2 }",
    "t.toml:12: field b: a change is in percent, in units or in units a week"
)]
fn a_flaw_is_reported_with_its_line(#[case] good: &str, #[case] bad: &str, #[case] told: &str) {
    let found = flaws(&GOOD.replace(good, bad));
    assert!(found.iter().any(|flaw| flaw.contains(told)), "{found:?}");
}

#[test]
fn all_flaws_of_all_files_are_reported_together() {
    let first = GOOD.replace("hard = [0, 10]", "hard = [10, 0]");
    let second = GOOD.replace(r#"["2", "有", "some"]"#, r#"["1", "", "some"]"#);
    let found = forms::load(&[("one.toml", &first), ("two.toml", &second)]).unwrap_err();
    let files: Vec<&str> = found.iter().map(|flaw| flaw.file.as_str()).collect();
    assert!(files.contains(&"one.toml") && files.contains(&"two.toml"));
    assert!(found.len() >= 4, "{found:?}");
}
