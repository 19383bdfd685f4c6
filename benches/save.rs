//! A durable visit in a sealed store, beside a bare one-row commit to a MultiWriter database of
//! its own: what the processor does for each, how long each takes, and what a visit writes to a
//! disk that counts. And beside one row in the same sealed store, whose commit has the same list
//! of free pages to write.
//!
//! Every visit is read back from the reply, with a next date, before its time counts.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use cunyi::{
    desk::{
        Change, Command, Desk, Question, Reply,
        request::{ContactDraft, QueueAsk},
    },
    domain::id::StaffId,
    store::{
        Store,
        seal::{DataKey, SealedDisk},
    },
};
use redb::{Builder, ConcurrencyMode, Database, TableDefinition};

use crate::disk::{self, Disk};
use crate::village::{
    Morning, Size, Village, begin, beside, catalog, due_visits,
    figures::{Amount, Bound, most, number, times},
    median, processor_time, today,
};

/// So many rows are committed where the visits were.
const ROWS: usize = 100;

const BARE: TableDefinition<u64, &[u8]> = TableDefinition::new("bare");

/// Measures at every size.
pub fn run() {
    for size in begin("save") {
        let village = Village::build(size);
        let sealed = village.folder.root().join("sealed.redb");
        let key = DataKey::random().unwrap();
        disk::seal(&village.folder.database(), &sealed, &key);
        let disk = Disk::of(&sealed);
        let store = Store::on_disk(SealedDisk::over(disk.clone(), &key)).unwrap();
        let desk = Desk::new(store, Arc::new(Morning), catalog(), "bench", None);
        let drafts = due_visits(&desk, village.people, 200);
        assert!(50 <= drafts.len(), "{} visits to save", drafts.len());
        let visit = save(size, &village, (&desk, &disk), &drafts);
        drop(desk);
        in_same_store(size, SealedDisk::over(disk.clone(), &key), &disk, visit);
    }
}

fn change(id: String, draft: &ContactDraft) -> Change {
    Change {
        id,
        by: StaffId(1),
        seen: Vec::new(),
        date_is: None,
        command: Command::RecordContact(Box::new(draft.clone())),
    }
}

/// Measures the visits; returns what the processor did for one.
fn save(
    size: Size,
    village: &Village,
    (desk, disk): (&Desk, &Disk),
    drafts: &[ContactDraft],
) -> Duration {
    let before = desk.answer(&Question::Queue(QueueAsk::default()));
    let Ok(Reply::Queue(before)) = before else {
        panic!("no queue");
    };
    let changes: Vec<Change> = (0..)
        .zip(drafts)
        .map(|(serial, draft): (u32, _)| change(format!("bench/{serial}"), draft))
        .collect();
    let processor = processor_time();
    let mut times = Vec::with_capacity(changes.len());
    let mut written = vec![disk.written()];
    for change in &changes {
        let begun = Instant::now();
        let done = desk.change(change).unwrap();
        times.push(begun.elapsed());
        written.push(disk.written());
        let decision = &done.contacts[0].decision;
        assert!(decision.opened.iter().any(|task| today() < task.due));
    }
    let of_visits = processor_time().saturating_sub(processor);
    let Ok(Reply::Queue(after)) = desk.answer(&Question::Queue(QueueAsk::default())) else {
        panic!("no queue");
    };
    assert!(before.counts.done < after.counts.done);
    pages(size, &written);

    let (bare_times, of_bare) = rows(&bare(village), changes.len(), |_| ());
    told(size, (times, of_visits), (bare_times, of_bare))
}

/// Commits so many rows one by one; tells `each` after each, and returns how long each took and
/// what the processor did for all.
fn rows(database: &Database, many: usize, mut each: impl FnMut(u64)) -> (Vec<Duration>, Duration) {
    let processor = processor_time();
    let mut times = Vec::with_capacity(many);
    for number in 0..u64::try_from(many).unwrap() {
        let begun = Instant::now();
        let transaction = database.begin_write().unwrap();
        transaction
            .open_table(BARE)
            .unwrap()
            .insert(number, [7; 200].as_slice())
            .unwrap();
        transaction.commit().unwrap();
        times.push(begun.elapsed());
        each(number);
    }
    (times, processor_time().saturating_sub(processor))
}

/// Measures a bare row in the store the visits were saved in.
fn in_same_store(size: Size, sealed: SealedDisk<Disk>, disk: &Disk, visit: Duration) {
    let mut builder = Builder::new();
    builder.set_concurrency_mode(ConcurrencyMode::MultiWriter);
    let database = builder.create_with_backend(sealed).unwrap();
    // The first makes the table.
    rows(&database, 1, |_| ());
    let mut written = vec![disk.written().0];
    let (_, processor) = rows(&database, ROWS, |_| written.push(disk.written().0));
    let mut pages: Vec<usize> = written.windows(2).map(|two| two[1] - two[0]).collect();
    pages.sort_unstable();
    let middle = number(pages[pages.len() / 2], "pages");
    let what = "pages a bare row writes in the same store";
    beside(what, size, middle, Bound::None, "");
    let bare = processor / u32::try_from(ROWS).unwrap();
    let other = format!("{} and {}", Amount::Time(visit), Amount::Time(bare));
    let what = "… beside a bare row in the same store";
    beside(what, size, times(visit, bare), Bound::None, &other);
}

/// Tells what each visit wrote, from what had been written before and after it.
fn pages(size: Size, written: &[(usize, usize)]) {
    let each = |of: fn(&(usize, usize)) -> usize| {
        let grown = written.windows(2).map(|two| of(&two[1]) - of(&two[0]));
        let mut grown: Vec<usize> = grown.collect();
        grown.sort_unstable();
        grown
    };
    let (pages, flushes) = (each(|one| one.0), each(|one| one.1));
    let told = format!("{} at most", pages[pages.len() - 1]);
    let middle = number(pages[pages.len() / 2], "pages");
    beside(
        "pages a visit writes",
        size,
        middle,
        most(40, "pages"),
        &told,
    );
    let told = format!("{} at most", flushes[flushes.len() - 1]);
    let middle = number(flushes[flushes.len() / 2], "flushes");
    beside(
        "flushes of a visit",
        size,
        middle,
        most(2, "flushes"),
        &told,
    );
}

/// Tells how long a visit takes; returns what the processor does for one.
fn told(
    size: Size,
    visits: (Vec<Duration>, Duration),
    bare: (Vec<Duration>, Duration),
) -> Duration {
    let each = |all: Duration, of: usize| all / u32::try_from(of).unwrap();
    let visit_processor = each(visits.1, visits.0.len());
    let bare_processor = each(bare.1, bare.0.len());
    let (visit, commit) = (median(visits.0), median(bare.0));
    let other = format!(
        "a bare commit {}, {} as long",
        Amount::Time(commit),
        times(visit, commit)
    );
    beside(
        "a visit saved",
        size,
        Amount::Time(visit),
        Bound::None,
        &other,
    );
    let other = format!(
        "{} and {}",
        Amount::Time(visit_processor),
        Amount::Time(bare_processor)
    );
    let ratio = times(visit_processor, bare_processor);
    let what = "the processor for a visit beside a bare one-row commit";
    beside(what, size, ratio, most(3, "times"), &other);
    visit_processor
}

fn bare(village: &Village) -> Database {
    let mut builder = Builder::new();
    builder.set_concurrency_mode(ConcurrencyMode::MultiWriter);
    let database = builder
        .create(village.folder.root().join("bare.redb"))
        .unwrap();
    let transaction = database.begin_write().unwrap();
    transaction.open_table(BARE).unwrap();
    transaction.commit().unwrap();
    database
}
