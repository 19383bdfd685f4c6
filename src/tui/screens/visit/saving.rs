//! Saving: the forms to the desk, its problems back to their fields.

use super::{Outcome, filling::{Asks, Filling}, words};
use crate::{
    desk::{Command, Reply, Stop, reply::Done},
    domain::{
        form::FilledForm,
        refusal::{ContactRefusal, Refusal},
        visit,
    },
    lang::outcome,
    tui::{hand::Hand, port::Ticket, widgets::prompt::Prompt},
};

/// How far saving has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    No,
    /// The save key waits for the outcome of what was typed last.
    AfterPreview,
    /// The desk was asked to record it.
    Sent(Ticket),
}

impl Filling {
    /// Records the forms; a correction asks why first, and a change of later
    /// records is shown once before.
    pub fn send(&mut self, forms: Vec<FilledForm>, hand: &mut Hand<'_>) {
        let changes_later = self
            .preview
            .as_ref()
            .is_some_and(|preview| !preview.later.is_empty());
        if changes_later && !self.told_later {
            self.told_later = true;
            self.notice = Some(hand.look.say(words::LATER).to_owned());
            return;
        }
        if self.desk.correcting.is_some() {
            let hint = hand.look.say(words::REASON_HINT).to_owned();
            let prompt = Prompt::new(hand.look.say(words::REASON), vec![hint]);
            self.prompt = Some((Asks::Reason, prompt));
            return;
        }
        let draft = Box::new(self.draft(forms));
        self.ask(Command::RecordContact(draft), hand);
    }

    /// Records a correction with its reason.
    pub fn send_correction(&mut self, reason: &str, hand: &mut Hand<'_>) {
        if let Some(contact) = self.desk.correcting.as_ref().map(|contact| contact.id) {
            let draft = Box::new(self.draft(self.editor.filled()));
            let reason = reason.to_owned();
            let command = Command::CorrectContact {
                contact,
                draft,
                reason,
            };
            self.ask(command, hand);
        }
    }

    fn ask(&mut self, command: Command, hand: &mut Hand<'_>) {
        match hand.change(command, self.desk.seen.clone()) {
            Some(ticket) => self.sending = Sending::Sent(ticket),
            None => self.notice = Some(hand.look.say(words::NOBODY).to_owned()),
        }
    }

    /// Takes the desk's answer.
    pub fn saved(
        &mut self,
        answer: Result<Reply, Stop>,
        hand: &mut Hand<'_>,
    ) -> Option<Outcome> {
        self.sending = Sending::No;
        match answer {
            Ok(Reply::Done(done)) => {
                self.drafting.discard(hand);
                let keys = self.held.drain(..).map(|(_, key)| key).collect();
                Some(Outcome::Saved {
                    text: saved_text(self.desk.person.name(), &done, hand),
                    person: self.desk.person.id,
                    mode: visit::mode_of(&self.editor.filled()),
                    keys,
                })
            }
            Ok(_) => None,
            Err(stop) => {
                self.held.clear();
                self.refused(&stop, hand);
                None
            }
        }
    }

    fn refused(&mut self, stop: &Stop, hand: &mut Hand<'_>) {
        match stop {
            Stop::Refused(Refusal::Contact(ContactRefusal::Form { form, faults })) => {
                self.editor.refuse(form, faults);
            }
            Stop::Refused(_) | Stop::Failed(_) => self.notice = Some(stop_text(stop, hand)),
        }
    }
}

/// Returns what the status line says of a recorded contact.
pub fn saved_text(name: &str, done: &Done, hand: &Hand<'_>) -> String {
    let lang = hand.look.lang;
    done.contacts.first().map_or_else(
        || outcome::saved(name, &crate::domain::course::Decision::default(), lang),
        |contact| outcome::saved(name, &contact.decision, lang),
    )
}

/// Returns in words why the desk did not do it.
pub fn stop_text(stop: &Stop, hand: &Hand<'_>) -> String {
    match stop {
        Stop::Refused(refusal) => refusal.code(),
        Stop::Failed(_) => hand.look.say(words::FAILED).to_owned(),
    }
}
