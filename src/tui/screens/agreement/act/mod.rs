//! A small dialog for each thing done with a running agreement: it asks what its rule asks, and
//! no more.

mod deeds;

use ratatui::{Frame, layout::Rect};

use super::words;
use crate::{
    desk::{
        Command, Question, Reply, Stop,
        reply::{AgreementPerson, AgreementView},
    },
    domain::{
        agreement::{
            refusal::{AgreementRefusal, Refusal as Found},
            signed::Side,
        },
        aspect::Seen,
        clinic::Staff,
        day::Day,
        id::{AgreementId, HouseholdId, PersonId, StaffId},
        refusal::Refusal,
    },
    lang::refusals,
    tui::{
        action::{Action as Keys, Person},
        hand::Hand,
        keys::Key,
        port::Ticket,
        screens::{Outcome, Screen, Settle, signing, unexplained},
        theme::Look,
        widgets::{
            cells, frame as frames,
            hints::{self, Hint},
            questions::{Did, Questions},
        },
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::of(&[Keys::Person(Person::Save)]),
    Hint::of(&[Keys::Person(Person::Next)]),
    Hint::of(&[Keys::Person(Person::Previous)]),
    hints::BACK,
    hints::HELP,
];

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Notice,
    Withdraw,
    SignEnding(Side),
    End,
    Leave(PersonId),
    Join(PersonId),
    Confirm(PersonId),
    Remind,
    Doubt,
    Clear,
    Void,
    Discard,
    /// Why another doctor or team signs; then the form opens.
    SignAnew,
}

/// The dialog.
#[derive(Debug)]
pub struct State {
    deed: Deed,
    agreement: AgreementId,
    household: Option<HouseholdId>,
    people: Vec<AgreementPerson>,
    today: Day,
    by: StaffId,
    staff: Vec<Staff>,
    seen: Vec<Seen>,
    asks: Questions,
    notice: Option<String>,
    staff_asked: Option<Ticket>,
    saving: Option<Ticket>,
}

impl State {
    /// Returns the dialog of a deed on the agreement.
    pub fn new(deed: Deed, view: &AgreementView, hand: &Hand<'_>) -> Self {
        let mut state = Self {
            deed,
            agreement: view.agreement.id,
            household: view.agreement.scope.household(),
            people: view.people.clone(),
            today: view.today,
            by: hand.user().unwrap_or(StaffId(0)),
            staff: Vec::new(),
            seen: view.seen.clone(),
            asks: Questions::default(),
            notice: None,
            staff_asked: None,
            saving: None,
        };
        state.asks = Questions::of(state.items(view, hand.look));
        state
    }

    /// Returns whether keys wait for who works here.
    pub fn holds(&self) -> bool {
        self.staff_asked.is_some()
    }

    fn title(&self, look: &Look) -> String {
        let what = look.say(self.deed.title());
        match self.deed.person().and_then(|id| self.person(id)) {
            Some(one) => look
                .say(words::ABOUT)
                .replace("{what}", what)
                .replace("{name}", &one.name),
            None => what.to_owned(),
        }
    }

    fn person(&self, id: PersonId) -> Option<&AgreementPerson> {
        self.people.iter().find(|one| one.person == id)
    }
}

/// Asks who works here, for approvals.
pub fn begin(state: &mut State, hand: &mut Hand<'_>) {
    if matches!(state.deed, Deed::Void | Deed::SignEnding(Side::Clinic)) {
        state.staff_asked = Some(hand.ask(Question::Overview));
    }
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Person>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    state.notice = None;
    if state.asks.key(action, key) != Did::Accepted {
        return None;
    }
    state.asks.calm();
    if state.deed == Deed::SignAnew {
        return sign_anew(state);
    }
    let asked = state.action()?;
    let command = Command::Agreement {
        agreement: Some(state.agreement),
        action: Box::new(asked),
    };
    state.saving = hand.change(command, state.seen.clone());
    None
}

fn sign_anew(state: &mut State) -> Option<Outcome> {
    let reason = state.asks.text(0).to_owned();
    if reason.is_empty() {
        state.asks.complain(0, words::PLEASE);
        return None;
    }
    let household = state.household?;
    let wanted = signing::Wanted::Anew { household, reason };
    let form = Screen::Signing(Box::new(signing::State::new(wanted)));
    Some(Outcome::Instead(Box::new(form), String::new()))
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str) {
    state.asks.paste(text);
}

/// Takes an answer of the desk.
pub fn replied(
    state: &mut State,
    ticket: Ticket,
    reply: Result<Reply, Stop>,
    hand: &Hand<'_>,
) -> Option<Outcome> {
    if state
        .staff_asked
        .take_if(|asked| *asked == ticket)
        .is_some()
    {
        if let Ok(Reply::Overview(overview)) = reply {
            state.staff.clone_from(&overview.staff);
        }
        return None;
    }
    state.saving = None;
    match reply {
        Ok(Reply::Done(_)) => {
            let what = state.title(hand.look);
            Some(Outcome::Done(
                hand.look.say(words::DONE).replace("{}", &what),
            ))
        }
        Err(Stop::Refused(Refusal::Agreement(AgreementRefusal::Rules { found, .. })))
            if !found.is_empty() =>
        {
            let lang = hand.look.lang;
            let say = |one: &Found| refusals::agreement::refusal(one, lang);
            let told: Vec<String> = found.iter().map(say).collect();
            state.notice = Some(told.join(" "));
            None
        }
        other => unexplained(other),
    }
}

/// Settles a conflict: what changed is to be seen first.
pub fn settle(state: &mut State, _how: Settle) -> Outcome {
    state.saving = None;
    Outcome::Leave
}

/// Draws the box over `area`.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let width = 64.min(area.width);
    let room = usize::from(width.saturating_sub(4));
    let mut below = state.asks.offered();
    if !below.is_empty() {
        below = cells::wrap(&below.join(" "), room);
    }
    if state.deed == Deed::Void {
        below.extend(cells::wrap(look.say(words::APPROVER_HINT), room));
    }
    let notice = state.notice.as_ref();
    let notice = notice.map_or_else(Vec::new, |text| cells::wrap(text, room));
    let rows = state.asks.len() + 4 + notice.len().max(1);
    let height = u16::try_from(rows).unwrap_or(u16::MAX) + 2;
    let inner = frames::draw_box(look, frame, area, (width, height), &state.title(look));
    state.asks.draw(look, frame, inner);
    let from = inner.y + u16::try_from(state.asks.len()).unwrap_or(0) + 1;
    let told = notice.iter().map(|text| (text, look.problem()));
    let below = below.iter().take(3).map(|text| (text, look.dim()));
    for ((text, style), y) in told.chain(below).zip(from..inner.bottom()) {
        cells::put(frame, inner.x, y, text, room, style);
    }
}
