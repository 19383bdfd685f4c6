//! The clinic's settings that rules read (rules §19): thresholds, intervals, tolerances.
//!
//! Holds what built rules use and nothing else. Defaults, ranges and labels stand in the
//! catalogue; numbers the national text fixes ( (national)) are constants beside their rule.

mod editions;
mod put;
mod section;
mod written;

use serde::{Deserialize, Serialize};

pub use self::{
    editions::{Changed, Edition, KeptSettings, Moves, Values},
    section::Section,
    written::{LONGEST_LINE, SettingDefinition, SettingFault, SettingProblem, Shape, check, read},
};
use super::{agreement::rules::AgreementRules, value::Decimal};

/// A blood pressure or a limit for one, in mmHg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Pressure {
    pub sbp: u32,
    pub dbp: u32,
}

impl Pressure {
    /// Returns the pressure `sbp`/`dbp`.
    pub const fn new(sbp: u32, dbp: u32) -> Self {
        Self { sbp, dbp }
    }

    /// Says whether both values are strictly below the limit (rules §3.2).
    pub const fn is_below(self, limit: Self) -> bool {
        self.sbp < limit.sbp && self.dbp < limit.dbp
    }
}

/// Which immunisation schedule is in force (rules §11).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum VaxSchedule {
    /// By the current date.
    #[default]
    #[serde(rename = "auto")]
    Auto,
    #[serde(rename = "nip-2021")]
    Nip2021,
    #[serde(rename = "nip-2025")]
    Nip2025,
    #[serde(rename = "nip-2026")]
    Nip2026,
}

/// From which day the days of the postnatal home visit's rate are counted (G9).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateFrom {
    #[default]
    Discharge,
    Delivery,
}

/// Every setting a built rule reads. Days and months are counts; see rules §19 for the keys.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the clinic's own, no state"
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// `htn.target`
    pub htn_target: Pressure,
    /// `htn.target_elderly`
    pub htn_target_elderly: Pressure,
    /// `htn.elderly_age`, full years
    pub htn_elderly_age: u32,
    /// `htn.routine_months`
    pub htn_routine_months: u32,
    /// `htn.unsat_days`
    pub htn_unsat_days: u32,
    /// `dm.fbg_target`, mmol/L
    pub dm_fbg_target: Decimal,
    /// `dm.routine_months`
    pub dm_routine_months: u32,
    /// `dm.unsat_days`
    pub dm_unsat_days: u32,
    /// `preg.pressure`: from here a pregnant or lactating woman's pressure is above normal
    pub preg_pressure: Pressure,
    /// `preg.fbg`, mmol/L: from here a pregnant woman's fasting glucose is above normal
    pub preg_fbg: Decimal,
    /// `lact.fbg`, mmol/L: the same while lactating
    pub lact_fbg: Decimal,
    /// `smd.basic_first_days` (P2)
    pub smd_basic_first_days: u32,
    /// `smd.basic_next_months` (P3)
    pub smd_basic_next_months: u32,
    /// `smd.stable_months` (P4)
    pub smd_stable_months: u32,
    /// `tb.family_intensive_days`
    pub tb_family_intensive_days: u32,
    /// `tb.first_visit_hours` (B1)
    pub tb_first_visit_hours: u32,
    /// `elderly.by_birth_year` (E1)
    pub elderly_by_birth_year: bool,
    /// `elderly.labs_2025`: the tests of 2025 are required from 2025 on
    pub elderly_labs_2025: bool,
    /// `tcm.balanced_limits`: both strict "less than" (F10)
    pub tcm_balanced_limits: (u32, u32),
    /// `pnc.rate_from` (G9)
    pub pnc_rate_from: RateFrom,
    /// `pnc.latest_days` after delivery (G10)
    pub pnc_latest_days: u32,
    /// `pnc.extra_home_visit_day` after delivery
    pub pnc_extra_home_visit_day: Option<u32>,
    /// `child.extra_newborn_days` (C3)
    pub child_extra_newborn_days: u32,
    /// `disabled.severe_months` (X1)
    pub disabled_severe_months: u32,
    /// `disabled.other_months` (X2)
    pub disabled_other_months: u32,
    /// `poverty.monitored_months` (Q1)
    pub poverty_monitored_months: u32,
    /// `poverty.relief_months` (Q2)
    pub poverty_relief_months: u32,
    /// `vax.schedule`
    pub vax_schedule: VaxSchedule,
    /// `general.online_ok`
    pub general_online_ok: bool,
    /// `month.early_days`
    pub month_early_days: u32,
    /// `month.late_days`
    pub month_late_days: u32,
    /// `routine.early_days`
    pub routine_early_days: u32,
    /// `routine.late_days`
    pub routine_late_days: u32,
    /// `enrol.first_months`, first number: due
    pub enrol_first_due_months: u32,
    /// `enrol.first_months`, second number: latest
    pub enrol_first_latest_months: u32,
    /// `referral.again_days` (R4)
    pub referral_again_days: u32,
    /// `retry.routine_days` (U1)
    pub retry_routine_days: u32,
    /// `retry.short_days` (U2)
    pub retry_short_days: u32,
    /// `retry.refused_days` (U4, U6)
    pub retry_refused_days: u32,
    /// `lost.attempts` (U3)
    pub lost_attempts: u32,
    /// `lost.trace_months` (U3)
    pub lost_trace_months: u32,
    /// `shift_to_workday`: due days of the rules move off weekends
    pub shift_to_workday: bool,
    /// `key.include_k11`: key persons of monitored households count as key population
    pub key_include_k11: bool,
    /// `lead_days`
    pub lead_days: u32,
    /// `lead_days_annual`
    pub lead_days_annual: u32,
    /// `lock.idle_minutes`: a window without a key for so long locks
    pub lock_idle_minutes: u32,
    /// What agreements are held to (agreements §14).
    pub agreements: AgreementRules,
    /// What the clinic's papers tell of it.
    pub on_paper: OnPaper,
}

/// What the printed agreement tells of the clinic (agreements §10); empty is left to be written
/// by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OnPaper {
    /// `clinic.hours`: when the clinic serves.
    pub hours: String,
    /// `clinic.complaint`: where residents complain.
    pub complaint: String,
}

impl OnPaper {
    /// Puts the text of one key in place; `None` for a key that is no text.
    fn set(&mut self, key: &str, text: &str) -> Option<()> {
        let place = match key {
            "clinic.hours" => &mut self.hours,
            "clinic.complaint" => &mut self.complaint,
            _ => return None,
        };
        text.trim().clone_into(place);
        Some(())
    }
}

impl Default for Settings {
    /// Returns the defaults of rules §19; a test holds the catalogue to the same values.
    fn default() -> Self {
        Self {
            htn_target: Pressure::new(140, 90),
            htn_target_elderly: Pressure::new(150, 90),
            htn_elderly_age: 65,
            htn_routine_months: 3,
            htn_unsat_days: 14,
            dm_fbg_target: Decimal::from_int(7),
            dm_routine_months: 3,
            dm_unsat_days: 14,
            preg_pressure: Pressure::new(140, 90),
            preg_fbg: Decimal::from_thousandths(5100),
            lact_fbg: Decimal::from_thousandths(6100),
            smd_basic_first_days: 14,
            smd_basic_next_months: 1,
            smd_stable_months: 3,
            tb_family_intensive_days: 10,
            tb_first_visit_hours: 72,
            elderly_by_birth_year: false,
            elderly_labs_2025: true,
            tcm_balanced_limits: (8, 10),
            pnc_rate_from: RateFrom::Discharge,
            pnc_latest_days: 56,
            pnc_extra_home_visit_day: None,
            child_extra_newborn_days: 7,
            disabled_severe_months: 3,
            disabled_other_months: 12,
            poverty_monitored_months: 6,
            poverty_relief_months: 12,
            vax_schedule: VaxSchedule::Auto,
            general_online_ok: false,
            month_early_days: 7,
            month_late_days: 7,
            routine_early_days: 14,
            routine_late_days: 14,
            enrol_first_due_months: 1,
            enrol_first_latest_months: 3,
            referral_again_days: 7,
            retry_routine_days: 7,
            retry_short_days: 3,
            retry_refused_days: 14,
            lost_attempts: 3,
            lost_trace_months: 1,
            shift_to_workday: false,
            key_include_k11: true,
            lead_days: 7,
            lead_days_annual: 30,
            lock_idle_minutes: 10,
            agreements: AgreementRules::default(),
            on_paper: OnPaper::default(),
        }
    }
}
