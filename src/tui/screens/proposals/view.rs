//! Draws the proposals: how many, the groups with their people, what is said of the one
//! selected.

use ratatui::{Frame, layout::Rect};

use super::{
    State,
    list::{Heading, Line, Mark},
    words,
};
use crate::{
    desk::reply::ProposalRow,
    domain::{
        day::Day,
        programmes::ProgrammeKind,
        proposal::{How, Proposal},
        text::Text,
    },
    lang::proposal,
    tui::{
        theme::Look,
        widgets::{
            cells, frame,
            table::{self, Column, Row, Selection, Width},
            who,
        },
    },
};

/// The lines above the list: the numbers, a rule, the headings.
const ABOVE: u16 = 3;
/// The lines below it: a rule and two lines on the row selected.
const BELOW: u16 = 3;

const BLANK: Text = Text { zh: "", en: "" };
const COLUMNS: [Column; 6] = [
    Column::left(BLANK, Width::Cells(1)),
    Column::left(words::NAME, Width::Cells(12)),
    Column::left(words::AGE, Width::Cells(7)),
    Column::left(words::PLACE, Width::Cells(8)),
    Column::left(words::WHY, Width::Rest(20)),
    Column::left(words::FROM, Width::Cells(8)),
];
/// The cell with the name.
const NAME: usize = 1;

/// Returns how many lines of the list are seen.
pub fn page(work: Rect) -> usize {
    usize::from(work.height.saturating_sub(ABOVE + BELOW))
}

/// Draws the screen.
pub fn view(state: &State, look: &Look, screen: &mut Frame<'_>, area: Rect) {
    let row = |y: u16| Rect {
        y: area.y + y,
        height: 1,
        ..area
    };
    let count = look
        .say(words::COUNT)
        .replace("{all}", &state.rows().len().to_string())
        .replace("{marked}", &state.marked.len().to_string());
    let room = usize::from(area.width);
    cells::put(screen, area.x, area.y, &count, room, look.text());
    frame::draw_rule(look, screen, row(1), "");
    let list = Rect {
        y: area.y + ABOVE,
        height: area.height.saturating_sub(ABOVE + BELOW),
        ..area
    };
    if state.lines.is_empty() {
        let text = match state.view {
            Some(_) => words::NOTHING,
            None => words::LOOKING,
        };
        cells::put(screen, area.x + 3, list.y, look.say(text), room, look.dim());
    } else {
        table::draw_heading(look, screen, row(2), &COLUMNS);
        draw_list(state, look, screen, list);
    }
    frame::draw_rule(look, screen, row(area.height.saturating_sub(BELOW)), "");
    draw_detail(state, look, screen, row(area.height.saturating_sub(2)));
    if let Some(prompt) = &state.prompt {
        prompt.draw(look, screen, area);
    }
}

fn draw_list(state: &State, look: &Look, screen: &mut Frame<'_>, area: Rect) {
    let count = state.lines.len();
    let seen = state.scroll.seen(count, usize::from(area.height));
    let selected = state.scroll.selected(count);
    let first = seen.start;
    let lines = state.lines.get(seen).unwrap_or_default();
    let today = state.view.as_ref().map_or(Day::MIN, |view| view.today);
    let mut rows = Vec::new();
    for (line, y) in lines.iter().zip(area.y..area.bottom()) {
        match line {
            Line::Heading(heading) => {
                let text = heading_text(heading, look);
                let room = usize::from(area.width.saturating_sub(1));
                cells::put(screen, area.x + 1, y, &text, room, look.dim());
                rows.push(Row::default());
            }
            Line::Row(at) => {
                let row = state.rows().get(*at);
                rows.push(row.map_or_else(Row::default, |row| row_of(state, row, look, today)));
            }
        }
    }
    let selection = Selection {
        row: selected.and_then(|at| at.checked_sub(first)),
        name: NAME,
    };
    table::draw_rows(look, screen, area, &COLUMNS, &rows, selection);
}

fn row_of(state: &State, row: &ProposalRow, look: &Look, today: Day) -> Row {
    let is_marked = state.marked.contains(&Mark::of(row));
    let mark = if is_marked { "+" } else { "" };
    let age = who::sex_age(look, row.sex, row.birth, today);
    let why = proposal::ground(&row.proposal.ground, look.lang);
    let from = if wants_form(&row.proposal) {
        look.say(words::FORM).to_owned()
    } else if row.proposal.day == today {
        look.say(crate::tui::words::queue::TODAY).to_owned()
    } else {
        who::near(row.proposal.day, today)
    };
    let plain = [row.name.clone(), age, row.place.clone(), why, from];
    let mut cells = vec![(mark.to_owned(), look.strong())];
    cells.extend(plain.into_iter().map(|text| (text, look.text())));
    Row { flag: None, cells }
}

fn wants_form(proposal: &Proposal) -> bool {
    let mut entries = proposal.entries.iter();
    entries.any(|entry| entry.how == How::OnForm)
}

fn heading_text(heading: &Heading, look: &Look) -> String {
    let why = proposal::heading(&heading.ground, heading.is_of_this_month, look.lang);
    look.say(words::HEADING)
        .replace("{what}", &short(look, &heading.programmes))
        .replace("{why}", &why)
        .replace("{n}", &heading.count.to_string())
}

fn short(look: &Look, programmes: &[ProgrammeKind]) -> String {
    let names = programmes.iter();
    let names: Vec<&str> = names.map(|kind| look.say(kind.programme().short)).collect();
    names.join(" ")
}

fn draw_detail(state: &State, look: &Look, screen: &mut Frame<'_>, area: Rect) {
    let Some(row) = state.here() else {
        return;
    };
    let room = usize::from(area.width.saturating_sub(2));
    let entries = || row.proposal.entries.iter();
    let first = entries().next().map(|entry| entry.programme);
    let clause = first.map_or("", |kind| look.say(proposal::clause(kind)));
    let names: Vec<&str> = entries()
        .map(|entry| look.say(entry.programme.programme().name))
        .collect();
    let text = format!("{}  {}", row.name, names.join("  "));
    cells::put(screen, area.x + 1, area.y, &text, room, look.text());
    let forms: Vec<&str> = entries()
        .filter(|entry| entry.how == How::OnForm)
        .map(|entry| look.say(entry.programme.programme().short))
        .collect();
    let how = if forms.is_empty() {
        look.say(words::AT_ONCE).to_owned()
    } else {
        look.say(words::ASKED).replace("{}", &forms.join(" "))
    };
    let text = format!("{clause}  {how}");
    cells::put(screen, area.x + 1, area.y + 1, &text, room, look.dim());
}
