//! One-line entry: `152/94 p78 w61.5 无症状 规律` to answers and back.
//!
//! A word is a pair of numbers, a short name with a value, an option's wording that occurs in
//! one field only, or 无异常. Anything else is a fault; a line is taken whole or not at all.

use super::{
    context::{FormContext, Mark},
    definition::{Field, FormDef, Joint, Kind},
    fill::{Filled, normal_answers},
    typed,
};
use crate::domain::{
    text::Lang,
    value::{Answers, Value},
};

/// The words that state all unmeasured questions normal.
const ALL_NORMAL: [&str; 2] = ["无异常", "normal"];

/// A word of the line that means nothing in this form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord(pub String);

/// Reads a line over what already stands in the form; all unknown words at once.
pub fn read(
    form: &FormDef,
    line: &str,
    before: &Filled,
    context: &FormContext,
) -> Result<Filled, Vec<UnknownWord>> {
    let mut filled = before.clone();
    let mut said = Answers::new();
    let mut unknown = Vec::new();
    let mut all_normal = false;
    for word in words(line) {
        if ALL_NORMAL.contains(&word.as_str()) {
            all_normal = true;
        } else if let Some(found) = word_answers(form, &word, context) {
            for (key, value) in found {
                join(form, &mut said, key, value);
            }
        } else {
            unknown.push(UnknownWord(word));
        }
    }
    if !unknown.is_empty() {
        return Err(unknown);
    }
    for (key, value) in said {
        filled.put(&key, Some(value), Mark::Typed);
        filled.settle(form, context);
    }
    if all_normal {
        for (key, value) in normal_answers(form, &filled.answers, context) {
            filled.put(&key, Some(value), Mark::Stated);
        }
        filled.settle(form, context);
    }
    Ok(filled)
}

/// Writes the line that produces the typed and stated answers.
pub fn write(form: &FormDef, filled: &Filled, lang: Lang) -> String {
    let mark = |field: &Field| filled.marks.get(&field.key);
    let mut words: Vec<String> = Vec::new();
    let first_pair = form.fields().position(|field| field.joint == Joint::Slash);
    let mut fields = form.fields().enumerate().peekable();
    while let Some((_, field)) = fields.next() {
        let typed = |field: &Field| {
            let value = filled.answers.get(&field.key)?;
            (mark(field) == Some(&Mark::Typed)).then_some(value)
        };
        let Some(value) = typed(field) else { continue };
        // A pair without a name is the form's first one.
        let partner = fields.peek().filter(|(at, _)| Some(*at) == first_pair);
        match partner.and_then(|(_, next)| Some((*next, typed(next)?))) {
            Some((next, other)) => {
                let (left, right) = (typed::as_typed(field, value), typed::as_typed(next, other));
                words.push(format!("{left}/{right}"));
                fields.next();
            }
            None => words.extend(word_of(form, field, value, lang)),
        }
    }
    if form
        .fields()
        .any(|field| mark(field) == Some(&Mark::Stated))
    {
        words.push(ALL_NORMAL[usize::from(lang == Lang::En)].to_owned());
    }
    words.join(" ")
}

/// Splits a line into its words; quotes keep one together.
pub fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for sign in line.chars() {
        let quote = matches!(sign, '"' | '“' | '”');
        let gap = sign.is_whitespace() || matches!(sign, '，' | ',') && !in_list(&word);
        if quote {
            quoted = !quoted;
        } else if gap && !quoted {
            words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
        } else {
            word.push(sign);
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}

/// Tells whether a comma continues a list of codes (`症状2,4`) rather than ending a word.
fn in_list(word: &str) -> bool {
    !word.starts_with(|c: char| c.is_ascii_digit())
        && word.ends_with(|c: char| typed::ascii(c).is_ascii_digit())
        && !word.contains('.')
        && !word.starts_with(|c: char| c.is_ascii_alphabetic())
}

fn word_answers(form: &FormDef, word: &str, context: &FormContext) -> Option<Vec<(String, Value)>> {
    let one = |found: (String, Value)| vec![found];
    pair(form, word, context)
        .or_else(|| option_word(form, word).map(one))
        .or_else(|| named(form, word, context).map(one))
}

fn pair(form: &FormDef, word: &str, context: &FormContext) -> Option<Vec<(String, Value)>> {
    let plain = typed::ascii_text(word);
    let (left, right) = plain.split_once('/')?;
    let fields: Vec<&Field> = form.fields().collect();
    let [first, second] = fields.windows(2).find(|two| match two {
        [_, second] => second.joint == Joint::Slash,
        _ => false,
    })?
    else {
        return None;
    };
    let left = typed::parse(first, left, context.today).ok()?;
    let right = typed::parse(second, right, context.today).ok()?;
    Some(vec![(first.key.clone(), left), (second.key.clone(), right)])
}

/// Finds an option by its wording, if only one field of the form has such an option.
fn option_word(form: &FormDef, word: &str) -> Option<(String, Value)> {
    let mut found = form.fields().filter_map(|field| {
        let option = field
            .options()
            .iter()
            .find(|o| o.label.zh == word || o.label.en.eq_ignore_ascii_case(word))?;
        Some((field, option))
    });
    let (field, option) = found.next()?;
    if found.next().is_some() {
        return None;
    }
    let value = field.value_of(std::slice::from_ref(&option.code))?;
    Some((field.key.clone(), value))
}

fn named(form: &FormDef, word: &str, context: &FormContext) -> Option<(String, Value)> {
    let names = |field: &Field| {
        let mut names = field.short.clone();
        names.extend([field.key.clone(), field.label.zh.clone()]);
        names
    };
    let (field, rest) = form
        .fields()
        .flat_map(|field| names(field).into_iter().map(move |name| (field, name)))
        .filter_map(|(field, name)| {
            let rest = word.strip_prefix(name.as_str())?;
            Some((field, rest, name.len()))
        })
        .filter(|(_, rest, _)| rest.starts_with(|c: char| !c.is_alphabetic() || !c.is_ascii()))
        .max_by_key(|(_, _, length)| *length)
        .map(|(field, rest, _)| (field, rest))?;
    let text = rest.trim_start_matches(['=', '＝', ':', '：']);
    if matches!(field.kind, Kind::Calc { .. }) || text.is_empty() {
        return None;
    }
    let value = typed::parse(field, text, context.today).ok()?;
    Some((field.key.clone(), value))
}

/// Adds an answer; several words of one multiple field come together.
fn join(form: &FormDef, said: &mut Answers, key: String, value: Value) {
    match (said.get_mut(&key), value) {
        (Some(Value::Codes(codes)), Value::Codes(more)) => {
            codes.extend(more);
            codes.dedup();
            if let Some(field) = form.field(&key) {
                *codes = typed::ordered(field, std::mem::take(codes));
            }
        }
        (_, value) => {
            said.insert(key, value);
        }
    }
}

fn word_of(form: &FormDef, field: &Field, value: &Value, lang: Lang) -> Vec<String> {
    let unique = |code: &String| {
        let label = field.option(code)?.label.get(lang);
        let is_own = !ALL_NORMAL.contains(&label);
        let plain = is_own && !label.contains([' ', ',', '，', '/', '"']);
        (plain && option_word(form, label).is_some()).then(|| label.to_owned())
    };
    let by_words: Option<Vec<String>> = value.codes().iter().map(unique).collect();
    if let Some(words) = by_words.filter(|words| !words.is_empty()) {
        return words;
    }
    let name = field.short.first().unwrap_or(&field.key);
    let text = typed::as_typed(field, value);
    let number = matches!(field.kind, Kind::Int | Kind::Dec { .. });
    let quoted = text.contains(|c: char| c.is_whitespace() || matches!(c, ',' | '，'));
    vec![match (number, quoted) {
        (true, _) => format!("{name}{text}"),
        (false, true) => format!("{name}=\"{text}\""),
        (false, false) => format!("{name}={text}"),
    }]
}
