//! Every service form of the catalogue: a complete example of each, what is wrong with it after
//! a change, the rules all forms share, what it tells the rules, and how it is drawn.
//!
//! The machinery of one form is `forms`; which programme opens a form is not decided here.

mod common;
mod drawn;
pub mod examples;
pub mod filling;
mod telling;
mod typed;
