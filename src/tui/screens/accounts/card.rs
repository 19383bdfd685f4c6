//! The box in which a staff member is written down, or a password given.

use ratatui::{Frame, layout::Rect};

use super::words;
use crate::{
    desk::{
        Command, DoorReply, Knock, Reply, Stop,
        entrance::{Password, Recovery},
        reply::AccountsView,
        rights,
    },
    domain::{
        aspect::Seen,
        clinic::{Role, Staff},
        refusal::{AccountRefusal, Refusal},
    },
    tui::{
        action::Person,
        hand::Hand,
        keys::Key,
        port::Ticket,
        screens::{
            Outcome, Screen,
            door::{code, words as door},
            unexplained,
        },
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

/// The roles, as they are offered.
const ROLES: [Role; 4] = [
    Role::Doctor,
    Role::PublicHealth,
    Role::Admin,
    Role::Supervisor,
];

/// What the box is for.
#[derive(Debug, Clone)]
pub enum What {
    Add,
    Change(Staff),
    /// A colleague gets a password.
    Give(Staff),
    /// One changes one's own.
    Own(Staff),
    /// Another recovery code is made.
    Renew,
}

/// The questions of a staff member's card.
const NAME: usize = 0;
const ROLE: usize = 1;
const WORKS: usize = 2;
/// One's own password, where somebody is made one of those who may change the clinic.
const MINE: usize = 3;

/// The questions.
#[derive(Debug)]
pub struct State {
    what: What,
    asks: Questions,
    seen: Vec<Seen>,
    /// The role that may change the clinic; nothing where there are no passwords.
    able: Option<Vec<Staff>>,
    /// One's own password, while the new code is written down.
    own: Option<Password>,
    saving: Option<Ticket>,
}

impl State {
    /// Returns the box with what is known.
    pub fn new(what: What, view: &AccountsView, look: &Look) -> Self {
        let roles = ROLES.map(|role| look.say(role.name()).to_owned()).to_vec();
        let works = [words::YES, words::NO].map(|text| look.say(text).to_owned());
        let [new, again] = [door::NEW_PASSWORD, door::NEW_AGAIN].map(Item::secret);
        let items = match &what {
            What::Add => vec![
                Item::text(words::NAME, ""),
                Item::choice(words::ROLE, roles, 0),
            ],
            What::Change(staff) => {
                let role = ROLES.iter().position(|role| *role == staff.role);
                let works = Item::choice(words::WORKS, works.to_vec(), usize::from(!staff.active));
                vec![
                    Item::text(words::NAME, &staff.name),
                    Item::choice(words::ROLE, roles, role.unwrap_or(0)),
                    works,
                    Item::secret(words::MINE),
                ]
            }
            What::Give(_) => vec![Item::secret(words::MINE), new, again],
            What::Own(_) => vec![Item::secret(words::BEFORE), new, again],
            What::Renew => vec![Item::secret(words::MINE)],
        };
        let seen = match what {
            What::Add | What::Change(_) | What::Give(_) => view.seen.clone(),
            What::Own(_) | What::Renew => Vec::new(),
        };
        let able = || {
            let able = view.accounts.iter().filter(|one| one.has_password);
            able.map(|one| one.staff.clone()).collect()
        };
        let mut state = Self {
            what,
            asks: Questions::of(items),
            seen,
            able: view.has_door.then(able),
            own: None,
            saving: None,
        };
        state.ask_what_is_needed();
        state
    }

    /// One's own password is asked for where it is needed.
    fn ask_what_is_needed(&mut self) {
        if let What::Change(staff) = &self.what {
            let role = ROLES.get(self.asks.choice(ROLE)).copied();
            let active = self.asks.choice(WORKS) == 0;
            let raises =
                |(role, able): (Role, &Vec<Staff>)| rights::raises(staff, (role, active), able);
            let is_asked = role.zip(self.able.as_ref()).is_some_and(raises);
            self.asks.ask_only_if(MINE, is_asked);
        }
    }

    /// Says whether this makes the first administrator: the doctors change the clinic no more once
    /// they can come in.
    fn hands_over(&self) -> bool {
        let role = ROLES.get(self.asks.choice(ROLE)).copied();
        let rules = |able: &Vec<Staff>| rights::who_changes(able) == Role::Doctor;
        role == Some(Role::Admin) && self.able.as_ref().is_some_and(rules)
    }

    /// Returns whether keys wait for an answer.
    pub const fn holds(&self) -> bool {
        self.saving.is_some()
    }

    fn title(&self, look: &Look) -> String {
        match &self.what {
            What::Add => look.say(words::ADD).to_owned(),
            What::Change(_) => look.say(words::CHANGE).to_owned(),
            What::Give(staff) => look.say(words::GIVE).replace("{name}", &staff.name),
            What::Own(_) => look.say(words::OWN).to_owned(),
            What::Renew => look.say(words::RENEW).to_owned(),
        }
    }

    /// Returns where one's own password is asked for.
    const fn mine(&self) -> usize {
        match self.what {
            What::Add | What::Change(_) => MINE,
            What::Give(_) | What::Own(_) | What::Renew => 0,
        }
    }

    /// Returns one's own password, or says that it is missing.
    fn own(&mut self) -> Option<Password> {
        let own = self.asks.password(self.mine());
        if own.is_none() {
            self.asks.complain(self.mine(), door::MISSING);
        }
        own
    }

    /// Returns what is wanted, or says what is wrong.
    fn command(&mut self) -> Option<Command> {
        let name = self.asks.text(NAME).to_owned();
        let role = ROLES.get(self.asks.choice(ROLE)).copied();
        let role = role.unwrap_or(Role::Doctor);
        Some(match self.what.clone() {
            What::Add | What::Change(_) if name.is_empty() => {
                self.asks.complain(NAME, door::MISSING);
                return None;
            }
            What::Add => Command::AddStaff { name, role },
            What::Change(staff) => {
                let own = match self.asks.asks(MINE) {
                    true => Some(self.own()?),
                    false => None,
                };
                Command::ChangeStaff {
                    staff: staff.id,
                    name,
                    role,
                    active: self.asks.choice(WORKS) == 0,
                    own,
                }
            }
            What::Give(staff) | What::Own(staff) => {
                let own = self.own();
                let password = self.asks.new_password(1, 2)?;
                Command::GivePassword {
                    staff: staff.id,
                    own: Some(own?),
                    password,
                }
            }
            What::Renew => return None,
        })
    }
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Person>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    match state.asks.key(action, key) {
        Did::Nothing => return None,
        Did::Changed => {
            state.ask_what_is_needed();
            return None;
        }
        Did::Accepted => {}
    }
    state.asks.calm();
    if let What::Renew = state.what {
        let own = state.own()?;
        state.own = Some(own.clone());
        state.saving = Some(hand.knock(Knock::CodeFor { own }));
        return None;
    }
    let command = state.command()?;
    state.saving = hand.change(command, state.seen.clone());
    None
}

/// Takes what the door answers: a code to be written down.
pub fn knocked(
    state: &mut State,
    answer: Result<DoorReply, Stop>,
    hand: &Hand<'_>,
) -> Option<Outcome> {
    state.saving = None;
    match answer {
        Ok(DoorReply::Code(code)) => {
            let page = code::State::new(code, hand.keymap);
            Some(Outcome::Open(Box::new(Screen::Code(Box::new(page)))))
        }
        Err(Stop::Refused(refusal)) => {
            state.own = None;
            state.asks.forget(state.mine());
            Some(Outcome::Refused(refusal))
        }
        Ok(DoorReply::In { .. } | DoorReply::Recovered { .. } | DoorReply::Locked { .. })
        | Err(Stop::Failed(_)) => None,
    }
}

/// The new code stands on paper: now it is the one that opens.
pub fn noted(state: &mut State, code: Recovery, hand: &mut Hand<'_>) {
    let own = state.own.take();
    state.saving = hand.change(Command::RenewRecovery { code, own }, Vec::new());
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str) {
    state.asks.paste(text);
}

/// Takes the answer: it is done, or why not.
pub fn replied(state: &mut State, reply: Result<Reply, Stop>, hand: &Hand<'_>) -> Option<Outcome> {
    state.saving = None;
    let text = match &state.what {
        What::Add | What::Change(_) => {
            let name = state.asks.text(0);
            let saved = hand.look.say(words::SAVED).replace("{name}", name);
            match state.hands_over() {
                true => saved + hand.look.say(words::HANDS_OVER),
                false => saved,
            }
        }
        What::Give(staff) => hand.look.say(words::GIVEN).replace("{name}", &staff.name),
        What::Own(_) => hand.look.say(words::OWN_GIVEN).to_owned(),
        What::Renew => hand.look.say(words::RENEWED).to_owned(),
    };
    match reply {
        Ok(Reply::Done(_)) => Some(Outcome::Done(text)),
        Err(Stop::Refused(refusal @ Refusal::Account(AccountRefusal::Wrong))) => {
            state.asks.forget(state.mine());
            Some(Outcome::Refused(refusal))
        }
        other => unexplained(other),
    }
}

/// Settles a conflict: what was changed elsewhere is to be seen first.
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
    let title = state.title(look);
    let size = (width, rows.saturating_add(4));
    let inner = frames::draw_box(look, frame, area, size, &title);
    let asked = Rect {
        height: inner.height.min(rows),
        ..inner
    };
    state.asks.draw(look, frame, asked);
    for (text, y) in offered.iter().zip(asked.bottom() + 1..inner.bottom()) {
        cells::put(frame, inner.x, y, text, room, look.dim());
    }
}
