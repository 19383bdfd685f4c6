//! A household: its members with what is due for them, who lived here before,
//! and what was done last. Everything that happens to members starts here.

mod agreed;
mod numbers;
pub mod told;
mod view;
pub mod words;

pub use told::{contact, day, name, sex_age, state, tags};
pub use view::{draw_parts, masked, view};

use super::{Outcome, Screen, Then, card, change, facts, question, unexplained};
use crate::{
    desk::{
        Question, Reply, Stop,
        reply::{Done, HouseholdView, MemberView},
    },
    domain::{
        day::Day,
        id::{HouseholdId, PersonId},
        person::{Person, PersonState},
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

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::of(&[Action::Household(Household::Visit)]),
    Hint::of(&[Action::Household(Household::Agreement)]),
    Hint::of(&[Action::Household(Household::EditPerson)]),
    Hint::of(&[Action::Household(Household::AddPerson)]),
    Hint::of(&[Action::Household(Household::Change)]),
    Hint::of(&[Action::Household(Household::Contacts)]),
    hints::BACK,
    Hint::of(&[Action::Household(Household::Round)]),
    Hint::of(&[Action::Household(Household::Picture)]),
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

/// What a menu's line leads to.
#[derive(Debug, Clone)]
enum Choice {
    Change(Purpose),
    Card,
    Facts(PersonId),
    Numbers(PersonId),
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
        Household::Visit if state.page == Page::Members => {
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
        Household::AddPerson => return add_menu(state, hand),
        Household::Change => return change_menu(state, hand),
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

fn add_menu(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    let household = state.household.as_deref()?;
    let mut menu = Vec::new();
    if household.household.ended.is_none() {
        menu.extend([Purpose::Newborn, Purpose::NewMember, Purpose::Incoming]);
    }
    let gone = household
        .former
        .iter()
        .filter(|(person, _)| !person.is_here());
    menu.extend(gone.map(|(person, _)| returning(person)));
    let title = hand.look.say(words::ADD_TITLE).to_owned();
    Some(ask(
        state,
        &title,
        menu.into_iter().map(Choice::Change).collect(),
        hand,
    ))
}

fn change_menu(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    let household = state.household.as_deref()?;
    let person = state.person()?;
    let member = household.members.iter().find(|m| m.person.id == person);
    let mut menu: Vec<Choice> = Vec::new();
    let who;
    if let Some(member) = member {
        who = told::name(hand.look, &member.person);
        let several = 1 < household.members.len();
        let is_head = household.household.head == Some(person);
        let offered = [
            (several, Purpose::Head),
            (!is_head, Purpose::Relation(person)),
            (several, Purpose::Split),
            (true, Purpose::Merge),
            (true, Purpose::Move(person)),
            (true, Purpose::Out(person)),
            (true, Purpose::Death(person)),
            (true, Purpose::Void(person)),
        ];
        let offered = offered.into_iter().filter(|(fits, _)| *fits);
        menu.extend(offered.map(|(_, purpose)| Choice::Change(purpose)));
    } else {
        let former = household.former.iter().find(|(f, _)| f.id == person);
        let (former, _) = former?;
        who = told::name(hand.look, former);
        if !former.is_here() {
            menu.push(Choice::Change(returning(former)));
        }
    }
    menu.push(Choice::Facts(person));
    menu.push(Choice::Numbers(person));
    menu.push(Choice::Card);
    let title = hand.look.say(words::CHANGE_TITLE).replace("{}", &who);
    Some(ask(state, &title, menu, hand))
}

/// Returns how somebody who has gone is here again.
fn returning(person: &Person) -> Purpose {
    match person.state {
        PersonState::Died { .. } | PersonState::Void { .. } => Purpose::NotGone(person.id),
        PersonState::Here | PersonState::Lost { .. } | PersonState::MovedOut { .. } => {
            Purpose::Back(person.id)
        }
    }
}

fn ask(state: &mut State, title: &str, menu: Vec<Choice>, hand: &Hand<'_>) -> Outcome {
    let look = hand.look;
    let household = state.household.as_deref();
    let lines = menu.iter().map(|choice| match choice {
        Choice::Card => look.say(change::words::HOUSEHOLD_CARD).to_owned(),
        Choice::Facts(_) => look.say(change::words::FACTS).to_owned(),
        Choice::Numbers(_) => look.say(words::NUMBERS).to_owned(),
        Choice::Change(purpose @ (Purpose::Back(person) | Purpose::NotGone(person))) => {
            let former = household.into_iter().flat_map(|h| &h.former);
            let mut named = former.filter(|(f, _)| f.id == *person);
            let name = named
                .next()
                .map_or_else(String::new, |(f, _)| told::name(look, f));
            format!("{} {name}", look.say(purpose.title()))
        }
        Choice::Change(purpose) => look.say(purpose.title()).to_owned(),
    });
    let asked = question::State::ask(title, Vec::new(), lines.collect());
    state.menu = menu;
    Outcome::Open(Box::new(Screen::Question(asked, Then::Below)))
}
