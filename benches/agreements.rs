//! Agreements of the practice village, which is signed: the lists with all their counts, the
//! registers of a day and of a year, the doctors' panels.
//!
//! Each must find its rows before its time counts. A page one looks at is held against a frame of
//! 16 ms, counts over everything against 100 ms.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use cunyi::{
    desk::{
        Desk, Question, Reply,
        reply::{AgreementList, AgreementListView},
        request::AgreementListAsk,
    },
    domain::day::{Day, plus_days},
};

use crate::village::{Size, Village, begin, figures::milliseconds, median, tell, today};

const FRAME: u64 = 16;
const COUNTS: u64 = 100;
/// Rows of a page.
const ROWS: usize = 20;

/// Measures at every size.
pub fn run() {
    for size in begin("agreements") {
        let village = Village::build(size);
        let (frame, counted) = (milliseconds(FRAME), milliseconds(COUNTS));
        let desk = village.desk();
        let begun = Instant::now();
        let first = list(&desk, AgreementList::ToSign);
        let time = begun.elapsed();
        tell("households to sign, the first time", size, time, counted);
        let counts: BTreeMap<AgreementList, usize> = first.counts.iter().copied().collect();
        assert!(size.people / 10 < counts[&AgreementList::Running].try_into().unwrap());
        for (what, one) in [
            ("households to sign", AgreementList::ToSign),
            ("everything that runs", AgreementList::Running),
            ("to renew", AgreementList::ToRenew),
        ] {
            assert_eq!(
                list(&desk, one).rows.len(),
                ROWS.min(counts[&one]),
                "{what}"
            );
            let what = format!("{what} and all counts");
            tell(&what, size, timed(size, || list(&desk, one)), frame);
        }
        let year = (plus_days(today(), -364), today());
        assert!(0 < registered(&desk, year));
        let time = timed(size, || registered(&desk, year));
        tell("registers of a year", size, time, counted);
        let day = (today(), today());
        let time = timed(size, || registered(&desk, day));
        tell("registers of a day", size, time, counted);
        assert!(0 < panels(&desk));
        tell(
            "panels of all doctors",
            size,
            timed(size, || panels(&desk)),
            counted,
        );
    }
}

fn list(desk: &Desk, list: AgreementList) -> AgreementListView {
    let asked = AgreementListAsk {
        list,
        from: 0,
        limit: ROWS,
    };
    match desk.answer(&Question::AgreementList(asked)).unwrap() {
        Reply::AgreementList(view) => *view,
        other => panic!("{other:?}"),
    }
}

/// How many agreements the registers of these days are made of.
fn registered(desk: &Desk, (from, until): (Day, Day)) -> usize {
    match desk.answer(&Question::Registers { from, until }).unwrap() {
        Reply::Registers(view) => view.registered.len(),
        other => panic!("{other:?}"),
    }
}

/// How many households all doctors together have.
fn panels(desk: &Desk) -> usize {
    match desk.answer(&Question::Parties).unwrap() {
        Reply::Parties(view) => view.doctors.iter().map(|one| one.households).sum(),
        other => panic!("{other:?}"),
    }
}

fn timed<T>(size: Size, mut ask: impl FnMut() -> T) -> Duration {
    let times = std::iter::repeat_with(|| {
        let begun = Instant::now();
        std::hint::black_box(ask());
        begun.elapsed()
    });
    median(times.take(size.samples().div_ceil(2)).collect())
}
