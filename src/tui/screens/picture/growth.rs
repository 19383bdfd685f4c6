//! The page of a child's growth: weight and height by age over the lines of the reference,
//! what is remarkable, then every value.

use ratatui::text::{Line, Span};

use super::{Known, words, words::text};
use crate::{
    catalog,
    domain::{
        day::{age_months, plus_months},
        growth::{Fall, Grown, Measure, Standing},
        identity::Sex,
        picture::Growth,
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

/// Places of the reference's lines on which they are drawn.
const PLACES: i64 = 60;
/// The ages to which the axis reaches, months: the first that holds the child's.
const SPANS: [u32; 4] = [12, 24, 48, 84];

/// Returns the page.
pub fn lines(look: &Look, known: &Known, (width, height): (usize, usize)) -> Vec<Line<'static>> {
    let Some(growth) = &known.growth else {
        return Vec::new();
    };
    let remarks = remarks(look, growth);
    let room = height.saturating_sub(remarks.len());
    let mut lines = Vec::new();
    let charts = [
        (Measure::Weight, &growth.weight),
        (Measure::Height, &growth.height),
    ];
    let shown: Vec<_> = charts.iter().filter(|(_, all)| !all.is_empty()).collect();
    let each = room / shown.len().max(1);
    for (measure, values) in shown {
        lines.push(heading(look, known, *measure, values));
        let plot = plot(look, known, *measure, values);
        let size = (width, each.saturating_sub(1));
        lines.extend(plot::lines(look, size, &plot));
    }
    lines.extend(remarks);
    lines.extend(table(look, known, growth));
    lines
}

fn heading(look: &Look, known: &Known, measure: Measure, values: &[Grown]) -> Line<'static> {
    let name = look.say(match measure {
        Measure::Weight => WEIGHT,
        Measure::Height => HEIGHT,
    });
    let mut spans = vec![Span::raw(" "), Span::styled(name.to_owned(), look.strong())];
    if let Some(last) = values.last() {
        let months = age_months(known.view.facts.birth, last.day);
        let age = words::age(months, look.lang);
        spans.push(Span::raw(format!("  {} {age} ", last.day)));
        spans.push(Span::styled(value(last), look.strong()));
        spans.push(Span::raw("  "));
        spans.push(standing(look, last));
    }
    Line::from(spans)
}

/// Returns where a value stands, in words and as a number.
fn standing(look: &Look, grown: &Grown) -> Span<'static> {
    let Some(z) = grown.z else {
        return Span::raw(look.signs().none);
    };
    let standing = Standing::of(z);
    let text = format!("{} Z{z:+.2}", look.say(standing.text()));
    match standing {
        Standing::Medium => Span::styled(text, look.good()),
        Standing::Low | Standing::High => Span::styled(text, look.problem()),
    }
}

fn value(grown: &Grown) -> String {
    match grown.measure {
        Measure::Weight => format!("{} kg", grown.value.with_places(2)),
        Measure::Height => format!("{} cm", grown.value.with_places(1)),
    }
}

fn plot(look: &Look, known: &Known, measure: Measure, values: &[Grown]) -> Plot {
    let birth = known.view.facts.birth;
    let months = age_months(birth, known.view.today);
    let span = SPANS.into_iter().find(|span| months < *span).unwrap_or(84);
    let end = (plus_months(birth, span) - birth).num_days();
    let sex = if known.view.facts.is_female {
        Sex::Female
    } else {
        Sex::Male
    };
    let curve = |(z, name): (f64, Text)| Curve {
        name: look.say(name).to_owned(),
        points: (0..=PLACES)
            .filter_map(|n| {
                let age = end * n / PLACES;
                let spread = catalog::growth::reference()?.at(measure, sex, age)?;
                Some((age, spread.line(z)?.thousandths()))
            })
            .collect(),
    };
    let point = |grown: &Grown| Point {
        at: grown.age,
        value: grown.value.thousandths(),
        own: false,
        off: grown.z.is_some_and(|z| Standing::of(z) != Standing::Medium),
    };
    let step = (span / 12).max(2);
    let step = if span == 12 { 2 } else { step * 3 / 2 };
    let tick = |months: u32| {
        let age = (plus_months(birth, months) - birth).num_days();
        (age, words::age(months, look.lang))
    };
    let steps = usize::try_from(step).unwrap_or(1);
    Plot {
        range: (0, end),
        ticks: (0..=span).step_by(steps).map(tick).collect(),
        curves: [(-2.0, LOW), (0.0, MIDDLE), (2.0, HIGH)].map(curve).into(),
        series: vec![Series {
            points: values.iter().map(point).collect(),
            sign: look.signs().points[0],
        }],
        least: 0,
        written: Written::Thousandths,
    }
}

fn remarks(look: &Look, growth: &Growth) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let fallen = |name: Text, fall: &Fall| {
        let told = words::fill(
            look,
            FALLEN,
            &[
                look.say(name),
                &fall.since.to_string(),
                &format!("{:+.2}", fall.from),
                &format!("{:+.2}", fall.to),
            ],
        );
        Line::styled(format!(" !! {told}"), look.overdue())
    };
    lines.extend(
        growth
            .weight_fall
            .iter()
            .map(|fall| fallen(WEIGHT_ALONE, fall)),
    );
    lines.extend(
        growth
            .height_fall
            .iter()
            .map(|fall| fallen(HEIGHT_ALONE, fall)),
    );
    if let Some(weeks) = growth.premature {
        let told = words::fill(look, PREMATURE, &[&weeks.to_string()]);
        lines.push(Line::styled(format!(" {told}"), look.warning()));
    }
    let source = catalog::growth::reference().map_or("", |all| all.source.get(look.lang));
    let told = words::fill(look, SOURCE, &[source]);
    lines.push(Line::styled(format!(" {told}"), look.dim()));
    lines
}

/// Returns every value, the newest first.
fn table(look: &Look, known: &Known, growth: &Growth) -> Vec<Line<'static>> {
    let mut days: Vec<_> = growth
        .weight
        .iter()
        .chain(&growth.height)
        .map(|grown| grown.day)
        .collect();
    days.sort_unstable();
    days.dedup();
    let of = |all: &[Grown], day| all.iter().find(|grown| grown.day == day).cloned();
    days.into_iter()
        .rev()
        .map(|day| {
            let months = age_months(known.view.facts.birth, day);
            let age = words::age(months, look.lang);
            let mut spans = vec![Span::raw(format!(" {day}  {}", cells::left(&age, 8, "")))];
            for all in [&growth.weight, &growth.height] {
                let Some(grown) = of(all, day) else {
                    spans.push(Span::raw(" ".repeat(30)));
                    continue;
                };
                spans.push(Span::raw(cells::right(&value(&grown), 9, "")));
                spans.push(Span::raw("  "));
                let told = standing(look, &grown);
                let gap = 19_usize.saturating_sub(cells::width(&told.content));
                spans.push(told);
                spans.push(Span::raw(" ".repeat(gap)));
            }
            Line::from(spans)
        })
        .collect()
}

const WEIGHT: Text = text("年龄别体重", "Weight for age");
const HEIGHT: Text = text("年龄别身长/身高", "Length/height for age");
const WEIGHT_ALONE: Text = text("体重", "Weight");
const HEIGHT_ALONE: Text = text("身长/身高", "Length/height");
const LOW: Text = text("-2SD", "-2SD");
const MIDDLE: Text = text("中位", "med.");
const HIGH: Text = text("+2SD", "+2SD");
const FALLEN: Text = text(
    "{}曲线下降，跨过标准线：{} Z{} 降到 Z{}",
    "{} falls across a line: on {} Z{}, now Z{}",
);
const PREMATURE: Text = text(
    "早产（出生孕周{}周）：按实足月龄评价，未作校正",
    "Born at {} weeks: judged by full age since birth, not corrected",
);
const SOURCE: Text = text(
    "标准：{}；2岁前量身长",
    "Reference: {}; lying below 2 years",
);
