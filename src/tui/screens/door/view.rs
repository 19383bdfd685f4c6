//! How the door looks: who may come in, the password, what was said last. In a low window the
//! free rows go first, then names, which scroll.

use ratatui::{Frame, layout::Rect};

use super::{PAGE, State, words};
use crate::{
    domain::refusal::{AccountRefusal, Refusal},
    tui::{sentences, theme::Look, widgets::cells},
};

/// Rows of what the door said last; more where it is longer.
const NOTE: u16 = 2;

/// The paragraphs of the door and where its parts begin.
struct Layout {
    head: Vec<String>,
    hint: Vec<String>,
    forgotten: Vec<String>,
    top: u16,
    names: u16,
    /// Names seen at once.
    page: u16,
    password: u16,
    note: u16,
    said: Vec<String>,
    forgotten_at: u16,
}

impl Layout {
    fn of(state: &State, look: &Look, area: Rect) -> Self {
        let room = usize::from(area.width.saturating_sub(4));
        let lines = |text: &str| cells::wrap(text, room);
        let (head, hint) = match &state.owner {
            Some(owner) => (
                lines(&look.say(words::LOCKED).replace("{name}", owner)),
                lines(look.say(words::LOCKED_HINT)),
            ),
            None => (lines(look.say(words::WELCOME)), Vec::new()),
        };
        let forgotten = lines(look.say(words::FORGOTTEN));
        let count = |lines: &[String]| u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let said = count(&head) + count(&hint);
        let page = u16::try_from(state.names.len().min(PAGE))
            .unwrap_or(1)
            .max(1);
        let last_said = lines(&note(state, look).0);
        let note_rows = count(&last_said).max(NOTE);
        let fixed = said + 1 + note_rows + count(&forgotten);
        let page = page.min(area.height.saturating_sub(fixed)).max(1);
        // The rows that are left stay free, where they part most: between head and names, above
        // the password, above and below the note, above all.
        let mut left = area.height.saturating_sub(fixed + page);
        let mut free = |wanted: u16| {
            let given = wanted.min(left);
            left -= given;
            given
        };
        let [one, before, after, below, above] = [free(1), free(1), free(1), free(1), free(1)];
        let under = one + free(3_u16.saturating_sub(said));
        let top = area.y + above;
        let names = top + said + under;
        let password = names + page + before;
        let note = password + 1 + after;
        Self {
            head,
            hint,
            forgotten,
            top,
            names,
            page,
            password,
            note,
            said: last_said,
            forgotten_at: note + note_rows + below,
        }
    }
}

/// Draws who may come in.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let layout = Layout::of(state, look, area);
    let room = usize::from(area.width.saturating_sub(4));
    let left = area.x + 2;
    let put = |frame: &mut Frame<'_>, lines: &[String], y: u16, style| {
        for (line, y) in lines.iter().zip(y..area.bottom()) {
            cells::put(frame, left, y, line, room, style);
        }
    };
    put(frame, &layout.head, layout.top, look.strong());
    let below = u16::try_from(layout.head.len()).unwrap_or(0);
    put(frame, &layout.hint, layout.top + below, look.dim());
    let labels = [words::WHO, words::PASSWORD].map(|label| look.say(label));
    let label_cells = labels.iter().map(|label| cells::width(label)).max();
    let x = left + u16::try_from(label_cells.unwrap_or(0)).unwrap_or(0) + 2;
    let (named, typed) = match state.is_chosen {
        true => (look.text(), look.strong()),
        false => (look.strong(), look.text()),
    };
    let [who, password] = labels;
    cells::put(frame, left, layout.names, who, room, named);
    draw_names(state, look, frame, (x, layout.names, layout.page), room);
    cells::put(frame, left, layout.password, password, room, typed);
    let field = Rect {
        x: x + 2,
        y: layout.password,
        width: 30.min(area.right().saturating_sub(x + 2)),
        height: 1,
    };
    let style = match state.is_chosen {
        true => look.field_here(),
        false => look.field(),
    };
    state.secret.draw(frame, field, style, state.is_chosen);
    put(frame, &layout.said, layout.note, note(state, look).1);
    put(frame, &layout.forgotten, layout.forgotten_at, look.dim());
}

/// Draws the names; their numbers while a digit chooses one.
fn draw_names(
    state: &State,
    look: &Look,
    frame: &mut Frame<'_>,
    (x, y, page): (u16, u16, u16),
    room: usize,
) {
    let count = state.names.len();
    let seen = state.scroll.seen(count, usize::from(page));
    let selected = state.scroll.selected(count);
    let names = state.names.iter().enumerate().skip(seen.start);
    for ((at, name), y) in names.take(seen.len()).zip(y..) {
        let here = selected == Some(at);
        let style = if here { look.strong() } else { look.text() };
        if here {
            cells::put(frame, x, y, look.signs().mark, 1, style);
            if !state.is_chosen {
                frame.set_cursor_position((x, y));
            }
        }
        let text = match (state.is_chosen, at) {
            (true, _) => name.clone(),
            (false, 0..9) => format!("{} {name}", at + 1),
            (false, _) => format!("  {name}"),
        };
        cells::put(frame, x + 2, y, &text, room.saturating_sub(10), style);
    }
}

/// Returns what the door said last.
fn note(state: &State, look: &Look) -> (String, ratatui::style::Style) {
    match (&state.wait, &state.notice, state.trying) {
        (_, _, Some(_)) => (look.say(words::TRYING).to_owned(), look.dim()),
        (Some(wait), _, None) => {
            let seconds = i64::try_from(wait.seconds).unwrap_or(i64::MAX);
            let refusal = Refusal::Account(AccountRefusal::Wait { seconds });
            (sentences::refused(&refusal, look.lang), look.problem())
        }
        (None, Some(notice), None) => (notice.clone(), look.problem()),
        (None, None, None) => (String::new(), look.text()),
    }
}
