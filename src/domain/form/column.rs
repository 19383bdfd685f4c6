//! Forms whose paper has columns (ages, ordinal checks): the same question, other options.
//!
//! Which column is meant is an answer; nothing here chooses it.

use std::{borrow::Cow, sync::Arc};

use super::definition::{Choice, Field, FormDef, Kind};
use crate::domain::value::{Answers, Value};

impl FormDef {
    /// Returns the form with the options of the column these answers name; as it stands in the
    /// catalogue such a field has the options of all columns.
    pub fn in_column(&self, answers: &Answers) -> Cow<'_, Self> {
        let Some(key) = &self.column else {
            return Cow::Borrowed(self);
        };
        let column = answers.get(key).and_then(Value::code);
        let mut turned = self.clone();
        let fields = turned.sections.iter_mut().flat_map(|s| &mut s.fields);
        for field in fields.filter(|field| !field.by_column.is_empty()) {
            field.take_column(column);
        }
        Cow::Owned(turned)
    }
}

/// Returns a shared form in the column these answers name.
pub fn in_column(form: &Arc<FormDef>, answers: &Answers) -> Arc<FormDef> {
    match form.in_column(answers) {
        Cow::Borrowed(_) => Arc::clone(form),
        Cow::Owned(turned) => Arc::new(turned),
    }
}

impl Field {
    fn take_column(&mut self, column: Option<&str>) {
        let listed = self.by_column.iter();
        let found = listed.filter(|(code, _)| column.is_some_and(|column| column == code));
        let chosen: Vec<Choice> = found.flat_map(|(_, options)| options.clone()).collect();
        if let Kind::Code(options) | Kind::Codes(options) = &mut self.kind {
            *options = chosen;
        }
    }
}

/// Returns the options of all columns, each code once, in the order of first mention.
pub fn all_options(columns: &[(String, Vec<Choice>)]) -> Vec<Choice> {
    let mut all: Vec<Choice> = Vec::new();
    for option in columns.iter().flat_map(|(_, options)| options) {
        if !all.iter().any(|known| known.code == option.code) {
            all.push(option.clone());
        }
    }
    all
}
