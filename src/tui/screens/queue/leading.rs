//! Where the rows of the queue lead: a visit, an attempt, the round and its sheet.

use super::{Shown, State, row_of};
use crate::{
    desk::{Command, reply::QueueRow},
    domain::{
        id::{HouseholdId, PersonId},
        task::TaskKind,
        visit,
    },
    tui::{
        app::Status,
        hand::Hand,
        screens::{Outcome, Screen, attempt, picture, sheet},
        widgets::scroll::Move,
        words::queue as words,
    },
};

/// Opens the person's pictures; where the row is about doses, at the vaccinations.
pub fn picture(state: &State) -> Option<Outcome> {
    let here = state.here()?;
    let is_doses = match here {
        Shown::Open(row) => row
            .row
            .tasks
            .iter()
            .all(|task| matches!(task.kind, TaskKind::Vaccination(_))),
        Shown::Contacted(_) => false,
    };
    Some(if is_doses {
        picture::at_doses(here.person())
    } else {
        Outcome::Picture(here.person())
    })
}

/// Opens the visit of the row; a row already done opens the household instead.
pub fn visit(state: &mut State) -> Option<Outcome> {
    let person = state.here()?.person();
    match state.here()? {
        Shown::Open(row) => {
            let mut forms = visit::forms_of(&row.row.tasks);
            // What is in progress is gone on with, whatever else is due.
            let begun = row.open.iter().flat_map(|open| open.forms.clone());
            let begun: Vec<String> = begun.filter(|form| !forms.contains(form)).collect();
            forms.extend(begun);
            leave(state, person);
            Some(Outcome::VisitOn(person, forms))
        }
        Shown::Contacted(_) => Some(Outcome::Visits(person)),
    }
}

/// Opens the list of what can be recorded for the person besides.
pub fn record(state: &mut State) -> Option<Outcome> {
    let person = state.here()?.person();
    leave(state, person);
    Some(Outcome::Record(person))
}

/// Opens the visits of all rows of this household, one after the other.
pub fn round(state: &mut State) -> Option<Outcome> {
    let household = state.open_row()?.row.household;
    let rows = state.rows();
    let in_order = state.lines.iter().filter_map(row_of);
    let here = in_order.filter_map(|index| match rows.get(index)? {
        Shown::Open(row) if row.row.household == household => Some(&row.row),
        Shown::Open(_) | Shown::Contacted(_) => None,
    });
    let stops: Vec<(PersonId, Vec<String>)> = here
        .map(|row| (row.person, visit::forms_of(&row.tasks)))
        .collect();
    let (last, _) = stops.last()?;
    leave_household(state, *last, household);
    Some(Outcome::Round(stops))
}

/// Opens what can be said instead of a visit.
pub fn attempt(state: &mut State) -> Option<Outcome> {
    let asked = attempt::State::of(state.open_row()?);
    let person = state.open_row()?.row.person;
    leave(state, person);
    Some(Outcome::Open(Box::new(Screen::Attempt(Box::new(asked)))))
}

/// Puts the person on today's round, or takes them off it, and moves on.
pub fn mark(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    let row = state.open_row()?;
    let (person, on) = (row.row.person, !row.is_marked);
    let mut round = state.round();
    if on {
        round.insert(person);
    } else {
        round.remove(&person);
    }
    let people = vec![person];
    let command = Command::MarkRound { people, on };
    state.marking = hand.change(command, Vec::new());
    super::go(state, Move::Down, hand);
    let text = hand.look.say(words::MARKED);
    let text = text.replace("{}", &round.len().to_string());
    Some(Outcome::Say(Status::done(text)))
}

/// Marks the rows of a person whose form was put down here, until the desk is asked again.
pub fn put_down(state: &mut State, person: PersonId) {
    if let Some(view) = &mut state.view {
        let lists = [&mut view.due, &mut view.early, &mut view.standing];
        let rows = lists.into_iter().flatten();
        for row in rows.filter(|row| row.row.person == person) {
            row.has_draft = true;
        }
    }
}

/// Notes which row comes next once this person's work is saved.
fn leave(state: &mut State, person: PersonId) {
    let rows = state.rows();
    let after = state.lines.iter().filter_map(row_of).skip(state.at + 1);
    let next = after
        .filter_map(|index| rows.get(index))
        .find(|row| row.person() != person)
        .map(Shown::key);
    state.leaving = Some((person, next));
}

/// Notes which row comes next once the last of a household is saved.
fn leave_household(state: &mut State, last: PersonId, household: HouseholdId) {
    let rows = state.rows();
    let after = state.lines.iter().filter_map(row_of).skip(state.at + 1);
    let elsewhere = |row: &&Shown<'_>| match row {
        Shown::Open(row) => row.row.household != household,
        Shown::Contacted(row) => row.household != household,
    };
    let next = after.filter_map(|index| rows.get(index)).find(elsewhere);
    let next = next.map(Shown::key);
    state.leaving = Some((last, next));
}

/// Opens the box that writes the round sheet: the rows marked, else the whole list.
pub fn sheet(state: &State, hand: &Hand<'_>) -> Option<Outcome> {
    let rows = state.rows();
    let in_order = state.lines.iter().filter_map(row_of);
    let open: Vec<&QueueRow> = in_order
        .filter_map(|index| match rows.get(index)? {
            Shown::Open(row) => Some(*row),
            Shown::Contacted(_) => None,
        })
        .collect();
    let marked: Vec<&QueueRow> = open.iter().copied().filter(|row| row.is_marked).collect();
    let chosen = if marked.is_empty() { open } else { marked };
    if chosen.is_empty() {
        return None;
    }
    let asked = sheet::State::of(chosen, hand);
    Some(Outcome::Open(Box::new(Screen::Sheet(Box::new(asked)))))
}
