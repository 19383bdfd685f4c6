//! The form files: which there are, and how a whole set is read and cross-checked.
//!
//! How one file is read stands in `read`, what must agree between its parts in `agree`.

mod agree;
mod parts;
mod read;
mod written;

use std::collections::BTreeSet;

use super::Flaw;
use crate::domain::form::FormDef;

/// The shared measurements (form rules §1.3).
const MEASURES: (&str, &str) = ("measures.toml", include_str!("measures.toml"));

/// The form files in the order people will see them.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("f01.toml", include_str!("f01.toml")),
    ("f02.toml", include_str!("f02.toml")),
    ("bp_screen.toml", include_str!("bp_screen.toml")),
    ("enter_tb.toml", include_str!("enter_tb.toml")),
    ("enter_anc.toml", include_str!("enter_anc.toml")),
    ("enter_pnc.toml", include_str!("enter_pnc.toml")),
    ("enter_child.toml", include_str!("enter_child.toml")),
    ("enter_disabled.toml", include_str!("enter_disabled.toml")),
    ("enter_poverty.toml", include_str!("enter_poverty.toml")),
    ("enter_general.toml", include_str!("enter_general.toml")),
    ("f08.toml", include_str!("f08.toml")),
    ("household.toml", include_str!("household.toml")),
];

/// Reads the built-in forms.
pub fn built_in() -> Result<Vec<FormDef>, Vec<Flaw>> {
    load(BUILT_IN)
}

/// Reads form files (name, text) with the built-in measurements; all faults together.
pub fn load(files: &[(&str, &str)]) -> Result<Vec<FormDef>, Vec<Flaw>> {
    let mut flaws = Vec::new();
    let measures = read::measures(MEASURES.0, MEASURES.1, &mut flaws);
    let mut forms = Vec::new();
    let mut seen = BTreeSet::new();
    for (file, text) in files {
        let Some(read) = read::form(file, text, &measures, &mut flaws) else {
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
