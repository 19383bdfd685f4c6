//! Draws the registers: what they are of, the rows, below what else the paper tells of the row
//! selected, and the sums.

use ratatui::{Frame, layout::Rect};

use super::{Span, State, Table, rows, sending, words};
use crate::{
    domain::{agreement::register::By, text::Text},
    tui::{
        theme::Look,
        widgets::{
            cells, frame,
            table::{self, Column, Selection, Width},
        },
    },
};

/// The lines above the list: what it is of, a rule, the headings.
const ABOVE: u16 = 3;
/// The lines below it: a rule, two lines on the row selected, the sums.
const BELOW: u16 = 4;

/// A column of the screen and the paper's key under which its text stands.
type Seen = (&'static str, Column);

const SHEET: [Seen; 8] = [
    (rows::ON, Column::left(words::ON, Width::Cells(5))),
    ("head", Column::left(words::HEAD, Width::Cells(8))),
    ("kind", Column::left(words::KIND, Width::Cells(8))),
    (
        "residents",
        Column::right(words::RESIDENTS, Width::Cells(4)),
    ),
    ("covered", Column::right(words::COVERED, Width::Cells(4))),
    ("key_groups", Column::left(words::GROUPS, Width::Rest(14))),
    ("packages", Column::left(words::PACKAGES, Width::Cells(14))),
    (rows::DOCTOR, Column::left(words::DOCTOR, Width::Cells(8))),
];
const CAMPAIGN: [Seen; 8] = [
    ("of", Column::left(words::OF, Width::Rest(12))),
    (
        "households",
        Column::right(words::HOUSEHOLDS, Width::Cells(6)),
    ),
    ("persons", Column::right(words::PERSONS, Width::Cells(6))),
    ("key_persons", Column::right(words::KEY, Width::Cells(10))),
    ("new", Column::right(words::NEW, Width::Cells(6))),
    ("renewal", Column::right(words::RENEWED, Width::Cells(7))),
    (
        "automatic",
        Column::right(words::AUTOMATIC, Width::Cells(9)),
    ),
    ("change", Column::right(words::CHANGED, Width::Cells(7))),
];
const PERFORMANCE: [Seen; 6] = [
    ("signed", Column::left(words::SIGNED, Width::Cells(10))),
    ("head", Column::left(words::HEAD, Width::Cells(8))),
    ("persons", Column::right(words::PERSONS, Width::Cells(6))),
    ("services", Column::left(words::SERVICES, Width::Rest(20))),
    ("note", Column::left(words::NOTE, Width::Cells(16))),
    (
        rows::DOCTOR,
        Column::left(words::DOCTOR, Width::From(8, 90)),
    ),
];

/// Returns how many rows are seen.
pub fn page(work: Rect) -> usize {
    usize::from(work.height.saturating_sub(ABOVE + BELOW))
}

fn columns(state: &State) -> &'static [Seen] {
    match (state.table, &state.inside) {
        (Table::Sheet, _) | (_, Some(_)) => &SHEET,
        (Table::Campaign, None) => &CAMPAIGN,
        (Table::Performance, None) => &PERFORMANCE,
    }
}

/// Draws the screen.
pub fn view(state: &State, look: &Look, screen: &mut Frame<'_>, area: Rect) {
    let line = |y: u16| Rect {
        y: area.y + y,
        height: 1,
        ..area
    };
    let list = Rect {
        y: area.y + ABOVE,
        height: area.height.saturating_sub(ABOVE + BELOW),
        ..area
    };
    let room = usize::from(area.width.saturating_sub(2));
    let put = |screen: &mut Frame<'_>, y: u16, text: &str, style| {
        let text = cells::cut(text, room, look.signs().cut);
        cells::put(screen, area.x + 1, y, &text, room, style);
    };
    put(screen, area.y, &head(state, look), look.text());
    frame::draw_rule(look, screen, line(1), "");
    if state.rows.all.is_empty() {
        let said = match (&state.view, state.asked) {
            (None, _) | (_, Some(_)) => words::LOADING,
            (Some(_), None) => words::NOTHING,
        };
        cells::put(screen, area.x + 3, list.y, look.say(said), room, look.dim());
    } else {
        draw_rows(state, look, screen, (line(2), list));
    }
    frame::draw_rule(look, screen, line(area.height.saturating_sub(BELOW)), "");
    let lines = detail(state, room);
    for (text, y) in lines.iter().zip(area.y + area.height.saturating_sub(3)..) {
        put(screen, y, text, look.text());
    }
    let foot = joined(state.rows.foot.iter().map(|(label, value)| (label, value)));
    put(
        screen,
        area.y + area.height.saturating_sub(1),
        &foot,
        look.dim(),
    );
}

fn draw_rows(state: &State, look: &Look, screen: &mut Frame<'_>, (heading, area): (Rect, Rect)) {
    let seen = columns(state);
    let drawn: Vec<Column> = seen.iter().map(|(_, column)| *column).collect();
    let all = &state.rows.all;
    let range = state.scroll.seen(all.len(), usize::from(area.height));
    let selected = state.scroll.selected(all.len());
    let selection = Selection {
        row: selected.and_then(|at| at.checked_sub(range.start)),
        name: seen.iter().position(|(key, _)| *key == "head").unwrap_or(0),
    };
    let rows = all.get(range).unwrap_or_default().iter().map(|row| {
        let cells = seen
            .iter()
            .map(|(key, _)| (row.cell(key).to_owned(), look.text()));
        table::Row {
            flag: None,
            cells: cells.collect(),
        }
    });
    let rows: Vec<table::Row> = rows.collect();
    table::draw_heading(look, screen, heading, &drawn);
    table::draw_rows(look, screen, area, &drawn, &rows, selection);
}

/// What the table is of.
fn head(state: &State, look: &Look) -> String {
    let Some(view) = &state.view else {
        return look.say(title(state)).to_owned();
    };
    let days = match view.from == view.until {
        true => view.from.to_string(),
        false => format!("{} — {}", view.from, view.until),
    };
    let doctor = state.doctor.and_then(|id| {
        let mut doctors = view.doctors.iter();
        doctors.find(|one| one.id == id)
    });
    let whose = match (state.table, doctor) {
        (Table::Campaign, _) => look.say(by(state.by)),
        (_, Some(doctor)) => &doctor.name,
        (_, None) => look.say(words::ALL_DOCTORS),
    };
    let count = match state.inside {
        Some(_) => words::THOSE,
        None => words::COUNT,
    };
    let count = look
        .say(count)
        .replace("{n}", &state.rows.all.len().to_string());
    // Reports are sent by the month.
    let mut reports = view.reports.iter();
    let sent = reports.find(|_| state.span == Span::Month);
    let sent = sent.map(|report| sending::told(report, look));
    let parts = [look.say(title(state)), &days, whose, &count];
    let parts = parts.into_iter().chain(sent.as_deref());
    parts.collect::<Vec<_>>().join("  ")
}

const fn title(state: &State) -> Text {
    match state.table {
        Table::Sheet => words::SHEET,
        Table::Campaign => words::CAMPAIGN,
        Table::Performance => words::PERFORMANCE,
    }
}

const fn by(by: By) -> Text {
    match by {
        By::Doctor => words::BY_DOCTOR,
        By::Village => words::BY_VILLAGE,
        By::Day => words::BY_DAY,
    }
}

/// What the paper tells of the row selected besides its columns, in two lines.
fn detail(state: &State, room: usize) -> Vec<String> {
    let Some(row) = state.here() else {
        return Vec::new();
    };
    let seen = columns(state);
    let is_seen = |key: &str| seen.iter().any(|(own, _)| *own == key);
    // What is long is cut in its column: the services are told whole here.
    let rest = row.cells.iter().filter(|(key, _, text)| {
        (!is_seen(key) || *key == "services") && *key != "no" && !text.is_empty()
    });
    // A correction is told before anything else, and nothing after it is cut for it.
    let (notes, others): (Vec<_>, Vec<_>) = rest.partition(|(key, _, _)| *key == "note");
    let rest = notes.into_iter().chain(others);
    let mut lines = vec![String::new()];
    for (_, title, text) in rest {
        let part = format!("{title} {text}");
        let last = lines.last().map_or(0, |line| cells::width(line));
        if 0 < last && room < last + 2 + cells::width(&part) {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push_str("  ");
            }
            line.push_str(&part);
        }
    }
    lines.truncate(2);
    lines
}

fn joined<'t>(pairs: impl Iterator<Item = (&'t String, &'t String)>) -> String {
    let parts: Vec<String> = pairs
        .map(|(label, value)| format!("{label} {value}"))
        .collect();
    parts.join("  ")
}
