//! What each place is called.

use super::super::{
    known::Form,
    spot::{Part, Spot},
    words,
};
use crate::domain::text::Text;

impl Form {
    /// Returns what a place is called beside it, or above its column.
    pub fn label(&self, spot: &Spot) -> Text {
        match spot {
            Spot::Scope => words::SCOPE,
            Spot::Place => words::PLACE,
            Spot::Representative if self.known.is_unit() => words::CONTACT,
            Spot::Representative => words::REPRESENTATIVE,
            Spot::WardOf => words::WARD_OF,
            Spot::GuardianName => words::GUARDIAN_NAME,
            Spot::GuardianRelation => words::GUARDIAN_RELATION,
            Spot::PartyA => words::PARTY_A,
            Spot::Doctor => words::DOCTOR,
            Spot::Team => words::TEAM,
            Spot::Phone => words::PHONE,
            Spot::ChangeReason => words::CHANGE_REASON,
            Spot::Covers(_) => words::COVERS,
            Spot::Note(_) | Spot::Incapable(_) => words::BESIDE,
            Spot::Kind(_) => words::KIND,
            Spot::Evidence(_) | Spot::SignedPage => words::EVIDENCE,
            Spot::On(_) | Spot::SignedOn | Spot::ClinicOn => words::ON,
            Spot::TakenBy(_) | Spot::SignatureTakenBy => words::TAKEN_BY,
            Spot::Guardian(_) => words::GUARDIAN,
            Spot::Relation(_) => words::RELATION,
            Spot::Extras(_) => words::STEP_PACKAGES,
            Spot::Fee(_, _, _, part) => part.label(),
            Spot::Years => words::TERM,
            Spot::Start => words::START,
            Spot::SignedAs => words::RESIDENT_SIGNS,
            Spot::ClinicSigns | Spot::ClinicName => words::CLINIC_SIGNS,
            Spot::Equipment => words::EQUIPMENT,
            Spot::AlsoDone => words::ALSO_DONE,
            Spot::CapReason => words::CAP_REASON,
            Spot::Approver | Spot::ApprovalPaper => words::APPROVER,
            Spot::LateReason => words::LATE_REASON,
        }
    }
}

impl Part {
    /// Returns what its column is called.
    pub const fn label(self) -> Text {
        match self {
            Self::Insurance => words::INSURANCE,
            Self::Voucher => words::VOUCHER,
            Self::Reduction => words::REDUCTION,
            Self::Other => words::OTHER,
            Self::Paid => words::PAID,
            Self::Receipt => words::RECEIPT,
        }
    }
}
