//! The roll of agreements as the window asks for it: behind the first screen, once a day, and
//! without holding any key up. Another window may have done it already.

use super::{
    app::{App, Status},
    errands::Asker,
    message::Effect,
    screens::{Then, question},
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

/// Asks for what the days since the last roll bring; `today` is confirmed by the user.
pub(super) fn ask(app: &mut App, today: Option<Day>) -> Vec<Effect> {
    let Some(user) = app.place.user.as_ref().map(|user| user.id) else {
        return Vec::new();
    };
    let command = Command::RollAgreements;
    vec![app.errands.behind(Asker::Roll, user, command, today)]
}

/// Tells what was done, or asks who may whether today is today.
pub(super) fn replied(app: &mut App, answer: Result<Reply, Stop>) -> Vec<Effect> {
    match answer {
        Ok(Reply::Done(done)) => {
            if let Some(text) = told(app, &done) {
                app.status = Some(Status::done(text));
            }
            Vec::new()
        }
        Err(Stop::Refused(Refusal::Agreement(AgreementRefusal::HeldBack { missed }))) => {
            held_back(app, missed)
        }
        // The next change asks about the clock; the roll is done at the next start.
        Err(Stop::Refused(Refusal::Record(RecordRefusal::Clock { .. }))) => Vec::new(),
        Err(Stop::Refused(refusal)) => {
            let text = sentences::refused(&refusal, app.look.lang);
            app.status = Some(Status::refused(text));
            Vec::new()
        }
        Ok(_) | Err(Stop::Failed(_)) => Vec::new(),
    }
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

fn held_back(app: &mut App, missed: i64) -> Vec<Effect> {
    let look = &app.look;
    let role = app.place.user.as_ref().map(|user| user.role);
    let today = app.place.today.unwrap_or_default();
    // Nobody is asked in the middle of something else.
    let is_at_home = app.screens.len() == 1;
    if !is_at_home || !matches!(role, Some(Role::Doctor | Role::Admin)) {
        let refusal = Refusal::Agreement(AgreementRefusal::HeldBack { missed });
        let text = sentences::refused(&refusal, look.lang);
        app.status = Some(Status::refused(text));
        return Vec::new();
    }
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
