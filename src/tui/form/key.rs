//! The keys a form understands, and the steps a draft records.
//!
//! Which terminal key means which of them stands in the keymap.

use serde::{Deserialize, Serialize};

use crate::domain::form::Proposed;

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
    Save,
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
    /// What the rules propose for a page, as the desk's preview answered.
    Proposed {
        page: usize,
        proposed: Proposed,
    },
}
