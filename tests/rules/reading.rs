//! Reads values out of a case's tables.

use cunyi::domain::{day::Day, task::TaskKind, value::Decimal};
use toml::{Table, Value};

pub const NOT_BUILT: &str = "task not built";

pub fn is_built(kind: &str) -> bool {
    serde_json::from_value::<TaskKind>(serde_json::Value::String(kind.to_owned())).is_ok()
}

pub fn table(of: &Table, key: &str) -> Table {
    let table = of.get(key).and_then(Value::as_table);
    table.cloned().unwrap_or_default()
}

pub fn tables(value: &Value) -> Vec<Table> {
    let list = value.as_array().unwrap().iter();
    list.map(|v| v.as_table().unwrap().clone()).collect()
}

pub fn text_of(of: &Table, key: &str) -> Option<String> {
    of.get(key).and_then(Value::as_str).map(ToOwned::to_owned)
}

pub fn flag(of: &Table, key: &str) -> bool {
    of.get(key).and_then(Value::as_bool).unwrap_or(false)
}

pub fn number(of: &Table, key: &str) -> Option<u32> {
    let number = of.get(key).and_then(Value::as_integer)?;
    u32::try_from(number).ok()
}

pub fn decimal(of: &Table, key: &str) -> Option<Decimal> {
    let text = of.get(key)?.to_string();
    text.parse().ok()
}

pub fn day_of(of: &Table, key: &str) -> Option<Day> {
    of.get(key)?.as_datetime()?.to_string().parse().ok()
}
