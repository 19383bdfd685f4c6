//! Paper sheets entered in rows: one form, many people, a row each, saved row by row.
//!
//! The form decides what a sheet asks (`[grid]` in its file); a row is the form itself, walked
//! through by the sheet's columns, so that every rule of the form holds here.
//!
//! ```text
//!  F01 高血压 2026-11-20 家庭 其余均问过无异常               已存3 有误1 未存1
//!    姓名     组-门  方式 日期       症状  血压    心率 体重    结果
//!  ✓ 李国强   3-015  2    2026-11-20 1     138/ 86 74   66.5    控制满意 02-18
//!  ▸ 王桂兰   3-015  2    2026-11-20 1     152/ 94 78   61.5    未存
//!  ──────────────────────────────────────────────────────────────────────────
//!  体重 [ 61.5] kg  上次 61.0                                the cell, as in the form
//!  控制不满意 → 2周内随访 12-04                               the outcome, live
//! ```

mod answering;
mod below;
mod choosing;
mod drafting;
mod keeping;
mod row;
mod sheet;
mod view;
mod words;

pub use view::{title_line, view};

use self::{choosing::Choosing, sheet::Sheet};
use super::{Outcome, Settle, unexplained};
use crate::{
    desk::{
        Question, Reply, Stop,
        reply::{Done, TakenUp},
        request::DraftRequest,
    },
    domain::{form::FormContext, id::StaffId, visit},
    tui::{
        action::{Action, Context, Grid},
        drafting::Drafting,
        hand::Hand,
        keys::Key,
        port::Ticket,
        widgets::hints::{self, Hint},
    },
};

/// What the hint line offers in the rows.
const ROW_HINTS: &[Hint] = &[
    Hint::short(&[Action::Grid(Grid::Save)], "保存本行", "Save row"),
    Hint::of(&[Action::Grid(Grid::Next)]),
    Hint::short(&[Action::Grid(Grid::AllNormal)], "无异常", "Normal"),
    Hint::short(&[Action::Grid(Grid::Whole)], "整张表", "Whole"),
    Hint::short(&[Action::Grid(Grid::Head)], "表头", "Head"),
    hints::BACK,
    Hint::short(&[Action::Grid(Grid::Remove)], "删去本行", "Remove"),
    hints::HELP,
];

/// … in the head.
const HEAD_HINTS: &[Hint] = &[
    Hint::all(&[Action::Grid(Grid::Save)], words::BEGIN),
    Hint::of(&[Action::Grid(Grid::Next)]),
    Hint::of(&[Action::Grid(Grid::Previous)]),
    hints::BACK,
    hints::HELP,
];

/// The screen.
#[derive(Debug, Default)]
pub struct State {
    /// The draft to go on with.
    wanted: Option<String>,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// The forms were asked for; a draft taken up waits for them.
    Opening(Option<Ticket>, Option<Box<TakenUp>>),
    Choosing(Box<Choosing>),
    Sheet(Box<Sheet>),
}

impl Default for Stage {
    fn default() -> Self {
        Self::Opening(None, None)
    }
}

impl State {
    /// Returns the screen going on with a draft.
    pub fn resumed(draft: &str) -> Self {
        Self {
            wanted: Some(draft.to_owned()),
            ..Self::default()
        }
    }

    fn sheet(&self) -> Option<&Sheet> {
        match &self.stage {
            Stage::Sheet(sheet) => Some(sheet),
            Stage::Opening(..) | Stage::Choosing(_) => None,
        }
    }

    fn has_prompt(&self) -> bool {
        let row = self.sheet().and_then(Sheet::here);
        let filling = row.and_then(|row| row.filling.as_ref());
        filling.is_some_and(|filling| filling.prompt.is_some())
    }

    /// Returns where its keys are looked up.
    pub fn context(&self) -> Context {
        match &self.stage {
            Stage::Choosing(_) => Context::List,
            Stage::Sheet(_) if self.has_prompt() => Context::Palette,
            Stage::Opening(..) | Stage::Sheet(_) => Context::Grid,
        }
    }

    /// Returns what the hint line offers.
    pub fn hints(&self) -> &'static [Hint] {
        match self.context() {
            Context::List => hints::LIST,
            Context::Palette => hints::LINE,
            _ if self.sheet().is_some_and(|sheet| sheet.is_heading) => HEAD_HINTS,
            _ => ROW_HINTS,
        }
    }

    /// Returns whether a key waits: for whom the text means, for the form of the person taken,
    /// for the outcome before a row is saved.
    pub fn holds(&self, action: Option<Action>) -> bool {
        let Some(sheet) = self.sheet() else {
            return matches!(self.stage, Stage::Opening(..));
        };
        let Some(row) = sheet.here().filter(|_| !sheet.is_heading) else {
            return false;
        };
        let takes = action == Some(Action::Grid(Grid::Next));
        let is_sending = row.filling.as_ref().is_some_and(|form| form.is_sending());
        is_sending
            || takes && row.naming.asked.is_some()
            || row.who.is_some() && row.filling.is_none() && row.asked.is_some()
    }
}

/// Asks for what the screen needs: the draft, then the forms.
pub fn begin(state: &mut State, hand: &mut Hand<'_>) {
    let by = hand.user().unwrap_or(StaffId(0));
    let ticket = match &state.wanted {
        Some(id) => hand.draft(DraftRequest::TakeUp { id: id.clone(), by }),
        None => hand.ask(Question::Drafts { by }),
    };
    state.stage = Stage::Opening(Some(ticket), None);
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Action>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    match &mut state.stage {
        Stage::Opening(..) => None,
        Stage::Choosing(choosing) => {
            match choosing.press(action, key)? {
                choosing::Chosen::Draft(id) => {
                    state.wanted = Some(id);
                    begin(state, hand);
                }
                choosing::Chosen::Form(form) => {
                    let today = hand.today();
                    let mut context = FormContext::on(today, today);
                    context.given = hand.mode.map(visit::given_mode).unwrap_or_default();
                    let sheet = Sheet::new(form, context, Drafting::default());
                    state.stage = Stage::Sheet(Box::new(sheet));
                }
            }
            None
        }
        Stage::Sheet(sheet) => sheet.press(action, key, hand),
    }
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str, hand: &mut Hand<'_>) {
    if let Stage::Sheet(sheet) = &mut state.stage {
        sheet.paste(text, hand);
    }
}

/// Opens the one-line entry of the row; returns whether it has a form for it.
pub fn open_line(state: &mut State, hand: &Hand<'_>) -> bool {
    let Stage::Sheet(sheet) = &mut state.stage else {
        return false;
    };
    let at = sheet.at();
    let is_heading = sheet.is_heading;
    let row = sheet.rows.get_mut(at);
    let row = row.filter(|row| !is_heading && !row.is_locked());
    match row.and_then(|row| row.filling.as_mut()) {
        Some(filling) => {
            filling.open_line(hand);
            true
        }
        None => false,
    }
}

/// Steps back: out of a prompt, the whole form, a name being typed; else out of the sheet,
/// which is kept while rows are unsaved.
pub fn back(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    match &mut state.stage {
        Stage::Sheet(sheet) => sheet.back(hand),
        Stage::Opening(..) | Stage::Choosing(_) => Some(Outcome::Leave),
    }
}

/// Asks again what may have changed.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    if let Stage::Sheet(sheet) = &mut state.stage {
        sheet.refresh(hand);
    }
}

/// A change was made in this window; one taken back may be a row's.
pub fn wrote(state: &mut State, done: &Done) {
    if let Stage::Sheet(sheet) = &mut state.stage {
        sheet.knows = done.undone.is_none();
    }
}

/// Settles a conflict with another window.
pub fn settle(state: &mut State, how: Settle, hand: &mut Hand<'_>) {
    if let Stage::Sheet(sheet) = &mut state.stage {
        sheet.settle(how, hand);
    }
}

/// Takes an answer of the desk.
pub fn replied(
    state: &mut State,
    ticket: Ticket,
    answer: Result<Reply, Stop>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    match &mut state.stage {
        Stage::Opening(asked, _) if *asked == Some(ticket) => opened(state, answer, hand),
        Stage::Sheet(sheet) => sheet.replied(ticket, answer, hand),
        Stage::Choosing(choosing) if choosing.asked == Some(ticket) => match answer {
            Ok(Reply::Forms(forms)) => {
                choosing.take(forms);
                None
            }
            other => unexplained(other),
        },
        Stage::Opening(..) | Stage::Choosing(_) => None,
    }
}

fn opened(state: &mut State, answer: Result<Reply, Stop>, hand: &mut Hand<'_>) -> Option<Outcome> {
    let Stage::Opening(asked, waiting) = &mut state.stage else {
        return None;
    };
    match answer {
        Ok(Reply::Drafts(drafts)) => {
            let choosing = Choosing::of(drafts, hand.ask(Question::SheetForms));
            state.stage = Stage::Choosing(Box::new(choosing));
            None
        }
        Ok(Reply::TakenUp(Some(taken))) => {
            *asked = Some(hand.ask(Question::SheetForms));
            *waiting = Some(taken);
            None
        }
        Ok(Reply::Forms(forms)) => {
            let taken = waiting.take()?;
            let form = taken.draft.forms.first();
            let form = forms.into_iter().find(|other| Some(&other.id) == form);
            let restored = form.and_then(|form| Sheet::restored(form, &taken, hand));
            match restored {
                Some(sheet) => state.stage = Stage::Sheet(Box::new(sheet)),
                None => {
                    let id = taken.draft.id.clone();
                    hand.draft(DraftRequest::PutDown { id });
                    return Some(gone(hand));
                }
            }
            None
        }
        Ok(Reply::TakenUp(None)) => Some(gone(hand)),
        other => unexplained(other),
    }
}

fn gone(hand: &Hand<'_>) -> Outcome {
    Outcome::Done(hand.look.say(words::GONE).to_owned())
}
