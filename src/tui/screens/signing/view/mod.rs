//! Draws the form.
//!
//! ```text
//!  1 范围 ✓     签约方式 1整户  地点 1入户  年限 1年
//!  2 成员 ✓     家庭代表 张德福(户主)
//! ▸3 同意 2/3   医生 王建国 乡村医生            已签 612/1000人 214/300户
//!  4 服务包     ──────────────────────────────────────────────
//!  5 年限       姓名      年龄  同意方式        证据号    监护人
//!  6 签字       张德福    70    1本人纸质签字   P-0312
//!               1本人纸质签字 2指纹 …              what may be answered here
//! ─────────────────────────────────────────────────────────────
//!  还缺：张建军的同意、乙方签字
//! ```

use ratatui::{Frame, layout::Rect};

use super::{
    State,
    input::{Choice, Input},
    known::Form,
    spot::{Spot, Step},
    words,
};
use crate::{
    domain::{
        agreement::{cap::Fill, contract::Origin, term::Term},
        text::Lang,
    },
    tui::{
        theme::Look,
        widgets::{cells, frame as frames},
    },
};

mod content;
mod fees;
mod labels;

use content::Line;

/// Returns the cells of the step list.
const fn steps(look: &Look) -> u16 {
    match look.lang {
        Lang::Zh => 14,
        Lang::En => 16,
    }
}
/// From this height on the summary stands above each step.
const WITH_SUMMARY: u16 = 15;

/// Returns the parts of the title line.
pub fn title(state: &State, look: &Look) -> (Vec<String>, Vec<String>) {
    let mut left = vec![look.say(words::TITLE).to_owned()];
    let mut right = Vec::new();
    if let Some(form) = &state.form {
        let known = &form.known;
        let whose = format!("{} {}", known.place, known.whose(look));
        left.push(whose.trim().to_owned());
        let stands = match (&known.origin, known.agreement) {
            _ if known.is_printed => look.say(words::STATE_PRINTED).replace("{}", &known.number),
            (_, Some(_)) => look.say(words::STATE_DRAFT).to_owned(),
            (Origin::New | Origin::BroughtIn, None) => look.say(words::STATE_NEW).to_owned(),
            (Origin::Renewal { .. } | Origin::Automatic { .. }, None) => {
                look.say(words::STATE_RENEWAL).to_owned()
            }
            (Origin::Change { .. }, None) => look.say(words::STATE_CHANGE).to_owned(),
        };
        right.push(stands);
    }
    (left, right)
}

/// Draws the form.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let (Some(form), Some(cursor)) = (&state.form, &state.cursor) else {
        let text = look.say(words::LOADING);
        cells::put(frame, area.x + 1, area.y, text, 40, look.dim());
        return;
    };
    draw_steps(form, cursor.step, look, frame, area);
    let right = Rect {
        x: area.x + steps(look),
        width: area.width.saturating_sub(steps(look) + 1),
        height: area.height.saturating_sub(2),
        ..area
    };
    let top = if cursor.step != Step::Scope && WITH_SUMMARY <= area.height {
        draw_summary(form, look, frame, right)
    } else {
        0
    };
    let offered = offers(form, cursor.at.as_ref(), look, usize::from(right.width));
    let below = u16::try_from(offered.len()).unwrap_or(0).min(3);
    let list = Rect {
        y: right.y + top,
        height: right.height.saturating_sub(top + below),
        ..right
    };
    draw_content(state, form, look, frame, list);
    for (text, y) in offered.iter().zip(list.bottom()..right.bottom()) {
        cells::put(
            frame,
            right.x,
            y,
            text,
            usize::from(right.width),
            look.dim(),
        );
    }
    let rule = Rect {
        y: area.bottom().saturating_sub(2),
        height: 1,
        ..area
    };
    frames::draw_rule(look, frame, rule, "");
    draw_bottom(state, form, look, frame, rule.y + 1, area);
}

fn draw_bottom(state: &State, form: &Form, look: &Look, frame: &mut Frame<'_>, y: u16, area: Rect) {
    let room = usize::from(area.width.saturating_sub(2));
    let is_ready = form
        .preview
        .as_ref()
        .is_some_and(|one| one.missing.may_sign())
        && form.place().is_some();
    let (text, style) = match &state.notice {
        Some(notice) => (notice.clone(), look.warning()),
        None if is_ready => (form.missing_line(look, room), look.good()),
        None => (form.missing_line(look, room), look.text()),
    };
    let text = cells::cut(&text, room, look.signs().cut);
    cells::put(frame, area.x + 1, y, &text, room, style);
}

fn draw_steps(form: &Form, here: Step, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    for ((at, step), y) in Step::ALL.into_iter().enumerate().zip(area.y..area.bottom()) {
        let style = if step == here {
            cells::put(frame, area.x, y, look.signs().mark, 1, look.strong());
            look.strong()
        } else {
            look.text()
        };
        let text = format!("{} {}", at + 1, look.say(step.name()));
        let text = format!("{text} {}", progress(form, step, look));
        cells::put(
            frame,
            area.x + 1,
            y,
            &text,
            usize::from(steps(look) - 1),
            style,
        );
    }
}

/// Returns how far a step is: `2/3`, or a tick.
fn progress(form: &Form, step: Step, look: &Look) -> String {
    if step == Step::Consent {
        let covered = form.covered();
        let is_told = |person: &&_| {
            let (kind, page) = (Spot::Kind(**person), Spot::Evidence(**person));
            !form.text(&kind).is_empty() && !form.text(&page).is_empty()
        };
        let told = covered.iter().filter(is_told).count();
        if told < covered.len() {
            return format!("{told}/{}", covered.len());
        }
    }
    let lacks = form.lacks();
    let is_lacking = lacks
        .iter()
        .any(|one| form.spot_of(one).is_some_and(|spot| spot.step() == step));
    let is_open = form.spots(step).iter().any(|spot| form.is_open(spot));
    let is_done = form.preview.is_some() && !is_lacking && !is_open;
    if is_done {
        look.signs().tick.to_owned()
    } else {
        String::new()
    }
}

/// Draws what was chosen before; returns the rows taken.
fn draw_summary(form: &Form, look: &Look, frame: &mut Frame<'_>, area: Rect) -> u16 {
    let label = |label, spot: &Spot| {
        let shown = form.shown(spot, look);
        let shown = if shown.is_empty() {
            look.say(words::NOT_TOLD).to_owned()
        } else {
            shown
        };
        format!("{} {shown}", look.say(label))
    };
    let first = [
        label(words::SCOPE, &Spot::Scope),
        label(words::PLACE, &Spot::Place),
        label(words::TERM, &Spot::Years),
    ];
    let bare = |spot: &Spot| {
        let shown = form.shown(spot, look);
        shown
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .trim_start()
            .to_owned()
    };
    let represented = format!(
        "{} {}",
        look.say(form.label(&Spot::Representative)),
        bare(&Spot::Representative)
    );
    let mut third = vec![format!(
        "{} {}",
        look.say(words::DOCTOR),
        bare(&Spot::Doctor)
    )];
    third.extend(form.team().map(|team| team.name.clone()));
    third.extend(panel(form, look));
    let lines = [first.join("  "), represented, third.join("  ")];
    let room = usize::from(area.width);
    for (text, y) in lines.iter().zip(area.y..) {
        let text = cells::cut(text, room, look.signs().cut);
        cells::put(frame, area.x, y, &text, room, look.text());
    }
    let rule = Rect {
        y: area.y + 3,
        height: 1,
        ..area
    };
    frames::draw_rule(look, frame, rule, "");
    4
}

/// Returns how full the doctor's panel is.
pub fn panel(form: &Form, look: &Look) -> Option<String> {
    let told = form.doctor()?;
    let text = match told.cap.households {
        Some(homes) => look
            .say(words::PANEL_OF)
            .replace("{homes}", &homes.to_string()),
        None => look.say(words::PANEL).to_owned(),
    };
    let text = text
        .replace("{persons}", &told.persons.to_string())
        .replace("{most}", &told.cap.persons.to_string())
        .replace("{households}", &told.households.to_string());
    Some(match told.fill {
        Fill::Fits | Fill::Few => text,
        Fill::Near => format!("{text} {}", look.say(words::FILL_NEAR)),
        Fill::Over => format!("{text} {}", look.say(words::FILL_OVER)),
    })
}

/// Returns what may be answered at the cursor, in lines.
fn offers(form: &Form, at: Option<&Spot>, look: &Look, room: usize) -> Vec<String> {
    let Some(spot) = at else {
        return Vec::new();
    };
    let list = |choices: &[Choice]| {
        let told = |one: &Choice| {
            if *spot == Spot::Years {
                one.label.clone()
            } else {
                one.told(look)
            }
        };
        let entries: Vec<String> = choices.iter().map(told).collect();
        cells::wrap_list(&entries, room)
    };
    if *spot == Spot::Doctor && form.known.doctors.is_empty() {
        return cells::wrap(look.say(words::NO_DOCTOR), room);
    }
    match form.input(spot, look) {
        Input::One(choices) | Input::Pick(choices) => list(&choices),
        Input::Many(choices) => {
            let mut lines = list(&choices);
            lines.push(look.say(words::TICK_HINT).to_owned());
            lines
        }
        Input::Line | Input::Plain | Input::Day | Input::Yuan => {
            if let Spot::Evidence(person) = spot {
                let kind = form.consent_kind(*person);
                let kind = kind.map(|kind| look.say(kind.evidence()).to_owned());
                return kind.into_iter().collect();
            }
            if *spot == Spot::Start {
                return cells::wrap(look.say(words::START_HINT), room);
            }
            Vec::new()
        }
    }
}

fn draw_content(state: &State, form: &Form, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let Some(cursor) = &state.cursor else { return };
    let lines = content::lines(form, cursor.step, look, area.width);
    let at = cursor.at.as_ref();
    let here = lines.iter().position(|line| {
        line.cells
            .iter()
            .any(|cell| cell.spot.as_ref() == at && at.is_some())
    });
    let page = usize::from(area.height.max(1));
    let top = here.map_or(0, |here| (here + 1).saturating_sub(page));
    for (line, y) in lines.iter().skip(top).zip(area.y..area.bottom()) {
        draw_line(state, line, look, frame, (area.x, y));
    }
    if cursor.step == Step::Term
        && let Some(days) = term(form)
    {
        let span = days.span();
        let text = look
            .say(words::DAYS)
            .replace("{from}", &span.from.to_string())
            .replace("{to}", &span.to.to_string());
        let y = area.y + u16::try_from(lines.len()).unwrap_or(0) + 1;
        if y < area.bottom() {
            cells::put(
                frame,
                area.x,
                y,
                &text,
                usize::from(area.width),
                look.text(),
            );
        }
    }
}

fn term(form: &Form) -> Option<Term> {
    let years = form.text(&Spot::Years).parse().ok()?;
    let start = form.day(&Spot::Start);
    let start = start.or_else(|| form.day(&Spot::SignedOn));
    let start = start.unwrap_or(form.known.today);
    Some(Term { start, years })
}

fn draw_line(
    state: &State,
    line: &Line,
    look: &Look,
    frame: &mut Frame<'_>,
    (left, y): (u16, u16),
) {
    let Some(cursor) = &state.cursor else { return };
    for cell in &line.cells {
        let x = left + cell.x;
        let room = usize::from(cell.width);
        let is_here = cell.spot.is_some() && cell.spot == cursor.at;
        if is_here && cell.is_typed {
            let place = Rect {
                x,
                y,
                width: cell.width,
                height: 1,
            };
            cursor.field.draw(frame, place, look.field_here(), true);
            continue;
        }
        let style = if is_here {
            frame.set_cursor_position((x, y));
            look.field_here()
        } else {
            cell.style
        };
        let text = cells::cut(&cell.text, room, look.signs().cut);
        cells::put(frame, x, y, &text, room, style);
    }
}
