//! What can be wrong in a keymap file, each with its line and its words.
//!
//! Finding faults is the work of `load` and `check`.

use std::fmt;

use crate::{
    domain::text::Lang,
    tui::{
        action::{Action, Context},
        keys::Key,
    },
};

/// One fault and the line it stands on, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub line: usize,
    pub what: What,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The file is no TOML; the reader's own words.
    NotToml(String),
    UnknownContext(String),
    UnknownAction(Context, String),
    /// The value is not a list of keys.
    NotAList(String),
    UnreadableKey(String),
    /// The key already means the first action where the second would apply.
    Twice(Key, Action, Action),
    /// The key never acts (Ctrl-Q, Ctrl-D).
    Dead(Key),
    /// A terminal sends the second key for the first.
    SameAs(Key, Key),
    /// A bare character where characters are text.
    IsText(Key, Context),
    /// Every key of the action is unsafe: a letter, or taken by terminals.
    NoSafeKey(Action),
    /// Without any key for this action a user could not get out.
    Needed(Action),
    /// A shipped keymap names every action; this one is missing.
    Missing(Action),
}

impl Fault {
    /// Returns the sentence that tells the user, line first.
    pub fn say(&self, lang: Lang) -> String {
        let line = self.line;
        match lang {
            Lang::Zh => format!("第{line}行：{}", Zh(&self.what)),
            Lang::En => format!("line {line}: {}", En(&self.what)),
        }
    }
}

struct Zh<'a>(&'a What);
struct En<'a>(&'a What);

impl fmt::Display for Zh<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let zh = |action: &Action| {
            let (context, action) = (action.context().title().zh, action.text().zh);
            format!("“{context}”的“{action}”")
        };
        match self.0 {
            What::NotToml(words) => write!(f, "不是有效的TOML：{words}"),
            What::UnknownContext(name) => write!(f, "没有叫 [{name}] 的段"),
            What::UnknownAction(context, name) => {
                write!(f, "[{}] 里没有叫 {name} 的动作", context.name())
            }
            What::NotAList(name) => write!(f, "{name} 应是按键的列表，如 [\"f2\", \"ctrl-e\"]"),
            What::UnreadableKey(text) => write!(f, "认不出按键“{text}”"),
            What::Twice(key, first, second) => {
                write!(f, "{key} 已用于{}，不能再用于{}", zh(first), zh(second))
            }
            What::Dead(key) => write!(f, "{key} 不起作用，以免误关窗口"),
            What::SameAs(key, other) => write!(f, "终端分不清 {key} 和 {other}，请写 {other}"),
            What::IsText(key, context) => {
                write!(
                    f,
                    "{}里的 {key} 是输入的文字，不能作命令",
                    context.title().zh
                )
            }
            What::NoSafeKey(action) => write!(
                f,
                "{}缺一个安全的键：开着输入法时字母键无效，另一些键会被终端占用",
                zh(action)
            ),
            What::Needed(action) => write!(f, "{}不能没有键", zh(action)),
            What::Missing(action) => {
                write!(f, "[{}] 缺 {}", action.context().name(), action.name())
            }
        }
    }
}

impl fmt::Display for En<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |action: &Action| format!("{}.{}", action.context().name(), action.name());
        match self.0 {
            What::NotToml(words) => write!(f, "not valid TOML: {words}"),
            What::UnknownContext(name) => write!(f, "there is no section [{name}]"),
            What::UnknownAction(context, name) => {
                write!(f, "[{}] has no action {name}", context.name())
            }
            What::NotAList(name) => {
                write!(
                    f,
                    "{name} must be a list of keys, as in [\"f2\", \"ctrl-e\"]"
                )
            }
            What::UnreadableKey(text) => write!(f, "\"{text}\" names no key"),
            What::Twice(key, first, second) => write!(
                f,
                "{key} is already {}, it cannot also be {}",
                name(first),
                name(second)
            ),
            What::Dead(key) => write!(f, "{key} does nothing, so that no window closes by mistake"),
            What::SameAs(key, other) => {
                write!(f, "terminals send {other} for {key}: write {other}")
            }
            What::IsText(key, context) => {
                write!(
                    f,
                    "{key} is text in [{}], it cannot be a command",
                    context.name()
                )
            }
            What::NoSafeKey(action) => write!(
                f,
                "{} needs a safe key: letters never arrive while a Chinese input method is on, \
                 and terminals take some other keys for themselves",
                name(action)
            ),
            What::Needed(action) => write!(f, "{} cannot go without a key", name(action)),
            What::Missing(action) => write!(f, "{} is missing", name(action)),
        }
    }
}
