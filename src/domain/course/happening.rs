//! What can be recorded about one person's follow-up, as facts.
//!
//! Field and variant names are the format of the journal: they never change. A happening
//! carries no outcome; that is the decision beside it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use super::end_reason::EndReason;
use super::{LastSeen, ProgrammeStatus, TargetValue, finding::Finding};
use crate::domain::{
    day::Day,
    id::PersonId,
    programmes::{Class, Facts, ProgrammeKind, screen35::RiskFactor},
    proposal::Ground,
    settings::Pressure,
    task::{Mode, Task, TaskKind},
    text::Text,
    value::Decimal,
};

/// One recorded fact; the day it happened on stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// Taken into a programme.
    Enrolled(Enrolled),
    /// Visited: one or more forms filled in.
    Visited(Visited),
    /// An open referral was asked after, without measurements.
    ReferralChecked { result: ReferralResult, mode: Mode },
    /// An attempt reached nobody. `kinds`: the tasks of the row; empty for all.
    NotReached {
        kinds: BTreeSet<TaskKind>,
        /// Known already: decides the reason when this attempt makes the person lost.
        reason: Option<LostReason>,
        /// How it failed, where told; the rules count both alike (§16).
        #[serde(default)]
        missed: Option<Missed>,
    },
    /// Refused this visit.
    RefusedVisit { kinds: BTreeSet<TaskKind> },
    /// Refused the programme in writing.
    RefusedProgramme { programme: ProgrammeKind },
    /// Followed up elsewhere.
    DoneElsewhere(DoneElsewhere),
    /// History brought in from before the clinic used this program.
    BroughtIn {
        programme: ProgrammeKind,
        last_visit: LastVisit,
    },
    /// Left one programme, or everything (`programme` absent).
    Left {
        programme: Option<ProgrammeKind>,
        why: EndReason,
    },
    /// Moved back after moving away.
    Returned,
    /// Known to be lost without a third attempt.
    Lost {
        programme: ProgrammeKind,
        reason: LostReason,
    },
    /// The doctor set an individual target, or took it back (`target` absent).
    TargetSet {
        programme: ProgrammeKind,
        target: Option<TargetValue>,
    },
    /// A pressure was measured outside any follow-up form.
    PressureScreened(PressureScreened),
    /// A proposed entry was declined; proposed again when its ground changes.
    Declined(Declined),
    /// A programme of the household goes on with this person, as it stood.
    TakenOver(Box<TakenOver>),
}

impl Happening {
    /// Returns how the clinic and the person met or spoke, where they did.
    pub const fn mode(&self) -> Option<Mode> {
        match self {
            Self::Visited(visited) => Some(visited.mode),
            Self::ReferralChecked { mode, .. } => Some(*mode),
            Self::PressureScreened(_)
            | Self::Enrolled(_)
            | Self::NotReached { .. }
            | Self::RefusedVisit { .. }
            | Self::RefusedProgramme { .. }
            | Self::DoneElsewhere(_)
            | Self::BroughtIn { .. }
            | Self::Left { .. }
            | Self::Lost { .. }
            | Self::Returned
            | Self::TargetSet { .. }
            | Self::Declined(_)
            | Self::TakenOver(_) => None,
        }
    }

    /// Says whether nobody was reached: an attempt in vain, or a referral asked after in vain.
    pub const fn reached_nobody(&self) -> bool {
        matches!(
            self,
            Self::NotReached { .. }
                | Self::ReferralChecked {
                    result: ReferralResult::Unreachable,
                    ..
                }
        )
    }

    /// Returns what was measured, where anything was.
    pub fn measured(&self) -> Option<Measured> {
        match self {
            Self::Visited(visited) => Some(visited.measured.clone()),
            Self::DoneElsewhere(done) => Some(done.measured.clone()),
            Self::BroughtIn { last_visit, .. } => Some(last_visit.measured.clone()),
            Self::PressureScreened(screened) => Some(Measured {
                sbp: Some(screened.pressure.sbp),
                dbp: Some(screened.pressure.dbp),
                ..Measured::default()
            }),
            Self::Enrolled(_)
            | Self::ReferralChecked { .. }
            | Self::NotReached { .. }
            | Self::RefusedVisit { .. }
            | Self::RefusedProgramme { .. }
            | Self::Left { .. }
            | Self::Lost { .. }
            | Self::Returned
            | Self::TargetSet { .. }
            | Self::Declined(_)
            | Self::TakenOver(_) => None,
        }
    }
}

/// A proposed entry that was declined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declined {
    pub programmes: BTreeSet<ProgrammeKind>,
    /// What had been put forward for it.
    pub ground: Ground,
    pub reason: String,
}

/// A programme kept with one person for the household, handed on as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenOver {
    pub programme: ProgrammeKind,
    /// Whom it was kept with before.
    pub from: PersonId,
    /// The day the household was entered.
    pub entered: Day,
    pub status: ProgrammeStatus,
    #[serde(default)]
    pub slot: Option<Task>,
    #[serde(default)]
    pub attempts: u32,
    #[serde(default)]
    pub last: Option<LastSeen>,
    #[serde(default)]
    pub facts: Facts,
}

/// How an attempt failed to reach anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missed {
    /// 不在家
    NotHome,
    /// 电话没人接
    NoAnswer,
}

/// Taken into a programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    pub programme: ProgrammeKind,
    /// The last follow-up before enrolment, where known.
    pub last_visit: Option<LastVisit>,
    /// Why someone below the entry age is followed up all the same.
    pub under_age_reason: Option<String>,
    /// What the programme must know: a birth, a pregnancy, a notice.
    #[serde(default)]
    pub facts: Facts,
}

impl Enrolled {
    /// Returns an entry of which nothing more is known.
    pub const fn in_programme(programme: ProgrammeKind) -> Self {
        Self {
            programme,
            last_visit: None,
            under_age_reason: None,
            facts: Facts::Nothing,
        }
    }
}

/// A follow-up known only by its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastVisit {
    pub day: Day,
    pub measured: Measured,
}

/// A visit of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visited {
    pub mode: Mode,
    pub measured: Measured,
    pub pregnant: bool,
    pub lactating: bool,
    /// The forms filled in, by programme.
    pub forms: BTreeMap<ProgrammeKind, FormFacts>,
    /// What became of an open referral, if the visit asked.
    pub referral_result: Option<ReferralResult>,
    /// What the other forms found, in their order.
    #[serde(default)]
    pub findings: Vec<Finding>,
    /// The doctor's own next dates for programmes with findings.
    #[serde(default)]
    pub next: BTreeMap<ProgrammeKind, DoctorsDate>,
}

impl Visited {
    /// Says whether a form of the programme was filled in.
    pub fn concerns(&self, programme: ProgrammeKind) -> bool {
        let found = |finding: &Finding| finding.programme() == Some(programme);
        self.forms.contains_key(&programme) || self.findings.iter().any(found)
    }
}

/// What was measured or reported, once for all forms of the visit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Measured {
    /// mmHg
    pub sbp: Option<u32>,
    /// mmHg
    pub dbp: Option<u32>,
    /// Fasting glucose, mmol/L.
    pub fbg: Option<Decimal>,
    /// Random glucose, mmol/L.
    pub rbg: Option<Decimal>,
    /// °C
    pub temp: Option<Decimal>,
    /// A minute.
    pub heart_rate: Option<u32>,
    /// 持续性心动过速
    pub hr_sustained: bool,
}

impl Measured {
    /// Returns the pressure if both values are known.
    pub const fn pressure(&self) -> Option<Pressure> {
        match (self.sbp, self.dbp) {
            (Some(sbp), Some(dbp)) => Some(Pressure::new(sbp, dbp)),
            _ => None,
        }
    }
}

/// What one programme's form says beyond the measurements.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FormFacts {
    /// Confirmed danger signs by key; any one is urgent.
    pub danger: BTreeSet<String>,
    /// 药物不良反应 2有
    pub adr: bool,
    /// 不良反应难以控制
    pub adr_hard: bool,
    /// 新发或加重并发症
    pub compl: bool,
    pub hypo: Option<Hypoglycaemia>,
    /// The doctor's own class, with the reason.
    pub class: Option<DoctorsClass>,
    /// The doctor's own next date.
    pub next: Option<DoctorsDate>,
}

/// A class the doctor chose over the proposed one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoctorsClass {
    pub class: Class,
    pub reason: String,
}

/// A next date the doctor chose inside the window; later than due needs a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoctorsDate {
    pub day: Day,
    pub reason: Option<String>,
}

/// 低血糖反应 1无 2偶尔 3频繁.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hypoglycaemia {
    None,
    Occasional,
    Frequent,
}

/// What became of a referral (rules §15, codes 1–4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferralResult {
    /// 1 已就诊取得方案
    Attended,
    /// 2 住院中
    InHospital,
    /// 3 未就诊
    NotAttended,
    /// 4 联系不上
    Unreachable,
}

impl ReferralResult {
    /// Returns the result of its code.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "1" => Some(Self::Attended),
            "2" => Some(Self::InHospital),
            "3" => Some(Self::NotAttended),
            "4" => Some(Self::Unreachable),
            _ => None,
        }
    }

    /// Returns the words.
    pub const fn text(self) -> Text {
        match self {
            Self::Attended => Text {
                zh: "已就诊取得方案",
                en: "Attended, has a plan",
            },
            Self::InHospital => Text {
                zh: "住院中",
                en: "In hospital",
            },
            Self::NotAttended => Text {
                zh: "未就诊",
                en: "Did not attend",
            },
            Self::Unreachable => Text {
                zh: "联系不上",
                en: "Could not be reached",
            },
        }
    }
}

/// Followed up elsewhere (U6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoneElsewhere {
    pub programme: ProgrammeKind,
    /// The day it was done, not the day we heard of it.
    pub visit_day: Day,
    pub place: String,
    pub evidence: Evidence,
    pub measured: Measured,
}

/// How we know of a follow-up elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    Paper,
    Message,
    ResidentsWord,
}

/// A pressure measured outside any follow-up form (HS1–HS4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PressureScreened {
    pub pressure: Pressure,
    /// The lasting risk factors known now; they replace what was known before.
    pub risk: Option<BTreeSet<RiskFactor>>,
    /// HS4: secondary hypertension is suspected.
    pub secondary_suspected: bool,
}

/// Why someone is lost to follow-up (U3, printed codes 1–5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LostReason {
    /// 1 外出务工
    WorkingAway,
    /// 2 迁居他处
    MovedElsewhere,
    /// 3 走失
    Strayed,
    /// 4 连续3次未访到
    NotReachedThreeTimes,
    /// 5 其他
    Other,
}
