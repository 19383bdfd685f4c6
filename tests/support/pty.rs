//! A real terminal: the program in a pty, its output read by an emulator that
//! answers questions as a terminal does.

use std::{
    io::{Read, Write},
    process::Command,
    sync::{Arc, Condvar, Mutex},
    thread,
    time::Duration,
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long anything may take before a test fails.
const PATIENCE: Duration = Duration::from_secs(20);

const WHERE_IS_THE_CURSOR: &[u8] = b"\x1b[6n";

/// A program in a terminal.
pub struct Pty {
    master: Box<dyn MasterPty + Send>,
    keyboard: Arc<Mutex<Box<dyn Write + Send>>>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
}

struct Seen {
    emulator: vt100::Parser,
    closed: bool,
    /// Everything that was written to the terminal.
    bytes: Vec<u8>,
}

fn size(width: u16, height: u16) -> PtySize {
    PtySize {
        rows: height,
        cols: width,
        pixel_width: 0,
        pixel_height: 0,
    }
}

impl Pty {
    /// Starts the command at 80 × 24.
    pub fn start(command: CommandBuilder) -> Self {
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let reader = pair.master.try_clone_reader().unwrap();
        let keyboard = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let emulator = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
        let seen = Seen {
            emulator,
            closed: false,
            bytes: Vec::new(),
        };
        let seen = Arc::new((Mutex::new(seen), Condvar::new()));
        let (watched, answers) = (Arc::clone(&seen), Arc::clone(&keyboard));
        thread::spawn(move || watch(reader, &watched, &answers));
        Self {
            master: pair.master,
            keyboard,
            child,
            seen,
        }
    }

    /// Sends bytes as one write.
    pub fn send(&self, bytes: &[u8]) {
        let mut keyboard = self.keyboard.lock().unwrap();
        keyboard.write_all(bytes).unwrap();
        keyboard.flush().unwrap();
    }

    /// Presses keys as keymaps write them, `<enter>138<f2>`, in one go.
    pub fn press(&self, keys: &str) {
        let mut bytes = Vec::new();
        let mut rest = keys;
        while let Some(sign) = rest.chars().next() {
            let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
            let taken = named.and_then(|(name, _)| Some((pressed(name)?, name.len() + 2)));
            match taken {
                Some((key, length)) => {
                    bytes.extend(key);
                    rest = &rest[length..];
                }
                None => {
                    bytes.extend(sign.to_string().as_bytes());
                    rest = &rest[sign.len_utf8()..];
                }
            }
        }
        self.send(&bytes);
    }

    /// Waits until the screen satisfies `wanted`.
    pub fn wait(&self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let (seen, news) = &*self.seen;
        let (seen, timeout) = news
            .wait_timeout_while(seen.lock().unwrap(), PATIENCE, |seen| {
                !wanted(seen.emulator.screen()) && !seen.closed
            })
            .unwrap();
        let screen = seen.emulator.screen();
        assert!(
            !timeout.timed_out() && wanted(screen),
            "waited for {what}, saw:\n{}",
            screen.contents()
        );
    }

    /// Waits for text.
    pub fn wait_for(&self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    /// Looks at the screen as it is now.
    pub fn look<T>(&self, what: impl Fn(&vt100::Screen) -> T) -> T {
        what(self.seen.0.lock().unwrap().emulator.screen())
    }

    /// Returns how many bytes have been written to the terminal.
    pub fn bytes(&self) -> usize {
        self.seen.0.lock().unwrap().bytes.len()
    }

    /// Returns everything that was written to the terminal.
    pub fn written(&self) -> Vec<u8> {
        self.seen.0.lock().unwrap().bytes.clone()
    }

    /// Changes the terminal's size.
    pub fn resize(&self, width: u16, height: u16) {
        let (rows, columns) = (height.try_into().unwrap(), width.try_into().unwrap());
        let mut seen = self.seen.0.lock().unwrap();
        seen.emulator.screen_mut().set_size(rows, columns);
        drop(seen);
        self.master.resize(size(width, height)).unwrap();
    }

    /// Returns the number of the process.
    pub fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let pid = self.process().to_string();
        let status = Command::new("kill").args(["-s", name, &pid]).status();
        assert!(status.unwrap().success());
    }

    /// Returns the state letter of the process, as `ps` shows it.
    pub fn state(&self) -> char {
        let pid = self.process();
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
        let (_, after) = stat.rsplit_once(") ").unwrap();
        after.chars().next().unwrap()
    }

    /// Waits for the end of the program and demands a clean terminal.
    pub fn ends_clean(mut self) -> (u32, String) {
        let status = self.child.wait().unwrap();
        let termios = self.master.get_termios().unwrap();
        let flags = format!("{:?}", termios.local_flags);
        assert!(
            flags.contains("ICANON") && flags.contains("ECHO"),
            "{flags}"
        );
        let (seen, news) = &*self.seen;
        let seen = news
            .wait_timeout_while(seen.lock().unwrap(), PATIENCE, |seen| !seen.closed)
            .unwrap()
            .0;
        let screen = seen.emulator.screen();
        assert!(!screen.alternate_screen(), "still on the alternate screen");
        assert!(!screen.hide_cursor(), "cursor still hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste still on");
        (status.exit_code(), screen.contents())
    }
}

/// What a terminal sends for a key.
fn pressed(name: &str) -> Option<Vec<u8>> {
    let bytes: &[u8] = match name {
        "enter" => b"\r",
        "esc" => b"\x1b",
        "tab" => b"\t",
        "bs" => b"\x7f",
        "up" => b"\x1b[A",
        "down" => b"\x1b[B",
        "ins" => b"\x1b[2~",
        "del" => b"\x1b[3~",
        "pgup" => b"\x1b[5~",
        "pgdn" => b"\x1b[6~",
        "f2" => b"\x1bOQ",
        "f3" => b"\x1bOR",
        "f4" => b"\x1bOS",
        "f5" => b"\x1b[15~",
        "f6" => b"\x1b[17~",
        "f7" => b"\x1b[18~",
        "f9" => b"\x1b[20~",
        "f12" => b"\x1b[24~",
        _ => {
            let letter = name.strip_prefix("ctrl-")?.bytes().next()?;
            return Some(vec![letter & 0x1f]);
        }
    };
    Some(bytes.to_vec())
}

fn watch(
    mut reader: Box<dyn Read + Send>,
    watched: &(Mutex<Seen>, Condvar),
    keyboard: &Mutex<Box<dyn Write + Send>>,
) {
    let mut chunk = [0; 4096];
    let mut bytes = Vec::new();
    loop {
        let read = reader.read(&mut chunk).unwrap_or(0);
        let mut seen = watched.0.lock().unwrap();
        seen.bytes.extend_from_slice(&chunk[..read]);
        seen.closed = read == 0;
        bytes.extend_from_slice(&chunk[..read]);
        while let Some(at) = find(&bytes, WHERE_IS_THE_CURSOR) {
            seen.emulator.process(&bytes[..at]);
            bytes.drain(..at + WHERE_IS_THE_CURSOR.len());
            let (y, x) = seen.emulator.screen().cursor_position();
            let answer = format!("\x1b[{};{}R", y + 1, x + 1);
            let _ = keyboard.lock().unwrap().write_all(answer.as_bytes());
        }
        // A question cut in half waits for its rest.
        if !bytes.ends_with(b"\x1b") && !bytes.ends_with(b"\x1b[") && !bytes.ends_with(b"\x1b[6") {
            seen.emulator.process(&bytes);
            bytes.clear();
        }
        watched.1.notify_all();
        if seen.closed {
            return;
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|part| part == wanted)
}
