//! What is printed: the papers of an agreement, registers. Everybody here is
//! invented.

mod agreement;
mod register;
