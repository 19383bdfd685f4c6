//! A person's earlier contacts, newest first, and how their values went: from
//! here one is corrected or withdrawn, and anything else is recorded.
//!
//! ```text
//!   11-20  随访 高血压   152/94   控制不满意 H5   下次 12-04
//! ▸ 08-20  随访 高血压   136/84   控制满意 H6    更正1次
//!  ───────────────────────────────────────────
//!  血压 plot                      空腹血糖 plot
//! ```

use chrono::Datelike;
use ratatui::{Frame, layout::Rect};

use super::{Outcome, Screen, unexplained, visit};
use crate::{
    desk::{Command, Question, Reply, Stop, reply::PersonView},
    domain::{
        aspect::{Aspect, Seen},
        contact::Contact,
        day::Day,
        event::contact::programmes,
        id::{PersonId, VisitId},
        settings::Settings,
        text::{Lang, Text},
    },
    lang::outcome,
    tui::{
        action::{Action, Context, Visits},
        app::Status,
        hand::Hand,
        keys::Key,
        port::Ticket,
        theme::Look,
        widgets::{
            cells,
            hints::{self, Hint},
            prompt::Prompt,
            scroll::{Move, Scroll},
            trend::{self, Point, Written},
        },
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::of(&[Action::Visits(Visits::Correct)]),
    Hint::of(&[Action::Visits(Visits::Withdraw)]),
    Hint::of(&[Action::Visits(Visits::Record)]),
    hints::BACK,
    hints::HELP,
];

/// Rows of the plots, with the line above them.
const PLOT: u16 = 9;

/// The contacts of one person.
#[derive(Debug)]
pub struct State {
    person: PersonId,
    asked: Option<Ticket>,
    sent: Option<Ticket>,
    view: Option<Box<PersonView>>,
    contacts: Vec<Contact>,
    scroll: Scroll,
    /// Asks why the contact is withdrawn.
    prompt: Option<(VisitId, Prompt)>,
}

impl State {
    /// Returns the screen of this person.
    pub fn new(person: PersonId) -> Self {
        Self {
            person,
            asked: None,
            sent: None,
            view: None,
            contacts: Vec::new(),
            scroll: Scroll::default(),
            prompt: None,
        }
    }

    /// Returns where its keys are looked up.
    pub fn context(&self) -> Context {
        if self.prompt.is_some() {
            Context::Palette
        } else {
            Context::Visits
        }
    }

    /// Closes the prompt; returns whether the screen is to be left instead.
    pub fn back(&mut self) -> bool {
        self.prompt.take().is_none()
    }

    fn here(&self) -> Option<&Contact> {
        self.contacts
            .get(self.scroll.selected(self.contacts.len())?)
    }
}

/// Asks for the person.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    state.asked = Some(hand.ask(Question::Person(state.person)));
}

/// Takes an answer of the desk.
pub fn replied(
    state: &mut State,
    ticket: Ticket,
    reply: Result<Reply, Stop>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    if state.sent == Some(ticket) {
        state.sent = None;
        return match reply {
            Ok(Reply::Done(_)) => {
                let text = hand.look.say(WITHDRAWN_NOW).to_owned();
                Some(Outcome::Say(Status::done(text)))
            }
            other => unexplained(other),
        };
    }
    if state.asked != Some(ticket) {
        return None;
    }
    state.asked = None;
    match reply {
        Ok(Reply::Person(view)) => {
            state.contacts.clone_from(&view.contacts);
            state
                .contacts
                .sort_by_key(|contact| std::cmp::Reverse((contact.day, contact.seq)));
            state.view = Some(view);
            None
        }
        other => unexplained(other),
    }
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Action>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    if let Some((contact, prompt)) = &mut state.prompt {
        let reason = prompt.press(action, key)?;
        let contact = *contact;
        state.prompt = None;
        let seen = seen(state, contact);
        state.sent = hand.change(Command::WithdrawContact { contact, reason }, seen);
        return None;
    }
    let Some(Action::Visits(action)) = action else {
        return None;
    };
    let to = match action {
        Visits::Down => Move::Down,
        Visits::Up => Move::Up,
        Visits::PageDown => Move::PageDown,
        Visits::PageUp => Move::PageUp,
        Visits::First => Move::First,
        Visits::Last => Move::Last,
        Visits::Correct => return correct(state, hand),
        Visits::Withdraw => {
            withdraw(state, hand);
            return None;
        }
        Visits::Record => return Some(open(visit::Wanted::Choice(state.person))),
    };
    let page = usize::from(hand.work.height.saturating_sub(PLOT + 2));
    state.scroll.go(to, state.contacts.len(), page);
    None
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str) {
    if let Some((_, prompt)) = &mut state.prompt {
        prompt.paste(text);
    }
}

fn open(wanted: visit::Wanted) -> Outcome {
    let screen = Screen::Visit(Box::new(visit::State::new(wanted)));
    Outcome::Open(Box::new(screen))
}

fn correct(state: &State, hand: &Hand<'_>) -> Option<Outcome> {
    let contact = state.here()?;
    let refusal = if contact.withdrawn.is_some() {
        WITHDRAWN_BEFORE
    } else if contact.forms.is_empty() {
        NO_FORM
    } else {
        return Some(open(visit::Wanted::Correction(contact.id)));
    };
    let text = hand.look.say(refusal).to_owned();
    Some(Outcome::Say(Status::refused(text)))
}

fn withdraw(state: &mut State, hand: &Hand<'_>) {
    let Some(contact) = state.here().filter(|contact| contact.withdrawn.is_none()) else {
        return;
    };
    let what = format!(
        "{} {}",
        contact.day,
        outcome::happening(&contact.happening, hand.look.lang)
    );
    let hint = hand.look.say(WHY).to_owned();
    let prompt = Prompt::new(hand.look.say(WITHDRAW), vec![what, hint]);
    state.prompt = Some((contact.id, prompt));
}

/// Returns the aspects a contact was decided for, as this screen saw them.
fn seen(state: &State, id: VisitId) -> Vec<Seen> {
    let contact = state.contacts.iter().find(|contact| contact.id == id);
    let kinds = contact.map_or_else(Vec::new, |contact| programmes(&contact.decision));
    let seen = state.view.as_ref().map_or(&[][..], |view| &view.seen);
    let concerns = |seen: &&Seen| {
        let mut kinds = kinds.iter();
        kinds.any(|kind| seen.aspect == Aspect::Programme(state.person, *kind))
    };
    seen.iter().filter(concerns).copied().collect()
}

/// Returns the parts of the title line.
pub fn title(state: &State, look: &Look) -> (Vec<String>, Vec<String>) {
    let mut left = vec![look.say(Context::Visits.title()).to_owned()];
    if let Some(view) = &state.view {
        let person = &view.member.person;
        let age = person.age(view.today);
        let age = age.map_or_else(String::new, |age| format!(" {age}"));
        let sex = person.sex().name().get(look.lang);
        left.push(format!("{} {sex}{age}", person.name()));
        left.push(view.household.place());
    }
    (left, Vec::new())
}

/// Draws contacts and plots.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let plots = PLOT.min(area.height / 2);
    let rows = Rect {
        height: area.height.saturating_sub(plots + 1),
        ..area
    };
    draw_rows(state, look, frame, rows);
    draw_detail(
        state,
        look,
        frame,
        Rect {
            y: rows.bottom(),
            height: 1,
            ..area
        },
    );
    let below = Rect {
        y: rows.bottom() + 1,
        height: plots,
        ..area
    };
    draw_plots(state, look, frame, below);
    if let Some((_, prompt)) = &state.prompt {
        prompt.draw(look, frame, area);
    }
}

fn draw_rows(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let count = state.contacts.len();
    let page = usize::from(area.height);
    let selected = state.scroll.selected(count);
    let shown = state.scroll.seen(count, page);
    let room = usize::from(area.width.saturating_sub(3));
    if count == 0 && state.view.is_some() {
        cells::put(
            frame,
            area.x + 3,
            area.y,
            look.say(NOTHING),
            room,
            look.dim(),
        );
    }
    let rows = state.contacts.iter().enumerate();
    let rows = rows.skip(shown.start).take(shown.len());
    for ((at, contact), y) in rows.zip(area.y..) {
        let here = selected == Some(at);
        let style = match (&contact.withdrawn, here) {
            (Some(_), _) => look.dim(),
            (None, true) => look.strong(),
            (None, false) => look.text(),
        };
        if here {
            cells::put(frame, area.x + 1, y, look.signs().mark, 1, look.strong());
            frame.set_cursor_position((area.x + 1, y));
        }
        let text = row(contact, look);
        cells::put(frame, area.x + 3, y, &text, room, style);
    }
}

fn row(contact: &Contact, look: &Look) -> String {
    let lang = look.lang;
    let cut = look.signs().cut;
    let values = contact.happening.measured().unwrap_or_default();
    let outcomes = contact.decision.outcomes.values();
    let class: Vec<String> = outcomes
        .filter_map(|outcome| {
            let class = outcome.class?.text().get(lang);
            let rule = outcome.rule.map_or("", |rule| rule.id());
            Some(format!("{class} {rule}").trim_end().to_owned())
        })
        .collect();
    let mark = match (&contact.withdrawn, contact.corrections.len()) {
        (Some(_), _) => look.say(WITHDRAWN).to_owned(),
        (None, 0) => String::new(),
        (None, times) => look.say(CORRECTED).replace("{}", &times.to_string()),
    };
    [
        cells::left(&contact.day.to_string(), 10, cut),
        cells::left(&outcome::happening(&contact.happening, lang), 22, cut),
        cells::left(&outcome::measured(&values, lang), 16, cut),
        cells::left(&class.join(" "), 18, cut),
        mark,
    ]
    .join(" ")
}

fn draw_detail(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let room = usize::from(area.width.saturating_sub(1));
    let rule = look.signs().rule.repeat(room);
    let text = state.here().and_then(|contact| detail(contact, look.lang));
    match text {
        Some(text) => cells::put(frame, area.x + 1, area.y, &text, room, look.dim()),
        None => cells::put(frame, area.x, area.y, &rule, room + 1, look.dim()),
    }
}

/// Returns why the contact was withdrawn or last corrected.
fn detail(contact: &Contact, lang: Lang) -> Option<String> {
    if let Some(reason) = &contact.withdrawn {
        return Some(format!("{}: {reason}", WITHDRAWN.get(lang)));
    }
    let last = contact.corrections.last()?;
    Some(format!("{}: {}", CORRECTION.get(lang), last.reason))
}

fn draw_plots(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let Some(view) = &state.view else {
        return;
    };
    let standing = || {
        let contacts = state.contacts.iter().rev();
        contacts.filter(|contact| contact.withdrawn.is_none())
    };
    let pressures: Vec<Point> = standing()
        .filter_map(|contact| {
            let pressure = contact.happening.measured()?.pressure()?;
            let values = [pressure.sbp, pressure.dbp].map(|value| Some(i64::from(value)));
            Some(point(contact.day, view.today, values))
        })
        .collect();
    let sugars: Vec<Point> = standing()
        .filter_map(|contact| {
            let measured = contact.happening.measured()?;
            let value = measured.fbg?.thousandths() / 100;
            Some(point(contact.day, view.today, [Some(value), None]))
        })
        .collect();
    let half = if sugars.is_empty() || pressures.is_empty() {
        area.width
    } else {
        area.width / 2
    };
    let settings = Settings::default();
    let mut place = Rect {
        width: half,
        ..area
    };
    if !pressures.is_empty() {
        let target = settings.htn_target;
        let limits = [i64::from(target.sbp), i64::from(target.dbp)];
        draw_plot(
            look,
            frame,
            place,
            PRESSURE,
            (&pressures, Written::Whole),
            &limits,
        );
        place.x += half;
        place.width = area.width - half;
    }
    if !sugars.is_empty() {
        let limit = settings.dm_fbg_target.thousandths() / 100;
        draw_plot(
            look,
            frame,
            place,
            SUGAR,
            (&sugars, Written::Tenths),
            &[limit],
        );
    }
}

fn draw_plot(
    look: &Look,
    frame: &mut Frame<'_>,
    area: Rect,
    title: Text,
    points: (&[Point], Written),
    limits: &[i64],
) {
    let room = usize::from(area.width);
    cells::put(frame, area.x + 1, area.y, look.say(title), room, look.dim());
    let below = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    trend::plot(look, frame, below, points, limits);
}

fn point(day: Day, today: Day, values: [Option<i64>; 2]) -> Point {
    let label = if day.year() == today.year() {
        day.format("%m-%d").to_string()
    } else {
        day.format("%y-%m").to_string()
    };
    Point { label, values }
}

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const NOTHING: Text = text("还没有记录", "Nothing recorded yet");
const WITHDRAWN: Text = text("已撤回", "withdrawn");
const WITHDRAWN_NOW: Text = text("已撤回", "Withdrawn");
const WITHDRAWN_BEFORE: Text = text(
    "这条已撤回，不能更正",
    "It was withdrawn and cannot be corrected",
);
const NO_FORM: Text = text(
    "这条没有随访表，只能撤回",
    "It has no form: it can only be withdrawn",
);
const CORRECTED: Text = text("更正{}次", "corrected {}×");
const CORRECTION: Text = text("更正", "corrected");
const WITHDRAW: Text = text("撤回", "Withdraw");
const WHY: Text = text(
    "这次记录作废，账里仍看得到。写明为什么：",
    "It will count for nothing; the journal keeps it. Why?",
);
const PRESSURE: Text = text("血压 mmHg", "Pressure mmHg");
const SUGAR: Text = text("空腹血糖 mmol/L", "Fasting glucose mmol/L");
