//! Draws the sheet: what is said once, the sums, the rows; what stands below them is `below`.

use ratatui::{
    Frame,
    layout::{Position, Rect},
    style::Style,
    text::Line,
};

use super::{Stage, State, below, row::Row, sheet::Sheet, words};
use crate::{
    domain::form::typed,
    tui::{
        form::{self, Column, Segment, Surroundings, style_of},
        saved,
        screens::visit,
        theme::Look,
        widgets::{cells, frame, who},
    },
};

/// The rows below the table.
const BELOW: u16 = 7;
/// The cells of name, place and result; wider where the terminal is.
const NAME: usize = 8;
const PLACE: usize = 6;
const RESULT: (usize, usize) = (18, 30);
/// The cells before the name: mark or flag, and a blank.
const MARGIN: usize = 3;

/// Returns the parts of the title line, left and right.
pub fn title_line(state: &State, look: &Look) -> (Vec<String>, Vec<String>) {
    let mut left = vec![look.say(words::SHEET).to_owned()];
    let mut right = Vec::new();
    if let Some(sheet) = state.sheet() {
        let form = &sheet.form;
        left.push(format!("{} {}", form.id, form.title.get(look.lang)));
        right.push(sheet.head.day.to_string());
    }
    (left, right)
}

/// Returns how many rows of the sheet are seen in a work area.
pub fn rows_shown(work: Rect) -> u16 {
    work.height.saturating_sub(BELOW + 2).max(1)
}

/// Draws the work area.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    match &state.stage {
        Stage::Opening(..) => {
            let text = look.say(words::OPENING);
            let room = usize::from(area.width);
            cells::put(frame, area.x + 1, area.y, text, room, look.dim());
        }
        Stage::Choosing(choosing) => choosing.draw(look, frame, area),
        Stage::Sheet(sheet) if sheet.is_heading => draw_head(sheet, look, frame, area),
        Stage::Sheet(sheet) => draw_sheet(sheet, look, frame, area),
    }
}

fn draw_head(sheet: &Sheet, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let hint = Line::styled(format!(" {}", look.say(words::HEAD_HINT)), look.dim());
    let around = Surroundings {
        banner: &[],
        outcome: &[hint],
    };
    form::view(&sheet.heading, &around, look, frame, area);
}

fn draw_sheet(sheet: &Sheet, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let rows = if sheet.is_whole() {
        1
    } else {
        rows_shown(area)
    };
    let part = |y: u16, height: u16| Rect {
        y: area.y + y,
        height: height.min(area.height.saturating_sub(y)),
        ..area
    };
    draw_sums(sheet, look, frame, part(0, 1));
    draw_table(sheet, look, frame, part(1, rows + 1));
    let under = part(rows + 2, area.height.saturating_sub(rows + 2));
    frame::draw_rule(look, frame, under, "");
    let under = Rect {
        y: under.y + 1,
        height: under.height.saturating_sub(1),
        ..under
    };
    let Some(row) = sheet.here() else { return };
    match &row.filling {
        Some(filling) if sheet.is_whole() => {
            let width = usize::from(area.width);
            let banner = visit::banner(filling, look, width);
            let mut outcome = visit::outcome_lines(filling, look, width);
            outcome.extend(below::notice(sheet, look));
            let around = Surroundings {
                banner: &banner,
                outcome: &outcome,
            };
            form::view(&filling.editor, &around, look, frame, under);
        }
        Some(_) => below::draw_row(sheet, row, look, frame, under),
        None => below::draw_naming(sheet, &row.naming, look, frame, under),
    }
    let prompt = row.filling.as_ref().and_then(|form| form.prompt.as_ref());
    if let Some((_, prompt)) = prompt {
        prompt.draw(look, frame, area);
    }
}

/// What is said once, and how far the sheet is.
fn draw_sums(sheet: &Sheet, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let mut said: Vec<String> = Vec::new();
    let is_day = |key: &str| sheet.form.visit_day.as_deref() == Some(key);
    for (key, value) in sheet.head.given.iter().filter(|(key, _)| !is_day(key)) {
        if let Some(field) = sheet.form.field(key) {
            said.push(typed::shown(field, value, look.lang));
        }
    }
    if sheet.head.all_normal {
        said.push(look.say(words::REST_NORMAL).to_owned());
    }
    let left = format!(" {} {}", sheet.head.day, said.join("  "));
    let count = |is: fn(&Row) -> bool| sheet.rows.iter().filter(|row| is(row)).count();
    let sums = [
        (words::SAVED, count(|row| row.saved.is_some())),
        (words::WRONG, count(Row::is_refused)),
        (words::UNSAVED, count(Row::is_unsaved)),
    ];
    let sums = sums.map(|(text, count)| look.say(text).replace("{}", &count.to_string()));
    let right = format!("{} ", sums.join("  "));
    let room = usize::from(area.width);
    let free = room.saturating_sub(cells::width(&right) + 1);
    let left = cells::cut(&left, free, look.signs().cut);
    cells::put(frame, area.x, area.y, &left, room, look.text());
    let taken = u16::try_from(cells::width(&right)).unwrap_or(0);
    let x = area.right().saturating_sub(taken);
    cells::put(frame, x, area.y, &right, room, look.strong());
}

/// Where the columns stand: which are seen, each with its left edge.
struct Places {
    columns: Vec<Column>,
    seen: Vec<(usize, u16)>,
    result: (u16, usize),
}

fn places(sheet: &Sheet, look: &Look, width: u16) -> Places {
    let columns = form::columns(&sheet.form, look.lang);
    let result = if width < 110 { RESULT.0 } else { RESULT.1 };
    let from = MARGIN + NAME + 1 + PLACE + 1;
    let room = usize::from(width).saturating_sub(from + result);
    let filling = sheet.here().and_then(|row| row.filling.as_ref());
    let here = filling.and_then(|form| form.editor.column_at(&columns));
    let fits = |first: usize| {
        let mut taken = 0;
        let seen = columns.iter().enumerate().skip(first);
        let seen = seen.take_while(|(_, column)| {
            taken += column.width + 1;
            taken <= room
        });
        seen.map(|(at, _)| at).collect::<Vec<usize>>()
    };
    // The first columns, moved on until the one with the cursor is seen.
    let mut first = 0;
    while here.is_some_and(|here| !fits(first).contains(&here)) && first < columns.len() {
        first += 1;
    }
    let mut x = from;
    let mut seen = Vec::new();
    for at in fits(first) {
        seen.push((at, u16::try_from(x).unwrap_or(u16::MAX)));
        x += columns.get(at).map_or(0, |column| column.width + 1);
    }
    let result = (
        u16::try_from(x).unwrap_or(u16::MAX),
        usize::from(width).saturating_sub(x),
    );
    Places {
        columns,
        seen,
        result,
    }
}

fn draw_table(sheet: &Sheet, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let places = places(sheet, look, area.width);
    let margin = u16::try_from(MARGIN).unwrap_or(0);
    let place_at = u16::try_from(MARGIN + NAME + 1).unwrap_or(0);
    let mut head = |x: u16, text: &str, room: usize| {
        let text = cells::start(text, room);
        cells::put(frame, area.x + x, area.y, text, room, look.dim());
    };
    head(margin, look.say(words::NAME), NAME);
    head(place_at, look.say(words::PLACE), PLACE);
    for (at, x) in &places.seen {
        if let Some(column) = places.columns.get(*at) {
            head(*x, &column.title, column.width);
        }
    }
    head(places.result.0, look.say(words::RESULT), places.result.1);
    let shown = usize::from(area.height.saturating_sub(1));
    let at = sheet.at();
    for (index, y) in sheet.scroll.seen(sheet.rows.len(), shown).zip(area.y + 1..) {
        if let Some(row) = sheet.rows.get(index) {
            let line = Rect {
                y,
                height: 1,
                ..area
            };
            draw_row(sheet, row, &places, look, frame, (line, index == at));
        }
    }
}

fn draw_row(
    sheet: &Sheet,
    row: &Row,
    places: &Places,
    look: &Look,
    frame: &mut Frame<'_>,
    (area, here): (Rect, bool),
) {
    let margin = u16::try_from(MARGIN).unwrap_or(0);
    let (flag, style) = match row {
        _ if row.is_refused() => ("!", look.problem()),
        _ if row.is_locked() => (look.signs().tick, look.good()),
        _ => (" ", look.text()),
    };
    cells::put(frame, area.x + 1, area.y, flag, 1, style);
    if here {
        cells::put(frame, area.x, area.y, look.signs().mark, 1, look.strong());
    }
    let Some(who) = &row.who else {
        let room = area.width.saturating_sub(margin).min(30);
        let field = Rect {
            x: area.x + margin,
            width: room,
            ..area
        };
        let style = if here {
            look.field_here()
        } else {
            look.field()
        };
        if here {
            row.naming.field.draw(frame, field, style, true);
        } else {
            let text = row.naming.field.text();
            cells::put(
                frame,
                field.x,
                field.y,
                text,
                usize::from(room),
                look.text(),
            );
        }
        return;
    };
    let style = if here { look.strong() } else { look.text() };
    let name = cells::cut(&who.name, NAME, look.signs().cut);
    cells::put(frame, area.x + margin, area.y, &name, NAME, style);
    let place_at = u16::try_from(MARGIN + NAME + 1).unwrap_or(0);
    let place = cells::cut(&who.place, PLACE, look.signs().cut);
    cells::put(frame, area.x + place_at, area.y, &place, PLACE, look.text());
    if let Some(filling) = &row.filling {
        let stands = filling.editor.row(&places.columns, look.lang);
        for (at, x) in &places.seen {
            let Some(cell) = stands.get(*at) else {
                continue;
            };
            put_segments(look, frame, (area.x + x, area.y), &cell.segments, row, here);
            if let Some(before) = cell.cursor.filter(|_| here && !sheet.is_whole()) {
                let x = area.x + x + u16::try_from(before).unwrap_or(0);
                frame.set_cursor_position(Position::new(x, area.y));
            }
        }
    }
    let (text, style) = result(row, look);
    let (x, room) = places.result;
    let text = cells::cut(&text, room, look.signs().cut);
    cells::put(frame, area.x + x, area.y, &text, room, style);
}

fn put_segments(
    look: &Look,
    frame: &mut Frame<'_>,
    (x, y): (u16, u16),
    segments: &[Segment],
    row: &Row,
    here: bool,
) {
    let mut x = x;
    for segment in segments {
        let style = match segment.ink {
            _ if row.is_locked() => look.text(),
            form::Ink::Focus if !here => look.text(),
            ink => style_of(ink, look),
        };
        let wide = segment.width();
        cells::put(frame, x, y, &segment.text, wide, style);
        x = x.saturating_add(u16::try_from(wide).unwrap_or(0));
    }
}

/// What was decided of a saved row, how an unsaved one stands.
fn result(row: &Row, look: &Look) -> (String, Style) {
    if let (true, Some(saved)) = (row.is_locked(), &row.saved) {
        let told = saved.told.as_ref();
        let text = told.map_or_else(String::new, |told| {
            let class = saved::classes(look, &told.decision);
            let next = saved::next(&told.decision);
            let next = next.map_or_else(String::new, |day| who::near(day, told.day));
            format!("{class} {next}").trim().to_owned()
        });
        return (text, look.good());
    }
    let asks = row.filling.as_ref().is_some_and(|f| f.editor.is_asking());
    match row {
        _ if row.is_refused() => (look.say(words::ROW_WRONG).to_owned(), look.problem()),
        _ if asks => (look.say(words::ROW_ASKS).to_owned(), look.warning()),
        _ if row.correction.is_some() => {
            (look.say(words::ROW_CORRECTING).to_owned(), look.warning())
        }
        _ => (look.say(words::ROW_UNSAVED).to_owned(), look.dim()),
    }
}
