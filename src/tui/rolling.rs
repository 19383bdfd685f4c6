//! The roll of agreements as the window asks for it: behind the first screen, once a day, and
//! without holding any key up. Another window may have done it already.
//!
//! What cannot be done at once waits: for the clock to be believed again, or for the first screen,
//! where whoever may is asked whether today is today. The status line says so.

use super::{
    app::{App, Status},
    errands::Asker,
    message::Effect,
    screens::{Screen, Then, question},
    sentences, words,
};
use crate::{
    desk::{Command, Reply, Stop, reply::Done},
    domain::{
        agreement::refusal::AgreementRefusal,
        clinic::Role,
        day::Day,
        refusal::{RecordRefusal, Refusal},
    },
};

/// What a roll that was not done waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Waiting {
    /// Nothing: it was done, or nobody asked yet.
    #[default]
    Nothing,
    /// An entry: the clock stands far from the last one, and with the next somebody confirmed it.
    Entry,
    /// The first screen, where whoever is there confirms today's date.
    FirstScreen { missed: i64 },
}

/// Asks for what the days since the last roll bring; `today` is confirmed by the user.
pub(super) fn ask(app: &mut App, today: Option<Day>) -> Vec<Effect> {
    app.roll = Waiting::Nothing;
    let Some(user) = app.place.user.as_ref().map(|user| user.id) else {
        return Vec::new();
    };
    let command = Command::RollAgreements;
    vec![app.errands.behind(Asker::Roll, user, command, today)]
}

/// Does what waited, where its moment has come: `head` was the last entry before this message.
pub(super) fn catch_up(app: &mut App, head: u64) -> Vec<Effect> {
    match app.roll {
        Waiting::Entry if head < app.head => ask(app, None),
        Waiting::FirstScreen { missed } if is_at_rest(app) => confirm(app, missed),
        Waiting::Nothing | Waiting::Entry | Waiting::FirstScreen { .. } => Vec::new(),
    }
}

/// Whether the first screen stands alone and nothing is under way: nobody is asked in the middle
/// of something else.
pub(super) fn is_at_rest(app: &App) -> bool {
    let is_first =
        matches!(app.screens.as_slice(), [only] if matches!(only.screen, Screen::Queue(_)));
    is_first && !app.errands.is_changing() && !app.waits_for_frame()
}

/// Tells what was done, or what it waits for.
pub(super) fn replied(app: &mut App, answer: Result<Reply, Stop>) -> Vec<Effect> {
    let refusal = match answer {
        Ok(Reply::Done(done)) => {
            if let Some(text) = told(app, &done) {
                app.status = Some(Status::done(text));
            }
            return Vec::new();
        }
        // A failure is told by itself; with the next entry it is tried again.
        Ok(_) | Err(Stop::Failed(_)) => {
            app.roll = Waiting::Entry;
            return Vec::new();
        }
        Err(Stop::Refused(refusal)) => refusal,
    };
    let text = match &refusal {
        Refusal::Agreement(AgreementRefusal::HeldBack { missed, needed }) => {
            let missed = *missed;
            let is_asked = role(app) == Some(*needed);
            if is_asked {
                app.roll = Waiting::FirstScreen { missed };
            }
            if is_asked && is_at_rest(app) {
                return confirm(app, missed);
            }
            sentences::refused(&refusal, app.look.lang)
        }
        Refusal::Record(RecordRefusal::Clock { .. }) => {
            app.roll = Waiting::Entry;
            app.look.say(words::ROLL_CLOCK).to_owned()
        }
        _ => sentences::refused(&refusal, app.look.lang),
    };
    app.status = Some(Status::refused(text));
    Vec::new()
}

fn role(app: &App) -> Option<Role> {
    app.place.user.as_ref().map(|user| user.role)
}

/// Returns what the roll did in one line; none where no day brought anything.
fn told(app: &App, done: &Done) -> Option<String> {
    let count = |key| done.counts.get(key).copied().unwrap_or_default();
    let counts = ["agreements_begun", "agreements_expired", "agreements_ended"].map(count);
    let [begun, expired, ended] = counts;
    counts.iter().any(|count| 0 < *count).then(|| {
        app.look
            .say(words::ROLLED)
            .replace("{begun}", &begun.to_string())
            .replace("{expired}", &expired.to_string())
            .replace("{ended}", &ended.to_string())
    })
}

/// Asks whether today is today; with a no it is asked again on the next start or new day.
fn confirm(app: &mut App, missed: i64) -> Vec<Effect> {
    app.roll = Waiting::Nothing;
    let look = &app.look;
    let today = app.place.today.unwrap_or_default();
    let held = look.say(words::ROLL_HELD);
    let text = vec![
        held.replace("{missed}", &missed.to_string()),
        look.say(words::CLOCK_QUESTION)
            .replace("{day}", &today.to_string()),
    ];
    let choices = [words::ROLL_YES, words::CLOCK_NO].map(|text| look.say(text).to_owned());
    let mut state = question::State::ask(look.say(words::CLOCK_TITLE), text, choices.to_vec());
    state.select(1);
    app.interrupt(state, Then::Roll(today))
}
