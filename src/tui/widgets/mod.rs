//! Small things screens are drawn from; each draws values and keeps nothing.

pub mod cells;
pub mod field;
pub mod frame;
pub mod hints;
pub mod plot;
pub mod prompt;
pub mod questions;
pub mod scroll;
pub mod secret;
pub mod table;
pub mod trend;
pub mod who;
