//! Saving: the forms to the desk, its problems back to their fields.

use super::{
    super::{Outcome, Screen, household, unexplained},
    State, Wanted,
    filling::{Asks, Filling},
    words,
};
use crate::{
    desk::{Command, Reply, Stop, reply::Done},
    domain::{
        form::FilledForm,
        programmes::ProgrammeKind,
        refusal::{ContactRefusal, Refusal},
        visit,
    },
    tui::{hand::Hand, port::Ticket, saved, sentences, widgets::prompt::Prompt},
};

/// How far saving has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    No,
    /// The save key waits for the outcome of what was typed last.
    AfterPreview,
    /// The desk was asked to record it.
    Sent(Ticket),
    /// The desk was asked to keep it for anybody to go on with.
    HandedOn(Ticket),
}

impl Filling {
    /// Records the forms; a correction asks why first, and a change of later
    /// records is shown once before.
    pub fn send(&mut self, forms: Vec<FilledForm>, hand: &mut Hand<'_>) {
        if self.changes_later() && !self.told_later {
            self.tell_later(hand);
            return;
        }
        if self.desk.correcting.is_some() {
            let hint = hand.look.say(words::REASON_HINT).to_owned();
            let prompt = Prompt::new(hand.look.say(words::REASON), vec![hint]);
            self.prompt = Some((Asks::Reason, prompt.holding(&self.reason)));
            return;
        }
        let draft = Box::new(self.draft(forms));
        self.ask(Command::RecordContact(draft), hand);
    }

    /// Says whether saving decides later records anew.
    pub fn changes_later(&self) -> bool {
        let preview = self.preview.as_ref();
        preview.is_some_and(|preview| !preview.later.is_empty())
    }

    /// Shows once that later records change; the save key again confirms it.
    pub fn tell_later(&mut self, hand: &Hand<'_>) {
        self.told_later = true;
        self.notice = Some(hand.look.say(words::LATER).to_owned());
    }

    /// Records a correction with its reason.
    pub fn send_correction(&mut self, reason: &str, hand: &mut Hand<'_>) {
        reason.clone_into(&mut self.reason);
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
        if let Some(ticket) = hand.change(command, self.desk.seen.clone()) {
            self.sending = Sending::Sent(ticket);
        }
    }

    /// Takes the desk's answer.
    pub fn saved(&mut self, answer: Result<Reply, Stop>, hand: &mut Hand<'_>) -> Option<Outcome> {
        self.sending = Sending::No;
        match answer {
            Ok(Reply::Done(done)) => {
                self.drafting.discard(hand);
                self.recorded = done.contacts.first().cloned().map(Box::new);
                if let Some(mode) = visit::mode_of(&self.editor.filled()) {
                    *hand.mode = Some(mode);
                }
                let person = &self.desk.person;
                let text = self.saved_paper(hand);
                let text = text.unwrap_or_else(|| saved_text(person.name(), &done, hand));
                Some(match &done.death {
                    Some(death) => {
                        let (home, on) = (person.household, death.told.on);
                        let home = household::State::of_death(home, person.id, on);
                        Outcome::Instead(Box::new(Screen::Household(Box::new(home))), text)
                    }
                    None => self.offer_slip(text, hand),
                })
            }
            Ok(_) => None,
            Err(Stop::Refused(Refusal::Contact(ContactRefusal::Form { form, faults }))) => {
                self.editor.refuse(&form, &faults);
                None
            }
            Err(Stop::Refused(refusal)) => {
                let said = sentences::refused(&refusal, hand.look.lang);
                self.notice = Some(self.by_name(said, hand));
                None
            }
            Err(Stop::Failed(_)) => {
                self.notice = Some(hand.look.say(words::FAILED).to_owned());
                None
            }
        }
    }
}

impl Filling {
    /// Puts names where a sentence begins with the ids of this person or this record.
    fn by_name(&self, said: String, hand: &Hand<'_>) -> String {
        let record = hand.look.say(words::THIS_RECORD);
        let person = &self.desk.person;
        let correcting = self.desk.correcting.as_ref();
        let names = std::iter::once((person.id.to_string(), person.name()))
            .chain(correcting.map(|contact| (contact.id.to_string(), record)));
        for (id, name) in names {
            let rest = said.strip_prefix(&id);
            if let Some(rest) = rest.filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
            {
                return format!("{name}{rest}");
            }
        }
        said
    }

    /// Returns what is said of papers of the consulting room: they are no follow-up, their own
    /// names tell what was saved.
    fn saved_paper(&self, hand: &Hand<'_>) -> Option<String> {
        let forms = &self.desk.forms;
        let is_paper = |id: &str| visit::programme_of(id) == Some(ProgrammeKind::Outpatient);
        if forms.is_empty() || !forms.iter().all(|form| is_paper(&form.id)) {
            return None;
        }
        let titles: Vec<&str> = forms
            .iter()
            .map(|form| form.title.get(hand.look.lang))
            .collect();
        let what = format!("{} {}", self.desk.person.name(), titles.join(" "));
        let decided = self.recorded.as_ref().map(|told| &told.decision);
        let next = decided.and_then(saved::next);
        Some(saved::line(hand.look, hand.keymap, &what, next))
    }

    /// Whoever was referred gets the slip next, filled in from the visit; Esc writes it later.
    fn offer_slip(&self, text: String, hand: &Hand<'_>) -> Outcome {
        let forms = self.editor.filled();
        let has_slip = forms.iter().any(|form| form.form == visit::SLIP);
        let is_new = self.desk.correcting.is_none() && !has_slip;
        if !is_new || visit::referral_told(&forms).is_none() {
            return Outcome::Done(text);
        }
        let wanted = Wanted::Forms {
            person: self.desk.person.id,
            forms: vec![visit::SLIP.to_owned()],
        };
        let slip = Screen::Visit(Box::new(State::new(wanted)));
        let offered = hand.look.say(words::SLIP_OFFERED);
        Outcome::Instead(Box::new(slip), format!("{text}{offered}"))
    }
}

/// Returns what becomes of the answer to something recorded without a form.
pub fn recorded(name: &str, answer: Result<Reply, Stop>, hand: &mut Hand<'_>) -> Option<Outcome> {
    match answer {
        Ok(Reply::Done(done)) => Some(Outcome::Done(saved_text(name, &done, hand))),
        answer => unexplained(answer),
    }
}

/// Returns what the status line says of a recorded contact, and the key that
/// takes it back.
pub fn saved_text(name: &str, done: &Done, hand: &Hand<'_>) -> String {
    match done.contacts.first() {
        Some(contact) => saved::contact(hand.look, hand.keymap, name, contact),
        None => saved::line(hand.look, hand.keymap, name, None),
    }
}

/// Says whether a refusal only means that not enough is typed yet.
pub fn is_unfinished(refusal: &Refusal) -> bool {
    use crate::domain::course::Refusal as Rule;
    matches!(
        refusal,
        Refusal::Contact(
            ContactRefusal::NoForm { .. }
                | ContactRefusal::NotAlone { .. }
                | ContactRefusal::Rule(Rule::PressureMissing | Rule::NoForm)
        )
    )
}
