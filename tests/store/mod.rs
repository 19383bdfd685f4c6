//! The store: nothing reported saved is lost, and the tables equal the
//! replayed journal.

mod agreed;
mod compacted;
pub mod disk;
mod faults;
mod flips;
mod golden;
mod versions;
mod walk;
