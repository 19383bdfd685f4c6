//! 签约登记: the registers that build themselves — the 签约工作登记表 of a day, month or year,
//! its sums, the 绩效统计表. A row opens its agreement; a sum opens those it counts.
//!
//! ```text
//!  签约工作登记表  2026-11-21  全部医生
//! ────────────────────────────────────────────
//!     日期  户主     类型  人口 签约 重点人群   服务包
//! ▸   11-21 张德福   新签     4    3 老年人2    基础
//! ────────────────────────────────────────────
//!  协议编号 QY…  家庭代表 张德福  签字方式 本人纸质签字
//! ```

mod rows;
mod sending;
mod view;
mod words;

pub use sending::chosen;
pub use view::view;

use super::{Outcome, Screen, agreement, sheet, unexplained};
use crate::{
    desk::{Question, Reply, Stop, reply::RegistersView},
    domain::{
        agreement::register::By,
        clock,
        day::{Day, plus_days, plus_months, year_end, year_start},
        id::{AgreementId, DoctorId},
    },
    tui::{
        action::{Action, Registers},
        app::Status,
        hand::Hand,
        port::Ticket,
        widgets::{
            hints::{self, Hint},
            scroll::{Move, Scroll},
        },
    },
};
use chrono::Datelike as _;
use rows::Rows;

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::of(&[Action::Registers(Registers::Open)]),
    Hint::short(&[Action::Registers(Registers::OtherTable)], "换表", "Table"),
    Hint::short(
        &[
            Action::Registers(Registers::Before),
            Action::Registers(Registers::After),
        ],
        "前后",
        "Time",
    ),
    Hint::short(&[Action::Registers(Registers::Span)], "日月年", "Span"),
    Hint::short(&[Action::Registers(Registers::Doctor)], "医生", "Doctor"),
    Hint::short(&[Action::Registers(Registers::SumBy)], "汇总", "Sum"),
    Hint::of(&[Action::Registers(Registers::Print)]),
    hints::BACK,
    Hint::short(&[Action::Registers(Registers::Send)], "上报", "Sent"),
    hints::HELP,
];

/// Which table is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    /// 签约工作登记表
    Sheet,
    /// 签约工作汇总表
    Campaign,
    /// 绩效统计表
    Performance,
}

/// How long a time it tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    Day,
    Month,
    Year,
}

/// The tables and where one stands in them.
#[derive(Debug)]
pub struct State {
    table: Table,
    span: Span,
    by: By,
    /// A day of the time told of; today where none is named.
    day: Option<Day>,
    /// All doctors where none is named.
    doctor: Option<DoctorId>,
    /// Those a sum counts, once it was opened.
    inside: Option<Vec<AgreementId>>,
    view: Option<Box<RegistersView>>,
    rows: Rows,
    scroll: Scroll,
    asked: Option<Ticket>,
    /// The month's report is being marked as sent.
    sent: Option<Ticket>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            table: Table::Sheet,
            span: Span::Day,
            by: By::Doctor,
            day: None,
            doctor: None,
            inside: None,
            view: None,
            rows: Rows::default(),
            scroll: Scroll::default(),
            asked: None,
            sent: None,
        }
    }
}

impl State {
    /// Returns whether keys wait: what stands in which row is being asked.
    pub const fn holds(&self) -> bool {
        self.asked.is_some()
    }

    fn days(&self, today: Day) -> (Day, Day) {
        let day = self.day.unwrap_or(today);
        match self.span {
            Span::Day => (day, day),
            Span::Month => {
                let first = plus_days(day, 1 - i64::from(day.day()));
                (first, plus_days(plus_months(first, 1), -1))
            }
            Span::Year => (year_start(day.year()), year_end(day.year())),
        }
    }

    fn here(&self) -> Option<&rows::Row> {
        let all = &self.rows.all;
        all.get(self.scroll.selected(all.len())?)
    }
}

/// Asks for what these days' tables are made of.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    let (from, until) = state.days(hand.today());
    state.asked = Some(hand.ask(match state.table {
        Table::Sheet | Table::Campaign => Question::Registers { from, until },
        Table::Performance => Question::Performance { from, until },
    }));
}

/// Takes the answer; the cursor stays in its row.
pub fn replied(
    state: &mut State,
    ticket: Ticket,
    reply: Result<Reply, Stop>,
    hand: &Hand<'_>,
) -> Option<Outcome> {
    if state.sent == Some(ticket) {
        return sending::done(state, reply, hand);
    }
    if state.asked != Some(ticket) {
        return None;
    }
    state.asked = None;
    match reply {
        Ok(Reply::Registers(view)) => state.view = Some(view),
        other => return unexplained(other),
    }
    build(state, hand);
    None
}

/// Makes the rows anew: another table, other days, another doctor.
fn build(state: &mut State, hand: &Hand<'_>) {
    if let Some(view) = &state.view {
        state.rows = rows::of(state, view, hand);
    }
    let count = state.rows.all.len();
    state
        .scroll
        .select(state.scroll.selected(count).unwrap_or(0));
}

/// Goes back from those a sum counts to the sums; says whether there was a way back.
pub fn back(state: &mut State, hand: &Hand<'_>) -> bool {
    if state.inside.take().is_none() {
        return false;
    }
    state.scroll.reset();
    build(state, hand);
    true
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Registers>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    let to = match action? {
        Registers::Down => Move::Down,
        Registers::Up => Move::Up,
        Registers::PageDown => Move::PageDown,
        Registers::PageUp => Move::PageUp,
        Registers::First => Move::First,
        Registers::Last => Move::Last,
        Registers::Open => return open(state, hand),
        Registers::Print => return print(state, hand),
        Registers::Send => return Some(sending::ask(state, hand)),
        Registers::OtherTable => {
            state.table = match state.table {
                Table::Sheet => Table::Campaign,
                Table::Campaign => Table::Performance,
                Table::Performance => Table::Sheet,
            };
            return turned(state, hand);
        }
        Registers::Span => {
            state.span = match state.span {
                Span::Day => Span::Month,
                Span::Month => Span::Year,
                Span::Year => Span::Day,
            };
            return asked_anew(state, hand);
        }
        Registers::Before => return turn(state, false, hand),
        Registers::After => return turn(state, true, hand),
        Registers::Doctor => {
            // Sums are of everybody: one doctor's register is the sheet.
            if state.table == Table::Campaign {
                state.table = Table::Sheet;
            }
            state.doctor = next_doctor(state);
            return turned(state, hand);
        }
        Registers::SumBy => {
            state.table = Table::Campaign;
            state.by = match state.by {
                By::Doctor => By::Village,
                By::Village => By::Day,
                By::Day => By::Doctor,
            };
            return turned(state, hand);
        }
    };
    state
        .scroll
        .go(to, state.rows.all.len(), view::page(hand.work));
    None
}

/// Shows another table; what was promised and done is asked for once it is looked at.
fn turned(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    let is_known = |view: &RegistersView| view.promises.is_some();
    if state.table == Table::Performance && !state.view.as_deref().is_some_and(is_known) {
        return asked_anew(state, hand);
    }
    state.inside = None;
    state.scroll.reset();
    build(state, hand);
    None
}

fn asked_anew(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    state.inside = None;
    state.scroll.reset();
    refresh(state, hand);
    None
}

/// Turns to the day, month or year before or after, not beyond today.
fn turn(state: &mut State, is_later: bool, hand: &mut Hand<'_>) -> Option<Outcome> {
    let today = hand.today();
    let (from, until) = state.days(today);
    let day = match is_later {
        true => plus_days(until, 1),
        false => plus_days(from, -1),
    };
    if today < day {
        return None;
    }
    state.day = Some(day).filter(|day| *day != today);
    asked_anew(state, hand)
}

/// Returns the doctor after the one seen; after the last, all.
fn next_doctor(state: &State) -> Option<DoctorId> {
    let doctors = &state.view.as_ref()?.doctors;
    let at = match state.doctor {
        None => 0,
        Some(id) => doctors.iter().position(|one| one.id == id)? + 1,
    };
    doctors.get(at).map(|doctor| doctor.id)
}

/// Opens the agreement of a row, or those a sum counts.
fn open(state: &mut State, hand: &Hand<'_>) -> Option<Outcome> {
    match &state.here()?.opens {
        rows::Opens::Agreement(id) => {
            let page = agreement::State::new(*id);
            Some(Outcome::Open(Box::new(Screen::Agreement(Box::new(page)))))
        }
        rows::Opens::Those(these) => {
            state.inside = Some(these.clone());
            state.scroll.reset();
            build(state, hand);
            None
        }
    }
}

/// Asks for the file the tables go to.
fn print(state: &State, hand: &Hand<'_>) -> Option<Outcome> {
    let view = state.view.as_ref()?;
    let listings = rows::listings(state, view, hand);
    if listings.iter().all(|one| one.rows.is_empty()) {
        let said = hand.look.say(words::NOTHING).to_owned();
        return Some(Outcome::Say(Status::refused(said)));
    }
    let printed = format!("{} {}", view.today, clock::time_of(view.now));
    let documents = listings.iter().map(|one| one.document(&printed)).collect();
    let title = listings.first().map_or("", |one| one.title.as_str());
    let name = match view.from == view.until {
        true => format!("{title}-{}.html", view.from),
        false => format!("{title}-{}至{}.html", view.from, view.until),
    };
    let asked = sheet::State::of_documents(documents, &name, ("report", Vec::new()));
    Some(Outcome::Open(Box::new(Screen::Sheet(Box::new(asked)))))
}
