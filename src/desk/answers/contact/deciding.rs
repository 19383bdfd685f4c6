//! Deciding one contact: what it tells, what the rules propose, what the
//! doctor set himself, and whether its forms are complete. Nothing is written.

use std::borrow::Cow;

use chrono::Datelike as _;

use super::{Place, Redecided, decide_later, others, parted, pending};
use crate::{
    catalog::Catalog,
    desk::{
        Stop,
        answers::{Pen, contact::course_of, person::field_fault},
        request::ContactDraft,
        view::{by_rules, visit as form_facts},
    },
    domain::{
        contact::Contact,
        course::{self, Course, Decision, Happening, PersonFacts, finding::Finding},
        day::{year_end, year_start},
        event,
        form::{self, FilledForm, Mark, Severity},
        person::Person,
        refusal::{ContactRefusal, PersonRefusal},
        rows::CourseRow,
        settings::{KeptSettings, Settings},
        tables::Read,
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
    /// The edition of the settings it is decided with.
    pub edition: u32,
    /// Later contacts whose decision changes.
    pub redecided: Vec<Redecided>,
    pub forms: Vec<FilledForm>,
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
    let row = form_facts::course_row(pen.tables, person.id)?;
    let (course, later) = around(pen, &row, draft, correcting)?;
    rule(&person, draft, &course, &later, &pen.settings()?)
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
    let row = form_facts::course_row(pen.tables, person.id)?;
    let (course, later) = around(pen, &row, draft, correcting)?;
    let settings = pen.settings()?;
    let (proposed, mut decided) = rule(&person, draft, &course, &later, &settings)?;
    for filled in &mut decided.forms {
        complete(filled, draft, &proposed, pen.facts.catalog);
    }
    let settings = settings.on(draft.day);
    let of = Checked {
        correcting,
        proposed: &proposed,
        settings: &settings,
    };
    check_forms(pen, (&person, &row), draft, &decided.forms, &of)?;
    Ok(decided)
}

/// Puts in what a form may leave to the desk: its date, and what the rules decide.
fn complete(filled: &mut FilledForm, draft: &ContactDraft, proposed: &Decision, catalog: &Catalog) {
    let form = catalog.form(&filled.form);
    let mut put = |key: &str, value: Option<Value>, mark: Mark| {
        if let Some(value) = value
            && !filled.answers.contains_key(key)
            && form.is_some_and(|form| form.field(key).is_some())
        {
            filled.answers.insert(key.to_owned(), value);
            filled.marks.insert(key.to_owned(), mark);
        }
    };
    let day = form.and_then(|form| form.visit_day.as_deref());
    if let Some(key) = day {
        put(key, Some(Value::Date(draft.day)), Mark::Proposed);
    }
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
        let due = by_rules::next_due(proposed, kind);
        put("next_date", due.map(Value::Date), Mark::Proposed);
    }
}

/// Returns the course before the draft, and the contacts after it; `row` is the course as it
/// stands.
fn around<'r, T: Read<Fault = store::Error>>(
    pen: &Pen<'_, T>,
    row: &'r CourseRow,
    draft: &ContactDraft,
    correcting: Option<&Contact>,
) -> Result<(Cow<'r, Course>, Vec<Contact>), Stop> {
    if correcting.is_none() && !pending::concerns(row.person, pen.pending()) {
        let mut since = event::contacts_from(pen.tables, row.person, draft.day)?;
        since.retain(|contact| contact.withdrawn.is_none());
        // The newest contact of all goes on from the course as it stands.
        if since.iter().all(|contact| contact.day == draft.day) {
            same_day(&since, draft)?;
            return Ok((Cow::Borrowed(&row.course), Vec::new()));
        }
    }
    let others = others(pen, row.person, correcting.map(|contact| contact.id))?;
    same_day(&others, draft)?;
    let seq = correcting.map_or(u64::MAX, |contact| contact.seq);
    let (before, later) = parted(
        others,
        Place {
            day: draft.day,
            seq,
        },
    );
    Ok((Cow::Owned(course_of(&before)), later))
}

/// Puts the draft to the rules. Returns what they propose by themselves, and
/// what is decided with the doctor's own class and date, by the settings of each day.
fn rule(
    person: &Person,
    draft: &ContactDraft,
    course: &Course,
    later: &[Contact],
    kept: &KeptSettings,
) -> Result<(Decision, Decided), Stop> {
    let settings = kept.on(draft.day);
    let facts = PersonFacts::of(person);
    let told = told(draft, facts.is_female)?;
    let bare = without_doctor(&told);
    let proposed = course::decide(course, &facts, &bare, draft.day, &settings)?;
    let happening = doctors_own(told, &proposed);
    let decision = course::decide(course, &facts, &happening, draft.day, &settings)?;
    let redecided = match later {
        [] => Vec::new(),
        [_, ..] => {
            let mut after = course.clone();
            after.take(&happening, &decision);
            decide_later(person, &after, later, kept)
        }
    };
    let forms = draft.forms.clone();
    Ok((
        proposed,
        Decided {
            happening,
            decision,
            edition: kept.number_on(draft.day),
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
        match visit::goes_with(&form) {
            Some(with) => ContactRefusal::NotAlone {
                form,
                with: with.to_owned(),
            },
            None => ContactRefusal::NoForm { form },
        }
        .into()
    })
}

/// The same happening without what the doctor set: what the rules alone propose.
fn without_doctor(happening: &Happening) -> Happening {
    let mut bare = happening.clone();
    if let Happening::Visited(visited) = &mut bare {
        for facts in visited.forms.values_mut() {
            facts.class = None;
            facts.next = None;
        }
        visited.next.clear();
        for finding in &mut visited.findings {
            if let Finding::Mental(state) = finding {
                state.class = None;
            }
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
            let due = by_rules::next_due(proposed, *kind);
            facts.next = facts
                .next
                .take()
                .filter(|own| due.is_some_and(|due| due != own.day));
        }
        visited.next.retain(|kind, own| {
            let due = by_rules::next_due(proposed, *kind);
            due.is_some_and(|due| due != own.day)
        });
        for finding in &mut visited.findings {
            let Finding::Mental(state) = finding else {
                continue;
            };
            let proposed = state.class();
            state.class = state.class.take().filter(|own| own.class != proposed);
        }
    }
    happening
}

/// What forms are checked against.
struct Checked<'a> {
    correcting: Option<&'a Contact>,
    proposed: &'a Decision,
    /// Those in force on the day of the draft.
    settings: &'a Settings,
}

fn check_forms<T: Read<Fault = store::Error>>(
    pen: &Pen<'_, T>,
    (person, row): (&Person, &CourseRow),
    draft: &ContactDraft,
    forms: &[FilledForm],
    of: &Checked<'_>,
) -> Result<(), Stop> {
    let standing = beside(pen, draft, forms, of.correcting)?;
    for filled in forms {
        let unknown = || ContactRefusal::NoForm {
            form: filled.form.clone(),
        };
        let form = pen.facts.catalog.form(&filled.form).ok_or_else(unknown)?;
        let mut context = form_facts::context(
            (person, &row.course),
            &filled.form,
            (draft.day, pen.facts.today),
            &standing,
            of.settings,
        );
        by_rules::propose(&mut context, filled, of.proposed, row, of.settings);
        context.confirmed.clone_from(&filled.confirmed);
        let faults: Vec<_> = form::check(form, &filled.answers, &context)
            .into_iter()
            .filter(|problem| problem.severity() == Severity::Hard)
            .map(field_fault)
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

/// Returns the person's contacts on which it depends whether these forms can be saved: those of
/// the same day, and of the same year where a form looks at it. What only asks to be confirmed
/// depends on the last record too, whenever that was: that stops nothing.
fn beside<T: Read<Fault = store::Error>>(
    pen: &Pen<'_, T>,
    draft: &ContactDraft,
    forms: &[FilledForm],
    correcting: Option<&Contact>,
) -> Result<Vec<Contact>, Stop> {
    let except = correcting.map(|contact| contact.id);
    if pending::concerns(draft.person, pen.pending()) {
        return others(pen, draft.person, except);
    }
    let form = |filled: &FilledForm| pen.facts.catalog.form(&filled.form);
    let looks = |filled: &FilledForm| form(filled).is_some_and(|form| form.looks_at_year());
    let days = match forms {
        [] => return Ok(Vec::new()),
        _ if forms.iter().any(looks) => (year_start(draft.day.year()), year_end(draft.day.year())),
        [_, ..] => (draft.day, draft.day),
    };
    let mut contacts = event::contacts_within(pen.tables, draft.person, days)?;
    contacts.retain(|contact| contact.withdrawn.is_none() && Some(contact.id) != except);
    Ok(contacts)
}

/// E-FORM-DUP: one completed record of a form a day.
fn same_day(others: &[Contact], draft: &ContactDraft) -> Result<(), Stop> {
    for filled in &draft.forms {
        let same = |contact: &&Contact| {
            let is_same = |form: &FilledForm| visit::is_same_record(form, filled);
            contact.day == draft.day && contact.forms.iter().any(is_same)
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
