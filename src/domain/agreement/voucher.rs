//! Vouchers: 代金券 and 减免券, each used once, by whom it was issued to, in time (§4.3).
//!
//! What a voucher takes off a fee line is the line's own arithmetic.

use serde::{Deserialize, Serialize};

use super::{coded::coded, money::Fen};
use crate::domain::{
    day::Day,
    id::{HouseholdId, PersonId},
};

coded! {
    /// What kind of voucher it is.
    VoucherKind {
        1 Cash "代金券" "voucher",
        2 Reduction "减免券" "reduction voucher",
    }
}

/// Whom a voucher was issued to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    Person(PersonId),
    Household(HouseholdId),
}

/// What has become of a voucher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoucherState {
    /// 未用
    Unused,
    /// 已用
    Used { on: Day },
    /// 作废
    Void,
}

/// A numbered voucher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voucher {
    pub number: String,
    pub kind: VoucherKind,
    pub amount: Fen,
    pub holder: Holder,
    #[serde(with = "crate::domain::written_day")]
    pub issued: Day,
    /// The last day it can be used.
    #[serde(with = "crate::domain::written_day")]
    pub expires: Day,
    pub state: VoucherState,
}

/// Why a voucher cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VoucherFault {
    /// E-VCH-NONE: no such number.
    Unknown,
    /// E-VCH-USED
    Used,
    /// E-VCH-VOID
    Void,
    /// E-VCH-EXPIRED: also before it was issued.
    Expired,
    /// E-VCH-OWNER
    Owner,
    /// E-VCH-AMOUNT: more is deducted than it is worth, or it is of the other kind.
    Amount,
}

impl VoucherFault {
    /// Returns the stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "E-VCH-NONE",
            Self::Used => "E-VCH-USED",
            Self::Void => "E-VCH-VOID",
            Self::Expired => "E-VCH-EXPIRED",
            Self::Owner => "E-VCH-OWNER",
            Self::Amount => "E-VCH-AMOUNT",
        }
    }
}

/// What a voucher is wanted for.
#[derive(Debug, Clone, Copy)]
pub struct Use {
    pub kind: VoucherKind,
    pub amount: Fen,
    pub person: PersonId,
    pub household: HouseholdId,
    pub on: Day,
}

impl Voucher {
    /// Checks one use.
    pub fn check(&self, wanted: &Use) -> Result<(), VoucherFault> {
        match self.state {
            VoucherState::Used { .. } => return Err(VoucherFault::Used),
            VoucherState::Void => return Err(VoucherFault::Void),
            VoucherState::Unused => {}
        }
        let is_own = match self.holder {
            Holder::Person(person) => person == wanted.person,
            Holder::Household(household) => household == wanted.household,
        };
        if !is_own {
            Err(VoucherFault::Owner)
        } else if wanted.on < self.issued || self.expires < wanted.on {
            Err(VoucherFault::Expired)
        } else if self.kind != wanted.kind || self.amount < wanted.amount {
            Err(VoucherFault::Amount)
        } else {
            Ok(())
        }
    }
}
