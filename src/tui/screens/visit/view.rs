//! Draws the visit: head, form with its outcome, and what is asked over it.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use super::{
    Stage, State,
    filling::Filling,
    head,
    referral::{self, Asking, KNOWN},
    saving::Sending,
    words,
};
use crate::{
    lang::outcome::{self, Tone},
    tui::{
        form::{self, Surroundings},
        theme::Look,
        widgets::cells,
    },
};

/// Draws the work area.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let width = usize::from(area.width);
    let line = head::last(state, look, width);
    cells::put_line(frame, area.x, area.y, &line, area.width);
    let rule = look.signs().rule.repeat(width);
    cells::put(frame, area.x, area.y + 1, &rule, width, look.dim());
    let below = Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(2),
        ..area
    };
    match &state.stage {
        Stage::Opening(_) | Stage::Resuming(..) => {}
        Stage::Choosing(choosing) => choosing.draw(look, frame, below, area),
        Stage::Referral(asking) => draw_referral(asking, look, frame, below),
        Stage::Filling(filling) => draw_filling(filling, look, frame, below, area),
    }
}

fn draw_filling(filling: &Filling, look: &Look, frame: &mut Frame<'_>, below: Rect, area: Rect) {
    let banner = banner(filling, look, usize::from(area.width));
    let mut outcome = outcome_lines(filling, look, usize::from(area.width));
    outcome.extend(filling.renewal(look));
    let around = Surroundings {
        banner: &banner,
        outcome: &outcome,
    };
    form::view(&filling.editor, &around, look, frame, below);
    filling.draw_sections(look, frame, area);
    if let Some((_, prompt)) = &filling.prompt {
        prompt.draw(look, frame, area);
    }
}

/// Returns what to do and whom to call, where there is an urgent sign.
pub fn banner(filling: &Filling, look: &Look, width: usize) -> Vec<Line<'static>> {
    let call = filling.desk.call.as_ref();
    let call = call.map(|call| (call.name.as_str(), call.phone.as_str()));
    let lines = filling.preview.as_ref().map_or_else(Vec::new, |preview| {
        outcome::banner(&preview.decision, call, look.lang)
    });
    lines
        .into_iter()
        // Whom to call is never cut off.
        .flat_map(|line| cells::wrap(&line, width))
        .map(|line| Line::styled(cells::left(&line, width, look.signs().cut), look.urgent()))
        .collect()
}

/// Returns the live outcome, and what the last key has to say, in lines of at most `width`
/// cells.
pub fn outcome_lines(filling: &Filling, look: &Look, width: usize) -> Vec<Line<'static>> {
    let whole = |text: &str, style: Style| {
        let lines = cells::wrap(text, width.saturating_sub(1)).into_iter();
        lines.map(move |line| Line::styled(format!(" {line}"), style))
    };
    let mut lines = Vec::new();
    if let Some(preview) = &filling.preview {
        let day = filling.editor.filled().first().map(|form| form.visit);
        let day = day.unwrap_or(filling.desk.today);
        for told in outcome::lines(&preview.decision, day, look.lang) {
            let style = match told.tone {
                Tone::Good => look.good(),
                Tone::Plain => look.text(),
                Tone::Warning => look.strong(),
            };
            lines.extend(whole(&told.text, style));
        }
        for later in &preview.later {
            let text = outcome::later(later.day, &later.before, &later.after, look.lang);
            lines.extend(whole(&format!("! {text}"), look.warning()));
        }
    }
    if let Some(doubt) = &filling.doubt {
        lines.extend(whole(&format!("! {doubt}"), look.problem()));
    }
    if let Some(notice) = &filling.notice {
        lines.extend(whole(notice, look.warning()));
    }
    if filling.sending != Sending::No {
        lines.push(Line::styled(
            format!(" {}", look.say(words::SAVING)),
            look.dim(),
        ));
    }
    if lines.is_empty() {
        // The line keeps its place, so that the form does not jump.
        lines.push(Line::default());
    }
    lines
}

fn draw_referral(asking: &Asking, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let room = usize::from(area.width.saturating_sub(2));
    let mut y = area.y + 1;
    if let Some(task) = referral::open(&asking.desk) {
        let days = (asking.desk.today - task.from).num_days();
        let text = look
            .say(words::REFERRED_ON)
            .replacen("{}", &task.from.to_string(), 1)
            .replacen("{}", &days.to_string(), 1);
        cells::put(frame, area.x + 1, y, &text, room, look.dim());
        y += 1;
    }
    let question = look.say(words::REFERRAL);
    cells::put(frame, area.x + 1, y, question, room, look.strong());
    y += 2;
    let selected = asking.scroll.selected(KNOWN.len());
    for (at, known) in KNOWN.iter().enumerate() {
        let here = selected == Some(at);
        let style = if here { look.strong() } else { look.text() };
        if here {
            cells::put(frame, area.x + 1, y, look.signs().mark, 1, style);
            frame.set_cursor_position((area.x + 1, y));
        }
        let text = format!("{} {}", at + 1, known.text().get(look.lang));
        cells::put(frame, area.x + 3, y, &text, room, style);
        y += 1;
    }
}
