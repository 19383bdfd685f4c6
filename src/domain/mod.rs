//! What a village clinic means: values and rules.
//!
//! No I/O, no clock, no storage, no choice of language: today is a parameter.

pub mod day;
pub mod form;
pub mod id;
pub mod identity;
pub mod phone;
pub mod record_number;
pub mod relation;
pub mod tags;
pub mod text;
pub mod value;
