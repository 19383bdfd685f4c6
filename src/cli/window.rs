//! `cunyi` without a subcommand: the windowed program.

use std::{
    env,
    io::{self, IsTerminal as _},
    sync::Arc,
};

use super::{
    Call, config, copies, keys, open, password, permissions,
    print::{Answer, Trouble},
    restore, wording,
};
use crate::{
    desk::{Folder, Porter, Standing, Windows},
    tui::{self, Surroundings, message::Ended, theme::Colours},
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
    let kind = if call.common.read_only { 'r' } else { 'w' };
    let number = u32::from_be_bytes(first_four(open::random()?));
    let window = format!("{kind}{number:x}");
    if let Some(lost) = restore::lost(call, folder) {
        return Err(lost);
    }
    let reception = open::reception(call, folder, &window)?;
    let told = |stop| restore::told(call, folder, Trouble::of(&stop, call.lang));
    let plan = config::plan(call, folder)?;
    let reception = reception.keeping(plan);
    let standing = reception.standing().map_err(told)?;
    // What a file signs in with goes straight in; else the window asks.
    let desk = match &standing {
        Standing::Empty if call.common.read_only => Some(reception.open().map_err(told)?),
        Standing::Open => Some(reception.open().map_err(told)?),
        Standing::Locked { names, .. } => password::ready(call, &reception, names)
            .map_err(|trouble| restore::told(call, folder, trouble))?,
        Standing::Empty => None,
    };
    let porter = match desk {
        Some(desk) => Porter::at(reception, Arc::new(desk)),
        None => Porter::before(reception),
    };
    let windows = Windows::of(folder);
    let (ended, desk) = match tui::open(around, porter, standing, (windows.clone(), window)) {
        Ok(left) => left,
        Err(tui::Trouble::Desk(stop)) => return Err(Trouble::of(&stop, call.lang)),
        Err(tui::Trouble::Terminal(cause)) => return Err(Trouble::machine(&cause)),
    };
    if let Some(desk) = desk.filter(|_| matches!(ended, Ended::ByUser | Ended::HungUp)) {
        copies::on_leaving(call, folder, &desk, &windows);
    }
    Ok(Answer {
        json: serde_json::Value::Null,
        text: String::new(),
        ok: matches!(ended, Ended::ByUser),
    })
}

const fn first_four(bytes: [u8; 16]) -> [u8; 4] {
    let [a, b, c, d, ..] = bytes;
    [a, b, c, d]
}

/// Says whether a shell waits that can take the terminal back: it has given the program a
/// process group of its own within its session. A program that sshd or a terminal started by
/// itself leads the session, and nobody would wake it.
#[cfg(target_os = "linux")]
fn has_job_control() -> bool {
    let told = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name in brackets may hold anything; behind it: state, parent, group, session.
    let behind = told.rsplit_once(')').map_or("", |(_, behind)| behind);
    let numbers: Vec<&str> = behind.split_whitespace().skip(2).take(2).collect();
    let own = std::process::id().to_string();
    matches!(numbers.as_slice(), [group, session] if *group == own && *session != own)
}

#[cfg(not(target_os = "linux"))]
fn has_job_control() -> bool {
    cfg!(unix)
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
        can_suspend: has_job_control(),
        user: call.common.user.clone(),
        fresh: open::random()?,
        notice: permissions::open_to_others(folder, call.lang),
    })
}
