//! catalog: see the map in `lib.rs`.
