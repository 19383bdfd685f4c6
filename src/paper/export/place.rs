//! A file put in its place whole: written beside it, flushed, then given its name.
//!
//! It leaves nothing behind when writing fails.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use super::ExportFailure;

/// Whether a file of the same name may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overwrite {
    Refused,
    Allowed,
}

/// Writes a file by `write`; readable for its owner only, as it may hold people's numbers.
pub(in crate::paper) fn whole(
    path: &Path,
    overwrite: Overwrite,
    write: impl FnOnce(&mut dyn Write) -> Result<(), ExportFailure>,
) -> Result<(), ExportFailure> {
    if overwrite == Overwrite::Refused && path.exists() {
        return Err(ExportFailure::Exists);
    }
    let (beside, file) = beside(path)?;
    let written = fill(file, write).and_then(|()| name(&beside, path, overwrite));
    if written.is_err() {
        // The failure itself is what the user has to hear.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn fill(
    file: File,
    write: impl FnOnce(&mut dyn Write) -> Result<(), ExportFailure>,
) -> Result<(), ExportFailure> {
    let mut buffered = BufWriter::new(file);
    write(&mut buffered)?;
    let file = buffered
        .into_inner()
        .map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(())
}

/// Opens a new file in the same folder.
fn beside(path: &Path) -> io::Result<(PathBuf, File)> {
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?
        .to_string_lossy();
    for attempt in 0..100 {
        let beside = path.with_file_name(format!(".{name}.{}-{attempt}.tmp", std::process::id()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        match options.open(&beside) {
            Ok(file) => return Ok((beside, file)),
            Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => {}
            Err(fault) => return Err(fault),
        }
    }
    Err(io::Error::from(io::ErrorKind::AlreadyExists))
}

/// A link never replaces a file that appeared meanwhile; where the disk has no links, a last
/// look must do.
fn name(beside: &Path, path: &Path, overwrite: Overwrite) -> Result<(), ExportFailure> {
    if overwrite == Overwrite::Refused {
        match fs::hard_link(beside, path) {
            Ok(()) => {
                fs::remove_file(beside)?;
                return Ok(());
            }
            Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => {
                return Err(ExportFailure::Exists);
            }
            Err(_) if path.exists() => return Err(ExportFailure::Exists),
            Err(_) => {}
        }
    }
    fs::rename(beside, path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn a_file_is_never_overwritten_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("户.csv");
        let write =
            |text: &'static str| move |out: &mut dyn Write| Ok(out.write_all(text.as_bytes())?);
        whole(&path, Overwrite::Refused, write("一")).unwrap();
        let second = whole(&path, Overwrite::Refused, write("二"));
        assert!(matches!(second, Err(ExportFailure::Exists)));
        assert_eq!(fs::read_to_string(&path).unwrap(), "一");
        whole(&path, Overwrite::Allowed, write("三")).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "三");
        assert_eq!(files(folder.path()), 1);
    }

    #[test]
    fn a_failed_export_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let failed = whole(&path, Overwrite::Allowed, |out| {
            out.write_all(b"half")?;
            Err(ExportFailure::Disk(io::Error::from(
                io::ErrorKind::StorageFull,
            )))
        });
        assert!(failed.is_err());
        assert_eq!(files(folder.path()), 0);
    }
}
