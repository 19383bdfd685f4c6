//! What the desk's refusals and failures say to the person at the screen:
//! what happened, what is safe, what to do next.
//!
//! The words of refusals stand in `lang`.

use crate::{
    desk::{Error, Stop},
    domain::{
        refusal::Refusal,
        text::{Lang, Text},
    },
    lang::refusals,
};

/// Why the desk could not answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub happened: String,
    pub safe: String,
    pub next: String,
}

/// Returns what a refusal says in the status line.
pub fn refused(refusal: &Refusal, lang: Lang) -> String {
    refusals::refusal(refusal, lang)
}

/// Returns what a failure says in its box; nothing for a refusal.
pub fn failure(stop: &Stop, lang: Lang) -> Option<Failure> {
    let Stop::Failed(error) = stop else {
        return None;
    };
    // The user's own wish; whoever asked says so.
    if matches!(error, Error::Interrupted) {
        return None;
    }
    let (happened, next) = match error {
        Error::Newer { .. } => (NEWER, NEWER_NEXT),
        Error::File { .. } | Error::Database(_) | Error::Busy | Error::Interrupted => {
            (DISK, DISK_NEXT)
        }
        Error::Damaged { .. } | Error::Broken(_) | Error::Row { .. } | Error::Missing(_) => {
            (DAMAGED, DAMAGED_NEXT)
        }
    };
    let what = match error {
        Error::Newer { .. } => String::new(),
        _ => format!("\n{error}"),
    };
    Some(Failure {
        happened: format!("{}{what}", happened.get(lang)),
        safe: SAFE.get(lang).to_owned(),
        next: next.get(lang).to_owned(),
    })
}

/// Returns whether nothing more can be done in this window.
pub fn is_final(stop: &Stop) -> bool {
    matches!(stop, Stop::Failed(Error::Newer { .. }))
}

const NEWER: Text = Text {
    zh: "程序已更新，这个窗口不能再写入。",
    en: "The program was updated; this window can write nothing more.",
};
const NEWER_NEXT: Text = Text {
    zh: "关闭这个窗口，重新打开。",
    en: "Close this window and open it again.",
};
const DISK: Text = Text {
    zh: "读写硬盘没有成功。",
    en: "The disk could not be read or written.",
};
const DISK_NEXT: Text = Text {
    zh: "看看硬盘是否满了、能不能用，再做一次。",
    en: "Look whether the disk is full or out of order, then try again.",
};
const DAMAGED: Text = Text {
    zh: "资料读不出来，可能已损坏。",
    en: "The data cannot be read; they may be damaged.",
};
const DAMAGED_NEXT: Text = Text {
    zh: "先不要再录入；请管理员运行 cunyi check。",
    en: "Enter nothing more; have `cunyi check` run.",
};
const SAFE: Text = Text {
    zh: "显示过“已保存”的都在；这一次没有保存。",
    en: "All that was said to be saved is there; this one was not saved.",
};
