//! The files built in, read: TOML into the types that describe them.
//!
//! What is asked for decides what is read, as `store::named` does it for the journal: the `toml`
//! crate's own way brings every kind of value once for each type.

use std::{borrow::Cow, fmt, ops::Range};

use serde::{
    Deserialize,
    de::{
        self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer as _,
        MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor, value::StrDeserializer,
    },
    forward_to_deserialize_any,
};
use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue},
};

/// A value with the byte of the file it begins at.
#[derive(Debug, Deserialize)]
pub struct Placed<T>(usize, T);

/// The name `Placed` asks under.
const PLACED: &str = "Placed";

impl<T> Placed<T> {
    /// Returns the byte it begins at.
    pub fn start(&self) -> usize {
        self.0
    }

    /// Returns the value.
    pub fn into_inner(self) -> T {
        self.1
    }
}

/// Why a file is not what it should be.
#[derive(Debug)]
pub struct Wrong {
    /// The first byte of what is wrong, where that is known.
    pub at: Option<usize>,
    pub what: String,
}

impl Wrong {
    fn within(mut self, span: Range<usize>) -> Self {
        self.at.get_or_insert(span.start);
        self
    }
}

impl de::StdError for Wrong {}

impl de::Error for Wrong {
    #[cold]
    fn custom<T: fmt::Display>(what: T) -> Self {
        Self {
            at: None,
            what: what.to_string(),
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str(&self.what)
    }
}

impl From<toml::de::Error> for Wrong {
    fn from(error: toml::de::Error) -> Self {
        Self {
            at: error.span().map(|span| span.start),
            what: error.message().to_owned(),
        }
    }
}

/// Reads a file.
///
/// # Errors
/// Tells what is wrong first, and where.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Wrong> {
    let file = DeTable::parse(text)?;
    let file = Spanned::new(file.span(), DeValue::Table(file.into_inner()));
    T::deserialize(Reader(&file))
}

/// One value of a file.
struct Reader<'a>(&'a Spanned<DeValue<'a>>);

impl<'a> Reader<'a> {
    fn table(&self) -> Result<&'a DeTable<'a>, Wrong> {
        let table = self.0.get_ref().as_table();
        table.ok_or_else(|| self.other("a table"))
    }

    fn list(&self) -> Result<&'a DeArray<'a>, Wrong> {
        let list = self.0.get_ref().as_array();
        list.ok_or_else(|| self.other("a list"))
    }

    fn whole(&self) -> Result<i64, Wrong> {
        let number = self.0.get_ref().as_integer();
        let number = number.and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        number.ok_or_else(|| self.other("a whole number"))
    }

    fn broken(&self) -> Result<f64, Wrong> {
        let number = self.0.get_ref().as_float();
        let number = number.and_then(|n| n.as_str().parse().ok());
        number.ok_or_else(|| self.other("a number"))
    }

    #[cold]
    fn other(&self, expected: &str) -> Wrong {
        let found = Unexpected::Other(self.0.get_ref().type_str());
        de::Error::invalid_type(found, &expected)
    }
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let span = self.0.span();
        let read = match self.0.get_ref() {
            DeValue::String(text) => visitor.visit_str(text),
            DeValue::Integer(_) => visitor.visit_i64(self.whole()?),
            DeValue::Float(_) => visitor.visit_f64(self.broken()?),
            DeValue::Boolean(is_so) => visitor.visit_bool(*is_so),
            DeValue::Datetime(day) => visitor.visit_string(day.to_string()),
            DeValue::Array(list) => visitor.visit_seq(List(list.iter())),
            DeValue::Table(_) => return self.deserialize_map(visitor),
        };
        read.map_err(|wrong| wrong.within(span))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        // What is left out never comes here.
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor
            .visit_seq(List(self.list()?.iter()))
            .map_err(|wrong| wrong.within(self.0.span()))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        match name {
            PLACED => visitor.visit_seq(Place(self.0, 0)),
            _ => self.deserialize_seq(visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let pairs = self.table()?.into_iter();
        let pairs = Pairs { pairs, value: None };
        visitor
            .visit_map(pairs)
            .map_err(|wrong| wrong.within(self.0.span()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.deserialize_map(visitor)
    }

    /// A variant's name, or a table of one pair: its name and what it holds.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        let span = self.0.span();
        let (name, held) = match self.0.get_ref() {
            DeValue::String(name) => (name, None),
            _ => {
                let mut pairs = self.table()?.into_iter();
                match (pairs.next(), pairs.next()) {
                    (Some((name, held)), None) => (name.get_ref(), Some(held)),
                    _ => return Err(self.other("one variant")),
                }
            }
        };
        let read = visitor.visit_enum(Variant { name, held });
        read.map_err(|wrong| wrong.within(span))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf
        unit unit_struct identifier ignored_any
    }
}

/// The values of a list.
struct List<'a>(std::slice::Iter<'a, Spanned<DeValue<'a>>>);

impl<'de> SeqAccess<'de> for List<'_> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Wrong> {
        let next = self.0.next();
        next.map(|value| seed.deserialize(Reader(value)))
            .transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// A value's place, then the value.
struct Place<'a>(&'a Spanned<DeValue<'a>>, u8);

impl<'de> SeqAccess<'de> for Place<'_> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Wrong> {
        self.1 += 1;
        match self.1 {
            1 => seed.deserialize(self.0.span().start.into_deserializer()),
            _ => seed.deserialize(Reader(self.0)),
        }
        .map(Some)
    }
}

/// The pairs of a table.
struct Pairs<'a, P> {
    pairs: P,
    value: Option<&'a Spanned<DeValue<'a>>>,
}

impl<'de, 'a, P> MapAccess<'de> for Pairs<'a, P>
where
    P: Iterator<Item = (&'a Spanned<Cow<'a, str>>, &'a Spanned<DeValue<'a>>)>,
{
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Wrong> {
        let Some((name, value)) = self.pairs.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        let key = seed.deserialize(name.get_ref().as_ref().into_deserializer());
        key.map(Some)
            .map_err(|wrong: Wrong| wrong.within(name.span()))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        match self.value.take() {
            Some(value) => seed.deserialize(Reader(value)),
            None => Err(de::Error::custom("a value before its name")),
        }
    }
}

/// A variant and what it holds.
struct Variant<'a> {
    name: &'a str,
    held: Option<&'a Spanned<DeValue<'a>>>,
}

impl<'a> Variant<'a> {
    fn held(self) -> Result<Reader<'a>, Wrong> {
        let held = self.held.map(Reader);
        held.ok_or_else(|| de::Error::custom(format_args!("{} holds nothing", self.name)))
    }
}

impl<'de> EnumAccess<'de> for Variant<'_> {
    type Error = Wrong;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Wrong> {
        let name: StrDeserializer<'_, Wrong> = self.name.into_deserializer();
        let name = seed.deserialize(name)?;
        Ok((name, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = Wrong;

    fn unit_variant(self) -> Result<(), Wrong> {
        match self.held {
            None => Ok(()),
            Some(held) => Err(Reader(held).other("nothing")),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Wrong> {
        seed.deserialize(self.held()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, Wrong> {
        self.held()?.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.held()?.deserialize_map(visitor)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::day::Day;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        name: String,
        #[serde(default)]
        counts: Vec<u8>,
        low: Option<f64>,
        day: Option<Day>,
        kind: Option<Kind>,
        range: Option<(i64, i64)>,
        #[serde(default)]
        lists: BTreeMap<String, Vec<Vec<String>>>,
        either: Option<Either>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Plain,
        Wrapped(u32),
        Pair(u32, bool),
        Named { to: String },
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(i64),
        Names(Vec<String>),
        Table { zh: String },
    }

    #[test]
    fn it_reads_what_the_crates_own_way_reads() {
        for text in [
            "name = '张'",
            "name = 'a'\ncounts = [1, 2, 0xff]\nlow = -1.5e3\nkind = 'plain'\nrange = [-3, 7]",
            "name = 'a'\nday = '2026-11-21'\nkind = { wrapped = 7 }\neither = 5",
            "name = 'a'\nkind = { pair = [7, true] }\neither = ['x', 'y']",
            "name = 'a'\nkind = { named = { to = 'b' } }\neither = { zh = '是' }",
            "name = 'a'\n[lists]\na = [['1', '是'], []]\nb = []",
            // And what neither takes.
            "name = 5",
            "name = 'a'\ncounts = [1, 256]",
            "name = 'a'\ncounts = 5",
            "name = 'a'\nlow = 'b'",
            "name = 'a'\nday = '2026-02-30'",
            "name = 'a'\nkind = 'wrapped'",
            "name = 'a'\nkind = 'other'",
            "name = 'a'\nkind = { wrapped = 7, plain = 5 }",
            "name = 'a'\nrange = [1]",
            "name = 'a'\nother = 5",
            "counts = [1]",
            "name = ",
        ] {
            let (ours, theirs) = (read::<File>(text), toml::from_str::<File>(text));
            assert_eq!(ours.ok(), theirs.ok(), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        fn at(text: &str) -> Option<&str> {
            read::<File>(text).unwrap_err().at.map(|at| &text[at..])
        }
        assert_eq!(at("name = 'a'\ncounts = [1, 'b']"), Some("'b']"));
        assert_eq!(at("name = 'a'\nother = 5"), Some("other = 5"));
        assert_eq!(at("name = 'a'\nlow = [\n"), Some("\n"));
    }

    #[test]
    fn a_placed_value_knows_where_it_begins() {
        #[derive(Deserialize)]
        struct Fields {
            field: Vec<Placed<BTreeMap<String, String>>>,
        }
        let text = "# two\n[[field]]\nkey = 'a'\n\n[[field]]\nkey = 'b'\n";
        let fields: Fields = read(text).unwrap();
        let starts: Vec<usize> = fields.field.iter().map(Placed::start).collect();
        assert_eq!(starts, [6, 27]);
        let keys: Vec<_> = fields.field.into_iter().map(Placed::into_inner).collect();
        assert_eq!(keys.last().unwrap()["key"], "b");
    }
}
