//! Users' files: rosters in.
//!
//! It decides nothing about people: what a row means for the store is the desk's.

pub mod roster;
