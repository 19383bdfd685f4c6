//! Opens files people name, whatever they turn out to be: only ordinary files, only so many
//! bytes of them, and text in any encoding Chinese editors write.
//!
//! A folder, a pipe or a device is refused before it is opened: opening a pipe nobody writes
//! to would wait for ever.

use std::{
    fs::{self, File},
    io::{ErrorKind, Read as _},
    path::Path,
};

use super::roster::decoded;
use crate::domain::text::{Lang, Text};

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// There is no such file.
    Missing,
    /// A folder, a pipe or a device.
    NotAFile,
    /// Bytes it has, and how many are read at most.
    TooLarge { bytes: u64, most: u64 },
    /// Its bytes are no text.
    NoText,
    /// What the system says.
    Disk(String),
}

impl Unread {
    /// Says why, in a few words.
    pub fn said(&self, lang: Lang) -> String {
        let text = |zh, en| Text { zh, en }.get(lang).to_owned();
        match self {
            Self::Missing => text("没有这个文件", "there is no such file"),
            Self::NotAFile => text("这不是普通文件", "it is no ordinary file"),
            Self::TooLarge { bytes, most } => {
                let (bytes, most) = (bytes.div_ceil(1024), most / 1024);
                match lang {
                    Lang::Zh => format!("文件有{bytes} KB，最多 {most} KB"),
                    Lang::En => format!("it has {bytes} KB of at most {most} KB"),
                }
            }
            Self::NoText => text("不是文本文件", "it is no text"),
            Self::Disk(said) => said.clone(),
        }
    }
}

/// Returns the bytes of the ordinary file at `path`, at most `most` of them.
///
/// # Errors
/// Refuses what is no ordinary file or larger; fails with the disk.
pub fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, Unread> {
    let unread = |fault: std::io::Error| match fault.kind() {
        ErrorKind::NotFound => Unread::Missing,
        _ => Unread::Disk(fault.to_string()),
    };
    let found = fs::metadata(path).map_err(unread)?;
    if !found.is_file() {
        return Err(Unread::NotAFile);
    }
    let too_large = |bytes| Err(Unread::TooLarge { bytes, most });
    if most < found.len() {
        return too_large(found.len());
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unread)?;
    file.take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(unread)?;
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    // Files under /proc say that they are empty, and a file may grow while it is read.
    if most < length {
        return too_large(length);
    }
    Ok(bytes)
}

/// Returns the text of the ordinary file at `path`: UTF-8, UTF-16 or GB18030, with or without
/// a byte order mark.
///
/// # Errors
/// As [`bytes`]; refuses what is no text.
pub fn text(path: &Path, most: u64) -> Result<String, Unread> {
    let (text, _) = decoded(&bytes(path, most)?).map_err(|_| Unread::NoText)?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ordinary_files_of_a_size_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.toml");
        assert_eq!(bytes(&path, 10), Err(Unread::Missing));
        assert_eq!(bytes(folder.path(), 10), Err(Unread::NotAFile));
        fs::write(&path, [b'a'; 11]).unwrap();
        let too_large = Unread::TooLarge {
            bytes: 11,
            most: 10,
        };
        assert_eq!(bytes(&path, 10), Err(too_large));
        assert_eq!(bytes(&path, 11).unwrap().len(), 11);
    }

    #[cfg(unix)]
    #[test]
    fn pipes_and_devices_are_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        for path in [pipe.as_path(), Path::new("/dev/zero")] {
            assert_eq!(bytes(path, 10), Err(Unread::NotAFile));
        }
    }

    #[test]
    fn text_of_chinese_editors_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.toml");
        let said = "# 随访\n[queue]\n";
        let utf_16 = [0xff, 0xfe].into_iter();
        let gb: &[u8] = b"# \xcb\xe6\xb7\xc3\n[queue]\n";
        for bytes in [
            said.as_bytes().to_vec(),
            format!("\u{feff}{said}").into_bytes(),
            utf_16
                .chain(said.encode_utf16().flat_map(u16::to_le_bytes))
                .collect(),
            gb.to_vec(),
        ] {
            fs::write(&path, bytes).unwrap();
            assert_eq!(text(&path, 1_000).unwrap(), said);
        }
        fs::write(&path, [0; 7]).unwrap();
        assert_eq!(text(&path, 1_000), Err(Unread::NoText));
    }
}
