//! Files made to fill the memory, to keep the reader busy for ever, or to break out of it: each
//! is read as far as it is a roster, or refused in a sentence that names the place.

use std::io::{Cursor, Read as _, Write as _};

use cunyi::{
    domain::{
        roster::{RosterFailure, RosterFault},
        text::Lang,
    },
    lang::refusals,
};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{case, lines, names, read_bytes};

type Writer = ZipWriter<Cursor<Vec<u8>>>;

const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const LINKS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const PACKAGE: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const HEADS: &[(&str, &str)] = &[("A", "姓名"), ("B", "性别"), ("C", "身份证号")];

/// A workbook of one sheet with this markup, and whatever `more` adds.
fn packed(sheet: &str, more: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{sheet}</worksheet>"#
    );
    let mut book = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("_rels/.rels", PACKAGE),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", LINKS),
        ("xl/worksheets/sheet1.xml", &sheet),
    ] {
        part(&mut book, name, content.as_bytes());
    }
    more(&mut book);
    book.finish().unwrap().into_inner()
}

fn part(book: &mut Writer, name: &str, content: &[u8]) {
    book.start_file(name, SimpleFileOptions::default()).unwrap();
    book.write_all(content).unwrap();
}

/// A row of cells that hold their text themselves.
fn row(number: u32, cells: &[(&str, &str)]) -> String {
    let cells = cells.iter().map(|(column, text)| {
        format!(r#"<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>"#)
    });
    format!(r#"<row r="{number}">{}</row>"#, cells.collect::<String>())
}

/// The cells of a sheet with its header, one resident, and these rows.
fn sheet(rows: &str) -> String {
    let (heads, resident) = (row(1, HEADS), row(2, &[("A", "甲")]));
    format!("<sheetData>{heads}{resident}{rows}</sheetData>")
}

/// What is said of a file that is refused.
fn refused(bytes: Vec<u8>) -> RosterFailure {
    let failure = read_bytes(bytes).unwrap_err();
    for lang in [Lang::Zh, Lang::En] {
        assert!(!refusals::roster::failure(&failure, lang).is_empty());
    }
    failure
}

fn swollen(part: &str) -> RosterFailure {
    RosterFailure::Swollen {
        part: part.to_owned(),
    }
}

/// A part of blanks, packed a thousand times smaller.
fn blanks(name: &str, bytes: u64) -> Vec<u8> {
    packed(&sheet(""), |book| {
        book.start_file(name, SimpleFileOptions::default()).unwrap();
        std::io::copy(&mut std::io::repeat(b' ').take(bytes), book).unwrap();
    })
}

#[test]
fn a_workbook_made_here_is_read() {
    let roster = read_bytes(packed(&sheet(""), |_| {})).unwrap();
    assert_eq!(names(&roster.rows), ["甲"]);
}

#[test]
fn a_part_that_unpacks_to_more_than_a_roster_is_named() {
    for name in ["xl/sharedStrings.xml", "xl/media/image1.png", "x"] {
        assert_eq!(refused(blanks(name, 140 << 20)), swollen(name));
    }
}

#[test]
fn what_the_directory_declares_is_not_believed() {
    let mut bytes = blanks("xl/sharedStrings.xml", 140 << 20);
    let entry = bytes
        .windows(4)
        .rposition(|four| four == b"PK\x01\x02")
        .unwrap();
    // Its unpacked size: ten bytes.
    bytes[entry + 24..entry + 28].copy_from_slice(&10_u32.to_le_bytes());
    let failure = refused(bytes);
    assert!(
        failure == swollen("xl/sharedStrings.xml")
            || matches!(failure, RosterFailure::Damaged { .. }),
        "{failure:?}"
    );
}

#[test]
fn a_cell_of_megabytes_is_refused_and_one_of_many_signs_is_cut() {
    let long = "甲".repeat(400_000);
    let huge = packed(&sheet(&row(3, &[("A", &long)])), |_| {});
    assert_eq!(refused(huge), swollen("xl/worksheets/sheet1.xml"));
    let wide = packed(
        &sheet(&row(3, &[("A", "乙"), ("D", &long[..300_000])])),
        |_| {},
    );
    assert_eq!(names(&read_bytes(wide).unwrap().rows), ["甲", "乙"]);
}

#[test]
fn entities_of_its_own_are_not_unfolded() {
    let mut entities = r#"<!ENTITY a0 "甲甲甲甲甲甲甲甲甲甲">"#.to_owned();
    for level in 1..12 {
        let before = format!("&a{};", level - 1).repeat(10);
        entities = format!(r#"{entities}<!ENTITY a{level} "{before}">"#);
    }
    let texts = format!(
        r#"<?xml version="1.0"?><!DOCTYPE sst [{entities}]><sst><si><t>&a11;</t></si></sst>"#
    );
    let cell = r#"<row r="3"><c r="A3" t="s"><v>0</v></c></row>"#;
    let book = packed(&sheet(cell), |book| {
        part(book, "xl/sharedStrings.xml", texts.as_bytes());
    });
    match read_bytes(book) {
        Ok(roster) => {
            for row in &roster.rows {
                assert!(row.name.as_deref().unwrap_or_default().len() < 1_000);
            }
        }
        Err(failure) => assert!(matches!(failure, RosterFailure::Damaged { .. })),
    }
}

#[test]
fn a_wrong_checksum_and_a_locked_part_are_told_by_name() {
    let whole = packed(&sheet(""), |_| {});
    let locals: Vec<usize> = whole
        .windows(4)
        .enumerate()
        .filter(|(_, four)| *four == b"PK\x01\x02")
        .map(|(at, _)| at)
        .collect();
    let mut wrong = whole.clone();
    wrong[locals[3] + 16] ^= 0xff;
    let RosterFailure::Damaged { detail } = refused(wrong) else {
        panic!("another failure");
    };
    assert!(detail.contains("xl/worksheets/sheet1.xml"), "{detail}");

    let mut locked = whole;
    locked[locals[3] + 8] |= 1;
    assert_eq!(refused(locked), RosterFailure::Encrypted);
}

#[test]
fn names_that_climb_out_of_the_archive_are_only_names() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("x.xml").display().to_string();
    let book = packed(&sheet(""), |book| {
        for name in ["../../x.xml", "xl/../../x.xml", there.as_str()] {
            part(book, name, b"<x/>");
        }
    });
    assert_eq!(names(&read_bytes(book).unwrap().rows), ["甲"]);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_sheet_that_claims_every_cell_is_read_as_far_as_it_has_some() {
    let cells = sheet(&row(1_048_576, &[("A", "乙"), ("XFD", "x")]));
    let claimed = format!(r#"<dimension ref="A1:XFD1048576"/>{cells}"#);
    let roster = read_bytes(packed(&claimed, |_| {})).unwrap();
    assert_eq!(names(&roster.rows), ["甲", "乙"]);
}

#[test]
fn cells_beyond_every_sheet_are_read_or_told() {
    for place in [
        "A0",
        "A4294967295",
        "A4294967296",
        "XFE3",
        "AAAAAAAAAA3",
        "3",
        "",
    ] {
        let cell =
            format!(r#"<row r="3"><c r="{place}" t="inlineStr"><is><t>乙</t></is></c></row>"#);
        let _ = read_bytes(packed(&sheet(&cell), |_| {}));
    }
}

#[test]
fn endless_merged_cells_are_refused() {
    let merges = r#"<mergeCell ref="A1:A2"/>"#.repeat(100_001);
    let cells = format!("{}<mergeCells>{merges}</mergeCells>", sheet(""));
    let failure = refused(packed(&cells, |_| {}));
    assert_eq!(failure, swollen("xl/worksheets/sheet1.xml"));
}

#[test]
fn more_parts_than_a_workbook_has_are_refused() {
    let book = packed(&sheet(""), |book| {
        for number in 0..5_000 {
            part(book, &format!("xl/worksheets/a{number}.xml"), b"");
        }
    });
    assert!(matches!(refused(book), RosterFailure::Swollen { .. }));
}

/// The old sample with some bytes changed; `at` finds them.
fn old(at: impl Fn(&[u8]) -> usize, to: &[u8]) -> Vec<u8> {
    let mut bytes = std::fs::read(case("roster-small.xls")).unwrap();
    let at = at(&bytes);
    bytes[at..at + to.len()].copy_from_slice(to);
    bytes
}

fn found(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes
        .windows(wanted.len())
        .position(|part| part == wanted)
        .unwrap()
}

fn long(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
        .try_into()
        .unwrap()
}

#[test]
fn an_old_workbook_that_claims_every_cell_is_refused() {
    // What the sheet says of itself: its reader would make room for it at once.
    let claims = old(
        |bytes| found(bytes, &[0x00, 0x02, 0x0e, 0x00]) + 8,
        &[0xff, 0xff, 0xff, 0x7f],
    );
    assert_eq!(refused(claims), swollen("Workbook"));
    // One cell in the last corner: its reader would make room for all before it.
    let corner = old(
        |bytes| found(bytes, &[0xfd, 0x00, 0x0a, 0x00]) + 4,
        &[0xff, 0xff, 0xff, 0xff],
    );
    assert_eq!(refused(corner), swollen("Workbook"));
}

#[test]
fn chains_of_an_old_workbook_that_run_in_circles_are_told() {
    let sector = |id: usize| 512 * (id + 1);
    // The table of sectors, and the chain of the folder, both named in the head.
    let circle = |bytes: &[u8]| sector(long(bytes, 76)) + 4 * long(bytes, 48);
    let sample = std::fs::read(case("roster-small.xls")).unwrap();
    let first = u32::try_from(long(&sample, 48)).unwrap();
    let failure = refused(old(circle, &first.to_le_bytes()));
    assert!(
        matches!(failure, RosterFailure::Damaged { .. }),
        "{failure:?}"
    );
}

#[test]
fn a_line_of_nothing_but_separators_costs_no_memory() {
    let mut text = "姓名,性别,身份证号\n甲,女,\n".to_owned();
    text.push_str(&",".repeat(4 << 20));
    text.push_str("\n乙,男,\n");
    let roster = read_bytes(text).unwrap();
    assert_eq!(names(&roster.rows), ["甲", "乙"]);
}

#[test]
fn names_of_any_signs_are_one_line_that_steers_nothing() {
    for name in [
        "王\u{1b}]52;c;cm0gLXJm\u{7}桂兰",
        "王\u{9b}2J桂兰",
        "王\u{202e}桂\u{2066}兰",
        "王桂\u{200b}兰\u{feff}",
    ] {
        let roster = lines(&["姓名,性别,身份证号", &format!("{name},女,")]);
        // A name with signs left in it is none; a resident's has none.
        let read = roster.rows[0].name.as_deref().unwrap_or_default();
        assert!(["", "王桂兰", "王2J桂兰"].contains(&read), "{read:?}");
    }
    // A tower of marks, and a name without end.
    for name in [
        format!("王{}", "\u{301}".repeat(10_000)),
        "王".repeat(1_000_000),
    ] {
        let roster = lines(&["姓名,性别,身份证号", &format!("{name},女,")]);
        assert!(
            roster
                .problems
                .iter()
                .any(|problem| !matches!(problem.fault, RosterFault::IdMissing)),
            "{:?}",
            roster.problems
        );
    }
}
