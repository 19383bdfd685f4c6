//! No resident's data lie in plain anywhere in the data folder or the temporary folder of a
//! clinic at work: every byte of every file is searched.
//!
//! Names, addresses and numbers are looked for whole in UTF-8, UTF-16 of both orders and
//! GB18030. Numbers are looked for in pieces too: of four signs in files that are sealed, where
//! bytes are as good as random and hits by chance can be counted (λ below); of six signs in the
//! few files anybody may read (the ring of keys, the heads of copies, the notes of the door),
//! whose own numbers and digests would meet four digits by chance.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

use cunyi::{
    desk::{
        Desk, Request,
        request::{Draft, DraftRequest},
    },
    domain::id::{PersonId, StaffId},
};
use encoding_rs::GB18030;

use super::{accounts::Sealed, f01, watched};
use crate::support::clinic::day;

const WORDS: [&str; 5] = [
    "张德福",
    "张秀英",
    "大坪村3组12号",
    "女儿在县城做工",
    "夜里胸闷",
];
/// More chance hits than these are no chance: with λ below 0.2 four happen once in 17,000 runs.
const MOST: usize = 3;

/// Returns a text in every encoding.
fn encoded(text: &str) -> Vec<Vec<u8>> {
    let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect();
    vec![
        text.as_bytes().to_vec(),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
        GB18030.encode(text).0.into_owned(),
    ]
}

fn pieces(number: &str, length: usize) -> Vec<Vec<u8>> {
    let bytes = number.as_bytes().windows(length).map(<[u8]>::to_vec);
    let mut all: Vec<Vec<u8>> = bytes.collect();
    let wide: Vec<u16> = number.encode_utf16().collect();
    for piece in wide.windows(length) {
        all.push(piece.iter().flat_map(|unit| unit.to_le_bytes()).collect());
        all.push(piece.iter().flat_map(|unit| unit.to_be_bytes()).collect());
    }
    all.sort();
    all.dedup();
    all
}

/// How often one of `wanted` stands in `bytes`; each has four bytes or more.
fn hits(bytes: &[u8], wanted: &[Vec<u8>]) -> usize {
    let mut begun: HashMap<&[u8], Vec<&[u8]>> = HashMap::new();
    for one in wanted {
        begun.entry(&one[..4]).or_default().push(one);
    }
    let at = bytes.windows(4).enumerate();
    at.filter_map(|(at, window)| Some((at, begun.get(window)?)))
        .map(|(at, these)| {
            let those = these.iter().filter(|one| bytes[at..].starts_with(one));
            those.count()
        })
        .sum()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => found.push(path),
            }
        }
    }
    found.sort();
    found
}

/// A clinic in which everything was done that leaves something on the disk, and a form that is
/// still being filled in.
fn at_work() -> (Sealed, Desk) {
    let place = Sealed::with_people();
    let visit: Vec<String> = f01("138", "86");
    let visit = format!("visit p1 --form F01 {}", visit.join(" "));
    for line in [
        "enrol p1 htn",
        &visit,
        "doctor add 王建国 --staff 王建国 --kind 乡村医生 --licence YS001",
        "agreement sign h1 --paper A0001 --clinic",
        "backup",
        "show p1",
        "show p2 --read-only",
        "search 张秀英",
        "queue --all",
        "drill",
    ] {
        let said = place.ask("first-word", &format!("{line} --user 王建国"));
        assert_eq!(said.code, 0, "{line} {said:?}");
    }
    let desk = place.desk("王建国", "first-word");
    let draft = Draft {
        id: "d1".to_owned(),
        owner: StaffId(1),
        kind: "visit".to_owned(),
        person: Some(PersonId(1)),
        household: None,
        forms: vec!["F01".to_owned()],
        begun: day("2026-11-21"),
        seen: Vec::new(),
        context: WORDS.join(" "),
    };
    let ask = |request| desk.ask(&Request::Draft(request)).unwrap();
    ask(DraftRequest::Begin(Box::new(draft)));
    for text in WORDS.into_iter().chain(watched::NUMBERS) {
        let (id, bytes) = ("d1".to_owned(), text.as_bytes().to_vec());
        ask(DraftRequest::Record { id, bytes });
    }
    (place, desk)
}

#[test]
fn nothing_of_a_resident_lies_in_plain() {
    let (place, desk) = at_work();
    let words: Vec<Vec<u8>> = WORDS
        .into_iter()
        .chain(watched::NUMBERS)
        .flat_map(encoded)
        .collect();
    let of = |length| -> Vec<Vec<u8>> {
        let numbers = watched::NUMBERS.into_iter();
        numbers.flat_map(|number| pieces(number, length)).collect()
    };
    let (four, six) = (of(4), of(6));
    // The search finds what lies in plain: an export somebody asked for, beside the data.
    let out = place.data().with_file_name("people.csv");
    place.doctor(&format!("export people --out {}", out.display()));
    let plain = fs::read(&out).unwrap();
    assert!(8 <= hits(&plain, &words) && 40 < hits(&plain, &four));
    fs::remove_file(out).unwrap();
    let mut all = files(&place.data());
    all.extend(files(&place.temporary()));
    let (mut sealed, mut by_chance) = (0, 0);
    let mut names = Vec::new();
    for path in &all {
        let bytes = fs::read(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(hits(&bytes, &words), 0, "{name}");
        assert_eq!(hits(&bytes, &six), 0, "{name}");
        let is_readable = name.starts_with("keys.") || name.starts_with("sign-ins");
        let body = match bytes.strip_prefix(b"CUNYI BACKUP 1\n") {
            // The head of a copy anybody may read.
            Some(copy) => {
                let head = u32::from_le_bytes(copy[..4].try_into().unwrap());
                &copy[4 + usize::try_from(head).unwrap()..]
            }
            None => &bytes,
        };
        if !is_readable {
            sealed += body.len();
            by_chance += hits(body, &four);
        }
        names.push(name);
    }
    let narrow = four.iter().filter(|piece| piece.len() == 4).count();
    // Hits expected by chance, in thousandths.
    let chance = (sealed * narrow * 1000) >> 32;
    println!("{sealed} sealed bytes, {by_chance} hits of four, λ = {chance}/1000: {names:?}");
    assert!(chance < 200, "{chance}");
    assert!(by_chance <= MOST, "{by_chance} hits");
    for part in [
        "clinic.redb",
        "keys.toml",
        "sign-ins",
        "tail",
        "looks",
        "d1",
    ] {
        assert!(
            names.iter().any(|name| name.contains(part)),
            "{part} is missing of {names:?}"
        );
    }
    assert!(names.iter().any(|name| name.starts_with("cunyi-")));
    drop(desk);
}
