//! A clinic of several lots: each lives its years, and its journal stands as one.

use std::sync::Arc;

use super::*;
use crate::{
    catalog::Catalog,
    desk::{Desk, Folder, Question, Reply, Seat},
    domain::{
        clock::{Clock, Moment},
        event::Event,
    },
};

/// 2026-11-21, 10:00 in China.
struct Morning;

impl Clock for Morning {
    fn now(&self) -> Moment {
        1_795_226_400_000
    }
}

fn today() -> Day {
    "2026-11-21".parse().unwrap()
}

/// Five villages of some houses each: the clinic's own two, which live first, and three others.
fn hamlets() -> Plan {
    let mut plan = plan(7500, 3, today());
    for village in &mut plan.villages {
        (village.people, village.groups) = (100, 1);
    }
    assert_eq!(plan.villages.len(), 5);
    plan
}

fn desk() -> (Desk, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let catalog: &'static Catalog = Box::leak(Box::new(Catalog::built_in().unwrap()));
    let seat = Seat {
        clock: Arc::new(Morning),
        catalog,
        window: "practice".to_owned(),
        today: None,
    };
    let desk = Desk::create(&Folder::at(folder.path()), seat).unwrap();
    (desk, folder)
}

#[test]
fn villages_live_lot_after_lot_and_the_journal_stands() {
    let (desk, _folder) = desk();
    let summary = build_from(&desk, hamlets(), begins(today()), |_| true).unwrap();
    assert_eq!(summary.people, 500, "and the newborn among them");
    let checked = desk.check(|_| true).unwrap().checked;
    assert_eq!(checked.faults, Vec::new());
    let asked = Question::Journal {
        first: 1,
        limit: 50_000,
    };
    let Reply::Journal(entries) = desk.answer(&asked).unwrap() else {
        panic!("no journal");
    };
    let begun_anew = entries.windows(2).filter(|two| two[1].at < two[0].at);
    assert_eq!(begun_anew.count(), 1, "two lots");
    let (mut signed, mut visited) = (0, 0);
    for entry in entries.iter().rev() {
        for event in &entry.events {
            signed += usize::from(matches!(event, Event::AgreementChanged(_)));
            visited += usize::from(matches!(event, Event::ContactRecorded(_)));
        }
    }
    assert!(500 < signed && 3000 < visited, "{signed} {visited}");
}

#[test]
fn a_clinic_that_began_lately_has_a_short_past() {
    let (desk, _folder) = desk();
    let first = "2026-08-13".parse().unwrap();
    // Somebody died, and somebody moved away, before it began.
    let gone = plan(1000, 1, today()).flat_map(|household| household.members);
    let gone: Vec<Presence> = gone.map(|member| member.presence).collect();
    let before = |on: &Day| *on < first;
    let has = |is: fn(&Presence) -> Option<&Day>| gone.iter().filter_map(is).any(before);
    assert!(has(|one| match one {
        Presence::Dead { on, .. } => Some(on),
        _ => None,
    }));
    assert!(has(|one| match one {
        Presence::MovedOut { on, .. } => Some(on),
        _ => None,
    }));
    let summary = build_from(&desk, plan(1000, 1, today()), first, |_| true).unwrap();
    assert_eq!(summary.people, 1000);
    assert!(
        1000 < summary.contacts && summary.contacts < 8000,
        "{summary:?}"
    );
    let checked = desk.check(|_| true).unwrap().checked;
    assert_eq!(checked.faults, Vec::new());
}

#[test]
fn ten_years_of_a_hamlet_stand() {
    let (desk, _folder) = desk();
    let first = "2016-09-02".parse().unwrap();
    let summary = build_from(&desk, plan(60, 3, today()), first, |_| true).unwrap();
    assert_eq!(summary.people, 60);
    assert!(1000 < summary.contacts, "{summary:?}");
    let checked = desk.check(|_| true).unwrap().checked;
    assert_eq!(checked.faults, Vec::new());
}
