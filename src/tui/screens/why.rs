//! Why a row stands in the queue: each of its tasks with its rule, the clause,
//! and the sums that made its days.
//!
//! ```text
//! ┌─ 缘由 张秀英 ─────────────────────────────────┐
//! │ 高血压  两次未达标                            │
//! │ H4：连续两次血压控制不满意:建议转诊,2周内核实 │
//! │   应访 2026-11-07 + 14天 = 2026-11-21         │
//! └───────────────────────────────────────────────┘
//! ```

use ratatui::{Frame, layout::Rect, style::Style};

use super::{Outcome, list_move};
use crate::{
    desk::reply::QueueRow,
    domain::{day::Day, queue, task::Task},
    tui::{
        action::{Action, List},
        theme::Look,
        widgets::{
            cells, frame,
            hints::{self, Hint},
            scroll::Scroll,
        },
        words::queue as words,
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::of(&[Action::List(List::PageDown)]),
    Hint::of(&[Action::List(List::PageUp)]),
    hints::BACK,
];

/// The widest box, in cells.
const WIDEST: u16 = 76;
/// The rows a page key moves by.
const PAGE: usize = 10;

/// The tasks explained.
#[derive(Debug)]
pub struct State {
    name: String,
    tasks: Vec<Task>,
    riding: Vec<Task>,
    today: Day,
    scroll: Scroll,
}

impl State {
    /// Returns the explanation of a row.
    pub fn of(row: &QueueRow, today: Day) -> Self {
        Self {
            name: row.name.clone(),
            tasks: row.row.tasks.clone(),
            riding: row.row.riding.clone(),
            today,
            scroll: Scroll::default(),
        }
    }

    fn lines(&self, look: &Look, room: usize) -> Vec<(String, Style)> {
        let mut lines = Vec::new();
        for task in &self.tasks {
            explain(task, self.today, look, room, &mut lines);
        }
        if !self.riding.is_empty() {
            lines.push((look.say(words::RIDING).to_owned(), look.dim()));
        }
        for task in &self.riding {
            explain(task, self.today, look, room, &mut lines);
        }
        lines.pop();
        lines
    }
}

fn explain(task: &Task, today: Day, look: &Look, room: usize, lines: &mut Vec<(String, Style)>) {
    let why = queue::why(task, today);
    let reason = why.reason.text.get(look.lang);
    let head = format!("{}  {reason}", look.say(task.kind.name()));
    lines.push((head, look.strong()));
    let rule = look
        .say(words::RULE)
        .replace("{rule}", why.rule.id())
        .replace("{clause}", look.say(why.clause));
    let wrapped = cells::wrap(&rule, room);
    lines.extend(wrapped.into_iter().map(|line| (line, look.text())));
    for sum in why.sums {
        let sum = sum.text();
        lines.push((format!("  {}", sum.get(look.lang)), look.text()));
    }
    lines.push((String::new(), look.text()));
}

/// Takes a key.
pub fn update(state: &mut State, action: Option<List>) -> Option<Outcome> {
    match action? {
        List::Accept => return Some(Outcome::Leave),
        List::Tick => {}
        action => {
            let to = list_move(action)?;
            state.scroll.go(to, 60, PAGE);
        }
    }
    None
}

/// Draws the box over `area`.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let width = WIDEST.min(area.width);
    let room = usize::from(width.saturating_sub(4));
    let lines = state.lines(look, room);
    let height = u16::try_from(lines.len())
        .unwrap_or(area.height)
        .saturating_add(2);
    let title = format!("{} {}", look.say(words::WHY), state.name);
    let inner = frame::draw_box(look, frame, area, (width, height), &title);
    let hidden = lines.len().saturating_sub(usize::from(inner.height));
    let top = state.scroll.selected(60).unwrap_or(0).min(hidden);
    for ((line, style), y) in lines.iter().skip(top).zip(inner.y..inner.bottom()) {
        cells::put(frame, inner.x, y, line, room, *style);
    }
    frame.set_cursor_position((inner.x, inner.y));
}
