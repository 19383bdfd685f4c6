//! Draws the menu, or the questions with what would follow.

use ratatui::{Frame, layout::Rect};

use super::{State, What};
use crate::tui::{
    saved, sentences,
    theme::Look,
    widgets::{cells, frame},
    words::attempt as words,
};

/// The width of the box.
const WIDTH: u16 = 60;

/// Draws the box over `area`.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    match &state.asked {
        None => draw_menu(state, look, frame, area),
        Some((what, _)) => draw_questions(state, *what, look, frame, area),
    }
}

fn draw_menu(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let offered = state.offered();
    let rows = u16::try_from(offered.len()).unwrap_or(8);
    let title = format!("{} {}", look.say(words::TITLE), state.name);
    let inner = frame::draw_box(look, frame, area, (WIDTH, rows + 2), &title);
    let selected = state.menu.selected(offered.len());
    for ((at, what), y) in offered.iter().enumerate().zip(inner.y..inner.bottom()) {
        let here = selected == Some(at);
        let style = if here { look.strong() } else { look.text() };
        if here {
            cells::put(frame, inner.x, y, look.signs().mark, 1, style);
            frame.set_cursor_position((inner.x, y));
        }
        let text = format!("{} {}", at + 1, look.say(what.text()));
        let room = usize::from(inner.width.saturating_sub(2));
        cells::put(frame, inner.x + 2, y, &text, room, style);
    }
}

fn draw_questions(state: &State, what: What, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let Some((_, prompt)) = &state.asked else {
        return;
    };
    let rows = u16::try_from(prompt.len()).unwrap_or(1);
    let room = usize::from(WIDTH.saturating_sub(4));
    let offered = cells::wrap_list(&prompt.offered(), room);
    let (follows, is_bad) = follows(state, what, look);
    let follows = cells::wrap(&follows, room);
    let more = u16::try_from(offered.len() + follows.len()).unwrap_or(2) + 1;
    let title = format!("{} {}", state.name, look.say(what.text()));
    let inner = frame::draw_box(look, frame, area, (WIDTH, rows + more + 2), &title);
    prompt.draw(look, frame, inner);
    let mut y = inner.y + rows;
    for line in &offered {
        cells::put(frame, inner.x, y, line, room, look.dim());
        y += 1;
    }
    y += 1;
    let style = if is_bad { look.problem() } else { look.good() };
    for (line, y) in follows.iter().zip(y..inner.bottom()) {
        cells::put(frame, inner.x, y, line, room, style);
    }
}

/// Returns what would follow, and whether that is a refusal.
fn follows(state: &State, what: What, look: &Look) -> (String, bool) {
    if matches!(what, What::Moved | What::Died) {
        return (look.say(words::ENDS).to_owned(), false);
    }
    match &state.preview {
        // Without an answer to wait for, something is still to be filled in.
        None if state.preview_ticket.is_none() => (String::new(), false),
        None => (look.say(words::THINKING).to_owned(), false),
        Some(Err(refusal)) => (sentences::refused(refusal, look.lang), true),
        Some(Ok(decision)) => {
            let first = decision.opened.iter().min_by_key(|task| task.due);
            let mut parts: Vec<String> = decision
                .alerts
                .iter()
                .map(|alert| look.say(alert.text()).to_owned())
                .collect();
            parts.push(match first {
                Some(task) => {
                    let text = match task.latest {
                        Some(latest) if task.due <= latest => look
                            .say(words::NEXT)
                            .replace("{latest}", &latest.to_string()),
                        Some(_) | None => look.say(words::NEXT_OPEN).to_owned(),
                    };
                    text.replace("{day}", &task.due.to_string())
                }
                None if decision.closed.is_empty() => look.say(words::DATES_STAY).to_owned(),
                None => look.say(words::NO_NEXT).to_owned(),
            });
            let classes = saved::classes(look, decision);
            parts.extend((!classes.is_empty()).then_some(classes));
            (parts.join("  "), false)
        }
    }
}
