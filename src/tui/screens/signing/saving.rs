//! How the form ends: signed, written down as a draft, printed, or dropped.

use super::{
    State, Wanted,
    input::Input,
    opening, printing,
    spot::{Spot, Step},
    typing, words,
};
use crate::{
    catalog::papers::Paper,
    desk::{Command, Question, Reply, Stop, request::Party},
    domain::agreement::{
        action::Action,
        contract::Sheet,
        doctor::{Doctor, DoctorKind},
        refusal::{AgreementRefusal, Refusal},
    },
    domain::{agreement::rules::ORIGINALS, clinic::Role, id::DoctorId, refusal, text::Text},
    lang::refusals::signing,
    tui::{
        app::Status,
        hand::Hand,
        screens::{Outcome, Screen, Then, agreement, question, unexplained},
        widgets::cells,
    },
};

/// What the desk was asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saving {
    Draft,
    Sign,
    Print,
    /// T14
    Discard,
    /// The user as a doctor who signs.
    Register,
}

/// Asks what is missing, to sign at once where nothing is.
pub fn sign(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    if let Some(refused) = unreadable(state, hand) {
        return Some(refused);
    }
    let (form, by) = (state.form.as_ref()?, hand.user()?);
    let asked = Box::new(form.asked(by));
    state.finishing = Some(hand.ask(Question::AgreementPreview(asked)));
    None
}

/// Signs, or stands at what is missing and says it.
pub fn finish(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    let (form, by) = (state.form.as_ref()?, hand.user()?);
    if form.place().is_none() {
        return stand(state, Some(Spot::Place), Vec::new(), hand);
    }
    let missing = &form.preview.as_ref()?.missing.required;
    if !missing.is_empty() {
        let found: Vec<Refusal> = form.lacks().into_iter().cloned().collect();
        let spot = found.first().and_then(|first| form.spot_of(first));
        return stand(state, spot, found, hand);
    }
    let signing = Action::Sign(Box::new(form.signing(by)));
    let actions = form.written().into_iter().chain([signing]).collect();
    ask(state, Saving::Sign, actions, hand);
    None
}

/// Puts the cursor where something is missing, and says what.
fn stand(
    state: &mut State,
    spot: Option<Spot>,
    found: Vec<Refusal>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    let form = state.form.as_ref()?;
    if let (Some(cursor), Some(spot)) = (&mut state.cursor, spot) {
        cursor.stand(form, Some(spot));
    }
    let others = form.preview.as_ref().map(|one| one.others.clone());
    let others = others.unwrap_or_default();
    if others.is_empty() {
        let room = usize::from(hand.work.width.saturating_sub(2));
        let text = form.all_missing(hand.look);
        if cells::width(&text) <= room {
            return Some(Outcome::Say(Status::refused(text)));
        }
        let lines = form.missing_lines(hand.look);
        let title = hand.look.say(words::REFUSED_TITLE);
        let told = question::State::tell(hand.look, title, lines);
        return Some(Outcome::Open(Box::new(Screen::Question(
            told,
            Then::Nothing,
        ))));
    }
    Some(tell(&AgreementRefusal::Rules { found, others }, hand))
}

/// Tells every reason in a box.
fn tell(refused: &AgreementRefusal, hand: &Hand<'_>) -> Outcome {
    let lines = signing::asked(refused, hand.look.lang);
    let lines = lines.lines().map(str::to_owned).collect();
    let title = hand.look.say(words::REFUSED_TITLE);
    let told = question::State::tell(hand.look, title, lines);
    Outcome::Open(Box::new(Screen::Question(told, Then::Nothing)))
}

/// Writes the form down as a draft everybody sees.
pub fn save(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    if let Some(refused) = unreadable(state, hand) {
        return Some(refused);
    }
    match state.form.as_ref()?.written() {
        Some(action) => {
            ask(state, Saving::Draft, vec![action], hand);
            None
        }
        None => Some(super::back(state, hand)),
    }
}

/// Has the copies printed: written down first where that was not done.
pub fn print(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    if let Some(refused) = unreadable(state, hand) {
        return Some(refused);
    }
    let form = state.form.as_ref()?;
    let print = Action::Print {
        sheet: Sheet::Agreement,
        template: Paper::Agreement.current().to_owned(),
        copies: ORIGINALS,
    };
    let written = form.written().filter(|_| !form.known.is_printed);
    let actions = written.into_iter().chain([print]).collect();
    ask(state, Saving::Print, actions, hand);
    None
}

fn ask(state: &mut State, what: Saving, actions: Vec<Action>, hand: &mut Hand<'_>) {
    let Some(form) = &state.form else { return };
    let agreement = form.known.agreement;
    let seen = form.known.seen.clone();
    let command = Command::AgreementSteps { agreement, actions };
    let asked = hand.change(command, seen);
    state.saving = asked.map(|ticket| (ticket, what));
}

/// Registers the user as a village doctor who signs from today on.
pub fn register(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    let user = hand.place.user.as_ref()?;
    if user.role != Role::Doctor {
        let text = hand.look.say(words::ONLY_DOCTORS).to_owned();
        return Some(Outcome::Say(Status::refused(text)));
    }
    let doctor = Doctor {
        id: DoctorId(0),
        name: user.name.clone(),
        staff: Some(user.id),
        id_no: String::new(),
        licence: String::new(),
        kind: DoctorKind::Village,
        from: hand.today(),
        until: None,
        cap: None,
        phone: String::new(),
    };
    let party = Box::new(Party::Doctor(None, doctor));
    let asked = hand.change(Command::KeepParty(party), Vec::new());
    state.saving = asked.map(|ticket| (ticket, Saving::Register));
    None
}

/// Takes the answer to what was asked.
pub fn saved(
    state: &mut State,
    what: Saving,
    reply: Result<Reply, Stop>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    let done = match reply {
        Ok(Reply::Done(done)) => done,
        Err(Stop::Refused(refusal::Refusal::Agreement(refused))) => {
            return Some(told(state, &refused, hand));
        }
        other => return unexplained(other),
    };
    let look = hand.look;
    match what {
        Saving::Draft => {
            state.drafting.discard(hand);
            Some(Outcome::Done(look.say(words::DRAFT_SAVED).to_owned()))
        }
        Saving::Sign => {
            state.drafting.discard(hand);
            let form = state.form.as_ref()?;
            let text = look
                .say(words::SIGNED_DONE)
                .replace("{whose}", &form.known.whose(look))
                .replace("{n}", &form.covered().len().to_string());
            match done.agreements.first() {
                Some(id) => {
                    let page = Screen::Agreement(Box::new(agreement::State::new(*id)));
                    Some(Outcome::Instead(Box::new(page), text))
                }
                None => Some(Outcome::Done(text)),
            }
        }
        Saving::Discard => {
            state.drafting.discard(hand);
            Some(Outcome::Done(look.say(words::DISCARDED).to_owned()))
        }
        Saving::Register => {
            opening::renew(state, hand);
            None
        }
        Saving::Print => {
            let id = done.agreements.first().copied();
            if let Some(id) = id.or(state.form.as_ref()?.known.agreement) {
                state.wanted = Wanted::Agreement(id);
                opening::renew(state, hand);
                state.printing = Some(printing::ask(id, hand));
            }
            None
        }
    }
}

fn told(state: &mut State, refused: &AgreementRefusal, hand: &Hand<'_>) -> Outcome {
    if let (AgreementRefusal::Rules { found, .. }, Some(form), Some(cursor)) =
        (refused, &state.form, &mut state.cursor)
        && let Some(spot) = found.iter().find_map(|one| form.spot_of(one))
    {
        cursor.stand(form, Some(spot));
    }
    tell(refused, hand)
}

/// What can be dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drop {
    /// What was filled in since the form was opened.
    Answers,
    /// The agreement that was begun (T14).
    Agreement,
}

impl Drop {
    const fn words(self) -> Text {
        match self {
            Self::Answers => words::DROP_ANSWERS,
            Self::Agreement => words::DROP_AGREEMENT,
        }
    }
}

/// Asks what is no longer wanted: the answers, or the whole agreement that was begun.
pub fn ask_to_drop(state: &mut State, hand: &Hand<'_>) -> Option<Outcome> {
    let known = &state.form.as_ref()?.known;
    let can = [
        (state.is_changed(), Drop::Answers),
        (known.agreement.is_some(), Drop::Agreement),
    ];
    let can = can.into_iter().filter(|(is_so, _)| *is_so);
    state.dropping = can.map(|(_, drop)| drop).collect();
    if state.dropping.is_empty() {
        return None;
    }
    let look = hand.look;
    let offered = state.dropping.iter().map(|drop| drop.words());
    let offered = offered.chain([words::DROP_NOTHING]);
    let choices: Vec<String> = offered.map(|text| look.say(text).to_owned()).collect();
    let last = choices.len() - 1;
    let mut asked = question::State::ask(look.say(words::DROP_TITLE), Vec::new(), choices);
    asked.select(last);
    Some(Outcome::Open(Box::new(Screen::Question(
        asked,
        Then::Below,
    ))))
}

/// Drops it: of an agreement that was begun only why is asked here.
pub fn drop(state: &mut State, drop: Drop, hand: &mut Hand<'_>) -> Option<Outcome> {
    match drop {
        Drop::Answers => {
            state.drafting.discard(hand);
            Some(Outcome::Done(hand.look.say(words::DROPPED).to_owned()))
        }
        Drop::Agreement => {
            let known = &state.form.as_ref()?.known;
            let dialog = agreement::act::State::discarding(known.agreement?, known.today);
            Some(Outcome::Open(Box::new(Screen::Act(Box::new(dialog)))))
        }
    }
}

/// T14, with the reason.
pub fn discard(state: &mut State, reason: String, hand: &mut Hand<'_>) {
    ask(
        state,
        Saving::Discard,
        vec![Action::Discard { reason }],
        hand,
    );
}

/// Stands at a date or an amount that cannot be read.
fn unreadable(state: &mut State, hand: &Hand<'_>) -> Option<Outcome> {
    let form = state.form.as_ref()?;
    let is_wrong = |spot: &Spot| {
        let text = form.text(spot);
        !text.is_empty()
            && match form.input(spot, hand.look) {
                Input::Day => form.day(spot).is_none(),
                Input::Yuan => super::yuan(text).is_none(),
                Input::One(_) | Input::Many(_) | Input::Pick(_) | Input::Line | Input::Plain => {
                    false
                }
            }
    };
    let mut spots = Step::ALL.iter().flat_map(|step| form.spots(*step));
    let wrong = spots.find(is_wrong)?;
    state.cursor.as_mut()?.stand(form, Some(wrong));
    typing::settle(state);
    let text = hand.look.say(words::UNREADABLE).to_owned();
    Some(Outcome::Say(Status::refused(text)))
}
