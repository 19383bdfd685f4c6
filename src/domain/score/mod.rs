//! Scores of the assessment forms: pure functions from answers to totals, levels and results.
//!
//! They know no form: which answers go in stands in the form files.

pub mod constitution;
pub mod self_care;
