//! The forms being filled in: keys to the editor, answers to the desk's
//! preview, its proposals back into the form.
//!
//! One preview is on its way at a time; an answer that came too late is dropped
//! and asked for anew.

use super::{
    super::{Outcome, unexplained},
    drafting::{self, Drafting},
    saving::{self, Sending},
    speaking, starting, words,
};
use crate::{
    desk::{
        Question, Reply, Stop,
        reply::{PreviewView, RecordedContact, TakenUp, VisitDeskView},
        request::ContactDraft,
        rights::Matter,
    },
    domain::{course::happening::ReferralResult, day::Day, visit},
    tui::{
        action::{Action, Form},
        form::{EditorKey, FormEditor, Reaction, Step},
        hand::Hand,
        keys::{Code, Key},
        port::Ticket,
        sentences,
        widgets::{prompt::Prompt, scroll::Scroll},
    },
};

/// What a prompt asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// A one-line entry.
    Line,
    /// Why the record is corrected.
    Reason,
}

/// Forms being filled in.
#[derive(Debug)]
pub struct Filling {
    pub desk: VisitDeskView,
    pub editor: FormEditor,
    pub referral: Option<ReferralResult>,
    /// What the desk would decide, when it could.
    pub preview: Option<Box<PreviewView>>,
    /// Why the desk would not record it as it stands.
    pub doubt: Option<String>,
    pub prompt: Option<(Asks, Prompt)>,
    /// The list of sections, while it is open.
    pub sections: Option<Scroll>,
    pub notice: Option<String>,
    /// Renewal of the agreement was spoken of.
    pub(super) spoken: bool,
    pub(super) sending: Sending,
    pub(super) drafting: Drafting,
    /// The change of later records was shown and may be confirmed.
    pub(super) told_later: bool,
    pub(super) asked: Option<Ticket>,
    is_stale: bool,
    /// The day what the desk told is about.
    pub(super) day: Day,
    /// What the desk knows for another day was asked for.
    pub(super) rereading: Option<(Ticket, Day)>,
    /// What another window changed was asked for.
    pub(super) looking: Option<Ticket>,
    /// Why it was corrected, as told last: it need not be typed again.
    pub(super) reason: String,
    /// What was recorded, once it is.
    pub recorded: Option<Box<RecordedContact>>,
}

impl Filling {
    /// Opens the forms.
    pub fn open(
        desk: VisitDeskView,
        referral: Option<ReferralResult>,
        hand: &mut Hand<'_>,
    ) -> Self {
        let given = hand.mode.map(visit::given_mode);
        let starts = starting::starts(&desk, given.as_ref());
        Self::started(desk, starts, referral, hand)
    }

    /// Opens a draft where it was put down.
    pub fn resume(desk: VisitDeskView, taken: &TakenUp, hand: &mut Hand<'_>) -> Self {
        let (kept, starts, steps) = drafting::restored(&desk, taken);
        let editor = FormEditor::restore(starts, &steps);
        let drafting = Drafting::taken_up(&taken.draft, kept.clone());
        let mut filling = Self::holding(desk, editor, kept.referral, drafting);
        filling.spoken = speaking::kept(&steps);
        filling.notice = Some(match &taken.stale {
            Some(stale) => hand.look.say(words::STALE).replace("{}", &stale.name),
            None => hand.look.say(words::TAKEN_UP).to_owned(),
        });
        filling.ask_preview(hand);
        filling.follow_day(hand);
        filling
    }

    pub(super) fn holding(
        desk: VisitDeskView,
        editor: FormEditor,
        referral: Option<ReferralResult>,
        drafting: Drafting,
    ) -> Self {
        let day = desk.correcting.as_ref().map_or(desk.today, |c| c.day);
        Self {
            desk,
            editor,
            referral,
            preview: None,
            doubt: None,
            prompt: None,
            sections: None,
            notice: None,
            spoken: false,
            sending: Sending::No,
            drafting,
            told_later: false,
            asked: None,
            is_stale: false,
            day,
            rereading: None,
            looking: None,
            reason: String::new(),
            recorded: None,
        }
    }

    /// Takes a key.
    pub fn press(
        &mut self,
        action: Option<Action>,
        key: Key,
        hand: &mut Hand<'_>,
    ) -> Option<Outcome> {
        if let Some((asks, prompt)) = &mut self.prompt {
            let asks = *asks;
            let text = prompt.press(action, key)?;
            self.told(asks, &text, hand);
            return None;
        }
        if self.sections.is_some() {
            self.press_sections(action, key, hand);
            return None;
        }
        if action == Some(Action::Form(Form::Sections)) {
            self.open_sections(hand);
            return None;
        }
        if action == Some(Action::Form(Form::Visits)) {
            return Some(Outcome::Visits(self.desk.person.id));
        }
        if action == Some(Action::Form(Form::Picture)) {
            return Some(self.picture());
        }
        self.notice = None;
        if action == Some(Action::Form(Form::Renewal)) {
            self.speak_of_renewal(hand);
            return None;
        }
        if action == Some(Action::Form(Form::Referral)) && !self.editor.asks_referral() {
            self.notice = Some(hand.look.say(words::NO_REFERRAL).to_owned());
            return None;
        }
        self.strike(editor_key(action, key)?, hand);
        None
    }

    /// Presses a key of the form.
    pub fn strike(&mut self, key: EditorKey, hand: &mut Hand<'_>) {
        if key == EditorKey::Save && self.is_previewing() {
            self.sending = Sending::AfterPreview;
            return;
        }
        let reaction = self.take(Step::Key(key), hand);
        match reaction {
            Reaction::Save(forms) => self.send(forms, hand),
            // What this changes later is confirmed by the same key.
            Reaction::AskedToConfirm if self.changes_later() => self.tell_later(hand),
            Reaction::AskedToConfirm
            | Reaction::Changed
            | Reaction::Refused
            | Reaction::Nothing => {}
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str, hand: &mut Hand<'_>) {
        if let Some((_, prompt)) = &mut self.prompt {
            prompt.paste(text);
        } else if self.sending == Sending::No {
            self.take(Step::Paste(text.to_owned()), hand);
        }
    }

    /// Opens the line in which everything can be typed at once.
    pub fn open_line(&mut self, hand: &Hand<'_>) {
        if self.sending == Sending::No && self.prompt.is_none() {
            let hint = hand.look.say(words::LINE_HINT).to_owned();
            let line = self.editor.line(hand.look.lang);
            let prompt = Prompt::new(hand.look.say(words::LINE), vec![hint]);
            self.prompt = Some((Asks::Line, prompt.holding(&line)));
        }
    }

    /// Steps back: out of the prompt, or out of the form, the draft kept.
    pub fn back(&mut self, hand: &mut Hand<'_>) -> Option<Outcome> {
        if self.prompt.take().is_some() || self.sections.take().is_some() {
            return None;
        }
        if matches!(self.sending, Sending::Sent(_) | Sending::HandedOn(_)) || self.hand_on(hand) {
            return None;
        }
        Some(self.put_down(hand))
    }

    /// Puts the draft down, for its owner alone.
    pub(super) fn put_down(&mut self, hand: &mut Hand<'_>) -> Outcome {
        if !self.drafting.put_down(hand) {
            return Outcome::Leave;
        }
        let kept = hand.look.say(words::DRAFT_KEPT);
        let text = kept.replace("{}", self.desk.person.name());
        Outcome::PutDown(self.desk.person.id, text)
    }

    /// Takes an answer of the desk.
    pub fn replied(
        &mut self,
        ticket: Ticket,
        answer: Result<Reply, Stop>,
        hand: &mut Hand<'_>,
    ) -> Option<Outcome> {
        if self.asked == Some(ticket) {
            self.asked = None;
            if self.is_stale {
                self.ask_preview(hand);
                return None;
            }
            self.take_preview(answer, hand);
            if self.sending == Sending::AfterPreview {
                self.sending = Sending::No;
                self.strike(EditorKey::Save, hand);
            }
            return None;
        }
        if self.rereading.is_some_and(|(asked, _)| asked == ticket) {
            return self.reread(answer, hand);
        }
        if self.sending == Sending::Sent(ticket) {
            return self.saved(answer, hand);
        }
        if self.sending == Sending::HandedOn(ticket) {
            return self.handed_on(answer, hand);
        }
        if self.looking == Some(ticket) {
            self.looking = None;
            match answer {
                Ok(Reply::VisitDesk(desk)) => self.looked(*desk, hand),
                answer => return unexplained(answer),
            }
        }
        None
    }

    /// The form is given up: what another window recorded stands.
    pub fn give_up(&mut self, hand: &mut Hand<'_>) {
        self.sending = Sending::No;
        self.drafting.discard(hand);
    }

    /// Asks again what another window has changed; what was typed stays.
    pub fn look_again(&mut self, hand: &mut Hand<'_>) {
        self.sending = Sending::No;
        self.notice = Some(hand.look.say(words::LOOK_AGAIN).to_owned());
        self.looking = Some(hand.ask(self.question(self.day)));
    }

    /// Gives the editor a step, keeps it in the draft, and asks for a preview.
    pub(super) fn take(&mut self, step: Step, hand: &mut Hand<'_>) -> Reaction {
        let reaction = self.editor.step(step.clone());
        let changed = reaction == Reaction::Changed;
        self.drafting.keep(&step, changed, &self.desk, hand);
        if changed {
            self.told_later = false;
            self.ask_preview(hand);
            self.follow_day(hand);
        }
        reaction
    }

    fn told(&mut self, asks: Asks, text: &str, hand: &mut Hand<'_>) {
        match asks {
            Asks::Line => {
                let reaction = self.take(Step::Line(text.to_owned()), hand);
                match (&mut self.prompt, reaction) {
                    (Some((_, prompt)), Reaction::Refused) => {
                        let unknown = self.editor.unknown_words().join(" ");
                        let told = hand.look.say(words::LINE_UNKNOWN);
                        prompt.refuse(format!("{told}{unknown}"));
                    }
                    _ => self.prompt = None,
                }
            }
            Asks::Reason => {
                self.prompt = None;
                self.send_correction(text, hand);
            }
        }
    }

    fn is_previewing(&self) -> bool {
        self.asked.is_some() || self.rereading.is_some()
    }

    pub(super) fn ask_preview(&mut self, hand: &mut Hand<'_>) {
        if hand.place.may(Matter::Care).is_err() {
            // What was recorded stands as it was decided.
            return;
        }
        self.is_stale = self.asked.is_some();
        if self.is_stale {
            return;
        }
        let draft = Box::new(self.draft(self.editor.filled()));
        let question = match &self.desk.correcting {
            Some(contact) => Question::PreviewCorrection {
                contact: contact.id,
                draft,
            },
            None => Question::Preview(draft),
        };
        self.asked = Some(hand.ask(question));
    }

    fn take_preview(&mut self, answer: Result<Reply, Stop>, hand: &mut Hand<'_>) {
        self.doubt = None;
        self.preview = None;
        match answer {
            Ok(Reply::Preview(preview)) => {
                for (page, proposed) in preview.proposed.iter().enumerate() {
                    let proposed = proposed.clone();
                    self.take(Step::Proposed { page, proposed }, hand);
                }
                self.preview = Some(preview);
            }
            Ok(_) => {}
            Err(Stop::Refused(refusal)) if saving::is_unfinished(&refusal) => {}
            Err(Stop::Refused(refusal)) => {
                self.doubt = Some(sentences::refused(&refusal, hand.look.lang));
            }
            Err(Stop::Failed(_)) => {}
        }
    }

    /// Returns the contact as it would be recorded.
    pub(super) fn draft(&self, forms: Vec<crate::domain::form::FilledForm>) -> ContactDraft {
        let day = forms.first().map_or(self.desk.today, |form| form.visit);
        ContactDraft {
            forms,
            referral_result: self.referral,
            // Only while the visit's day is still one on which it counts.
            renewal_spoken: self.spoken && self.desk.renewal.is_some(),
            ..ContactDraft::about(self.desk.person.id, day)
        }
    }
}

fn editor_key(action: Option<Action>, key: Key) -> Option<EditorKey> {
    Some(match action {
        Some(Action::Form(Form::Save)) => EditorKey::Save,
        Some(Action::Form(Form::Next)) if key.code == Code::Tab => EditorKey::Tab,
        Some(Action::Form(Form::Next)) => EditorKey::Enter,
        Some(Action::Form(Form::Previous)) => EditorKey::BackTab,
        Some(Action::Form(Form::Down)) => EditorKey::Down,
        Some(Action::Form(Form::Up)) => EditorKey::Up,
        Some(Action::Form(Form::AllNormal)) => EditorKey::Normal,
        Some(Action::Form(Form::Referral)) => EditorKey::Refer,
        _ => EditorKey::of(key)?,
    })
}
