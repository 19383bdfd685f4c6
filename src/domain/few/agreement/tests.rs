//! What registers read of an agreement is what the whole row says.

use super::*;
use crate::domain::{
    agreement::{
        approval::{Approval, Approver},
        consent::Guardian,
        contract::{Basic, Choice, LeftOut, LeftOutReason, Print, Sheet},
        money::{Deduction, Fen, Refund},
        promise::{Contact, Item, Often, Service},
        signed::{ClosedBy, LeaveReason, NotRenewed, Signature, VoidFinding},
    },
    id::HouseholdId,
};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn consent(person: u64) -> Consent {
    Consent {
        person: PersonId(person),
        kind: ConsentKind::Guardian,
        on: day("2026-03-01"),
        evidence: "第1页".to_owned(),
        taken_by: StaffId(2),
        guardian: Some(Guardian {
            name: "张三".to_owned(),
            relation: "父亲".to_owned(),
            person: Some(PersonId(4)),
        }),
    }
}

fn fee() -> FeeLine {
    let deduction = Deduction {
        number: "V12".to_owned(),
        amount: Fen(300),
    };
    FeeLine {
        year: 1,
        person: PersonId(7),
        package: "B01".to_owned(),
        price: Fen(12_000),
        insurance: Fen(7_000),
        public_fund: Fen(-1),
        voucher: deduction.clone(),
        reduction: deduction,
        other: Fen(0),
        resident: Fen(4_400),
        paid: Fen(4_400),
        receipt: "R1".to_owned(),
        paid_on: Some(day("2026-03-02")),
    }
}

fn member(person: u64, left: Option<Left>) -> Member {
    let line = |item| Line {
        item,
        often: Often::Yearly(4),
        contact: Contact::FaceToFace,
    };
    Member {
        person: PersonId(person),
        from: day("2026-03-03"),
        left,
        consent: consent(person),
        confirmed: Some(consent(person)),
        promise: vec![
            line(Item::Basic(Service::HtnVisits)),
            line(Item::Extra {
                package: "B01".to_owned(),
                name: "理疗".to_owned(),
            }),
        ],
        extras: vec!["B01".to_owned(), "B02".to_owned()],
        page: 2,
        incapable: "证".to_owned(),
    }
}

fn refund() -> Refund {
    Refund {
        year: 1,
        person: PersonId(7),
        package: "B01".to_owned(),
        amount: Fen(100),
    }
}

fn signed() -> Signed {
    let signature = Signature {
        name: "王建国".to_owned(),
        staff: Some(StaffId(1)),
        on: day("2026-03-01"),
    };
    let left = Left {
        last_day: day("2026-08-01"),
        reason: LeaveReason::MovedOut {
            to: "外地".to_owned(),
        },
        refunds: vec![refund()],
    };
    let approval = Approval {
        by: Approver::Outside {
            name: "院长".to_owned(),
            paper: "批条3".to_owned(),
        },
        on: day("2026-04-01"),
    };
    Signed {
        on: day("2026-03-01"),
        term: Term {
            start: day("2026-03-03"),
            years: 1,
        },
        signing: Some(Box::new(Signing {
            consents: vec![consent(7), consent(8)],
            representative: Some(RepresentativeSignature {
                kind: ConsentKind::Fingerprint,
                on: day("2026-03-01"),
                evidence: "第2页".to_owned(),
                taken_by: StaffId(1),
            }),
            clinic: Some(signature),
            start: Some(day("2026-03-03")),
            time: "09:30".to_owned(),
            place: Place::Clinic,
            equipment: [Equipment::Glucose, Equipment::Scales].into(),
            also_done: [AlsoDone::FollowedUp].into(),
            above_cap: Some(CapOverride {
                reason: "山区".to_owned(),
                approval: Some(approval.clone()),
            }),
            late_reason: "停电".to_owned(),
        })),
        members: vec![member(7, None), member(8, Some(left))],
        fees: vec![fee(), fee()],
        spoken: [day("2026-09-01")].into(),
        renewal: Renewal::Unconfirmed,
        doubts: vec!["存疑".to_owned()],
        acting: Some(DoctorId(3)),
        ending: None,
        closing: Some(Closing {
            by: ClosedBy::NotRenewed {
                reasons: [NotRenewed::Off].into(),
            },
            last_day: day("2026-10-01"),
            refunds: vec![refund()],
        }),
        voided: Some(Voided {
            finding: VoidFinding::EntryError,
            reason: "重复".to_owned(),
            approval,
            on: day("2026-10-02"),
            informed: day("2026-10-03"),
            refunds: vec![refund()],
        }),
    }
}

fn step(what: &str, seq: u64) -> Step {
    Step {
        seq,
        at: -9,
        day: day("2026-03-02"),
        by: StaffId(1),
        transition: Some(Transition::T04),
        what: what.to_owned(),
    }
}

fn row(life: Life) -> AgreementRow {
    let choice = Choice {
        person: PersonId(7),
        basic: Some(Basic::Included),
        extras: vec!["B01".to_owned()],
        incapable: "证".to_owned(),
    };
    let left_out = LeftOut {
        person: PersonId(9),
        reason: LeftOutReason::Other,
        note: "打工".to_owned(),
    };
    AgreementRow {
        agreement: Agreement {
            id: AgreementId(77),
            number: None,
            scope: Scope::Household(HouseholdId(300)),
            origin: Origin::Change {
                of: vec![AgreementId(3)],
                reason: "换医生".to_owned(),
            },
            contents: Contents {
                party_a: PartyA::VillageDoctor,
                doctor: Some(DoctorId(1)),
                team: Some(TeamId(2)),
                years: 1,
                covered: vec![choice.clone(), choice],
                left_out: vec![left_out],
                representative: Some(Representative::Contact {
                    name: "李四".to_owned(),
                }),
                fees: vec![fee()],
                phone: "15400000321".to_owned(),
            },
            prints: vec![Print {
                template: "2026".to_owned(),
                copies: 2,
                on: day("2026-02-28"),
                reprints: 1,
                sheet: Sheet::Supplement(1),
            }],
            life,
        },
        steps: vec![step("drafted", 5), step("signed", 6), step("signed", 7)],
    }
}

/// Returns what registers are told of a row.
fn told(mut row: AgreementRow, keys: &[&str]) -> AgreementRow {
    let has_promises = keys.contains(&PROMISED);
    let agreement = &mut row.agreement;
    agreement.contents.covered.clear();
    agreement.contents.left_out.clear();
    agreement.contents.fees.clear();
    agreement.prints.clear();
    row.steps.drain(..1);
    row.steps.truncate(1);
    let Life::Signed(signed) = &mut agreement.life else {
        return row;
    };
    if !has_promises {
        signed.fees.clear();
    }
    for member in &mut signed.members {
        member.consent.evidence.clear();
        member.consent.guardian = None;
        member.confirmed = None;
        member.incapable.clear();
        if !has_promises {
            member.promise.clear();
        }
    }
    if let Some(signing) = &mut signed.signing {
        signing.consents.clear();
        signing.clinic = None;
        signing.time.clear();
        signing.late_reason.clear();
        if let Some(signature) = &mut signing.representative {
            signature.evidence.clear();
        }
    }
    row
}

#[test]
fn an_agreement_is_read_as_registers_tell_it() {
    let mut continued = signed();
    continued.signing = None;
    continued.voided = None;
    let lives = [
        Life::Draft,
        Life::Printed,
        Life::Signed(Box::new(signed())),
        Life::Signed(Box::new(continued)),
        Life::Discarded {
            on: day("2026-03-01"),
            reason: "不签了".to_owned(),
        },
    ];
    for life in lives {
        let row = row(life);
        let bytes = postcard::to_stdvec(&row).unwrap();
        for keys in [&[][..], &[PROMISED]] {
            let mut reader = postcard::Deserializer::from_bytes(&bytes);
            let read = AgreementRow::read_few(&mut reader, keys).unwrap();
            assert_eq!(read, told(row.clone(), keys), "{keys:?}");
            assert_eq!(reader.finalize().unwrap().len(), 0);
        }
    }
}
