//! Bad case 31: what is dated into a month whose report was sent wants a reason, and marks the
//! report for correction.

use std::sync::Arc;

use cunyi::{
    desk::{
        Command, Question, Reply, Stop,
        reply::{Done, ReportTold},
    },
    domain::agreement::{action::Action, contract::Scope, reported::Figures},
};

use crate::support::{
    agreed::{A, ALL, DOCTOR, FIRST, OTHER, Town, codes, contents, signing},
    asking::{of_staff, voiding},
    clinic::day,
    live::Window,
};

fn send(town: &mut Town, month: &str) -> Result<Done, Stop> {
    let month = day(month);
    town.change(DOCTOR, Command::SendReport { month })
}

/// The report of August 2025, as it stands.
fn august(town: &Town) -> ReportTold {
    let asked = Question::Registers {
        from: day("2025-08-01"),
        until: day("2025-08-31"),
    };
    match town.clinic.desk.answer(&asked).unwrap() {
        Reply::Registers(mut view) => view.reports.remove(0),
        other => panic!("{other:?}"),
    }
}

#[test]
fn bad_31_what_is_dated_into_a_month_reported_wants_a_reason_and_marks_the_report() {
    let mut town = Town::new();
    town.on("2025-09-03");
    assert_eq!(codes(send(&mut town, "2025-09-01")), ["E-INPUT"]);
    send(&mut town, "2025-08-01").unwrap();
    assert_eq!(august(&town).sent.figures, Figures::default());

    let id = town
        .draft(Scope::Household(FIRST), contents(A, ALL))
        .unwrap();
    let mut late = signing(ALL, "2025-08-20", "ZP1");
    let sign = |signing| Action::Sign(Box::new(signing));
    let refused = town.ask(id, sign(late.clone()));
    assert_eq!(codes(refused), ["W-AGR-CLOSEDMONTH"]);
    late.late_reason = "纸质协议迟交".to_owned();
    town.ask(id, sign(late)).unwrap();

    let number = town.of(id).number.unwrap().to_string();
    let marked = august(&town);
    assert_eq!(marked.corrections, std::slice::from_ref(&number));
    assert_eq!(marked.sent.figures.agreements, 0, "what was sent stays");

    send(&mut town, "2025-08-31").unwrap();
    let again = august(&town);
    assert_eq!((again.times, again.corrections.len()), (2, 0));
    assert_eq!(again.by, "王建国");
    let figures = Figures {
        agreements: 1,
        households: 1,
        persons: 4,
        new: 1,
        ..Figures::default()
    };
    assert_eq!(again.sent.figures, figures);
    assert_eq!(codes(send(&mut town, "2025-08-01")), ["E-INPUT"]);

    town.ask(id, voiding(of_staff(OTHER), "2025-09-03"))
        .unwrap();
    assert_eq!(august(&town).corrections, [number]);
    town.clinic.is_clean();
}

#[test]
fn a_month_not_reported_wants_no_reason() {
    let mut town = Town::new();
    town.on("2025-10-02");
    send(&mut town, "2025-09-01").unwrap();
    let id = town
        .draft(Scope::Household(FIRST), contents(A, ALL))
        .unwrap();
    let sign = signing(ALL, "2025-08-20", "ZP1");
    town.ask(id, Action::Sign(Box::new(sign))).unwrap();
    // A report sent is not taken back.
    let refused = codes(town.change(DOCTOR, Command::Undo));
    assert_eq!(refused, ["E-UNDO-STANDS"]);
}

#[test]
fn the_month_seen_is_marked_as_sent_by_a_key_and_says_so() {
    let (mut town, _) = Town::signed();
    town.on("2025-09-03");
    let desk = Arc::new(town.desk("w1"));
    let window = Window::open(&desk, "王建国", "w1").keys("<f4>登记表<enter><f2>");
    window.shows("换到整月");
    let window = window.keys("<f5><f2>");
    window.shows("这个月还没过完");
    let window = window.keys("<left><f2>");
    window.shows("2025-08");
    let window = window.keys("<up><enter>");
    window.shows("已记为上报");
    window.shows("09-03 王建国 已上报");
    assert_eq!(august(&town).times, 1);
    window.keys("<f2><up><enter>").shows("已经上报");
}
