//! Before the signatures: T01 new, T16 edit, T02 print, T14 discard.

use super::{Outcome, changed, number, refused, told, wrong_state};
use crate::domain::{
    agreement::{
        action::Proposal,
        around::Around,
        change::Change,
        contract::{Agreement, Contents, Life, Origin, Print, Sheet},
        guard::{dates, parties},
        refusal::{Field, Refusal},
        rules::ORIGINALS,
        state::{State, Transition},
    },
    day::Day,
};

/// T01
pub(super) fn begin(proposal: &Proposal, around: &Around<'_>, today: Day) -> Outcome {
    let Proposal {
        scope,
        origin,
        contents,
    } = proposal;
    if matches!(origin, Origin::Automatic { .. } | Origin::BroughtIn) {
        return Err(vec![Refusal::State { state: None }]);
    }
    let mut found = parties::proposal(*scope, contents, around, today);
    found.extend(dates::replaced(origin, contents, around, today, None));
    if !found.is_empty() {
        return Err(found);
    }
    let drafted = Change::Drafted {
        scope: *scope,
        origin: origin.clone(),
        contents: Box::new(contents.clone()),
    };
    Ok(vec![changed(around.next, Transition::T01, drafted)])
}

/// T16; within a running agreement another doctor is signed anew, never written over.
pub(super) fn edit(
    agreement: &Agreement,
    contents: &Contents,
    around: &Around<'_>,
    today: Day,
) -> Outcome {
    let before = &agreement.contents;
    if agreement.state() == State::Active
        && (before.doctor != contents.doctor || before.team != contents.team)
    {
        return Err(vec![Refusal::SignAnew]);
    }
    if agreement.life != Life::Draft {
        return refused(agreement);
    }
    let found = parties::proposal(agreement.scope, contents, around, today);
    if !found.is_empty() {
        return Err(found);
    }
    let contents = Box::new(contents.clone());
    let change = Change::Edited { contents };
    Ok(vec![changed(agreement.id, Transition::T16, change)])
}

/// T02, and every later print: more than two originals are 补打.
pub(super) fn print(
    agreement: &Agreement,
    (template, copies): (&str, u32),
    around: &Around<'_>,
    today: Day,
) -> Outcome {
    let is_first = match agreement.life {
        Life::Draft => true,
        Life::Printed | Life::Signed(_) => false,
        Life::Discarded { .. } => return refused(agreement),
    };
    let found = missing(&agreement.contents, template, copies);
    if !found.is_empty() {
        return Err(found);
    }
    let numbered = number(agreement.id, agreement.number.as_ref(), around, today);
    let mut changes: Vec<_> = numbered
        .map_err(|refusal| vec![refusal])?
        .into_iter()
        .collect();
    let print = printed(agreement, Sheet::Agreement, (template, copies), today);
    let way = is_first.then_some(Transition::T02);
    changes.push(changed(agreement.id, way, Change::Printed(print)));
    Ok(changes)
}

/// A supplement page or the end sheet: beyond two copies of each they are 补打, too.
pub(super) fn print_sheet(
    agreement: &Agreement,
    sheet: Sheet,
    (template, copies): (&str, u32),
    today: Day,
) -> Outcome {
    if !agreement.has_sheet(sheet) {
        return refused(agreement);
    }
    if template.trim().is_empty() || copies == 0 {
        return Err(vec![Refusal::Field(Field::Template)]);
    }
    let print = printed(agreement, sheet, (template, copies), today);
    Ok(vec![changed(agreement.id, None, Change::Printed(print))])
}

fn printed(agreement: &Agreement, sheet: Sheet, (template, copies): (&str, u32), on: Day) -> Print {
    let originals = ORIGINALS.saturating_sub(agreement.copies(sheet));
    Print {
        template: template.to_owned(),
        copies,
        on,
        reprints: copies.saturating_sub(originals),
        sheet,
    }
}

fn missing(contents: &Contents, template: &str, copies: u32) -> Vec<Refusal> {
    let has_no_package = contents.covered.iter().any(|choice| choice.basic.is_none());
    let fields = [
        (contents.doctor.is_none(), Field::Doctor),
        (contents.years == 0, Field::Term),
        (has_no_package, Field::Packages),
        (contents.representative.is_none(), Field::Representative),
        (template.trim().is_empty() || copies == 0, Field::Template),
    ];
    let missing = fields.into_iter().filter(|(is_missing, _)| *is_missing);
    missing.map(|(_, field)| Refusal::Field(field)).collect()
}

/// T14
pub(super) fn discard(agreement: &Agreement, reason: &str, today: Day) -> Outcome {
    match agreement.life {
        Life::Draft | Life::Printed => {}
        Life::Signed(_) | Life::Discarded { .. } => return Err(vec![wrong_state(agreement)]),
    }
    told(reason, Field::Reason)?;
    let reason = reason.to_owned();
    let change = Change::Discarded { on: today, reason };
    Ok(vec![changed(agreement.id, Transition::T14, change)])
}
