//! Text tables: which encoding, which separator, and rows out of quotes that may be broken.
//!
//! The `csv` crate skips blank lines and swallows the file after an open quote; here every
//! record keeps its number and an open quote costs one cell.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::{
    cell::{Cell, MOST_COLUMNS, SheetRow},
    headers,
};
use crate::domain::roster::{RosterFailure, TextEncoding};

/// Lines a quoted cell may run over before its quote counts as never closed.
const QUOTED_LINES: usize = 12;
/// Bytes a quoted cell may have before its quote counts as never closed.
const QUOTED_BYTES: usize = 4_000;
/// Lost characters per thousand above which the text is in no encoding known here.
const LOST_PER_THOUSAND: usize = 20;
/// Records looked at to find the separator.
const PEEKED: usize = 40;

/// A text table, decoded.
#[derive(Debug)]
pub(super) struct TextFile {
    text: String,
    /// Where the first record starts, behind a `sep=` line.
    start: usize,
    pub encoding: TextEncoding,
    pub separator: char,
}

impl TextFile {
    /// Decodes the bytes and finds the separator.
    pub fn open(bytes: &[u8]) -> Result<Self, RosterFailure> {
        let (text, encoding) = decoded(bytes)?;
        if Cell::of_text(&text).is_blank() {
            return Err(RosterFailure::Empty);
        }
        let mut file = Self {
            text,
            start: 0,
            encoding,
            separator: ',',
        };
        file.separator = file
            .declared_separator()
            .unwrap_or_else(|| file.likely_separator());
        Ok(file)
    }

    /// Lists the records; blank ones keep their number and are left out.
    pub fn rows(&self) -> Rows<'_> {
        Rows {
            text: &self.text,
            separator: u8::try_from(self.separator).unwrap_or(b','),
            at: self.start,
            row: 0,
        }
    }

    /// Excel's own first line `sep=;` names the separator.
    fn declared_separator(&self) -> Option<char> {
        let first = self.text.lines().next()?;
        let rest = first.trim_matches('"').strip_prefix("sep=")?;
        rest.chars().next().filter(char::is_ascii)
    }

    /// The separator under which the header is best understood.
    fn likely_separator(&self) -> char {
        let understood = |separator: char| {
            let rows = Rows {
                text: &self.text,
                separator: u8::try_from(separator).unwrap_or(b','),
                at: 0,
                row: 0,
            };
            let rows: Vec<SheetRow> = rows.take(PEEKED).collect();
            let widest = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
            (
                headers::find(&rows).map_or(0, |header| header.score()),
                widest,
            )
        };
        let mut best = (',', understood(','));
        for separator in ['\t', ';'] {
            let found = understood(separator);
            if best.1 < found {
                best = (separator, found);
            }
        }
        best.0
    }
}

/// The records of a text table.
pub(super) struct Rows<'a> {
    text: &'a str,
    separator: u8,
    at: usize,
    row: u32,
}

impl Iterator for Rows<'_> {
    type Item = SheetRow;

    fn next(&mut self) -> Option<SheetRow> {
        while self.at < self.text.len() {
            self.row = self.row.saturating_add(1);
            let mut row = SheetRow {
                row: self.row,
                ..SheetRow::default()
            };
            loop {
                let (cell, ends_record) = self.cell(&mut row.open_quote);
                if row.cells.len() < MOST_COLUMNS {
                    row.cells.push(cell);
                }
                if ends_record {
                    break;
                }
            }
            if !row.is_blank() {
                return Some(row);
            }
        }
        None
    }
}

impl Rows<'_> {
    /// Reads one cell and moves behind its separator; tells whether the record ends with it.
    fn cell(&mut self, open_quote: &mut bool) -> (Cell, bool) {
        let bytes = self.text.as_bytes();
        if bytes.get(self.at) == Some(&b'"') {
            if let Some((cell, end)) = self.quoted(self.at + 1) {
                self.at = end;
                return (Cell::of_text(&cell), self.leave());
            }
            *open_quote = true;
        }
        let rest = self.text.get(self.at..).unwrap_or("");
        let length = rest
            .bytes()
            .position(|b| b == self.separator || b == b'\n' || b == b'\r')
            .unwrap_or(rest.len());
        let cell = Cell::of_text(rest.get(..length).unwrap_or(""));
        self.at += length;
        (cell, self.leave())
    }

    /// Moves behind the separator or line end at which a cell stopped.
    fn leave(&mut self) -> bool {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or(&[]);
        match rest {
            [b'\r', b'\n', ..] => {
                self.at += 2;
                true
            }
            [b'\r' | b'\n', ..] => {
                self.at += 1;
                true
            }
            [_, ..] => {
                self.at += 1;
                false
            }
            [] => true,
        }
    }

    /// Returns a quoted cell and where it ends, or none if its quote is never properly closed.
    fn quoted(&self, from: usize) -> Option<(String, usize)> {
        let bytes = self.text.as_bytes();
        let mut cell = String::new();
        let (mut at, mut kept, mut lines) = (from, from, 0);
        loop {
            match bytes.get(at)? {
                b'"' if bytes.get(at + 1) == Some(&b'"') => {
                    cell.push_str(self.text.get(kept..=at)?);
                    at += 2;
                    kept = at;
                }
                b'"' => {
                    cell.push_str(self.text.get(kept..at)?);
                    let closes = match bytes.get(at + 1) {
                        None | Some(b'\n' | b'\r') => true,
                        Some(next) => *next == self.separator,
                    };
                    return closes.then_some((cell, at + 1));
                }
                b'\n' => {
                    lines += 1;
                    at += 1;
                }
                _ => at += 1,
            }
            if QUOTED_LINES < lines || QUOTED_BYTES < at - from {
                return None;
            }
        }
    }
}

/// Decodes strictly where that is possible; else by the encoding that loses least.
pub(in crate::paper) fn decoded(bytes: &[u8]) -> Result<(String, TextEncoding), RosterFailure> {
    if let Some(encoding) = utf_16(bytes) {
        let (text, _, _) = encoding.decode(bytes);
        return accepted(text, 0, TextEncoding::Utf16);
    }
    let (rest, utf_8) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (rest, TextEncoding::Utf8Bom),
        None => (bytes, TextEncoding::Utf8),
    };
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(rest) {
        return accepted(text, 0, utf_8);
    }
    if let Some(text) = GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        return accepted(text, 0, TextEncoding::Gb18030);
    }
    let (as_utf_8, _) = UTF_8.decode_without_bom_handling(rest);
    let (as_gb, _) = GB18030.decode_without_bom_handling(bytes);
    let (lost_utf_8, lost_gb) = (lost(&as_utf_8), lost(&as_gb));
    if lost_utf_8 <= lost_gb {
        accepted(as_utf_8, lost_utf_8, utf_8)
    } else {
        accepted(as_gb, lost_gb, TextEncoding::Gb18030)
    }
}

/// UTF-16 by its byte order mark, or by the zero bytes of its line ends and digits.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = bytes.get(..4_000.min(bytes.len()))?;
    let zeros = |odd: bool| {
        head.iter()
            .enumerate()
            .filter(|(at, byte)| **byte == 0 && (at % 2 == 1) == odd)
            .count()
    };
    match (zeros(false), zeros(true)) {
        (0, high) if head.len() / 20 < high => Some(UTF_16LE),
        (high, 0) if head.len() / 20 < high => Some(UTF_16BE),
        _ => None,
    }
}

/// Refuses text of which decoding lost too much; what was lost before stands in it as it is.
fn accepted(
    text: Cow<'_, str>,
    lost: usize,
    encoding: TextEncoding,
) -> Result<(String, TextEncoding), RosterFailure> {
    let characters = text.chars().count();
    if text.contains('\0') || characters * LOST_PER_THOUSAND < lost * 1_000 {
        return Err(RosterFailure::Encoding);
    }
    Ok((text.into_owned(), encoding))
}

fn lost(text: &str) -> usize {
    text.chars().filter(|c| *c == '\u{fffd}').count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(text: &str) -> Vec<(u32, Vec<String>)> {
        let file = TextFile::open(text.as_bytes()).unwrap();
        file.rows()
            .map(|row| {
                let cells = row.cells.iter().map(|cell| cell.given().into_owned());
                (row.row, cells.collect())
            })
            .collect()
    }

    #[test]
    fn blank_lines_keep_their_number() {
        assert_eq!(
            cells("a,b\n\n,\nc,d"),
            [
                (1, vec!["a".to_owned(), "b".to_owned()]),
                (4, vec!["c".to_owned(), "d".to_owned()])
            ]
        );
    }

    #[test]
    fn quotes_hold_separators_lines_and_quotes() {
        assert_eq!(
            cells("\"a,\"\"1\"\"\r\nb\",c\r\nd,e\"f\r\n"),
            [
                (1, vec!["a,\"1\"\r\nb".to_owned(), "c".to_owned()]),
                (2, vec!["d".to_owned(), "e\"f".to_owned()])
            ]
        );
    }

    #[test]
    fn an_open_quote_costs_one_cell() {
        let rows = cells("1,\"open,x\n2,\"closed\",y\n3,z\n");
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[1].1, ["2", "closed", "y"]);
        assert!(
            TextFile::open(b"1,\"open,x\n")
                .unwrap()
                .rows()
                .next()
                .unwrap()
                .open_quote
        );
    }

    #[test]
    fn every_encoding_and_separator_is_found() {
        let text = "姓名\t性别\t身份证号\n张伟\t男\t5\n";
        let utf_16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let gb = GB18030.encode(text).0.into_owned();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), TextEncoding::Utf8),
            (
                format!("\u{feff}{text}").into_bytes(),
                TextEncoding::Utf8Bom,
            ),
            (gb, TextEncoding::Gb18030),
            (utf_16, TextEncoding::Utf16),
        ] {
            let file = TextFile::open(&bytes).unwrap();
            assert_eq!((file.encoding, file.separator), (encoding, '\t'));
            assert_eq!(file.rows().nth(1).unwrap().cell(0).given(), "张伟");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let noise: Vec<u8> = (0..2_000_u32)
            .map(|n| (n * 7919 % 251 % 256) as u8)
            .collect();
        assert!(TextFile::open(&noise).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(file) = TextFile::open(&bytes) {
                prop_assert!(file.rows().count() <= bytes.len());
            }
        }

        #[test]
        fn any_quoting_comes_to_an_end(text in "[\",;\n\ra张]{0,80}") {
            if let Ok(file) = TextFile::open(text.as_bytes()) {
                prop_assert!(file.rows().count() <= text.len());
            }
        }
    }
}
