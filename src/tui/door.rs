//! The door as the window keeps it: it shuts after a while without a key, when asked, and on
//! whoever does not work here any more. The screens stay behind it, and nothing of them is seen.
//!
//! What opens it is the porter's; what is typed there, the screen's.

use std::time::Duration;

use super::{
    app::{self, App, Status},
    errands::Asker,
    message::Effect,
    port::Ticket,
    screens::{
        Screen,
        door::{self, words},
        staff,
    },
};
use crate::{
    desk::{DoorReply, Knock, Stop, reply::Overview},
    domain::{clinic::Staff, id::StaffId},
};

/// When the window locks.
#[derive(Debug, Default)]
pub struct Lock {
    /// When the last key came, since the window opened.
    last_key: Duration,
    /// Asked for while something was under way.
    is_wanted: bool,
}

impl App {
    /// Returns whether the door is shut.
    pub(super) fn is_shut(&self) -> bool {
        self.screens.iter().any(|layer| layer.screen.is_door())
    }

    /// Returns when the window locks by itself, if at all.
    pub(super) fn locks_at(&self) -> Option<Duration> {
        if self.is_shut() || self.place.user.is_none() {
            return None;
        }
        Some(self.lock.last_key + self.place.lock_after?)
    }

    /// Notes that somebody is there.
    pub(super) fn touched(&mut self) {
        self.lock.last_key = self.now();
    }
}

/// Locks where it is wanted or time, and nothing is under way.
pub(super) fn catch_up(app: &mut App) -> Vec<Effect> {
    let is_due = app.locks_at().is_some_and(|at| at <= app.now());
    if app.is_shut() || !(app.lock.is_wanted || is_due) || app.errands.is_busy() {
        return Vec::new();
    }
    let Some(user) = app.place.user.as_ref() else {
        return Vec::new();
    };
    let state = door::State::locked(&user.name);
    shut(app, state)
}

/// Locks as soon as nothing is under way.
pub(super) fn lock(app: &mut App) -> Vec<Effect> {
    app.lock.is_wanted = true;
    let effects = catch_up(app);
    if effects.is_empty() {
        app.status = Some(Status::refused(app.look.say(words::BUSY).to_owned()));
    }
    effects
}

fn shut(app: &mut App, state: door::State) -> Vec<Effect> {
    app.lock.is_wanted = false;
    app.held.clear();
    // A password half typed, or a code to be written down, is not kept behind a shut door.
    app.screens.retain(|layer| !layer.screen.has_secrets());
    app.status = None;
    let mut effects = app.push(Screen::Door(Box::new(state)));
    let by = app
        .screens
        .last()
        .map_or(Asker::Lock, |top| Asker::Screen(top.id));
    effects.push(app.errands.knock(by, Knock::Lock).1);
    effects
}

/// Takes what the door answers.
pub(super) fn answered(
    app: &mut App,
    ticket: Ticket,
    answer: Result<DoorReply, Stop>,
) -> Vec<Effect> {
    let by = app.errands.done(ticket).map(|errand| errand.by);
    let mut effects = match &answer {
        Err(stop @ Stop::Failed(_)) => app::lost(app, stop),
        Err(Stop::Refused(_)) | Ok(_) => Vec::new(),
    };
    match (answer, by) {
        (Ok(DoorReply::In { staff, overview }), _) => {
            effects.extend(entered(app, staff, &overview));
        }
        (answer, Some(Asker::Screen(id))) => {
            effects.extend(app.step(id, |screen, hand| screen.knocked(answer, hand)));
        }
        (_, _) => {}
    }
    effects
}

/// Somebody came in: on goes who was there before; another begins anew.
fn entered(app: &mut App, staff: StaffId, overview: &Overview) -> Vec<Effect> {
    app.place.learn(overview);
    app.head = app.head.max(overview.head);
    app.lock.is_wanted = false;
    app.touched();
    let members = staff::members(&overview.staff);
    let Some(member) = members.into_iter().find(|member| member.id == staff) else {
        let known = overview.staff.iter().find(|one| one.id == staff);
        return sent_away(app, known);
    };
    let is_same = app.place.user.as_ref().map(|user| user.id) == Some(staff);
    app.screens.retain(|layer| !layer.screen.is_door());
    if !is_same || app.screens.is_empty() {
        app.forget_session();
        return app.enter(member);
    }
    app.place.user = Some(member);
    let mut effects = app.refresh();
    // The desk is a new one: search gets ready again, then what the day brings.
    effects.push(app.warm_up());
    effects
}

/// Takes in how whoever signed in stands on the staff now.
pub(super) fn told(app: &mut App, staff: Option<Staff>) -> Vec<Effect> {
    if app.is_shut() {
        return Vec::new();
    }
    let Some(staff) = staff.filter(|staff| staff.active) else {
        return sent_away(app, None);
    };
    let Some(user) = app.place.user.as_mut().filter(|user| user.id == staff.id) else {
        return Vec::new();
    };
    user.name.clone_from(&staff.name);
    if user.role != staff.role {
        user.role = staff.role;
        let role = app.look.say(staff.role.name());
        let text = app.look.say(words::ROLE_NOW).replace("{role}", role);
        app.status = Some(Status::done(text));
    }
    app.refresh()
}

/// The account is closed: so is everything it had open; drafts stay on the disk.
fn sent_away(app: &mut App, known: Option<&Staff>) -> Vec<Effect> {
    let user = app.place.user.take();
    let name = known.map(|staff| staff.name.clone());
    let name = name.or(user.map(|user| user.name)).unwrap_or_default();
    let why = app.look.say(words::DISABLED).replace("{name}", &name);
    app.screens.clear();
    app.forget_session();
    shut(app, door::State::closed(why))
}
