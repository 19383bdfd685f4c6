//! The import screen: a file chosen, what it would do looked through, taken or not.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use cunyi::{
    desk::{Command, Desk, Question, Reply},
    domain::value::Value,
};
use rust_xlsxwriter::Workbook;

use super::{case, lines};
use crate::support::{
    village::{change, clinic},
    window::Window,
};

const HEADER: &str =
    "户编号,户主姓名,与户主关系,姓名,性别,身份证号,出生日期,联系电话,村（居）,组,家庭住址,人群分类";

/// The roster as it came first.
const FIRST: [&str; 4] = [
    HEADER,
    "7,张德福,户主,张德福,男,,1955-01-01,15400000001,石桥村,3,石桥村3组7号,高血压",
    "7,张德福,妻,李秀英,女,,1957-02-03,15400000002,石桥村,3,石桥村3组7号,",
    "8,赵大海,户主,赵大海,男,,1995-05-05,15400000003,石桥村,3,石桥村3组8号,高血压",
];

/// The same roster, corrected, with one new row and one that cannot be taken.
const CORRECTED: [&str; 6] = [
    HEADER,
    "7,张德福,户主,张德福,男,,1955-01-01,15400000009,石桥村,3,石桥村3组7号,高血压",
    "7,张德福,妻,李秀英,女,,1957-02-03,15400000008,石桥村,3,石桥村3组7号,",
    "8,赵大海,户主,赵大海,男,,1995-05-05,15400000003,石桥村,3,石桥村3组8号,高血压",
    "9,孙桂花,户主,孙桂花,女,150622196003102048,1960-03-10,12345,石桥村,4,石桥村4组9号,高血压 糖尿病",
    "9,孙桂花,户主,孙桂花,女,150622196003102048,1960-03-10,12345,石桥村,4,石桥村4组9号,高血压 糖尿病",
];

/// A folder with the files of these tests.
fn files() -> &'static Path {
    static FILES: OnceLock<PathBuf> = OnceLock::new();
    FILES.get_or_init(|| {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))
            .unwrap()
            .keep();
        let write = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).unwrap();
        write("花名册.csv", CORRECTED.join("\n").as_bytes());
        write("空.csv", b"");
        write("信.csv", "王医生：\n下周来拿药。\n".as_bytes());
        write("照片.xlsx", &[0xff, 0xd8, 0xff, 0xe0, 0, 16]);
        let mut book = Workbook::new();
        for (name, rows) in [("一组", &FIRST[..]), ("二组", &CORRECTED[..])] {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            for (row, line) in (0..).zip(rows) {
                for (column, cell) in (0..).zip(line.split(',')) {
                    sheet.write_string(row, column, cell).unwrap();
                }
            }
        }
        book.save(folder.join("两张表.xlsx")).unwrap();
        folder
    })
}

/// A clinic that took the first roster; 李秀英's phone was changed here since.
fn after_the_first() -> Arc<Desk> {
    let desk = clinic();
    let import = Command::Import {
        roster: lines(&FIRST),
        enrol: cunyi::desk::request::Accepted::These(Vec::new()),
        gauge: None,
    };
    let done = change(&desk, import).unwrap();
    let person = done.people[1];
    let Ok(Reply::Person(view)) = desk.answer(&Question::Person(person)) else {
        panic!("no card");
    };
    let mut card = view.member.person.card;
    card.insert("phone".into(), Value::Text("15400000007".into()));
    change(&desk, Command::ChangePerson { person, card }).unwrap();
    desk
}

/// At the import screen of that clinic.
fn screen() -> Window {
    let window = Window::of(after_the_first, Some("王建国"));
    window.keys("<f4>drmc<enter>").at(1)
}

/// The file of this name, opened.
fn opened(name: &str) -> Window {
    let path = files().join(name);
    // Keys pressed while a file is read are not taken for what is not yet seen.
    screen().keys(&format!("{}<enter>", path.display())).at(2)
}

fn sees(window: &Window, wanted: &[&str]) {
    let screen = window.screen();
    for text in wanted {
        assert!(screen.contains(text), "{text}:\n{screen}");
    }
}

fn people(desk: &Desk) -> usize {
    match desk.answer(&Question::ExportPeople).unwrap() {
        Reply::People(people) => people.len(),
        other => panic!("{other:?}"),
    }
}

#[rstest::rstest]
#[case("没有.csv", "没有这个文件。请核对文件名和文件夹。")]
#[case("空.csv", "文件是空的。")]
#[case("信.csv", "没有找到花名册的表头")]
#[case("照片.xlsx", "。")]
fn a_file_that_is_no_roster_is_told_and_another_may_be_chosen(
    #[case] name: &str,
    #[case] told: &str,
) {
    let window = opened(name);
    sees(&window, &[told, "../"]);
    let again = format!("<ctrl-u>{}<enter>", files().join("花名册.csv").display());
    sees(&window.keys(&again).at(3), &["花名册.csv", "新增"]);
}

#[test]
fn a_folder_is_opened_and_its_rosters_are_chosen_by_arrows() {
    let folder = opened("");
    sees(&folder, &["两张表.xlsx", "花名册.csv", "../"]);
    sees(
        &folder.keys("<down><down><down><down><up><enter>").at(3),
        &["花名册.csv"],
    );
}

#[test]
fn a_book_with_two_likely_sheets_asks_which() {
    let asked = opened("两张表.xlsx");
    sees(&asked, &["一组", "二组"]);
    sees(
        &asked.clone().keys("<up><up><enter>").at(3),
        &["一组", "新增 0"],
    );
    sees(
        &asked.clone().keys("<down><down><enter>"),
        &["二组", "新增 1"],
    );
    sees(&asked.keys("<esc>"), &["导入名册"]);
}

#[test]
fn each_count_opens_its_list_with_row_column_value_and_reason() {
    let doubtful = opened("花名册.csv");
    insta::assert_snapshot!(doubtful.screen());
    insta::assert_snapshot!(doubtful.clone().english().screen());
    insta::assert_snapshot!(doubtful.clone().size(120, 40).screen());
    insta::assert_snapshot!(doubtful.clone().english().size(120, 40).screen());
    insta::assert_snapshot!(doubtful.clone().keys("<right>").screen());
    let changed = doubtful.keys("<left>");
    sees(&changed, &["[更新 1]", "15400000001 → 15400000009"]);
}

#[test]
fn a_field_changed_here_and_in_the_file_is_listed_with_both_values() {
    sees(&opened("花名册.csv"), &["15400000008", "15400000007"]);
}

#[test]
fn enrolments_are_all_ticked_and_single_ones_unticked() {
    let enrol = opened("花名册.csv").keys("<left><left><left>");
    insta::assert_snapshot!(enrol.screen());
    sees(&enrol.clone().keys("<space>"), &["[ ] 高血压"]);
    sees(&enrol.keys("<space><space>"), &["[x] 高血压"]);
}

#[test]
fn hundreds_of_rows_are_paged_through() {
    let dirty = format!("{}<enter>", case("roster-dirty.xlsx").display());
    let window = Window::of(clinic, Some("王建国")).keys("<f4>drmc<enter>");
    let window = window.at(1).keys(&dirty).at(2);
    sees(&window, &["[待核对"]);
    sees(&window.clone().keys("<end>"), &["▸  600"]);
    let paged = window.keys("<pgdn><pgdn><pgup>");
    sees(&paged, &["▸"]);
    sees(&paged.keys("<home>"), &["▸  4 "]);
}

#[test]
fn what_was_accepted_is_taken_and_told_and_undone_whole() {
    let taken = opened("花名册.csv").keys("<f2>").at(3);
    sees(&taken, &["已导入", "F12"]);
    taken
        .clone()
        .elsewhere(|desk| assert_eq!(people(desk), 4))
        .screen();
    let undone = taken.keys("<f12>");
    sees(&undone, &["已撤销"]);
    undone
        .elsewhere(|desk| assert_eq!(people(desk), 3))
        .screen();
}

#[test]
fn esc_while_it_is_written_leaves_nothing() {
    let stopped = opened("花名册.csv").keys("<f2><esc>");
    let seen = stopped.burst(|desk| assert_eq!(people(desk), 3));
    assert!(seen.contains("没有导入"), "{seen}");
    assert!(
        seen.contains("花名册.csv"),
        "the preview still stands: {seen}"
    );
}
