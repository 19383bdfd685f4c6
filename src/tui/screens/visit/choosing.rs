//! What can be recorded for a person beside what is open: a visit of any of
//! their programmes, a pressure, entering and leaving programmes, own targets.

use ratatui::{Frame, layout::Rect};

use super::{Wanted, words};
use crate::{
    desk::{
        Command,
        drafts::{is_of, kind::VISIT},
        reply::VisitDeskView,
        request::ContactDraft,
    },
    domain::{
        aspect::{Aspect, Seen},
        course::{
            ProgrammeCourse, TargetValue,
            happening::{EndReason, Enrolled, Happening},
        },
        form::typed,
        programmes::{PROGRAMMES, Programme, ProgrammeKind},
        settings::Pressure,
        text::Lang,
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

/// Something that can be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offer {
    /// The draft of this place among the person's.
    Resume(usize),
    Fill(ProgrammeKind),
    Enrol(ProgrammeKind),
    SetTarget(ProgrammeKind),
    DropTarget(ProgrammeKind),
    Leave(ProgrammeKind),
}

/// The list and what was chosen of it.
#[derive(Debug)]
pub struct Choosing {
    pub desk: VisitDeskView,
    offers: Vec<(Offer, String)>,
    scroll: Scroll,
    /// What a chosen offer still asks.
    pub prompt: Option<Prompt>,
    asking: Option<Offer>,
    pub sent: Option<Ticket>,
}

impl Choosing {
    /// Lists what can be recorded for this person today.
    pub fn new(desk: VisitDeskView, hand: &Hand<'_>) -> Self {
        let mut offers = drafts(&desk, hand);
        offers.extend(self::offers(&desk, hand.look.lang));
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
            Some(Action::List(List::Last)) => Move::Last,
            _ => {
                let digit = key.with_twin().typed()?.to_digit(10)?;
                let at = usize::try_from(digit).ok()?.checked_sub(1)?;
                return self.choose(at, hand);
            }
        };
        self.scroll.go(to, count, count);
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
        let (offer, text) = self.offers.get(at)?.clone();
        let look = hand.look;
        match offer {
            Offer::Resume(at) => {
                let draft = self.desk.drafts.get(at)?;
                return Some(Wanted::Draft(draft.id.clone()));
            }
            Offer::Fill(kind) => {
                let forms = visit::form_of(kind).map(str::to_owned);
                let person = self.desk.person.id;
                return Some(Wanted::Forms {
                    person,
                    forms: forms.into_iter().collect(),
                });
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
            Offer::Leave(kind) => {
                let happening = Happening::Left {
                    programme: Some(kind),
                    why: EndReason::DiagnosisRemoved,
                };
                self.record(happening, kind, hand);
            }
        }
        None
    }

    fn ask(&mut self, offer: Offer, prompt: Prompt) {
        self.prompt = Some(prompt);
        self.asking = Some(offer);
    }

    fn told(&mut self, text: &str, hand: &mut Hand<'_>) {
        match self.asking {
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
            Some(Offer::Resume(_) | Offer::Fill(_) | Offer::DropTarget(_) | Offer::Leave(_))
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
        let selected = self.scroll.selected(self.offers.len());
        for ((at, (_, text)), y) in self
            .offers
            .iter()
            .enumerate()
            .zip(area.y + 2..area.bottom())
        {
            let here = selected == Some(at);
            let style = if here { look.strong() } else { look.text() };
            if here {
                cells::put(frame, area.x + 1, y, look.signs().mark, 1, style);
                frame.set_cursor_position((area.x + 1, y));
            }
            let text = format!("{} {text}", at + 1);
            cells::put(frame, area.x + 3, y, &text, room, style);
        }
        if let Some(prompt) = &self.prompt {
            prompt.draw(look, frame, whole);
        }
    }
}

/// Returns this staff member's own unfinished forms of the person.
fn drafts(desk: &VisitDeskView, hand: &Hand<'_>) -> Vec<(Offer, String)> {
    let drafts = desk.drafts.iter().enumerate();
    let own = drafts.filter(|(_, draft)| Some(draft.owner) == hand.user());
    let own = own.filter(|(_, draft)| is_of(&draft.kind, VISIT));
    own.map(|(at, draft)| {
        let text = hand
            .look
            .say(words::RESUME)
            .replace("{forms}", &draft.forms.join(" "))
            .replace("{day}", &draft.begun.to_string());
        (Offer::Resume(at), text)
    })
    .collect()
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

fn offers(desk: &VisitDeskView, lang: Lang) -> Vec<(Offer, String)> {
    let course = |kind: ProgrammeKind| desk.course.programmes.get(&kind);
    let is_open = |kind| course(kind).is_some_and(ProgrammeCourse::is_open);
    let followed = || PROGRAMMES.iter().filter(|p| p.follow_up.is_some());
    let named = |words: crate::domain::text::Text, programme: &Programme| {
        format!("{} {}", words.get(lang), programme.short.get(lang))
    };
    let mut offers = Vec::new();
    for programme in followed().filter(|p| is_open(p.kind)) {
        offers.push((Offer::Fill(programme.kind), named(words::FILL, programme)));
    }
    let pressure = words::TAKE_PRESSURE.get(lang).to_owned();
    if !is_open(ProgrammeKind::Htn) {
        offers.push((Offer::Fill(ProgrammeKind::Screen35), pressure));
    }
    for programme in followed().filter(|p| !is_open(p.kind)) {
        offers.push((Offer::Enrol(programme.kind), named(words::ENROL, programme)));
    }
    for programme in followed().filter(|p| is_open(p.kind)) {
        let kind = programme.kind;
        let text = named(words::SET_TARGET, programme);
        offers.push((Offer::SetTarget(kind), text));
        if course(kind).is_some_and(|course| course.target.is_some()) {
            let text = named(words::DROP_TARGET, programme);
            offers.push((Offer::DropTarget(kind), text));
        }
        offers.push((Offer::Leave(kind), named(words::LEAVE, programme)));
    }
    offers
}
