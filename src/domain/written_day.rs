//! How a date is written in entries and rows: `2026-11-21`, as chrono writes it, read back
//! without its general parser: whoever lists many people reads thousands of dates.
//!
//! For `#[serde(with = "crate::domain::written_day")]`; `maybe` is for dates that may be unknown.
//! `packed` is for what only derived rows hold, which nobody reads but this program: there a day
//! is a number.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};

use super::day::Day;

/// Writes the day.
///
/// # Errors
/// As the writer fails.
pub fn serialize<S: Serializer>(day: &Day, writer: S) -> Result<S::Ok, S::Error> {
    match digits(*day) {
        Some(text) => writer.serialize_str(std::str::from_utf8(&text).unwrap_or_default()),
        None => writer.collect_str(day),
    }
}

/// Reads a day.
///
/// # Errors
/// As the reader fails, and where what it reads is no date.
pub fn deserialize<'de, D: Deserializer<'de>>(reader: D) -> Result<Day, D::Error> {
    reader.deserialize_str(Text)
}

/// A date as the module writes it.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Written(#[serde(with = "crate::domain::written_day")] Day);

struct Text;

impl Visitor<'_> for Text {
    type Value = Day;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("a date, YYYY-MM-DD")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Day, E> {
        match read(text) {
            Some(day) => Ok(day),
            None => text.parse().map_err(E::custom),
        }
    }
}

/// Returns a day of the years 0 to 9999 as text.
fn digits(day: Day) -> Option<[u8; 10]> {
    use chrono::Datelike as _;
    let year = u32::try_from(day.year())
        .ok()
        .filter(|year| *year < 10_000)?;
    let (month, date) = (day.month(), day.day());
    let digit = |number: u32| b'0' + u8::try_from(number % 10).unwrap_or_default();
    Some([
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(date / 10),
        digit(date),
    ])
}

/// Reads what `digits` writes, nothing else.
fn read(text: &str) -> Option<Day> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return None;
    };
    let number = |digits: &[u8]| {
        let value = |sum: u32, digit: &u8| match digit {
            b'0'..=b'9' => Some(sum * 10 + u32::from(digit - b'0')),
            _ => None,
        };
        digits.iter().try_fold(0, value)
    };
    let year = i32::try_from(number(&[*y1, *y2, *y3, *y4])?).ok()?;
    Day::from_ymd_opt(year, number(&[*m1, *m2])?, number(&[*d1, *d2])?)
}

/// As the module, for a date that may be unknown.
pub mod maybe {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Day, Written};

    /// Writes the day, or that there is none.
    ///
    /// # Errors
    /// As the writer fails.
    pub fn serialize<S: Serializer>(day: &Option<Day>, writer: S) -> Result<S::Ok, S::Error> {
        day.map(Written).serialize(writer)
    }

    /// Reads a day, or that there is none.
    ///
    /// # Errors
    /// As the reader fails, and where what it reads is no date.
    pub fn deserialize<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<Day>, D::Error> {
        let known: Option<Written> = Option::deserialize(reader)?;
        Ok(known.map(|known| known.0))
    }
}

/// As the module, for any number of dates.
pub mod each {
    use std::collections::BTreeSet;

    use serde::{Deserialize as _, Deserializer, Serializer};

    use super::{Day, Written};

    /// Writes the days.
    ///
    /// # Errors
    /// As the writer fails.
    pub fn serialize<S: Serializer>(days: &BTreeSet<Day>, writer: S) -> Result<S::Ok, S::Error> {
        writer.collect_seq(days.iter().map(|day| Written(*day)))
    }

    /// Reads days.
    ///
    /// # Errors
    /// As the reader fails, and where what it reads is no date.
    pub fn deserialize<'de, D: Deserializer<'de>>(reader: D) -> Result<BTreeSet<Day>, D::Error> {
        let days: Vec<Written> = Vec::deserialize(reader)?;
        Ok(days.into_iter().map(|day| day.0).collect())
    }
}

/// As the module, for dates by what they are the dates of.
pub mod by {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Day, Written};

    /// Writes the days.
    ///
    /// # Errors
    /// As the writer fails.
    pub fn serialize<K: Serialize, S: Serializer>(
        days: &BTreeMap<K, Day>,
        writer: S,
    ) -> Result<S::Ok, S::Error> {
        writer.collect_map(days.iter().map(|(of, day)| (of, Written(*day))))
    }

    /// Reads days.
    ///
    /// # Errors
    /// As the reader fails, and where what it reads is no date.
    pub fn deserialize<'de, K: Deserialize<'de> + Ord, D: Deserializer<'de>>(
        reader: D,
    ) -> Result<BTreeMap<K, Day>, D::Error> {
        let days: BTreeMap<K, Written> = BTreeMap::deserialize(reader)?;
        Ok(days.into_iter().map(|(of, day)| (of, day.0)).collect())
    }
}

/// A day as its number, for derived rows alone.
pub mod packed {
    use chrono::Datelike as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    use super::Day;

    /// A day as the number of its year and of the day in it: neither has to be worked out.
    struct Number(Day);

    /// So many bits are left to the day of the year.
    const OF_YEAR: u32 = 9;

    impl Serialize for Number {
        fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
            let of_year = i32::try_from(self.0.ordinal()).unwrap_or(0);
            writer.serialize_i32((self.0.year() << OF_YEAR) | of_year)
        }
    }

    impl<'de> Deserialize<'de> for Number {
        fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
            let number = i32::deserialize(reader)?;
            let of_year = u32::try_from(number & ((1 << OF_YEAR) - 1)).unwrap_or(0);
            let day = Day::from_yo_opt(number >> OF_YEAR, of_year);
            day.map(Self).ok_or_else(|| D::Error::custom("no such day"))
        }
    }

    /// Writes the day.
    ///
    /// # Errors
    /// As the writer fails.
    pub fn serialize<S: Serializer>(day: &Day, writer: S) -> Result<S::Ok, S::Error> {
        Number(*day).serialize(writer)
    }

    /// Reads a day.
    ///
    /// # Errors
    /// As the reader fails, and where what it reads is no day.
    pub fn deserialize<'de, D: Deserializer<'de>>(reader: D) -> Result<Day, D::Error> {
        Ok(Number::deserialize(reader)?.0)
    }

    /// For a day that may be unknown.
    pub mod maybe {
        use super::{Day, Deserialize, Deserializer, Number, Serialize, Serializer};

        /// Writes the day, or that there is none.
        ///
        /// # Errors
        /// As the writer fails.
        pub fn serialize<S: Serializer>(day: &Option<Day>, writer: S) -> Result<S::Ok, S::Error> {
            day.map(Number).serialize(writer)
        }

        /// Reads a day, or that there is none.
        ///
        /// # Errors
        /// As the reader fails, and where what it reads is no day.
        pub fn deserialize<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<Day>, D::Error> {
            let known: Option<Number> = Option::deserialize(reader)?;
            Ok(known.map(|known| known.0))
        }
    }

    /// For any number of days.
    pub mod each {
        use std::collections::BTreeSet;

        use super::{Day, Deserialize, Deserializer, Number, Serializer};

        /// Writes the days.
        ///
        /// # Errors
        /// As the writer fails.
        pub fn serialize<S: Serializer>(
            days: &BTreeSet<Day>,
            writer: S,
        ) -> Result<S::Ok, S::Error> {
            writer.collect_seq(days.iter().map(|day| Number(*day)))
        }

        /// Reads days.
        ///
        /// # Errors
        /// As the reader fails, and where what it reads is no day.
        pub fn deserialize<'de, D: Deserializer<'de>>(
            reader: D,
        ) -> Result<BTreeSet<Day>, D::Error> {
            let days: Vec<Number> = Vec::deserialize(reader)?;
            Ok(days.into_iter().map(|number| number.0).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Packed {
        #[serde(with = "super::packed")]
        day: Day,
        #[serde(default, with = "super::packed::maybe")]
        end: Option<Day>,
        #[serde(with = "super::packed::each")]
        all: BTreeSet<Day>,
    }

    #[test]
    fn packed_days_stand_in_the_order_of_days() {
        let written = |day: Day| {
            let one = Packed {
                day,
                end: None,
                all: BTreeSet::new(),
            };
            let bytes = postcard::to_stdvec(&one).unwrap();
            let (number, _) = postcard::take_from_bytes::<i32>(&bytes).unwrap();
            number
        };
        let first = Day::from_ymd_opt(2023, 12, 30).unwrap();
        let days: Vec<i32> = first.iter_days().take(800).map(written).collect();
        assert!(days.is_sorted());
    }

    #[test]
    fn a_packed_day_is_read_back_and_a_number_of_no_day_is_none() {
        let today = Day::from_ymd_opt(2026, 11, 21).unwrap();
        for day in [Day::MIN, today, Day::MAX] {
            for end in [None, Some(day)] {
                let all = end.into_iter().chain([today]).collect();
                let packed = Packed { day, end, all };
                let bytes = postcard::to_stdvec(&packed).unwrap();
                assert_eq!(postcard::from_bytes::<Packed>(&bytes).unwrap(), packed);
            }
        }
        // Too far off, and two that are no days of their years.
        for number in [i32::MAX, i32::MIN, 2025 << 9, (2025 << 9) + 366] {
            let none = postcard::to_stdvec(&(number, false, false)).unwrap();
            assert!(postcard::from_bytes::<Packed>(&none).is_err());
        }
    }

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Ours {
        #[serde(with = "super")]
        day: Day,
        #[serde(default, with = "super::maybe")]
        end: Option<Day>,
        #[serde(default, with = "super::each")]
        all: BTreeSet<Day>,
        #[serde(default, with = "super::by")]
        by: BTreeMap<u8, Day>,
    }

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Chronos {
        day: Day,
        end: Option<Day>,
        all: BTreeSet<Day>,
        by: BTreeMap<u8, Day>,
    }

    #[test]
    fn a_date_is_the_same_bytes_as_chronos_own_and_is_read_back() {
        let last = Day::from_ymd_opt(9999, 12, 31).unwrap();
        let all = (0..4_000_u64)
            .map(|step| Day::from_ymd_opt(0, 1, 1).unwrap() + chrono::Days::new(step * 913));
        let far = [Day::MIN, Day::MAX, last, last.succ_opt().unwrap()];
        for day in all.chain(far) {
            for end in [None, Some(day)] {
                let all: BTreeSet<Day> = end.into_iter().chain([last]).collect();
                let by: BTreeMap<u8, Day> = end.map(|end| (7, end)).into_iter().collect();
                let (of_theirs, by_theirs) = (all.clone(), by.clone());
                let ours = Ours { day, end, all, by };
                let theirs = Chronos {
                    day,
                    end,
                    all: of_theirs,
                    by: by_theirs,
                };
                let bytes = postcard::to_stdvec(&ours).unwrap();
                assert_eq!(bytes, postcard::to_stdvec(&theirs).unwrap());
                assert_eq!(postcard::from_bytes::<Ours>(&bytes).unwrap(), ours);
                let named = rmp_serde::to_vec_named(&ours).unwrap();
                assert_eq!(named, rmp_serde::to_vec_named(&theirs).unwrap());
                assert_eq!(rmp_serde::from_slice::<Ours>(&named).unwrap(), ours);
            }
        }
    }

    #[test]
    fn what_chrono_reads_is_read_and_what_is_no_date_is_not() {
        let read = |text: &str| serde_json::from_str::<Ours>(&format!("{{\"day\":\"{text}\"}}"));
        for text in ["2026-02-28", "2026-2-8", "+12026-01-01", "-0001-05-05"] {
            assert_eq!(read(text).unwrap().day, text.parse().unwrap(), "{text}");
        }
        for text in [
            "2026-02-30",
            "2026-13-01",
            "2026x02-01",
            "20260201",
            "",
            "二〇二六",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
