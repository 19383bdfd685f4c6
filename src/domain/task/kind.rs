//! What kind of thing is to be done: the stable keys of the rules document and the names
//! on a row.
//!
//! Which dates a kind gets is its programme's; which form it is done on is `visit`'s.

use std::{cmp::Ordering, fmt, sync::LazyLock};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};

use crate::domain::{
    programmes::{ProgrammeKind, anc::Time, child::Age, vax::Dose},
    text::Text,
};

/// What kind of thing is to be done. It is stored and ordered by its stable key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaskKind {
    Antenatal(Time),
    BpScreen,
    Child(Age),
    DisabledVisit,
    DmExam,
    DmVisit,
    ElderlyExam,
    ElderlyRecheck,
    GeneralAssess,
    HouseholdVisit,
    HtnExam,
    HtnVisit,
    NewbornExtra,
    NewbornVisit,
    PostnatalCheck,
    PostnatalVisit,
    PrescriptionReview,
    ReferralCheck,
    SmdExam,
    SmdVisit,
    TbFirstVisit,
    TbVisit,
    TcmAssess,
    TcmChild(Age),
    Trace,
    Vaccination(Dose),
}

/// The kinds that stand alone; those of an age, a time or a dose come in families.
const SINGLE: &[TaskKind] = &[
    TaskKind::BpScreen,
    TaskKind::DisabledVisit,
    TaskKind::DmExam,
    TaskKind::DmVisit,
    TaskKind::ElderlyExam,
    TaskKind::ElderlyRecheck,
    TaskKind::GeneralAssess,
    TaskKind::HouseholdVisit,
    TaskKind::HtnExam,
    TaskKind::HtnVisit,
    TaskKind::NewbornExtra,
    TaskKind::NewbornVisit,
    TaskKind::PostnatalCheck,
    TaskKind::PostnatalVisit,
    TaskKind::PrescriptionReview,
    TaskKind::ReferralCheck,
    TaskKind::SmdExam,
    TaskKind::SmdVisit,
    TaskKind::TbFirstVisit,
    TaskKind::TbVisit,
    TaskKind::TcmAssess,
    TaskKind::Trace,
];

/// Every kind, by its key.
static BY_KEY: LazyLock<Vec<TaskKind>> = LazyLock::new(|| {
    let mut all: Vec<TaskKind> = TaskKind::all().collect();
    all.sort_unstable();
    all
});

impl TaskKind {
    /// Returns every kind.
    pub fn all() -> impl Iterator<Item = Self> {
        let ages = Age::ALL.iter().map(|age| Self::Child(*age));
        let tcm = Age::ALL.iter().filter(|age| age.has_tcm());
        SINGLE
            .iter()
            .copied()
            .chain(Time::ALL.iter().map(|time| Self::Antenatal(*time)))
            .chain(ages)
            .chain(tcm.map(|age| Self::TcmChild(*age)))
            .chain(Dose::ALL.iter().map(|dose| Self::Vaccination(*dose)))
    }

    /// Returns the kind of a stable key.
    pub fn from_key(key: &str) -> Option<Self> {
        let at = BY_KEY.binary_search_by_key(&key, |kind| kind.key()).ok()?;
        BY_KEY.get(at).copied()
    }

    /// Returns its place among all kinds by key: for derived rows alone, as another kind moves
    /// those behind it.
    pub fn number(self) -> u8 {
        let at = BY_KEY.binary_search(&self).ok();
        at.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
    }

    /// Returns the kind of a number.
    pub fn from_number(number: u8) -> Option<Self> {
        BY_KEY.get(usize::from(number)).copied()
    }

    /// Returns the stable key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Antenatal(time) => time.task_key(),
            Self::BpScreen => "bp_screen",
            Self::Child(age) => age.task_key(),
            Self::DisabledVisit => "disabled_visit",
            Self::DmExam => "dm_exam",
            Self::DmVisit => "dm_visit",
            Self::ElderlyExam => "elderly_exam",
            Self::ElderlyRecheck => "elderly_recheck",
            Self::GeneralAssess => "general_assess",
            Self::HouseholdVisit => "household_visit",
            Self::HtnExam => "htn_exam",
            Self::HtnVisit => "htn_visit",
            Self::NewbornExtra => "nb_visit_extra",
            Self::NewbornVisit => "nb_visit",
            Self::PostnatalCheck => "pnc_42",
            Self::PostnatalVisit => "pnc_visit",
            Self::PrescriptionReview => "rx_review",
            Self::ReferralCheck => "referral_check",
            Self::SmdExam => "smd_exam",
            Self::SmdVisit => "smd_visit",
            Self::TbFirstVisit => "tb_first_visit",
            Self::TbVisit => "tb_visit",
            Self::TcmAssess => "tcm_assess",
            Self::TcmChild(age) => age.tcm_key(),
            Self::Trace => "trace",
            Self::Vaccination(dose) => dose.task_key(),
        }
    }

    /// Returns the programme whose work it is; none for what serves several.
    pub const fn programme(self) -> Option<ProgrammeKind> {
        Some(match self {
            Self::Antenatal(_) => ProgrammeKind::Anc,
            Self::BpScreen => ProgrammeKind::Screen35,
            Self::Child(_) | Self::NewbornExtra | Self::NewbornVisit => ProgrammeKind::Child,
            Self::DisabledVisit => ProgrammeKind::Disabled,
            Self::DmExam | Self::DmVisit => ProgrammeKind::Dm,
            Self::ElderlyExam | Self::ElderlyRecheck => ProgrammeKind::Elderly,
            Self::GeneralAssess => ProgrammeKind::General,
            Self::HouseholdVisit => ProgrammeKind::Poverty,
            Self::HtnExam | Self::HtnVisit => ProgrammeKind::Htn,
            Self::PostnatalCheck | Self::PostnatalVisit => ProgrammeKind::Pnc,
            Self::PrescriptionReview => ProgrammeKind::Outpatient,
            Self::SmdExam | Self::SmdVisit => ProgrammeKind::Smd,
            Self::TbFirstVisit | Self::TbVisit => ProgrammeKind::Tb,
            Self::TcmAssess => ProgrammeKind::TcmElderly,
            Self::TcmChild(_) => ProgrammeKind::TcmChild,
            Self::Vaccination(_) => ProgrammeKind::Vax,
            Self::ReferralCheck | Self::Trace => return None,
        })
    }

    /// Returns the few words of a row: yearly checks of several programmes are one.
    pub const fn brief(self) -> Text {
        match self {
            Self::HtnExam | Self::DmExam | Self::SmdExam | Self::ElderlyExam => {
                text("体检", "Check")
            }
            Self::TcmAssess => text("体质", "TCM"),
            Self::GeneralAssess => text("评估", "Assess"),
            Self::Antenatal(_)
            | Self::BpScreen
            | Self::Child(_)
            | Self::DisabledVisit
            | Self::DmVisit
            | Self::ElderlyRecheck
            | Self::HouseholdVisit
            | Self::HtnVisit
            | Self::NewbornExtra
            | Self::NewbornVisit
            | Self::PostnatalCheck
            | Self::PostnatalVisit
            | Self::PrescriptionReview
            | Self::ReferralCheck
            | Self::SmdVisit
            | Self::TbFirstVisit
            | Self::TbVisit
            | Self::TcmChild(_)
            | Self::Trace
            | Self::Vaccination(_) => self.name(),
        }
    }

    /// Returns the whole name.
    pub const fn name(self) -> Text {
        match self {
            Self::Antenatal(time) => time.name(),
            Self::Child(age) => age.check_name(),
            Self::TcmChild(age) => age.tcm_name(),
            Self::Vaccination(dose) => dose.name(),
            Self::BpScreen => text("测血压", "BP check"),
            Self::DisabledVisit => text("残疾人随访", "Disability visit"),
            Self::DmExam => text("糖尿病体检", "Diabetes yearly check"),
            Self::DmVisit => text("糖尿病", "Diabetes"),
            Self::ElderlyExam => text("老年人体检", "Yearly check 65+"),
            Self::ElderlyRecheck => text("体检复查", "Recheck"),
            Self::GeneralAssess => text("年度评估", "Yearly assessment"),
            Self::HouseholdVisit => text("入户走访", "Household visit"),
            Self::HtnExam => text("高血压体检", "Hypertension yearly check"),
            Self::HtnVisit => text("高血压", "Hypertension"),
            Self::NewbornExtra => text("新生儿加访", "Extra newborn"),
            Self::NewbornVisit => text("新生儿访视", "Newborn visit"),
            Self::PostnatalCheck => text("产后42天", "42-day check"),
            Self::PostnatalVisit => text("产后访视", "Postnatal visit"),
            Self::PrescriptionReview => text("长期处方", "Prescription"),
            Self::ReferralCheck => text("转诊核实", "Referral"),
            Self::SmdExam => text("精神障碍体检", "Mental yearly check"),
            Self::SmdVisit => text("精神障碍", "Mental disorder"),
            Self::TbFirstVisit => text("肺结核首访", "TB first visit"),
            Self::TbVisit => text("肺结核", "Tuberculosis"),
            Self::TcmAssess => text("中医体质", "TCM constitution"),
            Self::Trace => text("失访追访", "Tracing"),
        }
    }
}

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

impl PartialOrd for TaskKind {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TaskKind {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(other.key())
    }
}

impl Serialize for TaskKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for TaskKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(ByKey)
    }
}

/// Reads a kind by its key.
struct ByKey;

impl Visitor<'_> for ByKey {
    type Value = TaskKind;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("the key of a task")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<TaskKind, E> {
        TaskKind::from_key(key).ok_or_else(|| E::custom(format!("no task is called {key}")))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_kind_has_a_key_of_its_own_and_is_stored_by_it() {
        let keys: BTreeSet<&str> = TaskKind::all().map(TaskKind::key).collect();
        assert_eq!(keys.len(), TaskKind::all().count());
        for kind in TaskKind::all() {
            let stored = serde_json::to_string(&kind).unwrap();
            assert_eq!(stored, format!("\"{}\"", kind.key()));
            assert_eq!(serde_json::from_str::<TaskKind>(&stored).unwrap(), kind);
            assert_eq!(TaskKind::from_number(kind.number()), Some(kind));
        }
    }
}
