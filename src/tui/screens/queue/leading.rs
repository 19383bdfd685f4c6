//! Where the rows of the queue lead: a visit, an attempt, the round and its sheet.

use std::sync::Arc;

use super::{Shown, State, row_of};
use crate::{
    desk::{Command, reply::QueueRow},
    domain::{
        id::{HouseholdId, PersonId},
        task::TaskKind,
    },
    tui::{
        action::Queue,
        app::Status,
        hand::Hand,
        screens::{Outcome, Screen, attempt, picture, sheet},
        widgets::scroll::Move,
        words::queue as words,
    },
};

/// Says that nobody is listed, where a key is about the row and there is none.
pub fn nobody(state: &State, action: Queue, hand: &Hand<'_>) -> Option<Outcome> {
    use Queue as Q;
    let is_about_a_row = matches!(
        action,
        Q::Visit
            | Q::Record
            | Q::Round
            | Q::Attempt
            | Q::Why
            | Q::Household
            | Q::Visits
            | Q::Picture
            | Q::Agreement
            | Q::Mark
    );
    let is_empty = state.view.is_some() && state.count() == 0;
    (is_about_a_row && is_empty).then(|| {
        let text = hand.look.say(words::NOBODY).to_owned();
        Outcome::Say(Status::refused(text))
    })
}

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
            let forms = row.forms.clone();
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
        Shown::Open(row) if row.row.household == household => Some(row),
        Shown::Open(_) | Shown::Contacted(_) => None,
    });
    let stops: Vec<(PersonId, Vec<String>)> = here
        .map(|row| (row.row.person, row.forms.clone()))
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
            Arc::make_mut(row).has_draft = true;
        }
    }
}

/// Stands on the row of a person whose form is taken up again: its work goes on as if it
/// had been opened there.
pub fn taken_up(state: &mut State, person: PersonId, hand: &Hand<'_>) {
    if state.view.is_none() {
        state.awaited = Some(person);
        return;
    }
    let rows = state.rows();
    let mut in_order = state.lines.iter().filter_map(row_of);
    let order =
        in_order.position(|index| rows.get(index).is_some_and(|row| row.person() == person));
    if let Some(order) = order {
        state.stand(order, super::list_rows(hand.work));
        leave(state, person);
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
