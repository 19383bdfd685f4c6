//! The visit screen on a real small store: keys in, records out, drafts kept.

use std::{collections::VecDeque, sync::Arc};

use crate::support::clinic::{Clinic, day};
use cunyi::{
    desk::{Desk, Request},
    domain::{
        form::Mark,
        id::{PersonId, StaffId},
        programmes::ProgrammeKind,
        task::Mode,
        text::Lang,
        value::Value,
    },
    tui::{
        backend::Ambiguous,
        hand::Hand,
        keymap::{self, Keymap},
        keys::parse_run,
        port::Ticket,
        screens::visit::{self, Outcome, State, Wanted},
        theme::{Colours, Look},
    },
};
use ratatui::{Terminal, backend::TestBackend};

/// A visit screen, its questions answered as the desk comes to them.
struct Screen {
    desk: Arc<Desk>,
    state: State,
    look: Look,
    keymap: Keymap,
    last: u64,
    asked: VecDeque<(Ticket, Request)>,
    /// Whether answers come only when asked for.
    slow: bool,
    outcome: Option<Outcome>,
    keys: usize,
}

impl Screen {
    fn open(desk: &Arc<Desk>, wanted: Wanted, mode: Option<Mode>, first: u64) -> Self {
        let look = Look {
            lang: Lang::Zh,
            colours: Colours::Sixteen,
            ambiguous: Ambiguous::Narrow,
        };
        let mut last = first;
        let mut hand = hand(&look, &mut last);
        let state = State::open(wanted, mode, &mut hand);
        let asked = hand.asked.into();
        let mut screen = Self {
            desk: Arc::clone(desk),
            state,
            look,
            keymap: keymap::load(keymap::shipped("default").unwrap(), None).unwrap(),
            last,
            asked,
            slow: false,
            outcome: None,
            keys: 0,
        };
        screen.answer();
        screen
    }

    fn visit(clinic: &Clinic, person: PersonId) -> Self {
        let forms = vec!["F01".to_owned()];
        let wanted = Wanted::Forms { person, forms };
        Self::open(&clinic.desk, wanted, Some(Mode::Home), 0)
    }

    fn keys(mut self, keys: &str) -> Self {
        for key in parse_run(keys).unwrap() {
            self.keys += 1;
            let action = self.keymap.action(self.state.context(), key);
            let mut hand = hand(&self.look, &mut self.last);
            let outcome = if action == Some(visit::BACK) {
                visit::back(&mut self.state, &mut hand)
            } else {
                visit::update(&mut self.state, action, key, &mut hand)
            };
            self.asked.extend(hand.asked);
            self.outcome = outcome.or(self.outcome.take());
            if !self.slow {
                self.answer();
            }
        }
        self
    }

    fn line(mut self, text: &str) -> Self {
        let hand = hand(&self.look, &mut self.last);
        visit::palette(&mut self.state, &hand);
        self.keys("<ctrl-u>").keys(text).keys("<enter>")
    }

    fn answer(&mut self) {
        while let Some((ticket, request)) = self.asked.pop_front() {
            let answer = self.desk.ask(&request);
            let mut hand = hand(&self.look, &mut self.last);
            let outcome = visit::answered(&mut self.state, ticket, answer, &mut hand);
            self.asked.extend(hand.asked);
            self.outcome = outcome.or(self.outcome.take());
        }
    }

    fn seen(&self) -> String {
        let mut terminal = Terminal::new(TestBackend::new(80, 21)).unwrap();
        terminal
            .draw(|frame| visit::view(&self.state, &self.look, frame, frame.area()))
            .unwrap();
        let buffer = terminal.backend().buffer().clone();
        let (left, right) = visit::title(&self.state, &self.look);
        let mut text = format!("{} | {}\n", left.join("  "), right.join("  "));
        for y in 0..21 {
            let mut skip = 0;
            let mut line = String::new();
            for x in 0..80 {
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
        text
    }

    fn saved(&self) -> &str {
        match &self.outcome {
            Some(Outcome::Saved { text, .. }) => text,
            other => panic!("not saved: {other:?}\n{}", self.seen()),
        }
    }
}

fn hand<'a>(look: &'a Look, last: &'a mut u64) -> Hand<'a> {
    Hand {
        look,
        user: StaffId(1),
        today: day("2026-11-21"),
        last,
        asked: Vec::new(),
    }
}

#[test]
fn a_stable_visit_is_saved_in_few_keys() {
    let (clinic, person) = Clinic::with_a_stable_hypertensive();
    let singly = Screen::visit(&clinic, person).keys("1138867466.511111<f2><f2>");
    println!("{}", singly.seen());
    assert_eq!(singly.saved(), "已保存 李国强 控制满意 · 下次 2027-02-21");
    // Enter in the queue opens the form.
    println!("{} keys singly", singly.keys + 1);
    assert!(singly.keys < 20);
    let record = &clinic.contacts(person)[0];
    assert_eq!(record.forms[0].answers["sbp"], Value::Int(138));
    assert_eq!(clinic.due(), 0);
    clinic.is_clean();

    let (clinic, person) = Clinic::with_a_stable_hypertensive();
    let stated = Screen::visit(&clinic, person).keys("<f5>1388674665<f2><f2>");
    println!(
        "{} keys with all normal\n{}",
        stated.keys + 1,
        stated.seen()
    );
    stated.saved();
    assert!(stated.keys < 15);
    let record = &clinic.contacts(person)[0];
    assert_eq!(record.forms[0].marks["psych"], Mark::Stated);
    assert_eq!(record.forms[0].answers["mode"], Value::Code("2".into()));
    clinic.is_clean();
}

#[test]
fn the_outcome_stands_below_the_form_as_one_types() {
    let (clinic, person) = Clinic::with_a_stable_hypertensive();
    let screen = Screen::visit(&clinic, person).keys("<f5>15294");
    let seen = screen.seen();
    assert!(
        seen.contains("控制不满意 (H5 首次未达标) → 2周内随访 12-05"),
        "{seen}"
    );
    let urgent = Screen::visit(&clinic, person).keys("<f5>182112");
    let seen = urgent.seen();
    assert!(seen.contains("!! 危急"), "{seen}");
    insta::assert_snapshot!(seen);
}

#[test]
fn a_killed_window_leaves_its_draft_for_the_next() {
    let (clinic, person) = Clinic::with_a_stable_hypertensive();
    let screen = Screen::visit(&clinic, person).keys("113886");
    let before = screen.seen();
    let Screen { desk, .. } = screen;
    drop(desk);
    let folder = clinic.folder;
    drop(clinic.desk);
    let _ = ProgrammeKind::Htn;
    let again = Clinic::reopened(folder);
    let waiting = again.drafts();
    assert_eq!(waiting.len(), 1);
    assert!(waiting[0].is_own);
    let wanted = Wanted::Draft(waiting[0].id.clone());
    let resumed = Screen::open(&again.desk, wanted, None, 100);
    let notice = "接着上次没填完的草稿";
    let seen = resumed.seen();
    assert!(seen.contains(notice), "{seen}");
    assert!(again.drafts().is_empty(), "two windows hold one draft");
    let resumed = resumed.keys("<left><right>");
    let seen = resumed.seen();
    assert_eq!(seen, before);
    let saved = resumed.keys("7466.511111<f2><f2>");
    saved.saved();
    assert!(again.drafts().is_empty());
    again.is_clean();
}
