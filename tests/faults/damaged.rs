//! A sealed database cut short or with a bit flipped anywhere: it opens and tells the damage, or
//! the bit said nothing. Never a panic, never another record than was written.

use std::panic::{self, AssertUnwindSafe};

use cunyi::{
    domain::{event::Entry, failure::FailureKind},
    store::{
        Error, Store,
        seal::{DataKey, SealedDisk},
    },
};

use super::place::household;
use crate::{
    store::disk::Disk,
    support::clinic::{Clinic, visit},
};

/// What became of a damaged disk.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    /// It does not open, and says why.
    Shut(FailureKind),
    /// It opens; `check` says what is wrong.
    Told,
    /// It opens whole: nothing was written at that place.
    Whole,
    /// The program broke off.
    Panicked(String),
}

fn filled(key: &DataKey) -> (Vec<u8>, Vec<Entry>) {
    let disk = Disk::default();
    let mut clinic = Clinic::of(on(disk.clone(), key).unwrap());
    clinic.set_up().unwrap();
    for date in ["2026-09-20", "2026-10-20", "2026-11-21"] {
        let person = clinic.person("李国强", "1958-02-01");
        clinic.enrol(person, "2026-08-01");
        let draft = visit(person, date, 142, 86);
        let command = cunyi::desk::Command::RecordContact(Box::new(draft));
        clinic.change(command).unwrap();
        clinic.change(household("王桂兰")).unwrap();
    }
    drop(clinic);
    let image = disk.after_kill();
    let store = on(Disk::holding(image.clone()), key).unwrap();
    let snapshot = store.snapshot().unwrap();
    let head = snapshot.head().unwrap().seq;
    let entries = (1..=head).map(|seq| snapshot.entry(seq).unwrap());
    (image, entries.collect())
}

fn on(disk: Disk, key: &DataKey) -> Result<Store, Error> {
    Store::on_disk(SealedDisk::over(disk, key))
}

/// Opens a disk and looks whether it holds these entries.
fn fate(image: Vec<u8>, key: &DataKey, written: &[Entry]) -> Fate {
    let looked = panic::catch_unwind(AssertUnwindSafe(|| {
        let store = match on(Disk::holding(image), key) {
            Ok(store) => store,
            Err(error) => return Fate::Shut(error.kind()),
        };
        match store.check(|_| true) {
            Err(error) => Fate::Shut(error.kind()),
            Ok(checked) if !checked.faults.is_empty() => Fate::Told,
            Ok(checked) => {
                let snapshot = store.snapshot().unwrap();
                let read: Vec<Entry> = (1..=checked.entries)
                    .map(|seq| snapshot.entry(seq).unwrap())
                    .collect();
                assert_eq!(read, written, "other entries, and nothing told");
                Fate::Whole
            }
        }
    }));
    looked.unwrap_or_else(|told| {
        let text = told.downcast_ref::<String>().cloned();
        let text = text.or_else(|| told.downcast_ref::<&str>().map(ToString::to_string));
        Fate::Panicked(text.unwrap_or_default())
    })
}

#[test]
fn a_flipped_bit_anywhere_in_a_sealed_database_is_told_or_says_nothing() {
    let key = DataKey::random().unwrap();
    let (image, written) = filled(&key);
    let mut chance = fastrand::Rng::with_seed(4);
    let (mut shut, mut told, mut whole, mut panics) = (0, 0, 0, Vec::new());
    // Where something stands; the rest of the file is zeros.
    let places: Vec<usize> = (0..image.len()).filter(|at| image[*at] != 0).collect();
    let flips = std::env::var("CUNYI_FLIPS").map_or(300, |text| text.parse().unwrap());
    for _ in 0..flips {
        let at = places[chance.usize(0..places.len())];
        let mut flipped = image.clone();
        flipped[at] ^= 1 << chance.u8(0..8);
        match fate(flipped, &key, &written) {
            Fate::Shut(FailureKind::Damaged | FailureKind::BrokeOff) => shut += 1,
            Fate::Shut(kind) => panic!("byte {at}: {kind:?}"),
            Fate::Told => told += 1,
            Fate::Whole => whole += 1,
            Fate::Panicked(what) => panics.push(format!("byte {at}: {what}")),
        }
    }
    println!("{flips} flips: {shut} do not open, {told} told by check, {whole} in unused places");
    assert_eq!(panics, Vec::<String>::new());
}

#[test]
fn a_sealed_database_cut_short_says_that_it_is_damaged() {
    let key = DataKey::random().unwrap();
    let (image, written) = filled(&key);
    let mut lengths = vec![1, 100, 320, 4095, 4096, 8192];
    lengths.extend((1..12).map(|part| image.len() * part / 12));
    for length in lengths {
        let mut cut = image.clone();
        cut.truncate(length);
        let found = fate(cut, &key, &written);
        let shut = Fate::Shut(FailureKind::Damaged);
        assert_eq!(found, shut, "{length}");
    }
}
