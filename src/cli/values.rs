//! Typed words to answers: `sbp=152`, `F02.fbg=6.1`, `drugs="氨氯地平 5mg x1"`; and answers to JSON.
//!
//! It reads; what a field accepts is judged by `form::check`.

use serde_json::{Value as Json, json};

use crate::domain::{
    day::Day,
    form::{Fault, Field, FormDef, Kind, typed},
    value::{Answers, Decimal, Value},
};

/// One `--set`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Before a dot: only this form's field is meant.
    pub form: Option<String>,
    pub key: String,
    pub text: String,
}

/// Reads `KEY=VALUE` or `FORM.KEY=VALUE`; `None` where there is no `=`.
pub fn setting(text: &str) -> Option<Setting> {
    let (name, value) = text.split_once(['=', '＝'])?;
    let (form, key) = match name.split_once(['.', '．']) {
        Some((form, key)) => (Some(form.trim().to_owned()), key),
        None => (None, name),
    };
    let key = key.trim().to_owned();
    (!key.is_empty()).then(|| Setting {
        form,
        key,
        text: value.to_owned(),
    })
}

/// Finds a field by its key, its short names or its label.
pub fn field<'f>(form: &'f FormDef, name: &str) -> Option<&'f Field> {
    let called = |field: &&Field| {
        field.short.iter().any(|short| short == name)
            || field.label.zh == name
            || field.label.en.eq_ignore_ascii_case(name)
    };
    form.field(name).or_else(|| form.fields().find(called))
}

/// Reads the value of a field as typed on a command line.
///
/// # Errors
/// As the field cannot be read.
pub fn read(field: &Field, text: &str, today: Day) -> Result<Value, Fault> {
    match &field.kind {
        Kind::Rows { columns, .. } => rows(columns, text, today).map(Value::Rows),
        _ => typed::parse(field, text, today),
    }
}

fn rows(columns: &[Field], text: &str, today: Day) -> Result<Vec<Answers>, Fault> {
    if text.trim_start().starts_with('[') {
        return from_json(columns, text, today);
    }
    let lines = text.split([';', '；']).map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(|line| row(columns, line, today))
        .collect()
}

fn from_json(columns: &[Field], text: &str, today: Day) -> Result<Vec<Answers>, Fault> {
    let rows: Vec<serde_json::Map<String, Json>> =
        serde_json::from_slice(text.as_bytes()).map_err(|_| Fault::Unreadable)?;
    let one = |row: serde_json::Map<String, Json>| {
        let mut answers = Answers::new();
        for (key, value) in row {
            let column = columns.iter().find(|column| column.key == key);
            let column = column.ok_or(Fault::UnknownField)?;
            let written = match value {
                Json::Null => continue,
                Json::String(text) => text,
                other => other.to_string(),
            };
            answers.insert(key, typed::parse(column, &written, today)?);
        }
        Ok(answers)
    };
    rows.into_iter().map(one).collect()
}

/// Reads `氨氯地平 5mg x1`: words, an amount with its unit, how many times; or cells between `|`.
fn row(columns: &[Field], line: &str, today: Day) -> Result<Answers, Fault> {
    let mut answers = Answers::new();
    if line.contains(['|', '｜']) {
        for (column, cell) in columns.iter().zip(line.split(['|', '｜'])) {
            if !cell.trim().is_empty() {
                answers.insert(column.key.clone(), typed::parse(column, cell, today)?);
            }
        }
        return Ok(answers);
    }
    let of_kind = |wanted: fn(&Kind) -> bool| columns.iter().find(|c| wanted(&c.kind));
    let words = of_kind(|kind| matches!(kind, Kind::Text { .. }));
    let times = of_kind(|kind| matches!(kind, Kind::Int));
    let amount = of_kind(|kind| matches!(kind, Kind::Dec { .. }));
    let unit = of_kind(|kind| matches!(kind, Kind::Code(_)));
    let mut spoken: Vec<&str> = Vec::new();
    for word in line.split_whitespace() {
        let plain = typed::ascii_text(word).to_lowercase();
        if let (Some(field), Some(n)) = (times, often(&plain)) {
            answers.insert(field.key.clone(), Value::Int(n));
        } else if let (Some(amount), Some(unit), Some((n, code))) =
            (amount, unit, unit.and_then(|unit| dose(unit, &plain)))
        {
            answers.insert(amount.key.clone(), Value::Dec(n));
            answers.insert(unit.key.clone(), Value::Code(code));
        } else {
            spoken.push(word);
        }
    }
    let words = words.filter(|_| !spoken.is_empty());
    let words = words.ok_or(Fault::Unreadable)?;
    answers.insert(words.key.clone(), Value::Text(spoken.join(" ")));
    Ok(answers)
}

/// Reads `x1`, `×2`, `每日1次`, `1次/日`, `tid`.
fn often(word: &str) -> Option<i64> {
    let latin = [("qd", 1), ("bid", 2), ("tid", 3), ("qid", 4)];
    if let Some((_, n)) = latin.iter().find(|(name, _)| *name == word) {
        return Some(*n);
    }
    let digits = ["x", "×", "*", "每日", "每天", "一日", "日"]
        .iter()
        .find_map(|before| word.strip_prefix(before))
        .map(|rest| rest.trim_end_matches('次'))
        .or_else(|| {
            ["次/日", "次/天", "/day"]
                .iter()
                .find_map(|after| word.strip_suffix(after))
        })?;
    digits.parse().ok()
}

/// Reads an amount with its unit: `5mg`, `0.5g` has no such unit, `2片`.
fn dose(unit: &Field, word: &str) -> Option<(Decimal, String)> {
    let end = word.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, name) = word.split_at_checked(end)?;
    let code = typed::find_code(unit, name).ok()?;
    Some((number.parse().ok()?, code))
}

/// Returns answers as plain JSON.
pub fn answers(answers: &Answers) -> Json {
    answers
        .iter()
        .map(|(key, value)| (key.clone(), plain(value)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn plain(value: &Value) -> Json {
    match value {
        Value::Bool(yes) => json!(yes),
        Value::Code(code) => json!(code),
        Value::Codes(codes) => json!(codes),
        Value::Int(n) => json!(n),
        Value::Dec(n) => number(*n),
        Value::Text(text) => json!(text),
        Value::Date(day) => json!(day),
        Value::Month(month) => json!(match month.month {
            Some(n) => format!("{:04}-{n:02}", month.year),
            None => format!("{:04}", month.year),
        }),
        Value::Rows(rows) => rows.iter().map(answers).collect(),
    }
}

/// A decimal of at most three places, as a JSON number.
pub fn number(n: Decimal) -> Json {
    serde_json::from_slice(n.to_string().as_bytes()).unwrap_or_else(|_| json!(n.to_string()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::catalog::Catalog;

    #[rstest]
    #[case("sbp=152", None, "sbp", "152")]
    #[case("F02.fbg=6.1", Some("F02"), "fbg", "6.1")]
    #[case("drugs=甲=乙", None, "drugs", "甲=乙")]
    fn a_setting_has_a_key_and_perhaps_a_form(
        #[case] text: &str,
        #[case] form: Option<&str>,
        #[case] key: &str,
        #[case] value: &str,
    ) {
        let read = setting(text).unwrap();
        assert_eq!(read.form.as_deref(), form);
        assert_eq!((read.key.as_str(), read.text.as_str()), (key, value));
    }

    #[rstest]
    #[case("氨氯地平 5mg x1")]
    #[case("氨氯地平 5mg 每日1次")]
    #[case("氨氯地平|1|5|mg")]
    #[case(r#"[{"name":"氨氯地平","times":1,"amount":5,"unit":"1"}]"#)]
    fn medicine_is_read_in_every_shape(#[case] text: &str) {
        let catalog = Catalog::built_in().unwrap();
        let drugs = catalog.form("F01").unwrap().field("drugs").unwrap();
        let today = "2026-11-21".parse().unwrap();
        let Ok(Value::Rows(rows)) = read(drugs, text, today) else {
            panic!("{text}");
        };
        assert_eq!(
            answers(&rows[0]),
            json!({"name": "氨氯地平", "times": 1, "amount": 5, "unit": "1"})
        );
    }
}
