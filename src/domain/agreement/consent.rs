//! Consent with its evidence, against 被签约 (agreements §5).
//!
//! One record a person: how he agreed, when, where that can be seen, and who took it.

use serde::{Deserialize, Serialize};

use super::{
    coded::coded,
    rules::{ADULT_YEARS, AgreementRules},
};
use crate::domain::{
    day::Day,
    id::{PersonId, StaffId},
};

coded! {
    /// How somebody agreed.
    ConsentKind {
        1 Signed "本人纸质签字" "signed on paper",
        2 Fingerprint "指纹" "fingerprint",
        3 Electronic "电子签名" "electronic signature",
        4 Phone "电话同意" "agreed by phone",
        5 Online "线上确认" "confirmed online",
        6 ByRepresentative "家庭代表代签" "signed by the representative",
        7 Guardian "监护人签字" "signed by the guardian",
        8 Proxy "委托签字" "signed by a proxy",
        ;
        9 Unknown "未知（名册带入）" "unknown (told by a roster)",
    }
}

impl ConsentKind {
    /// Says whether the person himself agreed (1–5).
    pub const fn is_own(self) -> bool {
        match self {
            Self::Signed | Self::Fingerprint | Self::Electronic | Self::Phone | Self::Online => {
                true
            }
            Self::ByRepresentative | Self::Guardian | Self::Proxy | Self::Unknown => false,
        }
    }

    /// Says whether a representative may sign so (1, 2, 3, 5).
    pub const fn binds_household(self) -> bool {
        self.is_own() && !matches!(self, Self::Phone)
    }

    /// Returns the evidence wanted, beside the words of the kind.
    pub const fn evidence(self) -> crate::domain::text::Text {
        let (zh, en) = match self {
            Self::Phone => ("录音编号", "recording number"),
            Self::Online => ("截图或流水号", "screenshot or serial"),
            Self::Proxy => ("委托书编号", "number of the proxy"),
            Self::Signed
            | Self::Fingerprint
            | Self::Electronic
            | Self::ByRepresentative
            | Self::Guardian
            | Self::Unknown => ("纸页或照片编号", "page or photo number"),
        };
        crate::domain::text::Text { zh, en }
    }
}

/// Who agrees for a child or somebody without capacity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guardian {
    pub name: String,
    /// What the guardian is to the person: 母亲.
    pub relation: String,
    /// Where the guardian is a resident here.
    pub person: Option<PersonId>,
}

impl Guardian {
    /// Says whether name and relation are told.
    pub fn is_named(&self) -> bool {
        !self.name.trim().is_empty() && !self.relation.trim().is_empty()
    }
}

/// One person's consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    pub person: PersonId,
    pub kind: ConsentKind,
    #[serde(with = "crate::domain::written_day")]
    pub on: Day,
    /// Paper page, photo, recording.
    pub evidence: String,
    /// Who took it; never the person himself.
    pub taken_by: StaffId,
    pub guardian: Option<Guardian>,
}

/// Why a consent does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentFault {
    /// There is none at all.
    None,
    /// No evidence number.
    Evidence,
    /// Taken by the person himself.
    TakenByHimself,
    /// A guardian signed for an adult whose lack of capacity is not told.
    NeedsNoGuardian,
    /// A confirmation has to be the person's own (1–5).
    NotOwn,
    /// The birth date is not known, so nobody can tell who has to sign.
    NoBirth,
}

/// Why a guardian's consent does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuardFault {
    /// The minor, or the person without capacity, signed himself.
    SignedHimself,
    /// The guardian's name or relation is missing.
    Unnamed,
    /// The guardian is a minor himself, or the person himself.
    NotAnAdult,
}

/// What is looked at to judge a consent.
#[derive(Debug, Clone, Copy)]
pub struct Consenting {
    /// Full years of age on the day of consent.
    pub years: Option<u32>,
    /// Whether his lack of capacity is told, with its grounds.
    pub is_incapable: bool,
    /// The person's own staff account.
    pub staff: Option<StaffId>,
    /// The guardian's years, where he is a resident.
    pub guardian_years: Option<u32>,
}

/// A consent that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    Consent(ConsentFault),
    Guard(GuardFault),
}

impl Consent {
    /// Checks the consent of one person.
    pub fn check(&self, who: &Consenting) -> Result<(), Wrong> {
        // What a roster tells is nobody's consent.
        if self.kind == ConsentKind::Unknown {
            return Err(Wrong::Consent(ConsentFault::None));
        }
        let is_minor = who.years.is_some_and(|years| years < ADULT_YEARS);
        if who.years.is_none() && !who.is_incapable {
            return Err(Wrong::Consent(ConsentFault::NoBirth));
        }
        if is_minor || who.is_incapable {
            self.check_guardian(who).map_err(Wrong::Guard)?;
        } else if self.kind == ConsentKind::Guardian {
            return Err(Wrong::Consent(ConsentFault::NeedsNoGuardian));
        }
        if self.evidence.trim().is_empty() {
            return Err(Wrong::Consent(ConsentFault::Evidence));
        }
        if who.staff == Some(self.taken_by) {
            return Err(Wrong::Consent(ConsentFault::TakenByHimself));
        }
        Ok(())
    }

    fn check_guardian(&self, who: &Consenting) -> Result<(), GuardFault> {
        if self.kind != ConsentKind::Guardian {
            return Err(GuardFault::SignedHimself);
        }
        let guardian = self
            .guardian
            .as_ref()
            .filter(|guardian| guardian.is_named());
        let guardian = guardian.ok_or(GuardFault::Unnamed)?;
        let is_child = who.guardian_years.is_some_and(|years| years < ADULT_YEARS);
        if guardian.person == Some(self.person) || is_child {
            return Err(GuardFault::NotAnAdult);
        }
        Ok(())
    }

    /// Says whether it waits for the member's own word (§5.3).
    pub fn is_provisional(&self) -> bool {
        matches!(
            self.kind,
            ConsentKind::ByRepresentative | ConsentKind::Unknown
        )
    }

    /// Returns the last day on which a provisional consent counts unconfirmed.
    pub fn counts_until(&self, rules: &AgreementRules) -> Day {
        rules.provisional_until(self.on)
    }
}
