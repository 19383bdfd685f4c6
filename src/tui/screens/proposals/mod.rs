//! Who is proposed for which programme: mark one, a group or all, and enter them; those of
//! whom something must be known first open their entry forms one after another.
//!
//! ```text
//!  建议 12条  勾选 3
//! ────────────────────────────────────────────
//!     姓名        年龄   组-门   依据                     纳入日
//! 老年人 老年中医 · 本月满65岁 · 3人
//! ▸ + 王桂兰      女 65  3-015   满65岁 2026-11-03        11-03
//! ────────────────────────────────────────────
//!  王桂兰  老年人健康管理、老年人中医药健康管理：65岁及以上常住居民
//! ```

mod list;
mod view;
mod words;

use std::collections::{BTreeSet, VecDeque};

pub use view::view;

use self::list::{Line, Mark};
use super::{Outcome, Screen, unexplained, visit};
use crate::{
    desk::{
        Command, Question, Reply, Stop,
        reply::{Done, ProposalRow, ProposalsView},
    },
    domain::{
        id::PersonId,
        programmes::ProgrammeKind,
        proposal::{Entry, How},
        visit::entry_form,
    },
    lang::refusals,
    tui::{
        action::{Action, Context, Proposals},
        app::Status,
        hand::Hand,
        keys::Key,
        port::Ticket,
        saved,
        widgets::{
            hints::{self, Hint},
            prompt::Prompt,
            scroll::{Move, Scroll},
        },
    },
};

/// What the hint line offers here.
const HINTS: &[Hint] = &[
    Hint::short(&[Action::Proposals(Proposals::Accept)], "纳入", "Accept"),
    Hint::of(&[Action::Proposals(Proposals::Mark)]),
    Hint::short(
        &[Action::Proposals(Proposals::MarkGroup)],
        "勾本组",
        "Group",
    ),
    Hint::short(&[Action::Proposals(Proposals::MarkAll)], "全勾", "All"),
    Hint::of(&[Action::Proposals(Proposals::Decline)]),
    Hint::short(&[Action::Proposals(Proposals::Household)], "本户", "Home"),
    hints::BACK,
    hints::HELP,
];

/// … while a reason is typed.
const REASON_HINTS: &[Hint] = &hints::typed(words::DECLINE);

/// The proposals as last answered, and where one stands among them.
#[derive(Debug, Default)]
pub struct State {
    asked: Option<Ticket>,
    view: Option<Box<ProposalsView>>,
    lines: Vec<Line>,
    scroll: Scroll,
    marked: BTreeSet<Mark>,
    /// Asks why they are not entered.
    prompt: Option<Prompt>,
    sent: Option<(Ticket, Sent)>,
    /// Whose entry form is open, and the forms that come after it.
    form: Option<(PersonId, ProgrammeKind)>,
    forms: VecDeque<(PersonId, ProgrammeKind)>,
}

/// What the desk was asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sent {
    Enter,
    /// With whom it says was declined.
    Decline(String),
}

impl State {
    /// Returns what the hint line offers.
    pub fn hints(&self) -> &'static [Hint] {
        if self.prompt.is_some() {
            REASON_HINTS
        } else {
            HINTS
        }
    }

    /// Returns where its keys are looked up.
    pub fn context(&self) -> Context {
        if self.prompt.is_some() {
            Context::Palette
        } else {
            Context::Proposals
        }
    }

    /// Closes the prompt; returns whether the screen is to be left instead.
    pub fn back(&mut self) -> bool {
        self.prompt.take().is_none()
    }

    /// Returns whether keys wait: who stands in which row is being asked.
    pub fn holds(&self) -> bool {
        self.asked.is_some()
    }

    fn rows(&self) -> &[ProposalRow] {
        self.view.as_ref().map_or(&[], |view| view.rows.as_slice())
    }

    fn here(&self) -> Option<&ProposalRow> {
        let line = self.scroll.selected(self.lines.len())?;
        match self.lines.get(line)? {
            Line::Row(at) => self.rows().get(*at),
            Line::Heading(_) => None,
        }
    }

    /// Returns the marked rows, else the selected one.
    fn chosen(&self) -> Vec<&ProposalRow> {
        if self.marked.is_empty() {
            return self.here().into_iter().collect();
        }
        let rows = self.rows().iter();
        rows.filter(|row| self.marked.contains(&Mark::of(row)))
            .collect()
    }
}

/// Asks for the proposals.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    state.asked = Some(hand.ask(Question::Proposals(None)));
}

/// Takes an answer of the desk.
pub fn replied(
    state: &mut State,
    ticket: Ticket,
    reply: Result<Reply, Stop>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    if let Some((_, what)) = state.sent.take_if(|(sent, _)| *sent == ticket) {
        return match reply {
            Ok(Reply::Done(done)) => {
                let text = told(&what, &done, hand);
                Some(Outcome::Say(if done.contacts.is_empty() {
                    Status::refused(text)
                } else {
                    Status::done(text)
                }))
            }
            other => {
                state.forms.clear();
                unexplained(other)
            }
        };
    }
    if state.asked != Some(ticket) {
        return None;
    }
    state.asked = None;
    match reply {
        Ok(Reply::Proposals(view)) => {
            take(state, view, hand);
            next_form(state)
        }
        other => unexplained(other),
    }
}

/// Takes the proposals in; the cursor stays with its row, or where the row was.
fn take(state: &mut State, view: Box<ProposalsView>, hand: &Hand<'_>) {
    let held = state.here().map(Mark::of);
    state.lines = list::lines(&view);
    let rows = view.rows.iter();
    let here: BTreeSet<Mark> = rows.map(Mark::of).collect();
    state.marked.retain(|mark| here.contains(mark));
    state.view = Some(view);
    let is_held = |line: &Line| match line {
        Line::Row(at) => state.rows().get(*at).map(Mark::of) == held,
        Line::Heading(_) => false,
    };
    let found = state.lines.iter().position(is_held);
    let at = found.or_else(|| state.scroll.selected(state.lines.len()));
    state.scroll.select(at.unwrap_or(0));
    stand_on_row(state, Move::Down, view::page(hand.work));
}

/// A heading is passed over in the direction of the movement; at the ends the other way.
fn stand_on_row(state: &mut State, to: Move, page: usize) {
    let count = state.lines.len();
    let Some(at) = state.scroll.selected(count) else {
        return;
    };
    let is_row = |at: &usize| matches!(state.lines.get(*at), Some(Line::Row(_)));
    let after = || (at..count).find(is_row);
    let before = || (0..=at).rev().find(is_row);
    let at = match to {
        Move::Up | Move::PageUp => before().or_else(after),
        Move::Down | Move::PageDown | Move::First | Move::Last => after().or_else(before),
    };
    let at = at.unwrap_or(0);
    // Its heading comes into sight with the row.
    for line in [at.saturating_sub(1), at] {
        state.scroll.select(line);
        state.scroll.follow(count, page);
    }
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Action>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    if let Some(prompt) = &mut state.prompt {
        let reason = prompt.press(action, key)?;
        state.prompt = None;
        decline(state, reason, hand);
        return None;
    }
    let Some(Action::Proposals(action)) = action else {
        return None;
    };
    (state.form, state.forms) = (None, VecDeque::new());
    let page = view::page(hand.work);
    let to = match action {
        Proposals::Down => Move::Down,
        Proposals::Up => Move::Up,
        Proposals::PageDown => Move::PageDown,
        Proposals::PageUp => Move::PageUp,
        Proposals::First => Move::First,
        Proposals::Last => Move::Last,
        Proposals::Mark => {
            if let Some(mark) = state.here().map(Mark::of) {
                list::mark(&mut state.marked, vec![mark]);
            }
            Move::Down
        }
        Proposals::MarkGroup => {
            let view = state.view.as_deref()?;
            let group = list::group_at(view, state.here());
            list::mark(&mut state.marked, group);
            return None;
        }
        Proposals::MarkAll => {
            let all = state.rows().iter().map(Mark::of).collect();
            list::mark(&mut state.marked, all);
            return None;
        }
        Proposals::Accept => return accept(state, hand),
        Proposals::Decline => {
            ask_why(state, hand);
            return None;
        }
        Proposals::Household => {
            let row = state.here()?;
            return Some(Outcome::Household(row.household, Some(row.person)));
        }
    };
    state.scroll.go(to, state.lines.len(), page);
    stand_on_row(state, to, page);
    None
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str) {
    if let Some(prompt) = &mut state.prompt {
        prompt.paste(text);
    }
}

/// Enters the chosen: those of whom all is known at once, the others on their forms.
fn accept(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    let is_form = |entry: &Entry| entry.how == How::OnForm;
    let (forms, known): (Vec<_>, Vec<_>) = state
        .chosen()
        .into_iter()
        .flat_map(|row| {
            let entries = row.proposal.entries.iter();
            entries.map(|entry| (is_form(entry), (row.person, entry.programme)))
        })
        .partition(|(is_form, _)| *is_form);
    let bare = |these: Vec<(bool, _)>| these.into_iter().map(|(_, one)| one);
    state.forms = bare(forms).collect();
    let known: Vec<_> = bare(known).collect();
    state.marked.clear();
    if known.is_empty() {
        return next_form(state);
    }
    let sent = hand.change(Command::EnrolMany(known), Vec::new());
    state.sent = sent.map(|ticket| (ticket, Sent::Enter));
    None
}

/// Opens the next entry form; one that was left without saving ends the row of them.
fn next_form(state: &mut State) -> Option<Outcome> {
    if let Some((person, programme)) = state.form.take() {
        let is_open = |row: &ProposalRow| {
            let mut entries = row.proposal.entries.iter();
            row.person == person && entries.any(|entry| entry.programme == programme)
        };
        if state.rows().iter().any(is_open) {
            state.forms.clear();
        }
    }
    let (person, programme) = state.forms.pop_front()?;
    state.form = Some((person, programme));
    let forms = entry_form(programme).map(str::to_owned);
    let wanted = visit::Wanted::Forms {
        person,
        forms: forms.into_iter().collect(),
    };
    let form = visit::State::new(wanted);
    Some(Outcome::Open(Box::new(Screen::Visit(Box::new(form)))))
}

fn who(state: &State, hand: &Hand<'_>) -> String {
    let chosen = state.chosen();
    let name = chosen.first().map_or("", |row| row.name.as_str());
    match chosen.len() {
        1 => name.to_owned(),
        several => hand
            .look
            .say(words::DECLINE_WHO)
            .replace("{name}", name)
            .replace("{n}", &several.to_string()),
    }
}

fn ask_why(state: &mut State, hand: &Hand<'_>) {
    if state.chosen().is_empty() {
        return;
    }
    let look = hand.look;
    let lines = vec![who(state, hand), look.say(words::DECLINE_WHY).to_owned()];
    state.prompt = Some(Prompt::new(look.say(words::DECLINE), lines));
}

fn decline(state: &mut State, reason: String, hand: &mut Hand<'_>) {
    let chosen = state.chosen().into_iter();
    let people = chosen.flat_map(|row| {
        let entries = row.proposal.entries.iter();
        entries.map(|entry| (row.person, entry.programme))
    });
    let people: Vec<_> = people.collect();
    let who = who(state, hand);
    state.marked.clear();
    let command = Command::DeclineProposals { people, reason };
    let sent = hand.change(command, Vec::new());
    state.sent = sent.map(|ticket| (ticket, Sent::Decline(who)));
}

/// Returns what the status line says: what was done, and what was left out and why.
fn told(sent: &Sent, done: &Done, hand: &Hand<'_>) -> String {
    let look = hand.look;
    let left = done.left_out.first().map(|left| {
        let text = if done.contacts.is_empty() {
            words::NONE_ENTERED
        } else {
            words::LEFT_OUT
        };
        look.say(text)
            .replace("{n}", &done.left_out.len().to_string())
            .replace("{name}", &left.name)
            .replace("{why}", &refusals::refusal(&left.why, look.lang))
    });
    let left = left.unwrap_or_default();
    if done.contacts.is_empty() {
        return left;
    }
    let what = match sent {
        Sent::Decline(who) => look.say(words::DECLINED).replace("{who}", who),
        Sent::Enter => {
            let n = done.contacts.len();
            look.say(words::ENTERED).replace("{n}", &n.to_string())
        }
    };
    saved::line(look, hand.keymap, &what, None) + &left
}
