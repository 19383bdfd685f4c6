//! A form of sections put down: it is kept for anybody in the clinic to go on with, and what
//! somebody else filled in meanwhile is brought in.

use super::{super::Outcome, filling::Filling, saving::Sending, words};
use crate::{
    desk::{Command, Reply, Stop, reply::VisitDeskView, request::KeptForm},
    domain::{
        form::{FilledForm, Mark},
        refusal::{ContactRefusal, Refusal},
        visit,
    },
    lang::card,
    tui::{form::Step, hand::Hand, saved, sentences},
};

impl Filling {
    /// Asks the desk to keep the forms as far as they are; returns whether it was asked.
    pub(super) fn hand_on(&mut self, hand: &mut Hand<'_>) -> bool {
        let by_sections = self.desk.forms.iter().any(|form| form.in_sections);
        let mut forms = self.desk.forms.iter();
        // Several records of one form are told apart by an answer nobody may have given yet.
        let has_several = forms.any(|form| !visit::may_stay_open(&form.id));
        let is_own = self.desk.correcting.is_some() || !self.drafting.has_begun() || has_several;
        // What cannot be read yet only the draft can keep.
        if !by_sections || is_own || self.editor.has_unread() {
            return false;
        }
        let kept = self.editor.kept().into_iter();
        let kept = kept.filter(|(before, now)| before.is_some() || is_answered(now));
        let forms: Vec<KeptForm> = kept.map(|(before, now)| KeptForm { before, now }).collect();
        if forms.is_empty() {
            return false;
        }
        let person = self.desk.person.id;
        let ticket = hand.change(Command::KeepForms { person, forms }, Vec::new());
        if let Some(ticket) = ticket {
            self.sending = Sending::HandedOn(ticket);
        }
        ticket.is_some()
    }

    /// Takes the desk's answer: kept, or somebody else answered the same.
    pub(super) fn handed_on(
        &mut self,
        answer: Result<Reply, Stop>,
        hand: &mut Hand<'_>,
    ) -> Option<Outcome> {
        self.sending = Sending::No;
        match answer {
            Ok(Reply::Done(_)) => {
                self.drafting.discard(hand);
                let sections = self.editor.sections(hand.look.lang);
                let done = sections.iter().filter(|section| section.is_done()).count();
                let what = hand
                    .look
                    .say(words::HANDED_ON)
                    .replace("{name}", self.desk.person.name())
                    .replace("{done}", &done.to_string())
                    .replace("{all}", &sections.len().to_string());
                Some(Outcome::Done(saved::line(
                    hand.look,
                    hand.keymap,
                    &what,
                    None,
                )))
            }
            Err(Stop::Refused(
                refusal @ Refusal::Contact(ContactRefusal::KeptMeanwhile { .. }),
            )) => {
                self.look_again(hand);
                self.notice = Some(sentences::refused(&refusal, hand.look.lang));
                None
            }
            Ok(_) | Err(_) => Some(self.put_down(hand)),
        }
    }

    /// Takes what another window changed, and says what of a record corrected there differs
    /// from what was typed here.
    pub(super) fn looked(&mut self, desk: VisitDeskView, hand: &mut Hand<'_>) {
        self.desk = desk;
        self.bring(hand);
        self.ask_preview(hand);
        let Some(theirs) = &self.desk.correcting else {
            return;
        };
        let lang = hand.look.lang;
        if theirs.withdrawn.is_some() {
            self.notice = Some(hand.look.say(words::WITHDRAWN).to_owned());
            return;
        }
        let mine = self.editor.filled();
        let differing: Vec<String> = mine
            .iter()
            .zip(&self.desk.forms)
            .filter_map(|(mine, form)| {
                let theirs = theirs
                    .forms
                    .iter()
                    .find(|filled| filled.form == mine.form)?;
                let asked = form.fields().filter(|field| !field.by_rules);
                let told = asked.filter_map(|field| {
                    let value = theirs.answers.get(&field.key);
                    let differs = value != mine.answers.get(&field.key);
                    let label = field.label.get(lang);
                    differs.then(|| format!("{label} {}", card::value(Some(field), value, lang)))
                });
                Some(told.collect::<Vec<_>>())
            })
            .flatten()
            .collect();
        if !differing.is_empty() {
            let text = hand.look.say(words::THEIRS);
            self.notice = Some(text.replace("{}", &differing.join(" · ")));
        }
    }

    /// Brings in what somebody else saved of the forms in progress.
    pub(super) fn bring(&mut self, hand: &mut Hand<'_>) {
        let found = self.editor.kept().into_iter().map(|(before, _)| before);
        let there = self
            .desk
            .open
            .iter()
            .map(|open| open.as_ref().map(|o| &o.filled));
        let changed: Vec<(usize, FilledForm)> = found
            .zip(there)
            .enumerate()
            .filter(|(_, (before, there))| there.is_some() && before.as_ref() != *there)
            .filter_map(|(page, (_, there))| Some((page, there?.clone())))
            .collect();
        for (page, there) in changed {
            let there = Box::new(there);
            self.step(Step::Brought { page, there }, hand);
        }
    }
}

/// Tells whether a person answered anything of the form.
fn is_answered(form: &FilledForm) -> bool {
    let mut marks = form.marks.values();
    marks.any(|mark| matches!(mark, Mark::Typed | Mark::Stated))
}
