//! desk: see the map in `lib.rs`.
