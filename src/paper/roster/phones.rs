//! The phones in one cell: several, with words around them, or spoilt by a spreadsheet.
//!
//! What makes a number a phone is `domain::phone`.

use super::cell::Cell;
use crate::domain::{
    phone::{self, Phone, PhonePlace},
    roster::{RosterFault, clean},
};

/// Reads the phones of a cell that is not empty, and what is doubtful about it.
pub(super) fn read(cell: &Cell) -> (Vec<Phone>, Vec<RosterFault>) {
    let text = clean::half_width(&cell.bare());
    if matches!(cell, Cell::Error(_)) {
        return (Vec::new(), vec![RosterFault::CellError]);
    }
    if clean::says_nothing(&text) || clean::plain(&text).starts_with("无电话") {
        return (Vec::new(), vec![RosterFault::PhoneNone]);
    }
    if cell.has_lost_digits() {
        return (Vec::new(), vec![RosterFault::PhoneDigitsLost]);
    }
    let mut phones = Vec::new();
    let mut faults = Vec::new();
    for part in parts(&text) {
        match one(&part, place(&phones)) {
            Ok(phone) => phones.push(phone),
            Err(_) if part.contains('*') => faults.push(RosterFault::PhoneMasked),
            Err(fault) => several_by_space(&part, fault, &mut phones, &mut faults),
        }
    }
    faults.dedup();
    (phones, faults)
}

/// A part that is no phone may be two with a space between, or one with words around.
fn several_by_space(
    part: &str,
    fault: RosterFault,
    phones: &mut Vec<Phone>,
    faults: &mut Vec<RosterFault>,
) {
    let pieces: Vec<&str> = part.split_whitespace().collect();
    let each: Option<Vec<Phone>> = pieces
        .iter()
        .map(|piece| one(piece, PhonePlace::First).ok())
        .collect();
    if let Some(each) = each.filter(|each| 1 < each.len()) {
        phones.extend(each);
        return;
    }
    match one(&without_words(part), place(phones)) {
        Ok(phone) => {
            faults.push(RosterFault::PhoneWords {
                phone: phone.written(),
            });
            phones.push(phone);
        }
        Err(_) => faults.push(fault),
    }
}

fn one(text: &str, place: PhonePlace) -> Result<Phone, RosterFault> {
    let text = clean::without_leading_quotes(text);
    let whole = text.trim().strip_suffix(".0").unwrap_or(text);
    phone::check(place, whole).map_err(|_| RosterFault::PhoneForm)
}

fn place(before: &[Phone]) -> PhonePlace {
    if before.is_empty() {
        PhonePlace::First
    } else {
        PhonePlace::Second
    }
}

fn parts(text: &str) -> Vec<String> {
    text.split(['、', '/', ';', ',', '|', '\n', '\r', '或', '和', '及', '。'])
        .map(|part| clean::plain(part.trim()))
        .filter(|part| !part.is_empty())
        .collect()
}

/// Leaves digits, `+`, `-` and `转`; brackets go with what is in them unless it is an area code.
fn without_words(part: &str) -> String {
    let mut depth = 0_u32;
    let outside: String = part
        .chars()
        .filter(|c| {
            match c {
                '(' | '【' | '[' => depth += 1,
                ')' | '】' | ']' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect();
    outside
        .chars()
        .filter(|c| !clean::is_han(*c) || *c == '转')
        .filter(|c| !matches!(c, ':' | '.' | '='))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn written(text: &str) -> (Vec<String>, Vec<&'static str>) {
        let (phones, faults) = read(&Cell::Text(text.to_owned()));
        (
            phones.iter().map(Phone::written).collect(),
            faults.iter().map(RosterFault::code).collect(),
        )
    }

    #[rstest]
    #[case("１５４１９９４７９１８", &["15419947918"], &[])]
    #[case("+8617992005958", &["17992005958"], &[])]
    #[case("86-17959605668", &["17959605668"], &[])]
    #[case("17936845244.0", &["17936845244"], &[])]
    #[case("'15407992814", &["15407992814"], &[])]
    #[case("154 0799 2814", &["15407992814"], &[])]
    #[case("0855-8787089", &["0855-8787089"], &[])]
    #[case("15407992814、17903993234", &["15407992814", "17903993234"], &[])]
    #[case("15407992814 17903993234", &["15407992814", "17903993234"], &[])]
    #[case("15407992814/61234", &["15407992814", "61234"], &[])]
    #[case("15407992814（儿子）", &["15407992814"], &["W-TEL-WORDS"])]
    #[case("儿子：15407992814", &["15407992814"], &["W-TEL-WORDS"])]
    #[case("12345678901", &[], &["E-TEL-FORMAT"])]
    #[case("1546128788", &[], &["E-TEL-FORMAT"])]
    #[case("1.7911E+10", &[], &["E-TEL-DIGITS"])]
    #[case("179****6459", &[], &["E-TEL-MASKED"])]
    #[case("无", &[], &["W-TEL-NONE"])]
    fn phones_are_read_or_told(
        #[case] text: &str,
        #[case] phones: &[&str],
        #[case] codes: &[&str],
    ) {
        let (found, faults) = written(text);
        assert_eq!(found, phones);
        assert_eq!(faults, codes);
    }

    proptest! {
        #[test]
        fn any_text_gives_phones_or_problems(text in "[0-9 +()转、/张*.-]{1,30}") {
            let (phones, faults) = written(&text);
            prop_assume!(!clean::plain(&text).is_empty() && text.chars().any(|c| c.is_ascii_digit()));
            prop_assert!(!phones.is_empty() || !faults.is_empty());
        }
    }
}
