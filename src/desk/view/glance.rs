//! What the detail lines say of a person: whom to call, how it went last, what
//! is taken.

use super::agreement::{self, Look};
use crate::{
    desk::{Desk, Stop, answers, reply::Glance},
    domain::{
        clock::Moment,
        contact::Contact,
        course::{Course, Happening, happening::Measured},
        event,
        form::{Field, FilledForm},
        household::{Household, key as household_key},
        id::PersonId,
        masking::telephone,
        person::{Person, key},
        programmes::ProgrammeKind,
        settings::Settings,
        task::{Task, TaskKind},
        text::{Label, Lang},
        value::{Answers, Value},
    },
    store::Snapshot,
};

/// The repeated group of a form that lists medicines.
const MEDICINES: &str = "drugs";
/// Its column that names the unit of the amount before it.
const UNIT: &str = "unit";

impl Desk {
    pub(super) fn glance(&self, id: PersonId) -> Result<Glance, Stop> {
        self.glance_in(&self.store().snapshot()?, id)
    }

    pub(super) fn glances(&self, ids: &[PersonId]) -> Result<Vec<Glance>, Stop> {
        let snapshot = self.store().snapshot()?;
        ids.iter()
            .map(|id| self.glance_in(&snapshot, *id))
            .collect()
    }

    fn glance_in(&self, snapshot: &Snapshot, id: PersonId) -> Result<Glance, Stop> {
        let person: Person = answers::row(snapshot, id)?;
        let household: Household = answers::row(snapshot, person.household)?;
        let mut contacts = event::contacts(snapshot, id)?;
        let look = Look::at(snapshot, self.today_in(snapshot)?)?;
        let promises = agreement::at_risk(&look, id)?;
        contacts.retain(|contact| contact.withdrawn.is_none());
        let (phone, phone_of) = phone_of(&person, &household);
        let filled = contacts.iter().rev().flat_map(|contact| &contact.forms);
        let medicines = filled.clone().find_map(|form| self.medicines(form));
        let under_age = contacts.iter().filter_map(under_age).collect();
        let last = last(contacts);
        let row = super::course_of(snapshot, id)?;
        let (today, settings) = (look.today, &look.settings);
        Ok(Glance {
            promises,
            person: id,
            first_visit_until: first_visit_until(&row.course, settings),
            alerts: row.alerts(today, settings),
            phone,
            phone_of,
            under_age,
            medicines: medicines.unwrap_or_default(),
            last,
            course: row.course,
            address: household.text(household_key::ADDRESS).to_owned(),
            address_here: super::address_here(snapshot, &household)?,
        })
    }

    /// Returns the medicines a form lists, one a row, as its definition words them.
    fn medicines(&self, filled: &FilledForm) -> Option<Vec<Label>> {
        let Value::Rows(rows) = filled.answers.get(MEDICINES)? else {
            return None;
        };
        let form = self.catalog().form(&filled.form)?;
        let columns = form.field(MEDICINES)?.columns();
        let worded = |lang| rows.iter().map(move |row| worded(row, columns, lang));
        let both = worded(Lang::Zh).zip(worded(Lang::En));
        let labels: Vec<Label> = both.map(|(zh, en)| Label { zh, en }).collect();
        (!labels.is_empty()).then_some(labels)
    }
}

/// Returns the last contact that tells how it stands: a pressure, a sugar, or a class; else the
/// last visit at all, such as a paper or a vaccination that asks for none.
fn last(contacts: Vec<Contact>) -> Option<Contact> {
    let measured = |contact: &Contact| contact.happening.measured();
    let tells = |contact: &Contact| {
        let is_classed = contact
            .decision
            .outcomes
            .values()
            .any(|o| o.class.is_some());
        let is_shown = |values: &Measured| {
            values.pressure().is_some() || values.fbg.is_some() || values.rbg.is_some()
        };
        measured(contact).is_some_and(|values| is_classed || is_shown(&values))
    };
    let at = contacts.iter().rposition(tells);
    let at = at.or_else(|| contacts.iter().rposition(|c| measured(c).is_some()))?;
    contacts.into_iter().nth(at)
}

/// Returns the moment the 72 hours of an open first visit end (B1).
fn first_visit_until(course: &Course, settings: &Settings) -> Option<Moment> {
    let tb = course.programmes.get(&ProgrammeKind::Tb)?;
    let is_first = |task: &Task| task.kind == TaskKind::TbFirstVisit;
    tb.slot.as_ref().filter(|task| is_first(task))?;
    tb.facts.treatment()?.first_visit_until(settings)
}

/// Returns the reason given where an enrolment was below the entry age.
fn under_age(contact: &Contact) -> Option<(ProgrammeKind, String)> {
    match &contact.happening {
        Happening::Enrolled(enrolled) => {
            Some((enrolled.programme, enrolled.under_age_reason.clone()?))
        }
        _ => None,
    }
}

/// Returns a row's answers in the order of its columns, numbers with their units.
fn worded(row: &Answers, columns: &[Field], lang: Lang) -> String {
    let mut parts: Vec<String> = Vec::new();
    for column in columns {
        let Some(value) = row.get(&column.key) else {
            continue;
        };
        let unit = column.unit.as_ref().map_or("", |unit| unit.get(lang));
        match value {
            Value::Text(text) => parts.push(text.clone()),
            Value::Int(_) | Value::Dec(_) => {
                let number = value.number().unwrap_or_default();
                parts.push(format!("{number}{unit}"));
            }
            Value::Code(code) => {
                let word = column.option(code).map(|option| option.label.get(lang));
                match (parts.last_mut(), word) {
                    (Some(amount), Some(word)) if column.key == UNIT => amount.push_str(word),
                    (_, Some(word)) => parts.push(word.to_owned()),
                    (_, None) => {}
                }
            }
            Value::Bool(_)
            | Value::Codes(_)
            | Value::Date(_)
            | Value::Month(_)
            | Value::Rows(_) => {}
        }
    }
    parts.join(" ")
}

/// Returns the number to call, masked, and whose it is where not the person's own.
fn phone_of(person: &Person, household: &Household) -> (String, Option<String>) {
    let own = person.text(key::PHONE);
    if !own.is_empty() {
        return (telephone(own), None);
    }
    let contact = person.text(key::CONTACT_PHONE);
    if !contact.is_empty() {
        let name = person.text(key::CONTACT_NAME).to_owned();
        return (telephone(contact), Some(name));
    }
    match household.text(household_key::PHONE) {
        "" => (String::new(), None),
        home => (telephone(home), Some("户".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        catalog::Catalog,
        domain::{
            course::{Decision, happening::Visited},
            id::{StaffId, VisitId},
            task::Mode,
            value::Decimal,
        },
    };

    #[test]
    fn a_unit_stands_at_its_amount_and_other_words_by_themselves() {
        let catalog = Catalog::built_in().unwrap();
        let columns = |form: &str| {
            catalog
                .form(form)
                .unwrap()
                .field(MEDICINES)
                .unwrap()
                .columns()
                .to_vec()
        };
        let text = |text: &str| Value::Text(text.to_owned());
        let code = |code: &str| Value::Code(code.to_owned());
        let row = Answers::from([
            ("name".to_owned(), text("氨氯地平")),
            ("times".to_owned(), Value::Int(1)),
            ("amount".to_owned(), Value::Int(5)),
            ("unit".to_owned(), code("1")),
            ("class".to_owned(), code("1")),
        ]);
        let told = |lang| worded(&row, &columns("F24"), lang);
        assert_eq!(told(Lang::Zh), "氨氯地平 1次/日 5mg 一般药");
        assert_eq!(told(Lang::En), "氨氯地平 1/day 5mg ordinary");
    }

    /// A visit of which nothing was decided.
    fn visited(day: &str, measured: Measured) -> Contact {
        Contact {
            id: VisitId(1),
            person: PersonId(1),
            day: day.parse().unwrap(),
            seq: 1,
            by: StaffId(1),
            at: 0,
            forms: Vec::new(),
            happening: Happening::Visited(Visited {
                mode: Mode::Home,
                measured,
                pregnant: false,
                lactating: false,
                forms: BTreeMap::new(),
                referral_result: None,
                findings: Vec::new(),
                next: BTreeMap::new(),
            }),
            decision: Decision::default(),
            edition: 0,
            corrections: Vec::new(),
            withdrawn: None,
        }
    }

    #[test]
    fn the_last_visit_has_a_pressure_or_a_sugar_or_is_the_last_at_all() {
        let pressure = Measured {
            sbp: Some(130),
            dbp: Some(80),
            ..Measured::default()
        };
        let sugar = Measured {
            rbg: Some(Decimal::from_thousandths(7_800)),
            ..Measured::default()
        };
        let warmth = Measured {
            temp: Some(Decimal::from_thousandths(36_600)),
            ..Measured::default()
        };
        let days = [pressure, sugar, warmth].map(|first| {
            let then = visited("2026-09-20", Measured::default());
            let told = last(vec![visited("2026-06-20", first), then]);
            told.unwrap().day.to_string()
        });
        assert_eq!(days, ["2026-06-20", "2026-06-20", "2026-09-20"]);
    }
}
