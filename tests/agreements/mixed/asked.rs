//! What is asked of agreements and their parties, by dice.

use std::collections::BTreeSet;

use cunyi::{
    desk::{Command, request::Party},
    domain::{
        agreement::{
            action::{Action, Joining, Proposal, Voiding},
            approval::{Approval, Approver},
            cap::CapOverride,
            consent::{Consent, ConsentKind, Guardian},
            contract::{
                Agreement, Basic, Choice, Contents, LeftOut, LeftOutReason, Origin, Representative,
                Scope, Sheet,
            },
            doctor::{Cap, PartyA},
            money::{FeeLine, Fen},
            signed::{
                LeaveReason, Notice, NoticeReason, NoticeWay, Place, RepresentativeSignature, Side,
                Signature, Signing, VoidFinding,
            },
            state::State,
            unit::{Unit, UnitKind, UnitMember},
            voucher::{Holder, Voucher, VoucherKind, VoucherState},
        },
        day::{Day, age_years, plus_days},
        household::Household,
        id::{AgreementId, DoctorId, PersonId, UnitId},
    },
};

use super::{Known, Walk, is_running};
use crate::support::agreed::{A, B, CLERK, DOCTOR, OTHER, asks, doctor};

fn consent(known: &Known, person: PersonId, on: Day, page: &str) -> Consent {
    let one = known.person(person);
    let is_minor = one.birth().is_none_or(|birth| age_years(birth, on) < 18);
    let guardian = is_minor.then(|| Guardian {
        name: "陈玉芬".to_owned(),
        relation: "母亲".to_owned(),
        person: None,
    });
    Consent {
        person,
        kind: if is_minor {
            ConsentKind::Guardian
        } else {
            ConsentKind::Signed
        },
        on,
        evidence: page.to_owned(),
        taken_by: CLERK,
        guardian,
    }
}

fn above() -> CapOverride {
    CapOverride {
        reason: "整村签约".to_owned(),
        approval: Some(Approval {
            by: Approver::Outside {
                name: "刘院长".to_owned(),
                paper: "清卫〔2025〕1号".to_owned(),
            },
            on: "2025-08-12".parse().unwrap(),
        }),
    }
}

fn signing(walk: &mut Walk, known: &Known, people: &[PersonId], on: Day) -> Signing {
    let page = walk.town.page();
    let by_representative = walk.once_in(5);
    let consents = people.iter().enumerate().map(|(at, person)| {
        let mut consent = consent(known, *person, on, &page);
        if by_representative && 0 < at && consent.kind == ConsentKind::Signed {
            consent.kind = ConsentKind::ByRepresentative;
        }
        consent
    });
    Signing {
        consents: consents.collect(),
        representative: Some(RepresentativeSignature {
            kind: ConsentKind::Signed,
            on,
            evidence: page.clone(),
            taken_by: CLERK,
        }),
        clinic: Some(Signature {
            name: "王建国".to_owned(),
            staff: Some(DOCTOR),
            on,
        }),
        start: walk
            .once_in(4)
            .then(|| plus_days(on, walk.dice.i64(0..=31))),
        time: "10:20".to_owned(),
        place: Place::Clinic,
        equipment: BTreeSet::new(),
        also_done: BTreeSet::new(),
        above_cap: walk.once_in(2).then(above),
        late_reason: String::new(),
    }
}

/// Whom to cover; mostly everybody of the household, adults first.
fn chosen(walk: &mut Walk, known: &Known) -> Option<(Scope, Vec<PersonId>, Vec<PersonId>)> {
    if walk.once_in(8) {
        let unit = [1, 7, 9].map(PersonId).into_iter();
        let people = unit.filter(|_| walk.dice.bool()).collect();
        return Some((Scope::Unit(UnitId(1)), people, Vec::new()));
    }
    let homes = known.lived_in();
    let home: &Household = walk.one(&homes)?;
    let mut members = home.members.clone();
    members.sort_by_key(|person| known.person(*person).birth());
    if walk.once_in(4) {
        let some = members.iter().copied().filter(|_| walk.dice.bool());
        return Some((Scope::Members(home.id), some.collect(), Vec::new()));
    }
    let left_out = if 1 < members.len() && walk.once_in(5) {
        members.pop().into_iter().collect()
    } else {
        Vec::new()
    };
    Some((Scope::Household(home.id), members, left_out))
}

fn contents(
    walk: &mut Walk,
    scope: Scope,
    people: &[PersonId],
    left_out: &[PersonId],
    doctor: DoctorId,
) -> Contents {
    let mut contents = Contents {
        party_a: PartyA::Institution,
        doctor: Some(doctor),
        team: None,
        years: walk.dice.u32(1..=3),
        covered: Vec::new(),
        left_out: Vec::new(),
        representative: match scope {
            Scope::Unit(_) => Some(Representative::Contact {
                name: "孙立".to_owned(),
            }),
            Scope::Household(_) | Scope::Members(_) => {
                people.first().map(|one| Representative::Member(*one))
            }
        },
        fees: Vec::new(),
        phone: "15400000321".to_owned(),
    };
    contents.covered = people
        .iter()
        .map(|person| Choice {
            person: *person,
            basic: Some(Basic::Included),
            extras: Vec::new(),
            incapable: String::new(),
        })
        .collect();
    contents.left_out = left_out
        .iter()
        .map(|person| LeftOut {
            person: *person,
            reason: LeftOutReason::Away,
            note: String::new(),
        })
        .collect();
    if walk.once_in(4) {
        pays(walk, scope, &mut contents);
    }
    contents
}

/// The first member pays for care at home, perhaps with a voucher issued just now.
fn pays(walk: &mut Walk, scope: Scope, contents: &mut Contents) {
    let (Some(first), Some(home)) = (contents.covered.first_mut(), scope.household()) else {
        return;
    };
    first.extras.push("Z01".to_owned());
    let person = first.person;
    let number = walk.town.page();
    let with_voucher = walk.dice.bool();
    for year in 1..=contents.years {
        let mut line = FeeLine::charged(year, person, "Z01", (Fen(12_000), Fen(3000)));
        if with_voucher && year == 1 {
            let today = walk.town.today();
            let voucher = Voucher {
                number: number.clone(),
                kind: VoucherKind::Cash,
                amount: Fen(5000),
                holder: Holder::Household(home),
                issued: plus_days(today, -100),
                expires: plus_days(today, 30),
                state: VoucherState::Unused,
            };
            let issue = Command::KeepParty(Box::new(Party::Voucher(voucher)));
            walk.asks("issue a voucher", CLERK, issue);
            line = line.with_voucher(&number, Fen(5000));
        }
        line.paid = line.resident;
        contents.fees.push(line);
    }
}

fn ends_by(agreement: &Agreement, last: Day) -> bool {
    let signed = agreement.signed();
    let signed = signed.filter(|_| agreement.state() == State::Active);
    signed.is_some_and(|signed| signed.term.end() <= last)
}

fn another(agreement: &Agreement) -> DoctorId {
    if agreement.contents.doctor == Some(A) {
        B
    } else {
        A
    }
}

/// A household, some members or a unit signs: anew, in renewal, or with another doctor.
pub fn signs(walk: &mut Walk) {
    let known = walk.known();
    let Some((mut scope, mut people, mut left_out)) = chosen(walk, &known) else {
        return;
    };
    let today = walk.town.today();
    let soon: Vec<&Agreement> = known
        .agreements
        .iter()
        .filter(|one| ends_by(one, plus_days(today, 60)))
        .collect();
    let is_due = walk.dice.u8(..4) != 0;
    let soon = walk.one(&soon).copied().filter(|_| is_due);
    let home = soon.map_or(scope, |one| one.scope).household();
    let running: Vec<&Agreement> = known
        .agreements
        .iter()
        .filter(|one| is_running(one) && one.scope.household() == home)
        .collect();
    let mut with = if walk.once_in(4) { B } else { A };
    let origin = match (soon, running.first()) {
        (Some(before), _) => {
            with = before.contents.doctor.unwrap_or(with);
            scope = before.scope;
            people = before.covered_on(today).into_iter().collect();
            people.sort_by_key(|person| known.person(*person).birth());
            left_out.clear();
            Origin::Renewal { of: before.id }
        }
        (None, Some(before)) if walk.dice.bool() => {
            with = another(before);
            Origin::Change {
                of: running.iter().map(|one| one.id).collect(),
                reason: "居民要求".to_owned(),
            }
        }
        (None, _) => Origin::New,
    };
    let contents = contents(walk, scope, &people, &left_out, with);
    let on = walk.lately(60);
    let signing = signing(walk, &known, &people, on);
    let what = match origin {
        Origin::Renewal { .. } => "renew by hand",
        Origin::Change { .. } => "sign with another",
        Origin::New | Origin::Automatic { .. } | Origin::BroughtIn => "sign",
    };
    let draft = Action::Draft(Box::new(Proposal {
        scope,
        origin,
        contents: contents.clone(),
    }));
    let sign = Action::Sign(Box::new(signing));
    if walk.dice.bool() {
        let mut actions = vec![draft];
        if walk.dice.bool() {
            actions.push(Action::Edit(Box::new(contents)));
        }
        actions.push(sign);
        let agreement = None;
        walk.asks(what, CLERK, Command::AgreementSteps { agreement, actions });
    } else if let Some(done) = walk.asks("draft", CLERK, asks(None, draft))
        && walk.dice.u8(..4) != 0
    {
        let id = done.agreements[0];
        if walk.dice.bool() {
            let (template, copies) = ("1".to_owned(), walk.dice.u32(1..4));
            let print = Action::Print {
                sheet: Sheet::Agreement,
                template,
                copies,
            };
            walk.asks("print", CLERK, asks(Some(id), print));
        }
        walk.asks(what, CLERK, asks(Some(id), sign));
    }
}

/// Something is asked of an agreement there is, or of a party.
pub fn acts(walk: &mut Walk) {
    if walk.once_in(8) {
        return keeps(walk);
    }
    let known = walk.known();
    let pool: Vec<&Agreement> = if walk.once_in(3) {
        known.agreements.iter().collect()
    } else {
        known
            .agreements
            .iter()
            .filter(|one| is_running(one))
            .collect()
    };
    let Some(agreement) = walk.one(&pool).copied() else {
        return;
    };
    if agreement.state() == State::Ending && walk.dice.bool() {
        return ends(walk, agreement.id);
    }
    let (what, action) = match walk.dice.u8(..14) {
        0 | 12 | 13 => ("join", joins(walk, &known, agreement)),
        1 => ("opt out", opts_out(walk, &known, agreement)),
        2 => ("confirm", confirms(walk, &known, agreement)),
        3 => ("give notice", Some(gives_notice(walk, agreement))),
        4 => ("withdraw notice", withdraws(walk, agreement)),
        5 => {
            let (last_day, evidence) = (walk.lately(20), "停止服务通知".to_owned());
            (
                "stop the service",
                Some(Action::StopService { last_day, evidence }),
            )
        }
        6 => {
            let reason = "写错".to_owned();
            ("discard", Some(Action::Discard { reason }))
        }
        7 => ("void", Some(voids(walk))),
        8 => {
            let on = walk.lately(20);
            ("speak of renewal", Some(Action::SpeakOfRenewal { on }))
        }
        9 => {
            let cause = "回访不知道签约".to_owned();
            ("doubt", Some(Action::Doubt { cause }))
        }
        10 => {
            let finding = "属实".to_owned();
            ("clear the doubt", Some(Action::ClearDoubt { finding }))
        }
        _ => {
            let doctor = another(agreement);
            ("name who acts", Some(Action::NameActing { doctor }))
        }
    };
    if let Some(action) = action {
        walk.asks(what, CLERK, asks(Some(agreement.id), action));
    }
}

fn member(walk: &mut Walk, agreement: &Agreement) -> Option<PersonId> {
    let signed = agreement.signed()?;
    let people: Vec<PersonId> = signed.members.iter().map(|one| one.person).collect();
    walk.one(&people).copied()
}

fn joins(walk: &mut Walk, known: &Known, agreement: &Agreement) -> Option<Action> {
    let home = agreement.scope.household();
    let home = known.homes.iter().find(|one| Some(one.id) == home);
    let covered = agreement.covered_on(walk.town.today());
    let members = home.map_or_else(|| known.here(), |home| home.members.clone());
    let open: Vec<PersonId> = members
        .into_iter()
        .filter(|one| !covered.contains(one))
        .collect();
    let person = *walk.one(&open)?;
    let (on, page) = (walk.lately(30), walk.town.page());
    Some(Action::Join(Box::new(Joining {
        person,
        basic: Some(Basic::Included),
        consent: consent(known, person, on, &page),
        incapable: String::new(),
        above_cap: Some(above()),
    })))
}

fn opts_out(walk: &mut Walk, known: &Known, agreement: &Agreement) -> Option<Action> {
    let person = member(walk, agreement)?;
    let (last_day, page) = (walk.lately(20), walk.town.page());
    let signature = Box::new(consent(known, person, last_day, &page));
    let reason = LeaveReason::OptsOut { signature };
    Some(Action::Leave {
        person,
        last_day,
        reason,
    })
}

fn confirms(walk: &mut Walk, known: &Known, agreement: &Agreement) -> Option<Action> {
    let signed = agreement.signed()?;
    let waiting = signed.members.iter().filter(|one| one.is_unconfirmed());
    let people: Vec<PersonId> = waiting.map(|one| one.person).collect();
    let person = *walk.one(&people)?;
    let (on, page) = (walk.town.today(), walk.town.page());
    Some(Action::Confirm(consent(known, person, on, &page)))
}

fn representative(agreement: &Agreement) -> PersonId {
    match &agreement.contents.representative {
        Some(Representative::Member(person)) => *person,
        _ => PersonId(1),
    }
}

fn gives_notice(walk: &mut Walk, agreement: &Agreement) -> Action {
    Action::GiveNotice(Notice {
        on: walk.lately(20),
        by: representative(agreement),
        way: NoticeWay::InPerson,
        reason: NoticeReason::Moving,
        note: String::new(),
    })
}

fn withdraws(walk: &mut Walk, agreement: &Agreement) -> Option<Action> {
    let ending = agreement.signed()?.ending.as_ref()?;
    Some(Action::WithdrawNotice {
        by: ending.notice.by,
        on: walk.town.today(),
        evidence: walk.town.page(),
    })
}

/// Both sides sign the end sheet, or only one; it ends today, lately or later.
fn ends(walk: &mut Walk, id: AgreementId) {
    let today = walk.town.today();
    for side in [Side::Resident, Side::Clinic] {
        let signature = Signature {
            name: "李秀英".to_owned(),
            staff: None,
            on: today,
        };
        if !walk.once_in(5) {
            let sign = Action::SignEnding { side, signature };
            walk.asks("sign the end sheet", CLERK, asks(Some(id), sign));
        }
    }
    let last_day = plus_days(today, walk.dice.i64(-10..60));
    let sheet = walk.town.page();
    walk.asks(
        "end",
        CLERK,
        asks(Some(id), Action::End { last_day, sheet }),
    );
}

fn voids(walk: &mut Walk) -> Action {
    let on = walk.town.today();
    let by = Approver::Staff {
        id: if walk.once_in(4) { DOCTOR } else { OTHER },
        name: String::new(),
    };
    Action::Void(Box::new(Voiding {
        finding: VoidFinding::NotAgreed,
        reason: "回访不知道签约".to_owned(),
        approval: Some(Approval { by, on }),
        informed: Some(on),
    }))
}

/// A doctor goes or comes back, has another cap; the unit's list changes; a voucher is void.
fn keeps(walk: &mut Walk) {
    let today = walk.town.today();
    let party = match walk.dice.u8(..4) {
        0 => {
            let mut changed = doctor("赵明", Some(OTHER));
            changed.until = walk.dice.bool().then(|| walk.lately(40));
            Party::Doctor(Some(B), changed)
        }
        1 => {
            let mut changed = doctor("王建国", Some(DOCTOR));
            changed.until = walk.once_in(3).then_some(today);
            changed.cap = walk.dice.bool().then_some(Cap {
                persons: 6,
                households: Some(3),
            });
            Party::Doctor(Some(A), changed)
        }
        2 => Party::Unit(
            Some(UnitId(1)),
            Unit {
                id: UnitId(1),
                name: "石桥砖厂".to_owned(),
                kind: UnitKind::Company,
                credit_code: String::new(),
                contact: "孙立".to_owned(),
                phone: "15400000323".to_owned(),
                address: "石桥村".to_owned(),
                headcount: 20,
                members: [1, 7, 9]
                    .map(PersonId)
                    .into_iter()
                    .filter(|_| walk.dice.bool())
                    .map(UnitMember::Resident)
                    .collect(),
            },
        ),
        _ => Party::VoidVoucher {
            number: "D001".to_owned(),
            reason: "遗失".to_owned(),
        },
    };
    walk.asks("keep a party", DOCTOR, Command::KeepParty(Box::new(party)));
}
