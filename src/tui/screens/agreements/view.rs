//! Draws the lists: their names and numbers at the left, the rows of one beside them, below what
//! is known of the row selected.

use ratatui::{Frame, layout::Rect, style::Style};

use super::{State, words};
use crate::{
    desk::reply::{AgreementBrief, AgreementList, AgreementListRow},
    domain::day::Day,
    tui::{
        screens::{agreement, household::masked},
        theme::Look,
        widgets::{
            cells, frame as frames,
            scroll::Scroll,
            table::{self, Column, Row, Selection, Width},
            who,
        },
    },
};

const COLUMNS: [Column; 6] = [
    Column::left(words::HEAD, Width::Cells(8)),
    Column::left(words::PLACE, Width::Cells(8)),
    Column::right(words::PEOPLE, Width::From(4, 44)),
    Column::right(words::KEY_PEOPLE, Width::From(4, 44)),
    Column::left(words::STANDS, Width::Rest(14)),
    Column::left(words::PHONE, Width::From(11, 58)),
];
/// The rows below: a rule and one line.
const BELOW: u16 = 2;

/// Returns how many rows are seen.
pub fn page(work: Rect) -> usize {
    usize::from(work.height.saturating_sub(BELOW + 1))
}

/// Draws the lists.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let Some(view) = &state.view else {
        let text = look.say(words::LOADING);
        cells::put(frame, area.x + 1, area.y, text, 40, look.dim());
        return;
    };
    let names = match look.lang {
        crate::domain::text::Lang::Zh => 20,
        crate::domain::text::Lang::En => 25,
    };
    let left = Rect {
        width: names.min(area.width / 2),
        height: area.height.saturating_sub(BELOW),
        ..area
    };
    draw_lists(state, look, frame, left);
    let right = Rect {
        x: left.right(),
        width: area.width.saturating_sub(left.width),
        ..left
    };
    draw_rows(state, view.today, look, frame, right);
    let rule = Rect {
        y: left.bottom(),
        height: 1,
        ..area
    };
    frames::draw_rule(look, frame, rule, "");
    if let Some(text) = state.here().map(|row| detail(row, look)) {
        let room = usize::from(area.width.saturating_sub(2));
        let text = cells::cut(&text, room, look.signs().cut);
        cells::put(frame, area.x + 1, rule.y + 1, &text, room, look.text());
    }
}

fn draw_lists(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let lists = AgreementList::ALL;
    let at = lists.iter().position(|one| *one == state.list);
    let mut scroll = Scroll::default();
    scroll.select(at.unwrap_or(0));
    let seen = scroll.seen(lists.len(), usize::from(area.height));
    let room = usize::from(area.width.saturating_sub(3));
    for (list, y) in lists.iter().skip(seen.start).take(seen.len()).zip(area.y..) {
        let style = if *list == state.list {
            cells::put(frame, area.x, y, look.signs().mark, 1, look.strong());
            look.strong()
        } else {
            look.text()
        };
        let count = state.count_of(*list).to_string();
        let name = cells::left(
            look.say(list.name()),
            room.saturating_sub(cells::width(&count)),
            look.signs().cut,
        );
        cells::put(frame, area.x + 2, y, &format!("{name}{count}"), room, style);
    }
}

fn draw_rows(state: &State, today: Day, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    table::draw_heading(look, frame, area, &COLUMNS);
    let list = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    let count = state.count();
    if count == 0 {
        let text = look.say(words::NOBODY);
        cells::put(frame, list.x + 3, list.y, text, 40, look.dim());
        return;
    }
    let seen = state.scroll.seen(count, usize::from(list.height));
    let selected = state.scroll.selected(count);
    let rows: Vec<Row> = seen
        .clone()
        .map(|at| state.row(at).map(|row| told(row, today, look)))
        .map(Option::unwrap_or_default)
        .collect();
    let selection = Selection {
        row: selected.and_then(|at| at.checked_sub(seen.start)),
        name: 0,
    };
    table::draw_rows(look, frame, list, &COLUMNS, &rows, selection);
}

fn told(row: &AgreementListRow, today: Day, look: &Look) -> Row {
    let brief = row.agreement.as_ref();
    let stands = brief.map_or_else(
        || look.signs().none.to_owned(),
        |brief| {
            let word = if brief.flags.brought_in && brief.flags.consent_incomplete {
                look.say(agreement::words::BROUGHT_IN)
            } else {
                look.say(brief.word.name())
            };
            let until = brief.term.map(|term| who::near(term.to, today));
            format!("{word} {}", until.unwrap_or_default())
        },
    );
    let told = [
        row.head.clone(),
        row.place.clone(),
        row.people.to_string(),
        row.key_people.to_string(),
        stands,
        masked(&row.phone),
    ];
    let cells: Vec<(String, Style)> = told.into_iter().map(|text| (text, look.text())).collect();
    Row { flag: None, cells }
}

fn detail(row: &AgreementListRow, look: &Look) -> String {
    let mut parts = vec![format!("{} {}", row.place, row.head)];
    if let Some(brief) = &row.agreement {
        parts.extend(known(brief, look));
    }
    parts.retain(|part| !part.trim().is_empty());
    parts.join("  ")
}

fn known(brief: &AgreementBrief, look: &Look) -> Vec<String> {
    let mut parts = vec![brief.number.clone().unwrap_or_default()];
    parts.push(look.say(brief.word.name()).to_owned());
    parts.extend(brief.term.map(|term| {
        look.say(words::DAYS)
            .replace("{from}", &term.from.to_string())
            .replace("{to}", &term.to.to_string())
    }));
    parts.push(
        look.say(words::COVERED)
            .replace("{}", &brief.covered.to_string()),
    );
    parts.push(brief.doctor.clone());
    parts.push(brief.team.clone());
    parts.extend(agreement::flags(brief.flags, look));
    parts
}
