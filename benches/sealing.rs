//! What sealing costs: the same work on a plain store and on a sealed one, by turns in one run.
//!
//! Both lie in files on the same disk, whose flushes take at least 4 ms as those of an ordinary
//! disk do. Each kind of work is counted and compared with what it must come to before its time
//! counts. `RUSTFLAGS="--cfg aes_force_soft"` tells the figures of a processor without AES
//! instructions.
#![allow(clippy::unwrap_used, clippy::cast_precision_loss, dead_code)]

mod village;

use std::{
    fs::OpenOptions,
    io,
    ops::{Bound, ControlFlow},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
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
use redb::{BackendError, StorageBackend, backends::FileBackend};
use village::{
    Morning, ROSTER, Size, Village, catalog, due_visits, median, processor_time, queue, set_up,
    sizes, today, write_roster,
};

/// What a flush of an ordinary disk takes.
const FLUSH: Duration = Duration::from_millis(4);
/// Sealed work takes at most so many times as long.
const BOUND: f64 = 1.3;
/// How often the two take turns.
const TURNS: usize = 8;

fn main() {
    for size in sizes() {
        let village = Village::build(size);
        let stores = [Place::plain(&village), Place::sealed(&village)];
        save(size, &village, &stores);
        first_queue(size, &stores);
        first_search(size, &stores);
        import(size, &village);
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
        let place = Self {
            file,
            key: Some(DataKey::random().unwrap()),
        };
        let pages = std::fs::read(village.folder.database()).unwrap();
        let disk = SealedDisk::over(place.disk(), place.key.as_ref().unwrap());
        disk.set_len(pages.len() as u64).unwrap();
        for (number, page) in (0..).zip(pages.chunks(4096)) {
            if page.iter().any(|byte| *byte != 0) {
                disk.write(number * 4096, page).unwrap();
            }
        }
        disk.sync_data().unwrap();
        disk.close().unwrap();
        place
    }

    fn disk(&self) -> Slow {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let file = options.open(&self.file).unwrap();
        Slow(Arc::new(FileBackend::new(file).unwrap()))
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
        let verdict = if ratio <= BOUND { "within" } else { "ABOVE" };
        let [mut one, mut other] = self.times;
        let (one, other) = (
            median(std::mem::take(&mut one)),
            median(std::mem::take(&mut other)),
        );
        println!(
            "{what}, {}: {one:.2?} plain, {other:.2?} sealed; {ratio:.2} times as long ({verdict} \
             {BOUND}), {:.2} times the processor, {number} each",
            size.name,
            sealed / plain.max(0.001),
        );
    }
}

fn save(size: Size, village: &Village, places: &[Place; 2]) {
    let drafts = due_visits(&village.desk(), village.summary.people, 12 * TURNS);
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
    let pair = Pair::of(places, TURNS, |place, _| {
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

/// How fast pages are sealed and opened by themselves.
fn pages(size: Size, village: &Village) {
    const BYTES: usize = 4096;
    let bytes = std::fs::read(village.folder.database()).unwrap();
    let memory = redb::backends::InMemoryBackend::new();
    let disk = SealedDisk::over(memory, &DataKey::random().unwrap());
    disk.set_len(bytes.len() as u64).unwrap();
    let begun = Instant::now();
    for (number, page) in (0..).zip(bytes.chunks_exact(BYTES)) {
        disk.write(number * 4096, page).unwrap();
    }
    let sealed = begun.elapsed();
    let begun = Instant::now();
    let mut out = [0; BYTES];
    let mut whole = 0;
    for (number, page) in (0..).zip(bytes.chunks_exact(BYTES)) {
        disk.read(number * 4096, &mut out).unwrap();
        whole += usize::from(out == page);
    }
    let opened = begun.elapsed();
    assert_eq!(whole, bytes.len() / BYTES);
    let speed = |took: Duration| bytes.len() as f64 / 1e6 / took.as_secs_f64();
    println!(
        "pages alone, {}: {:.0} MB/s sealed, {:.0} MB/s opened",
        size.name,
        speed(sealed),
        speed(opened)
    );
}

/// A file whose flushes take their time.
#[derive(Debug, Clone)]
struct Slow(Arc<FileBackend>);

impl StorageBackend for Slow {
    fn len(&self) -> Result<u64, io::Error> {
        self.0.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), io::Error> {
        self.0.read(offset, out)
    }

    fn set_len(&self, len: u64) -> Result<(), io::Error> {
        self.0.set_len(len)
    }

    fn sync_data(&self) -> Result<(), io::Error> {
        let begun = Instant::now();
        self.0.sync_data()?;
        thread::sleep(FLUSH.saturating_sub(begun.elapsed()));
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<(), io::Error> {
        self.0.write(offset, data)
    }

    fn close(&self) -> Result<(), io::Error> {
        self.0.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.0.try_lock_range(start, end)
    }

    fn try_lock_shared_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> Result<bool, BackendError> {
        self.0.try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.0.lock_range(start, end)
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.0.lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.0.unlock_range(start, end)
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.0.query_lock_range(start, end)
    }
}
