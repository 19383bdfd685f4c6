//! Users' files: rosters in; tables out as CSV, XLSX and JSON.
//!
//! It decides nothing about people: what a row means for the store is the desk's.

pub mod export;
pub mod roster;
