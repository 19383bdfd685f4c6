//! One dose out of a vaccination booklet: its form opens with the dose answered and its day
//! asked first. No day is proposed: it is the booklet's, not today's.

use super::{filling::Filling, starting, words};
use crate::{
    desk::{Question, reply::VisitDeskView},
    domain::{
        id::PersonId,
        programmes::vax::Dose,
        task::{Status, Task, TaskKind},
        visit,
    },
    tui::{
        action::{Action, Context, Form},
        form::Start,
        hand::Hand,
        keys::Key,
        screens::{Outcome, picture},
    },
};

/// Returns what the desk is asked for a dose.
pub fn question(person: PersonId, dose: Dose) -> Question {
    let form = visit::form_of_dose(dose).map(|(form, _)| form.to_owned());
    Question::VisitDesk {
        person,
        forms: form.into_iter().collect(),
        day: None,
    }
}

impl Filling {
    /// Opens the form of a dose.
    pub fn of_dose(desk: VisitDeskView, dose: Dose, hand: &mut Hand<'_>) -> Self {
        let given = visit::form_of_dose(dose).map(|(_, answers)| answers);
        let mut starts = starting::starts(&desk, given.as_ref());
        starts.iter_mut().for_each(ask_the_day);
        Self::started(desk, starts, None, hand)
    }

    /// Returns the form as taken up again where it is about this dose; a draft about another
    /// is put down as it was found.
    #[must_use]
    pub fn about_dose(mut self, dose: Dose, hand: &mut Hand<'_>) -> Self {
        if self.dose() == Some(dose) {
            return self;
        }
        self.drafting.put_down(hand);
        Self::of_dose(self.desk, dose, hand)
    }
}

impl Filling {
    /// Opens the person's pictures; from the form of a dose at the vaccinations.
    pub(super) fn picture(&self) -> Outcome {
        if self.dose().is_some() {
            picture::at_doses(self.desk.person.id)
        } else {
            Outcome::Picture(self.desk.person.id)
        }
    }

    /// Says where doses of the booklet are recorded, where one is overdue.
    pub(super) fn late_dose(&self, hand: &Hand<'_>) -> Option<String> {
        self.dose()?;
        let today = self.desk.today;
        let is_late = |task: &Task| {
            matches!(task.kind, TaskKind::Vaccination(_)) && task.status(today) == Status::Overdue
        };
        let mut first = self
            .desk
            .choices
            .iter()
            .filter_map(|choice| choice.task.as_ref());
        first.find(|task| is_late(task))?;
        let key = hand
            .keymap
            .hint(Context::Form, Action::Form(Form::Picture))
            .map_or_else(String::new, Key::shown);
        Some(hand.look.say(words::BOOKLET).replace("{key}", &key))
    }

    fn dose(&self) -> Option<Dose> {
        self.editor.filled().first().and_then(visit::dose_on)
    }
}

fn ask_the_day(start: &mut Start) {
    start
        .context
        .unproposed
        .extend(start.form.visit_day.clone());
}
