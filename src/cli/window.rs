//! `cunyi` without a subcommand: the windowed program.

use std::{
    env,
    io::{self, IsTerminal as _},
};

use super::{
    Call, keys, open,
    print::{Answer, Trouble},
    wording,
};
use crate::{
    desk::{Desk, Folder, Question, Reply, reply::Overview},
    tui::{
        self, Surroundings,
        app::{Opening, Place},
        message::Ended,
        port::{Request, Ticket},
        screens::staff,
        theme::Colours,
    },
};

/// Opens the window on the data folder of this call.
///
/// # Errors
/// Refuses without a terminal; fails with the disk.
pub fn run(call: &Call) -> Result<Answer, Trouble> {
    enter(call, &open::folder(call)?)
}

/// Opens the window on `folder`.
///
/// # Errors
/// Refuses without a terminal; fails with the disk.
pub fn enter(call: &Call, folder: &Folder) -> Result<Answer, Trouble> {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        let message = call.say(wording::NOT_A_TERMINAL);
        return Err(Trouble::input("E-TERMINAL", None, message));
    }
    let around = surroundings(call, folder)?;
    let today = open::given_today(call)?;
    let desk = Desk::create(
        folder,
        call.clock.clone(),
        open::catalog()?,
        "window",
        today,
    )
    .map_err(|stop| Trouble::of(&stop, call.lang))?;
    let Ok(Reply::Overview(overview)) = desk.answer(&Question::Overview) else {
        return Err(open::unexpected());
    };
    let (place, opening) = opening(call, &overview);
    let ended = tui::run(around, place, opening, |_| Nobody).map_err(|e| Trouble::machine(&e))?;
    Ok(Answer {
        json: serde_json::Value::Null,
        text: String::new(),
        ok: matches!(ended, Ended::ByUser),
    })
}

/// Returns what the window must know of the world around it.
///
/// # Errors
/// Refuses a keymap with faults.
pub fn surroundings(call: &Call, folder: &Folder) -> Result<Surroundings, Trouble> {
    let set = |name: &str| env::var(name).is_ok_and(|value| !value.is_empty());
    Ok(Surroundings {
        lang: call.lang,
        keymap: keys::in_force(call)?,
        colours: if set("NO_COLOR") {
            Colours::None
        } else {
            Colours::Sixteen
        },
        terminal: env::var("TERM").unwrap_or_default(),
        terminals_file: Some(folder.root().join("terminals.toml")),
        ambiguous: None,
        can_suspend: cfg!(unix),
    })
}

fn opening(call: &Call, overview: &Overview) -> (Place, Opening) {
    let members: Vec<staff::Member> = overview
        .staff
        .iter()
        .filter(|staff| staff.active)
        .map(|staff| staff::Member {
            id: staff.id,
            name: staff.name.clone(),
            role: staff.role.name().get(call.lang).to_owned(),
        })
        .collect();
    let clinic = overview.clinic.as_ref();
    let place = Place {
        clinic: clinic.map_or_else(String::new, |clinic| clinic.name.clone()),
        today: Some(overview.today),
        user: None,
        windows: 1,
    };
    let opening = if clinic.is_none() {
        Opening::Setup
    } else {
        Opening::Staff(members)
    };
    (place, opening)
}

/// The window asks nothing yet.
struct Nobody;

impl tui::port::Desk for Nobody {
    fn ask(&mut self, _ticket: Ticket, request: Request) {
        match request {}
    }
}
