//! Draws a household.
//!
//! ```text
//!  3-012 张德福                        place, head, number
//!  address, phone, type, flags, doctor
//! ─── 成员 4 ──────
//!   姓名  关系  性别年龄  人群  签约  下次
//! ▸ …                                  members, or who lived here before
//! ─── 协议 … ──────
//!  履约 9/12  by member; below it the items of the member selected
//! ─── 最近 ────────
//!  11-20 张德福 健康体检表 进行中 3/8节 王建国   forms in progress first
//!   10-29 张秀英 高血压 158/96 控制不满意 王建国
//! ```

use ratatui::{Frame, layout::Rect, style::Style};

use super::{Page, State, agreed, told, words};
use crate::{
    desk::reply::HouseholdView,
    domain::{form::typed, household::key, phone, text::Text},
    lang::open_form,
    tui::{
        theme::Look,
        widgets::{
            cells, frame,
            table::{self, Column, Row, Selection, Width},
        },
    },
};

const MEMBERS: &[Column] = &[
    Column::left(words::NAME, Width::Cells(10)),
    Column::left(words::RELATION, Width::Cells(8)),
    Column::left(words::SEX_AGE, Width::Cells(9)),
    Column::left(words::TAGS, Width::Rest(14)),
    Column::left(words::AGREEMENT, Width::Cells(8)),
    Column::left(words::NEXT, Width::Cells(18)),
];
/// The same where there is room for a whole kind of work.
const MEMBERS_WIDE: &[Column] = &[
    Column::left(words::NAME, Width::Cells(12)),
    Column::left(words::RELATION, Width::Cells(10)),
    Column::left(words::SEX_AGE, Width::Cells(9)),
    Column::left(words::TAGS, Width::Rest(14)),
    Column::left(words::AGREEMENT, Width::Cells(10)),
    Column::left(words::NEXT, Width::Cells(32)),
];
const FORMER: &[Column] = &[
    Column::left(words::NAME, Width::Cells(10)),
    Column::left(words::RELATION, Width::Cells(8)),
    Column::left(words::SEX_AGE, Width::Cells(9)),
    Column::left(words::STAY, Width::Rest(30)),
];
const CONTACTS: &[Column] = &[
    Column::left(words::DATE, Width::Cells(10)),
    Column::left(words::NAME, Width::Cells(10)),
    Column::left(words::WHAT, Width::Rest(20)),
    Column::left(words::BY, Width::Cells(8)),
];

/// From this width on there is room for more in a row.
const WIDE: u16 = 110;
/// Rows above the list: two of the household, a rule, the headings.
const ABOVE: u16 = 4;

/// Returns how many rows of the list are seen at once.
pub fn page(state: &State, area: Rect) -> usize {
    let rows = usize::from(area.height.saturating_sub(ABOVE));
    match state.page {
        Page::Members => {
            // The agreement and the last contacts keep rows of their own.
            let most = rows.saturating_sub(4 + usize::from(agreed::ROWS)).max(3);
            state.count().clamp(1, most)
        }
        Page::Former | Page::Contacts => rows.max(1),
    }
}

/// Draws the household.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let Some(household) = state.household.as_deref() else {
        let text = look.say(words::LOADING);
        cells::put(frame, area.x + 1, area.y, text, 40, look.dim());
        return;
    };
    draw_head(household, look, frame, area);
    let (title, columns, count) = match state.page {
        Page::Members if WIDE <= area.width => {
            (words::MEMBERS, MEMBERS_WIDE, household.members.len())
        }
        Page::Members => (words::MEMBERS, MEMBERS, household.members.len()),
        Page::Former => (words::FORMER, FORMER, household.former.len()),
        Page::Contacts => (words::CONTACTS, CONTACTS, household.contacts.len()),
    };
    let title = look.say(title).replace("{}", &count.to_string());
    frame::draw_rule(look, frame, row(area, 2), &title);
    table::draw_heading(look, frame, row(area, 3), columns);
    let page = page(state, area);
    let seen = state.scroll.seen(count, page);
    let rows: Vec<Row> = seen
        .clone()
        .map(|at| cells_of(state, household, look, at))
        .collect();
    let selected = state.scroll.selected(count);
    let list = below(area, ABOVE);
    table::draw_rows(
        look,
        frame,
        Rect {
            height: list.height.min(u16::try_from(page).unwrap_or(u16::MAX)),
            ..list
        },
        columns,
        &rows,
        Selection {
            row: selected.and_then(|at| at.checked_sub(seen.start)),
            name: usize::from(state.page == Page::Contacts),
        },
    );
    if count == 0 {
        cells::put(
            frame,
            list.x + 3,
            list.y,
            look.say(words::NONE),
            20,
            look.dim(),
        );
    }
    if state.page == Page::Members {
        let used = u16::try_from(page).unwrap_or(u16::MAX);
        let rest = below(list, used);
        agreed::draw(state, household, look, frame, rest);
        let rows = if household.agreements.is_empty() {
            1
        } else {
            agreed::ROWS
        };
        draw_recent(household, look, frame, below(rest, rows));
    }
}

fn row(area: Rect, at: u16) -> Rect {
    Rect {
        y: area.y + at.min(area.height.saturating_sub(1)),
        height: 1,
        ..area
    }
}

fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect {
        y: area.y + rows,
        height: area.height - rows,
        ..area
    }
}

fn draw_head(view: &HouseholdView, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let home = &view.household;
    let say = |text: Text, with: &str| look.say(text).replace("{}", with);
    let head = view.members.iter().find(|m| Some(m.person.id) == home.head);
    let mut first = vec![
        format!("{} {}", view.village.name, home.place()),
        head.map_or_else(String::new, |head| {
            say(words::HEAD_OF, &told::name(look, &head.person))
        }),
    ];
    if let Some(number) = &view.number {
        first.push(say(words::NUMBER, number));
    }
    if let Some(outside) = &home.outside_no {
        first.push(say(words::OUTSIDE, outside));
    }
    if let Some(ended) = home.ended {
        first.push(say(words::ENDED, &ended.to_string()));
    }
    let mut second = vec![
        home.text(key::ADDRESS).to_owned(),
        masked(home.text(key::PHONE)),
    ];
    for field in [key::HH_TYPE, key::HH_FLAGS, key::STATE] {
        second.push(shown(view, field, look));
    }
    if !home.text(key::DOCTOR).is_empty() {
        second.push(say(words::DOCTOR, home.text(key::DOCTOR)));
    }
    for (at, (parts, style)) in [(first, look.strong()), (second, look.text())]
        .into_iter()
        .enumerate()
    {
        draw_parts(
            &parts,
            style,
            look,
            frame,
            row(area, u16::try_from(at).unwrap_or(0)),
        );
    }
}

/// Puts the parts that say something side by side.
pub fn draw_parts(parts: &[String], style: Style, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let parts: Vec<&str> = parts
        .iter()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty())
        .collect();
    let room = usize::from(area.width.saturating_sub(2));
    let text = cells::cut(&parts.join("  "), room, look.signs().cut);
    cells::put(frame, area.x + 1, area.y, &text, room, style);
}

/// Returns a number with its middle hidden.
pub fn masked(written: &str) -> String {
    phone::check(phone::PhonePlace::First, written)
        .map_or_else(|_| String::new(), |phone| phone.masked())
}

/// Returns the wording of a code of the card, without its digits.
fn shown(view: &HouseholdView, field: &str, look: &Look) -> String {
    let value = view.household.card.get(field);
    let Some((field, value)) = view.form.field(field).zip(value) else {
        return String::new();
    };
    let words = typed::shown(field, value, look.lang);
    let bare = |word: &str| {
        word.trim_start_matches(|c: char| c.is_ascii_digit())
            .to_owned()
    };
    words.split(' ').map(bare).collect::<Vec<_>>().join(" ")
}

fn cells_of(state: &State, view: &HouseholdView, look: &Look, at: usize) -> Row {
    let cells = match state.page {
        Page::Members => return member(view, look, at),
        Page::Former => former(view, look, at),
        Page::Contacts => contact(view, look, at),
    };
    let dim = state.page == Page::Former;
    let style = if dim { look.dim() } else { look.text() };
    Row {
        flag: None,
        cells: cells.into_iter().map(|cell| (cell, style)).collect(),
    }
}

fn member(view: &HouseholdView, look: &Look, at: usize) -> Row {
    let Some(member) = view.members.get(at) else {
        return Row::default();
    };
    let person = &member.person;
    let (next, is_late) = told::next(look, &member.tasks, view.today);
    let told = person
        .agreement_told
        .as_ref()
        .map(|told| told.state.clone());
    let told = agreed::word(member, look).or(told);
    let texts = [
        told::name(look, person),
        person.relation_word.clone(),
        told::sex_age(look, person, view.today),
        told::tags(look, member.tags),
        told.unwrap_or_else(|| look.signs().none.to_owned()),
    ];
    let mut cells: Vec<(String, Style)> =
        texts.into_iter().map(|text| (text, look.text())).collect();
    let style = if is_late { look.overdue() } else { look.text() };
    cells.push((next, style));
    Row {
        flag: is_late.then(|| ("!!", look.overdue())),
        cells,
    }
}

fn former(view: &HouseholdView, look: &Look, at: usize) -> Vec<String> {
    let Some((person, stay)) = view.former.get(at) else {
        return Vec::new();
    };
    let until = stay
        .until
        .map_or_else(String::new, |until| until.to_string());
    let why = stay.left_by.map_or("", |why| look.say(why.name()));
    vec![
        told::name(look, person),
        person.relation_word.clone(),
        told::sex_age(look, person, view.today),
        format!("{} ~ {until} {why}", told::since(look, stay).trim_end()),
    ]
}

fn contact(view: &HouseholdView, look: &Look, at: usize) -> Vec<String> {
    let Some((name, contact, by)) = view.contacts.get(at) else {
        return Vec::new();
    };
    vec![
        told::day(contact.day, view.today),
        name.clone(),
        told::contact(look, contact),
        by.clone(),
    ]
}

/// Returns the members' forms in progress, as contacts stand: who goes on with one opens its
/// member's visit.
fn in_progress(view: &HouseholdView, look: &Look) -> Vec<Vec<String>> {
    let open = view.members.iter().flat_map(|member| {
        let name = told::name(look, &member.person);
        member.open.iter().map(move |open| (name.clone(), open))
    });
    open.map(|(name, open)| {
        vec![
            told::day(open.begun, view.today),
            name,
            open_form::in_progress(&open.title, open.progress, look.lang),
            open.who().join(" "),
        ]
    })
    .collect()
}

fn draw_recent(view: &HouseholdView, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    if area.height == 0 {
        return;
    }
    frame::draw_rule(look, frame, row(area, 0), look.say(words::RECENT));
    let list = below(area, 1);
    let is_begun = view.members.iter().any(|member| !member.open.is_empty());
    if view.contacts.is_empty() && !is_begun && 0 < list.height {
        cells::put(
            frame,
            list.x + 3,
            list.y,
            look.say(words::NONE),
            20,
            look.dim(),
        );
    }
    let contacts = (0..view.contacts.len()).map(|at| (contact(view, look, at), look.text()));
    let open = in_progress(view, look).into_iter();
    let open = open.map(|cells| (cells, look.warning()));
    let rows: Vec<Row> = open
        .chain(contacts)
        .take(usize::from(list.height))
        .map(|(cells, style)| Row {
            flag: None,
            cells: cells.into_iter().map(|cell| (cell, style)).collect(),
        })
        .collect();
    table::draw_rows(look, frame, list, CONTACTS, &rows, Selection::default());
}
