//! A task as derived rows have it, which nobody reads but this program: its kind and its days are
//! numbers. Whoever lists many people reads some of each.

use serde::{Deserialize, Serialize};

use super::{Task, TaskKind};
use crate::domain::{
    day::Day,
    programmes::{ProgrammeSet, reason::Reason, rule::Rule},
    window::{Span, WindowCode},
};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Task")]
struct Packed {
    #[serde(with = "kind")]
    kind: TaskKind,
    programmes: ProgrammeSet,
    window: WindowCode,
    #[serde(with = "crate::domain::written_day::packed")]
    from: Day,
    span: Span,
    #[serde(with = "crate::domain::written_day::packed")]
    earliest: Day,
    #[serde(with = "crate::domain::written_day::packed")]
    due: Day,
    #[serde(with = "crate::domain::written_day::packed::maybe")]
    latest: Option<Day>,
    #[serde(with = "crate::domain::written_day::packed")]
    first_due: Day,
    rule: Rule,
    reason: Reason,
    urgent: bool,
    attempts: u32,
}

/// For a task there may be none of.
pub mod maybe {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Packed, Task};

    #[derive(Serialize)]
    #[serde(transparent)]
    struct Written<'t>(#[serde(with = "Packed")] &'t Task);

    #[derive(Deserialize)]
    #[serde(transparent)]
    struct Read(#[serde(with = "Packed")] Task);

    /// Writes the task, or that there is none.
    ///
    /// # Errors
    /// As the writer fails.
    pub fn serialize<S: Serializer>(task: &Option<Task>, writer: S) -> Result<S::Ok, S::Error> {
        task.as_ref().map(Written).serialize(writer)
    }

    /// Reads the task, or that there is none.
    ///
    /// # Errors
    /// As the reader fails.
    pub fn deserialize<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<Task>, D::Error> {
        let task: Option<Read> = Option::deserialize(reader)?;
        Ok(task.map(|task| task.0))
    }
}

/// For a kind alone.
pub mod kind {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error};

    use super::TaskKind;

    /// Writes its number.
    ///
    /// # Errors
    /// As the writer fails.
    pub fn serialize<S: Serializer>(kind: &TaskKind, writer: S) -> Result<S::Ok, S::Error> {
        writer.serialize_u8(kind.number())
    }

    /// Reads its number.
    ///
    /// # Errors
    /// As the reader fails, and where no kind has it.
    pub fn deserialize<'de, D: Deserializer<'de>>(reader: D) -> Result<TaskKind, D::Error> {
        let kind = TaskKind::from_number(u8::deserialize(reader)?);
        kind.ok_or_else(|| D::Error::custom("no such task"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        programmes::{ProgrammeKind, child::Age},
        window::within_days,
    };

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Slot(#[serde(with = "super::maybe")] Option<Task>);

    #[test]
    fn a_packed_task_is_read_back_and_is_shorter() {
        let day: Day = "2026-11-23".parse().unwrap();
        let window = within_days(day, 14);
        for kind in [TaskKind::HtnVisit, TaskKind::Child(Age::ALL[0])] {
            let mut task = Task::new(kind, ProgrammeKind::Dm, &window, Rule::H1, Reason::Refused);
            task.programmes.insert(ProgrammeKind::Htn);
            task.attempts = 3;
            task.urgent = true;
            for latest in [None, Some(day)] {
                task.latest = latest;
                let slot = Slot(Some(task.clone()));
                let bytes = postcard::to_stdvec(&slot).unwrap();
                assert_eq!(postcard::from_bytes::<Slot>(&bytes).unwrap(), slot);
                assert!(bytes.len() < postcard::to_stdvec(&task).unwrap().len() / 2);
            }
        }
        let none = postcard::to_stdvec(&Slot(None)).unwrap();
        assert_eq!(postcard::from_bytes::<Slot>(&none).unwrap(), Slot(None));
    }
}
