//! What stands on an agreement once both sides signed: members, term, fees, notice, end.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    approval::Approval,
    cap::CapOverride,
    coded::coded,
    consent::{Consent, ConsentKind},
    contract::Contents,
    money::{FeeLine, Refund},
    promise::Line,
    rules::AgreementRules,
    state::State,
    term::{Span, Term},
};
use crate::domain::{
    day::Day,
    id::{AgreementId, DoctorId, HouseholdId, PersonId, StaffId},
};

coded! {
    /// Where it was signed.
    Place {
        1 Home "入户" "home",
        2 Clinic "门诊" "clinic",
        3 Online "线上" "online",
    }
}

coded! {
    /// What was carried to a home signing.
    Equipment {
        1 Stethoscope "听诊器" "stethoscope",
        2 BloodPressure "血压计" "blood-pressure meter",
        3 Glucose "血糖仪" "glucose meter",
        4 Scales "体重计" "scales",
    }
}

coded! {
    /// What was done while signing (同时完成).
    AlsoDone {
        1 FollowedUp "随访" "follow-up",
        2 RecordOpened "建档" "health record opened",
        3 RecordUpdated "家庭档案已更新" "family folder updated",
    }
}

coded! {
    /// Why somebody ends an agreement.
    NoticeReason {
        1 Moving "搬迁" "moving",
        2 Dissatisfied "服务不满意" "not satisfied",
        3 OtherDoctor "换医生" "other doctor",
        4 Fees "费用" "fees",
        5 Other "其他" "other",
    }
}

coded! {
    /// How notice reached the clinic.
    NoticeWay {
        1 InPerson "当面" "in person",
        2 Phone "电话" "phone",
        3 Written "书面" "in writing",
        4 Online "线上" "online",
    }
}

coded! {
    /// What was found when an agreement is made void.
    VoidFinding {
        1 NotAgreed "被签约" "signed without the resident",
        2 EntryError "录入错误" "entry error",
    }
}

/// How 甲方 or 乙方 signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    pub name: String,
    /// Where it was signed by staff with an account.
    pub staff: Option<StaffId>,
    #[serde(with = "crate::domain::written_day")]
    pub on: Day,
}

/// How the representative signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepresentativeSignature {
    pub kind: ConsentKind,
    #[serde(with = "crate::domain::written_day")]
    pub on: Day,
    pub evidence: String,
    pub taken_by: StaffId,
}

/// All that is taken down when both sides sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signing {
    pub consents: Vec<Consent>,
    pub representative: Option<RepresentativeSignature>,
    /// 甲方's signature.
    pub clinic: Option<Signature>,
    /// A first day agreed upon, later than the last signature.
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub start: Option<Day>,
    /// The wall clock in China, `HH:MM`, where told.
    pub time: String,
    pub place: Place,
    pub equipment: BTreeSet<Equipment>,
    pub also_done: BTreeSet<AlsoDone>,
    pub above_cap: Option<CapOverride>,
    /// Why it is dated into a month whose report was sent.
    pub late_reason: String,
}

impl Signing {
    /// Returns the day of the last signature.
    pub fn on(&self) -> Option<Day> {
        let consents = self.consents.iter().map(|consent| consent.on);
        let representative = self.representative.iter().map(|signature| signature.on);
        let clinic = self.clinic.iter().map(|signature| signature.on);
        consents.chain(representative).chain(clinic).max()
    }
}

/// Why a member is covered no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaveReason {
    Died,
    MovedOut {
        to: String,
    },
    /// To another household of the clinic: he goes on as a member of that one.
    OtherHousehold {
        to: HouseholdId,
    },
    /// The record was opened twice; the other one goes on.
    RecordedTwice,
    OptsOut {
        signature: Box<Consent>,
    },
}

/// A member's leaving.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    #[serde(with = "crate::domain::written_day")]
    pub last_day: Day,
    pub reason: LeaveReason,
    pub refunds: Vec<Refund>,
}

/// A covered member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub person: PersonId,
    #[serde(with = "crate::domain::written_day")]
    pub from: Day,
    pub left: Option<Left>,
    pub consent: Consent,
    /// The member's own word after a provisional consent.
    pub confirmed: Option<Consent>,
    /// The contract lines, as promised when signed.
    pub promise: Vec<Line>,
    /// Codes of value-added packages.
    pub extras: Vec<String>,
    /// The supplement page the member stands on; 0 for the agreement itself.
    pub page: u32,
    pub incapable: String,
}

impl Member {
    /// Says whether consent still waits for the member's own word.
    pub fn is_unconfirmed(&self) -> bool {
        self.consent.is_provisional() && self.confirmed.is_none()
    }

    /// Says whether the member counts in the signing rate on the day (§5.3).
    pub fn counts_on(&self, day: Day, rules: &AgreementRules) -> bool {
        !self.is_unconfirmed() || day <= self.consent.counts_until(rules)
    }
}

/// That the resident wants to end it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    #[serde(with = "crate::domain::written_day")]
    pub on: Day,
    pub by: PersonId,
    pub way: NoticeWay,
    pub reason: NoticeReason,
    pub note: String,
}

/// The side of an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Clinic,
    Resident,
}

/// Notice given, and how far the end sheet is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    pub notice: Notice,
    pub clinic: Option<Signature>,
    pub resident: Option<Signature>,
    /// Last day and sheet number, once both sides signed.
    pub agreed: Option<EndSheet>,
}

/// The end sheet (解约单).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndSheet {
    pub last_day: Day,
    pub sheet: String,
}

/// Why an agreement that reached its end was not renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotRenewed {
    /// Notice was given but not signed by both: 补双方签字.
    EndUnsigned,
    /// Automatic renewal is off.
    Off,
    /// The doctor serves no longer.
    DoctorLeft,
    /// Nobody covered lives here.
    NobodyHere,
    /// Another doctor serves the household, or its members are covered elsewhere.
    NotExclusive,
    /// The doctor's cap is reached.
    Cap,
    /// A roster told of it and nobody it covers ever confirmed it.
    NeverConfirmed,
}

/// How an agreement came to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedBy {
    /// T09, T10
    Renewed { by: AgreementId },
    /// T08
    BothSigned { sheet: String },
    /// T13
    NobodyLeft,
    /// T13
    ServiceStopped { evidence: String },
    /// T11
    NotRenewed { reasons: BTreeSet<NotRenewed> },
    /// T12
    Superseded { by: AgreementId },
}

/// The end of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    pub by: ClosedBy,
    pub last_day: Day,
    pub refunds: Vec<Refund>,
}

/// That an agreement never was one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voided {
    pub finding: VoidFinding,
    pub reason: String,
    pub approval: Approval,
    pub on: Day,
    /// The day the resident was told.
    pub informed: Day,
    pub refunds: Vec<Refund>,
}

/// Whether an automatic renewal is known to the resident (§9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Renewal {
    /// Signed by hand, or spoken of.
    Confirmed,
    Unconfirmed,
}

/// An agreement both sides signed, or one continued by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    #[serde(with = "crate::domain::written_day")]
    pub on: Day,
    pub term: Term,
    /// None where it was continued automatically.
    pub signing: Option<Box<Signing>>,
    pub members: Vec<Member>,
    /// Every line of every year, basic ones included.
    pub fees: Vec<FeeLine>,
    /// Days on which renewal was spoken of with the representative.
    pub spoken: BTreeSet<Day>,
    pub renewal: Renewal,
    /// 存疑: why; empty when it is not.
    pub doubts: Vec<String>,
    /// Who acts while the doctor of record has left.
    pub acting: Option<DoctorId>,
    pub ending: Option<Ending>,
    pub closing: Option<Closing>,
    pub voided: Option<Voided>,
}

impl Signed {
    /// Returns the state as written down last.
    pub fn state(&self) -> State {
        if self.voided.is_some() {
            return State::Void;
        }
        match (&self.closing, &self.ending) {
            (Some(closing), _) => match closing.by {
                ClosedBy::Renewed { .. } => State::Renewed,
                ClosedBy::BothSigned { .. }
                | ClosedBy::NobodyLeft
                | ClosedBy::ServiceStopped { .. } => State::Terminated,
                ClosedBy::NotRenewed { .. } => State::Expired,
                ClosedBy::Superseded { .. } => State::Superseded,
            },
            (None, Some(_)) => State::Ending,
            (None, None) => State::Active,
        }
    }

    /// Returns the last day of service: of the term, or the day it ended earlier.
    pub fn last_day(&self) -> Day {
        let closed = self.closing.as_ref().map(|closing| closing.last_day);
        closed.map_or(self.term.end(), |day| day.min(self.term.end()))
    }

    /// Returns the last supplement page, on which who left stands too; 1 where nobody joined.
    pub fn last_page(&self) -> u32 {
        let pages = self.members.iter().map(|member| member.page);
        pages.max().unwrap_or_default().max(1)
    }

    /// Returns the member's record.
    pub fn member(&self, person: PersonId) -> Option<&Member> {
        self.members
            .iter()
            .rev()
            .find(|member| member.person == person)
    }

    /// Returns the days on which the person is covered; none when it is void.
    pub fn coverage(&self, person: PersonId) -> Option<Span> {
        let member = self.member(person)?;
        let last = self.last_day();
        let until = member.left.as_ref().map_or(last, |left| left.last_day);
        Span::new(member.from, until.min(last)).filter(|_| self.voided.is_none())
    }

    /// Returns the evidence numbers it stands on: each serves this agreement and no other.
    pub fn evidence(&self) -> impl Iterator<Item = &str> {
        let own = self.members.iter().map(|member| &member.consent);
        let later = self
            .members
            .iter()
            .filter_map(|member| member.confirmed.as_ref());
        let signing = self.signing.as_ref();
        let signature = signing.and_then(|signing| signing.representative.as_ref());
        own.chain(later)
            .map(|consent| consent.evidence.trim())
            .chain(signature.map(|signature| signature.evidence.trim()))
    }

    /// Says whether it serves on the day: signed, begun, not ended, not void.
    pub fn runs_on(&self, day: Day) -> bool {
        self.voided.is_none() && self.term.start <= day && day <= self.last_day()
    }

    /// Returns the contents of the agreement that follows for these people, basic package alone.
    pub fn continued(&self, contents: &Contents, people: &[PersonId]) -> Contents {
        let mut next = contents.clone();
        next.fees.clear();
        next.left_out.retain(|left| !people.contains(&left.person));
        next.covered = people
            .iter()
            .filter_map(|person| self.member(*person))
            .map(|member| super::contract::Choice {
                person: member.person,
                basic: Some(super::contract::Basic::Included),
                extras: Vec::new(),
                incapable: member.incapable.clone(),
            })
            .collect();
        next
    }
}
