//! What actions do, and where screens lead.
//!
//! Keys are looked up elsewhere; a screen's own actions are the screen's.

use super::{
    action::{Action, Context, Global, Offer},
    app::{App, Status},
    errands::{Asker, ScreenId},
    hand::Hand,
    keymap,
    keys::{Code, Key},
    message::{Effect, Ended},
    screens::{
        self, Outcome, Screen, Then, agreements, copying, help, lead, palette, papers, question,
    },
    sentences, words,
};
use crate::{
    desk::{Command, Question, request::CopyWork},
    domain::{id::PersonId, text::Lang},
};

/// Does an action, or gives the key to the screen.
pub fn act(app: &mut App, action: Option<Action>, key: Key) -> Vec<Effect> {
    if let Some(Err(why)) = action.map(|action| app.offer(action)) {
        app.status = Some(Status::refused(sentences::refused(&why, app.look.lang)));
        return Vec::new();
    }
    if let Some(Action::Global(global)) = action {
        return act_globally(app, global);
    }
    let Some(id) = app.screens.last().map(|top| top.id) else {
        return Vec::new();
    };
    app.step(id, |screen, hand| screen.update(action, key, hand))
}

/// Does what a screen wants.
pub fn follow(app: &mut App, id: ScreenId, outcome: Outcome) -> Vec<Effect> {
    match outcome {
        Outcome::Leave => {
            leave(app, id);
            Vec::new()
        }
        Outcome::Done(text) => {
            leave(app, id);
            app.status = Some(Status::done(text));
            Vec::new()
        }
        Outcome::PutDown(person, text) => {
            leave(app, id);
            app.status = Some(Status::done(text));
            for layer in &mut app.screens {
                layer.screen.put_down(person);
            }
            Vec::new()
        }
        Outcome::Round(stops) => round(app, stops),
        Outcome::Instead(screen, text) => {
            leave(app, id);
            let effects = app.push(*screen);
            app.status = Some(Status::done(text));
            effects
        }
        Outcome::Say(status) => {
            app.status = Some(status);
            Vec::new()
        }
        Outcome::Refused(refusal) => {
            let text = sentences::refused(&refusal, app.look.lang);
            app.status = Some(Status::refused(text));
            Vec::new()
        }
        Outcome::Run(action) => {
            leave(app, id);
            act(app, Some(action), Key::of(Code::Nothing))
        }
        Outcome::Enter(member) => app.enter(member),
        Outcome::Answer(told) => {
            let at = app.screens.iter().position(|layer| layer.id == id);
            let below = at.and_then(|at| app.screens.get(at.checked_sub(1)?));
            let below = below.map(|layer| layer.id);
            leave(app, id);
            match below {
                Some(below) => app.step(below, |screen, hand| {
                    screen.told(told, hand);
                    None
                }),
                None => Vec::new(),
            }
        }
        Outcome::Chosen(choice) => chosen(app, id, Some(choice)),
        Outcome::Open(_)
        | Outcome::Visit(_)
        | Outcome::Record(_)
        | Outcome::VisitOn(..)
        | Outcome::Visits(_)
        | Outcome::Picture(_)
        | Outcome::Household(..)
        | Outcome::Person(_)
        | Outcome::Sign(_)
        | Outcome::SignFor(_)
        | Outcome::NewHousehold
        | Outcome::Import
        | Outcome::Grid
        | Outcome::Settings => match lead(outcome) {
            Some(screen) => app.push(screen),
            None => Vec::new(),
        },
    }
}

fn leave(app: &mut App, id: ScreenId) {
    if app.screens.len() > 1 {
        app.screens.retain(|layer| layer.id != id);
    }
}

/// A box was answered, or closed without an answer.
fn chosen(app: &mut App, id: ScreenId, choice: Option<usize>) -> Vec<Effect> {
    let at = app.screens.iter().position(|layer| layer.id == id);
    let then = at.and_then(|at| match app.screens.get(at).map(|layer| &layer.screen) {
        Some(Screen::Question(_, then)) => Some((at, *then)),
        _ => None,
    });
    let Some((at, then)) = then else {
        return Vec::new();
    };
    leave(app, id);
    match (then, choice) {
        (Then::Quit, Some(0)) | (Then::Close, _) => vec![Effect::Leave(Ended::ByUser)],
        (Then::Clock(ticket), choice) => super::answering::clock_is(app, ticket, choice == Some(0)),
        (Then::Roll(today), Some(0)) => super::rolling::ask(app, Some(today)),
        (Then::Conflict(ticket), choice) => super::answering::settle(app, ticket, choice),
        (Then::Overwrite, choice) => super::writing::overwrite(app, choice == Some(0)),
        (Then::Below, Some(choice)) => {
            let below = at.checked_sub(1).and_then(|below| app.screens.get(below));
            match below.map(|layer| layer.id) {
                Some(id) => app.step(id, |screen, hand| screen.chosen(choice, hand)),
                None => Vec::new(),
            }
        }
        (Then::Draft, Some(choice)) => {
            let today = app.place.today.unwrap_or_default();
            let Some(draft) = app.offered.drafts.get(choice) else {
                return Vec::new();
            };
            let screen = screens::of_draft(draft, today);
            let below = at.checked_sub(1).and_then(|below| app.screens.get(below));
            let mut effects = match (draft.person, below.map(|layer| layer.id)) {
                (Some(person), Some(below)) => app.step(below, |screen, hand| {
                    screen.taken_up(person, hand);
                    None
                }),
                _ => Vec::new(),
            };
            effects.extend(screen.map_or_else(Vec::new, |screen| app.push(screen)));
            effects
        }
        (Then::Quit | Then::Nothing | Then::Draft | Then::Below | Then::Roll(_), _) => Vec::new(),
    }
}

/// Lays the visits of a round over each other, the first on top: each makes way for the
/// next when it is saved or put down.
fn round(app: &mut App, stops: Vec<(PersonId, Vec<String>)>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for (person, forms) in stops.into_iter().rev() {
        effects.extend(go(app, Outcome::VisitOn(person, forms)));
    }
    effects
}

/// Asks what the clinic is and who works there; the window begins anew with it.
pub fn ask_overview(app: &mut App) -> Vec<Effect> {
    vec![app.errands.ask(Asker::Overview, Question::Overview).1]
}

fn act_globally(app: &mut App, action: Global) -> Vec<Effect> {
    if !offers(app, Action::Global(action)) {
        if matches!((action, app.screens.last()), (Global::Undo, Some(top)) if matches!(top.screen, Screen::Visit(_)))
        {
            app.status = Some(Status::refused(
                app.look.say(words::UNDO_OUTSIDE).to_owned(),
            ));
        }
        return Vec::new();
    }
    match action {
        Global::Help => {
            let state = help_here(app);
            app.push(Screen::Help(state))
        }
        Global::Palette => {
            let top = app.screens.last().map(|top| top.id);
            let mut is_taken = false;
            let effects = top.map(|id| {
                let step = |screen: &mut Screen, hand: &mut Hand<'_>| {
                    is_taken = screen.takes_palette(hand);
                    None
                };
                app.with(id, step).1
            });
            if is_taken {
                return effects.unwrap_or_default();
            }
            let state = palette::State::new(palette_offers(app));
            app.push(Screen::Palette(state))
        }
        Global::Back => back(app),
        Global::Redraw => vec![Effect::Redraw],
        Global::ChangeLanguage => {
            app.look.lang = match app.look.lang {
                Lang::Zh => Lang::En,
                Lang::En => Lang::Zh,
            };
            Vec::new()
        }
        Global::Suspend => vec![Effect::Suspend],
        Global::Quit => ask_to_quit(app),
        Global::Search => app.push(Screen::Search(Box::default())),
        Global::Undo => undo(app),
        Global::Today => {
            app.screens.truncate(1);
            Vec::new()
        }
        Global::NewHousehold => go(app, Outcome::NewHousehold),
        Global::Proposals => app.push(Screen::Proposals(Box::default())),
        Global::Referrals => app.push(Screen::Papers(Box::new(papers::State::referrals()))),
        Global::Agreements => open_lists(app),
        Global::Registers => app.push(Screen::Registers(Box::default())),
        Global::Parties => app.push(Screen::Parties(Box::default())),
        Global::Register => app.push(Screen::Papers(Box::new(papers::State::register()))),
        Global::Import => go(app, Outcome::Import),
        Global::Grid => go(app, Outcome::Grid),
        Global::Settings => go(app, Outcome::Settings),
        Global::BackUp => app.push(Screen::Copying(copying::State::of(CopyWork::BackUp))),
        Global::ProveCopy => app.push(Screen::Copying(copying::State::of(CopyWork::Prove))),
        Global::Accounts => app.push(Screen::Accounts(Box::default())),
        Global::Lock => super::door::lock(app),
        Global::ChangeStaff => ask_overview(app),
    }
}

/// Opens the lists of agreements where the queue says that something waits.
fn open_lists(app: &mut App) -> Vec<Effect> {
    let first = match app.screens.first().map(|layer| &layer.screen) {
        Some(Screen::Queue(queue)) => queue.waiting().next(),
        _ => None,
    };
    let lists = agreements::State::at(first.map(|(list, _)| list));
    app.push(Screen::Agreements(Box::new(lists)))
}

fn go(app: &mut App, outcome: Outcome) -> Vec<Effect> {
    match lead(outcome) {
        Some(screen) => app.push(screen),
        None => Vec::new(),
    }
}

fn undo(app: &mut App) -> Vec<Effect> {
    let Some(staff) = app.place.user.as_ref().map(|user| user.id) else {
        return Vec::new();
    };
    let (_, effect) = app
        .errands
        .change(Asker::Undo, staff, Command::Undo, Vec::new());
    vec![effect]
}

/// Returns whether the action can do something now.
fn offers(app: &App, action: Action) -> bool {
    let top = app.screens.last().map(|top| &top.screen);
    let works = app.place.user.is_some()
        && !app.is_shut()
        && app
            .screens
            .iter()
            .any(|l| matches!(l.screen, Screen::Queue(_)));
    let is_box = top.is_some_and(Screen::is_box);
    match action {
        Action::Global(Global::Help) => !matches!(top, Some(Screen::Help(_))),
        Action::Global(Global::Palette) => !is_box,
        Action::Global(Global::Suspend) => app.can_suspend,
        Action::Global(Global::Search) => {
            works && !is_box && !matches!(top, Some(Screen::Search(_)))
        }
        Action::Global(Global::Proposals) => {
            works && !is_box && !matches!(top, Some(Screen::Proposals(_)))
        }
        Action::Global(Global::Undo) => works && !is_box && top.is_some_and(Screen::allows_undo),
        Action::Global(Global::Settings) => {
            works && !is_box && !matches!(top, Some(Screen::Settings(_)))
        }
        Action::Global(Global::BackUp | Global::ProveCopy) => {
            works && !is_box && app.place.copies.is_some()
        }
        Action::Global(Global::Accounts) => {
            works && !is_box && !matches!(top, Some(Screen::Accounts(_)))
        }
        Action::Global(Global::Lock) => works && app.place.lock_after.is_some(),
        Action::Global(Global::ChangeStaff) => works && app.place.lock_after.is_none(),
        Action::Global(Global::Today) => works && app.screens.len() > 1,
        Action::Global(
            Global::NewHousehold
            | Global::Import
            | Global::Grid
            | Global::Referrals
            | Global::Register
            | Global::Registers
            | Global::Agreements
            | Global::Parties,
        ) => works,
        Action::Global(Global::Back | Global::Redraw | Global::ChangeLanguage | Global::Quit) => {
            true
        }
        other => other.context() == app.context(),
    }
}

/// Returns the help on this screen: the keys of every screen, but at the door those of the door
/// alone; of a few questions only what they take.
fn help_here(app: &App) -> help::State {
    let context = app.context();
    let works = !app.is_shut();
    let own = app.screens.last().and_then(|top| top.screen.own_help());
    let is_here = |row: &keymap::Row| match (row.context == context, &own) {
        (true, Some((_, takes))) => takes(row.action),
        (true, None) => true,
        (false, _) => works || row.context == Context::Global && offers(app, row.action),
    };
    let offered = |mut row: keymap::Row| {
        row.words = app.offer(row.action).ok()?;
        Some(row)
    };
    let rows = keymap::rows(&app.keymap).into_iter().filter(is_here);
    let rows = rows.filter_map(offered).collect();
    help::State::new(rows, context, own.map(|(heading, _)| heading))
}

fn palette_offers(app: &App) -> Vec<palette::Offer> {
    let context = app.context();
    [context, Context::Global]
        .iter()
        .flat_map(|context| context.actions())
        .filter(|action| action.offer() != Offer::Move && offers(app, *action))
        .filter_map(|action| {
            let key = app.keymap.hint(context, action);
            let words = app.offer(action).ok()?;
            // What shows the same under its own name stands there once.
            let mut others = context.actions().into_iter();
            if words != action.words() && others.any(|other| other.words() == words) {
                return None;
            }
            Some(palette::Offer {
                action,
                words,
                keys: key.map_or_else(String::new, Key::shown),
            })
        })
        .collect()
}

fn back(app: &mut App) -> Vec<Effect> {
    let Some(top) = app.screens.last() else {
        return Vec::new();
    };
    let id = top.id;
    if let Screen::Question(..) = top.screen {
        return chosen(app, id, None);
    }
    let is_shut = matches!(top.screen, Screen::Door(_));
    let (outcome, mut effects) = app.with(id, Screen::back);
    match outcome {
        Some(Outcome::Leave) if app.screens.len() == 1 || is_shut => {
            effects.extend(ask_to_quit(app));
        }
        Some(outcome) => effects.extend(follow(app, id, outcome)),
        None => {}
    }
    effects
}

fn ask_to_quit(app: &mut App) -> Vec<Effect> {
    let look = &app.look;
    let (title, text) = (look.say(words::QUIT_TITLE), look.say(words::QUIT_QUESTION));
    let asked = question::State::confirm(look, title, text);
    app.push(Screen::Question(asked, Then::Quit))
}
