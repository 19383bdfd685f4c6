//! What is seen: keys in, screen out, in both languages.

use crate::support::{
    village::{change, day, enrol, household, record, resident, village, visit},
    window::Window,
};
use cunyi::{
    desk::{Command, Desk, Error, Question, Reply, Stop, request::ContactDraft},
    domain::{
        clock::moment_of,
        course::happening::{Enrolled, Happening, PressureScreened},
        id::{HouseholdId, PersonId},
        programmes::{Facts, ProgrammeKind, tb::Treatment},
        room::Scarce,
        settings::Pressure,
        value::Value,
    },
    tui::{
        app::Opening,
        backend::Ambiguous,
        message::{Effect, Ended, Message},
    },
};
use ratatui::layout::Size;

#[test]
fn the_staff_are_asked_who_they_are() {
    insta::assert_snapshot!(Window::staff().screen());
    insta::assert_snapshot!(Window::staff().english().screen());
}

#[test]
fn a_digit_or_enter_says_who_one_is() {
    let by_digit = Window::staff().keys("2").screen();
    let by_full_width_digit = Window::staff().keys("２").screen();
    let by_enter = Window::staff().keys("<down><enter>").screen();
    for screen in [by_digit, by_full_width_digit, by_enter] {
        assert!(screen.contains("李小燕 公卫  2窗口"), "{screen}");
    }
}

#[test]
fn help_lists_every_key() {
    insta::assert_snapshot!(Window::staff().size(80, 230).keys("?").screen());
    insta::assert_snapshot!(Window::staff().size(80, 230).english().keys("?").screen());
}

#[test]
fn help_is_searched_as_one_types() {
    let by_pinyin = Window::staff().keys("<ctrl-o>cx").screen();
    let by_chinese = Window::staff().keys("<f1>撤销").screen();
    let by_key = Window::staff().keys("?ctrl-z").screen();
    for screen in [by_pinyin, by_chinese, by_key] {
        assert!(screen.contains("F12  Ctrl-Z"), "{screen}");
        assert!(!screen.contains("PgDn  "), "{screen}");
    }
}

#[test]
fn esc_empties_the_search_and_then_leaves_help() {
    let once = Window::staff().keys("?cx<esc>").screen();
    assert!(once.contains("查找"), "{once}");
    let twice = Window::staff().keys("?cx<esc><ctrl-c>").screen();
    assert!(twice.contains("您是哪一位"), "{twice}");
}

#[test]
fn the_palette_finds_an_action_by_any_of_its_names() {
    for typed in ["语言", "qhyy", "lang", "QHYY"] {
        let screen = Window::staff()
            .keys(&format!("<f4>{typed}<enter>"))
            .screen();
        assert!(screen.contains("Who are you?"), "{typed}: {screen}");
    }
    insta::assert_snapshot!(Window::staff().keys("<f4>").screen());
}

#[test]
fn the_palette_offers_only_what_works_here() {
    let screen = Window::staff().keys("<f4>挂起").screen();
    assert!(screen.contains("没有这样的命令"), "{screen}");
}

#[test]
fn leaving_is_asked_for_and_no_is_proposed() {
    insta::assert_snapshot!(Window::staff().keys("<esc>").screen());
    assert!(Window::staff().keys("<esc><enter>").effects().is_empty());
    let effects = Window::staff().keys("<esc>1").effects();
    assert!(matches!(effects[..], [Effect::Leave(Ended::ByUser)]));
}

#[test]
fn ctrl_q_and_ctrl_d_do_nothing() {
    let before = Window::staff().screen();
    assert_eq!(Window::staff().keys("<ctrl-q><ctrl-d>").screen(), before);
}

#[test]
fn setting_up_names_every_problem_at_once() {
    let window =
        Window::opening(Opening::Setup).keys("<f2>石桥村卫生室<tab><tab>１２３<tab><tab>short<f2>");
    insta::assert_snapshot!(window.screen());
    insta::assert_snapshot!(window.english().screen());
}

#[test]
fn a_failure_says_what_is_safe_and_what_to_do() {
    let full = || {
        let cause = std::io::Error::from(std::io::ErrorKind::StorageFull);
        let path = "clinic.redb".into();
        Message::Lost(Stop::Failed(Error::File { path, cause }))
    };
    let told = Window::staff().then(full);
    insta::assert_snapshot!(told.screen());
    // Several questions that met the same trouble tell of it once.
    let again = told.clone().then(full).keys("1").screen();
    assert!(!again.contains("出了故障"), "{again}");
}

#[test]
fn a_disk_with_little_room_is_told_with_numbers() {
    let scarce = || {
        let scarce = Scarce::of(131_000_000, 25_000_000);
        Message::Scarce(scarce.unwrap())
    };
    let window = Window::staff().then(scarce);
    insta::assert_snapshot!(window.screen());
    insta::assert_snapshot!(window.english().screen());
}

#[test]
fn how_far_a_slow_disk_has_come_is_told_while_it_reads() {
    let window = Window::staff();
    let before = window.screen();
    let reading = window.then(|| Message::Reading(Some(34)));
    let told = reading.screen();
    assert!(told.contains("正在从硬盘读入数据 34%，"), "{told}");
    let told = reading.clone().english().screen();
    assert!(
        told.contains("Reading the data from the disk, 34%"),
        "{told}"
    );
    let read = reading.then(|| Message::Reading(None));
    assert_eq!(read.screen(), before);
}

#[test]
fn a_small_window_says_so_and_keeps_its_state() {
    let small = Window::staff()
        .keys("<f4>qh")
        .then(|| Message::Resized(Size::new(50, 10)));
    let notice = small.screen();
    assert!(notice.contains("窗口太小"), "{notice}");
    let again = small
        .keys("x<esc>")
        .then(|| Message::Resized(Size::new(80, 24)));
    assert_eq!(again.screen(), Window::staff().keys("<f4>qh").screen());
}

#[test]
fn every_size_from_60_by_16_to_200_by_60_is_drawn() {
    for (width, height) in [(60, 16), (80, 24), (120, 40), (200, 60)] {
        let screen = Window::staff().size(width, height).keys("?").screen();
        assert!(screen.contains("通用"), "{screen}");
        let screen = Window::staff().size(width, height).keys("<f4>").screen();
        assert!(screen.contains("切换语言"), "{screen}");
    }
}

#[test]
fn signs_are_ascii_where_the_terminal_draws_them_wide() {
    insta::assert_snapshot!(
        Window::staff()
            .ascii()
            .without_colours()
            .keys("<esc>")
            .screen()
    );
}

#[test]
fn an_answer_of_the_terminal_corrects_the_signs() {
    let window = Window::staff().ascii().probing().keys("<esc>");
    let narrow = window.clone().then(|| Message::CursorColumn(5));
    assert!(narrow.screen().contains("┌─ 退出"), "{}", narrow.screen());
    let effects = narrow.effects();
    assert!(matches!(
        effects[..],
        [Effect::Ambiguous(Ambiguous::Narrow)]
    ));
    let wide = window.then(|| Message::CursorColumn(9));
    assert!(wide.screen().contains("+- 退出"), "{}", wide.screen());
}

#[test]
fn a_terminal_without_utf8_is_told_in_ascii() {
    let screen = Window::staff()
        .probing()
        .then(|| Message::CursorColumn(5))
        .then(|| Message::CursorColumn(4))
        .screen();
    assert!(screen.contains("Set this terminal to UTF-8"), "{screen}");
}

#[test]
fn pasted_text_arrives_in_the_field() {
    let window = Window::opening(Opening::Setup).then(|| Message::Paste("石桥\n".to_owned()));
    assert!(
        window.screen().contains("卫生室名称  石桥"),
        "{}",
        window.screen()
    );
}

#[test]
fn every_keymap_leads_through_the_window() {
    let vim = Window::staff().with_keys("vim").keys("j<enter>").screen();
    let numpad = Window::staff().with_keys("numpad").keys("2").screen();
    for screen in [vim, numpad] {
        assert!(screen.contains("李小燕 公卫  2窗口"), "{screen}");
    }
    let help = Window::staff().with_keys("numpad").keys("*").screen();
    assert!(help.contains("查找"), "{help}");
}

#[test]
fn what_another_window_records_appears_at_the_next_poll() {
    let window = Window::of(village, Some("王建国"));
    assert!(window.screen().contains("李国强"));
    let screen = window
        .elsewhere(|desk| {
            let person = PersonId(4);
            record(desk, visit(person, "2026-11-21", 138, 86));
        })
        .at(2)
        .screen();
    assert!(!screen.contains("李国强"), "{screen}");
}

fn queue() -> Window {
    Window::of(village, Some("王建国"))
}

#[test]
fn the_queue_tells_who_why_and_how_long_it_can_wait() {
    insta::assert_snapshot!(queue().at(2).screen());
    insta::assert_snapshot!(queue().english().at(2).screen());
    insta::assert_snapshot!(queue().size(140, 40).at(2).screen());
}

#[test]
fn one_key_groups_by_household_and_by_village_group() {
    insta::assert_snapshot!(queue().keys("<ctrl-g>").screen());
    insta::assert_snapshot!(queue().keys("<ctrl-g><ctrl-g>").screen());
}

#[test]
fn a_household_is_visited_one_member_after_the_other() {
    // 张秀英 stands there with both her programmes, a row each.
    let shows = |window: &Window, text: &str| {
        let screen = window.screen();
        assert!(screen.contains(text), "no “{text}” in\n{screen}");
    };
    let first = queue().keys("<down><ctrl-k>");
    shows(&first, "随访 F02 糖尿病  张秀英");
    let second = first.keys("<esc>");
    shows(&second, "随访 F01 高血压  张秀英");
    shows(&second.keys("<esc>"), "今日随访");
}

#[test]
fn what_rides_along_and_all_else_is_recorded_by_one_key() {
    let listed = queue().keys("<down><f9>").screen();
    assert!(listed.contains("记录什么"), "{listed}");
    assert!(listed.contains("填 健康体检表"), "{listed}");
    let found = queue().keys("<f3>zxy<f9>").screen();
    assert!(found.contains("记录什么"), "{found}");
}

#[test]
fn every_number_opens_its_list() {
    for (steps, number) in [(0, "[应访5]"), (1, "[逾期3]"), (4, "[可提前"), (5, "[顺便")] {
        let screen = queue().keys(&"<right>".repeat(steps)).screen();
        assert!(screen.contains(number), "{screen}");
    }
    insta::assert_snapshot!(queue().keys("<right><right><right><right><right>").screen());
}

#[test]
fn one_key_shows_rule_clause_and_sums() {
    insta::assert_snapshot!(queue().keys("<down><f5>").screen());
    insta::assert_snapshot!(queue().english().keys("<down><f5>").screen());
}

/// The village, and a man of 28 followed up all the same.
fn village_with_a_young_man() -> std::sync::Arc<Desk> {
    let desk = village();
    let (_, people) = household(&desk, "1", vec![resident("赵小川", "男", "1998-05-01")]);
    let mut draft = ContactDraft::about(people[0], day("2026-10-10"));
    draft.happening = Some(Happening::Enrolled(Enrolled {
        under_age_reason: Some("县医院确诊，家族史".to_owned()),
        ..Enrolled::in_programme(ProgrammeKind::Htn)
    }));
    record(&desk, draft);
    desk
}

#[test]
fn why_tells_for_what_reason_a_young_person_is_followed_up() {
    let window = Window::of(village_with_a_young_man, Some("王建国"));
    let screen = window.keys("<down><down><down><down><f5>").screen();
    assert!(screen.contains("缘由 赵小川"), "{screen}");
    assert!(
        screen.contains("未满35岁仍纳入（E-PROG-AGE），理由：县医院确诊，家族史"),
        "{screen}"
    );
}

/// The village, and a woman whose tuberculosis was told of yesterday at half past three.
fn village_with_a_notice() -> std::sync::Arc<Desk> {
    let desk = village();
    let (_, people) = household(&desk, "2", vec![resident("孙小兰", "女", "1980-05-01")]);
    let mut draft = ContactDraft::about(people[0], day("2026-11-20"));
    let notice = Treatment {
        notice: Some(day("2026-11-20")),
        notice_at: moment_of(day("2026-11-20"), "15:30"),
        ..Treatment::default()
    };
    draft.happening = Some(Happening::Enrolled(Enrolled {
        facts: Facts::Treatment(notice),
        ..Enrolled::in_programme(ProgrammeKind::Tb)
    }));
    record(&desk, draft);
    desk
}

#[test]
fn the_first_visit_of_tuberculosis_says_until_when_to_the_minute() {
    let mut window = Window::of(village_with_a_notice, Some("王建国")).at(1);
    for second in 2..8 {
        let screen = window.screen();
        if screen.contains("72小时首访到 11-23 15:30 为止") {
            return;
        }
        window = window.keys("<down>").at(second);
    }
    panic!("{}", window.screen());
}

/// The village, a woman lost sight of, and a woman whose pressure was high once.
fn village_of_every_task() -> std::sync::Arc<Desk> {
    let desk = village();
    let (_, people) = household(&desk, "2", vec![resident("钱小芳", "女", "1960-05-01")]);
    enrol(&desk, people[0], ProgrammeKind::Htn, "2026-08-01");
    for on in ["2026-09-01", "2026-09-08", "2026-09-15"] {
        let mut draft = ContactDraft::about(people[0], day(on));
        draft.happening = Some(Happening::NotReached {
            kinds: std::collections::BTreeSet::new(),
            reason: None,
            missed: None,
        });
        record(&desk, draft);
    }
    let (_, people) = household(&desk, "2", vec![resident("孙玉梅", "女", "1970-05-01")]);
    let mut draft = ContactDraft::about(people[0], day("2026-11-01"));
    draft.happening = Some(Happening::PressureScreened(PressureScreened {
        pressure: Pressure::new(150, 92),
        risk: None,
        secondary_suspected: false,
    }));
    record(&desk, draft);
    desk
}

#[test]
fn why_tells_rule_clause_and_sums_of_every_kind_of_work() {
    let window = Window::of(village_of_every_task, Some("王建国"));
    let mut told = String::new();
    for row in 0..7 {
        let screen = window
            .clone()
            .keys(&format!("{}<f5>", "<down>".repeat(row)));
        told.push_str(&screen.screen());
    }
    for (what, rule, sum) in [
        ("转诊核实", "H1：", "转诊 2026-11-01 后第20天"),
        ("糖尿病", "D00：", "应访 2026-01-10 + 1个月"),
        ("高血压", "H6：", "应访 2026-08-19 + 3个月"),
        ("失访追访", "U3：", "应访 2026-09-15 + 1个月"),
        ("测血压", "HS2：", "应访 2026-11-01 + 14天"),
    ] {
        for text in [what, rule, sum] {
            assert!(told.contains(text), "no “{text}” in\n{told}");
        }
    }
}

#[test]
fn a_form_put_down_marks_its_row() {
    let screen = crate::visits::with_a_draft();
    assert!(screen.contains("草稿 满3个月"), "{screen}");
    assert!(screen.contains("有没填完的草稿"), "{screen}");
}

#[test]
fn a_place_names_its_village_where_there_are_several() {
    fn two_villages() -> std::sync::Arc<Desk> {
        let desk = village();
        let name = "大坪村".to_owned();
        change(&desk, Command::AddVillage { name, code: None }).unwrap();
        desk
    }
    let screen = Window::of(two_villages, Some("王建国")).screen();
    assert!(screen.contains("石3-003"), "{screen}");
    let one = queue().screen();
    assert!(one.contains(" 3-003") && !one.contains("石3"), "{one}");
}

#[test]
fn marking_tells_how_many_go_on_the_round() {
    let screen = queue().keys("<ins><ins>").screen();
    assert!(screen.contains("已列入走访单 2 人"), "{screen}");
    let screen = queue().keys("<ins><up><ins>").screen();
    assert!(screen.contains("已列入走访单 0 人"), "{screen}");
}

#[test]
fn a_filter_leaves_rows_and_numbers_alike() {
    insta::assert_snapshot!(queue().keys("<ctrl-f>").screen());
    let screen = queue().keys("<ctrl-f>3<f2>").screen();
    assert!(screen.contains("筛选 糖尿病"), "{screen}");
    assert!(
        screen.contains("[应访1]") && screen.contains("张秀英"),
        "{screen}"
    );
    let screen = queue().keys("<ctrl-f><down>2<f2>").screen();
    assert!(screen.contains("筛选 石桥村1组"), "{screen}");
}

/// The village, each of its first two households with a doctor of its own.
fn village_of_two_doctors() -> std::sync::Arc<Desk> {
    let desk = village();
    for (home, doctor) in [(1, "王建国"), (2, "陈志明")] {
        let household = HouseholdId(home);
        let Ok(Reply::Household(view)) = desk.answer(&Question::Household(household)) else {
            panic!("no household");
        };
        let mut card = view.household.card;
        card.insert("doctor".to_owned(), Value::Text(doctor.to_owned()));
        change(&desk, Command::ChangeHousehold { household, card }).unwrap();
    }
    desk
}

#[test]
fn the_households_of_one_doctor_stand_alone() {
    let window = Window::of(village_of_two_doctors, Some("王建国"));
    let asked = window.clone().keys("<ctrl-f><down><down>").screen();
    assert!(
        asked.contains("1 全部  2 未定医生  3 王建国  4 陈志明"),
        "{asked}"
    );
    let shown = window.clone().keys("<ctrl-f><down><down>4<f2>").screen();
    assert!(
        shown.contains("[应访1]") && shown.contains("筛选 陈志明"),
        "{shown}"
    );
    assert!(
        shown.contains("李国强") && !shown.contains("王桂兰"),
        "{shown}"
    );
    let nobodys = window.keys("<ctrl-f><down><down>2<f2>").screen();
    assert!(
        nobodys.contains("[应访2]") && nobodys.contains("筛选 未定医生"),
        "{nobodys}"
    );
    assert!(!nobodys.contains("李国强"), "{nobodys}");
}

#[test]
fn a_filter_leaves_the_contacts_of_the_day_alike() {
    let attempted = queue().keys("<down><down><f6>1<enter>");
    let glucose = attempted.clone().keys("<ctrl-f>3<f2>").screen();
    assert!(glucose.contains("未遇0"), "{glucose}");
    let pressure = attempted.keys("<ctrl-f>2<f2>").screen();
    assert!(pressure.contains("未遇1"), "{pressure}");
}

#[test]
fn a_referral_asked_after_in_vain_counts_as_not_reached() {
    let screen = queue().keys("<enter>4").screen();
    assert!(screen.contains("未遇1"), "{screen}");
    assert!(
        screen.contains("已保存 陈玉珍 转诊核实 联系不上"),
        "{screen}"
    );
}

#[test]
fn undo_takes_back_what_was_recorded_and_not_a_mark_of_the_round() {
    let marked = queue().keys("<down><down><f6>1<enter>").keys("<ins>");
    assert!(marked.screen().contains("▸"), "{}", marked.screen());
    let undone = marked.keys("<f12>").screen();
    assert!(undone.contains("已撤销 张秀英"), "{undone}");
}

#[test]
fn an_attempt_shows_the_next_date_before_it_is_saved() {
    insta::assert_snapshot!(queue().keys("<down><down><f6>").screen());
    insta::assert_snapshot!(queue().keys("<down><down><f6>1").screen());
    insta::assert_snapshot!(queue().english().keys("<down><down><f6>8").screen());
}

#[test]
fn after_an_attempt_the_cursor_stands_on_the_next_row_and_undo_brings_it_back() {
    let attempted = queue().keys("<down><down><f6>1<enter>");
    insta::assert_snapshot!(attempted.screen());
    let undone = attempted.keys("<f12>").screen();
    assert!(undone.contains("已撤销 张秀英"), "{undone}");
    let numbers = |screen: &str| screen.lines().nth(1).map(str::to_owned);
    assert_eq!(numbers(&undone), numbers(&queue().screen()));
}

#[test]
fn a_death_asks_for_the_new_head() {
    let screen = queue().keys("<ctrl-g><ctrl-g><f6>7").screen();
    assert!(screen.contains("新户主"), "{screen}");
    let saved = queue()
        .keys("<ctrl-g><ctrl-g><f6>7肺炎<tab>1<enter>")
        .screen();
    assert!(saved.contains("已保存 陈玉珍 已去世"), "{saved}");
}

#[test]
fn the_cursor_stays_with_its_row_when_others_change_things() {
    let before = queue().keys("<down><down><down><down>");
    let row = |screen: &str| {
        screen
            .lines()
            .find(|line| line.contains('▸'))
            .map(str::to_owned)
    };
    let after = before.clone().elsewhere(|desk| {
        let person = PersonId(2);
        record(desk, visit(person, "2026-11-21", 138, 86));
    });
    assert_eq!(row(&before.screen()), row(&after.screen()));
}

#[test]
fn an_idle_window_draws_and_asks_nothing() {
    for keys in [
        "",
        "<enter>",
        "<down><down><down><enter>2",
        "<f3>zh",
        "<ctrl-f>",
    ] {
        assert_eq!(queue().keys(keys).idle(33), (0, 0), "{keys}");
    }
}

#[test]
fn anybody_is_found_as_one_types() {
    insta::assert_snapshot!(queue().keys("<f3>zh").screen());
    insta::assert_snapshot!(queue().english().keys("<f3>zxy").screen());
    let recent = queue().keys("<f3>").screen();
    assert!(recent.contains('▸'), "{recent}");
    let due = queue().keys("<f3><tab>").screen();
    assert!(
        due.contains("只看有事的") && !due.contains("赵新月"),
        "{due}"
    );
}

#[test]
fn a_clock_that_stands_wrong_is_asked_about_and_the_change_repeated() {
    fn late() -> std::sync::Arc<cunyi::desk::Desk> {
        crate::support::village::village_then(40)
    }
    let window = Window::of(late, Some("王建国")).keys("<f6>1<enter>");
    insta::assert_snapshot!(window.screen());
    // What was typed before the question was seen is no answer to it.
    let window = window.at(1);
    let confirmed = window.clone().keys("1").screen();
    assert!(confirmed.contains("已保存"), "{confirmed}");
    let declined = window.keys("2").screen();
    assert!(!declined.contains("已保存"), "{declined}");
}

#[test]
fn a_conflict_says_who_changed_what_and_leaves_the_choice() {
    let window = queue().keys("<f6>1").elsewhere_unseen(|desk| {
        let person = PersonId(6);
        record(desk, visit(person, "2026-11-21", 138, 86));
    });
    let window = window.keys("<enter>");
    insta::assert_snapshot!(window.screen());
    let theirs = window.at(1).keys("1").screen();
    assert!(
        !theirs.contains("没能随访") && !theirs.contains("别人刚改过"),
        "{theirs}"
    );
}
