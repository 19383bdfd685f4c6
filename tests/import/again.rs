//! A file that comes again: corrected there, changed here, or both; undone and stopped imports.

use std::sync::Arc;

use cunyi::{
    desk::{
        Command, Stop,
        request::{Accepted, MovePerson},
    },
    domain::{
        household::MoveReason,
        roster::{Outcome, Roster},
        value::Value,
    },
    store,
};

use super::{Clinic, codes, counts, lines, read};

const HEADER: &str =
    "户编号,户主姓名,与户主关系,姓名,性别,身份证号,出生日期,联系电话,村（居）,组,家庭住址,人群分类";
const FAMILY: [&str; 3] = [
    "7,张德福,户主,张德福,男,529901195501011238,1955-01-01,15400000001,石桥村,3,石桥村3组7号,高血压",
    "7,张德福,妻,李秀英,女,,1957-02-03,,石桥村,3,石桥村3组7号,",
    "8,赵大海,户主,赵大海,男,,1970-05-05,15400000003,石桥村,3,石桥村3组8号,",
];

fn roster(rows: &[&str]) -> Arc<Roster> {
    let mut all = vec![HEADER];
    all.extend(rows);
    lines(&all)
}

fn number(seventeen: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = seventeen
        .chars()
        .zip(weights)
        .map(|(c, w)| c.to_digit(10).unwrap() * w)
        .sum();
    let check = "10X98765432".chars().nth((sum % 11) as usize).unwrap();
    format!("{seventeen}{check}")
}

fn family() -> [String; 3] {
    let id = number("52990119550101123");
    [
        FAMILY[0].replace("529901195501011238", &id),
        FAMILY[1].to_owned(),
        FAMILY[2].to_owned(),
    ]
}

fn imported() -> (Clinic, [String; 3]) {
    let mut clinic = Clinic::new();
    let rows = family();
    let done = clinic.import(&of(&rows));
    assert_eq!(done.people.len(), 3);
    assert_eq!(done.counts["enrolled"], 1);
    (clinic, rows)
}

fn of(rows: &[String; 3]) -> Arc<Roster> {
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    roster(&rows)
}

fn set(clinic: &mut Clinic, name: &str, field: &str, value: Value) {
    let person = clinic.person(name).person;
    let mut card = person.card.clone();
    card.insert(field.to_owned(), value);
    clinic.change(Command::ChangePerson {
        person: person.id,
        card,
    });
}

#[test]
fn a_field_follows_the_file_where_only_the_file_changed() {
    let (mut clinic, rows) = imported();
    let corrected = rows
        .clone()
        .map(|row| row.replace("15400000001", "15400000009"));
    let preview = clinic.preview(&of(&corrected));
    assert_eq!(codes(&preview), []);
    assert_eq!(preview.count(Outcome::Changed), 1);
    let change = &preview.rows[0].changes[0];
    assert_eq!(
        (change.here.as_str(), change.file.as_str()),
        ("15400000001", "15400000009")
    );
    let done = clinic.import(&of(&corrected));
    assert_eq!(counts(&done)["people_changed"], 1);
    assert_eq!(clinic.person("张德福").person.text("phone"), "15400000009");
    clinic.is_clean();
}

#[test]
fn what_was_changed_here_stays_while_the_file_stays() {
    let (mut clinic, rows) = imported();
    set(
        &mut clinic,
        "张德福",
        "phone",
        Value::Text("15400000005".into()),
    );
    let head = clinic.head();
    assert_eq!(codes(&clinic.preview(&of(&rows))), []);
    clinic.import(&of(&rows));
    assert_eq!(clinic.head(), head);
    assert_eq!(clinic.person("张德福").person.text("phone"), "15400000005");
}

#[test]
fn what_changed_in_both_is_listed_with_both_values_until_they_agree() {
    let (mut clinic, rows) = imported();
    set(
        &mut clinic,
        "张德福",
        "phone",
        Value::Text("15400000005".into()),
    );
    let corrected = rows.map(|row| row.replace("15400000001", "15400000009"));
    for _ in 0..2 {
        let preview = clinic.preview(&of(&corrected));
        assert_eq!(codes(&preview), [(2, "W-IMP-DIFFERS")]);
        assert_eq!(preview.doubts[0].value, "15400000009");
        clinic.import(&of(&corrected));
        assert_eq!(clinic.person("张德福").person.text("phone"), "15400000005");
    }
    set(
        &mut clinic,
        "张德福",
        "phone",
        Value::Text("15400000009".into()),
    );
    assert_eq!(codes(&clinic.preview(&of(&corrected))), []);
}

#[test]
fn an_emptied_cell_takes_nothing_away() {
    let (mut clinic, rows) = imported();
    let emptied = rows.map(|row| row.replace("15400000001", ""));
    assert_eq!(
        codes(&clinic.preview(&of(&emptied))),
        [(2, "W-IMP-EMPTIED")]
    );
    clinic.import(&of(&emptied));
    assert_eq!(clinic.person("张德福").person.text("phone"), "15400000001");
}

#[test]
fn somebody_without_a_number_is_found_again_also_when_renamed_here_or_numbered_there() {
    let (mut clinic, rows) = imported();
    set(&mut clinic, "李秀英", "name", Value::Text("李秀瑛".into()));
    assert_eq!(clinic.import(&of(&rows)).people, []);
    let id = number("52990119570203224");
    let numbered = rows.map(|row| row.replace("李秀英,女,,", &format!("李秀英,女,{id},")));
    let preview = clinic.preview(&of(&numbered));
    assert_eq!(preview.count(Outcome::New), 0);
    clinic.import(&of(&numbered));
    assert_eq!(clinic.person("李秀瑛").person.text("id_no"), id);
    assert_eq!(clinic.people().len(), 3);
}

#[test]
fn a_move_another_head_and_a_death_are_listed_and_not_done() {
    let (mut clinic, rows) = imported();
    let moved = rows
        .clone()
        .map(|row| row.replace("7,张德福,户主,张德福", "8,赵大海,叔叔,张德福"));
    assert_eq!(codes(&clinic.preview(&of(&moved))), [(2, "W-HH-MOVED")]);
    let home = clinic.person("张德福").household.id;
    clinic.import(&of(&moved));
    assert_eq!(clinic.person("张德福").household.id, home);

    let headed = rows.clone().map(|row| {
        row.replace("7,张德福,户主,张德福", "7,李秀英,夫,张德福")
            .replace("7,张德福,妻,李秀英", "7,李秀英,户主,李秀英")
    });
    let told = codes(&clinic.preview(&of(&headed)));
    assert!(
        told.iter().all(|(_, code)| *code == "W-HH-OTHERHEAD"),
        "{told:?}"
    );
    assert!(!told.is_empty());
    clinic.import(&of(&headed));
    assert_eq!(clinic.person("李秀英").head, "张德福");

    let person = clinic.person("赵大海").person.id;
    clinic.change(Command::RecordDeath {
        person,
        on: super::today(),
        cause: "病故".into(),
        new_head: None,
    });
    let preview = clinic.preview(&of(&rows));
    assert!(codes(&preview).contains(&(4, "W-PER-GONE")));
    assert_eq!(clinic.import(&of(&rows)).people, []);
}

#[test]
fn somebody_moved_here_stays_moved_while_the_file_stays() {
    let (mut clinic, rows) = imported();
    let (wife, home) = (
        clinic.person("李秀英").person.id,
        clinic.person("赵大海").household.id,
    );
    clinic.change(Command::MovePerson(MovePerson {
        person: wife,
        to: home,
        relation: 8,
        word: "其他".into(),
        on: super::today(),
        reason: MoveReason::MovedIn,
        new_head: None,
    }));
    let head = clinic.head();
    assert_eq!(codes(&clinic.preview(&of(&rows))), []);
    clinic.import(&of(&rows));
    assert_eq!(clinic.head(), head);
}

#[test]
fn a_newcomer_joins_the_known_household() {
    let (mut clinic, rows) = imported();
    let child = "7,张德福,孙子,张小宝,男,,2024-06-01,,石桥村,3,石桥村3组7号,";
    let with_child = roster(&[&rows[0], &rows[1], child, &rows[2]]);
    let done = clinic.import(&with_child);
    assert_eq!((done.people.len(), done.households.len()), (1, 0));
    let home = clinic.person("张小宝");
    assert_eq!((home.head.as_str(), home.person.member_no), ("张德福", 3));
    assert_eq!(clinic.import(&with_child).people, []);
    clinic.is_clean();
}

#[test]
fn an_import_is_undone_whole() {
    let mut clinic = Clinic::new();
    clinic.import(&read("roster-clean.xlsx"));
    assert_eq!(clinic.people().len(), 400);
    clinic.change(Command::Undo);
    assert_eq!(clinic.people().len(), 0);
    clinic.is_clean();
    clinic.import(&read("roster-clean.xlsx"));
    assert_eq!(clinic.people().len(), 400);
    clinic.is_clean();
}

#[test]
fn a_stopped_import_leaves_nothing() {
    let mut clinic = Clinic::new();
    let head = clinic.head();
    let change = clinic.request(Command::Import {
        roster: read("roster-clean.xlsx"),
        enrol: Accepted::These(Vec::new()),
        gauge: None,
    });
    for looks in 0..8 {
        let mut left = looks;
        let stopped = clinic.desk.import(&change, &mut |_| {
            left -= 1;
            0 <= left
        });
        assert!(
            matches!(stopped, Err(Stop::Failed(store::Error::Interrupted))),
            "{looks}"
        );
        assert_eq!(clinic.head(), head);
    }
    assert_eq!(clinic.people().len(), 0);
    clinic.is_clean();
    assert_eq!(
        clinic
            .desk
            .import(&change, &mut |_| true)
            .unwrap()
            .people
            .len(),
        400
    );
    assert_eq!(
        clinic
            .desk
            .import(&change, &mut |_| true)
            .unwrap()
            .people
            .len(),
        400
    );
    assert_eq!(clinic.people().len(), 400);
}
