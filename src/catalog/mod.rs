//! Data built into the binary, cross-checked when it is read.
//!
//! Rules are code and stand in `domain`; nothing here decides anything.

pub mod forms;
pub mod growth;
pub mod papers;
pub mod settings;

mod source;

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use self::forms::BuiltIn;
use crate::domain::{form::FormDef, settings::SettingDefinition};

/// Everything built in: the forms so far. A form is read and cross-checked when it is first
/// asked for, so that starting waits for none.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// In the order of [`forms::BUILT_IN`].
    forms: Vec<(BuiltIn, OnceLock<Option<Arc<FormDef>>>)>,
    settings: OnceLock<Vec<SettingDefinition>>,
}

impl Catalog {
    /// Reads what all forms stand on, the shared measurements; each form follows when it is
    /// asked for.
    ///
    /// # Errors
    /// Names the flaws of the measurements. Those of the forms: [`Catalog::check`].
    pub fn built_in() -> Result<Self, Vec<Flaw>> {
        forms::measures().map_err(Clone::clone)?;
        let files = forms::BUILT_IN.iter();
        Ok(Self {
            forms: files.map(|file| (*file, OnceLock::new())).collect(),
            settings: OnceLock::new(),
        })
    }

    /// Reads and cross-checks everything built in; all faults together.
    ///
    /// # Errors
    /// Names every flaw of every file; a test holds that there is none.
    pub fn check() -> Result<Vec<FormDef>, Vec<Flaw>> {
        let files: Vec<(&str, &str)> = forms::BUILT_IN.iter().map(|f| (f.file, f.text)).collect();
        forms::load(&files)
    }

    /// Returns every form in its current edition.
    pub fn forms(&self) -> impl Iterator<Item = &Arc<FormDef>> {
        self.forms.iter().filter_map(read)
    }

    /// Returns the form called `id` in its current edition.
    pub fn form(&self, id: &str) -> Option<&Arc<FormDef>> {
        let mut named = self.forms.iter().filter(|(file, _)| file.id == id);
        named.find_map(read)
    }

    /// Returns the definitions of the clinic's settings, in the order people see them; a
    /// test holds that their file has no fault.
    pub fn settings(&self) -> &[SettingDefinition] {
        self.settings
            .get_or_init(|| settings::load().unwrap_or_default())
    }

    /// Returns the form called `id` in the edition a record was made on.
    pub fn edition(&self, id: &str, edition: &str) -> Option<&Arc<FormDef>> {
        let named = self.forms.iter().filter(|(file, _)| file.id == id);
        let mut editions = named.filter_map(read);
        editions.find(|form| form.edition == edition)
    }
}

fn read((file, form): &(BuiltIn, OnceLock<Option<Arc<FormDef>>>)) -> Option<&Arc<FormDef>> {
    let read = form.get_or_init(|| {
        let forms = forms::load(&[(file.file, file.text)]).ok()?;
        forms.into_iter().next().map(Arc::new)
    });
    read.as_ref()
}

/// A fault in a data file, for the developer who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    pub file: String,
    /// From 1; 0 where the fault has no line.
    pub line: usize,
    pub what: String,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}
