//! What a village clinic means: values and rules.
//!
//! No I/O, no clock, no storage, no choice of language: today is a parameter.

pub mod alert;
pub mod course;
pub mod day;
pub mod form;
pub mod id;
pub mod identity;
pub mod phone;
pub mod record_number;
pub mod relation;
pub mod tags;
pub mod programmes;
pub mod queue;
pub mod settings;
pub mod task;
pub mod search;
pub mod text;
pub mod value;
pub mod window;
