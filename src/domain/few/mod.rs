//! Rows of which only a little is read: whoever lists many people shows few fields of each, and
//! reading everything on their cards would be most of the work.
//!
//! What is read is what the whole row says; what is not stands there empty. So a row read this
//! way is only for whoever names the fields he looks at, and is never written back.

mod agreement;
mod course;
mod passed;

use std::fmt;

pub use self::course::{DONE, ENTRIES, PLEDGES, WORK};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};

pub use self::agreement::PROMISED;
use self::passed::{Each, Passed, PassedCorrection, PassedForm};
use super::{
    contact::Contact, day::Day, household::Household, person::Person, tables::Row, value::Answers,
};

/// A row that can be read in part. It is read from the bytes of a whole one, whose fields follow
/// each other unnamed.
pub trait Few: Row {
    /// Reads a row with only these answers of its card; of a contact its forms and corrections
    /// are left out, of a course what its [keys](DONE) do not ask for, and of an agreement all that
    /// registers do not tell, and where [`PROMISED`] is not asked for the promises and fees.
    ///
    /// # Errors
    /// As the reader fails.
    fn read_few<'de, D: Deserializer<'de>>(reader: D, keys: &[&str]) -> Result<Self, D::Error>;
}

/// Reads the fields of a struct one after the other.
struct Fields<'k, T> {
    keys: &'k [&'k str],
    of: std::marker::PhantomData<T>,
}

impl<'k, T> Fields<'k, T> {
    const fn with(keys: &'k [&'k str]) -> Self {
        let of = std::marker::PhantomData;
        Self { keys, of }
    }
}

/// A date as rows have it.
#[derive(Deserialize)]
#[serde(transparent)]
struct Written(#[serde(with = "crate::domain::written_day")] Day);

/// A date that may be unknown.
#[derive(Deserialize)]
#[serde(transparent)]
struct MaybeWritten(#[serde(with = "crate::domain::written_day::maybe")] Option<Day>);

fn next<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(fields: &mut A) -> Result<T, A::Error> {
    let next = fields.next_element()?;
    next.ok_or_else(|| A::Error::custom("a field is missing"))
}

/// Passes over any number of values; none stands in their place.
fn passed<'de, T: Deserialize<'de>, V, A: SeqAccess<'de>>(
    fields: &mut A,
) -> Result<Vec<V>, A::Error> {
    next::<Each<T>, A>(fields)?;
    Ok(Vec::new())
}

fn card<'de, A: SeqAccess<'de>>(fields: &mut A, keys: &[&str]) -> Result<Answers, A::Error> {
    let card = fields.next_element_seed(Among(keys))?;
    card.ok_or_else(|| A::Error::custom("the card is missing"))
}

impl Few for Person {
    fn read_few<'de, D: Deserializer<'de>>(reader: D, keys: &[&str]) -> Result<Self, D::Error> {
        const FIELDS: &[&str; 13] = &[
            "id",
            "household",
            "member_no",
            "relation",
            "relation_word",
            "record_no",
            "former_record_nos",
            "state",
            "card",
            "manual_tags",
            "agreement_told",
            "created",
            "created_by",
        ];
        reader.deserialize_struct("Person", FIELDS, Fields::<Self>::with(keys))
    }
}

impl<'de> Visitor<'de> for Fields<'_, Person> {
    type Value = Person;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("a person")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<Person, A::Error> {
        let fields = &mut fields;
        Ok(Person {
            id: next(fields)?,
            household: next(fields)?,
            member_no: next(fields)?,
            relation: next(fields)?,
            relation_word: next(fields)?,
            record_no: next(fields)?,
            former_record_nos: next(fields)?,
            state: next(fields)?,
            card: card(fields, self.keys)?,
            manual_tags: next(fields)?,
            agreement_told: next(fields)?,
            created: next::<Written, A>(fields)?.0,
            created_by: next(fields)?,
        })
    }
}

impl Few for Household {
    fn read_few<'de, D: Deserializer<'de>>(reader: D, keys: &[&str]) -> Result<Self, D::Error> {
        const FIELDS: &[&str; 10] = &[
            "id",
            "village",
            "serial",
            "outside_no",
            "head",
            "members",
            "next_member_no",
            "card",
            "created",
            "ended",
        ];
        reader.deserialize_struct("Household", FIELDS, Fields::<Self>::with(keys))
    }
}

impl<'de> Visitor<'de> for Fields<'_, Household> {
    type Value = Household;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("a household")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<Household, A::Error> {
        let fields = &mut fields;
        Ok(Household {
            id: next(fields)?,
            village: next(fields)?,
            serial: next(fields)?,
            outside_no: next(fields)?,
            head: next(fields)?,
            members: next(fields)?,
            next_member_no: next(fields)?,
            card: card(fields, self.keys)?,
            created: next::<Written, A>(fields)?.0,
            ended: next::<MaybeWritten, A>(fields)?.0,
        })
    }
}

impl Few for Contact {
    fn read_few<'de, D: Deserializer<'de>>(reader: D, keys: &[&str]) -> Result<Self, D::Error> {
        const FIELDS: &[&str; 12] = &[
            "id",
            "person",
            "day",
            "seq",
            "by",
            "at",
            "forms",
            "happening",
            "decision",
            "edition",
            "corrections",
            "withdrawn",
        ];
        reader.deserialize_struct("Contact", FIELDS, Fields::<Self>::with(keys))
    }
}

impl<'de> Visitor<'de> for Fields<'_, Contact> {
    type Value = Contact;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("a contact")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<Contact, A::Error> {
        let fields = &mut fields;
        Ok(Contact {
            id: next(fields)?,
            person: next(fields)?,
            day: next::<Written, A>(fields)?.0,
            seq: next(fields)?,
            by: next(fields)?,
            at: next(fields)?,
            forms: passed::<PassedForm, _, A>(fields)?,
            happening: next(fields)?,
            decision: next(fields)?,
            edition: next(fields)?,
            corrections: passed::<PassedCorrection, _, A>(fields)?,
            withdrawn: next(fields)?,
        })
    }
}

/// Reads the answers to these keys.
struct Among<'k>(&'k [&'k str]);

impl<'de> DeserializeSeed<'de> for Among<'_> {
    type Value = Answers;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Answers, D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Among<'_> {
    type Value = Answers;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("answers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut answers: A) -> Result<Answers, A::Error> {
        let mut read = Answers::new();
        while let Some(key) = answers.next_key_seed(Wanted(self.0))? {
            match key {
                Some(key) => {
                    read.insert(key.to_owned(), answers.next_value()?);
                }
                None => {
                    answers.next_value::<Passed>()?;
                }
            }
        }
        Ok(read)
    }
}

/// Says which of these keys stands there, if it is one of them.
struct Wanted<'k>(&'k [&'k str]);

impl<'de, 'k> DeserializeSeed<'de> for Wanted<'k> {
    type Value = Option<&'k str>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        // A text is written as its bytes are: nobody has to know that these are one.
        reader.deserialize_bytes(self)
    }
}

impl<'k> Visitor<'_> for Wanted<'k> {
    type Value = Option<&'k str>;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("a field's key")
    }

    fn visit_bytes<E: Error>(self, text: &[u8]) -> Result<Self::Value, E> {
        Ok(self.0.iter().find(|key| key.as_bytes() == text).copied())
    }
}

#[cfg(test)]
mod tests;
