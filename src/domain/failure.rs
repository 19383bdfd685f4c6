//! Kinds of failure as people need to tell them apart: what they can do about each differs.
//!
//! What exactly broke stays with the layer it broke in; the words stand in `lang::failures`.

/// What kind of thing went wrong between the program and its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// The file or folder may not be read or written by this user.
    NoAccess,
    /// The disk is full.
    DiskFull,
    /// The disk, folder or file answers with an error.
    Disk,
    /// What is stored cannot be read as it was written.
    Damaged,
    /// The work broke off in a way nobody foresaw: a damaged file, or a fault of the program.
    BrokeOff,
    /// A newer program wrote the tables.
    Newer,
    /// Another window is writing, and did not end in time.
    Busy,
    /// The user stopped the work.
    Interrupted,
    /// There is no store at this place.
    Missing,
    /// The store that was open is no longer at its place: a stick pulled out, a folder moved.
    Gone,
    /// The data are sealed, and not with the key at hand.
    Sealed,
    /// The tables must be put in order by a window that writes, before one only reads.
    Unready,
}

impl FailureKind {
    /// Every kind, for tests that each has its words.
    pub const ALL: [Self; 12] = [
        Self::NoAccess,
        Self::DiskFull,
        Self::Disk,
        Self::Damaged,
        Self::BrokeOff,
        Self::Newer,
        Self::Busy,
        Self::Interrupted,
        Self::Missing,
        Self::Gone,
        Self::Sealed,
        Self::Unready,
    ];

    /// Returns the stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoAccess => "F-ACCESS",
            Self::DiskFull => "F-FULL",
            Self::Disk => "F-DISK",
            Self::Damaged => "F-DAMAGED",
            Self::BrokeOff => "F-BROKEN",
            Self::Newer => "F-NEWER",
            Self::Busy => "F-BUSY",
            Self::Interrupted => "F-INTERRUPTED",
            Self::Missing => "F-MISSING",
            Self::Gone => "F-GONE",
            Self::Sealed => "F-SEALED",
            Self::Unready => "F-UNREADY",
        }
    }
}
