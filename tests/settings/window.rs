//! The settings at the keyboard: changed in their place, after what they move was told.

use cunyi::{
    desk::{Command, Desk},
    domain::clinic::Role,
};

use crate::support::{
    village::{change, change_by, village},
    window::Window,
};

fn settings() -> Window {
    Window::of(village, Some("王建国")).keys("<f4>设置<enter>")
}

fn sees(window: &Window, wanted: &[&str]) {
    let screen = window.screen();
    for text in wanted {
        assert!(screen.contains(text), "{text}:\n{screen}");
    }
}

fn others_change(desk: &Desk) {
    let values = [("htn.unsat_days".to_owned(), "28".to_owned())].into();
    change(desk, Command::ChangeSettings { values }).unwrap();
}

#[test]
fn sections_stand_left_and_keys_with_their_values_right() {
    insta::assert_snapshot!(settings().screen());
    insta::assert_snapshot!(settings().english().screen());
    insta::assert_snapshot!(settings().size(120, 40).keys("<right><right>").screen());
}

#[test]
fn every_size_is_drawn() {
    for (width, height) in [(60, 16), (80, 24), (120, 40), (200, 60)] {
        for keys in ["", "<end>", "<enter>", "<tab><tab><enter>", "<end><enter>"] {
            let window = settings().size(width, height).keys(keys);
            sees(&window, &["设置"]);
        }
    }
}

#[test]
fn a_value_out_of_range_is_named_with_its_range() {
    let typed = settings().keys("<down><down><down><down><enter><ctrl-u>40<enter>");
    sees(&typed, &["应在14到28之间", "40"]);
    sees(
        &typed.clone().keys("<bs><bs>２１<enter>"),
        &["14天 改为 21天"],
    );
    sees(&typed.keys("<esc>"), &["范围 14～28", "14天"]);
}

#[test]
fn what_moves_is_told_before_a_change_counts() {
    let asked = settings().keys("<down><down><down><down><enter><ctrl-u>21<enter>");
    insta::assert_snapshot!(asked.screen());
    sees(&asked.clone().keys("2"), &["还没有改过"]);
    sees(
        &asked.keys("1"),
        &[
            "2026-11-21 王建国：14天 改为 21天",
            "已改 血压未达标后随访天数",
        ],
    );
    // Setting back is a change of its own.
    let back = settings().keys("<down><down><down><down><enter><ctrl-u>21<enter>1<f6>1");
    sees(&back, &["21天 改为 14天", "14天 改为 21天"]);
    let default = settings().keys("<down><down><down><down><enter><ctrl-u>21<enter>1<del>1");
    sees(&default, &["21天 改为 14天"]);
}

#[test]
fn a_word_is_chosen_from_those_there_are() {
    // Above the section of agreements.
    let above = "<up>".repeat(21);
    let chosen = settings().keys(&format!("<end>{above}<enter>"));
    sees(&chosen, &["年度服务提前几天列出"]);
    let chosen = settings().keys("<end><up><up><up><enter>2");
    sees(&chosen, &["是 改为 否", "从今天起"]);
    sees(&chosen.keys("1"), &["王建国：是 改为 否"]);
}

#[test]
fn a_conflict_leaves_what_was_typed() {
    let asked = settings()
        .keys("<down><down><down><down><enter><ctrl-u>21<enter>")
        .elsewhere_unseen(others_change)
        .keys("1");
    sees(&asked, &["别人刚改过", "王建国", "设置"]);
    sees(&asked.clone().at(1).keys("1"), &["28天"]);
    sees(&asked.clone().at(1).keys("2"), &["28天 改为 21天"]);
    sees(&asked.at(1).keys("3"), &["14天 改为 28天"]);
}

#[test]
fn who_may_not_change_settings_still_reads_them() {
    fn village_with_admin() -> std::sync::Arc<Desk> {
        let desk = village();
        let staff = Command::AddStaff {
            name: "赵管理".to_owned(),
            role: Role::Admin,
        };
        change_by(&desk, 1, staff).unwrap();
        desk
    }
    let window = Window::of(village_with_admin, Some("王建国")).keys("<f4>设置<enter>");
    sees(&window, &["血压控制目标"]);
    sees(&window.clone().keys("<enter>"), &["只有管理员可以更改"]);
    sees(&window.keys("<del>"), &["只有管理员可以更改"]);
}

#[test]
fn a_line_for_the_printed_agreement_is_typed_with_its_own_signs() {
    let hours = settings().keys("<end><up><up>");
    sees(&hours, &["服务时间(印在协议上)", "空着手写", "最多40个字"]);
    let asked = hours
        .clone()
        .keys("<enter>每天：8:00—17:30，急诊打120<enter>");
    sees(&asked, &["空着手写 改为 每天：8:00—17:30，急诊打120"]);
    sees(
        &asked.keys("1"),
        &["已改 服务时间(印在协议上)", "每天：8:00"],
    );
    let long = "一二三四五六七八九十".repeat(5);
    let refused = hours.keys(&format!("<enter>{long}<enter>"));
    sees(&refused, &["最多40个字"]);
}
