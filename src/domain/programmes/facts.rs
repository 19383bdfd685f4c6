//! What a programme knows about a person beyond visits: given at entry, kept current by
//! what is found, read by computed tasks and decision tables.
//!
//! Field and variant names are the format of the journal: they never change.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    anc::Pregnancy, child::Birth, disabled::Disability, general::Term, outpatient::Care,
    pnc::Delivery, poverty::HouseholdNeed, smd::Consent, tb::Treatment, vax::Given,
};
use crate::domain::{day::Day, task::TaskKind};

/// The facts of one programme.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Facts {
    /// The programme needs none.
    #[default]
    Nothing,
    /// anc
    Pregnancy(Pregnancy),
    /// pnc
    Delivery(Delivery),
    /// child
    Birth(Birth),
    /// vax
    Doses(#[serde(with = "crate::domain::written_day::by")] Given),
    /// tb
    Treatment(Treatment),
    /// smd
    Consent(Consent),
    /// disabled
    Disability(Disability),
    /// poverty
    Household(HouseholdNeed),
    /// general
    Term(Term),
    /// tcm_child: what was done, by kind.
    Done(#[serde(with = "crate::domain::written_day::by")] BTreeMap<TaskKind, Day>),
    /// outpatient
    Care(Care),
}

impl Facts {
    /// Says whether there are none.
    pub const fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }
}

macro_rules! read {
    ($($name:ident: $variant:ident($of:ty);)*) => {
        impl Facts {
            $(
                /// Returns these facts, if they are of that kind.
                pub const fn $name(&self) -> Option<&$of> {
                    match self {
                        Self::$variant(facts) => Some(facts),
                        _ => None,
                    }
                }
            )*
        }
    };
}

read! {
    pregnancy: Pregnancy(Pregnancy);
    delivery: Delivery(Delivery);
    birth: Birth(Birth);
    doses: Doses(Given);
    treatment: Treatment(Treatment);
    disability: Disability(Disability);
    household: Household(HouseholdNeed);
    term: Term(Term);
    done: Done(BTreeMap<TaskKind, Day>);
    care: Care(Care);
}
