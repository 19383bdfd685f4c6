//! What the desk's answers do: each goes to whoever asked, except that a wrong
//! clock and a conflict with another window are settled with the user first.

use super::{
    app::{self, App, Opening, Status},
    errands::{Asker, Errand},
    keys::Key,
    message::Effect,
    port::Ticket,
    resuming, rolling, saved,
    screens::{Settle, Then, question},
    sentences,
    theme::Look,
    words,
};
use crate::{
    desk::{Reply, Stop, reply::Done},
    domain::{
        clock::{day_of, time_of},
        refusal::{RecordRefusal, Refusal, Stale, StaleContact},
    },
    lang::{outcome, refusals},
};

/// Takes an answer in.
pub fn replied(app: &mut App, ticket: Ticket, answer: Result<Reply, Stop>) -> Vec<Effect> {
    let Some(errand) = app.errands.done(ticket) else {
        // A draft that cannot be kept is told of, whatever was typed.
        return match answer {
            Err(stop @ Stop::Failed(_)) => app::lost(app, &stop),
            Err(Stop::Refused(_)) | Ok(_) => Vec::new(),
        };
    };
    let mut effects = Vec::new();
    match &answer {
        Err(Stop::Refused(Refusal::Record(refusal))) if errand.change.is_some() => {
            if let Some((state, then)) = ask_about(app, ticket, refusal) {
                let refusal = Refusal::Record(refusal.clone());
                app.errands.put_off(ticket, errand, refusal);
                return app.interrupt(state, then);
            }
        }
        Err(stop @ Stop::Failed(_)) => effects.extend(app::lost(app, stop)),
        Err(Stop::Refused(_)) | Ok(_) => {}
    }
    let written = match &answer {
        // A roll that found nothing to do is no news to any screen.
        Ok(Reply::Done(done)) if errand.by != Asker::Roll || !done.agreements.is_empty() => {
            for layer in &mut app.screens {
                layer.screen.wrote(done);
            }
            Some(done.seq)
        }
        _ => None,
    };
    effects.extend(hand_over(app, ticket, &errand, answer));
    if let Some(head) = written {
        app.head = app.head.max(head);
        effects.extend(app.refresh());
    }
    effects
}

/// Returns the question a refusal leads to, where the user can settle it.
fn ask_about(
    app: &App,
    ticket: Ticket,
    refusal: &RecordRefusal,
) -> Option<(question::State, Then)> {
    let look = &app.look;
    match refusal {
        RecordRefusal::Clock { last, now } => {
            let sentence = look
                .say(words::CLOCK)
                .replace("{now}", &moment(*now))
                .replace("{last}", &moment(*last));
            let text = look
                .say(words::CLOCK_QUESTION)
                .replace("{day}", &day_of(*now).to_string());
            let choices = [words::CLOCK_YES, words::CLOCK_NO].map(|text| look.say(text).to_owned());
            let title = look.say(words::CLOCK_TITLE);
            let mut state = question::State::ask(title, vec![sentence, text], choices.to_vec());
            state.select(1);
            Some((state, Then::Clock(ticket)))
        }
        RecordRefusal::Stale(stale) => {
            let choices = [words::KEEP_THEIRS, words::KEEP_MINE, words::KEEP_BOTH];
            let choices = choices.map(|text| look.say(text).to_owned()).to_vec();
            let title = look.say(words::CONFLICT_TITLE);
            let mut state = question::State::ask(title, vec![conflict(app, stale)], choices);
            state.select(2);
            Some((state, Then::Conflict(ticket)))
        }
        _ => None,
    }
}

/// Says who changed what meanwhile, and when.
fn conflict(app: &App, stale: &Stale) -> String {
    let lang = app.look.lang;
    let (text, what) = match (&stale.contact, &stale.withdrawn) {
        (Some(contact), _) => (words::CONFLICT_CONTACT, recorded(&app.look, contact)),
        (None, Some(why)) => (words::CONFLICT_WITHDRAWN, why.clone()),
        (None, None) => (words::CONFLICT, stale.aspect.name(lang).to_owned()),
    };
    app.look
        .say(text)
        .replace("{who}", &stale.name)
        .replace("{when}", &moment(stale.at))
        .replace("{what}", &what)
}

/// Says what was recorded meanwhile: its day, what it was, what was measured and decided.
fn recorded(look: &Look, contact: &StaleContact) -> String {
    let measured = contact.happening.measured().unwrap_or_default();
    let parts = [
        contact.day.to_string(),
        outcome::happening(&contact.happening, look.lang),
        outcome::measured(&measured, look.lang),
        saved::classes(look, &contact.decision),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

fn moment(at: i64) -> String {
    format!("{} {}", day_of(at), time_of(at))
}

/// The user says whether the clock is right.
pub fn clock_is(app: &mut App, ticket: Ticket, is_right: bool) -> Vec<Effect> {
    let Some(errand) = app.errands.done(ticket) else {
        return Vec::new();
    };
    let Some(refusal) = errand.refused.clone() else {
        return Vec::new();
    };
    match &refusal {
        Refusal::Record(RecordRefusal::Clock { now, .. }) if is_right => {
            let day = day_of(*now);
            app.errands.put_off(ticket, errand, refusal);
            let again = app
                .errands
                .repeat(ticket, |change| change.date_is = Some(day));
            again.into_iter().collect()
        }
        _ => hand_over(app, ticket, &errand, Err(Stop::Refused(refusal))),
    }
}

/// The user says what becomes of a conflict.
pub fn settle(app: &mut App, ticket: Ticket, choice: Option<usize>) -> Vec<Effect> {
    let Some(errand) = app.errands.done(ticket) else {
        return Vec::new();
    };
    let how = match (choice, &errand.refused) {
        (Some(1), Some(Refusal::Record(RecordRefusal::Stale(stale)))) => {
            let (aspect, revision) = (stale.aspect, stale.seq);
            let refusal = Refusal::Record(RecordRefusal::Stale(stale.clone()));
            app.errands.put_off(ticket, errand, refusal);
            let again = app.errands.repeat(ticket, |change| {
                let same = change.seen.iter_mut().filter(|seen| seen.aspect == aspect);
                same.for_each(|seen| seen.revision = revision);
            });
            return again.into_iter().collect();
        }
        (Some(0), _) => Settle::Theirs,
        _ => Settle::Both,
    };
    let Asker::Screen(id) = errand.by else {
        return Vec::new();
    };
    let mut effects = app.step(id, |screen, hand| screen.settle(ticket, how, hand));
    // What another window changed is to be seen everywhere now.
    effects.extend(app.refresh());
    effects
}

/// Gives an answer to whoever asked; to nobody where that screen has closed.
fn hand_over(
    app: &mut App,
    ticket: Ticket,
    errand: &Errand,
    answer: Result<Reply, Stop>,
) -> Vec<Effect> {
    match errand.by {
        Asker::Screen(id) => app.step(id, |screen, hand| screen.replied(ticket, answer, hand)),
        Asker::Lock => Vec::new(),
        Asker::Overview => match answer {
            Ok(Reply::Overview(overview)) => {
                app.place.learn(&overview);
                app.place.user = None;
                app.head = app.head.max(overview.head);
                app.begin(Opening::of(&overview, None))
            }
            _ => Vec::new(),
        },
        Asker::Undo => {
            match answer {
                Ok(Reply::Done(done)) => undone(app, &done),
                Err(Stop::Refused(refusal)) => {
                    let text = sentences::refused(&refusal, app.look.lang);
                    app.status = Some(Status::refused(text));
                }
                Ok(_) | Err(Stop::Failed(_)) => {}
            }
            Vec::new()
        }
        Asker::Drafts => resuming::answered(app, answer),
        // Search is ready: now what the new day brings.
        Asker::WarmUp => rolling::ask(app, None),
        Asker::Roll => rolling::replied(app, answer),
    }
}

/// Says what was taken back and which key brings it again.
fn undone(app: &mut App, done: &Done) {
    let look = &app.look;
    let undo = super::action::Action::Global(super::action::Global::Undo);
    let key = app.keymap.hint(app.context(), undo);
    let Some(undone) = &done.undone_what else {
        return;
    };
    let cause = look.say(refusals::record::cause(&undone.cause));
    let name = match undone.people {
        0 | 1 => undone.name.clone(),
        several => look
            .say(words::AND_OTHERS)
            .replace("{name}", &undone.name)
            .replace("{n}", &several.to_string()),
    };
    let text = look
        .say(if undone.is_restored {
            words::RESTORED
        } else {
            words::UNDONE
        })
        .replace("{key}", &key.map_or_else(String::new, Key::shown))
        .replace("{what}", format!("{name} {cause}").trim());
    app.status = Some(Status::done(text));
}
