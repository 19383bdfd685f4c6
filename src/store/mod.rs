//! The one embedded database: an append-only journal of entries and the tables
//! derived from it, shared by several processes at once.
//!
//! It decides nothing and knows no rule; what an event means stands in
//! `domain::event`.

pub mod backup;
mod check;
pub mod drafts;
mod error;
mod files;
mod folder;
mod hexadecimal;
mod journal;
mod layout;
mod pairs;
pub mod rows;
pub mod seal;
mod sealing;
mod shelf;
mod signins;
mod snapshot;
mod staging;
mod windows;
mod writing;

use std::{fs::OpenOptions, io::Read as _, path::Path, time::Instant};

use redb::{
    Builder, ConcurrencyMode, Database, StorageBackend,
    backends::{FileBackend, InMemoryBackend},
};

pub use check::{Checked, Fault, Progress};
pub use drafts::{Draft, DraftFile, Drafts};
pub use error::Error;
pub use folder::Folder;
pub use signins::{HeldSignIns, SignIns};
pub use snapshot::{Head, Snapshot};
pub use staging::{Staged, Staging};
pub use windows::{Presence, Windows};
pub use writing::{Header, Writing};

use backup::Tail;
use seal::{DataKey, SealedDisk};
use shelf::Opened;

/// An open store.
#[derive(Debug)]
pub struct Store {
    database: Database,
    version: u64,
    /// Beside the database; a store in memory has none.
    drafts: Option<Drafts>,
    /// Of a sealed store: the practice village has none.
    tail: Option<Tail>,
}

impl Drop for Store {
    fn drop(&mut self) {
        // Whoever goes leaves nothing with the system.
        if let Some(tail) = &self.tail {
            tail.end(self);
        }
    }
}

impl Store {
    /// Opens, or creates, the store at `path`, several processes at once. What lies there is
    /// sealed with `key`; a store without one lies plain: the practice village's.
    /// Tables of an earlier version are rebuilt from the journal.
    ///
    /// # Errors
    /// `Newer` when a newer program wrote the tables; `Database` when the file cannot be
    /// opened, or not with this key.
    pub fn open(path: &Path, key: Option<&DataKey>) -> Result<Self, Error> {
        Self::open_as(path, key, rows::VERSION)
    }

    /// As `open`, as if this program's tables had `version`.
    pub fn open_as(path: &Path, key: Option<&DataKey>, version: u64) -> Result<Self, Error> {
        if !path.exists() {
            create(path, key, version)?;
        }
        let size = std::fs::metadata(path).map_or(0, |file| file.len());
        let mut store = Self::prepare(shared(path, key, size)?, version)?;
        let folder = path.parent().map(Folder::at);
        store.drafts = folder.as_ref().map(|folder| Drafts::of(folder, key));
        if let Some(drafts) = &store.drafts {
            drafts.seal_plain();
        }
        store.tail = folder
            .zip(key)
            .map(|(folder, key)| Tail::at(&folder.tail(), key));
        Ok(store)
    }

    /// Returns the forms in progress beside the store.
    pub fn drafts(&self) -> Option<&Drafts> {
        self.drafts.as_ref()
    }

    /// Returns the entries since the last copy; none of a store that lies plain.
    pub fn tail(&self) -> Option<&Tail> {
        self.tail.as_ref()
    }

    /// Looks after the tail: what is due goes to the disk. Does nothing where nothing is due.
    pub fn tend_tail(&self, now: Instant) {
        if let Some(tail) = &self.tail {
            tail.tend(self, now);
        }
    }

    /// Returns why entries could not be appended to the tail, once: they are saved, but not a
    /// second time.
    pub fn tail_trouble(&self) -> Option<Error> {
        self.tail.as_ref().and_then(Tail::trouble)
    }

    /// Opens a store on a disk of the caller's, as several processes would
    /// share it: for tests of failing disks.
    pub fn on_disk(disk: impl StorageBackend) -> Result<Self, Error> {
        let database = builder(0).create_with_backend(disk)?;
        Self::prepare(database, rows::VERSION)
    }

    /// Opens an empty store in memory: what a check replays into.
    pub fn in_memory(version: u64) -> Result<Self, Error> {
        let mut builder = Builder::new();
        builder.set_cache_size(cache_size(0));
        Self::prepare(
            builder.create_with_backend(InMemoryBackend::new())?,
            version,
        )
    }

    fn prepare(database: Database, version: u64) -> Result<Self, Error> {
        let store = Self {
            database,
            version,
            drafts: None,
            tail: None,
        };
        let kept = store.kept_version()?;
        match kept {
            Some(theirs) if theirs > version => Err(Error::Newer {
                theirs,
                ours: version,
            }),
            Some(theirs) if theirs == version => Ok(store),
            _ => {
                store.rebuild()?;
                Ok(store)
            }
        }
    }

    fn kept_version(&self) -> Result<Option<u64>, Error> {
        use redb::{ReadableDatabase, TableError};
        let transaction = self.database.begin_read()?;
        match transaction.open_table(layout::META) {
            Ok(meta) => Ok(meta
                .get(layout::META_VERSION)?
                .map(|value| layout::number(value.value()))),
            Err(TableError::TableDoesNotExist(_)) => Ok(None),
            Err(cause) => Err(cause.into()),
        }
    }

    /// Derives all tables anew from the journal, in one transaction.
    fn rebuild(&self) -> Result<(), Error> {
        let transaction = self.database.begin_write()?;
        let mut opened = Opened::of(&transaction)?;
        if Writing::on(&mut opened).number(layout::META_VERSION)? != self.version {
            opened.clear_derived()?;
            let mut writing = Writing::on(&mut opened);
            writing.set_number(layout::META_VERSION, self.version)?;
            for seq in 1..=writing.head()? {
                let entry = writing.entry(seq)?;
                writing.replay(&entry)?;
            }
        }
        drop(opened);
        transaction.commit()?;
        Ok(())
    }
}

/// Creates an empty store beside `path` and puts it in place whole, so that a
/// kill in the middle leaves none rather than half a one.
fn create(path: &Path, key: Option<&DataKey>, version: u64) -> Result<(), Error> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.new", std::process::id()));
    let draft = path.with_file_name(name);
    drop(Store::prepare(shared(&draft, key, 0)?, version)?);
    // A link never replaces: where another process was first, its store stands.
    // File systems without links (USB sticks) get a rename.
    if std::fs::hard_link(&draft, path).is_err() && !path.exists() {
        return std::fs::rename(&draft, path).map_err(Error::file(path));
    }
    std::fs::remove_file(&draft).map_err(Error::file(&draft))
}

/// Opens or creates the database file at `path`, as several processes share it.
fn shared(path: &Path, key: Option<&DataKey>, size: u64) -> Result<Database, Error> {
    if is_plain(path).is_some_and(|plain| plain == key.is_some()) {
        return Err(Error::Sealed(path.to_owned()));
    }
    let Some(key) = key else {
        return Ok(builder(size).create(path)?);
    };
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(Error::file(path))?;
    let disk = SealedDisk::over(FileBackend::new(file)?, key);
    Ok(builder(size).create_with_backend(disk)?)
}

/// Says whether a database lies plain at `path`; nothing where there is none, or an empty file.
fn is_plain(path: &Path) -> Option<bool> {
    let mut begin = [0; 4];
    let mut file = std::fs::File::open(path).ok()?;
    file.read_exact(&mut begin).ok()?;
    Some(begin == *b"redb")
}

fn builder(size: u64) -> Builder {
    let mut builder = Builder::new();
    builder
        .set_concurrency_mode(ConcurrencyMode::MultiWriter)
        .set_cache_size(cache_size(size));
    builder
}

/// The page cache for a file of `size` bytes: 4 MiB for a clinic with its years of visits (20 MB
/// is usual), 12 for a township (150 MB from its roster alone), 32 above.
fn cache_size(size: u64) -> usize {
    const MIB: usize = 1 << 20;
    match size >> 20 {
        0..=48 => 4 * MIB,
        49..=768 => 12 * MIB,
        _ => 32 * MIB,
    }
}
