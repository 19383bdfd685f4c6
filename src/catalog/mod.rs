//! Data built into the binary, cross-checked when it is read.
//!
//! Rules are code and stand in `domain`; nothing here decides anything.

pub mod forms;

use std::{fmt, sync::Arc};

use crate::domain::form::FormDef;

/// Everything built in: the forms so far.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// In the order of [`forms::BUILT_IN`].
    pub forms: Vec<Arc<FormDef>>,
}

impl Catalog {
    /// Reads and cross-checks what is built in; all faults together.
    pub fn built_in() -> Result<Self, Vec<Flaw>> {
        let forms = forms::built_in()?;
        Ok(Self {
            forms: forms.into_iter().map(Arc::new).collect(),
        })
    }

    /// Returns the form called `id` in its current edition.
    pub fn form(&self, id: &str) -> Option<&Arc<FormDef>> {
        self.forms.iter().find(|form| form.id == id)
    }

    /// Returns the form called `id` in the edition a record was made on.
    pub fn edition(&self, id: &str, edition: &str) -> Option<&Arc<FormDef>> {
        self.forms
            .iter()
            .find(|form| form.id == id && form.edition == edition)
    }
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
