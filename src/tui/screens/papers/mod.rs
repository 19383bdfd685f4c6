//! The papers of the consulting room in two lists: the referrals under way by their age, and
//! the register of a day. From a row its person's records, a slip or a return slip open.
//!
//! ```text
//!  转诊  待核实 2  待回转单 1  近30天已回转 1
//! ────────────────────────────────────────────
//!     天数 姓名   年龄  组-门  转往           单  进展
//! ▸     21 王桂兰 女 65 3-015  县医院 心内科  有  待回转单
//! ────────────────────────────────────────────
//!  王桂兰  10-31 转出  高血压  胸闷,血压182/112mmHg
//! ```

mod view;
mod words;

pub use view::view;

use super::{Outcome, Screen, sheet, unexplained};
use crate::{
    desk::{
        Question, Reply, Stop,
        reply::{
            PaperPerson, ReferralRow, ReferralsView, RegisterRow, RegisterView, SlipView, Stands,
        },
    },
    domain::{
        clock,
        day::{Day, age_years, plus_days},
        text::Text,
        visit,
    },
    paper::referral::{self, Slip},
    tui::{
        action::{Action, Papers},
        app::Status,
        hand::Hand,
        port::Ticket,
        widgets::{
            hints::{self, Hint},
            scroll::{Move, Scroll},
        },
    },
};

/// What the hint line offers here.
const REFERRALS: &[Hint] = &[
    Hint::short(&[Action::Papers(Papers::Open)], "记录", "Visits"),
    Hint::of(&[Action::Papers(Papers::Check)]),
    Hint::short(&[Action::Papers(Papers::Slip)], "开转诊单", "Slip"),
    Hint::short(&[Action::Papers(Papers::ReturnSlip)], "录回转单", "Return"),
    Hint::of(&[Action::Papers(Papers::Print)]),
    Hint::short(&[Action::Papers(Papers::OtherList)], "另一张", "Other"),
    hints::BACK,
    hints::HELP,
];

/// … in the register of a day.
const REGISTER: &[Hint] = &[
    Hint::short(&[Action::Papers(Papers::Open)], "记录", "Visits"),
    Hint::short(
        &[
            Action::Papers(Papers::DayBefore),
            Action::Papers(Papers::DayAfter),
        ],
        "前后一天",
        "Day",
    ),
    Hint::short(&[Action::Papers(Papers::Slip)], "开转诊单", "Slip"),
    Hint::of(&[Action::Papers(Papers::Print)]),
    Hint::short(&[Action::Papers(Papers::OtherList)], "另一张", "Other"),
    hints::BACK,
    hints::HELP,
];

/// Which list is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Referrals,
    /// Of this day; of today where none is named.
    Register(Option<Day>),
}

/// A list as last answered.
#[derive(Debug)]
enum Answered {
    Referrals(Box<ReferralsView>),
    Register(Box<RegisterView>),
}

/// The list and where one stands in it.
#[derive(Debug)]
pub struct State {
    which: Which,
    asked: Option<Ticket>,
    /// A slip to be printed is being asked for.
    printing: Option<Ticket>,
    list: Option<Answered>,
    scroll: Scroll,
}

impl State {
    /// Returns the referrals under way.
    pub fn referrals() -> Self {
        Self::of(Which::Referrals)
    }

    /// Returns the register of today.
    pub fn register() -> Self {
        Self::of(Which::Register(None))
    }

    fn of(which: Which) -> Self {
        Self {
            which,
            asked: None,
            printing: None,
            list: None,
            scroll: Scroll::default(),
        }
    }

    /// Returns what the hint line offers.
    pub const fn hints(&self) -> &'static [Hint] {
        match self.which {
            Which::Referrals => REFERRALS,
            Which::Register(_) => REGISTER,
        }
    }

    /// Returns the name for the title line.
    pub const fn title(&self) -> Text {
        match self.which {
            Which::Referrals => words::REFERRALS,
            Which::Register(_) => words::REGISTER,
        }
    }

    /// Returns whether keys wait: who stands in which row is being asked.
    pub const fn holds(&self) -> bool {
        self.asked.is_some() || self.printing.is_some()
    }

    fn people(&self) -> Vec<&PaperPerson> {
        match &self.list {
            Some(Answered::Referrals(view)) => view.rows.iter().map(|row| &row.who).collect(),
            Some(Answered::Register(view)) => view.rows.iter().map(|row| &row.who).collect(),
            None => Vec::new(),
        }
    }

    fn count(&self) -> usize {
        self.people().len()
    }

    fn here(&self) -> Option<&PaperPerson> {
        let at = self.scroll.selected(self.count())?;
        self.people().get(at).copied()
    }

    fn referral(&self) -> Option<&ReferralRow> {
        let at = self.scroll.selected(self.count())?;
        match &self.list {
            Some(Answered::Referrals(view)) => view.rows.get(at),
            Some(Answered::Register(_)) | None => None,
        }
    }

    fn line(&self) -> Option<&RegisterRow> {
        let at = self.scroll.selected(self.count())?;
        match &self.list {
            Some(Answered::Register(view)) => view.rows.get(at),
            Some(Answered::Referrals(_)) | None => None,
        }
    }
}

/// Asks for the list.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    state.asked = Some(hand.ask(match state.which {
        Which::Referrals => Question::Referrals,
        Which::Register(day) => Question::Register(day),
    }));
}

/// Takes an answer of the desk; the cursor stays with its person.
pub fn replied(
    state: &mut State,
    ticket: Ticket,
    reply: Result<Reply, Stop>,
    hand: &Hand<'_>,
) -> Option<Outcome> {
    if state.printing == Some(ticket) {
        state.printing = None;
        return slip_came(reply, hand);
    }
    if state.asked != Some(ticket) {
        return None;
    }
    state.asked = None;
    let held = state.here().map(|who| who.person);
    state.list = Some(match reply {
        Ok(Reply::Referrals(view)) => Answered::Referrals(view),
        Ok(Reply::Register(view)) => Answered::Register(view),
        other => return unexplained(other),
    });
    let found = held.and_then(|held| state.people().iter().position(|who| who.person == held));
    let at = found.or_else(|| state.scroll.selected(state.count()));
    state.scroll.select(at.unwrap_or(0));
    None
}

/// Takes a key.
pub fn update(state: &mut State, action: Option<Papers>, hand: &mut Hand<'_>) -> Option<Outcome> {
    let to = match action? {
        Papers::Down => Move::Down,
        Papers::Up => Move::Up,
        Papers::PageDown => Move::PageDown,
        Papers::PageUp => Move::PageUp,
        Papers::First => Move::First,
        Papers::Last => Move::Last,
        Papers::Open => return Some(Outcome::Visits(state.here()?.person)),
        Papers::Check => return Some(Outcome::Visit(state.here()?.person)),
        Papers::Slip => return paper(state, visit::SLIP),
        Papers::ReturnSlip => return paper(state, visit::RETURN_SLIP),
        Papers::Print => {
            print(state, hand);
            return None;
        }
        Papers::OtherList => {
            let other = match state.which {
                Which::Referrals => State::register(),
                Which::Register(_) => State::referrals(),
            };
            *state = other;
            refresh(state, hand);
            return None;
        }
        Papers::DayBefore => return turn(state, -1, hand),
        Papers::DayAfter => return turn(state, 1, hand),
    };
    let page = view::page(hand.work);
    state.scroll.go(to, state.count(), page);
    None
}

/// Opens a paper of the person selected.
fn paper(state: &State, form: &str) -> Option<Outcome> {
    let person = state.here()?.person;
    Some(Outcome::VisitOn(person, vec![form.to_owned()]))
}

/// Asks for the slip of the person selected: the return slip where it came.
fn print(state: &mut State, hand: &mut Hand<'_>) {
    let Some(person) = state.here().map(|who| who.person) else {
        return;
    };
    let is_back = |row: &ReferralRow| matches!(row.stands, Stands::Returned(_));
    let form = if state.referral().is_some_and(is_back) {
        visit::RETURN_SLIP
    } else {
        visit::SLIP
    };
    state.printing = Some(hand.ask(Question::Slip { person, form }));
}

/// Asks for the file the slip goes to.
fn slip_came(reply: Result<Reply, Stop>, hand: &Hand<'_>) -> Option<Outcome> {
    let view = match reply {
        Ok(Reply::Slip(Some(view))) => view,
        Ok(Reply::Slip(None)) => {
            let said = hand.look.say(words::NOT_WRITTEN).to_owned();
            return Some(Outcome::Say(Status::refused(said)));
        }
        other => return unexplained(other),
    };
    let document = referral::slip(slip(&view, &printed(&view)));
    let name = format!(
        "{}-{}-{}.html",
        words::SLIP_FILE,
        view.who.name,
        view.filled.visit
    );
    let asked = sheet::State::of_documents(vec![document], &name, ("slip", vec![view.who.person]));
    Some(Outcome::Open(Box::new(Screen::Sheet(Box::new(asked)))))
}

fn printed(view: &SlipView) -> String {
    format!("{} {}", view.today, clock::time_of(view.now))
}

fn slip<'a>(view: &'a SlipView, printed: &'a str) -> Slip<'a> {
    Slip {
        form: &view.form,
        filled: &view.filled,
        years: view
            .who
            .birth
            .map(|birth| age_years(birth, view.filled.visit)),
        printed,
    }
}

/// Turns to the register of another day, not beyond today.
fn turn(state: &mut State, days: i64, hand: &mut Hand<'_>) -> Option<Outcome> {
    let Some(Answered::Register(view)) = &state.list else {
        return None;
    };
    let day = plus_days(view.day, days).min(view.today);
    if day != view.day {
        state.which = Which::Register(Some(day).filter(|day| *day != view.today));
        state.scroll = Scroll::default();
        refresh(state, hand);
    }
    None
}
