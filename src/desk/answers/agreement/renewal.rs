//! A contact in which renewal was spoken of: logged with every running agreement the person
//! represents (agreements §9).

use super::{super::Pen, Done, about::About, gather, known};
use crate::{
    domain::{
        agreement::{
            action::Action,
            contract::Agreement,
            decide,
            refusal::{Refusal, RepresentativeFault},
            state::State,
        },
        day::Day,
        id::PersonId,
        tables::Read,
    },
    store,
};

/// Logs that renewal was spoken of with somebody.
///
/// # Errors
/// E-AGR-REP where he represents no running agreement; E-AGR-DATE outside the days in which it
/// counts.
pub fn spoken<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: PersonId,
    on: Day,
) -> Done {
    let rows = known::of_person(pen.tables, person)?;
    let agreements = rows.into_iter().map(|row| row.agreement);
    let own: Vec<Agreement> = agreements.filter(|one| is_for(one, person)).collect();
    if own.is_empty() {
        let fault = RepresentativeFault::NotTheirs;
        return super::refuse(pen.tables, vec![Refusal::Representative(fault)]);
    }
    let today = pen.facts.today;
    for before in own {
        let action = Action::SpeakOfRenewal { on };
        let about = About::of(Some(&before), &action, today);
        let facts = gather::facts(pen.tables, pen.pending(), &about, pen.facts)?;
        match decide(Some(&before), &facts.around(), &action, today) {
            Ok(changes) => super::write(pen, &facts, Some(before), changes)?,
            Err(found) => return super::refuse(pen.tables, found),
        }
    }
    Ok(())
}

fn is_for(agreement: &Agreement, person: PersonId) -> bool {
    agreement.state() == State::Active && agreement.is_represented_by(person)
}
