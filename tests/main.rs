//! All integration tests in one binary; `tidy` proves that no module is forgotten.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod agreements;
mod bytes;
mod cards;
mod catalog;
mod cli;
mod desk;
mod door;
mod entries;
mod exams;
mod faults;
mod forms;
mod grid;
mod homes;
mod hostile;
mod import;
mod keymaps;
mod morning;
mod papers;
mod people;
mod pictures;
mod practice;
mod prints;
mod readme;
mod rosters;
mod rounds;
mod rules;
mod screens;
mod seats;
mod service_forms;
mod settings;
mod signing;
mod sizes;
mod store;
mod support;
#[cfg(unix)]
mod terminal;
mod tidy;
mod visits;
mod walk;
#[cfg(unix)]
mod windows;
mod years;
