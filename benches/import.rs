//! A roster of a village, and with `CUNYI_BENCH_T` of a township, read from .xlsx and taken into
//! an empty store: the time, the memory, and how long the file's one transaction took.
//!
//! Everybody on the roster must be in the store before the time counts.
#![allow(clippy::unwrap_used, dead_code)]

mod village;

use std::{
    ops::ControlFlow,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use cunyi::{
    desk::{Change, Command, Desk, Folder, request::SetUp},
    domain::{
        id::StaffId,
        value::{Answers, Value},
    },
    paper::{
        export::{self, Format, Overwrite, Table, TableCell, TableColumn},
        roster,
    },
    practice,
};
use village::{Morning, Size, catalog, sizes, tell, today};

/// The columns as township rosters name them.
const COLUMNS: [&str; 11] = [
    "序号",
    "户编号",
    "户主姓名",
    "与户主关系",
    "姓名",
    "性别",
    "身份证号",
    "出生日期",
    "联系电话",
    "组",
    "家庭住址",
];

fn main() {
    for size in sizes() {
        let kept = tempfile::tempdir().unwrap();
        let file = kept.path().join("roster.xlsx");
        write_roster(size, &file);
        let folder = Folder::at(kept.path().join("clinic"));
        let desk = Desk::create(&folder, Arc::new(Morning), catalog(), "bench", None).unwrap();
        set_up(&desk);
        let before = peak_kib();
        let begun = Instant::now();
        let people = import(&desk, &file);
        let took = begun.elapsed();
        assert_eq!(people, size.people as usize, "everybody is taken");
        // The bound is that of a township; a village has its share of it.
        let bound = Duration::from_secs(15) * size.people / 50_000;
        tell("import", size, took, bound.max(Duration::from_secs(1)));
        println!(
            "memory, {}: {} KiB at most, {before} KiB before (bound 204800)",
            size.name,
            peak_kib()
        );
    }
}

fn import(desk: &Desk, file: &Path) -> usize {
    let go_on = &mut |_| ControlFlow::Continue(());
    let roster = Arc::new(roster::read(file, None, today(), go_on).unwrap());
    let change = Change {
        id: "bench/import".to_owned(),
        by: StaffId(1),
        seen: Vec::new(),
        date_is: None,
        command: Command::Import {
            roster,
            enrol: Vec::new(),
            gauge: None,
        },
    };
    let done = desk.import(&change, &mut |_| true);
    done.unwrap().people.len()
}

fn set_up(desk: &Desk) {
    let change = Change {
        id: "bench/0".to_owned(),
        by: StaffId(1),
        seen: Vec::new(),
        date_is: None,
        command: Command::SetUp(SetUp {
            clinic: "石桥村卫生室".to_owned(),
            villages: vec![("石桥村".to_owned(), None)],
            doctor: "王建国".to_owned(),
            practice_day: Some(today()),
            store: [7; 16],
        }),
    };
    desk.change(&change).unwrap();
}

fn write_roster(size: Size, file: &Path) {
    let mut rows = Vec::new();
    for household in practice::plan(size.people, 7, today()) {
        let head = &household.members[0].card;
        for member in &household.members {
            let card = &member.card;
            let sex = match card.get("sex").and_then(Value::code) {
                Some("1") => "男",
                _ => "女",
            };
            rows.push(vec![
                TableCell::Whole(i64::try_from(rows.len() + 1).unwrap()),
                text(&household.card, "hh_no"),
                text(head, "name"),
                TableCell::Text(member.kinship.word.clone()),
                text(card, "name"),
                TableCell::Text(sex.to_owned()),
                text(card, "id_no"),
                TableCell::Date(member.birth),
                text(card, "phone"),
                text(&household.card, "group"),
                text(&household.card, "address"),
            ]);
        }
    }
    assert_eq!(rows.len(), size.people as usize);
    let columns = COLUMNS.map(|title| TableColumn::new(title, title));
    let table = Table {
        columns: columns.into(),
        rows,
    };
    export::to_file(&table, Format::Xlsx, file, Overwrite::Refused).unwrap();
}

fn text(card: &Answers, key: &str) -> TableCell {
    TableCell::text(card.get(key).and_then(Value::text))
}

/// The most memory this process ever had, or 0 where it cannot be told.
fn peak_kib() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok())
        .unwrap_or(0)
}
