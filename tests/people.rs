//! Residents and households by desk requests: what is refused, what is doubted,
//! and that membership stays whole whatever happens.

mod clinic;
mod ends;
mod entries;
mod households;
mod moves;
mod random;
mod residents;
mod tables;
