//! Signals from outside, as messages; a second request to end is obeyed at once.
//!
//! Only Unix has them; elsewhere nothing is listened to.

use std::{
    io,
    sync::{Arc, atomic::AtomicBool, mpsc::Sender},
};

use super::Hold;
use crate::tui::message::Message;

/// Starts listening; signals arrive at `inbox`.
#[cfg(unix)]
pub fn listen(inbox: Sender<Vec<Message>>, hold: Hold) -> io::Result<()> {
    use signal_hook::{
        consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH},
        iterator::Signals,
    };

    use crate::tui::message::Ended;

    let mut signals = Signals::new([SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH])?;
    let listening = move || {
        let mut ending = false;
        for signal in signals.forever() {
            let message = match signal {
                SIGWINCH => Message::Resized(super::size()),
                SIGTSTP => Message::Stopped,
                SIGCONT => Message::Continued,
                _ if ending => {
                    hold.give_back();
                    std::process::exit(128 + signal);
                }
                _ => {
                    ending = true;
                    Message::Ended(Ended::BySignal(signal))
                }
            };
            if inbox.send(vec![message]).is_err() {
                return;
            }
        }
    };
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(listening)?;
    Ok(())
}

/// Listens to nothing: this system has no such signals.
#[cfg(not(unix))]
pub fn listen(_inbox: Sender<Vec<Message>>, _hold: Hold) -> io::Result<()> {
    Ok(())
}

/// Returns what becomes true once the process is asked to end, for long work without a window;
/// a second request is obeyed at once.
#[cfg(unix)]
pub fn noted_end() -> io::Result<Arc<AtomicBool>> {
    use signal_hook::{
        consts::{SIGHUP, SIGINT, SIGTERM},
        flag,
    };

    let asked = Arc::new(AtomicBool::new(false));
    for signal in [SIGHUP, SIGINT, SIGTERM] {
        flag::register_conditional_default(signal, Arc::clone(&asked))?;
        flag::register(signal, Arc::clone(&asked))?;
    }
    Ok(asked)
}

/// Never asked: elsewhere a request to end is obeyed by the system.
#[cfg(not(unix))]
pub fn noted_end() -> io::Result<Arc<AtomicBool>> {
    Ok(Arc::default())
}

/// Stops the process as an unhandled SIGTSTP would; returns when it continues.
#[cfg(unix)]
pub fn stop() {
    let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP);
}

/// Does nothing: this system cannot stop a process.
#[cfg(not(unix))]
pub fn stop() {}
