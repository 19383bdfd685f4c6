//! Leaving a sheet and going on with it: nothing typed is lost.

use std::sync::Arc;

use super::{drafting, row::Row, sheet::Sheet, words};
use crate::{
    desk::reply::TakenUp,
    domain::form::{FormDef, grid::head_of},
    tui::{
        drafting::Drafting,
        form::{FormEditor, Start, Step},
        hand::Hand,
        screens::Outcome,
    },
};

impl Sheet {
    /// Returns the sheet a draft tells of; its rows ask for their forms.
    pub fn restored(form: Arc<FormDef>, taken: &TakenUp, hand: &mut Hand<'_>) -> Option<Self> {
        let told = drafting::restored(taken);
        let head = told.kept?.head;
        let file = Drafting::taken_up(&taken.draft.id);
        let start = Start {
            form: Arc::new(head_of(&form)),
            context: head.context.clone(),
            recorded: None,
        };
        let mut sheet = Self::new(form, head.context, file);
        sheet.heading = FormEditor::restore(vec![start], &told.head);
        sheet.read_head();
        sheet.is_heading = !told.is_told;
        sheet.rows = told.rows;
        for row in &mut sheet.rows {
            row.ask(&sheet.form.id, &sheet.head, hand);
        }
        sheet.end_blank();
        let first = sheet.rows.iter().position(|row| !row.is_locked());
        sheet.scroll.select(first.unwrap_or(0));
        Some(sheet)
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str, hand: &mut Hand<'_>) {
        if self.is_heading {
            let step = Step::Paste(text.to_owned());
            self.heading.step(step.clone());
            self.note(&drafting::Note::Head(step), false, hand);
            return;
        }
        let (at, day) = (self.at(), self.head.day);
        let Some(row) = self.rows.get_mut(at) else {
            return;
        };
        let is_locked = row.is_locked();
        match row.filling.as_mut() {
            Some(filling) if !is_locked => {
                filling.paste(text, hand);
                self.after(at, hand);
            }
            None if row.who.is_none() => {
                row.naming.field.insert(text);
                row.naming.ask(&self.form.id, day, hand);
            }
            Some(_) | None => {}
        }
    }

    /// Steps back: out of a prompt, the whole form, the head, a name being typed; else out.
    pub fn back(&mut self, hand: &mut Hand<'_>) -> Option<Outcome> {
        let at = self.at();
        let has_rows = self.rows.iter().any(|row| row.who.is_some());
        if self.is_heading {
            if !has_rows {
                self.file.discard(hand);
                return Some(Outcome::Leave);
            }
            self.read_head();
            self.is_heading = false;
            return None;
        }
        if let Some(row) = self.rows.get_mut(at) {
            if let Some(filling) = row.filling.as_mut() {
                if filling.prompt.take().is_some() {
                    return None;
                }
                if !filling.editor.is_in_columns() {
                    filling.step(Step::Columns(true), hand);
                    self.after(at, hand);
                    return None;
                }
            } else if !row.naming.field.text().is_empty() {
                row.naming = super::row::Naming::default();
                return None;
            }
        }
        self.leave(hand)
    }

    fn leave(&mut self, hand: &mut Hand<'_>) -> Option<Outcome> {
        let is_sending = |row: &Row| row.filling.as_ref().is_some_and(|form| form.is_sending());
        if self.rows.iter().any(is_sending) {
            return None;
        }
        let unsaved = self.rows.iter().filter(|row| row.is_unsaved()).count();
        if unsaved == 0 {
            self.file.discard(hand);
            return Some(Outcome::Leave);
        }
        self.file.put_down(hand);
        let text = hand
            .look
            .say(words::KEPT)
            .replace("{}", &unsaved.to_string());
        Some(Outcome::Done(text))
    }
}
