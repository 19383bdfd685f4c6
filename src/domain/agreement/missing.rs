//! What an agreement still lacks before both sides can sign, person by person (product: the
//! step list of the agreement's screen).
//!
//! It is the signing's own check, asked early: what it lists is what signing would refuse, and
//! what a home visit should have carried.

use std::collections::BTreeSet;

use super::{
    around::Around,
    contract::Agreement,
    decide::check_signing,
    refusal::Refusal,
    signed::{AlsoDone, Equipment, Place, Signing},
};
use crate::domain::day::Day;

/// What is missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Missing {
    /// What stands against signing, each naming its person.
    pub required: Vec<Refusal>,
    /// What a home signing carries and was not ticked (§5.6); it does not stop the signing.
    pub equipment: BTreeSet<Equipment>,
    /// Whether 家庭档案已更新 was not ticked on a home signing.
    pub folder: Option<AlsoDone>,
}

impl Missing {
    /// Says whether both sides may sign.
    pub fn may_sign(&self) -> bool {
        self.required.is_empty()
    }
}

/// Returns what the agreement lacks, signed as far as `signing` says.
pub fn missing(
    agreement: &Agreement,
    signing: &Signing,
    around: &Around<'_>,
    today: Day,
) -> Missing {
    let required = check_signing(agreement, signing, around, today);
    let mut missing = Missing {
        required: required.err().unwrap_or_default(),
        ..Missing::default()
    };
    if signing.place == Place::Home {
        let all = Equipment::ALL.iter().copied();
        missing.equipment = all.filter(|one| !signing.equipment.contains(one)).collect();
        let done = signing.also_done.contains(&AlsoDone::RecordUpdated);
        missing.folder = (!done).then_some(AlsoDone::RecordUpdated);
    }
    missing
}
