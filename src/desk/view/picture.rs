//! What pictures of one person need: the course and this person's contacts, nothing of the
//! household's others.

use crate::{
    desk::{Desk, Stop, answers, reply::PictureView},
    domain::{event, household::Household, id::PersonId, person::Person},
};

impl Desk {
    pub(super) fn picture(&self, id: PersonId) -> Result<PictureView, Stop> {
        let snapshot = self.store().snapshot()?;
        let person: Person = answers::row(&snapshot, id)?;
        let household: Household = answers::row(&snapshot, person.household)?;
        let row = super::course_of(&snapshot, id)?;
        let several = super::several_villages(&snapshot)?;
        // A person of whom nothing is recorded yet has no course row, but an age.
        let facts = crate::domain::rows::CourseRow::of(&person, row.course.clone(), Vec::new());
        Ok(PictureView {
            place: super::place_of(&snapshot, &household, several)?,
            today: self.today_in(&snapshot)?,
            facts: facts.facts(),
            is_here: facts.is_here,
            course: row.course,
            contacts: event::contacts(&snapshot, id)?,
            settings: super::settings_now(&snapshot)?,
            person,
        })
    }
}
