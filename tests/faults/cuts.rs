//! Power cuts: the disk under a sealed store is rebuilt as a cut at any moment may leave it.
//!
//! What was flushed stands. Of the writes since then any may be missing, stand without those
//! before them, or be torn at 512 bytes; a longer file may be short again. Every disk opens,
//! holds everything acknowledged until then, and `check` is clean.
//!
//! `CUNYI_CUTS=20` rebuilds so many disks for each moment.

use std::sync::{Arc, Mutex};

use cunyi::{
    desk::{Command, request::ContactDraft},
    domain::{
        course::happening::{Enrolled, Happening},
        event::Entry,
        id::PersonId,
        programmes::ProgrammeKind,
    },
    store::{
        Store,
        seal::{DataKey, SealedDisk},
    },
};
use redb::StorageBackend;

use super::place::household;
use crate::{
    store::disk::{Disk, free_locks},
    support::clinic::{Clinic, day, visit},
};

/// What a disk tears: less is written whole or not at all.
const SECTOR: usize = 512;

/// One thing that happened to a disk.
#[derive(Debug, Clone)]
enum Step {
    Write(usize, Vec<u8>),
    Length(usize),
    Flush,
    /// So many entries were acknowledged by now.
    Acknowledged(u64),
}

/// A disk that writes down what is done to it.
#[derive(Debug, Clone)]
struct Recorder {
    disk: Disk,
    steps: Arc<Mutex<Vec<Step>>>,
}

impl Recorder {
    fn note(&self, step: Step) {
        self.steps.lock().unwrap().push(step);
    }
}

impl StorageBackend for Recorder {
    fn len(&self) -> Result<u64, std::io::Error> {
        self.disk.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), std::io::Error> {
        self.disk.read(offset, out)
    }

    fn set_len(&self, len: u64) -> Result<(), std::io::Error> {
        self.note(Step::Length(usize::try_from(len).unwrap()));
        self.disk.set_len(len)
    }

    fn sync_data(&self) -> Result<(), std::io::Error> {
        self.note(Step::Flush);
        self.disk.sync_data()
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<(), std::io::Error> {
        let offset_here = usize::try_from(offset).unwrap();
        self.note(Step::Write(offset_here, data.to_vec()));
        self.disk.write(offset, data)
    }

    free_locks!();
}

/// A day's work on a store; tells after each change how many entries stand.
fn day_of_work(clinic: &mut Clinic, mut told: impl FnMut(u64)) {
    clinic.set_up().unwrap();
    told(clinic.head());
    for number in 1..=8 {
        clinic.change(household("李国强")).unwrap();
        told(clinic.head());
        let mut draft = ContactDraft::about(PersonId(number), day("2026-08-01"));
        draft.happening = Some(Happening::Enrolled(Enrolled::in_programme(
            ProgrammeKind::Htn,
        )));
        clinic
            .change(Command::RecordContact(Box::new(draft)))
            .unwrap();
        told(clinic.head());
        for date in ["2026-09-20", "2026-10-20", "2026-11-21"] {
            let draft = visit(PersonId(number), date, 136, 84);
            clinic
                .change(Command::RecordContact(Box::new(draft)))
                .unwrap();
            told(clinic.head());
        }
        if number % 3 == 0 {
            clinic.change(Command::Undo).unwrap();
            told(clinic.head());
            let values = [("lead_days".to_owned(), number.to_string())].into();
            clinic.change(Command::ChangeSettings { values }).unwrap();
            told(clinic.head());
        }
    }
}

/// A disk as a cut leaves it: what was flushed, and what came of the writes since then.
struct Cut {
    flushed: Vec<u8>,
    /// As long as the file was made since.
    length: usize,
}

/// How the writes since the last flush fare.
#[derive(Debug, Clone, Copy)]
enum Fate {
    /// None of them arrived.
    Lost,
    /// All but one did.
    OneMissing,
    /// The later half did, the earlier one not.
    LateOnes,
    /// Any sector of any may have.
    Torn,
}

const FATES: [Fate; 4] = [Fate::Lost, Fate::OneMissing, Fate::LateOnes, Fate::Torn];

impl Cut {
    fn disk(
        &self,
        pending: &[(usize, Vec<u8>)],
        fate: Fate,
        chance: &mut fastrand::Rng,
    ) -> Vec<u8> {
        let mut bytes = self.flushed.clone();
        let missing = chance.usize(0..pending.len().max(1));
        for (at, (offset, written)) in pending.iter().enumerate() {
            for (number, sector) in written.chunks(SECTOR).enumerate() {
                let arrived = match fate {
                    Fate::Lost => false,
                    Fate::OneMissing => at != missing,
                    Fate::LateOnes => pending.len() / 2 <= at,
                    Fate::Torn => chance.bool(),
                };
                if arrived {
                    put(&mut bytes, offset + number * SECTOR, sector);
                }
            }
        }
        // A file that was made longer may be as long, or only as long as what arrived.
        if bytes.len() < self.length && chance.bool() {
            bytes.resize(self.length, 0);
        }
        bytes
    }
}

fn put(bytes: &mut Vec<u8>, offset: usize, part: &[u8]) {
    let end = offset + part.len();
    if bytes.len() < end {
        bytes.resize(end, 0);
    }
    bytes[offset..end].copy_from_slice(part);
}

/// Opens a rebuilt disk: everything acknowledged stands as it was written, and nothing else.
fn stands(image: Vec<u8>, key: &DataKey, acknowledged: u64, written: &[Entry], what: &str) {
    let disk = SealedDisk::over(Disk::holding(image), key);
    let store = Store::on_disk(disk).unwrap_or_else(|error| panic!("{what}: {error}"));
    let snapshot = store.snapshot().unwrap();
    let head = snapshot.head().unwrap().seq;
    assert!(
        acknowledged <= head,
        "{what}: {acknowledged} told, {head} kept"
    );
    for (seq, entry) in (1..=head).zip(written) {
        assert_eq!(snapshot.entry(seq).unwrap(), *entry, "{what}");
    }
    drop(snapshot);
    assert_eq!(store.check(|_| true).unwrap().faults, Vec::new(), "{what}");
}

#[test]
fn a_power_cut_at_any_moment_loses_nothing_acknowledged() {
    let each = std::env::var("CUNYI_CUTS").map_or(1, |text| text.parse().unwrap());
    let key = DataKey::random().unwrap();
    // A store is put in place whole, so the power fails from then on.
    let empty = Disk::default();
    drop(Store::on_disk(SealedDisk::over(empty.clone(), &key)).unwrap());
    let empty = empty.after_kill();
    let recorder = Recorder {
        disk: Disk::holding(empty.clone()),
        steps: Arc::default(),
    };
    let store = Store::on_disk(SealedDisk::over(recorder.clone(), &key)).unwrap();
    let mut clinic = Clinic::of(store);
    day_of_work(&mut clinic, |head| recorder.note(Step::Acknowledged(head)));
    drop(clinic);
    let written = entries(&recorder.disk, &key);
    let steps = recorder.steps.lock().unwrap().clone();
    let mut cut = Cut {
        length: empty.len(),
        flushed: empty,
    };
    let mut chance = fastrand::Rng::with_seed(2026);
    let mut pending = Vec::new();
    let (mut acknowledged, mut flushes, mut disks) = (0, 0, 0);
    for (at, step) in steps.iter().enumerate() {
        match step {
            Step::Acknowledged(head) => acknowledged = *head,
            Step::Length(length) => cut.length = *length,
            Step::Write(offset, bytes) => pending.push((*offset, bytes.clone())),
            Step::Flush => {
                for turn in 0..each {
                    for fate in FATES {
                        // The cut comes anywhere before the flush was done.
                        let before = match turn {
                            0 => pending.len(),
                            _ => chance.usize(0..=pending.len()),
                        };
                        let image = cut.disk(&pending[..before], fate, &mut chance);
                        let what = format!("step {at}, {before} writes {fate:?}, turn {turn}");
                        stands(image, &key, acknowledged, &written, &what);
                        disks += 1;
                    }
                }
                for (offset, bytes) in pending.drain(..) {
                    put(&mut cut.flushed, offset, &bytes);
                }
                cut.flushed.resize(cut.length, 0);
                flushes += 1;
            }
        }
    }
    println!(
        "{disks} disks rebuilt at {flushes} flushes of {acknowledged} entries: all open, \
         nothing acknowledged lost, all checks clean"
    );
    assert!(80 < flushes && acknowledged == written.len() as u64);
}

fn entries(disk: &Disk, key: &DataKey) -> Vec<Entry> {
    let disk = Disk::holding(disk.after_kill());
    let store = Store::on_disk(SealedDisk::over(disk, key)).unwrap();
    let snapshot = store.snapshot().unwrap();
    let head = snapshot.head().unwrap().seq;
    (1..=head).map(|seq| snapshot.entry(seq).unwrap()).collect()
}
