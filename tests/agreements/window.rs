//! The roll as the window has it done: behind the first screen, on a new day, and never over a
//! month of missed days unless the date was confirmed; and the visit that speaks of renewal.

use std::sync::Arc;

use cunyi::{
    desk::{Command, request::ContactDraft},
    domain::{
        agreement::{signed::Renewal, state::State},
        clinic::Role,
        course::happening::{Enrolled, Happening},
        id::AgreementId,
        programmes::ProgrammeKind,
    },
    tui::message::Message,
};

use crate::support::{
    agreed::{A, DOCTOR, Town, WANG},
    clinic::day,
    live::Window,
};

/// Signed for a year on 2025-08-12, and at work on this day.
fn at_work_on(text: &str) -> (Town, AgreementId) {
    let (mut town, id) = Town::signed();
    town.on(text);
    let (name, role) = ("孙小玲".to_owned(), Role::PublicHealth);
    town.change(DOCTOR, Command::AddStaff { name, role })
        .unwrap();
    (town, id)
}

fn window(town: &Town, name: &str) -> Window {
    Window::open(&Arc::new(town.desk(name)), "王建国", name)
}

#[test]
fn the_first_window_of_a_day_tells_what_was_renewed_and_the_second_nothing() {
    let (mut town, id) = at_work_on("2026-08-10");
    window(&town, "w1").shows("今日随访");
    assert_eq!(
        town.state(id),
        State::Active,
        "its last day is still to come"
    );
    town.on("2026-08-12");
    window(&town, "w2").shows("自动续约 1 份，到期终止 0 份");
    assert_eq!(town.state(id), State::Renewed);
    let second = window(&town, "w3").seen();
    assert!(!second.contains("自动续约"), "{second}");
    town.clinic.is_clean();
}

#[test]
fn a_window_open_overnight_rolls_on_the_new_day() {
    let (mut town, id) = at_work_on("2026-08-11");
    let mut window = window(&town, "w1");
    town.on("2026-08-12");
    window.take(Message::NewDay(day("2026-08-12")));
    window.settle();
    window.shows("自动续约 1 份");
    assert_eq!(town.state(id), State::Renewed);
}

#[test]
fn more_than_a_month_of_missed_days_waits_for_the_date_to_be_confirmed() {
    let (mut town, id) = at_work_on("2026-08-10");
    town.on("2026-09-30");
    let asked = window(&town, "w1");
    asked.shows("已有 50 天没有办理协议的到期续约");
    asked.shows("今天真的是 2026-09-30 吗");
    // What is chosen at first does nothing.
    let after = asked.keys("<enter>");
    after.shows("今日随访");
    assert_eq!(town.state(id), State::Active);
    window(&town, "w2")
        .keys("<up><enter>")
        .shows("自动续约 1 份");
    assert_eq!(town.state(id), State::Renewed);
    town.clinic.is_clean();
}

/// Keys that fill in a hypertension visit in one line and save it.
const VISIT: &str = "<f4>家庭 138/86 p74 w66.5 无异常 吸烟0 饮酒0 运动3 每次30 摄盐1<enter><f2>";

/// The head followed up for hypertension, at work in the last weeks of his agreement.
fn last_weeks() -> Town {
    let (mut town, _) = at_work_on("2026-06-01");
    let enrolled = Happening::Enrolled(Enrolled::in_programme(ProgrammeKind::Htn));
    let draft = ContactDraft {
        happening: Some(enrolled),
        ..ContactDraft::about(WANG, town.today())
    };
    town.change(DOCTOR, Command::RecordContact(Box::new(draft)))
        .unwrap();
    town
}

fn form(town: &Town) -> Window {
    window(town, "w1").keys("<f3>wgq<enter><enter>")
}

#[test]
fn a_visit_that_spoke_of_renewal_says_so_with_one_key_and_the_roll_knows() {
    let mut town = last_weeks();
    town.on("2026-06-10");
    let early = form(&town);
    assert!(!early.seen().contains("自动续约"), "{}", early.seen());
    early.keys("<f9>").shows("现在没有要和这个人谈的续约");
    town.on("2026-07-01");
    let (name, role) = ("钱多多".to_owned(), Role::PublicHealth);
    town.change(DOCTOR, Command::AddStaff { name, role })
        .unwrap();
    town.on("2026-07-20");
    let offered = form(&town);
    offered.shows("家庭协议 2026-08-11 到期自动续约，还没和本人谈过");
    offered.shows("F9 续约");
    let spoken = offered.keys("<f9>");
    spoken.shows("谈了续约，随本次保存记入协议");
    let back = spoken.keys("<f9>");
    back.shows("还没和本人谈过");
    back.keys("<f9>").keys(VISIT).shows("已保存");
    assert_eq!(town.of(AgreementId(1)).signed().unwrap().spoken.len(), 1);
    let again = form(&town).seen();
    assert!(!again.contains("还没和本人谈过"), "{again}");
    town.on("2026-08-12");
    town.roll().unwrap();
    let signed = town.of(AgreementId(2)).signed().unwrap().clone();
    assert_eq!(signed.renewal, Renewal::Confirmed);
    town.clinic.is_clean();
}

#[test]
fn a_visit_that_spoke_of_nothing_leaves_the_renewal_unconfirmed_until_one_does() {
    let mut town = last_weeks();
    town.on("2026-08-12");
    town.roll().unwrap();
    let renewal = |town: &Town| town.of(AgreementId(2)).signed().unwrap().renewal;
    assert_eq!(renewal(&town), Renewal::Unconfirmed);
    let offered = form(&town);
    offered.shows("家庭协议已自动续约，本人还未确认知道");
    offered.keys("<f9>").keys(VISIT).shows("已保存");
    assert_eq!(renewal(&town), Renewal::Confirmed);
}

#[test]
fn what_waits_for_the_date_is_asked_on_the_first_screen_as_soon_as_it_stands_alone() {
    let (mut town, id) = at_work_on("2026-08-10");
    let mut window = window(&town, "w1").keys("<f3>");
    town.on("2026-09-30");
    window.take(Message::NewDay(day("2026-09-30")));
    window.settle();
    window.shows("查户");
    window.shows("已有50天没有办理到期续约，请医生先确认");
    let asked = window.keys("<esc>");
    asked.shows("今天真的是 2026-09-30 吗");
    asked.keys("<up><enter>").shows("自动续约 1 份");
    assert_eq!(town.state(id), State::Renewed);
    town.clinic.is_clean();
}

#[test]
fn where_the_clinic_has_an_administrator_nobody_else_is_asked_for_the_date() {
    let (mut town, id) = at_work_on("2026-08-10");
    let (name, role) = ("周院长".to_owned(), Role::Admin);
    town.change(DOCTOR, Command::AddStaff { name, role })
        .unwrap();
    town.on("2026-09-30");
    let told = window(&town, "w1");
    told.shows("请管理员先确认");
    assert!(!told.seen().contains("今天真的是"), "{}", told.seen());
    let admin = Window::open(&Arc::new(town.desk("w2")), "周院长", "w2");
    admin.keys("<up><enter>").shows("自动续约 1 份");
    assert_eq!(town.state(id), State::Renewed);
    town.clinic.is_clean();
}

#[test]
fn a_roll_the_clock_guard_refused_is_done_once_somebody_confirmed_the_date() {
    let mut town = Town::new();
    town.on("2025-09-15");
    let id = town.sign_first(A).unwrap();
    town.on("2026-08-20");
    let (name, role) = ("孙小玲".to_owned(), Role::PublicHealth);
    town.change(DOCTOR, Command::AddStaff { name, role })
        .unwrap();
    town.on("2026-09-25");
    let mut window = window(&town, "w1");
    window.shows("协议的到期续约等日期核对后自动办理");
    assert_eq!(town.state(id), State::Active);
    // Another window's entry confirms the date.
    let (name, code) = ("柳树村".to_owned(), None);
    let done = town.change(DOCTOR, Command::AddVillage { name, code });
    window.take(Message::Changed(done.unwrap().seq));
    window.settle();
    window.shows("自动续约 1 份");
    assert_eq!(town.state(id), State::Renewed);
    town.clinic.is_clean();
}
