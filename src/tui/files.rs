//! Users' files as the window asks for them: what lies in a folder, what a roster says.
//!
//! Each errand runs on a thread of its own; the answer comes as a message.

use std::{
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::domain::order::Arrange as _;
use crate::{
    domain::{
        day::Day,
        roster::{Gauge, ImportProgress, ImportStage, Roster, RosterFailure},
    },
    paper::roster,
};

/// What is asked of the files.
#[derive(Debug, Clone)]
pub enum Errand {
    /// The folders and rosters in a folder; the one the program was started in when empty.
    List(PathBuf),
    /// What a roster says; a folder is listed instead.
    Open {
        path: PathBuf,
        sheet: Option<String>,
        today: Day,
        gauge: Arc<Gauge>,
    },
}

/// What the files answer.
#[derive(Debug)]
pub enum Filed {
    Listed {
        folder: PathBuf,
        entries: Vec<Found>,
    },
    Read(Result<Arc<Roster>, RosterFailure>),
}

/// A folder or a roster in a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    pub is_file: bool,
    pub name: String,
}

/// Does an errand.
pub fn perform(errand: Errand) -> Filed {
    match errand {
        Errand::List(folder) => list(folder),
        Errand::Open { path, .. } if path.is_dir() => list(path),
        Errand::Open {
            path,
            sheet,
            today,
            gauge,
        } => {
            let read = roster::read(&path, sheet.as_deref(), today, &mut |at| {
                let goes_on = gauge.tell(ImportProgress {
                    stage: ImportStage::Comparing,
                    done: at.done.into(),
                    of: at.of.unwrap_or(0).into(),
                });
                if goes_on {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            });
            Filed::Read(read.map(Arc::new))
        }
    }
}

fn list(folder: PathBuf) -> Filed {
    let folder = if folder.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        folder
    };
    let folder = fs::canonicalize(&folder).unwrap_or(folder);
    Filed::Listed {
        entries: listed(&folder),
        folder,
    }
}

/// Folders first, then files with a roster's ending; hidden ones are left out.
fn listed(folder: &Path) -> Vec<Found> {
    let read = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<Found> = read
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_file = !entry.path().is_dir();
            let ending = Path::new(&name)
                .extension()?
                .to_string_lossy()
                .to_lowercase();
            let is_roster = matches!(ending.as_str(), "xlsx" | "xls" | "csv");
            (is_file && is_roster && !name.starts_with(['.', '~']))
                .then_some(Found { is_file, name })
        })
        .collect();
    let folders = fs::read_dir(folder).into_iter().flatten().flatten();
    found.extend(folders.filter_map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_shown = entry.path().is_dir() && !name.starts_with('.');
        is_shown.then_some(Found {
            is_file: false,
            name,
        })
    }));
    found.arrange();
    found
}
