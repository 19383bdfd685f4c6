//! A copy being made or proven, beside everything else: how far it is, and how to end it.
//!
//! ```text
//! ┌─ 立即备份 ───────────────────┐
//! │ 正在备份 35%  还要约4秒      │
//! │ Esc 停止                     │
//! └──────────────────────────────┘
//! ```

use std::{sync::Arc, time::Duration};

use ratatui::{Frame, layout::Rect};

use super::{Outcome, Screen, Then, question, unexplained};
use crate::{
    desk::{
        Reply, Stop,
        copying::Drilled,
        request::{CopyRequest, CopyWork},
    },
    domain::{
        copies::CopyNews,
        failure::FailureKind,
        roster::{Gauge, ImportProgress, ImportStage},
    },
    lang::copies as news_words,
    tui::{
        action::Global,
        hand::Hand,
        port::Ticket,
        theme::Look,
        widgets::{
            cells, frame,
            hints::{self, Hint},
        },
        words::{self, copies as own_words},
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[hints::BACK];

/// How often the progress is looked at.
const LOOK: Duration = Duration::from_millis(250);
/// The box, in cells.
const WIDTH: u16 = 50;
/// The most faults of a copy that are listed.
const MOST: usize = 6;

/// The work under way.
#[derive(Debug)]
pub struct State {
    work: CopyWork,
    gauge: Arc<Gauge>,
    asked: Option<Ticket>,
    began: Duration,
    wake: Duration,
    seen: Option<ImportProgress>,
}

impl State {
    /// Returns the work, not begun yet.
    pub fn of(work: CopyWork) -> Self {
        Self {
            work,
            gauge: Arc::default(),
            asked: None,
            began: Duration::ZERO,
            wake: Duration::ZERO,
            seen: None,
        }
    }

    const fn action(&self) -> Global {
        match self.work {
            CopyWork::BackUp => Global::BackUp,
            CopyWork::Prove => Global::ProveCopy,
        }
    }

    /// Returns when the progress wants to be looked at.
    pub const fn deadline(&self) -> Duration {
        self.wake
    }
}

/// Begins the work.
pub fn begin(state: &mut State, hand: &mut Hand<'_>) {
    state.began = hand.now;
    state.wake = hand.now + LOOK;
    state.asked = Some(hand.copy(CopyRequest {
        work: state.work,
        gauge: Arc::clone(&state.gauge),
    }));
}

/// Looks at the progress.
pub fn wake(state: &mut State, hand: &Hand<'_>) {
    state.seen = Some(state.gauge.at());
    state.wake = hand.now + LOOK;
}

/// Ends the work; the box closes with its answer.
pub fn back(state: &State) -> Option<Outcome> {
    state.gauge.stop();
    None
}

/// Takes what became of it.
pub fn replied(
    state: &State,
    ticket: Ticket,
    reply: Result<Reply, Stop>,
    hand: &Hand<'_>,
) -> Option<Outcome> {
    if state.asked != Some(ticket) {
        return unexplained(reply);
    }
    let look = hand.look;
    match reply {
        Ok(Reply::BackedUp(made, None)) => Some(Outcome::Done(own_words::made(&made, look.lang))),
        Ok(Reply::BackedUp(_, Some(news))) => Some(also(look, &news)),
        Ok(Reply::Drilled(drilled)) if drilled.faults.is_empty() => {
            Some(Outcome::Done(own_words::proven(&drilled, look.lang)))
        }
        Ok(Reply::Drilled(drilled)) => Some(bad(look, &drilled)),
        Err(Stop::Failed(error)) if error.kind() == FailureKind::Interrupted => {
            Some(Outcome::Done(look.say(own_words::STOPPED).to_owned()))
        }
        // A failure was told by a box over this one.
        Err(Stop::Failed(_)) | Ok(_) => Some(Outcome::Leave),
        refused @ Err(Stop::Refused(_)) => unexplained(refused),
    }
}

/// The copy was made; something else is to be told.
fn also(look: &Look, news: &CopyNews) -> Outcome {
    let told = news_words::news(news, look.lang);
    let title = look.say(Global::BackUp.text());
    let state = question::State::tell(look, title, vec![told.clone()]);
    Outcome::Instead(Box::new(Screen::Question(state, Then::Nothing)), told)
}

/// The copy does not come back whole.
fn bad(look: &Look, drilled: &Drilled) -> Outcome {
    let title = look.say(own_words::BAD);
    let mut told = vec![format!("{title}: {}", drilled.path.display())];
    told.extend(drilled.faults.iter().take(MOST).cloned());
    told.push(look.say(own_words::BAD_NEXT).to_owned());
    let state = question::State::tell(look, title, told);
    let screen = Screen::Question(state, Then::Nothing);
    Outcome::Instead(Box::new(screen), title.to_owned())
}

/// Draws the box over `area`.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let title = look.say(state.action().text());
    let inner = frame::draw_box(look, frame, area, (WIDTH, 4), title);
    let room = usize::from(inner.width);
    let lines = [
        (doing(state, look), look.text()),
        (look.say(words::IMPORT_CANCEL).to_owned(), look.dim()),
    ];
    for ((text, style), y) in lines.iter().zip(inner.y..inner.bottom()) {
        let text = cells::cut(text, room, look.signs().cut);
        cells::put(frame, inner.x, y, &text, room, *style);
    }
    frame.set_cursor_position((inner.x, inner.y));
}

/// Says what is being done, how much of it is, and how long it may take.
fn doing(state: &State, look: &Look) -> String {
    let seen = state
        .seen
        .filter(|seen| 0 < seen.of || seen.stage == ImportStage::Waiting);
    let what = match (seen.map(|seen| seen.stage), state.work) {
        (Some(ImportStage::Waiting), _) => own_words::WAITING,
        (_, CopyWork::BackUp) => own_words::MAKING,
        (_, CopyWork::Prove) => own_words::READING,
    };
    let what = look.say(what);
    let Some(seen) = seen.filter(|seen| 0 < seen.of) else {
        return format!("{what}…");
    };
    let spent = state.wake.saturating_sub(state.began + LOOK).as_secs();
    let left = (spent * seen.of.saturating_sub(seen.done)).checked_div(seen.done);
    let left = left.map_or_else(String::new, |left| {
        look.say(words::IMPORT_LEFT)
            .replace("{}", &left.to_string())
    });
    let percent = (100 * seen.done / seen.of).min(100);
    format!("{what} {percent}%  {left}")
}
