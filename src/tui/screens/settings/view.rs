//! Draws the settings: sections, the keys of one, and below what is known of the chosen key.
//!
//! ```text
//!  ▸ 高血压        项目                    现值       默认
//!    糖尿病        血压控制目标            140/90     140/90
//!    精神障碍    ▸ 血压未达标后随访天数    21天       14天
//!  ─── 血压未达标后随访天数 htn.unsat_days ──────────────────
//!  范围 14～28   默认 14天
//!  2026-11-20 王建国：14天 改为 21天
//! ```

use ratatui::{Frame, layout::Rect};

use super::{State, words};
use crate::{
    desk::reply::{SettingTold, SettingView},
    domain::settings::{Section, Shape},
    lang::settings as values,
    tui::{
        theme::Look,
        widgets::{
            cells, frame as frames,
            scroll::Scroll,
            table::{self, Column, Row, Selection, Width},
        },
    },
};

/// The cells of the sections, with mark and gap.
const SECTIONS: u16 = 20;

/// The rows below: a rule, the range, changes.
const DETAIL: u16 = 5;

/// The column a value stands in.
const VALUE: usize = 1;

const COLUMNS: [Column; 4] = [
    Column::left(words::KEY, Width::Rest(20)),
    Column::left(words::VALUE, Width::Cells(13)),
    Column::left(words::DEFAULT, Width::Cells(11)),
    Column::left(words::RANGE, Width::From(24, 84)),
];

/// Draws the settings.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let Some(here) = state.here() else {
        return;
    };
    let detail = DETAIL.min(area.height / 2);
    let list = Rect {
        height: area.height.saturating_sub(detail),
        ..area
    };
    draw_sections(here.section, look, frame, list);
    let left = SECTIONS.min(area.width / 3);
    let keys = Rect {
        x: list.x + left,
        width: list.width.saturating_sub(left),
        ..list
    };
    draw_keys(state, here, look, frame, keys);
    let below = Rect {
        y: list.bottom(),
        height: detail,
        ..area
    };
    draw_detail(state, here, look, frame, below);
}

fn draw_sections(here: Section, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let count = Section::ALL.len();
    let at = Section::ALL.iter().position(|section| *section == here);
    let mut scroll = Scroll::default();
    scroll.select(at.unwrap_or(0));
    let seen = scroll.seen(count, usize::from(area.height));
    let room = usize::from(SECTIONS.min(area.width / 3).saturating_sub(4));
    let sections = Section::ALL.iter().skip(seen.start).take(seen.len());
    for (section, y) in sections.zip(area.y..area.bottom()) {
        let style = if *section == here {
            cells::put(frame, area.x + 1, y, look.signs().mark, 1, look.strong());
            look.strong()
        } else {
            look.text()
        };
        cells::put(frame, area.x + 3, y, look.say(section.name()), room, style);
    }
}

fn draw_keys(state: &State, here: &SettingView, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    table::draw_heading(look, frame, area, &COLUMNS);
    let area = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    let settings = state.settings().iter();
    let settings: Vec<&SettingView> = settings.filter(|s| s.section == here.section).collect();
    let at = settings
        .iter()
        .position(|s| s.definition.key == here.definition.key);
    let mut scroll = Scroll::default();
    scroll.select(at.unwrap_or(0));
    let seen = scroll.seen(settings.len(), usize::from(area.height));
    let rows: Vec<Row> = settings
        .iter()
        .skip(seen.start)
        .take(seen.len())
        .map(|setting| row(setting, look))
        .collect();
    let selection = Selection {
        row: at.map(|at| at.saturating_sub(seen.start)),
        name: 0,
    };
    table::draw_rows(look, frame, area, &COLUMNS, &rows, selection);
    let place = table::layout(&COLUMNS, area.width).into_iter().nth(VALUE);
    let row = selection.row.and_then(|row| u16::try_from(row).ok());
    let is_line = here.definition.shape == Shape::Line;
    if let (false, Some(edit), Some((x, _)), Some(row)) = (is_line, &state.edit, place, row) {
        let field = Rect {
            x: area.x + x,
            y: area.y + row,
            width: 13.min(area.width.saturating_sub(x)),
            height: 1,
        };
        edit.field.draw(frame, field, look.field_here(), true);
    }
}

fn row(setting: &SettingView, look: &Look) -> Row {
    let definition = &setting.definition;
    let shown = |value: &str| values::value(definition.shape, value, look.lang);
    let style = if setting.is_own {
        look.warning()
    } else {
        look.text()
    };
    Row {
        flag: setting.is_own.then_some(("*", look.warning())),
        cells: vec![
            (definition.label.get(look.lang).to_owned(), look.text()),
            (shown(&setting.value), style),
            (shown(&definition.default), look.dim()),
            (values::range(definition, look.lang), look.dim()),
        ],
    }
}

fn draw_detail(state: &State, here: &SettingView, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let definition = &here.definition;
    let name = format!("{} {}", definition.label.get(look.lang), definition.key);
    frames::draw_rule(look, frame, area, &name);
    let room = usize::from(area.width.saturating_sub(2));
    let allowed = look
        .say(words::ALLOWED)
        .replace("{range}", &values::range(definition, look.lang))
        .replace(
            "{default}",
            &values::value(definition.shape, &definition.default, look.lang),
        );
    let problem = state.edit.as_ref().and_then(|edit| edit.problem.as_ref());
    let mut lines = vec![match problem {
        Some(problem) => (problem.clone(), look.problem()),
        None => (allowed, look.text()),
    }];
    let free = usize::from(area.height.saturating_sub(2));
    let shown = if here.history.len() <= free {
        here.history.len()
    } else {
        free.saturating_sub(1)
    };
    let told = here.history.iter().take(shown);
    lines.extend(told.map(|told| (change(here, told, look), look.dim())));
    let more = here.history.len().saturating_sub(shown);
    if here.history.is_empty() {
        lines.push((look.say(words::NEVER).to_owned(), look.dim()));
    } else if 0 < more {
        let more = look.say(words::MORE).replace("{}", &more.to_string());
        lines.push((more, look.dim()));
    }
    if let Some(edit) = state
        .edit
        .as_ref()
        .filter(|_| definition.shape == Shape::Line)
    {
        // A line of text wants more room than the column has.
        let field = Rect {
            x: area.x + 1,
            y: area.y + 1,
            width: area.width.saturating_sub(2),
            height: 1,
        };
        edit.field.draw(frame, field, look.field_here(), true);
        let problem = edit.problem.as_ref();
        if let Some(problem) = problem {
            cells::put(frame, area.x + 1, area.y + 2, problem, room, look.problem());
        }
        return;
    }
    for ((line, style), y) in lines.iter().zip(area.y + 1..area.bottom()) {
        let line = cells::cut(line, room, look.signs().cut);
        cells::put(frame, area.x + 1, y, &line, room, *style);
    }
}

fn change(setting: &SettingView, told: &SettingTold, look: &Look) -> String {
    let shown = |value: &str| values::value(setting.definition.shape, value, look.lang);
    look.say(words::TOLD)
        .replace("{since}", &told.since.to_string())
        .replace("{by}", &told.by)
        .replace("{before}", &shown(&told.before))
        .replace("{value}", &shown(&told.value))
}
