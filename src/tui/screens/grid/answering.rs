//! What the desk's answers do in a sheet.

use super::{
    drafting::Note,
    row::{Log, Row, Saved, Who},
    sheet::Sheet,
    words,
};
use crate::{
    desk::{
        Reply, Stop,
        reply::{RecordedContact, VisitDeskView},
    },
    domain::contact::Contact,
    tui::{
        app::Status,
        form::Step,
        hand::Hand,
        port::Ticket,
        screens::{
            Outcome, Settle, unexplained,
            visit::{Filling, open_referral},
        },
        sentences,
    },
};

impl Sheet {
    /// Takes an answer of the desk.
    pub fn replied(
        &mut self,
        ticket: Ticket,
        answer: Result<Reply, Stop>,
        hand: &mut Hand<'_>,
    ) -> Option<Outcome> {
        let awaits = |row: &Row| {
            let form = row.filling.as_ref();
            [row.asked, row.naming.asked].contains(&Some(ticket))
                || form.is_some_and(|form| form.awaits(ticket))
        };
        let at = self.rows.iter().position(awaits)?;
        let row = self.rows.get_mut(at)?;
        if row.naming.asked == Some(ticket) {
            row.naming.asked = None;
            return match answer {
                Ok(Reply::Candidates(found)) => {
                    row.naming.scroll.reset();
                    row.naming.found = Some(found);
                    None
                }
                other => unexplained(other),
            };
        }
        if row.asked == Some(ticket) {
            row.asked = None;
            return self.opened(at, answer, hand);
        }
        let filling = row.filling.as_mut()?;
        let outcome = filling.replied(ticket, answer, hand);
        if let Some(told) = filling.recorded.take() {
            self.recorded(at, told, hand);
        } else {
            self.after(at, hand);
        }
        match outcome {
            Some(Outcome::Done(text)) => Some(Outcome::Say(Status::done(text))),
            other => other,
        }
    }

    /// The desk told what a row's form needs, or refused.
    fn opened(
        &mut self,
        at: usize,
        answer: Result<Reply, Stop>,
        hand: &mut Hand<'_>,
    ) -> Option<Outcome> {
        let row = self.rows.get_mut(at)?;
        match answer {
            Ok(Reply::VisitDesk(desk)) => {
                row.who = Some(Who::of(&desk.person, &desk.place));
                match desk.correcting.clone() {
                    Some(contact) if contact.withdrawn.is_some() => self.revert(at, hand),
                    Some(contact) => row.show(&contact, *desk, hand),
                    None => self.open(at, *desk, hand),
                }
                None
            }
            Err(Stop::Refused(_)) if row.saved.is_some() => {
                self.revert(at, hand);
                None
            }
            Err(Stop::Refused(refusal)) => {
                row.who = None;
                self.notice = Some(sentences::refused(&refusal, hand.look.lang));
                None
            }
            other => unexplained(other),
        }
    }

    /// Opens the form of a new visit, or goes on with it where it was left.
    fn open(&mut self, at: usize, mut desk: VisitDeskView, hand: &mut Hand<'_>) {
        let Some(row) = self.rows.get_mut(at) else {
            return;
        };
        if let Some(kept) = row.log.kept.clone() {
            if row.log.seen.is_empty() {
                row.log.seen.clone_from(&desk.seen);
            } else {
                desk.seen.clone_from(&row.log.seen);
            }
            let filling = Filling::in_sheet_again(desk, kept, &row.log.steps, hand);
            row.filling = Some(Box::new(filling));
            self.after(at, hand);
            return;
        }
        if open_referral(&desk).is_some() {
            row.who = None;
            let told = hand.look.say(words::REFERRAL);
            self.notice = Some(told.replace("{}", desk.person.name()));
            return;
        }
        let (id, person) = (row.id, desk.person.id);
        let (name, seen) = (desk.person.name().to_owned(), desk.seen.clone());
        let filling = Box::new(Filling::in_sheet(desk, &self.head, hand));
        let kept = filling.kept().clone();
        row.log = Log::begun(kept.clone(), seen.clone());
        row.filling = Some(filling);
        let row = id;
        self.note(&Note::Person { row, person, name }, true, hand);
        let kept = Box::new(kept);
        self.note(&Note::Begun { row, kept, seen }, true, hand);
        self.after(at, hand);
        self.end_blank();
    }

    /// The row was recorded: it shows what was decided, and the cursor goes on.
    fn recorded(&mut self, at: usize, told: Box<RecordedContact>, hand: &mut Hand<'_>) {
        let (form, head) = (self.form.id.clone(), self.head.clone());
        let Some(row) = self.rows.get_mut(at) else {
            return;
        };
        let (id, contact) = (row.id, told.id);
        row.correction = None;
        row.saved = Some(Saved {
            contact,
            told: Some(told),
        });
        if let Some(filling) = row.filling.as_mut() {
            filling.step(Step::Columns(true), hand);
            filling.take_steps();
        }
        row.ask(&form, &head, hand);
        self.note(&Note::Saved { row: id, contact }, true, hand);
        self.knows = true;
        self.end_blank();
        let mut later = self.rows.iter().enumerate().skip(at + 1);
        let next = later.find(|(_, row)| !row.is_locked());
        if let Some((next, _)) = next {
            self.scroll.select(next);
        }
    }

    /// What was recorded of the row counts no longer: it is as it was typed.
    fn revert(&mut self, at: usize, hand: &mut Hand<'_>) {
        let (form, head) = (self.form.id.clone(), self.head.clone());
        let Some(row) = self.rows.get_mut(at) else {
            return;
        };
        row.saved = None;
        row.correction = None;
        row.filling = None;
        row.log.seen.clear();
        row.ask(&form, &head, hand);
        let name = row.who.as_ref().map_or("", |who| who.name.as_str());
        self.notice = Some(hand.look.say(words::UNDONE).replace("{}", name));
        let (row, undone) = (row.id, true);
        self.note(&Note::Reverted { row, undone }, true, hand);
        self.scroll.select(at);
    }

    /// Asks again what stands recorded of the rows, unless only this sheet wrote.
    pub fn refresh(&mut self, hand: &mut Hand<'_>) {
        for row in &mut self.rows {
            if let Some(filling) = row.filling.as_mut().filter(|_| row.saved.is_none()) {
                filling.new_day(hand);
            }
        }
        if std::mem::take(&mut self.knows) {
            return;
        }
        for row in self.rows.iter_mut().filter(|row| row.saved.is_some()) {
            row.ask(&self.form.id, &self.head, hand);
        }
    }

    /// Settles a conflict of the row being saved.
    pub fn settle(&mut self, how: Settle, hand: &mut Hand<'_>) {
        let is_sending = |row: &Row| row.filling.as_ref().is_some_and(|form| form.is_sending());
        let Some(at) = self.rows.iter().position(is_sending) else {
            return;
        };
        let Some(row) = self.rows.get_mut(at) else {
            return;
        };
        let Some(filling) = row.filling.as_mut() else {
            return;
        };
        match how {
            Settle::Both => {
                filling.look_again(hand);
                self.after(at, hand);
            }
            Settle::Theirs if row.saved.is_some() => {
                row.correction = None;
                row.filling = None;
                row.ask(&self.form.id, &self.head, hand);
                let (row, undone) = (row.id, false);
                self.note(&Note::Reverted { row, undone }, true, hand);
            }
            Settle::Theirs => {
                let removed = self.rows.remove(at);
                self.note(&Note::Removed { row: removed.id }, true, hand);
                self.end_blank();
            }
        }
    }
}

impl Row {
    /// Shows a record as it stands, or goes on with its correction.
    fn show(&mut self, contact: &Contact, mut desk: VisitDeskView, hand: &mut Hand<'_>) {
        self.saved = Some(Saved {
            contact: contact.id,
            told: Some(Box::new(RecordedContact {
                id: contact.id,
                person: contact.person,
                day: contact.day,
                happening: contact.happening.clone(),
                decision: contact.decision.clone(),
            })),
        });
        let correction = self.correction.as_ref();
        let log = correction.and_then(|log| Some((log.kept.clone()?, log)));
        let mut filling = match log {
            Some((kept, log)) => {
                desk.seen.clone_from(&log.seen);
                Filling::in_sheet_again(desk, kept, &log.steps, hand)
            }
            None => Filling::of_record(desk, hand),
        };
        // How it was opened is no step of anybody's.
        filling.take_steps();
        self.filling = Some(Box::new(filling));
    }
}
