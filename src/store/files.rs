//! Files that hold what residents said: only their owner may read them, and they are replaced
//! whole.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    path::Path,
};

/// Returns options that make a file only its owner may read.
pub(super) fn for_owner() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
}

/// Opens a new file only its owner may read; what stood there is gone.
pub(super) fn owned(path: &Path) -> io::Result<File> {
    let mut options = for_owner();
    options.create(true).truncate(true).write(true).open(path)
}

/// Opens a file only its owner may read, as it is; an empty one where there is none.
pub(super) fn kept(path: &Path) -> io::Result<File> {
    let mut options = for_owner();
    options.create(true).truncate(false).read(true);
    options.write(true).open(path)
}

/// Puts a file in place of the one before: a power cut leaves the old or the new.
pub(super) fn put_in_place(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".new");
    let draft = path.with_file_name(name);
    let mut file = owned(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&draft, path)?;
    settled(path)
}

/// Fills the buffer as far as the file goes; returns how far.
pub(super) fn filled(file: &mut File, into: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = into.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(cause),
        }
    }
    Ok(filled)
}

/// Creates a folder where it is missing, which only its owner may read; but not the one it is in:
/// what was carried away, or is on a stick that is not there, is not begun anew.
///
/// # Errors
/// `NotFound` where the folder around it is not there; else as the disk says.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    match fs::create_dir(folder) {
        // Another process was first.
        Err(_) if folder.is_dir() => Ok(()),
        made => made.and_then(|()| close_to_others(folder)),
    }
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

/// Lets nobody but the owner into a folder.
#[cfg(unix)]
pub(super) fn close_to_others(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
pub(super) fn close_to_others(_folder: &Path) -> io::Result<()> {
    Ok(())
}
