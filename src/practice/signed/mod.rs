//! How the village signs its family doctors: which household when, with whom, on whose word, and
//! what became of it.
//!
//! It plans and writes the papers; entering them in the order of time is the past's.

mod fate;
mod home;
mod papers;
mod parties;
mod told;

pub use fate::{Fate, Step, plan};
pub use home::{Draft, Dweller, Home, Running};
pub use papers::{
    above_cap, confirmed, contents, director, is_electronic, joining, signs, unit_contents,
    unit_signing,
};
pub use parties::{LEFT, NURSING, OWN, Served, UNIT, left_on, parties, served, unit, voucher};
pub use told::{roster, told};
