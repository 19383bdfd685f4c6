//! The last line: what the keys do here, straight from the keymap.
//!
//! It shows as many hints as fit and always the last one, which is help.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::cells;
use crate::{
    domain::text::Text,
    tui::{
        action::{Action, Context, Global, List, Palette, Person, Words},
        keymap::Keymap,
        keys::{Code, Key},
        theme::Look,
        words,
    },
};

/// Returns the words an action is offered by here; none where it is not.
pub type Offers<'a> = dyn Fn(Action) -> Option<Words> + 'a;

/// One hint: some actions that are said together.
#[derive(Debug, Clone, Copy)]
pub struct Hint {
    pub actions: &'static [Action],
    /// Words for all of them, where those of the first do not do.
    pub text: Option<Text>,
}

impl Hint {
    /// Returns the hint for one action, in its own words.
    pub const fn of(action: &'static [Action]) -> Self {
        Self {
            actions: action,
            text: None,
        }
    }

    /// Returns the hint for several actions in these words.
    pub const fn all(actions: &'static [Action], text: Text) -> Self {
        Self {
            actions,
            text: Some(text),
        }
    }

    /// Returns the hint for actions in words shorter than theirs.
    pub const fn short(actions: &'static [Action], zh: &'static str, en: &'static str) -> Self {
        Self::all(actions, Text { zh, en })
    }
}

/// The hint for help; it ends the hints of a screen.
pub const HELP: Hint = Hint::of(&[Action::Global(Global::Help)]);

/// The hint for going back.
pub const BACK: Hint = Hint::of(&[Action::Global(Global::Back)]);

/// The hints of a card of questions that is saved as a whole.
pub const QUESTIONS: &[Hint] = &[
    Hint::of(&[Action::Person(Person::Save)]),
    Hint::of(&[Action::Person(Person::Next)]),
    Hint::of(&[Action::Person(Person::Previous)]),
    BACK,
    HELP,
];

/// The hints of a list out of which one is chosen.
pub const LIST: &[Hint] = &[
    Hint::all(
        &[Action::List(List::Up), Action::List(List::Down)],
        words::CHOOSE,
    ),
    Hint::of(&[Action::List(List::Accept)]),
    BACK,
];

/// The hints of a line that is typed.
pub const LINE: &[Hint] = &typed(words::ACCEPT);

/// Returns the hints of a line that is typed for what `text` says.
pub const fn typed(text: Text) -> [Hint; 2] {
    [Hint::all(&[Action::Palette(Palette::Accept)], text), BACK]
}

/// Draws the hints of a context, those that are offered there.
pub fn draw(
    look: &Look,
    keymap: &Keymap,
    frame: &mut Frame<'_>,
    area: Rect,
    hints: &[Hint],
    (context, offer): (Context, &Offers<'_>),
) {
    let width = usize::from(area.width);
    let line = line(look, keymap, hints, (context, offer), width);
    cells::put_line(frame, area.x, area.y, &line, area.width);
}

/// Returns the hints offered that fit into `width` cells, the last one always.
pub fn line(
    look: &Look,
    keymap: &Keymap,
    hints: &[Hint],
    (context, offer): (Context, &Offers<'_>),
    width: usize,
) -> Line<'static> {
    let said: Vec<(String, &str)> = hints
        .iter()
        .filter_map(|hint| say(look, keymap, hint, (context, offer)))
        .collect();
    let cells_of = |(keys, text): &(String, &str)| 2 + cells::width(keys) + cells::width(text);
    let mut room = width.saturating_sub(said.last().map_or(0, cells_of));
    let mut line = Line::default();
    for (at, hint) in said.iter().enumerate() {
        let is_last = at + 1 == said.len();
        if !is_last {
            match room.checked_sub(cells_of(hint)) {
                Some(left) => room = left,
                None => continue,
            }
        }
        line.spans.push(Span::raw(" "));
        line.spans.push(Span::styled(hint.0.clone(), look.key()));
        line.spans.push(Span::raw(format!(" {}", hint.1)));
    }
    line
}

fn say(
    look: &Look,
    keymap: &Keymap,
    hint: &Hint,
    (context, offer): (Context, &Offers<'_>),
) -> Option<(String, &'static str)> {
    let keys: Vec<String> = hint
        .actions
        .iter()
        .filter_map(|action| keymap.hint(context, *action))
        .map(|key| shown(look, key))
        .collect();
    let first = *hint.actions.first()?;
    let offered = offer(first)?.text;
    let text = match hint.text {
        Some(own) if offered == first.text() => own,
        Some(_) | None => offered,
    };
    let together = keys.iter().all(|key| key.chars().count() == 1);
    let keys = keys.join(if together { "" } else { "/" });
    (!keys.is_empty()).then(|| (keys, look.say(text)))
}

fn shown(look: &Look, key: Key) -> String {
    let [up, down, left, right] = look.signs().arrows;
    let arrow = match key.code {
        Code::Up => up,
        Code::Down => down,
        Code::Left => left,
        Code::Right => right,
        _ => return key.shown(),
    };
    if key == Key::of(key.code) {
        arrow.to_owned()
    } else {
        key.shown()
    }
}
