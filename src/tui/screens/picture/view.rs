//! Draws the page that is turned to, under the names of all pages.
//!
//! ```text
//!  [全年] 趋势 接种                                    王桂兰's pages; ↓ more below
//!  page, line by line
//! ```

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::{Known, Page, State, booklet, doses, growth, pregnancy, trends, words, year};
use crate::tui::{action::Context, theme::Look, widgets::cells};

/// Rows above a page.
pub(super) const HEAD: u16 = 1;

/// Returns the parts of the title line.
pub fn title(state: &State, look: &Look) -> (Vec<String>, Vec<String>) {
    let mut left = vec![look.say(Context::Picture.title()).to_owned()];
    if let Some(known) = &state.known {
        let person = &known.view.person;
        let age = person.age(known.view.today);
        let age = age.map_or_else(String::new, |age| format!(" {age}"));
        let sex = person.sex().name().get(look.lang);
        left.push(format!("{} {sex}{age}", person.name()));
        left.push(known.view.place.clone());
    }
    (left, Vec::new())
}

/// Draws the page.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let Some(known) = &state.known else {
        let text = look.say(words::LOADING);
        cells::put(frame, area.x + 1, area.y, text, 40, look.dim());
        return;
    };
    let drawn = lines(state, known, look, area);
    let page = usize::from(area.height.saturating_sub(HEAD));
    let top = match state.page {
        Page::Doses => booklet::top(known, state.dose, state.top, area),
        Page::Year | Page::Trends | Page::Growth | Page::Pregnancy => state.top,
    };
    let top = top.min(drawn.len().saturating_sub(page));
    let is_more = [0 < top, top + page < drawn.len()];
    draw_head(state, known, look, frame, area, is_more);
    let rows = area.y + HEAD..area.bottom();
    for (line, y) in drawn.iter().skip(top).zip(rows) {
        cells::put_line(frame, area.x, y, line, area.width);
    }
    if state.page == Page::Doses {
        let (row, column) = booklet::place(known, state.dose);
        let line = doses::line_of(row).saturating_sub(top);
        let across = column * doses::wide(usize::from(area.width));
        let cells = |count: usize| u16::try_from(count).unwrap_or(0);
        frame.set_cursor_position((area.x + cells(across), area.y + HEAD + cells(line)));
    }
}

/// Returns the furthest the page can be scrolled.
pub fn last_top(state: &State, look: &Look, area: Rect) -> usize {
    let page = usize::from(area.height.saturating_sub(HEAD));
    let known = state.known.as_ref();
    known.map_or(0, |known| {
        lines(state, known, look, area).len().saturating_sub(page)
    })
}

fn lines(state: &State, known: &Known, look: &Look, area: Rect) -> Vec<Line<'static>> {
    let width = usize::from(area.width);
    let height = usize::from(area.height.saturating_sub(HEAD));
    match state.page {
        Page::Year => year::lines(look, known, state.shown_month(known), width),
        Page::Trends => trends::lines(look, known, state.reach, (width, height)),
        Page::Growth => growth::lines(look, known, (width, height)),
        Page::Doses => doses::lines(look, known, booklet::place(known, state.dose), width),
        Page::Pregnancy => pregnancy::lines(look, known, width),
    }
}

fn draw_head(
    state: &State,
    known: &Known,
    look: &Look,
    frame: &mut Frame<'_>,
    area: Rect,
    [above, below]: [bool; 2],
) {
    let mut spans = vec![Span::raw(" ")];
    let mut here = area.x;
    for page in known.pages() {
        let name = look.say(page.name());
        if page == state.page {
            let before: usize = spans.iter().map(|span| cells::width(&span.content)).sum();
            here = area.x + u16::try_from(before).unwrap_or(0) + 1;
            spans.push(Span::styled(format!("[{name}]"), look.strong()));
        } else {
            spans.push(Span::styled(format!(" {name} "), look.dim()));
        }
        spans.push(Span::raw(" "));
    }
    if state.page == Page::Year {
        spans.push(Span::styled(
            words::of_year(state.shown_year(known), look.lang),
            look.strong(),
        ));
    }
    if state.page == Page::Trends {
        spans.push(Span::styled(look.say(state.reach.name()), look.strong()));
    }
    cells::put_line(frame, area.x, area.y, &Line::from(spans), area.width);
    let [up, down] = look.signs().more;
    let more = match (above, below) {
        (false, false) => String::new(),
        (true, false) => up.to_owned(),
        (false, true) => down.to_owned(),
        (true, true) => format!("{up}{down}"),
    };
    let wide = u16::try_from(cells::width(&more)).unwrap_or(0);
    let x = area.right().saturating_sub(wide + 1);
    cells::put(frame, x, area.y, &more, usize::from(wide), look.strong());
    frame.set_cursor_position((here, area.y));
}
