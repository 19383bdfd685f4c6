//! What an export writes, importing reads back unchanged, and nothing of it can run.

use cunyi::{
    domain::roster::{Column, Roster, RosterRow},
    paper::export::{self, Format, Overwrite, Table, TableCell, TableColumn},
};

use super::{codes, names, read, read_bytes};

const WICKED: &[&str] = &[
    "=1+1",
    "+张三",
    "-2+3",
    "@SUM(A1)",
    "'=1+1",
    "''=1",
    "=\"0001\"",
    "＝1+1",
    "普通；备注",
    "'引号'",
];

/// A table as `export people` writes it.
fn people(roster: &Roster) -> Table {
    let columns = Column::EXPORTED
        .iter()
        .map(|column| TableColumn::new(format!("{column:?}"), column.usual_name()))
        .collect();
    let rows = (1..).zip(&roster.rows).map(|(number, row)| {
        let mut cells: Vec<TableCell> = Column::EXPORTED.iter().map(|c| cell(row, *c)).collect();
        cells[0] = TableCell::Whole(number);
        cells
    });
    Table {
        columns,
        rows: rows.collect(),
    }
}

fn cell(row: &RosterRow, column: Column) -> TableCell {
    match column {
        Column::Birth => row.birth.map_or(TableCell::Empty, TableCell::Date),
        Column::AgreementOn => row
            .agreement
            .signed_on
            .map_or(TableCell::Empty, TableCell::Date),
        Column::IdNo => TableCell::text(row.document.as_ref().map(|d| d.number.clone())),
        Column::Remark => TableCell::text(row.remark.clone()),
        other => TableCell::text(Some(row.given.get(other)).filter(|text| !text.is_empty())),
    }
}

fn through(table: &Table, format: Format) -> Roster {
    let mut bytes = Vec::new();
    export::to_writer(table, format, &mut bytes).unwrap();
    read_bytes(bytes).unwrap()
}

/// Everything but where it stood and how it was written.
fn facts(rows: &[RosterRow]) -> Vec<RosterRow> {
    rows.iter()
        .cloned()
        .map(|mut row| {
            row.given = cunyi::domain::roster::Given::default();
            row
        })
        .collect()
}

#[test]
fn an_exported_roster_reads_back_unchanged() {
    let mut roster = read("roster-clean.xlsx");
    for (row, remark) in roster.rows.iter_mut().zip(WICKED) {
        row.remark = Some((*remark).to_owned());
    }
    let table = people(&roster);
    for format in [Format::Csv, Format::Xlsx] {
        let back = through(&table, format);
        assert_eq!(codes(&back), []);
        assert_eq!(back.people.as_ref().unwrap().unknown_columns, []);
        assert_eq!(facts(&back.rows), facts(&roster.rows), "{format:?}");
    }
}

#[test]
fn no_cell_of_an_exported_text_file_can_run() {
    let table = Table {
        columns: vec![TableColumn::new("a", "备注")],
        rows: WICKED
            .iter()
            .map(|text| vec![TableCell::text(Some(*text))])
            .collect(),
    };
    let mut bytes = Vec::new();
    export::to_writer(&table, Format::Csv, &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    for line in text.lines().skip(1) {
        let seen = line.trim_start_matches('"');
        assert!(
            !seen.starts_with(['=', '+', '-', '@', '＝', '\t']),
            "{line}"
        );
    }
}

#[test]
fn a_file_is_written_whole_and_for_its_owner() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("居民.xlsx");
    let table = people(&read("roster-clean.xlsx"));
    export::to_file(
        &table,
        Format::of_path(&path).unwrap(),
        &path,
        Overwrite::Refused,
    )
    .unwrap();
    let back = read_bytes(std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(names(&back.rows).len(), 400);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
}
