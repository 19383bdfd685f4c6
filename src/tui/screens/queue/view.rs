//! Draws the queue: the numbers, the rows, the details of the selected one.
//!
//! The layout is a function of the area alone.

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line as Words, Span},
};

use super::{
    super::filter,
    Line, List, Shown, State, detail,
    list::{heading, row_text},
    row_of, waiting,
};
use crate::{
    desk::reply::QueueView,
    domain::{
        queue::{Filter, Grouping},
        text::Lang,
    },
    tui::{
        theme::Look,
        widgets::{
            cells, frame,
            table::{self, Column, Selection, Width},
        },
        words::queue as words,
    },
};

/// From this width on the details stand at the right.
const WIDE: u16 = 120;
/// Their width there.
const PANE: u16 = 40;

/// The parts of the work area.
struct Parts {
    counts: Rect,
    rule: Rect,
    heading: Rect,
    list: Rect,
    /// The rule above the detail lines, or the wall before the pane.
    border: Rect,
    detail: Rect,
}

fn parts(area: Rect) -> Parts {
    let is_wide = WIDE <= area.width;
    let left = if is_wide {
        area.width - PANE - 1
    } else {
        area.width
    };
    let below = if is_wide { 0 } else { 3 };
    let row = |y: u16, width: u16| Rect {
        y: area.y + y,
        width,
        height: 1,
        ..area
    };
    let list = Rect {
        y: area.y + 3,
        width: left,
        height: area.height.saturating_sub(3 + below),
        ..area
    };
    let (border, detail) = if is_wide {
        let x = area.x + left;
        let border = Rect {
            x,
            y: area.y + 2,
            width: 1,
            height: area.height.saturating_sub(2),
        };
        let detail = Rect {
            x: x + 2,
            y: area.y + 3,
            width: PANE - 2,
            height: list.height,
        };
        (border, detail)
    } else {
        let y = list.bottom() - area.y;
        let detail = Rect {
            height: 2,
            ..row(y + 1, area.width)
        };
        (row(y, area.width), detail)
    };
    Parts {
        counts: row(0, area.width),
        rule: row(1, area.width),
        heading: row(2, left),
        list,
        border,
        detail,
    }
}

/// Returns how many rows are seen at once.
pub fn list_rows(work: Rect) -> usize {
    usize::from(parts(work).list.height)
}

/// Draws the queue.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let parts = parts(area);
    waiting::draw(state, look, frame, parts.rule);
    let Some(queue) = &state.view else {
        let text = look.say(words::LOADING);
        let room = usize::from(area.width);
        cells::put(frame, area.x + 3, parts.list.y, text, room, look.dim());
        return;
    };
    draw_counts(state, queue, look, frame, parts.counts);
    draw_list(state, queue, look, frame, &parts);
    if parts.border.width == 1 {
        for y in parts.border.y..parts.border.bottom() {
            cells::put(frame, parts.border.x, y, look.signs().wall, 1, look.dim());
        }
        detail::draw_pane(state, queue, look, frame, parts.detail);
    } else {
        frame::draw_rule(look, frame, parts.border, "");
        detail::draw_lines(state, queue, look, frame, parts.detail);
    }
}

/// The numbers, each the number of rows of its list; the list shown stands in brackets.
fn draw_counts(state: &State, view: &QueueView, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let mut spans = Vec::new();
    for list in List::ALL {
        let text = match list {
            List::Due => words::DUE,
            List::Overdue => words::OVERDUE,
            List::Done => words::DONE,
            List::NotReached => words::NOT_REACHED,
            List::Early => words::EARLY,
            List::Standing => words::STANDING,
        };
        if list == List::Early && 80 <= area.width {
            let besides = format!("  {} ", look.say(words::BESIDES));
            spans.push(Span::styled(besides, look.dim()));
        }
        let count = list.count(view);
        let said = look.say(text).replace("{}", &count.to_string());
        let style = match list {
            List::Overdue if 0 < count => look.overdue(),
            _ => look.text(),
        };
        if list == state.list {
            spans.push(Span::styled(
                format!("[{said}]"),
                style.patch(look.strong()),
            ));
        } else {
            spans.push(Span::styled(format!(" {said} "), style));
        }
    }
    cells::put_line(
        frame,
        area.x,
        area.y,
        &Words::from(spans.clone()),
        area.width,
    );
    let taken: usize = spans.iter().map(|span| cells::width(&span.content)).sum();
    let grouping = match state.grouping {
        Grouping::Flat => words::FLAT,
        Grouping::Household => words::BY_HOUSEHOLD,
        Grouping::Group => words::BY_GROUP,
    };
    let filter = look.say(words::FILTER);
    let filter = filter.replace("{}", &filtered(state, look));
    let right = format!("{}  {filter}", look.say(grouping));
    let room = usize::from(area.width).saturating_sub(taken + 2);
    let right = cells::cut(&right, room, look.signs().cut);
    let wide = u16::try_from(cells::width(&right)).unwrap_or(0);
    let is_filtered = state.filter != Filter::default();
    let style = if is_filtered {
        look.warning()
    } else {
        look.dim()
    };
    let x = area.right().saturating_sub(wide + 1);
    cells::put(frame, x, area.y, &right, room, style);
}

/// Returns what the filter leaves, in words.
fn filtered(state: &State, look: &Look) -> String {
    let filter = &state.filter;
    let mut parts: Vec<String> = Vec::new();
    if let Some(kind) = filter.programme {
        parts.push(look.say(kind.programme().short).to_owned());
    }
    if let Some(group) = filter.group {
        let village = filter.village.and_then(|id| state.places.get(&(id, group)));
        let text = look.say(words::PLACE_OF);
        let text = text.replace("{village}", village.map_or("", String::as_str));
        parts.push(text.replace("{group}", &group.to_string()));
    }
    if let Some(name) = &filter.doctor {
        parts.push(filter::doctor(look, name));
    }
    if let Some(status) = filter.status {
        parts.push(look.say(status.text()).to_owned());
    }
    if let Some(mode) = filter.mode {
        let at = filter::MODES.iter().position(|known| *known == mode);
        let text = at.and_then(|at| words::MODES.get(at));
        parts.extend(text.map(|text| look.say(*text).to_owned()));
    }
    if parts.is_empty() {
        look.say(words::NO_FILTER).to_owned()
    } else {
        parts.join(" ")
    }
}

/// The columns of a list this wide.
fn columns(list: List, lang: Lang, width: u16) -> Vec<Column> {
    // What is widest in each language: two programmes side by side, a child's age.
    let (what, age) = match lang {
        Lang::Zh => (17, 7),
        Lang::En => (21, 6),
    };
    let (name, what) = match width {
        0..100 => (8, what),
        _ => (10, what + 7),
    };
    let last = match list {
        List::Done | List::NotReached => [
            Column::left(words::RESULT, Width::Rest(12)),
            Column::left(words::NEXT, Width::Cells(10)),
        ]
        .to_vec(),
        List::Due | List::Overdue | List::Early | List::Standing => [
            Column::left(words::WHAT, Width::Cells(what)),
            Column::left(words::WHEN, Width::Cells(9)),
            Column::left(words::LATEST, Width::From(7, 78)),
            Column::left(words::REASON, Width::Rest(5)),
        ]
        .to_vec(),
    };
    let mut columns = vec![
        Column::left(words::NOTHING, Width::Cells(1)),
        Column::left(words::NAME, Width::Cells(name)),
        Column::left(words::NOTHING, Width::From(age, 66)),
        Column::left(words::WHERE, Width::Cells(8)),
    ];
    columns.extend(last);
    columns
}

/// Returns the cells there are for a row's kinds of work.
fn what_room(columns: &[Column], width: u16) -> usize {
    let what = columns
        .iter()
        .position(|column| column.title == words::WHAT);
    let place = what.and_then(|what| table::layout(columns, width).get(what).copied());
    place.map_or(0, |(_, cells)| usize::from(cells))
}

/// The cell whose weight shows the selection.
const NAME_CELL: usize = 1;

fn draw_list(state: &State, view: &QueueView, look: &Look, frame: &mut Frame<'_>, parts: &Parts) {
    let columns = columns(state.list, look.lang, parts.list.width);
    table::draw_heading(look, frame, parts.heading, &columns);
    let rows = state.rows();
    if rows.is_empty() {
        let text = match state.list {
            _ if state.filter != Filter::default() => words::NOBODY_FILTERED,
            List::Due => words::NOBODY_DUE,
            List::Overdue | List::Done | List::NotReached | List::Early | List::Standing => {
                words::NOBODY
            }
        };
        let room = usize::from(parts.list.width.saturating_sub(4));
        let (x, y) = (parts.list.x + 3, parts.list.y + 1);
        cells::put(frame, x, y, look.say(text), room, look.dim());
        frame.set_cursor_position((parts.list.x, parts.list.y));
    }
    let page = usize::from(parts.list.height);
    let seen = state.scroll.seen(state.lines.len(), page);
    let selected = state.line_of(state.at);
    let room = what_room(&columns, parts.list.width);
    let lines = state
        .lines
        .iter()
        .enumerate()
        .skip(seen.start)
        .take(seen.len());
    for ((at, line), y) in lines.zip(parts.list.y..) {
        let place = Rect {
            y,
            height: 1,
            ..parts.list
        };
        let row = match line {
            Line::Heading { of, count } => {
                if let Some(Shown::Open(row)) = rows.get(*of) {
                    let text = heading(look, state.grouping, row, *count);
                    draw_heading(look, frame, place, &text);
                }
                continue;
            }
            Line::Row(_) => row_of(line).and_then(|index| rows.get(index)),
        };
        let Some(row) = row else { continue };
        let drawn = [row_text(look, row, view.day, room)];
        let selection = Selection {
            row: (at == selected).then_some(0),
            name: NAME_CELL,
        };
        table::draw_rows(look, frame, place, &columns, &drawn, selection);
    }
}

fn draw_heading(look: &Look, frame: &mut Frame<'_>, place: Rect, text: &str) {
    let room = usize::from(place.width.saturating_sub(2));
    let style: Style = look.dim().patch(look.strong());
    cells::put(frame, place.x + 1, place.y, text, room, style);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::task::{Status, TaskKind},
        tui::widgets::{table::layout, who},
    };

    /// Two visits side by side, the longest of those that stand in slots.
    fn longest(lang: Lang) -> usize {
        let name = |kind: TaskKind| cells::width(kind.brief().get(lang));
        name(TaskKind::HtnVisit) + 1 + name(TaskKind::DmVisit)
    }

    /// The longest single kind, with the count of those that do not fit.
    fn longest_alone(lang: Lang) -> usize {
        let all = TaskKind::all().map(|kind| cells::width(kind.brief().get(lang)));
        all.max().unwrap_or(0) + 3
    }

    #[test]
    fn how_long_something_waits_is_never_cut() {
        for lang in [Lang::Zh, Lang::En] {
            let look = Look {
                lang,
                colours: crate::tui::theme::Colours::None,
                ambiguous: crate::tui::backend::Ambiguous::Narrow,
            };
            let today = "2026-11-21".parse().unwrap();
            let columns = columns(List::Due, lang, 80);
            let when = columns.iter().find(|column| column.title == words::WHEN);
            for late in [1, 14, 99, 100, 234, 364, 365, 729, 730, 3000_i64] {
                for status in [Status::Grace, Status::Overdue] {
                    let said = cells::width(&who::due(&look, status, today, late, today));
                    let room = when.map(|column| column.width);
                    let Some(Width::Cells(room)) = room else {
                        panic!("{room:?}")
                    };
                    assert!(said <= usize::from(room), "{lang:?} {status:?} {late}");
                }
            }
        }
    }

    #[test]
    fn the_first_work_of_a_row_is_never_cut() {
        for lang in [Lang::Zh, Lang::En] {
            for width in [60, 75, 80, 120, 155, 200] {
                let columns = columns(List::Due, lang, width);
                let places = layout(&columns, width);
                let what = columns
                    .iter()
                    .position(|column| column.title == words::WHAT)
                    .unwrap();
                let room = usize::from(places[what].1);
                assert_eq!(room, what_room(&columns, width));
                assert!(longest(lang) <= room, "{lang:?} at {width}: {room} cells");
                assert!(
                    longest_alone(lang) <= room,
                    "{lang:?} at {width}: {room} cells"
                );
                let (x, cells) = places.last().unwrap();
                assert!(x + cells <= width && 5 <= *cells, "{lang:?} at {width}");
            }
        }
    }
}
