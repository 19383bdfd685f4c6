//! `cunyi export register`: the register 门诊日志 as a table, one line a visit, the columns of
//! its form.

use super::open::{Session, unexpected};
use super::print::Trouble;
use crate::{
    desk::{Question, Reply, reply::RegisterRow},
    domain::{
        day::{Day, plus_days},
        form::{FormDef, typed},
        text::Lang,
        value::Value,
        visit,
    },
    paper::export::{Table, TableCell, TableColumn},
};

/// Returns the register of these days, both included.
///
/// # Errors
/// Fails with the store.
pub fn table(session: &Session<'_>, from: Day, until: Day) -> Result<Table, Trouble> {
    let form = session.desk.catalog().form(visit::REGISTER).cloned();
    let Some(form) = form else {
        return Err(unexpected());
    };
    let mut rows = Vec::new();
    let mut day = from;
    while day <= until {
        let Reply::Register(view) = session.ask(Question::Register(Some(day)))? else {
            return Err(unexpected());
        };
        rows.extend(view.rows.iter().map(|row| cells(&form, row, day)));
        day = plus_days(day, 1);
    }
    let mut columns = vec![
        TableColumn::new("day", "日期"),
        TableColumn::new("person", "编号"),
    ];
    let fields = form.fields();
    columns.extend(fields.map(|field| TableColumn::new(&field.key, &field.label.zh)));
    columns.push(TableColumn::new("by", "接诊医生"));
    Ok(Table { columns, rows })
}

fn cells(form: &FormDef, row: &RegisterRow, day: Day) -> Vec<TableCell> {
    let text = |text: String| TableCell::text(Some(text).filter(|text| !text.is_empty()));
    let mut cells = vec![TableCell::Date(day), text(row.who.person.to_string())];
    cells.extend(
        form.fields()
            .map(|field| match row.filled.answers.get(&field.key) {
                None => TableCell::Empty,
                Some(Value::Date(day)) => TableCell::Date(*day),
                Some(value) => text(typed::shown(field, value, Lang::Zh)),
            }),
    );
    cells.push(text(row.by.clone()));
    cells
}
