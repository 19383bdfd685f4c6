//! A month's report is sent: its figures are frozen, and what is entered since marks it for
//! correction (reports §1).

use super::Done;
use crate::{
    desk::answers::Pen,
    domain::{
        agreement::{
            change::Change,
            reported::{Figures, Reported, month_of},
        },
        day::Day,
        event::{Event, agreement::ReportSent},
        refusal::RecordRefusal,
        rows::{
            agreement::{AgreementRow, report_key},
            signings,
        },
        tables::{Index, Read},
        text::Text,
    },
    store::{self, Error},
};

/// Freezes what was signed in the month this day is in.
///
/// # Errors
/// Refuses a month that is not over, and one sent before in which nothing changed since.
pub fn send<T: Read<Fault = store::Error>>(pen: &mut Pen<'_, T>, day: Day) -> Done {
    let (month, last) = month_of(day);
    let bad = |why| RecordRefusal::Bad {
        field: "period",
        why,
    };
    if pen.facts.today <= last {
        return Err(bad(NOT_OVER).into());
    }
    if let Some(before) = sent(pen.tables, month)?
        && corrections(pen.tables, &before)?.is_empty()
    {
        return Err(bad(SENT).into());
    }
    let rows = signed_in(pen.tables, month)?;
    let figures = Figures::of(rows.iter().map(|row| &row.agreement));
    pen.write(Event::ReportSent(ReportSent { month, figures }));
    Ok(())
}

/// Returns the reports sent of the month this day is in.
///
/// # Errors
/// Fails with the disk.
pub fn sent<T: Read<Fault = Error>>(tables: &T, day: Day) -> Result<Option<Reported>, Error> {
    tables.get(&report_key(month_of(day).0))
}

/// Returns the agreements of the month that were signed, or made void, after it was sent.
///
/// # Errors
/// Fails with the disk.
pub fn corrections<T: Read<Fault = Error>>(
    tables: &T,
    reported: &Reported,
) -> Result<Vec<AgreementRow>, Error> {
    let last = reported.sent.last().map_or(0, |sent| sent.seq);
    let mut rows = signed_in(tables, reported.month)?;
    rows.retain(|row| {
        let mut later = row.steps.iter().filter(|step| last < step.seq);
        later.any(|step| Change::is_reported(&step.what))
    });
    Ok(rows)
}

fn signed_in<T: Read<Fault = Error>>(tables: &T, day: Day) -> Result<Vec<AgreementRow>, Error> {
    let (first, last) = month_of(day);
    let (from, to) = signings::range(first, last);
    tables.listed(Index::AgreementSigned, &from, &to)
}

const NOT_OVER: Text = Text {
    zh: "这个月还没有过完，过完再上报。",
    en: "the month is not over yet.",
};
const SENT: Text = Text {
    zh: "这个月已经上报，之后没有要更正的。",
    en: "it was sent, and nothing of it changed since.",
};
