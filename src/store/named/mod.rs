//! MessagePack with named fields, read: what the journal's entries are kept as.
//!
//! What is asked for decides what is read: each type brings its fields' names and nothing more,
//! where a reader that first looks at what stands there brings every kind of value once for each
//! type. It writes nothing: `rmp-serde` does.

mod cursor;
mod fault;
#[cfg(test)]
mod tests;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};

use cursor::{Cursor, Kind, Number};
pub use fault::Fault;

/// Reads a value from bytes; what follows it is not looked at.
///
/// # Errors
/// Fails where the bytes are no such value.
pub fn read<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, Fault> {
    T::deserialize(&mut Reader(Cursor::over(bytes)))
}

/// Reads one value after the other.
struct Reader<'de>(Cursor<'de>);

/// Numbers are read in the width they were written in and handed on in the widest.
macro_rules! numbers {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            number(self.0.number()?, visitor)
        }
    )*};
}

fn number<'de, V: Visitor<'de>>(number: Number, visitor: V) -> Result<V::Value, Fault> {
    match number {
        Number::Whole(whole) => visitor.visit_u64(whole),
        Number::Negative(negative) => visitor.visit_i64(negative),
        Number::Broken(broken) => visitor.visit_f64(broken),
    }
}

/// What serde calls otherwise but is read alike.
macro_rules! alike {
    ($($name:ident($($unused:ty),*) as $like:ident;)*) => {$(
        fn $name<V: Visitor<'de>>(self, $(_: $unused,)* visitor: V) -> Result<V::Value, Fault> {
            self.$like(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Fault;

    fn is_human_readable(&self) -> bool {
        false
    }

    numbers! {
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_f32 deserialize_f64
    }

    alike! {
        deserialize_char() as deserialize_str;
        deserialize_string() as deserialize_str;
        deserialize_identifier() as deserialize_str;
        deserialize_byte_buf() as deserialize_bytes;
        deserialize_unit_struct(&'static str) as deserialize_seq;
        deserialize_tuple(usize) as deserialize_seq;
        deserialize_tuple_struct(&'static str, usize) as deserialize_seq;
        deserialize_struct(&'static str, &'static [&'static str]) as deserialize_map;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.kind()? {
            Kind::Nothing => self.deserialize_unit(visitor),
            Kind::YesNo => self.deserialize_bool(visitor),
            Kind::Number => number(self.0.number()?, visitor),
            Kind::Text => self.deserialize_str(visitor),
            Kind::Bytes => self.deserialize_bytes(visitor),
            Kind::List => self.deserialize_seq(visitor),
            Kind::Map => self.deserialize_map(visitor),
            Kind::Other => Err(Fault::Other),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_bool(self.0.yes_no()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_borrowed_str(self.0.text()?)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_borrowed_bytes(self.0.bytes()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.takes_nothing()? {
            true => visitor.visit_none(),
            false => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.nothing()?;
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let left = self.0.begin_list()?;
        let mut items = Items { reader: self, left };
        let value = visitor.visit_seq(&mut items)?;
        items.end().map(|()| value)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let left = self.0.begin_map()?;
        let mut items = Items { reader: self, left };
        let value = visitor.visit_map(&mut items)?;
        items.end().map(|()| value)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.0.begin_variant()? {
            false => visitor.visit_enum(Variant::Alone(self)),
            true => {
                let value = visitor.visit_enum(Variant::Holding(&mut *self))?;
                self.0.end();
                Ok(value)
            }
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.0.skip()?;
        visitor.visit_unit()
    }
}

/// The values of a list, or the pairs of a map.
struct Items<'a, 'de> {
    reader: &'a mut Reader<'de>,
    left: usize,
}

impl Items<'_, '_> {
    fn end(self) -> Result<(), Fault> {
        self.reader.0.end();
        match self.left {
            0 => Ok(()),
            _ => Err(Fault::Length),
        }
    }
}

impl<'de> SeqAccess<'de> for &mut Items<'_, 'de> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

impl<'de> MapAccess<'de> for &mut Items<'_, 'de> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        self.next_element_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        seed.deserialize(&mut *self.reader)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

/// A variant of an enum: its name alone, or one pair of its name and what it holds.
enum Variant<'a, 'de> {
    Alone(&'a mut Reader<'de>),
    Holding(&'a mut Reader<'de>),
}

impl<'a, 'de> Variant<'a, 'de> {
    fn held(self) -> Result<&'a mut Reader<'de>, Fault> {
        match self {
            Self::Alone(_) => Err(Fault::Other),
            Self::Holding(reader) => Ok(reader),
        }
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(mut self, seed: V) -> Result<(V::Value, Self), Fault> {
        let (Self::Alone(reader) | Self::Holding(reader)) = &mut self;
        let name = seed.deserialize(&mut **reader)?;
        Ok((name, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match self {
            Self::Alone(_) => Ok(()),
            Self::Holding(reader) => reader.nothing(),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        seed.deserialize(self.held()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, Fault> {
        self.held()?.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.held()?.deserialize_map(visitor)
    }
}

impl Reader<'_> {
    fn nothing(&mut self) -> Result<(), Fault> {
        match self.0.takes_nothing()? {
            true => Ok(()),
            false => Err(Fault::Other),
        }
    }
}
