//! Builds the course a case starts from and what is recorded on it.

use std::collections::{BTreeMap, BTreeSet};

use cunyi::domain::{
    course::{
        Course, LastSeen, ManagedSpan, ProgrammeCourse, TargetValue,
        happening::{
            EndReason, Enrolled, FormFacts, Happening, Hypoglycaemia, LastVisit, Measured,
            ReferralResult, Visited,
        },
    },
    day::{Day, plus_days},
    programmes::{Facts, ProgrammeKind, reason::Reason, rule::Rule},
    settings::Pressure,
    task::{Mode, Task, TaskKind},
    window::{Span, Window, WindowCode, within_days},
};
use toml::{Table, Value};

use super::reading::{day_of, decimal, flag, number, table, tables, text_of};

pub fn given(case: &Table, programmes: &[ProgrammeKind], day: Day) -> Course {
    let state = table(case, "state");
    let mut course = Course::default();
    let entered = plus_days(day, -3650);
    let mut known = programmes.to_vec();
    if flag(&table(case, "person"), "in_htn") {
        known.push(ProgrammeKind::Htn);
    }
    let enrolling = text_of(case, "event").as_deref() == Some("enrol");
    for kind in known {
        if enrolling && programmes.contains(&kind) {
            continue;
        }
        let mut programme = ProgrammeCourse::entered_on(entered);
        programme.spans = vec![ManagedSpan {
            from: entered,
            to: None,
        }];
        remember(&mut programme, kind, &state);
        course.programmes.insert(kind, programme);
    }
    let opens = |kind: ProgrammeKind| programmes.contains(&kind);
    let referral_open = flag(&state, "referral_open");
    if let Some(open) = state.get("open").and_then(Value::as_table) {
        let serves = |kind: &&ProgrammeKind| {
            let visit = kind.programme().visit.map(TaskKind::key);
            visit == text_of(open, "kind").as_deref()
        };
        let programme = *programmes.iter().find(serves).unwrap_or(&programmes[0]);
        let task = open_task(open, programme);
        if task.kind == TaskKind::ReferralCheck {
            let programmes = programmes.iter().copied().collect();
            course.referral = Some(Task { programmes, ..task });
        } else if let Some(programme) = course.programmes.get_mut(&programme) {
            programme.slot = Some(task);
        }
    } else if referral_open {
        let mut task = open_task_of(programmes[0], plus_days(day, -14));
        task.programmes = programmes.iter().copied().collect();
        course.referral = Some(task);
    }
    if referral_open || course.referral.is_some() {
        for (kind, programme) in &mut course.programmes {
            programme.referral_open = opens(*kind).then(|| plus_days(day, -14));
        }
    }
    course
}

pub fn remember(programme: &mut ProgrammeCourse, kind: ProgrammeKind, state: &Table) {
    let flag_key = if kind == ProgrammeKind::Dm {
        "fbg_ok"
    } else {
        "bp_ok"
    };
    for prev in state.get("prev").map(tables).unwrap_or_default() {
        let on_target = prev.get(flag_key).and_then(Value::as_bool);
        programme.last_on_target = on_target.or(programme.last_on_target);
        programme.last_adr = prev.get("adr").and_then(Value::as_bool);
        programme.last = Some(LastSeen {
            day: day_of(&prev, "date").unwrap(),
            class: None,
            measured: Measured::default(),
            brought_in: false,
        });
    }
    programme.attempts = number(state, "attempts").unwrap_or(0);
    programme.target = match kind {
        ProgrammeKind::Dm => decimal(state, "fbg_target").map(TargetValue::Glucose),
        _ => state.get("target").and_then(Value::as_array).map(|t| {
            let part = |n: usize| u32::try_from(t[n].as_integer().unwrap()).unwrap();
            TargetValue::Pressure(Pressure::new(part(0), part(1)))
        }),
    };
}

pub fn kind_of(text: &str) -> TaskKind {
    serde_json::from_value(serde_json::Value::String(text.to_owned()))
        .unwrap_or_else(|_| panic!("no such task: {text}"))
}

pub fn open_task(open: &Table, programme: ProgrammeKind) -> Task {
    let due = day_of(open, "due").unwrap();
    let code = match text_of(open, "window").as_deref() {
        Some("W2W") => WindowCode::TwoWeeks,
        Some("W6M") => WindowCode::HalfYear,
        Some("CY") => WindowCode::CalendarYear,
        Some("FIX") => WindowCode::Fixed,
        _ => WindowCode::ThreeMonths,
    };
    let window = Window {
        code,
        from: due,
        span: Span::Chosen,
        earliest: day_of(open, "earliest").unwrap(),
        due,
        latest: day_of(open, "latest"),
    };
    let kind = kind_of(&text_of(open, "kind").unwrap());
    let reason = Reason::MonthsPassed { months: 3 };
    Task::new(kind, programme, &window, Rule::H6, reason)
}

pub fn open_task_of(programme: ProgrammeKind, referred: Day) -> Task {
    let window = within_days(referred, 14);
    let kind = TaskKind::ReferralCheck;
    Task::new(kind, programme, &window, Rule::H4, Reason::TwiceOffTarget)
}

pub fn when(case: &Table, programmes: &[ProgrammeKind]) -> Result<Happening, String> {
    let state = table(case, "state");
    let input = table(case, "input");
    let event = text_of(case, "event").unwrap();
    let result =
        number(&input, "result").and_then(|code| ReferralResult::from_code(&code.to_string()));
    let measured = measured(&input);
    let has_values = measured.pressure().is_some() || measured.fbg.is_some();
    let reason = None;
    Ok(match event.as_str() {
        "visit" => Happening::Visited(visited(case, programmes, None)),
        "referral_check" if has_values => Happening::Visited(visited(case, programmes, result)),
        "referral_check" => Happening::ReferralChecked {
            result: result.ok_or("no result")?,
            mode: mode(&input),
        },
        "attempt_failed" => Happening::NotReached {
            kinds: BTreeSet::new(),
            reason,
            missed: None,
        },
        "refused" => Happening::RefusedVisit {
            kinds: BTreeSet::new(),
        },
        "stop" => Happening::Left {
            programme: Some(programmes[0]),
            why: EndReason::DiagnosisRemoved,
        },
        "enrol" => Happening::Enrolled(Enrolled {
            programme: programmes[0],
            last_visit: state.get("prev").map(tables).and_then(|prev| {
                let day = day_of(prev.last()?, "date")?;
                let measured = Measured::default();
                Some(LastVisit { day, measured })
            }),
            under_age_reason: None,
            facts: Facts::Nothing,
        }),
        other => return Err(format!("no such event for this programme: {other}")),
    })
}

pub fn visited(
    case: &Table,
    programmes: &[ProgrammeKind],
    referral_result: Option<ReferralResult>,
) -> Visited {
    let input = table(case, "input");
    let person = table(case, "person");
    let danger = input.get("danger").and_then(Value::as_array).map(|signs| {
        let signs = signs.iter().map(|s| s.as_str().unwrap().to_owned());
        signs.collect::<BTreeSet<String>>()
    });
    let form = FormFacts {
        danger: danger.unwrap_or_default(),
        adr: flag(&input, "adr"),
        adr_hard: flag(&input, "adr_hard"),
        compl: flag(&input, "compl"),
        hypo: match number(&input, "hypo") {
            Some(3) => Some(Hypoglycaemia::Frequent),
            Some(2) => Some(Hypoglycaemia::Occasional),
            Some(_) => Some(Hypoglycaemia::None),
            None => None,
        },
        ..FormFacts::default()
    };
    Visited {
        mode: mode(&input),
        measured: measured(&input),
        pregnant: flag(&person, "preg"),
        lactating: flag(&person, "lact"),
        forms: programmes.iter().map(|p| (*p, form.clone())).collect(),
        referral_result,
        findings: Vec::new(),
        next: BTreeMap::new(),
    }
}

pub fn measured(input: &Table) -> Measured {
    Measured {
        sbp: number(input, "sbp"),
        dbp: number(input, "dbp"),
        fbg: decimal(input, "fbg"),
        rbg: decimal(input, "rbg"),
        temp: decimal(input, "temp"),
        heart_rate: number(input, "hr"),
        hr_sustained: flag(input, "hr_sustained"),
    }
}

pub fn mode(input: &Table) -> Mode {
    Mode::from_code(&number(input, "mode").unwrap().to_string()).unwrap()
}
