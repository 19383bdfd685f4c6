//! Those proposed for programmes, at the keyboard: marking, entering, declining, and the
//! entry forms one after another.

use cunyi::{
    desk::{Command, Desk, request::ContactDraft},
    domain::{
        course::happening::{Enrolled, Happening},
        id::PersonId,
        programmes::{Facts, ProgrammeKind, smd::Consent},
    },
};

use crate::support::{
    village::{change, day, record, village},
    window::Window,
};

/// At the proposals of the village: four people of 65 and over.
fn proposed() -> Window {
    Window::of(village, Some("王建国")).keys("<ctrl-p>")
}

fn sees(window: &Window, wanted: &[&str]) {
    let screen = window.screen();
    for text in wanted {
        assert!(screen.contains(text), "{text}:\n{screen}");
    }
}

fn tag(desk: &Desk, person: u64, tag: &str) {
    let command = Command::SetTag {
        person: PersonId(person),
        tag: tag.to_owned(),
        evidence: "化验单".to_owned(),
    };
    change(desk, command).unwrap();
}

/// 赵新月 is pregnant, 陈大海 has tuberculosis.
fn tags(desk: &Desk) {
    tag(desk, 8, "K02");
    tag(desk, 7, "K06");
}

#[test]
fn the_proposals_stand_in_groups_with_their_grounds() {
    insta::assert_snapshot!(proposed().elsewhere(tags).screen());
    insta::assert_snapshot!(proposed().elsewhere(tags).english().screen());
    for (width, height) in [(60, 16), (120, 40), (200, 60)] {
        let screen = proposed().elsewhere(tags).size(width, height).screen();
        assert!(screen.contains("陈大海"), "{width}×{height}:\n{screen}");
    }
    sees(&proposed().elsewhere(tags).ascii(), &["> ", "陈大海"]);
}

#[test]
fn a_group_is_entered_with_two_keys_and_undone_with_one() {
    let entered = proposed().keys("<tab><f2>");
    sees(&entered, &["纳入8项", "没有要纳入的人"]);
    let undone = proposed().keys("<tab><f2><f12>");
    sees(&undone, &["建议 4条", "王桂兰"]);
    // It used to name one of them alone, and an undone undo as if it were undone again.
    sees(&undone, &["已撤销 张德福等4人 纳入了管理"]);
    let again = proposed().keys("<tab><f2><f12><f12>");
    sees(&again, &["已恢复 张德福等4人 纳入了管理", "没有要纳入的人"]);
}

#[test]
fn one_marked_or_the_one_selected_is_entered() {
    sees(&proposed().keys("<f2>"), &["纳入2项", "建议 3条"]);
    let marked = proposed().keys("<down><space><space><f2>");
    sees(&marked, &["纳入4项", "建议 2条"]);
    // Marked twice is not marked.
    let again = proposed().keys("<ctrl-t><ctrl-t>");
    sees(&again, &["建议 4条  勾选 0"]);
    sees(&proposed().keys("<ctrl-t>"), &["建议 4条  勾选 4"]);
}

#[test]
fn a_decline_asks_why_and_takes_the_row_away() {
    let asked = proposed().keys("<f6>");
    sees(&asked, &["不纳入", "写明为什么"]);
    let declined = proposed().keys("<f6>在外地子女家<enter>");
    sees(&declined, &["不纳入 ", "建议 3条"]);
    let kept = proposed().keys("<f6>在<esc>");
    sees(&kept, &["建议 4条"]);
}

#[test]
fn entry_forms_open_one_after_another() {
    let first = proposed().elsewhere(tags).keys("<ctrl-t><f2>");
    sees(&first, &["陈大海", "收到通知单日期"]);
    let second = proposed().elsewhere(tags).keys("<ctrl-t><f2><f2>");
    sees(&second, &["赵新月", "末次月经"]);
    let done = proposed()
        .elsewhere(tags)
        .keys("<ctrl-t><f2><f2>2026-09-01<f2>");
    sees(&done, &["没有要纳入的人", "已保存 赵新月 纳入 孕妇"]);
}

#[test]
fn leaving_a_form_leaves_the_next_ones_for_later() {
    let left = proposed().elsewhere(tags).keys("<ctrl-t><f2><esc>");
    sees(&left, &["建议纳入", "陈大海", "赵新月"]);
}

/// Another window entered one of those marked: the others are entered all the same.
#[test]
fn what_another_window_did_meanwhile_is_left_out_with_its_reason() {
    let entered = proposed()
        .keys("<tab>")
        .elsewhere_unseen(|desk| {
            use cunyi::domain::programmes::ProgrammeKind::Elderly;
            let these = vec![(PersonId(1), Elderly)];
            change(desk, Command::EnrolMany(these)).unwrap();
        })
        .keys("<f2>");
    sees(&entered, &["纳入7项", "1项没有纳入：张德福"]);
}

#[test]
fn the_household_is_one_key_away() {
    sees(&proposed().keys("<enter>"), &["成员 2", "陈玉珍"]);
}

/// 陈大海 is followed up for a mental disorder.
fn managed(desk: &Desk) {
    let mut draft = ContactDraft::about(PersonId(7), day("2026-10-20"));
    draft.happening = Some(Happening::Enrolled(Enrolled {
        facts: Facts::Consent(Consent::Given),
        ..Enrolled::in_programme(ProgrammeKind::Smd)
    }));
    record(desk, draft);
}

#[test]
fn a_death_told_on_a_form_opens_the_dialog_that_records_it() {
    let window = || Window::of(village, Some("王建国")).elsewhere(managed);
    let form = window().keys("<f3>cdh<f2>");
    sees(&form, &["陈大海", "死亡日期"]);
    let asked = window().keys("<f3>cdh<f2>32<enter><tab>2026-11-05<tab>4<f2>");
    sees(&asked, &["死亡", "2026-11-05", "死因"]);
}
