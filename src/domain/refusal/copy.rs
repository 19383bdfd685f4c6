//! Refusals about copies: bringing one back, and sealing what lies plain.

use crate::domain::clinic::Role;

/// Why a copy is not brought back, or data are not sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyRefusal {
    /// There is no file of that name.
    NoFile { path: String },
    /// What lies there is no copy, nor a folder of data or copies.
    NoCopy { path: String },
    /// The data that are in use here already.
    InUse { path: String },
    /// No copy lies in these places.
    NoneFound { places: Vec<String> },
    /// The copy is another clinic's than the one that stands in `data`.
    OtherClinic { path: String, data: String },
    /// The copy lies plain, and nothing in `data` tells whether it is of the clinic there.
    Unproven { path: String, data: String },
    /// Copies of several clinics lie here: the newest of each.
    SeveralClinics { paths: Vec<String> },
    /// Only `needed` may; nobody's role where it is not on the staff.
    NotAllowed { role: Option<Role>, needed: Role },
    /// The practice village has nobody real in it and is not sealed.
    Practice,
}

impl CopyRefusal {
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::NoFile { .. } => "E-COPY-FILE",
            Self::NoCopy { .. } | Self::InUse { .. } => "E-COPY-KIND",
            Self::NoneFound { .. } => "E-COPY-NONE",
            Self::OtherClinic { .. } | Self::Unproven { .. } => "E-COPY-OTHER",
            Self::SeveralClinics { .. } => "E-COPY-SEVERAL",
            Self::NotAllowed { .. } => "E-ROLE",
            Self::Practice => "E-PRACTICE",
        }
    }
}
