//! Files that are no rosters, broken, locked or enormous: each ends in a sentence.

use std::ops::ControlFlow;

use cunyi::{
    domain::{
        roster::{RosterFailure, Stage},
        text::Lang,
    },
    lang::refusals,
    paper::roster,
};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};

use super::{case, names, read_bytes, today, write};

fn failure(bytes: impl Into<Vec<u8>>) -> RosterFailure {
    let failure = read_bytes(bytes).unwrap_err();
    for lang in [Lang::Zh, Lang::En] {
        assert!(!refusals::roster::failure(&failure, lang).is_empty());
    }
    failure
}

fn sample() -> Vec<u8> {
    std::fs::read(case("roster-clean.xlsx")).unwrap()
}

#[test]
fn files_that_are_no_tables_are_named() {
    assert_eq!(failure(""), RosterFailure::Empty);
    assert_eq!(failure(" \r\n\u{feff}"), RosterFailure::Empty);
    let page = "<html><body><table><tr><td>姓名</td></tr></table></body></html>";
    assert_eq!(failure(page), RosterFailure::WebPage);
    assert!(matches!(
        failure("%PDF-1.7 …"),
        RosterFailure::OtherDocument { .. }
    ));
    assert!(matches!(
        failure("只是一句话"),
        RosterFailure::NoRoster { .. }
    ));
    let missing = roster::read(&case("none.xlsx"), None, today(), &mut |_| {
        ControlFlow::Continue(())
    });
    assert!(matches!(missing, Err(RosterFailure::Missing)));
}

#[test]
fn a_locked_workbook_asks_for_the_password_to_be_taken_off() {
    let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    bytes.resize(1_024, 0);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(failure(bytes), RosterFailure::Encrypted);
}

#[test]
fn the_content_decides_not_the_name() {
    let bytes = std::fs::read(case("roster-small.xls")).unwrap();
    let named = roster::read_bytes("花名册.xlsx", bytes, None, today(), &mut |_| {
        ControlFlow::Continue(())
    });
    assert_eq!(names(&named.unwrap().rows).len(), 5);
}

#[test]
fn a_missing_sheet_is_answered_with_those_there_are() {
    let read = roster::read_bytes("a.xlsx", sample(), Some("大桥村"), today(), &mut |_| {
        ControlFlow::Continue(())
    });
    let RosterFailure::NoSuchSheet { sheets, .. } = read.unwrap_err() else {
        panic!("another failure");
    };
    assert_eq!(sheets, ["居民花名册", "高血压随访"]);
}

#[test]
fn stopping_ends_the_reading_at_once() {
    for stage in [Stage::Opening, Stage::People] {
        let stopped = roster::read_bytes("a.csv", long_table(), None, today(), &mut |progress| {
            if progress.stage == stage {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        assert_eq!(stopped.unwrap_err(), RosterFailure::Stopped);
    }
}

fn long_table() -> Vec<u8> {
    let mut text = "姓名,性别,身份证号\n".to_owned();
    for _ in 0..2_000 {
        text.push_str("甲,女,待补\n");
    }
    text.into_bytes()
}

#[test]
fn blank_formatted_rows_cost_nothing_but_time() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let grey = Format::new().set_background_color("DDDDDD");
    write(sheet, 0, &["姓名", "性别", "身份证号"]);
    for row in 2..100_000 {
        for place in 0..3 {
            sheet.write_blank(row, place, &grey).unwrap();
        }
    }
    sheet.write_string(1, 0, "甲").unwrap();
    let roster = read_bytes(book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(names(&roster.rows), ["甲"]);
    assert_eq!(roster.counts().skipped, 1);
}

#[test]
fn a_workbook_cut_short_anywhere_is_told() {
    for name in ["roster-clean.xlsx", "roster-small.xls"] {
        let whole = std::fs::read(case(name)).unwrap();
        for part in 1..20 {
            let cut = whole[..whole.len() * part / 20].to_vec();
            if let Err(failure) = read_bytes(cut) {
                assert!(!refusals::roster::failure(&failure, Lang::Zh).is_empty());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_workbook_with_wrong_bytes_is_read_or_told(
        places in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        for name in ["roster-small.xls", "roster-clean.xlsx"] {
            let mut bytes = std::fs::read(case(name)).unwrap();
            for (place, byte) in &places {
                let at = place.index(bytes.len());
                bytes[at] = *byte;
            }
            let _ = read_bytes(bytes);
        }
    }

    #[test]
    fn any_bytes_are_read_or_told(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = read_bytes(bytes);
    }
}
