//! The clinic's settings that agreements read (agreements §14), and the numbers that are fixed.
//!
//! Where they are kept and who may change them is not known here.

use super::money::Fen;
use crate::domain::{
    day::{Day, plus_days},
    value::Decimal,
};

/// How far ahead of the last signature an agreement may begin, days (§3).
pub const START_AHEAD_DAYS: i64 = 31;
/// Missed days above which the roll waits for today's date to be confirmed (§9).
pub const HELD_BACK_DAYS: i64 = 31;
/// Days after the end within which an automatic renewal is to be confirmed (§9).
pub const UNCONFIRMED_DAYS: i64 = 31;
/// The share of a cap, in percent, from which W-CAP-NEAR is shown (§6).
pub const NEAR_PERCENT: usize = 90;
/// Full years from which a person consents for himself (§5.2).
pub const ADULT_YEARS: u32 = 18;
/// Original copies of one agreement; all beyond are reprints (§7).
pub const ORIGINALS: u32 = 2;

/// Among whom a doctor is exclusive (§2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Exclusive {
    /// All covered members of one household have one doctor and one team.
    #[default]
    Household,
    /// Only: nobody is covered twice.
    Person,
}

/// What becomes of a signing above a doctor's cap (`cap.hard`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HardCap {
    /// It goes on with a reason and another person's approval.
    #[default]
    Override,
    /// It never goes on.
    Never,
}

/// Whether an agreement nobody cancels goes on by itself (`auto_renew`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AutoRenew {
    #[default]
    On,
    Off,
}

/// Who may be 甲方 (`doctor_individual_signing`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Individual {
    /// A doctor may sign as an individual.
    #[default]
    Allowed,
    /// Only the institution signs.
    Forbidden,
}

/// Everything agreements may be set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementRules {
    /// `exclusive_unit`
    pub exclusive: Exclusive,
    /// `term.key`: years allowed to key populations
    pub term_key: Vec<u32>,
    /// `term.general`: years allowed to everybody else
    pub term_general: Vec<u32>,
    /// `term.default`, years
    pub term_default: u32,
    /// `auto_renew`
    pub auto_renew: AutoRenew,
    /// `renew_contact_days` before the end
    pub renew_contact_days: u32,
    /// `expiring_days` before the end
    pub expiring_days: u32,
    /// `cap.gp.persons`
    pub cap_gp_persons: usize,
    /// `cap.village.persons`
    pub cap_village_persons: usize,
    /// `cap.village.households`
    pub cap_village_households: usize,
    /// `cap.village.households_low`: below it is worth a word
    pub cap_village_households_low: usize,
    /// `cap.hard`
    pub cap_hard: HardCap,
    /// `consent.rep_confirm_days`
    pub confirm_days: u32,
    /// `sign.max_backdate_days`
    pub max_backdate_days: u32,
    /// `fund.per_person_year`
    pub fund: Fen,
    /// `doctor_individual_signing`
    pub individual: Individual,
    /// `key.include_k11`
    pub include_k11: bool,
}

impl Default for AgreementRules {
    /// Returns the defaults of §14.
    fn default() -> Self {
        Self {
            exclusive: Exclusive::Household,
            term_key: vec![1, 2, 3],
            term_general: vec![1, 2, 3],
            term_default: 1,
            auto_renew: AutoRenew::On,
            renew_contact_days: 60,
            expiring_days: 30,
            cap_gp_persons: 2000,
            cap_village_persons: 1000,
            cap_village_households: 300,
            cap_village_households_low: 200,
            cap_hard: HardCap::Override,
            confirm_days: 30,
            max_backdate_days: 90,
            fund: Fen(500),
            individual: Individual::Allowed,
            include_k11: true,
        }
    }
}

impl AgreementRules {
    /// Returns the last day on which a consent of that day counts without the person's own word.
    pub fn provisional_until(&self, since: Day) -> Day {
        plus_days(since, i64::from(self.confirm_days))
    }

    /// Puts the numbers of one setting in place; `None` for a key agreements do not read. Words
    /// are told by their numbers, 0 for the first.
    pub fn set(&mut self, key: &str, numbers: &[Decimal]) -> Option<()> {
        let whole = |number: &Decimal| u32::try_from(number.thousandths() / 1000).ok();
        let count = || numbers.first().and_then(whole);
        let size = || count().and_then(|count| usize::try_from(count).ok());
        let years = || numbers.iter().map(whole).collect::<Option<Vec<u32>>>();
        match key {
            "exclusive_unit" => {
                self.exclusive = match count()? {
                    1 => Exclusive::Person,
                    _ => Exclusive::Household,
                }
            }
            "term.key" => self.term_key = years()?,
            "term.general" => self.term_general = years()?,
            "term.default" => self.term_default = count()?,
            "auto_renew" => {
                self.auto_renew = match count()? {
                    1 => AutoRenew::On,
                    _ => AutoRenew::Off,
                }
            }
            "renew_contact_days" => self.renew_contact_days = count()?,
            "expiring_days" => self.expiring_days = count()?,
            "cap.gp.persons" => self.cap_gp_persons = size()?,
            "cap.village.persons" => self.cap_village_persons = size()?,
            "cap.village.households" => self.cap_village_households = size()?,
            "cap.village.households_low" => self.cap_village_households_low = size()?,
            "cap.hard" => {
                self.cap_hard = match count()? {
                    1 => HardCap::Never,
                    _ => HardCap::Override,
                }
            }
            "consent.rep_confirm_days" => self.confirm_days = count()?,
            "sign.max_backdate_days" => self.max_backdate_days = count()?,
            "fund.per_person_year" => self.fund = Fen(numbers.first()?.thousandths() / 10),
            "doctor_individual_signing" => {
                self.individual = match count()? {
                    1 => Individual::Allowed,
                    _ => Individual::Forbidden,
                }
            }
            _ => return None,
        }
        Some(())
    }
}
