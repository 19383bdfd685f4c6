//! 村医 cunyi: the program a village clinic runs its family-doctor service on.
//!
//! The modules in reading order; each may import only what stands above it
//! as the table in `tests/tidy.rs` says.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod catalog;
pub mod cli;
pub mod desk;
pub mod domain;
pub mod lang;
pub mod paper;
pub mod practice;
pub mod search;
pub mod store;
pub mod tui;
