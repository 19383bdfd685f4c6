//! The editor's state and the one way to change it: `step`.
//!
//! Typing stands in `typing`, moving in `moving`, saving in `saving`; drawing in `view`.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{
    key::{EditorKey, Step},
    page::{Page, Place},
};
use crate::{
    domain::{
        day::Day,
        form::{
            Fault, FilledForm, FormContext, FormDef, Mark, Problem, column,
            fill::{self, Filled},
            line, typed,
        },
        text::Lang,
    },
    tui::{
        keys::{Code, Key},
        widgets::field::Field,
    },
};

/// One form to fill in, with everything it must know.
#[derive(Debug, Clone)]
pub struct Start {
    pub form: Arc<FormDef>,
    pub context: FormContext,
    /// The record to correct; none for a new one.
    pub recorded: Option<FilledForm>,
}

/// What a draft keeps about the start of one form; the form itself stands in the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    pub form: String,
    pub edition: String,
    pub context: FormContext,
    pub recorded: Option<FilledForm>,
}

impl Start {
    /// Returns what a draft keeps.
    pub fn opening(&self) -> Opening {
        Opening {
            form: self.form.id.clone(),
            edition: self.form.edition.clone(),
            context: self.context.clone(),
            recorded: self.recorded.clone(),
        }
    }
}

/// What a step did, for the screen around the editor.
#[derive(Debug, Clone, PartialEq)]
pub enum Reaction {
    /// Nothing that others need to know.
    Nothing,
    /// Answers changed: the outcome wants a new preview.
    Changed,
    /// Problems were found and are shown.
    Refused,
    /// Carried values or unusual ones were shown; the save key again confirms them.
    AskedToConfirm,
    /// Everything stands: record these.
    Save(Vec<FilledForm>),
}

/// How the cursor came to its field, and whether anything was typed there since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Touch {
    ByHand,
    /// By an automatic step.
    Alone,
    Typed,
}

/// What the cursor walks through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Walk {
    Everything,
    /// The columns of a paper sheet alone.
    Columns,
}

/// A sequence of forms of one visit, being filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct FormEditor {
    pub(super) pages: Vec<Page>,
    pub(super) at: Place,
    /// The text in the field under the cursor, or the digits of a code so far.
    pub(super) text: Field,
    pub(super) touch: Touch,
    /// The next Enter, Tab, `/` or space is swallowed.
    pub(super) swallows: bool,
    /// The next save key confirms what was shown.
    pub(super) is_asking: bool,
    pub(super) problems: Vec<(usize, Problem)>,
    /// What the last key could not do.
    pub(super) notice: Option<Fault>,
    /// Words of a one-line entry that mean nothing here.
    pub(super) unknown_words: Vec<String>,
    pub(super) changed: bool,
    pub(super) walk: Walk,
}

impl FormEditor {
    /// Opens a sequence of forms with the cursor on the first open field.
    pub fn open(starts: Vec<Start>) -> Self {
        let pages = starts.into_iter().map(open_page).collect();
        let mut editor = Self {
            pages,
            at: Place {
                page: 0,
                field: 0,
                cell: None,
            },
            text: Field::default(),
            touch: Touch::ByHand,
            swallows: false,
            is_asking: false,
            problems: Vec::new(),
            notice: None,
            unknown_words: Vec::new(),
            changed: false,
            walk: Walk::Everything,
        };
        editor.share_from(0);
        editor.go_to_page(0);
        editor
    }

    /// Opens a draft again: the same start and steps give the same fields, cursor and marks.
    pub fn restore(starts: Vec<Start>, steps: &[Step]) -> Self {
        let mut editor = Self::open(starts);
        steps
            .iter()
            .cloned()
            .for_each(|step| drop(editor.step(step)));
        editor
    }

    /// Takes one step; the only way the editor changes.
    pub fn step(&mut self, step: Step) -> Reaction {
        self.changed = false;
        let page = self.at.page;
        let reaction = match step {
            Step::Key(key) => return self.key(key),
            Step::Paste(text) => {
                self.paste(&text);
                None
            }
            Step::Line(line) => self.take_line(&line),
            Step::Brought { page, there } => {
                self.bring(page, there);
                None
            }
            Step::Section(index) => {
                self.go_to_section(index);
                None
            }
            Step::Columns(only) => {
                self.keep_to_columns(only);
                None
            }
            Step::Surrounded { contexts, carries } => {
                self.surround(contexts, carries);
                None
            }
            Step::Proposed { page, proposed } => {
                self.take_proposal(page, proposed);
                return Reaction::Nothing;
            }
            Step::Spoken(_) => return Reaction::Nothing,
        };
        self.after(page, reaction)
    }

    /// Presses one key.
    pub fn key(&mut self, key: EditorKey) -> Reaction {
        self.changed = false;
        self.notice = None;
        self.unknown_words.clear();
        let page = self.at.page;
        let swallowed = std::mem::take(&mut self.swallows) && is_separator(key);
        let reaction = if swallowed { None } else { self.press(key) };
        self.after(page, reaction)
    }

    /// Returns where the cursor stands.
    pub fn at(&self) -> Place {
        self.at
    }

    /// Returns how many forms the sequence has.
    pub fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// Returns the form in view.
    pub fn form(&self) -> Option<&FormDef> {
        self.pages.get(self.at.page).map(|page| page.form.as_ref())
    }

    /// Returns the day the forms are about.
    pub fn visit_day(&self) -> Option<Day> {
        self.pages.first().map(|page| page.context.visit)
    }

    /// Returns the forms as they stand, for a preview of the outcome.
    pub fn filled(&self) -> Vec<FilledForm> {
        self.pages.iter().map(hand_over).collect()
    }

    /// Returns the words of the last one-line entry that meant nothing here.
    pub fn unknown_words(&self) -> &[String] {
        &self.unknown_words
    }

    /// Tells whether text stands somewhere that is no allowed value.
    pub fn has_unread(&self) -> bool {
        self.pages.iter().any(|page| !page.unread.is_empty())
    }

    /// Returns the problems shown, each with its page.
    pub fn problems(&self) -> &[(usize, Problem)] {
        &self.problems
    }

    /// Tells whether the next save key confirms what is shown.
    pub fn is_asking(&self) -> bool {
        self.is_asking
    }

    /// Returns the line that would have produced the answers of the form in view.
    pub fn line(&self, lang: Lang) -> String {
        let page = self.pages.get(self.at.page);
        page.map_or_else(String::new, |page| {
            line::write(&page.form, &page.filled, lang)
        })
    }

    /// Brings everything up to date after a step taken on `page`.
    fn after(&mut self, page: usize, reaction: Option<Reaction>) -> Reaction {
        if self.changed {
            self.is_asking = false;
            self.share_from(page);
            self.recheck_shown();
        }
        match reaction {
            Some(reaction) => reaction,
            None if self.changed => Reaction::Changed,
            None => Reaction::Nothing,
        }
    }

    fn press(&mut self, key: EditorKey) -> Option<Reaction> {
        match key {
            EditorKey::Char(sign) => self.type_sign(sign),
            EditorKey::Enter | EditorKey::Tab => self.move_on(),
            EditorKey::BackTab | EditorKey::Up => self.go_up(),
            EditorKey::Down => self.go_down(),
            EditorKey::Backspace => self.backspace(),
            EditorKey::Delete => self.delete(),
            EditorKey::Left => self.go_left(),
            EditorKey::Right => self.go_right(),
            EditorKey::Home => self.go_within(Code::Home),
            EditorKey::End => self.go_within(Code::End),
            EditorKey::Refer => self.refer(),
            EditorKey::PageUp => self.turn_page(false),
            EditorKey::PageDown => self.turn_page(true),
            EditorKey::Normal => self.state_normal(),
            EditorKey::Save => return Some(self.save()),
        }
        None
    }

    /// States every unmeasured question of the form in view that is still open as normal.
    fn state_normal(&mut self) {
        let Some(page) = self.pages.get_mut(self.at.page) else {
            return;
        };
        let answers = fill::normal_answers(&page.form, &page.filled.answers, &page.context);
        for (key, value) in answers {
            page.filled.put(&key, Some(value), Mark::Stated);
            self.changed = true;
        }
        page.settle();
        if !self.is_open(self.at) {
            self.go_to_open_from_start();
        }
    }

    /// Answers that a referral is made and goes to what must be said about it.
    fn refer(&mut self) {
        let Some(page) = self.pages.get_mut(self.at.page) else {
            return;
        };
        let form = Arc::clone(&page.form);
        let referral = form.referral.as_ref();
        let Some((referral, field)) = referral.and_then(|r| Some((r, form.field(&r.field)?)))
        else {
            return;
        };
        let value = field.value_of(std::slice::from_ref(&referral.code));
        page.filled.put(&field.key, value, Mark::Typed);
        page.settle();
        self.changed = true;
        let index = form.fields().position(|other| other.key == field.key);
        let after = Place {
            page: self.at.page,
            field: index.unwrap_or(0),
            cell: None,
        };
        self.arrive(after, false);
        self.step_alone();
        self.swallows = false;
    }

    /// Presses an editing key in the text under the cursor; tells whether it did anything.
    pub(super) fn edit(&mut self, code: Code) -> bool {
        let before = self.text.clone();
        self.text.key(Key::of(code));
        self.text != before
    }

    fn take_line(&mut self, text: &str) -> Option<Reaction> {
        let page = self.pages.get_mut(self.at.page)?;
        match line::read(&page.form, text, &page.filled, &page.context) {
            Ok(filled) => {
                page.filled = filled;
                page.follow_visit_day();
                page.settle();
                page.unread.clear();
                self.changed = true;
                self.arrive(self.at, false);
                None
            }
            Err(words) => {
                self.unknown_words = words.into_iter().map(|word| word.0).collect();
                Some(Reaction::Refused)
            }
        }
    }
}

/// Returns a page as it would be recorded: what is asked, without untouched proposals of the
/// rules, which the decision itself supplies.
pub(super) fn hand_over(page: &Page) -> FilledForm {
    let mut answers = fill::relevant(&page.form, &page.filled.answers, &page.context);
    let mark = |key: &String| page.filled.marks.get(key);
    answers.retain(|key, _| {
        let by_rules = page.form.field(key).is_some_and(|field| field.by_rules);
        !(by_rules && mark(key) == Some(&Mark::Proposed))
    });
    let marks = answers
        .keys()
        .filter_map(|key| Some((key.clone(), *mark(key)?)))
        .collect();
    FilledForm {
        form: page.form.id.clone(),
        edition: page.form.edition.clone(),
        visit: page.context.visit,
        answers,
        marks,
        confirmed: page.context.confirmed.clone(),
    }
}

fn open_page(start: Start) -> Page {
    let before = start.recorded.clone();
    let filled = match start.recorded {
        Some(record) => Filled {
            answers: record.answers,
            marks: record.marks,
        },
        None => fill::opening(&start.form, &start.context),
    };
    Page {
        form: column::in_column(&start.form, &filled.answers),
        context: start.context,
        filled,
        unread: BTreeMap::new(),
        is_seen: false,
        before,
    }
}

fn is_separator(key: EditorKey) -> bool {
    match key {
        EditorKey::Enter | EditorKey::Tab => true,
        EditorKey::Char(sign) => matches!(typed::ascii(sign), '/' | ' '),
        _ => false,
    }
}
