//! What the desk's refusals and failures say to the person at the screen:
//! what happened, what is safe, what to do next.
//!
//! The words stand in `lang`.

use crate::{
    desk::{self, Stop},
    domain::{failure::FailureKind, refusal::Refusal, text::Lang},
    lang::{failures, refusals},
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
    let kind = desk::failure_kind(error);
    // The user's own wish; whoever asked says so.
    if kind == FailureKind::Interrupted {
        return None;
    }
    let words = failures::words(kind);
    Some(Failure {
        happened: format!("{} ({error})", words.happened.get(lang)),
        safe: words.safe.get(lang).to_owned(),
        next: words.next.get(lang).to_owned(),
    })
}

/// Returns whether nothing more can be done in this window.
pub fn is_final(stop: &Stop) -> bool {
    match stop {
        Stop::Failed(error) => desk::failure_kind(error) == FailureKind::Newer,
        Stop::Refused(_) => false,
    }
}
