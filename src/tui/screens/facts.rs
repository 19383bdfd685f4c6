//! What is known of a person beside the card: groups and what they rest on,
//! where they lived, what was done.
//!
//! ```text
//! ─── 人群 ───────
//!   老年人 高血压
//! ▸ 残疾人  2026-11-21  残疾证…        set by hand: Enter takes it away
//! ─── 居住 ───────
//!   2020-01-01 ~            3-012 迁入
//! ─── 改动 ───────
//!   2026-11-21 10:00 李小燕 改资料卡
//! ─── 往来 ───────
//!   2026-10-29 高血压 158/96 控制不满意 王建国
//! ─── 谁看过 ─────
//!   2026-11-21 10:00 李小燕 看档案
//! ```

use ratatui::{Frame, layout::Rect, style::Style};

use super::{
    Outcome, Screen,
    change::{self, Purpose},
    household::{self, words},
    list_move, unexplained,
};
use crate::{
    desk::{
        Question, Reply, Stop,
        reply::{LookTold, PersonView},
    },
    domain::{clock, id::PersonId, tags::Tag},
    lang::{card, refusals},
    tui::{
        action::{Action, List},
        hand::Hand,
        port::Ticket,
        theme::Look,
        widgets::{
            cells, frame,
            hints::{self, Hint},
            scroll::Scroll,
        },
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::all(&[Action::List(List::Tick)], change::words::TAG),
    Hint::all(&[Action::List(List::Accept)], change::words::CLEAR_TAG),
    hints::BACK,
    hints::HELP,
];

/// A person's facts.
#[derive(Debug)]
pub struct State {
    id: PersonId,
    person: Option<Box<PersonView>>,
    scroll: Scroll,
    asked: Option<Ticket>,
    looks: Vec<LookTold>,
    looks_asked: Option<Ticket>,
}

/// A line of the list.
struct Line {
    text: String,
    style: Style,
    is_heading: bool,
    tag: Option<Tag>,
}

impl State {
    /// Returns the facts of a person.
    pub fn new(id: PersonId) -> Self {
        Self {
            id,
            person: None,
            scroll: Scroll::default(),
            asked: None,
            looks: Vec::new(),
            looks_asked: None,
        }
    }

    /// Returns whether keys wait: what stands in which row is being asked.
    pub fn holds(&self) -> bool {
        self.asked.is_some()
    }
}

/// Asks for the person.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    state.asked = Some(hand.ask(Question::Person(state.id)));
    state.looks_asked = Some(hand.ask(Question::Looks(state.id)));
}

/// Takes the person.
pub fn replied(state: &mut State, ticket: Ticket, reply: Result<Reply, Stop>) -> Option<Outcome> {
    match reply {
        Ok(Reply::Person(person)) if state.asked == Some(ticket) => {
            state.asked = None;
            state.person = Some(person);
            None
        }
        Ok(Reply::Looks(looks)) if state.looks_asked == Some(ticket) => {
            state.looks = looks;
            None
        }
        other => unexplained(other),
    }
}

/// Takes a key's meaning.
pub fn update(state: &mut State, action: Option<List>, hand: &mut Hand<'_>) -> Option<Outcome> {
    let action = action?;
    let person = state.person.as_deref()?;
    let lines = lines(person, Some(&state.looks), hand.look, usize::MAX);
    if let Some(to) = list_move(action) {
        let page = usize::from(hand.work.height.saturating_sub(1));
        state.scroll.go(to, lines.len(), page);
        return None;
    }
    let tag = state
        .scroll
        .selected(lines.len())
        .and_then(|at| lines.get(at)?.tag);
    let purpose = match action {
        List::Accept => Purpose::ClearTag(state.id, tag?),
        _ => Purpose::Tag(state.id),
    };
    let dialog = change::State::new(purpose, change::Around::person(person));
    Some(Outcome::Open(Box::new(Screen::Change(Box::new(dialog)))))
}

/// Draws the facts on a screen of their own.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let Some(person) = state.person.as_deref() else {
        let text = look.say(words::LOADING);
        cells::put(frame, area.x + 1, area.y, text, 40, look.dim());
        return;
    };
    let member = &person.member.person;
    let title = [
        household::name(look, member),
        household::sex_age(look, member, person.today),
        person.household.place(),
        household::state(look, &member.state),
    ];
    household::draw_parts(
        &title,
        look.strong(),
        look,
        frame,
        Rect { height: 1, ..area },
    );
    let list = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    let lines = lines(person, Some(&state.looks), look, usize::MAX);
    let seen = state.scroll.seen(lines.len(), usize::from(list.height));
    let selected = state.scroll.selected(lines.len());
    for ((at, line), y) in lines
        .iter()
        .enumerate()
        .skip(seen.start)
        .zip(list.y..list.bottom())
    {
        draw_line(
            line,
            selected == Some(at),
            look,
            frame,
            Rect {
                y,
                height: 1,
                ..list
            },
        );
    }
}

/// Draws the facts beside a card, as far as there is room.
pub fn draw(person: &PersonView, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let most = usize::from(area.height) / 3;
    let lines = lines(person, None, look, most.max(2));
    for (line, y) in lines.iter().zip(area.y..area.bottom()) {
        draw_line(
            line,
            false,
            look,
            frame,
            Rect {
                y,
                height: 1,
                ..area
            },
        );
    }
}

fn draw_line(line: &Line, here: bool, look: &Look, frame: &mut Frame<'_>, at: Rect) {
    if line.is_heading {
        frame::draw_rule(look, frame, at, &line.text);
    } else {
        let room = usize::from(at.width.saturating_sub(3));
        let text = cells::cut(&line.text, room, look.signs().cut);
        let style = if here { look.strong() } else { line.style };
        cells::put(frame, at.x + 3, at.y, &text, room, style);
    }
    if here {
        cells::put(frame, at.x, at.y, look.signs().mark, 1, look.strong());
        frame.set_cursor_position((at.x, at.y));
    }
}

/// Returns the lines, at most so many of each part; who looked stands where it is known.
fn lines(person: &PersonView, looks: Option<&[LookTold]>, look: &Look, most: usize) -> Vec<Line> {
    let heading = |text| Line {
        text: look.say(text).to_owned(),
        style: look.dim(),
        is_heading: true,
        tag: None,
    };
    let plain = |text: String| Line {
        text,
        style: look.text(),
        is_heading: false,
        tag: None,
    };
    let mut lines = vec![
        heading(words::TAGS),
        plain(household::tags(look, person.member.tags)),
    ];
    for kept in person.member.person.manual_tags.iter().take(most) {
        let tag = Tag::from_code(&kept.tag);
        let name = tag.map_or(kept.tag.as_str(), |tag| look.say(tag.name()));
        lines.push(Line {
            tag,
            ..plain(format!("{name}  {}  {}", kept.since, kept.evidence))
        });
    }
    lines.push(heading(words::STAY));
    lines.extend(person.stays.iter().rev().take(most).map(|stay| {
        let place = person.homes.get(&stay.household).map_or("", String::as_str);
        let until = stay
            .until
            .map_or_else(String::new, |until| until.to_string());
        let mut parts = vec![
            format!("{} ~ {until:10}", household::told::since(look, stay)),
            place.to_owned(),
        ];
        let came = stay.joined_by.map(|why| look.say(why.name()).to_owned());
        let left = stay.left_by;
        parts.extend(came);
        parts.extend(left.map(|why| format!("→ {}", look.say(why.name()))));
        plain(parts.join(" "))
    }));
    lines.push(heading(words::CHANGES));
    lines.extend(changes(person, look).into_iter().take(most).map(plain));
    let count = person.contacts.len().to_string();
    lines.push(Line {
        text: look.say(words::CONTACTS).replace("{}", &count),
        ..heading(words::CONTACTS)
    });
    if person.contacts.is_empty() {
        lines.push(Line {
            style: look.dim(),
            ..plain(look.say(words::NONE).to_owned())
        });
    }
    lines.extend(person.contacts.iter().rev().take(most).map(|contact| {
        let by = person.staff.get(&contact.by).map_or("", String::as_str);
        plain(format!(
            "{} {} {by}",
            contact.day,
            household::contact(look, contact)
        ))
    }));
    if let Some(looks) = looks {
        lines.push(heading(words::LOOKED_AT));
        lines.extend(looks.iter().map(|told| plain(looked(told, look))));
        if looks.is_empty() {
            let text = look.say(words::NOBODY_LOOKED).to_owned();
            lines.push(Line {
                style: look.dim(),
                ..plain(text)
            });
        }
    }
    lines
}

/// `2026-11-21 10:00 李小燕 看档案`
fn looked(told: &LookTold, look: &Look) -> String {
    let (day, time) = (clock::day_of(told.at), clock::time_of(told.at));
    let way = look.say(told.way.name());
    let what = told.handed.as_ref();
    let what = what.map_or_else(String::new, |handed| format!(" {}", handed.format));
    format!("{day} {time} {} {way}{what}", told.by)
}

/// Returns who last changed what, and who opened the record.
fn changes(person: &PersonView, look: &Look) -> Vec<String> {
    let mut lines = Vec::new();
    for change in &person.changes {
        let cause = look.say(refusals::record::cause(&change.cause));
        let (day, time) = (clock::day_of(change.at), clock::time_of(change.at));
        lines.push(format!("{day} {time} {} {cause}", change.by));
        lines.extend(change.fields.iter().map(|field| {
            let told = card::change(&person.form, field, look.lang);
            format!("  {told}")
        }));
    }
    let own = &person.member.person;
    let opened = look.say(words::OPENED_BY);
    lines.push(format!("{} {} {opened}", own.created, person.creator));
    lines
}
