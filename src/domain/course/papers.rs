//! What the papers of the consulting room decide: a long prescription is to be reviewed, a
//! slip belongs to the open referral or opens one, a return slip ends its waiting.
//!
//! Papers that only tell (接诊记录, 会诊) decide nothing. What a pressure on them means is
//! `screening`'s, as of any visit.

use super::{
    Course, ProgrammeCourse, ProgrammeStatus,
    decision::Closing,
    finding::Finding,
    happening::{ReferralResult, Visited},
    referral, standing,
    visit::On,
    workings::Workings,
};
use crate::domain::{
    alert::Alert,
    programmes::{
        Class, Facts, ProgrammeKind,
        outpatient::{Care, Slip},
        reason::Reason,
        rule::Rule,
    },
    task::{Task, TaskKind},
};

const OWN: ProgrammeKind = ProgrammeKind::Outpatient;

/// Returns what became of an open referral by these papers: whoever brings a return slip has
/// been there and has a plan.
pub(super) fn result(course: &Course, visited: &Visited) -> Option<ReferralResult> {
    let returned = visited.findings.contains(&Finding::SlipReturned);
    let is_open = || {
        course
            .programmes
            .values()
            .any(|p| p.referral_open.is_some())
    };
    let brought = (returned && is_open()).then_some(ReferralResult::Attended);
    visited.referral_result.or(brought)
}

/// Decides the papers of a visit.
pub(super) fn all(work: &mut Workings<'_>, on: &On<'_>, visited: &Visited) {
    let before = open(work.course);
    let known = before.and_then(|course| course.facts.care());
    let mut care = known.cloned().unwrap_or_default();
    let mut slip = None;
    for finding in &visited.findings {
        match finding {
            Finding::Consulted { diagnosis } => care.consult(diagnosis, on.day),
            Finding::Prescribed(prescription) => care.prescribe(prescription.clone()),
            Finding::SlipReturned => care.take_back(on.day),
            Finding::Referred(handed_out) => {
                care.send(handed_out.clone(), on.day);
                slip = Some(handed_out);
            }
            Finding::Noted
            | Finding::Mental(_)
            | Finding::TbFirst(_)
            | Finding::Tb(_)
            | Finding::Exam(_)
            | Finding::Constitution
            | Finding::Antenatal(_)
            | Finding::Postnatal(_)
            | Finding::PostnatalCheck(_)
            | Finding::Newborn(_)
            | Finding::Child(_)
            | Finding::TcmChild(_)
            | Finding::Disabled(_)
            | Finding::Assessment
            | Finding::Household(_)
            | Finding::Vaccinated(_) => {}
        }
    }
    if known != Some(&care) && (known.is_some() || care != Care::default()) {
        review(work, on, known, &care);
        keep(work, on, care);
    }
    if visited.findings.iter().any(Finding::is_paper) {
        found_again(work, on, visited);
    }
    if let Some(slip) = slip {
        refer(work, on, slip);
    }
    warn(work, on);
}

fn open(course: &Course) -> Option<&ProgrammeCourse> {
    course.programmes.get(&OWN).filter(|own| own.is_open())
}

/// The review that was open is done, where a paper ended or renewed its prescription.
fn review(work: &mut Workings<'_>, on: &On<'_>, before: Option<&Care>, after: &Care) {
    let first = |care: &Care| care.prescriptions.first().cloned();
    if before.and_then(first) == first(after) {
        return;
    }
    work.rule(Rule::Rx1);
    let stood = before.and_then(first);
    let went = stood.is_some_and(|stood| !after.prescriptions.contains(&stood));
    let computed = standing::tasks(work.course, on.person, on.day, on.settings);
    let is_review = |task: &Task| task.kind == TaskKind::PrescriptionReview;
    if let Some(task) = computed.into_iter().find(is_review) {
        work.outdate(task.kind);
        if went && task.earliest <= on.day {
            work.complete(task);
        }
    }
}

fn keep(work: &mut Workings<'_>, on: &On<'_>, care: Care) {
    let is_new = open(work.course).is_none();
    let outcome = work.outcome(OWN);
    if is_new {
        outcome.entered = Some(on.day);
        outcome.status = Some(ProgrammeStatus::Managed);
    }
    outcome.attempts = Some(0);
    outcome.facts = Some(Facts::Care(care));
}

/// Whoever stands in the consulting room is not lost.
fn found_again(work: &mut Workings<'_>, on: &On<'_>, visited: &Visited) {
    let is_lost = |own: &&ProgrammeCourse| matches!(own.status, ProgrammeStatus::Lost { .. });
    let Some(own) = open(work.course).filter(is_lost) else {
        return;
    };
    // What was told of a referral has taken the trace's place already.
    let is_told = visited.referral_result.is_some() && own.referral_open.is_some();
    let is_traced = own
        .slot
        .as_ref()
        .is_some_and(|task| task.kind == TaskKind::Trace);
    if is_traced && !is_told {
        work.vacate(OWN, |_| Closing::Completed);
    }
    work.outcome(OWN).status = Some(ProgrammeStatus::Managed);
    referral::find_again(work, OWN, on.day, on.settings);
}

/// A slip is the paper of the referral that is open, whichever programme's; else it opens one.
fn refer(work: &mut Workings<'_>, on: &On<'_>, slip: &Slip) {
    let decided = &work.decision.outcomes;
    let closed = |kind: &ProgrammeKind| decided.get(kind).is_some_and(|o| o.referral_closed);
    let stands = |(kind, course): (&ProgrammeKind, &ProgrammeCourse)| {
        course.referral_open.is_some() && !closed(kind)
    };
    let is_open = decided.values().any(|o| o.referral_opened.is_some())
        || work.course.programmes.iter().any(stands);
    if is_open {
        return;
    }
    let reason = if slip.urgent {
        Reason::Urgent
    } else {
        Reason::SlipWritten
    };
    work.rule(Rule::R00);
    work.outcome(OWN).referral_opened = Some(on.day);
    let window = referral::window(on.day);
    let check = TaskKind::ReferralCheck;
    work.refer(Task::new(check, OWN, &window, Rule::R00, reason));
}

/// Medicine for weeks is for those whose illness is controlled (forms F24).
fn warn(work: &mut Workings<'_>, on: &On<'_>) {
    let decided = &work.decision.outcomes;
    let facts = decided.get(&OWN).and_then(|own| own.facts.as_ref());
    let facts = facts.or_else(|| open(work.course).map(|own| &own.facts));
    let runs = facts
        .and_then(Facts::care)
        .is_some_and(|care| care.is_running(on.day));
    let is_off = |class: Class| {
        matches!(
            class,
            Class::NotControlled | Class::AdverseReaction | Class::Complication | Class::Unstable
        )
    };
    if runs && decided.values().filter_map(|o| o.class).any(is_off) {
        work.alert(Alert::PrescriptionUnfit);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rstest::rstest;

    use super::*;
    use crate::domain::{
        course::{
            Decision, Happening, PersonFacts, decide,
            happening::{EndReason, Enrolled, FormFacts, Measured},
        },
        day::Day,
        programmes::{
            ProgrammeSet,
            outpatient::{LongPrescription, prescription_end},
        },
        settings::Settings,
        task::Mode,
    };

    fn d(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// An invented woman of fifty and what is told of her.
    struct Told {
        course: Course,
        last: Decision,
    }

    impl Told {
        fn new() -> Self {
            Self {
                course: Course::default(),
                last: Decision::default(),
            }
        }

        fn person() -> PersonFacts {
            PersonFacts {
                birth: d("1976-05-01"),
                is_female: true,
                registered: None,
            }
        }

        fn tell(&mut self, day: &str, happening: Happening) -> &Decision {
            let settings = Settings::default();
            let decision =
                decide(&self.course, &Self::person(), &happening, d(day), &settings).unwrap();
            self.course.take(&happening, &decision);
            self.last = decision;
            &self.last
        }

        fn papers(&mut self, day: &str, findings: Vec<Finding>) -> &Decision {
            self.tell(day, Happening::Visited(seen(findings)))
        }

        fn in_htn() -> Self {
            let mut told = Self::new();
            let enrolled = Enrolled::in_programme(ProgrammeKind::Htn);
            told.tell("2026-01-05", Happening::Enrolled(enrolled));
            told
        }

        fn measured(&mut self, day: &str, sbp: u32, findings: Vec<Finding>) -> &Decision {
            let mut visited = seen(findings);
            visited.measured.sbp = Some(sbp);
            visited.measured.dbp = Some(84);
            let form = (ProgrammeKind::Htn, FormFacts::default());
            visited.forms = BTreeMap::from([form]);
            self.tell(day, Happening::Visited(visited))
        }

        fn tasks(&self, today: &str) -> Vec<Task> {
            let settings = Settings::default();
            let computed = standing::tasks(&self.course, &Self::person(), d(today), &settings);
            self.course.tasks().into_iter().chain(computed).collect()
        }

        fn review(&self, today: &str) -> Option<Day> {
            let is_review = |task: &Task| task.kind == TaskKind::PrescriptionReview;
            self.tasks(today).into_iter().find(is_review).map(|t| t.due)
        }
    }

    fn seen(findings: Vec<Finding>) -> Visited {
        Visited {
            mode: Mode::Clinic,
            measured: Measured::default(),
            pregnant: false,
            lactating: false,
            forms: BTreeMap::new(),
            referral_result: None,
            findings,
            next: BTreeMap::new(),
        }
    }

    fn prescribed(diagnosis: &str, start: &str, weeks: i64) -> Finding {
        Finding::Prescribed(LongPrescription {
            diagnosis: diagnosis.to_owned(),
            start: d(start),
            end: prescription_end(d(start), weeks),
        })
    }

    fn consulted(diagnosis: &str) -> Finding {
        Finding::Consulted {
            diagnosis: diagnosis.to_owned(),
        }
    }

    fn slip(urgent: bool) -> Finding {
        Finding::Referred(Slip {
            to: "县人民医院 心内科".to_owned(),
            reason: "胸闷".to_owned(),
            urgent,
        })
    }

    #[test]
    fn a_long_prescription_has_a_due_date_of_its_own_in_the_list() {
        let mut told = Told::new();
        let opened = told
            .papers("2026-09-01", vec![prescribed("高血压", "2026-09-01", 8)])
            .opened
            .clone();
        let kinds: Vec<TaskKind> = opened.iter().map(|task| task.kind).collect();
        assert_eq!(kinds, [TaskKind::PrescriptionReview]);
        assert_eq!(told.review("2026-09-02"), Some(d("2026-10-23")));
        assert_eq!(told.review("2026-12-24"), Some(d("2026-10-23")));
    }

    #[rstest]
    #[case::renewed(prescribed("高血压", "2026-10-22", 8), Some("2026-12-13"))]
    #[case::seen_for_it(consulted("高血压"), None)]
    #[case::seen_for_something_else(consulted("感冒"), Some("2026-10-23"))]
    fn a_review_is_done_by_the_next_prescription_or_a_consultation_for_the_illness(
        #[case] paper: Finding,
        #[case] next: Option<&str>,
    ) {
        let mut told = Told::new();
        told.papers("2026-09-01", vec![prescribed("高血压", "2026-09-01", 8)]);
        let done = told.papers("2026-10-22", vec![paper]).completed.clone();
        let is_done = next != Some("2026-10-23");
        assert_eq!(done.contains(&TaskKind::PrescriptionReview), is_done);
        assert_eq!(told.review("2026-10-22"), next.map(d));
    }

    #[test]
    fn a_stopped_prescription_is_not_reviewed_and_a_new_one_begins_afresh() {
        let mut told = Told::new();
        told.papers("2026-09-01", vec![prescribed("高血压", "2026-09-01", 8)]);
        let why = EndReason::Stopped;
        let programme = Some(OWN);
        told.tell("2026-09-20", Happening::Left { programme, why });
        assert_eq!(told.review("2026-10-22"), None);
        told.papers("2026-11-01", vec![prescribed("糖尿病", "2026-11-01", 4)]);
        assert_eq!(told.review("2026-11-02"), Some(d("2026-11-25")));
    }

    #[test]
    fn a_slip_without_an_open_referral_opens_one() {
        let mut told = Told::new();
        let decision = told.papers("2026-09-01", vec![slip(false)]);
        assert_eq!(decision.rules, [Rule::R00]);
        let check = told.course.referral.clone().unwrap();
        assert_eq!(check.programmes, ProgrammeSet::from([OWN]));
        assert_eq!(check.due, d("2026-09-15"));
        assert!(!check.urgent);
    }

    #[test]
    fn an_urgent_slip_is_checked_first() {
        let mut told = Told::new();
        told.papers("2026-09-01", vec![slip(true)]);
        assert!(told.course.referral.unwrap().urgent);
    }

    #[test]
    fn a_slip_for_an_open_referral_opens_no_second_check() {
        let mut told = Told::in_htn();
        told.measured("2026-03-01", 186, vec![slip(false)]);
        let check = told.course.referral.clone().unwrap();
        assert_eq!(check.programmes, ProgrammeSet::from([ProgrammeKind::Htn]));
        told.papers("2026-03-03", vec![slip(false)]);
        assert_eq!(told.course.referral, Some(check));
        let care = told.course.programmes[&OWN].facts.care().unwrap();
        assert_eq!(care.waiting().count(), 2);
    }

    #[test]
    fn a_return_slip_closes_the_referral_and_ends_the_waiting() {
        let mut told = Told::in_htn();
        told.measured("2026-03-01", 186, vec![slip(true)]);
        let decision = told.papers("2026-03-12", vec![Finding::SlipReturned]);
        assert!(decision.rules.contains(&Rule::R2));
        assert_eq!(told.course.referral, None);
        let htn = &told.course.programmes[&ProgrammeKind::Htn];
        assert_eq!(htn.referral_open, None);
        assert_eq!(htn.slot.as_ref().map(|t| t.due), Some(d("2026-03-26")));
        let care = told.course.programmes[&OWN].facts.care().unwrap();
        assert_eq!(care.waiting().count(), 0);
        assert_eq!(
            care.last_returned().unwrap().returned,
            Some(d("2026-03-12"))
        );
    }

    #[test]
    fn a_return_slip_that_comes_with_a_measured_visit_is_that_visit() {
        let mut told = Told::in_htn();
        told.measured("2026-03-01", 186, Vec::new());
        let decision = told.measured("2026-03-12", 132, vec![Finding::SlipReturned]);
        assert!(decision.rules.contains(&Rule::R1), "{:?}", decision.rules);
        assert_eq!(told.course.referral, None);
    }

    #[test]
    fn a_return_slip_without_an_open_referral_is_only_told() {
        let mut told = Told::new();
        let decision = told.papers("2026-03-12", vec![Finding::SlipReturned]);
        assert_eq!(*decision, Decision::default());
    }

    #[test]
    fn papers_that_only_tell_decide_nothing() {
        let mut told = Told::in_htn();
        let before = told.course.clone();
        let findings = vec![consulted("感冒"), Finding::Noted];
        assert_eq!(*told.papers("2026-03-12", findings), Decision::default());
        assert_eq!(told.course, before);
    }

    #[test]
    fn a_pressure_in_the_register_counts_as_one_taken() {
        let mut told = Told::new();
        let mut visited = seen(vec![consulted("感冒")]);
        visited.measured.sbp = Some(128);
        visited.measured.dbp = Some(80);
        let decision = told.tell("2026-03-12", Happening::Visited(visited));
        assert_eq!(decision.completed, [TaskKind::BpScreen]);
        assert_eq!(told.course.screening.last_day, Some(d("2026-03-12")));
    }

    #[rstest]
    #[case(138, false)]
    #[case(156, true)]
    fn an_illness_out_of_control_on_a_long_prescription_is_called_out(
        #[case] sbp: u32,
        #[case] warns: bool,
    ) {
        let mut told = Told::in_htn();
        told.papers("2026-03-01", vec![prescribed("高血压", "2026-03-01", 8)]);
        let decision = told.measured("2026-04-05", sbp, Vec::new());
        assert_eq!(decision.alerts.contains(&Alert::PrescriptionUnfit), warns);
    }
}
