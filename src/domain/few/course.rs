//! Courses read in part. Of each programme the times of being managed and the days of
//! face-to-face visits are passed over, which only counts of a year look at.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, MapAccess, SeqAccess, Visitor},
};

use super::{
    Few, Fields, next,
    passed::{Each, PassedLast, PassedTask},
};
use crate::domain::{
    course::{Course, ProgrammeCourse},
    day::Day,
    programmes::ProgrammeKind,
    rows::CourseRow,
    task::Task,
};

/// Asks for nothing but what was done lately.
pub const DONE: &str = "done";
/// Asks for what somebody is in, was in, or does not want to be: of a programme its facts, and
/// nothing of visits.
pub const ENTRIES: &str = "entries";
/// Asks for all that work follows from.
pub const WORK: &str = "work";
/// Asks for work, and for what agreements promise.
pub const PLEDGES: &str = "pledges";

/// How far a course is read: each also reads what those before it do, but what was done, which
/// says nothing of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Far {
    Nothing,
    Done,
    Entries,
    Work,
    Pledges,
}

impl Far {
    fn of(keys: &[&str]) -> Self {
        let far = keys.iter().map(|key| match *key {
            DONE => Self::Done,
            ENTRIES => Self::Entries,
            WORK => Self::Work,
            PLEDGES => Self::Pledges,
            _ => Self::Nothing,
        });
        far.max().unwrap_or(Self::Nothing)
    }
}

/// A date of a course.
#[derive(Deserialize)]
#[serde(transparent)]
struct Packed(#[serde(with = "crate::domain::written_day::packed")] Day);

/// A date of a course that may be unknown.
#[derive(Deserialize)]
#[serde(transparent)]
struct MaybePacked(#[serde(with = "crate::domain::written_day::packed::maybe")] Option<Day>);

/// A task of a course.
#[derive(Deserialize)]
#[serde(transparent)]
struct MaybeTask(#[serde(with = "crate::domain::task::packed::maybe")] Option<Task>);

/// Passes over a field.
fn pass<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(fields: &mut A) -> Result<(), A::Error> {
    next::<T, A>(fields).map(drop)
}

impl Few for CourseRow {
    fn read_few<'de, D: Deserializer<'de>>(reader: D, keys: &[&str]) -> Result<Self, D::Error> {
        const FIELDS: &[&str; 7] = &[
            "person",
            "birth",
            "is_female",
            "registered",
            "is_here",
            "course",
            "pledges",
        ];
        reader.deserialize_struct("CourseRow", FIELDS, Fields::<Self>::with(keys))
    }
}

impl<'de> Visitor<'de> for Fields<'_, CourseRow> {
    type Value = CourseRow;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("a course")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<CourseRow, A::Error> {
        let fields = &mut fields;
        let far = Far::of(self.keys);
        Ok(CourseRow {
            person: next(fields)?,
            birth: next::<MaybePacked, A>(fields)?.0,
            is_female: next(fields)?,
            registered: next::<MaybePacked, A>(fields)?.0,
            is_here: next(fields)?,
            course: seeded(fields, Part::<Course>::of(far))?,
            // Nothing behind it is read.
            pledges: if far == Far::Pledges {
                next(fields)?
            } else {
                Vec::new()
            },
        })
    }
}

/// Reads a part of something.
struct Part<T> {
    far: Far,
    of: std::marker::PhantomData<T>,
}

impl<T> Part<T> {
    const fn of(far: Far) -> Self {
        let of = std::marker::PhantomData;
        Self { far, of }
    }
}

fn seeded<'de, S: DeserializeSeed<'de>, A: SeqAccess<'de>>(
    fields: &mut A,
    seed: S,
) -> Result<S::Value, A::Error> {
    let read = fields.next_element_seed(seed)?;
    read.ok_or_else(|| serde::de::Error::custom("a field is missing"))
}

impl<'de> DeserializeSeed<'de> for Part<Course> {
    type Value = Course;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Course, D::Error> {
        const FIELDS: &[&str; 7] = &[
            "done",
            "programmes",
            "ended",
            "declined",
            "referral",
            "screening",
            "moved",
        ];
        reader.deserialize_struct("Course", FIELDS, self)
    }
}

impl<'de> Visitor<'de> for Part<Course> {
    type Value = Course;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("a course")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<Course, A::Error> {
        let fields = &mut fields;
        let mut course = Course::default();
        match self.far {
            Far::Nothing => return Ok(course),
            Far::Entries => pass::<Each<(u8, i32, bool)>, A>(fields)?,
            Far::Done | Far::Work | Far::Pledges => course.done = next(fields)?,
        }
        if Far::Entries <= self.far {
            course.programmes = seeded(fields, Part::<ProgrammeCourse>::of(self.far))?;
            course.ended = next(fields)?;
            course.declined = next(fields)?;
        }
        if Far::Work <= self.far {
            course.referral = next::<MaybeTask, A>(fields)?.0;
            course.screening = next(fields)?;
            course.moved = next(fields)?;
        }
        Ok(course)
    }
}

/// Programmes by their kinds.
impl<'de> DeserializeSeed<'de> for Part<ProgrammeCourse> {
    type Value = BTreeMap<ProgrammeKind, ProgrammeCourse>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Part<ProgrammeCourse> {
    type Value = BTreeMap<ProgrammeKind, ProgrammeCourse>;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("programmes")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut programmes: A) -> Result<Self::Value, A::Error> {
        let mut read = BTreeMap::new();
        while let Some(kind) = programmes.next_key()? {
            let programme = Programme {
                has_work: Far::Work <= self.far,
            };
            read.insert(kind, programmes.next_value_seed(programme)?);
        }
        Ok(read)
    }
}

/// Reads one programme.
struct Programme {
    has_work: bool,
}

impl<'de> DeserializeSeed<'de> for Programme {
    type Value = ProgrammeCourse;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<ProgrammeCourse, D::Error> {
        const FIELDS: &[&str; 13] = &[
            "status",
            "entered",
            "facts",
            "slot",
            "last_on_target",
            "last_adr",
            "attempts",
            "target",
            "last",
            "last_exam",
            "referral_open",
            "spans",
            "face_to_face",
        ];
        reader.deserialize_struct("ProgrammeCourse", FIELDS, self)
    }
}

impl<'de> Visitor<'de> for Programme {
    type Value = ProgrammeCourse;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("a programme")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<ProgrammeCourse, A::Error> {
        let fields = &mut fields;
        let status = next(fields)?;
        let entered = next::<Packed, A>(fields)?.0;
        let entries = ProgrammeCourse {
            status,
            facts: next(fields)?,
            ..ProgrammeCourse::entered_on(entered)
        };
        let programme = if self.has_work {
            ProgrammeCourse {
                slot: next::<MaybeTask, A>(fields)?.0,
                last_on_target: next(fields)?,
                last_adr: next(fields)?,
                attempts: next(fields)?,
                target: next(fields)?,
                last: next(fields)?,
                last_exam: next::<MaybePacked, A>(fields)?.0,
                referral_open: next::<MaybePacked, A>(fields)?.0,
                ..entries
            }
        } else {
            pass::<Option<PassedTask>, A>(fields)?;
            pass::<Option<bool>, A>(fields)?;
            pass::<Option<bool>, A>(fields)?;
            pass::<u32, A>(fields)?;
            pass::<Option<crate::domain::course::TargetValue>, A>(fields)?;
            pass::<Option<PassedLast>, A>(fields)?;
            pass::<Option<i32>, A>(fields)?;
            pass::<Option<i32>, A>(fields)?;
            entries
        };
        // Each time of being managed has its first and perhaps its last day.
        pass::<Each<(i32, Option<i32>)>, A>(fields)?;
        pass::<Each<i32>, A>(fields)?;
        Ok(programme)
    }
}
