//! The box in which a doctor who signs, or a unit, is written down.

use ratatui::{Frame, layout::Rect};

use super::words;
use crate::{
    desk::{Command, Reply, Stop, request::Party, rights::Matter},
    domain::{
        agreement::{
            doctor::{Cap, Doctor, DoctorKind},
            unit::{Unit, UnitKind},
        },
        aspect::Seen,
        clinic::Staff,
        day::Day,
        id::{DoctorId, UnitId},
        text::Text,
    },
    tui::{
        action::Person,
        hand::Hand,
        keys::Key,
        port::Ticket,
        screens::{Outcome, unexplained},
        theme::Look,
        widgets::{
            cells, frame as frames,
            hints::{self, Hint},
            questions::{Did, Item, Questions},
        },
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = hints::QUESTIONS;

/// Who is written down; none where new.
#[derive(Debug, Clone)]
pub enum What {
    Doctor(Option<Doctor>),
    Unit(Option<Unit>),
}

impl State {
    /// Returns what one must be allowed to change to save it.
    pub const fn is_for(&self) -> Matter {
        match self.what {
            What::Doctor(_) => Matter::Clinic,
            What::Unit(_) => Matter::Care,
        }
    }
}

/// An answer that is told beside its question to be no date or number.
#[derive(Debug)]
struct Unreadable;

/// The questions.
#[derive(Debug)]
pub struct State {
    what: What,
    asks: Questions,
    staff: Vec<Staff>,
    seen: Vec<Seen>,
    today: Day,
    saving: Option<Ticket>,
}

impl State {
    /// Returns the card with what is known.
    pub fn new(what: What, staff: Vec<Staff>, seen: Vec<Seen>, hand: &Hand<'_>) -> Self {
        let today = hand.today();
        let staff: Vec<Staff> = staff.into_iter().filter(|one| one.active).collect();
        let items = match &what {
            What::Doctor(doctor) => of_doctor(doctor.as_ref(), &staff, today, hand.look),
            What::Unit(unit) => of_unit(unit.as_ref(), hand.look),
        };
        Self {
            what,
            asks: Questions::of(items),
            staff,
            seen,
            today,
            saving: None,
        }
    }

    const fn title(&self) -> Text {
        match self.what {
            What::Doctor(None) => words::NEW_DOCTOR,
            What::Doctor(Some(_)) => words::CHANGE_DOCTOR,
            What::Unit(None) => words::NEW_UNIT,
            What::Unit(Some(_)) => words::CHANGE_UNIT,
        }
    }

    /// Reads a day that may be empty, or complains.
    fn day(&mut self, at: usize) -> Result<Option<Day>, Unreadable> {
        if self.asks.text(at).is_empty() {
            return Ok(None);
        }
        let day = self.asks.day(at, self.today);
        if day.is_none() {
            self.asks.complain(at, words::NOT_A_DAY);
        }
        day.map(Some).ok_or(Unreadable)
    }

    /// Reads a count that may be empty, or complains.
    fn count(&mut self, at: usize) -> Result<Option<usize>, Unreadable> {
        let text = self.asks.ascii(at);
        if text.is_empty() {
            return Ok(None);
        }
        let count = text.parse().ok();
        if count.is_none() {
            self.asks.complain(at, words::NOT_A_NUMBER);
        }
        count.map(Some).ok_or(Unreadable)
    }

    fn party(&mut self) -> Option<Party> {
        match self.what.clone() {
            What::Doctor(before) => self.doctor(before),
            What::Unit(before) => self.unit(before),
        }
    }

    fn doctor(&mut self, before: Option<Doctor>) -> Option<Party> {
        let (from, until) = (self.day(6), self.day(7));
        let (persons, homes) = (self.count(8), self.count(9));
        let (from, until) = (from.ok()?, until.ok()?);
        let (persons, homes) = (persons.ok()?, homes.ok()?);
        let account = self.asks.choice(5).checked_sub(1);
        let account = account.and_then(|at| self.staff.get(at));
        let id = before.map(|one| one.id);
        let doctor = Doctor {
            id: id.unwrap_or(DoctorId(0)),
            name: self.asks.text(0).to_owned(),
            kind: *DoctorKind::ALL.get(self.asks.choice(1))?,
            licence: self.asks.ascii(2),
            phone: self.asks.ascii(3),
            id_no: self.asks.ascii(4).to_uppercase(),
            staff: account.map(|one| one.id),
            from: from.unwrap_or(self.today),
            until,
            cap: persons.map(|persons| Cap {
                persons,
                households: homes,
            }),
        };
        Some(Party::Doctor(id, doctor))
    }

    fn unit(&mut self, before: Option<Unit>) -> Option<Party> {
        let headcount = self.count(6).ok()?.unwrap_or(0);
        let id = before.as_ref().map(|one| one.id);
        let unit = Unit {
            id: id.unwrap_or(UnitId(0)),
            name: self.asks.text(0).to_owned(),
            kind: *UnitKind::ALL.get(self.asks.choice(1))?,
            credit_code: self.asks.ascii(2).to_uppercase(),
            contact: self.asks.text(3).to_owned(),
            phone: self.asks.ascii(4),
            address: self.asks.text(5).to_owned(),
            headcount: u32::try_from(headcount).unwrap_or(u32::MAX),
            members: before.map_or_else(Vec::new, |one| one.members),
        };
        Some(Party::Unit(id, unit))
    }
}

fn names<T: Copy>(look: &Look, all: &[T], name: fn(T) -> Text) -> Vec<String> {
    let told = all.iter().map(|one| look.say(name(*one)).to_owned());
    told.collect()
}

fn of_doctor(doctor: Option<&Doctor>, staff: &[Staff], today: Day, look: &Look) -> Vec<Item> {
    let text = |of: fn(&Doctor) -> &str| doctor.map_or("", of);
    let kind = doctor.map_or(DoctorKind::Village, |one| one.kind);
    let kind = DoctorKind::ALL.iter().position(|one| *one == kind);
    let none = look.say(words::NO_ACCOUNT).to_owned();
    let named = staff.iter().map(|one| one.name.clone());
    let account = doctor.and_then(|one| one.staff);
    let account = staff.iter().position(|one| Some(one.id) == account);
    let from = doctor.map_or(today, |one| one.from).to_string();
    let until = doctor.and_then(|one| one.until);
    let until = until.map_or_else(String::new, |day| day.to_string());
    let cap = doctor.and_then(|one| one.cap);
    let most = |count: Option<usize>| count.map_or_else(String::new, |count| count.to_string());
    vec![
        Item::text(words::NAME, text(|one| &one.name)),
        Item::choice(
            words::KIND,
            names(look, DoctorKind::ALL, DoctorKind::name),
            kind.unwrap_or(0),
        ),
        Item::text(words::LICENCE, text(|one| &one.licence)),
        Item::text(words::PHONE, text(|one| &one.phone)),
        Item::text(words::ID_NO, text(|one| &one.id_no)),
        Item::choice(
            words::ACCOUNT,
            std::iter::once(none).chain(named).collect(),
            account.map_or(0, |at| at + 1),
        ),
        Item::plain(words::FROM, &from),
        Item::plain(words::LAST_DAY, &until),
        Item::plain(words::CAP_PERSONS, &most(cap.map(|cap| cap.persons))),
        Item::plain(words::CAP_HOMES, &most(cap.and_then(|cap| cap.households))),
    ]
}

fn of_unit(unit: Option<&Unit>, look: &Look) -> Vec<Item> {
    let text = |of: fn(&Unit) -> &str| unit.map_or("", of);
    let kind = unit.map_or(UnitKind::Company, |one| one.kind);
    let kind = UnitKind::ALL.iter().position(|one| *one == kind);
    let headcount = unit.map_or_else(String::new, |one| one.headcount.to_string());
    vec![
        Item::text(words::UNIT_NAME, text(|one| &one.name)),
        Item::choice(
            words::KIND,
            names(look, UnitKind::ALL, UnitKind::name),
            kind.unwrap_or(0),
        ),
        Item::text(words::CREDIT_CODE, text(|one| &one.credit_code)),
        Item::text(words::CONTACT, text(|one| &one.contact)),
        Item::text(words::UNIT_PHONE, text(|one| &one.phone)),
        Item::text(words::ADDRESS, text(|one| &one.address)),
        Item::plain(words::HEADCOUNT, &headcount),
    ]
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Person>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    if state.asks.key(action, key) != Did::Accepted {
        return None;
    }
    state.asks.calm();
    let party = state.party()?;
    let command = Command::KeepParty(Box::new(party));
    state.saving = hand.change(command, state.seen.clone());
    None
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str) {
    state.asks.paste(text);
}

/// Takes the answer: it is written down, or why not.
pub fn replied(
    state: &mut State,
    ticket: Ticket,
    reply: Result<Reply, Stop>,
    hand: &Hand<'_>,
) -> Option<Outcome> {
    state.saving.take_if(|saving| *saving == ticket);
    match reply {
        Ok(Reply::Done(_)) => {
            let name = state.asks.text(0);
            let leaves = match state.what {
                What::Doctor(_) => !state.asks.text(7).is_empty(),
                What::Unit(_) => false,
            };
            let text = if leaves {
                hand.look.say(words::SAVED_LEFT).replace("{name}", name)
            } else {
                hand.look.say(words::SAVED).replace("{}", name)
            };
            Some(Outcome::Done(text))
        }
        other => unexplained(other),
    }
}

/// Settles a conflict: who signs was changed elsewhere and is to be seen first.
pub fn settle(state: &mut State) -> Outcome {
    state.saving = None;
    Outcome::Leave
}

/// Draws the box over `area`.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let width = 66.min(area.width);
    let room = usize::from(width.saturating_sub(4));
    let offered = cells::wrap_list(&state.asks.offered(), room);
    let rows = u16::try_from(state.asks.len()).unwrap_or(u16::MAX);
    let height = rows.saturating_add(5);
    let title = look.say(state.title());
    let inner = frames::draw_box(look, frame, area, (width, height), title);
    let below = 3.min(inner.height.saturating_sub(4));
    let asked = Rect {
        height: inner.height.saturating_sub(below).min(rows),
        ..inner
    };
    state.asks.draw(look, frame, asked);
    for (text, y) in offered.iter().zip(asked.bottom() + 1..inner.bottom()) {
        cells::put(frame, inner.x, y, text, room, look.dim());
    }
}
