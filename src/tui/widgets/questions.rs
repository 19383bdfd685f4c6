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

use ratatui::{Frame, layout::Rect};
use zeroize::Zeroizing;

use super::{cells, field::Field, secret::Secret};
use crate::{
    desk::entrance::Password,
    domain::{day::Day, form::typed, text::Text},
    tui::{
        action::Person,
        keys::{Code, Key},
        screens::door::words as door,
        theme::Look,
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
        }
    }

    /// A code copied from paper: it is seen, and wiped from memory all the same.
    pub fn code(label: Text) -> Self {
        Self {
            label,
            kind: Kind::Secret(Secret::seen()),
            problem: None,
        }
    }

    fn of(label: Text, text: &str, plain: bool) -> Self {
        let field = Field::of(text);
        Self {
            label,
            kind: Kind::Text { field, plain },
            problem: None,
        }
    }

    /// One of several; a digit chooses.
    pub fn choice(label: Text, options: Vec<String>, at: usize) -> Self {
        Self {
            label,
            kind: Kind::Choice { options, at },
            problem: None,
        }
    }
}

impl Questions {
    /// Asks these, the cursor in the first.
    pub fn of(items: Vec<Item>) -> Self {
        Self { items, at: 0 }
    }

    /// Returns how many questions there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Returns whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
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
        let last = self.items.len().saturating_sub(1);
        match action {
            Some(Person::Save) => Did::Accepted,
            Some(Person::Next) if self.at == last && key.code == Code::Enter => Did::Accepted,
            Some(Person::Next | Person::Down) => {
                self.at = (self.at + 1).min(last);
                Did::Nothing
            }
            Some(Person::Previous | Person::Up) => {
                self.at = self.at.saturating_sub(1);
                Did::Nothing
            }
            Some(Person::AllNormal | Person::Facts | Person::Agreement | Person::Discard) => {
                Did::Nothing
            }
            None => self.typed(key),
        }
    }

    fn typed(&mut self, key: Key) -> Did {
        let last = self.items.len().saturating_sub(1);
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
                        self.at = (self.at + 1).min(last);
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
        match self.items.get_mut(self.at).map(|item| &mut item.kind) {
            Some(Kind::Text { field, .. }) => {
                field.insert(text);
                Did::Changed
            }
            Some(Kind::Secret(secret)) => {
                secret.insert(text);
                Did::Changed
            }
            Some(Kind::Choice { .. }) | None => Did::Nothing,
        }
    }

    /// Returns the cells the labels take.
    pub fn label_cells(&self, look: &Look) -> usize {
        let labels = self
            .items
            .iter()
            .map(|item| cells::width(look.say(item.label)));
        labels.max().unwrap_or(0)
    }

    /// Draws the questions from the area's first row on, one a row; where they are more than the
    /// rows, those around the cursor.
    pub fn draw(&self, look: &Look, frame: &mut Frame<'_>, area: Rect) {
        let label_cells = self.label_cells(look);
        let x = area.x + u16::try_from(label_cells).unwrap_or(0) + 2;
        let room = area.right().saturating_sub(x);
        let above = (self.at + 1).saturating_sub(usize::from(area.height));
        let items = self.items.iter().enumerate().skip(above);
        for ((at, item), y) in items.zip(area.y..area.bottom()) {
            let here = at == self.at;
            let label = look.say(item.label);
            let style = if here { look.strong() } else { look.text() };
            cells::put(frame, area.x, y, label, label_cells, style);
            let style = if here {
                look.field_here()
            } else {
                look.field()
            };
            let taken = match &item.kind {
                Kind::Text { field, plain } => {
                    // What is wrong with a text stands beside it.
                    let widest = if item.problem.is_some() { 34 } else { 48 };
                    let width = if *plain { 14 } else { room.min(widest) };
                    let place = Rect {
                        x,
                        y,
                        width,
                        height: 1,
                    };
                    field.draw(frame, place, style, here);
                    width
                }
                Kind::Secret(secret) => {
                    let width = room.min(36);
                    let place = Rect {
                        x,
                        y,
                        width,
                        height: 1,
                    };
                    secret.draw(frame, place, style, here);
                    width
                }
                Kind::Choice { options, at } => {
                    let chosen = options.get(*at).map_or("", String::as_str);
                    let text = format!("[{}] {chosen}", at + 1);
                    cells::put(frame, x, y, &text, usize::from(room), style);
                    if here {
                        frame.set_cursor_position((x + 1, y));
                    }
                    u16::try_from(cells::width(&text)).unwrap_or(room)
                }
            };
            if let Some(problem) = item.problem {
                let from = x.saturating_add(taken).saturating_add(1);
                let room = usize::from(area.right().saturating_sub(from));
                cells::put(frame, from, y, look.say(problem), room, look.problem());
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
