//! `cunyi` without a subcommand: the windowed program.

use std::{
    env,
    io::{self, IsTerminal as _},
    sync::Arc,
};

use super::{
    Call, config, copies, keys, open, password,
    print::{Answer, Trouble},
    restore, wording,
};
use crate::{
    desk::{Folder, Windows},
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
    let plan = config::plan(call, folder)?;
    let desk = password::desk(call, &reception);
    let desk = desk.map_err(|trouble| restore::told(call, folder, trouble))?;
    let desk = Arc::new(desk.keeping(plan));
    let windows = Windows::of(folder);
    let ended = match tui::open(around, Arc::clone(&desk), Some(windows.clone())) {
        Ok(ended) => ended,
        Err(tui::Trouble::Desk(stop)) => return Err(Trouble::of(&stop, call.lang)),
        Err(tui::Trouble::Terminal(cause)) => return Err(Trouble::machine(&cause)),
    };
    if matches!(ended, Ended::ByUser | Ended::HungUp) {
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
        user: call.common.user.clone(),
        fresh: open::random()?,
        notice: wording::open_to_others(folder, call.lang),
    })
}
