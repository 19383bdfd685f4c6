//! Setting the clinic up at the first start: clinic, village, doctor.
//!
//! It checks only what can be seen to be wrong; the desk sets up.

use ratatui::{Frame, layout::Rect};

use super::{Outcome, unexplained};
use crate::{
    desk::{Reply, Stop, request::SetUp},
    domain::text::Text,
    tui::{
        action::{Action, Setup},
        hand::Hand,
        keys::{Key, twin},
        theme::Look,
        widgets::{
            cells,
            field::Field,
            hints::{self, Hint},
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

const LABELS: [Text; 4] = [
    words::SETUP_CLINIC,
    words::SETUP_VILLAGE,
    words::SETUP_CODE,
    words::SETUP_DOCTOR,
];
const CODE: usize = 2;

/// The fields and the one the cursor is in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    fields: [Field; 4],
    at: usize,
    problems: [Option<Text>; 4],
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
            if let Some(wanted) = check(state) {
                hand.set_up(wanted);
            }
        }
        None => {
            let key = if state.at == CODE {
                key.with_twin()
            } else {
                key
            };
            if let Some(field) = state.fields.get_mut(state.at) {
                field.key(key);
            }
        }
    }
    None
}

/// Takes the answer: the clinic is set up, or why not.
pub fn replied(reply: Result<Reply, Stop>) -> Option<Outcome> {
    match reply {
        Ok(Reply::Done(_)) => Some(Outcome::SetUp),
        other => unexplained(other),
    }
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str) {
    if let Some(field) = state.fields.get_mut(state.at) {
        field.insert(text);
    }
}

/// Returns what was filled in, or marks every problem and goes to the first.
fn check(state: &mut State) -> Option<SetUp> {
    let [clinic, village, code, doctor] = state
        .fields
        .each_ref()
        .map(|field| field.text().trim().to_owned());
    let code: String = code.chars().map(twin).collect();
    let missing = |text: &str| text.is_empty().then_some(words::SETUP_MISSING);
    let is_code = code.len() == 12 && code.bytes().all(|byte| byte.is_ascii_digit());
    let bad_code = !code.is_empty() && !is_code;
    state.problems = [
        missing(&clinic),
        missing(&village),
        bad_code.then_some(words::SETUP_BAD_CODE),
        missing(&doctor),
    ];
    if let Some(first) = state.problems.iter().position(Option::is_some) {
        state.at = first;
        return None;
    }
    Some(SetUp {
        clinic,
        villages: vec![(village, (!code.is_empty()).then_some(code))],
        doctor,
        practice_day: None,
        store: [0; 16],
    })
}

/// Draws the fields.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let room = usize::from(area.width.saturating_sub(4));
    cells::put(
        frame,
        area.x + 2,
        area.y + 1,
        look.say(words::SETUP_INTRO),
        room,
        look.text(),
    );
    let label_cells = LABELS.iter().map(|label| cells::width(look.say(*label)));
    let label_cells = label_cells.max().unwrap_or(0);
    let x = area.x + 4 + u16::try_from(label_cells).unwrap_or(0);
    let rows = LABELS
        .iter()
        .zip(&state.fields)
        .zip(&state.problems)
        .enumerate();
    for ((at, ((label, field), problem)), y) in rows.zip((area.y + 3..area.bottom()).step_by(2)) {
        let here = at == state.at;
        let label = cells::right(look.say(*label), label_cells, "");
        cells::put(frame, area.x + 2, y, &label, label_cells, look.text());
        let width = 30.min(area.right().saturating_sub(x));
        let style = if here {
            look.field_here()
        } else {
            look.field()
        };
        field.draw(
            frame,
            Rect {
                x,
                y,
                width,
                height: 1,
            },
            style,
            here,
        );
        let (note, style) = match problem {
            Some(problem) => (look.say(*problem), look.problem()),
            None if at == CODE => (look.say(words::SETUP_CODE_HINT), look.dim()),
            None => continue,
        };
        let note_x = if area.width >= 100 { x + width + 1 } else { x };
        let note_y = if area.width >= 100 { y } else { y + 1 };
        let room = usize::from(area.right().saturating_sub(note_x));
        cells::put(frame, note_x, note_y, note, room, style);
    }
}
