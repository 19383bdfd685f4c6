//! What can go wrong between the program and its files.

use std::{
    io,
    panic::{self, AssertUnwindSafe},
    path::PathBuf,
};

use super::seal::RingError;
use crate::domain::{failure::FailureKind, tables::Broken};

/// A failure of the store: disk, lock or damage. Nothing said to be saved is lost by one.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{path}: {cause}")]
    File { path: PathBuf, cause: io::Error },
    #[error("the database: {0}")]
    Database(Box<redb::Error>),
    #[error("entry {seq} is damaged: {what}")]
    Damaged { seq: u64, what: String },
    /// A copy of a past that was given up when an older copy was brought back.
    #[error("entry {seq} is of a past that was given up")]
    GivenUp { seq: u64 },
    #[error("the journal does not fit its tables: {0}")]
    Broken(String),
    /// The work broke off in a way nobody foresaw; damaged pages do that to a database.
    #[error("broken off: {0}")]
    BrokeOff(String),
    #[error("written by a newer program (tables {theirs}, this program knows {ours})")]
    Newer { theirs: u64, ours: u64 },
    #[error("another window is writing")]
    Busy,
    #[error("interrupted; nothing was changed")]
    Interrupted,
    #[error("a row of {table} cannot be read")]
    Row { table: &'static str },
    #[error("{0}: there is no store here")]
    Missing(PathBuf),
    #[error("{0}: it was there, and is gone")]
    Gone(PathBuf),
    /// The file of keys cannot be used; a wrong password is a refusal, not this.
    #[error(transparent)]
    Keys(#[from] RingError),
    #[error("opened to be read only")]
    ReadOnly,
    #[error("the tables must be put in order first, which reading alone cannot do")]
    Unready,
    #[error("{0}: sealed, and the key is not this one")]
    Sealed(PathBuf),
}

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken.what)
    }
}

macro_rules! from_redb {
    ($($kind:ty),*) => {
        $(impl From<$kind> for Error {
            fn from(cause: $kind) -> Self {
                Self::Database(Box::new(cause.into()))
            }
        })*
    };
}

from_redb!(
    redb::DatabaseError,
    redb::TableError,
    redb::StorageError,
    redb::CommitError
);

impl From<redb::CompactionError> for Error {
    fn from(cause: redb::CompactionError) -> Self {
        match cause {
            redb::CompactionError::TransactionInProgress => Self::Busy,
            other => Self::Database(Box::new(other.into())),
        }
    }
}

impl From<redb::TransactionError> for Error {
    fn from(cause: redb::TransactionError) -> Self {
        match cause {
            redb::TransactionError::WouldBlock => Self::Busy,
            other => Self::Database(Box::new(other.into())),
        }
    }
}

impl Error {
    /// Returns what kind of failure it is to the user.
    pub fn kind(&self) -> FailureKind {
        match self {
            Self::File { cause, .. } => of_io(cause),
            Self::Database(cause) => match &**cause {
                redb::Error::Io(cause) => of_io(cause),
                redb::Error::Corrupted(_)
                | redb::Error::TableTypeMismatch { .. }
                | redb::Error::TypeDefinitionChanged { .. }
                | redb::Error::TableIsMultimap(_)
                | redb::Error::TableIsNotMultimap(_) => FailureKind::Damaged,
                redb::Error::DatabaseAlreadyOpen => FailureKind::Busy,
                _ => FailureKind::Disk,
            },
            Self::Damaged { .. } | Self::GivenUp { .. } | Self::Broken(_) | Self::Row { .. } => {
                FailureKind::Damaged
            }
            Self::BrokeOff(_) => FailureKind::BrokeOff,
            Self::Newer { .. } => FailureKind::Newer,
            Self::Busy => FailureKind::Busy,
            Self::Interrupted => FailureKind::Interrupted,
            Self::Missing(_) => FailureKind::Missing,
            Self::Gone(_) => FailureKind::Gone,
            Self::Keys(cause) => of_ring(cause),
            Self::ReadOnly => FailureKind::NoAccess,
            Self::Unready => FailureKind::Unready,
            Self::Sealed(_) => FailureKind::Sealed,
        }
    }

    /// Runs `work` and turns a panic in it into an error: the database trusts its pages, and a
    /// damaged one may break it off anywhere. What was being written is not kept then.
    ///
    /// # Errors
    /// As `work`; `BrokeOff` where it panics.
    pub fn contained<T, E: From<Self>>(work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|told| {
            let text = told.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| told.downcast_ref::<&str>().copied());
            Err(Self::BrokeOff(text.unwrap_or_default().to_owned()).into())
        })
    }

    /// Names the file an input/output error belongs to.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |cause| Self::File { path, cause }
    }

    /// As `file`, of a lock: `Busy` where another process keeps it.
    pub(super) fn lock(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |cause| match cause.kind() {
            io::ErrorKind::WouldBlock => Self::Busy,
            _ => Self::File { path, cause },
        }
    }
}

fn of_ring(cause: &RingError) -> FailureKind {
    match cause {
        RingError::File { cause, .. } if cause.kind() != io::ErrorKind::InvalidData => of_io(cause),
        RingError::Newer(_) => FailureKind::Newer,
        RingError::System => FailureKind::Disk,
        RingError::File { .. }
        | RingError::Damaged(_)
        | RingError::Wrong
        | RingError::WrongCode
        | RingError::Nobody(_)
        | RingError::Mistyped
        | RingError::SameName(_)
        | RingError::TooShort
        | RingError::Foreign => FailureKind::Sealed,
    }
}

fn of_io(cause: &io::Error) -> FailureKind {
    match cause.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            FailureKind::NoAccess
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            FailureKind::DiskFull
        }
        io::ErrorKind::NotFound => FailureKind::Missing,
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => FailureKind::Damaged,
        io::ErrorKind::Interrupted => FailureKind::Interrupted,
        _ => FailureKind::Disk,
    }
}
