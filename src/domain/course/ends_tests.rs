//! Ends, referrals and finding people again, in whatever order they are told. Everybody here is
//! invented.

use std::collections::{BTreeMap, BTreeSet};

use rstest::rstest;

use super::{
    decision::{Closing, Refusal},
    finding::Finding,
    happening::{
        EndReason, Enrolled, FormFacts, LostReason, PressureScreened, ReferralResult, Visited,
    },
    *,
};
use crate::domain::{
    programmes::{
        Facts,
        anc::{AntenatalCheck, Pregnancy},
        child::{Age, Birth, ChildCheck},
        elderly::Exam,
        outpatient::Slip,
        pnc::{Delivery, PostnatalCheck, PostnatalVisit},
        rule::Rule,
        smd::{Consent, MentalState},
        tb::{TbFollowUp, Treatment},
    },
    settings::Settings,
    task::{Mode, TaskKind},
};
use ProgrammeKind::{Anc, Child, Dm, Htn, Outpatient, Pnc, Screen35, Smd, Tb};

const ENTERED: &str = "2026-01-05";
const REFERRED: &str = "2026-02-20";
const ENDED: &str = "2026-02-10";

fn d(text: &str) -> Day {
    text.parse().unwrap()
}

/// One person's book: every entry in its place by day and order of entry, the later ones decided
/// anew, as the desk does it.
struct Book {
    person: PersonFacts,
    entries: Vec<(Day, usize, Recorded)>,
    course: Course,
    told: usize,
}

impl Book {
    /// Begins as the one who may be in the programme, and enters it.
    fn of(kind: ProgrammeKind) -> Self {
        let birth = match kind {
            Child => "2025-06-01",
            Anc | Pnc => "1996-03-03",
            _ => "1958-04-01",
        };
        let mut book = Self {
            person: PersonFacts {
                birth: d(birth),
                is_female: true,
                registered: None,
            },
            entries: Vec::new(),
            course: Course::default(),
            told: 0,
        };
        match kind {
            Screen35 | Outpatient => {}
            _ => {
                book.tell(ENTERED, entry(kind)).unwrap();
            }
        }
        book
    }

    fn tell(&mut self, day: &str, happening: Happening) -> Result<usize, Refusal> {
        self.told += 1;
        let seq = self.told;
        self.put(d(day), seq, happening).map(|()| seq)
    }

    fn correct(&mut self, seq: usize, day: &str) -> Result<(), Refusal> {
        let at = self.entries.iter().position(|entry| entry.1 == seq);
        let happening = self.entries[at.unwrap()].2.happening.clone();
        self.put(d(day), seq, happening)
    }

    fn withdraw(&mut self, seq: usize) {
        self.entries.retain(|entry| entry.1 != seq);
        self.decide_anew();
    }

    fn put(&mut self, day: Day, seq: usize, happening: Happening) -> Result<(), Refusal> {
        let mut before = Course::default();
        for (on, at, recorded) in &self.entries {
            if (*on, *at) < (day, seq) && *at != seq {
                before.take(&recorded.happening, &recorded.decision);
            }
        }
        let settings = Settings::default();
        let decision = decide(&before, &self.person, &happening, day, &settings)?;
        let recorded = Recorded {
            day,
            happening,
            decision,
        };
        self.entries.retain(|entry| entry.1 != seq);
        self.entries.push((day, seq, recorded));
        self.entries.sort_by_key(|entry| (entry.0, entry.1));
        self.decide_anew();
        Ok(())
    }

    fn decide_anew(&mut self) {
        let recorded: Vec<Recorded> = self.entries.iter().map(|e| e.2.clone()).collect();
        let settings = Settings::default();
        let anew = redecide(&Course::default(), &self.person, &recorded, |_| &settings);
        self.course = Course::default();
        for ((_, _, recorded), decision) in self.entries.iter_mut().zip(anew) {
            recorded.decision = decision;
            self.course.take(&recorded.happening, &recorded.decision);
        }
    }

    fn decision(&self, seq: usize) -> &Decision {
        let entry = self.entries.iter().find(|entry| entry.1 == seq);
        &entry.unwrap().2.decision
    }

    fn status(&self, kind: ProgrammeKind) -> ProgrammeStatus {
        self.course.programmes[&kind].status
    }

    /// What is open: nothing of what has ended, and a check only of referrals that are open.
    fn is_sound(&self) {
        for (kind, known) in &self.course.programmes {
            let is_asked = known.referral_open.is_none() || self.course.slot(*kind).is_some();
            assert!(is_asked, "{}: nobody asks", kind.code());
            let is_left = known.slot.is_some() || known.referral_open.is_some();
            assert!(known.is_open() || !is_left, "{}: {known:?}", kind.code());
        }
        if let Some(check) = &self.course.referral {
            for kind in check.programmes.iter() {
                assert!(self.course.programmes[kind].referral_open.is_some());
            }
            let answer = asked(ReferralResult::Attended);
            let settings = Settings::default();
            let last = self.entries.last().unwrap().0;
            decide(&self.course, &self.person, &answer, last, &settings).unwrap();
        }
    }

    fn has_nothing_open(&self) {
        self.is_sound();
        assert_eq!(self.course.tasks(), Vec::new());
    }
}

fn entry(kind: ProgrammeKind) -> Happening {
    let facts = match kind {
        Anc => Facts::Pregnancy(Pregnancy::since(d("2025-10-20"))),
        Pnc => Facts::Delivery(Delivery::on(d("2026-01-02"))),
        Child => Facts::Birth(Birth::default()),
        Tb => Facts::Treatment(Treatment::default()),
        Smd => Facts::Consent(Consent::Given),
        _ => Facts::Nothing,
    };
    Happening::Enrolled(Enrolled {
        facts,
        ..Enrolled::in_programme(kind)
    })
}

fn visited(findings: Vec<Finding>) -> Visited {
    Visited {
        mode: Mode::Home,
        measured: Measured::default(),
        pregnant: false,
        lactating: false,
        forms: BTreeMap::new(),
        referral_result: None,
        findings,
        next: BTreeMap::new(),
    }
}

fn followed(kind: ProgrammeKind, sbp: u32, fbg: &str) -> Visited {
    Visited {
        measured: Measured {
            sbp: Some(sbp),
            dbp: Some(80),
            fbg: fbg.parse().ok(),
            ..Measured::default()
        },
        forms: BTreeMap::from([(kind, FormFacts::default())]),
        ..visited(Vec::new())
    }
}

fn check(age: Age, refer: bool) -> Finding {
    Finding::Child(ChildCheck {
        age,
        dev_warning: BTreeSet::new(),
        signs: BTreeSet::new(),
        hb: None,
        refer,
    })
}

fn examined() -> Finding {
    Finding::Exam(Exam {
        abnormal: false,
        self_care: None,
    })
}

/// A visit that refers.
fn refers(kind: ProgrammeKind) -> Happening {
    let finding = match kind {
        Htn => return Happening::Visited(followed(Htn, 190, "")),
        Dm => return Happening::Visited(followed(Dm, 130, "17.2")),
        Screen35 => {
            return Happening::PressureScreened(PressureScreened {
                pressure: Pressure::new(150, 95),
                risk: None,
                secondary_suspected: true,
            });
        }
        Tb => Finding::Tb(TbFollowUp {
            adr: true,
            ..TbFollowUp::default()
        }),
        Anc => Finding::Antenatal(AntenatalCheck {
            danger: true,
            ..AntenatalCheck::default()
        }),
        Pnc => Finding::Postnatal(PostnatalVisit { refer: true }),
        Child => check(Age::M8, true),
        _ => Finding::Referred(Slip {
            to: "清水镇中心卫生院".to_owned(),
            reason: "头晕待查".to_owned(),
            urgent: false,
        }),
    };
    Happening::Visited(visited(vec![finding]))
}

/// What ends the programme.
fn ends(kind: ProgrammeKind) -> Happening {
    match kind {
        Anc => entry(Pnc),
        Screen35 => entry(Htn),
        Pnc | Tb => left(Some(kind), EndReason::Completed),
        _ => left(Some(kind), EndReason::DiagnosisRemoved),
    }
}

fn left(programme: Option<ProgrammeKind>, why: EndReason) -> Happening {
    Happening::Left { programme, why }
}

fn asked(result: ReferralResult) -> Happening {
    let mode = Mode::Phone;
    Happening::ReferralChecked { result, mode }
}

fn lost(programme: ProgrammeKind) -> Happening {
    let reason = LostReason::Other;
    Happening::Lost { programme, reason }
}

#[rstest]
fn the_end_of_a_programme_closes_its_referral_check(
    #[values(Htn, Dm, Tb, Anc, Pnc, Child, Screen35, Outpatient)] kind: ProgrammeKind,
) {
    let mut book = Book::of(kind);
    book.tell(REFERRED, refers(kind)).unwrap();
    book.is_sound();
    assert!(book.course.referral.is_some());
    let end = book.tell("2026-02-25", ends(kind)).unwrap();
    book.is_sound();
    assert_eq!(book.course.referral, None);
    let closed = book.decision(end).closed.iter();
    let how: Vec<Closing> = closed
        .filter(|closed| closed.task.kind == TaskKind::ReferralCheck)
        .map(|closed| closed.how)
        .collect();
    assert_eq!(how, [Closing::Ended]);
    let answer = book.tell("2026-02-26", asked(ReferralResult::Attended));
    assert_eq!(answer, Err(Refusal::NoOpenReferral));
    // The end is taken back, and it is asked after again.
    book.withdraw(end);
    book.is_sound();
    assert!(book.course.referral.is_some());
    book.tell("2026-02-26", asked(ReferralResult::Attended))
        .unwrap();
    assert_eq!(book.course.referral, None);
}

#[rstest]
fn a_visit_after_the_end_is_refused_and_one_recorded_before_it_opens_nothing(
    #[values(Htn, Dm, Tb, Anc, Pnc, Child)] kind: ProgrammeKind,
) {
    let mut known = Book::of(kind);
    known.tell(ENDED, ends(kind)).unwrap();
    let after = known.tell(REFERRED, refers(kind));
    assert_eq!(after, Err(Refusal::NotEnrolled(kind)));

    let mut late = Book::of(kind);
    let visit = late.tell(REFERRED, refers(kind)).unwrap();
    let (stood, decided) = (late.course.clone(), late.decision(visit).clone());
    let end = late.tell(ENDED, ends(kind)).unwrap();
    late.is_sound();
    assert_eq!(late.course.referral, None);
    let now = late.decision(visit);
    assert!(now.review && now.referral.is_none() && now.opened.is_empty());
    assert_eq!(
        now.alerts, decided.alerts,
        "what was found stays to be read"
    );
    late.withdraw(end);
    assert_eq!(late.course, stood);
    assert_eq!(late.decision(visit), &decided);
}

#[rstest]
fn a_visit_cannot_be_moved_past_the_end_but_the_end_before_the_visit(
    #[values(Htn, Dm, Tb, Anc, Pnc, Child)] kind: ProgrammeKind,
) {
    let mut book = Book::of(kind);
    let visit = book.tell("2026-02-03", refers(kind)).unwrap();
    let end = book.tell(ENDED, ends(kind)).unwrap();
    let stood = book.course.clone();
    let moved = book.correct(visit, REFERRED);
    assert_eq!(moved, Err(Refusal::NotEnrolled(kind)));
    assert_eq!(book.course, stood);
    book.correct(end, "2026-01-20").unwrap();
    book.is_sound();
    assert_eq!(book.course.referral, None);
    assert!(book.decision(visit).review);
    // Moved back, everything is as it was.
    book.correct(end, ENDED).unwrap();
    assert_eq!(book.course, stood);
    assert!(!book.decision(visit).review);
}

#[rstest]
fn whoever_died_or_moved_away_is_asked_after_nothing_and_comes_back_to_nothing(
    #[values(Htn, Dm, Tb, Anc, Pnc, Child, Screen35, Outpatient)] kind: ProgrammeKind,
) {
    for why in [EndReason::Died, EndReason::MovedAway] {
        let mut book = Book::of(kind);
        book.tell(REFERRED, refers(kind)).unwrap();
        let end = book.tell("2026-02-25", left(None, why)).unwrap();
        book.has_nothing_open();
        let answer = book.tell("2026-02-26", asked(ReferralResult::Attended));
        assert!(matches!(answer, Err(Refusal::PersonEnded(_))));
        book.correct(end, "2026-02-01").unwrap();
        book.has_nothing_open();
        if why == EndReason::MovedAway {
            book.tell("2026-03-02", Happening::Returned).unwrap();
            book.has_nothing_open();
            match kind {
                Screen35 | Outpatient => {}
                _ => {
                    book.tell("2026-03-03", entry(kind)).unwrap();
                }
            }
            book.tell("2026-03-05", refers(kind)).unwrap();
            book.is_sound();
            assert!(book.course.referral.is_some(), "{}", kind.code());
        }
    }
}

#[test]
fn a_high_pressure_after_coming_back_is_measured_again_and_referred() {
    let mut book = Book::of(Screen35);
    let high = || {
        Happening::PressureScreened(PressureScreened {
            pressure: Pressure::new(150, 95),
            risk: None,
            secondary_suspected: false,
        })
    };
    book.tell("2026-01-10", high()).unwrap();
    book.tell("2026-01-12", left(None, EndReason::MovedAway))
        .unwrap();
    book.tell("2026-02-01", Happening::Returned).unwrap();
    book.tell("2026-02-05", high()).unwrap();
    assert_eq!(book.status(Screen35), ProgrammeStatus::Managed);
    assert_eq!(
        book.course.slot(Screen35).map(|task| task.kind),
        Some(TaskKind::BpScreen)
    );
    book.tell("2026-02-08", high()).unwrap();
    book.is_sound();
    assert!(book.course.referral.is_some());
}

#[rstest]
fn the_open_referral_of_somebody_found_again_is_asked_after(
    #[values(Anc, Pnc, Child, Outpatient)] kind: ProgrammeKind,
) {
    let mut book = Book::of(kind);
    book.tell(REFERRED, refers(kind)).unwrap();
    book.tell("2026-02-23", lost(kind)).unwrap();
    assert_eq!(book.course.referral, None, "a trace stands for it");
    let ordinary = match kind {
        Anc => Finding::Antenatal(AntenatalCheck::default()),
        Pnc => Finding::PostnatalCheck(PostnatalCheck::default()),
        Child => check(Age::M12, false),
        _ => Finding::Noted,
    };
    let seen = visited(vec![ordinary]);
    let found = book
        .tell("2026-03-01", Happening::Visited(seen.clone()))
        .unwrap();
    book.is_sound();
    assert_eq!(book.status(kind), ProgrammeStatus::Managed);
    let task = book.course.referral.clone().unwrap();
    assert_eq!((task.rule, task.due), (Rule::U7, d("2026-03-15")));
    assert!(book.decision(found).rules.contains(&Rule::U7));
    // Unless the visit told what became of it.
    book.withdraw(found);
    let told = Visited {
        referral_result: Some(ReferralResult::Attended),
        ..seen
    };
    book.tell("2026-03-01", Happening::Visited(told)).unwrap();
    book.is_sound();
    assert_eq!(book.course.referral, None);
    assert_eq!(book.status(kind), ProgrammeStatus::Managed);
}

#[rstest]
#[case(Htn, TaskKind::HtnVisit)]
#[case(Dm, TaskKind::DmVisit)]
#[case(Smd, TaskKind::SmdVisit)]
fn who_is_found_again_at_the_yearly_check_is_visited_within_two_weeks(
    #[case] kind: ProgrammeKind,
    #[case] visit: TaskKind,
) {
    let mut book = Book::of(kind);
    book.tell("2026-02-23", lost(kind)).unwrap();
    let checked = visited(vec![examined()]);
    book.tell("2026-03-01", Happening::Visited(checked))
        .unwrap();
    book.is_sound();
    assert_eq!(book.status(kind), ProgrammeStatus::Managed);
    let task = book.course.slot(kind).unwrap();
    assert_eq!(
        (task.kind, task.rule, task.due),
        (visit, Rule::U7, d("2026-03-15"))
    );
}

fn calm() -> Finding {
    Finding::Mental(MentalState {
        risk: 0,
        symptom: 0,
        insight: 1,
        social: Some(1),
        adr_level: 0,
        physical: 0,
        class: None,
    })
}

/// The yearly check used to wipe what the follow-up of the same visit had decided: its class
/// always, and the next visit of whoever was lost or referred, who never came up again.
#[rstest]
#[case::followed(None, None)]
#[case::lost(Some(false), None)]
#[case::referred(Some(true), Some(ReferralResult::Attended))]
#[case::in_hospital(Some(true), Some(ReferralResult::InHospital))]
fn a_yearly_check_leaves_what_the_follow_up_of_its_visit_decides(
    #[values(Htn, Dm, Smd)] kind: ProgrammeKind,
    #[case] is_referred: Option<bool>,
    #[case] result: Option<ReferralResult>,
) {
    let mut book = Book::of(kind);
    match is_referred {
        Some(true) if kind == Smd => return,
        Some(true) => book.tell(REFERRED, refers(kind)).map(|_| ()).unwrap(),
        Some(false) => book.tell(REFERRED, lost(kind)).map(|_| ()).unwrap(),
        None => {}
    }
    let alone = match kind {
        Smd => visited(vec![calm()]),
        _ => followed(kind, 128, "6.1"),
    };
    let alone = Visited {
        referral_result: result,
        ..alone
    };
    let mut both = alone.clone();
    both.findings.push(examined());
    let settings = Settings::default();
    let decided = |visit: &Visited| {
        let told = Happening::Visited(visit.clone());
        decide(
            &book.course,
            &book.person,
            &told,
            d("2026-03-01"),
            &settings,
        )
        .unwrap()
    };
    let (plain, checked) = (decided(&alone), decided(&both));
    let plain_completed = plain.completed.len();
    let (plain, outcome) = (&plain.outcomes[&kind], &checked.outcomes[&kind]);
    assert_eq!(outcome.exam, Some(d("2026-03-01")));
    let without = decision::Outcome {
        exam: None,
        ..outcome.clone()
    };
    assert_eq!(&without, plain);
    let is_open = is_referred != Some(false);
    assert_eq!(plain_completed < checked.completed.len(), is_open);
    book.tell("2026-03-01", Happening::Visited(both)).unwrap();
    book.is_sound();
    assert!(book.course.slot(kind).is_some());
}

#[test]
fn two_checks_of_one_visit_both_stand_and_the_referral_of_the_first_is_asked_after() {
    let mut book = Book::of(Child);
    book.tell(REFERRED, refers(Child)).unwrap();
    let checks = vec![check(Age::M6, true), check(Age::M3, false)];
    let seen = Visited {
        referral_result: Some(ReferralResult::Attended),
        ..visited(checks)
    };
    book.tell("2026-03-01", Happening::Visited(seen)).unwrap();
    book.is_sound();
    let known = &book.course.programmes[&Child];
    assert_eq!(known.referral_open, Some(d("2026-03-01")));
    let done = &known.facts.birth().unwrap().done;
    for age in [Age::M8, Age::M6, Age::M3] {
        assert!(done.contains_key(&TaskKind::Child(age)), "{age:?}");
    }
}

#[test]
fn a_check_that_ends_the_programme_leaves_no_referral_to_ask_after() {
    let mut book = Book::of(Pnc);
    let last = Finding::PostnatalCheck(PostnatalCheck {
        closed: true,
        refer: true,
    });
    let seen = Happening::Visited(visited(vec![last]));
    book.tell(REFERRED, seen).unwrap();
    book.has_nothing_open();
    assert!(!book.course.programmes[&Pnc].is_open());
}

/// A card put right may make an entry of before one the rules would refuse now.
#[test]
fn an_entry_refused_now_ends_what_it_ended_as_that_stands_now() {
    let mut book = Book::of(Anc);
    book.tell(REFERRED, refers(Anc)).unwrap();
    book.tell("2026-02-25", entry(Pnc)).unwrap();
    book.has_nothing_open();
    book.person.is_female = false;
    // A slip of before the delivery shares nothing with it.
    let slip = book.tell("2026-02-22", refers(Outpatient)).unwrap();
    book.is_sound();
    assert!(!book.course.programmes[&Anc].is_open());
    assert!(book.course.programmes[&Pnc].is_open());
    book.withdraw(slip);
    book.has_nothing_open();
}
