//! Which form is on the paper; sheets put down earlier stand first.

use std::sync::Arc;

use ratatui::{Frame, layout::Rect};

use super::words;
use crate::{
    desk::{
        drafts::{is_of, kind::GRID},
        reply::WaitingDraft,
    },
    domain::form::FormDef,
    tui::{
        action::{Action, List},
        keys::Key,
        port::Ticket,
        screens::list_move,
        theme::Look,
        widgets::{cells, scroll::Scroll},
    },
};

/// What was chosen.
#[derive(Debug)]
pub enum Chosen {
    /// The draft of this id.
    Draft(String),
    Form(Arc<FormDef>),
}

/// The list.
#[derive(Debug)]
pub struct Choosing {
    drafts: Vec<WaitingDraft>,
    forms: Vec<Arc<FormDef>>,
    scroll: Scroll,
    pub asked: Option<Ticket>,
}

impl Choosing {
    /// Returns the list of this staff member's sheets and of all forms, once they are told.
    pub fn of(drafts: Vec<WaitingDraft>, asked: Ticket) -> Self {
        let own = |draft: &WaitingDraft| draft.is_own && is_of(&draft.kind, GRID);
        Self {
            drafts: drafts.into_iter().filter(own).collect(),
            forms: Vec::new(),
            scroll: Scroll::default(),
            asked: Some(asked),
        }
    }

    /// Takes the forms there are.
    pub fn take(&mut self, forms: Vec<Arc<FormDef>>) {
        self.asked = None;
        self.forms = forms;
    }

    /// Takes a key; returns what was chosen.
    pub fn press(&mut self, action: Option<Action>, key: Key) -> Option<Chosen> {
        let count = self.drafts.len() + self.forms.len();
        match action {
            Some(Action::List(List::Accept)) => {
                let at = self.scroll.selected(count)?;
                return self.chosen(at);
            }
            Some(Action::List(list)) => {
                self.scroll.go(list_move(list)?, count, count);
            }
            _ => {
                let digit = key.with_twin().typed()?.to_digit(10)?;
                let at = usize::try_from(digit).ok()?.checked_sub(1)?;
                return self.chosen(at);
            }
        }
        None
    }

    fn chosen(&self, at: usize) -> Option<Chosen> {
        if let Some(draft) = self.drafts.get(at) {
            return Some(Chosen::Draft(draft.id.clone()));
        }
        let form = self.forms.get(at.checked_sub(self.drafts.len())?)?;
        Some(Chosen::Form(Arc::clone(form)))
    }

    /// Draws the list.
    pub fn draw(&self, look: &Look, frame: &mut Frame<'_>, area: Rect) {
        let room = usize::from(area.width.saturating_sub(4));
        let title = look.say(words::FORM);
        cells::put(frame, area.x + 1, area.y + 1, title, room, look.strong());
        let drafts = self.drafts.iter().map(|draft| {
            look.say(words::RESUME)
                .replace("{form}", &draft.forms.join(" "))
                .replace("{day}", &draft.begun.to_string())
        });
        let forms = self.forms.iter().map(|form| {
            let id = cells::left(&form.id, 10, "");
            format!("{id} {}", form.title.get(look.lang))
        });
        let selected = self.scroll.selected(self.drafts.len() + self.forms.len());
        let lines = drafts.chain(forms).enumerate();
        for ((at, text), y) in lines.zip(area.y + 3..area.bottom()) {
            let here = selected == Some(at);
            let style = if here { look.strong() } else { look.text() };
            if here {
                cells::put(frame, area.x + 1, y, look.signs().mark, 1, style);
                frame.set_cursor_position((area.x + 1, y));
            }
            let number = cells::right(&(at + 1).to_string(), 2, "");
            cells::put(
                frame,
                area.x + 3,
                y,
                &format!("{number} {text}"),
                room,
                style,
            );
        }
    }
}
