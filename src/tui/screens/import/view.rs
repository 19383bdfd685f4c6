//! Draws the choice of a file, the progress, and the preview with its lists.

use ratatui::{Frame, layout::Rect};

use super::{State, Step, Work, preview::Shown};
use crate::{
    domain::roster::Outcome,
    lang::refusals::import as import_words,
    tui::{
        theme::Look,
        widgets::{
            cells,
            table::{self, Column, Row, Selection, Width},
        },
        words,
    },
};

/// Draws the screen.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    match &state.step {
        Step::Choosing => choosing(state, look, frame, area),
        Step::Sheets(sheets) => {
            say(look, frame, area, 0, look.say(words::IMPORT_SHEETS));
            let names: Vec<String> = sheets.clone();
            listed(state, look, frame, below(area, 2), &names);
        }
        Step::Preview(shown) => preview(shown, look, frame, area),
    }
    if let Some(work) = &state.work {
        progress(work, look, frame, area);
    }
}

fn choosing(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    say(look, frame, area, 0, look.say(words::IMPORT_CHOOSE));
    let label = look.say(words::IMPORT_FILE);
    let wide = u16::try_from(cells::width(label)).unwrap_or(0);
    cells::put(
        frame,
        area.x + 2,
        area.y + 1,
        label,
        usize::from(wide),
        look.text(),
    );
    let field = Rect {
        x: area.x + 3 + wide,
        y: area.y + 1,
        width: area.width.saturating_sub(wide + 5),
        height: 1,
    };
    let room = usize::from(area.width.saturating_sub(4));
    let folder = state.folder.display().to_string();
    cells::put(frame, area.x + 2, area.y + 2, &folder, room, look.dim());
    let mut names: Vec<String> = state
        .entries
        .iter()
        .map(|entry| {
            if entry.is_file {
                entry.name.clone()
            } else {
                format!("{}/", entry.name)
            }
        })
        .collect();
    names.push("../".to_owned());
    let mut top = 4;
    if let Some(problem) = &state.problem {
        for line in cells::wrap(problem, room) {
            cells::put(frame, area.x + 2, area.y + top, &line, room, look.problem());
            top += 1;
        }
    }
    listed(state, look, frame, below(area, top), &names);
    // The field last: the cursor stands where typing goes.
    state.field.draw(frame, field, look.field_here(), true);
}

fn listed(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect, names: &[String]) {
    let page = usize::from(area.height);
    let seen = state.scroll.seen(names.len(), page);
    let selected = state.scroll.selected(names.len());
    let rows = names.iter().enumerate().skip(seen.start).take(seen.len());
    for ((at, name), y) in rows.zip(area.y..area.bottom()) {
        let is_here = selected == Some(at);
        let style = if is_here { look.strong() } else { look.text() };
        if is_here {
            cells::put(frame, area.x + 2, y, look.signs().mark, 1, style);
            frame.set_cursor_position((area.x + 2, y));
        }
        let room = usize::from(area.width.saturating_sub(5));
        cells::put(frame, area.x + 4, y, name, room, style);
    }
}

const COLUMNS: [Column; 3] = [
    Column::left(words::IMPORT_ROW, Width::Cells(8)),
    Column::left(words::IMPORT_COLUMN, Width::Cells(14)),
    Column::left(words::IMPORT_WHAT, Width::Rest(20)),
];

fn preview(shown: &Shown, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let Some(found) = shown.preview() else {
        return;
    };
    let file = &shown.roster.file.name;
    let sheet = shown
        .roster
        .people
        .as_ref()
        .map_or("", |people| &people.sheet);
    let text = look
        .say(words::IMPORT_SUMMARY)
        .replace("{file}", file)
        .replace("{sheet}", sheet)
        .replace("{households}", &found.households.new.to_string())
        .replace("{same}", &found.count(Outcome::Same).to_string())
        .replace("{history}", &found.history.taken.to_string());
    say(look, frame, area, 0, &text);
    tabs(shown, look, frame, below(area, 1));
    table::draw_heading(look, frame, below(area, 2), &COLUMNS);
    let list = below(area, 3);
    // The selected line in full below the list: it may be longer than its row.
    let (list, detail) = (
        Rect {
            height: list.height.saturating_sub(3),
            ..list
        },
        Rect {
            y: list.bottom().saturating_sub(3),
            height: 3.min(list.height),
            ..list
        },
    );
    let count = shown.count(shown.list);
    let seen = shown.scroll.seen(count, usize::from(list.height));
    let selected = shown.scroll.selected(count);
    let lines = shown.lines(seen.clone(), look.lang);
    let rows: Vec<Row> = lines
        .iter()
        .map(|line| {
            let text = match line.tick {
                Some(true) => format!("[x] {}", line.text),
                Some(false) => format!("[ ] {}", line.text),
                None => line.text.clone(),
            };
            let cells = [line.row.clone(), line.column.clone(), text];
            Row {
                flag: None,
                cells: cells.map(|cell| (cell, look.text())).into(),
            }
        })
        .collect();
    let row = selected.map(|at| at.saturating_sub(seen.start));
    if let Some(line) = row.and_then(|row| lines.get(row)) {
        let room = usize::from(detail.width.saturating_sub(4));
        for (line, y) in cells::wrap(&line.text, room)
            .iter()
            .zip(detail.y..detail.bottom())
        {
            cells::put(frame, detail.x + 3, y, line, room, look.dim());
        }
    }
    table::draw_rows(
        look,
        frame,
        list,
        &COLUMNS,
        &rows,
        Selection { row, name: 1 },
    );
}

fn tabs(shown: &Shown, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let mut x = area.x + 2;
    for list in shown.lists() {
        let text = format!("{} {}", look.say(list.title()), shown.count(list));
        let is_here = list == shown.list;
        let text = if is_here {
            format!("[{text}]")
        } else {
            format!(" {text} ")
        };
        let style = if is_here { look.strong() } else { look.text() };
        let room = usize::from(area.right().saturating_sub(x));
        cells::put(frame, x, area.y, &text, room, style);
        x += u16::try_from(cells::width(&text) + 1).unwrap_or(0);
    }
}

fn progress(work: &Work, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let doing = if work.is_writing || 0 < work.seen.of {
        look.say(import_words::stage(work.seen.stage))
    } else {
        look.say(words::IMPORT_READING)
    };
    let percent = (work.seen.done * 100).checked_div(work.seen.of);
    let percent = percent.map_or_else(String::new, |percent| format!(" {}%", percent.min(100)));
    let left = work.left.map_or_else(String::new, |left| {
        look.say(words::IMPORT_LEFT)
            .replace("{}", &left.to_string())
    });
    let text = format!("{doing}{percent} {left} {}", look.say(words::IMPORT_CANCEL));
    let y = area.bottom().saturating_sub(1);
    let room = usize::from(area.width.saturating_sub(3));
    let text = cells::left(&text, room, look.signs().cut);
    cells::put(frame, area.x + 2, y, &text, room, look.warning());
}

fn below(area: Rect, lines: u16) -> Rect {
    let lines = lines.min(area.height);
    Rect {
        y: area.y + lines,
        height: area.height - lines,
        ..area
    }
}

fn say(look: &Look, frame: &mut Frame<'_>, area: Rect, line: u16, text: &str) {
    let room = usize::from(area.width.saturating_sub(4));
    cells::put(frame, area.x + 2, area.y + line, text, room, look.text());
}
