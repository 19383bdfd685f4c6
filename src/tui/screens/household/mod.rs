//! A household: its members with what is due for them, who lived here before,
//! and what was done last. Everything that happens to members starts here.

mod agreed;
mod menus;
mod numbers;
pub mod told;
mod view;
pub mod words;

pub use told::{contact, day, name, sex_age, state, tags};
pub use view::{draw_parts, masked, view};

use super::{Outcome, Screen, card, change, facts, unexplained};
use crate::{
    desk::{
        Question, Reply, Stop,
        reply::{Done, HouseholdView, MemberView},
        rights::Matter,
    },
    domain::{
        day::Day,
        id::{HouseholdId, PersonId},
        visit,
    },
    tui::{
        action::{Action, Household},
        app::Status,
        hand::Hand,
        port::Ticket,
        widgets::{
            hints::{self, Hint},
            scroll::{Move, Scroll},
        },
    },
};
use change::Purpose;
use menus::Choice;

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::of(&[Action::Household(Household::Visit)]),
    Hint::short(&[Action::Household(Household::Agreement)], "签约", "Sign"),
    Hint::short(&[Action::Household(Household::EditPerson)], "改人", "Edit"),
    Hint::short(&[Action::Household(Household::AddPerson)], "添人", "Add"),
    Hint::short(&[Action::Household(Household::Change)], "变动", "Change"),
    Hint::of(&[Action::Household(Household::Contacts)]),
    hints::BACK,
    Hint::short(
        &[Action::Household(Household::Round)],
        "全户随访",
        "All members",
    ),
    Hint::short(&[Action::Household(Household::Picture)], "一览图", "Charts"),
    hints::HELP,
];

/// Which list the selection is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    #[default]
    Members,
    /// Who lived here before.
    Former,
    /// What was done, newest first.
    Contacts,
}

/// A household and the selection in it.
#[derive(Debug)]
pub struct State {
    id: HouseholdId,
    household: Option<Box<HouseholdView>>,
    page: Page,
    scroll: Scroll,
    /// To be selected once the members are known.
    wanted: Option<PersonId>,
    asked: Option<Ticket>,
    /// A death told on a form, to be recorded first.
    died: Option<(PersonId, Day)>,
    /// What the menu in view offers, in its order.
    menu: Vec<Choice>,
    numbers_asked: Option<Ticket>,
}

impl State {
    /// Returns the screen of a household, `member` selected.
    pub fn new(id: HouseholdId, member: Option<PersonId>) -> Self {
        Self {
            id,
            household: None,
            page: Page::Members,
            scroll: Scroll::default(),
            wanted: member,
            asked: None,
            died: None,
            menu: Vec::new(),
            numbers_asked: None,
        }
    }

    /// Returns the screen of a household where a death a form told of is recorded first.
    pub fn of_death(id: HouseholdId, person: PersonId, on: Day) -> Self {
        Self {
            died: Some((person, on)),
            ..Self::new(id, Some(person))
        }
    }

    /// Returns whether keys wait: who stands in which row is being asked.
    pub fn holds(&self) -> bool {
        self.asked.is_some()
    }

    /// Returns how many rows the list in view has.
    fn count(&self) -> usize {
        let household = self.household.as_deref();
        household.map_or(0, |household| match self.page {
            Page::Members => household.members.len(),
            Page::Former => household.former.len(),
            Page::Contacts => household.contacts.len(),
        })
    }

    /// Returns the person of the selected row.
    fn person(&self) -> Option<PersonId> {
        let household = self.household.as_deref()?;
        let row = self.scroll.selected(self.count())?;
        match self.page {
            Page::Members => household.members.get(row).map(|member| member.person.id),
            Page::Former => household.former.get(row).map(|(person, _)| person.id),
            Page::Contacts => household.contacts.get(row).map(|(_, c, _)| c.person),
        }
    }

    /// Returns the member selected, among those who live here.
    fn selected_member(&self) -> Option<&MemberView> {
        let members = &self.household.as_deref()?.members;
        let at = self.scroll.selected(members.len())?;
        members.get(at).filter(|_| self.page == Page::Members)
    }

    fn turn(&mut self, page: Page) {
        self.page = if self.page == page {
            Page::Members
        } else {
            page
        };
        self.scroll.reset();
    }
}

/// Asks for the household.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    state.asked = Some(hand.ask(Question::Household(state.id)));
}

/// Takes the household.
pub fn replied(
    state: &mut State,
    ticket: Ticket,
    reply: Result<Reply, Stop>,
    hand: &Hand<'_>,
) -> Option<Outcome> {
    if state.numbers_asked == Some(ticket) {
        state.numbers_asked = None;
        return numbers::came(reply, hand);
    }
    if state.asked != Some(ticket) {
        return unexplained(reply);
    }
    state.asked = None;
    match reply {
        Ok(Reply::Household(household)) => {
            let before = state.person();
            let wanted = state.wanted.take().or(before);
            let members = household.members.iter();
            let at = wanted.and_then(|wanted| {
                let mut ids = members.map(|member| member.person.id);
                ids.position(|id| id == wanted)
            });
            state.household = Some(household);
            if let Some(at) = at.filter(|_| state.page == Page::Members) {
                state.scroll.select(at);
            }
            record_death(state)
        }
        other => unexplained(other),
    }
}

/// Opens the dialog of a death told before, once.
fn record_death(state: &mut State) -> Option<Outcome> {
    let (person, on) = state.died.take()?;
    let mut around = change::Around::household(state.household.as_deref()?);
    around.died = Some(on);
    let dialog = change::State::new(Purpose::Death(person), around);
    Some(Outcome::Open(Box::new(Screen::Change(Box::new(dialog)))))
}

/// A change was made in this window: whoever is new here is selected.
pub fn wrote(state: &mut State, done: &Done) {
    state.wanted = done.people.first().copied().or(state.wanted);
}

/// Takes a key's meaning.
pub fn update(
    state: &mut State,
    action: Option<Household>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    let to = match action? {
        Household::Down => Move::Down,
        Household::Up => Move::Up,
        Household::PageDown => Move::PageDown,
        Household::PageUp => Move::PageUp,
        Household::First => Move::First,
        Household::Last => Move::Last,
        Household::Contacts => {
            state.turn(Page::Contacts);
            return None;
        }
        Household::Former => {
            state.turn(Page::Former);
            return None;
        }
        Household::Agreement => return Some(Outcome::Sign(state.id)),
        Household::Visit if state.page == Page::Members && hand.place.may(Matter::Care).is_ok() => {
            return state.person().map(Outcome::Visit);
        }
        Household::Record => return state.person().map(Outcome::Record),
        Household::Round => return round(state, hand),
        Household::Visit if state.page == Page::Former => {
            return state.person().map(Outcome::Person);
        }
        Household::Visit | Household::Visits => return state.person().map(Outcome::Visits),
        Household::Picture => return state.person().map(Outcome::Picture),
        Household::EditPerson => return state.person().map(Outcome::Person),
        Household::EditHousehold => return Some(open_card(state.id)),
        Household::AddPerson => return menus::add_menu(state, hand),
        Household::Change => return menus::change_menu(state, hand),
    };
    let page = view::page(state, hand.work);
    state.scroll.go(to, state.count(), page);
    None
}

/// Opens the work that is open for the members, one after the other.
fn round(state: &State, hand: &Hand<'_>) -> Option<Outcome> {
    let today = hand.today();
    let household = state.household.as_deref()?;
    let stops: Vec<(PersonId, Vec<String>)> = household
        .members
        .iter()
        .map(|member| {
            let who = visit::Who {
                course: &member.course,
                birth: member.person.birth().unwrap_or(Day::MIN),
                day: today,
            };
            let forms = visit::forms_of(&visit::open_now(&member.tasks, today), &who);
            (member.person.id, forms)
        })
        .filter(|(_, forms)| !forms.is_empty())
        .collect();
    if stops.is_empty() {
        let text = hand.look.say(words::NOTHING_OPEN).to_owned();
        return Some(Outcome::Say(Status::refused(text)));
    }
    Some(Outcome::Round(stops))
}

/// Takes the line chosen in a menu.
pub fn chosen(state: &mut State, choice: usize, hand: &mut Hand<'_>) -> Option<Outcome> {
    let menu = std::mem::take(&mut state.menu);
    match menu.into_iter().nth(choice)? {
        Choice::Card => Some(open_card(state.id)),
        Choice::Facts(person) => {
            let facts = facts::State::new(person);
            Some(Outcome::Open(Box::new(Screen::Facts(Box::new(facts)))))
        }
        Choice::Numbers(person) => {
            state.numbers_asked = Some(hand.ask(Question::Numbers(person)));
            None
        }
        Choice::Change(purpose) => {
            let around = change::Around::household(state.household.as_deref()?);
            let dialog = change::State::new(purpose, around);
            Some(Outcome::Open(Box::new(Screen::Change(Box::new(dialog)))))
        }
    }
}

fn open_card(id: HouseholdId) -> Outcome {
    let state = card::State::household(id);
    Outcome::Open(Box::new(Screen::Card(Box::new(state))))
}
