//! The yearly assessment of whoever is covered (rules §12): it opens with the coverage, goes on
//! with the next term, and ends with the last.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{Pen, contact},
    Done, known,
};
use crate::{
    desk::request::ContactDraft,
    domain::{
        agreement::{
            contract::{Agreement, Origin},
            signed::Member,
            term::Span,
        },
        course::{
            ProgrammeCourse, ProgrammeStatus,
            happening::{EndReason, Enrolled, Happening},
        },
        day::Day,
        id::{AgreementId, PersonId},
        person::Person,
        programmes::{Facts, ProgrammeKind, general::Term},
        tables::Read,
    },
    store,
};

const ASSESSED: ProgrammeKind = ProgrammeKind::General;

/// What an agreement covers somebody for.
struct Covered {
    term: Term,
    /// The day it is told of: that of the signature or of joining.
    on: Day,
}

/// Lets the assessment of everybody follow from `before` to `after`.
pub(super) fn follow<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    before: &BTreeMap<AgreementId, Agreement>,
    after: &BTreeMap<AgreementId, Agreement>,
) -> Done {
    for person in concerned(before, after) {
        let wanted = covered(after, person, pen.facts.today);
        let known = pen.person(person)?;
        if known.is_here() {
            assess(pen, &known, wanted)?;
        }
    }
    Ok(())
}

/// Ends the assessment of somebody who is back, or never was gone, where the coverage ended with
/// the going: it begins again with the next signature.
pub fn returned<T: Read<Fault = store::Error>>(pen: &mut Pen<'_, T>, person: &Person) -> Done {
    let rows = known::of_person(pen.tables, person.id)?;
    let agreements = rows.into_iter().map(|row| row.agreement);
    let agreements = agreements.map(|one| (one.id, one)).collect();
    let wanted = covered(&agreements, person.id, pen.facts.today);
    assess(pen, person, wanted)
}

/// Returns the days the person is served; of what a roster told, once he confirmed it himself.
fn served(agreement: &Agreement, person: PersonId) -> Option<Span> {
    let signed = agreement.signed()?;
    let waits = |member: &Member| is_told(agreement) && member.is_unconfirmed();
    let is_waiting = signed.member(person).is_some_and(waits);
    agreement.coverage(person).filter(|_| !is_waiting)
}

fn is_told(agreement: &Agreement) -> bool {
    agreement.origin == Origin::BroughtIn
}

/// Returns whose coverage the changes alter.
fn concerned(
    before: &BTreeMap<AgreementId, Agreement>,
    after: &BTreeMap<AgreementId, Agreement>,
) -> BTreeSet<PersonId> {
    let mut people = BTreeSet::new();
    for (id, agreement) in after {
        let Some(signed) = agreement.signed() else {
            continue;
        };
        let old = before.get(id);
        for member in &signed.members {
            let was = old.and_then(|old| served(old, member.person));
            if was != served(agreement, member.person) {
                people.insert(member.person);
            }
        }
    }
    people
}

/// Returns what covers the person from today on: the coverage that lasts longest, begun where
/// the agreements it renews began.
fn covered(
    agreements: &BTreeMap<AgreementId, Agreement>,
    person: PersonId,
    today: Day,
) -> Option<Covered> {
    let mut best: Option<(Day, &Agreement)> = None;
    for agreement in agreements.values() {
        let span = served(agreement, person).filter(|span| today <= span.to);
        if let Some(span) = span
            && best.is_none_or(|(to, _)| to < span.to)
        {
            best = Some((span.to, agreement));
        }
    }
    let (to, last) = best?;
    let signed = last.signed()?;
    let member = signed.member(person);
    let joined = member.map_or(signed.on, |one| {
        let own = one.confirmed.as_ref().filter(|_| is_told(last));
        own.unwrap_or(&one.consent).on
    });
    let mut start = signed.term.start;
    let mut first = last;
    while let Origin::Renewal { of } | Origin::Automatic { of } = &first.origin
        && let Some(earlier) = agreements.get(of)
        && let Some(before) = earlier.signed()
        && before.coverage(person).is_some()
    {
        start = before.term.start;
        first = earlier;
    }
    let is_renewed = matches!(last.origin, Origin::Automatic { .. });
    Some(Covered {
        term: Term {
            start,
            end: Some(to),
        },
        on: if is_renewed {
            signed.on
        } else {
            signed.on.max(joined)
        },
    })
}

fn assess<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: &Person,
    wanted: Option<Covered>,
) -> Done {
    let course = contact::course_now(pen, person)?;
    if course.ended.is_some() {
        return Ok(());
    }
    let known = course.programmes.get(&ASSESSED);
    let open = known.filter(|one| ProgrammeCourse::is_open(one));
    let has = open.and_then(|one| one.facts.term().copied());
    let since = known.map(last_told);
    let today = pen.facts.today;
    match (wanted, has) {
        (Some(Covered { term, on }), has) if has != Some(term) => {
            let day = on.max(since.unwrap_or(on)).min(today);
            let day = person.birth().map_or(day, |birth| day.max(birth));
            let enrolled = Enrolled {
                facts: Facts::Term(term),
                ..Enrolled::in_programme(ASSESSED)
            };
            record(pen, person.id, day, Happening::Enrolled(enrolled))
        }
        (None, Some(_)) => {
            let left = Happening::Left {
                programme: Some(ASSESSED),
                why: EndReason::GroundGone,
            };
            record(pen, person.id, today, left)
        }
        (Some(_), _) | (None, None) => Ok(()),
    }
}

/// Returns the day nothing may be told before: what was signed long ago and is entered now stands
/// behind the end the assessment had meanwhile.
fn last_told(programme: &ProgrammeCourse) -> Day {
    match programme.status {
        ProgrammeStatus::Ended { on, .. } => on.max(programme.entered),
        ProgrammeStatus::Refused { on } => on.max(programme.entered),
        ProgrammeStatus::Managed | ProgrammeStatus::Lost { .. } => programme.entered,
    }
}

fn record<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: PersonId,
    day: Day,
    happening: Happening,
) -> Done {
    let draft = ContactDraft {
        happening: Some(happening),
        ..ContactDraft::about(person, day)
    };
    contact::record(pen, &draft).map(|_| ())
}
