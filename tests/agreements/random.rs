//! Random sequences of actions: whatever is asked, in whatever order, nobody is covered twice on
//! one day, the terms of a household do not overlap, every fee line balances, states are reached
//! by listed transitions alone (asserted as every change is applied), and replay gives the same.

use std::collections::{BTreeMap, BTreeSet};

use cunyi::domain::{
    agreement::{
        action::{Action, Joining, Voiding},
        approval::{Approval, Approver},
        change::{AgreementChanged, apply},
        consent::Consent,
        contract::{Agreement, Basic, Origin, Representative, Scope},
        rules::Exclusive,
        signed::{LeaveReason, Notice, NoticeReason, NoticeWay, Side, Signature, VoidFinding},
        state::Transition,
        term::Span,
    },
    day::{Day, plus_days},
    id::{AgreementId, DoctorId, PersonId, StaffId, UnitId},
};
use proptest::prelude::*;

use super::village::{A, ALL, B, FIRST, SECOND, World, contents, d, world};

/// One step: what, on which agreement, with which doctor, members and days passed.
pub type Step = (u8, u8, bool, u8, i64);

pub fn people(bits: u8) -> Vec<PersonId> {
    let all = (1..=6).map(PersonId);
    all.filter(|person| bits & (1 << (person.0 - 1)) != 0)
        .collect()
}

fn sign(world: &mut World, step: Step, today: &str, origin: Origin) {
    let (_, which, is_a, bits, _) = step;
    let doctor: DoctorId = if is_a { A } else { B };
    let (scope, chosen) = match which % 4 {
        0 => (Scope::Household(FIRST), ALL.to_vec()),
        1 => (Scope::Members(FIRST), people(bits & 0b1111)),
        2 => (Scope::Members(SECOND), people(bits & 0b11_0000)),
        _ => (Scope::Unit(UnitId(1)), people(bits & 0b1_0001)),
    };
    let mut written = contents(doctor, &chosen);
    written.years = 1 + u32::from(bits % 3);
    if let Scope::Unit(_) = scope {
        let name = "孙立".to_owned();
        written.representative = Some(Representative::Contact { name });
    }
    let _ = world.sign(scope, origin, written, today);
}

/// Whom a step is about.
pub fn person(step: Step) -> PersonId {
    PersonId(u64::from(step.3 % 6) + 1)
}

/// What a step asks of a signed agreement, on a page of its own.
pub fn action(step: Step, on: Day, page: String, consent: Consent) -> Action {
    let (what, _, _, bits, _) = step;
    let person = person(step);
    let signature = |side| Action::SignEnding {
        side,
        signature: Signature {
            name: "李秀英".to_owned(),
            staff: None,
            on,
        },
    };
    match what % 11 {
        0 => Action::GiveNotice(Notice {
            on,
            by: person,
            way: NoticeWay::InPerson,
            reason: NoticeReason::Fees,
            note: String::new(),
        }),
        1 => Action::WithdrawNotice {
            by: person,
            on,
            evidence: page,
        },
        2 => signature(Side::Resident),
        3 => signature(Side::Clinic),
        4 => Action::End {
            last_day: plus_days(on, i64::from(bits % 40)),
            sheet: page,
        },
        5 => Action::Leave {
            person,
            last_day: on,
            reason: LeaveReason::Died,
        },
        6 => Action::Join(Box::new(Joining {
            person,
            basic: Some(Basic::Included),
            consent,
            incapable: String::new(),
            above_cap: None,
        })),
        7 => Action::Void(Box::new(Voiding {
            finding: VoidFinding::EntryError,
            reason: "录入错误".to_owned(),
            approval: Some(Approval {
                by: Approver::Staff {
                    id: StaffId(8),
                    name: "周院长".to_owned(),
                },
                on,
            }),
            informed: Some(on),
        })),
        8 => Action::SpeakOfRenewal { on },
        9 => Action::StopService {
            last_day: on,
            evidence: page,
        },
        _ => Action::Discard { reason: page },
    }
}

fn walk(world: &mut World, steps: &[Step]) {
    let mut today = d("2025-01-01");
    for step in steps {
        let last = today;
        today = plus_days(today, step.4);
        world.roll(&last.to_string(), &today.to_string());
        let day = today.to_string();
        let count = u64::try_from(world.book.len()).unwrap();
        let id = AgreementId(1 + u64::from(step.1) % count.max(1));
        match step.0 % 16 {
            0..=2 => sign(world, *step, &day, Origin::New),
            3 => sign(world, *step, &day, Origin::Renewal { of: id }),
            4 => {
                let reason = "换医生".to_owned();
                let of = vec![id];
                sign(world, *step, &day, Origin::Change { of, reason });
            }
            _ => {
                let page = world.page();
                let consent = world.consent(person(*step), &day, &page);
                let action = action(*step, today, page, consent);
                let _ = world.ask(Some(id), &action, &day);
            }
        }
        holds(world);
    }
}

fn holds(world: &World) {
    let all: Vec<&Agreement> = world.book.values().collect();
    let meets = |one: Option<Span>, other: Option<Span>| {
        one.zip(other)
            .is_some_and(|(one, other)| one.shared(other).is_some())
    };
    let term = |one: &Agreement| {
        let signed = one.signed().filter(|signed| signed.voided.is_none())?;
        Span::new(signed.term.start, signed.last_day())
    };
    for (at, one) in all.iter().enumerate() {
        for other in &all[at + 1..] {
            for person in (1..=6).map(PersonId) {
                let twice = meets(one.coverage(person), other.coverage(person));
                assert!(!twice, "{person} in {} and {}", one.id, other.id);
            }
            let is_whole = |one: &Agreement| one.scope == Scope::Household(FIRST);
            if world.rules.exclusive == Exclusive::Household && is_whole(one) && is_whole(other) {
                assert!(
                    !meets(term(one), term(other)),
                    "{} and {}",
                    one.id,
                    other.id
                );
            }
        }
        for line in one.signed().into_iter().flat_map(|signed| &signed.fees) {
            assert!(line.balances());
        }
    }
}

fn replayed(log: &[AgreementChanged]) -> BTreeMap<AgreementId, Agreement> {
    let mut book = BTreeMap::new();
    for changed in log {
        let kept = serde_json::to_string(changed).unwrap();
        let changed: AgreementChanged = serde_json::from_str(&kept).unwrap();
        let before = book.remove(&changed.agreement);
        book.insert(changed.agreement, apply(before, &changed).unwrap());
    }
    book
}

#[test]
fn walks_go_every_way_there_is() {
    let mut random = fastrand::Rng::with_seed(20_251_122);
    let mut taken = BTreeSet::new();
    for _ in 0..800 {
        let steps: Vec<Step> = (0..30)
            .map(|_| {
                (
                    random.u8(..),
                    random.u8(..),
                    random.bool(),
                    random.u8(..),
                    random.i64(0..60),
                )
            })
            .collect();
        let mut world = world();
        walk(&mut world, &steps);
        taken.extend(world.log.iter().filter_map(|changed| changed.transition));
    }
    let all = [
        Transition::T01,
        Transition::T03,
        Transition::T04,
        Transition::T05,
        Transition::T06,
        Transition::T07,
        Transition::T08,
        Transition::T09,
        Transition::T10,
        Transition::T11,
        Transition::T12,
        Transition::T13,
        Transition::T15,
    ];
    let untaken: Vec<Transition> = all.into_iter().filter(|way| !taken.contains(way)).collect();
    assert_eq!(untaken, []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_is_asked_the_invariants_hold(
        by_person in any::<bool>(),
        steps in proptest::collection::vec(
            (any::<u8>(), any::<u8>(), any::<bool>(), any::<u8>(), 0_i64..90),
            1..40,
        ),
    ) {
        let mut world = world();
        if by_person {
            world.rules.exclusive = Exclusive::Person;
        }
        walk(&mut world, &steps);
        prop_assert_eq!(&replayed(&world.log), &world.book);
    }
}
