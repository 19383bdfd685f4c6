//! It reads what `rmp-serde` writes, and refuses what that one refuses.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{Fault, read};
use crate::domain::{event::Entry, value::Answers};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Choice {
    Plain,
    Wrapped(i32),
    Pair(u8, String),
    Named { low: i64, high: Option<f64> },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Wide {
    bytes: [u8; 4],
    small: i8,
    whole: u64,
    long: i64,
    broken: f32,
    sign: char,
    is_so: bool,
    nothing: (),
    choices: Vec<Choice>,
    map: BTreeMap<String, Vec<u16>>,
    maybe: Option<Box<Wide>>,
}

fn choice() -> impl Strategy<Value = Choice> {
    prop_oneof![
        Just(Choice::Plain),
        any::<i32>().prop_map(Choice::Wrapped),
        (any::<u8>(), ".{0,40}").prop_map(|(first, second)| Choice::Pair(first, second)),
        (any::<i64>(), proptest::option::of(-1e9..1e9_f64))
            .prop_map(|(low, high)| Choice::Named { low, high }),
    ]
}

fn wide() -> impl Strategy<Value = Wide> {
    let numbers = (any::<[u8; 4]>(), any::<i8>(), any::<u64>(), any::<i64>());
    let others = (-1e9..1e9_f32, any::<char>(), any::<bool>());
    let lists = (
        proptest::collection::vec(choice(), 0..20),
        proptest::collection::btree_map(
            "[a-z张]{0,40}",
            proptest::collection::vec(any::<u16>(), 0..300),
            0..20,
        ),
    );
    let leaf = (numbers, others, lists);
    let leaf = leaf.prop_map(
        |((bytes, small, whole, long), (broken, sign, is_so), (choices, map))| Wide {
            bytes,
            small,
            whole,
            long,
            broken,
            sign,
            is_so,
            nothing: (),
            choices,
            map,
            maybe: None,
        },
    );
    let leaf = leaf.boxed();
    (leaf.clone(), proptest::option::of(leaf)).prop_map(|(outer, inner)| Wide {
        maybe: inner.map(Box::new),
        ..outer
    })
}

/// Both readers' answers to the same bytes; their words differ.
fn both<T: DeserializeOwned>(bytes: &[u8]) -> (Option<T>, Option<T>) {
    (read(bytes).ok(), rmp_serde::from_slice(bytes).ok())
}

proptest! {
    #[test]
    fn what_was_written_is_read(wide in wide()) {
        let bytes = rmp_serde::to_vec_named(&wide).unwrap();
        prop_assert_eq!(read::<Wide>(&bytes).unwrap(), wide);
    }

    #[test]
    fn bytes_cut_off_are_refused(wide in wide(), part in 0.0..1.0_f64) {
        let bytes = rmp_serde::to_vec_named(&wide).unwrap();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let end = (bytes.len() as f64 * part) as usize;
        prop_assert!(read::<Wide>(&bytes[..end]).is_err());
    }

    #[test]
    fn altered_bytes_are_read_alike_or_refused(
        wide in wide(),
        places in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = rmp_serde::to_vec_named(&wide).unwrap();
        for (place, byte) in places {
            *place.get_mut(&mut bytes) = byte;
        }
        // What it reads the other reads too. That one also takes numbers, lists and bytes where
        // a name or a map was asked for, which no writer of ours ever wrote.
        if let (Some(ours), theirs) = both::<Wide>(&bytes) {
            let again = rmp_serde::to_vec_named(&ours).unwrap();
            prop_assert_eq!(Some(again), theirs.map(|theirs| rmp_serde::to_vec_named(&theirs).unwrap()));
        }
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read::<Entry>(&bytes);
        let _ = read::<Answers>(&bytes);
        let _ = read::<Wide>(&bytes);
    }
}

#[test]
fn an_unknown_field_is_passed_over_whatever_it_holds() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Later<T> {
        before: u8,
        new: T,
        after: u8,
    }
    #[derive(Debug, PartialEq, Deserialize)]
    struct Earlier {
        before: u8,
        after: u8,
    }
    fn passed<T: Serialize>(new: T) {
        let bytes = rmp_serde::to_vec_named(&Later {
            before: 1,
            new,
            after: 2,
        })
        .unwrap();
        let earlier = Earlier {
            before: 1,
            after: 2,
        };
        assert_eq!(read::<Earlier>(&bytes), Ok(earlier));
    }
    passed(Some(Choice::Named {
        low: -9,
        high: Some(0.5),
    }));
    passed(vec![vec!["张"; 70_000 / 300]; 300]);
    passed(BTreeMap::from([(1_u8, i64::MIN), (2, i64::MAX)]));
    passed("长".repeat(70_000));
    passed((1.5_f32, [0_u8; 20], ()));
    // A kind MessagePack leaves to its users.
    let extension = b"\x83\xa6before\x01\xa3new\xd6\x01abcd\xa5after\x02";
    assert_eq!(
        read(extension),
        Ok(Earlier {
            before: 1,
            after: 2
        })
    );
}

#[test]
fn deep_bytes_are_refused_before_the_stack_ends() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Nothing {}
    #[derive(Debug, Deserialize)]
    struct Within {
        #[expect(dead_code)]
        within: Vec<Within>,
    }
    let deep = b"\x81\xa6within\x91".repeat(100_000);
    assert_eq!(read::<Within>(&deep).unwrap_err(), Fault::Depth);
    // What nobody reads may be as deep as it likes.
    let deep = [b"\x81\xa1a".as_slice(), &b"\x91".repeat(100_000), b"\x01"].concat();
    assert_eq!(read::<Nothing>(&deep), Ok(Nothing {}));
}

#[test]
fn a_length_beyond_the_bytes_takes_no_memory() {
    assert_eq!(
        read::<Vec<u64>>(b"\xdd\xff\xff\xff\xff").unwrap_err(),
        Fault::End
    );
    assert_eq!(
        read::<String>(b"\xdb\xff\xff\xff\xff").unwrap_err(),
        Fault::End
    );
}
