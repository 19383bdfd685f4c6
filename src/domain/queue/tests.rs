//! The queue: listing, merging, order, counts.

use super::*;
use crate::domain::programmes::{reason::Reason, rule::Rule};
use crate::domain::window::{Window, calendar_year, routine, within_days};
use proptest::prelude::*;
use rstest::rstest;

fn d(text: &str) -> Day {
    text.parse().unwrap()
}

fn htn(window: &Window) -> Task {
    Task::new(
        TaskKind::HtnVisit,
        ProgrammeKind::Htn,
        window,
        Rule::H6,
        Reason::MonthsPassed { months: 3 },
    )
}

fn screen(window: &Window) -> Task {
    Task::new(
        TaskKind::BpScreen,
        ProgrammeKind::Screen35,
        window,
        Rule::Hs1,
        Reason::YearlyPressure,
    )
}

fn member(number: u32, tasks: Vec<Task>) -> Member {
    Member {
        person: PersonId(u64::from(number)),
        household: HouseholdId(u64::from(number / 2)),
        place: Place {
            village: VillageId(1),
            group: 1,
            household_number: number / 2,
            member_number: number,
        },
        doctor: "王建国".to_owned(),
        tasks,
        owed: Vec::new(),
        is_done_today: false,
        is_attempted_today: false,
    }
}

fn since(day: &str) -> Task {
    htn(&routine(d(day), 3, &Settings::default()))
}

const TODAY: &str = "2026-11-21";

fn today(members: &[Member], filter: &Filter) -> Queue {
    queue(members, filter, d(TODAY), &Settings::default())
}

#[test]
fn rows_stand_by_priority_then_lateness_then_door() {
    let members = [
        member(2, vec![since("2026-08-21")]),
        member(3, vec![since("2026-08-15")]),
        member(4, vec![since("2026-08-01")]),
        member(5, vec![since("2026-07-20")]),
        member(6, vec![since("2026-08-25")]),
        member(7, vec![since("2026-09-15")]),
        member(8, vec![since("2026-08-21")]),
    ];
    let queue = today(&members, &Filter::default());
    let order: Vec<u64> = queue.due.iter().map(|r| r.person.0).collect();
    assert_eq!(order, [5, 4, 2, 8, 3]);
    assert_eq!(queue.early.len(), 1);
    assert_eq!(queue.counts.overdue, 2);
    assert_eq!(queue.counts.due, 5);
}

#[test]
fn a_referral_check_stands_first() {
    let task = Task::new(
        TaskKind::ReferralCheck,
        ProgrammeKind::Htn,
        &within_days(d("2026-11-10"), 14),
        Rule::H4,
        Reason::TwiceOffTarget,
    );
    let members = [
        member(2, vec![since("2026-07-20")]),
        member(3, vec![task.clone()]),
    ];
    let queue = today(&members, &Filter::default());
    assert_eq!(queue.due[0].person.0, 3);
    assert_eq!(row_reason(&queue.due[0]).unwrap().text.zh, "两次未达标");
    let sums = why(&task, d(TODAY)).sums;
    assert_eq!(sums.last().unwrap().text().zh, "转诊 2026-11-10 后第11天");
}

#[test]
fn standing_tasks_ride_along_and_make_no_row_until_december() {
    let yearly = screen(&calendar_year(d("2020-01-01"), None, d(TODAY)));
    let members = [
        member(2, vec![since("2026-08-21"), yearly.clone()]),
        member(3, vec![yearly.clone()]),
    ];
    let now = today(&members, &Filter::default());
    assert_eq!(now.counts.due, 1);
    assert_eq!(now.counts.standing, 2);
    assert_eq!(now.due[0].riding.len(), 1);
    let december = queue(
        &members,
        &Filter::default(),
        d("2026-12-01"),
        &Settings::default(),
    );
    assert_eq!((december.counts.due, december.counts.standing), (2, 1));
}

#[rstest]
#[case(Filter { programme: Some(ProgrammeKind::Dm), ..Filter::default() }, 0)]
#[case(Filter { programme: Some(ProgrammeKind::Htn), ..Filter::default() }, 2)]
#[case(Filter { mode: Some(Mode::Phone), ..Filter::default() }, 0)]
#[case(Filter { mode: Some(Mode::Home), ..Filter::default() }, 2)]
#[case(Filter { status: Some(Status::Overdue), ..Filter::default() }, 1)]
#[case(Filter { group: Some(2), ..Filter::default() }, 0)]
#[case(Filter { doctor: Some(String::new()), ..Filter::default() }, 0)]
fn the_count_equals_the_filtered_list(#[case] filter: Filter, #[case] rows: usize) {
    let members = [
        member(2, vec![since("2026-08-21")]),
        member(3, vec![since("2026-07-20")]),
    ];
    let queue = today(&members, &filter);
    assert_eq!((queue.due.len(), queue.counts.due), (rows, rows));
}

#[test]
fn a_household_is_one_stop_in_walking_order() {
    let members = [
        member(8, vec![since("2026-07-20")]),
        member(2, vec![since("2026-08-21")]),
        member(3, vec![since("2026-07-25")]),
    ];
    let rows = today(&members, &Filter::default()).due;
    let stops = group(rows.clone(), Grouping::Household);
    let walked: Vec<Vec<u64>> = stops
        .iter()
        .map(|stop| stop.rows.iter().map(|r| r.person.0).collect())
        .collect();
    assert_eq!(walked, [vec![3, 2], vec![8]]);
    assert_eq!(group(rows, Grouping::Flat).len(), 1);
}

#[test]
fn the_sums_are_those_of_the_window() {
    let lines: Vec<String> = why(&since("2026-08-21"), d(TODAY))
        .sums
        .into_iter()
        .map(|sum| sum.text().zh)
        .collect();
    assert_eq!(
        lines,
        [
            "应访 2026-08-21 + 3个月 = 2026-11-21",
            "可提前 14天 = 2026-11-07",
            "最迟 +14天 = 2026-12-05"
        ]
    );
}

/// Somebody as they may be found: with work or without, met on the day or not.
fn anybody() -> impl Strategy<Value = Member> {
    let dated = proptest::collection::vec(0..200_i64, 0..3);
    (1..12_u32, 1..4_u32, dated, any::<[bool; 3]>()).prop_map(
        |(number, group, dated, [is_done, is_attempted, is_screened])| {
            let before = |days: i64| crate::domain::day::plus_days(d(TODAY), -days);
            let mut tasks: Vec<Task> = dated
                .into_iter()
                .map(|days| htn(&routine(before(days), 3, &Settings::default())))
                .collect();
            if is_screened {
                tasks.push(screen(&calendar_year(before(700), None, d(TODAY))));
            }
            let mut member = member(number, tasks);
            member.place.group = group;
            member.is_done_today = is_done;
            member.is_attempted_today = is_attempted;
            member
        },
    )
}

proptest! {
    #[test]
    fn people_who_come_and_go_one_by_one_leave_the_queue_of_whoever_is_there(
        first in proptest::collection::vec(anybody(), 0..8),
        then in proptest::collection::vec(anybody(), 1..16),
        group in proptest::option::of(1..4_u32),
        status in proptest::option::of(Just(Status::Overdue)),
    ) {
        let settings = Settings::default();
        let filter = Filter { group, status, ..Filter::default() };
        let sieve = Sieve { filter: &filter, today: d(TODAY), settings: &settings };
        let mut there: std::collections::BTreeMap<PersonId, (Member, Work)> = first
            .into_iter()
            .map(|one| (one.person, (one.clone(), work(&one, d(TODAY), &settings))))
            .collect();
        let of = |there: &std::collections::BTreeMap<PersonId, (Member, Work)>| {
            Queue::of(there.values().map(|(member, work)| (member, work)), sieve)
        };
        let mut queue = of(&there);
        for (at, one) in then.into_iter().enumerate() {
            if let Some((member, work)) = there.remove(&one.person) {
                queue.take(&member, &work, sieve);
            }
            // Every third only goes.
            if at % 3 != 2 {
                let work = work(&one, d(TODAY), &settings);
                queue.put(&one, &work, sieve);
                there.insert(one.person, (one, work));
            }
            prop_assert_eq!(&queue, &of(&there));
        }
    }
}
