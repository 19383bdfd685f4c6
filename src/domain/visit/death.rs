//! A death a follow-up form tells of: the clinic records it with the person; the form alone
//! ends no more than its own programme.

use super::{code, date, programme_of};
use crate::domain::{
    course::happening::{EndReason, Happening},
    day::Day,
    form::FilledForm,
    programmes::ProgrammeKind,
};

/// What a form tells of a death.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeathTold {
    pub on: Day,
    /// Which form told it.
    pub form: String,
    /// The printed code of the cause, where the form asks it.
    pub cause: Option<String>,
}

/// Returns the death these forms of a contact on `day` tell of; without a date of its own
/// it is taken to be known on that day.
pub fn death_told(forms: &[FilledForm], day: Day) -> Option<DeathTold> {
    forms.iter().find_map(|filled| {
        let answers = &filled.answers;
        let told = |on: Option<Day>, cause: Option<&str>| DeathTold {
            on: on.unwrap_or(day),
            form: filled.form.clone(),
            cause: cause.map(str::to_owned),
        };
        match programme_of(&filled.form)? {
            ProgrammeKind::Smd => {
                let on = date(answers, "death_date")?;
                Some(told(Some(on), code(answers, "death_cause")))
            }
            ProgrammeKind::Tb => {
                let is_death = code(answers, "stop_reason") == Some("2");
                is_death.then(|| told(date(answers, "stop_date"), None))
            }
            _ => None,
        }
    })
}

/// A form on which nothing but the death was told: the person was not seen.
pub(super) fn only_told(forms: &[FilledForm]) -> Option<Happening> {
    let [form] = forms else { return None };
    date(&form.answers, "death_date")?;
    Some(Happening::Left {
        programme: Some(programme_of(&form.form)?),
        why: EndReason::Died,
    })
}
