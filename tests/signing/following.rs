//! What follows an agreement: its renewal by hand, another doctor, a doctor who left.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use cunyi::{
    desk::{Command, request::Party},
    domain::{
        agreement::{doctor::Doctor, state::State},
        clinic::Role,
        id::AgreementId,
    },
};

use crate::support::{
    agreed::{A, B, DOCTOR, Town, doctor},
    clinic::day,
    live::Window,
};

/// The first family signed with A on 2025-08-12 for a year; this is the day.
fn on(text: &str) -> (Town, AgreementId) {
    let (mut town, id) = Town::signed();
    town.on(text);
    let (name, role) = ("孙小玲".to_owned(), Role::PublicHealth);
    town.change(DOCTOR, Command::AddStaff { name, role })
        .unwrap();
    (town, id)
}

/// A new window; no two of them ask under the same ids.
fn window(town: &Town) -> Window {
    static OPENED: AtomicU32 = AtomicU32::new(0);
    let name = format!("w{}", OPENED.fetch_add(1, Ordering::Relaxed));
    Window::open(&Arc::new(town.desk(&name)), "王建国", &name)
}

/// The child's guardian and everybody's own signature, on one page.
fn signs(page: &str) -> String {
    format!("21{page}<enter><f5>")
}

#[test]
fn an_agreement_is_renewed_by_hand_in_its_last_days() {
    let (town, id) = on("2026-07-01");
    let form = window(&town).keys("<f3>wgq<enter><f7><f7>");
    form.shows("续签");
    let signed = form.keys(&signs("X1"));
    signed.shows("王小明的监护人");
    let renewed = signed.keys("2211<f9>");
    renewed.shows("已生效 王国强户 4人");
    renewed.shows("2026-08-12 至 2027-08-11");
    assert_eq!(town.state(id), State::Renewed);
    town.clinic.is_clean();
}

#[test]
fn before_its_last_days_a_renewal_is_refused_at_once() {
    let (town, id) = on("2026-06-01");
    let page = window(&town).keys("<f3>wgq<enter><f7><f7>");
    page.shows("还没到续签的时候");
    page.shows("双方签字生效");
    assert_eq!(town.state(id), State::Active);
}

#[test]
fn another_doctor_signs_anew_and_the_old_term_ends() {
    let (town, id) = on("2026-02-10");
    let form = window(&town).keys("<f3>wgq<enter><f7><ctrl-e>居民要求换医生<f2>");
    form.shows("改签");
    // The doctor is the fourth place of the first step.
    let signed = form.keys("2<pgup><pgup>").keys("<down><down><down>2");
    signed.shows("赵明");
    let signed = signed.keys("1G1<enter><f5>2211<f9>");
    signed.shows("已生效 王国强户 4人");
    signed.shows("2026-02-10 至 2027-02-09");
    assert_eq!(town.state(id), State::Superseded);
    town.clinic.is_clean();
}

/// A left on this day.
fn left(town: &mut Town, text: &str) {
    let gone = Doctor {
        until: Some(day(text)),
        ..doctor("王建国", Some(DOCTOR))
    };
    town.keep(Party::Doctor(Some(A), gone));
}

#[test]
fn the_households_of_a_doctor_who_left_are_a_list_that_opens_with_another_doctor() {
    let (mut town, id) = on("2026-02-10");
    left(&mut town, "2026-02-01");
    let parties = window(&town).keys("<f4>qyys<enter>");
    parties.shows("2026-02-01离任");
    let list = parties.keys("<f6>");
    list.shows("王国强");
    let form = list.keys("<f7>");
    form.shows("改签");
    form.shows("原签约医生王建国离任");
    form.shows("赵明");
    let signed = form.keys(&signs("G1")).keys("2211<f9>");
    signed.shows("已生效 王国强户 4人");
    assert_eq!(town.state(id), State::Superseded);
    let list = window(&town).keys("<f4>qymd<enter><f6>");
    list.shows("这张名单是空的");
}

#[test]
fn somebody_acts_until_the_household_signs_anew() {
    let (mut town, id) = on("2026-02-10");
    let serves = window(&town).keys("<f3>wgq<enter><f7><f9>");
    serves.shows("责任医生还在岗");
    left(&mut town, "2026-02-01");
    window(&town)
        .keys("<f3>wgq<enter><f7>")
        .shows("F9 代管医生");
    let named = window(&town).keys("<f3>wgq<enter><f7><f9><f2>");
    named.shows("已办 指定代管医生");
    named.shows("代管 赵明");
    assert_eq!(town.state(id), State::Active);
    assert_eq!(town.of(id).signed().unwrap().acting, Some(B));
}

#[test]
fn a_notice_is_withdrawn_and_the_end_waits_for_two_signatures() {
    let (town, id) = on("2026-02-10");
    let page = window(&town).keys("<f3>wgq<enter><f7>");
    let notice = page.keys("<f6>1<enter>11<enter>搬家<f2>");
    assert_eq!(town.state(id), State::Ending);
    let early = notice.keys("<f6>3<enter>JY1<f2>");
    early.shows("还缺");
    let both = early.keys("<esc><f6>1<f2><f6>1<f2><f6>1<enter>JY1<f2>");
    both.shows("已办 解约生效");
    assert_eq!(town.state(id), State::Terminated);
    town.clinic.is_clean();
}

#[test]
fn an_end_sheet_left_unsigned_is_signed_after_the_term_ran_out() {
    let (mut town, id) = on("2026-08-01");
    window(&town)
        .keys("<f3>wgq<enter><f7><f6>1<enter>11<enter>搬家<f2>")
        .shows("已提出解约");
    town.on("2026-08-12");
    let page = window(&town).keys("<f4>qymd<enter><f6><left><enter>");
    page.shows("到期终止");
    let both = page.keys("<f6>1<f2><f6>1<f2>");
    both.shows("已办 甲方在解约单上签字");
    assert_eq!(town.state(id), State::Expired);
    both.keys("<esc>").shows("这张名单是空的");
    town.clinic.is_clean();
}
