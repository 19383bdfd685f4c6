//! The worked examples A1–A14.

use cunyi::domain::{
    agreement::{
        action::{Action, Joining, Voiding},
        approval::{Approval, Approver},
        consent::ConsentKind,
        contract::{Basic, Life, Origin, Scope},
        money::{FeeLine, Fen},
        signed::{
            ClosedBy, LeaveReason, NotRenewed, Notice, NoticeReason, NoticeWay, Renewal, Side,
            Signature, VoidFinding,
        },
        standing::Word,
        state::State,
    },
    id::{AgreementId, PersonId},
    person::PersonState,
};

use super::village::{
    A, ALL, B, CHILD, FIRST, GRANNY, WANG, WIFE, World, codes, contents, d, world,
};

fn notice(on: &str) -> Action {
    Action::GiveNotice(Notice {
        on: d(on),
        by: WIFE,
        way: NoticeWay::InPerson,
        reason: NoticeReason::Moving,
        note: String::new(),
    })
}

fn signs(side: Side, on: &str) -> Action {
    let name = "李秀英".to_owned();
    let (staff, on) = (None, d(on));
    let signature = Signature { name, staff, on };
    Action::SignEnding { side, signature }
}

fn ends(last_day: &str) -> Action {
    Action::End {
        last_day: d(last_day),
        sheet: "JY001".to_owned(),
    }
}

fn ask(world: &mut World, id: AgreementId, action: &Action, today: &str) {
    world.ask(Some(id), action, today).unwrap();
}

fn renewal(world: &World, id: AgreementId) -> Renewal {
    world.of(id).signed().unwrap().renewal
}

#[test]
fn a1_both_signatures_make_it_active_for_a_year() {
    let (world, id) = World::a1();
    let signed = world.of(id).signed().unwrap();
    assert_eq!(world.state(id), State::Active);
    assert_eq!(signed.term.start, d("2025-08-12"));
    assert_eq!(signed.term.end(), d("2026-08-11"));
    assert_eq!(world.numbers, ["QY150622103101202500001"]);
    let word = |day: &str| world.of(id).word(d(day), &world.rules);
    assert_eq!(word("2026-07-11"), Word::Active);
    assert_eq!(word("2026-07-12"), Word::Expiring);
    assert_eq!(word("2026-08-12"), Word::Overdue);
}

#[test]
fn a2_untouched_it_renews_itself_unconfirmed() {
    let (mut world, id) = World::a1();
    world.roll("2026-08-11", "2026-08-12");
    let next = AgreementId(2);
    assert_eq!(world.state(id), State::Renewed);
    assert_eq!(world.state(next), State::Active);
    assert_eq!(world.end(next), d("2027-08-11"));
    assert_eq!(renewal(&world, next), Renewal::Unconfirmed);
    assert_eq!(world.of(next).number.as_ref().unwrap().year(), 2026);
    let flags = |day: &str| world.of(next).flags(d(day), &world.rules, &world.doctors);
    assert!(!flags("2026-09-10").unconfirmed_for_long);
    assert!(flags("2026-09-11").unconfirmed_for_long);
}

#[test]
fn a3_a_contact_that_spoke_of_it_confirms_the_renewal() {
    let (mut world, id) = World::a1();
    let on = d("2026-07-20");
    ask(&mut world, id, &Action::SpeakOfRenewal { on }, "2026-07-20");
    world.roll("2026-08-11", "2026-08-12");
    assert_eq!(renewal(&world, AgreementId(2)), Renewal::Confirmed);
}

#[test]
fn a4_notice_signed_by_both_ends_it_with_the_term() {
    let (mut world, id) = World::a1();
    ask(&mut world, id, &notice("2026-08-01"), "2026-08-01");
    ask(
        &mut world,
        id,
        &signs(Side::Resident, "2026-08-01"),
        "2026-08-01",
    );
    ask(
        &mut world,
        id,
        &signs(Side::Clinic, "2026-08-01"),
        "2026-08-01",
    );
    ask(&mut world, id, &ends("2026-08-11"), "2026-08-01");
    assert_eq!(world.state(id), State::Ending);
    world.roll("2026-08-11", "2026-08-12");
    assert_eq!(world.state(id), State::Terminated);
    assert_eq!(world.end(id), d("2026-08-11"));
    assert_eq!(world.book.len(), 1);

    let (mut world, id) = World::a1();
    let day = "2026-08-11";
    ask(&mut world, id, &notice(day), day);
    ask(&mut world, id, &signs(Side::Resident, day), day);
    ask(&mut world, id, &signs(Side::Clinic, day), day);
    ask(&mut world, id, &ends(day), day);
    world.roll(day, "2026-08-12");
    assert_eq!((world.state(id), world.book.len()), (State::Terminated, 1));
}

#[test]
fn a5_with_one_signature_it_expires_and_asks_for_the_other() {
    let (mut world, id) = World::a1();
    ask(&mut world, id, &notice("2026-08-01"), "2026-08-01");
    ask(
        &mut world,
        id,
        &signs(Side::Resident, "2026-08-01"),
        "2026-08-01",
    );
    world.roll("2026-08-11", "2026-08-12");
    assert_eq!(world.state(id), State::Expired);
    let closing = world.of(id).signed().unwrap().closing.clone().unwrap();
    let reasons = [NotRenewed::EndUnsigned].into();
    assert_eq!(closing.by, ClosedBy::NotRenewed { reasons });
}

#[test]
fn a6_notice_withdrawn_is_as_if_never_given() {
    let (mut world, id) = World::a1();
    ask(&mut world, id, &notice("2026-08-01"), "2026-08-01");
    let withdraw = |by: PersonId| Action::WithdrawNotice {
        by,
        on: d("2026-08-05"),
        evidence: "CH001".to_owned(),
    };
    let refused = world.ask(Some(id), &withdraw(GRANNY), "2026-08-05");
    assert_eq!(codes(&refused.unwrap_err()), ["E-AGR-WHO"]);
    ask(&mut world, id, &withdraw(WANG), "2026-08-05");
    world.roll("2026-08-11", "2026-08-12");
    assert_eq!(world.state(id), State::Renewed);
    assert_eq!(renewal(&world, AgreementId(2)), Renewal::Unconfirmed);
}

#[test]
fn a7_a_new_doctor_is_signed_anew_and_the_term_begins_anew() {
    let (mut world, id) = World::a1();
    let origin = Origin::Change {
        of: vec![id],
        reason: "换医生".to_owned(),
    };
    let next = world.sign_first(B, origin, "2026-02-10").unwrap();
    assert_eq!(world.state(id), State::Superseded);
    assert_eq!(world.end(id), d("2026-02-09"));
    assert_eq!(world.end(next), d("2027-02-09"));
    assert!(world.of(id).covered_on(d("2026-02-10")).is_empty());
}

#[test]
fn a8_without_its_doctor_it_expires() {
    let (mut world, id) = World::a1();
    world.doctors[0].until = Some(d("2026-06-30"));
    let flags = world
        .of(id)
        .flags(d("2026-07-01"), &world.rules, &world.doctors);
    assert!(flags.doctor_left);
    let acting = Action::NameActing { doctor: B };
    ask(&mut world, id, &acting, "2026-07-01");
    world.roll("2026-08-11", "2026-08-12");
    assert_eq!((world.state(id), world.book.len()), (State::Expired, 1));
}

#[test]
fn a9_the_coverage_of_the_dead_ends_that_day() {
    let (mut world, id) = World::a1();
    let on = d("2026-03-03");
    let cause = String::new();
    world.person(GRANNY).state = PersonState::Died { on, cause };
    let leave = Action::Leave {
        person: GRANNY,
        last_day: on,
        reason: LeaveReason::Died,
    };
    ask(&mut world, id, &leave, "2026-03-05");
    assert_eq!(world.of(id).covered_on(d("2026-03-03")).len(), 4);
    assert_eq!(world.of(id).covered_on(d("2026-03-04")).len(), 3);
}

#[test]
fn a10_with_the_last_member_gone_it_ends() {
    let (mut world, id) = World::a1();
    for person in ALL {
        let leave = |to: &str| Action::Leave {
            person: *person,
            last_day: d("2026-03-03"),
            reason: LeaveReason::MovedOut { to: to.to_owned() },
        };
        let refused = world.ask(Some(id), &leave(" "), "2026-03-03");
        assert_eq!(codes(&refused.unwrap_err()), ["E-AGR-FIELD"]);
        ask(&mut world, id, &leave("县城"), "2026-03-03");
    }
    assert_eq!(world.state(id), State::Terminated);
    assert_eq!(world.end(id), d("2026-03-03"));
}

#[test]
fn a11_years_of_absence_are_rolled_term_by_term() {
    let (mut world, _) = World::a1();
    world.roll("2026-08-10", "2029-01-05");
    let starts: Vec<String> = world
        .book
        .values()
        .map(|one| one.signed().unwrap().term.start.to_string())
        .collect();
    let wanted = ["2025-08-12", "2026-08-12", "2027-08-12", "2028-08-12"];
    assert_eq!(starts, wanted);
    assert_eq!(world.state(AgreementId(3)), State::Renewed);
    assert_eq!(world.state(AgreementId(4)), State::Active);
    assert_eq!(world.numbers.len(), 4);
}

#[test]
fn a12_five_unused_months_of_twelve_are_given_back() {
    let mut world = world();
    let mut written = contents(A, ALL);
    written.covered[0].extras.push("Z01".to_owned());
    let mut line = FeeLine::charged(1, WANG, "Z01", (Fen(12_000), Fen::ZERO));
    line.paid = Fen(12_000);
    written.fees.push(line);
    let scope = Scope::Household(FIRST);
    let id = world
        .sign(scope, Origin::New, written, "2025-08-12")
        .unwrap();
    let day = "2026-02-28";
    ask(&mut world, id, &notice(day), day);
    ask(&mut world, id, &signs(Side::Resident, day), day);
    ask(&mut world, id, &signs(Side::Clinic, day), day);
    ask(&mut world, id, &ends(day), day);
    let closing = world.of(id).signed().unwrap().closing.clone().unwrap();
    assert_eq!(closing.refunds.len(), 1);
    assert_eq!(closing.refunds[0].amount.to_string(), "50.00");
}

#[test]
fn a13_a_newborn_is_covered_from_the_guardians_consent() {
    let (mut world, id) = World::a1();
    let baby = PersonId(7);
    let mut born = world.people[2].clone();
    born.id = baby;
    born.birth = Some(d("2026-01-10"));
    world.people.push(born);
    world.homes[0].members.push(baby);
    let consent = world.consent(baby, "2026-01-20", "ZP-BABY");
    let joining = Joining {
        person: baby,
        basic: Some(Basic::Included),
        consent,
        incapable: String::new(),
        above_cap: None,
    };
    ask(
        &mut world,
        id,
        &Action::Join(Box::new(joining)),
        "2026-01-20",
    );
    let covered = world.of(id).coverage(baby).unwrap();
    assert_eq!(covered.from, d("2026-01-20"));
    let member = world.of(id).signed().unwrap().member(baby).unwrap().clone();
    assert_eq!(member.page, 1);
    world.roll("2026-08-11", "2026-08-12");
    assert!(
        world
            .of(AgreementId(2))
            .covered_on(d("2026-08-12"))
            .contains(&baby)
    );
}

#[test]
fn a14_what_was_never_agreed_never_was() {
    let (mut world, id) = World::a1();
    let by = Approver::Outside {
        name: "周院长".to_owned(),
        paper: "石卫〔2026〕3号".to_owned(),
    };
    let void = Voiding {
        finding: VoidFinding::NotAgreed,
        reason: "居民不知情".to_owned(),
        approval: Some(Approval {
            by,
            on: d("2026-01-15"),
        }),
        informed: Some(d("2026-01-15")),
    };
    ask(&mut world, id, &Action::Void(Box::new(void)), "2026-01-15");
    assert_eq!(world.state(id), State::Void);
    assert!(world.of(id).covered_on(d("2025-09-01")).is_empty());
    assert!(world.of(id).coverage(CHILD).is_none());
    let again = world.sign_first(A, Origin::New, "2026-01-15").unwrap();
    assert_ne!(world.of(again).number, world.of(id).number);
}

#[test]
fn a_renewal_by_hand_shows_when_the_new_term_begins() {
    let (mut world, id) = World::a1();
    let next = world
        .sign_first(A, Origin::Renewal { of: id }, "2026-06-20")
        .unwrap();
    let word = |world: &World, id, day: &str| world.of(id).word(d(day), &world.rules);
    assert_eq!(word(&world, id, "2026-06-20"), Word::Active);
    assert_eq!(word(&world, id, "2026-08-12"), Word::Renewed);
    assert_eq!(word(&world, next, "2026-06-20"), Word::NotBegun);
    assert_eq!(word(&world, next, "2026-08-12"), Word::Active);
    let leave = Action::Leave {
        person: GRANNY,
        last_day: d("2026-07-01"),
        reason: LeaveReason::Died,
    };
    ask(&mut world, id, &leave, "2026-07-01");
    assert!(world.of(next).coverage(GRANNY).is_none());
    assert_eq!(world.of(next).covered_on(d("2026-08-12")).len(), 3);
}

#[test]
fn a_representatives_word_counts_thirty_days_unless_confirmed() {
    let (mut world, id) = World::a1();
    let counts = |world: &World, day: &str| {
        let signed = world.of(id).signed().unwrap();
        signed.member(WIFE).unwrap().counts_on(d(day), &world.rules)
    };
    assert!(counts(&world, "2026-01-01"));
    let Life::Signed(signed) = &mut world.book.get_mut(&id).unwrap().life else {
        unreachable!()
    };
    signed.members[1].consent.kind = ConsentKind::ByRepresentative;
    assert!(counts(&world, "2025-09-11"));
    assert!(!counts(&world, "2025-09-12"));
    let own = world.consent(WIFE, "2025-09-20", "ZP-OWN");
    ask(&mut world, id, &Action::Confirm(own), "2025-09-20");
    assert!(counts(&world, "2025-09-20"));
}
