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

/// What the day's contacts tell of a person.
#[derive(Clone, Copy)]
pub(super) struct Contacted {
    /// A task was completed.
    pub is_done: bool,
    /// An attempt reached nobody.
    pub is_attempted: bool,
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

    /// Says whether the day's contacts are told of already.
    pub(super) const fn knows(&self, contacted: Contacted) -> bool {
        let member = &self.member;
        member.is_done_today == contacted.is_done
            && member.is_attempted_today == contacted.is_attempted
    }

    /// Tells of the day's contacts.
    pub(super) fn tell(&mut self, contacted: Contacted) {
        let Contacted {
            is_done,
            is_attempted,
        } = contacted;
        self.member.is_done_today = is_done;
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
