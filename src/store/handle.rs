//! The open database behind a store: opened anew after the disk has failed once, and looked for
//! before each transaction, so that nothing is written where nobody finds it again.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use redb::{
    Database, ReadOnlyDatabase, ReadTransaction, ReadableDatabase as _, StorageError,
    WriteTransaction,
};

use super::{Error, Store, ahead::Ahead};

/// The page cache of work that goes through all of a store, in bytes. With an ordinary one nearly
/// every page is written again and again before it is full.
const FILLING: usize = 64 << 20;

/// Opens the database once more, with a page cache of at least so many bytes.
type Again = Box<dyn Fn(usize) -> Result<Base, Error> + Send + Sync>;

/// A database as it was opened.
pub(super) enum Base {
    Whole(Database),
    /// It follows what others write.
    ReadOnly(ReadOnlyDatabase),
}

/// The open database.
pub(super) struct Handle {
    open: RwLock<Option<Open>>,
    /// A database in memory is not opened again.
    again: Option<Again>,
    /// What its page cache has at least, in bytes.
    cache: AtomicUsize,
    /// The file it lies in.
    path: Option<PathBuf>,
    pub ahead: Ahead,
}

#[derive(Clone)]
struct Open {
    database: Arc<Kept>,
    file: FileId,
}

/// A database until it is closed; none only then.
struct Kept(Option<Base>);

/// Tells a file from another that took its place; where the system does not say, all are one.
type FileId = (u64, u64);

impl Store {
    /// Gives the store a page cache for work that goes through all of it, or an ordinary one.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn widen(&self, is_wide: bool) -> Result<(), Error> {
        self.database.widen(is_wide)
    }
}

impl Handle {
    /// Opens the database that `again` opens, now and whenever the disk has failed.
    pub fn opened(path: Option<&Path>, again: Again) -> Result<Self, Error> {
        let handle = Self {
            open: RwLock::new(None),
            again: Some(again),
            cache: AtomicUsize::new(0),
            path: path.map(Path::to_owned),
            ahead: Ahead::default(),
        };
        handle.anew(None)?;
        Ok(handle)
    }

    /// Holds a database that lies in memory.
    pub fn in_memory(database: Database) -> Self {
        let open = Open {
            database: Arc::new(Kept(Some(Base::Whole(database)))),
            file: FileId::default(),
        };
        Self {
            open: RwLock::new(Some(open)),
            again: None,
            cache: AtomicUsize::new(0),
            path: None,
            ahead: Ahead::default(),
        }
    }

    /// Returns the file the database lies in.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Opens the database anew, with a page cache for work that goes through all of it, or with
    /// an ordinary one. One in memory stays as it is.
    ///
    /// # Errors
    /// As `begin_read`.
    pub fn widen(&self, is_wide: bool) -> Result<(), Error> {
        let least = if is_wide { FILLING } else { 0 };
        self.cache.store(least, Ordering::Relaxed);
        if self.again.is_some() {
            self.anew(self.held())?;
        }
        Ok(())
    }

    /// Begins to read.
    ///
    /// # Errors
    /// `Gone` where the file is no longer there; else as the disk says.
    pub fn begin_read(&self) -> Result<ReadTransaction, Error> {
        self.begin(|base| match base {
            Base::Whole(database) => Ok(database.begin_read()?),
            Base::ReadOnly(database) => Ok(database.begin_read()?),
        })
    }

    /// Begins to write; waits for another process's transaction.
    ///
    /// # Errors
    /// `ReadOnly` where it was opened so; else as `begin_read`.
    pub fn begin_write(&self) -> Result<WriteTransaction, Error> {
        self.begin(|base| Ok(base.writable()?.begin_write()?))
    }

    /// As `begin_write`, but answers `Busy` instead of waiting.
    ///
    /// # Errors
    /// As `begin_write`.
    pub fn try_begin_write(&self) -> Result<WriteTransaction, Error> {
        self.begin(|base| Ok(base.writable()?.try_begin_write()?))
    }

    /// Lets `work` have the database for itself.
    ///
    /// # Errors
    /// `Busy` while somebody here begins a transaction; else as `begin_write` and `work`.
    pub fn alone<T>(
        &self,
        work: impl FnOnce(&mut Database) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        let held = open.as_mut().ok_or(StorageError::PreviousIo)?;
        match Arc::get_mut(&mut held.database) {
            Some(Kept(Some(Base::Whole(database)))) => work(database),
            Some(Kept(Some(Base::ReadOnly(_)))) => Err(Error::ReadOnly),
            Some(Kept(None)) | None => Err(Error::Busy),
        }
    }

    /// Says whether the database was opened to be read only.
    pub fn is_read_only(&self) -> bool {
        let held = self.held();
        held.is_some_and(|held| matches!(held.database.0, Some(Base::ReadOnly(_))))
    }

    fn begin<T>(&self, begin: fn(&Base) -> Result<T, Error>) -> Result<T, Error> {
        let file = self.file()?;
        let held = self.held().filter(|held| held.file == file);
        let held = match held {
            Some(held) => held,
            None => self.anew(self.held())?,
        };
        match begin(held.database.base()?) {
            // After one failure a database answers nothing more, also where the disk is sound again.
            Err(Error::Database(cause)) if matches!(*cause, redb::Error::PreviousIo) => {
                let anew = self.anew(Some(held))?;
                begin(anew.database.base()?)
            }
            begun => begun,
        }
    }

    /// Returns which file stands at the place now.
    fn file(&self) -> Result<FileId, Error> {
        let Some(path) = &self.path else {
            return Ok(FileId::default());
        };
        match fs::metadata(path) {
            Ok(found) => Ok(id(&found)),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Err(Error::Gone(path.clone())),
            Err(cause) => Err(Error::file(path)(cause)),
        }
    }

    fn held(&self) -> Option<Open> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        open.clone()
    }

    /// Opens the database anew in place of `dead`, unless somebody else did meanwhile.
    fn anew(&self, dead: Option<Open>) -> Result<Open, Error> {
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        let is_other = |held: &Open| {
            let same = |dead: &Open| Arc::ptr_eq(&held.database, &dead.database);
            !dead.as_ref().is_some_and(same)
        };
        if let Some(held) = open.as_ref().filter(|held| is_other(held)) {
            return Ok(held.clone());
        }
        let Some(again) = &self.again else {
            return Err(StorageError::PreviousIo.into());
        };
        // Its locks go with it: they would stand in the way.
        *open = None;
        drop(dead);
        let database = Arc::new(Kept(Some(again(self.cache.load(Ordering::Relaxed))?)));
        let file = self.file()?;
        let opened = Open { database, file };
        *open = Some(opened.clone());
        Ok(opened)
    }
}

impl Kept {
    fn base(&self) -> Result<&Base, Error> {
        let base = self.0.as_ref();
        base.ok_or_else(|| StorageError::DatabaseClosed.into())
    }
}

/// Closing writes, and trusts the pages it writes by: a damaged one must not end the program.
impl Drop for Kept {
    fn drop(&mut self) {
        let base = self.0.take();
        // What closing does not write is made up for when the database is opened next.
        let _ = Error::contained(|| {
            drop(base);
            Ok::<(), Error>(())
        });
    }
}

impl Base {
    fn writable(&self) -> Result<&Database, Error> {
        match self {
            Self::Whole(database) => Ok(database),
            Self::ReadOnly(_) => Err(Error::ReadOnly),
        }
    }
}

#[cfg(unix)]
fn id(file: &fs::Metadata) -> FileId {
    use std::os::unix::fs::MetadataExt as _;
    (file.dev(), file.ino())
}

#[cfg(not(unix))]
fn id(_file: &fs::Metadata) -> FileId {
    FileId::default()
}

impl fmt::Debug for Handle {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.debug_tuple("Handle").field(&self.path).finish()
    }
}
