//! Corners of deciding beyond the worked examples. Everybody here is invented.

use super::{
    count,
    decision::{Closing, Refusal},
    happening::{
        DoctorsClass, DoctorsDate, DoneElsewhere, EndReason, Enrolled, Evidence, FormFacts,
        LastVisit, PressureScreened, ReferralResult, Visited,
    },
    standing, *,
};
use crate::domain::{
    alert::Alert,
    programmes::{Facts, rule::Rule},
    settings::Settings,
    task::{Mode, TaskKind},
};
use rstest::rstest;
use std::collections::BTreeSet;

fn d(text: &str) -> Day {
    text.parse().unwrap()
}

fn person() -> PersonFacts {
    PersonFacts {
        birth: d("1962-04-01"),
        is_female: false,
        registered: Some(d("2020-01-01")),
    }
}

const HTN: ProgrammeKind = ProgrammeKind::Htn;
const DM: ProgrammeKind = ProgrammeKind::Dm;

/// A course with its history, as a store would keep it.
#[derive(Default)]
struct Story {
    course: Course,
    told: Vec<Recorded>,
}

impl Story {
    fn of(programmes: &[ProgrammeKind]) -> Self {
        let mut story = Self::default();
        for programme in programmes {
            story.tell("2025-01-01", enrol(*programme));
        }
        story
    }

    fn tell(&mut self, day: &str, happening: Happening) -> Decision {
        self.try_tell(day, happening).unwrap()
    }

    fn try_tell(&mut self, day: &str, happening: Happening) -> Result<Decision, Refusal> {
        let settings = Settings::default();
        let decision = decide(&self.course, &person(), &happening, d(day), &settings)?;
        self.course.take(&happening, &decision);
        self.told.push(Recorded {
            day: d(day),
            happening,
            decision: decision.clone(),
        });
        Ok(decision)
    }

    fn slot(&self, programme: ProgrammeKind) -> (TaskKind, String) {
        let task = self.course.slot(programme).unwrap();
        (task.kind, task.due.to_string())
    }

    /// The course after the first `n` happenings.
    fn after(&self, n: usize) -> Course {
        let mut course = Course::default();
        for told in &self.told[..n] {
            course.take(&told.happening, &told.decision);
        }
        course
    }
}

fn enrol(programme: ProgrammeKind) -> Happening {
    Happening::Enrolled(Enrolled::in_programme(programme))
}

fn visit(mode: Mode, programmes: &[ProgrammeKind], sbp: u32, fbg: &str) -> Visited {
    Visited {
        mode,
        measured: Measured {
            sbp: Some(sbp).filter(|n| *n != 0),
            dbp: Some(80).filter(|_| sbp != 0),
            fbg: fbg.parse().ok(),
            ..Measured::default()
        },
        pregnant: false,
        lactating: false,
        forms: programmes
            .iter()
            .map(|p| (*p, FormFacts::default()))
            .collect(),
        referral_result: None,
        findings: Vec::new(),
        next: BTreeMap::new(),
    }
}

fn htn(sbp: u32) -> Happening {
    Happening::Visited(visit(Mode::Home, &[HTN], sbp, ""))
}

fn phone(sbp: u32) -> Happening {
    Happening::Visited(visit(Mode::Phone, &[HTN], sbp, ""))
}

fn not_reached() -> Happening {
    Happening::NotReached {
        kinds: BTreeSet::new(),
        reason: None,
        missed: None,
    }
}

#[test]
fn the_first_visit_is_due_a_month_after_enrolment() {
    let story = Story::of(&[HTN]);
    let task = story.course.slot(HTN).unwrap();
    assert_eq!(
        (task.earliest, task.due, task.latest, task.rule),
        (
            d("2025-01-01"),
            d("2025-02-01"),
            Some(d("2025-04-01")),
            Rule::H00
        )
    );
}

#[test]
fn a_known_last_visit_moves_the_first_task_but_not_before_enrolment() {
    let mut story = Story::default();
    let last_visit = Some(LastVisit {
        day: d("2024-10-05"),
        measured: Measured {
            sbp: Some(150),
            dbp: Some(90),
            ..Measured::default()
        },
    });
    let enrolled = Enrolled {
        programme: HTN,
        last_visit,
        under_age_reason: None,
        facts: Facts::Nothing,
    };
    story.tell("2025-01-01", Happening::Enrolled(enrolled));
    let task = story.course.slot(HTN).unwrap();
    assert_eq!(
        (task.earliest, task.due),
        (d("2025-01-01"), d("2025-01-05"))
    );
    assert_eq!(story.tell("2025-01-05", htn(150)).rules, [Rule::H4]);
    assert_eq!(story.course.programmes[&HTN].face_to_face.len(), 1);
}

#[test]
fn history_brought_in_later_moves_only_an_undecided_first_task() {
    let brought_in = |day: &str| Happening::BroughtIn {
        programme: HTN,
        last_visit: LastVisit {
            day: d(day),
            measured: Measured::default(),
        },
    };
    let mut story = Story::of(&[HTN]);
    story.tell("2025-01-02", brought_in("2024-12-20"));
    assert_eq!(story.slot(HTN).1, "2025-03-20");
    story.tell("2025-01-10", htn(130));
    story.tell("2025-01-11", brought_in("2025-01-05"));
    assert_eq!(story.slot(HTN).1, "2025-04-10");
}

#[test]
fn a_visit_entered_late_makes_the_next_one_the_second_off_target() {
    let mut story = Story::of(&[HTN]);
    story.tell("2025-03-19", htn(150));
    assert_eq!(story.slot(HTN).0, TaskKind::HtnVisit);
    let settings = Settings::default();
    let mut before = story.after(1);
    let late = htn(152);
    let decision = decide(&before, &person(), &late, d("2025-03-05"), &settings).unwrap();
    assert_eq!(decision.rules, [Rule::H5]);
    before.take(&late, &decision);
    let again = redecide(&before, &person(), &story.told[1..], |_| &settings);
    assert_eq!(again[0].rules, [Rule::H4]);
    assert_eq!(again[0].alerts, [Alert::ReferUp]);
    before.take(&story.told[1].happening, &again[0]);
    assert_eq!(before.slot(HTN).unwrap().kind, TaskKind::ReferralCheck);
}

#[test]
fn a_correction_that_ends_the_streak_takes_the_referral_back() {
    let mut story = Story::of(&[HTN]);
    story.tell("2025-03-05", htn(150));
    story.tell("2025-03-19", htn(150));
    story.tell("2025-04-02", htn(150));
    assert_eq!(story.told[3].decision.alerts, [Alert::ReferralOpen]);
    let settings = Settings::default();
    let mut course = story.after(1);
    let corrected = htn(130);
    let decision = decide(&course, &person(), &corrected, d("2025-03-05"), &settings).unwrap();
    course.take(&corrected, &decision);
    let again = redecide(&course, &person(), &story.told[2..], |_| &settings);
    assert_eq!(again[0].rules, [Rule::H5]);
    assert_eq!(
        (&again[1].rules[..], &again[1].alerts[..]),
        (&[Rule::H4][..], &[Alert::ReferUp][..])
    );
}

#[test]
fn deciding_everything_again_without_a_change_changes_nothing() {
    let mut story = Story::of(&[HTN, DM]);
    let both = |sbp, fbg| Happening::Visited(visit(Mode::Clinic, &[HTN, DM], sbp, fbg));
    story.tell("2025-02-01", both(150, "7.8"));
    story.tell("2025-02-15", both(152, "6.0"));
    story.tell("2025-02-20", not_reached());
    story.tell("2025-02-24", phone(128));
    story.tell("2025-05-17", both(130, "16.9"));
    story.tell(
        "2025-05-31",
        Happening::RefusedVisit {
            kinds: BTreeSet::new(),
        },
    );
    let settings = Settings::default();
    let again = redecide(&Course::default(), &person(), &story.told, |_| &settings);
    let stored: Vec<Decision> = story.told.iter().map(|t| t.decision.clone()).collect();
    assert_eq!(again, stored);
    assert_eq!(story.after(story.told.len()), story.course);
}

#[test]
fn what_the_doctor_set_with_a_reason_stays_and_is_marked() {
    let mut story = Story::of(&[HTN]);
    let mut set = visit(Mode::Home, &[HTN], 150, "");
    let reason = "血压计袖带不合适".to_owned();
    set.forms.insert(
        HTN,
        FormFacts {
            class: Some(DoctorsClass {
                class: Class::Controlled,
                reason: reason.clone(),
            }),
            next: Some(DoctorsDate {
                day: d("2025-03-10"),
                reason: Some(reason),
            }),
            ..FormFacts::default()
        },
    );
    story.tell("2025-03-05", Happening::Visited(set));
    assert_eq!(
        story.told[1].decision.outcomes[&HTN].class,
        Some(Class::Controlled)
    );
    assert_eq!(story.slot(HTN).1, "2025-03-10");
    let settings = Settings {
        htn_target: Pressure::new(160, 95),
        ..Settings::default()
    };
    let again = redecide(&story.after(1), &person(), &story.told[1..], |_| &settings);
    assert!(again[0].review);
    assert_eq!(again[0].rules, [Rule::H6]);
    assert_eq!(again[0].opened[0].due, d("2025-03-10"));
}

#[test]
fn a_visit_is_decided_by_the_settings_of_its_day() {
    let mut story = Story::of(&[HTN]);
    story.tell("2025-03-05", htn(138));
    story.tell("2025-06-05", htn(138));
    let old = Settings::default();
    let new = Settings {
        htn_target: Pressure::new(130, 80),
        ..Settings::default()
    };
    let again = redecide(&story.after(1), &person(), &story.told[1..], |day| {
        if day < d("2025-04-01") { &old } else { &new }
    });
    assert_eq!((again[0].rules[0], again[1].rules[0]), (Rule::H6, Rule::H5));
}

#[rstest]
#[case("2025-06-01", None, Refusal::NextDateOutside { earliest: d("2025-05-22"), latest: d("2025-06-19") }, false)]
#[case("2025-06-20", Some("出门"), Refusal::NextDateOutside { earliest: d("2025-05-22"), latest: d("2025-06-19") }, true)]
#[case("2025-06-10", None, Refusal::NextDateNeedsReason { due: d("2025-06-05") }, true)]
fn a_next_date_stays_in_the_window(
    #[case] day: &str,
    #[case] reason: Option<&str>,
    #[case] refusal: Refusal,
    #[case] is_refused: bool,
) {
    let mut story = Story::of(&[HTN]);
    let mut set = visit(Mode::Home, &[HTN], 130, "");
    let next = Some(DoctorsDate {
        day: d(day),
        reason: reason.map(ToOwned::to_owned),
    });
    set.forms.insert(
        HTN,
        FormFacts {
            next,
            ..FormFacts::default()
        },
    );
    let got = story.try_tell("2025-03-05", Happening::Visited(set));
    assert_eq!(got.err(), is_refused.then_some(refusal));
}

#[test]
fn a_visit_before_the_window_replaces_the_task_without_completing_it() {
    let mut story = Story::of(&[HTN]);
    story.tell("2025-02-01", htn(130));
    let decision = story.tell("2025-03-01", htn(130));
    assert_eq!(decision.completed, []);
    assert_eq!(decision.closed[0].how, Closing::Replaced);
    assert_eq!(story.slot(HTN).1, "2025-06-01");
    let decision = story.tell("2025-05-18", htn(130));
    assert_eq!(decision.completed, [TaskKind::HtnVisit]);
}

#[test]
fn two_programmes_share_one_referral_check_and_leave_it_one_by_one() {
    let mut story = Story::of(&[HTN, DM]);
    let both = Happening::Visited(visit(Mode::Clinic, &[HTN, DM], 184, "17.0"));
    let decision = story.tell("2025-02-01", both);
    assert_eq!(decision.alerts, [Alert::UrgentReferral]);
    assert_eq!(story.course.tasks().len(), 1);
    let mut seen = visit(Mode::Home, &[HTN], 130, "");
    seen.referral_result = Some(ReferralResult::Attended);
    let decision = story.tell("2025-02-15", Happening::Visited(seen));
    assert_eq!(decision.rules, [Rule::R1, Rule::H6, Rule::R2]);
    assert_eq!(
        story.slot(HTN),
        (TaskKind::HtnVisit, "2025-05-15".to_owned())
    );
    assert_eq!(story.slot(DM), (TaskKind::DmVisit, "2025-03-01".to_owned()));
    assert_eq!(story.course.referral, None);
}

#[test]
fn a_later_referral_joins_the_open_one_and_takes_the_smaller_due() {
    let mut story = Story::of(&[HTN, DM]);
    story.tell("2025-02-01", htn(184));
    let dm = Happening::Visited(visit(Mode::Home, &[DM], 130, "17.0"));
    story.tell("2025-02-08", dm);
    let referral = story.course.referral.clone().unwrap();
    assert_eq!(referral.due, d("2025-02-15"));
    assert_eq!(referral.programmes.len(), 2);
    assert!(referral.urgent);
    let decision = story.tell(
        "2025-02-15",
        Happening::ReferralChecked {
            result: ReferralResult::NotAttended,
            mode: Mode::Phone,
        },
    );
    assert_eq!(decision.completed, [TaskKind::ReferralCheck]);
    assert_eq!(story.course.referral.as_ref().unwrap().due, d("2025-02-22"));
}

#[test]
fn a_phone_reading_never_counts_as_face_to_face() {
    let mut story = Story::of(&[HTN]);
    let decision = story.tell("2025-01-20", phone(130));
    assert_eq!(
        decision.alerts,
        [Alert::ProvisionalClass, Alert::F2fRequired]
    );
    assert_eq!(story.slot(HTN).1, "2025-02-01");
    assert!(story.course.programmes[&HTN].face_to_face.is_empty());
    assert!(story.told[1].decision.outcomes[&HTN].provisional);
}

#[test]
fn three_failed_attempts_make_a_person_lost_and_a_visit_brings_them_back() {
    let mut story = Story::of(&[HTN]);
    story.tell("2025-02-01", htn(130));
    assert_eq!(story.tell("2025-05-01", not_reached()).rules, [Rule::U1]);
    assert_eq!(story.course.slot(HTN).unwrap().first_due, d("2025-05-01"));
    story.tell("2025-05-08", not_reached());
    let decision = story.tell("2025-05-15", not_reached());
    assert_eq!(decision.alerts, [Alert::LostToFollowUp]);
    assert_eq!(story.slot(HTN), (TaskKind::Trace, "2025-06-15".to_owned()));
    let decision = story.tell("2025-06-01", htn(130));
    assert_eq!(decision.completed, [TaskKind::Trace]);
    let htn = &story.course.programmes[&HTN];
    assert_eq!((htn.status, htn.attempts), (ProgrammeStatus::Managed, 0));
}

#[test]
fn a_referral_check_nobody_answers_is_tried_again_in_three_days() {
    let mut story = Story::of(&[HTN]);
    story.tell("2025-02-01", htn(184));
    let unreachable = Happening::ReferralChecked {
        result: ReferralResult::Unreachable,
        mode: Mode::Phone,
    };
    let decision = story.tell("2025-02-12", unreachable);
    assert_eq!(decision.rules, [Rule::R5, Rule::U2]);
    let task = story.course.referral.as_ref().unwrap();
    assert_eq!(
        (task.due, task.latest),
        (d("2025-02-15"), Some(d("2025-02-15")))
    );
    assert_eq!(task.attempts, 1);
}

#[test]
fn refusing_a_visit_asks_again_and_refusing_the_programme_does_not() {
    let mut story = Story::of(&[HTN]);
    let kinds = BTreeSet::from([TaskKind::HtnVisit]);
    let decision = story.tell("2025-02-01", Happening::RefusedVisit { kinds });
    assert_eq!(
        (decision.rules, decision.alerts),
        (vec![Rule::U4], vec![Alert::Refused])
    );
    assert_eq!(story.slot(HTN).1, "2025-02-15");
    story.tell("2025-02-15", Happening::RefusedProgramme { programme: HTN });
    assert_eq!(story.course.slot(HTN), None);
    assert_eq!(
        story.try_tell("2025-02-16", htn(130)).err(),
        Some(Refusal::NotEnrolled(HTN))
    );
}

#[rstest]
#[case(Some(130), "2025-05-20")]
#[case(None, "2025-03-10")]
fn a_visit_elsewhere_counts_from_its_day_when_a_value_is_known(
    #[case] sbp: Option<u32>,
    #[case] due: &str,
) {
    let mut story = Story::of(&[HTN]);
    story.tell(
        "2025-02-24",
        Happening::DoneElsewhere(DoneElsewhere {
            programme: HTN,
            visit_day: d("2025-02-20"),
            place: "县医院".to_owned(),
            evidence: Evidence::Paper,
            measured: Measured {
                sbp,
                dbp: Some(80),
                ..Measured::default()
            },
        }),
    );
    assert_eq!(story.slot(HTN).1, due);
    assert!(story.course.programmes[&HTN].face_to_face.is_empty());
}

#[test]
fn leaving_and_entering_again_counts_only_the_managed_quarters() {
    let mut story = Story::of(&[HTN]);
    let left = Happening::Left {
        programme: Some(HTN),
        why: EndReason::DiagnosisRemoved,
    };
    story.tell("2025-03-01", left);
    assert_eq!(story.course.slot(HTN), None);
    story.tell("2025-10-01", enrol(HTN));
    let htn = &story.course.programmes[&HTN];
    assert_eq!(count::required(&htn.spans, 2025), 2);
    assert_eq!(story.slot(HTN).1, "2025-11-01");
    assert_eq!(
        story.try_tell("2025-10-02", enrol(HTN)).err(),
        Some(Refusal::AlreadyEnrolled(HTN))
    );
}

#[test]
fn death_ends_everything_and_moving_away_can_be_undone_by_coming_back() {
    let all = |why| Happening::Left {
        programme: None,
        why,
    };
    let mut story = Story::of(&[HTN, DM]);
    story.tell("2025-03-01", all(EndReason::MovedAway));
    assert_eq!(story.course.tasks(), []);
    story.tell("2025-06-01", Happening::Returned);
    story.tell("2025-06-01", enrol(HTN));
    story.tell("2025-07-01", all(EndReason::Died));
    assert!(matches!(
        story.try_tell("2025-08-01", enrol(HTN)),
        Err(Refusal::PersonEnded(_))
    ));
    assert_eq!(
        first_day(&story.course, &person(), &Settings::default()),
        None
    );
}

#[rstest]
#[case(htn(0), Refusal::PressureMissing)]
#[case(Happening::Visited(visit(Mode::Home, &[], 130, "")), Refusal::NoForm)]
#[case(Happening::Visited(visit(Mode::Home, &[DM], 130, "6.0")), Refusal::NotEnrolled(DM))]
#[case(
    Happening::ReferralChecked { result: ReferralResult::Attended, mode: Mode::Phone },
    Refusal::NoOpenReferral
)]
fn what_the_rules_refuse_changes_nothing(#[case] happening: Happening, #[case] refusal: Refusal) {
    let mut story = Story::of(&[HTN]);
    assert_eq!(story.try_tell("2025-02-01", happening).err(), Some(refusal));
}

#[test]
fn one_form_a_day() {
    let mut story = Story::of(&[HTN]);
    story.tell("2025-02-01", htn(130));
    assert_eq!(
        story.try_tell("2025-02-01", htn(132)).err(),
        Some(Refusal::VisitedThatDay(HTN))
    );
}

fn screened(sbp: u32) -> Happening {
    Happening::PressureScreened(PressureScreened {
        pressure: Pressure::new(sbp, 80),
        risk: None,
        secondary_suspected: false,
    })
}

#[test]
fn three_high_days_mean_referral_and_enrolment_ends_the_screening() {
    let mut story = Story::default();
    story.tell("2025-02-01", screened(150));
    assert_eq!(story.slot(ProgrammeKind::Screen35).1, "2025-02-15");
    story.tell("2025-02-01", screened(152));
    story.tell("2025-02-05", screened(150));
    let decision = story.tell("2025-02-09", screened(150));
    assert_eq!(decision.alerts, [Alert::BpHighScreen, Alert::ReferUp]);
    assert_eq!(
        story.slot(ProgrammeKind::Screen35).0,
        TaskKind::ReferralCheck
    );
    story.tell("2025-02-20", enrol(HTN));
    assert_eq!(story.course.referral, None);
    assert_eq!(story.course.tasks().len(), 1);
}

#[test]
fn pressure_is_screened_every_year_and_with_a_high_risk_every_half_year() {
    let settings = Settings::default();
    let mut story = Story::default();
    let task = |story: &Story, day: &str| {
        standing::tasks(&story.course, &person(), d(day), &settings).remove(0)
    };
    assert_eq!(task(&story, "2026-05-01").due, d("2026-01-01"));
    let first = first_day(&story.course, &person(), &settings);
    assert_eq!(first, Some(d("2020-03-02")));
    story.tell("2026-05-01", screened(120));
    assert_eq!(
        (
            task(&story, "2026-05-02").rule,
            task(&story, "2026-05-02").due
        ),
        (Rule::Hs3, d("2026-11-01"))
    );
    let first = first_day(&story.course, &person(), &settings);
    assert_eq!(first, Some(d("2026-10-25")));
}

#[test]
fn the_alert_of_a_falling_year_is_computed_from_what_is_left_of_it() {
    let mut story = Story::of(&[HTN]);
    story.tell("2025-02-01", htn(130));
    assert!(!count::f2f_shortfall(
        &story.course.programmes[&HTN],
        d("2025-03-01")
    ));
    assert!(count::f2f_shortfall(
        &story.course.programmes[&HTN],
        d("2025-09-20")
    ));
}

/// mode, pressure, fasting glucose, adverse reaction → row, class, alerts.
#[rstest]
#[case(Mode::Home, 130, "", true, Rule::D5, Some(Class::AdverseReaction), &[Alert::AdjustTreatment])]
#[case(Mode::Home, 130, "", false, Rule::D6, None, &[Alert::FbgMissing])]
#[case(Mode::Phone, 130, "", false, Rule::D6, None, &[Alert::FbgMissing])]
#[case(Mode::Online, 130, "7.1", false, Rule::D5, Some(Class::NotControlled), &[Alert::AdjustTreatment, Alert::ProvisionalClass])]
#[case(Mode::Home, 180, "6.0", false, Rule::D1, Some(Class::Controlled), &[Alert::UrgentReferral, Alert::BpHighScreen])]
#[case(Mode::Home, 130, "4.0", false, Rule::D7, Some(Class::Controlled), &[])]
fn the_diabetes_table_at_its_edges(
    #[case] mode: Mode,
    #[case] sbp: u32,
    #[case] fbg: &str,
    #[case] adr: bool,
    #[case] rule: Rule,
    #[case] class: Option<Class>,
    #[case] alerts: &[Alert],
) {
    let mut story = Story::of(&[DM]);
    let mut seen = visit(mode, &[DM], sbp, fbg);
    seen.forms.insert(
        DM,
        FormFacts {
            adr,
            ..FormFacts::default()
        },
    );
    let decision = story.tell("2025-02-01", Happening::Visited(seen));
    let outcome = &decision.outcomes[&DM];
    assert_eq!((outcome.rule, outcome.class), (Some(rule), class));
    assert_eq!(decision.alerts, alerts);
}

#[test]
fn a_missing_glucose_completes_nothing_and_is_not_counted() {
    let mut story = Story::of(&[DM]);
    let seen = Happening::Visited(visit(Mode::Home, &[DM], 130, ""));
    let decision = story.tell("2025-02-01", seen);
    assert_eq!(decision.closed[0].how, Closing::Replaced);
    assert_eq!(story.slot(DM).1, "2025-02-15");
    assert!(story.course.programmes[&DM].face_to_face.is_empty());
}

#[test]
fn an_attempt_on_a_yearly_task_moves_its_dates_within_the_year_and_loses_nobody() {
    let mut story = Story::default();
    let attempt = || Happening::NotReached {
        kinds: BTreeSet::from([TaskKind::BpScreen]),
        reason: None,
        missed: None,
    };
    for day in ["2026-12-05", "2026-12-13", "2026-12-21"] {
        story.tell(day, attempt());
    }
    let task = standing::tasks(
        &story.course,
        &person(),
        d("2026-12-21"),
        &Settings::default(),
    )
    .remove(0);
    assert_eq!(
        (task.earliest, task.due, task.latest, task.attempts),
        (d("2026-12-22"), d("2026-12-28"), Some(d("2026-12-31")), 3)
    );
    let new_year = standing::tasks(
        &story.course,
        &person(),
        d("2027-01-01"),
        &Settings::default(),
    );
    assert_eq!(new_year[0].attempts, 0);
}

#[test]
fn every_row_has_its_id_as_stored_name() {
    for rule in [
        Rule::H00,
        Rule::H6,
        Rule::D7,
        Rule::Hs4,
        Rule::R5,
        Rule::U6,
        Rule::Ex1,
    ] {
        assert_eq!(
            serde_json::to_value(rule).unwrap().as_str(),
            Some(rule.id())
        );
    }
}

#[test]
fn a_course_survives_being_stored() {
    let mut story = Story::of(&[HTN, DM]);
    story.tell("2025-02-01", htn(184));
    story.tell("2025-02-10", not_reached());
    let bytes = rmp_serde::to_vec_named(&story.course).unwrap();
    assert_eq!(
        rmp_serde::from_slice::<Course>(&bytes).unwrap(),
        story.course
    );
    let bytes = postcard::to_stdvec(&story.course).unwrap();
    assert_eq!(
        postcard::from_bytes::<Course>(&bytes).unwrap(),
        story.course
    );
    for told in &story.told {
        let bytes = rmp_serde::to_vec_named(&told.happening).unwrap();
        let read: Happening = rmp_serde::from_slice(&bytes).unwrap();
        assert_eq!(read, told.happening);
    }
}

#[test]
fn history_from_the_future_is_refused() {
    let mut story = Story::default();
    let day = d("2025-02-02");
    let last_visit = Some(LastVisit {
        day,
        measured: Measured::default(),
    });
    let enrolled = Enrolled {
        programme: HTN,
        last_visit,
        under_age_reason: None,
        facts: Facts::Nothing,
    };
    assert_eq!(
        story
            .try_tell("2025-02-01", Happening::Enrolled(enrolled))
            .err(),
        Some(Refusal::NotYetHappened { day })
    );
}

#[rstest]
#[case("1995-01-01", None, true)]
#[case("1995-01-01", Some("上级医院确诊"), false)]
#[case("1990-02-01", None, false)]
fn enrolment_below_35_needs_a_reason(
    #[case] birth: &str,
    #[case] reason: Option<&str>,
    #[case] is_refused: bool,
) {
    let young = PersonFacts {
        birth: d(birth),
        ..person()
    };
    let enrolled = Happening::Enrolled(Enrolled {
        under_age_reason: reason.map(ToOwned::to_owned),
        ..Enrolled::in_programme(HTN)
    });
    let settings = Settings::default();
    let got = decide(
        &Course::default(),
        &young,
        &enrolled,
        d("2025-02-01"),
        &settings,
    );
    assert_eq!(matches!(got, Err(Refusal::TooYoung { .. })), is_refused);
}

/// mode, result, pressure → row, next task, referral closed.
#[rstest]
#[case(
    Mode::Home,
    ReferralResult::Attended,
    130,
    Rule::R1,
    TaskKind::HtnVisit,
    "2025-05-15",
    true
)]
#[case(
    Mode::Home,
    ReferralResult::Attended,
    150,
    Rule::R1,
    TaskKind::ReferralCheck,
    "2025-03-01",
    true
)]
#[case(
    Mode::Phone,
    ReferralResult::Attended,
    130,
    Rule::R2,
    TaskKind::HtnVisit,
    "2025-03-01",
    true
)]
#[case(
    Mode::Phone,
    ReferralResult::Attended,
    0,
    Rule::R2,
    TaskKind::HtnVisit,
    "2025-03-01",
    true
)]
#[case(
    Mode::Home,
    ReferralResult::NotAttended,
    150,
    Rule::R4,
    TaskKind::ReferralCheck,
    "2025-02-22",
    false
)]
#[case(
    Mode::Phone,
    ReferralResult::InHospital,
    0,
    Rule::R3,
    TaskKind::ReferralCheck,
    "2025-03-01",
    false
)]
fn a_visit_that_asks_after_the_referral(
    #[case] mode: Mode,
    #[case] result: ReferralResult,
    #[case] sbp: u32,
    #[case] rule: Rule,
    #[case] kind: TaskKind,
    #[case] due: &str,
    #[case] is_closed: bool,
) {
    let mut story = Story::of(&[HTN]);
    story.tell("2025-02-01", htn(184));
    let mut seen = visit(mode, &[HTN], sbp, "");
    seen.referral_result = Some(result);
    let decision = story.tell("2025-02-15", Happening::Visited(seen));
    assert!(decision.rules.contains(&rule), "{:?}", decision.rules);
    assert_eq!(story.slot(HTN), (kind, due.to_owned()));
    assert_eq!(decision.outcomes[&HTN].referral_closed, is_closed);
    let opened = kind == TaskKind::ReferralCheck;
    assert_eq!(
        story.course.programmes[&HTN].referral_open.is_some(),
        opened
    );
}

/// The first day on which any computed task is listed.
fn first_day(course: &Course, person: &PersonFacts, settings: &Settings) -> Option<Day> {
    let first = standing::first_days(course, person, settings);
    let yearly = first.standing.into_iter().map(|(from, _)| from);
    yearly.chain(first.listed).min()
}
