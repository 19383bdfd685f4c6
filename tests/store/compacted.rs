//! The file made as small as what it holds: it is only done where nobody reads or writes, and
//! whatever ends it in the middle loses nothing.

use cunyi::{
    desk::Command,
    store::{
        Error, Store,
        seal::{DataKey, SealedDisk},
    },
};
use rstest::rstest;

use super::disk::Disk;
use crate::support::clinic::{Clinic, visit};

/// A clinic of some people, each visited once: pages written again and again lie about.
fn worked(store: Store) -> Clinic {
    let mut clinic = Clinic::of(store);
    clinic.set_up().unwrap();
    for _ in 0..12 {
        let person = clinic.person("李国强", "1968-02-01");
        clinic.enrol(person, "2026-08-01");
        let draft = visit(person, "2026-11-21", 138, 86);
        clinic
            .change(Command::RecordContact(Box::new(draft)))
            .unwrap();
    }
    clinic
}

fn on(disk: Disk, key: Option<&DataKey>) -> Store {
    match key {
        Some(key) => Store::on_disk(SealedDisk::over(disk, key)),
        None => Store::on_disk(disk),
    }
    .unwrap()
}

#[rstest]
#[case::plain(None)]
#[case::sealed(Some(DataKey::random().unwrap()))]
fn whatever_ends_the_compacting_in_the_middle_loses_nothing(#[case] key: Option<DataKey>) {
    let key = key.as_ref();
    let disk = Disk::default();
    let clinic = worked(on(disk.clone(), key));
    let head = clinic.head();
    drop(clinic);
    let large = disk.after_kill();

    let disk = Disk::holding(large.clone());
    let store = on(disk.clone(), key);
    let opened = disk.writes();
    store.compact().unwrap();
    let compacted = disk.writes();
    assert!(10 < compacted - opened, "{opened} to {compacted}");
    let small = disk.after_kill().len();
    assert!(small < large.len(), "{small} of {}", large.len());
    drop(store);

    for at in opened + 1..=compacted {
        let disk = Disk::holding(large.clone()).stops_at(at);
        let ended = on(disk.clone(), key).compact();
        assert!(ended.is_err(), "stopped at {at}: {ended:?}");
        for image in [disk.after_kill(), disk.after_power_cut(at as u64)] {
            let clinic = Clinic::of(on(Disk::holding(image), key));
            assert_eq!(clinic.head(), head, "stopped at {at}");
            clinic.is_clean();
        }
    }
}

#[test]
fn nothing_is_compacted_while_another_window_reads_and_both_go_on_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.redb");
    let clinic = worked(Store::open(&path, None).unwrap());
    let head = clinic.head();
    drop(clinic);
    let (own, other) = (
        Store::open(&path, None).unwrap(),
        Store::open(&path, None).unwrap(),
    );
    let before = own.spare().unwrap().unwrap();
    let reads = other.snapshot().unwrap();
    let busy = own.compact();
    assert!(matches!(busy, Err(Error::Busy)), "{busy:?}");
    assert_eq!(reads.head().unwrap().seq, head);
    drop(reads);
    let after = own.compact().unwrap().unwrap();
    assert!(after.file < before.file, "{before:?} {after:?}");
    assert!(after.used <= after.file, "{after:?}");
    assert_eq!(own.head().unwrap(), head);
    assert_eq!(other.head().unwrap(), head);
    assert_eq!(other.check(|_| true).unwrap().faults, Vec::new());
}
