//! Visits, attempts, referral checks, enrolments: decided on the person's
//! course as it stood on the day, the later contacts decided anew.

use super::Pen;
use crate::{
    desk::{Stop, request::ContactDraft, view::visit as form_facts},
    domain::{
        contact::Contact,
        course::{self, Course, Decision, Happening, PersonFacts, Recorded},
        day::Day,
        event::{self, Event, contact as contact_event},
        form::{self, FilledForm, Mark, Severity},
        id::VisitId,
        identity::Sex,
        person::Person,
        refusal::{ContactRefusal, PersonRefusal},
        settings::Settings,
        tables::{Counter, Read},
        value::Value,
        visit,
    },
    store,
};

/// What a contact would be, and what it would change.
#[derive(Debug, Clone)]
pub struct Decided {
    pub happening: Happening,
    pub decision: Decision,
    /// Later contacts whose decision changes.
    pub redecided: Vec<(VisitId, Decision)>,
    pub forms: Vec<FilledForm>,
}

/// Where a contact stands among the others of its person.
#[derive(Debug, Clone, Copy)]
struct Place {
    day: Day,
    /// The entry; the newest of all for a contact not recorded yet.
    seq: u64,
}

/// Records a contact. Returns its id.
pub fn record<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    draft: &ContactDraft,
) -> Result<VisitId, Stop> {
    let decided = decide(pen, draft, None)?;
    let contact = VisitId(pen.next(&Counter::Contact)?);
    pen.write(Event::ContactRecorded(contact_event::ContactRecorded {
        contact,
        person: draft.person,
        day: draft.day,
        forms: decided.forms,
        happening: decided.happening,
        decision: decided.decision,
    }));
    redecided(pen, draft, contact, decided.redecided);
    Ok(contact)
}

/// Corrects a recorded contact; its place in order of entry stays.
pub fn correct<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: VisitId,
    draft: &ContactDraft,
    reason: &str,
) -> Result<(), Stop> {
    let contact = standing(pen, id)?;
    let reason = given(reason)?;
    let decided = decide(pen, draft, Some(&contact))?;
    pen.write(Event::ContactCorrected(contact_event::ContactCorrected {
        contact: id,
        person: draft.person,
        reason,
        day: draft.day,
        forms: decided.forms,
        happening: decided.happening,
        decision: decided.decision,
    }));
    redecided(pen, draft, id, decided.redecided);
    Ok(())
}

/// Withdraws a recorded contact: it did not happen.
pub fn withdraw<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: VisitId,
    reason: &str,
) -> Result<(), Stop> {
    let contact = standing(pen, id)?;
    let reason = given(reason)?;
    let person = pen.person(contact.person)?;
    let others = others(pen, &person, Some(id))?;
    let (before, later) = parted(
        others,
        Place {
            day: contact.day,
            seq: contact.seq,
        },
    );
    let changed = decide_later(&person, &course_of(&before), &later);
    pen.write(Event::ContactWithdrawn(contact_event::ContactWithdrawn {
        contact: id,
        person: person.id,
        reason,
        programmes: contact_event::programmes(&contact.decision),
    }));
    for (later, decision) in changed {
        pen.write(Event::ContactRedecided(contact_event::ContactRedecided {
            contact: later,
            person: person.id,
            cause: id,
            decision,
        }));
    }
    Ok(())
}

/// Records what a life event means for a person's follow-up: its end, or its going on.
pub fn live_on<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: &Person,
    day: Day,
    happening: Happening,
) -> Result<(), Stop> {
    let others = others(pen, person, None)?;
    if others.is_empty() {
        return Ok(());
    }
    let draft = ContactDraft {
        happening: Some(happening),
        ..ContactDraft::about(person.id, day)
    };
    record(pen, &draft).map(|_| ())
}

/// Decides a contact as far as it is told, whatever its form still lacks: the
/// live outcome of a form in progress. Returns also what the rules propose by
/// themselves.
pub fn propose<T: Read<Fault = store::Error>>(
    pen: &Pen<'_, T>,
    draft: &ContactDraft,
    correcting: Option<&Contact>,
) -> Result<(Decision, Decided), Stop> {
    let person = pen.person(draft.person)?;
    let (course, later) = around(pen, &person, draft, correcting)?;
    rule(&person, draft, course, &later)
}

/// Decides a contact without writing anything down.
pub fn decide<T: Read<Fault = store::Error>>(
    pen: &Pen<'_, T>,
    draft: &ContactDraft,
    correcting: Option<&Contact>,
) -> Result<Decided, Stop> {
    let person = pen.person(draft.person)?;
    let of_life = matches!(
        draft.happening,
        Some(Happening::Left { .. } | Happening::Returned)
    );
    if !person.is_here() && !of_life {
        return Err(PersonRefusal::NotHere { person: person.id }.into());
    }
    if pen.facts.today < draft.day {
        let earliest = person.birth();
        return Err(ContactRefusal::Date {
            earliest,
            latest: pen.facts.today,
        }
        .into());
    }
    let (course, later) = around(pen, &person, draft, correcting)?;
    let (proposed, mut decided) = rule(&person, draft, course, &later)?;
    for filled in &mut decided.forms {
        complete(filled, draft, &proposed);
    }
    check_forms(pen, &person, draft, &decided.forms, correcting, &proposed)?;
    Ok(decided)
}

/// Puts in what a form may leave to the desk: its date, and what the rules decide.
fn complete(filled: &mut FilledForm, draft: &ContactDraft, proposed: &Decision) {
    let mut put = |key: &str, value: Option<Value>, mark: Mark| {
        if let Some(value) = value
            && !filled.answers.contains_key(key)
        {
            filled.answers.insert(key.to_owned(), value);
            filled.marks.insert(key.to_owned(), mark);
        }
    };
    put("visit_date", Some(Value::Date(draft.day)), Mark::Proposed);
    if let Some(kind) = visit::programme_of(&filled.form) {
        let class = proposed
            .outcomes
            .get(&kind)
            .and_then(|outcome| outcome.class);
        put(
            "class",
            class.map(|class| Value::Code(class.code().to_owned())),
            Mark::Proposed,
        );
        let due = form_facts::next_due(proposed, kind);
        put("next_date", due.map(Value::Date), Mark::Proposed);
    }
}

/// Returns the course before the draft, and the contacts after it.
fn around<T: Read<Fault = store::Error>>(
    pen: &Pen<'_, T>,
    person: &Person,
    draft: &ContactDraft,
    correcting: Option<&Contact>,
) -> Result<(Course, Vec<Contact>), Stop> {
    let others = others(pen, person, correcting.map(|contact| contact.id))?;
    same_day(&others, draft)?;
    let seq = correcting.map_or(u64::MAX, |contact| contact.seq);
    let (before, later) = parted(
        others,
        Place {
            day: draft.day,
            seq,
        },
    );
    Ok((course_of(&before), later))
}

/// Puts the draft to the rules. Returns what they propose by themselves, and
/// what is decided with the doctor's own class and date.
fn rule(
    person: &Person,
    draft: &ContactDraft,
    course: Course,
    later: &[Contact],
) -> Result<(Decision, Decided), Stop> {
    let settings = Settings::default();
    let facts = facts_of(person);
    let told = told(draft, facts.is_female)?;
    let proposed = course::decide(
        &course,
        &facts,
        &without_doctor(&told),
        draft.day,
        &settings,
    )?;
    let happening = doctors_own(told, &proposed);
    let decision = course::decide(&course, &facts, &happening, draft.day, &settings)?;
    let mut after = course;
    after.take(&happening, &decision);
    let redecided = decide_later(person, &after, later);
    let forms = draft.forms.clone();
    Ok((
        proposed,
        Decided {
            happening,
            decision,
            redecided,
            forms,
        },
    ))
}

fn told(draft: &ContactDraft, is_female: bool) -> Result<Happening, Stop> {
    let from_forms = || visit::happening(&draft.forms, draft.referral_result, is_female);
    let happening = draft.happening.clone().or_else(from_forms);
    happening.ok_or_else(|| {
        let form = draft
            .forms
            .first()
            .map_or(String::new(), |form| form.form.clone());
        ContactRefusal::NoForm { form }.into()
    })
}

/// The same happening without what the doctor set: what the rules alone propose.
pub fn without_doctor(happening: &Happening) -> Happening {
    let mut bare = happening.clone();
    if let Happening::Visited(visited) = &mut bare {
        for facts in visited.forms.values_mut() {
            facts.class = None;
            facts.next = None;
        }
    }
    bare
}

/// Drops a class or date that is the rules' own: only a departure is the doctor's.
fn doctors_own(mut happening: Happening, proposed: &Decision) -> Happening {
    if let Happening::Visited(visited) = &mut happening {
        for (kind, facts) in &mut visited.forms {
            let class = proposed
                .outcomes
                .get(kind)
                .and_then(|outcome| outcome.class);
            facts.class = facts.class.take().filter(|own| Some(own.class) != class);
            let due = form_facts::next_due(proposed, *kind);
            facts.next = facts
                .next
                .take()
                .filter(|own| due.is_some_and(|due| due != own.day));
        }
    }
    happening
}

fn check_forms<T: Read<Fault = store::Error>>(
    pen: &Pen<'_, T>,
    person: &Person,
    draft: &ContactDraft,
    forms: &[FilledForm],
    correcting: Option<&Contact>,
    proposed: &Decision,
) -> Result<(), Stop> {
    for filled in forms {
        let unknown = || ContactRefusal::NoForm {
            form: filled.form.clone(),
        };
        let form = pen.facts.catalog.form(&filled.form).ok_or_else(unknown)?;
        let mut context = form_facts::context(
            pen.tables,
            person,
            &filled.form,
            draft.day,
            pen.facts.today,
            correcting.map(|contact| contact.id),
        )?;
        form_facts::propose(&mut context, &filled.form, proposed);
        context.confirmed.clone_from(&filled.confirmed);
        let faults: Vec<_> = form::check(form, &filled.answers, &context)
            .into_iter()
            .filter(|problem| problem.severity() == Severity::Hard)
            .map(super::person::field_fault)
            .collect();
        if !faults.is_empty() {
            return Err(ContactRefusal::Form {
                form: filled.form.clone(),
                faults,
            }
            .into());
        }
    }
    Ok(())
}

/// E-FORM-DUP: one completed record of a form a day.
fn same_day(others: &[Contact], draft: &ContactDraft) -> Result<(), Stop> {
    for filled in &draft.forms {
        let same = |contact: &&Contact| {
            contact.day == draft.day && contact.forms.iter().any(|form| form.form == filled.form)
        };
        if let Some(other) = others.iter().find(same) {
            let refusal = ContactRefusal::SameDay {
                form: filled.form.clone(),
                visit: other.id,
            };
            return Err(refusal.into());
        }
    }
    Ok(())
}

/// A person's standing contacts in deciding order, without `except`.
fn others<T: Read<Fault = store::Error>>(
    pen: &Pen<'_, T>,
    person: &Person,
    except: Option<VisitId>,
) -> Result<Vec<Contact>, Stop> {
    let mut contacts = event::contacts(pen.tables, person.id)?;
    contacts.retain(|contact| contact.withdrawn.is_none() && Some(contact.id) != except);
    Ok(contacts)
}

fn parted(contacts: Vec<Contact>, place: Place) -> (Vec<Contact>, Vec<Contact>) {
    let is_before = |contact: &Contact| (contact.day, contact.seq) <= (place.day, place.seq);
    contacts.into_iter().partition(is_before)
}

/// Returns the course after these contacts, by their stored decisions.
pub fn course_of(contacts: &[Contact]) -> Course {
    let mut course = Course::default();
    for contact in contacts {
        course.take(&contact.happening, &contact.decision);
    }
    course
}

/// Decides the later contacts anew and returns those whose decision changed.
fn decide_later(person: &Person, course: &Course, later: &[Contact]) -> Vec<(VisitId, Decision)> {
    let recorded: Vec<Recorded> = later
        .iter()
        .map(|contact| Recorded {
            day: contact.day,
            happening: contact.happening.clone(),
            decision: contact.decision.clone(),
        })
        .collect();
    let settings = Settings::default();
    let anew = course::redecide(course, &facts_of(person), &recorded, |_| &settings);
    let changed = later
        .iter()
        .zip(anew)
        .filter(|(old, new)| old.decision != *new);
    changed.map(|(old, new)| (old.id, new)).collect()
}

fn redecided<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    draft: &ContactDraft,
    cause: VisitId,
    changed: Vec<(VisitId, Decision)>,
) {
    for (contact, decision) in changed {
        let person = draft.person;
        pen.write(Event::ContactRedecided(contact_event::ContactRedecided {
            contact,
            person,
            cause,
            decision,
        }));
    }
}

fn standing<T: Read<Fault = store::Error>>(pen: &Pen<'_, T>, id: VisitId) -> Result<Contact, Stop> {
    let contact = super::row(pen.tables, id)?;
    if contact.withdrawn.is_some() {
        return Err(ContactRefusal::Withdrawn { visit: id }.into());
    }
    Ok(contact)
}

fn given(reason: &str) -> Result<String, Stop> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(ContactRefusal::NoReason.into());
    }
    Ok(reason.to_owned())
}

/// Returns what the rules need to know of a person.
pub fn facts_of(person: &Person) -> PersonFacts {
    PersonFacts {
        birth: person.birth().unwrap_or(Day::MIN),
        is_female: person.sex() == Sex::Female,
        registered: Some(person.created),
    }
}
