//! Files only their owner may read, and renames that last.

use std::{
    fs::{File, OpenOptions},
    io,
    path::Path,
};

/// Returns options under which a file that is created is its owner's only.
#[cfg(unix)]
pub(super) fn owner_only() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

#[cfg(not(unix))]
pub(super) fn owner_only() -> OpenOptions {
    OpenOptions::new()
}

/// Opens a new file only its owner may read.
pub(super) fn owned(path: &Path) -> io::Result<File> {
    owner_only()
        .create(true)
        .truncate(true)
        .write(true)
        .open(path)
}

/// Makes a rename last: a power cut leaves the old file or the new.
#[cfg(unix)]
pub(super) fn settled(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
pub(super) fn settled(_path: &Path) -> io::Result<()> {
    Ok(())
}
