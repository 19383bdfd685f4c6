//! What the world does to a clinic's data: processes killed at any moment, power cuts, several
//! windows writing at once, disks that fill up, vanish or lie.
//!
//! Each has a short form for every run; environment variables name the long one.

mod beside;
#[cfg(unix)]
mod crowd;
mod cuts;
mod damaged;
#[cfg(unix)]
mod ended;
#[cfg(unix)]
mod killed;
mod place;
mod said;
#[cfg(unix)]
mod writer;
