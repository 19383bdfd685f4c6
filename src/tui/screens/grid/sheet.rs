//! The rows of a sheet and what keys do in them.
//!
//! A row is its form: keys go to the form editor, which walks through the sheet's columns.

use std::sync::Arc;

use super::{
    drafting::{Note, about},
    row::{Log, Row, Who},
    words,
};
use crate::{
    domain::form::{
        FormContext, FormDef,
        grid::{SheetHead, head_of, told},
    },
    tui::{
        action::{Action, Grid},
        drafting::Drafting,
        form::{EditorKey, FormEditor, Opening, Reaction, Start, Step},
        hand::Hand,
        keys::{Code, Key},
        screens::Outcome,
        sentences,
        widgets::scroll::{Move, Scroll},
    },
};

/// A sheet being entered.
#[derive(Debug)]
pub struct Sheet {
    pub form: Arc<FormDef>,
    /// What is said once for all rows, being answered.
    pub heading: FormEditor,
    pub is_heading: bool,
    pub head: SheetHead,
    pub rows: Vec<Row>,
    pub scroll: Scroll,
    pub notice: Option<String>,
    pub(super) file: Drafting,
    pub(super) opening: Opening,
    /// The next thing written is this sheet's own and changes no other row.
    pub(super) knows: bool,
}

impl Sheet {
    /// Opens a sheet of `form`; what holds for all its rows is asked first.
    pub fn new(form: Arc<FormDef>, context: FormContext, file: Drafting) -> Self {
        let head = Arc::new(head_of(&form));
        let start = Start {
            form: head,
            context,
            recorded: None,
        };
        let opening = start.opening();
        let heading = FormEditor::open(vec![start]);
        let mut sheet = Self {
            head: SheetHead {
                day: opening.context.visit,
                given: crate::domain::value::Answers::new(),
                all_normal: false,
            },
            form,
            heading,
            is_heading: true,
            rows: vec![Row::new(0)],
            scroll: Scroll::default(),
            notice: None,
            file,
            opening,
            knows: false,
        };
        sheet.read_head();
        sheet
    }

    /// Takes what the head says as it stands.
    pub(super) fn read_head(&mut self) {
        if let [filled] = self.heading.filled().as_slice() {
            self.head = told(&self.form, &filled.answers, &self.opening.context);
        }
    }

    /// Returns the row under the cursor.
    pub fn at(&self) -> usize {
        self.scroll.selected(self.rows.len()).unwrap_or(0)
    }

    /// Returns the row under the cursor.
    pub fn here(&self) -> Option<&Row> {
        self.rows.get(self.at())
    }

    /// Returns whether the row under the cursor shows its whole form.
    pub fn is_whole(&self) -> bool {
        let filling = self.here().and_then(|row| row.filling.as_ref());
        filling.is_some_and(|filling| !filling.editor.is_in_columns())
    }

    /// Takes a key.
    pub fn press(
        &mut self,
        action: Option<Action>,
        key: Key,
        hand: &mut Hand<'_>,
    ) -> Option<Outcome> {
        self.notice = None;
        let own = match action {
            Some(Action::Grid(own)) => Some(own),
            _ => None,
        };
        if self.is_heading {
            self.press_head(own, key, hand);
            return None;
        }
        let at = self.at();
        if let Some(filling) = self.rows.get_mut(at).and_then(|row| row.filling.as_mut())
            && filling.prompt.is_some()
        {
            let outcome = filling.press(action, key, hand);
            self.after(at, hand);
            return outcome;
        }
        match own {
            Some(Grid::Head) => self.is_heading = true,
            Some(Grid::Remove) => self.remove(at, hand),
            Some(Grid::Whole) => self.turn_whole(at, hand),
            Some(Grid::Save) => self.save(at, hand),
            _ if self.here().is_some_and(|row| row.who.is_none()) => self.name(own, key, hand),
            _ if self.is_whole() => self.strike(at, editor_key(own, key), hand),
            Some(Grid::Down) => self.go(Move::Down, hand),
            Some(Grid::Up) => self.go(Move::Up, hand),
            Some(Grid::PageDown) => self.go(Move::PageDown, hand),
            Some(Grid::PageUp) => self.go(Move::PageUp, hand),
            Some(Grid::Next) if key.code == Code::Enter => self.enter(at, hand),
            Some(Grid::Next | Grid::Previous | Grid::AllNormal) | None => {
                self.strike(at, editor_key(own, key), hand);
            }
        }
        None
    }

    fn press_head(&mut self, own: Option<Grid>, key: Key, hand: &mut Hand<'_>) {
        let is_last = self.heading.is_at_end();
        let key = match (own, editor_key(own, key)) {
            (Some(Grid::Next), Some(EditorKey::Enter)) if is_last => EditorKey::Save,
            (_, Some(key)) => key,
            (_, None) => return,
        };
        let step = Step::Key(key);
        let reaction = self.heading.step(step.clone());
        self.note(&Note::Head(step), false, hand);
        if let Reaction::Save(_) = reaction {
            self.read_head();
            self.is_heading = false;
            self.note(&Note::Told, false, hand);
        }
    }

    /// Keys while a person is typed.
    fn name(&mut self, own: Option<Grid>, key: Key, hand: &mut Hand<'_>) {
        let (at, day) = (self.at(), self.head.day);
        let Some(row) = self.rows.get_mut(at) else {
            return;
        };
        let count = row.naming.rows().len();
        match own {
            Some(Grid::Next) => self.take_person(at, hand),
            Some(Grid::Down) if 0 < count => row.naming.scroll.go(Move::Down, count, count),
            Some(Grid::Up) if 0 < count => row.naming.scroll.go(Move::Up, count, count),
            Some(Grid::Down) => self.go(Move::Down, hand),
            Some(Grid::Up) => self.go(Move::Up, hand),
            Some(Grid::PageDown) => self.go(Move::PageDown, hand),
            Some(Grid::PageUp) => self.go(Move::PageUp, hand),
            _ => {
                let before = row.naming.field.text().to_owned();
                row.naming.field.key(key);
                if row.naming.field.text() != before {
                    row.naming.ask(&self.form.id, day, hand);
                }
            }
        }
    }

    /// Enter takes the first person found, if the form can be recorded for them.
    fn take_person(&mut self, at: usize, hand: &mut Hand<'_>) {
        let look = hand.look;
        let Some(row) = self.rows.get(at) else { return };
        let Some(candidate) = row.naming.here() else {
            let typed = !row.naming.field.text().trim().is_empty();
            let told = if typed {
                words::NOBODY
            } else {
                words::NAME_HINT
            };
            self.notice = Some(look.say(told).to_owned());
            return;
        };
        let name = &candidate.found.name;
        if let Some(refusal) = &candidate.unfit {
            let why = sentences::refused(refusal, look.lang);
            self.notice = Some(format!("{name}: {why}"));
            return;
        }
        let who = Who::found(candidate);
        if let Some(row) = self.row_of(&who, at) {
            let told = look.say(words::IN_SHEET).replace("{}", &row.to_string());
            self.notice = Some(format!("{name}: {told}"));
            return;
        }
        if let Some(row) = self.rows.get_mut(at) {
            row.who = Some(who);
            row.ask(&self.form.id, &self.head, hand);
        }
    }

    /// Returns which other row, from 1, is about this person on the sheet's day.
    pub fn row_of(&self, who: &Who, besides: usize) -> Option<usize> {
        let same = |row: &Row| {
            let is_same = row.who.as_ref().is_some_and(|w| w.person == who.person);
            is_same && row.day(&self.head) == self.head.day
        };
        let mut rows = self.rows.iter().enumerate();
        let found = rows.find(|(at, row)| *at != besides && same(row));
        found.map(|(at, _)| at + 1)
    }

    /// Enter in a row: on to the next cell, at its end the save; a saved row is corrected.
    fn enter(&mut self, at: usize, hand: &mut Hand<'_>) {
        let Some(row) = self.rows.get_mut(at) else {
            return;
        };
        let Some(filling) = &row.filling else { return };
        if row.is_locked() {
            let (kept, seen) = (filling.kept().clone(), filling.desk.seen.clone());
            row.correction = Some(Log::begun(kept.clone(), seen.clone()));
            let (row, kept) = (row.id, Box::new(kept));
            self.note(&Note::Correcting { row, kept, seen }, true, hand);
            self.notice = Some(hand.look.say(words::CORRECTING).to_owned());
            return;
        }
        if !filling.editor.is_at_end() {
            self.strike(at, Some(EditorKey::Enter), hand);
        } else if !filling.editor.is_asking() {
            self.save(at, hand);
        }
    }

    /// Asks for the row to be recorded; what the head states of everybody is stated first.
    fn save(&mut self, at: usize, hand: &mut Hand<'_>) {
        let all_normal = self.head.all_normal;
        let Some(row) = self.rows.get_mut(at) else {
            return;
        };
        if row.is_locked() {
            self.notice = Some(hand.look.say(words::LOCKED).to_owned());
            return;
        }
        let is_new = row.correction.is_none();
        let Some(filling) = row.filling.as_mut() else {
            return;
        };
        if is_new && all_normal && !filling.editor.is_asking() {
            filling.strike(EditorKey::Normal, hand);
        }
        filling.strike(EditorKey::Save, hand);
        self.after(at, hand);
    }

    fn strike(&mut self, at: usize, key: Option<EditorKey>, hand: &mut Hand<'_>) {
        let (Some(row), Some(key)) = (self.rows.get_mut(at), key) else {
            return;
        };
        if row.is_locked() {
            self.notice = Some(hand.look.say(words::LOCKED).to_owned());
        } else if let Some(filling) = row.filling.as_mut() {
            filling.notice = None;
            filling.strike(key, hand);
            self.after(at, hand);
        }
    }

    fn turn_whole(&mut self, at: usize, hand: &mut Hand<'_>) {
        let filling = self.rows.get_mut(at).and_then(|row| row.filling.as_mut());
        if let Some(filling) = filling {
            let only = !filling.editor.is_in_columns();
            filling.step(Step::Columns(only), hand);
            self.after(at, hand);
        }
    }

    /// Keeps what a row's form did, and shows the whole form where the cursor left the columns.
    pub(super) fn after(&mut self, at: usize, hand: &mut Hand<'_>) {
        let Some(row) = self.rows.get_mut(at) else {
            return;
        };
        let Some(filling) = row.filling.as_mut() else {
            return;
        };
        if filling.editor.is_in_columns() && !filling.editor.is_at_column() {
            filling.step(Step::Columns(false), hand);
        }
        let steps = filling.take_steps();
        let (id, is_locked) = (row.id, row.is_locked());
        if is_locked {
            return;
        }
        let log = row.correction.as_mut().unwrap_or(&mut row.log);
        log.steps.extend(steps.iter().cloned());
        for step in steps {
            self.note(&Note::Step { row: id, step }, true, hand);
        }
    }

    /// Removes a row nothing of which is recorded; drops a correction.
    fn remove(&mut self, at: usize, hand: &mut Hand<'_>) {
        let Some(row) = self.rows.get_mut(at) else {
            return;
        };
        let id = row.id;
        if row.correction.take().is_some() {
            row.filling = None;
            row.ask(&self.form.id, &self.head, hand);
            let undone = false;
            self.note(&Note::Reverted { row: id, undone }, true, hand);
        } else if row.saved.is_some() {
            self.notice = Some(hand.look.say(words::LOCKED).to_owned());
        } else if row.who.is_some() {
            self.rows.remove(at);
            self.note(&Note::Removed { row: id }, true, hand);
            self.end_blank();
        } else {
            row.naming = super::row::Naming::default();
        }
    }

    fn go(&mut self, to: Move, hand: &Hand<'_>) {
        self.end_blank();
        let page = usize::from(super::view::rows_shown(hand.work));
        self.scroll.go(to, self.rows.len(), page);
    }

    /// The sheet ends in a row about nobody yet.
    pub(super) fn end_blank(&mut self) {
        if self.rows.last().is_none_or(|row| row.who.is_some()) {
            let id = self.rows.iter().map(|row| row.id + 1).max().unwrap_or(0);
            self.rows.push(Row::new(id));
        }
    }

    /// Keeps a note in the draft; the first that changes anything begins it.
    pub(super) fn note(&mut self, note: &Note, changed: bool, hand: &mut Hand<'_>) {
        let (form, opening) = (&self.form.id, &self.opening);
        let about = || about(form, opening.clone());
        self.file.keep(note, changed, about, hand);
    }
}

fn editor_key(action: Option<Grid>, key: Key) -> Option<EditorKey> {
    Some(match action {
        Some(Grid::Save) => EditorKey::Save,
        Some(Grid::Next) if key.code == Code::Tab => EditorKey::Tab,
        Some(Grid::Next) => EditorKey::Enter,
        Some(Grid::Previous) => EditorKey::BackTab,
        Some(Grid::Down) => EditorKey::Down,
        Some(Grid::Up) => EditorKey::Up,
        Some(Grid::PageDown) => EditorKey::PageDown,
        Some(Grid::PageUp) => EditorKey::PageUp,
        Some(Grid::AllNormal) => EditorKey::Normal,
        Some(Grid::Whole | Grid::Head | Grid::Remove) => return None,
        None => EditorKey::of(key)?,
    })
}
