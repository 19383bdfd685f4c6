//! `config.toml` in the data folder: what belongs to this machine. It is refused with every fault.
//!
//! What belongs to the clinic is a setting, what belongs to a staff member a preference.

use std::{fs, io, path::PathBuf};

use toml::{Table, Value};

use super::{Call, print::Trouble};
use crate::{
    desk::{Folder, copying::Plan},
    domain::text::Lang,
};

/// What can be set under `[backup]`.
const KEYS: [&str; 5] = ["second", "absent_days", "days", "weeks", "months"];

/// Reads where copies go and which are kept.
///
/// # Errors
/// Refuses a file with faults, all of them at once; fails where it cannot be read.
pub fn plan(call: &Call, folder: &Folder) -> Result<Plan, Trouble> {
    let path = folder.root().join("config.toml");
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => String::new(),
        Err(cause) => return Err(Trouble::machine(&cause)),
    };
    let mut faults = Vec::new();
    let plan = read(&text, Plan::of(folder), call.lang, &mut faults);
    match faults.is_empty() {
        true => Ok(plan),
        false => {
            let message = format!("{}: {}", path.display(), faults.join(" "));
            Err(Trouble::input("E-CONFIG", None, message))
        }
    }
}

fn read(text: &str, mut plan: Plan, lang: Lang, faults: &mut Vec<String>) -> Plan {
    let table: Table = match toml::from_str(text) {
        Ok(table) => table,
        Err(error) => {
            let before = error.span().and_then(|span| text.get(..span.start));
            let line = before.map_or(1, |before| before.matches('\n').count() + 1);
            faults.push(match lang {
                Lang::Zh => format!("第{line}行不是正确的 TOML。"),
                Lang::En => format!("Line {line} is no TOML."),
            });
            return plan;
        }
    };
    for (section, value) in &table {
        match (section.as_str(), value) {
            ("backup", Value::Table(backup)) => backed_up(backup, &mut plan, lang, faults),
            ("backup", _) => faults.push(wrong("backup", "[backup]", lang)),
            (other, _) => faults.push(unknown(other, &["[backup]"], lang)),
        }
    }
    plan
}

fn backed_up(backup: &Table, plan: &mut Plan, lang: Lang, faults: &mut Vec<String>) {
    for (key, value) in backup {
        let told = match key.as_str() {
            "second" => second(value, lang).map(|folder| plan.second = folder),
            "absent_days" => number(key, value, (1, 365), lang).map(|n| plan.absent_days = n),
            "days" => count(key, value, (1, 366), lang).map(|n| plan.rotation.days = n),
            "weeks" => count(key, value, (0, 520), lang).map(|n| plan.rotation.weeks = n),
            "months" => count(key, value, (0, 600), lang).map(|n| plan.rotation.months = n),
            other => Err(unknown(other, &KEYS, lang)),
        };
        if let Err(fault) = told {
            faults.push(fault);
        }
    }
}

fn second(value: &Value, lang: Lang) -> Result<Option<PathBuf>, String> {
    let whole = match lang {
        Lang::Zh => "完整的文件夹路径，如 \"/media/U盘/村医备份\"",
        Lang::En => "the whole path of a folder, such as \"/media/stick/cunyi\"",
    };
    let text = value.as_str().ok_or_else(|| wrong("second", whole, lang))?;
    match text.trim() {
        "" => Ok(None),
        text if PathBuf::from(text).is_absolute() => Ok(Some(PathBuf::from(text))),
        _ => Err(wrong("second", whole, lang)),
    }
}

fn number(key: &str, value: &Value, (least, most): (i64, i64), lang: Lang) -> Result<i64, String> {
    let range = format!("{least}–{most}");
    value
        .as_integer()
        .filter(|number| least <= *number && *number <= most)
        .ok_or_else(|| wrong(key, &range, lang))
}

fn count(key: &str, value: &Value, range: (i64, i64), lang: Lang) -> Result<usize, String> {
    let number = number(key, value, range, lang)?;
    usize::try_from(number).map_err(|_| wrong(key, "", lang))
}

fn wrong(key: &str, expected: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{key} 应为 {expected}。"),
        Lang::En => format!("{key} must be {expected}."),
    }
}

fn unknown(key: &str, known: &[&str], lang: Lang) -> String {
    let known = known.join(" ");
    match lang {
        Lang::Zh => format!("不认识 {key}，可写的有：{known}。"),
        Lang::En => format!("{key} is unknown; there are: {known}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::copying::Rotation;
    use rstest::rstest;

    fn told(text: &str, lang: Lang) -> (Plan, Vec<String>) {
        let mut faults = Vec::new();
        let plan = Plan::of(&Folder::at("/data"));
        let plan = read(text, plan, lang, &mut faults);
        (plan, faults)
    }

    #[test]
    fn a_file_says_where_copies_go_and_which_are_kept() {
        let text = "[backup]\nsecond = \"/media/u/村医\"\nabsent_days = 3\ndays = 14\nweeks = 0\n";
        let (plan, faults) = told(text, Lang::Zh);
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(plan.second, Some(PathBuf::from("/media/u/村医")));
        let rotation = Rotation {
            days: 14,
            weeks: 0,
            months: 12,
        };
        assert_eq!((plan.absent_days, plan.rotation), (3, rotation));
        assert_eq!(told("", Lang::Zh).0, Plan::of(&Folder::at("/data")));
    }

    #[rstest]
    #[case("[backup]\ndays = 0\nsecnd = \"/a\"\n[x]\n", 3)]
    #[case("[backup]\nsecond = \"stick\"\nmonths = \"all\"\n", 2)]
    #[case("backup = 3\n", 1)]
    fn every_fault_is_told_in_both_languages(#[case] text: &str, #[case] faults: usize) {
        for lang in [Lang::Zh, Lang::En] {
            assert_eq!(told(text, lang).1.len(), faults, "{:?}", told(text, lang).1);
        }
    }

    #[test]
    fn what_is_no_toml_is_told_with_its_line() {
        let (_, faults) = told("[backup]\ndays = = 3\n", Lang::Zh);
        assert_eq!(faults, ["第2行不是正确的 TOML。"]);
    }
}
