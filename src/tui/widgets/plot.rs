//! A plot true to scale, as lines of text: curves, level lines and marks over days.
//!
//! Lines are drawn with dots of a quarter of a row where the terminal has them, with full
//! stops in ASCII. It judges nothing.
//!
//! ```text
//!  160┤      ●
//!  140┤──●────────●────  140
//!     └┬──────┬───────┬
//!      24-05  24-11   25-05
//! ```

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::cells;
use crate::domain::order::Arrange as _;
use crate::tui::theme::Look;

/// Cells of the scale at the left.
const SCALE: usize = 6;
/// Cells kept free at the right for the names of curves.
const NAMES: usize = 5;

/// A plot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plot {
    /// First and last place of the horizontal axis.
    pub range: (i64, i64),
    /// Places of the horizontal axis with their words, in order.
    pub ticks: Vec<(i64, String)>,
    /// Lines behind the values, each with a name at its right end.
    pub curves: Vec<Curve>,
    /// The values.
    pub series: Vec<Series>,
    /// The least difference between the foot and the head of the plot, so that a change of
    /// no weight does not look like one.
    pub least: i64,
    pub written: Written,
}

/// A line behind the values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    pub name: String,
    /// Place and height, in order.
    pub points: Vec<(i64, i64)>,
}

/// Values that are joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    pub points: Vec<Point>,
    /// The sign of a value.
    pub sign: &'static str,
}

/// A value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub at: i64,
    pub value: i64,
    /// Measured by the person: has a sign of its own.
    pub own: bool,
    /// Outside what is aimed at.
    pub off: bool,
}

/// How the values of a plot are written at its scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    Whole,
    /// The values are tenths.
    Tenths,
    /// The values are thousandths, written with one decimal.
    Thousandths,
}

impl Written {
    fn text(self, value: i64) -> String {
        match self {
            Self::Whole => value.to_string(),
            Self::Tenths => format!("{}.{}", value / 10, value % 10),
            Self::Thousandths => format!("{}.{}", value / 1000, value % 1000 / 100),
        }
    }

    /// The distances between two lines of the scale, the smallest first.
    const fn steps(self) -> &'static [i64] {
        match self {
            Self::Whole => &[1, 2, 5, 10, 20, 50, 100, 200, 500],
            Self::Tenths => &[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
            Self::Thousandths => &[
                100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000,
            ],
        }
    }
}

/// Returns the plot in `height` lines of `width` cells, the words of the axis in the last.
pub fn lines(look: &Look, (width, height): (usize, usize), plot: &Plot) -> Vec<Line<'static>> {
    let rows = height.saturating_sub(1);
    let columns = width.saturating_sub(SCALE + NAMES);
    let heights = || {
        let curves = plot.curves.iter().flat_map(|curve| &curve.points);
        let values = plot.series.iter().flat_map(|series| &series.points);
        curves
            .map(|(_, value)| *value)
            .chain(values.map(|point| point.value))
    };
    let (Some(low), Some(high)) = (heights().min(), heights().max()) else {
        return Vec::new();
    };
    if rows < 2 || columns < 8 {
        return Vec::new();
    }
    let lack = (plot.least - (high - low)).max(0);
    let (low, high) = (low - lack / 2, high + lack - lack / 2);
    let mut canvas = Canvas::new(look, (columns, rows), plot.range, (low, high));
    for curve in &plot.curves {
        canvas.draw(&curve.points, (".", look.dim()));
    }
    for series in &plot.series {
        let points: Vec<(i64, i64)> = series.points.iter().map(|p| (p.at, p.value)).collect();
        canvas.draw(&points, (":", look.text()));
    }
    for series in &plot.series {
        for point in &series.points {
            let sign = if point.own {
                look.signs().own
            } else {
                series.sign
            };
            let style = if point.off {
                look.warning()
            } else {
                look.strong()
            };
            canvas.put(point.at, point.value, sign, style);
        }
    }
    let scale = scale(plot.written, (low, high), rows);
    let names = names(plot, &canvas);
    let mut drawn: Vec<Line<'static>> = (0..rows)
        .map(|row| {
            let label = scale
                .iter()
                .find(|value| canvas.row(**value) == row)
                .map_or_else(String::new, |value| plot.written.text(*value));
            let mut spans = vec![Span::styled(
                format!(
                    "{}{}",
                    cells::right(&label, SCALE - 1, ""),
                    look.signs().wall
                ),
                look.dim(),
            )];
            spans.extend(canvas.spans(row));
            let name = names.iter().find(|(at, _)| *at == row);
            let name = name.map_or("", |(_, name)| *name);
            spans.push(Span::styled(cells::left(name, NAMES, ""), look.dim()));
            Line::from(spans)
        })
        .collect();
    drawn.push(axis(look, plot, &canvas, width));
    drawn
}

/// Returns the rows in which the names of curves stand: at their right ends, the lower ones
/// moved down where two would share a row.
fn names<'a>(plot: &'a Plot, canvas: &Canvas) -> Vec<(usize, &'a str)> {
    let ends = plot.curves.iter().filter_map(|curve| {
        let (_, value) = curve.points.last()?;
        Some((canvas.row(*value), *value, curve.name.as_str()))
    });
    let mut ends: Vec<(usize, i64, &str)> = ends.collect();
    ends.arrange_by_key(|(row, value, _)| (*row, -*value));
    let mut free = 0;
    ends.into_iter()
        .map(|(row, _, name)| {
            let row = row.max(free);
            free = row + 1;
            (row, name)
        })
        .collect()
}

/// Returns the heights at which the scale has words: as many as fit with a row between.
fn scale(written: Written, (low, high): (i64, i64), rows: usize) -> Vec<i64> {
    let most = i64::try_from(rows / 2).unwrap_or(1).max(1);
    let step = written
        .steps()
        .iter()
        .copied()
        .find(|step| (high - low) / step <= most)
        .unwrap_or(high - low + 1);
    let first = low.div_euclid(step) * step;
    (0..=most + 1)
        .map(|n| first + n * step)
        .filter(|value| low <= *value && *value <= high)
        .collect()
}

/// Returns the words of the horizontal axis, as many as keep apart.
fn axis(look: &Look, plot: &Plot, canvas: &Canvas, width: usize) -> Line<'static> {
    let mut text = String::new();
    let mut free = 0;
    for (at, word) in &plot.ticks {
        let place = SCALE + canvas.column(*at);
        let wide = cells::width(word);
        if place < free || width < place + wide {
            continue;
        }
        text.push_str(&" ".repeat(place - cells::width(&text)));
        text.push_str(word);
        free = place + wide + 1;
    }
    Line::styled(text, look.dim())
}

/// One cell: dots in it, or a sign over them.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    dots: u8,
    /// What stands for the dots in ASCII.
    plain: &'static str,
    sign: Option<&'static str>,
    style: Style,
}

/// The area inside the axes.
struct Canvas {
    columns: usize,
    cells: Vec<Cell>,
    range: (i64, i64),
    heights: (i64, i64),
    /// Dots across and down one cell.
    fine: (usize, usize),
}

impl Canvas {
    fn new(
        look: &Look,
        (columns, rows): (usize, usize),
        range: (i64, i64),
        heights: (i64, i64),
    ) -> Self {
        Self {
            columns,
            cells: vec![Cell::default(); columns * rows],
            range,
            heights,
            fine: if look.has_fine_dots() { (2, 4) } else { (1, 1) },
        }
    }

    fn rows(&self) -> usize {
        self.cells.len() / self.columns.max(1)
    }

    fn column(&self, at: i64) -> usize {
        step(at, self.range, self.columns * self.fine.0) / self.fine.0
    }

    fn row(&self, value: i64) -> usize {
        let down = self.rows() * self.fine.1;
        (down - 1 - step(value, self.heights, down)) / self.fine.1
    }

    /// Joins the points with dots; `ink` is what stands for them in ASCII, and their style.
    fn draw(&mut self, points: &[(i64, i64)], ink: (&'static str, Style)) {
        let across = self.columns * self.fine.0;
        let down = self.rows() * self.fine.1;
        let places: Vec<(usize, usize)> = points
            .iter()
            .map(|(at, value)| {
                let y = down - 1 - step(*value, self.heights, down);
                (step(*at, self.range, across), y)
            })
            .collect();
        for pair in places.windows(2) {
            if let [from, to] = pair {
                self.join(*from, *to, ink);
            }
        }
    }

    fn join(&mut self, from: (usize, usize), to: (usize, usize), ink: (&'static str, Style)) {
        let steps = from.0.abs_diff(to.0).max(from.1.abs_diff(to.1)).max(1);
        let between = |one: usize, other: usize, n: usize| {
            // Rounded to the nearest dot.
            (one * (steps - n) * 2 + other * n * 2 + steps) / (steps * 2)
        };
        for n in 0..=steps {
            self.dot(between(from.0, to.0, n), between(from.1, to.1, n), ink);
        }
    }

    fn dot(&mut self, x: usize, y: usize, (plain, style): (&'static str, Style)) {
        let (wide, high) = self.fine;
        let at = y / high * self.columns + x / wide;
        let bit = match (x % wide, y % high) {
            (0, 0) => 0x01,
            (0, 1) => 0x02,
            (0, 2) => 0x04,
            (0, _) => 0x40,
            (_, 0) => 0x08,
            (_, 1) => 0x10,
            (_, 2) => 0x20,
            (_, _) => 0x80,
        };
        if let Some(cell) = self.cells.get_mut(at) {
            cell.dots |= bit;
            cell.plain = plain;
            cell.style = style;
        }
    }

    fn put(&mut self, at: i64, value: i64, sign: &'static str, style: Style) {
        let place = self.row(value) * self.columns + self.column(at);
        if let Some(cell) = self.cells.get_mut(place) {
            cell.sign = Some(sign);
            cell.style = style;
        }
    }

    fn spans(&self, row: usize) -> Vec<Span<'static>> {
        let from = row * self.columns;
        let cells = self.cells.get(from..from + self.columns);
        let mut spans: Vec<Span<'static>> = Vec::new();
        for cell in cells.unwrap_or_default() {
            let text = self.text(*cell);
            match spans.last_mut() {
                Some(last) if last.style == cell.style => last.content.to_mut().push_str(&text),
                _ => spans.push(Span::styled(text, cell.style)),
            }
        }
        spans
    }

    fn text(&self, cell: Cell) -> String {
        match (cell.sign, cell.dots) {
            (Some(sign), _) => sign.to_owned(),
            (None, 0) => " ".to_owned(),
            (None, _) if self.fine == (1, 1) => cell.plain.to_owned(),
            (None, dots) => char::from_u32(0x2800 + u32::from(dots))
                .unwrap_or(' ')
                .to_string(),
        }
    }
}

/// Returns the step of `steps` on which `value` lies in the range; outside, the nearest end.
fn step(value: i64, (low, high): (i64, i64), steps: usize) -> usize {
    let top = i64::try_from(steps).unwrap_or(1).max(1) - 1;
    if high <= low {
        return usize::try_from(top / 2).unwrap_or(0);
    }
    let span = high - low;
    let at = ((value.clamp(low, high) - low) * top * 2 + span) / (span * 2);
    usize::try_from(at.clamp(0, top)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::text::Lang,
        tui::{backend::Ambiguous, theme::Colours},
    };

    fn look(ambiguous: Ambiguous) -> Look {
        Look {
            lang: Lang::Zh,
            colours: Colours::None,
            ambiguous,
        }
    }

    fn plot(values: &[(i64, i64)]) -> Plot {
        let point = |(at, value): &(i64, i64)| Point {
            at: *at,
            value: *value,
            own: false,
            off: false,
        };
        Plot {
            range: (0, 100),
            ticks: vec![(0, "0".into()), (50, "50".into()), (51, "51".into())],
            curves: vec![Curve {
                name: "140".into(),
                points: vec![(0, 140), (100, 140)],
            }],
            series: vec![Series {
                points: values.iter().map(point).collect(),
                sign: "o",
            }],
            least: 0,
            written: Written::Whole,
        }
    }

    fn text(lines: &[Line<'_>]) -> Vec<String> {
        lines.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn values_stand_at_their_height_and_day() {
        let look = look(Ambiguous::WideOrUnknown);
        let drawn = text(&lines(
            &look,
            (32, 6),
            &plot(&[(0, 120), (50, 140), (100, 160)]),
        ));
        let first = drawn.iter().position(|line| line.contains("160|"));
        assert_eq!(first, Some(0));
        assert!(
            drawn
                .iter()
                .any(|line| line.contains("140|") && line.contains("140 "))
        );
        assert!(
            drawn[5].contains("50") && !drawn[5].contains("51"),
            "{drawn:?}"
        );
    }

    #[test]
    fn every_row_is_as_wide_as_asked_and_nothing_falls_out() {
        for ambiguous in [Ambiguous::Narrow, Ambiguous::WideOrUnknown] {
            for (width, height) in [(20, 3), (40, 7), (78, 10)] {
                let look = look(ambiguous);
                let plot = plot(&[(-50, 90), (0, 90), (1, 300), (500, 140)]);
                let drawn = lines(&look, (width, height), &plot);
                assert_eq!(drawn.len(), height);
                for line in drawn.iter().take(height - 1) {
                    assert_eq!(cells::width(&line.to_string()), width);
                }
            }
        }
    }

    #[test]
    fn a_single_value_is_drawn_in_the_middle() {
        let mut one = plot(&[(50, 120)]);
        one.curves.clear();
        one.range = (50, 50);
        let drawn = text(&lines(&look(Ambiguous::WideOrUnknown), (31, 4), &one));
        assert!(drawn[1].contains("120|         o"), "{drawn:?}");
    }
}
