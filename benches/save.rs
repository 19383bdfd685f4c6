//! A durable visit, beside a bare one-row commit to a MultiWriter database of its own: what the
//! processor does for each, how long each takes, and what each writes to a disk that counts.
//!
//! Every visit is read back from the reply, with a next date, before its time counts.
#![allow(clippy::unwrap_used, clippy::cast_precision_loss, dead_code)]

#[path = "../tests/store/disk.rs"]
mod disk;
mod village;

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
    store::Store,
};
use disk::Disk;
use redb::{Builder, ConcurrencyMode, Database, TableDefinition};
use village::{
    Morning, Size, Village, catalog, due_visits, median, processor_time, sizes, steady, today,
};

const BARE: TableDefinition<u64, &[u8]> = TableDefinition::new("bare");
/// The processor time of a visit is at most so many times that of a bare commit.
const BOUND: f64 = 3.0;

fn main() {
    for size in sizes() {
        let village = Village::build(size);
        let desk = village.desk();
        let drafts = due_visits(&desk, village.summary.people, 200);
        assert!(50 <= drafts.len(), "{} visits to save", drafts.len());
        save(size, &village, &desk, &drafts);
        drop(desk);
        written(size, &village, &drafts);
    }
}

/// Saves some of the visits on a disk that counts what is written to it.
fn written(size: Size, village: &Village, drafts: &[ContactDraft]) {
    let path = village.folder.root().join("clinic.redb");
    let disk = Disk::holding(std::fs::read(path).unwrap());
    let store = Store::on_disk(disk.clone()).unwrap();
    let desk = Desk::new(store, Arc::new(Morning), catalog(), "bench", None);
    let mut pages = Vec::new();
    let mut flushes = Vec::new();
    // The day's visits of these people stand already: a second one each is of the day before.
    for (serial, draft) in (0_u32..).zip(drafts).take(50) {
        let day = today().pred_opt().unwrap();
        let draft = steady(draft.person, day, &draft.forms[0]);
        let change = change(format!("counted/{serial}"), &draft);
        let before = disk.written();
        desk.change(&change).unwrap();
        let after = disk.written();
        pages.push(after.0 - before.0);
        flushes.push(after.1 - before.1);
    }
    assert_eq!(pages.len(), 50, "visits counted");
    pages.sort_unstable();
    flushes.sort_unstable();
    let (page, flush) = (pages[25], flushes[25]);
    let verdict = |fits: bool| if fits { "within" } else { "ABOVE" };
    println!(
        "written, {}: {page} pages in the middle, {} at most ({} 40); {flush} flushes ({} 2)",
        size.name,
        pages[49],
        verdict(page <= 40),
        verdict(flush <= 2),
    );
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

fn save(size: Size, village: &Village, desk: &Desk, drafts: &[ContactDraft]) {
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
    for change in &changes {
        let begun = Instant::now();
        let done = desk.change(change).unwrap();
        times.push(begun.elapsed());
        let decision = &done.contacts[0].decision;
        assert!(decision.opened.iter().any(|task| today() < task.due));
    }
    let of_visits = processor_time().saturating_sub(processor);
    let Ok(Reply::Queue(after)) = desk.answer(&Question::Queue(QueueAsk::default())) else {
        panic!("no queue");
    };
    assert!(before.counts.done < after.counts.done);

    let database = bare(village);
    let processor = processor_time();
    let mut bare_times = Vec::with_capacity(changes.len());
    for number in 0..u64::try_from(changes.len()).unwrap() {
        let begun = Instant::now();
        let transaction = database.begin_write().unwrap();
        transaction
            .open_table(BARE)
            .unwrap()
            .insert(number, [7; 200].as_slice())
            .unwrap();
        transaction.commit().unwrap();
        bare_times.push(begun.elapsed());
    }
    let of_bare = processor_time().saturating_sub(processor);
    told(size, (times, of_visits), (bare_times, of_bare));
}

fn told(size: Size, visits: (Vec<Duration>, Duration), bare: (Vec<Duration>, Duration)) {
    let number = visits.0.len();
    let (visit, commit) = (median(visits.0), median(bare.0));
    let processor = visits.1.as_secs_f64() / bare.1.as_secs_f64().max(0.001);
    let verdict = if processor <= BOUND {
        "within"
    } else {
        "ABOVE"
    };
    println!(
        "{number} visits, {}: {visit:.2?} each, a bare commit {commit:.2?}, {:.1} times as long",
        size.name,
        visit.as_secs_f64() / commit.as_secs_f64()
    );
    println!(
        "processor, {}: {:.1?} for the visits, {:.1?} bare, {processor:.1} times ({verdict} {BOUND:.0})",
        size.name, visits.1, bare.1
    );
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
