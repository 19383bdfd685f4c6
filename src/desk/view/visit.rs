//! What a visit form must know before it is filled in: the person, the last
//! records, what is open, what the rules propose, and how values went.

use std::collections::{BTreeMap, BTreeSet};

use super::by_rules;
use crate::{
    catalog::Catalog,
    desk::{
        Desk, Stop,
        answers::{self, Facts, Pen},
        reply::{Call, FormChoice, LaterChange, PreviewView, TrendPoint, VisitDeskView},
        request::ContactDraft,
    },
    domain::{
        agreement::standing::Renewal,
        aspect::{Aspect, Seen},
        clinic::Clinic,
        contact::Contact,
        course::Course,
        day::Day,
        event,
        form::{FormContext, FormSettings, LastRecord, Said, Target},
        household::Household,
        id::{PersonId, StaffId, VisitId},
        person::{Person, key},
        programmes::ProgrammeKind,
        refusal::ContactRefusal,
        rows::{CourseRow, clinic_key, id_key},
        settings::Settings,
        tables::Read,
        task::Task,
        visit,
    },
    store::{self, Error, Snapshot},
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
        let days = (day.unwrap_or(today), today);
        if !forms.is_empty() {
            return self.gather(&snapshot, person, forms, days, None);
        }
        let open = open_forms(&snapshot, person, today)?;
        self.gather(&snapshot, person, &open, days, None)
    }

    /// Gathers what the forms of a recorded contact need to be filled in again.
    pub(super) fn correction_desk(
        &self,
        id: VisitId,
        day: Option<Day>,
    ) -> Result<VisitDeskView, Stop> {
        let snapshot = self.store().snapshot()?;
        let today = self.today_in(&snapshot)?;
        let contact: Contact = answers::row(&snapshot, id)?;
        let forms: Vec<String> = contact.forms.iter().map(|f| f.form.clone()).collect();
        let days = (day.unwrap_or(contact.day), today);
        self.gather(&snapshot, contact.person, &forms, days, Some(contact))
    }

    /// Decides a draft without writing anything.
    pub(super) fn preview(
        &self,
        draft: &ContactDraft,
        correcting: Option<VisitId>,
    ) -> Result<PreviewView, Stop> {
        let snapshot = self.store().snapshot()?;
        let today = self.today_in(&snapshot)?;
        let facts = Facts {
            today,
            by: StaffId(0),
            catalog: self.catalog(),
        };
        let correcting: Option<Contact> = match correcting {
            Some(id) => Some(answers::row(&snapshot, id)?),
            None => None,
        };
        let pen = Pen::new(&snapshot, &facts);
        let (rules, decided) = answers::contact::propose(&pen, draft, correcting.as_ref())?;
        let mut later = Vec::new();
        for changed in &decided.redecided {
            let contact: Contact = answers::row(&snapshot, changed.contact)?;
            later.push(LaterChange {
                contact: changed.contact,
                day: contact.day,
                before: contact.decision,
                after: changed.decision.clone(),
            });
        }
        let row = course_row(&snapshot, draft.person)?;
        let settings = pen.settings()?.on(draft.day);
        let proposed = draft.forms.iter().map(|filled| {
            let mut context = FormContext::on(draft.day, today);
            by_rules::propose(&mut context, filled, &rules, &row, &settings);
            context.proposed
        });
        Ok(PreviewView {
            proposed: proposed.collect(),
            decision: decided.decision,
            redecided: decided
                .redecided
                .into_iter()
                .map(|later| (later.contact, later.decision))
                .collect(),
            later,
        })
    }

    fn gather(
        &self,
        snapshot: &Snapshot,
        person: PersonId,
        forms: &[String],
        (day, today): (Day, Day),
        correcting: Option<Contact>,
    ) -> Result<VisitDeskView, Stop> {
        let card: Person = answers::row(snapshot, person)?;
        let course = course_row(snapshot, person)?;
        let except = correcting.as_ref().map(|contact| contact.id);
        let found = forms.iter().map(|id| {
            let form = self.catalog().form(id).cloned();
            form.ok_or_else(|| Stop::from(ContactRefusal::NoForm { form: id.clone() }))
        });
        let found: Result<Vec<_>, Stop> = found.collect();
        let contacts = event::contacts(snapshot, person)?;
        let standing: Vec<Contact> = contacts
            .iter()
            .filter(|c| c.withdrawn.is_none() && Some(c.id) != except)
            .cloned()
            .collect();
        let settings = answers::settings::kept(snapshot)?.on(day);
        let said = said(self.catalog(), &standing, day);
        let household: Household = answers::row(snapshot, card.household)?;
        let tasks = course.tasks(day, &settings);
        let clinic: Option<Clinic> = snapshot.get(&clinic_key())?;
        let clinic = clinic.map_or_else(String::new, |clinic| clinic.name);
        let mut doses = visit::doses_of(&tasks).filter(|(_, earliest)| *earliest <= day);
        let contexts: Vec<FormContext> = forms
            .iter()
            .map(|form| {
                let about = (&card, &course.course);
                let mut known = context(about, form, (day, today), &standing, &settings);
                known.said.clone_from(&said);
                let slip = visit::SlipKnown {
                    clinic: &clinic,
                    course: &course.course,
                    contacts: &standing,
                    day,
                };
                known.given.extend(visit::slip_opening(form, &slip));
                if let Some(given) = visit::given_dose(form, &mut doses) {
                    known.given.extend(given);
                }
                for (key, value) in &household.card {
                    let entry = known.card.entry(key.clone());
                    entry.or_insert_with(|| value.clone());
                }
                known
            })
            .collect();
        let mut seen = Vec::new();
        let kinds: BTreeSet<ProgrammeKind> = forms
            .iter()
            .flat_map(|form| visit::programmes_of(form))
            .collect();
        for kind in kinds {
            let aspect = Aspect::Programme(person, kind);
            seen.push(Seen {
                aspect,
                revision: snapshot.revision(aspect)?,
            });
        }
        let is_earlier = |c: &&Contact| {
            !c.forms.is_empty() && c.withdrawn.is_none() && Some(c.id) != except && c.day <= day
        };
        Ok(VisitDeskView {
            today,
            forms: found?,
            contexts,
            trend: trend(&contacts),
            last: contacts
                .iter()
                .rev()
                .filter(is_earlier)
                .take(4)
                .cloned()
                .collect(),
            choices: choices(self.catalog(), &course, &tasks, day),
            tasks: course.course.tasks(),
            course: course.course,
            place: super::place_of(snapshot, &household, super::several_villages(snapshot)?)?,
            open: super::open_form::in_progress(
                (snapshot, self.seat.catalog),
                person,
                forms,
                correcting.as_ref(),
            )?,
            drafts: self
                .drafts_waiting(StaffId(0))?
                .into_iter()
                .filter(|draft| draft.person == Some(person))
                .collect(),
            call: call(&card, &household),
            renewal: match correcting {
                Some(_) => None,
                None => renewal(snapshot, person, day, &settings)?,
            },
            person: card,
            seen,
            correcting,
        })
    }
}

/// Returns the forms of what the person is visited for today.
fn open_forms(snapshot: &Snapshot, person: PersonId, today: Day) -> Result<Vec<String>, Stop> {
    let row = course_row(snapshot, person)?;
    let tasks = row.tasks(today, &super::settings_now(snapshot)?);
    let mut forms = visit::forms_of(&visit::visited_for(&tasks, today), &row.who(today));
    // What is in progress is gone on with, whatever else is due.
    let begun = answers::contact::open::of(snapshot, person)?.forms;
    let begun = begun.into_iter().map(|open| open.filled.form);
    let begun: Vec<String> = begun.filter(|form| !forms.contains(form)).collect();
    forms.extend(begun);
    Ok(forms)
}

/// Returns what can be filled in for a person.
fn choices(catalog: &Catalog, row: &CourseRow, tasks: &[Task], day: Day) -> Vec<FormChoice> {
    let who = row.who(day);
    visit::fillable(tasks, &who)
        .into_iter()
        .filter_map(|found| {
            Some(FormChoice {
                forms: found.forms(&who),
                title: catalog.form(found.form.id)?.title.clone(),
                task: found.task,
            })
        })
        .collect()
}

/// Returns whom to call in an emergency: the contact person, else the person,
/// else the household.
fn call(person: &Person, household: &Household) -> Option<Call> {
    let text = |field| person.text(field).to_owned();
    let numbers = [
        (text(key::CONTACT_NAME), text(key::CONTACT_PHONE)),
        (String::new(), text(key::PHONE)),
        (String::new(), household.text("phone").to_owned()),
    ];
    let mut numbers = numbers.into_iter();
    let (name, phone) = numbers.find(|(_, phone)| !phone.is_empty())?;
    Some(Call { name, phone })
}

/// Returns a person's course, empty where nothing happened yet.
pub fn course_row<T: Read<Fault = store::Error>>(
    tables: &T,
    person: PersonId,
) -> Result<CourseRow, Stop> {
    let row: Option<CourseRow> = tables.get(&id_key(person.0))?;
    Ok(row.unwrap_or_else(|| CourseRow::unknown(person)))
}

/// Returns the circumstances in which a form is filled in on `day`, with the settings in
/// force then; `standing` are the person's contacts that count, in order, without the one
/// being corrected.
pub fn context(
    (person, course): (&Person, &Course),
    form: &str,
    (day, today): (Day, Day),
    standing: &[Contact],
    settings: &Settings,
) -> FormContext {
    let mut context = FormContext::on(day, today);
    context.settings = FormSettings::from(settings);
    context.birth = person.birth();
    context.sex = Some(person.sex().code().to_owned());
    context.card.clone_from(&person.card);
    let of_form = |contact: &&Contact| contact.forms.iter().any(|filled| filled.form == form);
    if visit::visit_form(form).is_none_or(|known| known.apart.is_none()) {
        let days = standing.iter().filter(of_form).map(|contact| contact.day);
        context.recorded_on = days.collect();
    }
    let last = standing
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
    let managed = course.programmes.iter();
    let managed = managed.filter(|(_, programme)| programme.is_open());
    context.groups = managed.map(|(kind, _)| kind.code().to_owned()).collect();
    if let Some(kind) = visit::programme_of(form) {
        context.entered = course
            .programmes
            .get(&kind)
            .map(|programme| programme.entered);
        context.target = Some(target(course, person, day, settings));
    }
    context
}

/// Returns the last answers to shared questions before a day, by shared name.
fn said(catalog: &Catalog, standing: &[Contact], day: Day) -> BTreeMap<String, Said> {
    let mut found = BTreeMap::new();
    for contact in standing.iter().filter(|contact| contact.day <= day) {
        for filled in &contact.forms {
            let fields = catalog.form(&filled.form).map(|form| form.fields());
            for field in fields.into_iter().flatten() {
                if let (Some(name), Some(value)) = (&field.share, filled.answers.get(&field.key)) {
                    let (on, value) = (contact.day, value.clone());
                    found.insert(name.clone(), Said { on, value });
                }
            }
        }
    }
    found
}

fn target(course: &Course, person: &Person, day: Day, settings: &Settings) -> Target {
    let facts = crate::domain::course::PersonFacts::of(person);
    let pressure = crate::domain::programmes::htn::target_on(course, &facts, day, settings);
    Target {
        sbp: i64::from(pressure.sbp),
        dbp: i64::from(pressure.dbp),
        fbg: Some(crate::domain::programmes::dm::target_of(course, settings)),
    }
}

/// Returns what a visit on the day may speak of with the representative of an agreement.
fn renewal(
    snapshot: &Snapshot,
    person: PersonId,
    day: Day,
    settings: &Settings,
) -> Result<Option<Renewal>, Error> {
    let rows = answers::agreement::known::of_person(snapshot, person)?;
    let rows = rows.into_iter().map(|row| row.agreement);
    let mut own = rows.filter(|one| one.is_represented_by(person));
    Ok(own.find_map(|one| one.renewal_to_speak_of(day, &settings.agreements)))
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
