//! Corners of the programmes beyond hypertension and diabetes, beside the worked examples.
//! Everybody here is invented.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    decision::{Closing, Refusal},
    finding::Finding,
    happening::{EndReason, Enrolled, ReferralResult, Visited},
    standing, *,
};
use crate::domain::{
    alert::Alert,
    day::{plus_days, plus_months},
    programmes::{
        Facts,
        anc::{AntenatalCheck, Pregnancy, Time},
        child::{Age, Birth, ChildCheck, NewbornVisit, Sign},
        disabled::Disability,
        elderly::Exam,
        general::Term,
        pnc::{Delivery, PostnatalCheck},
        rule::Rule,
        smd::{Consent, MentalState},
        tb::{FirstVisit, Supervisor, TbFollowUp, Treatment},
        vax::{Dose, Given},
    },
    settings::{Settings, VaxSchedule},
    task::{Mode, TaskKind},
};
use rstest::rstest;

fn d(text: &str) -> Day {
    text.parse().unwrap()
}

/// One person's course as it is told, from a birth on.
struct Life {
    person: PersonFacts,
    course: Course,
    settings: Settings,
}

impl Life {
    fn born(day: &str) -> Self {
        Self {
            person: PersonFacts {
                birth: d(day),
                is_female: true,
                registered: None,
            },
            course: Course::default(),
            settings: Settings::default(),
        }
    }

    fn try_tell(&mut self, day: &str, happening: Happening) -> Result<Decision, Refusal> {
        let decision = decide(
            &self.course,
            &self.person,
            &happening,
            d(day),
            &self.settings,
        )?;
        self.course.take(&happening, &decision);
        Ok(decision)
    }

    fn tell(&mut self, day: &str, happening: Happening) -> Decision {
        self.try_tell(day, happening).unwrap()
    }

    fn enter(&mut self, day: &str, programme: ProgrammeKind, facts: Facts) -> Decision {
        self.tell(
            day,
            Happening::Enrolled(Enrolled {
                facts,
                ..Enrolled::in_programme(programme)
            }),
        )
    }

    fn find(&mut self, day: &str, findings: Vec<Finding>) -> Decision {
        self.tell(day, Happening::Visited(found(Mode::Home, findings)))
    }

    fn miss(&mut self, day: &str) -> Decision {
        let kinds = BTreeSet::new();
        self.tell(
            day,
            Happening::NotReached {
                kinds,
                reason: None,
                missed: None,
            },
        )
    }

    /// Everything open on the day, as `kind due`.
    fn open(&self, day: &str) -> BTreeSet<String> {
        let computed = standing::tasks(&self.course, &self.person, d(day), &self.settings);
        let all = self.course.tasks().into_iter().chain(computed);
        all.map(|task| format!("{} {}", task.kind.key(), task.due))
            .collect()
    }

    fn alerts(&self, day: &str) -> Vec<String> {
        standing::alerts(&self.course, &self.person, d(day), &self.settings)
            .into_iter()
            .map(|alert| alert.key().into_owned())
            .collect()
    }
}

fn found(mode: Mode, findings: Vec<Finding>) -> Visited {
    Visited {
        mode,
        measured: Measured::default(),
        pregnant: false,
        lactating: false,
        forms: BTreeMap::new(),
        referral_result: None,
        findings,
        next: BTreeMap::new(),
    }
}

fn set<const N: usize>(lines: [&str; N]) -> BTreeSet<String> {
    lines.into_iter().map(str::to_owned).collect()
}

fn calm(risk: u32) -> Finding {
    Finding::Mental(MentalState {
        risk,
        symptom: 0,
        insight: 1,
        social: Some(1),
        adr_level: 0,
        physical: 0,
        class: None,
    })
}

fn check(age: Age, signs: &[Sign]) -> Finding {
    Finding::Child(ChildCheck {
        age,
        dev_warning: BTreeSet::new(),
        signs: signs.iter().copied().collect(),
        hb: None,
        refer: false,
    })
}

fn doses(given: &[(Dose, &str)]) -> Given {
    given.iter().map(|(dose, day)| (*dose, d(day))).collect()
}

#[test]
fn who_does_not_consent_stays_in_the_register_without_tasks() {
    let mut life = Life::born("1980-05-01");
    let refused = Facts::Consent(Consent::Refused);
    let decision = life.enter("2026-03-01", ProgrammeKind::Smd, refused);
    assert_eq!(decision.alerts, [Alert::ConsentRefused]);
    assert_eq!(
        life.course.programmes[&ProgrammeKind::Smd].status,
        ProgrammeStatus::Refused {
            on: d("2026-03-01")
        }
    );
    assert!(life.course.slot(ProgrammeKind::Smd).is_none());
}

#[test]
fn a_visit_for_mental_disorder_stands_for_the_disabled_persons_own() {
    let mut life = Life::born("1980-05-01");
    let grade = Facts::Disability(Disability {
        grade: Some(2),
        self_care: None,
    });
    life.enter("2026-03-01", ProgrammeKind::Disabled, grade);
    assert!(life.course.slot(ProgrammeKind::Disabled).is_some());
    life.enter("2026-03-02", ProgrammeKind::Smd, Facts::Nothing);
    assert!(life.course.slot(ProgrammeKind::Disabled).is_none());
    life.find("2026-03-20", vec![calm(0)]);
    assert!(life.course.slot(ProgrammeKind::Disabled).is_none());
    let left = Happening::Left {
        programme: Some(ProgrammeKind::Smd),
        why: EndReason::DiagnosisRemoved,
    };
    life.tell("2026-06-01", left);
    let slot = life.course.slot(ProgrammeKind::Disabled).unwrap();
    assert_eq!(
        (slot.kind, slot.due),
        (TaskKind::DisabledVisit, d("2026-07-01"))
    );
}

#[test]
fn the_same_form_is_not_completed_twice_a_day() {
    let mut life = Life::born("1980-05-01");
    life.enter("2026-03-01", ProgrammeKind::Smd, Facts::Nothing);
    life.find("2026-03-20", vec![calm(0)]);
    let again = Happening::Visited(found(Mode::Home, vec![calm(1)]));
    assert_eq!(
        life.try_tell("2026-03-20", again),
        Err(Refusal::VisitedThatDay(ProgrammeKind::Smd))
    );
}

#[test]
fn three_failed_attempts_lose_a_patient_and_a_visit_finds_him_again() {
    let mut life = Life::born("1980-05-01");
    life.enter("2026-03-01", ProgrammeKind::Smd, Facts::Nothing);
    for day in ["2026-04-01", "2026-04-08", "2026-04-15"] {
        life.miss(day);
    }
    let course = &life.course.programmes[&ProgrammeKind::Smd];
    assert!(matches!(course.status, ProgrammeStatus::Lost { .. }));
    assert_eq!(
        life.open("2026-04-15"),
        set(["trace 2026-05-15", "bp_screen 2026-01-01"])
    );
    let decision = life.find("2026-05-01", vec![calm(0)]);
    assert_eq!(decision.closed[0].how, Closing::Completed);
    let course = &life.course.programmes[&ProgrammeKind::Smd];
    assert_eq!(course.status, ProgrammeStatus::Managed);
}

#[test]
fn a_tuberculosis_referral_ends_in_a_visit_within_two_weeks() {
    let mut life = Life::born("1970-05-01");
    let notice = Facts::Treatment(Treatment {
        notice: Some(d("2026-02-10")),
        start: Some(d("2026-02-08")),
        ..Treatment::default()
    });
    life.enter("2026-02-10", ProgrammeKind::Tb, notice);
    let first = Finding::TbFirst(FirstVisit {
        supervisor: Supervisor::Family,
        start: None,
        intensive_end: None,
    });
    let decision = life.find("2026-02-12", vec![first]);
    assert_eq!(decision.completed, [TaskKind::TbFirstVisit]);
    assert_eq!(decision.rules, [Rule::B3]);
    let reaction = Finding::Tb(TbFollowUp {
        adr: true,
        ..TbFollowUp::default()
    });
    let decision = life.find("2026-02-22", vec![reaction.clone()]);
    assert_eq!(decision.alerts, [Alert::ReferUp]);
    let again = life.find("2026-02-25", vec![reaction]);
    assert_eq!(again.alerts, [Alert::ReferralOpen]);
    let result = ReferralResult::Attended;
    let mode = Mode::Phone;
    life.tell("2026-03-01", Happening::ReferralChecked { result, mode });
    let slot = life.course.slot(ProgrammeKind::Tb).unwrap();
    assert_eq!((slot.kind, slot.due), (TaskKind::TbVisit, d("2026-03-15")));
    assert_eq!(slot.rule, Rule::R2);
}

#[test]
fn a_yearly_check_serves_every_programme_that_wants_one() {
    let mut life = Life::born("1955-05-01");
    life.enter("2025-01-01", ProgrammeKind::Htn, Facts::Nothing);
    life.enter("2025-01-01", ProgrammeKind::Elderly, Facts::Nothing);
    let term = Facts::Term(Term {
        start: d("2025-03-01"),
        end: None,
    });
    life.enter("2025-03-01", ProgrammeKind::General, term);
    let decision = life.find("2025-06-03", vec![Finding::Exam(Exam::default())]);
    let done: BTreeSet<&str> = decision.completed.iter().map(|kind| kind.key()).collect();
    assert_eq!(
        done,
        BTreeSet::from(["htn_exam", "elderly_exam", "general_assess"])
    );
    assert!(decision.rules.contains(&Rule::N2));
    assert_eq!(
        life.open("2025-06-03"),
        set([
            "htn_visit 2025-02-01",
            "htn_exam 2026-06-03",
            "elderly_exam 2026-06-03",
        ])
    );
}

#[test]
fn who_wants_no_yearly_check_has_none_recorded() {
    let mut life = Life::born("1975-05-01");
    let exam = Happening::Visited(found(Mode::Home, vec![Finding::Exam(Exam::default())]));
    assert!(life.try_tell("2025-06-03", exam).is_err());
}

#[test]
fn a_constitution_left_out_stays_open_when_the_check_is_done() {
    let mut life = Life::born("1955-05-01");
    life.enter("2025-01-01", ProgrammeKind::Elderly, Facts::Nothing);
    life.enter("2025-01-01", ProgrammeKind::TcmElderly, Facts::Nothing);
    life.find("2025-06-03", vec![Finding::Exam(Exam::default())]);
    assert!(life.open("2025-06-03").contains("tcm_assess 2025-04-01"));
    life.find("2025-06-10", vec![Finding::Constitution]);
    assert!(life.open("2025-06-10").contains("tcm_assess 2026-06-10"));
}

#[test]
fn a_window_that_passes_between_two_antenatal_checks_is_told_of_once() {
    let mut life = Life::born("1996-03-03");
    let pregnancy = Facts::Pregnancy(Pregnancy::since(d("2025-01-01")));
    life.enter("2025-03-01", ProgrammeKind::Anc, pregnancy);
    let fine = || Finding::Antenatal(AntenatalCheck::default());
    let first = life.find("2025-03-05", vec![fine()]);
    assert_eq!(first.completed, [TaskKind::Antenatal(Time::First)]);
    assert_eq!(life.alerts("2025-05-28"), ["window_missed:anc_2"]);
    let third = life.find("2025-06-01", vec![fine()]);
    assert_eq!(third.completed, [TaskKind::Antenatal(Time::Third)]);
    let missed = Alert::WindowMissed(TaskKind::Antenatal(Time::Second));
    assert_eq!(third.alerts, [missed]);
    let extra = life.find("2025-07-01", vec![fine()]);
    assert!(extra.completed.is_empty() && extra.alerts.is_empty());
}

#[test]
fn danger_signs_in_pregnancy_refer_at_once() {
    let mut life = Life::born("1996-03-03");
    let pregnancy = Facts::Pregnancy(Pregnancy::since(d("2025-01-01")));
    life.enter("2025-03-01", ProgrammeKind::Anc, pregnancy);
    let check = AntenatalCheck {
        danger: true,
        abnormal: true,
        fetal_heart: Some(161),
        protein: true,
        ..AntenatalCheck::default()
    };
    let decision = life.find("2025-05-10", vec![Finding::Antenatal(check)]);
    assert_eq!(
        decision.alerts,
        [
            Alert::UrgentReferral,
            Alert::WindowMissed(TaskKind::Antenatal(Time::First)),
            Alert::FhrAbnormal,
            Alert::PregProteinuria
        ]
    );
    assert!(life.course.referral.as_ref().unwrap().urgent);
}

#[test]
fn postnatal_work_ends_ninety_days_after_delivery() {
    let mut life = Life::born("1996-03-03");
    let delivery = Facts::Delivery(Delivery {
        delivered: d("2025-10-02"),
        discharged: Some(d("2025-10-05")),
        done: BTreeMap::new(),
    });
    life.enter("2025-10-06", ProgrammeKind::Pnc, delivery);
    assert_eq!(
        life.open("2025-11-03"),
        set(["pnc_42 2025-11-13"]),
        "the visit counts for 28 days after discharge"
    );
    assert_eq!(life.open("2025-12-31"), set(["pnc_42 2025-11-13"]));
    assert!(life.open("2026-01-01").is_empty());
    let pnc = &life.course.programmes[&ProgrammeKind::Pnc];
    let birth = life.person.birth;
    assert!(standing::is_over(
        ProgrammeKind::Pnc,
        pnc,
        birth,
        d("2026-01-01")
    ));
}

#[test]
fn a_woman_not_recovered_is_referred_and_stays() {
    let mut life = Life::born("1996-03-03");
    let delivery = Facts::Delivery(Delivery {
        delivered: d("2025-10-02"),
        discharged: None,
        done: BTreeMap::new(),
    });
    let entered = life.enter("2025-10-06", ProgrammeKind::Pnc, delivery);
    assert_eq!(entered.alerts, [Alert::DischargeAssumed]);
    let check = Finding::PostnatalCheck(PostnatalCheck {
        closed: false,
        refer: true,
    });
    let decision = life.find("2025-11-14", vec![check]);
    assert_eq!(decision.alerts, [Alert::ReferUp]);
    assert!(life.course.programmes[&ProgrammeKind::Pnc].is_open());
    assert_eq!(life.open("2025-11-14"), set(["referral_check 2025-11-28"]));
}

#[test]
fn a_second_home_visit_after_delivery_is_a_setting() {
    let mut life = Life::born("1996-03-03");
    life.settings.pnc_extra_home_visit_day = Some(28);
    let delivery = Facts::Delivery(Delivery {
        delivered: d("2025-10-02"),
        discharged: Some(d("2025-10-05")),
        done: BTreeMap::from([(TaskKind::PostnatalVisit, d("2025-10-08"))]),
    });
    life.enter("2025-10-06", ProgrammeKind::Pnc, delivery);
    assert!(life.open("2025-10-09").contains("pnc_visit 2025-10-30"));
}

#[test]
fn a_newborn_at_risk_is_visited_every_week_until_28_days_old() {
    let mut life = Life::born("2025-01-10");
    let birth = Facts::Birth(Birth {
        discharged: Some(d("2025-01-12")),
        ..Birth::default()
    });
    life.enter("2025-01-12", ProgrammeKind::Child, birth);
    let visit = |at_risk| {
        Finding::Newborn(NewbornVisit {
            at_risk,
            refer: false,
        })
    };
    life.find("2025-01-15", vec![visit(true)]);
    assert!(
        life.open("2025-01-15")
            .contains("nb_visit_extra 2025-01-22")
    );
    let extra = life.find("2025-01-22", vec![visit(false)]);
    assert_eq!(extra.completed, [TaskKind::NewbornExtra]);
    life.find("2025-01-29", vec![visit(false)]);
    assert!(
        life.open("2025-01-29")
            .contains("nb_visit_extra 2025-02-05")
    );
    life.find("2025-02-05", vec![visit(false)]);
    assert_eq!(life.open("2025-02-05"), set(["child_1m 2025-02-09"]));
}

#[test]
fn ages_passed_without_a_check_are_missed_and_the_next_one_stands() {
    let mut life = Life::born("2025-01-10");
    life.enter("2025-01-12", ProgrammeKind::Child, Facts::Nothing);
    assert_eq!(life.open("2025-05-20"), set(["child_6m 2025-07-10"]));
    assert_eq!(
        life.alerts("2025-05-20"),
        ["window_missed:child_1m", "window_missed:child_3m"]
    );
    let decision = life.find("2025-07-12", vec![check(Age::M6, &[Sign::Caries])]);
    let told: Vec<String> = decision
        .alerts
        .iter()
        .map(|a| a.key().into_owned())
        .collect();
    assert_eq!(
        told,
        ["window_missed:child_1m", "window_missed:child_3m", "caries"]
    );
    let next = life.find("2025-09-12", vec![check(Age::M8, &[])]);
    assert!(next.alerts.is_empty());
}

#[rstest]
#[case(Sign::HearingFailed, true)]
#[case(Sign::VisionLow, true)]
#[case(Sign::Caries, false)]
#[case(Sign::GrowthAbnormal, false)]
fn what_a_check_shows_refers_or_is_advised_on(#[case] sign: Sign, #[case] refers: bool) {
    let mut life = Life::born("2020-01-10");
    life.enter("2020-01-12", ProgrammeKind::Child, Facts::Nothing);
    let decision = life.find("2024-02-01", vec![check(Age::Y4, &[sign])]);
    assert_eq!(life.course.referral.is_some(), refers);
    assert_eq!(decision.alerts.contains(&Alert::ReferUp), refers);
}

#[test]
fn an_attempt_on_a_childs_check_moves_its_dates_and_the_check_brings_the_next_age() {
    let mut life = Life::born("2025-01-10");
    life.enter("2025-01-12", ProgrammeKind::Child, Facts::Nothing);
    let missed = life.miss("2025-07-15");
    assert_eq!(missed.rules, [Rule::U1]);
    assert_eq!(life.open("2025-07-15"), set(["child_6m 2025-07-22"]));
    let decision = life.find("2025-07-20", vec![check(Age::M6, &[])]);
    assert_eq!(decision.completed, [TaskKind::Child(Age::M6)]);
    assert!(life.course.moved.is_empty());
    assert_eq!(life.open("2025-07-20"), set(["child_8m 2025-09-10"]));
}

#[rstest]
#[case("2024-12-31", VaxSchedule::Nip2021)]
#[case("2025-01-01", VaxSchedule::Nip2025)]
#[case("2026-06-16", VaxSchedule::Nip2025)]
#[case("2026-06-17", VaxSchedule::Nip2026)]
fn the_schedule_follows_the_date(#[case] today: &str, #[case] in_force: VaxSchedule) {
    use crate::domain::programmes::vax::schedule;
    assert_eq!(schedule(VaxSchedule::Auto, d(today)), in_force);
}

#[test]
fn a_dose_of_the_other_variant_chooses_its_series() {
    let mut life = Life::born("2024-01-15");
    let given = doses(&[(Dose::Jei1, "2024-09-20"), (Dose::HepAi1, "2025-07-20")]);
    life.enter("2025-08-01", ProgrammeKind::Vax, Facts::Doses(given));
    let open = life.open("2025-08-01");
    assert!(open.contains("vax:JEI-2 2024-09-27"), "{open:?}");
    assert!(open.contains("vax:HepAI-2 2026-01-20"), "{open:?}");
    assert!(!open.iter().any(|line| line.contains("JEL")));
}

#[test]
fn girls_of_thirteen_are_reminded_of_hpv_from_2026_on() {
    let mut girl = Life::born("2013-03-01");
    girl.enter("2026-07-01", ProgrammeKind::Vax, Facts::Nothing);
    assert_eq!(girl.open("2026-07-01"), set(["vax:HPV-1 2026-03-01"]));
    let given = Finding::Vaccinated(doses(&[(Dose::Hpv1, "2026-07-05")]));
    girl.find("2026-07-05", vec![given]);
    assert_eq!(girl.open("2026-07-06"), set(["vax:HPV-2 2027-01-05"]));
    let mut boy = Life::born("2013-03-01");
    boy.person.is_female = false;
    let enter = Happening::Enrolled(Enrolled::in_programme(ProgrammeKind::Vax));
    assert_eq!(
        boy.try_tell("2026-07-01", enter),
        Err(Refusal::NotForPerson(ProgrammeKind::Vax))
    );
}

#[test]
fn a_pregnancy_needs_its_dates() {
    let mut life = Life::born("1996-03-03");
    let enter = Happening::Enrolled(Enrolled::in_programme(ProgrammeKind::Anc));
    assert_eq!(
        life.try_tell("2025-03-01", enter),
        Err(Refusal::FactsMissing(ProgrammeKind::Anc))
    );
}

#[test]
fn an_assessment_belongs_to_the_agreement_year_it_is_made_in() {
    let mut life = Life::born("1996-03-03");
    let term = Facts::Term(Term {
        start: d("2025-02-28"),
        end: Some(plus_days(plus_months(d("2025-02-28"), 24), -1)),
    });
    life.enter("2025-02-28", ProgrammeKind::General, term);
    assert_eq!(life.open("2026-02-27"), set(["general_assess 2026-01-28"]));
    assert_eq!(life.open("2026-02-28"), set(["general_assess 2027-01-28"]));
    assert!(life.open("2027-02-28").is_empty());
}

#[test]
fn a_store_finds_a_child_from_the_day_its_first_work_is_listed() {
    let mut life = Life::born("2025-01-10");
    life.enter("2025-06-15", ProgrammeKind::Child, Facts::Nothing);
    let first = standing::first_days(&life.course, &life.person, &life.settings);
    assert_eq!(first.listed, [d("2025-07-10")]);
}
