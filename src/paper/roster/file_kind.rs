//! What kind of file the bytes are, whatever the name says, and whether unpacking them is safe.
//!
//! It unpacks nothing: sizes are those the archive's directory declares.

use crate::domain::roster::RosterFailure;

/// Bytes a roster may have.
pub(super) const MOST_BYTES: u64 = 512 * 1024 * 1024;
/// Bytes a part that is held in memory may unpack to (shared texts, styles).
const MOST_HELD: u64 = 400 * 1024 * 1024;
/// Bytes a sheet may unpack to; it is read in passing and never held.
const MOST_STREAMED: u64 = 3 * 1024 * 1024 * 1024;

/// Which reader the bytes need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    Xlsx,
    Xls,
    Text,
}

/// Tells the reader by the content; everything that is not read is named.
pub(super) fn container(bytes: &[u8]) -> Result<Container, RosterFailure> {
    let other = |format| Err(RosterFailure::OtherDocument { format });
    match bytes {
        [] => Err(RosterFailure::Empty),
        [b'P', b'K', ..] => archive(bytes),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => compound(bytes),
        [b'%', b'P', b'D', b'F', ..] => other("PDF"),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] => {
            other("图片 / picture")
        }
        [b'R', b'a', b'r', b'!', ..] | [b'7', b'z', 0xbc, 0xaf, ..] | [0x1f, 0x8b, ..] => {
            other("压缩包 / archive")
        }
        [0x09, 0x00 | 0x02 | 0x04 | 0x08, ..] => Err(RosterFailure::OtherSpreadsheet {
            format: "Excel 2–5",
        }),
        _ => marked_up(bytes),
    }
}

/// A web page or XML under a spreadsheet's name: what many web systems export as `.xls`.
fn marked_up(bytes: &[u8]) -> Result<Container, RosterFailure> {
    let head = bytes.get(..2_000.min(bytes.len())).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let start = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if !start.starts_with('<') {
        return Ok(Container::Text);
    }
    if head.contains("schemas-microsoft-com:office:spreadsheet") && !head.contains("<html") {
        return Err(RosterFailure::OtherSpreadsheet {
            format: "Excel 2003 XML",
        });
    }
    Err(RosterFailure::WebPage)
}

/// An OLE file: old Excel, encrypted new Excel, or Word.
fn compound(bytes: &[u8]) -> Result<Container, RosterFailure> {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if has("EncryptedPackage") {
        Err(RosterFailure::Encrypted)
    } else if has("Workbook") || has("Book") {
        Ok(Container::Xls)
    } else if has("WordDocument") {
        Err(RosterFailure::OtherDocument { format: "Word" })
    } else {
        Err(RosterFailure::Damaged {
            detail: "no workbook inside".to_owned(),
        })
    }
}

fn archive(bytes: &[u8]) -> Result<Container, RosterFailure> {
    let parts = parts(bytes).ok_or_else(|| RosterFailure::Damaged {
        detail: "the archive's directory is missing".to_owned(),
    })?;
    let has = |wanted: &str| parts.iter().any(|part| part.name.starts_with(wanted));
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
    for part in parts {
        let most = if part.name.starts_with("xl/worksheets/") {
            MOST_STREAMED
        } else if part.name.starts_with("xl/media/") {
            u64::MAX
        } else {
            MOST_HELD
        };
        if most < part.unpacked {
            return Err(RosterFailure::Swollen { part: part.name });
        }
    }
    Ok(Container::Xlsx)
}

struct Part {
    name: String,
    unpacked: u64,
}

/// Lists the parts by the archive's central directory.
fn parts(bytes: &[u8]) -> Option<Vec<Part>> {
    let tail_from = bytes.len().saturating_sub(66_000);
    let tail = bytes.get(tail_from..)?;
    let end = tail_from + tail.windows(4).rposition(|w| w == b"PK\x05\x06")?;
    let mut at = usize::try_from(number(bytes, end + 16, 4)?).ok()?;
    let mut parts = Vec::new();
    while bytes.get(at..at + 4) == Some(b"PK\x01\x02") {
        let length = |offset| number(bytes, at + offset, 2).and_then(|n| usize::try_from(n).ok());
        let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
        parts.push(Part {
            name: String::from_utf8_lossy(bytes.get(at + 46..at + 46 + name)?).into_owned(),
            unpacked: number(bytes, at + 24, 4)?,
        });
        at += 46 + name + extra + comment;
    }
    (!parts.is_empty()).then_some(parts)
}

/// Reads a little-endian number of `length` bytes.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let slice = bytes.get(at..at.checked_add(length)?)?;
    Some(
        slice
            .iter()
            .rev()
            .fold(0, |n, byte| n << 8 | u64::from(*byte)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case(b"", RosterFailure::Empty)]
    #[case(b"%PDF-1.7", RosterFailure::OtherDocument { format: "PDF" })]
    #[case(b"<html><table><tr><td>a</td></tr></table>", RosterFailure::WebPage)]
    #[case(b"\xef\xbb\xbf\r\n<!DOCTYPE html>", RosterFailure::WebPage)]
    fn other_files_are_named(#[case] bytes: &[u8], #[case] failure: RosterFailure) {
        assert_eq!(container(bytes), Err(failure));
    }

    #[test]
    fn a_bomb_is_refused_by_its_directory() {
        let name = b"xl/sharedStrings.xml";
        let mut bytes = b"PK\x03\x04".to_vec();
        let directory = u32::try_from(bytes.len()).unwrap();
        bytes.extend(b"PK\x01\x02");
        bytes.extend([0; 20]);
        bytes.extend(0xf000_0000_u32.to_le_bytes());
        bytes.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        bytes.extend([0; 16]);
        bytes.extend(name);
        bytes.extend(b"PK\x05\x06");
        bytes.extend([0; 12]);
        bytes.extend(directory.to_le_bytes());
        bytes.extend([0; 2]);
        assert_eq!(
            container(&bytes),
            Err(RosterFailure::Swollen {
                part: "xl/sharedStrings.xml".to_owned()
            })
        );
    }

    proptest! {
        #[test]
        fn any_bytes_have_a_kind(mut bytes in proptest::collection::vec(any::<u8>(), 0..300), start in 0_usize..4) {
            let magic: [&[u8]; 4] = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PK\x01\x02PK\x05\x06"];
            let mut whole = magic[start].to_vec();
            whole.append(&mut bytes);
            let _ = container(&whole);
        }
    }
}
