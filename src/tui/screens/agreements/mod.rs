//! The lists of agreements, and of households to sign: every list with its number; a row opens
//! what is to be done with it.
//!
//! ```text
//!  ▸ 待签约户  214    户主      组-门  人口 重点  电话          协议
//!    草稿        2  ▸ 张德福    3-012  4    2     139****2211
//!    待签字      1    …
//! ```

mod view;
mod words;

pub use self::view::view;
use super::{Outcome, Screen, agreement, signing, unexplained};
use crate::{
    desk::{
        Question, Reply, Stop,
        reply::{AgreementList, AgreementListRow, AgreementListView},
        request::AgreementListAsk,
    },
    domain::agreement::state::State as Stands,
    tui::{
        action::{Action, Agreements},
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
pub const HINTS: &[Hint] = &[
    Hint::of(&[Action::Agreements(Agreements::Open)]),
    Hint::short(
        &[Action::Agreements(Agreements::Sign)],
        "续签或改签",
        "Renew",
    ),
    Hint::of(&[Action::Agreements(Agreements::NextList)]),
    Hint::of(&[Action::Agreements(Agreements::DoctorLeft)]),
    Hint::short(&[Action::Agreements(Agreements::Household)], "本户", "Home"),
    hints::BACK,
    hints::HELP,
];

/// Rows asked for at once.
const ASKED: usize = 200;

/// A list and where one stands in it.
#[derive(Debug)]
pub struct State {
    list: AgreementList,
    view: Option<Box<AgreementListView>>,
    scroll: Scroll,
    asked: Option<Ticket>,
}

impl State {
    /// Returns the lists opened at this one; at the households to sign where none is named.
    pub fn at(list: Option<AgreementList>) -> Self {
        Self {
            list: list.unwrap_or(AgreementList::ToSign),
            view: None,
            scroll: Scroll::default(),
            asked: None,
        }
    }

    /// Returns whether keys wait: what stands in which row is being asked.
    pub const fn holds(&self) -> bool {
        self.asked.is_some()
    }

    fn count_of(&self, list: AgreementList) -> usize {
        let view = self.view.as_ref();
        let counts = view.map_or(&[][..], |view| &view.counts);
        let own = counts.iter().find(|(one, _)| *one == list);
        own.map_or(0, |(_, count)| *count)
    }

    fn count(&self) -> usize {
        self.count_of(self.list)
    }

    /// Returns the row at this place in the list, where it was answered.
    fn row(&self, at: usize) -> Option<&AgreementListRow> {
        let view = self.view.as_ref()?;
        view.rows.get(at.checked_sub(view.from)?)
    }

    fn here(&self) -> Option<&AgreementListRow> {
        self.row(self.scroll.selected(self.count())?)
    }
}

/// Asks for the rows around the one selected.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    let at = state.scroll.selected(state.count()).unwrap_or(0);
    let asked = AgreementListAsk {
        list: state.list,
        from: at.saturating_sub(ASKED / 2),
        limit: ASKED,
    };
    state.asked = Some(hand.ask(Question::AgreementList(asked)));
}

/// Takes the list.
pub fn replied(state: &mut State, ticket: Ticket, reply: Result<Reply, Stop>) -> Option<Outcome> {
    if state.asked.take_if(|asked| *asked == ticket).is_none() {
        return unexplained(reply);
    }
    match reply {
        Ok(Reply::AgreementList(view)) => {
            state.view = Some(view);
            None
        }
        other => unexplained(other),
    }
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Agreements>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    let to = match action? {
        Agreements::Down => Move::Down,
        Agreements::Up => Move::Up,
        Agreements::PageDown => Move::PageDown,
        Agreements::PageUp => Move::PageUp,
        Agreements::First => Move::First,
        Agreements::Last => Move::Last,
        Agreements::Open => return open(state),
        Agreements::Household => {
            let household = state.here()?.household?;
            return Some(Outcome::Household(household, None));
        }
        Agreements::Sign => return sign(state, hand),
        Agreements::DoctorLeft => {
            state.list = AgreementList::DoctorLeft;
            state.scroll.reset();
            refresh(state, hand);
            return None;
        }
        Agreements::NextList => return turn(state, 1, hand),
        Agreements::PreviousList => return turn(state, AgreementList::ALL.len() - 1, hand),
    };
    let page = view::page(hand.work);
    let count = state.count();
    state.scroll.go(to, count, page);
    let seen = state.scroll.seen(count, page);
    let is_known = |at: usize| state.row(at).is_some();
    let ends = [seen.start, seen.end.saturating_sub(1)];
    if !seen.is_empty() && !ends.into_iter().all(is_known) {
        refresh(state, hand);
    }
    None
}

fn turn(state: &mut State, by: usize, hand: &mut Hand<'_>) -> Option<Outcome> {
    let lists = AgreementList::ALL;
    let at = lists.iter().position(|one| *one == state.list)?;
    state.list = *lists.get((at + by) % lists.len())?;
    state.scroll.reset();
    refresh(state, hand);
    None
}

/// Opens the form of what follows a row: of a household where the doctor left 改签 with another
/// doctor proposed, in its last days a renewal, of the others what is to be signed.
fn sign(state: &State, hand: &Hand<'_>) -> Option<Outcome> {
    let row = state.here()?;
    let brief = row.agreement.as_ref();
    let Some(brief) = brief.filter(|_| state.list != AgreementList::ToSign) else {
        return open(state);
    };
    Some(match agreement::following(brief, hand.look) {
        Ok(wanted) => {
            let form = signing::State::new(wanted);
            Outcome::Open(Box::new(Screen::Signing(Box::new(form))))
        }
        Err(not) => Outcome::Say(Status::refused(hand.look.say(not).to_owned())),
    })
}

/// Opens what is to be done with a row: the form of what is not signed, else the agreement.
fn open(state: &State) -> Option<Outcome> {
    let row = state.here()?;
    let form = |wanted| {
        let form = signing::State::new(wanted);
        Some(Outcome::Open(Box::new(Screen::Signing(Box::new(form)))))
    };
    let brief = row.agreement.as_ref();
    if let (AgreementList::ToSign, Some(household)) = (state.list, row.household) {
        return form(signing::Wanted::Household(household));
    }
    let brief = brief?;
    match brief.state {
        Stands::Draft | Stands::Printed => form(signing::Wanted::Agreement(brief.id)),
        Stands::Active
        | Stands::Ending
        | Stands::Renewed
        | Stands::Terminated
        | Stands::Expired
        | Stands::Superseded
        | Stands::Void => {
            let page = agreement::State::new(brief.id);
            Some(Outcome::Open(Box::new(Screen::Agreement(Box::new(page)))))
        }
    }
}
