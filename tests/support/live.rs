//! A whole window at 80 × 24 on a desk that others may hold too, its desk answering after each
//! key. It runs once; `window` runs every case twice.

use std::{collections::VecDeque, sync::Arc};

use cunyi::{
    desk::{Command, Desk, Porter, Question, Reply, Request, Standing, request::DraftRequest},
    domain::text::Lang,
    tui::{
        app::{App, Opening, Place, Start, update},
        backend::Ambiguous,
        keys::parse_run,
        message::{Effect, Message},
        terminal::probe::Probe,
        theme::{Colours, Look},
        view::view,
    },
};
use ratatui::{
    Terminal,
    backend::TestBackend,
    layout::{Position, Size},
};

use super::window::keymap;

/// What answers a window.
enum Behind {
    Desk(Arc<Desk>),
    Porter(Box<Porter>),
}

/// A whole window, its desk answering after each key.
pub struct Window {
    pub app: App,
    behind: Behind,
    asked: VecDeque<Effect>,
    /// The keys pressed so far.
    pub pressed: usize,
    /// The changes asked for, drafts begun among them, but what the day itself brings.
    pub wrote: Vec<Request>,
}

impl Window {
    /// Opens the window called `name` for this staff member.
    pub fn open(desk: &Arc<Desk>, user: &str, name: &str) -> Self {
        Self::open_in(desk, user, name, Lang::Zh)
    }

    /// The same in a language.
    pub fn open_in(desk: &Arc<Desk>, user: &str, name: &str, lang: Lang) -> Self {
        let Ok(Reply::Overview(overview)) = desk.answer(&Question::Overview) else {
            panic!("no overview");
        };
        let mut place = Place {
            windows: 1,
            ..Place::default()
        };
        place.learn(&overview);
        let opening = Opening::of(&overview, Some(user));
        let behind = Behind::Desk(Arc::clone(desk));
        Self::started(behind, place, opening, name, lang)
    }

    /// Opens a window before its door, or where there is none yet.
    pub fn before(porter: Porter, standing: Standing, lang: Lang) -> Self {
        let place = Place {
            windows: 1,
            fresh: [7; 16],
            is_read_only: porter.is_read_only(),
            ..Place::default()
        };
        let opening = Opening::before(standing, None);
        let name = format!("w1-{:x}", porter.time());
        let behind = Behind::Porter(Box::new(porter));
        Self::started(behind, place, opening, &name, lang)
    }

    fn started(behind: Behind, place: Place, opening: Opening, name: &str, lang: Lang) -> Self {
        let (app, effects) = App::open(Start {
            look: Look {
                lang,
                colours: Colours::Sixteen,
                ambiguous: Ambiguous::Narrow,
            },
            keymap: keymap("default"),
            size: Size::new(80, 24),
            probe: Probe::Done,
            can_suspend: false,
            place,
            opening,
            name: name.to_owned(),
            notice: None,
        });
        let mut window = Self {
            app,
            behind,
            asked: effects.into(),
            pressed: 0,
            wrote: Vec::new(),
        };
        window.settle();
        window
    }

    /// Presses keys one by one.
    pub fn keys(mut self, keys: &str) -> Self {
        for key in parse_run(keys).unwrap() {
            self.pressed += 1;
            self.take(Message::Key(key));
            self.settle();
        }
        self
    }

    /// Presses keys faster than anything is drawn or answered.
    pub fn burst(mut self, keys: &str) -> Self {
        for key in parse_run(keys).unwrap() {
            self.take(Message::Key(key));
        }
        self.settle();
        self
    }

    /// Takes what happened.
    pub fn take(&mut self, message: Message) {
        let effects = update(&mut self.app, message);
        self.asked.extend(effects);
    }

    /// Lets the desk answer until nothing is left to do.
    pub fn settle(&mut self) {
        loop {
            match self.asked.pop_front() {
                Some(Effect::Ask(ticket, request)) => {
                    if writes(&request) {
                        self.wrote.push((*request).clone());
                    }
                    let desk = match &self.behind {
                        Behind::Desk(desk) => Some(desk),
                        Behind::Porter(porter) => porter.desk(),
                    };
                    if let Some(answer) = desk.map(|desk| desk.ask(&request)) {
                        self.take(Message::Replied(ticket, answer));
                    }
                }
                Some(Effect::Knock(ticket, knock)) => {
                    if let Behind::Porter(porter) = &mut self.behind {
                        let answer = porter.answer(*knock);
                        self.take(Message::Door(ticket, answer));
                    }
                }
                Some(_) => {}
                None if self.app.waits_for_frame() => self.take(Message::Drawn),
                None => return,
            }
        }
    }

    /// The desk behind the door, while it is open.
    pub fn desk(&self) -> Option<Arc<Desk>> {
        match &self.behind {
            Behind::Desk(desk) => Some(Arc::clone(desk)),
            Behind::Porter(porter) => porter.desk().cloned(),
        }
    }

    /// The rows of the screen.
    pub fn seen(&self) -> String {
        self.drawn().0
    }

    /// The rows of a screen of this size.
    pub fn seen_at(&self, size: Size) -> String {
        self.drawn_at(size).0
    }

    /// The rows of the screen, and where the cursor stands in it: column, row.
    pub fn drawn(&self) -> (String, Option<(u16, u16)>) {
        self.drawn_at(Size::new(80, 24))
    }

    fn drawn_at(&self, size: Size) -> (String, Option<(u16, u16)>) {
        // Where no screen puts the cursor.
        let nowhere = Position::new(size.width - 1, size.height - 1);
        let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
        terminal
            .draw(|frame| {
                frame.set_cursor_position(nowhere);
                view(&self.app, frame);
            })
            .unwrap();
        let cursor = terminal.get_cursor_position().unwrap();
        let is_put = cursor != nowhere;
        let buffer = terminal.backend().buffer().clone();
        let mut text = String::new();
        for y in 0..size.height {
            let mut skip = 0;
            let mut line = String::new();
            for x in 0..size.width {
                let symbol = buffer[(x, y)].symbol();
                if skip == 0 {
                    line.push_str(symbol);
                    skip = unicode_width::UnicodeWidthStr::width(symbol).max(1) - 1;
                } else {
                    skip -= 1;
                }
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        (text, is_put.then_some((cursor.x, cursor.y)))
    }

    /// The keys that choose an offer of the list.
    pub fn offered(&self, words: &str) -> String {
        let seen = self.seen();
        let mut numbers = seen.lines().filter(|line| line.contains(words));
        let number = numbers
            .find_map(|line| line.trim_start_matches([' ', '▸']).split(' ').next())
            .unwrap_or_else(|| panic!("no “{words}” in\n{seen}"));
        let downs: usize = number.parse().unwrap();
        format!("{}<enter>", "<down>".repeat(downs - 1))
    }

    /// Asserts that the text stands on the screen.
    pub fn shows(&self, text: &str) {
        let seen = self.seen();
        assert!(seen.contains(text), "no “{text}” in\n{seen}");
    }
}

/// Whether this changes something, or begins to keep what is typed.
fn writes(request: &Request) -> bool {
    match request {
        Request::Change(change) => !matches!(change.command, Command::RollAgreements),
        Request::Draft(DraftRequest::Begin(_)) => true,
        _ => false,
    }
}
