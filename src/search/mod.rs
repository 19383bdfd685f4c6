//! search: see the map in `lib.rs`.
