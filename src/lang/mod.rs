//! lang: see the map in `lib.rs`.
