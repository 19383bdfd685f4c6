//! The bad cases 1–33, each by its number and with its code.

use cunyi::domain::{
    agreement::{
        action::{Action, Joining, Voiding},
        approval::{Approval, Approver},
        cap::CapOverride,
        consent::ConsentKind,
        contract::{Basic, Contents, Origin, Representative, Scope},
        money::{FeeLine, Fen},
        package::BASIC,
        refusal::Refusal,
        rules::Exclusive,
        signed::{
            LeaveReason, Notice, NoticeReason, NoticeWay, Side, Signature, Signing, VoidFinding,
        },
        voucher::{Holder, VoucherState},
    },
    household::{self, Stay},
    id::{AgreementId, DoctorId, HouseholdId, PersonId, StaffId, UnitId},
    person::PersonState,
};
use rstest::rstest;

use super::village::{
    A, ALL, B, CHILD, FIRST, GRANNY, LIU, SECOND, WANG, WIFE, World, ZHANG, codes, contents, d,
    voucher, world,
};

const DAY: &str = "2025-08-12";
const NONE: [&str; 0] = [];

/// Signs with A for the first household, contents and signing spoiled as told.
fn spoiled(
    world: &mut World,
    write: impl FnOnce(&mut Contents),
    sign: impl FnOnce(&mut Signing),
) -> Vec<&'static str> {
    let mut written = contents(A, ALL);
    write(&mut written);
    let people: Vec<PersonId> = written.covered.iter().map(|one| one.person).collect();
    let id = match world.draft(Scope::Household(FIRST), Origin::New, written, DAY) {
        Ok(id) => id,
        Err(refusals) => return codes(&refusals),
    };
    let mut signing = world.signing(&people, DAY);
    sign(&mut signing);
    let refused = world.ask(Some(id), &Action::Sign(Box::new(signing)), DAY);
    refused
        .err()
        .map(|refusals| codes(&refusals))
        .unwrap_or_default()
}

fn asked(world: &mut World, id: AgreementId, action: &Action, today: &str) -> Vec<&'static str> {
    let refused = world.ask(Some(id), action, today);
    refused
        .err()
        .map(|refusals| codes(&refusals))
        .unwrap_or_default()
}

fn notice(on: &str) -> Action {
    Action::GiveNotice(Notice {
        on: d(on),
        by: WIFE,
        way: NoticeWay::Phone,
        reason: NoticeReason::Other,
        note: String::new(),
    })
}

fn joining(world: &World, person: PersonId) -> Action {
    Action::Join(Box::new(Joining {
        person,
        basic: Some(Basic::Included),
        consent: world.consent(person, "2025-09-01", "ZP-J"),
        incapable: String::new(),
        above_cap: None,
    }))
}

fn wife_with(world: &mut World, doctor: DoctorId) -> Vec<&'static str> {
    let scope = Scope::Members(FIRST);
    let signed = world.sign(scope, Origin::New, contents(doctor, &[WIFE]), "2025-09-01");
    signed
        .err()
        .map(|refusals| codes(&refusals))
        .unwrap_or_default()
}

#[test]
fn bad_01_a_household_has_one_doctor() {
    let (mut world, _) = World::a1();
    let refused = world.sign_first(B, Origin::New, "2025-09-01");
    assert_eq!(codes(&refused.unwrap_err()), ["E-AGR-EXCL"]);
}

#[test]
fn bad_02_so_has_each_of_its_members() {
    let mut world = world();
    let scope = Scope::Members(FIRST);
    let first = contents(A, &[WANG, GRANNY]);
    world.sign(scope, Origin::New, first, DAY).unwrap();
    assert_eq!(wife_with(&mut world, B), ["E-AGR-EXCL"]);
    assert_eq!(wife_with(&mut world, A), [""; 0]);
}

#[test]
fn bad_03_unless_only_persons_are_exclusive() {
    let mut world = world();
    world.rules.exclusive = Exclusive::Person;
    let first = contents(A, &[WANG, GRANNY]);
    world
        .sign(Scope::Members(FIRST), Origin::New, first, DAY)
        .unwrap();
    assert_eq!(wife_with(&mut world, B), [""; 0]);
}

#[test]
fn bad_04_nobody_is_covered_at_work_and_at_home() {
    let mut world = world();
    let mut of_unit = contents(B, &[WANG]);
    let name = "孙立".to_owned();
    of_unit.representative = Some(Representative::Contact { name });
    let scope = Scope::Unit(UnitId(1));
    world.sign(scope, Origin::New, of_unit, DAY).unwrap();
    let mut rest = contents(A, &[WIFE, CHILD, GRANNY]);
    rest.left_out = Vec::new();
    let id = world
        .sign(Scope::Members(FIRST), Origin::New, rest, DAY)
        .unwrap();
    let join = joining(&world, WANG);
    assert_eq!(
        asked(&mut world, id, &join, "2025-09-01"),
        ["E-AGR-DUPCOVER"]
    );
}

#[rstest]
#[case::bad_05_five_years(5)]
#[case::bad_06_half_a_year(0)]
fn a_term_has_the_years_allowed(#[case] years: u32) {
    let refused = spoiled(&mut world(), |written| written.years = years, |_| {});
    assert_eq!(refused, ["E-AGR-TERM"]);
}

#[rstest]
#[case::bad_07_before_the_signature("2025-08-11", &["E-AGR-START"])]
#[case::too_far_ahead("2025-09-13", &["E-AGR-START"])]
#[case::a_month_ahead("2025-09-12", &[])]
fn it_begins_soon_after_the_signature(#[case] start: &str, #[case] wanted: &[&str]) {
    let start = d(start);
    let refused = spoiled(&mut world(), |_| {}, |signing| signing.start = Some(start));
    assert_eq!(refused, wanted);
}

#[rstest]
#[case::bad_08_tomorrow("2025-08-11", &["E-AGR-DATE"])]
#[case::bad_08_91_days_ago("2025-11-11", &["E-AGR-DATE"])]
#[case::ninety_days_ago("2025-11-10", &[])]
fn it_is_signed_today_or_lately(#[case] today: &str, #[case] wanted: &[&str]) {
    let mut world = world();
    let scope = Scope::Household(FIRST);
    let id = world
        .draft(scope, Origin::New, contents(A, ALL), today)
        .unwrap();
    let signing = world.signing(ALL, DAY);
    let refused = asked(&mut world, id, &Action::Sign(Box::new(signing)), today);
    assert_eq!(refused, wanted);
}

#[rstest]
#[case::bad_09_sixteen_years_old(CHILD, "2009-06-03")]
#[case::bad_10_of_another_household(ZHANG, "1980-08-05")]
fn a_representative_is_an_adult_of_the_household(#[case] who: PersonId, #[case] birth: &str) {
    let mut world = world();
    world.person(who).birth = birth.parse().ok();
    let refused = spoiled(
        &mut world,
        |written| written.representative = Some(Representative::Member(who)),
        |_| {},
    );
    assert_eq!(refused, ["E-AGR-REP"]);
}

#[test]
fn bad_11_every_adult_consents_and_is_named() {
    let mut world = world();
    let written = contents(A, ALL);
    let id = world
        .draft(Scope::Household(FIRST), Origin::New, written, DAY)
        .unwrap();
    let mut signing = world.signing(ALL, DAY);
    signing.consents.retain(|consent| consent.person != WIFE);
    let refused = world.ask(Some(id), &Action::Sign(Box::new(signing)), DAY);
    let refused = refused.unwrap_err();
    assert_eq!(codes(&refused), ["E-AGR-CONSENT"]);
    let Refusal::Consent { who, .. } = &refused[0] else {
        unreachable!()
    };
    assert_eq!((who.person, who.name.as_str()), (WIFE, "李秀英"));
    let unlisted = |written: &mut Contents| written.covered.retain(|one| one.person != GRANNY);
    assert_eq!(spoiled(&mut world, unlisted, |_| {}), ["E-AGR-CONSENT"]);
}

#[test]
fn bad_12_a_child_does_not_sign() {
    let refused = spoiled(
        &mut world(),
        |_| {},
        |signing| {
            signing.consents[2].kind = ConsentKind::Signed;
        },
    );
    assert_eq!(refused, ["E-AGR-GUARD"]);
}

#[test]
fn bad_13_a_photo_serves_one_agreement() {
    let (mut world, id) = World::a1();
    let used = world.of(id).signed().unwrap().members[0]
        .consent
        .evidence
        .clone();
    let people = [ZHANG, LIU];
    let scope = Scope::Household(SECOND);
    let other = world
        .draft(scope, Origin::New, contents(A, &people), DAY)
        .unwrap();
    let mut signing = world.signing(&people, DAY);
    signing.consents[1].evidence = used;
    let refused = asked(&mut world, other, &Action::Sign(Box::new(signing)), DAY);
    assert_eq!(refused, ["E-AGR-EVDUP"]);
}

#[test]
fn bad_14_a_paid_package_stands_beside_the_basic_one() {
    let refused = spoiled(
        &mut world(),
        |written| {
            written.covered[0].basic = None;
            written.covered[0].extras.push("Z01".to_owned());
            let line = FeeLine::charged(1, WANG, "Z01", (Fen(12_000), Fen::ZERO));
            written.fees.push(line);
        },
        |_| {},
    );
    assert_eq!(refused, ["E-AGR-PKGBASE"]);
}

#[rstest]
#[case::does_not_add_up(|line: &mut FeeLine| line.resident = Fen(11_999))]
#[case::a_negative_part(|line: &mut FeeLine| {
    line.insurance = Fen(-100);
    line.resident = Fen(12_100);
})]
#[case::the_basic_package_charged(|line: &mut FeeLine| BASIC.clone_into(&mut line.package))]
fn bad_15_fees_balance_and_the_basic_package_is_free(#[case] spoil: fn(&mut FeeLine)) {
    let refused = spoiled(
        &mut world(),
        |written| {
            let mut line = FeeLine::charged(1, WANG, "Z01", (Fen(12_000), Fen::ZERO));
            spoil(&mut line);
            if line.package != BASIC {
                written.covered[0].extras.push("Z01".to_owned());
            }
            written.fees.push(line);
        },
        |_| {},
    );
    assert_eq!(refused, ["E-AGR-FEE"]);
}

#[rstest]
#[case::used("E-VCH-USED", Holder::Household(FIRST), "2025-12-31", true)]
#[case::expired("E-VCH-EXPIRED", Holder::Household(FIRST), "2025-08-11", false)]
#[case::anothers("E-VCH-OWNER", Holder::Person(ZHANG), "2025-12-31", false)]
fn bad_16_a_voucher_is_used_once_in_time_by_its_holder(
    #[case] code: &str,
    #[case] holder: Holder,
    #[case] expires: &str,
    #[case] is_used: bool,
) {
    let mut world = world();
    let mut issued = voucher("D1", holder);
    issued.expires = d(expires);
    if is_used {
        issued.state = VoucherState::Used {
            on: d("2025-02-01"),
        };
    }
    world.vouchers.push(issued);
    let refused = spoiled(
        &mut world,
        |written| {
            written.covered[0].extras.push("Z01".to_owned());
            let line = FeeLine::charged(1, WANG, "Z01", (Fen(12_000), Fen(3000)));
            written.fees.push(line.with_voucher("D1", Fen(5000)));
        },
        |_| {},
    );
    assert_eq!(refused, [code]);
}

fn crowded(persons: u64, households: u64) -> World {
    let mut world = world();
    world.crowd.persons = (1000..1000 + persons).map(PersonId).collect();
    world.crowd.households = (1000..1000 + households).map(HouseholdId).collect();
    world
}

fn approved(reason: &str, by: Option<Approver>) -> CapOverride {
    CapOverride {
        reason: reason.to_owned(),
        approval: by.map(|by| Approval { by, on: d(DAY) }),
    }
}

fn staff(id: u64) -> Approver {
    let name = "周院长".to_owned();
    Approver::Staff {
        id: StaffId(id),
        name,
    }
}

#[rstest]
#[case::a_person_too_many(997, 100, &["E-AGR-CAP"])]
#[case::a_household_too_many(500, 300, &["E-AGR-CAP"])]
#[case::both_fit(996, 299, &[])]
fn bad_17_a_village_doctor_takes_so_many(
    #[case] persons: u64,
    #[case] households: u64,
    #[case] wanted: &[&str],
) {
    let mut world = crowded(persons, households);
    assert_eq!(spoiled(&mut world, |_| {}, |_| {}), wanted);
}

#[rstest]
#[case::without_a_reason("", Some(staff(8)), &["E-AGR-CAP"])]
#[case::without_an_approver("整村签约", None, &["E-AGR-CAP"])]
#[case::by_the_doctor("整村签约", Some(staff(1)), &["E-AGR-APPROVE"])]
#[case::whole("整村签约", Some(staff(8)), &[])]
fn bad_18_above_the_cap_somebody_else_approves(
    #[case] reason: &str,
    #[case] by: Option<Approver>,
    #[case] wanted: &[&str],
) {
    let mut world = crowded(1000, 300);
    let above = Some(approved(reason, by));
    let refused = spoiled(&mut world, |_| {}, |signing| signing.above_cap = above);
    assert_eq!(refused, wanted);
}

/// Once refused everybody who joined while the list stood above its cap.
#[test]
fn a_newborn_of_a_household_on_a_full_list_takes_no_more_room() {
    let mut world = crowded(900, 300);
    let above = Some(approved("整村签约", Some(staff(8))));
    let signed = spoiled(&mut world, |_| {}, |signing| signing.above_cap = above);
    assert_eq!(signed, NONE);
    let id = *world.book.keys().next_back().unwrap();
    let mut born = world.people[2].clone();
    born.id = PersonId(7);
    born.birth = Some(d(DAY));
    world.people.push(born);
    world.homes[0].members.push(PersonId(7));
    let joins = joining(&world, PersonId(7));
    let mut roomy = world.clone();
    assert_eq!(asked(&mut roomy, id, &joins, "2025-09-01"), NONE);
    world.crowd.persons = (1000..1996).map(PersonId).collect();
    assert_eq!(asked(&mut world, id, &joins, "2025-09-01"), ["E-AGR-CAP"]);
}

#[test]
fn bad_19_a_doctor_out_of_service_does_not_sign() {
    let mut world = world();
    world.doctors[0].until = Some(d("2025-08-11"));
    assert_eq!(spoiled(&mut world, |_| {}, |_| {}), ["E-AGR-DOCTOR"]);
}

#[rstest]
#[case::dead(PersonState::Died { on: d("2025-01-01"), cause: String::new() })]
#[case::moved(PersonState::MovedOut { on: d("2025-01-01"), to: "县城".to_owned() })]
fn bad_20_only_who_lives_here_is_covered(#[case] state: PersonState) {
    let mut world = world();
    world.person(GRANNY).state = state;
    assert_eq!(spoiled(&mut world, |_| {}, |_| {}), ["E-AGR-MEMBER"]);
}

#[test]
fn bad_21_an_agreement_has_members() {
    let refused = spoiled(&mut world(), |written| written.covered.clear(), |_| {});
    assert_eq!(refused, ["E-AGR-NOMEMBER"]);
}

#[test]
fn bad_22_both_sides_sign_the_end() {
    let (mut world, id) = World::a1();
    let day = "2026-02-28";
    world.ask(Some(id), &notice(day), day).unwrap();
    let name = "李秀英".to_owned();
    let (side, on) = (Side::Resident, d(day));
    let signature = Signature {
        name,
        staff: None,
        on,
    };
    let signs = Action::SignEnding { side, signature };
    world.ask(Some(id), &signs, day).unwrap();
    let sheet = "JY001".to_owned();
    let end = Action::End {
        last_day: on,
        sheet,
    };
    assert_eq!(asked(&mut world, id, &end, day), ["E-AGR-2SIGN"]);
}

#[test]
fn bad_23_a_draft_is_discarded_not_cancelled() {
    let mut world = world();
    let scope = Scope::Household(FIRST);
    let id = world
        .draft(scope, Origin::New, contents(A, ALL), DAY)
        .unwrap();
    assert_eq!(asked(&mut world, id, &notice(DAY), DAY), ["E-AGR-STATE"]);
    let reason = "写错".to_owned();
    assert_eq!(
        asked(&mut world, id, &Action::Discard { reason }, DAY),
        [""; 0]
    );
}

#[test]
fn bad_24_after_the_renewal_the_new_term_is_to_be_ended() {
    let (mut world, id) = World::a1();
    world.roll("2026-08-11", "2026-08-12");
    let refused = world.ask(Some(id), &notice("2026-08-12"), "2026-08-12");
    let next = Some(AgreementId(2));
    assert_eq!(refused.unwrap_err(), [Refusal::Late { next }]);
    let taken = asked(
        &mut world,
        AgreementId(2),
        &notice("2026-08-12"),
        "2026-08-12",
    );
    assert_eq!(taken, [""; 0]);
}

#[test]
fn bad_25_what_is_over_is_not_signed_again() {
    let (mut world, id) = World::a1();
    world.doctors[0].until = Some(d("2026-06-30"));
    world.roll("2026-08-11", "2026-08-12");
    let signing = world.signing(ALL, "2026-08-12");
    let sign = Action::Sign(Box::new(signing));
    assert_eq!(asked(&mut world, id, &sign, "2026-08-12"), ["E-AGR-STATE"]);
}

#[test]
fn bad_26_another_doctor_is_signed_anew() {
    let (mut world, id) = World::a1();
    let edit = Action::Edit(Box::new(contents(B, ALL)));
    assert_eq!(asked(&mut world, id, &edit, "2025-09-01"), ["E-AGR-RESIGN"]);
    let edit = Action::Edit(Box::new(contents(A, &[WANG])));
    assert_eq!(asked(&mut world, id, &edit, "2025-09-01"), ["E-AGR-STATE"]);
}

#[rstest]
#[case::sixty_one_days("2026-06-11", &["E-AGR-EARLY"])]
#[case::sixty_days("2026-06-12", &[])]
fn bad_27_renewal_by_hand_waits_for_the_last_sixty_days(#[case] on: &str, #[case] wanted: &[&str]) {
    let (mut world, id) = World::a1();
    let signed = world.sign_first(A, Origin::Renewal { of: id }, on);
    let refused = signed.err().map(|refusals| codes(&refusals));
    assert_eq!(refused.unwrap_or_default(), wanted);
}

#[test]
fn bad_28_a_member_of_another_household_does_not_join() {
    let (mut world, id) = World::a1();
    let join = joining(&world, ZHANG);
    assert_eq!(asked(&mut world, id, &join, "2025-09-01"), ["E-AGR-MEMBER"]);
}

#[test]
fn bad_29_nobody_lives_in_two_households_at_once() {
    let stay = |no, household, from: &str, until: Option<&str>| Stay {
        person: WANG,
        no,
        household,
        from: from.parse().ok(),
        joined_by: None,
        until: until.map(d),
        left_by: None,
    };
    let before = stay(1, FIRST, "2000-01-01", Some("2025-05-01"));
    let after = stay(2, SECOND, "2025-05-01", None);
    assert_eq!(household::overlap(&[before.clone(), after]), None);
    let early = stay(2, SECOND, "2025-04-30", None);
    let refusal = household::overlap(&[before, early]).unwrap();
    let refusal = cunyi::domain::refusal::Refusal::Household(refusal);
    assert_eq!(refusal.code(), "E-HH-OVERLAP");
}

#[test]
fn bad_30_what_was_signed_is_never_thrown_away() {
    let (mut world, id) = World::a1();
    let reason = "不要了".to_owned();
    let discard = Action::Discard { reason };
    assert_eq!(
        asked(&mut world, id, &discard, "2025-09-01"),
        ["E-AGR-STATE"]
    );
}

#[test]
fn bad_31_a_closed_month_wants_a_reason() {
    let mut world = world();
    world.reported = Some(d("2025-08-31"));
    assert_eq!(spoiled(&mut world, |_| {}, |_| {}), ["W-AGR-CLOSEDMONTH"]);
    let reason = "补录纸质协议".to_owned();
    let told = spoiled(&mut world, |_| {}, |signing| signing.late_reason = reason);
    assert_eq!(told, [""; 0]);
}

#[test]
fn bad_32_a_third_copy_is_a_reprint() {
    let (mut world, id) = World::a1();
    let print = |copies| Action::Print {
        sheet: cunyi::domain::agreement::contract::Sheet::Agreement,
        template: "v1".to_owned(),
        copies,
    };
    world.ask(Some(id), &print(2), "2025-08-12").unwrap();
    world.ask(Some(id), &print(1), "2025-08-13").unwrap();
    let prints = &world.of(id).prints;
    let counted: Vec<(u32, u32)> = prints
        .iter()
        .map(|one| (one.copies, one.reprints))
        .collect();
    assert_eq!(counted, [(2, 0), (1, 1)]);
    let mut bare = contents(A, ALL);
    bare.years = 0;
    bare.representative = None;
    let scope = Scope::Household(SECOND);
    bare.covered[0].person = ZHANG;
    bare.covered.truncate(1);
    let id = world.draft(scope, Origin::New, bare, DAY).unwrap();
    let refused = asked(&mut world, id, &print(2), DAY);
    assert_eq!(refused, ["E-AGR-FIELD", "E-AGR-FIELD"]);
}

#[rstest]
#[case::the_signing_doctor(Some(staff(1)), &["E-AGR-APPROVE"])]
#[case::who_asks(Some(staff(9)), &["E-AGR-APPROVE"])]
#[case::nobody(None, &["E-AGR-APPROVE"])]
#[case::somebody_else(Some(staff(8)), &[])]
fn bad_33_another_makes_it_void(#[case] by: Option<Approver>, #[case] wanted: &[&str]) {
    let (mut world, id) = World::a1();
    let on = d("2026-01-15");
    let void = Voiding {
        finding: VoidFinding::EntryError,
        reason: "录错户".to_owned(),
        approval: by.map(|by| Approval { by, on }),
        informed: Some(on),
    };
    let void = Action::Void(Box::new(void));
    assert_eq!(asked(&mut world, id, &void, "2026-01-15"), wanted);
}

#[test]
fn who_opts_out_signs() {
    let (mut world, id) = World::a1();
    let mut signature = world.consent(GRANNY, "2025-10-01", "ZP-OUT");
    signature.kind = ConsentKind::ByRepresentative;
    let leave = |signature| Action::Leave {
        person: GRANNY,
        last_day: d("2025-10-01"),
        reason: LeaveReason::OptsOut {
            signature: Box::new(signature),
        },
    };
    let refused = asked(&mut world, id, &leave(signature.clone()), "2025-10-01");
    assert_eq!(refused, ["E-AGR-CONSENT"]);
    signature.kind = ConsentKind::Signed;
    assert_eq!(
        asked(&mut world, id, &leave(signature), "2025-10-01"),
        [""; 0]
    );
}
