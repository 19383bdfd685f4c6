//! Draws a unit: what is known of it, its agreement, who is on its list.

use ratatui::{Frame, layout::Rect};

use super::{unit::State, words};
use crate::{
    desk::reply::UnitTold,
    domain::agreement::unit::UnitMember,
    tui::{
        screens::household::{draw_parts, masked},
        theme::Look,
        widgets::{
            cells, frame as frames,
            table::{self, Column, Row, Selection, Width},
            who,
        },
    },
};

const COLUMNS: [Column; 4] = [
    Column::left(words::NAME, Width::Cells(10)),
    Column::left(words::AGE, Width::Cells(7)),
    Column::left(words::HOME, Width::Cells(10)),
    Column::left(words::COVERED, Width::Rest(14)),
];

/// Rows above the members: the unit, its agreement, a rule, the headings.
const ABOVE: u16 = 4;

/// Returns how many members are seen at once.
pub fn page(work: Rect) -> usize {
    usize::from(work.height.saturating_sub(ABOVE)).max(1)
}

/// Draws the unit.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let Some(told) = &state.told else {
        let text = look.say(words::LOADING);
        cells::put(frame, area.x + 1, area.y, text, 40, look.dim());
        return;
    };
    let row = |at: u16| Rect {
        y: area.y + at.min(area.height.saturating_sub(1)),
        height: 1,
        ..area
    };
    draw_parts(&first(told, look), look.strong(), look, frame, row(0));
    draw_parts(&second(told, look), look.text(), look, frame, row(1));
    let title = format!(
        "{} {}",
        look.say(words::MEMBERS_TITLE),
        state.members().len()
    );
    frames::draw_rule(look, frame, row(2), &title);
    table::draw_heading(look, frame, row(3), &COLUMNS);
    let list = Rect {
        y: area.y + ABOVE,
        height: area.height.saturating_sub(ABOVE),
        ..area
    };
    if state.members().is_empty() {
        let room = usize::from(area.width.saturating_sub(3));
        let text = look.say(words::EMPTY_LIST);
        cells::put(frame, list.x + 3, list.y, text, room, look.dim());
        return;
    }
    let count = state.members().len();
    let seen = state.scroll.seen(count, usize::from(list.height));
    let members = state.members().get(seen.clone()).unwrap_or_default();
    let rows: Vec<Row> = members.iter().map(|one| member(state, one, look)).collect();
    let selected = state.scroll.selected(count);
    let selection = Selection {
        row: selected.and_then(|at| at.checked_sub(seen.start)),
        name: 0,
    };
    table::draw_rows(look, frame, list, &COLUMNS, &rows, selection);
}

fn first(told: &UnitTold, look: &Look) -> Vec<String> {
    let unit = &told.unit;
    vec![
        unit.name.clone(),
        look.say(unit.kind.name()).to_owned(),
        look.say(words::CONTACT_IS).replace("{}", &unit.contact),
        masked(&unit.phone),
        unit.address.clone(),
    ]
}

fn second(told: &UnitTold, look: &Look) -> Vec<String> {
    let Some(brief) = &told.agreement else {
        return vec![look.say(words::NOT_SIGNED).to_owned()];
    };
    let mut parts = vec![
        brief.number.clone().unwrap_or_default(),
        look.say(brief.word.name()).to_owned(),
    ];
    parts.extend(
        brief
            .term
            .map(|term| format!("{} - {}", term.from, term.to)),
    );
    parts.push(brief.doctor.clone());
    parts.push(brief.team.clone());
    parts
}

fn member(state: &State, member: &UnitMember, look: &Look) -> Row {
    let (texts, style) = match member {
        UnitMember::Resident(id) => {
            let Some(one) = state.resident(*id) else {
                return Row::default();
            };
            let covers = one.coverage.is_some_and(|days| days.holds(state.today));
            let stands = if covers {
                words::COVERED_YES
            } else if one.elsewhere.is_some() {
                words::COVERED_ELSEWHERE
            } else {
                words::COVERED_NO
            };
            let texts = [
                one.name.clone(),
                who::sex_age(look, one.sex, one.birth, state.today),
                one.relation.clone(),
                look.say(stands).to_owned(),
            ];
            (texts, look.text())
        }
        UnitMember::Light { name, .. } => {
            let texts = [
                name.clone(),
                String::new(),
                String::new(),
                look.say(words::LIGHT).to_owned(),
            ];
            (texts, look.dim())
        }
    };
    let cells = texts.into_iter().map(|text| (text, style)).collect();
    Row { flag: None, cells }
}
