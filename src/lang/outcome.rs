//! What was decided on a visit, in the few words a doctor reads while typing.
//!
//! It only words a decision; the rules have taken it.

use chrono::Datelike;

use super::{around::around, visited};
use crate::domain::{
    alert::Alert,
    course::{
        Decision, ProgrammeStatus,
        decision::Outcome,
        happening::{EndReason, Happening, Measured, Missed},
    },
    day::Day,
    programmes::{ProgrammeKind, reason::Reason},
    task::{Task, TaskKind},
    text::{Lang, Text},
    window::WindowCode,
};

/// How a line of the outcome is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Good,
    Plain,
    Warning,
}

/// One line of the outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub text: String,
    pub tone: Tone,
}

/// Returns the outcome of a visit on `day`: one line a programme, then the alerts.
pub fn lines(decision: &Decision, day: Day, lang: Lang) -> Vec<Told> {
    let several = decision.outcomes.len() > 1;
    let mut lines: Vec<Told> = decision
        .outcomes
        .iter()
        .map(|(kind, outcome)| {
            let mut told = programme(*kind, outcome, decision, day, lang);
            if several {
                told.text = format!("{} {}", kind.programme().short.get(lang), told.text);
            }
            told
        })
        .collect();
    if lines.is_empty() {
        lines.extend(decision.rules.first().map(|rule| Told {
            text: format!("{} {}", rule.id(), rule.clause().get(lang)),
            tone: Tone::Plain,
        }));
    }
    let alerts: Vec<String> = decision
        .alerts
        .iter()
        .filter(|alert| **alert != Alert::UrgentReferral)
        .map(|alert| alert.label().get(lang).to_owned())
        .collect();
    if !alerts.is_empty() {
        lines.push(Told {
            text: alerts.join("  "),
            tone: Tone::Warning,
        });
    }
    lines
}

/// Returns what to do and whom to call, when there is an urgent sign.
pub fn banner(decision: &Decision, call: Option<(&str, &str)>, lang: Lang) -> Vec<String> {
    if !decision.alerts.contains(&Alert::UrgentReferral) {
        return Vec::new();
    }
    let (title, call_120, family, then) = match lang {
        Lang::Zh => (
            "危急！先现场处理，马上转诊上级医院",
            "打 120",
            "通知家属",
            "2周内核实转诊结果",
        ),
        Lang::En => (
            "URGENT! Treat on the spot and refer to hospital at once",
            "call 120",
            "tell the family",
            "check the referral within 2 weeks",
        ),
    };
    let family = match call {
        Some((name, phone)) => format!("{family} {name} {phone}").replace("  ", " "),
        None => family.to_owned(),
    };
    vec![
        format!(" !! {title}"),
        format!("    {call_120}  {family}  {then}"),
    ]
}

/// Returns how a later visit of `day` would be decided anew.
pub fn later(day: Day, before: &Decision, after: &Decision, lang: Lang) -> String {
    let brief = |decision: &Decision| {
        let outcomes = decision.outcomes.values();
        let mut words: Vec<String> = outcomes
            .filter_map(|o| Some(format!("{} {}", o.class?.text().get(lang), o.rule?.id())))
            .collect();
        words.extend(
            decision
                .opened
                .iter()
                .map(|task| format!("{} {}", NEXT.get(lang), task.due)),
        );
        words.join(" ")
    };
    let word = match lang {
        Lang::Zh => "会改动",
        Lang::En => "changes",
    };
    format!("{word} {day}: {} → {}", brief(before), brief(after))
}

/// Returns the values measured, as they are said: `136/84 空腹6.1`.
pub fn measured(measured: &Measured, lang: Lang) -> String {
    let mut words = Vec::new();
    if let Some(pressure) = measured.pressure() {
        words.push(format!("{}/{}", pressure.sbp, pressure.dbp));
    }
    let sugar = [
        (measured.fbg, FASTING, "fasting "),
        (measured.rbg, RANDOM, "random "),
    ];
    for (value, zh, en) in sugar {
        if let Some(value) = value {
            let name = match lang {
                Lang::Zh => zh,
                Lang::En => en,
            };
            words.push(format!("{name}{value}"));
        }
    }
    words.join(" ")
}

/// Returns what a contact was, in a few words.
pub fn happening(happening: &Happening, lang: Lang) -> String {
    let named = |text: Text, kind: ProgrammeKind| {
        format!("{} {}", text.get(lang), kind.programme().short.get(lang))
    };
    match happening {
        Happening::Enrolled(e) => named(ENROLLED, e.programme),
        Happening::Visited(visited) => visited::visit(visited, lang),
        Happening::ReferralChecked { result, .. } => {
            let word = TaskKind::ReferralCheck.name().get(lang);
            format!("{word} {}", result.text().get(lang))
        }
        Happening::NotReached { missed, .. } => not_reached(*missed).get(lang).to_owned(),
        Happening::RefusedVisit { .. } => REFUSED.get(lang).to_owned(),
        Happening::RefusedProgramme { programme } => named(REFUSED_PROGRAMME, *programme),
        Happening::DoneElsewhere(done) => {
            format!("{} {}", named(ELSEWHERE, done.programme), done.place)
        }
        Happening::BroughtIn { programme, .. } => named(BROUGHT_IN, *programme),
        Happening::Left { programme, why } => {
            let what = programme.map_or("", |kind| kind.programme().short.get(lang));
            format!("{} {what} {}", LEFT.get(lang), end_reason(*why).get(lang)).replace("  ", " ")
        }
        Happening::Returned => RETURNED.get(lang).to_owned(),
        Happening::Lost { programme, .. } => named(LOST, *programme),
        Happening::TargetSet { programme, target } => {
            let word = if target.is_some() { TARGET } else { NO_TARGET };
            named(word, *programme)
        }
        Happening::PressureScreened(_) => SCREENED.get(lang).to_owned(),
        Happening::Declined(declined) => {
            let kinds = declined.programmes.iter();
            let kinds: Vec<&str> = kinds.map(|k| k.programme().short.get(lang)).collect();
            let (word, reason) = (DECLINED.get(lang), &declined.reason);
            format!("{word} {} ({reason})", kinds.join(" "))
        }
        Happening::TakenOver(taken) => named(TAKEN_OVER, taken.programme),
    }
}

/// Returns how an attempt failed.
pub const fn not_reached(missed: Option<Missed>) -> Text {
    match missed {
        Some(Missed::NotHome) => text("未遇：不在家", "Not at home"),
        Some(Missed::NoAnswer) => text("未遇：电话没人接", "No answer on the telephone"),
        None => text("未遇", "Not reached"),
    }
}

/// Returns why follow-up ended.
pub const fn end_reason(why: EndReason) -> Text {
    match why {
        EndReason::Died => text("死亡", "died"),
        EndReason::MovedAway => text("迁出", "moved away"),
        EndReason::RecordedTwice => text("重复建档", "recorded twice"),
        EndReason::DiagnosisRemoved => text("上级医院排除诊断", "diagnosis removed by a hospital"),
        EndReason::Completed => text("结案", "closed"),
        EndReason::LostForGood => text("丢失", "lost"),
        EndReason::Transferred => text("转入耐多药治疗", "moved to drug-resistant treatment"),
        EndReason::Delivered => text("分娩", "delivered"),
        EndReason::PregnancyEnded => text("妊娠终止", "pregnancy ended"),
        EndReason::Stopped => text("长期处方停用", "prescription stopped"),
        EndReason::GroundGone => text("不再属于服务对象", "ground gone"),
        EndReason::HandedOn => text("随户主变更转出", "handed on with the household"),
    }
}

pub(super) const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const FASTING: &str = "空腹";
const RANDOM: &str = "随机";
const NEXT: Text = text("下次", "next");
const ENROLLED: Text = text("纳入", "Enrolled:");
const REFUSED: Text = text("拒绝本次随访", "Refused the visit");
const REFUSED_PROGRAMME: Text = text("书面拒绝", "Refused in writing:");
const ELSEWHERE: Text = text("外院已随访", "Seen elsewhere:");
const BROUGHT_IN: Text = text("带入的往次随访", "Brought in:");
const LEFT: Text = text("退出", "Left");
const RETURNED: Text = text("迁回", "Came back");
const LOST: Text = text("失访", "Lost:");
const TARGET: Text = text("定个体目标", "Own target:");
const NO_TARGET: Text = text("取消个体目标", "Own target taken back:");
const SCREENED: Text = text("测血压", "Pressure taken");
const DECLINED: Text = text("不纳入", "Not entered:");
const TAKEN_OVER: Text = text("接续本户", "Taken over:");
const NO_CLASS: Text = text("未分类", "No class");
const PROVISIONAL: Text = text("(待面访确认)", " (to be confirmed)");
const UNCHANGED: Text = text("原定随访不变", "the open visit stays");
const RECORDED: Text = text("已记", "Recorded");

fn programme(
    kind: ProgrammeKind,
    outcome: &Outcome,
    decision: &Decision,
    day: Day,
    lang: Lang,
) -> Told {
    let head = head(kind, outcome, decision, lang);
    let next = decision.next_of(kind);
    let provisional = if outcome.provisional {
        PROVISIONAL.get(lang)
    } else {
        ""
    };
    let rule = outcome.rule.or_else(|| next.map(|task| task.rule));
    let reason = next
        .map(|task| task.reason)
        .filter(|reason| !is_routine(*reason));
    let reason = reason.map(|reason| reason.text().get(lang).to_owned());
    let behind: Vec<String> = rule
        .map(|rule| rule.id().to_owned())
        .into_iter()
        .chain(reason)
        .collect();
    let behind = if behind.is_empty() {
        String::new()
    } else {
        format!(" ({})", behind.join(" "))
    };
    let then = next.map_or_else(
        || stays(outcome).get(lang).to_owned(),
        |task| named(kind, task, day, lang),
    );
    let good = outcome.on_target != Some(false) && next.is_none_or(|task| is_routine(task.reason));
    let arrow = if then.is_empty() { "" } else { " → " };
    Told {
        text: format!("{head}{provisional}{behind}{arrow}{then}"),
        tone: if good { Tone::Good } else { Tone::Warning },
    }
}

/// What it was for the programme: its class, entering or leaving it, the work it did.
fn head(kind: ProgrammeKind, outcome: &Outcome, decision: &Decision, lang: Lang) -> String {
    let words = |text: Text| text.get(lang).to_owned();
    let is_paper = kind == ProgrammeKind::Outpatient;
    if outcome.entered.is_some() && !is_paper {
        return words(ENROLLED);
    }
    if let Some(ProgrammeStatus::Ended { why, .. }) = outcome.status {
        return words(end_reason(why));
    }
    if let Some(class) = outcome.class {
        return words(class.text());
    }
    if kind == ProgrammeKind::Screen35 {
        return words(SCREENED);
    }
    let own = |task: &&TaskKind| task.programme().map_or(!is_paper, |own| own == kind);
    let done = decision.completed.iter().filter(own);
    let done: Vec<&str> = done.map(|task| task.name().get(lang)).collect();
    match kind.programme().follow_up {
        _ if !done.is_empty() => done.join(" "),
        Some(_) if outcome.exam.is_none() => words(NO_CLASS),
        Some(_) | None => words(RECORDED),
    }
}

/// What is said where nothing new is due.
fn stays(outcome: &Outcome) -> Text {
    match outcome.status {
        Some(ProgrammeStatus::Ended { .. }) => text("", ""),
        _ => UNCHANGED,
    }
}

/// What comes next; work of an age or a time says which.
fn named(kind: ProgrammeKind, task: &Task, day: Day, lang: Lang) -> String {
    let follows = follows(task, day, lang);
    let is_usual = kind.programme().visit == Some(task.kind);
    if is_usual || matches!(task.kind, TaskKind::ReferralCheck | TaskKind::BpScreen) {
        follows
    } else {
        format!("{} {follows}", task.kind.name().get(lang))
    }
}

const fn is_routine(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::MonthsPassed { .. }
            | Reason::FirstVisit
            | Reason::YearlyPressure
            | Reason::YearlyCheck
            | Reason::DoseDue
            | Reason::TenDays
            | Reason::WeekReached
            | Reason::Discharged
            | Reason::SixWeeks
            | Reason::AgeReached { .. }
    )
}

/// Returns what comes next and when: `2周内随访 12-05`, `下次 2027-02-21 (可提前 …)`.
fn follows(task: &Task, day: Day, lang: Lang) -> String {
    let beside = |other: Day, known: Day| {
        if other.year() == known.year() {
            other.format("%m-%d").to_string()
        } else {
            other.to_string()
        }
    };
    let date = |other: Day| beside(other, task.due);
    let due = beside(task.due, day);
    match (task.kind, task.window, lang) {
        (TaskKind::ReferralCheck, _, Lang::Zh) => format!("转诊，{due} 前核实"),
        (TaskKind::ReferralCheck, _, Lang::En) => format!("refer, check by {due}"),
        (_, WindowCode::TwoWeeks, Lang::Zh) => format!("2周内随访 {due}"),
        (_, WindowCode::TwoWeeks, Lang::En) => format!("visit within 2 weeks {due}"),
        (_, _, Lang::Zh) => format!("下次 {}{}", task.due, around(task, lang, date)),
        (_, _, Lang::En) => format!("next {}{}", task.due, around(task, lang, date)),
    }
}
