//! Reads `support/filled_forms.toml`: circumstances, answers, and wrong answers of each form.

use std::{collections::BTreeMap, sync::Arc};

use cunyi::{
    catalog::Catalog,
    domain::{
        day::Day,
        form::{
            self, Field, FormContext, FormDef, LastRecord, Mark,
            fill::{self, Filled},
            typed,
        },
        value::{Answers, Value},
    },
};
use toml::Table;

const FILLED: &str = include_str!("../support/filled_forms.toml");
const ENTRIES: &str = include_str!("../support/filled_entries.toml");

/// A form with its circumstances and complete answers.
pub struct Example {
    pub form: Arc<FormDef>,
    pub context: FormContext,
    /// Typed text by field.
    pub typed: BTreeMap<String, String>,
    /// What the form must have worked out by itself, as typed text.
    pub worked_out: BTreeMap<String, String>,
    pub wrong: Vec<String>,
}

/// Returns every example, in the order of the file.
pub fn all() -> Vec<Example> {
    of(FILLED)
}

/// Returns those of the forms that are no paper of the national service alone.
pub fn entries() -> Vec<Example> {
    of(ENTRIES)
}

fn of(file: &str) -> Vec<Example> {
    let table: Table = file.parse().unwrap();
    let catalog = Catalog::built_in().unwrap();
    let forms = table["form"].as_array().unwrap().iter();
    forms
        .map(|entry| read(&catalog, entry.as_table().unwrap()))
        .collect()
}

fn read(catalog: &Catalog, entry: &Table) -> Example {
    let id = entry["id"].as_str().unwrap();
    let form = Arc::clone(catalog.form(id).unwrap_or_else(|| panic!("no form {id}")));
    let visit = day_of(entry, "visit").unwrap();
    let mut context = FormContext::on(visit, visit);
    context.birth = day_of(entry, "birth");
    context.sex = entry.get("sex").map(|v| v.as_str().unwrap().to_owned());
    context.entered = day_of(entry, "entered");
    context.proposed.earliest = day_of(entry, "earliest");
    context.proposed.interval_from = day_of(entry, "interval_from");
    context.proposed.answers = answers(&form, &texts(entry, "proposed"), visit);
    let groups = entry.get("groups").and_then(toml::Value::as_array);
    context.groups = groups.map_or_else(Default::default, |groups| {
        let codes = groups.iter().map(|code| code.as_str().unwrap().to_owned());
        codes.collect()
    });
    context.last = day_of(entry, "last").map(|on| LastRecord {
        on,
        answers: answers(&form, &texts(entry, "last_answers"), on),
    });
    let wrong = entry["wrong"].as_array().unwrap().iter();
    Example {
        form,
        context,
        typed: texts(entry, "answers"),
        worked_out: texts(entry, "filled"),
        wrong: wrong
            .map(|line| line.as_str().unwrap().to_owned())
            .collect(),
    }
}

impl Example {
    /// The answers as they stand once these texts were typed one after the other.
    pub fn filled(&self, changes: &[(String, String)]) -> Filled {
        let mut filled = fill::opening(&self.form, &self.context);
        // A carried value is no typed one; these examples state all answers themselves.
        filled.marks.retain(|_, mark| *mark != Mark::Carried);
        for (key, text) in self.typed.iter().chain(changes.iter().map(|(k, t)| (k, t))) {
            let field = self.form.field(key);
            let field = field.unwrap_or_else(|| panic!("{}: no field {key}", self.form.id));
            filled.put(key, value(field, text, self.context.today), Mark::Typed);
            filled.settle(&self.form, &self.context);
        }
        filled
    }

    /// The day of the form follows its answer.
    pub fn context_of(&self, filled: &Filled) -> FormContext {
        let day = self.form.visit_day.as_ref();
        let day = day.and_then(|key| filled.answers.get(key)?.date());
        FormContext {
            visit: day.unwrap_or(self.context.visit),
            ..self.context.clone()
        }
    }

    /// The codes of all problems after these changes, sorted.
    pub fn problems(&self, changes: &[(String, String)]) -> Vec<&'static str> {
        let filled = self.filled(changes);
        let found = form::check(&self.form, &filled.answers, &self.context_of(&filled));
        let mut codes: Vec<&str> = found.iter().map(|problem| problem.fault.code()).collect();
        codes.sort_unstable();
        codes
    }
}

fn value(field: &Field, text: &str, today: Day) -> Option<Value> {
    let wrong = || Value::Code(text.to_owned());
    let several = || Value::Codes(text.split(',').map(str::to_owned).collect());
    (!text.is_empty()).then(|| {
        typed::parse(field, text, today).unwrap_or_else(|_| match field.kind {
            form::Kind::Codes(_) => several(),
            // A calculated day stands in records, though nobody types it.
            _ => text.parse().map_or_else(|_| wrong(), Value::Date),
        })
    })
}

fn answers(form: &FormDef, texts: &BTreeMap<String, String>, today: Day) -> Answers {
    let one = |(key, text): (&String, &String)| {
        let field = form.field(key)?;
        Some((key.clone(), value(field, text, today)?))
    };
    texts.iter().filter_map(one).collect()
}

fn texts(entry: &Table, key: &str) -> BTreeMap<String, String> {
    let table = entry.get(key).and_then(toml::Value::as_table);
    let pairs = table.into_iter().flatten();
    pairs
        .map(|(key, text)| (key.clone(), text.as_str().unwrap().to_owned()))
        .collect()
}

fn day_of(entry: &Table, key: &str) -> Option<Day> {
    let day = entry.get(key)?.as_datetime()?.to_string();
    Some(day.parse().unwrap())
}
