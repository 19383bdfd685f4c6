//! Files made to fill the memory, read by a process that has only so much of it.

use std::{fs, io::Write as _, process::Command};

use rust_xlsxwriter::Workbook;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::cli::Place;

/// KiB of address space a reading may take: a roster of fifty thousand takes 200,000.
const ROOM: u32 = 900_000;

/// Imports the file in a process that has `ROOM` alone; returns its exit code and what it said.
fn import(place: &Place, bytes: &[u8], name: &str) -> (Option<i32>, String) {
    let path = place.data().join(name);
    fs::write(&path, bytes).unwrap();
    let script = format!("ulimit -v {ROOM}; exec \"$0\" import \"$1\" --dry-run");
    let output = Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_cunyi")])
        .arg(&path)
        .env_clear()
        .env("HOME", place.data())
        .env("CUNYI_DATA", place.data())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    (output.status.code(), said)
}

#[test]
fn bombs_are_refused_in_little_memory() {
    let place = Place::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in (0..).zip(["姓名", "性别", "身份证号"]) {
        sheet.write_string(0, column, head).unwrap();
        sheet.write_string(1, column, "甲").unwrap();
    }
    let plain = book.save_to_buffer().unwrap();
    assert_eq!(import(&place, &plain, "plain.xlsx").0, Some(0));

    // Two gigabytes of blanks in two megabytes.
    let appended = |name: &str, pieces: &mut dyn Iterator<Item = Vec<u8>>| {
        let cursor = std::io::Cursor::new(plain.clone());
        let mut book = ZipWriter::new_append(cursor).unwrap();
        let options = SimpleFileOptions::default().large_file(true);
        book.start_file(name, options).unwrap();
        pieces.for_each(|piece| book.write_all(&piece).unwrap());
        book.finish().unwrap().into_inner()
    };
    for name in ["xl/worksheets/sheet2.xml", "xl/theme/theme9.xml"] {
        let blanks = std::iter::repeat_n(vec![b' '; 1 << 20], 2_048);
        let bytes = appended(name, &mut blanks.into_iter());
        assert!(bytes.len() < 8 << 20);
        let (code, said) = import(&place, &bytes, "bomb.xlsx");
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(name), "{said}");
    }
    // Millions of tiny texts.
    let tiny = b"<si><t/></si>".repeat(80_000);
    let bytes = appended("xl/other.xml", &mut std::iter::repeat_n(tiny, 200));
    let (code, said) = import(&place, &bytes, "texts.xlsx");
    assert_eq!(code, Some(1), "{said}");
}

#[test]
fn a_table_of_one_line_is_read_in_little_memory() {
    let place = Place::new();
    let mut line = "姓名,性别,身份证号\n甲,女,\n".to_owned();
    line.push_str(&"x,".repeat(6 << 20));
    let (code, said) = import(&place, line.as_bytes(), "line.csv");
    assert_eq!(code, Some(0), "{said}");
    line.push_str(&"x,".repeat(64 << 20));
    let (code, said) = import(&place, line.as_bytes(), "line.csv");
    assert_eq!(code, Some(1), "{said}");
}
