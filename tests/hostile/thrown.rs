//! Random bytes, and right ones with some changed, at everything that reads from outside: the
//! functions the fuzz targets throw through. `PROPTEST_CASES` sets how often.

use cunyi::{
    desk::{Question, Reply},
    paper::reading,
};
use proptest::prelude::*;

use super::throws;
use crate::cli::Place;

/// Right bytes with some of them changed, cut, or doubled.
fn bent(right: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8);
    let cut = prop::option::of(any::<prop::sample::Index>());
    (changes, cut).prop_map(move |(changes, cut)| {
        let mut bytes = right.clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        bytes
    })
}

fn noise() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..300)
}

/// Words of rosters, keymaps, forms and terminals, and what does not belong there.
fn words() -> impl Strategy<Value = Vec<u8>> {
    let word = prop_oneof![
        "姓名|性别|身份证号|高血压|152/94|p78|w61.5|无症状|规律|无异常|normal",
        "\\[queue\\]|down|=|\\[|\\]|\"f2\"|\"ctrl-x\"|#|\n|\t|,|;|\"",
        "\u{1b}\\[200~|\u{1b}\\[201~|\u{1b}\\[|\u{1b}O|[0-9]{1,20}|-|\\.|/",
        "\\PC{0,6}",
    ];
    prop::collection::vec(word, 0..24).prop_map(|words| words.concat().into_bytes())
}

fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![noise(), words()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(256), ..ProptestConfig::default() })]

    #[test]
    fn nothing_falls_over_any_bytes(bytes in any_bytes()) {
        throws::import(&bytes);
        throws::journal(&bytes);
        throws::rows(&bytes);
        throws::copy(&bytes);
        throws::keymap(&bytes);
        throws::line(&bytes);
        throws::terminal(&bytes);
    }

    #[test]
    fn a_keymap_bent_is_read_or_told(
        bytes in bent(cunyi::tui::keymap::shipped("vim").unwrap().as_bytes().to_vec()),
    ) {
        throws::keymap(&bytes);
    }
}

/// How many cases: `PROPTEST_CASES`, else few.
fn cases(few: u32) -> u32 {
    let set = std::env::var("PROPTEST_CASES").ok();
    set.and_then(|set| set.parse().ok()).unwrap_or(few)
}

#[test]
fn entries_rows_and_copies_bent_are_read_or_told() {
    let place = Place::new();
    let person = place.patient();
    crate::cli::run(
        &place,
        &crate::cli::visit(person, "2026-11-20", "152", "94"),
    );
    let Ok(Reply::Journal(entries)) = place.desk().answer(&Question::Journal {
        first: 1,
        limit: 100,
    }) else {
        panic!("no journal");
    };
    let copies = place.data().join("copies");
    let said = place.run(&["backup", "--to", copies.to_str().unwrap()]);
    assert_eq!(said.code, 0, "{said:?}");
    // The lock of whoever copies lies beside.
    let mut made = std::fs::read_dir(&copies).unwrap().flatten();
    let made = made.find(|made| made.path().extension().is_some_and(|e| e == "cunyi"));
    let copy = reading::bytes(&made.unwrap().path(), 1 << 20).unwrap();
    assert!(cunyi::store::backup::entries_in(&copy).is_ok());

    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: cases(128),
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&bent(copy), |bytes| {
            throws::copy(&bytes);
            Ok(())
        })
        .unwrap();
    for entry in entries {
        let right = rmp_serde::to_vec_named(&entry).unwrap();
        assert_eq!(cunyi::store::entry_of(&right).unwrap(), entry);
        runner
            .run(&bent(right), |bytes| {
                throws::journal(&bytes);
                throws::rows(&bytes);
                Ok(())
            })
            .unwrap();
    }
}
