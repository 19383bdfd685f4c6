//! Agreements as registers read them: who signed, when and with what; not what was written down
//! before, printed or paid, nor the evidence, nor what happened on the way.

mod passed;

#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, SeqAccess, Visitor},
};

use self::passed::{
    PassedChoice, PassedFee, PassedGuardian, PassedLeftOut, PassedLine, PassedPrint,
    PassedSignature,
};
use super::{
    Few, MaybeWritten, Written,
    passed::{Each, Text},
};
use crate::domain::{
    agreement::{
        cap::CapOverride,
        consent::{Consent, ConsentKind},
        contract::{Agreement, Contents, Life, Origin, Representative, Scope},
        doctor::PartyA,
        money::FeeLine,
        number::AgreementNumber,
        promise::Line,
        signed::{
            AlsoDone, Closing, Ending, Equipment, Left, Member, Place, Renewal,
            RepresentativeSignature, Signed, Signing, Voided,
        },
        state::Transition,
        term::Term,
    },
    clock::Moment,
    day::Day,
    id::{AgreementId, DoctorId, PersonId, StaffId, TeamId},
    rows::agreement::{AgreementRow, Step},
};

/// Asks for what an agreement promises, with the fees it is bought for.
pub const PROMISED: &str = "promised";

/// The step that is read: the signing.
const SIGNED: &str = "signed";

impl Few for AgreementRow {
    fn read_few<'de, D: Deserializer<'de>>(reader: D, keys: &[&str]) -> Result<Self, D::Error> {
        if keys.contains(&PROMISED) {
            FewRow::<Vec<Line>, Vec<FeeLine>>::deserialize(reader).map(Into::into)
        } else {
            FewRow::<Each<PassedLine>, Each<PassedFee>>::deserialize(reader).map(Into::into)
        }
    }
}

/// An [`AgreementRow`]; `L` are the lines of a promise, `F` those of fees.
#[derive(Deserialize)]
struct FewRow<L, F> {
    agreement: FewAgreement<L, F>,
    steps: SigningStep,
}

/// An [`Agreement`].
#[derive(Deserialize)]
struct FewAgreement<L, F> {
    id: AgreementId,
    number: Option<AgreementNumber>,
    scope: Scope,
    origin: Origin,
    contents: FewContents,
    #[expect(dead_code, reason = "what is passed over is not looked at")]
    prints: Each<PassedPrint>,
    life: FewLife<L, F>,
}

/// The [`Contents`].
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is passed over is not looked at")]
struct FewContents {
    party_a: PartyA,
    doctor: Option<DoctorId>,
    team: Option<TeamId>,
    years: u32,
    covered: Each<PassedChoice>,
    left_out: Each<PassedLeftOut>,
    representative: Option<Representative>,
    fees: Each<PassedFee>,
    phone: String,
}

/// A [`Life`].
#[derive(Deserialize)]
enum FewLife<L, F> {
    Draft,
    Printed,
    Signed(Box<FewSigned<L, F>>),
    Discarded { on: Written, reason: String },
}

/// A [`Signed`].
#[derive(Deserialize)]
struct FewSigned<L, F> {
    on: Day,
    term: Term,
    signing: Option<FewSigning>,
    members: Vec<FewMember<L>>,
    fees: F,
    spoken: BTreeSet<Day>,
    renewal: Renewal,
    doubts: Vec<String>,
    acting: Option<DoctorId>,
    ending: Option<Ending>,
    closing: Option<Closing>,
    voided: Option<Voided>,
}

/// A [`Signing`].
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is passed over is not looked at")]
struct FewSigning {
    consents: Each<FewConsent>,
    representative: Option<FewSignature>,
    clinic: Option<PassedSignature>,
    start: MaybeWritten,
    time: Text,
    place: Place,
    equipment: BTreeSet<Equipment>,
    also_done: BTreeSet<AlsoDone>,
    above_cap: Option<CapOverride>,
    late_reason: Text,
}

/// A [`RepresentativeSignature`].
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is passed over is not looked at")]
struct FewSignature {
    kind: ConsentKind,
    on: Written,
    evidence: Text,
    taken_by: StaffId,
}

/// A [`Member`].
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is passed over is not looked at")]
struct FewMember<L> {
    person: PersonId,
    from: Written,
    left: Option<Left>,
    consent: FewConsent,
    confirmed: Option<FewConsent>,
    promise: L,
    extras: Vec<String>,
    page: u32,
    incapable: Text,
}

/// A [`Consent`].
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is passed over is not looked at")]
struct FewConsent {
    person: PersonId,
    kind: ConsentKind,
    on: Written,
    evidence: Text,
    taken_by: StaffId,
    guardian: Option<PassedGuardian>,
}

/// A [`Step`], of which it is told whether it is the signing.
#[derive(Deserialize)]
struct FewStep {
    seq: u64,
    at: Moment,
    day: Written,
    by: StaffId,
    transition: Option<Transition>,
    what: IsSigning,
}

struct IsSigning(bool);

impl<'de> Deserialize<'de> for IsSigning {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_str(Self(false))
    }
}

impl Visitor<'_> for IsSigning {
    type Value = Self;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("what happened")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self, E> {
        Ok(Self(text == SIGNED))
    }
}

/// Of all steps the first that is a signing.
struct SigningStep(Option<FewStep>);

impl<'de> Deserialize<'de> for SigningStep {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_seq(Self(None))
    }
}

impl<'de> Visitor<'de> for SigningStep {
    type Value = Self;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("steps")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut steps: A) -> Result<Self, A::Error> {
        while let Some(step) = steps.next_element::<FewStep>()? {
            self.0 = self.0.or(Some(step).filter(|step| step.what.0));
        }
        Ok(self)
    }
}

impl From<Each<PassedLine>> for Vec<Line> {
    fn from(_: Each<PassedLine>) -> Self {
        Self::new()
    }
}

impl From<Each<PassedFee>> for Vec<FeeLine> {
    fn from(_: Each<PassedFee>) -> Self {
        Self::new()
    }
}

impl<L: Into<Vec<Line>>, F: Into<Vec<FeeLine>>> From<FewRow<L, F>> for AgreementRow {
    fn from(row: FewRow<L, F>) -> Self {
        let one = row.agreement;
        let contents = one.contents;
        let step = |step: FewStep| Step {
            seq: step.seq,
            at: step.at,
            day: step.day.0,
            by: step.by,
            transition: step.transition,
            what: SIGNED.to_owned(),
        };
        Self {
            agreement: Agreement {
                id: one.id,
                number: one.number,
                scope: one.scope,
                origin: one.origin,
                contents: Contents {
                    party_a: contents.party_a,
                    doctor: contents.doctor,
                    team: contents.team,
                    years: contents.years,
                    covered: Vec::new(),
                    left_out: Vec::new(),
                    representative: contents.representative,
                    fees: Vec::new(),
                    phone: contents.phone,
                },
                prints: Vec::new(),
                life: match one.life {
                    FewLife::Draft => Life::Draft,
                    FewLife::Printed => Life::Printed,
                    FewLife::Signed(signed) => Life::Signed(Box::new((*signed).into())),
                    FewLife::Discarded { on, reason } => Life::Discarded { on: on.0, reason },
                },
            },
            steps: row.steps.0.map(step).into_iter().collect(),
        }
    }
}

impl<L: Into<Vec<Line>>, F: Into<Vec<FeeLine>>> From<FewSigned<L, F>> for Signed {
    fn from(signed: FewSigned<L, F>) -> Self {
        Self {
            on: signed.on,
            term: signed.term,
            signing: signed.signing.map(|signing| Box::new(signing.into())),
            members: signed.members.into_iter().map(Into::into).collect(),
            fees: signed.fees.into(),
            spoken: signed.spoken,
            renewal: signed.renewal,
            doubts: signed.doubts,
            acting: signed.acting,
            ending: signed.ending,
            closing: signed.closing,
            voided: signed.voided,
        }
    }
}

impl From<FewSigning> for Signing {
    fn from(signing: FewSigning) -> Self {
        Self {
            consents: Vec::new(),
            representative: signing.representative.map(Into::into),
            clinic: None,
            start: signing.start.0,
            time: String::new(),
            place: signing.place,
            equipment: signing.equipment,
            also_done: signing.also_done,
            above_cap: signing.above_cap,
            late_reason: String::new(),
        }
    }
}

impl From<FewSignature> for RepresentativeSignature {
    fn from(signature: FewSignature) -> Self {
        Self {
            kind: signature.kind,
            on: signature.on.0,
            evidence: String::new(),
            taken_by: signature.taken_by,
        }
    }
}

impl<L: Into<Vec<Line>>> From<FewMember<L>> for Member {
    fn from(member: FewMember<L>) -> Self {
        Self {
            person: member.person,
            from: member.from.0,
            left: member.left,
            consent: Consent {
                person: member.consent.person,
                kind: member.consent.kind,
                on: member.consent.on.0,
                evidence: String::new(),
                taken_by: member.consent.taken_by,
                guardian: None,
            },
            confirmed: None,
            promise: member.promise.into(),
            extras: member.extras,
            page: member.page,
            incapable: String::new(),
        }
    }
}
