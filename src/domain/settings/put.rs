//! Each setting's place: its numbers, or its text, go where the rules read them.
//!
//! Whether a value is allowed was checked before.

use super::{Pressure, RateFrom, Settings, VaxSchedule, written::number};
use crate::domain::value::Decimal;

impl Settings {
    /// Puts a value that was checked before in place; a key no rule reads, or a text that
    /// is no value of it, changes nothing.
    pub fn put(&mut self, key: &str, text: &str) {
        if self.on_paper.set(key, text).is_some() {
            return;
        }
        let numbers: Option<Vec<Decimal>> = text
            .split(['/', ','])
            .map(|part| number(part.trim()))
            .collect();
        if let Some(numbers) = numbers {
            self.set(key, &numbers);
        }
    }

    /// Puts the numbers of one key in place; `None` for a key no rule reads.
    pub(super) fn set(&mut self, key: &str, numbers: &[Decimal]) -> Option<()> {
        let count = |place: usize| {
            let number = numbers.get(place)?;
            u32::try_from(number.thousandths() / 1000).ok()
        };
        let pressure = || Some(Pressure::new(count(0)?, count(1)?));
        match key {
            "htn.target" => self.htn_target = pressure()?,
            "htn.target_elderly" => self.htn_target_elderly = pressure()?,
            "htn.elderly_age" => self.htn_elderly_age = count(0)?,
            "htn.routine_months" => self.htn_routine_months = count(0)?,
            "htn.unsat_days" => self.htn_unsat_days = count(0)?,
            "dm.fbg_target" => self.dm_fbg_target = *numbers.first()?,
            "dm.routine_months" => self.dm_routine_months = count(0)?,
            "dm.unsat_days" => self.dm_unsat_days = count(0)?,
            "smd.basic_first_days" => self.smd_basic_first_days = count(0)?,
            "smd.basic_next_months" => self.smd_basic_next_months = count(0)?,
            "smd.stable_months" => self.smd_stable_months = count(0)?,
            "tb.family_intensive_days" => self.tb_family_intensive_days = count(0)?,
            "tb.first_visit_hours" => self.tb_first_visit_hours = count(0)?,
            "elderly.by_birth_year" => self.elderly_by_birth_year = count(0)? == 1,
            "elderly.labs_2025" => self.elderly_labs_2025 = count(0)? == 1,
            "tcm.balanced_limits" => self.tcm_balanced_limits = (count(0)?, count(1)?),
            "pnc.rate_from" => {
                self.pnc_rate_from = match count(0)? {
                    1 => RateFrom::Delivery,
                    _ => RateFrom::Discharge,
                }
            }
            "shift_to_workday" => self.shift_to_workday = count(0)? == 1,
            "key.include_k11" => self.key_include_k11 = count(0)? == 1,
            "pnc.latest_days" => self.pnc_latest_days = count(0)?,
            "pnc.extra_home_visit_day" => {
                self.pnc_extra_home_visit_day = Some(count(0)?).filter(|day| *day != 0);
            }
            "child.extra_newborn_days" => self.child_extra_newborn_days = count(0)?,
            "disabled.severe_months" => self.disabled_severe_months = count(0)?,
            "disabled.other_months" => self.disabled_other_months = count(0)?,
            "poverty.monitored_months" => self.poverty_monitored_months = count(0)?,
            "poverty.relief_months" => self.poverty_relief_months = count(0)?,
            "vax.schedule" => {
                self.vax_schedule = match count(0)? {
                    2021 => VaxSchedule::Nip2021,
                    2025 => VaxSchedule::Nip2025,
                    2026 => VaxSchedule::Nip2026,
                    _ => VaxSchedule::Auto,
                }
            }
            "general.online_ok" => self.general_online_ok = count(0)? == 1,
            "month.early_days" => self.month_early_days = count(0)?,
            "month.late_days" => self.month_late_days = count(0)?,
            "preg.pressure" => self.preg_pressure = pressure()?,
            "preg.fbg" => self.preg_fbg = *numbers.first()?,
            "lact.fbg" => self.lact_fbg = *numbers.first()?,
            "routine.early_days" => self.routine_early_days = count(0)?,
            "routine.late_days" => self.routine_late_days = count(0)?,
            "enrol.first_months" => {
                self.enrol_first_due_months = count(0)?;
                self.enrol_first_latest_months = count(1)?;
            }
            "referral.again_days" => self.referral_again_days = count(0)?,
            "retry.routine_days" => self.retry_routine_days = count(0)?,
            "retry.short_days" => self.retry_short_days = count(0)?,
            "retry.refused_days" => self.retry_refused_days = count(0)?,
            "lost.attempts" => self.lost_attempts = count(0)?,
            "lost.trace_months" => self.lost_trace_months = count(0)?,
            "lead_days" => self.lead_days = count(0)?,
            "lock.idle_minutes" => self.lock_idle_minutes = count(0)?,
            "lead_days_annual" => self.lead_days_annual = count(0)?,
            _ => self.agreements.set(key, numbers)?,
        }
        Some(())
    }
}
