//! An old spreadsheet (.xls) walked through before anything reads it: its reader makes room for
//! whatever a sheet claims, all sheets at once.
//!
//! It follows the file's chains and records as that reader does, keeps nothing, and refuses
//! chains that bite their tail, sheets of more cells than a roster has, and texts repeated
//! into gigabytes. Whether a record is right is not its matter.

use crate::domain::roster::RosterFailure;

/// Cells of all sheets, blank ones between counted.
const MOST_CELLS: u64 = 6_000_000;
/// Bytes of the texts in all cells.
const MOST_TEXT: u64 = 256 * 1024 * 1024;
/// Sheets of a book.
const MOST_SHEETS: usize = 256;

const END_OF_CHAIN: u32 = 0xffff_fffe;
const RESERVED: u32 = 0xffff_fffa;
const NO_TABLE: u32 = 0xffff_fffc;
/// Streams shorter than this lie in the small sectors.
const SMALL: usize = 4_096;

const FORMULA: u16 = 0x0006;
const END: u16 = 0x000a;
const CONTINUED: u16 = 0x003c;
const SHEET: u16 = 0x0085;
const NUMBERS: u16 = 0x00bd;
const RICH_LABEL: u16 = 0x00d6;
const TEXTS: u16 = 0x00fc;
const SHARED_LABEL: u16 = 0x00fd;
const DIMENSIONS: u16 = 0x0200;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const TRUTH: u16 = 0x0205;
const SHORT_NUMBER: u16 = 0x027e;
const BEGIN: u16 = 0x0809;

/// Refuses an old workbook that is not safe to read.
pub(super) fn check(bytes: &[u8]) -> Result<(), RosterFailure> {
    let damaged = || RosterFailure::Damaged {
        detail: "the chains of the file lead nowhere".to_owned(),
    };
    let book = stream(bytes).ok_or_else(damaged)?;
    if fits(&book) {
        return Ok(());
    }
    Err(RosterFailure::Swollen {
        part: "Workbook".to_owned(),
    })
}

/// Sectors of one size and the table that chains them.
struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
    next: Vec<u32>,
}

impl Sectors<'_> {
    fn get(&self, id: u32) -> Option<&[u8]> {
        let start = usize::try_from(id).ok()?.checked_mul(self.size)?;
        let end = start.checked_add(self.size)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|part| !part.is_empty())
    }

    /// Returns the chain from `id` on, at most `length` bytes; none where it runs in a circle
    /// or out of the file.
    fn chain(&self, id: u32, length: usize) -> Option<Vec<u8>> {
        let mut chain = Vec::new();
        let mut left = self.bytes.len() / self.size.max(1) + 2;
        let mut id = id;
        while id != END_OF_CHAIN && chain.len() < length {
            left = left.checked_sub(1)?;
            let sector = self.get(id)?;
            let part = sector.len().min(length - chain.len());
            chain.extend_from_slice(sector.get(..part)?);
            if length <= chain.len() {
                break;
            }
            id = *self.next.get(usize::try_from(id).ok()?)?;
        }
        Some(chain)
    }
}

/// Returns the stream of the workbook.
fn stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = match short(bytes, 30)? {
        0x0009 => 512,
        0x000c => 4_096,
        _ => return None,
    };
    let mut sectors = Sectors {
        bytes: bytes.get(size..)?,
        size,
        next: Vec::new(),
    };
    sectors.next = table(bytes, &sectors)?;
    let folder = sectors.chain(long(bytes, 48)?, usize::MAX)?;
    let entries: Vec<Entry> = folder
        .chunks_exact(128)
        .filter_map(|entry| Entry::read(entry, size))
        .collect();
    let mut small = Sectors {
        bytes: &[],
        size: 64,
        next: Vec::new(),
    };
    let small_table = usize::try_from(long(bytes, 64)?).ok()?;
    let small_bytes = match (small_table, entries.first()) {
        (0, _) | (_, None) => Vec::new(),
        (_, Some(root)) => sectors.chain(root.start, root.length)?,
    };
    if 0 < small_table {
        let table = sectors.chain(long(bytes, 60)?, small_table.checked_mul(size)?)?;
        small.next = longs(&table);
    }
    small.bytes = &small_bytes;
    let named = |name: &str| entries.iter().find(|entry| entry.is_named(name));
    let book = named("Workbook").or_else(|| named("Book"))?;
    if book.length < SMALL {
        small.chain(book.start, book.length)
    } else {
        sectors.chain(book.start, book.length)
    }
}

/// Returns the table of the sectors, itself listed in the head of the file and a chain from it.
fn table(bytes: &[u8], sectors: &Sectors<'_>) -> Option<Vec<u32>> {
    let mut listed = longs(bytes.get(76..512)?);
    let mut more = long(bytes, 68)?;
    let mut left = bytes.len() / sectors.size + 2;
    while more < RESERVED {
        left = left.checked_sub(1)?;
        listed.extend(longs(sectors.get(more)?));
        more = listed.pop()?;
    }
    let mut table = Vec::new();
    for id in listed.into_iter().filter(|id| *id < NO_TABLE) {
        // As many tables as the file has sectors, and each but once.
        if bytes.len() < table.len() {
            return None;
        }
        table.extend(longs(sectors.get(id)?));
    }
    Some(table)
}

/// A named stream.
struct Entry {
    name: Vec<u16>,
    start: u32,
    length: usize,
}

impl Entry {
    fn read(entry: &[u8], sector: usize) -> Option<Self> {
        let signs = entry.get(..64)?.chunks_exact(2);
        let name = signs.filter_map(|sign| short(sign, 0));
        let high = if sector == 512 { 0 } else { long(entry, 124)? };
        let length = u64::from(long(entry, 120)?) | u64::from(high) << 32;
        Some(Self {
            name: name.take_while(|sign| *sign != 0).collect(),
            start: long(entry, 116)?,
            length: usize::try_from(length).ok()?,
        })
    }

    fn is_named(&self, name: &str) -> bool {
        String::from_utf16_lossy(&self.name).eq_ignore_ascii_case(name)
    }
}

/// The records of a stream: kind, content, and whether it goes on with the one before.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (short(self.0, 0)?, short(self.0, 2)?);
        let (content, rest) = self.0.get(4..)?.split_at_checked(usize::from(length))?;
        self.0 = rest;
        Some((kind, content))
    }
}

/// Tells whether what the sheets hold fits into memory.
fn fits(book: &[u8]) -> bool {
    let mut sheets = Vec::new();
    let mut texts: Vec<&[u8]> = Vec::new();
    let mut before = 0;
    for (kind, content) in Records(book) {
        match kind {
            END => break,
            SHEET => sheets.extend(long(content, 0).and_then(|at| usize::try_from(at).ok())),
            TEXTS => texts.push(content.get(8..).unwrap_or_default()),
            CONTINUED if before == TEXTS => texts.push(content),
            _ => {}
        }
        if kind != CONTINUED {
            before = kind;
        }
    }
    if MOST_SHEETS < sheets.len() {
        return false;
    }
    let lengths = lengths(&texts);
    let (mut cells, mut text) = (0, 0);
    for at in sheets {
        let sheet = Sheet::walk(book.get(at..).unwrap_or_default(), &lengths);
        cells += sheet.cells();
        text += sheet.text;
        if MOST_CELLS < cells || MOST_TEXT < text {
            return false;
        }
    }
    true
}

/// What a sheet claims.
#[derive(Debug, Default)]
struct Sheet {
    /// First and last row, first and last column of its cells, once it has any.
    corner: Option<[u64; 4]>,
    /// Cells it says it has.
    claimed: u64,
    records: u64,
    text: u64,
}

impl Sheet {
    fn walk(stream: &[u8], lengths: &[u64]) -> Self {
        let mut sheet = Self::default();
        let mut depth = 0_u32;
        for (kind, content) in Records(stream) {
            match kind {
                BEGIN => depth += 1,
                END if depth <= 1 => break,
                END => depth -= 1,
                DIMENSIONS => sheet.claimed = sheet.claimed.max(claimed(content)),
                FORMULA | NUMBERS | RICH_LABEL | SHARED_LABEL | NUMBER | LABEL | TRUTH
                | SHORT_NUMBER => sheet.take(kind, content, lengths),
                _ => {}
            }
        }
        sheet
    }

    fn take(&mut self, kind: u16, content: &[u8], lengths: &[u64]) {
        let (Some(row), Some(first)) = (short(content, 0), short(content, 2)) else {
            return;
        };
        let last = match kind {
            NUMBERS => short(content, content.len().saturating_sub(2)).unwrap_or(first),
            _ => first,
        };
        let [row, first, last] = [row, first, last].map(u64::from);
        let corner = self.corner.get_or_insert([row, row, first, last]);
        let [top, bottom, left, right] = *corner;
        *corner = [
            top.min(row),
            bottom.max(row),
            left.min(first),
            right.max(last),
        ];
        self.records += 1;
        if kind == SHARED_LABEL
            && let Some(text) = long(content, 6).and_then(|at| usize::try_from(at).ok())
        {
            self.text += lengths.get(text).copied().unwrap_or(0);
        }
    }

    fn cells(&self) -> u64 {
        let area = self.corner.map_or(0, |[top, bottom, left, right]| {
            (bottom - top + 1) * (right.saturating_sub(left) + 1)
        });
        area.max(self.claimed).max(self.records)
    }
}

/// Returns the cells a sheet says it has; its reader makes room for them at once.
fn claimed(content: &[u8]) -> u64 {
    let (first, last, left, right) = if content.len() == 10 {
        let at = |place| short(content, place).map(u64::from);
        (at(0), at(2), at(4), at(6))
    } else {
        let row = |place| long(content, place).map(u64::from);
        let column = |place| short(content, place).map(u64::from);
        (row(0), row(4), column(8), column(10))
    };
    let (Some(first), Some(last), Some(left), Some(right)) = (first, last, left, right) else {
        return 0;
    };
    let left = if 0xff < left || right < left { 0 } else { left };
    (last.saturating_sub(first) + 1).saturating_mul(right.saturating_sub(left) + 1)
}

/// Returns the most bytes each of the shared texts takes, as far as they can be followed.
fn lengths(parts: &[&[u8]]) -> Vec<u64> {
    let mut lengths = Vec::new();
    let mut texts = Texts { parts, at: 0 };
    while let Some(signs) = texts.next_text() {
        lengths.push(3 * signs);
    }
    lengths
}

/// Where one reads in texts that go on from record to record.
struct Texts<'a> {
    parts: &'a [&'a [u8]],
    at: usize,
}

impl Texts<'_> {
    fn next_text(&mut self) -> Option<u64> {
        while self.parts.first()?.len() <= self.at {
            self.parts = self.parts.get(1..)?;
            self.at = 0;
        }
        let part = *self.parts.first()?;
        let signs = short(part, self.at)?;
        let flags = *part.get(self.at + 2)?;
        self.at += 3;
        let mut behind = 0;
        if flags & 8 != 0 {
            behind += 4 * usize::from(short(part, self.at)?);
            self.at += 2;
        }
        if flags & 4 != 0 {
            behind += usize::try_from(long(part, self.at)?).ok()?;
            self.at += 4;
        }
        self.pass_signs(usize::from(signs), flags & 1 != 0)?;
        self.pass(behind)?;
        Some(u64::from(signs))
    }

    fn pass_signs(&mut self, mut signs: usize, mut wide: bool) -> Option<()> {
        while 0 < signs {
            let size = if wide { 2 } else { 1 };
            let left = self.parts.first()?.len().saturating_sub(self.at);
            let here = signs.min(left / size);
            signs -= here;
            self.at += here * size;
            if 0 < signs {
                self.parts = self.parts.get(1..)?;
                wide = self.parts.first()?.first()? & 1 != 0;
                self.at = 1;
            }
        }
        Some(())
    }

    fn pass(&mut self, mut bytes: usize) -> Option<()> {
        while 0 < bytes {
            let left = self.parts.first()?.len().saturating_sub(self.at);
            let here = bytes.min(left);
            bytes -= here;
            self.at += here;
            if 0 < bytes {
                self.parts = self.parts.get(1..)?;
                self.at = 0;
            }
        }
        Some(())
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let part = bytes.get(at..)?.first_chunk::<2>()?;
    Some(u16::from_le_bytes(*part))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let part = bytes.get(at..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*part))
}

fn longs(bytes: &[u8]) -> Vec<u32> {
    bytes
        .as_chunks::<4>()
        .0
        .iter()
        .map(|part| u32::from_le_bytes(*part))
        .collect()
}
