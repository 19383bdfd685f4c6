//! A small dialog for each thing done with a running agreement: it asks what its rule asks, and
//! no more.

mod asking;
mod deeds;

use ratatui::{Frame, layout::Rect};

use super::words;
use crate::{
    desk::{
        Command, Question, Reply, Stop,
        reply::{AgreementPerson, AgreementView, PanelTold, PartiesView},
        rights::Matter,
    },
    domain::{
        agreement::{
            contract::Scope,
            doctor::Doctor,
            refusal::{AgreementRefusal, Refusal as Found},
            signed::Side,
        },
        aspect::Seen,
        clinic::Staff,
        day::Day,
        id::{AgreementId, PersonId, StaffId},
        refusal::Refusal,
    },
    lang::refusals,
    tui::{
        action::{Action as Keys, Person},
        hand::Hand,
        keys::Key,
        port::Ticket,
        screens::{Outcome, Screen, Settle, Told, signing, unexplained},
        theme::Look,
        widgets::{
            cells, frame as frames,
            hints::{self, Hint},
            questions::{Did, Item, Questions},
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
    /// The institution stops the service.
    Stop,
    /// Who acts while the doctor of record has left.
    Acting,
    /// Why a draft is discarded; the form below does it.
    Discard,
    /// Why another doctor or team signs; then the form opens.
    SignAnew,
}

/// The dialog.
#[derive(Debug)]
pub struct State {
    deed: Deed,
    agreement: AgreementId,
    scope: Option<Scope>,
    /// The doctor of record.
    doctor: String,
    /// The doctor's panel leaves no room for one more.
    is_full: bool,
    people: Vec<AgreementPerson>,
    today: Day,
    by: StaffId,
    staff: Vec<Staff>,
    /// Those who may act for the doctor of record.
    doctors: Vec<Doctor>,
    seen: Vec<Seen>,
    asks: Questions,
    notice: Option<String>,
    /// Who works here and who signs is being asked.
    asked: Vec<Ticket>,
    saving: Option<Ticket>,
}

impl State {
    /// Returns what one must be allowed to change to do it.
    pub const fn is_for(&self) -> Matter {
        match self.deed {
            Deed::Doubt | Deed::Clear => Matter::Finding,
            Deed::Notice
            | Deed::Withdraw
            | Deed::SignEnding(_)
            | Deed::End
            | Deed::Leave(_)
            | Deed::Join(_)
            | Deed::Confirm(_)
            | Deed::Remind
            | Deed::Void
            | Deed::Stop
            | Deed::Acting
            | Deed::Discard
            | Deed::SignAnew => Matter::Care,
        }
    }

    /// Returns the dialog of a deed on the agreement.
    pub fn new(deed: Deed, view: &AgreementView, hand: &Hand<'_>) -> Self {
        let mut state = Self {
            scope: Some(view.agreement.scope),
            doctor: view.brief.doctor.clone(),
            is_full: view.panel.as_ref().is_some_and(is_full),
            people: view.people.clone(),
            by: hand.user().unwrap_or(StaffId(0)),
            seen: view.seen.clone(),
            ..Self::bare(deed, view.agreement.id, view.today)
        };
        state.asks = Questions::of(state.items(hand.look));
        state
    }

    /// Returns the question why a draft is discarded; the answer goes to the screen below.
    pub fn discarding(agreement: AgreementId, today: Day) -> Self {
        let mut state = Self::bare(Deed::Discard, agreement, today);
        state.asks = Questions::of(vec![Item::text(words::REASON, "")]);
        state
    }

    fn bare(deed: Deed, agreement: AgreementId, today: Day) -> Self {
        Self {
            deed,
            agreement,
            scope: None,
            doctor: String::new(),
            is_full: false,
            people: Vec::new(),
            today,
            by: StaffId(0),
            staff: Vec::new(),
            doctors: Vec::new(),
            seen: Vec::new(),
            asks: Questions::default(),
            notice: None,
            asked: Vec::new(),
            saving: None,
        }
    }

    /// Returns whether keys wait for who works here.
    pub fn holds(&self) -> bool {
        !self.asked.is_empty()
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

fn is_full(panel: &PanelTold) -> bool {
    let households = panel.cap.households;
    panel.cap.persons <= panel.persons || households.is_some_and(|most| most < panel.households)
}

/// Asks who works here, for approvals and for who takes a consent, and who may act.
pub fn begin(state: &mut State, hand: &mut Hand<'_>) {
    let questions: &[Question] = match state.deed {
        Deed::Void
        | Deed::SignEnding(Side::Clinic)
        | Deed::Join(_)
        | Deed::Leave(_)
        | Deed::Confirm(_) => &[Question::Overview],
        Deed::Acting => &[Question::Parties],
        Deed::Notice
        | Deed::Withdraw
        | Deed::SignEnding(Side::Resident)
        | Deed::End
        | Deed::Remind
        | Deed::Doubt
        | Deed::Clear
        | Deed::Stop
        | Deed::Discard
        | Deed::SignAnew => &[],
    };
    let tickets = questions.iter().map(|question| hand.ask(question.clone()));
    state.asked = tickets.collect();
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
    match state.deed {
        Deed::SignAnew => return sign_anew(state),
        Deed::Discard => {
            let reason = reason(state)?;
            return Some(Outcome::Answer(Told::Reason(reason)));
        }
        Deed::Notice
        | Deed::Withdraw
        | Deed::SignEnding(_)
        | Deed::End
        | Deed::Leave(_)
        | Deed::Join(_)
        | Deed::Confirm(_)
        | Deed::Remind
        | Deed::Doubt
        | Deed::Clear
        | Deed::Void
        | Deed::Stop
        | Deed::Acting => {}
    }
    let asked = state.action()?;
    let command = Command::Agreement {
        agreement: Some(state.agreement),
        action: Box::new(asked),
    };
    state.saving = hand.change(command, state.seen.clone());
    None
}

fn reason(state: &mut State) -> Option<String> {
    let reason = state.asks.text(0).to_owned();
    if reason.is_empty() {
        state.asks.complain(0, words::PLEASE);
        return None;
    }
    Some(reason)
}

fn sign_anew(state: &mut State) -> Option<Outcome> {
    let reason = reason(state)?;
    let of = state.scope?;
    let wanted = signing::Wanted::Anew { of, reason };
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
    if let Some(at) = state.asked.iter().position(|asked| *asked == ticket) {
        state.asked.remove(at);
        match reply {
            Ok(Reply::Overview(overview)) => state.staff.clone_from(&overview.staff),
            Ok(Reply::Parties(parties)) => return acting_offered(state, &parties, hand),
            other => return unexplained(other),
        }
        // Nothing was typed yet: keys waited.
        state.asks = Questions::of(state.items(hand.look));
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

fn acting_offered(state: &mut State, parties: &PartiesView, hand: &Hand<'_>) -> Option<Outcome> {
    let serving = parties.doctors.iter().map(|told| &told.doctor);
    let serving = serving.filter(|one| one.serves_on(state.today));
    state.doctors = serving.cloned().collect();
    if state.doctors.is_empty() {
        let text = hand.look.say(words::NO_OTHER_DOCTOR).to_owned();
        return Some(Outcome::Done(text));
    }
    state.asks = Questions::of(state.items(hand.look));
    None
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
    let is_approved = match state.deed {
        Deed::Void => true,
        Deed::Join(_) => state.is_full,
        Deed::Notice
        | Deed::Withdraw
        | Deed::SignEnding(_)
        | Deed::End
        | Deed::Leave(_)
        | Deed::Confirm(_)
        | Deed::Remind
        | Deed::Doubt
        | Deed::Clear
        | Deed::Stop
        | Deed::Acting
        | Deed::Discard
        | Deed::SignAnew => false,
    };
    if is_approved {
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
