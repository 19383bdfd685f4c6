//! All integration tests in one binary; `tidy` proves that no module is forgotten.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod catalog;
mod desk;
mod forms;
mod keymaps;
mod people;
mod practice;
mod rosters;
mod rules;
mod screens;
mod store;
mod support;
#[cfg(unix)]
mod terminal;
mod tidy;
