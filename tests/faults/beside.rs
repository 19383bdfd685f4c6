//! Power cuts and the files beside the database: the keys, forms in progress and the attempts at
//! the door. A cut costs what was not flushed, never what was, and never what is
//! written afterwards.

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use cunyi::{
    desk::{
        Folder,
        drafts::{Draft, kind},
    },
    domain::{
        day::Day,
        id::StaffId,
        signing_in::{Attempt, Outcome},
    },
    store::{
        DraftFile, Drafts, SignIns,
        seal::{DataKey, KeyRing, Password, Recovery},
    },
};

const SECTOR: usize = 512;

/// What a cut leaves of a file of which the first `flushed` bytes were flushed: shorter by
/// bytes, shorter by whole sectors, as long with sectors of zeros, or whole.
fn cuts(whole: &[u8], flushed: usize, chance: &mut fastrand::Rng) -> Vec<Vec<u8>> {
    let mut found = vec![whole.to_vec(), whole[..flushed].to_vec()];
    for _ in 0..12 {
        let end = chance.usize(flushed..=whole.len());
        found.push(whole[..end].to_vec());
        let mut holed = whole.to_vec();
        for (at, byte) in holed.iter_mut().enumerate().skip(flushed) {
            // Every second sector by chance, the same for all its bytes.
            if (at / SECTOR * 7 + end).is_multiple_of(3) {
                *byte = 0;
            }
        }
        found.push(holed);
    }
    found
}

#[test]
fn a_torn_file_of_keys_opens_as_it_was_before() {
    let kept = tempfile::tempdir().unwrap();
    let ring = KeyRing::of(kept.path());
    let key = DataKey::random().unwrap();
    let word = |text: &str| Password::of(text);
    let code = Recovery::random().unwrap();
    ring.create(&key, StaffId(1), "王建国", &word("first-word"), &code)
        .unwrap();
    ring.give(&key, StaffId(2), "李小燕", &word("second-word"))
        .unwrap();
    let whole = fs::read(ring.path()).unwrap();
    let opens = |what: &str| {
        let opened = ring.open("王建国", &word("first-word"));
        assert!(opened.is_ok(), "{what}: {opened:?}");
    };
    for at in (0..whole.len()).step_by(97) {
        fs::write(ring.path(), &whole[..at]).unwrap();
        opens(&format!("cut at {at}"));
        let mut holed = whole.clone();
        holed[at..(at + SECTOR).min(whole.len())].fill(0);
        fs::write(ring.path(), &holed).unwrap();
        opens(&format!("a sector of zeros at {at}"));
    }
    fs::remove_file(ring.path()).unwrap();
    opens("gone");
    // What was never put in place is no hindrance.
    fs::write(ring.path(), &whole).unwrap();
    fs::write(ring.path().with_extension("toml.new"), &whole[..100]).unwrap();
    opens("half a new one");
    ring.give(&key, StaffId(3), "赵大海", &word("third-word"))
        .unwrap();
    assert_eq!(ring.names().unwrap().len(), 3);
}

#[test]
fn a_torn_draft_keeps_what_was_flushed_and_goes_on() {
    let kept = tempfile::tempdir().unwrap();
    let folder = Folder::at(kept.path());
    let key = DataKey::random().unwrap();
    let drafts = Drafts::of(&folder, Some(&key));
    let draft = Draft {
        id: "d1".to_owned(),
        owner: StaffId(1),
        kind: kind::VISIT.to_owned(),
        person: None,
        household: None,
        forms: Vec::new(),
        begun: Day::MIN,
        seen: Vec::new(),
        context: String::new(),
    };
    let now = Instant::now();
    let mut open = drafts.begin(&draft).unwrap();
    let path = folder.drafts().join("d1.draft");
    let record = |number: usize| format!("第{number}键").into_bytes();
    for number in 0..20 {
        open.record(&record(number), now).unwrap();
    }
    open.flush_now().unwrap();
    let flushed = usize::try_from(fs::metadata(&path).unwrap().len()).unwrap();
    for number in 20..60 {
        open.record(&record(number), now).unwrap();
    }
    drop(open);
    let whole = fs::read(&path).unwrap();
    let mut chance = fastrand::Rng::with_seed(6);
    for left in cuts(&whole, flushed, &mut chance) {
        fs::write(&path, &left).unwrap();
        let (mut taken, records) = taken_up(&drafts);
        assert!(20 <= records.len());
        let expected: Vec<Vec<u8>> = (0..records.len()).map(record).collect();
        assert_eq!(records, expected);
        taken.record(b"next", now).unwrap();
        drop(taken);
        let (_, again) = taken_up(&drafts);
        assert_eq!(again.len(), records.len() + 1);
        assert_eq!(again.last().unwrap(), b"next");
    }
}

/// Takes the draft up. Whoever starts a process elsewhere in this one lends it every lock for a
/// moment.
fn taken_up(drafts: &Drafts) -> (DraftFile, Vec<Vec<u8>>) {
    for _ in 0..1000 {
        if let Some((file, _, records)) = drafts.take("d1").unwrap() {
            return (file, records);
        }
        thread::sleep(Duration::from_millis(5));
    }
    panic!("nobody lets the draft go");
}

/// A torn line once swallowed the attempt noted behind it.
#[test]
fn torn_notes_of_the_door_keep_what_was_flushed_and_what_comes_after() {
    let kept = tempfile::tempdir().unwrap();
    let folder = Folder::at(kept.path());
    let notes = SignIns::of(&folder);
    let attempt = |at: i64| Attempt {
        at,
        staff: Some(StaffId(1)),
        outcome: Outcome::Wrong,
        is_told: false,
        window: "w1".to_owned(),
    };
    let path = folder.log().join("sign-ins");
    notes.hold().unwrap().note(attempt(1)).unwrap();
    let flushed = usize::try_from(fs::metadata(&path).unwrap().len()).unwrap();
    for at in 2..60 {
        notes.hold().unwrap().note(attempt(at)).unwrap();
    }
    let whole = fs::read(&path).unwrap();
    let mut chance = fastrand::Rng::with_seed(7);
    for left in cuts(&whole, flushed, &mut chance) {
        fs::write(&path, &left).unwrap();
        let before = notes.hold().unwrap().attempts().to_vec();
        assert_eq!(before[0], attempt(1));
        notes.hold().unwrap().note(attempt(99)).unwrap();
        let after = notes.hold().unwrap().attempts().to_vec();
        assert_eq!(after.last(), Some(&attempt(99)));
        assert!(before.len() < after.len());
    }
}
