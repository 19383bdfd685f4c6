//! Hiding identity numbers and telephones in whatever is told to somebody who sees them hidden.
//!
//! A field made for such a number is known by its key; in every other text the numbers
//! themselves are looked for. Names and addresses stay: whoever reads a record must know whose.

use super::{
    contact::Contact,
    event::Change,
    form::FilledForm,
    household::Household,
    identity,
    person::Person,
    phone::{self, PhonePlace},
    value::{Answers, Value},
};

/// Digits of the shortest identity number that is looked for in a text.
const IDENTITY: usize = 15;
/// Digits of a mobile telephone.
const MOBILE: usize = 11;

/// Hides the numbers in answers, those of repeated groups among them.
pub fn answers(answers: &mut Answers) {
    for (key, own) in answers.iter_mut() {
        value(key, own);
    }
}

/// Hides the numbers in the answer to `key`.
pub fn value(key: &str, value: &mut Value) {
    match value {
        Value::Text(written) => *written = field(key, written),
        Value::Rows(rows) => rows.iter_mut().for_each(answers),
        Value::Bool(_)
        | Value::Code(_)
        | Value::Codes(_)
        | Value::Int(_)
        | Value::Dec(_)
        | Value::Date(_)
        | Value::Month(_) => {}
    }
}

/// Hides the numbers of a person's card.
pub fn person(person: &mut Person) {
    answers(&mut person.card);
}

/// Hides the numbers of a household's card.
pub fn household(household: &mut Household) {
    answers(&mut household.card);
}

/// Hides the numbers in what a contact's forms say, and said before they were corrected.
pub fn contact(contact: &mut Contact) {
    contact.forms.iter_mut().for_each(filled);
    for correction in &mut contact.corrections {
        correction.forms_before.iter_mut().for_each(filled);
    }
}

/// Hides the numbers of a filled-in form.
pub fn filled(form: &mut FilledForm) {
    answers(&mut form.answers);
}

/// Hides the numbers in a field's change.
pub fn change(change: &mut Change) {
    for side in [&mut change.before, &mut change.after]
        .into_iter()
        .flatten()
    {
        value(&change.field, side);
    }
}

/// The number of a record: it says which folder, not who, and is open on every list.
const RECORD: &str = "record_no";

/// Returns the answer to a field, hidden where the field is made for such a number.
fn field(key: &str, written: &str) -> String {
    if key == RECORD {
        return written.to_owned();
    }
    if key.ends_with("id_no") {
        return identity::masked(written);
    }
    if key.contains("phone") {
        return telephone(written);
    }
    text(written)
}

/// Returns a telephone hidden, also one nobody could dial.
pub fn telephone(written: &str) -> String {
    if written.contains('*') {
        // Hidden before.
        return written.to_owned();
    }
    match phone::check(PhonePlace::Second, written) {
        Ok(phone) => phone.masked(),
        Err(_) => text(written)
            .chars()
            .map(|c| if c.is_ascii_digit() { '*' } else { c })
            .collect(),
    }
}

/// Returns a text with every identity number and telephone in it hidden: 15 digits and more
/// (the last may be an X), mobile numbers of 11, landlines behind their area code.
pub fn text(written: &str) -> String {
    let mut told = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        told.push_str(before);
        let length = from.len() - from.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let is_joined = before.ends_with(|c: char| c.is_ascii_alphabetic());
        let with_sign = match from.get(length..length + 1) {
            Some("X" | "x") if 14 < length => length + 1,
            _ => length,
        };
        let landline = landline(from, length);
        let (number, after) = from.split_at(with_sign.max(landline.unwrap_or(0)));
        told.push_str(&match length {
            // A number behind letters is an agreement's or a product's.
            _ if is_joined => number.to_owned(),
            _ if landline.is_some() => telephone(number),
            MOBILE if number.starts_with('1') => telephone(number),
            IDENTITY.. => identity::masked(number),
            _ => number.to_owned(),
        });
        rest = after;
    }
    told.push_str(rest);
    told
}

/// Returns the bytes of a landline with its area code where one begins here: `0855-8220089`.
fn landline(from: &str, digits: usize) -> Option<usize> {
    if !from.starts_with('0') {
        return None;
    }
    if matches!(digits, 10..=12) {
        return Some(digits);
    }
    let after = from.get(digits..)?.strip_prefix('-')?;
    let more = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (matches!(digits, 3 | 4) && matches!(more, 7 | 8)).then_some(digits + 1 + more)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[test]
    fn the_number_of_a_record_stays_open_on_every_card_and_form() {
        let number = "52990110110100244";
        let mut card = Answers::new();
        card.insert("record_no".to_owned(), Value::Text(number.to_owned()));
        card.insert(
            "id_no".to_owned(),
            Value::Text("529901195603011234".to_owned()),
        );
        answers(&mut card);
        assert_eq!(card.get("record_no"), Some(&Value::Text(number.to_owned())));
        let hidden = Value::Text("529901********1234".to_owned());
        assert_eq!(card.get("id_no"), Some(&hidden));
    }

    #[rstest]
    #[case(
        "女儿 13800002211，证件529901195503120021。",
        "女儿 138****2211，证件529901********0021。"
    )]
    #[case("52990119550312002X", "529901********002X")]
    #[case("座机0855-8220089转3", "座机0855****089转3")]
    #[case("协议 QY529901103001202600012", "协议 QY529901103001202600012")]
    #[case("血压138/86 2026-11-21 复查", "血压138/86 2026-11-21 复查")]
    #[case("药盒批号20261121", "药盒批号20261121")]
    fn numbers_in_a_text_are_hidden(#[case] written: &str, #[case] told: &str) {
        assert_eq!(text(written), told);
    }

    #[rstest]
    #[case("phone", "8220089", "****089")]
    #[case("contact_phone", "打 1234", "打 ****")]
    #[case("id_no", "G12345678", "G1*****78")]
    #[case("mother_id_no", "529901195503120021", "529901********0021")]
    fn fields_of_such_numbers_are_hidden_whatever_stands_in_them(
        #[case] key: &str,
        #[case] written: &str,
        #[case] told: &str,
    ) {
        let mut value_ = Value::Text(written.to_owned());
        value(key, &mut value_);
        assert_eq!(value_.text(), Some(told));
    }

    proptest! {
        #[test]
        fn nothing_hidden_can_be_read_again(
            before in "[^0-9A-Za-z]{0,6}",
            number in "1[3-9][0-9]{9}|[1-9][0-9]{16}[0-9X]",
            after in "[^0-9XxA-Za-z]{0,6}",
        ) {
            let written = format!("{before}{number}{after}");
            let told = text(&written);
            prop_assert!(!told.contains(&number));
            prop_assert!(told.contains('*'));
            prop_assert_eq!(text(&told), told.clone());
        }
    }
}
