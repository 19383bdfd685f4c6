//! Paper sheets: one form, many people, a row each.

use std::sync::Arc;

use crate::support::{
    village::{self, enrol, household, record, resident, visit},
    window::Window,
};
use cunyi::{
    catalog::Catalog,
    desk::{Desk, Question, Reply},
    domain::{
        contact::Contact,
        form::{Carry, Kind, Mark, Need},
        programmes::ProgrammeKind,
    },
};

/// Ten people whose pressure is well controlled, and one who is in no programme.
const NAMES: [&str; 10] = [
    "张一平",
    "李二顺",
    "王三喜",
    "赵四海",
    "陈五福",
    "孙六合",
    "周七林",
    "吴八方",
    "郑九州",
    "冯十全",
];
/// Their initials.
const TYPED: [&str; 10] = [
    "zyp", "les", "wsx", "zsh", "cwf", "slh", "zql", "wbf", "zjz", "fsq",
];

fn ten() -> Arc<Desk> {
    let desk = village::clinic();
    fill(&desk);
    desk
}

fn fill(desk: &Desk) {
    for name in NAMES {
        let (_, people) = household(desk, "3", vec![resident(name, "男", "1958-02-01")]);
        enrol(desk, people[0], ProgrammeKind::Htn, "2026-01-10");
        record(desk, visit(people[0], "2026-08-22", 134, 82));
    }
    household(desk, "3", vec![resident("张一凡", "男", "1960-02-01")]);
}

/// The window with a sheet of hypertension visits at home begun.
fn sheet(rest: &str) -> Window {
    let window = Window::of(ten, Some("王建国"));
    window.keys(&format!("<ctrl-e><enter>2{rest}<enter>"))
}

/// The newest contact with a form of the person called `name`.
fn newest(desk: &Desk, name: &str) -> Contact {
    let Reply::Found(found) = desk.answer(&Question::Find(id_of(desk, name))).unwrap() else {
        panic!("nobody");
    };
    let question = Question::Person(found[0].person.unwrap());
    let Reply::Person(view) = desk.answer(&question).unwrap() else {
        panic!("no person");
    };
    let contacts = view.contacts.into_iter();
    let contacts = contacts.filter(|c| !c.forms.is_empty() && c.withdrawn.is_none());
    contacts.max_by_key(|c| (c.day, c.seq)).unwrap()
}

fn id_of(desk: &Desk, name: &str) -> String {
    let (text, limit) = (name.to_owned(), 5);
    let question = Question::Search { text, limit };
    let Reply::Search(found) = desk.answer(&question).unwrap() else {
        panic!("no search");
    };
    let row = found.rows.iter().find(|row| row.name == name).unwrap();
    row.person.to_string()
}

/// Checks that `screen` holds every one of these texts.
#[track_caller]
fn holds(screen: &str, texts: &[&str]) {
    for text in texts {
        assert!(screen.contains(text), "no {text} in\n{screen}");
    }
}

#[test]
fn ten_stable_rows_take_seventeen_keys_each_with_name_and_confirmation() {
    let rows: Vec<String> = TYPED
        .iter()
        .map(|name| format!("{name}<enter>138867466.5<enter><f2>"))
        .collect();
    let keys = rows.concat();
    let pressed = cunyi::tui::keys::parse_run(&keys).unwrap().len();
    assert_eq!(pressed, 170);
    let window = sheet("2").keys(&keys);
    let screen = window.burst(|desk| {
        for name in NAMES {
            let contact = newest(desk, name);
            assert_eq!(contact.day, village::day("2026-11-21"), "{name}");
            let marks = &contact.forms[0].marks;
            assert_eq!(marks["symptoms"], Mark::Stated);
            assert_eq!(marks["adherence"], Mark::Stated);
            assert_eq!(marks["smoke"], Mark::Carried);
            assert_eq!(marks["sbp"], Mark::Typed);
            assert_eq!(marks["mode"], Mark::Proposed);
        }
    });
    holds(&screen, &["已存10", "未存0", "控制满意 02-21"]);
    assert_eq!(window.screen(), screen);
}

#[test]
fn a_row_with_problems_stays_marked_and_is_not_saved() {
    let window = sheet("1").keys("zyp<enter><enter>1388674<f2>");
    let screen = window.screen();
    holds(&screen, &["有误1", "有误未存", "还没填"]);
    window.burst(|desk| {
        assert_eq!(newest(desk, "张一平").day, village::day("2026-08-22"));
    });
    // A limit stops at its cell, and what is right afterwards is saved.
    let window = sheet("2").keys("zyp<enter>400");
    holds(&window.screen(), &["超出可能的范围"]);
    let window = window.keys("<bs><bs><bs>1388674999<f2>");
    holds(&window.screen(), &["有误1"]);
    let window = window.keys("66.5<enter><f2>");
    holds(&window.screen(), &["已存1  有误0  未存0"]);
}

#[test]
fn what_the_sheet_does_not_state_is_stated_by_the_row() {
    let window = sheet("1").keys("zyp<enter><f5>1388674<enter>66.5<enter><f2>");
    let screen = window.burst(|desk| {
        let marks = newest(desk, "张一平").forms[0].marks.clone();
        assert_eq!(marks["symptoms"], Mark::Stated);
    });
    holds(&screen, &["已存1"]);
}

#[test]
fn whoever_does_not_fit_is_told_why_and_not_taken() {
    let window = sheet("2").keys("zy");
    let screen = window.screen();
    let line = |name: &str| screen.lines().position(|line| line.contains(name)).unwrap();
    assert!(line("张一平") < line("张一凡"), "{screen}");
    let screen = window.keys("f<enter>").screen();
    holds(&screen, &["张一凡: ", "高血压"]);
    // A second row of the same person and day is told.
    let screen = sheet("2").keys("zyp<enter><down>zyp<enter>").screen();
    holds(&screen, &["张一平: 本表第1行已有"]);
    let screen = sheet("2")
        .elsewhere(|desk| {
            let person = id_of(desk, "张一平")[1..].parse().unwrap();
            record(
                desk,
                visit(cunyi::domain::id::PersonId(person), "2026-11-21", 130, 80),
            );
        })
        .keys("zyp<enter>")
        .screen();
    holds(&screen, &["张一平: 当天已有一份F01记录"]);
}

#[test]
fn a_saved_row_is_corrected_with_a_reason_and_undone() {
    let saved = sheet("2").keys("zyp<enter>1388674<enter>66.5<enter><f2>");
    holds(&saved.screen(), &["已存1"]);
    let locked = saved.clone().keys("<up>5");
    holds(&locked.screen(), &["138/ 86", "这行已保存"]);
    let corrected = saved
        .clone()
        .keys("<up><enter><right><right><right>152<f2><f2>抄错<enter>");
    let screen = corrected.burst(|desk| {
        let contact = newest(desk, "张一平");
        assert_eq!(contact.corrections.len(), 1);
        assert_eq!(contact.corrections[0].reason, "抄错");
    });
    holds(&screen, &["已存1", "未存0", "152/ 86", "控制不满意"]);
    let undone = saved.keys("<f12>");
    let screen = undone.burst(|desk| {
        assert_eq!(newest(desk, "张一平").day, village::day("2026-08-22"));
    });
    holds(&screen, &["已存0", "未存1", "138/ 86", "66.5"]);
    let again = undone.keys("<f2><f2>");
    holds(&again.screen(), &["已存1", "未存0"]);
}

#[test]
fn the_whole_form_opens_in_a_row_for_what_has_no_column() {
    let window = sheet("2").keys("zyp<enter>1388674<enter>66.5<f6>");
    holds(&window.screen(), &["血压来源", "心理调整", "138/ 86"]);
    let screen = window.keys("<esc><f2><f2>").screen();
    holds(&screen, &["已存1"]);
}

#[test]
fn a_sheet_put_down_is_gone_on_with_row_by_row() {
    fn on_disk() -> Arc<Desk> {
        let desk = village::village_on_disk();
        fill(&desk);
        desk
    }
    let begun = "<ctrl-e><enter>22<enter>zyp<enter>1388674<enter>66.5<enter><f2>les<enter>152";
    let window = Window::of(on_disk, Some("王建国")).keys(begun);
    let before = window.screen();
    holds(&before, &["已存1", "未存1", "152/"]);
    let window = window.keys("<esc>");
    holds(&window.screen(), &["成批录入已留稿：还有1行未存"]);
    let window = window.keys("<ctrl-e>");
    holds(&window.screen(), &["接着录 F01"]);
    let after = window.keys("<enter>").screen();
    assert_eq!(before.lines().nth(4), after.lines().nth(4));
    holds(&after, &["已存1", "未存1", "控制满意 02-21"]);
    assert_eq!(before.lines().last(), after.lines().last());
}

/// What must be answered and has no column is stated together, carried, or known.
#[test]
fn every_form_on_a_sheet_can_be_completed_by_its_columns() {
    let catalog = Catalog::built_in().unwrap();
    let mut sheets = 0;
    for form in catalog.forms() {
        let Some(grid) = &form.grid else { continue };
        sheets += 1;
        for field in form.fields() {
            let is_asked = grid.columns.contains(&field.key) || grid.head.contains(&field.key);
            let is_filled = !field.normal.is_empty()
                || field.default.is_some()
                || field.by_rules
                || field.calculation.is_some()
                || matches!(field.kind, Kind::Calc { .. })
                || !matches!(field.carry, Carry::Never | Carry::Target);
            let must = field.need == Need::Required && field.shown.is_empty();
            assert!(!must || is_asked || is_filled, "{} {}", form.id, field.key);
        }
    }
    assert_eq!(sheets, 11);
}
