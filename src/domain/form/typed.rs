//! Typed text to values and back, for the window, the command line and one-line entry.
//!
//! It reads; it does not judge. What may stand in a field is `form::check`.

use chrono::Datelike;

use super::{
    definition::{Field, Kind},
    problem::Fault,
};
use crate::domain::order::Arrange as _;
use crate::domain::{
    day::Day,
    text::Lang,
    value::{Answers, Value, YearMonth},
};

/// Returns the ASCII twin of a full-width sign or a Chinese punctuation mark, or the sign itself.
pub fn ascii(sign: char) -> char {
    match sign {
        '。' | '．' | '·' => '.',
        '、' | '／' => '/',
        '，' => ',',
        '；' => ';',
        '－' | '—' | '–' | '−' => '-',
        '\u{3000}' => ' ',
        '！'..='～' => {
            let twin = u32::from(sign) - 0xFEE0;
            char::from_u32(twin).unwrap_or(sign)
        }
        _ => sign,
    }
}

/// Returns `text` with every sign replaced by its ASCII twin.
pub fn ascii_text(text: &str) -> String {
    text.chars().map(ascii).collect()
}

/// Reads `text` as a value of `field`. Codes may be given by code, digits or wording; several
/// codes are separated by `,` or space; rows by `;` and cells by `|`. A date without a year is
/// the nearest one not after `today` where the field looks back, else the nearest.
pub fn parse(field: &Field, text: &str, today: Day) -> Result<Value, Fault> {
    let trimmed = text.trim();
    let plain = ascii_text(trimmed);
    let plain = plain.trim();
    let unreadable = || Fault::Unreadable;
    match &field.kind {
        Kind::Code(_) => find_code(field, plain).map(Value::Code),
        Kind::Codes(_) => codes(field, plain),
        Kind::Bool(_) => boolean(field, plain),
        Kind::Int => plain.parse().map(Value::Int).map_err(|_| unreadable()),
        Kind::Dec { places } | Kind::Calc { places, .. } => plain
            .parse::<crate::domain::value::Decimal>()
            .map(|number| Value::Dec(number.rounded(*places)))
            .map_err(|_| unreadable()),
        Kind::Text { .. } => Ok(Value::Text(trimmed.to_owned())),
        Kind::Date => date(plain, today, !field.until.is_empty())
            .map(Value::Date)
            .ok_or(Fault::NoDate),
        Kind::Month => month(plain).map(Value::Month).ok_or_else(unreadable),
        Kind::Rows { columns, .. } => rows(columns, trimmed, today),
    }
}

/// Returns what one would type to get `value`; the text to edit.
pub fn as_typed(field: &Field, value: &Value) -> String {
    match value {
        Value::Bool(yes) => if *yes { "2" } else { "1" }.to_owned(),
        Value::Code(code) => code.clone(),
        Value::Codes(codes) => codes.join(","),
        Value::Int(n) => n.to_string(),
        Value::Dec(n) => n.with_places(field.places()),
        Value::Text(text) => text.clone(),
        Value::Date(day) => day.to_string(),
        Value::Month(month) => month_text(*month),
        Value::Rows(rows) => {
            let cell = |row: &Answers, column: &Field| {
                let value = row.get(&column.key);
                value.map_or_else(String::new, |value| as_typed(column, value))
            };
            let line = |row: &Answers| {
                let cells: Vec<String> = field.columns().iter().map(|c| cell(row, c)).collect();
                cells.join("|").trim_end_matches('|').to_owned()
            };
            rows.iter().map(line).collect::<Vec<_>>().join(";")
        }
    }
}

/// Returns `value` as a reader sees it: options with code and wording, rows as phrases.
pub fn shown(field: &Field, value: &Value, lang: Lang) -> String {
    let option = |code: &String| match field.options().iter().position(|o| &o.code == code) {
        Some(index) => {
            let label = field.options().get(index).map_or("", |o| o.label.get(lang));
            numbered(&field.digits_of(index), label)
        }
        None => code.clone(),
    };
    match value {
        Value::Bool(yes) => option(&if *yes { "2" } else { "1" }.to_owned()),
        Value::Code(_) | Value::Codes(_) => {
            let shown: Vec<String> = value.codes().iter().map(option).collect();
            shown.join(" ")
        }
        Value::Rows(rows) => {
            let cell = |row: &Answers, column: &Field| {
                let value = row.get(&column.key)?;
                let unit = column.unit.as_ref().map_or("", |unit| unit.get(lang));
                Some(match value {
                    Value::Code(code) => column
                        .option(code)
                        .map_or_else(|| code.clone(), |o| o.label.get(lang).to_owned()),
                    Value::Dec(number) => format!("{number}{unit}"),
                    _ => format!("{}{unit}", as_typed(column, value)),
                })
            };
            let line = |row: &Answers| {
                let cells: Vec<String> = field
                    .columns()
                    .iter()
                    .filter_map(|c| cell(row, c))
                    .collect();
                cells.join(" ")
            };
            rows.iter().map(line).collect::<Vec<_>>().join("; ")
        }
        _ => as_typed(field, value),
    }
}

/// Returns an option with the digits that choose it, kept apart from a wording that begins with
/// a digit itself.
pub fn numbered(digits: &str, label: &str) -> String {
    let runs_on = label.starts_with(|sign: char| sign.is_ascii_digit());
    let gap = if runs_on { ":" } else { "" };
    format!("{digits}{gap}{label}")
}

/// Returns the stored code that `typed` means: code, digits of the list, or wording.
pub fn find_code(field: &Field, typed: &str) -> Result<String, Fault> {
    let options = field.options();
    let number = |text: &str| text.parse::<u32>().ok();
    let by_code = options.iter().position(|o| o.code == typed);
    let by_digits = || (0..options.len()).find(|index| field.digits_of(*index) == typed);
    let by_words = || {
        options
            .iter()
            .position(|o| o.label.zh == typed || o.label.en.eq_ignore_ascii_case(typed))
    };
    let by_number = || {
        let wanted = number(typed)?;
        (0..options.len()).find(|index| number(&field.digits_of(*index)) == Some(wanted))
    };
    by_code
        .or_else(by_digits)
        .or_else(by_words)
        .or_else(by_number)
        .and_then(|index| options.get(index))
        .map(|option| option.code.clone())
        .ok_or_else(|| Fault::UnknownCode {
            code: typed.to_owned(),
        })
}

/// Puts codes into the order of the field's options.
pub fn ordered(field: &Field, mut codes: Vec<String>) -> Vec<String> {
    let place = |code: &String| field.options().iter().position(|o| &o.code == code);
    codes.arrange_by_key(place);
    codes
}

fn codes(field: &Field, text: &str) -> Result<Value, Fault> {
    let parts = text.split([',', ' ', '/']).filter(|part| !part.is_empty());
    let mut found = Vec::new();
    for part in parts {
        let code = find_code(field, part)?;
        if !found.contains(&code) {
            found.push(code);
        }
    }
    Ok(Value::Codes(ordered(field, found)))
}

fn boolean(field: &Field, text: &str) -> Result<Value, Fault> {
    match text {
        "true" | "yes" | "y" | "是" => Ok(Value::Bool(true)),
        "false" | "no" | "n" | "否" => Ok(Value::Bool(false)),
        _ => find_code(field, text).map(|code| Value::Bool(code == "2")),
    }
}

fn rows(columns: &[Field], text: &str, today: Day) -> Result<Value, Fault> {
    let mut rows = Vec::new();
    for line in text
        .split([';', '；'])
        .filter(|line| !line.trim().is_empty())
    {
        let cells: Vec<&str> = line.split(['|', '｜']).collect();
        if columns.len() < cells.len() {
            return Err(Fault::Unreadable);
        }
        let mut row = Answers::new();
        for (column, cell) in columns.iter().zip(cells) {
            if !cell.trim().is_empty() {
                row.insert(column.key.clone(), parse(column, cell, today)?);
            }
        }
        rows.push(row);
    }
    Ok(Value::Rows(rows))
}

/// Reads `1121`, `11-21`, `20261121`, `2026-11-21` (also with `/` and `.`), in the years
/// 1850 to 2199.
pub fn date(text: &str, today: Day, looks_back: bool) -> Option<Day> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let number = |part: &str| {
        let digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<u32>().ok()).flatten()
    };
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => {
            (Some(number(year)?), number(month)?, number(day)?)
        }
        [month, day] => (None, number(month)?, number(day)?),
        [digits] => {
            let n = number(digits)?;
            match digits.len() {
                8 => (Some(n / 10_000), n / 100 % 100, n % 100),
                4 => (None, n / 100, n % 100),
                _ => return None,
            }
        }
        _ => return None,
    };
    match year {
        // Nobody's life and no plan lies outside: it is a slip of the fingers.
        Some(year) if !(1850..2200).contains(&year) => None,
        Some(year) => Day::from_ymd_opt(i32::try_from(year).ok()?, month, day),
        None => nearest(month, day, today, looks_back),
    }
}

fn nearest(month: u32, day: u32, today: Day, looks_back: bool) -> Option<Day> {
    // Eight years back reach a 29 February from any day.
    let years = (today.year() - 8)..=(today.year() + 8);
    years
        .filter_map(|year| Day::from_ymd_opt(year, month, day))
        .filter(|found| !looks_back || *found <= today)
        .min_by_key(|found| found.signed_duration_since(today).num_days().abs())
}

fn month(text: &str) -> Option<YearMonth> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let (year, month) = match parts.as_slice() {
        [digits] if digits.len() == 6 => (digits.get(..4)?, digits.get(4..)),
        [year] => (*year, None),
        [year, month] => (*year, Some(*month)),
        _ => return None,
    };
    let month = match month {
        Some(month) => Some(month.parse().ok().filter(|m| (1..=12).contains(m))?),
        None => None,
    };
    let year = Some(year).filter(|year| year.len() == 4)?.parse().ok()?;
    Some(YearMonth { year, month })
}

fn month_text(month: YearMonth) -> String {
    match month.month {
        Some(n) => format!("{:04}-{n:02}", month.year),
        None => format!("{:04}", month.year),
    }
}
