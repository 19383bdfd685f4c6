//! Draws a person's contacts: the list, one line on the chosen one, the plots.
//!
//! ```text
//!   11-20  随访 高血压   152/94   控制不满意 H5   下次 12-04
//! ▸ 08-20  随访 高血压   136/84   控制满意 H6    更正1次
//!  ───────────────────────────────────────────
//!  血压 plot                      空腹血糖 plot
//! ```

use chrono::Datelike;
use ratatui::{Frame, layout::Rect};

use super::{PLOT, State, text};
use crate::{
    domain::{
        contact::Contact,
        day::Day,
        text::{Lang, Text},
    },
    lang::outcome,
    tui::{
        theme::Look,
        widgets::{
            cells,
            trend::{self, Point, Written},
        },
    },
};

/// Draws contacts and plots.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let plots = PLOT.min(area.height / 2);
    let rows = Rect {
        height: area.height.saturating_sub(plots + 1),
        ..area
    };
    draw_rows(state, look, frame, rows);
    draw_detail(
        state,
        look,
        frame,
        Rect {
            y: rows.bottom(),
            height: 1,
            ..area
        },
    );
    let below = Rect {
        y: rows.bottom() + 1,
        height: plots,
        ..area
    };
    draw_plots(state, look, frame, below);
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
        let text = row(contact, look);
        cells::put(frame, area.x + 3, y, &text, room, style);
    }
}

/// Returns one contact in one line: day, what it was, values, class.
pub fn row(contact: &Contact, look: &Look) -> String {
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
    [
        cells::left(&contact.day.to_string(), 10, cut),
        cells::left(&outcome::happening(&contact.happening, lang), 22, cut),
        cells::left(&outcome::measured(&values, lang), 16, cut),
        cells::left(&class.join(" "), 18, cut),
        mark,
    ]
    .join(" ")
}

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

fn draw_plots(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let Some(view) = &state.view else {
        return;
    };
    let standing = || {
        let contacts = state.contacts.iter().rev();
        contacts.filter(|contact| contact.withdrawn.is_none())
    };
    let pressures: Vec<Point> = standing()
        .filter_map(|contact| {
            let pressure = contact.happening.measured()?.pressure()?;
            let values = [pressure.sbp, pressure.dbp].map(|value| Some(i64::from(value)));
            Some(point(contact.day, view.today, values))
        })
        .collect();
    let sugars: Vec<Point> = standing()
        .filter_map(|contact| {
            let measured = contact.happening.measured()?;
            let value = measured.fbg?.thousandths() / 100;
            Some(point(contact.day, view.today, [Some(value), None]))
        })
        .collect();
    let half = if sugars.is_empty() || pressures.is_empty() {
        area.width
    } else {
        area.width / 2
    };
    let settings = &view.settings;
    let mut place = Rect {
        width: half,
        ..area
    };
    if !pressures.is_empty() {
        let target = settings.htn_target;
        let limits = [i64::from(target.sbp), i64::from(target.dbp)];
        draw_plot(
            look,
            frame,
            place,
            PRESSURE,
            (&pressures, Written::Whole),
            &limits,
        );
        place.x += half;
        place.width = area.width - half;
    }
    if !sugars.is_empty() {
        let limit = settings.dm_fbg_target.thousandths() / 100;
        draw_plot(
            look,
            frame,
            place,
            SUGAR,
            (&sugars, Written::Tenths),
            &[limit],
        );
    }
}

fn draw_plot(
    look: &Look,
    frame: &mut Frame<'_>,
    area: Rect,
    title: Text,
    points: (&[Point], Written),
    limits: &[i64],
) {
    let room = usize::from(area.width);
    cells::put(frame, area.x + 1, area.y, look.say(title), room, look.dim());
    let below = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    trend::plot(look, frame, below, points, limits);
}

fn point(day: Day, today: Day, values: [Option<i64>; 2]) -> Point {
    let label = if day.year() == today.year() {
        day.format("%m-%d").to_string()
    } else {
        day.format("%y-%m").to_string()
    };
    Point { label, values }
}

const NOTHING: Text = text("还没有记录", "Nothing recorded yet");
const WITHDRAWN: Text = text("已撤回", "withdrawn");
const CORRECTED: Text = text("更正{}次", "corrected {}×");
const CORRECTION: Text = text("更正", "corrected");
const PRESSURE: Text = text("血压 mmHg", "Pressure mmHg");
const SUGAR: Text = text("空腹血糖 mmol/L", "Fasting glucose mmol/L");
