//! The page of a pregnancy: a line of weeks with the five checks, a line of days after
//! delivery, the dates, what was warned of.
//!
//! ```text
//!  周    1    4    8    12   16 …  40
//!  产检1 ━━━━━━━━━✓━
//!  产检2                ━━━━━
//!                        ↑今天 24周+3天
//! ```

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::{Known, words, words::text};
use crate::{
    domain::{
        alert::Alert,
        day::{Day, plus_days},
        picture::{Pregnancy, year::What},
        programmes::Served,
        text::Text,
    },
    tui::{theme::Look, widgets::cells},
};

/// Cells of the names before the lines.
const NAME: usize = 18;
/// The weeks of the line.
const WEEKS: i64 = 42;
/// The days of the line after delivery.
const DAYS: i64 = 56;

/// A line of time: where a day stands on it.
struct Scale {
    from: Day,
    days: i64,
    columns: usize,
}

impl Scale {
    fn new(from: Day, days: i64, width: usize) -> Self {
        Self {
            from,
            days,
            columns: width.saturating_sub(NAME + 2),
        }
    }

    /// The column of a day; the nearest end for days beyond.
    fn column(&self, day: Day) -> usize {
        let columns = i64::try_from(self.columns).unwrap_or(1).max(1) - 1;
        let passed = (day - self.from).num_days().clamp(0, self.days);
        usize::try_from(passed * columns / self.days.max(1)).unwrap_or(0)
    }

    fn holds(&self, day: Day) -> bool {
        (0..=self.days).contains(&(day - self.from).num_days())
    }
}

/// Returns the page.
pub fn lines(look: &Look, known: &Known, width: usize) -> Vec<Line<'static>> {
    let Some(pregnancy) = &known.pregnancy else {
        return Vec::new();
    };
    let today = known.view.today;
    let mut lines = Vec::new();
    if let Some(before) = &pregnancy.before {
        let (weeks, days) = before.facts.age(today);
        let age = words::fill(look, AGE, &[&weeks.to_string(), &days.to_string()]);
        let edd = before.facts.edd();
        let basis = look.say(if before.is_corrected {
            CORRECTED
        } else {
            BY_PERIOD
        });
        let is_over = before.ended.is_some() || pregnancy.after.is_some();
        let now = if is_over { String::new() } else { age.clone() };
        let head = words::fill(
            look,
            BEFORE,
            &[&now, &before.facts.lmp.to_string(), &edd.to_string(), basis],
        );
        lines.push(Line::styled(
            format!(" {}", head.trim_start()),
            look.strong(),
        ));
        let scale = Scale::new(before.facts.lmp, WEEKS * 7, width);
        lines.push(ruler(
            look,
            &scale,
            WEEK,
            (4..=40).step_by(4).map(|w| (w, w * 7)),
        ));
        lines.extend(
            before
                .checks
                .iter()
                .map(|check| bar(look, &scale, check, today)),
        );
        if !is_over && scale.holds(today) {
            lines.push(pointer(
                look,
                &scale,
                today,
                &words::fill(look, TODAY, &[&age]),
            ));
        }
        lines.push(pointer(
            look,
            &scale,
            edd,
            &words::fill(look, DUE_DAY, &[&edd.to_string()]),
        ));
        lines.extend(before.checks.iter().map(|check| {
            let age = |day| {
                let (weeks, days) = before.facts.age(day);
                words::fill(look, AGE, &[&weeks.to_string(), &days.to_string()])
            };
            told(look, check, today, is_over, &age)
        }));
        if !before.extra.is_empty() {
            let days: Vec<String> = before.extra.iter().map(ToString::to_string).collect();
            let extra = words::fill(look, EXTRA, &[&days.join("  ")]);
            lines.push(Line::styled(format!(" {extra}"), look.dim()));
        }
    }
    lines.extend(after(look, pregnancy, today, width));
    lines.extend(alerts(look, pregnancy));
    lines
}

fn after(look: &Look, pregnancy: &Pregnancy, today: Day, width: usize) -> Vec<Line<'static>> {
    let Some(after) = &pregnancy.after else {
        return Vec::new();
    };
    let delivered = after.facts.delivered;
    let passed = (today - delivered).num_days();
    let day = |day: Day| {
        let days = (day - delivered).num_days();
        words::fill(look, POSTNATAL_DAY, &[&days.to_string()])
    };
    let now = if after.ended.is_none() && (0..=90).contains(&passed) {
        day(today)
    } else {
        String::new()
    };
    let discharge = after.facts.discharge();
    let assumed = if after.facts.discharged.is_none() {
        look.say(ASSUMED)
    } else {
        ""
    };
    let head = words::fill(
        look,
        AFTER,
        &[
            &now,
            &delivered.to_string(),
            &discharge.to_string(),
            assumed,
        ],
    );
    let scale = Scale::new(delivered, DAYS, width);
    let mut lines = vec![
        Line::styled(format!(" {}", head.trim_start()), look.strong()),
        ruler(look, &scale, DAY, (0..=DAYS).step_by(7).map(|d| (d, d))),
    ];
    lines.extend(
        after
            .visits
            .iter()
            .map(|visit| bar(look, &scale, visit, today)),
    );
    if after.ended.is_none() && scale.holds(today) {
        let today_is = words::fill(look, TODAY, &[&day(today)]);
        lines.push(pointer(look, &scale, today, &today_is));
    }
    let is_over = after.ended.is_some();
    let visits = after.visits.iter();
    lines.extend(visits.map(|visit| told(look, visit, today, is_over, &day)));
    lines
}

/// The numbers over the line, each at its day.
fn ruler(
    look: &Look,
    scale: &Scale,
    name: Text,
    marks: impl Iterator<Item = (i64, i64)>,
) -> Line<'static> {
    let mut text = cells::left(&format!(" {}", look.say(name)), NAME, "");
    for (number, days) in marks {
        let at = NAME + scale.column(plus_days(scale.from, days));
        let taken = cells::width(&text);
        if taken <= at {
            text.push_str(&" ".repeat(at - taken));
            text.push_str(&number.to_string());
        }
    }
    Line::styled(text, look.dim())
}

/// A service on the line: its window, and the day it was done or missed.
fn bar(look: &Look, scale: &Scale, served: &Served, today: Day) -> Line<'static> {
    let signs = look.signs();
    let name = format!(" {}", look.say(served.kind.name()));
    let mut spans = vec![Span::raw(cells::left(&name, NAME, signs.cut))];
    let (from, to) = (
        scale.column(served.window.earliest),
        scale.column(served.last_day()),
    );
    let mark = match served.done {
        Some(day) => Some((scale.column(day), signs.tick, look.good())),
        None if served.last_day() < today => Some((to, signs.cross, look.overdue())),
        None => None,
    };
    for column in 0..scale.columns {
        let (sign, style) = match mark {
            Some((at, sign, style)) if at == column => (sign, style),
            _ if (from..=to).contains(&column) => (signs.span, look.dim()),
            _ => (" ", Style::new()),
        };
        match spans.last_mut() {
            Some(last) if last.style == style => last.content.to_mut().push_str(sign),
            _ => spans.push(Span::styled(sign, style)),
        }
    }
    Line::from(spans)
}

/// A word that points at a day from below; left of it where the right has no room.
fn pointer(look: &Look, scale: &Scale, day: Day, word: &str) -> Line<'static> {
    let at = NAME + scale.column(day);
    let sign = look.signs().more[0];
    let wide = cells::width(word);
    let text = if at + 1 + wide <= NAME + scale.columns {
        format!("{}{sign}{word}", " ".repeat(at))
    } else {
        let gap = (at + 1).saturating_sub(wide + cells::width(sign));
        format!("{}{word}{sign}", " ".repeat(gap))
    };
    Line::styled(text, look.strong())
}

/// A service in words: its window, and how it stands.
fn told(
    look: &Look,
    served: &Served,
    today: Day,
    is_over: bool,
    age: &dyn Fn(Day) -> String,
) -> Line<'static> {
    let signs = look.signs();
    let last = served.last_day();
    let window = format!("{} ~ {last}", served.window.earliest);
    let missed = look.say(
        What::Missed {
            done: None,
            open: false,
        }
        .text(),
    );
    let (sign, text, style) = match served.done {
        Some(day) => {
            let late = if last < day { look.say(LATE) } else { "" };
            let text = format!("{day} {}{late}", age(day));
            (signs.tick, text, look.good())
        }
        None if last < today => (signs.cross, missed.to_owned(), look.overdue()),
        None if is_over => (signs.none, String::new(), look.dim()),
        None if served.window.earliest <= today => {
            let until = words::fill(look, OPEN_UNTIL, &[&last.to_string(), &age(last)]);
            (signs.ring, until, look.strong())
        }
        None => (signs.dot, age(served.window.earliest), look.dim()),
    };
    let name = cells::left(look.say(served.kind.name()), NAME - 2, signs.cut);
    Line::from(vec![
        Span::styled(format!(" {} ", cells::left(sign, 1, "")), style),
        Span::raw(format!("{name} ")),
        Span::styled(format!("{window}  "), look.dim()),
        Span::styled(text, style),
    ])
}

/// What was called to attention, a line a day; missed windows stand with their checks.
fn alerts(look: &Look, pregnancy: &Pregnancy) -> Vec<Line<'static>> {
    let mut days: Vec<(Day, Vec<String>)> = Vec::new();
    for (day, alert) in &pregnancy.told {
        if matches!(alert, Alert::WindowMissed(_)) {
            continue;
        }
        let word = alert.label().get(look.lang).to_owned();
        match days.last_mut() {
            Some((last, words)) if last == day => words.push(word),
            _ => days.push((*day, vec![word])),
        }
    }
    let line = |(day, words): (Day, Vec<String>)| {
        let text = format!(" !! {day} {}", words.join("  "));
        Line::styled(text, look.problem())
    };
    days.into_iter().map(line).collect()
}

const WEEK: Text = text("孕周", "week");
const DAY: Text = text("产后天数", "days after");
const AGE: Text = text("{}周+{}天", "{}w+{}d");
const BEFORE: Text = text(
    "{}  末次月经 {}  预产期 {} ({})",
    "{}  last period {}  due {} ({})",
);
const CORRECTED: Text = text("超声校正", "by ultrasound");
const BY_PERIOD: Text = text("按末次月经", "by last period");
const TODAY: Text = text("今天 {}", "today {}");
const DUE_DAY: Text = text("预产期 {}", "due {}");
const EXTRA: Text = text("窗口外另查: {}", "Checked outside the windows: {}");
const AFTER: Text = text(
    "{}  分娩 {}  出院 {}{}",
    "{}  delivered {}  discharged {}{}",
);
const ASSUMED: Text = text("(推定)", " (assumed)");
const POSTNATAL_DAY: Text = text("产后第{}天", "day {}");
const OPEN_UNTIL: Text = text("现在可做，最迟 {} ({})", "open, until {} ({})");
const LATE: Text = text(" (过期补做)", " (late)");
