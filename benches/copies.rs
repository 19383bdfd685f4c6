//! What copies cost: making one, carrying it to another folder, bringing it back, and what every
//! start pays so that nobody puts another store in place of the one it has open.
//!
//! Each work is compared with what it must come to before its time counts: the copy holds every
//! entry, what came back ends where the store ended and has its people.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use cunyi::{
    desk::{
        Desk, Folder, Question, Reception, Reply, Shown, Wanted, copying::Plan, entrance::Password,
    },
    domain::{
        clinic::{Role, Staff},
        id::PersonId,
    },
    store::{
        backup::Backups,
        seal::{DataKey, Recovery},
    },
};

use crate::disk;
use crate::village::{
    Size, Village, begin, beside,
    figures::{Amount, Bound},
    median, megabytes, seat, tell,
};

/// Measures at every size.
pub fn run() {
    for size in begin("copies") {
        let place = Place::of(&Village::build(size));
        let head = place.desk().beat().unwrap().0;
        let copy = copied(size, &place, head);
        carried(size, &place);
        brought_back(size, &place, &copy, head);
        held(size, &place);
    }
}

/// A clinic whose data are sealed.
struct Place {
    folder: Folder,
    people: u64,
    who: Staff,
    word: Password,
    _kept: tempfile::TempDir,
}

impl Place {
    /// The same pages as the village's, sealed.
    fn of(village: &Village) -> Self {
        let kept = tempfile::tempdir().unwrap();
        let folder = Folder::at(kept.path().join("data"));
        folder.create().unwrap();
        let word = Password::of("first-word");
        let who = changes_the_clinic(&village.desk());
        let key = DataKey::random().unwrap();
        let code = Recovery::random().unwrap();
        let ring = folder.keys();
        ring.create(&key, who.id, &who.name, &word, &code).unwrap();
        disk::seal(&village.folder.database(), &folder.database(), &key);
        Self {
            folder,
            people: village.people,
            who,
            word,
            _kept: kept,
        }
    }

    fn reception(&self) -> Reception {
        Reception::of(&self.folder, seat("bench"))
    }

    fn plan(&self) -> Plan {
        Plan::of(&self.folder)
    }

    fn desk(&self) -> Desk {
        let desk = self.reception().sign_in(&self.who.name, &self.word);
        desk.unwrap().keeping(self.plan())
    }
}

fn changes_the_clinic(desk: &Desk) -> Staff {
    let Reply::Overview(overview) = desk.answer(&Question::Overview).unwrap() else {
        panic!("no overview");
    };
    let mut staff = overview.staff;
    let has_admin = staff.iter().any(|one| one.role == Role::Admin);
    let role = if has_admin { Role::Admin } else { Role::Doctor };
    staff.retain(|one| one.active && one.role == role);
    staff.swap_remove(0)
}

fn length(path: &Path) -> Amount {
    megabytes(std::fs::metadata(path).unwrap().len() / 1024)
}

/// Makes a copy, which reads itself again.
fn copied(size: Size, place: &Place, head: u64) -> PathBuf {
    let desk = place.desk();
    let begun = Instant::now();
    let made = desk.back_up_as_planned(&place.plan(), |_| true).unwrap().0;
    let took = begun.elapsed();
    assert!(head <= made.head);
    let told = format!(
        "{} entries, {} of a store of {}",
        made.head,
        length(&made.path),
        length(&place.folder.database())
    );
    let what = "a copy made and read again";
    beside(what, size, Amount::Time(took), Bound::None, &told);
    made.path
}

/// Carries the copy into another folder of the same disk, a piece at a time.
fn carried(size: Size, place: &Place) {
    let own = Backups::of(&place.folder.backups());
    let newest = own.all(None).unwrap().pop().unwrap();
    let stick = place.folder.root().join("stick");
    let mut pieces = 0_u32;
    let begun = Instant::now();
    let carried = own.carry(&newest, &Backups::of(&stick), &mut |_| {
        pieces += 1;
        true
    });
    let took = begun.elapsed();
    let same = std::fs::read(carried.unwrap()).unwrap() == std::fs::read(&newest.path).unwrap();
    assert!(same);
    let told = format!("{pieces} times asked whether to go on");
    let what = "a copy carried to another folder";
    beside(what, size, Amount::Time(took), Bound::None, &told);
}

/// Brings the newest back, its data lost; without the copy that is made behind it, and with it
/// where one is not waited for as long.
fn brought_back(size: Size, place: &Place, copy: &Path, head: u64) {
    let ways = [
        ("a copy brought back", place.reception()),
        (
            "a copy brought back and copied at once",
            place.reception().keeping(place.plan()),
        ),
    ];
    let wanted = if size.is_large() { 1 } else { ways.len() };
    for (what, reception) in ways.into_iter().take(wanted) {
        std::fs::remove_file(place.folder.database()).unwrap();
        let folders = [place.folder.backups()];
        let wanted = Wanted::Newest { folders: &folders };
        let shown = Shown::Password {
            name: &place.who.name,
            password: &place.word,
        };
        let begun = Instant::now();
        let brought = reception.restore(wanted, Some(shown), &mut |_| true);
        let took = begun.elapsed();
        let brought = brought.unwrap();
        assert!(head <= brought.restored.head && brought.restored.missing.is_empty());
        assert_eq!(brought.copy.as_deref(), Some(copy));
        let last = place
            .desk()
            .answer(&Question::Person(PersonId(place.people)));
        assert!(matches!(last, Ok(Reply::Person(_))));
        tell(what, size, took, Bound::None);
    }
}

/// What a start pays for the lock, beside the whole of opening the store.
fn held(size: Size, place: &Place) {
    const TURNS: usize = 200;
    let times = |work: &dyn Fn()| {
        let turn = || {
            let begun = Instant::now();
            work();
            begun.elapsed()
        };
        median((0..TURNS).map(|_| turn()).collect::<Vec<Duration>>())
    };
    let lock = times(&|| assert!(place.folder.hold_open().unwrap().is_some()));
    let (_, key) = place
        .folder
        .keys()
        .open(&place.who.name, &place.word)
        .unwrap();
    let open = times(&|| {
        let store = cunyi::store::Store::open_there(&place.folder.database(), Some(&key));
        assert!(0 < store.unwrap().head().unwrap());
    });
    let told = format!("the lock beside it {}", Amount::Time(lock));
    let what = "a sealed store opened";
    beside(what, size, Amount::Time(open), Bound::None, &told);
}
