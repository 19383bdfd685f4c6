//! Households and cards at the keyboard: what each dialog asks, and what is seen after it.

use crate::support::{village::village, window::Window};

/// At the household of 张德福, his wife and his son.
fn home() -> Window {
    Window::of(village, Some("王建国")).keys("<f3>zdf<enter>")
}

fn sees(window: &Window, wanted: &[&str]) {
    let screen = window.screen();
    for text in wanted {
        assert!(screen.contains(text), "{text}:\n{screen}");
    }
}

#[test]
fn a_household_shows_who_lives_there_and_what_is_due() {
    insta::assert_snapshot!(home().screen());
    insta::assert_snapshot!(home().english().screen());
    insta::assert_snapshot!(home().size(120, 40).keys("<f2>").screen());
}

#[test]
fn every_size_is_drawn() {
    for (width, height) in [(60, 16), (80, 24), (120, 40), (200, 60)] {
        for keys in ["", "<f2>", "<f6>", "<f6>2", "<ins>1", "<f5>", "<tab>"] {
            let screen = home().size(width, height).keys(keys).screen();
            assert!(!screen.trim().is_empty(), "{width}×{height} {keys}");
        }
    }
}

#[test]
fn a_death_of_the_head_asks_for_the_new_one_right_there() {
    let dialog = home().keys("<f6>6");
    sees(&dialog, &["死亡", "死因", "新户主"]);
    sees(&home().keys("<f6>6<f2>"), &["请填写", "请选择"]);
    let after = home().keys("<f6>6<enter>脑卒中<enter>1<f2>");
    sees(&after, &["已保存 死亡", "户主 张秀英", "成员 2"]);
    let former = home().keys("<f6>6<enter>脑卒中<enter>1<f2><tab>");
    sees(&former, &["原有成员 1", "张德福", "死亡"]);
}

#[test]
fn a_date_reads_as_typed_and_the_future_is_refused_in_the_dialog() {
    let typed = |date: &str| {
        let back = "<bs>".repeat(10);
        home().keys(&format!("<f6>6{back}{date}<enter>脑卒中<enter>1<f2>"))
    };
    for date in ["1120", "11-20", "2026-11-20", "１１／２０"] {
        sees(&typed(date), &["已保存 死亡"]);
    }
    sees(&typed("99"), &["看不懂"]);
    let late = typed("2026-11-22").screen();
    assert!(!late.contains("已保存"), "{late}");
}

#[test]
fn a_newborn_waits_for_its_name() {
    let born = home().keys("<ins>11李芳<enter><enter><enter>2<enter>孙女<f2>");
    sees(&born, &["已保存 新生儿", "未取名", "女 0月", "儿童"]);
}

#[test]
fn a_split_ticks_who_leaves() {
    let split = home().keys("<f6>23<enter>3<f2>");
    sees(&split, &["已保存 分户", "成员 2"]);
    sees(&home().keys("<f6>23<enter>1<f2>"), &["不在分出的人里"]);
    // The head may leave too; then those who stay want one.
    let asked = home().keys("<f6>21<enter>1<f2>");
    sees(&asked, &["户主要离开", "新户主"]);
}

#[test]
fn a_merge_finds_the_other_household_as_one_types() {
    let found = home().keys("<f6>3lgq");
    sees(&found, &["李国强"]);
    let merged = home().keys("<f6>3lgq<enter><f2>");
    sees(&merged, &["已保存 整户并入别的户", "已注销", "成员 0"]);
}

#[test]
fn what_was_done_is_undone_from_the_household() {
    let undone = home().keys("<f6>6<enter>脑卒中<enter>1<f2><f12>");
    sees(&undone, &["户主 张德福", "成员 3"]);
}

#[test]
fn a_new_household_opens_at_once() {
    let founded = Window::of(village, Some("王建国"))
        .keys("<f4>xjh<enter>7<enter><enter>坡上7号<enter>孙大山<enter>150622195603102011<f2>");
    sees(&founded, &["7-001", "孙大山", "男 70", "已保存 新建户"]);
}

#[test]
fn a_wrong_number_is_told_by_its_name_in_the_dialog() {
    let wrong = Window::of(village, Some("王建国"))
        .keys("<f4>xjh<enter>7<enter><enter><enter>孙大山<enter>150622195603102015<f2>");
    sees(&wrong, &["身份证号", "校验位"]);
}

#[test]
fn a_card_lists_what_is_missing() {
    let card = home().keys("<f2>");
    sees(&card, &["待补", "张德福", "档案 52990110310100001"]);
}

#[test]
fn a_tag_set_by_hand_says_what_it_rests_on() {
    let tagged = home().keys("<f2><f6> 1残疾证5299<f2>");
    sees(&tagged, &["残疾", "残疾证5299"]);
}

/// Enter was dropped whenever a change was under way, so one that was typed
/// behind other keys never reached the row they had gone to. Only an Enter right
/// behind the saving key is impatience.
#[test]
fn keys_typed_behind_a_save_reach_the_row_they_were_for() {
    let dialog = home().keys("<f2><f6> 1残疾证5299<f2><down><down><enter>");
    sees(&dialog, &["去掉人群标签", "理由"]);
}

/// The row the cursor stands in.
fn row_here(window: &Window) -> String {
    let screen = window.screen();
    let (_, y) = screen.lines().last().unwrap().split_once(',').unwrap();
    let row: usize = y.parse().unwrap();
    screen.lines().nth(row).unwrap().to_owned()
}

#[test]
fn paging_in_a_card_goes_from_section_to_section() {
    let top = home().keys("<f2><pgup><pgup>");
    assert!(row_here(&top).contains("姓名"));
    assert!(row_here(&top.clone().keys("<pgdn>")).contains("本人电话"));
    assert!(row_here(&top.keys("<pgdn><down><down><pgup>")).contains("本人电话"));
}
