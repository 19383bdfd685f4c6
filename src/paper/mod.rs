//! Users' files: rosters in; tables out as CSV, XLSX and JSON; prints as A4 HTML and plain text.
//!
//! It decides nothing about people: what a row means for the store is the desk's.

pub mod reading;

pub mod export;
pub mod roster;

pub mod print;

pub mod agreement;
pub mod referral;
pub mod register;
