//! Setting the clinic up at the first start: clinic, village, doctor, the doctor's password.
//!
//! It checks only what can be seen to be wrong; the desk sets up, once the recovery code stands
//! on paper. Before that nothing is written.

use ratatui::{Frame, layout::Rect, style::Style};

use super::{
    Outcome, Screen,
    door::{code, words as door},
};
use crate::{
    desk::{
        Command, DoorReply, Knock, Stop,
        entrance::{Password, Recovery},
        request::SetUp,
    },
    domain::{id::StaffId, text::Text},
    tui::{
        action::{Action, Setup},
        hand::Hand,
        keys::{Key, twin},
        theme::Look,
        widgets::{
            cells,
            field::Field,
            hints::{self, Hint},
            secret::Secret,
        },
        words,
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::of(&[Action::Setup(Setup::Save)]),
    Hint::of(&[Action::Setup(Setup::Next)]),
    Hint::of(&[Action::Setup(Setup::Previous)]),
    hints::HELP,
];

const LABELS: [Text; 6] = [
    words::SETUP_CLINIC,
    words::SETUP_VILLAGE,
    words::SETUP_CODE,
    words::SETUP_DOCTOR,
    words::SETUP_PASSWORD,
    door::NEW_AGAIN,
];
const CODE: usize = 2;
/// The fields that are seen; the passwords follow.
const SEEN: usize = 4;

/// The fields and the one the cursor is in.
#[derive(Debug, Default)]
pub struct State {
    fields: [Field; SEEN],
    secrets: [Secret; 2],
    at: usize,
    problems: [Option<Text>; 6],
    /// What is to be set up, while the recovery code is written down.
    wanted: Option<(SetUp, Password)>,
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Setup>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    match action {
        Some(Setup::Next) => state.at = (state.at + 1).min(LABELS.len() - 1),
        Some(Setup::Previous) => state.at = state.at.saturating_sub(1),
        Some(Setup::Save) => {
            state.wanted = check(state, hand.place.fresh);
            if state.wanted.is_some() {
                hand.knock(Knock::Code);
            }
        }
        None => {
            let key = if state.at == CODE {
                key.with_twin()
            } else {
                key
            };
            let is_typed = match state.fields.get_mut(state.at) {
                Some(field) => field.key(key),
                None => secret(state).is_some_and(|secret| secret.key(key)),
            };
            if is_typed {
                calm(state);
            }
        }
    }
    None
}

/// What was wrong with what is typed anew is to be seen when it is checked again; what was wrong
/// with one password may have been the other's fault.
fn calm(state: &mut State) {
    let is_secret = SEEN <= state.at;
    for (at, problem) in state.problems.iter_mut().enumerate() {
        if at == state.at || is_secret && SEEN <= at {
            *problem = None;
        }
    }
}

fn secret(state: &mut State) -> Option<&mut Secret> {
    state.secrets.get_mut(state.at.checked_sub(SEEN)?)
}

/// The recovery code stands on paper: now the clinic is set up.
pub fn noted(state: &mut State, code: Recovery, hand: &mut Hand<'_>) {
    if let Some((asked, password)) = state.wanted.take() {
        let change = hand.first_change(StaffId(1), Command::SetUp(asked));
        hand.knock(Knock::SetUp {
            change,
            password,
            code,
        });
    }
}

/// Takes what the door answers: a code to be written down, or why nothing was set up.
pub fn knocked(answer: Result<DoorReply, Stop>, hand: &Hand<'_>) -> Option<Outcome> {
    match answer {
        Ok(DoorReply::Code(code)) => {
            let page = code::State::new(code, hand.keymap);
            Some(Outcome::Open(Box::new(Screen::Code(Box::new(page)))))
        }
        Err(Stop::Refused(refusal)) => Some(Outcome::Refused(refusal)),
        Ok(DoorReply::In { .. } | DoorReply::Recovered { .. } | DoorReply::Locked { .. })
        | Err(Stop::Failed(_)) => None,
    }
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str) {
    if let Some(field) = state.fields.get_mut(state.at) {
        field.insert(text);
    } else if let Some(secret) = secret(state) {
        secret.insert(text);
    }
    calm(state);
}

/// Returns what was filled in, or marks every problem and goes to the first.
fn check(state: &mut State, store: [u8; 16]) -> Option<(SetUp, Password)> {
    let [clinic, village, code, doctor] = state
        .fields
        .each_ref()
        .map(|field| field.text().trim().to_owned());
    let code: String = code.chars().map(twin).collect();
    let missing = |text: &str| text.is_empty().then_some(words::SETUP_MISSING);
    let is_code = code.len() == 12 && code.bytes().all(|byte| byte.is_ascii_digit());
    let bad_code = !code.is_empty() && !is_code;
    let [password, again] = state.secrets.each_ref().map(Secret::password);
    let is_missing = state.secrets.first().is_some_and(Secret::is_empty);
    let is_short = !password.is_long_enough();
    state.problems = [
        missing(&clinic),
        missing(&village),
        bad_code.then_some(words::SETUP_BAD_CODE),
        missing(&doctor),
        is_missing
            .then_some(words::SETUP_MISSING)
            .or(is_short.then_some(door::TOO_SHORT)),
        (!is_short && !password.is(&again)).then_some(door::DIFFERENT),
    ];
    if let Some(first) = state.problems.iter().position(Option::is_some) {
        state.at = first;
        return None;
    }
    let asked = SetUp {
        clinic,
        villages: vec![(village, (!code.is_empty()).then_some(code))],
        doctor,
        practice_day: None,
        store,
    };
    Some((asked, password))
}

/// Draws the fields. Where no row is free between them, the note of the one the cursor is in stands
/// below them all.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let room = usize::from(area.width.saturating_sub(4));
    let is_low = usize::from(area.height) < 3 + 2 * LABELS.len();
    let mut y = area.y + u16::from(!is_low);
    for line in cells::wrap(look.say(words::SETUP_INTRO), room) {
        cells::put(frame, area.x + 2, y, &line, room, look.text());
        y += 1;
    }
    let label_cells = LABELS.iter().map(|label| cells::width(look.say(*label)));
    let label_cells = label_cells.max().unwrap_or(0);
    let x = area.x + 4 + u16::try_from(label_cells).unwrap_or(0);
    let step = if is_low { 1 } else { 2 };
    let below = y + 2 + u16::try_from(LABELS.len() * step).unwrap_or(0);
    for ((at, label), y) in LABELS
        .iter()
        .enumerate()
        .zip((y + 1..area.bottom()).step_by(step))
    {
        let here = at == state.at;
        let label = cells::right(look.say(*label), label_cells, "");
        cells::put(frame, area.x + 2, y, &label, label_cells, look.text());
        let place = Rect {
            x,
            y,
            width: 30.min(area.right().saturating_sub(x)),
            height: 1,
        };
        let style = if here {
            look.field_here()
        } else {
            look.field()
        };
        if let Some(field) = state.fields.get(at) {
            field.draw(frame, place, style, here);
        } else if let Some(secret) = state.secrets.get(at - SEEN) {
            secret.draw(frame, place, style, here);
        }
        let Some((note, style)) = note(state, look, at) else {
            continue;
        };
        let is_wide = area.width >= 100;
        let (note_x, note_y) = match (is_low, is_wide) {
            (true, _) if !here => {
                let x = x + place.width + 1;
                if state.problems.get(at).is_some_and(Option::is_some) {
                    cells::put(frame, x, y, "!", 1, look.problem());
                }
                continue;
            }
            (true, _) => (area.x + 2, below),
            (false, true) => (x + place.width + 1, y),
            (false, false) => (x, y + 1),
        };
        let room = usize::from(area.right().saturating_sub(note_x));
        let lines = cells::wrap(note, room);
        for (line, y) in lines.iter().zip(note_y..area.bottom()) {
            cells::put(frame, note_x, y, line, room, style);
        }
    }
}

/// Returns what is wrong with a field, or what it is for.
fn note(state: &State, look: &Look, at: usize) -> Option<(&'static str, Style)> {
    let problem = state.problems.get(at).copied().flatten();
    match (problem, at) {
        (Some(problem), _) => Some((look.say(problem), look.problem())),
        (None, CODE) => Some((look.say(words::SETUP_CODE_HINT), look.dim())),
        (None, SEEN) => Some((look.say(words::SETUP_PASSWORD_HINT), look.dim())),
        (None, _) => None,
    }
}
