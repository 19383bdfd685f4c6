//! Draws those who sign: the lists with their numbers, the rows of one, what is known of the row
//! selected.

use ratatui::{Frame, layout::Rect, style::Style};

use super::{List, State, words};
use crate::{
    desk::reply::{PanelTold, UnitTold},
    domain::{
        agreement::{
            cap::Fill,
            team::{Team, TeamWarning},
        },
        day::Day,
        text::Text,
    },
    lang::teams,
    tui::{
        theme::Look,
        widgets::{
            cells, frame as frames,
            table::{self, Column, Row, Selection, Width},
        },
    },
};

const DOCTORS: [Column; 5] = [
    Column::left(words::NAME, Width::Cells(8)),
    Column::left(words::KIND, Width::Rest(8)),
    Column::right(words::PERSONS, Width::Cells(9)),
    Column::right(words::HOMES, Width::From(7, 48)),
    Column::left(words::SERVES, Width::From(15, 62)),
];
const TEAMS: [Column; 4] = [
    Column::left(words::TEAM, Width::Rest(10)),
    Column::left(words::LEADER, Width::Cells(8)),
    Column::right(words::MEMBERS, Width::Cells(6)),
    Column::left(words::WRONG, Width::Cells(10)),
];
const UNITS: [Column; 4] = [
    Column::left(words::UNIT, Width::Rest(12)),
    Column::left(words::KIND, Width::From(12, 62)),
    Column::right(words::MEMBERS, Width::Cells(6)),
    Column::left(words::STANDS, Width::Cells(12)),
];
/// The rows below: a rule and two lines.
const BELOW: u16 = 3;
/// The cells of the lists' names and numbers.
const LISTS: u16 = 15;

/// Returns how many rows are seen.
pub fn page(work: Rect) -> usize {
    usize::from(work.height.saturating_sub(BELOW + 1))
}

/// Draws the lists.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let Some(parties) = &state.parties else {
        let text = look.say(words::LOADING);
        cells::put(frame, area.x + 1, area.y, text, 40, look.dim());
        return;
    };
    let left = Rect {
        width: LISTS.min(area.width / 2),
        height: area.height.saturating_sub(BELOW),
        ..area
    };
    draw_lists(state, look, frame, left);
    let right = Rect {
        x: left.right(),
        width: area.width.saturating_sub(left.width),
        ..left
    };
    let today = parties.today;
    match state.list {
        List::Doctors => {
            let rows = state.doctors().iter().map(|one| doctor(one, today, look));
            draw_rows(state, &DOCTORS, rows.collect(), look, frame, right);
        }
        List::Teams => {
            let rows = state.teams().iter().map(|one| team(one, look));
            draw_rows(state, &TEAMS, rows.collect(), look, frame, right);
        }
        List::Units => {
            let rows = state.units().iter().map(|one| unit(one, look));
            draw_rows(state, &UNITS, rows.collect(), look, frame, right);
        }
    }
    let rule = Rect {
        y: left.bottom(),
        height: 1,
        ..area
    };
    frames::draw_rule(look, frame, rule, "");
    let room = usize::from(area.width.saturating_sub(2));
    let lines = cells::wrap_list(&detail(state, look), room);
    for (line, y) in lines.iter().zip(rule.y + 1..area.bottom()) {
        cells::put(frame, area.x + 1, y, line, room, look.text());
    }
}

fn draw_lists(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let room = usize::from(area.width.saturating_sub(3));
    for (list, y) in List::ALL.into_iter().zip(area.y..area.bottom()) {
        let style = if list == state.list {
            cells::put(frame, area.x, y, look.signs().mark, 1, look.strong());
            look.strong()
        } else {
            look.text()
        };
        let count = state.count_of(list).to_string();
        let name = cells::left(
            look.say(list.name()),
            room.saturating_sub(cells::width(&count)),
            look.signs().cut,
        );
        cells::put(frame, area.x + 2, y, &format!("{name}{count}"), room, style);
    }
}

fn draw_rows(
    state: &State,
    columns: &[Column],
    rows: Vec<Row>,
    look: &Look,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    table::draw_heading(look, frame, area, columns);
    let list = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    if rows.is_empty() {
        let text = look.say(match state.list {
            List::Doctors | List::Units => words::NOBODY,
            List::Teams => words::TEAM_BY_COMMAND,
        });
        let room = usize::from(area.width.saturating_sub(3));
        cells::put(frame, list.x + 3, list.y, text, room, look.dim());
        return;
    }
    let seen = state.scroll.seen(rows.len(), usize::from(list.height));
    let selection = Selection {
        row: state.at().and_then(|at| at.checked_sub(seen.start)),
        name: 0,
    };
    let shown = rows.get(seen).unwrap_or_default();
    table::draw_rows(look, frame, list, columns, shown, selection);
}

fn row(texts: Vec<String>, style: Style) -> Row {
    let cells = texts.into_iter().map(|text| (text, style)).collect();
    Row { flag: None, cells }
}

fn doctor(told: &PanelTold, today: Day, look: &Look) -> Row {
    let doctor = &told.doctor;
    let of = |count: usize, most: Option<usize>| match most {
        Some(most) => format!("{count}/{most}"),
        None => count.to_string(),
    };
    let say = |text: Text, day: Day| look.say(text).replace("{}", &day.to_string());
    let serves = match doctor.until {
        None => say(words::SINCE, doctor.from),
        Some(until) if today <= until => say(words::UNTIL, until),
        Some(until) => say(words::LEFT_ON, until),
    };
    let style = match told.fill {
        _ if doctor.until.is_some_and(|until| until < today) => look.dim(),
        Fill::Fits | Fill::Few => look.text(),
        Fill::Near | Fill::Over => look.warning(),
    };
    let texts = vec![
        doctor.name.clone(),
        look.say(doctor.kind.name()).to_owned(),
        of(told.persons, Some(told.cap.persons)),
        of(told.households, told.cap.households),
        serves,
    ];
    row(texts, style)
}

fn team((team, found): &(Team, Vec<TeamWarning>), look: &Look) -> Row {
    let leads = |name: &&crate::domain::agreement::team::TeamMember| {
        name.doctor.is_some() && name.doctor == team.leader
    };
    let leader = team.members.iter().find(leads);
    let (wrong, style) = if found.is_empty() {
        (look.say(words::IS_RIGHT).to_owned(), look.text())
    } else {
        (found.len().to_string(), look.warning())
    };
    let texts = vec![
        team.name.clone(),
        leader.map_or_else(String::new, |one| one.name.clone()),
        team.members.len().to_string(),
        wrong,
    ];
    row(texts, style)
}

fn unit(told: &UnitTold, look: &Look) -> Row {
    let unit = &told.unit;
    let brief = told.agreement.as_ref();
    let stands = brief.map_or(words::NOT_SIGNED, |brief| brief.word.name());
    let texts = vec![
        unit.name.clone(),
        look.say(unit.kind.name()).to_owned(),
        unit.members.len().to_string(),
        look.say(stands).to_owned(),
    ];
    row(texts, look.text())
}

/// Returns what is known of the row selected, in parts that may break lines.
fn detail(state: &State, look: &Look) -> Vec<String> {
    let say = |text: Text, value: &str| {
        let is_told = !value.trim().is_empty();
        is_told.then(|| look.say(text).replace("{}", value))
    };
    let mut parts: Vec<Option<String>> = Vec::new();
    if let Some(told) = state.doctor() {
        let doctor = &told.doctor;
        let mut staff = state.staff.iter();
        let account = staff.find(|one| Some(one.id) == doctor.staff);
        let fill = match told.fill {
            Fill::Fits | Fill::Few => None,
            Fill::Near => Some(words::NEARLY_FULL),
            Fill::Over => Some(words::OVER_FULL),
        };
        parts = vec![
            Some(doctor.name.clone()),
            Some(look.say(doctor.kind.name()).to_owned()),
            say(words::LICENCE_IS, &doctor.licence),
            say(words::PHONE_IS, &doctor.phone),
            say(words::STAFF_IS, account.map_or("", |one| &one.name)),
            say(words::SINCE, &doctor.from.to_string()),
            doctor
                .until
                .and_then(|day| say(words::UNTIL, &day.to_string())),
            fill.map(|text| look.say(text).to_owned()),
        ];
    }
    if let Some((team, found)) = state.team() {
        parts = vec![Some(team.name.clone())];
        parts.extend(found.iter().map(|one| Some(teams::warning(one, look.lang))));
    }
    if let Some(told) = state.unit() {
        let unit = &told.unit;
        let listed = look
            .say(words::LISTED)
            .replace("{listed}", &unit.members.len().to_string())
            .replace("{all}", &unit.headcount.to_string());
        parts = vec![
            Some(unit.name.clone()),
            Some(listed),
            say(words::CONTACT_IS, &unit.contact),
            say(words::PHONE_IS, &unit.phone),
            Some(unit.address.clone()),
        ];
        if let Some(brief) = &told.agreement {
            parts.push(brief.number.clone());
            parts.push(
                brief
                    .term
                    .map(|term| format!("{} - {}", term.from, term.to)),
            );
            parts.push(Some(brief.doctor.clone()));
        }
    }
    parts.into_iter().flatten().collect()
}
