//! The page of vaccinations: a row a series, a column a dose, as in the booklet.
//!
//! ```text
//!  乙肝1 出生      乙肝2 1月       乙肝3 6月
//!  ✓2025-01-10     ✓2025-02-12     ×限2026-01-09
//! ```

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::{Known, words, words::text};
use crate::{
    domain::{
        programmes::vax::{self, Cell, CellState},
        text::Text,
    },
    tui::{theme::Look, widgets::cells},
};

/// The most doses of a series.
const DOSES: usize = 5;

/// Returns the rows of the page; a series longer than a row goes on in the next.
pub fn rows(known: &Known) -> impl Iterator<Item = &[Cell]> {
    known.doses.iter().flat_map(|series| series.chunks(DOSES))
}

/// Returns the line on which a row's names stand, its days below them.
pub const fn line_of(row: usize) -> usize {
    1 + 2 * row
}

/// Returns the cells a dose takes.
pub const fn wide(width: usize) -> usize {
    width.saturating_sub(1) / DOSES
}

/// Returns the page, the dose at `here` marked.
pub fn lines(look: &Look, known: &Known, here: (usize, usize), width: usize) -> Vec<Line<'static>> {
    let wide = wide(width);
    let mut lines = vec![summary(look, known)];
    for (row, part) in rows(known).enumerate() {
        let column = Some(here.1).filter(|_| row == here.0);
        lines.push(names(look, part, column, wide));
        lines.push(states(look, part, wide));
    }
    lines.push(Line::styled(format!(" {}", legend(look)), look.dim()));
    lines
}

fn summary(look: &Look, known: &Known) -> Line<'static> {
    let cells = || known.doses.iter().flatten();
    let count = |is: fn(&CellState) -> bool| {
        let count = cells().filter(|cell| is(&cell.state)).count();
        count.to_string()
    };
    let given = count(|state| matches!(state, CellState::Given { .. }));
    let due = count(|state| matches!(state, CellState::Due { .. }));
    let late = count(|state| matches!(state, CellState::Overdue { .. }));
    let view = &known.view;
    let schedule = vax::schedule(view.settings.vax_schedule, view.today);
    let name = look.say(vax::schedule_name(schedule));
    let mut spans = vec![Span::raw(format!(
        " {}",
        words::fill(look, SUMMARY, &[name, &given, &due])
    ))];
    if late != "0" {
        let late = words::fill(look, LATE, &[&late]);
        spans.push(Span::styled(format!("  {late}"), look.overdue()));
    }
    Line::from(spans)
}

fn names(look: &Look, series: &[Cell], here: Option<usize>, wide: usize) -> Line<'static> {
    let mut spans = Vec::new();
    for (at, cell) in series.iter().enumerate() {
        let age = match cell.months {
            Some(0) => look.say(AT_BIRTH).to_owned(),
            Some(months) => words::age(months, look.lang),
            None => look.say(OUTSIDE).to_owned(),
        };
        let name = format!("{} {age}", look.say(cell.dose.name()));
        let is_here = here == Some(at);
        let mark = if is_here { look.signs().mark } else { " " };
        let style = if is_here { look.strong() } else { look.text() };
        let name = cells::left(&name, wide.saturating_sub(1), look.signs().cut);
        spans.push(Span::styled(format!("{mark}{name}"), style));
    }
    Line::from(spans)
}

fn states(look: &Look, series: &[Cell], wide: usize) -> Line<'static> {
    let mut spans = vec![Span::raw(" ")];
    for cell in series {
        let (text, style) = state(look, &cell.state);
        let text = cells::cut(&text, wide.saturating_sub(1), look.signs().cut);
        let gap = wide.saturating_sub(cells::width(&text));
        spans.push(Span::styled(text, style));
        spans.push(Span::raw(" ".repeat(gap)));
    }
    Line::from(spans)
}

fn state(look: &Look, state: &CellState) -> (String, Style) {
    let signs = look.signs();
    match state {
        CellState::Given { day, early, late } => {
            let note = match (early, late) {
                (true, _) => look.say(EARLY),
                (false, Some(_)) => look.say(WAS_LATE),
                (false, None) => "",
            };
            let style = if *early { look.warning() } else { look.good() };
            (format!("{}{day}{note}", signs.tick), style)
        }
        CellState::Due { from, .. } => (
            format!(
                "{}{}",
                signs.ring,
                words::fill(look, SINCE, &[&from.to_string()])
            ),
            look.strong(),
        ),
        CellState::Overdue { latest, .. } => (
            format!(
                "{}{}",
                signs.cross,
                words::fill(look, UNTIL, &[&latest.to_string()])
            ),
            look.overdue(),
        ),
        CellState::NotYet { from, .. } => (format!("{}{from}", signs.dot), look.text()),
        CellState::After { from } => (
            format!(
                "{}{}",
                signs.dot,
                words::fill(look, ABOUT, &[&from.to_string()])
            ),
            look.dim(),
        ),
        CellState::NotNeeded => (look.say(NOT_NEEDED).to_owned(), look.dim()),
    }
}

fn legend(look: &Look) -> String {
    let signs = look.signs();
    words::fill(
        look,
        LEGEND,
        &[signs.tick, signs.cross, signs.ring, signs.dot],
    )
}

const SUMMARY: Text = text("{}  已种{}剂  可种{}剂", "{}  given {}  due {}");
const LATE: Text = text("逾期{}剂", "overdue {}");
const AT_BIRTH: Text = text("出生", "birth");
const OUTSIDE: Text = text("程序外", "outside");
const EARLY: Text = text("早", " e");
const WAS_LATE: Text = text("迟", " l");
const SINCE: Text = text("{}起", "{}");
const UNTIL: Text = text("限{}", "{}");
const ABOUT: Text = text("约{}", "~{}");
const NOT_NEEDED: Text = text("不需", "not now");
const LEGEND: Text = text(
    "{}已种(早:未满月龄或间隔 迟:过了期限) {}逾期(期限) {}现在可种 {}未到",
    "{} given (e early, l late)  {} overdue (last day)  {} due since  {} to come",
);
