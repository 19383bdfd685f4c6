//! A window without a terminal: keys in, screen out.
//!
//! Every run happens twice, keys one by one with a frame and the desk's answers
//! after each, and as one burst with a single frame and all answers at its end;
//! both must end with the same screen. Each run gets a desk of its own.

use std::{cell::RefCell, collections::VecDeque, io, rc::Rc, sync::Arc, time::Duration};

use cunyi::{
    desk::{Desk, Question, Reply},
    domain::{clinic::Role, id::StaffId, text::Lang},
    tui::{
        app::{App, Opening, Place, Start, update},
        backend::{Ambiguous, Lean},
        files,
        keymap::{self, Keymap},
        keys::{Key, parse_run},
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
    steps: Vec<Step>,
    desk: Option<fn() -> Arc<Desk>>,
}

/// Something that happens to it.
#[derive(Clone)]
enum Step {
    Key(Key),
    Tell(Rc<dyn Fn() -> Message>),
    /// Somebody else does something with the desk.
    Elsewhere(fn(&Desk)),
    /// The same, and this window has not polled yet.
    Unseen(fn(&Desk)),
}

/// The shipped keymap of this name.
pub fn keymap(name: &str) -> Keymap {
    keymap::load(keymap::shipped(name).unwrap(), None).unwrap()
}

/// A staff member.
pub fn member(id: u64, name: &str, role: Role) -> Member {
    Member {
        id: StaffId(id),
        name: name.to_owned(),
        role,
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
                ..Place::default()
            },
            opening,
            name: "w1".to_owned(),
            notice: None,
        };
        Self {
            start,
            steps: Vec::new(),
            desk: None,
        }
    }

    /// A window at 80 × 24 on a desk of its own in each run; the first active
    /// staff member of `wanted` name works there.
    pub fn of(desk: fn() -> Arc<Desk>, wanted: Option<&str>) -> Self {
        let Ok(Reply::Overview(overview)) = desk().answer(&Question::Overview) else {
            panic!("no overview");
        };
        let mut window = Self::opening(Opening::of(&overview, wanted));
        window.start.place.learn(&overview);
        window.start.place.windows = 1;
        window.desk = Some(desk);
        window
    }

    /// A window that asks which of two staff members is there.
    pub fn staff() -> Self {
        Self::opening(Opening::Staff(vec![
            member(1, "王建国", Role::Doctor),
            member(2, "李小燕", Role::PublicHealth),
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
    pub fn then(mut self, message: impl Fn() -> Message + 'static) -> Self {
        self.steps.push(Step::Tell(Rc::new(message)));
        self
    }

    /// Then nothing happens for so long since the window opened.
    pub fn at(self, seconds: u64) -> Self {
        self.then(move || Message::Now(Duration::from_secs(seconds)))
    }

    /// Then another window does something and this one polls.
    pub fn elsewhere(mut self, what: fn(&Desk)) -> Self {
        self.steps.push(Step::Elsewhere(what));
        self
    }

    /// Then another window does something this one has not heard of.
    pub fn elsewhere_unseen(mut self, what: fn(&Desk)) -> Self {
        self.steps.push(Step::Unseen(what));
        self
    }

    /// Then these keys are pressed.
    pub fn keys(mut self, keys: &str) -> Self {
        let keys = parse_run(keys).unwrap();
        self.steps.extend(keys.into_iter().map(Step::Key));
        self
    }

    /// Runs it and returns what is seen at the end.
    pub fn screen(&self) -> String {
        self.run().0
    }

    /// Runs it as one burst alone, the desk answering at its end, and lets the desk be
    /// looked at.
    pub fn burst(&self, look: impl FnOnce(&Desk)) -> String {
        let burst = Run::of(self, false);
        look(burst.desk.as_ref().unwrap());
        burst.seen()
    }

    /// Runs it and returns everything it wanted done.
    pub fn effects(&self) -> Vec<Effect> {
        self.run().1
    }

    /// Runs it, then lets only time pass and polls that bring nothing new; returns the
    /// bytes sent and the effects wanted since.
    pub fn idle(&self, ticks: u64) -> (usize, usize) {
        let mut run = Run::of(self, true);
        let head = run.desk.as_ref().map_or(0, |desk| desk.beat().unwrap().0);
        // What is new to it and what waited for the selection to rest is asked now, once.
        run.take(Message::Changed(head));
        run.settle();
        run.take(Message::Now(Duration::from_secs(1)));
        run.settle();
        let (sent, wanted) = (run.sent, run.effects.len());
        for tick in 0..ticks {
            run.take(Message::Now(Duration::from_millis(1000 + tick * 900)));
            run.take(Message::Changed(head));
            run.settle();
        }
        (run.sent - sent, run.effects.len() - wanted)
    }

    fn run(&self) -> (String, Vec<Effect>) {
        let single = Run::of(self, true);
        let burst = Run::of(self, false);
        assert_eq!(
            single.seen(),
            burst.seen(),
            "keys one by one and as one burst end differently"
        );
        (single.seen(), single.effects)
    }
}

struct Run {
    terminal: Terminal<Lean<Wire>>,
    wire: Wire,
    emulator: vt100::Parser,
    /// Bytes sent to the terminal.
    sent: usize,
    effects: Vec<Effect>,
    app: App,
    desk: Option<Arc<Desk>>,
    /// Asked and not answered yet.
    asked: VecDeque<Effect>,
}

impl Run {
    fn of(window: &Window, one_by_one: bool) -> Self {
        let size = window.start.size;
        let wire = Wire::default();
        let lean = Lean::new(wire.clone(), size, window.start.look.ambiguous);
        let (app, effects) = App::open(window.start.clone());
        let mut run = Self {
            terminal: Terminal::new(lean).unwrap(),
            wire,
            emulator: emulator(size),
            sent: 0,
            effects: Vec::new(),
            app,
            desk: window.desk.map(|build| build()),
            asked: VecDeque::new(),
        };
        run.perform(effects);
        run.settle();
        for step in &window.steps {
            match step {
                Step::Key(key) => run.take(Message::Key(*key)),
                Step::Tell(message) => {
                    run.settle();
                    run.take(message());
                }
                Step::Unseen(what) => {
                    run.settle();
                    what(run.desk.as_ref().unwrap());
                }
                Step::Elsewhere(what) => {
                    run.settle();
                    let desk = run.desk.clone().unwrap();
                    what(&desk);
                    let (head, _) = desk.beat().unwrap();
                    run.take(Message::Changed(head));
                }
            }
            if one_by_one {
                run.settle();
            }
        }
        run.settle();
        run
    }

    fn take(&mut self, message: Message) {
        if let Message::Resized(size) = message {
            self.terminal.backend_mut().resize(size);
            self.terminal.clear().unwrap();
            self.emulator = emulator(size);
        }
        let effects = update(&mut self.app, message);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match &effect {
                Effect::Redraw => self.terminal.clear().unwrap(),
                Effect::Ambiguous(ambiguous)
                    if self.terminal.backend_mut().set_ambiguous(*ambiguous) =>
                {
                    self.terminal.clear().unwrap();
                }
                Effect::Ask(..) | Effect::File(..) if self.desk.is_some() => {
                    self.asked.push_back(effect.clone());
                }
                _ => {}
            }
            self.effects.push(effect);
        }
    }

    /// Lets the desk answer and the window draw until nothing is left to do.
    fn settle(&mut self) {
        loop {
            self.draw();
            match self.asked.pop_front() {
                Some(Effect::Ask(ticket, request)) => {
                    let answer = self.desk.as_ref().unwrap().ask(&request);
                    self.take(Message::Replied(ticket, answer));
                }
                Some(Effect::File(ticket, errand)) => {
                    self.take(Message::Filed(ticket, files::perform(errand)));
                }
                _ if self.app.waits_for_frame() => self.take(Message::Drawn),
                _ => return,
            }
        }
    }

    fn draw(&mut self) {
        let app = &self.app;
        self.terminal.draw(|frame| view(app, frame)).unwrap();
        let bytes = std::mem::take(&mut *self.wire.0.borrow_mut());
        self.sent += bytes.len();
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
