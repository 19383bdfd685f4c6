//! What sealing costs: the same work on a plain store and on a sealed one, by turns in one run.
//!
//! Both lie in files on the same disk, whose flushes take at least 4 ms as those of an ordinary
//! disk do. Each kind of work is counted and compared with what it must come to before its time
//! counts. One program runs with AES instructions and without: which, the processor is asked when
//! it starts. `RUSTFLAGS='--cfg aes_backend="soft"'` tells the figures of a processor without.

use std::{
    fs::File,
    io::Read,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use cunyi::{
    desk::{
        Change, Command, Desk, Question, Reply,
        request::{Accepted, ContactDraft},
    },
    domain::id::StaffId,
    paper::roster,
    store::{
        Store,
        seal::{DataKey, SealedDisk},
    },
};
use redb::StorageBackend as _;

use crate::{
    disk::{self, Disk, PAGE},
    village::{
        Morning, ROSTER, Size, Village, begin, beside, catalog, due_visits,
        figures::{Amount, Bound, most},
        median, processor_time, queue, set_up, today, write_roster,
    },
};

/// What a flush of an ordinary disk takes.
const FLUSH: Duration = Duration::from_millis(4);
/// Sealed work takes at most so many times as long.
const BOUND: f64 = 1.3;
/// How often the two take turns.
const TURNS: usize = 8;

/// Measures at every size.
pub fn run() {
    for size in begin("sealing") {
        let village = Village::build(size);
        let stores = [Place::plain(&village), Place::sealed(&village)];
        save(size, &village, &stores);
        first_queue(size, &stores);
        first_search(size, &stores);
        if !size.is_large() {
            import(size, &village);
        }
        pages(size, &village);
    }
}

/// A store of the two: its file, and its key where it is sealed.
struct Place {
    file: PathBuf,
    key: Option<DataKey>,
}

impl Place {
    fn plain(village: &Village) -> Self {
        let file = village.folder.root().join("plain.redb");
        std::fs::copy(village.folder.database(), &file).unwrap();
        Self { file, key: None }
    }

    /// The same pages, sealed.
    fn sealed(village: &Village) -> Self {
        let file = village.folder.root().join("sealed.redb");
        let key = DataKey::random().unwrap();
        disk::seal(&village.folder.database(), &file, &key);
        Self {
            file,
            key: Some(key),
        }
    }

    fn disk(&self) -> Disk {
        Disk::flushing(&self.file, FLUSH)
    }

    fn desk(&self) -> Desk {
        let store = match &self.key {
            None => Store::on_disk(self.disk()),
            Some(key) => Store::on_disk(SealedDisk::over(self.disk(), key)),
        };
        Desk::new(store.unwrap(), Arc::new(Morning), catalog(), "bench", None)
    }
}

/// Times of the plain and of the sealed store, and what the processor did for each.
#[derive(Default)]
struct Pair {
    times: [Vec<Duration>; 2],
    processor: [Duration; 2],
}

impl Pair {
    /// Lets the two take turns; each is told which turn it is, and times its own work.
    fn of<P>(
        places: &[P; 2],
        turns: usize,
        mut work: impl FnMut(&P, usize) -> Vec<Duration>,
    ) -> Self {
        let mut pair = Self::default();
        for turn in 0..turns {
            for which in if turn.is_multiple_of(2) {
                [0, 1]
            } else {
                [1, 0]
            } {
                let processor = processor_time();
                pair.times[which].extend(work(&places[which], turn));
                pair.processor[which] += processor_time().saturating_sub(processor);
            }
        }
        pair
    }

    fn tell(self, what: &str, size: Size) {
        let number = self.times[0].len();
        let whole = |times: &[Duration]| times.iter().sum::<Duration>().as_secs_f64();
        let ratio = whole(&self.times[1]) / whole(&self.times[0]);
        let [plain, sealed] = self.processor.map(|time| time.as_secs_f64());
        let [mut one, mut other] = self.times;
        let (one, other) = (
            median(std::mem::take(&mut one)),
            median(std::mem::take(&mut other)),
        );
        let told = format!(
            "{} plain, {} sealed, the processor {:.2} times; {number} each",
            Amount::Time(one),
            Amount::Time(other),
            sealed / plain.max(0.001),
        );
        let what = format!("sealed beside plain: {what}");
        let ratio = Amount::Number(ratio, "times");
        beside(&what, size, ratio, most(BOUND, "times"), &told);
    }
}

fn save(size: Size, village: &Village, places: &[Place; 2]) {
    let drafts = due_visits(&village.desk(), village.people, 12 * TURNS);
    let desks = [places[0].desk(), places[1].desk()];
    let each = drafts.len() / TURNS;
    assert!(5 <= each, "{} visits to save", drafts.len());
    let pair = Pair::of(&desks, TURNS, |desk, turn| {
        let own = &drafts[turn * each..][..each];
        own.iter()
            .enumerate()
            .map(|(at, draft)| saved(desk, turn * each + at, draft))
            .collect()
    });
    pair.tell("a visit saved", size);
}

fn saved(desk: &Desk, number: usize, draft: &ContactDraft) -> Duration {
    let change = Change {
        id: format!("sealing/{number}"),
        by: StaffId(1),
        seen: Vec::new(),
        date_is: None,
        command: Command::RecordContact(Box::new(draft.clone())),
    };
    let begun = Instant::now();
    let done = desk.change(&change).unwrap();
    let took = begun.elapsed();
    assert_eq!(done.contacts.len(), 1);
    took
}

fn first_queue(size: Size, places: &[Place; 2]) {
    let due = queue(&places[0].desk(), false).due.len();
    assert!(0 < due);
    let pair = Pair::of(places, 3 * TURNS, |place, _| {
        let begun = Instant::now();
        let desk = place.desk();
        let found = queue(&desk, false).due.len();
        let took = begun.elapsed();
        assert_eq!(found, due);
        vec![took]
    });
    pair.tell("opened, and the first queue", size);
}

fn first_search(size: Size, places: &[Place; 2]) {
    // Of a million people it takes a quarter of a minute each time.
    let turns = if size.is_large() { 2 } else { TURNS };
    let pair = Pair::of(places, turns, |place, _| {
        let desk = place.desk();
        let text = "zh".to_owned();
        let begun = Instant::now();
        let reply = desk.answer(&Question::Search { text, limit: 20 });
        let took = begun.elapsed();
        let Reply::Search(found) = reply.unwrap() else {
            panic!("no search");
        };
        assert_eq!(found.rows.len(), 20);
        vec![took]
    });
    pair.tell("search made ready, and the first query", size);
}

fn import(size: Size, village: &Village) {
    let file = village.folder.root().join(ROSTER);
    write_roster(size, &file);
    let keys = [None, Some(DataKey::random().unwrap())];
    let turns = if size.people < 10_000 { 3 } else { 1 };
    let pair = Pair::of(&keys, turns, |key, turn| {
        let name = format!("import-{}-{turn}.redb", key.is_some());
        let place = Place {
            file: village.folder.root().join(name),
            key: key.clone(),
        };
        let desk = place.desk();
        set_up(&desk);
        let took = imported(&desk, &file, size);
        drop(desk);
        std::fs::remove_file(&place.file).unwrap();
        vec![took]
    });
    pair.tell("a roster imported", size);
}

fn imported(desk: &Desk, file: &Path, size: Size) -> Duration {
    let begun = Instant::now();
    let roster = roster::read(file, None, today(), &mut |_| ControlFlow::Continue(())).unwrap();
    let change = Change {
        id: "sealing/import".to_owned(),
        by: StaffId(1),
        seen: Vec::new(),
        date_is: None,
        command: Command::Import {
            roster: Arc::new(roster),
            enrol: Accepted::All,
            gauge: None,
        },
    };
    let done = desk.change(&change).unwrap();
    let took = begun.elapsed();
    assert_eq!(done.people.len(), size.people as usize);
    took
}

/// How fast pages are sealed and opened by themselves: the first of the store.
fn pages(size: Size, village: &Village) {
    const MOST: u64 = 64 << 20;
    let mut bytes = Vec::new();
    let file = File::open(village.folder.database()).unwrap();
    file.take(MOST).read_to_end(&mut bytes).unwrap();
    let memory = redb::backends::InMemoryBackend::new();
    let disk = SealedDisk::over(memory, &DataKey::random().unwrap());
    disk.set_len(bytes.len() as u64).unwrap();
    let begun = Instant::now();
    for (number, page) in (0..).zip(bytes.chunks_exact(PAGE)) {
        disk.write(number * PAGE as u64, page).unwrap();
    }
    let sealed = begun.elapsed();
    let begun = Instant::now();
    let mut out = [0; PAGE];
    let mut whole = 0;
    for (number, page) in (0..).zip(bytes.chunks_exact(PAGE)) {
        disk.read(number * PAGE as u64, &mut out).unwrap();
        whole += usize::from(out == page);
    }
    let opened = begun.elapsed();
    assert_eq!(whole, bytes.len() / PAGE);
    let speed = |took: Duration| bytes.len() as f64 / 1e6 / took.as_secs_f64();
    let what = "pages opened by themselves";
    let told = format!("sealed {}", Amount::Number(speed(sealed), "MB/s"));
    let opened = Amount::Number(speed(opened), "MB/s");
    beside(what, size, opened, Bound::None, &told);
}
