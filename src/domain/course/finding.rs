//! What the forms beyond those of hypertension and diabetes say to the rules, one finding
//! a form, as facts.
//!
//! Variant and field names are the format of the journal: they never change.

use serde::{Deserialize, Serialize};

use crate::domain::programmes::{
    ProgrammeKind,
    anc::AntenatalCheck,
    child::{Age, ChildCheck, NewbornVisit},
    disabled::Disability,
    elderly::Exam,
    outpatient::{LongPrescription, Slip},
    pnc::{PostnatalCheck, PostnatalVisit},
    poverty::HouseholdNeed,
    smd::MentalState,
    tb::{FirstVisit, TbFollowUp},
    vax::Given,
};

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// F04
    Mental(MentalState),
    /// F05
    TbFirst(FirstVisit),
    /// F06
    Tb(TbFollowUp),
    /// F07, for every programme that wants a yearly check
    Exam(Exam),
    /// F10
    Constitution,
    /// F11, F12
    Antenatal(AntenatalCheck),
    /// F13
    Postnatal(PostnatalVisit),
    /// F14
    PostnatalCheck(PostnatalCheck),
    /// F15
    Newborn(NewbornVisit),
    /// F16–F18
    Child(ChildCheck),
    /// F19
    TcmChild(Age),
    /// F23
    Disabled(Disability),
    /// F25
    Assessment,
    /// F26
    Household(HouseholdNeed),
    /// F27
    Vaccinated(Given),
    /// F20: seen for this illness
    Consulted { diagnosis: String },
    /// F20 接诊记录表, F22: told, nothing follows
    Noted,
    /// F21: a slip was handed out
    Referred(Slip),
    /// F21, the return slip
    SlipReturned,
    /// F24
    Prescribed(LongPrescription),
}

impl Finding {
    /// Returns the programme whose form it is; none for the yearly check, which serves
    /// several, and for papers, which go with any.
    pub const fn programme(&self) -> Option<ProgrammeKind> {
        Some(match self {
            Self::Mental(_) => ProgrammeKind::Smd,
            Self::TbFirst(_) | Self::Tb(_) => ProgrammeKind::Tb,
            Self::Exam(_)
            | Self::Consulted { .. }
            | Self::Noted
            | Self::Referred(_)
            | Self::SlipReturned
            | Self::Prescribed(_) => return None,
            Self::Constitution => ProgrammeKind::TcmElderly,
            Self::Antenatal(_) => ProgrammeKind::Anc,
            Self::Postnatal(_) | Self::PostnatalCheck(_) => ProgrammeKind::Pnc,
            Self::Newborn(_) | Self::Child(_) => ProgrammeKind::Child,
            Self::TcmChild(_) => ProgrammeKind::TcmChild,
            Self::Disabled(_) => ProgrammeKind::Disabled,
            Self::Assessment => ProgrammeKind::General,
            Self::Household(_) => ProgrammeKind::Poverty,
            Self::Vaccinated(_) => ProgrammeKind::Vax,
        })
    }

    /// Says whether it is told by a paper of the consulting room.
    pub const fn is_paper(&self) -> bool {
        self.programme().is_none() && !matches!(self, Self::Exam(_))
    }
}
