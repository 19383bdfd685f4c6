//! practice: see the map in `lib.rs`.
