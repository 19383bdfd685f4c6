//! Copies of a store that prove themselves: the journal up to a fixed entry, sealed, with what
//! it must come to and the keys that open it; and the tail, the entries since.
//!
//! A copy is the journal alone: everything else is derived from it. It is read in short
//! transactions, so other windows go on writing; what they write after the fixed entry is the
//! next copy's, and the tail's until then.

mod carrying;
mod file;
mod format;
mod notes;
mod pasts;
mod records;
mod restoring;
mod tail;
mod writing;

pub use file::{Backups, Kept, Rotation};
pub use format::Facts;
pub use notes::{Failed, Notes};
pub use pasts::LeftOut;
pub use restoring::{Bringing, End, Loose, Restored, Source, Verified, build, entries_in, head};
pub use tail::{Found, Tail};
pub use writing::Making;
