//! Pictures of people whose follow-up is told happening by happening.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    year::{Service, What, Year, year},
    *,
};
use crate::domain::{
    course::{
        Happening, decide,
        finding::Finding,
        happening::{DoneElsewhere, EndReason, Enrolled, Evidence, FormFacts, Measured, Visited},
    },
    form::FilledForm,
    id::{PersonId, StaffId, VisitId},
    programmes::{
        Facts, ProgrammeKind,
        anc::{self, AntenatalCheck},
        child::{Age, Birth, ChildCheck, NewbornVisit},
        elderly::Exam,
        vax::{Dose, Given},
    },
    task::Mode,
    value::{Answers, Decimal, Value},
};
use rstest::rstest;

fn d(text: &str) -> Day {
    text.parse().unwrap()
}

/// A person's contacts as they are told, one after the other.
struct Told {
    person: PersonFacts,
    course: Course,
    contacts: Vec<Contact>,
    settings: Settings,
}

impl Told {
    fn born(birth: &str) -> Self {
        Self {
            person: PersonFacts {
                birth: d(birth),
                is_female: true,
                registered: Some(d("2020-01-01").max(d(birth))),
            },
            course: Course::default(),
            contacts: Vec::new(),
            settings: Settings::default(),
        }
    }

    fn tell(mut self, day: &str, happening: Happening, forms: Vec<FilledForm>) -> Self {
        let decision = decide(
            &self.course,
            &self.person,
            &happening,
            d(day),
            &self.settings,
        )
        .unwrap();
        self.course.take(&happening, &decision);
        let seq = self.contacts.len() as u64 + 1;
        self.contacts.push(Contact {
            id: VisitId(seq),
            person: PersonId(1),
            day: d(day),
            seq,
            by: StaffId(1),
            at: 0,
            forms,
            happening,
            decision,
            edition: 0,
            corrections: Vec::new(),
            withdrawn: None,
        });
        self
    }

    fn enter(self, day: &str, programme: ProgrammeKind, facts: Facts) -> Self {
        let entered = Enrolled {
            facts,
            ..Enrolled::in_programme(programme)
        };
        self.tell(day, Happening::Enrolled(entered), Vec::new())
    }

    fn pressure(self, day: &str, mode: Mode, sbp: u32) -> Self {
        let measured = Measured {
            sbp: Some(sbp),
            dbp: Some(80),
            ..Measured::default()
        };
        let forms = BTreeMap::from([(ProgrammeKind::Htn, FormFacts::default())]);
        self.tell(day, visited(mode, measured, forms, Vec::new()), Vec::new())
    }

    fn find(self, day: &str, finding: Finding) -> Self {
        let happening = visited(
            Mode::Clinic,
            Measured::default(),
            BTreeMap::new(),
            vec![finding],
        );
        self.tell(day, happening, Vec::new())
    }

    fn miss(self, day: &str) -> Self {
        let kinds = BTreeSet::new();
        let happening = Happening::NotReached {
            kinds,
            reason: None,
            missed: None,
        };
        self.tell(day, happening, Vec::new())
    }

    fn on(&self, today: &str) -> Life<'_> {
        Life {
            person: &self.person,
            is_here: self.course.ended.is_none(),
            course: &self.course,
            contacts: &self.contacts,
            today: d(today),
            settings: &self.settings,
        }
    }

    fn year(&self, of: i32, today: &str) -> Year {
        year(&self.on(today), of)
    }
}

fn visited(
    mode: Mode,
    measured: Measured,
    forms: BTreeMap<ProgrammeKind, FormFacts>,
    findings: Vec<Finding>,
) -> Happening {
    Happening::Visited(Visited {
        mode,
        measured,
        pregnant: false,
        lactating: false,
        forms,
        referral_result: None,
        findings,
        next: BTreeMap::new(),
    })
}

/// The marks of a line, as `day key`.
fn marks(year: &Year, programme: ProgrammeKind, service: Service) -> Vec<String> {
    let line = year
        .lines
        .iter()
        .find(|line| line.programme == programme && line.service == service);
    let marks = line.map_or(&[][..], |line| &line.marks);
    marks
        .iter()
        .map(|mark| format!("{} {}", mark.day, mark.what.key()))
        .collect()
}

fn visits(year: &Year) -> Vec<String> {
    marks(year, ProgrammeKind::Htn, Service::FollowUp)
}

fn patient() -> Told {
    Told::born("1966-03-01").enter("2025-01-10", ProgrammeKind::Htn, Facts::Nothing)
}

#[test]
fn a_year_shows_what_was_done_what_is_due_and_what_is_planned() {
    let told =
        patient()
            .pressure("2025-02-01", Mode::Home, 130)
            .pressure("2025-05-02", Mode::Clinic, 132);
    let seen = told.year(2025, "2025-06-10");
    assert_eq!(
        visits(&seen),
        [
            "2025-01-10 entered",
            "2025-02-01 done",
            "2025-05-02 done",
            "2025-08-02 not_yet",
            "2025-11-02 planned",
        ]
    );
    let count = seen.counts[0];
    assert_eq!((count.required, count.done, count.by_phone), (4, 2, 0));
    assert!(!count.falls_short && !count.exam_done && !count.is_standard);
}

#[test]
fn a_visit_after_its_last_day_leaves_the_miss_on_record() {
    let told =
        patient()
            .pressure("2025-02-01", Mode::Home, 130)
            .pressure("2025-06-20", Mode::Home, 130);
    let seen = told.year(2025, "2025-07-01");
    assert!(
        visits(&seen).contains(&"2025-05-15 missed".to_owned()),
        "{seen:?}"
    );
    let missed = seen.lines[0].marks.iter().find_map(|mark| match mark.what {
        What::Missed { done, open } => Some((done, open)),
        _ => None,
    });
    assert_eq!(missed, Some((Some(d("2025-06-20")), false)));
}

#[test]
fn what_is_overdue_now_is_missed_and_still_open() {
    let told = patient().pressure("2025-02-01", Mode::Home, 130);
    let open = |today| {
        let seen = told.year(2025, today);
        let mut marks = seen.lines[0].marks.clone().into_iter();
        marks.any(|mark| {
            matches!(
                mark.what,
                What::Missed {
                    done: None,
                    open: true
                }
            )
        })
    };
    assert!(!open("2025-05-15"));
    assert!(open("2025-05-16"));
}

#[test]
fn attempts_and_being_lost_stand_on_their_days() {
    let told = patient()
        .pressure("2025-02-01", Mode::Home, 130)
        .miss("2025-05-01")
        .miss("2025-05-09")
        .miss("2025-05-20");
    let seen = visits(&told.year(2025, "2025-06-01"));
    let expected = [
        "2025-05-01 not_reached",
        "2025-05-09 not_reached",
        "2025-05-20 lost",
        "2025-05-20 not_reached",
    ];
    for mark in expected {
        assert!(seen.contains(&mark.to_owned()), "{mark} in {seen:?}");
    }
    // Nothing is planned for who must be found first.
    assert!(
        !seen.iter().any(|mark| mark.ends_with("planned")),
        "{seen:?}"
    );
}

#[test]
fn what_was_done_elsewhere_in_time_is_no_miss() {
    let done = DoneElsewhere {
        programme: ProgrammeKind::Htn,
        visit_day: d("2025-05-10"),
        place: "县医院".to_owned(),
        evidence: Evidence::Paper,
        measured: Measured {
            sbp: Some(128),
            dbp: Some(78),
            ..Measured::default()
        },
    };
    let told = patient().pressure("2025-02-01", Mode::Home, 130).tell(
        "2025-06-20",
        Happening::DoneElsewhere(done),
        Vec::new(),
    );
    let seen = visits(&told.year(2025, "2025-07-01"));
    assert!(
        seen.contains(&"2025-05-10 elsewhere".to_owned()),
        "{seen:?}"
    );
    assert!(
        !seen.iter().any(|mark| mark.ends_with("missed")),
        "{seen:?}"
    );
}

#[test]
fn a_withdrawn_contact_is_not_shown() {
    let mut told = patient().pressure("2025-02-01", Mode::Home, 130);
    told.contacts[1].withdrawn = Some("记错人".to_owned());
    let seen = visits(&told.year(2025, "2025-02-20"));
    assert!(!seen.iter().any(|mark| mark.ends_with("done")), "{seen:?}");
}

#[test]
fn phone_visits_are_counted_apart_and_a_year_that_cannot_suffice_is_told() {
    let told =
        patient()
            .pressure("2025-02-01", Mode::Home, 130)
            .pressure("2025-05-02", Mode::Phone, 130);
    let count = told.year(2025, "2025-10-20").counts[0];
    assert_eq!(
        (count.done, count.by_phone, count.falls_short),
        (1, 1, true)
    );
    // Of a year gone by nothing can fall short any more: it is as it is.
    let gone = told.year(2025, "2026-02-01").counts[0];
    assert!(!gone.falls_short && !gone.is_standard);
}

#[rstest]
#[case(2024, &["2024-12-31 missed"])]
#[case(2025, &["2025-03-10 done"])]
#[case(2026, &["2026-03-10 not_yet"])]
fn a_yearly_check_is_missed_where_its_year_ended_without_it(
    #[case] of: i32,
    #[case] expected: &[&str],
) {
    let exam = Finding::Exam(Exam::default());
    let told = Told::born("1950-01-01")
        .enter("2024-02-01", ProgrammeKind::Elderly, Facts::Nothing)
        .find("2025-03-10", exam);
    let service = Service::Yearly(ProgrammeKind::Elderly.programme().exam.unwrap());
    let mut seen = marks(
        &told.year(of, "2026-01-01"),
        ProgrammeKind::Elderly,
        service,
    );
    seen.retain(|mark| !mark.ends_with("entered"));
    // The year begins with its window open.
    let seen: Vec<String> = seen
        .iter()
        .map(|mark| mark.replace("open_early", "not_yet"))
        .collect();
    assert_eq!(seen, expected);
}

#[test]
fn a_year_in_which_follow_up_ended_is_not_missed() {
    let told = Told::born("1950-01-01")
        .enter("2024-02-01", ProgrammeKind::Elderly, Facts::Nothing)
        .tell(
            "2024-05-01",
            Happening::Left {
                programme: None,
                why: EndReason::Died,
            },
            Vec::new(),
        );
    for line in &told.year(2024, "2026-01-01").lines {
        let missed = |mark: &year::Mark| matches!(mark.what, What::Missed { .. });
        assert!(!line.marks.iter().any(missed), "{line:?}");
    }
}

#[test]
fn a_pressure_a_year_is_asked_of_everybody_of_35() {
    let told = Told::born("1980-06-01");
    let screened = |of, today| {
        let exam = crate::domain::task::TaskKind::BpScreen;
        let seen = told.year(of, today);
        marks(&seen, ProgrammeKind::Screen35, Service::Yearly(exam))
    };
    assert_eq!(screened(2024, "2025-06-01"), ["2024-12-31 missed"]);
    assert_eq!(screened(2025, "2025-06-01").len(), 1);
    assert!(screened(2014, "2025-06-01").is_empty());
    // Before the register knew the person nobody missed anything.
    assert!(screened(2019, "2025-06-01").is_empty());
}

#[test]
fn a_childs_checks_stand_at_their_ages() {
    let check = |age| {
        Finding::Child(ChildCheck {
            age,
            dev_warning: BTreeSet::new(),
            signs: BTreeSet::new(),
            hb: None,
            refer: false,
        })
    };
    let told = Told::born("2025-01-10")
        .enter(
            "2025-01-12",
            ProgrammeKind::Child,
            Facts::Birth(Birth::default()),
        )
        .find("2025-02-08", check(Age::M1))
        .find("2025-07-15", check(Age::M6));
    let seen = marks(
        &told.year(2025, "2025-08-01"),
        ProgrammeKind::Child,
        Service::Windows,
    );
    assert_eq!(
        seen,
        [
            "2025-01-12 entered",
            "2025-01-20 missed",
            "2025-02-08 done",
            "2025-05-09 missed",
            "2025-07-15 done",
            "2025-09-10 planned",
        ]
    );
}

#[test]
fn a_dose_given_late_was_missed_and_made_up_for() {
    let told = Told::born("2025-01-10")
        .enter("2025-01-12", ProgrammeKind::Vax, Facts::Doses(Given::new()))
        .find(
            "2025-01-14",
            Finding::Vaccinated(Given::from([(Dose::HepB1, d("2025-01-14"))])),
        );
    let seen = told.year(2025, "2025-02-01");
    let line = &seen.lines[0];
    let of_dose: Vec<&str> = line
        .marks
        .iter()
        .filter(|mark| mark.kind == Some(crate::domain::task::TaskKind::Vaccination(Dose::HepB1)))
        .map(|mark| mark.what.key())
        .collect();
    assert_eq!(of_dose, ["missed", "done_late"]);
}

#[test]
fn a_pregnancy_keeps_its_checks_and_the_corrected_day() {
    let lmp = d("2025-01-01");
    let check = |edd| {
        Finding::Antenatal(AntenatalCheck {
            edd,
            ..AntenatalCheck::default()
        })
    };
    let told = Told::born("1998-01-01")
        .enter(
            "2025-02-20",
            ProgrammeKind::Anc,
            Facts::Pregnancy(anc::Pregnancy::since(lmp)),
        )
        .find("2025-02-20", check(Some(d("2025-10-08"))))
        .find("2025-05-10", check(Some(d("2025-10-15"))));
    let seen = pregnancy(&told.on("2025-06-20")).unwrap();
    let before = seen.before.unwrap();
    assert!(before.is_corrected);
    assert_eq!(before.facts.edd(), d("2025-10-15"));
    let done: Vec<bool> = before.checks.iter().map(|c| c.done.is_some()).collect();
    assert_eq!(done, [true, true, false, false, false]);
    assert_eq!(seen.after, None);
    assert_eq!(pregnancy(&Told::born("1998-01-01").on("2025-06-20")), None);
}

fn form(id: &str, day: &str, answers: &[(&str, Value)]) -> FilledForm {
    let answers: Answers = answers
        .iter()
        .map(|(key, value)| ((*key).to_owned(), value.clone()))
        .collect();
    FilledForm {
        form: id.to_owned(),
        edition: "3".to_owned(),
        visit: d(day),
        answers,
        marks: BTreeMap::new(),
        confirmed: BTreeSet::new(),
    }
}

#[test]
fn values_of_the_persons_own_are_marked_in_trends() {
    let measured = Measured {
        sbp: Some(138),
        dbp: Some(86),
        ..Measured::default()
    };
    let forms = BTreeMap::from([(ProgrammeKind::Htn, FormFacts::default())]);
    let weight = Value::Dec(Decimal::from_thousandths(66_500));
    let own = [("bp_source", Value::Code("2".into())), ("weight", weight)];
    let told = patient().pressure("2025-02-01", Mode::Home, 130).tell(
        "2025-05-02",
        visited(Mode::Home, measured, forms, Vec::new()),
        vec![form("F01", "2025-05-02", &own)],
    );
    let seen = trends(&told.on("2025-06-01"));
    let own: Vec<bool> = seen.pressure.iter().map(|reading| reading.own).collect();
    assert_eq!(own, [false, true]);
    assert_eq!(seen.weight[0].value, 665);
    assert!(seen.glucose.is_empty());
}

#[test]
fn growth_is_told_with_birth_values_and_weeks() {
    let decimal = |thousandths| Value::Dec(Decimal::from_thousandths(thousandths));
    let newborn = [
        ("birth_weight", decimal(2400)),
        ("birth_length", decimal(46_000)),
        ("weight", decimal(2600)),
        ("weeks", Value::Int(35)),
    ];
    let told = Told::born("2025-01-10")
        .enter(
            "2025-01-12",
            ProgrammeKind::Child,
            Facts::Birth(Birth::default()),
        )
        .tell(
            "2025-01-18",
            visited(
                Mode::Home,
                Measured::default(),
                BTreeMap::new(),
                vec![Finding::Newborn(NewbornVisit::default())],
            ),
            vec![form("F15", "2025-01-18", &newborn)],
        );
    let reference = crate::domain::growth::Reference {
        source: crate::domain::text::Label {
            zh: String::new(),
            en: String::new(),
        },
        tables: Vec::new(),
    };
    let seen = growth(&told.on("2025-02-01"), &reference).unwrap();
    let ages: Vec<i64> = seen.weight.iter().map(|grown| grown.age).collect();
    assert_eq!((ages.as_slice(), seen.height.len()), (&[0, 8][..], 1));
    assert_eq!(seen.premature, Some(35));
    assert!(growth(&told.on("2032-01-10"), &reference).is_none());
}
