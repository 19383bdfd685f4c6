//! What kind of file the bytes are, whatever the name says, and whether reading them is safe.

use super::{old_book, package};
use crate::domain::roster::RosterFailure;

/// Bytes a roster may have.
pub(super) const MOST_BYTES: u64 = 128 * 1024 * 1024;

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
        [b'P', b'K', ..] => package::checked(bytes),
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
        old_book::check(bytes).map(|()| Container::Xls)
    } else if has("WordDocument") {
        Err(RosterFailure::OtherDocument { format: "Word" })
    } else {
        Err(RosterFailure::Damaged {
            detail: "no workbook inside".to_owned(),
        })
    }
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
