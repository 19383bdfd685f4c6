//! Why a row stands there: the few words on it, and the rule with its sums behind them.

use super::Row;
use crate::domain::{
    day::Day,
    programmes::rule::Rule,
    task::Task,
    text::{Label, Text},
    window::Span,
};

/// The few words on a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowReason {
    /// The stable key.
    pub key: &'static str,
    pub text: Label,
    pub rule: Rule,
}

/// Returns the few words for a row: what its leading task says, or the failed attempts.
pub fn row_reason(row: &Row) -> Option<RowReason> {
    row.tasks.first().map(task_reason)
}

fn task_reason(task: &Task) -> RowReason {
    let times = task.attempts;
    let (key, text) = if times == 0 {
        (task.reason.key(), task.reason.text())
    } else {
        let zh = format!("未遇{times}次");
        let en = format!("Not reached {times}×");
        ("not_reached", Label { zh, en })
    };
    RowReason {
        key,
        text,
        rule: task.rule,
    }
}

/// The rule behind one task, its clause and the sums that made its dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    pub rule: Rule,
    pub clause: Text,
    pub reason: RowReason,
    pub sums: Vec<Sum>,
}

/// One sum; dates are whole, differences in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sum {
    /// `from + span = due`
    Due { from: Day, span: Span, due: Day },
    /// The doctor chose the due day.
    Chosen { due: Day },
    /// `due − days = earliest`
    Earliest { days: i64, earliest: Day },
    /// `due + days = latest`; negative when attempts moved due beyond it.
    Latest { days: i64, latest: Day },
    /// Late since the first due day.
    Late { first_due: Day, days: i64 },
    /// Days since the referral was made or last asked after.
    SinceReferral { from: Day, days: i64 },
}

/// Returns the rule, the clause and the sums of a task on `today`.
pub fn why(task: &Task, today: Day) -> Why {
    let mut sums = vec![match task.span {
        Span::Chosen => Sum::Chosen { due: task.due },
        // A yearly window clamps its due day into the year: then no sum holds.
        span if span.after(task.from) != task.due => Sum::Chosen { due: task.due },
        span => Sum::Due {
            from: task.from,
            span,
            due: task.due,
        },
    }];
    sums.push(Sum::Earliest {
        days: (task.due - task.earliest).num_days(),
        earliest: task.earliest,
    });
    if let Some(latest) = task.latest {
        let days = (latest - task.due).num_days();
        sums.push(Sum::Latest { days, latest });
    }
    let days = task.days_late(today);
    if 0 < days {
        let first_due = task.first_due;
        sums.push(Sum::Late { first_due, days });
    }
    if task.kind == crate::domain::task::TaskKind::ReferralCheck {
        let days = (today - task.from).num_days();
        sums.push(Sum::SinceReferral {
            from: task.from,
            days,
        });
    }
    Why {
        rule: task.rule,
        clause: task.rule.clause(),
        reason: task_reason(task),
        sums,
    }
}

impl Sum {
    /// Returns the sum as a line.
    pub fn text(self) -> Label {
        let (zh, en) = match self {
            Self::Due { from, span, due } => match span {
                Span::Days(n) => (
                    format!("应访 {from} + {n}天 = {due}"),
                    format!("due {from} + {n} days = {due}"),
                ),
                Span::Months(n) => (
                    format!("应访 {from} + {n}个月 = {due}"),
                    format!("due {from} + {n} months = {due}"),
                ),
                Span::Chosen => (format!("应访 {due}"), format!("due {due}")),
            },
            Self::Chosen { due } => (format!("应访 {due}"), format!("due {due}")),
            Self::Earliest { days, earliest } => (
                format!("可提前 {days}天 = {earliest}"),
                format!("early by {days} days = {earliest}"),
            ),
            Self::Latest { days, latest } => (
                format!("最迟 {days:+}天 = {latest}"),
                format!("latest {days:+} days = {latest}"),
            ),
            Self::Late { first_due, days } => (
                format!("自 {first_due} 已过 {days}天"),
                format!("{days} days since {first_due}"),
            ),
            Self::SinceReferral { from, days } => (
                format!("转诊 {from} 后第{days}天"),
                format!("day {days} after the referral of {from}"),
            ),
        };
        Label { zh, en }
    }
}
