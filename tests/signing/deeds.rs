//! What is done with an agreement from its page and its form: papers printed again, the end
//! sheet, the service stopped, a draft discarded, a void approved by somebody else.

use std::sync::Arc;

use cunyi::{
    desk::{Command, Desk, request::Party},
    domain::{agreement::doctor::Doctor, id::DoctorId, settings::Values},
    paper::print::Document,
    tui::{message::Effect, screens::sheet::Content},
};

use super::{AT_HOME, doctor, home, keep, page, sees, town};
use crate::support::{village::change, window::Window};

/// The marks of the copies written last.
fn marks(window: &Window) -> Vec<String> {
    copies(window).into_iter().map(|one| one.mark).collect()
}

/// The copies written last.
fn copies(window: &Window) -> Vec<Document> {
    let effects = window.effects();
    let written = effects.iter().rev().find_map(|effect| match effect {
        Effect::Write(sheet) => Some(&sheet.content),
        _ => None,
    });
    let Some(Content::Documents(copies)) = written else {
        panic!("{written:?}");
    };
    copies.clone()
}

#[test]
fn a_copy_beyond_the_originals_is_marked_as_printed_again() {
    let first = page().keys("<f8><f2>");
    assert_eq!(marks(&first).len(), 2);
    let again = first.keys("<f8><f2>");
    assert_eq!(marks(&again), ["补打"]);
    sees(&again, &["补打"]);
}

#[test]
fn the_end_sheet_is_printed_for_both_sides_and_again_as_a_reprint() {
    let notice = page().keys("<f6>1<enter>11<enter>搬家<f2>");
    let sheet = notice.keys("<f8>2<f2>");
    assert_eq!(marks(&sheet).len(), 2);
    sees(&sheet, &["打印解约单"]);
    let again = sheet.keys("<f8>2<f2>");
    assert_eq!(marks(&again), ["补打"]);
}

#[test]
fn the_clinic_stops_the_service_with_its_evidence() {
    let asked = page().keys("<f6>2");
    sees(&asked, &["机构停止服务", "证据号"]);
    sees(&asked.clone().keys("<f2>"), &["机构停止服务", "E"]);
    let stopped = asked.keys("<enter>TZ2026-1<f2>");
    sees(&stopped, &["已办 机构停止服务", "已解约"]);
}

#[test]
fn a_draft_in_the_journal_is_discarded_with_a_reason() {
    let begun = home().keys("<f7>2<f2><f7>");
    sees(&begun, &["草稿"]);
    let asked = begun.keys("<ctrl-x>");
    sees(&asked, &["整份草稿作废", "都不放弃"]);
    let reason = asked.keys("1");
    // Without a reason it stays.
    sees(&reason.clone().keys("<f2>"), &["请填写"]);
    let discarded = reason.keys("这户不签了<f2>");
    sees(&discarded, &["草稿已作废"]);
    sees(
        &discarded.keys("<f4>qymd<enter><right>"),
        &["这张名单是空的"],
    );
}

#[test]
fn printed_copies_nobody_signed_are_discarded_too() {
    let printed = home().keys("<f7>2<f8><f2><esc><f7>");
    sees(&printed, &["待签字"]);
    let discarded = printed.keys("<ctrl-x>1没签成<f2>");
    sees(&discarded, &["草稿已作废"]);
}

#[test]
fn what_was_typed_is_dropped_without_the_draft() {
    let begun = home().keys("<f7>2<f2><f7>2");
    let dropped = begun.keys("<ctrl-x>1");
    sees(&dropped, &["已放弃，没有签约"]);
    sees(&dropped.keys("<f7>"), &["草稿"]);
}

#[test]
fn another_staff_member_approves_a_void() {
    let voided = page().keys("<ctrl-x>2录错了<enter>李院长<enter>批2026-3<f2>");
    sees(&voided, &["已办 作废", "作废"]);
    // The doctor's colleague with an account may approve; whoever signed may not.
    let colleague = page().keys("<ctrl-x>2录错了<enter>赵明<f2>");
    sees(&colleague, &["已办 作废"]);
}

#[test]
fn a_supplement_page_tells_who_joined_and_who_left() {
    let one = home().keys("<f7>2<pgup><down><down><down>21P9<enter><f5>11<f9>");
    let joined = one.keys("<down><down><down><ins><enter>1P10<f2>");
    let first = joined.keys("<f8>2<f2>");
    assert_eq!(marks(&first).len(), 2);
    let left = first.keys("<home><down><del><enter>1<enter>1P11<f2>");
    sees(&left, &["已办 减员：张秀英"]);
    // The page was printed before: what is printed now is marked.
    assert_eq!(marks(&left.keys("<f8>2<f2>")), ["补打"]);
}

#[test]
fn the_taker_of_a_consent_is_chosen_where_somebody_joins() {
    let one = home().keys("<f7>2<pgup><down><down><down>21P9<enter><f5>11<f9>");
    let asked = one.keys("<down><down><down><ins>");
    sees(&asked, &["经办人", "王建国", "无行为能力依据"]);
    let joined = asked.keys("<enter>1P10<enter><enter><enter>2<f2>");
    sees(&joined, &["已办 增员：李芳"]);
}

/// The town whose papers tell when the clinic serves and where one complains.
fn told_of() -> Arc<Desk> {
    let desk = town();
    let told = Doctor {
        phone: "15400000077".to_owned(),
        ..doctor("王建国", 1)
    };
    keep(&desk, Party::Doctor(Some(DoctorId(1)), told));
    let values = Values::from([
        ("clinic.hours".to_owned(), "每天8:00-17:30".to_owned()),
        ("clinic.complaint".to_owned(), "15400000088".to_owned()),
    ]);
    change(&desk, Command::ChangeSettings { values }).unwrap();
    desk
}

#[test]
fn hours_and_phones_stand_on_the_printed_agreement() {
    let told = Window::of(told_of, Some("王建国"))
        .keys("<f3>zdf<enter>")
        .keys(AT_HOME)
        .keys("<f8><f2>");
    let printed = format!("{:?}", copies(&told));
    for text in ["每天8:00-17:30", "15400000077", "15400000088"] {
        assert!(printed.contains(text), "{text}:\n{printed}");
    }
    // Where nothing is set, a line to write on stays.
    let blank = page().keys("<f8><f2>");
    assert!(format!("{:?}", copies(&blank)).contains("________"));
}
