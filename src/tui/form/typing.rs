//! What a typed sign does in each kind of field.
//!
//! Official codes are the keys; numbers move on by themselves once no further digit could make
//! sense. Where the cursor goes then is `moving`.

use super::{
    editor::{FormEditor, Touch},
    page::Place,
};
use crate::{
    domain::{
        form::{Choice, Fault, Field, Kind, Range, typed},
        value::{Decimal, Value},
    },
    tui::{keys::Code, widgets::field::Field as TextField},
};

impl FormEditor {
    /// Types one sign into the field under the cursor.
    pub(super) fn type_sign(&mut self, sign: char) {
        let Some(field) = self.field().cloned() else {
            return;
        };
        match field.kind {
            Kind::Code(_) | Kind::Codes(_) | Kind::Bool(_) => self.type_code(&field, sign),
            Kind::Int | Kind::Dec { .. } => self.type_number(&field, sign),
            Kind::Date | Kind::Month => self.type_date(&field, sign),
            Kind::Text { .. } => self.type_text(&sign.to_string()),
            Kind::Rows { .. } | Kind::Calc { .. } => {}
        }
    }

    /// Takes pasted text: as it is in text fields, sign by sign elsewhere.
    pub(super) fn paste(&mut self, text: &str) {
        if matches!(
            self.field().map(|field| &field.kind),
            Some(Kind::Text { .. })
        ) {
            self.type_text(text);
            return;
        }
        let place = self.at;
        for sign in text.trim().chars().filter(|sign| !sign.is_control()) {
            if self.at == place {
                self.type_sign(sign);
            }
        }
    }

    /// Removes the sign before the cursor, or goes back where there is nothing to remove.
    pub(super) fn backspace(&mut self) {
        let is_choice = self
            .field()
            .is_some_and(|field| !field.options().is_empty());
        let nothing_typed = is_choice && self.text.text().is_empty();
        if nothing_typed || self.touch == Touch::Alone || !self.edit(Code::Backspace) {
            self.go_back();
            return;
        }
        self.touch = Touch::Typed;
        if !is_choice {
            self.take_typed();
        }
    }

    /// Removes the sign at the cursor; in a field nobody typed in, everything.
    pub(super) fn delete(&mut self) {
        let is_choice = self
            .field()
            .is_some_and(|field| !field.options().is_empty());
        if is_choice || self.touch != Touch::Typed || !self.edit(Code::Delete) {
            self.text = TextField::default();
        }
        self.touch = Touch::Typed;
        self.take_typed();
    }

    /// Settles the digits of a code that waits for more; tells whether it may be left.
    pub(super) fn settle_code(&mut self) -> bool {
        let Some(field) = self.field().cloned() else {
            return true;
        };
        if field.options().is_empty() || self.text.text().is_empty() {
            return true;
        }
        let digits = std::mem::take(&mut self.text);
        let found = option_at(&field, digits.text());
        if let Some(option) = &found {
            self.choose(&field, option);
        } else {
            self.notice = Some(Fault::UnknownCode {
                code: digits.text().to_owned(),
            });
        }
        found.is_some()
    }

    fn type_text(&mut self, piece: &str) {
        self.text.insert(piece);
        self.touch = Touch::Typed;
        self.take_typed();
    }

    fn type_number(&mut self, field: &Field, sign: char) {
        let sign = typed::ascii(sign);
        match sign {
            '0'..='9' => {}
            '.' if field.places() > 0 => {}
            '/' | ' ' | ',' => {
                if !self.text.text().is_empty() {
                    self.move_on();
                }
                return;
            }
            _ => return,
        }
        self.type_plain(sign);
        if !is_whole(field, self.text.text()) {
            return;
        }
        if self.is_unread() {
            self.notice = self.unread_fault();
        } else {
            self.step_alone();
        }
    }

    fn type_date(&mut self, field: &Field, sign: char) {
        let sign = match typed::ascii(sign) {
            '/' | '.' | '年' | '月' => '-',
            '日' => return,
            sign => sign,
        };
        match sign {
            '0'..='9' | '-' => self.type_plain(sign),
            ' ' => {
                self.move_on();
                return;
            }
            _ => return,
        }
        let length = self.text.text().len();
        let dashes = self.text.text().matches('-').count();
        let is_whole = match field.kind {
            Kind::Date => length == 8 && dashes == 0 || length == 10 && dashes == 2,
            _ => length == 6 && dashes == 0 || length == 7 && dashes == 1,
        };
        if is_whole && !self.is_unread() {
            self.step_alone();
        }
    }

    /// Puts one sign in; the first one replaces what stood there.
    fn type_plain(&mut self, sign: char) {
        if self.touch != Touch::Typed {
            self.text = TextField::default();
        }
        self.touch = Touch::Typed;
        self.text.insert(sign.encode_utf8(&mut [0; 4]));
        self.take_typed();
    }

    fn type_code(&mut self, field: &Field, sign: char) {
        let sign = typed::ascii(sign);
        if sign == ' ' {
            let waits = !self.text.text().is_empty();
            let is_multiple = matches!(field.kind, Kind::Codes(_));
            if waits && self.settle_code() && !is_multiple {
                self.step_alone();
            }
            return;
        }
        if !sign.is_ascii_digit() {
            return;
        }
        let keys: Vec<String> = (0..field.options().len())
            .map(|index| field.digits_of(index))
            .collect();
        let pending = self.text.text().to_owned();
        let digits = match (ends_at_ten(&keys), sign) {
            (true, '0') => "10".to_owned(),
            _ => format!("{pending}{sign}"),
        };
        let is_longer = !ends_at_ten(&keys)
            && keys
                .iter()
                .any(|key| key.len() > digits.len() && key.starts_with(&digits));
        self.touch = Touch::Typed;
        match option_at(field, &digits) {
            _ if is_longer => self.text = TextField::of(&digits),
            Some(option) => {
                self.text = TextField::default();
                self.choose(field, &option);
                self.leave_chosen(field, &option);
            }
            None if pending.is_empty() => {
                self.notice = Some(Fault::UnknownCode { code: digits });
            }
            None => {
                let place = self.at;
                if self.settle_code() && self.at == place {
                    self.type_code(field, sign);
                }
            }
        }
    }

    /// Chooses an option, or toggles it in a multiple field.
    fn choose(&mut self, field: &Field, option: &Choice) {
        let chosen = match field.kind {
            Kind::Codes(_) => {
                let before = self.value().map_or(&[][..], Value::codes);
                let codes = toggled(field, before, option);
                (!codes.is_empty()).then_some(Value::Codes(codes))
            }
            _ => field.value_of(std::slice::from_ref(&option.code)),
        };
        self.put(chosen);
    }

    fn leave_chosen(&mut self, field: &Field, option: &Choice) {
        let is_multiple = matches!(field.kind, Kind::Codes(_));
        if !is_multiple || option.exclusive {
            self.step_alone();
        }
    }

    /// Takes the text in the field as its answer, as far as it can be one.
    pub(super) fn take_typed(&mut self) {
        let (place, text) = (self.at, self.text.text().to_owned());
        if let Some(page) = self.pages.get_mut(place.page) {
            page.take_text(place, &text);
            self.changed = true;
        }
    }

    pub(super) fn field(&self) -> Option<&Field> {
        self.pages.get(self.at.page)?.field(self.at)
    }

    fn value(&self) -> Option<&Value> {
        self.pages.get(self.at.page)?.value(self.at)
    }

    fn put(&mut self, value: Option<Value>) {
        let place: Place = self.at;
        if let Some(page) = self.pages.get_mut(place.page) {
            page.put(place, value);
            self.changed = true;
        }
    }

    pub(super) fn is_unread(&self) -> bool {
        let page = self.pages.get(self.at.page);
        page.is_some_and(|page| page.unread.contains_key(&self.at))
    }
}

fn toggled(field: &Field, before: &[String], option: &Choice) -> Vec<String> {
    if option.exclusive {
        return vec![option.code.clone()];
    }
    let is_exclusive = |code: &String| field.option(code).is_some_and(|o| o.exclusive);
    let mut codes: Vec<String> = before
        .iter()
        .filter(|code| !is_exclusive(code))
        .cloned()
        .collect();
    if codes.contains(&option.code) {
        codes.retain(|code| code != &option.code);
    } else {
        codes.push(option.code.clone());
    }
    typed::ordered(field, codes)
}

/// Tells whether a list ends at 10 without a code 0, so that `0` is 10 and no digit waits.
pub(super) fn ends_at_ten(keys: &[String]) -> bool {
    let is = |key: &str| keys.iter().any(|k| k == key);
    is("10") && !is("0") && keys.iter().all(|key| key.len() == 1 || key == "10")
}

fn option_at(field: &Field, digits: &str) -> Option<Choice> {
    let keys = || (0..field.options().len()).map(|index| field.digits_of(index));
    let number = |text: &str| text.parse::<u32>().ok();
    let index = keys()
        .position(|key| key == digits)
        .or_else(|| keys().position(|key| number(&key) == number(digits)))?;
    field.options().get(index).cloned()
}

/// Tells whether no further sign could make sense in a number.
fn is_whole(field: &Field, text: &str) -> bool {
    let places = usize::from(field.places());
    if let Some((_, decimals)) = text.split_once('.') {
        return places <= decimals.len();
    }
    let (Some(range), Ok(number)) = (field.hard, text.parse::<Decimal>()) else {
        return false;
    };
    let could_have_decimals = places > 0 && number < range.high;
    !could_have_decimals && !could_grow(number, range)
}

/// Tells whether more digits behind `number` could still give a number in the range.
fn could_grow(number: Decimal, range: Range) -> bool {
    let whole = number.thousandths() / 1000;
    let (low, high) = (range.low.thousandths(), range.high.thousandths());
    (1..=5).any(|more| {
        let unit = 10_i64.pow(more);
        let least = whole.saturating_mul(unit);
        let most = least.saturating_add(unit - 1);
        whole != 0 && least.saturating_mul(1000) <= high && low <= most.saturating_mul(1000)
    })
}
