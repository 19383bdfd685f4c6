//! Files only their owner may read, and renames that last.

#[cfg(unix)]
use std::fs::OpenOptions;
use std::{fs::File, io, path::Path};

/// Opens a new file only its owner may read.
#[cfg(unix)]
pub(super) fn owned(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true).mode(0o600);
    options.open(path)
}

#[cfg(not(unix))]
pub(super) fn owned(path: &Path) -> io::Result<File> {
    File::create(path)
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
