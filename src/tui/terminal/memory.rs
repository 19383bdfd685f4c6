//! What was learnt of each terminal, by its name, kept between starts.
//!
//! Losing it costs nothing: every start asks again. So failures are ignored.

use std::{collections::BTreeMap, fs, path::PathBuf};

use crate::{paper::reading, tui::backend::Ambiguous};

/// Bytes the file may have: a few hundred terminals.
const MOST_BYTES: u64 = 64 * 1024;

/// A small TOML file: terminal name → whether it draws ambiguous signs in one cell.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    file: Option<PathBuf>,
}

impl Memory {
    /// Returns a memory kept in `file`, or none at all.
    pub fn of(file: Option<PathBuf>) -> Self {
        Self { file }
    }

    /// Returns what is known of the terminal.
    pub fn recall(&self, terminal: &str) -> Option<Ambiguous> {
        self.read().get(terminal).map(|narrow| {
            if *narrow {
                Ambiguous::Narrow
            } else {
                Ambiguous::WideOrUnknown
            }
        })
    }

    /// Keeps what was learnt, if it is new.
    pub fn keep(&self, terminal: &str, ambiguous: Ambiguous) {
        let narrow = ambiguous == Ambiguous::Narrow;
        let mut known = self.read();
        if known.insert(terminal.to_owned(), narrow) == Some(narrow) {
            return;
        }
        if let (Some(file), Ok(text)) = (&self.file, toml::to_string(&known)) {
            let _ = fs::write(file, text);
        }
    }

    fn read(&self) -> BTreeMap<String, bool> {
        let text = self
            .file
            .as_ref()
            .and_then(|file| reading::text(file, MOST_BYTES).ok());
        text.and_then(|text| toml::from_str(&text).ok())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_remembered_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory::of(Some(folder.path().join("terminals.toml")));
        assert_eq!(memory.recall("xterm"), None);
        memory.keep("xterm", Ambiguous::Narrow);
        memory.keep("putty", Ambiguous::WideOrUnknown);
        assert_eq!(memory.recall("xterm"), Some(Ambiguous::Narrow));
        assert_eq!(memory.recall("putty"), Some(Ambiguous::WideOrUnknown));
    }
}
