//! One person's follow-up as pictures, a page each: the year, trends, growth, vaccinations,
//! a pregnancy. Only pages with something on them can be turned to.
//!
//! It changes nothing and asks the desk once; pages are worked out when the answer comes. A
//! dose of the booklet is recorded on its form, which opens over the picture.

mod booklet;
mod doses;
mod growth;
mod pregnancy;
mod trends;
mod view;
mod words;
mod year;

pub use view::{title, view};

use chrono::Datelike;

use super::{Outcome, Screen, unexplained};
use crate::{
    catalog,
    desk::{Question, Reply, Stop, reply::PictureView},
    domain::{
        id::PersonId,
        picture::{self, Growth, Pregnancy, Trends, year::Year},
        programmes::{
            Asked, ProgrammeKind,
            vax::{self, Dose},
        },
        text::Text,
    },
    tui::{
        action::{Action, Picture},
        hand::Hand,
        port::Ticket,
        theme::Look,
        widgets::hints::{self, Hint},
    },
};

/// What the hint line offers here.
const HINTS: &[Hint] = &[
    Hint::all(&[Action::Picture(Picture::NextPage)], words::PAGES),
    Hint::all(
        &[
            Action::Picture(Picture::Left),
            Action::Picture(Picture::Right),
        ],
        words::MONTHS,
    ),
    Hint::all(
        &[
            Action::Picture(Picture::Earlier),
            Action::Picture(Picture::Later),
        ],
        words::YEARS,
    ),
    Hint::all(
        &[Action::Picture(Picture::Up), Action::Picture(Picture::Down)],
        words::SCROLL,
    ),
    Hint::of(&[Action::Picture(Picture::Visits)]),
    hints::BACK,
    hints::HELP,
];

/// … on a plot, where there are no months to go through.
const PLOT_HINTS: &[Hint] = &[
    Hint::all(&[Action::Picture(Picture::NextPage)], words::PAGES),
    Hint::all(
        &[
            Action::Picture(Picture::Earlier),
            Action::Picture(Picture::Later),
        ],
        words::REACH,
    ),
    Hint::all(
        &[Action::Picture(Picture::Up), Action::Picture(Picture::Down)],
        words::SCROLL,
    ),
    Hint::of(&[Action::Picture(Picture::Visits)]),
    hints::BACK,
    hints::HELP,
];

/// … among the doses.
const DOSE_HINTS: &[Hint] = &[
    Hint::short(&[Action::Picture(Picture::Dose)], "补记这一剂", "Record"),
    Hint::all(
        &[
            Action::Picture(Picture::Left),
            Action::Picture(Picture::Right),
            Action::Picture(Picture::Up),
            Action::Picture(Picture::Down),
        ],
        words::CELLS,
    ),
    Hint::all(&[Action::Picture(Picture::NextPage)], words::PAGES),
    hints::BACK,
    Hint::short(&[Action::Picture(Picture::Visits)], "往次记录", "Visits"),
    hints::HELP,
];

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Page {
    #[default]
    Year,
    Trends,
    Growth,
    Doses,
    Pregnancy,
}

impl Page {
    const fn name(self) -> Text {
        match self {
            Self::Year => words::YEAR,
            Self::Trends => words::TRENDS,
            Self::Growth => words::GROWTH,
            Self::Doses => words::DOSES,
            Self::Pregnancy => words::PREGNANCY,
        }
    }
}

/// The pictures of one person.
#[derive(Debug)]
pub struct State {
    person: PersonId,
    asked: Option<Ticket>,
    known: Option<Known>,
    page: Page,
    /// Lines scrolled over.
    top: usize,
    /// The year shown; this one until another is chosen.
    year: Option<i32>,
    /// 1–12; this one until another is chosen.
    month: Option<u32>,
    /// How far back trends reach.
    reach: trends::Reach,
    /// The dose chosen; the first that is open until one is.
    dose: Option<Dose>,
}

/// What was worked out of an answer.
#[derive(Debug)]
struct Known {
    view: Box<PictureView>,
    year: Year,
    trends: Trends,
    growth: Option<Growth>,
    doses: Vec<Vec<vax::Cell>>,
    pregnancy: Option<Pregnancy>,
}

impl Known {
    fn of(view: Box<PictureView>, year: Option<i32>) -> Self {
        let life = view.life();
        let course = view.course.programmes.get(&ProgrammeKind::Vax);
        let doses = course.map_or_else(Vec::new, |course| {
            vax::grid(&Asked {
                person: &view.facts,
                course,
                today: view.today,
                settings: &view.settings,
            })
        });
        Self {
            year: picture::year::year(&life, year.unwrap_or_else(|| view.today.year())),
            trends: picture::trends(&life),
            growth: catalog::growth::reference()
                .and_then(|reference| picture::growth(&life, reference)),
            pregnancy: picture::pregnancy(&life),
            doses,
            view,
        }
    }

    fn pages(&self) -> Vec<Page> {
        let all = [
            (Page::Year, true),
            (Page::Trends, !self.trends.is_empty()),
            (Page::Growth, self.growth.is_some()),
            (Page::Doses, !self.doses.is_empty()),
            (Page::Pregnancy, self.pregnancy.is_some()),
        ];
        let shown = all.into_iter().filter(|(_, is_shown)| *is_shown);
        shown.map(|(page, _)| page).collect()
    }
}

impl State {
    /// Returns the pictures of this person.
    pub fn new(person: PersonId) -> Self {
        Self {
            person,
            asked: None,
            known: None,
            page: Page::default(),
            top: 0,
            year: None,
            month: None,
            reach: trends::Reach::default(),
            dose: None,
        }
    }

    /// Returns the pictures of this person, turned to the vaccinations where there are any.
    pub fn at_doses(person: PersonId) -> Self {
        Self {
            page: Page::Doses,
            ..Self::new(person)
        }
    }

    /// Returns what the hint line offers.
    pub fn hints(&self) -> &'static [Hint] {
        match self.page {
            Page::Doses => DOSE_HINTS,
            Page::Year => HINTS,
            Page::Trends | Page::Growth | Page::Pregnancy => PLOT_HINTS,
        }
    }

    /// Returns whether keys wait: which pages there are is being asked.
    pub fn holds(&self) -> bool {
        self.known.is_none() && self.asked.is_some()
    }

    fn shown_year(&self, known: &Known) -> i32 {
        self.year.unwrap_or_else(|| known.view.today.year())
    }

    fn shown_month(&self, known: &Known) -> u32 {
        self.month.unwrap_or_else(|| known.view.today.month())
    }

    /// Turns to the page so many further, around the ends.
    fn turn(&mut self, forward: bool) {
        let pages = self.known.as_ref().map_or_else(Vec::new, Known::pages);
        let here = pages.iter().position(|page| *page == self.page);
        let step = if forward { 1 } else { pages.len().max(1) - 1 };
        let next = (here.unwrap_or(0) + step) % pages.len().max(1);
        self.page = pages.get(next).copied().unwrap_or_default();
        self.top = 0;
    }

    /// Moves on by months; beyond December and January the year turns.
    fn move_month(&mut self, forward: bool) {
        let Some(known) = &self.known else { return };
        let month = self.shown_month(known);
        match (forward, month) {
            (true, 12) => {
                self.move_year(true);
                self.month = Some(1);
            }
            (true, month) => self.month = Some(month + 1),
            (false, 1) => {
                self.move_year(false);
                self.month = Some(12);
            }
            (false, month) => self.month = Some(month - 1),
        }
    }

    /// Shows another year, from that of birth to the next one.
    fn move_year(&mut self, forward: bool) {
        let Some(known) = &mut self.known else { return };
        let today = known.view.today.year();
        let first = known.view.facts.birth.year().max(today - 120);
        let shown = self.year.unwrap_or(today);
        let year = (if forward { shown + 1 } else { shown - 1 }).clamp(first, today + 1);
        self.year = (year != today).then_some(year);
        known.year = picture::year::year(&known.view.life(), year);
    }
}

/// Opens the pictures of this person at the vaccinations.
pub fn at_doses(person: PersonId) -> Outcome {
    let state = State::at_doses(person);
    Outcome::Open(Box::new(Screen::Picture(Box::new(state))))
}

/// Asks for the person.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    state.asked = Some(hand.ask(Question::Picture(state.person)));
}

/// Takes an answer of the desk.
pub fn replied(state: &mut State, ticket: Ticket, reply: Result<Reply, Stop>) -> Option<Outcome> {
    if state.asked != Some(ticket) {
        return None;
    }
    state.asked = None;
    match reply {
        Ok(Reply::Picture(view)) => {
            let known = Known::of(view, state.year);
            if !known.pages().contains(&state.page) {
                state.page = Page::default();
                state.top = 0;
            }
            // A dose that was just recorded makes way for the next of the booklet.
            state.dose = booklet::after(&known, state.dose);
            state.known = Some(known);
            None
        }
        other => unexplained(other),
    }
}

/// Takes a key's meaning.
pub fn update(state: &mut State, action: Option<Picture>, hand: &mut Hand<'_>) -> Option<Outcome> {
    let action = action?;
    if state.page == Page::Doses
        && let Some(way) = booklet::Way::of(action)
    {
        booklet::go(state, way, hand.work);
        return None;
    }
    let is_year = state.page == Page::Year;
    match action {
        Picture::NextPage => state.turn(true),
        Picture::PreviousPage => state.turn(false),
        Picture::Right if is_year => state.move_month(true),
        Picture::Left if is_year => state.move_month(false),
        Picture::Right => state.turn(true),
        Picture::Left => state.turn(false),
        Picture::Later if is_year => state.move_year(true),
        Picture::Earlier if is_year => state.move_year(false),
        Picture::Later if state.page == Page::Trends => state.reach = state.reach.shorter(),
        Picture::Earlier if state.page == Page::Trends => state.reach = state.reach.longer(),
        Picture::Down => scroll(state, hand.look, hand, 1),
        Picture::Later => scroll(state, hand.look, hand, usize::from(hand.work.height / 2)),
        Picture::Up => state.top = state.top.saturating_sub(1),
        Picture::Earlier => {
            let page = usize::from(hand.work.height / 2);
            state.top = state.top.saturating_sub(page);
        }
        Picture::Dose => return Some(booklet::record(state, hand)),
        Picture::Visits => return Some(Outcome::Visits(state.person)),
    }
    None
}

fn scroll(state: &mut State, look: &Look, hand: &Hand<'_>, by: usize) {
    let last = view::last_top(state, look, hand.work);
    state.top = (state.top + by).min(last);
}
