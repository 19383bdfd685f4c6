//! What tests share: a window driven by written keys, a real terminal, made-up people.

pub mod agreed;
pub mod asking;
#[cfg(unix)]
pub mod kill;
pub mod line;
pub mod live;
pub mod open_work;
#[cfg(unix)]
pub mod pty;
pub mod script;
pub mod village;
pub mod window;

pub mod clinic;
