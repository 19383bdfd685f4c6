//! Forms as data: what a form asks, what it accepts, what it fills by itself.
//!
//! Knows no particular form: those stand in `catalog/forms/*.toml`. It decides nothing about
//! programmes and classes; what the rules propose reaches a form through its context.

pub mod calc;
pub mod check;
pub mod column;
pub mod condition;
pub mod context;
pub mod definition;
pub mod fill;
pub mod grid;
pub mod line;
pub mod problem;
pub mod progress;
pub mod rules;
pub mod typed;

pub use calc::{Calculation, Formula};
pub use check::{check, missing};
pub use condition::Condition;
pub use context::{
    Confirmation, FilledForm, FormContext, FormSettings, LastRecord, Mark, Proposed, Said, Target,
};
pub use definition::{
    Bound, Carry, Change, Choice, Field, Force, FormDef, Format, Joint, Kind, Need, Range,
    Referral, Section,
};
pub use problem::{Fault, Problem, RowPlace, Severity};
