//! Any action by a few characters of its Chinese words, their pinyin,
//! whole or in initials, or its English words.
//!
//! Which actions are offered here is told to it; it runs none.

use ratatui::{Frame, layout::Rect};

use crate::domain::order::Arrange as _;
use crate::tui::{
    action::{Action, Palette, Words},
    keys::Key,
    screens::Outcome,
    syllables,
    theme::Look,
    widgets::{
        cells,
        field::Field,
        frame,
        hints::{self, Hint},
        scroll::{Move, Scroll},
    },
    words,
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::all(
        &[Action::Palette(Palette::Up), Action::Palette(Palette::Down)],
        words::CHOOSE,
    ),
    Hint::of(&[Action::Palette(Palette::Accept)]),
    hints::BACK,
];

/// The box, in cells and rows.
const WIDTH: u16 = 60;
const HEIGHT: u16 = 14;
/// Rows of results.
const PAGE: usize = 10;

/// An action on offer and its keys as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub action: Action,
    /// What it is called here.
    pub words: Words,
    pub keys: String,
}

/// What is offered and what is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    offers: Vec<Offer>,
    typed: Field,
    scroll: Scroll,
}

impl State {
    /// Returns a palette of these actions.
    pub fn new(offers: Vec<Offer>) -> Self {
        Self {
            offers,
            typed: Field::default(),
            scroll: Scroll::default(),
        }
    }

    /// Returns the offers that match, best first; in the order given where
    /// equally good.
    pub fn found(&self) -> Vec<&Offer> {
        let wanted = self.typed.text().trim().to_lowercase();
        let mut found: Vec<(u8, &Offer)> = self
            .offers
            .iter()
            .filter_map(|offer| rank(&offer.words, &wanted).map(|rank| (rank, offer)))
            .collect();
        found.arrange_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, offer)| offer).collect()
    }
}

/// Returns how well the words of an action match, 0 best.
fn rank(words: &Words, wanted: &str) -> Option<u8> {
    let (chinese, english) = (words.text.zh, words.text.en.to_lowercase());
    let initials: String = syllables::initials(words.pinyin).collect();
    let whole = words.pinyin.replace(' ', "");
    let typed = wanted.replace(' ', "");
    let is_whole = [chinese, &english].contains(&wanted) || [initials, whole].contains(&typed);
    if wanted.is_empty() || is_whole {
        Some(0)
    } else if [chinese, &english]
        .iter()
        .any(|word| word.starts_with(wanted))
        || syllables::begins(words.pinyin, &typed)
    {
        Some(1)
    } else if english.split(' ').any(|word| word.starts_with(wanted)) {
        Some(2)
    } else if [chinese, &english].iter().any(|word| word.contains(wanted))
        || syllables::is_typed(words.pinyin, &typed)
    {
        Some(3)
    } else {
        None
    }
}

/// Takes a key.
pub fn update(state: &mut State, action: Option<Palette>, key: Key) -> Option<Outcome> {
    let count = state.found().len();
    let to = match action {
        Some(Palette::Accept) => {
            let row = state.scroll.selected(count)?;
            return state
                .found()
                .get(row)
                .map(|offer| Outcome::Run(offer.action));
        }
        Some(Palette::Down) => Move::Down,
        Some(Palette::Up) => Move::Up,
        Some(Palette::PageDown) => Move::PageDown,
        Some(Palette::PageUp) => Move::PageUp,
        None => {
            if state.typed.key(key) {
                state.scroll.reset();
            }
            return None;
        }
    };
    state.scroll.go(to, count, PAGE);
    None
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str) {
    state.typed.insert(text);
    state.scroll.reset();
}

/// Draws the box over `area`.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let inner = frame::draw_box(look, frame, area, (WIDTH, HEIGHT), look.say(words::PALETTE));
    let room = usize::from(inner.width);
    let found = state.found();
    if found.is_empty() {
        let nothing = look.say(words::PALETTE_NOTHING);
        cells::put(frame, inner.x, inner.y + 2, nothing, room, look.dim());
    }
    let page = usize::from(inner.height.saturating_sub(2));
    let seen = state.scroll.seen(found.len(), page.min(PAGE));
    let selected = state.scroll.selected(found.len());
    let rows = found.iter().enumerate().skip(seen.start).take(seen.len());
    for ((at, offer), y) in rows.zip(inner.y + 2..inner.bottom()) {
        let here = selected == Some(at);
        let style = if here { look.strong() } else { look.text() };
        if here {
            cells::put(frame, inner.x, y, look.signs().mark, 1, style);
        }
        let text = look.say(offer.words.text);
        cells::put(frame, inner.x + 2, y, text, room.saturating_sub(2), style);
        let wide = u16::try_from(cells::width(&offer.keys)).unwrap_or(0);
        let x = inner.right().saturating_sub(wide);
        cells::put(frame, x, y, &offer.keys, room, look.dim());
    }
    let typed = Rect { height: 1, ..inner };
    if state.typed.text().is_empty() {
        let prompt = look.say(words::PALETTE_PROMPT);
        cells::put(frame, inner.x, inner.y, prompt, room, look.dim());
        frame.set_cursor_position((inner.x, inner.y));
    } else {
        state.typed.draw(frame, typed, look.strong(), true);
    }
}
