//! One flipped byte anywhere in the journal or in a derived table is found
//! and named.

use std::path::Path;

use cunyi::{
    desk::{Command, copying::Rotation},
    domain::{
        event::{Event, clinic::LooksTold},
        id::StaffId,
        looking::{Look, Way},
        tables::Table,
    },
    store::{Fault, Header, Store},
};
use redb::{ReadableDatabase, ReadableTable, TableDefinition};

use crate::support::clinic::{Clinic, visit};

const JOURNAL: TableDefinition<u64, &[u8]> = TableDefinition::new("journal");
/// Everything derived: rows begin with their table's number, the rest with these.
const DERIVED: TableDefinition<&[u8], &[u8]> = TableDefinition::new("derived");
const INDEX: u8 = 100;
const COUNTERS: u8 = 101;
const REVISIONS: u8 = 102;
const REQUESTS: u8 = 103;
const BEFORE: u8 = 104;

fn filled(path: &Path) {
    let mut clinic = Clinic::of(Store::open(path, None).unwrap());
    clinic.set_up().unwrap();
    for name in ["李国强", "王桂兰", "张秀英", "赵大海", "陈玉珍", "周国民"] {
        let person = clinic.person(name, "1958-02-01");
        clinic.enrol(person, "2026-08-01");
        let draft = visit(person, "2026-11-21", 142, 86);
        clinic
            .change(Command::RecordContact(Box::new(draft)))
            .unwrap();
    }
    let values = [("lead_days".to_owned(), "9".to_owned())].into();
    clinic.change(Command::ChangeSettings { values }).unwrap();
    let people = vec![cunyi::domain::id::PersonId(1)];
    clinic
        .change(Command::MarkRound { people, on: true })
        .unwrap();
    clinic
        .change(Command::SetTag {
            person: cunyi::domain::id::PersonId(1),
            tag: "K08".to_owned(),
            evidence: "残疾证".to_owned(),
        })
        .unwrap();
    for command in crate::support::agreed::one_of_each() {
        clinic.change(command).unwrap();
    }
    let month = "2026-10-01".parse().unwrap();
    clinic.change(Command::SendReport { month }).unwrap();
    let header = Header {
        at: 1_795_226_400_000,
        day: "2026-11-21".parse().unwrap(),
        user: StaffId::PROGRAM,
        window: "w1".to_owned(),
        request: "looks".to_owned(),
        cause: "looks".to_owned(),
    };
    let look = Look {
        at: header.at,
        by: Some(StaffId(1)),
        window: "w1".to_owned(),
        way: Way::Record,
        people: vec![cunyi::domain::id::PersonId(1)],
        household: None,
        agreement: None,
        handed: None,
    };
    let told = Event::LooksTold(LooksTold { looks: vec![look] });
    let store = Store::open(path, None).unwrap();
    store
        .write(|writing| writing.append(&header, vec![told]))
        .unwrap();
    let copies = path.with_file_name("backups");
    clinic
        .desk
        .back_up(&copies, Rotation::default(), |_| true)
        .unwrap();
}

fn edit(path: &Path, work: impl FnOnce(&redb::WriteTransaction)) {
    let database = redb::Builder::new()
        .set_concurrency_mode(redb::ConcurrencyMode::MultiWriter)
        .open(path)
        .unwrap();
    let transaction = database.begin_write().unwrap();
    work(&transaction);
    transaction.commit().unwrap();
}

fn faults(path: &Path) -> Vec<Fault> {
    Store::open(path, None)
        .unwrap()
        .check(|_| true)
        .unwrap()
        .faults
}

#[test]
fn a_flipped_byte_in_any_entry_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.redb");
    filled(&path);
    assert_eq!(faults(&path), Vec::new());
    let mut chance = fastrand::Rng::with_seed(21);
    for seq in 1..=20_u64 {
        let mut flipped = (0, 0);
        edit(&path, |transaction| {
            let mut journal = transaction.open_table(JOURNAL).unwrap();
            let mut bytes = journal.get(seq).unwrap().unwrap().value().to_vec();
            let at = chance.usize(0..bytes.len());
            flipped = (at, bytes[at]);
            bytes[at] ^= 1 << chance.u8(0..8);
            journal.insert(seq, bytes.as_slice()).unwrap();
        });
        let found = faults(&path);
        let named = matches!(found.as_slice(), [Fault::Entry { seq: named, .. }] if *named == seq);
        assert!(named, "entry {seq}, byte {flipped:?}: {found:?}");
        edit(&path, |transaction| {
            let mut journal = transaction.open_table(JOURNAL).unwrap();
            let mut bytes = journal.get(seq).unwrap().unwrap().value().to_vec();
            bytes[flipped.0] = flipped.1;
            journal.insert(seq, bytes.as_slice()).unwrap();
        });
    }
    assert_eq!(faults(&path), Vec::new());
}

/// Does `work` to the journal and returns which entry is named; none where nothing is.
fn named_after(
    path: &Path,
    work: impl FnOnce(&mut redb::Table<'_, u64, &'static [u8]>),
) -> Option<u64> {
    edit(path, |transaction| {
        work(&mut transaction.open_table(JOURNAL).unwrap());
    });
    match faults(path).as_slice() {
        [Fault::Entry { seq, .. }] => Some(*seq),
        [] => None,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_entry_taken_out_put_in_or_changed_for_another_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.redb");
    filled(&path);
    let head = Store::open(&path, None).unwrap().head().unwrap();
    let entry = |seq: u64| {
        let store = Store::open(&path, None).unwrap();
        let mut found = Vec::new();
        let read = store.snapshot().unwrap().entries(seq, |_, bytes| {
            found = bytes.to_vec();
            Ok(false)
        });
        read.unwrap();
        found
    };
    let (fourth, fifth) = (entry(4), entry(5));
    let put = |journal: &mut redb::Table<'_, u64, &'static [u8]>, seq, bytes: &[u8]| {
        journal.insert(seq, bytes).unwrap();
    };
    // One taken out.
    let named = named_after(&path, |journal| {
        journal.remove(4).unwrap();
    });
    assert_eq!(named, Some(4));
    // Two swapped.
    let named = named_after(&path, |journal| {
        put(journal, 4, &fifth);
        put(journal, 5, &fourth);
    });
    assert_eq!(named, Some(4));
    // One twice, the other gone.
    let named = named_after(&path, |journal| put(journal, 4, &fourth));
    assert_eq!(named, Some(5));
    let named = named_after(&path, |journal| put(journal, 5, &fifth));
    assert_eq!(named, None);
    // One put in after the end, and the end cut off.
    let named = named_after(&path, |journal| put(journal, head + 1, &fifth));
    assert_eq!(named, Some(head + 1));
    let named = named_after(&path, |journal| {
        journal.remove(head + 1).unwrap();
        journal.remove(head).unwrap();
    });
    assert_eq!(named, Some(head));
}

#[test]
fn a_flipped_byte_in_any_table_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.redb");
    filled(&path);
    let held: Vec<Table> = Table::ALL
        .into_iter()
        .filter(|table| !matches!(table, Table::RosterRow | Table::OpenForms))
        .collect();
    for table in held {
        let (key, mut bytes) = first_row(&path, table as u8);
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        put(&path, &key, &bytes);
        assert_eq!(tables(&path), vec![table.name().to_owned()]);
        bytes[last] ^= 1;
        put(&path, &key, &bytes);
    }
    let kinds = [
        ("index", INDEX),
        ("before", BEFORE),
        ("counters", COUNTERS),
        ("revisions", REVISIONS),
        ("requests", REQUESTS),
    ];
    for (name, kind) in kinds {
        let (key, mut bytes) = first_row(&path, kind);
        bytes[0] ^= 2;
        put(&path, &key, &bytes);
        assert_eq!(tables(&path), vec![name.to_owned()]);
        bytes[0] ^= 2;
        put(&path, &key, &bytes);
    }
    assert_eq!(faults(&path), Vec::new());
}

#[test]
fn a_flipped_byte_in_a_counter_of_the_clinic_is_named() {
    const META: redb::TableDefinition<&str, &[u8]> = redb::TableDefinition::new("meta");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.redb");
    filled(&path);
    let database = redb::Builder::new()
        .set_concurrency_mode(redb::ConcurrencyMode::MultiWriter)
        .open(&path)
        .unwrap();
    let transaction = database.begin_write().unwrap();
    {
        let mut meta = transaction.open_table(META).unwrap();
        let kept = meta.get("counted/contact").unwrap().unwrap();
        let mut bytes = kept.value().to_vec();
        drop(kept);
        bytes[7] ^= 1;
        meta.insert("counted/contact", bytes.as_slice()).unwrap();
    }
    transaction.commit().unwrap();
    drop(database);
    assert_eq!(tables(&path), vec!["meta".to_owned()]);
}

fn tables(path: &Path) -> Vec<String> {
    let mut named: Vec<String> = faults(path)
        .into_iter()
        .map(|fault| match fault {
            Fault::Row { table, .. } => table,
            Fault::Entry { seq, what } => panic!("entry {seq}: {what}"),
        })
        .collect();
    named.dedup();
    named
}

fn first_row(path: &Path, number: u8) -> (Vec<u8>, Vec<u8>) {
    let database = redb::Builder::new()
        .set_concurrency_mode(redb::ConcurrencyMode::MultiWriter)
        .open(path)
        .unwrap();
    let rows = database.begin_read().unwrap().open_table(DERIVED).unwrap();
    let item = rows
        .range::<&[u8]>([number].as_slice()..)
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    assert_eq!(item.0.value()[0], number, "table {number} is empty");
    (item.0.value().to_vec(), item.1.value().to_vec())
}

fn put(path: &Path, key: &[u8], bytes: &[u8]) {
    edit(path, |transaction| {
        transaction
            .open_table(DERIVED)
            .unwrap()
            .insert(key, bytes)
            .unwrap();
    });
}
