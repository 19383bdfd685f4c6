//! Family-doctor agreements 家庭医生签约服务协议: who signs with whom, on what evidence, for what,
//! and how an agreement lives from draft to renewal.
//!
//! | file | idea |
//! |---|---|
//! | [`doctor`], [`team`], [`mod@unit`] | the parties |
//! | [`contract`], [`signed`] | one agreement before and after the signatures |
//! | [`consent`], [`approval`] | evidence against 被签约 |
//! | [`package`], [`promise`], [`money`], [`voucher`] | what is promised and who pays |
//! | [`term`], [`number`], [`state`] | days, numbers, states |
//! | [`action`] → [`decide`](decide()) → [`change`] | the one decision |
//! | `guard` | what must hold |
//! | [`register`], [`performance`], [`reported`] | registers that build themselves, and what was sent |
//! | [`missing`], [`standing`], [`fulfilment`], [`pledge`], [`coverage`], [`cap`], [`roll`], [`warning`] | computed on a day |
//!
//! Nothing here reads a store or a clock; changes are written so that a journal can keep them.

pub mod coded;

pub mod doctor;
pub mod team;
pub mod unit;

pub mod contract;
pub mod signed;

pub mod approval;
pub mod consent;

pub mod money;
pub mod package;
pub mod promise;
pub mod voucher;

pub mod number;
pub mod state;
pub mod term;

pub mod action;
pub mod around;
pub mod change;
pub mod refusal;

mod decide;
mod guard;

pub mod cap;
pub mod coverage;
pub mod fulfilment;
pub mod missing;
pub mod performance;
pub mod pledge;
pub mod register;
pub mod reported;
pub mod roll;
pub mod rules;
pub mod standing;
pub mod warning;

pub use self::decide::{Outcome, decide, foreseen};
