//! A functional-community unit: who is on its list, and what is done with it.
//!
//! ```text
//!  石桥砖厂  企事业单位  联系人 孙立 154****0001  石桥村东头
//!  协议 QY…00007 履约中 2026-03-01 至 2027-02-28  王建国
//! ─── 名单 3 ──────────────────────────────────
//!   姓名    年龄    住处   签约
//! ▸ 张德福  男 70   3-012  在本单位协议
//!   周强    —              只记名，没有档案，不能签约
//! ```

use super::{card, pick, unit_view, words};
use crate::{
    desk::{
        Command, Question, Reply, Stop,
        reply::{AgreementPerson, UnitTold},
        request::Party,
    },
    domain::{
        agreement::unit::{Unit, UnitMember},
        aspect::Seen,
        day::Day,
        id::{PersonId, UnitId},
        text::Text,
    },
    tui::{
        action::{Action, Unit as Keys},
        app::Status,
        hand::Hand,
        port::Ticket,
        screens::{Outcome, Screen, Then, question, signing, unexplained},
        widgets::{
            hints::{self, Hint},
            scroll::{Move, Scroll},
        },
    },
};

pub use super::unit_view::view;

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::short(&[Action::Unit(Keys::Agreement)], "签约", "Sign"),
    Hint::short(&[Action::Unit(Keys::Add)], "加人", "Add"),
    Hint::short(&[Action::Unit(Keys::Remove)], "去掉", "Remove"),
    Hint::short(&[Action::Unit(Keys::Edit)], "改单位资料", "Edit"),
    Hint::short(&[Action::Unit(Keys::Open)], "打开这个人", "Open"),
    hints::BACK,
    hints::HELP,
];

/// The unit and the member selected.
#[derive(Debug)]
pub struct State {
    id: UnitId,
    pub(super) told: Option<UnitTold>,
    pub(super) today: Day,
    seen: Vec<Seen>,
    pub(super) scroll: Scroll,
    asked: Option<Ticket>,
    /// What the status line says of a change once it is made.
    saving: Option<(Ticket, Text, String)>,
    /// Who is to be taken off the list, while a box asks.
    removing: Option<usize>,
}

/// Somebody taken in a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    pub member: UnitMember,
    pub name: String,
}

impl State {
    /// Returns the page of a unit.
    pub fn new(id: UnitId) -> Self {
        Self {
            id,
            told: None,
            today: Day::default(),
            seen: Vec::new(),
            scroll: Scroll::default(),
            asked: None,
            saving: None,
            removing: None,
        }
    }

    /// Returns whether keys wait: who stands in which row is being asked.
    pub const fn holds(&self) -> bool {
        self.asked.is_some()
    }

    pub(super) fn members(&self) -> &[UnitMember] {
        self.told.as_ref().map_or(&[], |told| &told.unit.members)
    }

    /// Returns the resident with what is known of him.
    pub(super) fn resident(&self, id: PersonId) -> Option<&AgreementPerson> {
        let told = self.told.as_ref()?;
        told.residents.iter().find(|one| one.person == id)
    }

    fn at(&self) -> Option<usize> {
        self.scroll.selected(self.members().len())
    }

    fn here(&self) -> Option<&UnitMember> {
        self.members().get(self.at()?)
    }

    fn name(&self, member: &UnitMember) -> String {
        match member {
            UnitMember::Resident(id) => self
                .resident(*id)
                .map_or_else(|| id.to_string(), |one| one.name.clone()),
            UnitMember::Light { name, .. } => name.clone(),
        }
    }
}

/// Asks for the unit.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    state.asked = Some(hand.ask(Question::Units));
}

/// Takes an answer.
pub fn replied(
    state: &mut State,
    ticket: Ticket,
    reply: Result<Reply, Stop>,
    hand: &Hand<'_>,
) -> Option<Outcome> {
    if let Some((_, text, name)) = state.saving.take_if(|(saving, ..)| *saving == ticket) {
        return match reply {
            Ok(Reply::Done(_)) => {
                let text = hand.look.say(text).replace("{}", &name);
                Some(Outcome::Say(Status::done(text)))
            }
            other => unexplained(other),
        };
    }
    if state.asked.take_if(|asked| *asked == ticket).is_none() {
        return unexplained(reply);
    }
    match reply {
        Ok(Reply::Units(view)) => {
            state.today = view.today;
            state.seen.clone_from(&view.seen);
            let mut units = view.units.into_iter();
            state.told = units.find(|one| one.unit.id == state.id);
            None
        }
        other => unexplained(other),
    }
}

/// Takes a key.
pub fn update(state: &mut State, action: Option<Keys>, hand: &mut Hand<'_>) -> Option<Outcome> {
    let to = match action? {
        Keys::Down => Move::Down,
        Keys::Up => Move::Up,
        Keys::PageDown => Move::PageDown,
        Keys::PageUp => Move::PageUp,
        Keys::First => Move::First,
        Keys::Last => Move::Last,
        Keys::Open => {
            return match state.here()? {
                UnitMember::Resident(person) => Some(Outcome::Person(*person)),
                UnitMember::Light { .. } => Some(refused(words::LIGHT, hand)),
            };
        }
        Keys::Add => {
            let box_of = pick::State::default();
            return Some(Outcome::Open(Box::new(Screen::Pick(Box::new(box_of)))));
        }
        Keys::Remove => return ask_to_remove(state, hand),
        Keys::Edit => {
            let unit = state.told.as_ref()?.unit.clone();
            let what = card::What::Unit(Some(unit));
            let card = card::State::new(what, Vec::new(), state.seen.clone(), hand);
            return Some(Outcome::Open(Box::new(Screen::PartyCard(Box::new(card)))));
        }
        Keys::Agreement => {
            let form = signing::State::new(signing::Wanted::Unit(state.id));
            return Some(Outcome::Open(Box::new(Screen::Signing(Box::new(form)))));
        }
    };
    let page = unit_view::page(hand.work);
    state.scroll.go(to, state.members().len(), page);
    None
}

fn refused(text: Text, hand: &Hand<'_>) -> Outcome {
    Outcome::Say(Status::refused(hand.look.say(text).to_owned()))
}

fn ask_to_remove(state: &mut State, hand: &Hand<'_>) -> Option<Outcome> {
    let at = state.at()?;
    let member = state.here()?;
    if let UnitMember::Resident(id) = member {
        let coverage = state.resident(*id).and_then(|one| one.coverage);
        if coverage.is_some_and(|days| days.holds(state.today)) {
            return Some(refused(words::COVERED_FIRST, hand));
        }
    }
    let look = hand.look;
    let text = look.say(words::REMOVE_QUESTION);
    let text = text.replace("{}", &state.name(member));
    let asked = question::State::confirm(look, look.say(words::REMOVE_TITLE), &text);
    state.removing = Some(at);
    Some(Outcome::Open(Box::new(Screen::Question(
        asked,
        Then::Below,
    ))))
}

/// Takes the answer whether somebody leaves the list.
pub fn chosen(state: &mut State, choice: usize, hand: &mut Hand<'_>) -> Option<Outcome> {
    let at = state.removing.take().filter(|_| choice == 0)?;
    let mut unit = state.told.as_ref()?.unit.clone();
    let name = state.name(unit.members.get(at)?);
    unit.members.remove(at);
    keep(state, unit, (words::UNIT_REMOVED, name), hand);
    None
}

/// Takes somebody onto the list.
pub fn picked(state: &mut State, picked: Picked, hand: &mut Hand<'_>) {
    let Some(told) = &state.told else { return };
    let mut unit = told.unit.clone();
    unit.members.push(picked.member);
    state.scroll.select(unit.members.len() - 1);
    keep(state, unit, (words::UNIT_ADDED, picked.name), hand);
}

fn keep(state: &mut State, unit: Unit, (text, name): (Text, String), hand: &mut Hand<'_>) {
    let party = Box::new(Party::Unit(Some(state.id), unit));
    let ticket = hand.change(Command::KeepParty(party), state.seen.clone());
    state.saving = ticket.map(|ticket| (ticket, text, name));
}

/// Settles a conflict: the list as it stands now is read anew.
pub fn settle(state: &mut State, hand: &mut Hand<'_>) {
    state.saving = None;
    refresh(state, hand);
}
