//! What supervision is to look at in signings (agreements §5.7): soft, nothing is refused.

use std::collections::{BTreeMap, BTreeSet};

use super::{consent::ConsentKind, contract::Agreement, signed::Signed};
use crate::domain::{
    day::Day,
    id::{AgreementId, DoctorId, HouseholdId},
};

/// Households one doctor signs in a day above which it is hardly honest.
pub const DAY_HOUSEHOLDS: usize = 60;
/// Agreements on one telephone above which it is worth a look.
pub const SHARED_PHONE: usize = 3;
/// Households whose members were all signed for from which it is worth a look.
pub const SIGNED_FOR: usize = 5;
/// The hours in which signing is usual, `HH:MM`.
pub const USUAL_HOURS: (&str, &str) = ("06:00", "22:00");

/// One thing to look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// W-AGR-DAY
    ManyInADay {
        doctor: DoctorId,
        on: Day,
        households: usize,
    },
    /// W-AGR-PHONE
    SharedPhone {
        phone: String,
        agreements: BTreeSet<AgreementId>,
    },
    /// W-AGR-HOUR
    OddHour { agreement: AgreementId },
    /// W-AGR-SIGNEDFOR
    AllSignedFor {
        doctor: DoctorId,
        agreements: BTreeSet<AgreementId>,
    },
}

impl Warning {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ManyInADay { .. } => "W-AGR-DAY",
            Self::SharedPhone { .. } => "W-AGR-PHONE",
            Self::OddHour { .. } => "W-AGR-HOUR",
            Self::AllSignedFor { .. } => "W-AGR-SIGNEDFOR",
        }
    }
}

/// Returns everything to look at in these agreements; void ones and those continued by
/// themselves were not signed by anybody.
pub fn warnings<'a>(agreements: impl IntoIterator<Item = &'a Agreement>) -> Vec<Warning> {
    let mut days: BTreeMap<(DoctorId, Day), BTreeSet<HouseholdId>> = BTreeMap::new();
    let mut phones: BTreeMap<&str, BTreeSet<AgreementId>> = BTreeMap::new();
    let mut signed_for: BTreeMap<DoctorId, BTreeSet<AgreementId>> = BTreeMap::new();
    let mut found = Vec::new();
    for agreement in agreements {
        let signed = agreement.signed().filter(|one| one.voided.is_none());
        let Some((signed, signing)) = signed.and_then(|s| Some((s, s.signing.as_ref()?))) else {
            continue;
        };
        let id = agreement.id;
        if let Some((doctor, home)) = agreement.contents.doctor.zip(agreement.scope.household()) {
            days.entry((doctor, signed.on)).or_default().insert(home);
        }
        if let Some(doctor) = agreement
            .contents
            .doctor
            .filter(|_| is_all_signed_for(signed))
        {
            signed_for.entry(doctor).or_default().insert(id);
        }
        let phone = agreement.contents.phone.trim();
        if !phone.is_empty() {
            phones.entry(phone).or_default().insert(id);
        }
        let (first, last) = USUAL_HOURS;
        let time = signing.time.as_str();
        if !time.is_empty() && (time < first || last < time) {
            found.push(Warning::OddHour { agreement: id });
        }
    }
    found.extend(
        days.into_iter()
            .map(|((doctor, on), homes)| (doctor, on, homes.len()))
            .filter(|(_, _, households)| DAY_HOUSEHOLDS < *households)
            .map(|(doctor, on, households)| Warning::ManyInADay {
                doctor,
                on,
                households,
            }),
    );
    let shared = phones
        .into_iter()
        .filter(|(_, ids)| SHARED_PHONE < ids.len());
    found.extend(shared.map(|(phone, agreements)| Warning::SharedPhone {
        phone: phone.to_owned(),
        agreements,
    }));
    let many = signed_for
        .into_iter()
        .filter(|(_, ids)| SIGNED_FOR <= ids.len());
    found.extend(many.map(|(doctor, agreements)| Warning::AllSignedFor { doctor, agreements }));
    found
}

/// Says whether nobody of several covered signed himself.
fn is_all_signed_for(signed: &Signed) -> bool {
    let by = |kind: ConsentKind| kind == ConsentKind::ByRepresentative;
    !signed.members.is_empty() && signed.members.iter().all(|member| by(member.consent.kind))
}
