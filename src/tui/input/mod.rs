//! Reads the keyboard in a thread of its own and sends whole batches: all keys
//! that wait arrive together, so that one frame follows them, not one each.
//!
//! On Unix the bytes are decoded here, because a bad line cuts sequences where
//! no library expects it; on Windows the console reports keys by itself.

pub mod decode;
pub mod paste;

use std::{io, sync::mpsc::Sender, thread};

use super::message::Message;

/// Starts reading the keyboard; everything read arrives at `inbox`.
pub fn listen(inbox: Sender<Vec<Message>>) -> io::Result<()> {
    platform::listen(inbox)
}

#[cfg(unix)]
mod platform {
    use std::{
        fs::File,
        io::{self, IsTerminal, Read},
        sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
        time::Instant,
    };

    use super::{
        decode::{Decoder, Typed},
        thread,
    };
    use crate::tui::message::{Ended, Message};

    /// Bytes read at once; a longer burst comes in several reads.
    const CHUNK: usize = 4096;

    pub fn listen(inbox: Sender<Vec<Message>>) -> io::Result<()> {
        let (bytes, arrived) = mpsc::channel();
        let terminal: Box<dyn Read + Send> = if io::stdin().is_terminal() {
            Box::new(io::stdin())
        } else {
            Box::new(File::open("/dev/tty")?)
        };
        thread::Builder::new()
            .name("keyboard".to_owned())
            .spawn(move || read(terminal, &bytes))?;
        thread::Builder::new()
            .name("keys".to_owned())
            .spawn(move || decode(&arrived, &inbox))?;
        Ok(())
    }

    fn read(mut terminal: impl Read, bytes: &Sender<Vec<u8>>) {
        let mut chunk = vec![0; CHUNK];
        loop {
            match terminal.read(&mut chunk) {
                Ok(0) => return,
                Ok(count) => {
                    let read = chunk.get(..count).unwrap_or_default().to_vec();
                    if bytes.send(read).is_err() {
                        return;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return,
            }
        }
    }

    fn decode(arrived: &Receiver<Vec<u8>>, inbox: &Sender<Vec<Message>>) {
        let start = Instant::now();
        let mut decoder = Decoder::default();
        loop {
            let next = match decoder.deadline() {
                Some(deadline) => arrived.recv_timeout(deadline.saturating_sub(start.elapsed())),
                None => arrived.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let mut typed = Vec::new();
            match next {
                Ok(mut bytes) => {
                    bytes.extend(arrived.try_iter().flatten());
                    decoder.feed(&bytes, start.elapsed(), &mut typed);
                }
                Err(RecvTimeoutError::Timeout) => decoder.expire(start.elapsed(), &mut typed),
                Err(RecvTimeoutError::Disconnected) => {
                    let _ = inbox.send(vec![Message::Ended(Ended::HungUp)]);
                    return;
                }
            }
            let batch: Vec<Message> = typed.into_iter().map(message).collect();
            if !batch.is_empty() && inbox.send(batch).is_err() {
                return;
            }
        }
    }

    fn message(typed: Typed) -> Message {
        match typed {
            Typed::Key(key) => Message::Key(key),
            Typed::Paste(text) => Message::Paste(text),
            Typed::CursorColumn(column) => Message::CursorColumn(column),
            Typed::ShowsWhole(shows) => Message::ShowsWhole(shows),
        }
    }
}

#[cfg(not(unix))]
mod platform {
    use std::{io, sync::mpsc::Sender, time::Duration};

    use ratatui::{
        crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers},
        layout::Size,
    };

    use super::{paste, thread};
    use crate::tui::{
        keys::{Code, Key},
        message::{Ended, Message},
    };

    pub fn listen(inbox: Sender<Vec<Message>>) -> io::Result<()> {
        thread::Builder::new()
            .name("keyboard".to_owned())
            .spawn(move || {
                while let Ok(event) = event::read() {
                    let mut batch: Vec<Message> = message(event).into_iter().collect();
                    while event::poll(Duration::ZERO).unwrap_or(false) {
                        batch.extend(event::read().ok().and_then(message));
                    }
                    if !batch.is_empty() && inbox.send(batch).is_err() {
                        return;
                    }
                }
                let _ = inbox.send(vec![Message::Ended(Ended::HungUp)]);
            })?;
        Ok(())
    }

    fn message(event: Event) -> Option<Message> {
        match event {
            Event::Key(event) if event.kind != KeyEventKind::Release => {
                key(event).map(Message::Key)
            }
            Event::Paste(text) => Some(Message::Paste(paste::clean(text.as_bytes()))),
            Event::Resize(width, height) => Some(Message::Resized(Size { width, height })),
            _ => None,
        }
    }

    fn key(event: KeyEvent) -> Option<Key> {
        let code = match event.code {
            KeyCode::Char(c) => Code::Char(c),
            KeyCode::F(n) => Code::F(n),
            KeyCode::Enter => Code::Enter,
            KeyCode::Esc => Code::Esc,
            KeyCode::Tab | KeyCode::BackTab => Code::Tab,
            KeyCode::Backspace => Code::Backspace,
            KeyCode::Delete => Code::Delete,
            KeyCode::Insert => Code::Insert,
            KeyCode::Home => Code::Home,
            KeyCode::End => Code::End,
            KeyCode::PageUp => Code::PageUp,
            KeyCode::PageDown => Code::PageDown,
            KeyCode::Up => Code::Up,
            KeyCode::Down => Code::Down,
            KeyCode::Left => Code::Left,
            KeyCode::Right => Code::Right,
            _ => return None,
        };
        let mut key = Key::of(code);
        key.ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        key.alt = event.modifiers.contains(KeyModifiers::ALT);
        // AltGr arrives as Ctrl with Alt and types a character.
        if matches!(code, Code::Char(_)) && key.ctrl && key.alt {
            (key.ctrl, key.alt) = (false, false);
        }
        key.shift = event.modifiers.contains(KeyModifiers::SHIFT) && !matches!(code, Code::Char(_));
        Some(key)
    }
}
