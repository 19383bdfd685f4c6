//! Draws a person's contacts: the list, and one line on the chosen one.
//!
//! ```text
//!   11-20  随访 高血压   152/94   控制不满意 H5   下次 12-04
//! ▸ 08-20  随访 高血压   136/84   控制满意 H6    更正1次
//!  ───────────────────────────────────────────
//! ```

use ratatui::{Frame, layout::Rect};

use super::{State, text};
use crate::{
    domain::{
        contact::Contact,
        text::{Lang, Text},
    },
    lang::outcome,
    tui::{theme::Look, widgets::cells},
};

/// Draws contacts and plots.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let rows = Rect {
        height: area.height.saturating_sub(1),
        ..area
    };
    draw_rows(state, look, frame, rows);
    let below = Rect {
        y: rows.bottom(),
        height: 1,
        ..area
    };
    draw_detail(state, look, frame, below);
    if let Some((_, prompt)) = &state.prompt {
        prompt.draw(look, frame, area);
    }
}

fn draw_rows(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let count = state.contacts.len();
    let page = usize::from(area.height);
    let selected = state.scroll.selected(count);
    let shown = state.scroll.seen(count, page);
    let room = usize::from(area.width.saturating_sub(3));
    if count == 0 && state.view.is_some() {
        cells::put(
            frame,
            area.x + 3,
            area.y,
            look.say(NOTHING),
            room,
            look.dim(),
        );
    }
    let rows = state.contacts.iter().enumerate();
    let rows = rows.skip(shown.start).take(shown.len());
    for ((at, contact), y) in rows.zip(area.y..) {
        let here = selected == Some(at);
        let style = match (&contact.withdrawn, here) {
            (Some(_), _) => look.dim(),
            (None, true) => look.strong(),
            (None, false) => look.text(),
        };
        if here {
            cells::put(frame, area.x + 1, y, look.signs().mark, 1, look.strong());
            frame.set_cursor_position((area.x + 1, y));
        }
        let text = row(contact, look, room);
        cells::put(frame, area.x + 3, y, &text, room, style);
    }
}

/// Returns one contact in one line of `room` cells: day, what it was, values, class. What
/// stands last takes all the room there is.
pub fn row(contact: &Contact, look: &Look, room: usize) -> String {
    let lang = look.lang;
    let cut = look.signs().cut;
    let values = contact.happening.measured().unwrap_or_default();
    let outcomes = contact.decision.outcomes.values();
    let class: Vec<String> = outcomes
        .filter_map(|outcome| {
            let class = outcome.class?.text().get(lang);
            let rule = outcome.rule.map_or("", |rule| rule.id());
            Some(format!("{class} {rule}").trim_end().to_owned())
        })
        .collect();
    let mark = match (&contact.withdrawn, contact.corrections.len()) {
        (Some(_), _) => look.say(WITHDRAWN).to_owned(),
        (None, 0) => String::new(),
        (None, times) => look.say(CORRECTED).replace("{}", &times.to_string()),
    };
    let what = outcome::happening(&contact.happening, lang);
    let (measured, class) = (outcome::measured(&values, lang), class.join(" "));
    let day = contact.day;
    let room = room.saturating_sub(DAY + 1 + cells::width(&mark) + usize::from(!mark.is_empty()));
    let text = if measured.is_empty() && class.is_empty() {
        cells::left(&what, room, cut)
    } else {
        let class_room = room.saturating_sub(WHAT + 1 + MEASURED + 1);
        let what = cells::left(&what, WHAT, cut);
        let measured = cells::left(&measured, MEASURED, cut);
        format!("{what} {measured} {}", cells::left(&class, class_room, cut))
    };
    format!("{day} {text} {mark}").trim_end().to_owned()
}

/// The cells of a row's parts.
const DAY: usize = 10;
const WHAT: usize = 22;
const MEASURED: usize = 16;

fn draw_detail(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let room = usize::from(area.width.saturating_sub(1));
    let rule = look.signs().rule.repeat(room);
    let text = state.here().and_then(|contact| detail(contact, look.lang));
    match text {
        Some(text) => cells::put(frame, area.x + 1, area.y, &text, room, look.dim()),
        None => cells::put(frame, area.x, area.y, &rule, room + 1, look.dim()),
    }
}

/// Returns why the contact was withdrawn or last corrected.
fn detail(contact: &Contact, lang: Lang) -> Option<String> {
    if let Some(reason) = &contact.withdrawn {
        return Some(format!("{}: {reason}", WITHDRAWN.get(lang)));
    }
    let last = contact.corrections.last()?;
    Some(format!("{}: {}", CORRECTION.get(lang), last.reason))
}

const NOTHING: Text = text("还没有记录", "Nothing recorded yet");
const WITHDRAWN: Text = text("已撤回", "withdrawn");
const CORRECTED: Text = text("更正{}次", "corrected {}×");
const CORRECTION: Text = text("更正", "corrected");
