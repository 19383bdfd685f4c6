//! The sections of the clinic's settings: each changes, and is in conflict, by itself.
//!
//! A section's name is the first part of its keys wherever one programme owns them.

use serde::{Deserialize, Serialize};

use crate::domain::text::Text;

/// A section; the serde name is its stable code. New ones are added at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    Htn,
    Dm,
    Smd,
    Tb,
    Elderly,
    Tcm,
    Maternity,
    Child,
    Vax,
    Disabled,
    Poverty,
    General,
    FollowUp,
    Attempts,
    Queue,
    Population,
    Agreements,
    Access,
}

impl Section {
    /// Every section, in the order people see them.
    pub const ALL: [Self; 18] = [
        Self::Htn,
        Self::Dm,
        Self::Smd,
        Self::Tb,
        Self::Elderly,
        Self::Tcm,
        Self::Maternity,
        Self::Child,
        Self::Vax,
        Self::Disabled,
        Self::Poverty,
        Self::General,
        Self::FollowUp,
        Self::Attempts,
        Self::Queue,
        Self::Population,
        Self::Agreements,
        Self::Access,
    ];

    /// Returns the stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Htn => "htn",
            Self::Dm => "dm",
            Self::Smd => "smd",
            Self::Tb => "tb",
            Self::Elderly => "elderly",
            Self::Tcm => "tcm",
            Self::Maternity => "maternity",
            Self::Child => "child",
            Self::Vax => "vax",
            Self::Disabled => "disabled",
            Self::Poverty => "poverty",
            Self::General => "general",
            Self::FollowUp => "follow_up",
            Self::Attempts => "attempts",
            Self::Queue => "queue",
            Self::Population => "population",
            Self::Agreements => "agreements",
            Self::Access => "access",
        }
    }

    /// Returns the section's name.
    pub const fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Htn => ("高血压", "Hypertension"),
            Self::Dm => ("糖尿病", "Diabetes"),
            Self::Smd => ("精神障碍", "Mental disorder"),
            Self::Tb => ("肺结核", "Tuberculosis"),
            Self::Elderly => ("老年人", "Older persons"),
            Self::Tcm => ("中医药", "Chinese medicine"),
            Self::Maternity => ("孕产妇", "Maternity"),
            Self::Child => ("儿童", "Children"),
            Self::Vax => ("预防接种", "Vaccination"),
            Self::Disabled => ("残疾人", "Disabled"),
            Self::Poverty => ("脱贫监测户", "Poverty relief"),
            Self::General => ("一般居民", "Residents"),
            Self::FollowUp => ("随访时间", "Visit windows"),
            Self::Attempts => ("未遇、转诊", "Not reached"),
            Self::Queue => ("今日随访", "Due today"),
            Self::Population => ("重点人群", "Key population"),
            Self::Agreements => ("签约", "Agreements"),
            Self::Access => ("登录", "Signing in"),
        };
        Text { zh, en }
    }

    /// Returns the section a key belongs to.
    pub fn of(key: &str) -> Option<Self> {
        let first = key.split_once('.').map_or(key, |(first, _)| first);
        Some(match first {
            "htn" => Self::Htn,
            "dm" => Self::Dm,
            "smd" => Self::Smd,
            "tb" => Self::Tb,
            "elderly" => Self::Elderly,
            "tcm" => Self::Tcm,
            "preg" | "lact" | "pnc" => Self::Maternity,
            "child" => Self::Child,
            "vax" => Self::Vax,
            "disabled" => Self::Disabled,
            "poverty" => Self::Poverty,
            "general" => Self::General,
            "routine" | "month" | "enrol" | "shift_to_workday" => Self::FollowUp,
            "referral" | "retry" | "lost" => Self::Attempts,
            "lead_days" | "lead_days_annual" => Self::Queue,
            "key" => Self::Population,
            "exclusive_unit"
            | "term"
            | "auto_renew"
            | "renew_contact_days"
            | "expiring_days"
            | "cap"
            | "consent"
            | "sign"
            | "fund"
            | "doctor_individual_signing"
            | "clinic" => Self::Agreements,
            "lock" => Self::Access,
            _ => return None,
        })
    }
}
