//! A person as the queue shows them.

use std::sync::Arc;

use crate::{
    desk::reply::QueueRow,
    domain::{
        day::Day,
        id::PersonId,
        identity::Sex,
        queue::{HasRow, Member, Priority, Row, Work},
        visit,
    },
    store::{Error, Snapshot},
};

/// The person, what is to be done, and what rows show of them.
pub(super) struct Whole {
    pub member: Member,
    pub work: Work<Arc<QueueRow>>,
    pub about: About,
}

/// What every row of a person shows, whatever is to be done.
#[derive(Clone)]
pub(super) struct About {
    pub name: String,
    pub sex: Sex,
    pub birth: Option<Day>,
    pub place: String,
    pub village: String,
    pub head: Option<PersonId>,
    pub head_name: String,
}

impl HasRow for Arc<QueueRow> {
    fn row(&self) -> &Row {
        &self.row
    }
}

impl Whole {
    /// Says whether something of the work is not merely early.
    pub(super) fn presses(&self) -> bool {
        let mut rows = self.work.rows.iter();
        rows.any(|row| row.row.priority != Priority::Early)
    }

    /// Says whether an attempt of the day reached nobody.
    pub(super) fn attempted(&mut self, is_attempted: bool) {
        if self.member.is_attempted_today == is_attempted {
            return;
        }
        self.member.is_attempted_today = is_attempted;
        for row in self.work.rows.iter_mut().chain(&mut self.work.standing) {
            Arc::make_mut(row).row.is_attempted_today = is_attempted;
        }
    }

    /// Returns a row of another day as it is shown.
    pub(super) fn of_day(
        &self,
        row: Row,
        snapshot: &Snapshot,
        day: Day,
    ) -> Result<Arc<QueueRow>, Error> {
        let rows = self.work.rows.iter().chain(&self.work.standing);
        let mut known = rows.filter(|known| known.row.tasks == row.tasks);
        let forms = match known.next() {
            Some(known) => known.forms.clone(),
            None => {
                let course = super::course_of(snapshot, row.person)?;
                visit::forms_of(&row.tasks, &course.who(day))
            }
        };
        Ok(Arc::new(self.about.shown(forms, row)))
    }
}

impl About {
    /// Returns the row as it is shown, but for what is known of the day alone.
    pub(super) fn shown(&self, forms: Vec<String>, row: Row) -> QueueRow {
        QueueRow {
            forms,
            name: self.name.clone(),
            sex: self.sex,
            birth: self.birth,
            place: self.place.clone(),
            village: self.village.clone(),
            head: self.head_name.clone(),
            is_marked: false,
            has_draft: false,
            open: None,
            row,
        }
    }
}
