//! Finding anybody as one types; an empty box shows the people touched last.
//!
//! What is found and in which order is the desk's; the screen asks with every key.
//!
//! ```text
//!  / zxy_
//! ──────────────────────────────────────────────────────────────
//! ▸ 张秀英 女 67  3-012 户主张德福  ID…2047  高血压 糖尿病  逾期9天
//!   ── 相近 ──
//!   章秀云 女 70  4-009 户主章有才           65岁以上       12-05
//! ──────────────────────────────────────────────────────────────
//!  3-012 张德福户 4人  大坪村3组12号
//! ```

use ratatui::{Frame, layout::Rect};

use super::{Outcome, unexplained};
use crate::{
    desk::{
        Question, Reply, Stop,
        reply::{FoundPerson, SearchView},
    },
    domain::{day::Day, search::Tell, tags::Tag},
    tui::{
        action::{Action, Search},
        hand::Hand,
        keys::Key,
        port::Ticket,
        theme::Look,
        widgets::{
            cells,
            field::Field,
            frame,
            hints::{self, Hint},
            scroll::{Move, Scroll},
            who,
        },
        words::{self, search as said},
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::all(
        &[Action::Search(Search::Up), Action::Search(Search::Down)],
        words::CHOOSE,
    ),
    Hint::short(&[Action::Search(Search::Open)], "打开户", "Open"),
    Hint::of(&[Action::Search(Search::Visit)]),
    Hint::short(&[Action::Search(Search::Agreement)], "签约", "Sign"),
    Hint::short(&[Action::Search(Search::DueOnly)], "只看有事的", "Due only"),
    hints::BACK,
    Hint::short(&[Action::Search(Search::Picture)], "一览图", "Charts"),
    hints::HELP,
];

/// The most people shown.
const LIMIT: usize = 60;
/// The fewest asked for: a window that was made larger is not left half empty.
const FEWEST: usize = 24;
/// Adds itself to the query to leave only people with work that can be done now.
const WITH_WORK: &str = " #有事";

/// What is typed and found.
#[derive(Debug, Default)]
pub struct State {
    typed: Field,
    is_due_only: bool,
    /// Whether more is wanted than a page: that is asked for once somebody goes down.
    is_all: bool,
    asked: Option<Ticket>,
    found: Option<Box<SearchView>>,
    scroll: Scroll,
}

impl State {
    fn rows(&self) -> &[FoundPerson] {
        self.found.as_ref().map_or(&[], |found| &found.rows)
    }

    fn here(&self) -> Option<&FoundPerson> {
        let rows = self.rows();
        rows.get(self.scroll.selected(rows.len())?)
    }
}

/// Asks for what is typed.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    let mut text = state.typed.text().to_owned();
    if state.is_due_only {
        text.push_str(WITH_WORK);
    }
    let page = usize::from(parts(hand.work).list.height);
    let limit = if state.is_all {
        LIMIT
    } else {
        page.clamp(FEWEST, LIMIT)
    };
    state.asked = Some(hand.ask(Question::Search { text, limit }));
}

/// Takes what was found; answers to what was typed before are stale.
pub fn replied(state: &mut State, ticket: Ticket, reply: Result<Reply, Stop>) -> Option<Outcome> {
    if state.asked != Some(ticket) {
        return None;
    }
    state.asked = None;
    match reply {
        Ok(Reply::Search(found)) => {
            let held = state.here().map(|row| row.person);
            let is_same = state.found.as_ref().map(|old| &old.query) == Some(&found.query);
            let at = found.rows.iter().position(|row| Some(row.person) == held);
            state.scroll.select(at.filter(|_| is_same).unwrap_or(0));
            state.found = Some(found);
            None
        }
        other => unexplained(other),
    }
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Search>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    let page = parts(hand.work).list.height;
    let to = match action {
        Some(Search::Open) => {
            let here = state.here()?;
            return Some(Outcome::Household(here.household, Some(here.person)));
        }
        Some(Search::Visit) => return Some(Outcome::Visit(state.here()?.person)),
        Some(Search::Record) => return Some(Outcome::Record(state.here()?.person)),
        Some(Search::Picture) => return Some(Outcome::Picture(state.here()?.person)),
        Some(Search::Agreement) => return Some(Outcome::Sign(state.here()?.household)),
        Some(Search::DueOnly) => {
            state.is_due_only = !state.is_due_only;
            refresh(state, hand);
            return None;
        }
        Some(Search::Down) => Move::Down,
        Some(Search::Up) => Move::Up,
        Some(Search::PageDown) => Move::PageDown,
        Some(Search::PageUp) => Move::PageUp,
        None => {
            let before = state.typed.text().to_owned();
            state.typed.key(key);
            if state.typed.text() != before {
                state.is_all = false;
                refresh(state, hand);
            }
            return None;
        }
    };
    state.scroll.go(to, state.rows().len(), usize::from(page));
    // A page is there at once; the rest before anybody has come to its end.
    if !state.is_all && matches!(to, Move::Down | Move::PageDown) {
        state.is_all = true;
        refresh(state, hand);
    }
    None
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str, hand: &mut Hand<'_>) {
    state.typed.insert(text);
    state.is_all = false;
    refresh(state, hand);
}

/// Returns whether a key that chooses must wait for the answer to what was typed.
pub fn holds_choice(state: &State, action: Option<Action>) -> bool {
    let chooses = match action {
        Some(Action::Search(action)) => action != Search::DueOnly,
        _ => false,
    };
    chooses && state.asked.is_some()
}

struct Parts {
    typed: Rect,
    above: Rect,
    list: Rect,
    below: Rect,
    detail: Rect,
}

fn parts(area: Rect) -> Parts {
    let row = |y: u16| Rect {
        y: area.y + y,
        height: 1,
        ..area
    };
    let list = area.height.saturating_sub(4);
    Parts {
        typed: row(0),
        above: row(1),
        list: Rect {
            y: area.y + 2,
            height: list,
            ..area
        },
        below: row(2 + list),
        detail: row(3 + list),
    }
}

/// Draws the box, the results, and where the selected person lives.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let parts = parts(area);
    frame::draw_rule(look, frame, parts.above, "");
    frame::draw_rule(look, frame, parts.below, "");
    draw_rows(state, look, frame, parts.list);
    if let Some(here) = state.here() {
        let text = look
            .say(said::LIVES)
            .replace("{place}", &here.place)
            .replace("{head}", &here.head)
            .replace("{count}", &here.household_size.to_string())
            .replace("{address}", &here.address_here);
        let record = here.record_no.as_ref();
        let record = record.map(|no| look.say(said::RECORD).replace("{}", no));
        let text = format!("{text}  {}", record.unwrap_or_default());
        let room = usize::from(area.width.saturating_sub(2));
        cells::put(
            frame,
            parts.detail.x + 1,
            parts.detail.y,
            &text,
            room,
            look.text(),
        );
    }
    cells::put(frame, area.x + 1, parts.typed.y, "/", 1, look.key());
    let mut wide = area.width.saturating_sub(4);
    if state.is_due_only {
        let text = look.say(said::DUE_ONLY);
        let taken = u16::try_from(cells::width(text)).unwrap_or(0) + 1;
        let x = area.right().saturating_sub(taken);
        cells::put(
            frame,
            x,
            parts.typed.y,
            text,
            usize::from(taken),
            look.warning(),
        );
        wide = wide.saturating_sub(taken);
    }
    let field = Rect {
        x: area.x + 3,
        width: wide,
        ..parts.typed
    };
    state.typed.draw(frame, field, look.strong(), true);
}

fn draw_rows(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let Some(found) = &state.found else { return };
    let room = usize::from(area.width.saturating_sub(2));
    let is_empty = found.query.trim().is_empty();
    if found.rows.is_empty() {
        let text = if is_empty { said::RECENT } else { said::NOBODY };
        for (line, y) in cells::wrap(look.say(text), room).iter().zip(area.y + 1..) {
            cells::put(frame, area.x + 2, y, line, room, look.dim());
        }
        return;
    }
    let near = found.hits.near_from.filter(|_| !is_empty);
    // The heading of the section takes one row.
    let page = usize::from(area.height).saturating_sub(usize::from(near.is_some()));
    let seen = state.scroll.seen(found.rows.len(), page);
    let selected = state.scroll.selected(found.rows.len());
    let mut y = area.y;
    for (at, row) in found
        .rows
        .iter()
        .enumerate()
        .skip(seen.start)
        .take(seen.len())
    {
        if near == Some(at) {
            let line = Rect {
                y,
                height: 1,
                ..area
            };
            let line = Rect {
                x: line.x + 2,
                width: line.width.min(20),
                ..line
            };
            frame::draw_rule(look, frame, line, look.say(said::NEAR));
            y += 1;
        }
        let tells = found.tells.get(at).map_or(&[][..], Vec::as_slice);
        draw_row(
            look,
            frame,
            Rect {
                y,
                height: 1,
                ..area
            },
            row,
            tells,
            found.today,
            selected == Some(at),
        );
        y += 1;
    }
}

/// The cells of a row: name, sex and age, place and what tells apart, tags, agreement, next due.
fn draw_row(
    look: &Look,
    frame: &mut Frame<'_>,
    area: Rect,
    row: &FoundPerson,
    tells: &[Tell],
    today: Day,
    here: bool,
) {
    let style = if row.is_gone { look.dim() } else { look.text() };
    if here {
        cells::put(frame, area.x, area.y, look.signs().mark, 1, look.strong());
    }
    let is_wide = 100 <= area.width;
    let due = row.due.as_ref().map_or_else(String::new, |task| {
        who::due(
            look,
            task.status(today),
            task.due,
            task.days_late(today),
            today,
        )
    });
    let due_style = match &row.due {
        Some(task) if task.status(today) == crate::domain::task::Status::Overdue => look.overdue(),
        Some(_) | None => style,
    };
    let tags: Vec<&str> = row
        .tags
        .iter()
        .filter(|tag| *tag != Tag::General)
        .map(|tag| look.say(tag.short()))
        .collect();
    let gone = if row.is_gone {
        look.say(said::GONE)
    } else {
        ""
    };
    let agreement = match row.signed {
        Some((_, word)) if !row.is_gone => look.say(word.name()),
        Some(_) | None => row.agreement.as_deref().unwrap_or(gone),
    };
    let name = if here {
        style.patch(look.strong())
    } else {
        style
    };
    let columns = [
        (row.name.clone(), if is_wide { 10 } else { 8 }, name),
        (who::sex_age(look, row.sex, row.birth, today), 7, style),
        (
            place(look, row, tells),
            if is_wide { 34 } else { 26 },
            style,
        ),
        (tags.join(" "), if is_wide { 24 } else { 16 }, style),
        (agreement.to_owned(), 6, style),
        (due, 9, due_style),
    ];
    let mut x = area.x + 2;
    for (text, width, style) in columns {
        let room = usize::from(area.right().saturating_sub(x)).min(width);
        let text = cells::cut(&text, room, look.signs().cut);
        cells::put(frame, x, area.y, &text, room, style);
        x = x.saturating_add(u16::try_from(width).unwrap_or(0) + 1);
    }
}

/// Returns where the person lives, and what tells namesakes apart.
fn place(look: &Look, row: &FoundPerson, tells: &[Tell]) -> String {
    let mut parts = vec![row.place.clone()];
    if row.head != row.name || tells.contains(&Tell::Head) {
        parts.push(look.say(said::HEAD).replace("{}", &row.head));
    } else {
        parts.push(look.say(said::IS_HEAD).to_owned());
    }
    if tells.contains(&Tell::IdTail) {
        let tail = row.id_no.len().saturating_sub(4);
        let tail = row.id_no.get(tail..).unwrap_or("");
        parts.insert(1, look.say(said::ID_TAIL).replace("{}", tail));
    }
    parts.join(" ")
}
