//! Every change of an agreement, and everybody who signs, as the journal keeps them for ever.

use std::collections::BTreeSet;

use cunyi::domain::{
    agreement::{
        approval::{Approval, Approver},
        cap::CapOverride,
        change::{AgreementChanged, Change},
        consent::{Consent, ConsentKind, Guardian},
        contract::{
            Basic, Choice, Contents, LeftOut, LeftOutReason, Origin, Print, Representative, Scope,
        },
        doctor::{Cap, Doctor, DoctorKind, PartyA},
        money::{Deduction, FeeLine, Fen, Refund},
        package::{Package, PackageItem},
        promise::{Contact, Item, Line, Often, Service},
        reported::Figures,
        signed::{
            AlsoDone, ClosedBy, Closing, EndSheet, Equipment, LeaveReason, Left, Member,
            NotRenewed, Notice, NoticeReason, NoticeWay, Place, Renewal, RepresentativeSignature,
            Side, Signature, Signed, Signing, VoidFinding, Voided,
        },
        state::Transition,
        team::{Area, Team, TeamMember, TeamRole},
        term::Term,
        unit::{Unit, UnitKind, UnitMember},
        voucher::{Holder, Voucher, VoucherKind, VoucherState},
    },
    event::{
        Event,
        agreement::{DoctorKept, PackageKept, ReportSent, TeamKept, UnitKept, VoucherKept},
    },
    id::{AgreementId, DoctorId, HouseholdId, PersonId, StaffId, TeamId, UnitId},
    tags::Tag,
};

use crate::support::clinic::day;

const FIRST: AgreementId = AgreementId(1);
const SECOND: AgreementId = AgreementId(2);
const THIRD: AgreementId = AgreementId(3);

fn consent(kind: ConsentKind, evidence: &str) -> Consent {
    let guardian = Guardian {
        name: "张秀英".into(),
        relation: "母亲".into(),
        person: Some(PersonId(2)),
    };
    Consent {
        person: PersonId(2),
        kind,
        on: day("2026-11-21"),
        evidence: evidence.into(),
        taken_by: StaffId(1),
        guardian: (kind == ConsentKind::Guardian).then_some(guardian),
    }
}

fn signature() -> Signature {
    Signature {
        name: "王建国".into(),
        staff: Some(StaffId(1)),
        on: day("2026-11-21"),
    }
}

fn approval() -> Approval {
    Approval {
        by: Approver::Staff {
            id: StaffId(2),
            name: "李小燕".into(),
        },
        on: day("2026-11-21"),
    }
}

fn fee() -> FeeLine {
    FeeLine {
        year: 1,
        person: PersonId(2),
        package: "Z01".into(),
        price: Fen(12_000),
        insurance: Fen(3000),
        public_fund: Fen(0),
        voucher: Deduction {
            number: "D001".into(),
            amount: Fen(5000),
        },
        reduction: Deduction::default(),
        other: Fen(0),
        resident: Fen(4000),
        paid: Fen(4000),
        receipt: "SJ01".into(),
        paid_on: Some(day("2026-11-21")),
    }
}

fn refund() -> Refund {
    Refund {
        year: 1,
        person: PersonId(2),
        package: "Z01".into(),
        amount: Fen(1666),
    }
}

fn contents(representative: Representative) -> Contents {
    Contents {
        party_a: PartyA::Institution,
        doctor: Some(DoctorId(1)),
        team: Some(TeamId(1)),
        years: 1,
        covered: vec![Choice {
            person: PersonId(2),
            basic: Some(Basic::Included),
            extras: vec!["Z01".into()],
            incapable: String::new(),
        }],
        left_out: vec![LeftOut {
            person: PersonId(3),
            reason: LeftOutReason::Away,
            note: "在县城打工".into(),
        }],
        representative: Some(representative),
        fees: vec![fee()],
        phone: "15400000321".into(),
    }
}

fn member(consent: Consent) -> Member {
    let line = |item, often, contact| Line {
        item,
        often,
        contact,
    };
    Member {
        person: PersonId(2),
        from: day("2026-11-21"),
        left: None,
        consent,
        confirmed: None,
        promise: vec![
            line(
                Item::Basic(Service::Assessment),
                Often::Yearly(1),
                Contact::FaceToFace,
            ),
            line(
                Item::Basic(Service::Vaccination),
                Often::Scheduled,
                Contact::Any,
            ),
            line(
                Item::Extra {
                    package: "Z01".into(),
                    name: "上门护理".into(),
                },
                Often::AsNeeded,
                Contact::Any,
            ),
        ],
        extras: vec!["Z01".into()],
        page: 1,
        incapable: String::new(),
    }
}

fn signed() -> Signed {
    let signing = Signing {
        consents: vec![consent(ConsentKind::ByRepresentative, "ZP01")],
        representative: Some(RepresentativeSignature {
            kind: ConsentKind::Signed,
            on: day("2026-11-21"),
            evidence: "ZP01".into(),
            taken_by: StaffId(1),
        }),
        clinic: Some(signature()),
        start: Some(day("2026-11-21")),
        time: "10:20".into(),
        place: Place::Home,
        equipment: [Equipment::Stethoscope, Equipment::Scales].into(),
        also_done: [AlsoDone::RecordUpdated].into(),
        above_cap: Some(CapOverride {
            reason: "邻村医生退休".into(),
            approval: Some(approval()),
        }),
        late_reason: String::new(),
    };
    Signed {
        on: day("2026-11-21"),
        term: Term {
            start: day("2026-11-21"),
            years: 1,
        },
        signing: Some(Box::new(signing)),
        members: vec![member(consent(ConsentKind::ByRepresentative, "ZP01"))],
        fees: vec![fee()],
        spoken: BTreeSet::new(),
        renewal: Renewal::Unconfirmed,
        doubts: Vec::new(),
        acting: None,
        ending: None,
        closing: None,
        voided: None,
    }
}

fn changed(
    agreement: AgreementId,
    transition: impl Into<Option<Transition>>,
    change: Change,
) -> Event {
    Event::AgreementChanged(AgreementChanged {
        agreement,
        transition: transition.into(),
        change,
    })
}

fn drafted(scope: Scope, origin: Origin, representative: Representative) -> Event {
    let contents = Box::new(contents(representative));
    let change = Change::Drafted {
        scope,
        origin,
        contents,
    };
    changed(FIRST, Transition::T01, change)
}

fn closed(by: ClosedBy) -> Event {
    let change = Change::Closed(Closing {
        by,
        last_day: day("2026-11-21"),
        refunds: vec![refund()],
    });
    changed(FIRST, Transition::T08, change)
}

fn left(reason: LeaveReason) -> Event {
    let left = Left {
        last_day: day("2026-11-21"),
        reason,
        refunds: vec![refund()],
    };
    let person = PersonId(2);
    changed(FIRST, Transition::T05, Change::MemberLeft { person, left })
}

/// Everything that can happen to an agreement.
pub fn events() -> Vec<Event> {
    let mut events = parties();
    events.extend(begun());
    events.extend(running());
    events.extend(ended());
    events.extend(brought_in());
    events
}

fn begun() -> Vec<Event> {
    let contact = Representative::Contact {
        name: "孙立".into(),
    };
    let guardian = Representative::Guardian {
        of: PersonId(2),
        name: "张德福".into(),
        relation: "父亲".into(),
    };
    let household = HouseholdId(1);
    vec![
        drafted(
            Scope::Household(household),
            Origin::New,
            Representative::Member(PersonId(1)),
        ),
        drafted(
            Scope::Members(household),
            Origin::Renewal { of: SECOND },
            guardian,
        ),
        drafted(
            Scope::Unit(UnitId(1)),
            Origin::Automatic { of: SECOND },
            contact.clone(),
        ),
        drafted(
            Scope::Household(household),
            Origin::Change {
                of: vec![SECOND],
                reason: "换医生".into(),
            },
            contact.clone(),
        ),
        changed(
            FIRST,
            Transition::T16,
            Change::Edited {
                contents: Box::new(contents(contact)),
            },
        ),
        changed(
            FIRST,
            None,
            Change::Numbered {
                number: "QY529901103101202600001".parse().unwrap(),
            },
        ),
        changed(
            FIRST,
            Transition::T02,
            Change::Printed(Print {
                template: "2026-1".into(),
                copies: 3,
                on: day("2026-11-21"),
                reprints: 1,
                sheet: cunyi::domain::agreement::contract::Sheet::Agreement,
            }),
        ),
        changed(FIRST, Transition::T03, Change::Signed(Box::new(signed()))),
        changed(
            FIRST,
            None,
            Change::VoucherUsed {
                number: "D001".into(),
                on: day("2026-11-21"),
            },
        ),
        changed(
            SECOND,
            Transition::T14,
            Change::Discarded {
                on: day("2026-11-21"),
                reason: "重复起草".into(),
            },
        ),
    ]
}

fn running() -> Vec<Event> {
    let on = day("2026-11-21");
    let joined = member(consent(ConsentKind::Guardian, "ZP02"));
    let mut events = vec![
        changed(
            FIRST,
            Transition::T04,
            Change::MemberJoined(Box::new(joined)),
        ),
        changed(
            FIRST,
            None,
            Change::MemberConfirmed(consent(ConsentKind::Phone, "LY01")),
        ),
        left(LeaveReason::Died),
        left(LeaveReason::MovedOut {
            to: "县城".into()
        }),
        left(LeaveReason::OtherHousehold { to: HouseholdId(2) }),
        left(LeaveReason::RecordedTwice),
        left(LeaveReason::OptsOut {
            signature: Box::new(consent(ConsentKind::Signed, "ZP03")),
        }),
        changed(FIRST, None, Change::RenewalSpoken { on }),
        changed(FIRST, None, Change::RenewalConfirmed { on }),
        changed(
            FIRST,
            None,
            Change::DoubtRaised {
                cause: "card_corrected p2 name".into(),
            },
        ),
        changed(
            FIRST,
            None,
            Change::DoubtCleared {
                finding: "已核对身份证".into(),
            },
        ),
    ];
    let doctor = DoctorId(2);
    events.push(changed(FIRST, None, Change::ActingNamed { doctor }));
    events
}

/// Told by a roster, then confirmed by the member himself.
fn brought_in() -> Vec<Event> {
    let told = consent(ConsentKind::Unknown, "");
    let signed = Signed {
        signing: None,
        members: vec![Member {
            promise: Vec::new(),
            extras: Vec::new(),
            ..member(told)
        }],
        fees: Vec::new(),
        ..signed()
    };
    let lines = member(consent(ConsentKind::Signed, "ZP09")).promise;
    let drafted = Change::Drafted {
        scope: Scope::Members(HouseholdId(1)),
        origin: Origin::BroughtIn,
        contents: Box::new(contents(Representative::Member(PersonId(2)))),
    };
    let promised = Change::Promised {
        person: PersonId(2),
        lines,
    };
    [drafted, Change::BroughtIn(Box::new(signed)), promised]
        .map(|change| changed(THIRD, None, change))
        .into()
}

fn ended() -> Vec<Event> {
    let on = day("2026-11-21");
    let notice = Notice {
        on,
        by: PersonId(2),
        way: NoticeWay::InPerson,
        reason: NoticeReason::Moving,
        note: "去县城".into(),
    };
    let withdrawn = Change::NoticeWithdrawn {
        by: PersonId(2),
        on,
        evidence: "ZP04".into(),
    };
    let sheet = EndSheet {
        last_day: on,
        sheet: "JY001".into(),
    };
    let signs = |side| {
        let signature = signature();
        changed(FIRST, None, Change::EndingSigned { side, signature })
    };
    let voided = Voided {
        finding: VoidFinding::NotAgreed,
        reason: "回访不知道签约".into(),
        approval: Approval {
            by: Approver::Outside {
                name: "周院长".into(),
                paper: "审2026-3".into(),
            },
            on,
        },
        on,
        informed: on,
        refunds: vec![refund()],
    };
    let reasons = [NotRenewed::EndUnsigned, NotRenewed::Cap].into();
    vec![
        changed(FIRST, Transition::T06, Change::NoticeGiven(notice)),
        changed(FIRST, Transition::T07, withdrawn),
        signs(Side::Resident),
        signs(Side::Clinic),
        changed(FIRST, None, Change::EndingAgreed(sheet)),
        closed(ClosedBy::BothSigned {
            sheet: "JY001".into(),
        }),
        closed(ClosedBy::NobodyLeft),
        closed(ClosedBy::ServiceStopped {
            evidence: "院发3号".into(),
        }),
        closed(ClosedBy::NotRenewed { reasons }),
        closed(ClosedBy::Renewed { by: SECOND }),
        closed(ClosedBy::Superseded { by: SECOND }),
        changed(FIRST, Transition::T15, Change::Voided(Box::new(voided))),
    ]
}

fn parties() -> Vec<Event> {
    let on = day("2026-11-21");
    let doctor = Doctor {
        id: DoctorId(1),
        name: "王建国".into(),
        staff: Some(StaffId(1)),
        id_no: String::new(),
        licence: "LIC1".into(),
        kind: DoctorKind::Village,
        from: day("2015-01-01"),
        until: None,
        cap: Some(Cap {
            persons: 800,
            households: Some(200),
        }),
        phone: "15400000001".into(),
    };
    let team = Team {
        id: TeamId(1),
        name: "石桥团队".into(),
        code: "T1".into(),
        leader: Some(DoctorId(1)),
        members: vec![TeamMember {
            name: "王建国".into(),
            doctor: Some(DoctorId(1)),
            role: TeamRole::FamilyDoctor,
            from: on,
            until: None,
        }],
        areas: vec![Area {
            village: "石桥村".into(),
            part: "3组".into(),
            is_shared: false,
        }],
    };
    let light = UnitMember::Light {
        name: "赵六".into(),
        id_no: String::new(),
        phone: "15400000322".into(),
    };
    let unit = Unit {
        id: UnitId(1),
        name: "石桥砖厂".into(),
        kind: UnitKind::Company,
        credit_code: String::new(),
        contact: "孙立".into(),
        phone: "15400000323".into(),
        address: "石桥村".into(),
        headcount: 20,
        members: vec![UnitMember::Resident(PersonId(2)), light],
    };
    let package = Package {
        code: "Z01".into(),
        name: "上门护理包".into(),
        price: Fen(12_000),
        items: vec![PackageItem {
            name: "上门护理".into(),
            times: 6,
        }],
        tags: vec![Tag::Disabled],
        from: on,
        to: None,
    };
    let voucher = |holder, state| Voucher {
        number: "D001".into(),
        kind: VoucherKind::Cash,
        amount: Fen(5000),
        holder,
        issued: on,
        expires: day("2026-12-31"),
        state,
    };
    let issued = voucher(Holder::Person(PersonId(2)), VoucherState::Unused);
    let void = voucher(Holder::Household(HouseholdId(1)), VoucherState::Void);
    vec![
        Event::DoctorKept(DoctorKept {
            before: None,
            after: doctor,
        }),
        Event::TeamKept(TeamKept {
            before: None,
            after: team,
        }),
        Event::UnitKept(UnitKept {
            before: None,
            after: unit,
        }),
        Event::PackageKept(PackageKept {
            before: Some(package.clone()),
            after: package,
        }),
        Event::VoucherKept(VoucherKept {
            before: Some(issued),
            after: void,
            reason: "印错".into(),
        }),
        Event::ReportSent(ReportSent {
            month: day("2026-10-01"),
            figures: Figures {
                agreements: 3,
                households: 2,
                persons: 7,
                new: 2,
                renewed: 1,
                automatic: 0,
                changed: 0,
            },
        }),
    ]
}
