//! A whole window at the far end of a modelled line: its own time, a desk that answers at once, a
//! terminal that is read back, and every byte counted with the moment it arrives.
//!
//! It goes round as the window's own loop does, only that waiting takes no time.

use std::{cell::RefCell, collections::VecDeque, io, rc::Rc, sync::Arc, time::Duration};

use cunyi::{
    desk::{Desk, Question, Reply},
    domain::text::Lang,
    tui::{
        app::{App, Opening, Place, Start, update},
        backend::{Ambiguous, Lean},
        keymap,
        keys::{Key, parse_run},
        message::{Effect, Message},
        pace::Pace,
        terminal::probe::Probe,
        theme::{Colours, Look},
        view::view,
    },
};
use ratatui::{Terminal, layout::Size};

const SIZE: Size = Size::new(80, 24);

/// How fast a line is.
#[derive(Debug, Clone, Copy)]
pub struct Speed {
    /// Bytes of a millisecond.
    pub bytes: u64,
    /// How long a byte is under way, either way.
    pub delay: Duration,
}

/// A window, its desk and its terminal.
pub struct Line {
    app: App,
    desk: Arc<Desk>,
    asked: VecDeque<Effect>,
    terminal: Terminal<Lean<Wire>>,
    wire: Wire,
    emulator: Option<vt100::Parser>,
    pace: Pace,
    now: Duration,
    /// Keys that are under way, and when they arrive.
    coming: VecDeque<(Duration, Key)>,
    speed: Option<Speed>,
    /// When the line has sent everything it was given.
    free: Duration,
    /// Bytes and frames sent so far; a frame that writes nothing is none.
    pub sent: usize,
    pub frames: usize,
}

impl Line {
    /// Opens a window at 80 × 24 for this staff member and lets it come to rest.
    pub fn open(desk: &Arc<Desk>, user: &str) -> Self {
        let Ok(Reply::Overview(overview)) = desk.answer(&Question::Overview) else {
            panic!("no overview");
        };
        let mut place = Place {
            windows: 1,
            ..Place::default()
        };
        place.learn(&overview);
        let look = Look {
            lang: Lang::Zh,
            colours: Colours::Sixteen,
            ambiguous: Ambiguous::Narrow,
        };
        let (app, effects) = App::open(Start {
            look,
            keymap: keymap::load(keymap::shipped("default").unwrap(), None).unwrap(),
            size: SIZE,
            probe: Probe::Done,
            can_suspend: false,
            place,
            opening: Opening::of(&overview, Some(user)),
            name: "line".to_owned(),
            notice: None,
        });
        let wire = Wire::default();
        let lean = Lean::new(wire.clone(), SIZE, Ambiguous::Narrow);
        let (rows, columns) = (24.try_into().unwrap(), 80.try_into().unwrap());
        let mut line = Self {
            app,
            desk: Arc::clone(desk),
            asked: effects.into(),
            terminal: Terminal::new(lean).unwrap(),
            wire,
            emulator: Some(vt100::Parser::new(rows, columns, 0)),
            pace: Pace::default(),
            now: Duration::ZERO,
            coming: VecDeque::new(),
            speed: None,
            free: Duration::ZERO,
            sent: 0,
            frames: 0,
        };
        line.pace.owe();
        line.rest();
        line
    }

    /// The same window, from now on at the end of this line.
    pub fn slowed(mut self, speed: Speed) -> Self {
        self.speed = Some(speed);
        self
    }

    /// The same window without a terminal to read it: only what the program does is left.
    pub fn unseen(mut self) -> Self {
        self.emulator = None;
        self
    }

    /// Presses keys one by one, each once the one before has had all its effects; returns what
    /// each sent.
    pub fn keys(&mut self, keys: &str) -> Vec<usize> {
        let keys = parse_run(keys).unwrap().into_iter();
        keys.map(|key| self.press(key)).collect()
    }

    fn press(&mut self, key: Key) -> usize {
        let before = self.sent;
        self.coming.push_back((self.now + PAUSE, key));
        self.rest();
        self.sent - before
    }

    /// Presses keys in such a rhythm, whatever they bring; returns how long after the last of them
    /// the last byte stood on the screen.
    pub fn hurry(&mut self, keys: &str, every: Duration) -> Duration {
        let delay = self.speed.map_or(Duration::ZERO, |speed| speed.delay);
        let mut pressed = self.now + PAUSE;
        for key in parse_run(keys).unwrap() {
            self.coming.push_back((pressed + delay, key));
            pressed += every;
        }
        self.rest();
        (self.free + delay).saturating_sub(pressed.saturating_sub(every))
    }

    /// What is seen, in rows.
    pub fn screen(&self) -> String {
        let seen = self.emulator.as_ref();
        seen.map_or_else(String::new, |terminal| terminal.screen().contents())
    }

    /// Goes on until nothing is left to happen.
    pub fn rest(&mut self) {
        loop {
            let is_held_up = self.app.waits_for_frame();
            if is_held_up || self.pace.is_due(self.now) {
                self.draw();
            }
            if is_held_up {
                self.take(Message::Drawn);
                continue;
            }
            if let Some(asked) = self.asked.pop_front() {
                self.answer(asked);
                continue;
            }
            let key = self.coming.front().map(|(at, _)| *at);
            let others = [self.app.deadline(), self.pace.due()];
            let Some(next) = key.into_iter().chain(others.into_iter().flatten()).min() else {
                return;
            };
            self.now = self.now.max(next);
            self.take(Message::Now(self.now));
            while let Some((_, key)) = self.coming.pop_front_if(|(at, _)| *at <= self.now) {
                self.pace.pressed(self.now);
                self.take(Message::Key(key));
            }
        }
    }

    fn answer(&mut self, asked: Effect) {
        match asked {
            Effect::Ask(ticket, request) => {
                let answer = self.desk.ask(&request);
                self.take(Message::Replied(ticket, answer));
            }
            Effect::Redraw => {
                self.terminal.clear().unwrap();
                self.pace.owe();
            }
            _ => {}
        }
    }

    fn take(&mut self, message: Message) {
        let effects = update(&mut self.app, message);
        self.asked.extend(effects);
        self.pace.owe();
    }

    fn draw(&mut self) {
        let app = &self.app;
        self.terminal.draw(|frame| view(app, frame)).unwrap();
        self.pace.drawn(self.now);
        let bytes = std::mem::take(&mut *self.wire.0.borrow_mut());
        if bytes.is_empty() {
            return;
        }
        if let Some(terminal) = &mut self.emulator {
            terminal.process(&bytes);
        }
        self.sent += bytes.len();
        self.frames += 1;
        let length = u64::try_from(bytes.len()).unwrap();
        let takes = self.speed.map_or(0, |speed| length.div_ceil(speed.bytes));
        self.free = self.free.max(self.now) + Duration::from_millis(takes);
    }
}

/// Between keys that are pressed one by one.
const PAUSE: Duration = Duration::from_secs(1);

#[derive(Clone, Default)]
struct Wire(Rc<RefCell<Vec<u8>>>);

impl io::Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
