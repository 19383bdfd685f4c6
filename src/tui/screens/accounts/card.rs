//! The box in which a staff member is written down, or a password given.

use ratatui::{Frame, layout::Rect};

use super::words;
use crate::{
    desk::{Command, Reply, Stop},
    domain::{
        aspect::Seen,
        clinic::{Role, Staff},
    },
    tui::{
        action::Person,
        hand::Hand,
        keys::Key,
        port::Ticket,
        screens::{Outcome, door::words as door, unexplained},
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
}

/// The questions.
#[derive(Debug)]
pub struct State {
    what: What,
    asks: Questions,
    seen: Vec<Seen>,
    saving: Option<Ticket>,
}

impl State {
    /// Returns the box with what is known.
    pub fn new(what: What, seen: Vec<Seen>, look: &Look) -> Self {
        let roles = ROLES.map(|role| look.say(role.name()).to_owned()).to_vec();
        let works = [words::YES, words::NO].map(|text| look.say(text).to_owned());
        let passwords = [door::NEW_PASSWORD, door::NEW_AGAIN].map(Item::secret);
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
                ]
            }
            What::Give(_) => passwords.to_vec(),
            What::Own(_) => std::iter::once(Item::secret(words::BEFORE))
                .chain(passwords)
                .collect(),
        };
        Self {
            what,
            asks: Questions::of(items),
            seen,
            saving: None,
        }
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
        }
    }

    /// Returns what is wanted, or says what is wrong.
    fn command(&mut self) -> Option<Command> {
        let name = self.asks.text(0).to_owned();
        let role = ROLES.get(self.asks.choice(1)).copied();
        let role = role.unwrap_or(Role::Doctor);
        Some(match &self.what {
            What::Add | What::Change(_) if name.is_empty() => {
                self.asks.complain(0, door::MISSING);
                return None;
            }
            What::Add => Command::AddStaff { name, role },
            What::Change(staff) => Command::ChangeStaff {
                staff: staff.id,
                name,
                role,
                active: self.asks.choice(2) == 0,
            },
            What::Give(staff) => Command::GivePassword {
                staff: staff.id,
                before: None,
                password: self.asks.new_password(0, 1)?,
            },
            What::Own(staff) => {
                let before = self.asks.password(0);
                if before.is_none() {
                    self.asks.complain(0, door::MISSING);
                }
                let password = self.asks.new_password(1, 2)?;
                Command::GivePassword {
                    staff: staff.id,
                    before: Some(before?),
                    password,
                }
            }
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
    if state.asks.key(action, key) != Did::Accepted {
        return None;
    }
    state.asks.calm();
    let command = state.command()?;
    state.saving = hand.change(command, state.seen.clone());
    None
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
            hand.look.say(words::SAVED).replace("{name}", name)
        }
        What::Give(staff) => hand.look.say(words::GIVEN).replace("{name}", &staff.name),
        What::Own(_) => hand.look.say(words::OWN_GIVEN).to_owned(),
    };
    match reply {
        Ok(Reply::Done(_)) => Some(Outcome::Done(text)),
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
