//! What is remembered of copies besides the journal: that the last one failed, and when the second
//! folder was last seen. No resident is in it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{
    domain::{clock::Moment, failure::FailureKind},
    store::{Error, files},
};

/// The notes of a folder of copies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes {
    /// The last automatic copy failed so, since when; nothing once one went well.
    #[serde(default)]
    pub failed: Option<Failed>,
    /// When the second folder was last there, or was first looked for.
    #[serde(default)]
    pub second_seen: Option<Moment>,
}

/// A copy that was not made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    pub at: Moment,
    /// The code of what went wrong.
    code: String,
}

impl Failed {
    /// Notes what went wrong.
    pub fn of(at: Moment, kind: FailureKind) -> Self {
        let code = kind.code().to_owned();
        Self { at, code }
    }

    /// Returns what went wrong.
    pub fn kind(&self) -> FailureKind {
        let known = FailureKind::ALL;
        let kind = known.into_iter().find(|kind| kind.code() == self.code);
        kind.unwrap_or(FailureKind::Disk)
    }
}

impl Notes {
    /// Reads the notes in `folder`; where there are none, or they cannot be read, none.
    pub fn of(folder: &Path) -> Self {
        let text = fs::read_to_string(place(folder)).unwrap_or_default();
        toml::from_str(&text).unwrap_or_default()
    }

    /// Writes them where they differ from what stands there.
    ///
    /// # Errors
    /// As the disk says.
    pub fn keep(&self, folder: &Path) -> Result<(), Error> {
        if *self == Self::of(folder) {
            return Ok(());
        }
        let path = place(folder);
        // Notes are always TOML.
        let text = toml::to_string(self).unwrap_or_default();
        files::make_folder(folder)
            .and_then(|()| files::put_in_place(&path, text.as_bytes()))
            .map_err(Error::file(path))
    }
}

fn place(folder: &Path) -> PathBuf {
    folder.join("notes.toml")
}
