//! Today's queue, the home screen: who is due, why, and how long it can wait.
//!
//! It records nothing itself but the marks of the round; visits and attempts
//! have screens of their own.
//!
//! ```text
//!  应访27  逾期7  已访4  未遇1    另有 可提前31 顺便540      按缓急  筛选 无
//! ─── 签约 存疑1 将到期6 带入待确认3 ──────────────────────────────────
//!     姓名     年龄   组-门  项目           到期      可等到  缘由
//! !!  张秀英   女 67  3-012  高血压 糖尿病  逾期9天   —       两次未达标
//! ▸ + 王桂兰   女 71  3-015  高血压         今天      12-05   满3个月
//! ─────────────────────────────────────────────────────────────────────────
//!  王桂兰 139****2211  上次 08-20 134/82 控制满意
//!  氨氯地平 5mg   大坪村3组12号
//! ```

mod detail;
mod following;
mod leading;
mod list;
mod view;
mod waiting;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

pub use leading::{put_down, taken_up};
pub use list::{List, RowKey, Shown, due, what};
pub use view::{list_rows, view};

use super::{Outcome, Screen, filter, unexplained, why};
use crate::{
    desk::{
        Question, Reply, Stop,
        reply::{AgreementList, Done, QueueRow, QueueView},
        request::QueueAsk,
        rights::Matter,
    },
    domain::{
        id::{PersonId, VillageId},
        queue::{Filter, Grouping},
    },
    tui::{
        action::{Action, Global, Queue},
        hand::Hand,
        port::Ticket,
        widgets::{
            hints::{self, Hint},
            scroll::{Move, Scroll},
        },
    },
};
use following::Details;
use list::Line;

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::of(&[Action::Queue(Queue::Visit)]),
    Hint::short(&[Action::Queue(Queue::Attempt)], "未遇", "Missed"),
    Hint::of(&[Action::Queue(Queue::Why)]),
    Hint::of(&[Action::Global(Global::Search)]),
    Hint::short(&[Action::Queue(Queue::Household)], "本户", "Home"),
    Hint::of(&[Action::Global(Global::Undo)]),
    Hint::short(&[Action::Queue(Queue::Agreement)], "签约", "Sign"),
    Hint::short(&[Action::Global(Global::Palette)], "命令", "Menu"),
    Hint::short(&[Action::Queue(Queue::Mark)], "列入本轮", "Mark"),
    Hint::of(&[Action::Queue(Queue::Group)]),
    Hint::of(&[Action::Global(Global::Agreements)]),
    Hint::of(&[Action::Queue(Queue::Filter)]),
    Hint::of(&[Action::Queue(Queue::Sheet)]),
    Hint::short(&[Action::Queue(Queue::Picture)], "一览图", "Charts"),
    hints::HELP,
];

/// The day's queue as last answered, and where one stands in it.
#[derive(Debug, Default)]
pub struct State {
    asked: Option<Ticket>,
    view: Option<Box<QueueView>>,
    /// What waits in the lists of agreements.
    waiting: Vec<(AgreementList, usize)>,
    waiting_asked: Option<Ticket>,
    list: List,
    grouping: Grouping,
    filter: Filter,
    lines: Vec<Line>,
    /// The row selected, by its order among the rows.
    at: usize,
    scroll: Scroll,
    /// Whose work is under way, and the row the cursor goes to once it is saved.
    leaving: Option<(PersonId, Option<RowKey>)>,
    /// It is saved.
    has_left: bool,
    /// Whose form was taken up again before the list was there.
    awaited: Option<PersonId>,
    details: Details,
    marking: Option<Ticket>,
    /// Every village group seen so far, to filter by.
    places: BTreeMap<(VillageId, u32), String>,
    /// Every responsible doctor seen so far.
    doctors: BTreeSet<String>,
}

impl State {
    fn rows(&self) -> Vec<Shown<'_>> {
        self.view
            .as_ref()
            .map_or_else(Vec::new, |view| list::rows(view, self.list))
    }

    /// Returns the selected row.
    fn here(&self) -> Option<Shown<'_>> {
        let index = self.lines.iter().filter_map(row_of).nth(self.at)?;
        self.rows().get(index).copied()
    }

    fn open_row(&self) -> Option<&QueueRow> {
        match self.here()? {
            Shown::Open(row) => Some(row),
            Shown::Contacted(_) => None,
        }
    }

    fn count(&self) -> usize {
        self.lines.iter().filter_map(row_of).count()
    }

    /// Returns the line the row of this order stands on.
    fn line_of(&self, order: usize) -> usize {
        let rows = self.lines.iter().enumerate();
        let mut rows = rows.filter(|(_, line)| row_of(line).is_some());
        rows.nth(order).map_or(0, |(line, _)| line)
    }

    fn order_of(&self, key: RowKey) -> Option<usize> {
        let rows = self.rows();
        let mut order = self.lines.iter().filter_map(row_of);
        order.position(|index| rows.get(index).is_some_and(|row| row.key() == key))
    }

    fn arrange(&mut self) {
        let lines = list::arrange(&self.rows(), self.grouping);
        self.lines = lines;
    }

    /// Puts the cursor on a row; its heading comes into sight with it.
    fn stand(&mut self, order: usize, page: usize) {
        let count = self.lines.len();
        self.at = order;
        let line = self.line_of(order);
        let over = line.checked_sub(1).filter(|over| {
            let over = self.lines.get(*over);
            matches!(over, Some(Line::Heading { .. }))
        });
        for line in over.into_iter().chain([line]) {
            self.scroll.select(line);
            self.scroll.follow(count, page);
        }
    }

    /// Returns who is marked for the round, as far as listed.
    fn round(&self) -> BTreeSet<PersonId> {
        let view = self.view.as_ref();
        view.map_or_else(BTreeSet::new, |view| view.round.clone())
    }

    /// Returns the row of a person.
    fn row(&self, person: PersonId) -> Option<Shown<'_>> {
        let mut rows = self.rows().into_iter();
        rows.find(|row| row.person() == person)
    }

    /// Returns whom the selected row is about.
    fn person(&self) -> Option<PersonId> {
        self.here().map(|row| row.person())
    }

    fn begin_rest(&mut self, hand: &Hand<'_>) {
        self.details.moved(self.person(), hand.now);
    }
}

fn row_of(line: &Line) -> Option<usize> {
    match line {
        Line::Row(index) => Some(*index),
        Line::Heading { .. } => None,
    }
}

/// Asks for the queue anew.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    let asked = QueueAsk {
        early: state.list == List::Early,
        all: state.list == List::Standing,
        filter: state.filter.clone(),
        ..QueueAsk::default()
    };
    state.asked = Some(hand.ask(Question::Queue(asked)));
    state.waiting_asked = Some(hand.ask(Question::Waiting));
}

/// A change was made here: once its person's row is gone, the cursor stands on the next.
pub fn wrote(state: &mut State, done: &Done) {
    if let Some((person, _)) = state.leaving {
        let mut about = done.contacts.iter().map(|contact| contact.person);
        // Whoever died or moved away has no contact of that day, but the row is gone.
        state.has_left = done.contacts.is_empty() || about.any(|other| other == person);
    }
}

/// Takes an answer.
pub fn replied(
    state: &mut State,
    ticket: Ticket,
    reply: Result<Reply, Stop>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    if state.asked == Some(ticket) {
        state.asked = None;
        let Ok(Reply::Queue(view)) = reply else {
            return unexplained(reply);
        };
        take(state, view, hand);
        return None;
    }
    if state.waiting_asked == Some(ticket) {
        waiting::take(state, reply);
        return None;
    }
    if state.details.replied(ticket, &reply, state.person()) {
        return None;
    }
    if state.marking == Some(ticket) {
        state.marking = None;
    }
    unexplained(reply)
}

/// Takes a new queue in; the cursor stays with its row, or where the row was.
fn take(state: &mut State, view: Box<QueueView>, hand: &mut Hand<'_>) {
    let page = list_rows(hand.work);
    let held = state.here().map(|row| row.key());
    let row_before = state.scroll;
    for row in view.due.iter().chain(&view.early).chain(&view.standing) {
        let place = (row.row.place.village, row.row.place.group);
        state
            .places
            .entry(place)
            .or_insert_with(|| row.village.clone());
    }
    state.doctors.extend(view.doctors.iter().cloned());
    state.view = Some(view);
    state.arrange();
    let next = if std::mem::take(&mut state.has_left) {
        state.leaving.take().and_then(|(_, next)| next)
    } else {
        None
    };
    let wanted = next.or(held);
    let found = wanted.and_then(|key| state.order_of(key));
    let last = state.count().saturating_sub(1);
    let order = found.unwrap_or(state.at).min(last);
    if found.is_some() && next.is_none() {
        // The row keeps its place on the screen while others come and go.
        state.scroll = row_before;
        state.scroll.carry(state.line_of(order));
    }
    state.stand(order, page);
    if let Some(person) = state.awaited.take() {
        leading::taken_up(state, person, hand);
    }
    state.details.renewed(state.person(), hand.now);
}

/// Takes a key.
pub fn update(state: &mut State, action: Option<Queue>, hand: &mut Hand<'_>) -> Option<Outcome> {
    let action = action?;
    state.leaving = None;
    if let Some(nobody) = leading::nobody(state, action, hand) {
        return Some(nobody);
    }
    match action {
        Queue::Down => go(state, Move::Down, hand),
        Queue::Up => go(state, Move::Up, hand),
        Queue::PageDown => go(state, Move::PageDown, hand),
        Queue::PageUp => go(state, Move::PageUp, hand),
        Queue::First => go(state, Move::First, hand),
        Queue::Last => go(state, Move::Last, hand),
        Queue::NextList => turn(state, 1, hand),
        Queue::PreviousList => turn(state, List::ALL.len() - 1, hand),
        Queue::Group => regroup(state, hand),
        Queue::Mark => return leading::mark(state, hand),
        Queue::Visit if hand.place.may(Matter::Care).is_err() => {
            return Some(Outcome::Visits(state.here()?.person()));
        }
        Queue::Visit => return leading::visit(state),
        Queue::Record => return leading::record(state),
        Queue::Round => return leading::round(state),
        Queue::Attempt => return leading::attempt(state),
        Queue::Why => {
            let (today, row) = (state.view.as_ref()?.day, state.open_row()?);
            let told = why::State::of(row, today);
            return Some(Outcome::Open(Box::new(Screen::Why(told))));
        }
        Queue::Household => {
            return Some(match state.here()? {
                Shown::Open(row) => Outcome::Household(row.row.household, Some(row.row.person)),
                Shown::Contacted(row) => Outcome::Household(row.household, Some(row.person)),
            });
        }
        Queue::Visits => return Some(Outcome::Visits(state.here()?.person())),
        Queue::Picture => return leading::picture(state),
        Queue::Filter => {
            let known = filter::Known {
                places: &state.places,
                doctors: &state.doctors,
            };
            let asked = filter::State::of(hand.look, &state.filter, known);
            return Some(Outcome::Open(Box::new(Screen::Filter(Box::new(asked)))));
        }
        Queue::Sheet => return leading::sheet(state, hand),
        Queue::Agreement => return Some(Outcome::SignFor(state.here()?.person())),
        Queue::Grid => return Some(Outcome::Grid),
    }
    None
}

fn go(state: &mut State, to: Move, hand: &Hand<'_>) {
    let page = list_rows(hand.work);
    let mut rows = Scroll::default();
    rows.select(state.at);
    rows.go(to, state.count(), page);
    let before = state.scroll;
    state.stand(rows.selected(state.count()).unwrap_or(0), page);
    if let Move::Down | Move::Up = to {
        state.scroll.lead(before, state.lines.len(), page);
    }
    state.begin_rest(hand);
}

/// Goes to another list; only those of which nothing presses have to be asked for.
fn turn(state: &mut State, steps: usize, hand: &mut Hand<'_>) {
    state.list = state.list.step(steps);
    state.arrange();
    state.scroll.reset();
    state.stand(0, list_rows(hand.work));
    state.begin_rest(hand);
    if matches!(state.list, List::Early | List::Standing) {
        refresh(state, hand);
    }
}

fn regroup(state: &mut State, hand: &Hand<'_>) {
    state.grouping = match state.grouping {
        Grouping::Flat => Grouping::Household,
        Grouping::Household => Grouping::Group,
        Grouping::Group => Grouping::Flat,
    };
    let held = state.here().map(|row| row.key());
    state.arrange();
    let order = held.and_then(|key| state.order_of(key)).unwrap_or(0);
    state.stand(order, list_rows(hand.work));
}

/// Takes what a box over the queue answers.
pub fn told(state: &mut State, filter: Filter, hand: &mut Hand<'_>) {
    state.filter = filter;
    state.at = 0;
    state.scroll.reset();
    refresh(state, hand);
}

/// Returns whether keys wait for the list in which the cursor will stand on the next row.
pub fn holds(state: &State) -> bool {
    state.has_left && state.asked.is_some()
}

/// Returns when the selection has rested long enough for its details.
pub fn deadline(state: &State) -> Option<Duration> {
    state.details.deadline()
}

/// Lets the details follow the selection.
pub fn wake(state: &mut State, hand: &mut Hand<'_>) {
    state.details.wake(state.person(), hand);
}
