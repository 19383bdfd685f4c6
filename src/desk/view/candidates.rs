//! Whom a row of a paper sheet may be about: found as one types, those who fit first.

use std::sync::Arc;

use crate::domain::order::Arrange as _;
use crate::{
    desk::{
        Desk, Stop,
        reply::{Candidate, CandidatesView},
        request::CandidatesAsk,
    },
    domain::{
        contact::Contact,
        course, event,
        form::FormDef,
        id::PersonId,
        programmes::ProgrammeKind,
        refusal::{ContactRefusal, PersonRefusal, Refusal},
        visit,
    },
    store::{Error, Snapshot},
};

/// How many hits are looked through.
const LIMIT: usize = 60;

impl Desk {
    /// Returns the visit forms that fit on a paper sheet, in their order.
    pub(super) fn sheet_forms(&self) -> Vec<Arc<FormDef>> {
        let forms = visit::VISIT_FORMS.iter();
        let forms = forms.filter_map(|form| self.catalog().form(form.id));
        forms.filter(|form| form.grid.is_some()).cloned().collect()
    }

    /// Finds people for a row of a sheet; whoever the form cannot be recorded for comes last,
    /// with the reason.
    pub(super) fn candidates(&self, asked: &CandidatesAsk) -> Result<CandidatesView, Stop> {
        let snapshot = self.store().snapshot()?;
        let found = self.search_in(&snapshot, &asked.text, LIMIT)?;
        let mut rows = Vec::with_capacity(found.rows.len());
        for (found, tells) in found.rows.into_iter().zip(found.tells) {
            let unfit = match found.is_gone {
                true => Some(Refusal::from(PersonRefusal::NotHere {
                    person: found.person,
                })),
                false => unfit(&snapshot, found.person, asked)?.map(Refusal::from),
            };
            rows.push(Candidate {
                found,
                tells,
                unfit,
            });
        }
        rows.arrange_by_key(|row| row.unfit.is_some());
        Ok(CandidatesView {
            query: asked.text.clone(),
            today: found.today,
            rows,
        })
    }
}

/// Returns why the form cannot be recorded for the person on this day.
fn unfit(
    snapshot: &Snapshot,
    person: PersonId,
    asked: &CandidatesAsk,
) -> Result<Option<ContactRefusal>, Error> {
    let course = super::course_of(snapshot, person)?.course;
    match visit::programme_of(&asked.form) {
        Some(ProgrammeKind::Screen35) if course.is_known_hypertensive() => {
            let known = course::Refusal::AlreadyEnrolled(ProgrammeKind::Htn);
            return Ok(Some(ContactRefusal::Rule(known)));
        }
        Some(ProgrammeKind::Screen35) | None => {}
        Some(kind) => {
            let Some(managed) = course.programmes.get(&kind).filter(|p| p.is_open()) else {
                let refusal = course::Refusal::NotEnrolled(kind);
                return Ok(Some(ContactRefusal::Rule(refusal)));
            };
            let entered = managed.entered;
            if asked.day < entered {
                let refusal = course::Refusal::BeforeEntry { entered };
                return Ok(Some(ContactRefusal::Rule(refusal)));
            }
        }
    }
    let contacts: Vec<Contact> = event::contacts_from(snapshot, person, asked.day)?;
    let mut same = contacts.iter().filter(|contact| {
        let on_form = contact.forms.iter().any(|form| form.form == asked.form);
        contact.day == asked.day && contact.withdrawn.is_none() && on_form
    });
    Ok(same.next().map(|contact| ContactRefusal::SameDay {
        form: asked.form.clone(),
        visit: contact.id,
    }))
}
