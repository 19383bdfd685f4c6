//! Cases of the programmes beyond hypertension and diabetes: the course they start from,
//! what is recorded, and what is looked at afterwards.

use std::collections::{BTreeMap, BTreeSet};

use cunyi::domain::{
    course::{
        Course, LastSeen, ManagedSpan, PersonFacts, ProgrammeCourse, ProgrammeStatus, decide,
        decision::{Closing, Decision},
        finding::Finding,
        happening::{Enrolled, Happening, Measured, Visited},
        standing,
    },
    day::{Day, plus_days, plus_months},
    programmes::{
        Class, Facts, ProgrammeKind,
        anc::{AntenatalCheck, Pregnancy, Time},
        child::{Age, Birth, ChildCheck, NewbornVisit, Sign, is_at_risk},
        disabled::Disability,
        elderly::Exam,
        general::Term,
        pnc::{Delivery, PostnatalCheck, PostnatalVisit},
        poverty::HouseholdNeed,
        smd::{Consent, MentalState},
        tb::{self, Closing as Stop, FirstVisit, StopReason, Supervisor, TbFollowUp, Treatment},
        vax::Dose,
    },
    settings::{Settings, VaxSchedule},
    task::{Mode, Task, TaskKind},
};
use toml::{Table, Value};

use super::{
    check_replay, joined,
    reading::{day_of, flag, number, table, tables, text_of},
};

/// The programmes whose tasks a case of this programme lists.
fn listed(programme: &str) -> Option<Vec<ProgrammeKind>> {
    Some(match programme {
        "child" => vec![ProgrammeKind::Child, ProgrammeKind::TcmChild],
        "elderly" => vec![ProgrammeKind::Elderly, ProgrammeKind::TcmElderly],
        "smd" | "tb" | "anc" | "pnc" | "vax" | "disabled" | "poverty" | "general" => {
            vec![ProgrammeKind::from_code(programme)?]
        }
        _ => return None,
    })
}

pub fn is_one(programme: &str) -> bool {
    listed(programme).is_some()
}

pub fn run(case: &Table) -> Result<BTreeMap<String, String>, String> {
    let programme = text_of(case, "programme").unwrap();
    let kinds = listed(&programme).unwrap();
    let (state, input) = (table(case, "state"), table(case, "input"));
    let event = text_of(case, "event").unwrap();
    let day = day_of(case, "date").unwrap();
    let settings = Settings {
        vax_schedule: match text_of(&state, "schedule").as_deref() {
            Some("nip-2021") => VaxSchedule::Nip2021,
            Some("nip-2025") => VaxSchedule::Nip2025,
            Some("nip-2026") => VaxSchedule::Nip2026,
            _ => VaxSchedule::Auto,
        },
        ..Settings::default()
    };
    let given = table(case, "person");
    let person = PersonFacts {
        birth: day_of(&given, "birth").unwrap_or(Day::MIN),
        is_female: text_of(&given, "sex").as_deref() == Some("2"),
        registered: None,
    };
    let enters = matches!(
        event.as_str(),
        "enrol" | "register" | "birth" | "delivery" | "notice"
    );
    let mut course = Course::default();
    if !enters {
        for kind in &kinds {
            let known = known(*kind, &person, &state, &input, day);
            course.programmes.insert(*kind, known);
        }
    }
    let before = course.clone();
    let mut decisions = Vec::new();
    for happening in happenings(&event, &kinds, &state, &input, day) {
        let decision = decide(&course, &person, &happening, day, &settings)
            .map_err(|refusal| format!("refused: {refusal:?}"))?;
        check_replay(&course, &person, &happening, day, &decision)?;
        course.take(&happening, &decision);
        decisions.push(decision);
    }
    let mut got = seen(
        &course, &before, &decisions, &kinds, &person, day, &settings,
    );
    if programme == "anc" {
        let facts = course.programmes[&ProgrammeKind::Anc].facts.clone();
        let pregnancy = facts.pregnancy().unwrap();
        let (weeks, days) = pregnancy.age(day);
        got.insert("ga".to_owned(), format!("{weeks}+{days}"));
        got.insert("edd".to_owned(), pregnancy.edd().to_string());
    }
    if let (Some(planned), Some(taken)) = (number(&input, "planned"), number(&input, "taken")) {
        let rate = tb::rate(planned, taken).unwrap();
        let tenths = f64::from(i32::try_from(rate.thousandths()).unwrap()) / 1000.0;
        got.insert("rate".to_owned(), Value::Float(tenths).to_string());
        got.insert("regular".to_owned(), tb::is_regular(rate).to_string());
    }
    Ok(got)
}

fn known(
    kind: ProgrammeKind,
    person: &PersonFacts,
    state: &Table,
    input: &Table,
    day: Day,
) -> ProgrammeCourse {
    let entered = match kind {
        ProgrammeKind::Child | ProgrammeKind::TcmChild | ProgrammeKind::Vax => person.birth,
        ProgrammeKind::Elderly | ProgrammeKind::TcmElderly => plus_months(person.birth, 65 * 12),
        _ => plus_days(day, -365),
    };
    let mut known = ProgrammeCourse::entered_on(entered);
    known.spans = vec![ManagedSpan {
        from: entered,
        to: None,
    }];
    known.last_exam = day_of(state, "last");
    known.attempts = number(state, "attempts").unwrap_or(0);
    if let Some(class) = number(state, "last_class") {
        known.last = Some(LastSeen {
            day: plus_days(day, -30),
            class: Class::of_code(kind, &class.to_string()),
            measured: Measured::default(),
            brought_in: false,
        });
    }
    known.facts = facts(kind, person, state, input);
    if let Some(notice) = day_of(state, "notice") {
        known.slot = Some(tb::first_task(notice, &Settings::default()));
    }
    known
}

fn facts(kind: ProgrammeKind, person: &PersonFacts, state: &Table, input: &Table) -> Facts {
    match kind {
        ProgrammeKind::Smd => Facts::Consent(Consent::Given),
        ProgrammeKind::Tb => Facts::Treatment(treatment(state)),
        ProgrammeKind::Anc => Facts::Pregnancy(pregnancy(state)),
        ProgrammeKind::Pnc => Facts::Delivery(Delivery {
            delivered: day_of(state, "delivered").unwrap(),
            discharged: day_of(state, "discharged"),
            done: [(
                TaskKind::PostnatalVisit,
                day_of(state, "delivered").unwrap(),
            )]
            .into(),
        }),
        ProgrammeKind::Child => Facts::Birth(Birth {
            done: earlier(person.birth, input),
            ..Birth::default()
        }),
        ProgrammeKind::TcmChild => Facts::Done(
            earlier(person.birth, input)
                .into_iter()
                .filter_map(|(kind, day)| match kind {
                    TaskKind::Child(age) if age.has_tcm() => Some((TaskKind::TcmChild(age), day)),
                    _ => None,
                })
                .collect(),
        ),
        ProgrammeKind::Vax => Facts::Doses(
            state
                .get("doses")
                .map(tables)
                .unwrap_or_default()
                .iter()
                .map(|dose| {
                    let code = text_of(dose, "dose").unwrap();
                    let day = day_of(dose, "date").unwrap();
                    (Dose::from_code(&code).unwrap(), day)
                })
                .collect(),
        ),
        ProgrammeKind::General => Facts::Term(term(state)),
        ProgrammeKind::Poverty => Facts::Household(need(state)),
        ProgrammeKind::Disabled => Facts::Disability(Disability::default()),
        _ => Facts::Nothing,
    }
}

/// The checks before the one the case is about: all done in time.
fn earlier(birth: Day, input: &Table) -> BTreeMap<TaskKind, Day> {
    let Some(kind) = text_of(input, "kind").and_then(|key| TaskKind::from_key(&key)) else {
        return BTreeMap::new();
    };
    let TaskKind::Child(now) = kind else {
        return BTreeMap::new();
    };
    let done = |age: &Age| (TaskKind::Child(*age), age.window(birth).due);
    let ages = Age::ALL.iter().filter(|age| **age < now).map(done);
    let newborn = (TaskKind::NewbornVisit, plus_days(birth, 5));
    ages.chain([newborn]).collect()
}

fn treatment(state: &Table) -> Treatment {
    let supervisor = number(state, "supervisor").map(|code| code.to_string());
    Treatment {
        notice: day_of(state, "notice"),
        start: day_of(state, "start"),
        intensive_end: day_of(state, "intensive_end"),
        supervisor: supervisor.and_then(|code| Supervisor::from_code(&code)),
        ..Treatment::default()
    }
}

fn pregnancy(state: &Table) -> Pregnancy {
    let mut pregnancy = match (day_of(state, "edd_corrected"), day_of(state, "lmp")) {
        (Some(edd), _) => Pregnancy::due_on(edd),
        (None, Some(lmp)) => Pregnancy::since(lmp),
        (None, None) => panic!("a pregnancy without dates"),
    };
    if let Some(open) = state.get("open_kinds").and_then(Value::as_array) {
        let open: BTreeSet<&str> = open.iter().map(|kind| kind.as_str().unwrap()).collect();
        pregnancy.done = Time::ALL
            .iter()
            .map(|time| TaskKind::Antenatal(*time))
            .filter(|kind| !open.contains(kind.key()))
            .map(|kind| (kind, plus_days(pregnancy.lmp, 60)))
            .collect();
    }
    pregnancy
}

fn term(state: &Table) -> Term {
    Term {
        start: day_of(state, "agreement_start").unwrap(),
        end: day_of(state, "agreement_end"),
    }
}

fn need(state: &Table) -> HouseholdNeed {
    match text_of(state, "household_type").as_deref() {
        Some("脱贫户") => HouseholdNeed::Relieved,
        _ => HouseholdNeed::Monitored,
    }
}

fn happenings(
    event: &str,
    kinds: &[ProgrammeKind],
    state: &Table,
    input: &Table,
    day: Day,
) -> Vec<Happening> {
    let entering = |facts: Facts| {
        Happening::Enrolled(Enrolled {
            programme: kinds[0],
            last_visit: None,
            under_age_reason: None,
            facts,
        })
    };
    let beside = |programme: ProgrammeKind| Happening::Enrolled(Enrolled::in_programme(programme));
    match event {
        "plan" | "asof" => Vec::new(),
        "attempt_failed" => vec![Happening::NotReached {
            kinds: BTreeSet::new(),
            reason: None,
            missed: None,
        }],
        "refused" => vec![Happening::RefusedVisit {
            kinds: BTreeSet::new(),
        }],
        "notice" => vec![entering(Facts::Treatment(Treatment {
            notice: Some(day),
            ..Treatment::default()
        }))],
        "delivery" => vec![entering(Facts::Delivery(Delivery {
            delivered: day_of(input, "delivered").unwrap(),
            discharged: day_of(input, "discharged"),
            done: BTreeMap::new(),
        }))],
        "birth" | "register" if kinds[0] == ProgrammeKind::Child => {
            let facts = Facts::Birth(Birth {
                discharged: day_of(input, "discharged"),
                at_risk: at_risk(input),
                done: BTreeMap::new(),
            });
            vec![entering(facts), beside(ProgrammeKind::TcmChild)]
        }
        "register" => vec![entering(Facts::Pregnancy(pregnancy(state)))],
        "enrol" => match kinds[0] {
            ProgrammeKind::General => vec![entering(Facts::Term(term(state)))],
            ProgrammeKind::Poverty => vec![entering(Facts::Household(need(state)))],
            _ => kinds.iter().map(|kind| beside(*kind)).collect(),
        },
        "visit" | "first_visit" | "stop" => {
            vec![Happening::Visited(Visited {
                mode: Mode::from_code(&number(input, "mode").unwrap_or(1).to_string()).unwrap(),
                measured: Measured {
                    sbp: number(input, "sbp"),
                    dbp: number(input, "dbp"),
                    ..Measured::default()
                },
                pregnant: false,
                lactating: false,
                forms: BTreeMap::new(),
                referral_result: None,
                findings: findings(event, kinds[0], state, input),
                next: BTreeMap::new(),
            })]
        }
        other => panic!("no such event: {other}"),
    }
}

fn at_risk(input: &Table) -> bool {
    is_at_risk(
        number(input, "birth_weight"),
        number(input, "weeks"),
        flag(input, "multiple"),
        flag(input, "defect"),
    )
}

fn findings(event: &str, kind: ProgrammeKind, state: &Table, input: &Table) -> Vec<Finding> {
    let n = |key: &str| number(input, key);
    let is = |key: &str, value: u32| n(key) == Some(value);
    let supervisor = n("supervisor").and_then(|code| Supervisor::from_code(&code.to_string()));
    let finding = match kind {
        ProgrammeKind::Smd => Finding::Mental(MentalState {
            risk: n("risk").unwrap(),
            symptom: n("symptom").unwrap(),
            insight: n("insight").unwrap(),
            social: n("social"),
            adr_level: n("adr_level").unwrap(),
            physical: n("physical").unwrap(),
            class: None,
        }),
        ProgrammeKind::Tb if event == "first_visit" => Finding::TbFirst(FirstVisit {
            supervisor: supervisor.unwrap(),
            start: day_of(state, "start"),
            intensive_end: day_of(state, "intensive_end"),
        }),
        ProgrammeKind::Tb => Finding::Tb(TbFollowUp {
            supervisor,
            adr: flag(input, "adr"),
            comorbid: flag(input, "comorbid"),
            missed_days: n("missed_days").unwrap_or(0),
            missed_by_reaction: text_of(input, "missed_cause").as_deref() == Some("reaction"),
            closing: (event == "stop").then(|| Stop {
                reason: StopReason::from_code(&n("reason").unwrap().to_string()).unwrap(),
                planned: n("planned"),
                taken: n("taken"),
            }),
        }),
        ProgrammeKind::Elderly => Finding::Exam(Exam {
            abnormal: flag(input, "abnormal"),
            self_care: n("selfcare"),
        }),
        ProgrammeKind::Anc => Finding::Antenatal(AntenatalCheck {
            abnormal: is("classification", 2) || flag(input, "high_risk"),
            danger: flag(input, "danger") || input.get("danger").is_some_and(Value::is_array),
            pressure: n("sbp").zip(n("dbp")),
            hb: n("hb"),
            fetal_heart: n("fhr"),
            protein: n("protein").is_some_and(|signs| 1 <= signs) || flag(input, "protein"),
            edd: None,
        }),
        ProgrammeKind::Pnc if text_of(input, "kind").as_deref() == Some("pnc_42") => {
            Finding::PostnatalCheck(PostnatalCheck {
                closed: is("handling", 1),
                refer: is("handling", 2),
            })
        }
        ProgrammeKind::Pnc => Finding::Postnatal(PostnatalVisit {
            refer: is("referral", 2),
        }),
        ProgrammeKind::Child => {
            match TaskKind::from_key(&text_of(input, "kind").unwrap()).unwrap() {
                TaskKind::Child(age) => Finding::Child(ChildCheck {
                    age,
                    dev_warning: input
                        .get("dev_warning")
                        .and_then(Value::as_array)
                        .map(|codes| {
                            codes
                                .iter()
                                .map(|c| c.as_str().unwrap().to_owned())
                                .collect()
                        })
                        .unwrap_or_default(),
                    signs: signs(input),
                    hb: n("hb"),
                    refer: is("referral", 2),
                }),
                _ => Finding::Newborn(NewbornVisit {
                    at_risk: at_risk(input),
                    refer: is("referral", 2),
                }),
            }
        }
        ProgrammeKind::Disabled => Finding::Disabled(Disability {
            grade: n("grade"),
            self_care: n("selfcare"),
        }),
        ProgrammeKind::Poverty => Finding::Household(need(state)),
        ProgrammeKind::General => Finding::Assessment,
        other => panic!("no visit of {other:?}"),
    };
    let beside = match &finding {
        Finding::Child(check) if flag(input, "tcm_done") && check.age.has_tcm() => {
            Some(Finding::TcmChild(check.age))
        }
        Finding::Exam(_) if flag(input, "tcm_done") => Some(Finding::Constitution),
        _ => None,
    };
    [finding].into_iter().chain(beside).collect()
}

fn signs(input: &Table) -> BTreeSet<Sign> {
    let n = |key: &str| number(input, key);
    let all = [
        (n("hearing") == Some(2), Sign::HearingFailed),
        (flag(input, "vision_low"), Sign::VisionLow),
        (
            n("caries").is_some_and(|teeth| 0 < teeth) || flag(input, "caries"),
            Sign::Caries,
        ),
        (
            n("growth").is_some_and(|code| 2 <= code),
            Sign::GrowthAbnormal,
        ),
    ];
    all.into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, sign)| sign)
        .collect()
}

fn seen(
    course: &Course,
    before: &Course,
    decisions: &[Decision],
    kinds: &[ProgrammeKind],
    person: &PersonFacts,
    day: Day,
    settings: &Settings,
) -> BTreeMap<String, String> {
    let mut got = BTreeMap::new();
    let outcome = decisions.iter().find_map(|d| d.outcomes.get(&kinds[0]));
    if let Some(class) = outcome.and_then(|o| o.class) {
        got.insert("class".to_owned(), class.code().to_owned());
    }
    let mut alerts: BTreeSet<String> = decisions
        .iter()
        .flat_map(|d| d.alerts.iter().map(|a| a.key().into_owned()))
        .collect();
    if decisions.is_empty() {
        let now = standing::alerts(course, person, day, settings);
        alerts.extend(now.into_iter().map(|alert| alert.key().into_owned()));
    }
    let is_over = |kind: &ProgrammeKind| {
        let programme = &course.programmes[kind];
        let by_time = standing::is_over(*kind, programme, person.birth, day);
        by_time || matches!(programme.status, ProgrammeStatus::Ended { .. })
    };
    let closed = is_over(&kinds[0]);
    if closed && decisions.is_empty() {
        alerts.clear();
    }
    got.insert("closed".to_owned(), closed.to_string());
    got.insert("alerts".to_owned(), joined(alerts.into_iter()));
    let mut open: Vec<Task> = kinds
        .iter()
        .filter_map(|kind| course.slot(*kind).cloned())
        .collect();
    let ours = |task: &Task| {
        let of_programme = task.programmes.iter().any(|kind| kinds.contains(kind));
        of_programme && task.kind != TaskKind::SmdExam
    };
    let computed = standing::tasks(course, person, day, settings);
    open.extend(computed.into_iter().filter(ours));
    let lines = open.iter().map(|task| {
        let latest = task.latest.map_or(String::new(), |day| day.to_string());
        let kind = task.kind.key();
        format!("{kind} {} {} {latest}", task.earliest, task.due)
    });
    got.insert("tasks".to_owned(), joined(lines));
    let unchanged = kinds
        .iter()
        .all(|kind| before.slot(*kind) == course.slot(*kind));
    got.insert("open_unchanged".to_owned(), unchanged.to_string());
    let completed = decisions
        .iter()
        .flat_map(|decision| &decision.closed)
        .filter(|closed| closed.how == Closing::Completed)
        .map(|closed| closed.task.kind.key().to_owned());
    got.insert("completed".to_owned(), joined(completed));
    got
}
