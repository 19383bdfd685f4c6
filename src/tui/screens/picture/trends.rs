//! The page of trends: pressure, fasting glucose and weight over the same time.

use chrono::Datelike;
use ratatui::{
    style::Modifier,
    text::{Line, Span},
};

use super::{Known, words, words::text};
use crate::{
    domain::{
        day::{Day, plus_months, year_before, year_start},
        picture::Reading,
        text::Text,
    },
    tui::{
        theme::Look,
        widgets::{
            cells,
            plot::{self, Curve, Plot, Point, Series, Written},
        },
    },
};

/// How far back trends reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    Year,
    #[default]
    Two,
    Five,
    All,
}

impl Reach {
    /// Returns the next longer one.
    pub const fn longer(self) -> Self {
        match self {
            Self::Year => Self::Two,
            Self::Two => Self::Five,
            Self::Five | Self::All => Self::All,
        }
    }

    /// Returns the next shorter one.
    pub const fn shorter(self) -> Self {
        match self {
            Self::Year | Self::Two => Self::Year,
            Self::Five => Self::Two,
            Self::All => Self::Five,
        }
    }

    /// Returns the words.
    pub const fn name(self) -> Text {
        match self {
            Self::Year => text("近1年", "1 year"),
            Self::Two => text("近2年", "2 years"),
            Self::Five => text("近5年", "5 years"),
            Self::All => text("全部", "all"),
        }
    }

    fn since(self, today: Day, first: Day) -> Day {
        let back = |years: u32| (0..years).fold(today, |day, _| year_before(day));
        match self {
            Self::Year => back(1),
            Self::Two => back(2),
            Self::Five => back(5),
            Self::All => first,
        }
    }
}

/// One plot with its heading.
struct Chart {
    name: Text,
    readings: Vec<Reading>,
    written: Written,
    /// The least height of the plot, in the values' unit.
    least: i64,
    /// Both must be undershot.
    targets: Vec<i64>,
    /// The targets as said.
    target: String,
}

/// Returns the page: one plot takes all of it, two stand one over the other, of three the
/// last two side by side.
pub fn lines(
    look: &Look,
    known: &Known,
    reach: Reach,
    (width, height): (usize, usize),
) -> Vec<Line<'static>> {
    let charts = charts(known);
    let firsts = charts.iter().filter_map(|chart| chart.readings.first());
    let first = firsts.map(|reading| reading.day).min();
    let today = known.view.today;
    let from = reach.since(today, first.unwrap_or(today));
    let draw = |chart: &Chart, size| chart.lines(look, (from, today), size);
    match charts.as_slice() {
        [upper, left, right] => {
            let half = height / 2;
            let mut lines = draw(upper, (width, half));
            let side = width / 2;
            let one = draw(left, (side, height - half));
            let other = draw(right, (width - side, height - half));
            lines.extend(beside(one, other, side));
            lines
        }
        charts => {
            let each = height / charts.len().max(1);
            let drawn = charts.iter().map(|chart| draw(chart, (width, each)));
            drawn.flatten().collect()
        }
    }
}

/// Puts lines beside lines, the second ones from `side` on.
fn beside(one: Vec<Line<'static>>, other: Vec<Line<'static>>, side: usize) -> Vec<Line<'static>> {
    let rows = one.len().max(other.len());
    let mut left = one.into_iter();
    let mut right = other.into_iter();
    (0..rows)
        .map(|_| {
            let mut line = left.next().unwrap_or_default();
            let style = line.style;
            line.spans = line
                .spans
                .into_iter()
                .map(|s| s.patch_style(style))
                .collect();
            line.style = ratatui::style::Style::new();
            let gap = side.saturating_sub(line.width());
            line.spans.push(Span::raw(" ".repeat(gap)));
            let next = right.next().unwrap_or_default();
            let style = next.style;
            line.spans
                .extend(next.spans.into_iter().map(|span| span.patch_style(style)));
            line
        })
        .collect()
}

fn charts(known: &Known) -> Vec<Chart> {
    let trends = &known.trends;
    let target = trends.pressure_target;
    let glucose = trends.glucose_target;
    let all = [
        Chart {
            name: PRESSURE,
            readings: trends.pressure.clone(),
            written: Written::Whole,
            least: 60,
            targets: vec![i64::from(target.sbp), i64::from(target.dbp)],
            target: format!("<{}/{}", target.sbp, target.dbp),
        },
        Chart {
            name: SUGAR,
            readings: trends.glucose.clone(),
            written: Written::Tenths,
            least: 40,
            targets: vec![glucose.thousandths() / 100],
            target: format!("<{}", glucose.with_places(1)),
        },
        Chart {
            name: WEIGHT,
            readings: trends.weight.clone(),
            written: Written::Tenths,
            least: 80,
            targets: Vec::new(),
            target: String::new(),
        },
    ];
    let shown = all.into_iter().filter(|chart| !chart.readings.is_empty());
    shown.collect()
}

impl Chart {
    fn lines(
        &self,
        look: &Look,
        (from, to): (Day, Day),
        (width, height): (usize, usize),
    ) -> Vec<Line<'static>> {
        let mut lines = vec![self.heading(look, to, width)];
        let shown: Vec<&Reading> = self
            .readings
            .iter()
            .filter(|reading| from <= reading.day && reading.day <= to)
            .collect();
        if shown.is_empty() {
            let none = words::fill(look, NONE, &[&self.readings.len().to_string()]);
            lines.push(Line::styled(format!(" {none}"), look.dim()));
            lines.resize(height, Line::default());
            return lines;
        }
        let plot = self.plot(look, &shown, (from, to), width);
        lines.extend(plot::lines(look, (width, height.saturating_sub(1)), &plot));
        lines
    }

    fn heading(&self, look: &Look, today: Day, width: usize) -> Line<'static> {
        let mut spans = vec![
            Span::raw(" "),
            Span::styled(look.say(self.name).to_owned(), look.strong()),
        ];
        if let Some(last) = self.readings.last() {
            let own = if last.own { look.say(OWN) } else { "" };
            let value = match (self.written, last.lower) {
                (_, Some(lower)) => format!("{}/{lower}", last.value),
                (Written::Whole, None) => last.value.to_string(),
                (Written::Tenths | Written::Thousandths, None) => {
                    format!("{}.{}", last.value / 10, last.value % 10)
                }
            };
            let day = words::short(last.day, today);
            spans.push(Span::raw(format!(" {day} ")));
            let style = if self.is_off(last) {
                look.warning().add_modifier(Modifier::BOLD)
            } else {
                look.strong()
            };
            spans.push(Span::styled(value, style));
            spans.push(Span::raw(own.to_owned()));
        }
        let mut rest = Vec::new();
        if !self.target.is_empty() {
            rest.push(words::fill(look, TARGET, &[&self.target]));
        }
        if self.readings.iter().any(|reading| reading.lower.is_some()) {
            let [upper, lower] = look.signs().points;
            rest.push(words::fill(look, PAIR, &[upper, lower]));
        }
        if self.readings.iter().any(|reading| reading.own) {
            rest.push(words::fill(look, OWN_SIGN, &[look.signs().own]));
        }
        let taken: usize = spans.iter().map(|span| cells::width(&span.content)).sum();
        let rest = cells::cut(
            &format!("  {}", rest.join("  ")),
            width.saturating_sub(taken + 1),
            look.signs().cut,
        );
        spans.push(Span::styled(rest, look.dim()));
        Line::from(spans)
    }

    fn is_off(&self, reading: &Reading) -> bool {
        let values = [Some(reading.value), reading.lower];
        let mut pairs = self.targets.iter().zip(values);
        pairs.any(|(target, value)| value.is_some_and(|value| *target <= value))
    }

    fn plot(&self, look: &Look, shown: &[&Reading], (from, to): (Day, Day), width: usize) -> Plot {
        let range = (place(from), place(to));
        let [upper, lower] = look.signs().points;
        let series = |sign, target: Option<&i64>, value: fn(&Reading) -> Option<i64>| Series {
            sign,
            points: shown
                .iter()
                .filter_map(|reading| {
                    let value = value(reading)?;
                    Some(Point {
                        at: place(reading.day),
                        value,
                        own: reading.own,
                        off: target.is_some_and(|target| *target <= value),
                    })
                })
                .collect(),
        };
        let curve = |target: &i64| Curve {
            name: match self.written {
                Written::Whole => target.to_string(),
                Written::Tenths | Written::Thousandths => {
                    format!("{}.{}", target / 10, target % 10)
                }
            },
            points: vec![(range.0, *target), (range.1, *target)],
        };
        Plot {
            range,
            ticks: ticks((from, to), width),
            curves: self.targets.iter().map(curve).collect(),
            series: vec![
                series(upper, self.targets.first(), |reading| Some(reading.value)),
                series(lower, self.targets.get(1), |reading| reading.lower),
            ],
            least: self.least,
            written: self.written,
        }
    }
}

/// Returns a day's place on the axis.
fn place(day: Day) -> i64 {
    i64::from(day.num_days_from_ce())
}

/// The most words on the axis, before the beginning of the time shown among them.
const MOST_TICKS: u32 = 200;

/// Returns the first days of months that have words, as close as the width allows.
fn ticks((from, to): (Day, Day), width: usize) -> Vec<(i64, String)> {
    let months = (place(to) - place(from)) / 30 + 1;
    let room = i64::try_from(width / 9).unwrap_or(1).max(1);
    let step = [1, 2, 3, 6, 12, 24, 60]
        .into_iter()
        .find(|step| months / i64::from(*step) <= room)
        .unwrap_or(120);
    let start = year_start(from.year());
    (0..=MOST_TICKS)
        .map(|n| plus_months(start, n * step))
        .take_while(|day| *day <= to)
        .filter(|day| from <= *day)
        .map(|day| (place(day), day.format("%y-%m").to_string()))
        .collect()
}

const PRESSURE: Text = text("血压 mmHg", "Pressure mmHg");
const SUGAR: Text = text("空腹血糖 mmol/L", "Fasting mmol/L");
const WEIGHT: Text = text("体重 kg", "Weight kg");
const TARGET: Text = text("目标{}", "target {}");
const PAIR: Text = text("{}收缩压 {}舒张压", "{} syst. {} diast.");
const OWN: Text = text("(自测)", " (own)");
const OWN_SIGN: Text = text("{}自测/电话报", "{} own");
const NONE: Text = text(
    "这段时间没有，更早有 {} 次",
    "None in this time, {} before it",
);
