//! A new spreadsheet's parts, unpacked once and thrown away, before anything reads them: what
//! the archive declares of itself proves nothing.
//!
//! It looks for what would fill the memory or keep the reader busy for ever: parts larger than
//! any roster, single cells of many megabytes, endless lists of merged cells. What a part
//! means it does not ask.

use std::io::{Cursor, Read};

use zip::{ZipArchive, result::ZipError};

use super::file_kind::Container;
use crate::domain::roster::RosterFailure;

const MIB: u64 = 1024 * 1024;
/// Parts a workbook may have.
const MOST_PARTS: usize = 4_096;
/// Bytes a part that is held in memory may unpack to (shared texts, styles).
const MOST_HELD: u64 = 128 * MIB;
/// Bytes a sheet may unpack to; it is read in passing and never held.
const MOST_STREAMED: u64 = 1_024 * MIB;
/// Bytes all parts may unpack to.
const MOST_TOGETHER: u64 = 1_536 * MIB;
/// Bytes between one angle bracket and the next: a cell holds 32,767 signs at most.
const MOST_PIECE: u64 = MIB;
/// Merged cells of a sheet.
const MOST_MERGES: u64 = 100_000;

/// Tells what the archive is, and refuses a workbook that is not safe to read.
pub(super) fn checked(bytes: &[u8]) -> Result<Container, RosterFailure> {
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|fault| damaged("zip", &fault))?;
    named(&archive)?;
    if MOST_PARTS < archive.len() {
        return Err(RosterFailure::Swollen {
            part: format!("{} parts", archive.len()),
        });
    }
    let mut together = 0;
    for index in 0..archive.len() {
        let name = archive.name_for_index(index).and_then(Result::ok);
        let name = name.unwrap_or_default().into_owned();
        let part = archive.by_index(index).map_err(|fault| match fault {
            ZipError::InvalidPassword => RosterFailure::Encrypted,
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => RosterFailure::Encrypted,
            other => damaged(&name, &other),
        })?;
        together += check(&name, part, together)?;
    }
    Ok(Container::Xlsx)
}

/// Names the archive by its parts; only a new spreadsheet passes.
fn named(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<(), RosterFailure> {
    let has = |wanted: &str| {
        (0..archive.len())
            .filter_map(|index| archive.name_for_index(index)?.ok())
            .any(|name| name.starts_with(wanted))
    };
    if has("xl/workbook.bin") {
        return Err(RosterFailure::OtherSpreadsheet { format: ".xlsb" });
    }
    if has("mimetype") && has("content.xml") {
        return Err(RosterFailure::OtherSpreadsheet { format: ".ods" });
    }
    if has("word/") {
        return Err(RosterFailure::OtherDocument { format: "Word" });
    }
    if !has("xl/") {
        return Err(RosterFailure::OtherDocument {
            format: "压缩包 / archive",
        });
    }
    Ok(())
}

/// Unpacks a part and returns its bytes; `before` were unpacked before it.
fn check(name: &str, mut part: impl Read, before: u64) -> Result<u64, RosterFailure> {
    let lower = name.to_ascii_lowercase();
    let is_sheet = lower.starts_with("xl/worksheets/");
    let ending = lower.rsplit('.').next().unwrap_or_default();
    let is_markup = is_sheet || matches!(ending, "xml" | "rels");
    let most = if is_sheet { MOST_STREAMED } else { MOST_HELD };
    let most = most.min(MOST_TOGETHER.saturating_sub(before));
    let swollen = || RosterFailure::Swollen {
        part: name.to_owned(),
    };
    let mut markup = Markup::default();
    let mut unpacked = 0;
    let mut chunk = vec![0; 65_536];
    loop {
        let read = part
            .read(&mut chunk)
            .map_err(|fault| damaged(name, &fault))?;
        if read == 0 {
            return Ok(unpacked);
        }
        unpacked += u64::try_from(read).unwrap_or(u64::MAX);
        if most < unpacked {
            return Err(swollen());
        }
        if is_markup {
            markup.pass(chunk.get(..read).unwrap_or_default());
            if MOST_PIECE < markup.longest || MOST_MERGES < markup.merges {
                return Err(swollen());
            }
        }
    }
}

/// What was seen of a part of markup, piece by piece.
#[derive(Debug, Default)]
struct Markup {
    /// Bytes since the last angle bracket.
    run: u64,
    longest: u64,
    merges: u64,
    /// The signs since the last `<`, as many as tell a merged cell.
    name: Vec<u8>,
}

impl Markup {
    fn pass(&mut self, chunk: &[u8]) {
        const MERGE: &[u8] = b"mergeCell ";
        for byte in chunk {
            match byte {
                b'<' => {
                    self.run = 0;
                    self.name.clear();
                }
                b'>' => self.run = 0,
                _ => {
                    self.run += 1;
                    self.longest = self.longest.max(self.run);
                    if self.run <= 10 && self.name.len() < MERGE.len() {
                        self.name.push(*byte);
                        self.merges += u64::from(self.name == MERGE);
                    }
                }
            }
        }
    }
}

fn damaged(part: &str, fault: &dyn std::fmt::Display) -> RosterFailure {
    RosterFailure::Damaged {
        detail: format!("{part}: {fault}"),
    }
}
