//! A box in which somebody is looked for and chosen, or named who has no record.

use ratatui::{Frame, layout::Rect};

use super::{unit::Picked, words};
use crate::{
    desk::{
        Question, Reply, Stop,
        reply::{FoundPerson, SearchView},
    },
    domain::{agreement::unit::UnitMember, form::typed},
    tui::{
        action::{Action, Palette},
        hand::Hand,
        keys::Key,
        port::Ticket,
        screens::{Outcome, Told, unexplained},
        theme::Look,
        widgets::{
            cells,
            field::Field,
            frame as frames,
            hints::{self, Hint},
            scroll::{Move, Scroll},
            who,
        },
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = hints::LINE;

/// The most people shown.
const LIMIT: usize = 8;

/// What is typed and found.
#[derive(Debug, Default)]
pub struct State {
    typed: Field,
    asked: Option<Ticket>,
    found: Option<Box<SearchView>>,
    scroll: Scroll,
}

impl State {
    fn rows(&self) -> &[FoundPerson] {
        self.found.as_ref().map_or(&[], |found| &found.rows)
    }

    /// Returns somebody named who has no record, once something is typed.
    fn light(&self) -> Option<UnitMember> {
        let text = self.typed.text();
        let mut told = text.split([',', '，']);
        let mut next = || told.next().unwrap_or_default().trim().to_owned();
        let (name, id_no, phone) = (next(), next(), next());
        // Initials that find nobody are no name.
        let is_name = !name.is_ascii() || text.contains([',', '，']);
        (!name.is_empty() && is_name).then(|| UnitMember::Light {
            name,
            id_no: typed::ascii_text(&id_no),
            phone: typed::ascii_text(&phone),
        })
    }

    fn count(&self) -> usize {
        self.rows().len() + usize::from(self.light().is_some())
    }

    fn picked(&self) -> Option<Picked> {
        let at = self.scroll.selected(self.count())?;
        if let Some(row) = self.rows().get(at) {
            return Some(Picked {
                member: UnitMember::Resident(row.person),
                name: row.name.clone(),
            });
        }
        let member = self.light()?;
        let name = match &member {
            UnitMember::Light { name, .. } => name.clone(),
            UnitMember::Resident(person) => person.to_string(),
        };
        Some(Picked { member, name })
    }
}

/// Asks for what is typed.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    let (text, limit) = (state.typed.text().to_owned(), LIMIT);
    state.asked = Some(hand.ask(Question::Search { text, limit }));
}

/// Takes what was found; answers to what was typed before are stale.
pub fn replied(state: &mut State, ticket: Ticket, reply: Result<Reply, Stop>) -> Option<Outcome> {
    state.asked.take_if(|asked| *asked == ticket)?;
    match reply {
        Ok(Reply::Search(found)) => {
            state.found = Some(found);
            state.scroll.reset();
            None
        }
        other => unexplained(other),
    }
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Palette>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    let to = match action {
        Some(Palette::Accept) => return state.picked().map(Told::Member).map(Outcome::Answer),
        Some(Palette::Down) => Move::Down,
        Some(Palette::Up) => Move::Up,
        Some(Palette::PageDown) => Move::PageDown,
        Some(Palette::PageUp) => Move::PageUp,
        None => {
            let before = state.typed.text().to_owned();
            state.typed.key(key);
            if state.typed.text() != before {
                refresh(state, hand);
            }
            return None;
        }
    };
    state.scroll.go(to, state.count(), LIMIT + 1);
    None
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str, hand: &mut Hand<'_>) {
    state.typed.insert(text);
    refresh(state, hand);
}

/// Returns whether a key that chooses must wait for the answer to what was typed.
pub fn holds(state: &State, action: Option<Action>) -> bool {
    matches!(action, Some(Action::Palette(_))) && state.asked.is_some()
}

/// Draws the box over `area`.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let width = 64.min(area.width);
    let room = usize::from(width.saturating_sub(4));
    let hint = cells::wrap(look.say(words::PICK_HINT), room);
    let rows = LIMIT + 3 + hint.len();
    let height = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2);
    let title = look.say(words::PICK_TITLE);
    let inner = frames::draw_box(look, frame, area, (width, height), title);
    let line = Rect { height: 1, ..inner };
    state.typed.draw(frame, line, look.field_here(), true);
    let mut lines: Vec<String> = state
        .rows()
        .iter()
        .map(|one| told(state, one, look))
        .collect();
    if let Some(UnitMember::Light { name, .. }) = state.light() {
        lines.push(look.say(words::PICK_LIGHT).replace("{}", &name));
    }
    let list = Rect {
        y: inner.y + 1,
        height: inner
            .height
            .saturating_sub(2 + u16::try_from(hint.len()).unwrap_or(1)),
        ..inner
    };
    let selected = state.scroll.selected(lines.len());
    let seen = state.scroll.seen(lines.len(), usize::from(list.height));
    for ((at, text), y) in lines
        .iter()
        .enumerate()
        .skip(seen.start)
        .zip(list.y..list.bottom())
    {
        let style = if selected == Some(at) {
            cells::put(frame, list.x, y, look.signs().mark, 1, look.strong());
            look.strong()
        } else {
            look.text()
        };
        let text = cells::cut(text, room.saturating_sub(2), look.signs().cut);
        cells::put(frame, list.x + 2, y, &text, room.saturating_sub(2), style);
    }
    for (text, y) in hint.iter().zip(list.bottom() + 1..inner.bottom()) {
        cells::put(frame, inner.x, y, text, room, look.dim());
    }
}

fn told(state: &State, one: &FoundPerson, look: &Look) -> String {
    let today = state.found.as_ref().map(|found| found.today);
    let age = today.map_or_else(String::new, |today| {
        who::sex_age(look, one.sex, one.birth, today)
    });
    format!("{} {age}  {} {}", one.name, one.place, one.head)
}
