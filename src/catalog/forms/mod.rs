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
    built_in("F03", "f03.toml", include_str!("f03.toml")),
    built_in("F04", "f04.toml", include_str!("f04.toml")),
    built_in("F05", "f05.toml", include_str!("f05.toml")),
    built_in("F06", "f06.toml", include_str!("f06.toml")),
    built_in("F07", "f07.toml", include_str!("f07.toml")),
    built_in("F09", "f09.toml", include_str!("f09.toml")),
    built_in("F10", "f10.toml", include_str!("f10.toml")),
    built_in("F11", "f11.toml", include_str!("f11.toml")),
    built_in("F12", "f12.toml", include_str!("f12.toml")),
    built_in("F13", "f13.toml", include_str!("f13.toml")),
    built_in("F14", "f14.toml", include_str!("f14.toml")),
    built_in("F15", "f15.toml", include_str!("f15.toml")),
    built_in("F16", "f16.toml", include_str!("f16.toml")),
    built_in("F17", "f17.toml", include_str!("f17.toml")),
    built_in("F18", "f18.toml", include_str!("f18.toml")),
    built_in("F19", "f19.toml", include_str!("f19.toml")),
    built_in("F20", "f20.toml", include_str!("f20.toml")),
    built_in(
        "F20_record",
        "f20_record.toml",
        include_str!("f20_record.toml"),
    ),
    built_in("F21", "f21.toml", include_str!("f21.toml")),
    built_in("F21_back", "f21_back.toml", include_str!("f21_back.toml")),
    built_in("F22", "f22.toml", include_str!("f22.toml")),
    built_in("F23", "f23.toml", include_str!("f23.toml")),
    built_in("F24", "f24.toml", include_str!("f24.toml")),
    built_in("F25", "f25.toml", include_str!("f25.toml")),
    built_in("F26", "f26.toml", include_str!("f26.toml")),
    built_in("F27", "f27.toml", include_str!("f27.toml")),
    built_in("enter_tb", "enter_tb.toml", include_str!("enter_tb.toml")),
    built_in(
        "enter_anc",
        "enter_anc.toml",
        include_str!("enter_anc.toml"),
    ),
    built_in(
        "enter_pnc",
        "enter_pnc.toml",
        include_str!("enter_pnc.toml"),
    ),
    built_in(
        "enter_child",
        "enter_child.toml",
        include_str!("enter_child.toml"),
    ),
    built_in(
        "enter_disabled",
        "enter_disabled.toml",
        include_str!("enter_disabled.toml"),
    ),
    built_in(
        "enter_poverty",
        "enter_poverty.toml",
        include_str!("enter_poverty.toml"),
    ),
    built_in(
        "enter_general",
        "enter_general.toml",
        include_str!("enter_general.toml"),
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
