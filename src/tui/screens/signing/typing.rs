//! The cursor: where the next key goes on, what a key answers, and the same for all.

use super::{
    State,
    input::{Choice, Input},
    known::Form,
    spot::{Spot, Step},
};
use crate::{
    desk::reply::ConsentRule,
    domain::agreement::consent::ConsentKind,
    tui::{
        keys::{Code, Key},
        theme::Look,
        widgets::field::Field,
    },
};

/// Where the cursor stands, with the line being typed.
#[derive(Debug, Clone)]
pub struct Cursor {
    pub step: Step,
    /// None where the step asks nothing.
    pub at: Option<Spot>,
    pub field: Field,
}

/// A way to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To what is still to be filled in.
    Open,
    Next,
    Previous,
    Down,
    Up,
    NextStep,
    PreviousStep,
}

impl Cursor {
    /// Returns the cursor at the first place to fill in.
    pub fn first(form: &Form) -> Self {
        let mut cursor = Self {
            step: Step::Scope,
            at: None,
            field: Field::default(),
        };
        let open = first_open(form, Step::ALL.iter().copied());
        let spot = open.or_else(|| form.spots(Step::Signatures).into_iter().next());
        cursor.stand(form, spot);
        cursor
    }

    /// Puts the cursor into a place.
    pub fn stand(&mut self, form: &Form, spot: Option<Spot>) {
        if let Some(spot) = &spot {
            self.step = spot.step();
        }
        let text = spot.as_ref().map_or("", |spot| form.text(spot));
        self.field = Field::of(text);
        self.at = spot;
    }

    /// Goes on; at either end it stays.
    pub fn go(&mut self, form: &Form, way: Way) {
        let spots = form.spots(self.step);
        let at = self.index(&spots);
        let to = match way {
            Way::Open => return self.go_open(form),
            Way::Next => match at.map_or(0, |at| at + 1) {
                next if next < spots.len() => spots.get(next).cloned(),
                _ => return self.turn(form, true),
            },
            Way::Previous => match at.and_then(|at| at.checked_sub(1)) {
                Some(before) => spots.get(before).cloned(),
                None => return self.turn(form, false),
            },
            Way::Down | Way::Up => return self.step_row(form, way == Way::Down),
            Way::NextStep => return self.turn(form, true),
            Way::PreviousStep => return self.turn(form, false),
        };
        self.stand(form, to);
    }

    fn index(&self, spots: &[Spot]) -> Option<usize> {
        let at = self.at.as_ref()?;
        spots.iter().position(|spot| spot == at)
    }

    fn step_row(&mut self, form: &Form, down: bool) {
        let rows = form.rows(self.step);
        let at = self.at.clone();
        let here = rows.iter().enumerate().find_map(|(row, spots)| {
            let column = spots.iter().position(|spot| Some(spot) == at.as_ref())?;
            Some((row, column))
        });
        let Some((row, column)) = here else {
            return self.turn(form, down);
        };
        let to = if down {
            Some(row + 1)
        } else {
            row.checked_sub(1)
        };
        let Some(spots) = to.and_then(|to| rows.get(to)) else {
            return self.turn(form, down);
        };
        let spot = spots.get(column).or_else(|| spots.last()).cloned();
        self.stand(form, spot);
    }

    /// Turns to the step after or before, its first place; at either end it stays.
    fn turn(&mut self, form: &Form, down: bool) {
        let at = Step::ALL.iter().position(|step| *step == self.step);
        let to = at.and_then(|at| {
            if down {
                Some(at + 1)
            } else {
                at.checked_sub(1)
            }
        });
        let Some(step) = to.and_then(|to| Step::ALL.get(to).copied()) else {
            return;
        };
        self.step = step;
        let spots = form.spots(step);
        let open = spots.iter().find(|spot| form.is_open(spot)).cloned();
        self.at = None;
        let spot = open.or_else(|| spots.into_iter().next());
        self.stand(form, spot);
    }

    /// Among the members goes to the next one: who is left out is told of several at once.
    /// Returns whether there was one.
    fn go_down_members(&mut self, form: &Form) -> bool {
        let Some(Spot::Covers(person)) = self.at else {
            return false;
        };
        let mut people = form.known.people.iter().map(|one| one.person);
        let next = people
            .by_ref()
            .find(|one| *one == person)
            .and_then(|_| people.next());
        if let Some(next) = next {
            self.stand(form, Some(Spot::Covers(next)));
        }
        next.is_some()
    }

    /// Goes to the next place that is to be filled in, behind this one, else before it; past the
    /// last it stands at the end.
    fn go_open(&mut self, form: &Form) {
        let spots: Vec<Spot> = Step::ALL
            .iter()
            .flat_map(|step| form.spots(*step))
            .collect();
        let at = self.index(&spots);
        let behind = spots.iter().skip(at.map_or(0, |at| at + 1));
        let before = spots.iter().take(at.unwrap_or(0));
        let open = behind.chain(before).find(|spot| form.is_open(spot));
        let here = at.and_then(|at| spots.get(at));
        if let Some(spot) = open.cloned() {
            self.stand(form, Some(spot));
        } else if !here.is_some_and(|spot| form.is_open(spot)) {
            self.stand(form, form.spots(Step::Signatures).into_iter().next_back());
        }
    }
}

impl Form {
    /// Takes the evidence of the person at the cursor, or of the last one told before, over for
    /// everybody who has none yet.
    pub fn same_for_all(&mut self, at: Option<&Spot>) {
        let covered = self.covered();
        let here = at.and_then(Spot::consents);
        let is_told = |person: &&_| {
            let (kind, page) = (Spot::Kind(**person), Spot::Evidence(**person));
            !self.text(&kind).is_empty() && !self.text(&page).is_empty()
        };
        let at_cursor = covered.iter().find(|person| Some(**person) == here);
        let model = at_cursor
            .filter(is_told)
            .or_else(|| covered.iter().rfind(is_told));
        let Some(model) = model.copied() else {
            return;
        };
        let kind = self.text(&Spot::Kind(model)).to_owned();
        let page = self.text(&Spot::Evidence(model)).to_owned();
        let on = self.text(&Spot::On(model)).to_owned();
        let taker = self.text(&Spot::TakenBy(model)).to_owned();
        let guardian = ConsentKind::Guardian.code().to_string();
        for person in covered {
            let told = self.known.person(person).map(|one| one.consent_rule);
            let is_ward = self.wants_guardian(person);
            let kind = match told {
                Some(ConsentRule::Guardian) => Some(&guardian),
                Some(ConsentRule::Own) if is_ward => Some(&guardian),
                Some(ConsentRule::Own) if kind != guardian => Some(&kind),
                Some(ConsentRule::Own | ConsentRule::BirthMissing) | None => None,
            };
            let answers = [
                (Spot::Kind(person), kind),
                (Spot::Evidence(person), Some(&page)),
                (Spot::On(person), Some(&on)),
                (Spot::TakenBy(person), Some(&taker)),
            ];
            for (spot, answer) in answers {
                if let Some(answer) = answer.filter(|_| self.text(&spot).is_empty()) {
                    let answer = answer.clone();
                    self.set(spot, &answer);
                }
            }
        }
    }

    /// Answers what follows from an answer: the day of a signature.
    fn follow(&mut self, spot: &Spot) {
        let dated = if let Spot::Kind(person) = spot {
            Spot::On(*person)
        } else if *spot == Spot::SignedAs {
            Spot::SignedOn
        } else if *spot == Spot::ClinicSigns {
            Spot::ClinicOn
        } else {
            return;
        };
        if !self.text(spot).is_empty() && self.text(&dated).is_empty() {
            let today = self.known.today.to_string();
            self.set(dated, &today);
        }
    }
}

/// Takes a key into the place at the cursor; returns whether an answer changed.
pub fn press(form: &mut Form, cursor: &mut Cursor, key: Key, look: &Look) -> bool {
    let Some(spot) = cursor.at.clone() else {
        return false;
    };
    let input = form.input(&spot, look);
    let typed = key.with_twin().typed();
    let changed = match &input {
        Input::One(choices) => choose(form, &spot, choices, key),
        Input::Many(choices) => toggle(form, &spot, choices, key),
        Input::Pick(choices) if form.text(&spot).is_empty() => {
            match choices.iter().find(|one| Some(one.digit) == typed) {
                Some(one) => {
                    form.set(spot.clone(), &one.value);
                    Answered::On
                }
                None => write(form, &spot, cursor, key),
            }
        }
        Input::Pick(_) | Input::Line => write(form, &spot, cursor, key),
        Input::Plain | Input::Day | Input::Yuan => write(form, &spot, cursor, key.with_twin()),
    };
    match changed {
        Answered::Not => false,
        Answered::Here => {
            form.follow(&spot);
            true
        }
        Answered::On => {
            form.follow(&spot);
            cursor.stand(form, Some(spot));
            if !cursor.go_down_members(form) {
                cursor.go(form, Way::Open);
            }
            true
        }
    }
}

/// Takes pasted text into the place at the cursor.
pub fn paste(form: &mut Form, cursor: &mut Cursor, text: &str, look: &Look) -> bool {
    let Some(spot) = cursor.at.clone() else {
        return false;
    };
    match form.input(&spot, look) {
        Input::One(_) | Input::Many(_) => false,
        Input::Pick(_) | Input::Line | Input::Plain | Input::Day | Input::Yuan => {
            cursor.field.insert(text);
            form.set(spot, cursor.field.text());
            true
        }
    }
}

/// What a key did.
enum Answered {
    Not,
    /// The answer changed.
    Here,
    /// It is whole: the cursor goes on.
    On,
}

fn write(form: &mut Form, spot: &Spot, cursor: &mut Cursor, key: Key) -> Answered {
    let before = cursor.field.text().to_owned();
    if !cursor.field.key(key) || cursor.field.text() == before {
        return Answered::Not;
    }
    let text = cursor.field.text().to_owned();
    form.set(spot.clone(), &text);
    Answered::Here
}

fn choose(form: &mut Form, spot: &Spot, choices: &[Choice], key: Key) -> Answered {
    let typed = key.with_twin().typed().filter(|sign| *sign != ' ');
    if let Some(one) = choices.iter().find(|one| Some(one.digit) == typed) {
        form.set(spot.clone(), &one.value);
        return Answered::On;
    }
    let told = form.text(spot);
    let at = choices.iter().position(|one| one.value == told);
    let count = choices.len();
    let to = match key.code {
        Code::Right | Code::Char(' ') => at.map_or(0, |at| (at + 1) % count.max(1)),
        Code::Left => at.map_or(0, |at| at.checked_sub(1).unwrap_or(count.saturating_sub(1))),
        Code::Backspace | Code::Delete => {
            form.set(spot.clone(), "");
            return Answered::Here;
        }
        _ => return Answered::Not,
    };
    match choices.get(to) {
        Some(one) => {
            form.set(spot.clone(), &one.value);
            Answered::Here
        }
        None => Answered::Not,
    }
}

fn toggle(form: &mut Form, spot: &Spot, choices: &[Choice], key: Key) -> Answered {
    let typed = key.with_twin().typed().filter(|sign| *sign != ' ');
    let told = form.text(spot).split(',').filter(|one| !one.is_empty());
    let mut told: Vec<String> = told.map(str::to_owned).collect();
    if let Some(one) = choices.iter().find(|one| Some(one.digit) == typed) {
        match told.iter().position(|value| *value == one.value) {
            Some(at) => {
                told.remove(at);
            }
            None => told.push(one.value.clone()),
        }
    } else if key.code == Code::Backspace {
        told.pop();
    } else if key.code == Code::Char(' ') {
        told = choices.iter().map(|one| one.value.clone()).collect();
    } else {
        return Answered::Not;
    }
    let in_order = choices.iter().filter(|one| told.contains(&one.value));
    let told: Vec<&str> = in_order.map(|one| one.value.as_str()).collect();
    form.set(spot.clone(), &told.join(","));
    Answered::Here
}

fn first_open(form: &Form, steps: impl Iterator<Item = Step>) -> Option<Spot> {
    let mut spots = steps.flat_map(|step| form.spots(step));
    spots.find(|spot| form.is_open(spot))
}

/// Lets the cursor stand in a place there still is.
pub fn settle(state: &mut State) {
    let (Some(form), Some(cursor)) = (&state.form, &mut state.cursor) else {
        return;
    };
    let spots = form.spots(cursor.step);
    let is_here = cursor.at.as_ref().is_some_and(|at| spots.contains(at));
    if !is_here && (cursor.at.is_some() || !spots.is_empty()) {
        cursor.stand(form, spots.into_iter().next());
    }
}
