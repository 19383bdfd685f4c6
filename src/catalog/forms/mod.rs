//! The form files: which there are, and how a whole set is read and cross-checked.
//!
//! How one file is read stands in `read`, what must agree between its parts in `agree`.

mod agree;
mod parts;
mod read;
mod written;

use std::{collections::BTreeSet, sync::OnceLock};

use super::Flaw;
use crate::domain::form::FormDef;

/// The shared measurements (form rules §1.3).
const MEASURES: (&str, &str) = ("measures.toml", include_str!("measures.toml"));

/// A form file built in, with the form it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltIn {
    pub id: &'static str,
    pub file: &'static str,
    pub text: &'static str,
}

/// The form files in the order people will see them.
pub const BUILT_IN: &[BuiltIn] = &[
    built_in("F01", "f01.toml", include_str!("f01.toml")),
    built_in("F02", "f02.toml", include_str!("f02.toml")),
    built_in(
        "bp_screen",
        "bp_screen.toml",
        include_str!("bp_screen.toml"),
    ),
    built_in(
        "F20_record",
        "f20_record.toml",
        include_str!("f20_record.toml"),
    ),
    built_in("F08", "f08.toml", include_str!("f08.toml")),
    built_in(
        "household",
        "household.toml",
        include_str!("household.toml"),
    ),
];

const fn built_in(id: &'static str, file: &'static str, text: &'static str) -> BuiltIn {
    BuiltIn { id, file, text }
}

/// Reads form files (name, text) with the built-in measurements; all faults together.
pub fn load(files: &[(&str, &str)]) -> Result<Vec<FormDef>, Vec<Flaw>> {
    let mut flaws = Vec::new();
    let measures = measures().map_err(Clone::clone)?;
    let mut forms = Vec::new();
    let mut seen = BTreeSet::new();
    for (file, text) in files {
        let Some(read) = read::form(file, text, measures, &mut flaws) else {
            continue;
        };
        if !seen.insert((read.form.id.clone(), read.form.edition.clone())) {
            flaws.push(Flaw {
                file: (*file).to_owned(),
                line: 1,
                what: format!("form {} {} twice", read.form.id, read.form.edition),
            });
        }
        agree::check(file, &read, &mut flaws);
        forms.push(read.form);
    }
    if flaws.is_empty() {
        Ok(forms)
    } else {
        Err(flaws)
    }
}

/// The shared measurements, read once.
pub(super) fn measures() -> Result<&'static read::Measures, &'static Vec<Flaw>> {
    static READ: OnceLock<Result<read::Measures, Vec<Flaw>>> = OnceLock::new();
    let read = READ.get_or_init(|| {
        let mut flaws = Vec::new();
        let measures = read::measures(MEASURES.0, MEASURES.1, &mut flaws);
        if flaws.is_empty() {
            Ok(measures)
        } else {
            Err(flaws)
        }
    });
    read.as_ref()
}
