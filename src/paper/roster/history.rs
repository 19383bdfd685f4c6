//! One past follow-up out of one row: when it was, and what was measured.
//!
//! These are another system's records: nothing here is judged as a visit of ours.

use crate::domain::{
    roster::{Column, HistoryRow, RosterFault, RowProblem, clean, dates::DateReading},
    value::{Decimal, YearMonth},
};

use super::{
    cell::SheetRow,
    fields::{Fields, Frame, Future, NumberReading},
};

/// mmHg a blood pressure can have at all.
const PRESSURE: std::ops::RangeInclusive<u16> = 20..=300;
/// Thousandths of mmol/L a blood glucose can have at all.
const GLUCOSE: std::ops::RangeInclusive<i64> = 500..=60_000;

/// Reads the follow-up of a row.
pub(super) fn read(frame: Frame<'_>, row: &SheetRow) -> (HistoryRow, Vec<RowProblem>) {
    let mut fields = Fields::new(frame, row);
    let name = fields.word(Column::Name, 30).map(|name| clean::name(&name));
    let document = match fields.document(fields.cell(Column::IdNo)) {
        NumberReading::Good(document) => Some(document),
        NumberReading::Bad { .. } => None,
        NumberReading::Missing => {
            fields.flag(Column::IdNo, RosterFault::IdMissing);
            None
        }
    };
    if name.is_none() {
        fields.flag(Column::Name, RosterFault::NameMissing);
    }
    if fields.cell(Column::LastVisit).is_blank() {
        fields.flag(Column::LastVisit, RosterFault::VisitDateMissing);
    }
    let (systolic, diastolic) = pressures(&mut fields);
    let history = HistoryRow {
        row: row.row,
        given: fields.given(),
        name,
        document,
        phones: fields.phones(Column::Phone),
        diagnosed: diagnosed(&mut fields),
        last_visit: fields.date(Column::LastVisit, Future::Refused),
        systolic,
        diastolic,
        glucose: glucose(&mut fields),
        adherence: fields.word(Column::Adherence, 60),
        drugs: fields.word(Column::Drugs, 200),
        next_visit: fields.date(Column::NextVisit, Future::Allowed),
        mode: fields.word(Column::VisitMode, 60),
    };
    (history, fields.problems)
}

/// Returns whether a row says anything about a past follow-up.
pub(super) fn says_anything(frame: Frame<'_>, row: &SheetRow) -> bool {
    let fields = Fields::new(frame, row);
    let columns = frame.place.columns.iter().map(|read| read.column);
    columns
        .filter(|column| column.is_of_history())
        .any(|column| {
            let cell = fields.cell(column);
            !cell.is_blank() && !clean::says_nothing(&cell.given())
        })
}

/// Reads the pressure from its two columns, or from one as `150/90`.
fn pressures(fields: &mut Fields<'_>) -> (Option<u16>, Option<u16>) {
    if let Some(text) = fields.word(Column::Pressure, 60) {
        let text = clean::compact(&text).to_lowercase();
        let both = text
            .trim_end_matches("mmhg")
            .split_once('/')
            .and_then(|(high, low)| Some((high.parse().ok()?, low.parse().ok()?)));
        if let Some((high, low)) = both.filter(|(high, low)| is_pressure(*high, *low)) {
            return (Some(high), Some(low));
        }
        fields.flag(Column::Pressure, RosterFault::Measurement);
    }
    let high = whole(fields, Column::Systolic);
    let low = whole(fields, Column::Diastolic);
    if let (Some(high), Some(low)) = (high, low)
        && !is_pressure(high, low)
    {
        fields.flag(Column::Systolic, RosterFault::Measurement);
        fields.flag(Column::Diastolic, RosterFault::Measurement);
        return (None, None);
    }
    (high, low)
}

fn is_pressure(high: u16, low: u16) -> bool {
    PRESSURE.contains(&high) && PRESSURE.contains(&low) && low < high
}

fn whole(fields: &mut Fields<'_>, column: Column) -> Option<u16> {
    let text = clean::compact(&fields.word(column, 60)?).to_lowercase();
    let number = text.trim_end_matches("mmhg").trim_end_matches(".0");
    match number.parse() {
        Ok(number) if PRESSURE.contains(&number) => Some(number),
        _ => {
            fields.flag(column, RosterFault::Measurement);
            None
        }
    }
}

fn glucose(fields: &mut Fields<'_>) -> Option<Decimal> {
    let text = clean::compact(&fields.word(Column::Glucose, 60)?).to_lowercase();
    match text.trim_end_matches("mmol/l").parse::<Decimal>() {
        Ok(number) if GLUCOSE.contains(&number.thousandths()) => Some(number),
        _ => {
            fields.flag(Column::Glucose, RosterFault::Measurement);
            None
        }
    }
}

/// A year alone is enough to say when something was found.
fn diagnosed(fields: &mut Fields<'_>) -> Option<YearMonth> {
    use chrono::Datelike;
    let cell = fields.cell(Column::Diagnosed);
    if cell.is_blank() || clean::says_nothing(&cell.given()) {
        return None;
    }
    let text = cell.bare();
    let year_alone = clean::compact(&text);
    let year_alone = year_alone.trim_end_matches("年");
    let found = match cell.date(fields.frame.epoch) {
        Ok(DateReading::Day(day)) => Some((day.year(), Some(day.month()))),
        Ok(DateReading::Month(year, month)) => Some((year, Some(month))),
        Ok(DateReading::Year(year)) => Some((year, None)),
        Ok(DateReading::ShortYear(..) | DateReading::SixDigits(_)) | Err(_) => year_alone
            .parse()
            .ok()
            .filter(|year| (1900..=2200).contains(year))
            .map(|year| (year, None)),
    };
    let Some((year, month)) = found else {
        fields.flag(Column::Diagnosed, RosterFault::DateForm);
        return None;
    };
    if fields.frame.today.year() < year {
        fields.flag(Column::Diagnosed, RosterFault::DateFuture);
        return None;
    }
    Some(YearMonth { year, month })
}
