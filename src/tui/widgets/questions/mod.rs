//! A few questions one below the other, for boxes: texts, dates and choices.
//!
//! Forms of the catalogue have an editor of their own; here nothing is checked
//! but whether a date is one.
//!
//! ```text
//!  日期     2026-11-21
//!  依据     ◂ 2 电话或信息 ▸
//!  在哪里   县医院_                请填写
//! ```

mod view;

use zeroize::Zeroizing;

use super::{field::Field, secret::Secret};
use crate::{
    desk::entrance::Password,
    domain::{day::Day, form::typed, text::Text},
    tui::{
        action::Person,
        keys::{Code, Key},
        screens::door::words as door,
    },
};

/// Questions and the one the cursor is in.
#[derive(Debug, Clone, Default)]
pub struct Questions {
    items: Vec<Item>,
    at: usize,
}

/// One question.
#[derive(Debug, Clone)]
pub struct Item {
    label: Text,
    kind: Kind,
    problem: Option<Text>,
    /// Not asked as the other answers stand.
    is_hidden: bool,
}

#[derive(Debug, Clone)]
enum Kind {
    /// Text, or a number: full-width digits and signs count as ASCII then.
    Text {
        field: Field,
        plain: bool,
    },
    /// A password.
    Secret(Secret),
    Choice {
        options: Vec<String>,
        at: usize,
    },
}

/// What a key did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    Nothing,
    /// An answer changed.
    Changed,
    /// The answers are meant to be taken.
    Accepted,
}

impl Item {
    /// A line of text.
    pub fn text(label: Text, text: &str) -> Self {
        Self::of(label, text, false)
    }

    /// A date or a number, typed with any digits.
    pub fn plain(label: Text, text: &str) -> Self {
        Self::of(label, text, true)
    }

    /// A password, typed unseen.
    pub fn secret(label: Text) -> Self {
        Self {
            label,
            kind: Kind::Secret(Secret::default()),
            problem: None,
            is_hidden: false,
        }
    }

    /// A code copied from paper: it is seen, and wiped from memory all the same.
    pub fn code(label: Text) -> Self {
        Self {
            label,
            kind: Kind::Secret(Secret::seen()),
            problem: None,
            is_hidden: false,
        }
    }

    fn of(label: Text, text: &str, plain: bool) -> Self {
        let field = Field::of(text);
        Self {
            label,
            kind: Kind::Text { field, plain },
            problem: None,
            is_hidden: false,
        }
    }

    /// One of several; a digit chooses.
    pub fn choice(label: Text, options: Vec<String>, at: usize) -> Self {
        Self {
            label,
            kind: Kind::Choice { options, at },
            problem: None,
            is_hidden: false,
        }
    }
}

impl Questions {
    /// Asks these, the cursor in the first.
    pub fn of(items: Vec<Item>) -> Self {
        Self { items, at: 0 }
    }

    /// Returns how many questions are asked.
    pub fn len(&self) -> usize {
        self.asked().count()
    }

    /// Returns whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.asked().next().is_none()
    }

    /// Returns where the questions stand that are asked.
    fn asked(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let items = self.items.iter().enumerate();
        items.filter_map(|(at, item)| (!item.is_hidden).then_some(at))
    }

    /// Asks a question, or leaves it out: then nothing is typed into it, and nothing read from it.
    pub fn ask_only_if(&mut self, index: usize, is_asked: bool) {
        let was_hidden = !self.asks(index);
        if let Some(item) = self.items.get_mut(index) {
            item.is_hidden = !is_asked;
            if item.is_hidden {
                item.problem = None;
            }
        }
        // What is asked anew before the question the cursor moved on to is answered first.
        if is_asked && was_hidden && self.previous() == index {
            self.at = index;
        }
        if !self.asked().any(|at| at == self.at) {
            self.at = self.next();
        }
    }

    /// Returns whether a question is asked now.
    pub fn asks(&self, index: usize) -> bool {
        self.items.get(index).is_some_and(|item| !item.is_hidden)
    }

    /// The question behind the one the cursor is in; the last stays.
    fn next(&self) -> usize {
        let last = self.asked().next_back().unwrap_or(0);
        self.asked().find(|at| self.at < *at).unwrap_or(last)
    }

    /// The question before the one the cursor is in; the first stays.
    fn previous(&self) -> usize {
        let first = self.asked().next().unwrap_or(0);
        self.asked().rfind(|at| *at < self.at).unwrap_or(first)
    }

    /// Returns whether these questions do something with an action.
    pub const fn take(action: Person) -> bool {
        match action {
            Person::Save | Person::Next | Person::Previous | Person::Down | Person::Up => true,
            Person::AllNormal | Person::Facts | Person::Agreement | Person::Discard => false,
        }
    }

    /// Forgets a password that was typed, and goes there.
    pub fn forget(&mut self, index: usize) {
        if let Some(Kind::Secret(secret)) = self.items.get_mut(index).map(|item| &mut item.kind) {
            secret.clear();
            self.at = index;
        }
    }

    /// Returns the trimmed text of a question.
    pub fn text(&self, index: usize) -> &str {
        match self.items.get(index).map(|item| &item.kind) {
            Some(Kind::Text { field, .. }) => field.text().trim(),
            Some(Kind::Choice { .. } | Kind::Secret(_)) | None => "",
        }
    }

    /// Returns which option of a choice is taken.
    pub fn choice(&self, index: usize) -> usize {
        match self.items.get(index).map(|item| &item.kind) {
            Some(Kind::Choice { at, .. }) => *at,
            Some(Kind::Text { .. } | Kind::Secret(_)) | None => 0,
        }
    }

    /// Returns the code typed; empty where none was.
    pub fn code(&self, index: usize) -> Zeroizing<String> {
        match self.items.get(index).map(|item| &item.kind) {
            Some(Kind::Secret(secret)) => secret.text(),
            Some(Kind::Text { .. } | Kind::Choice { .. }) | None => Zeroizing::default(),
        }
    }

    /// Returns the password typed; nothing where none was.
    pub fn password(&self, index: usize) -> Option<Password> {
        match self.items.get(index).map(|item| &item.kind) {
            Some(Kind::Secret(secret)) if !secret.is_empty() => Some(secret.password()),
            Some(Kind::Secret(_) | Kind::Text { .. } | Kind::Choice { .. }) | None => None,
        }
    }

    /// Returns a new password typed twice, or says what is wrong with it.
    pub fn new_password(&mut self, first: usize, again: usize) -> Option<Password> {
        let Some(password) = self.password(first) else {
            self.complain(first, door::MISSING);
            return None;
        };
        if !password.is_long_enough() {
            self.complain(first, door::TOO_SHORT);
            return None;
        }
        if !self.password(again).is_some_and(|twin| twin.is(&password)) {
            self.complain(again, door::DIFFERENT);
            return None;
        }
        Some(password)
    }

    /// Returns whether nothing is wrong.
    pub fn is_calm(&self) -> bool {
        self.items.iter().all(|item| item.problem.is_none())
    }

    /// Returns the date typed: `1121`, `11-21`, `2026-11-21`; empty is none.
    pub fn day(&self, index: usize, today: Day) -> Option<Day> {
        typed::date(&typed::ascii_text(self.text(index)), today, true)
    }

    /// Returns the text with all its digits and signs as ASCII.
    pub fn ascii(&self, index: usize) -> String {
        typed::ascii_text(self.text(index)).trim().to_owned()
    }

    /// Says what is wrong with an answer, and goes there if it is the first.
    pub fn complain(&mut self, index: usize, problem: Text) {
        let is_first = self.items.iter().all(|item| item.problem.is_none());
        if let Some(item) = self.items.get_mut(index) {
            item.problem = Some(problem);
            if is_first {
                self.at = index;
            }
        }
    }

    /// Forgets all problems.
    pub fn calm(&mut self) {
        for item in &mut self.items {
            item.problem = None;
        }
    }

    /// Takes a key. Enter on the last question accepts.
    pub fn key(&mut self, action: Option<Person>, key: Key) -> Did {
        let last = self.asked().next_back().unwrap_or(0);
        match action {
            Some(Person::Save) => Did::Accepted,
            Some(Person::Next) if self.at == last && key.code == Code::Enter => Did::Accepted,
            Some(Person::Next | Person::Down) => {
                self.at = self.next();
                Did::Nothing
            }
            Some(Person::Previous | Person::Up) => {
                self.at = self.previous();
                Did::Nothing
            }
            Some(Person::AllNormal | Person::Facts | Person::Agreement | Person::Discard) => {
                Did::Nothing
            }
            None => self.typed(key),
        }
    }

    fn typed(&mut self, key: Key) -> Did {
        let next = self.next();
        let Some(item) = self.items.get_mut(self.at) else {
            return Did::Nothing;
        };
        let before = item.problem.take();
        match &mut item.kind {
            Kind::Text { field, plain } => {
                let key = if *plain { key.with_twin() } else { key };
                if field.key(key) {
                    return Did::Changed;
                }
                item.problem = before;
            }
            Kind::Secret(secret) => {
                if secret.key(key) {
                    self.calm_secrets();
                    return Did::Changed;
                }
                item.problem = before;
            }
            Kind::Choice { options, at } => {
                let digit = key.with_twin().typed().and_then(|c| c.to_digit(10));
                let wanted = digit.and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
                match (wanted, key.code) {
                    (Some(wanted), _) if wanted < options.len() => {
                        *at = wanted;
                        self.at = next;
                        return Did::Changed;
                    }
                    (_, Code::Right | Code::Char(' ')) => {
                        *at = (*at + 1) % options.len().max(1);
                        return Did::Changed;
                    }
                    (_, Code::Left) => {
                        *at = at.checked_sub(1).unwrap_or(options.len().saturating_sub(1));
                        return Did::Changed;
                    }
                    _ => {}
                }
            }
        }
        Did::Nothing
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) -> Did {
        let Some(item) = self.items.get_mut(self.at) else {
            return Did::Nothing;
        };
        match &mut item.kind {
            Kind::Text { field, .. } => {
                field.insert(text);
                item.problem = None;
            }
            Kind::Secret(secret) => {
                secret.insert(text);
                self.calm_secrets();
            }
            Kind::Choice { .. } => return Did::Nothing,
        }
        Did::Changed
    }

    /// What was wrong with one password may have been the other's fault.
    fn calm_secrets(&mut self) {
        for item in &mut self.items {
            if let Kind::Secret(_) = item.kind {
                item.problem = None;
            }
        }
    }

    /// Returns the options of the choice the cursor is in, as one line each.
    pub fn offered(&self) -> Vec<String> {
        match self.items.get(self.at).map(|item| &item.kind) {
            Some(Kind::Choice { options, .. }) => options
                .iter()
                .enumerate()
                .map(|(at, option)| format!("{} {option}", at + 1))
                .collect(),
            Some(Kind::Text { .. } | Kind::Secret(_)) | None => Vec::new(),
        }
    }
}
