//! The keys a form understands, and the steps a draft records.
//!
//! Which terminal key means which of them stands in the keymap.

use serde::{Deserialize, Serialize};

use crate::{
    domain::form::{FilledForm, FormContext, Proposed},
    tui::keys::{Code, Key},
};

/// One key inside a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EditorKey {
    Char(char),
    Enter,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    /// 无异常.
    Normal,
    /// 转诊: a referral is made.
    Refer,
    Save,
}

impl EditorKey {
    /// Returns what a key means by itself in a form; saving, 无异常 and 转诊 come as actions.
    pub fn of(key: Key) -> Option<Self> {
        if let Some(sign) = key.typed() {
            return Some(Self::Char(sign));
        }
        if key.ctrl || key.alt {
            return None;
        }
        match key.code {
            Code::Enter => Some(Self::Enter),
            Code::Tab if key.shift => Some(Self::BackTab),
            Code::Tab => Some(Self::Tab),
            Code::Backspace => Some(Self::Backspace),
            Code::Delete => Some(Self::Delete),
            Code::Up => Some(Self::Up),
            Code::Down => Some(Self::Down),
            Code::Left => Some(Self::Left),
            Code::Right => Some(Self::Right),
            Code::Home => Some(Self::Home),
            Code::End => Some(Self::End),
            Code::PageUp => Some(Self::PageUp),
            Code::PageDown => Some(Self::PageDown),
            Code::Char(_) | Code::F(_) | Code::Esc | Code::Insert | Code::Nothing => None,
        }
    }
}

/// Everything that changes an editor, in the order it happened. The record of a draft: the same
/// steps from the same start give the same fields, cursor and marks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Key(EditorKey),
    Paste(String),
    /// A one-line entry for the page in view.
    Line(String),
    /// What somebody else saved of a form in progress meanwhile.
    Brought {
        page: usize,
        there: Box<FilledForm>,
    },
    /// To the section at this place of the form in view.
    Section(usize),
    /// Renewal of the agreement was spoken of, or not after all: kept with the visit, no field.
    Spoken(bool),
    /// Only the columns of a paper sheet are walked through from now on, or everything.
    Columns(bool),
    /// What the rules propose for a page, as the desk's preview answered.
    Proposed {
        page: usize,
        proposed: Proposed,
    },
    /// What the desk knows for another day of the visit, one context a page.
    Surrounded {
        contexts: Vec<FormContext>,
        /// Whether carried values are read anew, as in a new visit.
        carries: bool,
    },
}
