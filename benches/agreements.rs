//! Agreements of the practice village, which is signed: the lists with all their counts, the
//! registers and the 绩效统计表 of a day and of a year, the doctors' panels; and who is proposed for
//! a programme.
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
    domain::day::plus_days,
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
        let day = (today(), today());
        for (what, (from, until)) in [("a year", year), ("a day", day)] {
            let question = Question::Registers { from, until };
            assert!(from == until || 0 < registered(&desk, &question));
            let time = timed(size, || registered(&desk, &question));
            tell(&format!("registers of {what}"), size, time, counted);
            let question = Question::Performance { from, until };
            assert!(from == until || 0 < registered(&desk, &question));
            let time = timed(size, || registered(&desk, &question));
            tell(
                &format!("what was promised and done of {what}"),
                size,
                time,
                counted,
            );
        }
        let begun = Instant::now();
        assert!(0 < proposed(&desk));
        let time = begun.elapsed();
        tell("who is proposed, the first time", size, time, counted);
        let time = timed(size, || proposed(&desk));
        tell("who is proposed", size, time, frame);
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

/// How many agreements stand on the registers asked for, each with its promises where they are.
fn registered(desk: &Desk, question: &Question) -> usize {
    match desk.answer(question).unwrap() {
        Reply::Registers(view) => match &view.promises {
            Some(promises) => promises.len(),
            None => view.registered.len(),
        },
        other => panic!("{other:?}"),
    }
}

/// How many proposals there are.
fn proposed(desk: &Desk) -> usize {
    match desk.answer(&Question::Proposals(None)).unwrap() {
        Reply::Proposals(view) => view.rows.len(),
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
