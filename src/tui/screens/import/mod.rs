//! Bringing a roster in: choose the file, see what it would do, take it.
//!
//! ```text
//!  文件 [/home/../花名册.xlsx]       概况 新增380 更新3 待核对12 未导入1 跳过4 纳管61
//!  ▸ 花名册.xlsx                     ─────────────────────────────────────────────────
//!    ..                              ▸   17 联系电话  号码少一位，请核对
//! ```

mod keys;
mod preview;
mod view;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use super::{Outcome, unexplained};
use crate::{
    desk::{Command, Question, Reply, Stop, request::Accepted},
    domain::roster::{Gauge, ImportProgress, Preview, Roster, RosterFailure, SheetKind},
    lang::refusals::roster as file_words,
    tui::{
        action::{Action, Import},
        app::Status,
        files::{Errand, Filed, Found},
        hand::Hand,
        keys::{Code, Key},
        port::Ticket,
        widgets::{field::Field, scroll::Scroll},
        words,
    },
};
pub use keys::{context, hints};
use keys::{meant, movement};
use preview::Shown;
pub use view::view;

/// How often the progress is looked at.
const LOOK: Duration = Duration::from_millis(250);

/// The screen.
#[derive(Debug, Default)]
pub struct State {
    field: Field,
    folder: PathBuf,
    entries: Vec<Found>,
    scroll: Scroll,
    problem: Option<String>,
    step: Step,
    is_sheet_chosen: bool,
    asked: Option<Ticket>,
    work: Option<Work>,
}

/// Where the user is.
#[derive(Debug, Default)]
enum Step {
    #[default]
    Choosing,
    /// Several sheets could be meant.
    Sheets(Vec<String>),
    Preview(Box<Shown>),
}

/// Something long that is under way.
#[derive(Debug)]
struct Work {
    gauge: Arc<Gauge>,
    began: Duration,
    wake: Duration,
    seen: ImportProgress,
    left: Option<u64>,
    is_writing: bool,
}

/// Asks for the folder's rosters.
pub fn begin(state: &mut State, hand: &mut Hand<'_>) {
    state.asked = Some(hand.file(Errand::List(PathBuf::new())));
}

/// Takes what the files answer.
pub fn filed(
    state: &mut State,
    ticket: Ticket,
    filed: Filed,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    if state.asked != Some(ticket) {
        return None;
    }
    state.asked = None;
    match filed {
        Filed::Listed { folder, entries } => {
            state.work = None;
            state.field.clear();
            state.folder = folder;
            state.entries = entries;
            state.scroll.reset();
        }
        Filed::Read(Ok(roster)) if !state.is_sheet_chosen && 1 < sheets_of(&roster).len() => {
            state.work = None;
            let sheets = sheets_of(&roster);
            let guess = roster.people.as_ref().map(|people| &people.sheet);
            let at = sheets.iter().position(|sheet| Some(sheet) == guess);
            state.scroll.select(at.unwrap_or(0));
            state.step = Step::Sheets(sheets);
        }
        Filed::Read(Ok(roster)) => {
            let gauge = Arc::new(Gauge::default());
            state.begin_work(&gauge, hand, false);
            let question = Question::ImportPreview {
                roster: Arc::clone(&roster),
                gauge: Some(gauge),
            };
            state.asked = Some(hand.ask(question));
            state.step = Step::Preview(Box::new(Shown::of(roster)));
        }
        Filed::Read(Err(failure)) => {
            state.work = None;
            state.problem = (failure != RosterFailure::Stopped)
                .then(|| file_words::failure(&failure, hand.look.lang));
        }
    }
    None
}

/// Takes the preview, or what the import did.
pub fn replied(
    state: &mut State,
    ticket: Ticket,
    reply: Result<Reply, Stop>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    if state.asked != Some(ticket) {
        return unexplained(reply);
    }
    state.asked = None;
    state.work = None;
    match reply {
        Ok(Reply::ImportPreview(preview)) => {
            state.show(*preview, hand);
            None
        }
        Ok(Reply::Done(done)) => Some(Outcome::Done(preview::done(&done, hand.look))),
        Err(Stop::Failed(_)) => {
            if let Step::Preview(shown) = &state.step
                && !shown.is_ready()
            {
                state.step = Step::Choosing;
            }
            let text = hand.look.say(words::IMPORT_STOPPED).to_owned();
            Some(Outcome::Say(Status::refused(text)))
        }
        other => unexplained(other),
    }
}

/// The data changed: the comparison is made again, where one stands.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    if let Step::Preview(shown) = &state.step
        && state.work.is_none()
    {
        let roster = Arc::clone(&shown.roster);
        let question = Question::ImportPreview {
            roster,
            gauge: None,
        };
        state.asked = Some(hand.ask(question));
    }
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Action>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    if state.work.is_some() {
        return None;
    }
    let action = meant(action);
    let page = usize::from(hand.work.height.saturating_sub(4));
    if let Some(to) = action.and_then(movement) {
        match &mut state.step {
            Step::Choosing => state.scroll.go(to, state.entries.len() + 1, page),
            Step::Sheets(sheets) => state.scroll.go(to, sheets.len(), page),
            Step::Preview(shown) => shown.go(to, page),
        }
        return None;
    }
    match &mut state.step {
        Step::Choosing => {
            choose(state, action, key, hand);
            None
        }
        Step::Sheets(_) => {
            if action == Some(Import::Accept) || key.code == Code::Enter {
                read_sheet(state, hand);
            }
            None
        }
        Step::Preview(shown) => match action {
            Some(Import::Accept) => accept(state, hand),
            Some(action) => {
                shown.act(action);
                None
            }
            None => None,
        },
    }
}

/// Goes one step back: ends what is under way, leaves the preview, then the screen.
pub fn back(state: &mut State) -> Option<Outcome> {
    if let Some(work) = &state.work {
        work.gauge.stop();
        return None;
    }
    match state.step {
        Step::Choosing => Some(Outcome::Leave),
        Step::Sheets(_) | Step::Preview(_) => {
            state.step = Step::Choosing;
            state.scroll.reset();
            None
        }
    }
}

/// Takes pasted text: a file's name.
pub fn paste(state: &mut State, text: &str) {
    if let Step::Choosing = state.step {
        state.field.insert(text.trim());
    }
}

/// Returns whether the Back key ends what is under way.
pub fn is_stoppable(state: &State) -> bool {
    state.work.is_some()
}

/// Returns when the progress wants to be looked at.
pub fn deadline(state: &State) -> Option<Duration> {
    state.work.as_ref().map(|work| work.wake)
}

/// Looks at the progress.
pub fn wake(state: &mut State, hand: &mut Hand<'_>) {
    if let Some(work) = &mut state.work {
        work.seen = work.gauge.at();
        work.wake = hand.now + LOOK;
        let spent = hand.now.saturating_sub(work.began).as_secs();
        let (done, of) = (work.seen.done, work.seen.of);
        work.left = (spent * of.saturating_sub(done))
            .checked_div(done)
            .filter(|_| 0 < of);
    }
}

impl State {
    fn begin_work(&mut self, gauge: &Arc<Gauge>, hand: &Hand<'_>, is_writing: bool) {
        self.work = Some(Work {
            gauge: Arc::clone(gauge),
            began: hand.now,
            wake: hand.now + LOOK,
            seen: gauge.at(),
            left: None,
            is_writing,
        });
    }

    fn show(&mut self, preview: Preview, hand: &Hand<'_>) {
        if let Step::Preview(shown) = &mut self.step {
            shown.take(preview, hand.look.lang);
        }
    }
}

/// Typing names a file; Enter takes what is typed, else what is selected.
fn choose(state: &mut State, action: Option<Import>, key: Key, hand: &mut Hand<'_>) {
    state.problem = None;
    if action != Some(Import::Accept) && key.code != Code::Enter {
        state.field.key(key);
        return;
    }
    let typed = state.field.text().trim().to_owned();
    let path = if typed.is_empty() {
        let at = state.scroll.selected(state.entries.len() + 1).unwrap_or(0);
        match state.entries.get(at) {
            Some(entry) => state.folder.join(&entry.name),
            None => state.folder.parent().unwrap_or(&state.folder).to_owned(),
        }
    } else {
        state.folder.join(&typed)
    };
    read(state, &path, None, hand);
}

fn read(state: &mut State, path: &Path, sheet: Option<String>, hand: &mut Hand<'_>) {
    let gauge = Arc::new(Gauge::default());
    state.is_sheet_chosen = sheet.is_some();
    state.begin_work(&gauge, hand, false);
    state.field = Field::of(&path.to_string_lossy());
    state.asked = Some(hand.file(Errand::Open {
        path: path.to_owned(),
        sheet,
        today: hand.today(),
        gauge,
    }));
}

fn read_sheet(state: &mut State, hand: &mut Hand<'_>) {
    let Step::Sheets(sheets) = &state.step else {
        return;
    };
    let at = state.scroll.selected(sheets.len());
    let sheet = at.and_then(|at| sheets.get(at)).cloned();
    let path = PathBuf::from(state.field.text());
    state.step = Step::Choosing;
    read(state, &path, sheet, hand);
}

fn accept(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    let Step::Preview(shown) = &state.step else {
        return None;
    };
    if !shown.is_ready() {
        return None;
    }
    let gauge = Arc::new(Gauge::default());
    let command = Command::Import {
        roster: Arc::clone(&shown.roster),
        enrol: Accepted::These(shown.accepted()),
        gauge: Some(Arc::clone(&gauge)),
    };
    state.begin_work(&gauge, hand, true);
    state.asked = hand.change(command, Vec::new());
    None
}

/// Returns the sheets that hold people, where there are several.
fn sheets_of(roster: &Roster) -> Vec<String> {
    let people = roster
        .file
        .sheets
        .iter()
        .filter(|sheet| sheet.kind == SheetKind::People);
    people.map(|sheet| sheet.name.clone()).collect()
}
