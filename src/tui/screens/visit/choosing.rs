//! The list of what can be recorded for a person, and what is chosen of it.
//!
//! What is offered stands in `offering`.

use ratatui::{Frame, layout::Rect};

use super::{
    Wanted,
    offering::{self, Offer, Offered},
    words,
};
use crate::{
    desk::{Command, reply::VisitDeskView, request::ContactDraft},
    domain::{
        aspect::{Aspect, Seen},
        course::{
            TargetValue,
            happening::{Enrolled, Happening},
        },
        form::typed,
        programmes::ProgrammeKind,
        settings::Pressure,
        value::Decimal,
        visit,
    },
    tui::{
        action::{Action, List},
        hand::Hand,
        keys::Key,
        port::Ticket,
        theme::Look,
        widgets::{
            cells,
            prompt::Prompt,
            scroll::{Move, Scroll},
        },
    },
};

/// The list and what was chosen of it.
#[derive(Debug)]
pub struct Choosing {
    pub desk: VisitDeskView,
    offers: Vec<Offered>,
    scroll: Scroll,
    /// What a chosen offer still asks.
    pub prompt: Option<Prompt>,
    asking: Option<Offer>,
    pub sent: Option<Ticket>,
}

impl Choosing {
    /// Lists what can be recorded for this person today.
    pub fn new(desk: VisitDeskView, hand: &Hand<'_>) -> Self {
        let offers = offering::offers(&desk, hand);
        Self {
            desk,
            offers,
            scroll: Scroll::default(),
            prompt: None,
            asking: None,
            sent: None,
        }
    }

    /// Takes a key; returns the form wanted next.
    pub fn press(
        &mut self,
        action: Option<Action>,
        key: Key,
        hand: &mut Hand<'_>,
    ) -> Option<Wanted> {
        if let Some(prompt) = &mut self.prompt {
            let text = prompt.press(action, key)?;
            self.told(&text, hand);
            return None;
        }
        let count = self.offers.len();
        let to = match action {
            Some(Action::List(List::Accept)) => {
                let at = self.scroll.selected(count)?;
                return self.choose(at, hand);
            }
            Some(Action::List(List::Down)) => Move::Down,
            Some(Action::List(List::Up)) => Move::Up,
            Some(Action::List(List::First)) => Move::First,
            Some(Action::List(List::PageDown)) => Move::PageDown,
            Some(Action::List(List::PageUp)) => Move::PageUp,
            Some(Action::List(List::Last)) => Move::Last,
            _ => {
                let digit = key.with_twin().typed()?.to_digit(10)?;
                let at = usize::try_from(digit).ok()?.checked_sub(1)?;
                return self.choose(at, hand);
            }
        };
        self.scroll.go(to, count, rows(hand.work));
        None
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        if let Some(prompt) = &mut self.prompt {
            prompt.paste(text);
        }
    }

    /// Closes the prompt; returns whether the list is to be left instead.
    pub fn back(&mut self) -> bool {
        self.prompt.take().is_none()
    }

    fn choose(&mut self, at: usize, hand: &mut Hand<'_>) -> Option<Wanted> {
        let Offered { offer, text, .. } = self.offers.get(at)?.clone();
        let look = hand.look;
        match offer {
            Offer::Resume(at) => {
                let draft = self.desk.drafts.get(at)?;
                return Some(Wanted::Draft(draft.id.clone()));
            }
            Offer::Fill(forms) => return Some(self.forms(forms)),
            Offer::Enrol(kind) if let Some(form) = visit::entry_form(kind) => {
                return Some(self.forms(vec![form.to_owned()]));
            }
            Offer::Enrol(kind) => {
                let needed = kind.programme().entry_age;
                let age = self.desk.person.age(self.desk.today);
                if age.is_some_and(|age| age < needed) {
                    let hint = look
                        .say(words::UNDER_AGE)
                        .replace("{}", &needed.to_string());
                    self.ask(offer, Prompt::new(&text, vec![hint]));
                } else {
                    self.record(enrolment(kind, None), kind, hand);
                }
            }
            Offer::SetTarget(_) => {
                let hint = look.say(words::TARGET_HINT).to_owned();
                self.ask(offer, Prompt::new(&text, vec![hint]));
            }
            Offer::DropTarget(kind) => {
                let target = None;
                let programme = kind;
                self.record(Happening::TargetSet { programme, target }, kind, hand);
            }
            Offer::Leave(kind, why) => {
                let happening = Happening::Left {
                    programme: Some(kind),
                    why,
                };
                self.record(happening, kind, hand);
            }
        }
        None
    }

    fn forms(&self, forms: Vec<String>) -> Wanted {
        Wanted::Forms {
            person: self.desk.person.id,
            forms,
        }
    }

    fn ask(&mut self, offer: Offer, prompt: Prompt) {
        self.prompt = Some(prompt);
        self.asking = Some(offer);
    }

    fn told(&mut self, text: &str, hand: &mut Hand<'_>) {
        match self.asking.clone() {
            Some(Offer::Enrol(kind)) => {
                self.prompt = None;
                self.record(enrolment(kind, Some(text.to_owned())), kind, hand);
            }
            Some(Offer::SetTarget(kind)) => match target(kind, text) {
                Some(target) => {
                    self.prompt = None;
                    let happening = Happening::TargetSet {
                        programme: kind,
                        target: Some(target),
                    };
                    self.record(happening, kind, hand);
                }
                None => {
                    if let Some(prompt) = &mut self.prompt {
                        prompt.refuse(hand.look.say(words::TARGET_BAD).to_owned());
                    }
                }
            },
            Some(Offer::Resume(_) | Offer::Fill(_) | Offer::DropTarget(_) | Offer::Leave(..))
            | None => {}
        }
    }

    fn record(&mut self, happening: Happening, kind: ProgrammeKind, hand: &mut Hand<'_>) {
        let draft = ContactDraft {
            happening: Some(happening),
            ..ContactDraft::about(self.desk.person.id, self.desk.today)
        };
        let aspect = Aspect::Programme(self.desk.person.id, kind);
        let seen: Vec<Seen> = self.desk.seen.clone();
        let seen = seen.into_iter().filter(|seen| seen.aspect == aspect);
        let command = Command::RecordContact(Box::new(draft));
        self.sent = hand.change(command, seen.collect());
    }

    /// Draws the list, and the prompt over it.
    pub fn draw(&self, look: &Look, frame: &mut Frame<'_>, area: Rect, whole: Rect) {
        let room = usize::from(area.width.saturating_sub(4));
        let title = look.say(words::CHOOSE);
        cells::put(frame, area.x + 1, area.y, title, room, look.strong());
        let count = self.offers.len();
        let selected = self.scroll.selected(count);
        let seen = self.scroll.seen(count, rows(area));
        let offers = self.offers.iter().enumerate().skip(seen.start);
        for ((at, offered), y) in offers.take(seen.len()).zip(area.y + 2..area.bottom()) {
            let here = selected == Some(at);
            let style = if here { look.strong() } else { look.text() };
            if here {
                cells::put(frame, area.x + 1, y, look.signs().mark, 1, style);
                frame.set_cursor_position((area.x + 1, y));
            }
            let text = format!("{:>2} {}", at + 1, offered.text);
            let text = if offered.aside.is_empty() {
                text
            } else {
                format!("{text}  {}", offered.aside)
            };
            let text = cells::cut(&text, room, look.signs().cut);
            cells::put(frame, area.x + 3, y, &text, room, style);
        }
        if let Some(prompt) = &self.prompt {
            prompt.draw(look, frame, whole);
        }
    }
}

/// Returns how many offers are seen at once.
fn rows(area: Rect) -> usize {
    usize::from(area.height.saturating_sub(2))
}

fn enrolment(programme: ProgrammeKind, under_age_reason: Option<String>) -> Happening {
    Happening::Enrolled(Enrolled {
        under_age_reason,
        ..Enrolled::in_programme(programme)
    })
}

/// Reads `130/80` or `6.5` as the target of a programme.
fn target(kind: ProgrammeKind, text: &str) -> Option<TargetValue> {
    let text = typed::ascii_text(text);
    let text = text.trim();
    if kind == ProgrammeKind::Dm {
        return text.parse::<Decimal>().ok().map(TargetValue::Glucose);
    }
    let (sbp, dbp) = text.split_once('/')?;
    let pressure = Pressure::new(sbp.trim().parse().ok()?, dbp.trim().parse().ok()?);
    Some(TargetValue::Pressure(pressure))
}
