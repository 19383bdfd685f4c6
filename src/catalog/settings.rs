//! Loads the definitions of the clinic's settings from `settings.toml`.
//!
//! What a setting does stands in `domain::settings`; the clinic's own values are not here.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::source;
use crate::domain::settings::{Section, SettingDefinition, check};

const SOURCE: &str = include_str!("settings.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    setting: Vec<SettingDefinition>,
}

/// Returns the definitions in the order of the file, or every fault of the file at once.
pub fn load() -> Result<Vec<SettingDefinition>, Vec<String>> {
    read(SOURCE)
}

fn read(source: &str) -> Result<Vec<SettingDefinition>, Vec<String>> {
    let file: File = source::read(source).map_err(|error| vec![error.to_string()])?;
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for definition in &file.setting {
        let key = &definition.key;
        if !seen.insert(key.clone()) {
            faults.push(format!("{key}: defined twice"));
        }
        if Section::of(key).is_none() {
            faults.push(format!("{key}: belongs to no section"));
        }
        if definition.label.zh.is_empty() || definition.label.en.is_empty() {
            faults.push(format!("{key}: a label is missing"));
        }
        for (place, text) in [
            ("default", &definition.default),
            ("low", &definition.low),
            ("high", &definition.high),
        ] {
            if let Err(fault) = check(definition, text) {
                faults.push(format!("{key}: {place} {text}: {fault:?}"));
            }
        }
    }
    if faults.is_empty() {
        Ok(file.setting)
    } else {
        Err(faults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::settings::{self, SettingFault, Settings};
    use rstest::rstest;
    use std::collections::BTreeMap;

    #[test]
    fn the_catalogue_and_the_rules_have_the_same_defaults() {
        let read = settings::read(&load().unwrap(), &BTreeMap::new());
        assert_eq!(read, Ok(Settings::default()));
    }

    #[rstest]
    #[case("htn.target", "130/80", None)]
    #[case("htn.target", "80/130", Some("range"))]
    #[case("htn.target", "110/110", Some("order"))]
    #[case("htn.unsat_days", "28", None)]
    #[case("htn.unsat_days", "29", Some("range"))]
    #[case("htn.unsat_days", "14.5", Some("shape"))]
    #[case("dm.fbg_target", "6.5", None)]
    #[case("enrol.first_months", "3", Some("shape"))]
    #[case("enrol.first_months", "4,2", Some("order"))]
    #[case("clinic.hours", "周一至周日 8:00-17:30，节假日值班", None)]
    #[case(
        "clinic.hours",
        "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十多",
        Some("length")
    )]
    #[case("no.such_key", "1", Some("key"))]
    fn a_setting_is_checked_before_a_rule_sees_it(
        #[case] key: &str,
        #[case] value: &str,
        #[case] fault: Option<&str>,
    ) {
        let pairs = BTreeMap::from([(key.to_owned(), value.to_owned())]);
        let found =
            settings::read(&load().unwrap(), &pairs)
                .err()
                .map(|problems| match &problems[0].fault {
                    SettingFault::UnknownKey => "key",
                    SettingFault::NotReadable => "shape",
                    SettingFault::OutOfRange { .. } => "range",
                    SettingFault::WrongOrder => "order",
                    SettingFault::TooLong { .. } => "length",
                });
        assert_eq!(found, fault);
    }
}
