//! tui: see the map in `lib.rs`.

pub mod form;
