//! Who is proposed on the morning of 2026-11-21, and who is not.

use rstest::rstest;

use super::*;
use crate::domain::{
    course::{ManagedSpan, ProgrammeCourse},
    id::{HouseholdId, PersonId, StaffId, VillageId},
    person::{AgreementTold, ManualTag, PersonState},
};

const TODAY: &str = "2026-11-21";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn person(birth: &str) -> Person {
    let card = Answers::from([
        (key::BIRTH.to_owned(), Value::Date(day(birth))),
        (key::SEX.to_owned(), Value::Code("2".to_owned())),
    ]);
    Person {
        id: PersonId(1),
        household: HouseholdId(1),
        member_no: 1,
        relation: 0,
        relation_word: "户主".to_owned(),
        record_no: None,
        former_record_nos: Vec::new(),
        state: PersonState::Here,
        card,
        manual_tags: Vec::new(),
        agreement_told: None,
        created: day("2020-01-01"),
        created_by: StaffId(1),
    }
}

fn household(kind: &str) -> Household {
    let kind = Value::Code(kind.to_owned());
    Household {
        id: HouseholdId(1),
        village: VillageId(1),
        serial: 1,
        outside_no: None,
        head: Some(PersonId(1)),
        members: vec![PersonId(1)],
        next_member_no: 2,
        card: Answers::from([(household::key::HH_TYPE.to_owned(), kind)]),
        created: day("2020-01-01"),
        ended: None,
    }
}

fn codes(field: &str, codes: &[&str]) -> (String, Value) {
    let codes = codes.iter().map(ToString::to_string).collect();
    (field.to_owned(), Value::Codes(codes))
}

fn tag(tag: Tag, since: &str) -> ManualTag {
    ManualTag {
        tag: tag.code().to_owned(),
        since: day(since),
        evidence: "入户评估".to_owned(),
    }
}

/// Everybody proposed, as `programme:ground@day`, `*` for those asked on a form.
fn told(person: &Person, course: &Course, household: &Household, birth: Option<&str>) -> String {
    let known = Known {
        person,
        course,
        household,
        is_household_visited: false,
        last_birth: birth.map(day),
    };
    let found = proposals(&known, day(TODAY), &Settings::default());
    let told = found.iter().flat_map(|proposal| {
        proposal.entries.iter().map(|entry| {
            let form = if entry.how == How::OnForm { "*" } else { "" };
            let (code, key) = (entry.programme.code(), proposal.ground.key());
            format!("{code}{form}:{key}@{}", proposal.day)
        })
    });
    told.collect::<Vec<String>>().join(" ")
}

fn told_of(person: &Person) -> String {
    told(person, &Course::default(), &household("1"), None)
}

fn course(kind: ProgrammeKind, entered: &str, status: ProgrammeStatus) -> Course {
    let mut programme = ProgrammeCourse::entered_on(day(entered));
    programme.status = status;
    programme.spans.push(ManagedSpan {
        from: day(entered),
        to: None,
    });
    let programmes = [(kind, programme)].into();
    Course {
        programmes,
        ..Course::default()
    }
}

#[rstest]
// The 65th birthday itself counts, the day before does not.
#[case("1961-11-22", "")]
#[case("1961-11-21", "elderly:aged@2026-11-21 tcm_elderly:aged@2026-11-21")]
#[case("1961-11-03", "elderly:aged@2026-11-03 tcm_elderly:aged@2026-11-03")]
#[case("1950-05-05", "elderly:aged@2026-11-21 tcm_elderly:aged@2026-11-21")]
// A newborn's birth is asked; an older child's is not.
#[case(
    "2026-11-10",
    "child*:child@2026-11-10 vax:child@2026-11-10 tcm_child:child@2026-11-10"
)]
#[case(
    "2026-10-01",
    "child:child@2026-11-21 vax:child@2026-11-21 tcm_child:child@2026-11-21"
)]
#[case(
    "2023-10-22",
    "child:child@2026-11-21 vax:child@2026-11-21 tcm_child:child@2026-11-21"
)]
#[case("2023-10-21", "child:child@2026-11-21 vax:child@2026-11-21")]
#[case("2019-11-22", "child:child@2026-11-21 vax:child@2026-11-21")]
#[case("2019-11-21", "")]
fn age_proposes(#[case] birth: &str, #[case] wanted: &str) {
    assert_eq!(told_of(&person(birth)), wanted);
}

#[rstest]
#[case("1991-11-21", &["2", "3"], "htn:diagnosed@2026-11-21 dm:diagnosed@2026-11-21")]
#[case("1991-11-22", &["2", "3"], "")]
#[case("1991-11-22", &["8"], "smd*:diagnosed@2026-11-21")]
// A tuberculosis of nobody knows when is history.
#[case("1991-11-22", &["9"], "")]
#[case("1991-11-22", &["1"], "")]
fn an_illness_of_the_card_proposes(
    #[case] birth: &str,
    #[case] diseases: &[&str],
    #[case] wanted: &str,
) {
    let mut person = person(birth);
    person.card.extend([codes(key::DISEASES, diseases)]);
    assert_eq!(told_of(&person), wanted);
}

#[rstest]
#[case(2026, "tb*:diagnosed@2026-11-21")]
#[case(2025, "")]
fn a_recent_tuberculosis_proposes(#[case] year: i32, #[case] wanted: &str) {
    let mut person = person("1980-01-01");
    let month = YearMonth {
        year,
        month: Some(5),
    };
    let row = Answers::from([
        ("disease".to_owned(), Value::Code("9".to_owned())),
        ("confirmed".to_owned(), Value::Month(month)),
    ]);
    person.card.extend([
        codes(key::DISEASES, &["9"]),
        (DISEASE_DATES.to_owned(), Value::Rows(vec![row])),
    ]);
    assert_eq!(told_of(&person), wanted);
}

#[rstest]
#[case(Tag::Maternal, "anc*:tagged@2026-11-01")]
#[case(Tag::MentalDisorder, "smd*:tagged@2026-11-01")]
#[case(Tag::Tuberculosis, "tb*:tagged@2026-11-01")]
#[case(Tag::Disabled, "disabled:tagged@2026-11-01")]
#[case(Tag::Dependent, "")]
fn a_tag_set_by_hand_proposes(#[case] set: Tag, #[case] wanted: &str) {
    let mut person = person("1995-01-01");
    person.manual_tags.push(tag(set, "2026-11-01"));
    assert_eq!(told_of(&person), wanted);
}

#[test]
fn a_disability_of_the_card_proposes_and_none_does_not() {
    let mut person = person("1995-01-01");
    person.card.extend([codes(key::DISABILITY, &["1"])]);
    assert_eq!(told_of(&person), "");
    person.card.extend([codes(key::DISABILITY, &["5"])]);
    assert_eq!(told_of(&person), "disabled:disability@2026-11-21");
}

#[rstest]
#[case("1", "")]
#[case("2", "poverty:household@2026-11-21")]
#[case("5", "poverty:household@2026-11-21")]
fn a_watched_household_is_proposed_once_with_its_head(#[case] kind: &str, #[case] wanted: &str) {
    let (head, home) = (person("1980-01-01"), household(kind));
    assert_eq!(told(&head, &Course::default(), &home, None), wanted);
    let mut other = head;
    other.id = PersonId(2);
    assert_eq!(told(&other, &Course::default(), &home, None), "");
}

#[rstest]
#[case("已签约", Some("2026-03-01"), "general:signed@2026-11-21")]
#[case("已签约", Some("2025-11-21"), "")]
#[case("已签约", None, "")]
#[case("未签约", Some("2026-03-01"), "")]
fn an_agreement_in_force_proposes(
    #[case] state: &str,
    #[case] on: Option<&str>,
    #[case] wanted: &str,
) {
    let mut person = person("1980-01-01");
    person.agreement_told = Some(AgreementTold {
        state: state.to_owned(),
        signed_on: on.map(day),
        doctor: None,
    });
    assert_eq!(told_of(&person), wanted);
}

#[test]
fn a_delivery_is_proposed_by_the_child_and_asked_after_past_the_term() {
    let (mother, home) = (person("1998-01-01"), household("1"));
    let none = Course::default();
    let told_at = |course: &Course, birth| told(&mother, course, &home, birth);
    assert_eq!(
        told_at(&none, Some("2026-11-01")),
        "pnc:delivered@2026-11-01"
    );
    // 90 days on nothing is due any more.
    assert_eq!(told_at(&none, Some("2026-08-01")), "");
    let mut pregnant = course(ProgrammeKind::Anc, "2026-03-01", ProgrammeStatus::Managed);
    let anc = pregnant.programmes.get_mut(&ProgrammeKind::Anc).unwrap();
    anc.facts = Facts::Pregnancy(crate::domain::programmes::anc::Pregnancy::due_on(day(
        "2026-11-06",
    )));
    assert_eq!(told_at(&pregnant, None), "pnc*:term_passed@2026-11-06");
    let anc = pregnant.programmes.get_mut(&ProgrammeKind::Anc).unwrap();
    anc.facts = Facts::Pregnancy(crate::domain::programmes::anc::Pregnancy::due_on(day(
        "2026-11-07",
    )));
    assert_eq!(told_at(&pregnant, None), "");
}

#[test]
fn who_is_away_or_gone_is_not_proposed() {
    let mut away = person("1950-01-01");
    let since = |text: &str| (key::AWAY_SINCE.to_owned(), Value::Date(day(text)));
    away.card.extend([since("2026-05-22")]);
    assert_ne!(told_of(&away), "");
    away.card.extend([since("2026-05-21")]);
    assert_eq!(told_of(&away), "");
    let mut dead = person("1950-01-01");
    dead.state = PersonState::Died {
        on: day("2026-01-01"),
        cause: String::new(),
    };
    assert_eq!(told_of(&dead), "");
}

#[rstest]
#[case(ProgrammeStatus::Managed, false)]
#[case(ProgrammeStatus::Refused { on: day("2026-02-01") }, false)]
#[case(ended(EndReason::DiagnosisRemoved), false)]
#[case(ended(EndReason::MovedAway), true)]
#[case(ended(EndReason::GroundGone), true)]
#[case(ended(EndReason::HandedOn), true)]
fn an_end_stands_unless_the_fact_is_there_again(
    #[case] status: ProgrammeStatus,
    #[case] is_proposed: bool,
) {
    let mut ill = person("1970-01-01");
    ill.card.extend([codes(key::DISEASES, &["2"])]);
    let before = course(ProgrammeKind::Htn, "2026-01-01", status);
    let told = told(&ill, &before, &household("1"), None);
    assert_eq!(!told.is_empty(), is_proposed, "{told}");
}

fn ended(why: EndReason) -> ProgrammeStatus {
    ProgrammeStatus::Ended {
        on: day("2026-02-01"),
        why,
    }
}

#[test]
fn a_pregnancy_after_the_last_one_is_proposed_again() {
    let mut woman = person("1998-01-01");
    let before = course(
        ProgrammeKind::Anc,
        "2025-01-01",
        ended(EndReason::Delivered),
    );
    woman.manual_tags.push(tag(Tag::Maternal, "2025-01-01"));
    assert_eq!(told(&woman, &before, &household("1"), None), "");
    woman.manual_tags = vec![tag(Tag::Maternal, "2026-10-30")];
    let told = told(&woman, &before, &household("1"), None);
    assert_eq!(told, "anc*:tagged@2026-10-30");
}

#[test]
fn what_was_declined_is_proposed_again_when_its_ground_changes() {
    let mut ill = person("1995-01-01");
    ill.card.extend([codes(key::DISABILITY, &["5"])]);
    let ground = Ground::Disability {
        kinds: vec!["5".to_owned()],
    };
    let course = Course {
        declined: [(ProgrammeKind::Disabled, ground)].into(),
        ..Course::default()
    };
    assert_eq!(told(&ill, &course, &household("1"), None), "");
    ill.card.extend([codes(key::DISABILITY, &["5", "6"])]);
    let told = told(&ill, &course, &household("1"), None);
    assert_eq!(told, "disabled:disability@2026-11-21");
}
