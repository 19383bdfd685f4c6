//! Which rows of the queue are wanted: programme, village group, responsible
//! doctor, status, way of visiting.

use std::collections::{BTreeMap, BTreeSet};

use ratatui::{Frame, layout::Rect};

use super::{Outcome, Told};
use crate::{
    domain::{
        id::VillageId,
        programmes::PROGRAMMES,
        queue::Filter,
        task::{Mode, Status},
    },
    tui::{
        action::{Action, Person},
        keys::Key,
        theme::Look,
        widgets::{
            cells, frame,
            hints::{self, Hint},
            questions::{Did, Item, Questions},
        },
        words::queue as words,
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::all(&[Action::Person(Person::Save)], words::APPLY),
    Hint::of(&[Action::Person(Person::Next)]),
    hints::BACK,
];

/// The ways of visiting one filters by.
pub const MODES: [Mode; 3] = [Mode::Clinic, Mode::Home, Mode::Phone];
const STATUSES: [Status; 4] = [
    Status::Overdue,
    Status::DueToday,
    Status::Grace,
    Status::OpenEarly,
];

/// The questions, and what stands behind the second and third.
#[derive(Debug)]
pub struct State {
    prompt: Questions,
    places: Vec<(VillageId, u32)>,
    doctors: Vec<String>,
}

/// What one can filter by besides what is always there.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub places: &'a BTreeMap<(VillageId, u32), String>,
    /// Responsible doctors; an empty name stands for households without one.
    pub doctors: &'a BTreeSet<String>,
}

impl State {
    /// Returns the questions, answered as the filter stands.
    pub fn of(look: &Look, filter: &Filter, known: Known<'_>) -> Self {
        let places = known.places;
        let doctors: Vec<String> = known.doctors.iter().cloned().collect();
        let known: Vec<(VillageId, u32)> = places.keys().copied().collect();
        let options = |words: Vec<String>| {
            let all = look.say(words::ALL).to_owned();
            std::iter::once(all).chain(words).collect::<Vec<_>>()
        };
        let after = |at: Option<usize>| at.map_or(0, |at| at + 1);
        let programmes = PROGRAMMES.iter().map(|p| look.say(p.short).to_owned());
        let programme = PROGRAMMES
            .iter()
            .position(|programme| Some(programme.kind) == filter.programme);
        let named = places.iter().map(|((_, group), village)| {
            look.say(words::PLACE_OF)
                .replace("{village}", village)
                .replace("{group}", &group.to_string())
        });
        let place = known.iter().position(|(village, group)| {
            Some(*village) == filter.village && Some(*group) == filter.group
        });
        let statuses = STATUSES.map(|status| look.say(status.text()).to_owned());
        let status = STATUSES.iter().position(|s| Some(*s) == filter.status);
        let modes = words::MODES.map(|text| look.say(text).to_owned());
        let mode = MODES.iter().position(|m| Some(*m) == filter.mode);
        let items = vec![
            Item::choice(
                words::PROGRAMME,
                options(programmes.collect()),
                after(programme),
            ),
            Item::choice(words::PLACE, options(named.collect()), after(place)),
            Item::choice(
                words::DOCTOR,
                options(doctors.iter().map(|name| doctor(look, name)).collect()),
                after(
                    doctors
                        .iter()
                        .position(|d| Some(d) == filter.doctor.as_ref()),
                ),
            ),
            Item::choice(words::STATUS, options(statuses.to_vec()), after(status)),
            Item::choice(words::MODE, options(modes.to_vec()), after(mode)),
        ];
        Self {
            prompt: Questions::of(items),
            places: known,
            doctors,
        }
    }

    fn filter(&self) -> Filter {
        let chosen = |index| self.prompt.choice(index).checked_sub(1);
        let place = chosen(1).and_then(|at| self.places.get(at));
        Filter {
            programme: chosen(0).and_then(|at| Some(PROGRAMMES.get(at)?.kind)),
            village: place.map(|(village, _)| *village),
            group: place.map(|(_, group)| *group),
            doctor: chosen(2).and_then(|at| self.doctors.get(at).cloned()),
            status: chosen(3).and_then(|at| STATUSES.get(at).copied()),
            mode: chosen(4).and_then(|at| MODES.get(at).copied()),
        }
    }
}

/// Returns a responsible doctor's name, or the word for none.
pub fn doctor(look: &Look, name: &str) -> String {
    if name.is_empty() {
        look.say(words::NO_DOCTOR).to_owned()
    } else {
        name.to_owned()
    }
}

/// Takes a key.
pub fn update(state: &mut State, action: Option<Person>, key: Key) -> Option<Outcome> {
    match state.prompt.key(action, key) {
        Did::Accepted => Some(Outcome::Answer(Told::Filter(state.filter()))),
        Did::Changed | Did::Nothing => None,
    }
}

/// Draws the box over `area`.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let rows = u16::try_from(state.prompt.len()).unwrap_or(4);
    let offered = cells::wrap_list(&state.prompt.offered(), 52);
    let more = u16::try_from(offered.len()).unwrap_or(1) + 1;
    let title = look.say(words::FILTER_TITLE);
    let inner = frame::draw_box(look, frame, area, (56, rows + more + 2), title);
    state.prompt.draw(look, frame, inner);
    let below = inner.y + rows + 1;
    for (line, y) in offered.iter().zip(below..inner.bottom()) {
        cells::put(
            frame,
            inner.x,
            y,
            line,
            usize::from(inner.width),
            look.dim(),
        );
    }
}
