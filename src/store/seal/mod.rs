//! What lies on the disk reads as nothing: the store's key, the pages of the database and whole
//! records sealed with it, and the file in which staff keep it under their passwords.
//!
//! It knows no table and no event, and nobody's rights: those are the desk's.

mod carried;
mod disk;
mod kept;
mod key;
mod record;
mod recovery;
mod ring;
mod slot;
mod turning;
mod xts;

pub use disk::SealedDisk;
pub use key::{DataKey, Purpose};
pub use record::{Record, Seal};
pub use recovery::Recovery;
pub use ring::{KeyRing, RingError};
pub use slot::{Holder, Password, Stretched};
pub use turning::Turned;
