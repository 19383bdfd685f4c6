//! Draws a dialog: a box with a line a question; the one under the cursor shows
//! what it offers.
//!
//! ```text
//! ┌─ 分户  3-012 ───────────────────────────┐
//! │ 哪些人分出去    ✓张建军                 │
//! │   ▸ 1 [✓] 张建军 儿子 44                │
//! │     2 [ ] 李芳 儿媳 42                  │
//! │ 分出后的户主    张建军 儿子 44          │
//! │ 日期            2026-11-21              │
//! │ 户主要离开，请先选定新户主              │
//! └─────────────────────────────────────────┘
//! ```

use ratatui::{Frame, layout::Rect};

use super::{
    State,
    ask::{Ask, Kind},
    words,
};
use crate::tui::{
    theme::Look,
    widgets::{cells, field::Field, frame},
};

const WIDTH: u16 = 72;
/// Cells of the labels.
const LABEL: u16 = 16;
/// Cells of the answers, and of what stands beside them.
const ANSWER: u16 = 30;
const BESIDE: u16 = WIDTH - 4 - LABEL - ANSWER - 1;

/// One line of the box.
enum Line<'a> {
    Ask(&'a Ask, bool),
    Option {
        text: String,
        here: bool,
    },
    Told(String),
    /// What is wrong with the answer above it, where it takes a line.
    Problem(String),
}

/// Returns what is wrong with an answer, if it is too long to stand beside it.
fn long_problem<'a>(ask: &Ask, look: &'a Look) -> Option<&'a str> {
    let text = look.say(ask.problem?);
    (usize::from(BESIDE) < cells::width(text)).then_some(text)
}

/// Draws the dialog over `area`.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let lines = lines(state, look);
    let height = u16::try_from(lines.len())
        .unwrap_or(u16::MAX)
        .saturating_add(2);
    let about = state
        .purpose
        .person()
        .map(|person| state.around.name(person));
    let title = format!(
        "{}  {} {}",
        look.say(state.purpose.title()),
        state.around.place,
        about.unwrap_or_default()
    );
    let inner = frame::draw_box(look, frame, area, (WIDTH, height), title.trim_end());
    let focus = lines
        .iter()
        .position(|line| matches!(line, Line::Ask(_, true)));
    let rows = usize::from(inner.height);
    // What the question under the cursor offers stands below it.
    let below = lines
        .iter()
        .filter(|line| matches!(line, Line::Option { .. }))
        .count();
    let last = focus.unwrap_or(0) + below + 1;
    let skipped = last.saturating_sub(rows).min(focus.unwrap_or(0));
    for (line, y) in lines.iter().skip(skipped).zip(inner.y..inner.bottom()) {
        let at = Rect {
            y,
            height: 1,
            ..inner
        };
        match line {
            Line::Ask(ask, here) => draw_ask(ask, *here, look, frame, at),
            Line::Option { text, here } => {
                let style = if *here { look.strong() } else { look.text() };
                if *here {
                    cells::put(frame, at.x + 2, y, look.signs().mark, 1, style);
                }
                let room = usize::from(at.width.saturating_sub(4));
                let text = cells::cut(text, room, look.signs().cut);
                cells::put(frame, at.x + 4, y, &text, room, style);
            }
            Line::Problem(text) => {
                let x = at.x + LABEL;
                let room = usize::from(at.width.saturating_sub(LABEL));
                cells::put(frame, x, y, text, room, look.problem());
            }
            Line::Told(text) => {
                cells::put(frame, at.x, y, text, usize::from(at.width), look.warning());
            }
        }
    }
}

fn lines<'a>(state: &'a State, look: &Look) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for (at, ask) in state.asks.iter().enumerate() {
        if state.is_hidden(at) {
            continue;
        }
        let here = at == state.at;
        lines.push(Line::Ask(ask, here));
        if here {
            lines.extend(options(ask, look));
        }
        lines.extend(long_problem(ask, look).map(|text| Line::Problem(text.to_owned())));
    }
    if let Some(notice) = &state.notice {
        let inside = usize::from(WIDTH) - 4;
        lines.extend(cells::wrap(notice, inside).into_iter().map(Line::Told));
    }
    lines
}

fn options(ask: &Ask, look: &Look) -> Vec<Line<'static>> {
    let numbered = |at: usize, text: &str| match at {
        0..9 => format!("{} {text}", at + 1),
        _ => format!("  {text}"),
    };
    let option = |text, here| Line::Option { text, here };
    match &ask.kind {
        Kind::Line(_) | Kind::Day(_) => Vec::new(),
        Kind::One { options, chosen } => options
            .iter()
            .enumerate()
            .map(|(at, text)| option(numbered(at, text), *chosen == Some(at)))
            .collect(),
        Kind::Many {
            options,
            ticked,
            at: selected,
        } => options
            .iter()
            .zip(ticked)
            .enumerate()
            .map(|(at, (text, ticked))| {
                let tick = if *ticked { look.signs().tick } else { " " };
                option(numbered(at, &format!("[{tick}] {text}")), at == *selected)
            })
            .collect(),
        Kind::Find {
            typed, found, at, ..
        } => {
            if found.is_empty() && !typed.text().is_empty() {
                return vec![option(look.say(words::NOTHING_FOUND).to_owned(), false)];
            }
            let found = found.iter().enumerate();
            found
                .map(|(row, hit)| option(hit.text.clone(), row == *at))
                .collect()
        }
    }
}

fn draw_ask(ask: &Ask, here: bool, look: &Look, frame: &mut Frame<'_>, at: Rect) {
    let label = look.say(ask.label);
    let style = if here { look.strong() } else { look.text() };
    cells::put(frame, at.x, at.y, label, usize::from(LABEL), style);
    let wide = at.width.saturating_sub(LABEL);
    let value = Rect {
        x: at.x + LABEL,
        width: wide.min(ANSWER),
        ..at
    };
    let style = if here {
        look.field_here()
    } else {
        look.field()
    };
    let shown = shown(ask);
    match &ask.kind {
        Kind::Line(field) | Kind::Day(field) => field.draw(frame, value, style, here),
        Kind::Find { typed, chosen, .. } if chosen.is_none() => {
            typed.draw(frame, value, style, here);
        }
        Kind::Find { .. } | Kind::One { .. } | Kind::Many { .. } => {
            let room = usize::from(wide);
            let text = cells::cut(&shown, room, look.signs().cut);
            let text = if text.is_empty() {
                look.signs().none
            } else {
                &text
            };
            cells::put(frame, value.x, at.y, text, room, style);
            if here {
                Field::default().draw(frame, Rect { width: 0, ..value }, style, true);
            }
        }
    }
    let beside = match (ask.problem, ask.hint) {
        (Some(_), _) if long_problem(ask, look).is_some() => None,
        (Some(problem), _) => Some((look.say(problem), look.problem())),
        (None, Some(hint)) if here => Some((look.say(hint), look.dim())),
        (None, _) => None,
    };
    if let Some((text, style)) = beside {
        let from = value.x + value.width + 1;
        let room = usize::from(at.right().saturating_sub(from));
        let text = cells::cut(text, room, look.signs().cut);
        cells::put(frame, from, at.y, &text, room, style);
    }
}

/// Returns the answer as a line.
fn shown(ask: &Ask) -> String {
    match &ask.kind {
        Kind::Line(_) | Kind::Day(_) => ask.text().to_owned(),
        Kind::One { options, chosen } => chosen
            .and_then(|at| options.get(at))
            .cloned()
            .unwrap_or_default(),
        Kind::Many { options, .. } => {
            let ticked = ask.ticked().into_iter().filter_map(|at| options.get(at));
            ticked.cloned().collect::<Vec<_>>().join(", ")
        }
        Kind::Find { chosen, .. } => chosen
            .as_ref()
            .map_or_else(String::new, |hit| hit.text.clone()),
    }
}
