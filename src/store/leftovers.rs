//! What still lies plain beside a store that was sealed: of before, or of work that was killed.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::Read as _,
    path::{Path, PathBuf},
};

use super::{Folder, backup, is_plain};
use crate::domain::order::Arrange as _;

/// How deep is looked: what was put aside has drafts and copies in it.
const DEEP: usize = 3;

impl Folder {
    /// Returns what lies here that anybody can read, beside the folder of copies: what was put
    /// aside or built before the data were sealed, and forms in progress a window still holds.
    pub fn plain_leftovers(&self) -> Vec<PathBuf> {
        let mut left: Vec<PathBuf> = entries(self.root())
            .into_iter()
            .filter(|path| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let is_left = ["replaced-", "building-", "clinic.plain."];
                is_left.iter().any(|begin| name.starts_with(begin)) && is_readable(path, DEEP)
            })
            .collect();
        let drafts = entries(&self.drafts());
        left.extend(drafts.into_iter().filter(|path| is_readable(path, 0)));
        left.arrange();
        left
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

/// Says whether a file, or one in a folder, lies plain.
fn is_readable(path: &Path, deep: usize) -> bool {
    // What a link leads to is not ours.
    let kind = fs::symlink_metadata(path).map(|found| found.file_type());
    match kind {
        Ok(kind) if kind.is_dir() => {
            let mut inside = entries(path).into_iter();
            0 < deep && inside.any(|path| is_readable(&path, deep - 1))
        }
        Ok(kind) if kind.is_file() => is_readable_file(path),
        Ok(_) | Err(_) => false,
    }
}

fn is_readable_file(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    match ending {
        "draft" => is_plain_draft(path),
        "cunyi" => backup::head(path).is_ok_and(|facts| facts.keys.is_none()),
        _ => is_plain(path) == Some(true),
    }
}

/// What is sealed never begins as what is written does.
fn is_plain_draft(path: &Path) -> bool {
    let mut begin = [0; 9];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut begin));
    read.is_ok() && begin.last() == Some(&b'{')
}
