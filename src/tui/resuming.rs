//! Forms put down unfinished, offered to whose they are: when the session begins, and where another
//! window of theirs lets go later, as one does that is still closing while the next one opens.

use std::collections::BTreeSet;

use super::{
    app::App,
    errands::Asker,
    message::Effect,
    offered,
    rolling::is_at_rest,
    screens::{self, Then, question},
    words,
};
use crate::desk::{Question, Reply, Stop, reply::WaitingDraft};

/// More than so many forms are offered at another start.
const MOST: usize = 8;

/// What was offered in this session.
#[derive(Debug, Default)]
pub struct Offered {
    /// The forms put down that were offered last.
    pub drafts: Vec<WaitingDraft>,
    /// All that were: who said later is not asked about them again.
    known: BTreeSet<String>,
    /// Whether the first answer has come.
    has_begun: bool,
    /// Whether another window may have let go of one since.
    is_due: bool,
}

/// Asks which forms wait.
pub(super) fn ask(app: &mut App) -> Vec<Effect> {
    app.offered.is_due = false;
    let Some(by) = app.place.user.as_ref().map(|user| user.id) else {
        return Vec::new();
    };
    vec![app.errands.ask(Asker::Drafts, Question::Drafts { by }).1]
}

/// Takes in how many windows are open; what one that has gone held may wait now.
pub(super) fn windows_are(app: &mut App, here: usize) {
    let before = std::mem::replace(&mut app.place.windows, here);
    // Before the first count nobody knows who was here when the forms were asked for.
    app.offered.is_due |= here < before || before == 0;
}

/// Asks again where it is due and nobody is in the middle of something else.
pub(super) fn catch_up(app: &mut App) -> Vec<Effect> {
    if app.offered.has_begun && app.offered.is_due && is_at_rest(app) {
        return ask(app);
    }
    Vec::new()
}

/// Takes the answer in. After the first one search gets ready: the first screen stands, as its
/// question was asked before.
pub(super) fn answered(app: &mut App, answer: Result<Reply, Stop>) -> Vec<Effect> {
    let is_first = !std::mem::replace(&mut app.offered.has_begun, true);
    let mut effects = match answer {
        Ok(Reply::Drafts(drafts)) => offer(app, drafts, is_first),
        _ => Vec::new(),
    };
    if is_first {
        effects.push(app.warm_up());
    }
    effects
}

/// Offers the forms this staff member put down, or lost with a window, and was not asked about.
fn offer(app: &mut App, drafts: Vec<WaitingDraft>, is_first: bool) -> Vec<Effect> {
    let today = app.place.today.unwrap_or_default();
    let drafts: Vec<WaitingDraft> = drafts
        .into_iter()
        .filter(|draft| draft.is_own && !app.offered.known.contains(&draft.id))
        // Later on only what others held: what was put down here was put down on purpose.
        .filter(|draft| is_first || !app.errands.gave(&draft.id))
        .filter(|draft| screens::of_draft(draft, today).is_some())
        .filter(|draft| app.place.may(offered::draft_is_for(&draft.kind)).is_ok())
        .take(MOST)
        .collect();
    if drafts.is_empty() {
        return Vec::new();
    }
    if !is_first && !is_at_rest(app) {
        app.offered.is_due = true;
        return Vec::new();
    }
    let look = &app.look;
    let mut choices: Vec<String> = drafts
        .iter()
        .map(|draft| {
            let what = screens::draft_words(draft, look);
            let told = format!("{} {what} {}", draft.name, draft.begun);
            told.trim_start().to_owned()
        })
        .collect();
    choices.push(look.say(words::DRAFTS_LATER).to_owned());
    let text = vec![look.say(words::DRAFTS_QUESTION).to_owned()];
    let state = question::State::ask(look.say(words::DRAFTS_TITLE), text, choices);
    let ids = drafts.iter().map(|draft| draft.id.clone());
    app.offered.known.extend(ids);
    app.offered.drafts = drafts;
    app.interrupt(state, Then::Draft)
}
