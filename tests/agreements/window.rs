//! The roll as the window has it done: behind the first screen, on a new day, and never over a
//! month of missed days unless the date was confirmed.

use std::sync::Arc;

use cunyi::{
    desk::Command,
    domain::{agreement::state::State, clinic::Role, id::AgreementId},
    tui::message::Message,
};

use crate::support::{
    agreed::{DOCTOR, Town},
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
