//! A window without a terminal: keys in, screen out.
//!
//! Every run happens twice, keys one by one with a frame after each, and as one
//! burst with a single frame; both must end with the same screen.

use std::{cell::RefCell, io, rc::Rc};

use cunyi::{
    domain::{id::StaffId, text::Lang},
    tui::{
        app::{App, Opening, Place, Start, update},
        backend::{Ambiguous, Lean},
        keymap::{self, Keymap},
        keys::parse_run,
        message::{Effect, Message},
        screens::staff::Member,
        terminal::probe::Probe,
        theme::{Colours, Look},
        view::view,
    },
};
use ratatui::{Terminal, layout::Size};

/// A window to be run.
#[derive(Clone)]
pub struct Window {
    start: Start,
    messages: Vec<Message>,
}

/// The shipped keymap of this name.
pub fn keymap(name: &str) -> Keymap {
    keymap::load(keymap::shipped(name).unwrap(), None).unwrap()
}

/// A staff member.
pub fn member(id: u64, name: &str, role: &str) -> Member {
    Member {
        id: StaffId(id),
        name: name.to_owned(),
        role: role.to_owned(),
    }
}

impl Window {
    /// A window at 80 × 24 that opens with this.
    pub fn opening(opening: Opening) -> Self {
        let start = Start {
            look: Look {
                lang: Lang::Zh,
                colours: Colours::Sixteen,
                ambiguous: Ambiguous::Narrow,
            },
            keymap: keymap("default"),
            size: Size::new(80, 24),
            probe: Probe::Done,
            can_suspend: false,
            place: Place {
                clinic: "石桥村卫生室".to_owned(),
                today: Some("2026-11-21".parse().unwrap()),
                user: None,
                windows: 2,
            },
            opening,
        };
        Self {
            start,
            messages: Vec::new(),
        }
    }

    /// A window that asks which of two staff members is there.
    pub fn staff() -> Self {
        Self::opening(Opening::Staff(vec![
            member(1, "王建国", "医生"),
            member(2, "李小燕", "公卫"),
        ]))
    }

    pub fn english(mut self) -> Self {
        self.start.look.lang = Lang::En;
        self
    }

    pub fn ascii(mut self) -> Self {
        self.start.look.ambiguous = Ambiguous::WideOrUnknown;
        self
    }

    pub fn without_colours(mut self) -> Self {
        self.start.look.colours = Colours::None;
        self
    }

    pub fn probing(mut self) -> Self {
        self.start.probe = Probe::Signs;
        self
    }

    pub fn size(mut self, width: u16, height: u16) -> Self {
        self.start.size = Size::new(width, height);
        self
    }

    pub fn with_keys(mut self, name: &str) -> Self {
        self.start.keymap = keymap(name);
        self
    }

    /// Then something happens that is no key.
    pub fn then(mut self, message: Message) -> Self {
        self.messages.push(message);
        self
    }

    /// Then these keys are pressed.
    pub fn keys(mut self, keys: &str) -> Self {
        let keys = parse_run(keys).unwrap();
        self.messages.extend(keys.into_iter().map(Message::Key));
        self
    }

    /// Runs it and returns what is seen at the end.
    pub fn screen(&self) -> String {
        self.run().0
    }

    /// Runs it and returns everything it wanted done.
    pub fn effects(&self) -> Vec<Effect> {
        self.run().1
    }

    fn run(&self) -> (String, Vec<Effect>) {
        let single = Run::of(self, true);
        let burst = Run::of(self, false);
        assert_eq!(
            single.seen(),
            burst.seen(),
            "keys one by one and as one burst end differently"
        );
        assert_eq!(single.effects, burst.effects);
        (single.seen(), single.effects)
    }
}

struct Run {
    terminal: Terminal<Lean<Wire>>,
    wire: Wire,
    emulator: vt100::Parser,
    effects: Vec<Effect>,
}

impl Run {
    fn of(window: &Window, draw_each: bool) -> Self {
        let size = window.start.size;
        let wire = Wire::default();
        let lean = Lean::new(wire.clone(), size, window.start.look.ambiguous);
        let (mut app, effects) = App::open(window.start.clone());
        let mut run = Self {
            terminal: Terminal::new(lean).unwrap(),
            wire,
            emulator: emulator(size),
            effects,
        };
        run.draw(&app);
        for message in &window.messages {
            if let Message::Resized(size) = message {
                run.terminal.backend_mut().resize(*size);
                run.terminal.clear().unwrap();
                run.emulator = emulator(*size);
            }
            let effects = update(&mut app, message.clone());
            for effect in &effects {
                match effect {
                    Effect::Redraw => run.terminal.clear().unwrap(),
                    Effect::Ambiguous(ambiguous)
                        if run.terminal.backend_mut().set_ambiguous(*ambiguous) =>
                    {
                        run.terminal.clear().unwrap();
                    }
                    _ => {}
                }
            }
            run.effects.extend(effects);
            if draw_each {
                run.draw(&app);
            }
        }
        run.draw(&app);
        run
    }

    fn draw(&mut self, app: &App) {
        self.terminal.draw(|frame| view(app, frame)).unwrap();
        let bytes = std::mem::take(&mut *self.wire.0.borrow_mut());
        self.emulator.process(&bytes);
    }

    /// The rows, and where the cursor stands.
    fn seen(&self) -> String {
        let screen = self.emulator.screen();
        let rows: Vec<String> = screen
            .rows(0, screen.size().1.get())
            .map(|row| row.trim_end().to_owned())
            .collect();
        let (y, x) = screen.cursor_position();
        let cursor = if screen.hide_cursor() {
            "no cursor".to_owned()
        } else {
            format!("cursor {x},{y}")
        };
        format!("{}\n{cursor}", rows.join("\n"))
    }
}

fn emulator(size: Size) -> vt100::Parser {
    vt100::Parser::new(
        size.height.try_into().unwrap(),
        size.width.try_into().unwrap(),
        0,
    )
}

/// The line between window and emulator.
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
