//! A pregnancy from its first week to the 42nd day after delivery: the five checks in their
//! weeks, the visits after it, what was warned of.

use super::Life;
use crate::domain::{
    alert::Alert,
    course::{
        ProgrammeCourse, ProgrammeStatus, finding::Finding, happening::Enrolled,
        happening::Happening,
    },
    day::{Day, plus_days},
    programmes::{ProgrammeKind, Served, anc, pnc},
    visit,
};

/// A pregnancy, the last one known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pregnancy {
    /// The part before delivery, where it was followed.
    pub before: Option<Before>,
    /// The part after delivery.
    pub after: Option<After>,
    /// What was called to attention, by day; each alert of a day once.
    pub told: Vec<(Day, Alert)>,
}

/// The part before delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    pub facts: anc::Pregnancy,
    /// The due day rests on an ultrasound, not on the last menstrual period.
    pub is_corrected: bool,
    pub booked: Day,
    /// The five checks (rules §9.2).
    pub checks: Vec<Served>,
    /// Checks outside their windows.
    pub extra: Vec<Day>,
    /// The day it ended, if it did.
    pub ended: Option<Day>,
}

/// The part after delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    pub facts: pnc::Delivery,
    /// The home visit and the 42-day check.
    pub visits: Vec<Served>,
    /// The day follow-up ended, if it did.
    pub ended: Option<Day>,
}

/// Returns the last pregnancy of a person, if any was followed.
pub fn pregnancy(life: &Life<'_>) -> Option<Pregnancy> {
    let programme = |kind| life.course.programmes.get(&kind);
    let anc = programme(ProgrammeKind::Anc);
    let after = programme(ProgrammeKind::Pnc).and_then(|course| {
        let facts = course.facts.delivery()?.clone();
        // A new pregnancy leaves the delivery before it behind.
        let is_last = anc.is_none_or(|anc| anc.entered <= facts.delivered);
        is_last.then(|| After {
            visits: pnc::services(&facts, life.settings),
            ended: ended(course),
            facts,
        })
    });
    let before = anc.and_then(|course| {
        let facts = course.facts.pregnancy()?.clone();
        let is_same = after
            .as_ref()
            .is_none_or(|after| after.facts.delivered <= plus_days(facts.edd(), 42));
        is_same.then(|| before(life, course, facts))
    });
    if before.is_none() && after.is_none() {
        return None;
    }
    let since = before.as_ref().map(|before| before.booked);
    let since = since.or_else(|| Some(after.as_ref()?.facts.delivered))?;
    Some(Pregnancy {
        told: told(life, since),
        before,
        after,
    })
}

fn ended(course: &ProgrammeCourse) -> Option<Day> {
    match course.status {
        ProgrammeStatus::Ended { on, .. } => Some(on),
        ProgrammeStatus::Managed
        | ProgrammeStatus::Lost { .. }
        | ProgrammeStatus::Refused { .. } => None,
    }
}

fn before(life: &Life<'_>, course: &ProgrammeCourse, facts: anc::Pregnancy) -> Before {
    let checks = anc::services(&facts, course.entered);
    let is_done = |day: Day| checks.iter().any(|served| served.done == Some(day));
    let checked = life.standing().filter(|contact| {
        course.entered <= contact.day
            && matches!(&contact.happening, Happening::Visited(v) if v.concerns(ProgrammeKind::Anc))
    });
    Before {
        extra: checked
            .map(|contact| contact.day)
            .filter(|day| !is_done(*day))
            .collect(),
        is_corrected: is_corrected(life, course.entered),
        booked: course.entered,
        ended: ended(course),
        checks,
        facts,
    }
}

/// Whether the due day was entered as such, or moved by a check.
fn is_corrected(life: &Life<'_>, booked: Day) -> bool {
    let mut counted: Option<Day> = None;
    let mut is_corrected = false;
    for contact in life.standing().filter(|contact| booked <= contact.day) {
        match &contact.happening {
            Happening::Enrolled(Enrolled { facts, .. }) => {
                if let Some(known) = facts.pregnancy() {
                    counted = Some(known.lmp);
                    is_corrected = visit::is_due_day_corrected(&contact.forms);
                }
            }
            Happening::Visited(visited) => {
                for finding in &visited.findings {
                    if let Finding::Antenatal(check) = finding
                        && let (Some(edd), Some(lmp)) = (check.edd, counted)
                        && anc::Pregnancy::since(lmp).edd() != edd
                    {
                        counted = Some(anc::Pregnancy::due_on(edd).lmp);
                        is_corrected = true;
                    }
                }
            }
            _ => {}
        }
    }
    is_corrected
}

fn told(life: &Life<'_>, since: Day) -> Vec<(Day, Alert)> {
    let mut told = Vec::new();
    for contact in life.standing().filter(|contact| since <= contact.day) {
        let outcomes = &contact.decision.outcomes;
        let concerns = [ProgrammeKind::Anc, ProgrammeKind::Pnc];
        if concerns.iter().any(|kind| outcomes.contains_key(kind)) {
            let alerts = contact.decision.alerts.iter();
            told.extend(alerts.map(|alert| (contact.day, *alert)));
        }
    }
    told.sort_unstable();
    told.dedup();
    told
}
