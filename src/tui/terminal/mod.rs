//! Takes the terminal for full-screen use and gives it back clean: on leaving,
//! on a panic, on a signal, and around a stop.
//!
//! It draws nothing itself; the backend does, in the frames of the loop.

pub mod memory;
pub mod probe;
pub mod signals;

use std::{
    fs::File,
    io::{self, Write},
    panic,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use ratatui::{
    Frame,
    crossterm::terminal::{disable_raw_mode, enable_raw_mode},
    layout::Size,
};

use super::backend::{Ambiguous, Lean};
use crate::domain::text::harmless;

/// Alternate screen, bracketed paste, cleared.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[m\x1b[2J";

/// Plain colours, no bracketed paste, cursor seen, main screen.
const GIVE_BACK: &[u8] = b"\x1b[m\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// The size taken where the terminal tells none.
const USUAL: Size = Size {
    width: 80,
    height: 24,
};

/// The terminal while the window is open; dropping it gives the terminal back.
pub struct Terminal {
    inner: ratatui::Terminal<Lean<File>>,
    hold: Hold,
    panics: Panics,
}

impl Terminal {
    /// Takes the terminal. With `ask` it is asked for its widths; the answers
    /// come as [`Message::CursorColumn`](super::message::Message::CursorColumn).
    pub fn take(hold: Hold, ambiguous: Ambiguous, ask: bool) -> io::Result<Self> {
        let panics = Panics::watch(hold.clone());
        hold.take()?;
        let mut lean = Lean::new(stdout()?, size(), ambiguous);
        if ask {
            lean.ask(&probe::question());
        }
        Ok(Self {
            inner: ratatui::Terminal::new(lean)?,
            hold,
            panics,
        })
    }

    /// Draws one frame; one that changes nothing writes nothing.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.inner.draw(view).map(|_| ())
    }

    /// Takes a new size; the next frame draws everything anew, for terminals
    /// keep different parts of what they showed.
    pub fn resize(&mut self, size: Size) -> io::Result<()> {
        self.inner.backend_mut().resize(size);
        self.redraw()
    }

    /// Takes whether the terminal can show a frame whole.
    pub fn show_whole(&mut self, shows: bool) {
        self.inner.backend_mut().show_whole(shows);
    }

    /// Lets the next frame draw everything anew.
    pub fn redraw(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    /// Takes what was learnt of ambiguous signs.
    pub fn set_ambiguous(&mut self, ambiguous: Ambiguous) -> io::Result<()> {
        if self.inner.backend_mut().set_ambiguous(ambiguous) {
            self.redraw()?;
        }
        Ok(())
    }

    /// Gives the terminal to the shell, stops, and takes it again.
    pub fn suspend(&mut self) -> io::Result<()> {
        self.hold.give_back();
        signals::stop();
        self.retake()
    }

    /// Takes the terminal again as if for the first time.
    pub fn retake(&mut self) -> io::Result<()> {
        self.hold.take()?;
        self.resize(size())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.hold.give_back();
        self.panics.tell();
    }
}

/// Whether the terminal is taken; shared by all who may have to give it back.
#[derive(Debug, Clone, Default)]
pub struct Hold(Arc<AtomicBool>);

impl Hold {
    fn take(&self) -> io::Result<()> {
        // Raw mode may have been taken away behind our back; only a fresh
        // request sets it again.
        disable_raw_mode()?;
        enable_raw_mode()?;
        self.0.store(true, Ordering::SeqCst);
        stdout()?.write_all(TAKE)
    }

    /// Gives the terminal back, once: a second time would move the cursor over
    /// what was printed since.
    pub fn give_back(&self) {
        if !self.0.swap(false, Ordering::SeqCst) {
            return;
        }
        if let Ok(mut out) = stdout() {
            let _ = out.write_all(GIVE_BACK);
        }
        let _ = disable_raw_mode();
    }
}

/// Returns the terminal's size, or the usual one where it tells none.
pub fn size() -> Size {
    match ratatui::crossterm::terminal::size() {
        Ok((width, height)) if width > 0 && height > 0 => Size { width, height },
        _ => USUAL,
    }
}

/// Returns standard output without the standard library's line buffer, so that
/// a frame is one write.
#[cfg(unix)]
fn stdout() -> io::Result<File> {
    use std::os::fd::AsFd;
    io::stdout().as_fd().try_clone_to_owned().map(File::from)
}

#[cfg(windows)]
fn stdout() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    // The old console understands escape sequences only once asked to.
    let _ = ratatui::crossterm::ansi_support::supports_ansi();
    io::stdout()
        .as_handle()
        .try_clone_to_owned()
        .map(File::from)
}

/// Panics while the terminal is taken: the window's own thread gives it back
/// before the message is printed; those of other threads are kept until then.
struct Panics {
    kept: Arc<Mutex<Vec<String>>>,
}

impl Panics {
    fn watch(hold: Hold) -> Self {
        let kept = Arc::new(Mutex::new(Vec::new()));
        let keep = Arc::clone(&kept);
        let window = thread::current().id();
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if thread::current().id() == window {
                hold.give_back();
                before(panic);
            } else if let Ok(mut kept) = keep.lock() {
                kept.push(panic.to_string());
            }
        }));
        Self { kept }
    }

    fn tell(&self) {
        if !thread::panicking() {
            let _ = panic::take_hook();
        }
        if let Ok(kept) = self.kept.lock() {
            for panic in kept.iter() {
                eprintln!("{}", harmless(panic));
            }
        }
    }
}
