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

use std::collections::BTreeMap;

use ratatui::{Frame, layout::Rect, style::Style};

use super::{Outcome, list_move, unexplained};
use crate::{
    desk::{Question, Reply, Stop, reply::QueueRow},
    domain::{
        agreement::pledge::Owed, day::Day, id::PersonId, programmes::ProgrammeKind, queue,
        task::Task,
    },
    tui::{
        action::{Action, List},
        hand::Hand,
        port::Ticket,
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
    owed: Vec<Owed>,
    today: Day,
    scroll: Scroll,
    person: PersonId,
    asked: Option<Ticket>,
    /// Why someone below the entry age is followed up all the same.
    under_age: BTreeMap<ProgrammeKind, String>,
}

impl State {
    /// Returns the explanation of a row.
    pub fn of(row: &QueueRow, today: Day) -> Self {
        Self {
            name: row.name.clone(),
            tasks: row.row.tasks.clone(),
            riding: row.row.riding.clone(),
            owed: row.row.owed.clone(),
            today,
            scroll: Scroll::default(),
            person: row.row.person,
            asked: None,
            under_age: BTreeMap::new(),
        }
    }

    fn lines(&self, look: &Look, room: usize) -> Vec<(String, Style)> {
        let mut lines = Vec::new();
        let mut owed: Vec<&Owed> = self.owed.iter().collect();
        for task in &self.tasks {
            explain(task, self.today, look, room, &mut lines);
            explain_promises(task, &mut owed, look, room, &mut lines);
            self.explain_age(task, look, room, &mut lines);
        }
        if !self.riding.is_empty() {
            lines.push((look.say(words::RIDING).to_owned(), look.dim()));
        }
        for task in &self.riding {
            explain(task, self.today, look, room, &mut lines);
            explain_promises(task, &mut owed, look, room, &mut lines);
        }
        lines.pop();
        lines
    }

    /// Adds why a programme is followed below its entry age, before the empty line.
    fn explain_age(&self, task: &Task, look: &Look, room: usize, lines: &mut Vec<(String, Style)>) {
        for kind in task.programmes.iter() {
            let Some(reason) = self.under_age.get(kind) else {
                continue;
            };
            let text = look
                .say(words::UNDER_AGE)
                .replace("{age}", &kind.programme().entry_age.to_string())
                .replace("{reason}", reason);
            let last = lines.pop();
            let wrapped = cells::wrap(&text, room).into_iter();
            lines.extend(wrapped.map(|line| (line, look.warning())));
            lines.extend(last);
        }
    }
}

/// Asks what is known of the person besides the row.
pub fn begin(state: &mut State, hand: &mut Hand<'_>) {
    state.asked = Some(hand.ask(Question::Glance(state.person)));
}

/// Takes the answer.
pub fn replied(state: &mut State, ticket: Ticket, reply: Result<Reply, Stop>) -> Option<Outcome> {
    match reply {
        Ok(Reply::Glance(glance)) if state.asked == Some(ticket) => {
            state.under_age = glance.under_age;
            None
        }
        reply => unexplained(reply),
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

/// Adds the promises the task keeps, before the empty line; each is told once.
fn explain_promises(
    task: &Task,
    owed: &mut Vec<&Owed>,
    look: &Look,
    room: usize,
    lines: &mut Vec<(String, Style)>,
) {
    let last = lines.pop();
    for owed in owed.extract_if(.., |owed| owed.is_served_by(task)) {
        let text = look
            .say(words::PROMISE)
            .replace("{number}", &owed.number)
            .replace("{item}", look.say(owed.service.name()))
            .replace("{required}", &owed.required.to_string())
            .replace("{done}", &owed.done.to_string())
            .replace("{until}", &owed.until.to_string());
        let wrapped = cells::wrap(&text, room).into_iter();
        lines.extend(wrapped.map(|line| (line, look.warning())));
    }
    lines.extend(last);
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
