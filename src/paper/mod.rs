//! paper: see the map in `lib.rs`.
