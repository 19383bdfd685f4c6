//! Every setting is read: another value makes something else come out.

use std::collections::{BTreeMap, BTreeSet};

use cunyi::{
    catalog,
    domain::{
        agreement::{
            action::Action,
            cap::fill,
            contract::{Origin, Scope},
            doctor::{DoctorKind, PartyA},
            term::allowed,
        },
        course::{
            Course, PersonFacts, decide,
            decision::Decision,
            finding::Finding,
            happening::{
                Enrolled, FormFacts, Happening, Measured, Missed, ReferralResult, Visited,
            },
            standing,
        },
        day::Day,
        form::{self, FormContext, FormSettings},
        programmes::{
            Facts, FollowUp, ProgrammeKind,
            child::{Birth, NewbornVisit},
            disabled::Disability,
            dm,
            general::Term,
            htn,
            pnc::{Delivery, PostnatalVisit},
            poverty::HouseholdNeed,
            smd::MentalState,
            tb::{Supervisor, TbFollowUp, Treatment},
            vax::Given,
        },
        score::constitution,
        settings::{KeptSettings, Settings},
        tags::{Tag, TagSet},
        task::{Mode, TaskKind},
        value::{Answers, Decimal},
    },
};
use rstest::rstest;

use crate::{
    agreements::village::{A, B, FIRST, SECOND, WANG, WIFE, ZHANG, codes, contents, world},
    support::clinic::{catalog as built_in, day},
};

/// One person's course under some settings.
struct Life<'s> {
    person: PersonFacts,
    course: Course,
    settings: &'s Settings,
    told: Vec<Decision>,
}

impl<'s> Life<'s> {
    fn born(birth: &str, settings: &'s Settings) -> Self {
        Self {
            person: PersonFacts {
                birth: day(birth),
                is_female: true,
                registered: None,
            },
            course: Course::default(),
            settings,
            told: Vec::new(),
        }
    }

    fn tell(mut self, on: &str, happening: Happening) -> Self {
        let day = day(on);
        match decide(&self.course, &self.person, &happening, day, self.settings) {
            Ok(decision) => {
                self.course.take(&happening, &decision);
                self.told.push(decision);
                self
            }
            Err(_) => self,
        }
    }

    fn enter(self, on: &str, programme: ProgrammeKind, facts: Facts) -> Self {
        let enrolled = Enrolled {
            facts,
            ..Enrolled::in_programme(programme)
        };
        self.tell(on, Happening::Enrolled(enrolled))
    }

    fn found(self, on: &str, finding: Finding) -> Self {
        let mut visited = visited(Measured::default());
        visited.mode = Mode::Home;
        visited.findings = vec![finding];
        self.tell(on, Happening::Visited(visited))
    }

    fn visit(self, on: &str, programme: ProgrammeKind, of: impl FnOnce(&mut Visited)) -> Self {
        let mut visited = visited(Measured {
            sbp: Some(138),
            dbp: Some(86),
            fbg: Some(Decimal::from_int(5)),
            ..Measured::default()
        });
        visited.forms.insert(programme, FormFacts::default());
        of(&mut visited);
        self.tell(on, Happening::Visited(visited))
    }

    /// Everything that is known and open.
    fn seen(self, on: &str) -> String {
        let tasks = standing::tasks(&self.course, &self.person, day(on), self.settings);
        format!("{:?} {tasks:?} {:?}", self.course.tasks(), self.told)
    }
}

fn visited(measured: Measured) -> Visited {
    Visited {
        mode: Mode::Clinic,
        measured,
        pregnant: false,
        lactating: false,
        forms: BTreeMap::new(),
        referral_result: None,
        findings: Vec::new(),
        next: BTreeMap::new(),
    }
}

fn htn(settings: &Settings) -> Life<'_> {
    Life::born("1970-05-05", settings).enter("2026-01-05", ProgrammeKind::Htn, Facts::Nothing)
}

fn dm(settings: &Settings) -> Life<'_> {
    Life::born("1970-05-05", settings).enter("2026-01-05", ProgrammeKind::Dm, Facts::Nothing)
}

fn follow_up(kind: ProgrammeKind) -> &'static FollowUp {
    kind.programme().follow_up.as_ref().unwrap()
}

fn targets(s: &Settings) -> String {
    let target =
        |birth: &str| htn::target_on(&Course::default(), &born(birth), day("2026-11-21"), s);
    let sugar = dm::target_of(&Course::default(), s);
    format!(
        "{:?} {:?} {:?} {sugar}",
        target("1980-01-01"),
        target("1964-01-01"),
        target("1950-01-01")
    )
}

fn born(birth: &str) -> PersonFacts {
    PersonFacts {
        birth: day(birth),
        is_female: false,
        registered: None,
    }
}

fn windows(s: &Settings) -> String {
    let kinds = [ProgrammeKind::Htn, ProgrammeKind::Dm].map(follow_up);
    let both = |f: &FollowUp| {
        (
            f.routine_window(day("2026-11-21"), s),
            f.soon_window(day("2026-11-21"), s),
        )
    };
    format!("{:?}", kinds.map(both))
}

fn pregnant(s: &Settings) -> String {
    let risky = |visited: &mut Visited| {
        visited.pregnant = true;
        visited.measured.fbg = Some("5.2".parse().unwrap());
    };
    dm(s)
        .visit("2026-02-01", ProgrammeKind::Dm, risky)
        .seen("2026-02-01")
        + &htn(s)
            .visit("2026-02-01", ProgrammeKind::Htn, |visited| {
                visited.pregnant = true;
            })
            .seen("2026-02-01")
}

fn lactating(s: &Settings) -> String {
    let risky = |visited: &mut Visited| {
        visited.lactating = true;
        visited.measured.fbg = Some("6.2".parse().unwrap());
    };
    dm(s)
        .visit("2026-02-01", ProgrammeKind::Dm, risky)
        .seen("2026-02-01")
}

fn mental(s: &Settings) -> String {
    let state = |symptom| {
        Finding::Mental(MentalState {
            risk: 0,
            symptom,
            insight: 1,
            social: Some(1),
            adr_level: 0,
            physical: 0,
            class: None,
        })
    };
    Life::born("1970-05-05", s)
        .enter("2026-01-05", ProgrammeKind::Smd, Facts::Nothing)
        .found("2026-02-01", state(1))
        .found("2026-02-15", state(1))
        .found("2026-03-15", state(0))
        .seen("2026-03-15")
}

fn tuberculosis(s: &Settings) -> String {
    let treatment = Treatment {
        notice: Some(day("2026-11-01")),
        notice_at: Some(1_793_500_000_000),
        start: Some(day("2026-11-01")),
        intensive_end: None,
        supervisor: Some(Supervisor::Family),
    };
    let until = treatment.first_visit_until(s);
    let life = Life::born("1970-05-05", s)
        .enter("2026-11-01", ProgrammeKind::Tb, Facts::Treatment(treatment))
        .found("2026-11-10", Finding::Tb(TbFollowUp::default()))
        .seen("2026-11-10");
    format!("{until:?} {life}")
}

fn elderly(s: &Settings) -> String {
    Life::born("1961-09-09", s)
        .enter("2026-03-01", ProgrammeKind::Elderly, Facts::Nothing)
        .enter("2026-03-01", ProgrammeKind::TcmElderly, Facts::Nothing)
        .seen("2026-03-01")
}

fn form_settings(s: &Settings) -> String {
    let mut context = FormContext::on(day("2026-11-21"), day("2026-11-21"));
    context.settings = FormSettings::from(s);
    context.groups.insert("elderly".to_owned());
    let form = built_in().form("F07").unwrap();
    let needed: Vec<&str> = form::missing(form, &Answers::new(), &context)
        .into_iter()
        .map(|field| field.key.as_str())
        .collect();
    let limits = context.settings.balanced_limits;
    let balanced = constitution::balanced(20, &[8; 8], limits);
    format!("{balanced:?} {needed:?}")
}

fn delivered(s: &Settings) -> String {
    let delivery = Delivery {
        delivered: day("2026-06-01"),
        discharged: Some(day("2026-06-05")),
        done: BTreeMap::new(),
    };
    let until = delivery.counts_until(s);
    let life = Life::born("1995-05-05", s)
        .enter("2026-06-05", ProgrammeKind::Pnc, Facts::Delivery(delivery))
        .found("2026-06-08", Finding::Postnatal(PostnatalVisit::default()))
        .seen("2026-06-09");
    format!("{until} {life}")
}

fn newborn(s: &Settings) -> String {
    Life::born("2026-06-01", s)
        .enter(
            "2026-06-02",
            ProgrammeKind::Child,
            Facts::Birth(Birth {
                at_risk: true,
                ..Birth::default()
            }),
        )
        .found(
            "2026-06-05",
            Finding::Newborn(NewbornVisit {
                at_risk: true,
                refer: false,
            }),
        )
        .seen("2026-06-06")
}

fn disabled(s: &Settings) -> String {
    let of = |grade| {
        let facts = Disability {
            grade: Some(grade),
            self_care: None,
        };
        Life::born("1970-05-05", s)
            .enter(
                "2026-01-05",
                ProgrammeKind::Disabled,
                Facts::Disability(facts),
            )
            .found("2026-02-01", Finding::Disabled(facts))
            .seen("2026-02-01")
    };
    of(1) + &of(4)
}

fn poverty(s: &Settings) -> String {
    let of = |need| {
        Life::born("1970-05-05", s)
            .enter("2026-01-05", ProgrammeKind::Poverty, Facts::Household(need))
            .found("2026-02-01", Finding::Household(need))
            .seen("2026-02-01")
    };
    of(HouseholdNeed::Monitored) + &of(HouseholdNeed::Relieved)
}

fn vaccination(s: &Settings) -> String {
    Life::born("2026-09-01", s)
        .enter("2026-09-02", ProgrammeKind::Vax, Facts::Doses(Given::new()))
        .seen("2026-11-21")
}

fn locked(s: &Settings) -> String {
    format!("{} minutes", s.lock_idle_minutes)
}

fn general(s: &Settings) -> String {
    let term = Term {
        start: day("2026-03-01"),
        end: None,
    };
    let mut online = visited(Measured::default());
    online.mode = Mode::Online;
    online.findings = vec![Finding::Assessment];
    Life::born("1970-05-05", s)
        .enter("2026-03-01", ProgrammeKind::General, Facts::Term(term))
        .tell("2026-06-01", Happening::Visited(online))
        .seen("2026-06-01")
}

fn attempts(s: &Settings) -> String {
    let missed = || Happening::NotReached {
        kinds: BTreeSet::new(),
        missed: Some(Missed::NotHome),
        reason: None,
    };
    let high = |visited: &mut Visited| visited.measured.sbp = Some(165);
    let refused = Happening::RefusedVisit {
        kinds: BTreeSet::from([TaskKind::HtnVisit]),
    };
    let routine = htn(s).tell("2026-02-05", missed()).seen("2026-02-05");
    let short = htn(s)
        .visit("2026-02-05", ProgrammeKind::Htn, high)
        .tell("2026-02-10", missed())
        .seen("2026-02-10");
    let lost = htn(s)
        .tell("2026-02-05", missed())
        .tell("2026-02-12", missed())
        .tell("2026-02-19", missed())
        .seen("2026-02-19");
    let refused = htn(s).tell("2026-02-05", refused).seen("2026-02-05");
    let referred = htn(s)
        .visit("2026-02-05", ProgrammeKind::Htn, high)
        .visit("2026-02-19", ProgrammeKind::Htn, high)
        .tell(
            "2026-03-01",
            Happening::ReferralChecked {
                result: ReferralResult::NotAttended,
                mode: Mode::Phone,
            },
        )
        .seen("2026-03-01");
    [routine, short, lost, refused, referred].join("\n")
}

fn listed(s: &Settings) -> String {
    let life = htn(s);
    let first = standing::first_days(&life.course, &life.person, s);
    let dated: Vec<Day> = life
        .course
        .tasks()
        .iter()
        .map(|t| t.first_listed(s))
        .collect();
    let screened = standing::first_days(&Course::default(), &born("1980-05-05"), s);
    format!("{first:?} {dated:?} {screened:?}")
}

fn key_population(s: &Settings) -> String {
    TagSet::from_iter([Tag::Monitored])
        .is_key(s.key_include_k11)
        .to_string()
}

/// A household that signs, another doctor, a panel, and the end of the term.
fn agreed(s: &Settings) -> String {
    let rules = &s.agreements;
    let mut told = vec![
        format!(
            "{:?} {:?}",
            allowed(rules, &[true]),
            allowed(rules, &[false])
        ),
        rules.term_default.to_string(),
    ];
    let mut town = world();
    town.rules = rules.clone();
    let mut written = contents(A, &[WANG]);
    written.years = 3;
    written.party_a = PartyA::VillageDoctor;
    let scope = Scope::Members(FIRST);
    let alone = town.sign(scope, Origin::New, written, "2025-08-12");
    told.push(format!("{:?}", alone.map_err(|found| codes(&found))));

    let mut town = world();
    town.rules = rules.clone();
    for person in &mut town.people {
        person.tags = TagSet::from_iter([Tag::Elderly]);
    }
    let mut written = contents(A, &[WANG]);
    written.years = 2;
    let first = town
        .sign(scope, Origin::New, written, "2025-08-12")
        .unwrap();
    let signed = town.of(first).signed().unwrap().clone();
    told.push(signed.fees[0].price.to_string());
    told.push(signed.term.reminder(rules).to_string());
    told.push(signed.members[0].consent.counts_until(rules).to_string());
    let word = town.of(first).word(day("2027-07-20"), rules);
    told.push(format!("{word:?}"));
    let mut other = contents(B, &[WIFE]);
    other.years = 2;
    let second = town.sign(scope, Origin::New, other, "2025-08-12");
    told.push(format!("{:?}", second.map_err(|found| codes(&found))));
    let mut late = contents(A, &[ZHANG]);
    late.years = 2;
    let signing = town.signing(&[ZHANG], "2025-07-01");
    let draft = town.draft(Scope::Members(SECOND), Origin::New, late, "2025-08-12");
    let sign = Action::Sign(Box::new(signing));
    let late = town.ask(Some(draft.unwrap()), &sign, "2025-08-12");
    told.push(format!(
        "{:?}",
        late.map(|_| ()).map_err(|found| codes(&found))
    ));
    let mut doctor = town.doctors[0].clone();
    told.push(format!(
        "{:?} {:?}",
        doctor.cap(rules),
        fill(&doctor, rules, (600, 150))
    ));
    doctor.kind = DoctorKind::General;
    told.push(format!("{:?} {:?}", doctor.cap(rules), rules.cap_hard));
    town.roll("2027-08-11", "2027-08-12");
    told.push(format!("{:?}", town.state(first)));
    told.join("; ")
}

/// The 7th of March 2026 is a Saturday.
fn weekend(s: &Settings) -> String {
    htn(s)
        .visit("2026-12-07", ProgrammeKind::Htn, |_| {})
        .seen("2026-12-07")
        + &Life::born("2026-03-07", s)
            .enter("2026-03-08", ProgrammeKind::Child, Facts::Nothing)
            .seen("2026-04-20")
}

/// What the printed agreement tells of the clinic.
fn printed(s: &Settings) -> String {
    format!("{} {}", s.on_paper.hours, s.on_paper.complaint)
}

type Probe = fn(&Settings) -> String;

/// Key, another value, where it shows.
const READ: &[(&str, &str, Probe)] = &[
    ("htn.target", "130/80", targets),
    ("htn.target_elderly", "140/90", targets),
    ("htn.elderly_age", "60", targets),
    ("htn.routine_months", "2", windows),
    ("htn.unsat_days", "21", windows),
    ("dm.fbg_target", "6.5", targets),
    ("dm.routine_months", "2", windows),
    ("dm.unsat_days", "21", windows),
    ("preg.pressure", "130/85", pregnant),
    ("preg.fbg", "5.3", pregnant),
    ("lact.fbg", "6.5", lactating),
    ("smd.basic_first_days", "21", mental),
    ("smd.basic_next_months", "2", mental),
    ("smd.stable_months", "2", mental),
    ("tb.family_intensive_days", "7", tuberculosis),
    ("tb.first_visit_hours", "48", tuberculosis),
    ("elderly.by_birth_year", "yes", elderly),
    ("elderly.labs_2025", "no", form_settings),
    ("tcm.balanced_limits", "9,11", form_settings),
    ("pnc.latest_days", "60", delivered),
    ("pnc.extra_home_visit_day", "28", delivered),
    ("pnc.rate_from", "delivery", delivered),
    ("child.extra_newborn_days", "5", newborn),
    ("disabled.severe_months", "2", disabled),
    ("disabled.other_months", "6", disabled),
    ("poverty.monitored_months", "3", poverty),
    ("poverty.relief_months", "6", poverty),
    ("vax.schedule", "nip-2021", vaccination),
    ("general.online_ok", "yes", general),
    ("month.early_days", "5", mental),
    ("month.late_days", "5", mental),
    ("routine.early_days", "10", windows),
    ("routine.late_days", "10", windows),
    ("enrol.first_months", "2,3", listed),
    ("shift_to_workday", "yes", weekend),
    ("referral.again_days", "5", attempts),
    ("retry.routine_days", "5", attempts),
    ("retry.short_days", "2", attempts),
    ("retry.refused_days", "10", attempts),
    ("lost.attempts", "2", attempts),
    ("lost.trace_months", "2", attempts),
    ("lead_days", "14", listed),
    ("lead_days_annual", "60", listed),
    ("lock.idle_minutes", "5", locked),
    ("key.include_k11", "no", key_population),
    ("exclusive_unit", "person", agreed),
    ("term.key", "2,3", agreed),
    ("term.general", "3,4,5", agreed),
    ("term.default", "2", agreed),
    ("auto_renew", "no", agreed),
    ("renew_contact_days", "45", agreed),
    ("expiring_days", "10", agreed),
    ("cap.gp.persons", "1800", agreed),
    ("cap.village.persons", "900", agreed),
    ("cap.village.households", "250", agreed),
    ("cap.village.households_low", "100", agreed),
    ("cap.hard", "never", agreed),
    ("consent.rep_confirm_days", "20", agreed),
    ("sign.max_backdate_days", "30", agreed),
    ("fund.per_person_year", "7.50", agreed),
    ("doctor_individual_signing", "no", agreed),
    ("clinic.hours", "每天8:00-17:30", printed),
    ("clinic.complaint", "15400000009", printed),
];

#[test]
fn every_setting_is_read_by_something() {
    let defaults = Settings::default();
    let mut silent = Vec::new();
    for (key, value, probe) in READ {
        let mut settings = defaults.clone();
        settings.put(key, value);
        assert_ne!(settings, defaults, "{key}");
        if probe(&defaults) == probe(&settings) {
            silent.push(*key);
        }
    }
    assert_eq!(silent, Vec::<&str>::new());
    let listed: BTreeSet<&str> = READ.iter().map(|(key, ..)| *key).collect();
    let definitions = catalog::settings::load().unwrap();
    let defined: BTreeSet<&str> = definitions.iter().map(|d| d.key.as_str()).collect();
    assert_eq!(listed, defined);
}

/// The keys the rules document names.
#[rstest]
#[case("htn.target htn.target_elderly htn.elderly_age htn.routine_months htn.unsat_days")]
#[case("dm.fbg_target dm.routine_months dm.unsat_days")]
#[case("smd.basic_first_days smd.basic_next_months smd.stable_months")]
#[case("tb.family_intensive_days tb.first_visit_hours")]
#[case("routine.early_days routine.late_days month.early_days month.late_days")]
#[case("pnc.latest_days pnc.extra_home_visit_day pnc.rate_from child.extra_newborn_days")]
#[case("disabled.severe_months disabled.other_months")]
#[case("poverty.monitored_months poverty.relief_months")]
#[case("elderly.by_birth_year elderly.labs_2025 tcm.balanced_limits vax.schedule")]
#[case("lead_days lead_days_annual retry.routine_days retry.short_days shift_to_workday")]
#[case("enrol.first_months general.online_ok key.include_k11")]
fn no_key_is_missing(#[case] keys: &str) {
    let settings = built_in().settings();
    for key in keys.split(' ') {
        assert!(settings.iter().any(|d| d.key == key), "{key}");
    }
}

#[test]
fn a_day_off_moves_to_the_next_working_day_within_the_window() {
    let mut settings = Settings::default();
    settings.put("shift_to_workday", "yes");
    let htn = htn(&settings).visit("2026-12-07", ProgrammeKind::Htn, |_| {});
    // Three months from 7 December is a Sunday.
    let task = htn.course.slot(ProgrammeKind::Htn).unwrap();
    assert_eq!(
        (task.due, task.first_due),
        (day("2027-03-08"), day("2027-03-08"))
    );
    // A window that ends on its due day is kept to: the Friday before.
    let high = |visited: &mut Visited| visited.measured.sbp = Some(165);
    let off = htn.visit("2026-12-12", ProgrammeKind::Htn, high);
    let task = off.course.slot(ProgrammeKind::Htn).unwrap();
    assert_eq!(
        (task.due, task.latest),
        (day("2026-12-25"), Some(day("2026-12-26")))
    );
}

#[test]
fn who_turns_65_this_year_is_entered_from_new_year_where_years_of_birth_count() {
    let mut by_year = Settings::default();
    by_year.put("elderly.by_birth_year", "yes");
    let entered = |settings: &Settings, on: &str| {
        let life = Life::born("1961-09-09", settings);
        let life = life.enter(on, ProgrammeKind::Elderly, Facts::Nothing);
        let tasks = standing::tasks(&life.course, &life.person, day(on), settings);
        let exam = tasks.iter().find(|t| t.kind == TaskKind::ElderlyExam);
        exam.map(|task| (task.earliest, task.due))
    };
    assert_eq!(entered(&Settings::default(), "2026-03-01"), None);
    let from_new_year = Some((day("2026-01-01"), day("2026-04-01")));
    assert_eq!(entered(&by_year, "2026-03-01"), from_new_year);
    assert_eq!(entered(&by_year, "2025-12-31"), None);
}

#[test]
fn a_text_that_is_no_value_changes_nothing() {
    let mut settings = Settings::default();
    settings.put("htn.target", "high");
    settings.put("no.such_key", "1");
    assert_eq!(settings, Settings::default());
    assert_eq!(KeptSettings::default().now(), Settings::default());
}
