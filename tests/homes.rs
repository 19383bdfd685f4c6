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

/// Head, members and their relations as the screen tells them, wherever the selection is.
fn members(window: &Window) -> Vec<String> {
    let screen = window.screen();
    let rows = screen.lines().skip(1).take(9);
    let rows = rows.take_while(|row| !row.contains("最近") && !row.contains("Last contacts"));
    rows.map(|row| row.replace(['▸', '!'], " ").trim_end().to_owned())
        .collect()
}

/// What each dialog is opened by and answered with, and what is seen then, in both languages.
const DIALOGS: &[(&str, &str, &[&str], &[&str])] = &[
    (
        "newborn",
        "<ins>11李芳<enter><enter><enter>2张小满<enter>孙女<f2>",
        &["已保存 新生儿 张小满", "成员 4", "▸  张小满"],
        &["Saved: Newborn 张小满", "Members 4"],
    ),
    (
        "from outside",
        "<ins>2李芳<enter>150622198802290012<enter>1<enter><enter>女婿<f2>",
        &[
            "已保存 新来的人(本所没有档案) 李芳",
            "▸  李芳       女婿",
            "男 38",
        ],
        &["Saved: Somebody new here 李芳", "Members 4"],
    ),
    (
        "from another household",
        "<ins>3lgq<enter>弟弟<f2>",
        &["已保存 从本所别的户转来 李国强", "成员 4"],
        &["Saved: Somebody from another household 李国强", "Members 4"],
    ),
    (
        "the head of others from another household",
        "<ins>3cyz<enter>姐姐<f2>1<f2>",
        &["已保存 从本所别的户转来 陈玉珍", "成员 4"],
        &["Saved: Somebody from another household 陈玉珍", "Members 4"],
    ),
    (
        "another head",
        "<f6>1",
        &["换户主", "新户主", "张秀英 配偶 67"],
        &["Change the head", "New head", "张秀英 配偶 67"],
    ),
    (
        "another head chosen",
        "<f6>11<f2>",
        &["已保存 换户主", "户主 张秀英", "成员 3"],
        &["Saved: Change the head", "head 张秀英", "Members 3"],
    ),
    (
        "another relation",
        "<down><down><f6>2<bs>长子<f2>",
        &["已保存 改与户主关系", "长子"],
        &["Saved: Relation to the head", "长子"],
    ),
    (
        "a relation given by its code",
        "<down><down><f6>2<bs>2<f2>",
        &["已保存 改与户主关系", "张建军     子 "],
        &["Saved: Relation to the head", "张建军     子 "],
    ),
    (
        "a split",
        "<f6>23<enter>3<f2>",
        &["已保存 分户", "成员 2"],
        &["Saved: Split the household", "Members 2"],
    ),
    (
        "a split the head leaves by",
        "<f6>21<enter>1<f2>1<f2>",
        &["已保存 分户", "户主 张秀英", "成员 2"],
        &["Saved: Split the household", "head 张秀英", "Members 2"],
    ),
    (
        "a merge",
        "<f6>3lgq<enter><f2>",
        &["已保存 整户并入别的户", "3-002 李国强", "已注销", "成员 0"],
        &["Saved: Merge into another household", "ended", "Members 0"],
    ),
    (
        "a move",
        "<down><down><f6>5lgq<enter>侄子<f2>",
        &["已保存 转到别的户 张建军", "成员 2"],
        &["Saved: Move to another household 张建军", "Members 2"],
    ),
    (
        "a move of the head",
        "<f6>4lgq<enter>哥哥<enter><enter><enter>1<f2>",
        &["已保存 转到别的户 张德福", "户主 张秀英", "成员 2"],
        &[
            "Saved: Move to another household 张德福",
            "head 张秀英",
            "Members 2",
        ],
    ),
    (
        "a move out",
        "<down><down><f6>6贵阳<f2>",
        &["已保存 迁出 张建军", "成员 2"],
        &["Saved: Move out of the area 张建军", "Members 2"],
    ),
    (
        "a return",
        "<down><down><f6>6贵阳<f2><ins>4<f2>",
        &["已保存 迁回 张建军", "成员 3"],
        &["Saved: Is back 张建军", "Members 3"],
    ),
    (
        "a death",
        "<f6>6<enter>脑卒中<enter>1<f2>",
        &["已保存 死亡 张德福", "户主 张秀英", "成员 2"],
        &["Saved: Death 张德福", "head 张秀英", "Members 2"],
    ),
    (
        "a death recorded by mistake",
        "<f6>6<enter>脑卒中<enter>1<f2><tab><f6>1丈夫<f2>",
        &["已保存 记错了，人还在 张德福", "原有成员 0"],
        &[
            "Saved: Recorded by mistake: still here 张德福",
            "Former members 0",
        ],
    ),
    (
        "a double record",
        "<down><down><f6>8lgq<enter><f2>",
        &["已保存 重复建档，作废 张建军", "成员 2"],
        &["Saved: Recorded twice 张建军", "Members 2"],
    ),
];

#[test]
fn every_dialog_does_what_it_says_in_both_languages_and_is_undone() {
    let (before, english) = (members(&home()), members(&home().english()));
    for (name, keys, zh, en) in DIALOGS {
        let done = home().keys(keys);
        sees(&done, zh);
        let told = home().english().keys(keys);
        sees(&told, en);
        if !zh[0].starts_with("已保存") {
            continue;
        }
        // A return undone leaves the move out it followed.
        let undo = match *name {
            "a return" | "a death recorded by mistake" => continue,
            _ => "<f12>",
        };
        assert_eq!(members(&done.keys(undo)), before, "{name}");
        assert_eq!(members(&told.keys(undo)), english, "{name}");
    }
}

/// What a dialog refuses, and in which row it says so.
#[rstest::rstest]
#[case::future("<f6>5贵阳<enter><bs><bs>30<f2>", "日期")]
#[case::no_such_date("<f6>5贵阳<enter><bs><bs>99<f2>", "看不懂这个日期")]
#[case::a_second_head("<down><down><f6>2<bs>户主<f2>", "户主只有一个，请用换户主")]
#[case::nobody_chosen("<f6>3<f2>", "请选择")]
#[case::nothing_said("<down><down><f6>6<f2>", "请填写")]
#[case::not_among_them("<f6>23<enter>1<f2>", "不在分出的人里")]
#[case::wrong_number(
    "<ins>2李芳<enter>150622198802290013<enter>1<enter><enter>女婿<f2>",
    "校验位"
)]
fn a_refusal_stands_in_the_dialog(#[case] keys: &str, #[case] told: &str) {
    let dialog = home().keys(keys);
    sees(&dialog, &[told, "└"]);
    let screen = dialog.screen();
    assert!(!screen.contains("已保存"), "{screen}");
}

/// A death taken for one by mistake leaves no gap: who was never gone lives on
/// from the day of the mistaken death, by correction.
#[test]
fn a_mistaken_death_is_corrected_from_its_own_day() {
    let dialog = home().keys("<f6>6<bs><bs><bs><bs><bs>10-05<enter>脑卒中<enter>1<f2><tab><f6>1");
    sees(&dialog, &["记错了，人还在", "从哪天起仍在", "2026-10-05"]);
    sees(&dialog.clone().keys("丈夫<f2>"), &["已保存"]);
    let stays = dialog.keys("丈夫<f2><tab><down><down><f6>9");
    sees(&stays, &["死亡", "更正"]);
}
