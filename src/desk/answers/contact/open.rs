//! Forms in progress: saved as far as they are, for anybody to go on with.

use crate::{
    catalog::Catalog,
    desk::{
        Stop,
        answers::{Pen, undo::staff_name},
        request::KeptForm,
        view::visit as form_facts,
    },
    domain::{
        event::{self, Event, contact::FormKept},
        form::{FilledForm, FormContext, FormDef, Section, progress},
        id::PersonId,
        open_form::{OpenForms, Part, SectionsDone, merged},
        programmes::ProgrammeKind,
        refusal::{ContactRefusal, PersonRefusal},
        rows::id_key,
        tables::Read,
        value::Answers,
        visit,
    },
    store,
};

/// Saves forms of a person as far as they are filled in.
pub fn keep<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: PersonId,
    forms: &[KeptForm],
) -> Result<(), Stop> {
    let card = pen.person(person)?;
    if !card.is_here() {
        return Err(PersonRefusal::NotHere { person }.into());
    }
    let open = of(pen.tables, person)?;
    let course = form_facts::course_row(pen.tables, person)?.course;
    let contacts = event::contacts(pen.tables, person)?;
    let standing: Vec<_> = contacts
        .into_iter()
        .filter(|contact| contact.withdrawn.is_none())
        .collect();
    for kept in forms {
        let id = &kept.now.form;
        let unknown = || ContactRefusal::NoForm { form: id.clone() };
        let catalog: &Catalog = pen.facts.catalog;
        let form = catalog.edition(id, &kept.now.edition).ok_or_else(unknown)?;
        let programme = visit::programme_of(id).filter(|_| visit::may_stay_open(id));
        let programme = programme.ok_or_else(unknown)?;
        let there = open.of(id);
        let merged = merged(kept.before.as_ref(), &kept.now, there.map(|o| &o.filled));
        if let Some(field) = merged.both.into_iter().next() {
            let holds = |section: &Section| section.fields.iter().any(|other| other.key == field);
            let section = form.sections.iter().position(holds);
            let is_of = |part: &&Part| Some(usize::from(part.section)) == section;
            let by = there.and_then(|open| open.parts.iter().find(is_of));
            let by = match by {
                Some(part) => staff_name(pen.tables, part.by)?,
                None => String::new(),
            };
            let form = id.clone();
            return Err(ContactRefusal::KeptMeanwhile { form, field, by }.into());
        }
        let filled = merged.filled;
        let (day, today) = (filled.visit, pen.facts.today);
        let about = (&card, &course);
        let settings = pen.settings()?.on(day);
        let context = form_facts::context(about, id, (day, today), &standing, &settings);
        let before = there.map(|open| &open.filled.answers);
        let sections = changed(form, before, &filled);
        if sections.is_empty() {
            continue;
        }
        let progress = done(form, &filled, &context);
        pen.write(Event::FormKept(FormKept {
            person,
            programme,
            form: id.clone(),
            filled: Some(filled),
            sections,
            progress,
            reason: None,
        }));
    }
    Ok(())
}

/// Gives up a form in progress, saying why.
pub fn drop<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: PersonId,
    form: &str,
    reason: &str,
) -> Result<(), Stop> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(ContactRefusal::NoReason.into());
    }
    pen.person(person)?;
    let open = of(pen.tables, person)?;
    let programme = open.of(form).and_then(|_| visit::programme_of(form));
    let programme = programme.ok_or_else(|| ContactRefusal::NotInProgress {
        form: form.to_owned(),
    })?;
    let reason = Some(reason.to_owned());
    pen.write(ended(person, programme, form, reason));
    Ok(())
}

/// Ends what is in progress of these forms: they are recorded.
pub fn end<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: PersonId,
    forms: &[FilledForm],
) -> Result<(), Stop> {
    if forms.is_empty() {
        return Ok(());
    }
    let open = of(pen.tables, person)?;
    for form in forms.iter().filter(|form| open.of(&form.form).is_some()) {
        if let Some(programme) = visit::programme_of(&form.form) {
            pen.write(ended(person, programme, &form.form, None));
        }
    }
    Ok(())
}

/// The form is no longer in progress.
fn ended(person: PersonId, programme: ProgrammeKind, form: &str, reason: Option<String>) -> Event {
    Event::FormKept(FormKept {
        person,
        programme,
        form: form.to_owned(),
        filled: None,
        sections: Vec::new(),
        progress: SectionsDone::default(),
        reason,
    })
}

/// Returns a person's forms in progress.
pub fn of<T: Read<Fault = store::Error>>(
    tables: &T,
    person: PersonId,
) -> Result<OpenForms, store::Error> {
    let open: Option<OpenForms> = tables.get(&id_key(person.0))?;
    Ok(open.unwrap_or(OpenForms::none(person)))
}

/// The sections in which an answer is another than before.
fn changed(form: &FormDef, before: Option<&Answers>, now: &FilledForm) -> Vec<u16> {
    let differs = |key: &String| before.and_then(|b| b.get(key)) != now.answers.get(key);
    let sections = form.sections.iter().zip(0..);
    let changed =
        sections.filter(|(section, _)| section.fields.iter().any(|field| differs(&field.key)));
    changed.map(|(_, at)| at).collect()
}

fn done(form: &FormDef, filled: &FilledForm, context: &FormContext) -> SectionsDone {
    let sections = progress::sections(form, &filled.answers, context);
    let asked = sections.iter().filter(|section| 0 < section.asked);
    let is_done = |section: &&progress::Progress<'_>| section.is_done() && 0 < section.answered;
    let count = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    SectionsDone {
        done: count(asked.clone().filter(is_done).count()),
        all: count(asked.count()),
    }
}
