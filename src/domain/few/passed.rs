//! What is passed over when a row is read in part: read to find where the next field begins,
//! and kept nowhere.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};

use crate::domain::{
    course::happening::Measured,
    form::{Confirmation, Mark},
    programmes::{Class, ProgrammeKind, reason::Reason, rule::Rule},
    value::YearMonth,
    window::{Span, WindowCode},
};

/// A [`Value`](crate::domain::value::Value).
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "what is passed over is not looked at")]
pub enum Passed {
    Bool(bool),
    Code(Text),
    Codes(Each<Text>),
    Int(i64),
    Dec(Text),
    Text(Text),
    Date(Text),
    Month(YearMonth),
    Rows(Each<Pairs<Text, Passed>>),
}

/// A [`FilledForm`](crate::domain::form::FilledForm).
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is passed over is not looked at")]
pub struct PassedForm {
    form: Text,
    edition: Text,
    visit: Text,
    answers: Pairs<Text, Passed>,
    marks: Pairs<Text, Mark>,
    confirmed: Each<Confirmation>,
}

/// A [`Correction`](crate::domain::contact::Correction).
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is passed over is not looked at")]
pub struct PassedCorrection {
    seq: u64,
    reason: Text,
    forms_before: Each<PassedForm>,
}

/// A [`Task`](crate::domain::task::Task) as courses have it.
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is passed over is not looked at")]
pub struct PassedTask {
    kind: u8,
    programmes: Each<ProgrammeKind>,
    window: WindowCode,
    from: i32,
    span: Span,
    earliest: i32,
    due: i32,
    latest: Option<i32>,
    first_due: i32,
    rule: Rule,
    reason: Reason,
    urgent: bool,
    attempts: u32,
}

/// A [`LastSeen`](crate::domain::course::LastSeen).
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is passed over is not looked at")]
pub struct PassedLast {
    day: Text,
    class: Option<Class>,
    measured: Measured,
    brought_in: bool,
}

/// A text.
pub struct Text;

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        // It is written as its bytes are: nobody has to know that these are a text.
        reader.deserialize_bytes(Self)
    }
}

impl Visitor<'_> for Text {
    type Value = Self;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("a text")
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<Self, E> {
        Ok(self)
    }
}

/// Any number of values.
pub struct Each<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Each<T> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_seq(Self(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Each<T> {
    type Value = Self;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("values")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Self, A::Error> {
        while all.next_element::<T>()?.is_some() {}
        Ok(self)
    }
}

/// Any number of keys with their values.
pub struct Pairs<K, V>(PhantomData<(K, V)>);

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Deserialize<'de> for Pairs<K, V> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_map(Self(PhantomData))
    }
}

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Visitor<'de> for Pairs<K, V> {
    type Value = Self;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("values with keys")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut all: A) -> Result<Self, A::Error> {
        while all.next_entry::<K, V>()?.is_some() {}
        Ok(self)
    }
}
