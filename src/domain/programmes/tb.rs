//! Pulmonary tuberculosis 肺结核 (rules §7): the first visit within 72 hours, the interval
//! by supervisor and phase, the table B1–B7, closing.

use serde::{Deserialize, Serialize};

use super::{Asked, Facts, Found, Next, Programme, ProgrammeKind, reason::Reason, rule::Rule};
use crate::domain::{
    alert::Alert,
    clock::Moment,
    course::happening::EndReason,
    day::{Day, plus_days, plus_months},
    settings::Settings,
    task::{Task, TaskKind},
    text::Text,
    value::Decimal,
    window::{Span, Window, WindowCode, monthly, ten_days},
};

/// What is fixed about the programme.
pub const PROGRAMME: Programme = Programme {
    kind: ProgrammeKind::Tb,
    code: "tb",
    name: Text {
        zh: "肺结核患者健康管理",
        en: "Pulmonary tuberculosis",
    },
    short: Text {
        zh: "肺结核",
        en: "TB",
    },
    entry_age: 0,
    follow_up: None,
    visit: Some(TaskKind::TbVisit),
    exam: None,
};

/// So many missed days are reported to the designated hospital (B5).
const REPORT_DAYS: u32 = 7;
/// The intensive phase lasts so many months unless entered otherwise.
const INTENSIVE_MONTHS: u32 = 2;
/// From this rate on doses were taken regularly, per cent (§7.5).
const REGULAR: Decimal = Decimal::from_int(90);

/// 督导人员
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Supervisor {
    /// 1 医生
    Doctor,
    /// 2 家属
    Family,
    /// 3 自服药
    Nobody,
    /// 4 其他
    Other,
}

impl Supervisor {
    /// Returns the supervisor of an official code.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "1" => Some(Self::Doctor),
            "2" => Some(Self::Family),
            "3" => Some(Self::Nobody),
            "4" => Some(Self::Other),
            _ => None,
        }
    }
}

/// What is known of a treatment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Treatment {
    /// The day the notice came.
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub notice: Option<Day>,
    /// The moment it came, where it was kept: the 72 hours run from it.
    pub notice_at: Option<Moment>,
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub start: Option<Day>,
    /// The last day of the intensive phase.
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub intensive_end: Option<Day>,
    pub supervisor: Option<Supervisor>,
}

impl Treatment {
    /// Returns the moment until which the first visit must have taken place (B1).
    pub fn first_visit_until(&self, settings: &Settings) -> Option<Moment> {
        let hours = Moment::from(settings.tb_first_visit_hours);
        self.notice_at.map(|at| at + hours * 60 * 60 * 1000)
    }

    /// Says whether `day` lies in the intensive phase (§7.2).
    fn is_intensive(&self, day: Day) -> bool {
        let end = self.intensive_end.or_else(|| {
            let start = self.start?;
            Some(plus_days(plus_months(start, INTENSIVE_MONTHS), -1))
        });
        end.is_some_and(|end| day <= end)
    }

    /// §7.3
    fn next_window(&self, day: Day, settings: &Settings) -> Window {
        let is_seen_by_doctor = self.supervisor == Some(Supervisor::Doctor);
        if self.is_intensive(day) && !is_seen_by_doctor {
            ten_days(day, settings.tb_family_intensive_days)
        } else {
            monthly(day, 1, settings)
        }
    }
}

/// What the first visit settled (F05).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstVisit {
    pub supervisor: Supervisor,
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub start: Option<Day>,
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub intensive_end: Option<Day>,
}

/// What a follow-up found (F06).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TbFollowUp {
    pub supervisor: Option<Supervisor>,
    /// 药物不良反应 2有
    pub adr: bool,
    /// 并发症或合并症 2有
    pub comorbid: bool,
    pub missed_days: u32,
    /// 漏服原因 1不良反应
    pub missed_by_reaction: bool,
    pub closing: Option<Closing>,
}

/// 结案 (§7.5)
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    pub reason: StopReason,
    /// 应服药次数
    #[serde(default)]
    pub planned: Option<u32>,
    /// 实际服药次数
    #[serde(default)]
    pub taken: Option<u32>,
}

/// 停止治疗原因
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    /// 1 完成疗程
    Completed,
    /// 2 死亡
    Died,
    /// 3 丢失
    Lost,
    /// 4 转入耐多药治疗
    DrugResistant,
}

impl StopReason {
    /// Returns the reason of an official code.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "1" => Some(Self::Completed),
            "2" => Some(Self::Died),
            "3" => Some(Self::Lost),
            "4" => Some(Self::DrugResistant),
            _ => None,
        }
    }
}

/// Returns 服药率, per cent to one decimal, half up.
pub fn rate(planned: u32, taken: u32) -> Option<Decimal> {
    let planned = i64::from(planned);
    (planned != 0).then(|| {
        let tenths = (i64::from(taken) * 2000 + planned).div_euclid(planned * 2);
        Decimal::from_thousandths(tenths * 100)
    })
}

/// Says whether doses were taken regularly at this rate (规则服药).
pub fn is_regular(rate: Decimal) -> bool {
    REGULAR <= rate
}

/// Returns the task of the first visit after a notice (B1).
pub fn first_task(notice: Day, settings: &Settings) -> Task {
    let span = Span::Days(settings.tb_first_visit_hours.div_ceil(24));
    let due = span.after(notice);
    let window = Window {
        code: WindowCode::Fixed,
        from: notice,
        span,
        earliest: notice,
        due,
        latest: Some(due),
    };
    Task::new(
        TaskKind::TbFirstVisit,
        ProgrammeKind::Tb,
        &window,
        Rule::B1,
        Reason::Notice,
    )
}

/// Decides the first visit (B3).
pub fn judge_first(asked: &Asked<'_>, visit: &FirstVisit) -> Found {
    let mut facts = asked.facts().treatment().cloned().unwrap_or_default();
    facts.supervisor = Some(visit.supervisor);
    facts.start = visit.start.or(facts.start);
    facts.intensive_end = visit.intensive_end.or(facts.intensive_end);
    let mut found = Found::default().completing(TaskKind::TbFirstVisit);
    found.rules.push(Rule::B3);
    found.next = next(asked, &facts, Rule::B3);
    found.facts = Some(Facts::Treatment(facts));
    found
}

/// Decides a follow-up by the table of §7.4, or the closing of §7.5.
pub fn judge(asked: &Asked<'_>, visit: &TbFollowUp) -> Found {
    let mut facts = asked.facts().treatment().cloned().unwrap_or_default();
    facts.supervisor = visit.supervisor.or(facts.supervisor);
    let mut found = Found::default().completing(TaskKind::TbVisit);
    if let Some(closing) = &visit.closing {
        found.rules.push(Rule::B8);
        found.next = Next::Nothing;
        found.ends = Some(match closing.reason {
            StopReason::Completed => EndReason::Completed,
            StopReason::Died => EndReason::Died,
            StopReason::Lost => EndReason::LostForGood,
            StopReason::DrugResistant => EndReason::Transferred,
        });
        found.facts = Some(Facts::Treatment(facts));
        return found;
    }
    let is_long = REPORT_DAYS <= visit.missed_days;
    let by_reaction = 0 < visit.missed_days && visit.missed_by_reaction;
    if visit.adr || visit.comorbid || by_reaction {
        found.refer(Rule::B4, Reason::AdverseReaction, Alert::ReferUp);
        if is_long {
            found.alerts.push(Alert::ReportTbMissed);
        }
    } else {
        let rule = match visit.missed_days {
            0 => Rule::B7,
            _ if is_long => Rule::B5,
            _ => Rule::B6,
        };
        if is_long {
            found.alerts.push(Alert::ReportTbMissed);
        }
        if rule != Rule::B7 {
            found.alerts.push(Alert::StrengthenEducation);
        }
        found.rules.push(rule);
        found.next = next(asked, &facts, rule);
    }
    found.facts = Some(Facts::Treatment(facts));
    found
}

fn next(asked: &Asked<'_>, facts: &Treatment, rule: Rule) -> Next {
    let window = facts.next_window(asked.today, asked.settings);
    let reason = match window.span {
        Span::Months(months) => Reason::MonthsPassed { months },
        Span::Days(_) | Span::Chosen => Reason::TenDays,
    };
    let kind = TaskKind::TbVisit;
    Next::Task(Task::new(kind, ProgrammeKind::Tb, &window, rule, reason))
}
