//! What stands below the rows: the cell under the cursor and the outcome, or whom a typed name
//! may mean.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::{
    row::{Naming, Row, Saved, Who},
    sheet::Sheet,
    words,
};
use crate::{
    desk::reply::Candidate,
    lang::outcome,
    tui::{
        form::{self, style_of},
        screens::visit,
        sentences,
        theme::Look,
        widgets::{cells, who},
    },
};

/// The cells of a name found.
const NAME: usize = 8;

/// What the last key could not do.
pub fn notice(sheet: &Sheet, look: &Look) -> Option<Line<'static>> {
    let notice = sheet.notice.as_ref()?;
    Some(Line::styled(format!(" {notice}"), look.warning()))
}

/// The cell under the cursor as the form shows it, what is wrong, and the outcome.
pub fn draw_row(sheet: &Sheet, row: &Row, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let Some(filling) = &row.filling else { return };
    let width = usize::from(area.width);
    let mut lines: Vec<Line<'_>> = visit::banner(filling, look, width);
    lines.extend(notice(sheet, look));
    if !row.is_locked() {
        let asked = filling.editor.asked(width, look.lang).into_iter().take(2);
        lines.extend(asked.map(|pieces| {
            let spans = pieces.into_iter();
            let spans = spans.map(|piece| Span::styled(piece.text, style_of(piece.ink, look)));
            Line::from(spans.collect::<Vec<_>>())
        }));
        lines.extend(form::problem_lines(&filling.editor, look, width));
    }
    match row.saved.as_ref().filter(|_| row.is_locked()) {
        Some(saved) => lines.extend(decided(saved, look)),
        None => lines.extend(visit::outcome_lines(filling, look, width)),
    }
    for (line, y) in lines.iter().zip(area.y..area.bottom()) {
        cells::put_line(frame, area.x, y, line, area.width);
    }
}

/// What was decided of a saved row, and how it is corrected.
fn decided(saved: &Saved, look: &Look) -> Vec<Line<'static>> {
    let Some(told) = &saved.told else {
        return Vec::new();
    };
    let lines = outcome::lines(&told.decision, told.day, look.lang).into_iter();
    let lines = lines.map(|line| Line::styled(format!(" {}", line.text), look.text()));
    let hint = Line::styled(format!(" {}", look.say(words::LOCKED)), look.dim());
    lines.chain([hint]).collect()
}

/// Whom the typed name may mean, those who fit first.
pub fn draw_naming(sheet: &Sheet, naming: &Naming, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let room = usize::from(area.width.saturating_sub(2));
    let mut top = area.y;
    if let Some(text) = &sheet.notice {
        cells::put(frame, area.x + 1, top, text, room, look.warning());
        top += 1;
    }
    let typed = !naming.field.text().trim().is_empty();
    let rows = naming.rows();
    if rows.is_empty() {
        let text = match (typed, &naming.found) {
            (true, Some(_)) => words::NOBODY,
            (true, None) => words::OPENING,
            (false, _) => words::NAME_HINT,
        };
        cells::put(frame, area.x + 1, top, look.say(text), room, look.dim());
        return;
    }
    let page = usize::from(area.bottom().saturating_sub(top));
    let selected = naming.scroll.selected(rows.len());
    for (at, y) in naming.scroll.seen(rows.len(), page).zip(top..) {
        let Some(candidate) = rows.get(at) else {
            continue;
        };
        let here = selected == Some(at);
        if here {
            cells::put(frame, area.x + 1, y, look.signs().mark, 1, look.strong());
        }
        let (text, fits) = candidate_text(sheet, candidate, naming, look);
        let style = match (fits, here) {
            (true, true) => look.strong(),
            (true, false) => look.text(),
            (false, _) => look.dim(),
        };
        let text = cells::cut(&text, room.saturating_sub(2), look.signs().cut);
        cells::put(frame, area.x + 3, y, &text, room, style);
    }
}

/// A person found, and why the row cannot be about them.
fn candidate_text(
    sheet: &Sheet,
    candidate: &Candidate,
    naming: &Naming,
    look: &Look,
) -> (String, bool) {
    let found = &candidate.found;
    let today = naming.found.as_ref().map_or(sheet.head.day, |f| f.today);
    let name = cells::left(&found.name, NAME, "");
    let about = cells::left(&who::sex_age(look, found.sex, found.birth, today), 8, "");
    let tail = found.id_no.len().saturating_sub(4);
    let tail = cells::left(found.id_no.get(tail..).unwrap_or(""), 4, "");
    let text = format!(
        "{name} {about} {tail} {}",
        cells::left(&found.place, 10, "")
    );
    let taken = sheet.row_of(&Who::found(candidate), sheet.at());
    let why = match (&candidate.unfit, taken) {
        (_, Some(row)) => Some(look.say(words::IN_SHEET).replace("{}", &row.to_string())),
        (Some(refusal), None) => Some(sentences::refused(refusal, look.lang)),
        (None, None) => None,
    };
    match why {
        Some(why) => (format!("{text} {why}"), false),
        None => {
            let tags = found.tags.iter().map(|tag| look.say(tag.short()));
            (
                format!("{text} {}", tags.collect::<Vec<_>>().join(" ")),
                true,
            )
        }
    }
}
