//! The bad cases and the worked examples that only the pure domain was asked, asked of a desk on
//! a real store: what it gathers for a decision is what decides there.

use cunyi::{
    desk::{
        Command, Stop,
        reply::Done,
        request::{NewPerson, Party},
    },
    domain::{
        agreement::{
            action::{Action, Joining},
            approval::{Approval, Approver},
            cap::CapOverride,
            contract::{Basic, Contents, Origin, Representative, Scope, Sheet},
            doctor::{Cap, Doctor},
            money::{FeeLine, Fen},
            package::{BASIC, Package, PackageItem},
            signed::{Renewal, Side, Signing},
            state::State,
            unit::{Unit, UnitKind, UnitMember},
            voucher::{Holder, Voucher, VoucherKind, VoucherState},
        },
        household::MoveReason,
        id::{AgreementId, DoctorId, HouseholdId, PersonId, UnitId},
        value::{Answers, Value},
    },
};
use rstest::rstest;

use crate::support::{
    agreed::{
        A, ALL, B, CHILD, CLERK, DOCTOR, FIRST, GRANNY, OTHER, SECOND, Town, WANG, WIFE, ZHANG,
        asks, codes, consent, contents, doctor, signing,
    },
    asking::{ends, joining, notice, of_staff, signs, voiding},
    clinic::day,
};

const DAY: &str = "2025-08-12";

/// Signs with A for the first family, contents and signing spoiled as told; the codes it is
/// refused with.
fn spoiled(
    town: &mut Town,
    write: impl FnOnce(&mut Contents),
    sign: impl FnOnce(&mut Signing),
) -> Vec<String> {
    let mut written = contents(A, ALL);
    write(&mut written);
    let people: Vec<PersonId> = written.covered.iter().map(|one| one.person).collect();
    let id = match town.draft(Scope::Household(FIRST), written) {
        Ok(id) => id,
        refused => return codes(refused),
    };
    let page = town.page();
    let mut signing = signing(&people, DAY, &page);
    sign(&mut signing);
    told(town.ask(id, Action::Sign(Box::new(signing))))
}

/// The codes of a refusal; none where it was done.
fn told(answer: Result<Done, Stop>) -> Vec<String> {
    match answer {
        Ok(_) => Vec::new(),
        refused => codes(refused),
    }
}

fn nursing() -> Package {
    Package {
        code: "Z01".to_owned(),
        name: "上门护理包".to_owned(),
        price: Fen(12_000),
        items: vec![PackageItem {
            name: "上门护理".to_owned(),
            times: 6,
        }],
        tags: Vec::new(),
        from: day("2020-01-01"),
        to: None,
    }
}

/// Lets the first member pay for care at home.
fn paying(written: &mut Contents, line: FeeLine) {
    written.covered[0].extras.push("Z01".to_owned());
    written.fees.push(line);
}

fn line() -> FeeLine {
    FeeLine::charged(1, WANG, "Z01", (Fen(12_000), Fen::ZERO))
}

#[test]
fn a1_both_signatures_make_it_active_for_a_year() {
    let (town, id) = Town::signed();
    let term = town.of(id).signed().unwrap().term;
    assert_eq!((term.start, term.end()), (day(DAY), day("2026-08-11")));
    assert_eq!(town.state(id), State::Active);
}

#[test]
fn a4_notice_signed_by_both_ends_it_with_the_term() {
    let (mut town, id) = Town::signed();
    town.on("2026-08-11");
    town.ask(id, notice("2026-08-11")).unwrap();
    for side in [Side::Resident, Side::Clinic] {
        town.ask(id, signs(side, "2026-08-11")).unwrap();
    }
    town.ask(id, ends("2026-08-11")).unwrap();
    town.on("2026-08-12");
    let done = town.roll().unwrap();
    assert_eq!(done.continued, []);
    assert_eq!(town.state(id), State::Terminated);
    assert_eq!(town.of(id).signed().unwrap().last_day(), day("2026-08-11"));
    town.clinic.is_clean();
}

#[test]
fn a6_notice_withdrawn_is_as_if_never_given() {
    let (mut town, id) = Town::signed();
    town.on("2026-08-01");
    town.ask(id, notice("2026-08-01")).unwrap();
    town.on("2026-08-05");
    let withdraw = Action::WithdrawNotice {
        by: WIFE,
        on: day("2026-08-05"),
        evidence: "CH001".to_owned(),
    };
    town.ask(id, withdraw).unwrap();
    town.on("2026-08-12");
    let (old, new) = town.roll().unwrap().continued[0];
    assert_eq!(old, id);
    assert_eq!(town.state(id), State::Renewed);
    let renewed = town.of(new).signed().unwrap().clone();
    assert_eq!(renewed.renewal, Renewal::Unconfirmed);
    assert_eq!(renewed.term.start, day("2026-08-12"));
}

#[test]
fn a7_a_new_doctor_is_signed_anew_and_the_term_begins_anew() {
    let (mut town, id) = Town::signed();
    town.on("2026-02-10");
    let origin = Origin::Change {
        of: vec![id],
        reason: "居民要求".to_owned(),
    };
    let new = town
        .propose(Scope::Household(FIRST), origin, contents(B, ALL))
        .unwrap();
    town.sign(new).unwrap();
    assert_eq!(town.state(id), State::Superseded);
    let before = town.of(id).coverage(WIFE).unwrap();
    assert_eq!(before.to, day("2026-02-09"));
    let after = town.of(new).coverage(WIFE).unwrap();
    assert_eq!(
        (after.from, after.to),
        (day("2026-02-10"), day("2027-02-09"))
    );
    town.clinic.is_clean();
}

#[test]
fn a9_the_coverage_of_the_dead_ends_that_day() {
    let (mut town, id) = Town::signed();
    town.on("2026-03-05");
    let death = Command::RecordDeath {
        person: GRANNY,
        on: day("2026-03-03"),
        cause: "衰老".to_owned(),
        new_head: None,
    };
    town.change(CLERK, death).unwrap();
    let agreement = town.of(id);
    assert_eq!(agreement.coverage(GRANNY).unwrap().to, day("2026-03-03"));
    assert_eq!(agreement.covered_on(day("2026-03-04")).len(), 3);
    town.clinic.is_clean();
}

#[test]
fn a10_with_the_last_member_gone_it_ends() {
    let mut town = Town::new();
    let id = town
        .draft(Scope::Household(SECOND), contents(A, &[ZHANG]))
        .unwrap();
    town.sign(id).unwrap();
    town.on("2026-03-03");
    let leaves = Command::MoveOut {
        person: ZHANG,
        on: day("2026-03-03"),
        to: "县城".to_owned(),
        new_head: None,
    };
    town.change(CLERK, leaves).unwrap();
    assert_eq!(town.state(id), State::Terminated);
    assert_eq!(town.of(id).signed().unwrap().last_day(), day("2026-03-03"));
    town.clinic.is_clean();
}

#[test]
fn a12_five_unused_months_of_twelve_are_given_back() {
    let mut town = Town::new();
    town.keep(Party::Package(nursing()));
    let mut written = contents(A, ALL);
    paying(
        &mut written,
        FeeLine {
            paid: Fen(12_000),
            ..line()
        },
    );
    let id = town.draft(Scope::Household(FIRST), written).unwrap();
    town.sign(id).unwrap();
    let last = "2026-02-28";
    town.on(last);
    town.ask(id, notice(last)).unwrap();
    for side in [Side::Resident, Side::Clinic] {
        town.ask(id, signs(side, last)).unwrap();
    }
    town.ask(id, ends(last)).unwrap();
    let closing = town.of(id).signed().unwrap().closing.clone().unwrap();
    assert_eq!(closing.refunds.len(), 1);
    assert_eq!(closing.refunds[0].amount, Fen(5000));
}

#[test]
fn a13_a_newborn_is_covered_from_the_guardians_consent() {
    let (mut town, id) = Town::signed();
    town.on("2026-01-20");
    let mut card = Answers::new();
    card.insert("name".into(), Value::Text("王小雨".into()));
    card.insert("sex".into(), Value::Code("2".into()));
    card.insert("birth".into(), Value::Date(day("2026-01-10")));
    let person = NewPerson {
        card,
        relation: 2,
        relation_word: "长女".into(),
        joined_by: MoveReason::Birth,
        from: day("2026-01-10"),
        told: None,
    };
    let household = FIRST;
    let done = town
        .change(CLERK, Command::AddPerson { household, person })
        .unwrap();
    let baby = done.people[0];
    let mut consent = consent(CHILD, "2026-01-20", "BC001");
    consent.person = baby;
    let joins = Joining {
        person: baby,
        basic: Some(Basic::Included),
        consent,
        incapable: String::new(),
        above_cap: None,
    };
    town.ask(id, Action::Join(Box::new(joins))).unwrap();
    let agreement = town.of(id);
    assert_eq!(agreement.coverage(baby).unwrap().from, day("2026-01-20"));
    assert_eq!(agreement.signed().unwrap().member(baby).unwrap().page, 1);
    town.clinic.is_clean();
}

#[test]
fn a14_what_was_never_agreed_never_was() {
    let (mut town, id) = Town::signed();
    town.on("2026-01-15");
    let by = Approver::Outside {
        name: "刘院长".to_owned(),
        paper: "清卫〔2026〕1号".to_owned(),
    };
    town.ask(id, voiding(by, "2026-01-15")).unwrap();
    assert_eq!(town.state(id), State::Void);
    assert_eq!(town.of(id).coverage(WANG), None);
    let number = town.of(id).number.unwrap();
    let next = town.sign_first(A).unwrap();
    let new = town.of(next).number.unwrap();
    assert_ne!(new, number, "a number is never used again");
    town.clinic.is_clean();
}

#[test]
fn bad_01_and_02_a_household_and_each_of_its_members_have_one_doctor() {
    let (mut town, _) = Town::signed();
    let whole = town.draft(Scope::Household(FIRST), contents(B, ALL));
    assert_eq!(codes(town.sign(whole.unwrap())), ["E-AGR-EXCL"]);
    let wife = town.draft(Scope::Members(FIRST), contents(B, &[WIFE]));
    assert_eq!(codes(town.sign(wife.unwrap())), ["E-AGR-EXCL"]);
}

#[test]
fn bad_03_unless_only_persons_are_exclusive() {
    let mut town = Town::new();
    let values = [("exclusive_unit".to_owned(), "person".to_owned())].into();
    town.change(DOCTOR, Command::ChangeSettings { values })
        .unwrap();
    let rest = contents(A, &[WANG, CHILD, GRANNY]);
    let rest = town.draft(Scope::Members(FIRST), rest).unwrap();
    town.sign(rest).unwrap();
    let wife = town.draft(Scope::Members(FIRST), contents(B, &[WIFE]));
    town.sign(wife.unwrap()).unwrap();
    town.clinic.is_clean();
}

#[test]
fn bad_04_nobody_is_covered_at_work_and_at_home() {
    let mut town = Town::new();
    let unit = Unit {
        id: UnitId(0),
        name: "石桥砖厂".to_owned(),
        kind: UnitKind::Company,
        credit_code: String::new(),
        contact: "孙立".to_owned(),
        phone: "15400000323".to_owned(),
        address: "石桥村".to_owned(),
        headcount: 20,
        members: vec![UnitMember::Resident(WANG)],
    };
    town.keep(Party::Unit(None, unit));
    let at_work = Contents {
        representative: Some(Representative::Contact {
            name: "孙立".to_owned(),
        }),
        ..contents(A, &[WANG])
    };
    let at_work = town.draft(Scope::Unit(UnitId(1)), at_work).unwrap();
    town.sign(at_work).unwrap();
    assert_eq!(spoiled(&mut town, |_| {}, |_| {}), ["E-AGR-DUPCOVER"]);
    let rest = contents(A, &[WIFE, CHILD, GRANNY]);
    let rest = town.draft(Scope::Members(FIRST), rest).unwrap();
    town.sign(rest).unwrap();
    assert_eq!(
        codes(town.ask(rest, joining(WANG, DAY))),
        ["E-AGR-DUPCOVER"]
    );
    town.clinic.is_clean();
}

type Write = fn(&mut Contents);
type Sign = fn(&mut Signing);

#[rstest]
#[case::bad_05_five_years(|w: &mut Contents| w.years = 5, |_: &mut Signing| {}, "E-AGR-TERM")]
#[case::bad_06_half_a_year(|w: &mut Contents| w.years = 0, |_: &mut Signing| {}, "E-AGR-TERM")]
#[case::bad_07_begun_before(|_: &mut Contents| {}, |s: &mut Signing| s.start = Some(day("2025-08-11")), "E-AGR-START")]
#[case::bad_09_a_representative_of_ten(|w: &mut Contents| w.representative = Some(Representative::Member(CHILD)), |_: &mut Signing| {}, "E-AGR-REP")]
#[case::bad_10_a_representative_from_elsewhere(|w: &mut Contents| w.representative = Some(Representative::Member(ZHANG)), |_: &mut Signing| {}, "E-AGR-REP")]
#[case::bad_11_an_adult_without_consent(|_: &mut Contents| {}, |s: &mut Signing| s.consents.retain(|one| one.person != WIFE), "E-AGR-CONSENT")]
#[case::bad_12_a_child_signs(|_: &mut Contents| {}, |s: &mut Signing| {
    for one in &mut s.consents {
        one.guardian = None;
        one.kind = cunyi::domain::agreement::consent::ConsentKind::Signed;
    }
}, "E-AGR-GUARD")]
#[case::bad_14_no_basic_package(|w: &mut Contents| {
    w.covered[0].basic = None;
    paying(w, line());
}, |_: &mut Signing| {}, "E-AGR-PKGBASE")]
#[case::bad_15_it_does_not_add_up(|w: &mut Contents| paying(w, FeeLine { resident: Fen(11_999), ..line() }), |_: &mut Signing| {}, "E-AGR-FEE")]
#[case::bad_15_a_negative_part(|w: &mut Contents| paying(w, FeeLine { insurance: Fen(-100), resident: Fen(12_100), ..line() }), |_: &mut Signing| {}, "E-AGR-FEE")]
#[case::bad_15_the_basic_one_charged(|w: &mut Contents| w.fees.push(FeeLine { package: BASIC.to_owned(), ..line() }), |_: &mut Signing| {}, "E-AGR-FEE")]
#[case::bad_21_nobody(|w: &mut Contents| w.covered.clear(), |_: &mut Signing| {}, "E-AGR-NOMEMBER")]
#[case::bad_28_somebody_of_another_household(|w: &mut Contents| w.covered[1].person = ZHANG, |_: &mut Signing| {}, "E-AGR-MEMBER")]
fn what_is_written_or_signed_wrong_is_refused(
    #[case] write: Write,
    #[case] sign: Sign,
    #[case] code: &str,
) {
    let mut town = Town::new();
    town.keep(Party::Package(nursing()));
    let refused = spoiled(&mut town, write, sign);
    assert!(refused.iter().any(|one| one == code), "{refused:?}");
    assert!(
        refused
            .iter()
            .all(|one| one == code || code == "E-AGR-MEMBER"),
        "{refused:?}"
    );
    town.clinic.is_clean();
}

#[rstest]
#[case::tomorrow("2025-08-11", &["E-AGR-DATE"])]
#[case::ninety_one_days_ago("2025-11-11", &["E-AGR-DATE"])]
#[case::ninety_days_ago("2025-11-10", &[])]
fn bad_08_it_is_signed_today_or_lately(#[case] today: &str, #[case] wanted: &[&str]) {
    let mut town = Town::new();
    town.on(today);
    assert_eq!(spoiled(&mut town, |_| {}, |_| {}), wanted);
}

#[rstest]
#[case::used("E-VCH-USED", Holder::Household(FIRST), "2025-12-31")]
#[case::expired("E-VCH-EXPIRED", Holder::Household(FIRST), "2025-08-11")]
#[case::anothers("E-VCH-OWNER", Holder::Person(ZHANG), "2025-12-31")]
fn bad_16_a_voucher_is_used_once_in_time_by_its_holder(
    #[case] code: &str,
    #[case] holder: Holder,
    #[case] expires: &str,
) {
    let mut town = Town::new();
    town.keep(Party::Package(nursing()));
    town.keep(Party::Voucher(Voucher {
        number: "D1".to_owned(),
        kind: VoucherKind::Cash,
        amount: Fen(5000),
        holder,
        issued: day("2025-01-01"),
        expires: day(expires),
        state: VoucherState::Unused,
    }));
    let write = |written: &mut Contents| paying(written, line().with_voucher("D1", Fen(5000)));
    if code == "E-VCH-USED" {
        let mut member = contents(A, &[WANG]);
        write(&mut member);
        let first = town.draft(Scope::Members(FIRST), member).unwrap();
        town.sign(first).unwrap();
        let end = voiding(of_staff(OTHER), DAY);
        town.ask(first, end).unwrap();
    }
    assert_eq!(spoiled(&mut town, write, |_| {}), [code]);
    town.clinic.is_clean();
}

fn full(town: &mut Town, persons: usize, households: Option<usize>) {
    let capped = Doctor {
        cap: Some(Cap {
            persons,
            households,
        }),
        ..doctor("王建国", Some(DOCTOR))
    };
    town.keep(Party::Doctor(Some(A), capped));
    let id = town
        .draft(Scope::Household(SECOND), contents(A, &[ZHANG]))
        .unwrap();
    town.sign(id).unwrap();
}

#[rstest]
#[case::a_person_too_many(4, None, &["E-AGR-CAP"])]
#[case::a_household_too_many(1000, Some(1), &["E-AGR-CAP"])]
#[case::both_fit(5, Some(2), &[])]
fn bad_17_a_doctor_takes_so_many(
    #[case] persons: usize,
    #[case] households: Option<usize>,
    #[case] wanted: &[&str],
) {
    let mut town = Town::new();
    full(&mut town, persons, households);
    assert_eq!(spoiled(&mut town, |_| {}, |_| {}), wanted);
}

#[rstest]
#[case::without_a_reason("", true, &["E-AGR-CAP"])]
#[case::without_an_approver("整村签约", false, &["E-AGR-CAP"])]
#[case::whole("整村签约", true, &[])]
fn bad_18_above_the_cap_somebody_else_approves(
    #[case] reason: &str,
    #[case] is_approved: bool,
    #[case] wanted: &[&str],
) {
    let mut town = Town::new();
    full(&mut town, 3, None);
    let approval = Approval {
        by: of_staff(OTHER),
        on: day(DAY),
    };
    let above = CapOverride {
        reason: reason.to_owned(),
        approval: is_approved.then_some(approval),
    };
    let refused = spoiled(&mut town, |_| {}, |signing| signing.above_cap = Some(above));
    assert_eq!(refused, wanted);
}

#[test]
fn bad_19_a_doctor_out_of_service_does_not_sign() {
    let mut town = Town::new();
    let gone = Doctor {
        until: Some(day("2025-08-11")),
        ..doctor("王建国", Some(DOCTOR))
    };
    town.keep(Party::Doctor(Some(A), gone));
    assert_eq!(spoiled(&mut town, |_| {}, |_| {}), ["E-AGR-DOCTOR"]);
    let unknown = town.draft(Scope::Household(FIRST), contents(DoctorId(9), ALL));
    assert_eq!(codes(unknown), ["E-AGR-DOCTOR"]);
}

#[test]
fn bad_20_only_who_lives_here_is_covered() {
    let mut town = Town::new();
    let on = day(DAY);
    let (cause, to) = ("衰老".to_owned(), "县城".to_owned());
    let death = Command::RecordDeath {
        person: GRANNY,
        on,
        cause,
        new_head: None,
    };
    town.change(CLERK, death).unwrap();
    assert_eq!(spoiled(&mut town, |_| {}, |_| {}), ["E-AGR-MEMBER"]);
    let leaves = Command::MoveOut {
        person: WIFE,
        on,
        to,
        new_head: None,
    };
    town.change(CLERK, leaves).unwrap();
    let gone = town.draft(Scope::Members(FIRST), contents(A, &[WANG, WIFE]));
    assert_eq!(codes(gone), ["E-AGR-MEMBER"]);
}

#[test]
fn bad_22_both_sides_sign_the_end() {
    let (mut town, id) = Town::signed();
    town.on("2025-10-01");
    town.ask(id, notice("2025-10-01")).unwrap();
    town.ask(id, signs(Side::Resident, "2025-10-01")).unwrap();
    assert_eq!(codes(town.ask(id, ends("2025-10-01"))), ["E-AGR-2SIGN"]);
}

#[test]
fn bad_23_a_draft_is_discarded_not_cancelled() {
    let mut town = Town::new();
    let id = town
        .draft(Scope::Household(FIRST), contents(A, ALL))
        .unwrap();
    assert_eq!(codes(town.ask(id, notice(DAY))), ["E-AGR-STATE"]);
    let reason = "写错".to_owned();
    town.ask(id, Action::Discard { reason }).unwrap();
    assert_eq!(town.state(id), State::Void);
}

#[test]
fn bad_24_after_the_renewal_the_new_term_is_to_be_ended() {
    let (mut town, id) = Town::signed();
    town.on("2026-08-12");
    let (_, new) = town.roll().unwrap().continued[0];
    assert_eq!(codes(town.ask(id, notice("2026-08-12"))), ["E-AGR-LATE"]);
    town.ask(new, notice("2026-08-12")).unwrap();
    assert_eq!(town.state(new), State::Ending);
}

#[test]
fn bad_25_and_30_what_is_over_is_not_signed_again_and_what_was_signed_not_thrown_away() {
    let (mut town, id) = Town::signed();
    let reason = "不要了".to_owned();
    let discard = Action::Discard { reason };
    assert_eq!(codes(town.ask(id, discard)), ["E-AGR-STATE"]);
    town.ask(id, voiding(of_staff(OTHER), DAY)).unwrap();
    assert_eq!(codes(town.sign(id)), ["E-AGR-STATE"]);
}

#[test]
fn bad_26_another_doctor_is_signed_anew() {
    let (mut town, id) = Town::signed();
    let edit = Action::Edit(Box::new(contents(B, ALL)));
    assert_eq!(codes(town.ask(id, edit)), ["E-AGR-RESIGN"]);
}

#[rstest]
#[case::sixty_one_days("2026-06-11", &["E-AGR-EARLY"])]
#[case::sixty_days("2026-06-12", &[])]
fn bad_27_renewal_by_hand_waits_for_the_last_sixty_days(#[case] on: &str, #[case] wanted: &[&str]) {
    let (mut town, id) = Town::signed();
    town.on(on);
    let origin = Origin::Renewal { of: id };
    let scope = Scope::Household(FIRST);
    let refused = match town.propose(scope, origin, contents(A, ALL)) {
        Ok(new) => told(town.sign(new)),
        refused => codes(refused),
    };
    assert_eq!(refused, wanted);
}

#[test]
fn bad_28_a_member_of_another_household_does_not_join() {
    let (mut town, id) = Town::signed();
    assert_eq!(codes(town.ask(id, joining(ZHANG, DAY))), ["E-AGR-MEMBER"]);
}

#[test]
fn bad_32_a_third_copy_is_a_reprint() {
    let (mut town, id) = Town::signed();
    for copies in [2, 1] {
        let template = "1".to_owned();
        town.ask(
            id,
            Action::Print {
                sheet: Sheet::Agreement,
                template,
                copies,
            },
        )
        .unwrap();
    }
    let reprints: Vec<u32> = town.of(id).prints.iter().map(|one| one.reprints).collect();
    assert_eq!(reprints, [0, 1]);
}

#[test]
fn bad_33_another_makes_it_void() {
    let (mut town, id) = Town::signed();
    let by = of_staff;
    assert_eq!(
        codes(town.ask(id, voiding(by(DOCTOR), DAY))),
        ["E-AGR-APPROVE"]
    );
    assert_eq!(
        codes(town.ask(id, voiding(by(CLERK), DAY))),
        ["E-AGR-APPROVE"]
    );
    let unknown = asks(Some(AgreementId(99)), voiding(by(OTHER), DAY));
    assert!(town.change(CLERK, unknown).is_err());
    let nowhere = town.draft(Scope::Household(HouseholdId(99)), contents(A, ALL));
    assert!(codes(nowhere).contains(&"E-HH-NONE".to_owned()));
    town.ask(id, voiding(by(OTHER), DAY)).unwrap();
}
