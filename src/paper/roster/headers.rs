//! Finds the header row below titles and group headings, and says what each column holds.
//!
//! A header it does not know is listed, never guessed at.

use std::{collections::HashMap, sync::OnceLock};

use super::{
    cell::SheetRow,
    column_names::{NAMES, PREFIXES},
};
use crate::domain::roster::{
    Column, ReadColumn, SheetKind, SheetPlace, SkipReason, SkippedRows, UnknownColumn, clean,
};

/// Rows that are not empty and may stand above and be the header.
pub(super) const PEEKED: usize = 60;

/// A header row understood.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Header {
    /// Physical row from 1.
    pub row: u32,
    /// Place in the rows looked at.
    pub at: usize,
    /// Place of the column from 0, what it holds, its text.
    pub columns: Vec<(usize, Option<Column>, String)>,
}

impl Header {
    /// Counts the columns that are understood.
    pub fn score(&self) -> usize {
        self.columns
            .iter()
            .filter(|(_, column, _)| column.is_some())
            .count()
    }

    fn has(&self, wanted: Column) -> bool {
        self.columns
            .iter()
            .any(|(_, column, _)| *column == Some(wanted))
    }

    /// Tells what the sheet below this header holds.
    pub fn kind(&self) -> SheetKind {
        let has = |wanted| self.has(wanted);
        let of_people = self
            .columns
            .iter()
            .filter(|(_, column, _)| {
                column
                    .is_some_and(|c| c.is_of_people() && c != Column::Serial && c != Column::Remark)
            })
            .count();
        let of_household = has(Column::OutsideNo) || has(Column::HeadName) || has(Column::Relation);
        if !has(Column::Name) {
            SheetKind::Other
        } else if has(Column::LastVisit) && !of_household {
            SheetKind::History
        } else if has(Column::IdNo) || 3 <= of_people {
            SheetKind::People
        } else {
            SheetKind::Other
        }
    }

    /// Tells whether a sheet of people says when they were last followed up, so that its rows
    /// are read once more as history.
    pub fn is_also_history(&self) -> bool {
        self.kind() == SheetKind::People && self.has(Column::LastVisit)
    }

    /// Returns the columns that are read as people or as history; unknown are those that are
    /// read as neither.
    pub fn place(&self, sheet: &str, above: &[SheetRow], kind: SheetKind) -> SheetPlace {
        let history = kind == SheetKind::History;
        let both = self.is_also_history();
        let mut place = SheetPlace {
            sheet: sheet.to_owned(),
            title: title(above),
            header_row: self.row,
            columns: Vec::new(),
            unknown_columns: Vec::new(),
        };
        for (at, column, header) in &self.columns {
            let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
            let header = header.clone();
            match *column {
                Some(column) if history || column.is_of_people() => {
                    place.columns.push(ReadColumn {
                        place: number,
                        column,
                        header,
                    });
                }
                Some(column) if both && column.is_of_history() => {}
                Some(_) | None => place.unknown_columns.push(UnknownColumn {
                    place: number,
                    header,
                }),
            }
        }
        place
    }

    /// Tells why the rows down to the header are no people.
    pub fn skipped(&self, above: &[SheetRow]) -> Vec<SkippedRows> {
        let mut skipped: Vec<SkippedRows> = above
            .iter()
            .map(|row| SkippedRows {
                first: row.row,
                last: row.row,
                reason: if is_group_header(row) {
                    SkipReason::GroupHeader
                } else {
                    SkipReason::Title
                },
            })
            .collect();
        skipped.push(SkippedRows {
            first: self.row,
            last: self.row,
            reason: SkipReason::Header,
        });
        skipped
    }

    /// Tells whether a row is this header once more.
    pub fn repeats_in(&self, row: &SheetRow) -> bool {
        let same = self
            .columns
            .iter()
            .filter(|(at, column, _)| {
                column.is_some() && meaning(&row.cell(*at).given()) == *column
            })
            .count();
        3 <= same && self.score() <= same * 2
    }
}

/// Finds the row that is understood best as a header; the first of equals.
pub(super) fn find(rows: &[SheetRow]) -> Option<Header> {
    let mut best: Option<Header> = None;
    for (at, row) in rows.iter().enumerate().take(PEEKED) {
        let above = at.checked_sub(1).and_then(|above| rows.get(above));
        let Some(header) = header(at, row, above) else {
            continue;
        };
        if best
            .as_ref()
            .is_none_or(|best| best.score() < header.score())
        {
            best = Some(header);
        }
    }
    best.filter(|header| header.kind() != SheetKind::Other)
}

/// Reads a row as a header; a cell it leaves empty may stand in the row above, as with headings
/// merged over two rows.
fn header(at: usize, row: &SheetRow, above: Option<&SheetRow>) -> Option<Header> {
    let own = row
        .cells
        .iter()
        .filter(|cell| meaning(&cell.given()).is_some())
        .count();
    if own < 2 {
        return None;
    }
    let width = above
        .map_or(0, |above| above.cells.len())
        .max(row.cells.len());
    let mut columns: Vec<(usize, Option<Column>, String)> = Vec::new();
    let mut group = String::new();
    for place in 0..width {
        let upper = above
            .map(|above| above.cell(place).given())
            .unwrap_or_default();
        if !upper.is_empty() {
            group = key(&upper);
        }
        let mut text = clean::plain(&row.cell(place).given());
        if text.is_empty() && meaning(&upper).is_some() {
            text = clean::plain(&upper);
        }
        if text.is_empty() {
            continue;
        }
        let found = under_group(meaning(&text), &group).filter(|column| {
            column.may_repeat() || columns.iter().all(|(_, known, _)| *known != Some(*column))
        });
        columns.push((place, found, text));
    }
    Some(Header {
        row: row.row,
        at,
        columns,
    })
}

/// Below the heading 户主信息 the name is the head's, and the head's other facts are not taken.
fn under_group(column: Option<Column>, group: &str) -> Option<Column> {
    if !matches!(group, "户主信息" | "户主基本信息" | "户主情况" | "户主") {
        return column;
    }
    match column {
        Some(Column::Name) => Some(Column::HeadName),
        Some(column) if column.is_personal() => None,
        other => other,
    }
}

/// Returns what a header means.
fn meaning(header: &str) -> Option<Column> {
    static INDEX: OnceLock<HashMap<&str, Column>> = OnceLock::new();
    if header.is_empty() || 60 < header.len() {
        return None;
    }
    let index = INDEX.get_or_init(|| {
        let names = NAMES.iter().rev();
        names
            .flat_map(|(column, names)| names.split(' ').map(|name| (name, *column)))
            .collect()
    });
    let whole = key(header);
    let short = key(&without_brackets(header));
    [&whole, &short].into_iter().find_map(|key| {
        let bare = PREFIXES
            .iter()
            .find_map(|prefix| key.strip_prefix(prefix))
            .unwrap_or(key);
        index.get(key.as_str()).or_else(|| index.get(bare)).copied()
    })
}

/// The header without white space, brackets, stars and colons, in half width and small letters.
fn key(header: &str) -> String {
    clean::compact(header)
        .chars()
        .filter(|c| {
            !matches!(
                c,
                '(' | ')' | '[' | ']' | '【' | '】' | '〔' | '〕' | '*' | ':' | '★' | '、'
            )
        })
        .collect::<String>()
        .to_lowercase()
}

fn without_brackets(header: &str) -> String {
    let mut depth = 0_u32;
    clean::half_width(header)
        .chars()
        .filter(|c| {
            match c {
                '(' | '[' | '【' | '〔' => depth += 1,
                ')' | ']' | '】' | '〕' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

fn is_group_header(row: &SheetRow) -> bool {
    2 <= row.cells.iter().filter(|cell| !cell.is_blank()).count()
}

fn title(above: &[SheetRow]) -> String {
    let cells = above.iter().flat_map(|row| row.cells.iter());
    let texts: Vec<String> = cells
        .filter(|cell| !cell.is_blank())
        .map(|cell| clean::plain(&cell.given()))
        .collect();
    texts.join(" ").chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::roster::cell::Cell;
    use rstest::rstest;

    fn row(number: u32, cells: &[&str]) -> SheetRow {
        SheetRow {
            row: number,
            cells: cells.iter().map(|text| Cell::of_text(text)).collect(),
            open_quote: false,
        }
    }

    #[rstest]
    #[case("与户主\n关系", Column::Relation)]
    #[case("身 份 证\n号  码", Column::IdNo)]
    #[case("村（居）", Column::Village)]
    #[case("村(居)委会", Column::Village)]
    #[case("出生日期（年-月-日）", Column::Birth)]
    #[case("*姓名：", Column::Name)]
    #[case("居民姓名", Column::Name)]
    #[case("成员身份证号码", Column::IdNo)]
    #[case("患者联系电话", Column::Phone)]
    #[case("户主姓名", Column::HeadName)]
    #[case("联系人电话", Column::ContactPhone)]
    #[case("收缩压(mmHg)", Column::Systolic)]
    fn headers_go_by_many_names(#[case] header: &str, #[case] column: Column) {
        assert_eq!(meaning(header), Some(column));
    }

    #[test]
    fn no_name_stands_for_two_columns() {
        let mut seen = HashMap::new();
        for (column, names) in NAMES {
            for name in names.split(' ') {
                assert_eq!(key(name), name, "written as it is compared");
                assert_eq!(seen.insert(name, *column), None, "{name}");
            }
            assert_eq!(meaning(column.usual_name()), Some(*column));
        }
    }

    #[test]
    fn the_header_is_found_below_title_and_groups() {
        let rows = [
            row(1, &["某镇花名册"]),
            row(3, &["填报单位：某卫生院", "", "家庭成员信息"]),
            row(
                4,
                &["序号", "户编号", "姓名", "性别", "身份证号", "毕业学校"],
            ),
            row(5, &["1", "H1", "张伟", "男", "5299", "某中学"]),
        ];
        let header = find(&rows).unwrap();
        assert_eq!((header.row, header.kind()), (4, SheetKind::People));
        let place = header.place("", &rows[..2], SheetKind::People);
        assert_eq!(place.unknown_columns[0].header, "毕业学校");
        assert_eq!(
            header
                .skipped(&rows[..2])
                .iter()
                .map(|s| s.reason)
                .collect::<Vec<_>>(),
            [
                SkipReason::Title,
                SkipReason::GroupHeader,
                SkipReason::Header
            ]
        );
        assert!(header.repeats_in(&rows[2]));
        assert!(!header.repeats_in(&rows[3]));
    }

    #[test]
    fn headings_over_two_rows_are_read_together() {
        let rows = [
            row(1, &["序号", "户主信息", "", "家庭成员", "", "", "备注"]),
            row(2, &["", "姓名", "身份证号", "姓名", "性别", "身份证号"]),
        ];
        let header = find(&rows).unwrap();
        assert_eq!(header.row, 2);
        let columns: Vec<Option<Column>> = header.columns.iter().map(|c| c.1).collect();
        assert_eq!(
            columns,
            [
                Some(Column::Serial),
                Some(Column::HeadName),
                None,
                Some(Column::Name),
                Some(Column::Sex),
                Some(Column::IdNo),
                Some(Column::Remark),
            ]
        );
    }

    #[test]
    fn a_sheet_of_follow_ups_is_told_from_a_roster() {
        let follow_ups = [row(
            1,
            &["姓名", "身份证号", "最近随访日期", "收缩压", "舒张压"],
        )];
        assert_eq!(find(&follow_ups).unwrap().kind(), SheetKind::History);
        let prices = [row(1, &["名称", "单价", "备注"])];
        assert_eq!(find(&prices), None);
    }
}
