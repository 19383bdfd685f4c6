//! Values of a card and their changes in words.

use crate::domain::{
    event::Change,
    form::{Field, FormDef, typed},
    text::{Lang, Text},
    value::Value,
};

const EMPTY: Text = Text {
    zh: "(空)",
    en: "(empty)",
};

/// Returns a value as its field words it, or that there is none.
pub fn value(field: Option<&Field>, value: Option<&Value>, lang: Lang) -> String {
    match (field, value) {
        (Some(field), Some(value)) => typed::shown(field, value, lang),
        _ => EMPTY.get(lang).to_owned(),
    }
}

/// Returns what a field's key is called on the form.
pub fn label<'a>(form: &'a FormDef, key: &'a str, lang: Lang) -> &'a str {
    form.field(key).map_or(key, |field| field.label.get(lang))
}

/// Returns a changed field with both its values.
pub fn change(form: &FormDef, change: &Change, lang: Lang) -> String {
    let field = form.field(&change.field);
    let label = label(form, &change.field, lang);
    let before = value(field, change.before.as_ref(), lang);
    let after = value(field, change.after.as_ref(), lang);
    format!("{label}: {before} → {after}")
}
