//! The sample rosters against their truth: what should become of every physical row.
//!
//! The clean one must match wholly; in the dirty ones no field may be silently wrong, no
//! resident too many, no clean row missing, and every doubt pointed out.

use std::collections::BTreeMap;

use cunyi::domain::{
    identity::Sex,
    phone::Phone,
    relation,
    roster::{Column, Fate, Roster, RosterHousehold, RosterRow, households},
};
use serde_json::Value;

use super::{case, read};

struct Check {
    roster: Roster,
    households: Vec<RosterHousehold>,
    /// Truth's household number → ours; one to one.
    pairs: BTreeMap<u64, usize>,
    wrong: Vec<String>,
}

impl Check {
    fn row(&self, row: u32) -> Option<&RosterRow> {
        self.roster.rows.iter().find(|found| found.row == row)
    }

    fn is_flagged(&self, row: u32, field: &str) -> bool {
        let Some(people) = &self.roster.people else {
            return false;
        };
        let header = people.header(column(field));
        self.roster
            .problems
            .iter()
            .any(|problem| problem.row == row && problem.column == header)
    }

    fn line(&mut self, truth: &Value) {
        let row = u32::try_from(truth["row"].as_u64().unwrap()).unwrap();
        let flags: Vec<&str> = truth["flags"]
            .as_array()
            .unwrap()
            .iter()
            .map(|flag| flag.as_str().unwrap())
            .collect();
        let found = self.row(row).cloned();
        match (truth["action"].as_str().unwrap(), found) {
            ("skip", None) => {
                let is_told = self
                    .roster
                    .skipped
                    .iter()
                    .any(|skipped| (skipped.first..=skipped.last).contains(&row));
                self.must(is_told, row, "skipped without a word");
            }
            ("skip", Some(_)) => self.must(false, row, "taken for a person"),
            (_, None) => self.must(false, row, "missing"),
            ("duplicate", Some(found)) => {
                self.must(
                    matches!(found.fate, Fate::Duplicate { .. }),
                    row,
                    "a second resident",
                );
            }
            ("import", Some(found)) => {
                self.must(found.fate == Fate::Taken, row, "not taken");
                self.fields(&found, &truth["want"], &[]);
            }
            ("import_flag", Some(found)) => {
                self.must(found.fate == Fate::Taken, row, "not taken");
                for flag in flags {
                    let flagged = self.is_flagged(row, flag);
                    self.must(flagged, row, &format!("{flag} not pointed out"));
                }
                self.fields(&found, &truth["want"], &[]);
            }
            ("repair_or_flag", Some(found)) => {
                if found.fate == Fate::Taken {
                    self.fields(&found, &truth["want"], &flags);
                } else {
                    let told = self
                        .roster
                        .problems
                        .iter()
                        .any(|problem| problem.row == row);
                    self.must(told, row, "left out without a word");
                }
            }
            (action, _) => panic!("unknown action {action}"),
        }
    }

    fn fields(&mut self, found: &RosterRow, want: &Value, may_differ: &[&str]) {
        for (key, wanted) in want.as_object().unwrap() {
            if key == "household" {
                self.household(found, wanted.as_u64().unwrap());
                continue;
            }
            let got = value(found, key);
            let wanted = match wanted {
                Value::Null => String::new(),
                Value::String(text) if key == "relation" => usual(text),
                Value::String(text) => text.clone(),
                Value::Array(words) => {
                    let words: Vec<&str> = words.iter().map(|w| w.as_str().unwrap()).collect();
                    words.join("、")
                }
                other => other.to_string(),
            };
            // A plain word may stand for a numbered one: 儿子 for 长子.
            let same =
                got == wanted || key == "relation" && relation_code(&got) == relation_code(&wanted);
            let excused = may_differ.contains(&key.as_str()) && self.is_flagged(found.row, key);
            self.must(
                same || excused,
                found.row,
                &format!("{key}: {got:?} for {wanted:?}"),
            );
        }
    }

    fn household(&mut self, found: &RosterRow, wanted: u64) {
        let at = self
            .roster
            .rows
            .iter()
            .position(|row| row.row == found.row)
            .unwrap();
        let Some(ours) = self.households.iter().position(|h| h.members.contains(&at)) else {
            return self.must(false, found.row, "in no household");
        };
        let paired = *self.pairs.entry(wanted).or_insert(ours);
        let alone = self.pairs.values().filter(|known| **known == ours).count() == 1;
        self.must(paired == ours && alone, found.row, "in another household");
    }

    fn must(&mut self, holds: bool, row: u32, what: &str) {
        if !holds {
            self.wrong.push(format!("row {row}: {what}"));
        }
    }
}

fn column(field: &str) -> Column {
    match field {
        "name" => Column::Name,
        "id" => Column::IdNo,
        "birth" => Column::Birth,
        "sex" => Column::Sex,
        "phone" => Column::Phone,
        other => panic!("no column for {other}"),
    }
}

fn value(row: &RosterRow, key: &str) -> String {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    match key {
        "name" => text(&row.name),
        "sex" => match row.sex {
            Some(Sex::Male) => "男".to_owned(),
            Some(Sex::Female) => "女".to_owned(),
            _ => String::new(),
        },
        "birth" => row.birth.map(|day| day.to_string()).unwrap_or_default(),
        "id" => row
            .document
            .as_ref()
            .map(|d| d.number.clone())
            .unwrap_or_default(),
        "phone" => row.phones.first().map(Phone::written).unwrap_or_default(),
        "relation" => row
            .relation
            .as_ref()
            .map(|k| usual(&k.word))
            .unwrap_or_default(),
        "head" => text(&row.head_name),
        "village" => text(&row.village),
        "group" => text(&row.group),
        "tags" => row.tags.join("、"),
        "nation" => text(&row.ethnic),
        other => panic!("no field {other}"),
    }
}

fn usual(word: &str) -> String {
    relation::meaning(word).map_or_else(|| word.to_owned(), |meaning| meaning.usual.to_owned())
}

fn relation_code(word: &str) -> Option<&'static str> {
    relation::read(word).map(|kinship| kinship.relation.code())
}

fn against_truth(file: &str, truth: &str) -> Roster {
    let roster = read(file);
    let mut check = Check {
        households: households(&roster.rows).0,
        roster,
        pairs: BTreeMap::new(),
        wrong: Vec::new(),
    };
    let text = std::fs::read_to_string(case(truth)).unwrap();
    let mut lines = 0;
    for line in text.lines() {
        check.line(&serde_json::from_str(line).unwrap());
        lines += 1;
    }
    let people = check.roster.rows.len();
    let skipped = check.roster.counts().skipped as usize;
    check.must(people + skipped == lines, 0, "rows unaccounted for");
    assert!(
        check.wrong.is_empty(),
        "{file}: {} of {lines} rows wrong; {:?}\n{}",
        check.wrong.len(),
        check.roster.counts(),
        check.wrong.join("\n")
    );
    check.roster
}

#[test]
fn the_clean_roster_is_read_wholly() {
    let roster = against_truth("roster-clean.xlsx", "roster-clean.xlsx.truth.jsonl");
    assert_eq!(roster.problems, []);
    let people = roster.people.unwrap();
    assert_eq!(people.unknown_columns, []);
    assert_eq!(people.columns.len(), 18);
    let history = &roster.history[0];
    assert_eq!((history.rows.len(), history.problems.len()), (77, 0));
    let first = &history.rows[0];
    assert_eq!((first.systolic, first.diastolic), (Some(173), Some(82)));
    assert_eq!(first.last_visit, "2025-11-24".parse().ok());
}

#[test]
fn the_dirty_workbook_is_read_without_a_silent_mistake() {
    against_truth("roster-dirty.xlsx", "roster-dirty.xlsx.truth.jsonl");
}

#[test]
fn the_dirty_text_file_is_read_without_a_silent_mistake() {
    against_truth("roster-dirty.csv", "roster-dirty.truth.jsonl");
}
