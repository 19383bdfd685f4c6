//! What a village clinic means: values and rules.
//!
//! No I/O, no clock, no storage, no choice of language: today is a parameter.

pub mod breaking;
pub mod clock;
pub mod day;
pub mod id;
pub mod text;
pub mod value;

pub mod identity;
pub mod phone;
pub mod record_number;
pub mod relation;
pub mod roster;
pub mod tags;

pub mod clinic;
pub mod contact;
pub mod doubt;
pub mod form;
pub mod household;
pub mod kin;
pub mod looking;
pub mod masking;
pub mod open_form;
pub mod order;
pub mod person;
pub mod signing_in;

pub mod agreement;

pub mod alert;
pub mod course;
pub mod growth;
pub mod programmes;
pub mod proposal;
pub mod queue;
pub mod score;
pub mod settings;
pub mod task;
pub mod visit;
pub mod window;
pub mod written_day;

pub mod picture;

pub mod search;

pub mod aspect;
pub mod copies;
pub mod event;
pub mod failure;
pub mod few;
pub mod refusal;
pub mod room;
pub mod rows;
pub mod tables;
