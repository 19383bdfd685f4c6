//! Two program versions on one store, and rebuilding derived tables.

use cunyi::{
    desk::Command,
    store::{Error, Store, rows},
};

use redb::{ReadableDatabase as _, TableDefinition, TableHandle as _};

use crate::support::clinic::{Clinic, visit};

#[test]
fn a_newer_program_rebuilds_and_the_older_writes_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.redb");
    let mut old = Clinic::of(Store::open(&path, None).unwrap());
    old.set_up().unwrap();
    let person = old.person("李国强", "1968-02-01");
    old.enrol(person, "2026-08-01");

    let newer = Store::open_as(&path, None, rows::VERSION + 1).unwrap();
    assert_eq!(newer.check(|_| true).unwrap().faults, Vec::new());
    let refused = old.change(Command::RecordContact(Box::new(visit(
        person,
        "2026-11-21",
        130,
        80,
    ))));
    assert!(
        matches!(
            refused,
            Err(cunyi::desk::Stop::Failed(Error::Newer { theirs, ours })) if theirs == ours + 1
        ),
        "{refused:?}"
    );
    drop(newer);
    assert!(matches!(Store::open(&path, None), Err(Error::Newer { .. })));
    let again = Clinic::of(Store::open_as(&path, None, rows::VERSION + 1).unwrap());
    assert_eq!(again.queue().due.len(), 1, "nothing was lost");
}

#[test]
fn rebuilt_tables_equal_the_old_ones() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.redb");
    {
        let mut clinic = Clinic::of(Store::open_as(&path, None, 1).unwrap());
        clinic.set_up().unwrap();
        let person = clinic.person("李国强", "1968-02-01");
        clinic.enrol(person, "2026-08-01");
        clinic.change(Command::Undo).unwrap();
    }
    let rebuilt = Store::open_as(&path, None, 2).unwrap();
    assert_eq!(rebuilt.check(|_| true).unwrap().faults, Vec::new());
}

#[test]
fn the_tables_of_programs_before_version_15_are_dropped_and_derived_anew() {
    const META: TableDefinition<&str, &[u8]> = TableDefinition::new("meta");
    const FORMER: [&str; 6] = [
        "rows",
        "index",
        "counters",
        "revisions",
        "requests",
        "before",
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.redb");
    let mut clinic = Clinic::of(Store::open(&path, None).unwrap());
    clinic.set_up().unwrap();
    let person = clinic.person("李国强", "1968-02-01");
    clinic.enrol(person, "2026-08-01");
    drop(clinic);
    let open = || {
        let mut builder = redb::Builder::new();
        builder.set_concurrency_mode(redb::ConcurrencyMode::MultiWriter);
        builder.open(&path).unwrap()
    };
    {
        let database = open();
        let transaction = database.begin_write().unwrap();
        let version = 14_u64.to_be_bytes();
        let mut meta = transaction.open_table(META).unwrap();
        meta.insert("derived_version", version.as_slice()).unwrap();
        drop(meta);
        for name in FORMER {
            let table: TableDefinition<&str, u64> = TableDefinition::new(name);
            transaction
                .open_table(table)
                .unwrap()
                .insert("of old", 1)
                .unwrap();
        }
        transaction.commit().unwrap();
    }
    let again = Clinic::of(Store::open(&path, None).unwrap());
    assert_eq!(again.queue().due.len(), 1, "nothing was lost");
    again.is_clean();
    drop(again);
    let database = open();
    let view = database.begin_read().unwrap();
    let names = view.list_tables().unwrap();
    let mut names: Vec<String> = names.map(|table| table.name().to_owned()).collect();
    names.sort_unstable();
    assert_eq!(names, ["derived", "journal", "meta"]);
}
