//! tui: see the map in `lib.rs`.

pub mod action;
pub mod backend;
pub mod keymap;
pub mod keys;
