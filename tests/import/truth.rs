//! The sample rosters in the store: every stored field equals what the truth wants, nobody is
//! there twice, nobody is missing.

use std::collections::BTreeMap;

use cunyi::{
    desk::reply::ExportRow,
    domain::{
        person::key,
        relation,
        roster::{Fate, Outcome, Roster},
        tags,
        value::Value as Stored,
    },
};
use serde_json::Value;

use super::{Clinic, case, read};

/// One stored person beside the row it came from.
struct Check<'a> {
    roster: &'a Roster,
    people: &'a [ExportRow],
    /// Household of the truth → ours.
    homes: BTreeMap<u64, String>,
    wrong: Vec<String>,
}

impl Check<'_> {
    fn line(&mut self, truth: &Value, used: &mut usize) {
        let row = u32::try_from(truth["row"].as_u64().unwrap()).unwrap();
        let action = truth["action"].as_str().unwrap();
        if matches!(action, "skip" | "duplicate") {
            return;
        }
        let at = self.roster.rows.iter().position(|found| found.row == row);
        let given = &self.roster.rows[at.unwrap()];
        if given.fate != Fate::Taken {
            // Left out with a word; the reading's own test sees to that.
            return assert_eq!(action, "repair_or_flag");
        }
        let found: Vec<&ExportRow> = self.people.iter().filter(|own| is(own, given)).collect();
        let [own] = found.as_slice() else {
            let text = format!("row {row}: {} residents", found.len());
            return self.wrong.push(text);
        };
        *used += 1;
        let flags: Vec<&str> = truth["flags"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f.as_str().unwrap())
            .collect();
        for (field, wanted) in truth["want"].as_object().unwrap() {
            let got = Self::stored(own, field);
            let wanted = text(field, wanted);
            if field == "household" {
                let number: u64 = wanted.parse().unwrap();
                let ours = self.homes.entry(number).or_insert_with(|| got.clone());
                if *ours != got {
                    self.wrong.push(format!("row {row}: in another household"));
                }
                continue;
            }
            let same = got == wanted
                || field == "relation" && relation_code(&got) == relation_code(&wanted)
                || field == "tags" && is_covered(own, &wanted);
            // The head is known, but the file has no name for them.
            let nameless = field == "head" && got.is_empty() && own.household.head.is_some();
            let excused = action == "repair_or_flag" && flags.contains(&field.as_str());
            if !same && !excused && !nameless {
                self.wrong
                    .push(format!("row {row}: {field}: {got:?} for {wanted:?}"));
            }
        }
    }

    fn stored(own: &ExportRow, field: &str) -> String {
        let person = &own.person;
        match field {
            "name" => person.name().to_owned(),
            "sex" => match person.sex().code() {
                "1" => "男".to_owned(),
                "2" => "女".to_owned(),
                _ => String::new(),
            },
            "birth" => person
                .birth()
                .map(|day| day.to_string())
                .unwrap_or_default(),
            "id" => person.text(key::ID_NO).to_owned(),
            "phone" => person.text(key::PHONE).to_owned(),
            "relation" => usual(&person.relation_word),
            "head" => own.head.clone(),
            "household" => own.household.id.to_string(),
            "village" => own.village.clone(),
            "group" => own.household.text("group").to_owned(),
            "nation" => match person.card.get("ethnic").and_then(Stored::code) {
                Some("01") => "汉族".to_owned(),
                Some(_) => person.text("ethnic_text").to_owned(),
                None => String::new(),
            },
            "tags" => String::new(),
            other => panic!("no field {other}"),
        }
    }
}

fn is(own: &ExportRow, row: &cunyi::domain::roster::RosterRow) -> bool {
    match &row.document {
        Some(document) => own.person.text(key::ID_NO) == document.number,
        None => {
            own.person.text(key::ID_NO).is_empty()
                && own.person.name() == row.name.as_deref().unwrap_or_default()
                && own.person.birth() == row.birth
                && row
                    .group
                    .as_deref()
                    .is_none_or(|group| own.household.text("group") == group)
                && own.person.text(key::PHONE)
                    == row
                        .phones
                        .first()
                        .map(cunyi::domain::phone::Phone::written)
                        .unwrap_or_default()
        }
    }
}

/// Every word wanted is among the person's tags.
fn is_covered(own: &ExportRow, wanted: &str) -> bool {
    let reading = tags::read(wanted);
    reading.unknown.is_empty()
        && reading
            .tags()
            .iter()
            .all(|tag| tag == tags::Tag::General || own.tags.contains(tag))
}

fn text(field: &str, wanted: &Value) -> String {
    match wanted {
        Value::Null => String::new(),
        Value::String(text) if field == "relation" => usual(text),
        Value::String(text) => text.clone(),
        Value::Array(words) => {
            let words: Vec<&str> = words.iter().map(|w| w.as_str().unwrap()).collect();
            words.join("、")
        }
        other => other.to_string(),
    }
}

fn usual(word: &str) -> String {
    relation::meaning(word).map_or_else(|| word.to_owned(), |meaning| meaning.usual.to_owned())
}

fn relation_code(word: &str) -> Option<&'static str> {
    relation::read(word).map(|kinship| kinship.relation.code())
}

fn against_truth(file: &str, truth: &str) -> Clinic {
    let roster = read(file);
    let mut clinic = Clinic::new();
    let preview = clinic.preview(&roster);
    let done = clinic.import(&roster);
    let people = clinic.people();
    assert_eq!(people.len(), preview.count(Outcome::New));
    assert_eq!(people.len(), done.people.len());
    let mut check = Check {
        roster: &roster,
        people: &people,
        homes: BTreeMap::new(),
        wrong: Vec::new(),
    };
    let mut used = 0;
    for line in std::fs::read_to_string(case(truth)).unwrap().lines() {
        check.line(&serde_json::from_str(line).unwrap(), &mut used);
    }
    if used != people.len() {
        let text = format!("{} residents, {used} wanted", people.len());
        check.wrong.push(text);
    }
    let wrong = check.wrong;
    assert!(
        wrong.is_empty(),
        "{file}: {} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    clinic
}

#[test]
fn the_clean_roster_stands_wholly_in_the_store() {
    let mut clinic = against_truth("roster-clean.xlsx", "roster-clean.xlsx.truth.jsonl");
    let roster = read("roster-clean.xlsx");
    let (head, people) = (clinic.head(), clinic.people());
    let preview = clinic.preview(&roster);
    assert_eq!(preview.count(Outcome::Same), preview.rows.len());
    let again = clinic.import(&roster);
    assert_eq!(again.people, []);
    assert_eq!(clinic.head(), head, "the same file writes nothing");
    assert_eq!(clinic.people().len(), people.len());
    clinic.is_clean();
}

#[test]
fn the_dirty_rosters_stand_in_the_store_without_a_silent_mistake() {
    for (file, truth) in [
        ("roster-dirty.xlsx", "roster-dirty.xlsx.truth.jsonl"),
        ("roster-dirty.csv", "roster-dirty.truth.jsonl"),
    ] {
        let mut clinic = against_truth(file, truth);
        let roster = read(file);
        let head = clinic.head();
        let again = clinic.import(&roster);
        let preview = clinic.preview(&roster);
        assert_eq!(
            again.people,
            [],
            "{file}: {:?}",
            preview
                .rows
                .iter()
                .filter(|r| r.outcome == Outcome::New)
                .collect::<Vec<_>>()
        );
        assert_eq!(clinic.head(), head, "{file}: the same file writes nothing");
        clinic.is_clean();
    }
}
