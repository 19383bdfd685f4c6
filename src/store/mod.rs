//! The one embedded database: an append-only journal of entries and the tables
//! derived from it, shared by several processes at once.
//!
//! It decides nothing and knows no rule; what an event means stands in
//! `domain::event`.

mod ahead;
mod altered;
pub mod backup;
mod check;
mod compacting;
pub mod drafts;
mod error;
mod files;
mod folder;
mod handle;
mod hexadecimal;
mod holding;
mod journal;
mod layout;
mod leftovers;
mod lock;
mod look_notes;
mod named;
mod packing;
mod pulse;
mod replacing;
mod room;
pub mod rows;
mod scratch;
pub mod seal;
mod sealing;
mod shelf;
mod signins;
mod snapshot;
mod staging;
mod windows;
mod writing;
mod written;

use std::{
    fs::OpenOptions,
    io::Read as _,
    path::Path,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use redb::{
    Builder, ConcurrencyMode, Database, ReadOnlyDatabase, StorageBackend,
    backends::{FileBackend, InMemoryBackend},
};

pub use altered::{Mark, RowKey};
pub use check::{Checked, Fault, Progress};
pub use compacting::Spare;
pub use drafts::{Draft, DraftFile, Drafts, LockedDraft};
pub use error::Error;
pub use folder::Folder;
pub use holding::Hold;
pub use look_notes::{HeldLooks, LookNotes};
pub use pulse::Pulse;
pub use replacing::{Replaced, Replacing};
pub use signins::{HeldSignIns, SignIns};
pub use snapshot::{Head, Snapshot};
pub use staging::{Staged, Staging};
pub use windows::{Comings, Presence, Windows};
pub use writing::{Header, Writing};

/// Reads an entry of the journal from the bytes it is kept as, whoever wrote them.
///
/// # Errors
/// `Damaged` where they are none.
pub fn entry_of(bytes: &[u8]) -> Result<crate::domain::event::Entry, Error> {
    journal::decode(0, bytes)
}

use backup::Tail;
use files::{for_owner, settled};
use handle::{Base, Handle};
use packing::Packer;
use seal::{DataKey, SealedDisk};
use shelf::Opened;

/// An open store.
#[derive(Debug)]
pub struct Store {
    database: Handle,
    version: u64,
    /// Beside the database; a store in memory has none.
    drafts: Option<Drafts>,
    /// Of a sealed store: the practice village has none.
    tail: Option<Tail>,
    /// What packs entries: to make it anew would be a tenth of what a visit takes.
    packer: Mutex<Packer>,
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

    /// As `open`, where a store stands at `path`.
    ///
    /// # Errors
    /// `Missing` where there is none; else as `open`.
    pub fn open_there(path: &Path, key: Option<&DataKey>) -> Result<Self, Error> {
        match path.exists() {
            true => Self::open(path, key),
            false => Err(Error::Missing(path.parent().unwrap_or(path).to_owned())),
        }
    }

    /// As `open`, as if this program's tables had `version`.
    pub fn open_as(path: &Path, key: Option<&DataKey>, version: u64) -> Result<Self, Error> {
        Error::contained(|| Self::opened(path, key, version))
    }

    fn opened(path: &Path, key: Option<&DataKey>, version: u64) -> Result<Self, Error> {
        if !path.exists() {
            create(path, key, version)?;
        }
        let (place, sealed) = (path.to_owned(), key.cloned());
        let was_open = AtomicBool::new(false);
        let again = move |least: usize| {
            let size = std::fs::metadata(&place).map_or(0, |file| file.len());
            // A store is put in place whole: an empty file is what is left of one.
            if size == 0 {
                let cause = std::io::ErrorKind::UnexpectedEof.into();
                return Err(Error::file(&place)(cause));
            }
            match shared(&place, sealed.as_ref(), cache_size(size).max(least)) {
                // What lay plain was sealed meanwhile: a newer program's work to this window.
                Err(Error::Sealed(_)) if was_open.load(Ordering::Relaxed) => Err(Error::Newer {
                    theirs: sealing::GIVEN_UP,
                    ours: version,
                }),
                found => {
                    let database = found?;
                    was_open.store(true, Ordering::Relaxed);
                    Ok(Base::Whole(database))
                }
            }
        };
        let handle = Handle::opened(Some(path), Box::new(again))?;
        let mut store = Self::prepare(handle, version)?;
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

    /// Opens the store at `path` to read it only, beside windows that write; it follows what
    /// they commit. Nothing of the store is changed, nor anything beside it.
    ///
    /// # Errors
    /// `Unready` where the tables must be rebuilt or the file repaired first, which needs an
    /// ordinary window; else as `open`.
    pub fn open_read_only(path: &Path, key: Option<&DataKey>) -> Result<Self, Error> {
        let (place, sealed) = (path.to_owned(), key.cloned());
        let again = move |_| {
            let followed = followed(&place, sealed.as_ref()).map_err(|error| match error {
                Error::Database(cause) if matches!(*cause, redb::Error::RepairAborted) => {
                    Error::Unready
                }
                error => error,
            })?;
            Ok(Base::ReadOnly(followed))
        };
        let handle = Handle::opened(Some(path), Box::new(again))?;
        Self::prepare(handle, rows::VERSION)
    }

    /// Says whether the store was opened to be read only.
    pub fn is_read_only(&self) -> bool {
        self.database.is_read_only()
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
    /// share it: for tests of failing disks. Clones are the same disk.
    pub fn on_disk(disk: impl StorageBackend + Clone) -> Result<Self, Error> {
        let again = move |least| {
            let cache = cache_size(disk.len().unwrap_or_default()).max(least);
            let database = builder(cache).create_with_backend(disk.clone())?;
            Ok(Base::Whole(database))
        };
        Error::contained(|| {
            let handle = Handle::opened(None, Box::new(again))?;
            Self::prepare(handle, rows::VERSION)
        })
    }

    /// Opens an empty store in memory: what a check replays into.
    pub fn in_memory(version: u64) -> Result<Self, Error> {
        let mut builder = Builder::new();
        builder.set_cache_size(cache_size(0));
        let database = builder.create_with_backend(InMemoryBackend::new())?;
        Self::prepare(Handle::in_memory(database), version)
    }

    /// Lends what packs entries; only whoever writes has it, and one writes at a time.
    fn packer(&self) -> MutexGuard<'_, Packer> {
        self.packer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn prepare(database: Handle, version: u64) -> Result<Self, Error> {
        let store = Self {
            database,
            version,
            drafts: None,
            tail: None,
            packer: Mutex::default(),
        };
        let kept = store.kept_version()?;
        match kept {
            Some(theirs) if theirs > version => Err(Error::Newer {
                theirs,
                ours: version,
            }),
            Some(theirs) if theirs == version => Ok(store),
            _ if store.is_read_only() => Err(Error::Unready),
            // A new store has nothing to go through.
            None => store.rebuild().map(|()| store),
            Some(_) => {
                store.widen(true)?;
                store.rebuild()?;
                store.widen(false)?;
                Ok(store)
            }
        }
    }

    fn kept_version(&self) -> Result<Option<u64>, Error> {
        use redb::TableError;
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
            layout::forget_former(&transaction)?;
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
    let (place, sealed) = (draft.clone(), key.cloned());
    let again = move |_| Ok(Base::Whole(shared(&place, sealed.as_ref(), cache_size(0))?));
    let handle = Handle::opened(Some(&draft), Box::new(again))?;
    drop(Store::prepare(handle, version)?);
    // A link never replaces: where another process was first, its store stands.
    // File systems without links (USB sticks) get a rename.
    if std::fs::hard_link(&draft, path).is_err() && !path.exists() {
        return std::fs::rename(&draft, path).map_err(Error::file(path));
    }
    std::fs::remove_file(&draft)
        .and_then(|()| settled(path))
        .map_err(Error::file(&draft))
}

/// Opens or creates the database file at `path`, as several processes share it.
fn shared(path: &Path, key: Option<&DataKey>, cache: usize) -> Result<Database, Error> {
    of_this_kind(path, key)?;
    let file = for_owner()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(Error::file(path))?;
    let disk = FileBackend::new(file)?;
    Ok(match key {
        None => builder(cache).create_with_backend(disk)?,
        Some(key) => builder(cache).create_with_backend(SealedDisk::over(disk, key))?,
    })
}

/// Opens the database file at `path` to follow what others write into it.
fn followed(path: &Path, key: Option<&DataKey>) -> Result<ReadOnlyDatabase, Error> {
    of_this_kind(path, key)?;
    let file = OpenOptions::new()
        .read(true)
        .open(path)
        .map_err(Error::file(path))?;
    let cache = cache_size(file.metadata().map_or(0, |file| file.len()));
    let disk = FileBackend::new(file)?;
    Ok(match key {
        None => builder(cache).open_read_only_with_backend(disk)?,
        Some(key) => builder(cache).open_read_only_with_backend(SealedDisk::over(disk, key))?,
    })
}

/// A sealed file needs a key, and one that lies plain must have none.
fn of_this_kind(path: &Path, key: Option<&DataKey>) -> Result<(), Error> {
    match is_plain(path) {
        Some(plain) if plain == key.is_some() => Err(Error::Sealed(path.to_owned())),
        _ => Ok(()),
    }
}

/// Says whether a database lies plain at `path`; nothing where there is none, or an empty file.
fn is_plain(path: &Path) -> Option<bool> {
    let mut begin = [0; 4];
    let mut file = std::fs::File::open(path).ok()?;
    file.read_exact(&mut begin).ok()?;
    Some(begin == *b"redb")
}

fn builder(cache: usize) -> Builder {
    let mut builder = Builder::new();
    builder
        .set_concurrency_mode(ConcurrencyMode::MultiWriter)
        .set_cache_size(cache);
    builder
}

/// The page cache for a file of `size` bytes: 3 MiB for a clinic with its years of visits, also
/// where much of the file is free again, 4 for a township, 32 above. What is not in it is with
/// the system: a page read again costs its decryption, and the next commit of anybody empties it.
fn cache_size(size: u64) -> usize {
    const MIB: usize = 1 << 20;
    match size >> 20 {
        0..=511 => 3 * MIB,
        512..=6_143 => 4 * MIB,
        _ => 32 * MIB,
    }
}
