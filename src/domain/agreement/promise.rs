//! What the basic package promises each member: contract lines that follow from programmes and
//! groups (agreements §4.1, rules §2).
//!
//! How far a promise is kept is counted in [`super::fulfilment`].

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    coded::coded,
    package::{Package, PackageItem},
};
use crate::domain::{programmes::ProgrammeKind, task::TaskKind};

coded! {
    /// A service of the basic package.
    Service {
        1 RecordKept "健康档案更新" "health record kept up to date",
        2 Assessment "健康状况评估" "health assessment",
        3 Consultation "健康咨询" "consultation",
        4 Education "健康教育" "health education",
        5 Season "季节性健康信息" "season information",
        11 HtnVisits "高血压随访" "hypertension follow-up",
        12 HtnExam "高血压健康体检" "hypertension yearly check",
        13 DmVisits "糖尿病随访" "diabetes follow-up",
        14 DmExam "糖尿病健康体检" "diabetes yearly check",
        15 SmdVisits "严重精神障碍随访" "mental disorder follow-up",
        16 SmdExam "严重精神障碍健康体检" "mental disorder yearly check",
        17 TbVisits "肺结核随访" "tuberculosis follow-up",
        21 ElderlyExam "老年人健康体检" "yearly check 65+",
        22 ElderlyTcm "老年人中医体质辨识" "Chinese-medicine constitution",
        31 Antenatal "产前随访" "antenatal visits",
        32 Postnatal "产后访视和42天检查" "postnatal visits",
        41 ChildChecks "儿童健康检查" "child checks",
        42 ChildTcm "儿童中医调养指导" "Chinese-medicine advice for children",
        43 Vaccination "预防接种提醒" "vaccination reminders",
        51 DisabledVisits "残疾人随访" "disability visits",
        52 HouseholdVisits "脱贫(监测)户走访" "household visits",
        61 BloodPressure "测血压" "blood-pressure check",
    }
}

/// A promised service: of the basic package, or of a value-added one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    Basic(Service),
    Extra { package: String, name: String },
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Often {
    /// So many times in an agreement year, spread over it.
    Yearly(u32),
    /// At the times the programme's own schedule gives: ages, weeks of pregnancy, doses.
    Scheduled,
    /// Whenever it is wanted; nothing to count.
    AsNeeded,
}

/// Which contacts count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contact {
    FaceToFace,
    Any,
}

/// One contract line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub item: Item,
    pub often: Often,
    pub contact: Contact,
}

/// How often somebody is to be visited where the programme has degrees (rules §13, §14).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Degrees {
    /// Disability visits in a year.
    pub disabled: u32,
    /// Household visits in a year.
    pub household: u32,
}

impl Default for Degrees {
    /// Returns once a year, the lower degree of both.
    fn default() -> Self {
        Self {
            disabled: 1,
            household: 1,
        }
    }
}

const fn line(service: Service, often: Often, contact: Contact) -> (Service, Often, Contact) {
    (service, often, contact)
}

/// Returns the lines of the basic package for somebody in these programmes.
pub fn basic(programmes: &BTreeSet<ProgrammeKind>, degrees: Degrees) -> Vec<Line> {
    use Contact::{Any, FaceToFace};
    use Service as S;
    let everybody = [
        line(S::RecordKept, Often::AsNeeded, Any),
        line(S::Assessment, Often::Yearly(1), FaceToFace),
        line(S::Consultation, Often::AsNeeded, Any),
        line(S::Education, Often::AsNeeded, Any),
        line(S::Season, Often::AsNeeded, Any),
    ];
    let of_programmes = programmes
        .iter()
        .flat_map(|programme| of_programme(*programme, degrees));
    let lines = everybody.into_iter().chain(of_programmes);
    lines
        .map(|(service, often, contact)| Line {
            item: Item::Basic(service),
            often,
            contact,
        })
        .collect()
}

fn of_programme(programme: ProgrammeKind, degrees: Degrees) -> Vec<(Service, Often, Contact)> {
    use Contact::{Any, FaceToFace};
    use ProgrammeKind as P;
    use Service as S;
    let visits = |service, times| line(service, Often::Yearly(times), FaceToFace);
    let scheduled = |service| line(service, Often::Scheduled, FaceToFace);
    match programme {
        P::Htn => vec![visits(S::HtnVisits, 4), visits(S::HtnExam, 1)],
        P::Dm => vec![visits(S::DmVisits, 4), visits(S::DmExam, 1)],
        P::Smd => vec![
            line(S::SmdVisits, Often::Yearly(4), Any),
            visits(S::SmdExam, 1),
        ],
        P::Tb => vec![line(S::TbVisits, Often::Yearly(12), Any)],
        P::Elderly => vec![visits(S::ElderlyExam, 1)],
        P::TcmElderly => vec![visits(S::ElderlyTcm, 1)],
        P::Anc => vec![scheduled(S::Antenatal)],
        P::Pnc => vec![scheduled(S::Postnatal)],
        P::Child => vec![scheduled(S::ChildChecks)],
        P::TcmChild => vec![scheduled(S::ChildTcm)],
        P::Vax => vec![line(S::Vaccination, Often::Scheduled, Any)],
        P::Disabled => vec![visits(S::DisabledVisits, degrees.disabled)],
        P::Poverty => vec![visits(S::HouseholdVisits, degrees.household)],
        P::Screen35 => vec![visits(S::BloodPressure, 1)],
        // Its one service is everybody's assessment; what the consulting room looks after
        // (referrals, long prescriptions) is promised to nobody by number.
        P::General | P::Outpatient => Vec::new(),
    }
}

/// Returns the lines of a value-added package.
pub fn extra(package: &Package) -> Vec<Line> {
    let line = |item: &PackageItem| Line {
        item: Item::Extra {
            package: package.code.clone(),
            name: item.name.clone(),
        },
        often: Often::Yearly(item.times),
        contact: Contact::Any,
    };
    package.items.iter().map(line).collect()
}

impl Service {
    /// Says whether a completed task of this kind is such a service. A whole yearly check stands
    /// for the assessment, too (N2).
    pub const fn counts(self, task: TaskKind) -> bool {
        use TaskKind as T;
        match self {
            Self::RecordKept | Self::Consultation | Self::Education | Self::Season => false,
            Self::Assessment => matches!(
                task,
                T::GeneralAssess | T::ElderlyExam | T::HtnExam | T::DmExam | T::SmdExam
            ),
            Self::HtnVisits => matches!(task, T::HtnVisit),
            Self::HtnExam => matches!(task, T::HtnExam),
            Self::DmVisits => matches!(task, T::DmVisit),
            Self::DmExam => matches!(task, T::DmExam),
            Self::SmdVisits => matches!(task, T::SmdVisit),
            Self::SmdExam => matches!(task, T::SmdExam),
            Self::TbVisits => matches!(task, T::TbFirstVisit | T::TbVisit),
            Self::ElderlyExam => matches!(task, T::ElderlyExam),
            Self::ElderlyTcm => matches!(task, T::TcmAssess),
            Self::Antenatal => matches!(task, T::Antenatal(_)),
            Self::Postnatal => matches!(task, T::PostnatalVisit | T::PostnatalCheck),
            Self::ChildChecks => matches!(task, T::NewbornVisit | T::Child(_)),
            Self::ChildTcm => matches!(task, T::TcmChild(_)),
            Self::Vaccination => matches!(task, T::Vaccination(_)),
            Self::DisabledVisits => matches!(task, T::DisabledVisit),
            Self::HouseholdVisits => matches!(task, T::HouseholdVisit),
            Self::BloodPressure => matches!(task, T::BpScreen),
        }
    }
}
