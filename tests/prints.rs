//! What is printed: the papers of an agreement, registers, referral slips. Everybody here is
//! invented.

mod agreement;
mod register;
mod slip;
