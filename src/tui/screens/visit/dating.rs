//! The day of a visit being filled in: what the desk knows is read anew when it is changed,
//! and midnight does not move it.

use super::{
    super::{Outcome, unexplained},
    filling::Filling,
    words,
};
use crate::{
    desk::{Question, Reply, Stop},
    domain::day::Day,
    tui::{form::Step, hand::Hand},
};

impl Filling {
    /// Asks what is known for the day the forms are about, where that is another one now.
    pub(super) fn follow_day(&mut self, hand: &mut Hand<'_>) {
        let asked = self.rereading.map_or(self.day, |(_, day)| day);
        match self.editor.visit_day() {
            Some(day) if day != asked => self.read_for(day, hand),
            Some(_) | None => {}
        }
    }

    /// A new day began: the visit keeps its own, and what is known is read as of now.
    pub fn new_day(&mut self, hand: &mut Hand<'_>) {
        if hand.today() == self.desk.today {
            return;
        }
        let Some(day) = self.editor.visit_day() else {
            return;
        };
        self.desk.today = hand.today();
        let text = hand.look.say(words::NEW_DAY);
        self.notice = Some(text.replace("{}", &day.to_string()));
        self.read_for(day, hand);
    }

    /// Returns what is asked of the desk for these forms on `day`.
    pub(super) fn question(&self, day: Day) -> Question {
        match &self.desk.correcting {
            Some(contact) => Question::CorrectionDesk {
                contact: contact.id,
                day: Some(day),
            },
            None => Question::VisitDesk {
                person: self.desk.person.id,
                forms: self.desk.forms.iter().map(|form| form.id.clone()).collect(),
                day: Some(day),
            },
        }
    }

    fn read_for(&mut self, day: Day, hand: &mut Hand<'_>) {
        let question = self.question(day);
        self.rereading = Some((hand.ask(question), day));
    }

    /// Takes what is known for the other day. What was seen stays what it was: a change of
    /// another window is still a conflict.
    pub(super) fn reread(
        &mut self,
        answer: Result<Reply, Stop>,
        hand: &mut Hand<'_>,
    ) -> Option<Outcome> {
        let (_, day) = self.rereading.take()?;
        match answer {
            Ok(Reply::VisitDesk(desk)) => {
                let seen = std::mem::take(&mut self.desk.seen);
                self.desk = *desk;
                self.desk.seen = seen;
                self.day = day;
                let contexts = self.desk.contexts.clone();
                // What a record says was true then; only a new visit carries anything.
                let carries = self.desk.correcting.is_none();
                self.take(Step::Surrounded { contexts, carries }, hand);
                None
            }
            answer => {
                self.day = day;
                unexplained(answer)
            }
        }
    }
}
