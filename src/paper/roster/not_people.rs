//! Which rows below the header are no person, and why.
//!
//! A row that could be somebody is never skipped: it is read, and its doubts are noted.

use super::{cell::SheetRow, fields::Frame, headers::Header, person};
use crate::domain::roster::{SkipReason, SkippedRows, clean};

/// Cells a line of signatures or notes may have.
const FOOTER_CELLS: usize = 6;

const TOTALS: &[&str] = &["合计", "小计", "总计", "共计", "总人数", "本页合计", "累计"];

const FOOTERS: &[&str] = &[
    "填表人",
    "填报人",
    "制表人",
    "审核人",
    "审核",
    "负责人",
    "单位负责人",
    "经办人",
    "填报单位",
    "填报日期",
    "填表日期",
    "制表日期",
    "填表说明",
    "填写说明",
    "说明:",
    "注:",
    "注1",
    "备注:",
    "联系人:",
    "以下空白",
    "以下无正文",
    "第1页",
    "打印日期",
    "打印时间",
    "盖章",
    "(盖章",
    "单位盖章",
    "公章",
];

/// Tells why a row is no person, or none if it may be one.
pub(super) fn reason(header: &Header, frame: Frame<'_>, row: &SheetRow) -> Option<SkipReason> {
    if header.repeats_in(row) {
        return Some(SkipReason::RepeatedHeader);
    }
    let texts: Vec<String> = row
        .cells
        .iter()
        .filter(|cell| !cell.is_blank())
        .take(FOOTER_CELLS + 1)
        .map(|cell| clean::compact(&cell.given()))
        .collect();
    let starts = |words: &[&str]| {
        texts
            .iter()
            .any(|text| words.iter().any(|word| text.starts_with(word)))
    };
    if texts.len() <= FOOTER_CELLS && starts(FOOTERS) {
        return Some(SkipReason::Footer);
    }
    if texts.iter().take(2).any(|text| is_total(text)) {
        return Some(SkipReason::Total);
    }
    (!person::is_somebody(frame, row)).then_some(SkipReason::NoPerson)
}

fn is_total(text: &str) -> bool {
    TOTALS.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            rest.chars()
                .all(|c| !clean::is_han(c) || "户人共计".contains(c))
        })
    })
}

/// Adds the empty rows between two rows with content.
pub(super) fn note_gap(skipped: &mut Vec<SkippedRows>, before: u32, row: u32) {
    if before + 1 < row {
        skipped.push(SkippedRows {
            first: before + 1,
            last: row - 1,
            reason: SkipReason::Blank,
        });
    }
}
