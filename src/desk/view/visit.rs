//! What a visit form must know before it is filled in: the person, the last
//! records, what is open, what the rules propose, and how values went.

use crate::{
    desk::{
        Desk, Stop,
        answers::{self, Facts, Pen},
        reply::{PreviewView, TrendPoint, VisitDeskView},
        request::ContactDraft,
    },
    domain::{
        aspect::{Aspect, Seen},
        contact::Contact,
        course::{
            Course, Decision,
            decision::{ReferralChange, SlotChange},
        },
        day::Day,
        event,
        form::{FormContext, LastRecord, Target},
        id::{PersonId, VisitId},
        person::Person,
        programmes::ProgrammeKind,
        rows::{CourseRow, id_key},
        settings::Settings,
        tables::Read,
        value::Value,
        visit,
    },
    store,
};

/// How many points a trend shows.
const TREND: usize = 12;

impl Desk {
    /// Gathers what the forms of one visit need.
    pub(super) fn visit_desk(
        &self,
        person: PersonId,
        forms: &[String],
        day: Option<Day>,
    ) -> Result<VisitDeskView, Stop> {
        let snapshot = self.store().snapshot()?;
        let today = self.today_in(&snapshot)?;
        let day = day.unwrap_or(today);
        let card = answers::row(&snapshot, person)?;
        let course = course_row(&snapshot, person)?;
        let contexts: Result<Vec<FormContext>, Stop> = forms
            .iter()
            .map(|form| context(&snapshot, &card, form, day, today, None))
            .collect();
        let contacts = event::contacts(&snapshot, person)?;
        let mut seen = Vec::new();
        for kind in forms.iter().filter_map(|form| visit::programme_of(form)) {
            let aspect = Aspect::Programme(person, kind);
            seen.push(Seen {
                aspect,
                revision: snapshot.revision(aspect)?,
            });
        }
        let household = answers::row(&snapshot, card.household)?;
        Ok(VisitDeskView {
            today,
            contexts: contexts?,
            trend: trend(&contacts),
            last: contacts
                .iter()
                .rev()
                .filter(|c| !c.forms.is_empty())
                .take(4)
                .cloned()
                .collect(),
            tasks: course.course.tasks(),
            course: course.course,
            place: household.place(),
            person: card,
            seen,
        })
    }

    /// Decides a draft without writing anything.
    pub(super) fn preview(&self, draft: &ContactDraft) -> Result<PreviewView, Stop> {
        let snapshot = self.store().snapshot()?;
        let today = self.today_in(&snapshot)?;
        let facts = Facts {
            today,
            by: crate::domain::id::StaffId(0),
            catalog: self.catalog(),
        };
        let pen = Pen::new(&snapshot, &facts);
        let proposed = answers::contact::propose(&pen, draft, None)?;
        Ok(PreviewView {
            decision: proposed.decision,
            redecided: proposed.redecided,
        })
    }
}

/// Returns a person's course, empty where nothing happened yet.
pub fn course_row<T: Read<Fault = store::Error>>(
    tables: &T,
    person: PersonId,
) -> Result<CourseRow, Stop> {
    let row: Option<CourseRow> = tables.get(&id_key(person.0))?;
    Ok(row.unwrap_or_else(|| CourseRow::unknown(person)))
}

/// Returns the circumstances in which a form is filled in.
pub fn context<T: Read<Fault = store::Error>>(
    tables: &T,
    person: &Person,
    form: &str,
    day: Day,
    today: Day,
    except: Option<VisitId>,
) -> Result<FormContext, Stop> {
    let mut context = FormContext::on(day, today);
    context.birth = person.birth();
    context.sex = Some(person.sex().code().to_owned());
    context.card.clone_from(&person.card);
    let contacts: Vec<Contact> = event::contacts(tables, person.id)?
        .into_iter()
        .filter(|contact| contact.withdrawn.is_none() && Some(contact.id) != except)
        .collect();
    let of_form = |contact: &&Contact| contact.forms.iter().any(|filled| filled.form == form);
    context.recorded_on = contacts
        .iter()
        .filter(of_form)
        .map(|contact| contact.day)
        .collect();
    let last = contacts
        .iter()
        .filter(|contact| contact.day < day)
        .rfind(of_form);
    context.last = last.and_then(|contact| {
        let filled = contact.forms.iter().find(|filled| filled.form == form)?;
        Some(LastRecord {
            on: contact.day,
            answers: filled.answers.clone(),
        })
    });
    if let Some(kind) = visit::programme_of(form) {
        let course = course_row(tables, person.id)?.course;
        context.entered = course
            .programmes
            .get(&kind)
            .map(|programme| programme.entered);
        context.target = Some(target(&course, person, day));
    }
    Ok(context)
}

/// Puts what the rules propose into the context of a form.
pub fn propose(context: &mut FormContext, form: &str, decision: &Decision) {
    let Some(kind) = visit::programme_of(form) else {
        return;
    };
    let proposed = &mut context.proposed;
    if let Some(class) = decision
        .outcomes
        .get(&kind)
        .and_then(|outcome| outcome.class)
    {
        proposed
            .answers
            .insert("class".to_owned(), Value::Code(class.code().to_owned()));
    }
    if let Some(task) = next_task(decision, kind) {
        proposed
            .answers
            .insert("next_date".to_owned(), Value::Date(task.due));
        proposed.earliest = Some(task.earliest);
        proposed.latest = task.latest;
    }
}

/// Returns the day the rules set for the next follow-up of a programme.
pub fn next_due(decision: &Decision, kind: ProgrammeKind) -> Option<Day> {
    next_task(decision, kind).map(|task| task.due)
}

fn next_task(decision: &Decision, kind: ProgrammeKind) -> Option<&crate::domain::task::Task> {
    let outcome = decision.outcomes.get(&kind)?;
    match (&outcome.slot, &decision.referral) {
        (SlotChange::Set(task), _) => Some(task),
        (_, Some(ReferralChange::Set(task))) if task.programmes.contains(&kind) => Some(task),
        _ => None,
    }
}

fn target(course: &Course, person: &Person, day: Day) -> Target {
    let facts = answers::contact::facts_of(person);
    let pressure =
        crate::domain::programmes::htn::target_on(course, &facts, day, &Settings::default());
    Target {
        sbp: i64::from(pressure.sbp),
        dbp: i64::from(pressure.dbp),
    }
}

/// Returns the last measured values, oldest first.
fn trend(contacts: &[Contact]) -> Vec<TrendPoint> {
    let mut points: Vec<TrendPoint> = contacts
        .iter()
        .rev()
        .filter(|contact| contact.withdrawn.is_none())
        .filter_map(|contact| {
            let measured = contact.happening.measured()?;
            Some(TrendPoint {
                day: contact.day,
                measured,
            })
        })
        .take(TREND)
        .collect();
    points.reverse();
    points
}
