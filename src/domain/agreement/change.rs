//! What a decision changes, in the past tense, and how each change alters the agreement.
//!
//! `apply` copies and never runs a rule, so replaying the changes gives the same agreements also
//! under later rules. Fields may be added, never renamed.

use serde::{Deserialize, Serialize};

use super::{
    consent::Consent,
    contract::{Agreement, Contents, Life, Origin, Print, Scope, Sheet},
    number::AgreementNumber,
    promise::Line,
    signed::{
        ClosedBy, Closing, EndSheet, Ending, LeaveReason, Left, Member, Notice, Renewal, Side,
        Signature, Signed, Voided,
    },
    state::Transition,
};
use crate::domain::{
    day::Day,
    id::{AgreementId, DoctorId, PersonId},
};

/// A change with the agreement it is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementChanged {
    pub agreement: AgreementId,
    /// The way taken of §8, where the state or the members changed.
    pub transition: Option<Transition>,
    pub change: Change,
}

/// One thing that happened to an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Drafted {
        scope: Scope,
        origin: Origin,
        contents: Box<Contents>,
    },
    Edited {
        contents: Box<Contents>,
    },
    Numbered {
        number: AgreementNumber,
    },
    Printed(Print),
    /// Signed by both sides, or continued by itself.
    Signed(Box<Signed>),
    /// A roster told of it.
    BroughtIn(Box<Signed>),
    MemberJoined(Box<Member>),
    MemberLeft {
        person: PersonId,
        left: Left,
    },
    MemberConfirmed(Consent),
    /// What a member is promised from now on who confirmed what a roster told.
    Promised {
        person: PersonId,
        lines: Vec<Line>,
    },
    NoticeGiven(Notice),
    NoticeWithdrawn {
        by: PersonId,
        #[serde(with = "crate::domain::written_day")]
        on: Day,
        evidence: String,
    },
    EndingSigned {
        side: Side,
        signature: Signature,
    },
    EndingAgreed(EndSheet),
    Closed(Closing),
    Discarded {
        #[serde(with = "crate::domain::written_day")]
        on: Day,
        reason: String,
    },
    Voided(Box<Voided>),
    RenewalSpoken {
        #[serde(with = "crate::domain::written_day")]
        on: Day,
    },
    RenewalConfirmed {
        #[serde(with = "crate::domain::written_day")]
        on: Day,
    },
    DoubtRaised {
        cause: String,
    },
    DoubtCleared {
        finding: String,
    },
    ActingNamed {
        doctor: DoctorId,
    },
    /// A voucher was used up by a fee line.
    VoucherUsed {
        number: String,
        #[serde(with = "crate::domain::written_day")]
        on: Day,
    },
}

impl Change {
    /// Returns the stable key of what happened.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Drafted { .. } => "drafted",
            Self::Edited { .. } => "edited",
            Self::Numbered { .. } => "numbered",
            Self::Printed(print) => match print.sheet {
                Sheet::Agreement if print.reprints == 0 => "printed",
                Sheet::Agreement => "reprinted",
                Sheet::Supplement(_) => "supplement_printed",
                Sheet::End => "end_sheet_printed",
            },
            Self::Signed(_) => "signed",
            Self::BroughtIn(_) => "brought_in",
            Self::MemberJoined(_) => "member_joined",
            Self::MemberLeft { .. } => "member_left",
            Self::MemberConfirmed(_) => "member_confirmed",
            Self::Promised { .. } => "promised",
            Self::NoticeGiven(_) => "notice_given",
            Self::NoticeWithdrawn { .. } => "notice_withdrawn",
            Self::EndingSigned { .. } => "ending_signed",
            Self::EndingAgreed(_) => "ending_agreed",
            Self::Closed(_) => "closed",
            Self::Discarded { .. } => "discarded",
            Self::Voided(_) => "voided",
            Self::RenewalSpoken { .. } => "renewal_spoken",
            Self::RenewalConfirmed { .. } => "renewal_confirmed",
            Self::DoubtRaised { .. } => "doubt_raised",
            Self::DoubtCleared { .. } => "doubt_cleared",
            Self::ActingNamed { .. } => "acting_named",
            Self::VoucherUsed { .. } => "voucher_used",
        }
    }

    /// Says whether a change of this key alters what a month's report counts.
    pub fn is_reported(key: &str) -> bool {
        key == "signed" || key == "voided"
    }

    /// Says whether it carries a signature, a print or an approval: those have their own
    /// reverse actions and are never simply undone.
    pub const fn is_binding(&self) -> bool {
        match self {
            Self::Numbered { .. }
            | Self::Printed(_)
            | Self::Signed(_)
            | Self::MemberJoined(_)
            | Self::MemberConfirmed(_)
            | Self::Promised { .. }
            | Self::EndingSigned { .. }
            | Self::EndingAgreed(_)
            | Self::Voided(_)
            | Self::VoucherUsed { .. } => true,
            Self::MemberLeft { left, .. } => matches!(left.reason, LeaveReason::OptsOut { .. }),
            Self::Closed(closing) => !matches!(closing.by, ClosedBy::NobodyLeft),
            Self::Drafted { .. }
            | Self::BroughtIn(_)
            | Self::Edited { .. }
            | Self::NoticeGiven(_)
            | Self::NoticeWithdrawn { .. }
            | Self::Discarded { .. }
            | Self::RenewalSpoken { .. }
            | Self::RenewalConfirmed { .. }
            | Self::DoubtRaised { .. }
            | Self::DoubtCleared { .. }
            | Self::ActingNamed { .. } => false,
        }
    }
}

/// Returns the agreement after the change; none where a change meets nothing to alter.
pub fn apply(before: Option<Agreement>, changed: &AgreementChanged) -> Option<Agreement> {
    if let Change::Drafted {
        scope,
        origin,
        contents,
    } = &changed.change
    {
        return Some(Agreement {
            id: changed.agreement,
            number: None,
            scope: *scope,
            origin: origin.clone(),
            contents: (**contents).clone(),
            prints: Vec::new(),
            life: Life::Draft,
        });
    }
    let mut agreement = before?;
    alter(&mut agreement, &changed.change);
    Some(agreement)
}

fn alter(agreement: &mut Agreement, change: &Change) {
    match change {
        Change::Drafted { .. } | Change::VoucherUsed { .. } => {}
        Change::Edited { contents } => agreement.contents = (**contents).clone(),
        Change::Numbered { number } => agreement.number = Some(number.clone()),
        Change::Printed(print) => {
            agreement.prints.push(print.clone());
            if agreement.life == Life::Draft && print.sheet == Sheet::Agreement {
                agreement.life = Life::Printed;
            }
        }
        Change::Signed(signed) | Change::BroughtIn(signed) => {
            agreement.life = Life::Signed(signed.clone());
        }
        Change::Discarded { on, reason } => {
            let (on, reason) = (*on, reason.clone());
            agreement.life = Life::Discarded { on, reason };
        }
        Change::MemberJoined(_)
        | Change::MemberLeft { .. }
        | Change::MemberConfirmed(_)
        | Change::Promised { .. }
        | Change::NoticeGiven(_)
        | Change::NoticeWithdrawn { .. }
        | Change::EndingSigned { .. }
        | Change::EndingAgreed(_)
        | Change::Closed(_)
        | Change::Voided(_)
        | Change::RenewalSpoken { .. }
        | Change::RenewalConfirmed { .. }
        | Change::DoubtRaised { .. }
        | Change::DoubtCleared { .. }
        | Change::ActingNamed { .. } => {
            if let Life::Signed(signed) = &mut agreement.life {
                alter_signed(signed, change);
            }
        }
    }
}

fn alter_signed(signed: &mut Signed, change: &Change) {
    match change {
        Change::MemberJoined(member) => signed.members.push((**member).clone()),
        Change::MemberLeft { person, left } => {
            if let Some(member) = member_mut(signed, *person) {
                member.left = Some(left.clone());
            }
        }
        Change::MemberConfirmed(consent) => {
            if let Some(member) = member_mut(signed, consent.person) {
                member.confirmed = Some(consent.clone());
            }
        }
        Change::Promised { person, lines } => {
            if let Some(member) = member_mut(signed, *person) {
                member.promise.clone_from(lines);
            }
        }
        Change::NoticeGiven(notice) => {
            signed.ending = Some(Ending {
                notice: notice.clone(),
                clinic: None,
                resident: None,
                agreed: None,
            });
        }
        Change::NoticeWithdrawn { .. } => signed.ending = None,
        Change::EndingSigned { side, signature } => {
            if let Some(ending) = &mut signed.ending {
                match side {
                    Side::Clinic => ending.clinic = Some(signature.clone()),
                    Side::Resident => ending.resident = Some(signature.clone()),
                }
            }
        }
        Change::EndingAgreed(sheet) => {
            if let Some(ending) = &mut signed.ending {
                ending.agreed = Some(sheet.clone());
            }
        }
        Change::Closed(closing) => signed.closing = Some(closing.clone()),
        Change::Voided(voided) => signed.voided = Some((**voided).clone()),
        Change::RenewalSpoken { on } => {
            signed.spoken.insert(*on);
        }
        Change::RenewalConfirmed { .. } => signed.renewal = Renewal::Confirmed,
        Change::DoubtRaised { cause } => signed.doubts.push(cause.clone()),
        Change::DoubtCleared { .. } => signed.doubts.clear(),
        Change::ActingNamed { doctor } => signed.acting = Some(*doctor),
        Change::Drafted { .. }
        | Change::Edited { .. }
        | Change::Numbered { .. }
        | Change::Printed(_)
        | Change::Signed(_)
        | Change::BroughtIn(_)
        | Change::Discarded { .. }
        | Change::VoucherUsed { .. } => {}
    }
}

fn member_mut(signed: &mut Signed, person: PersonId) -> Option<&mut Member> {
    let mut members = signed.members.iter_mut().rev();
    members.find(|member| member.person == person)
}
