//! A failing disk at every write position: nothing that was said to be saved
//! is lost, and what stands equals its replay.

use cunyi::{
    desk::{
        Change, Command, Folder, Stop,
        entrance::{Entrance, Password},
    },
    domain::{
        day::plus_days,
        failure::FailureKind,
        id::{PersonId, StaffId},
    },
    store::{
        Error, Store,
        seal::{DataKey, SealedDisk},
    },
};
use rstest::rstest;

use super::disk::Disk;
use crate::support::clinic::{Clinic, Standing, day, visit};

/// A morning's work; returns how many of its steps were said to be saved.
fn morning(clinic: &mut Clinic) -> usize {
    let mut saved = 0;
    let mut step = |result: Result<(), Stop>| {
        let went = result.is_ok();
        saved += usize::from(went);
        went
    };
    if !step(clinic.set_up().map(|_| ())) {
        return saved;
    }
    let people = ["李国强", "王桂兰", "张秀英"];
    for (at, name) in (1..).zip(people) {
        if !step(clinic.try_person(name, "1968-02-01").map(|_| ()))
            || !step(clinic.try_enrol(PersonId(at), "2026-08-01"))
        {
            return saved;
        }
    }
    for at in 1..=3 {
        let draft = visit(PersonId(at), "2026-11-21", 138, 86);
        if !step(
            clinic
                .change(Command::RecordContact(Box::new(draft)))
                .map(|_| ()),
        ) {
            return saved;
        }
    }
    step(clinic.change(Command::Undo).map(|_| ()));
    saved
}

fn entries(clinic: &Clinic) -> usize {
    usize::try_from(clinic.head()).unwrap()
}

/// Opens the store on this disk, sealed where there is a key.
fn on(disk: Disk, key: Option<&DataKey>) -> Result<Store, Error> {
    match key {
        Some(key) => Store::on_disk(SealedDisk::over(disk, key)),
        None => Store::on_disk(disk),
    }
}

#[rstest]
#[case::plain(None)]
#[case::sealed(Some(DataKey::random().unwrap()))]
fn a_disk_that_stops_at_any_write_loses_nothing_saved(#[case] key: Option<DataKey>) {
    let key = key.as_ref();
    // A store is put in place whole, so the disk fails from then on.
    let empty = Disk::default();
    drop(on(empty.clone(), key).unwrap());
    let empty = empty.after_kill();
    let whole = Disk::holding(empty.clone());
    let mut clinic = Clinic::of(on(whole.clone(), key).unwrap());
    let all = morning(&mut clinic);
    drop(clinic);
    let positions = whole.writes();
    println!("write positions: {positions}");
    assert!(100 < positions, "{positions}");
    for at in 1..=positions {
        let disk = Disk::holding(empty.clone()).stops_at(at);
        let saved = match on(disk.clone(), key) {
            Ok(store) => morning(&mut Clinic::of(store)),
            Err(_) => 0,
        };
        for image in [disk.after_kill(), disk.after_power_cut(at as u64)] {
            let store = on(Disk::holding(image), key);
            let store = store.unwrap_or_else(|cause| panic!("stopped at {at}: {cause}"));
            let clinic = Clinic::of(store);
            let kept = entries(&clinic);
            assert!(
                saved <= kept && kept <= all,
                "stopped at {at}: {saved} saved, {kept} kept"
            );
            clinic.is_clean();
        }
    }
}

/// After its first failure the database answered nothing more until the window was closed: "free
/// some space, then save again" was no good advice.
#[rstest]
#[case::plain(None)]
#[case::sealed(Some(DataKey::random().unwrap()))]
fn a_full_disk_is_told_and_the_same_request_goes_through_once_there_is_room(
    #[case] key: Option<DataKey>,
) {
    let disk = Disk::default();
    let mut clinic = Clinic::of(on(disk.clone(), key.as_ref()).unwrap());
    clinic.set_up().unwrap();
    let person = clinic.person("李国强", "1968-02-01");
    clinic.enrol(person, "2026-08-01");
    let mut full = 0;
    for after in 0..60 {
        let date = plus_days(day("2026-08-02"), i64::try_from(after).unwrap());
        let asked = Change {
            id: format!("full/{after}"),
            by: StaffId(1),
            seen: Vec::new(),
            date_is: None,
            command: Command::RecordContact(Box::new(visit(person, &date.to_string(), 138, 86))),
        };
        let before = clinic.head();
        disk.fill_after(after);
        let first = clinic.desk.change(&asked);
        if disk.was_full() {
            full += 1;
            let Err(Stop::Failed(error)) = &first else {
                panic!("after {after} writes: {first:?}");
            };
            assert_eq!(
                error.kind(),
                FailureKind::DiskFull,
                "after {after}: {error}"
            );
            // As long as it is full, it says so.
            match clinic.desk.change(&asked) {
                Err(Stop::Failed(error)) => assert_eq!(error.kind(), FailureKind::DiskFull),
                other => panic!("after {after} writes: {other:?}"),
            }
        }
        disk.make_room();
        clinic.desk.change(&asked).unwrap();
        assert_eq!(clinic.head(), before + 1, "after {after} writes");
    }
    println!("full at {full} positions");
    assert!(10 < full && full < 60, "{full}");
    clinic.is_clean();
}

#[rstest]
#[case::plain(None)]
#[case::sealed(Some(DataKey::random().unwrap()))]
fn a_saved_visit_flushes_twice_and_writes_few_pages(#[case] key: Option<DataKey>) {
    let disk = Disk::default();
    let mut clinic = Clinic::of(on(disk.clone(), key.as_ref()).unwrap());
    clinic.set_up().unwrap();
    let person = clinic.person("李国强", "1968-02-01");
    clinic.enrol(person, "2026-08-01");
    let before = disk.written();
    let draft = visit(person, "2026-11-21", 138, 86);
    clinic
        .change(Command::RecordContact(Box::new(draft)))
        .unwrap();
    let after = disk.written();
    let (pages, flushes) = (after.0 - before.0, after.1 - before.1);
    println!("{pages} pages, {flushes} flushes");
    assert!(flushes <= 2, "{flushes} flushes");
    assert!(pages <= 40, "{pages} pages");
}

/// A change whose commit failed left its password in force, and the one before opened nothing.
#[test]
fn a_password_whose_entry_was_not_kept_is_turned_back() {
    let folder = tempfile::tempdir().unwrap();
    let folder = Folder::at(folder.path());
    folder.create().unwrap();
    let words = ["first-word", "second-word"].map(Password::of);
    let [first, second] = &words;
    let door = Entrance::of(&folder);
    let (badge, _) = door.install("王建国", first).unwrap();
    let disk = Disk::default();
    let desk = Clinic::of(on(disk.clone(), None).unwrap()).desk;
    let mut clinic = Clinic::at(desk.used_by(Some(&badge)), Standing::in_the_morning());
    clinic.set_up().unwrap();
    let opens = |word: &Password| folder.keys().open("王建国", word).is_ok();
    let (mut now, mut next) = (first, second);
    let mut full = 0;
    for after in 0..60 {
        let asked = Change {
            id: format!("word/{after}"),
            by: StaffId(1),
            seen: Vec::new(),
            date_is: None,
            command: Command::GivePassword {
                staff: StaffId(1),
                own: Some(now.clone()),
                password: next.clone(),
            },
        };
        disk.fill_after(after);
        let given = clinic.desk.change(&asked);
        if !disk.was_full() {
            given.unwrap();
            break;
        }
        assert!(given.is_err(), "after {after} writes");
        full += 1;
        assert!(opens(now) && !opens(next), "after {after} writes");
        disk.make_room();
        // Also where the disk failed so late that the entry stands.
        clinic.desk.change(&asked).unwrap();
        assert!(opens(next) && !opens(now), "after {after} writes");
        (now, next) = (next, now);
    }
    println!("full at {full} positions");
    assert!(5 < full && full < 60, "{full}");
}
