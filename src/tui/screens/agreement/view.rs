//! Draws an agreement: how it stands, its members, what happened to it.

use ratatui::{Frame, layout::Rect, style::Style};

use super::{State, words};
use crate::{
    desk::reply::{AgreementPerson, AgreementView},
    domain::{
        agreement::{
            contract::{LeftOut, LeftOutReason, Representative, Scope},
            fulfilment::{Promise, Standing},
            package::Package,
            promise::Item,
            standing::Flags,
            state::Transition,
        },
        day::Day,
        rows::agreement::Step,
        text::Text,
    },
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

/// Returns the columns; among a unit's people the third tells where each lives.
const fn columns(third: Text) -> [Column; 7] {
    [
        Column::left(words::NAME, Width::Cells(10)),
        Column::left(words::SEX_AGE, Width::Cells(7)),
        Column::left(third, Width::Cells(6)),
        Column::left(words::CONSENT, Width::Cells(14)),
        Column::left(words::COVERED, Width::Cells(11)),
        Column::right(words::KEPT, Width::Cells(6)),
        Column::left(words::LATE, Width::Rest(10)),
    ]
}

/// Rows above the members: two of the agreement, a rule, the headings.
const ABOVE: u16 = 4;
/// Days ahead for which a promise counts as due soon.
const SOON: u32 = 0;

/// Returns how many members are seen at once.
pub fn page(state: &State, area: Rect) -> usize {
    let rows = usize::from(area.height.saturating_sub(ABOVE));
    state.count().clamp(1, rows.saturating_sub(4).max(2))
}

/// Draws the agreement.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let Some(view) = state.view.as_deref() else {
        let text = look.say(words::LOADING);
        cells::put(frame, area.x + 1, area.y, text, 40, look.dim());
        return;
    };
    let row = |at: u16| Rect {
        y: area.y + at.min(area.height.saturating_sub(1)),
        height: 1,
        ..area
    };
    draw_parts(&first(view, look), look.strong(), look, frame, row(0));
    let style = if has_flag(view.brief.flags) {
        look.warning()
    } else {
        look.text()
    };
    draw_parts(&second(view, look), style, look, frame, row(1));
    frames::draw_rule(look, frame, row(2), look.say(words::MEMBERS));
    let columns = columns(match view.brief.scope {
        Scope::Household(_) | Scope::Members(_) => words::RELATION,
        Scope::Unit(_) => words::HOME,
    });
    table::draw_heading(look, frame, row(3), &columns);
    let page = page(state, area);
    let seen = state.scroll.seen(view.people.len(), page);
    let people = view.people.get(seen.clone()).unwrap_or_default();
    let rows: Vec<Row> = people.iter().map(|one| member(view, one, look)).collect();
    let selected = state.scroll.selected(view.people.len());
    let taken = u16::try_from(page).unwrap_or(u16::MAX);
    let list = Rect {
        y: area.y + ABOVE,
        height: taken.min(area.height.saturating_sub(ABOVE)),
        ..area
    };
    let selection = Selection {
        row: selected.and_then(|at| at.checked_sub(seen.start)),
        name: 0,
    };
    table::draw_rows(look, frame, list, &columns, &rows, selection);
    let below = Rect {
        y: list.bottom(),
        height: area.bottom().saturating_sub(list.bottom()),
        ..area
    };
    draw_steps(view, look, frame, below);
}

fn first(view: &AgreementView, look: &Look) -> Vec<String> {
    let brief = &view.brief;
    let number = brief.number.clone();
    let mut parts = vec![
        number.unwrap_or_else(|| look.say(words::NO_NUMBER).to_owned()),
        look.say(brief.word.name()).to_owned(),
    ];
    parts.extend(brief.term.map(|term| {
        look.say(words::DAYS)
            .replace("{from}", &term.from.to_string())
            .replace("{to}", &term.to.to_string())
    }));
    parts.push(brief.doctor.clone());
    if !view.acting.is_empty() {
        parts.push(look.say(words::ACTING_NOW).replace("{}", &view.acting));
    }
    parts.push(brief.team.clone());
    parts
}

fn second(view: &AgreementView, look: &Look) -> Vec<String> {
    let brief = &view.brief;
    let scope = match brief.scope {
        Scope::Household(_) => words::WHOLE,
        Scope::Members(_) => words::SOME,
        Scope::Unit(_) => words::UNIT,
    };
    let mut parts = vec![
        format!("{} {}", brief.place, brief.head),
        look.say(scope).replace("{}", &brief.covered.to_string()),
    ];
    let representative = match &view.agreement.contents.representative {
        Some(Representative::Member(person)) => {
            let mut people = view.people.iter();
            let found = people.find(|one| one.person == *person);
            found.map(|one| one.name.clone())
        }
        Some(Representative::Guardian { name, .. } | Representative::Contact { name }) => {
            Some(name.clone())
        }
        None => None,
    };
    parts.extend(representative.map(|name| look.say(words::REPRESENTED).replace("{}", &name)));
    parts.push(masked(&brief.phone));
    parts.extend(packages(view, look));
    parts.extend(flags(brief.flags, look));
    if let Some(signed) = view.agreement.signed() {
        parts.extend(signed.doubts.last().cloned());
    }
    parts
}

/// Returns the value-added packages, each with how many chose it.
fn packages(view: &AgreementView, look: &Look) -> Vec<String> {
    let told = |package: &Package| {
        let covered = view.agreement.contents.covered.iter();
        let chose = covered.filter(|choice| choice.extras.contains(&package.code));
        look.say(words::PACKAGE)
            .replace("{name}", &package.name)
            .replace("{n}", &chose.count().to_string())
    };
    view.packages.iter().map(told).collect()
}

fn has_flag(flags: Flags) -> bool {
    let told = Flags {
        to_renew: false,
        expiring: false,
        brought_in: false,
        ..flags
    };
    told != Flags::default()
}

/// Returns the marks of an agreement in words.
pub fn flags(flags: Flags, look: &Look) -> Vec<String> {
    let all: [(bool, Text); 7] = [
        (flags.brought_in, words::BROUGHT_IN),
        (flags.in_doubt, words::IN_DOUBT),
        (flags.consent_incomplete, words::CONSENT_INCOMPLETE),
        (flags.renewal_unconfirmed, words::UNCONFIRMED),
        (flags.over_cap, words::OVER_CAP),
        (flags.doctor_left, words::DOCTOR_LEFT),
        (flags.to_renew, words::TO_RENEW),
    ];
    let set = all.into_iter().filter(|(is_set, _)| *is_set);
    set.map(|(_, text)| look.say(text).to_owned()).collect()
}

/// Returns what is kept of what is promised so far: done and promised, and the names of what was
/// missed or is due.
pub fn fulfilment(promises: &[Promise], today: Day, look: &Look) -> (String, Vec<String>) {
    let running = promises.iter().filter(|one| one.span.holds(today));
    let running: Vec<&Promise> = running.collect();
    let required: u32 = running.iter().map(|one| one.required).sum();
    let kept: u32 = running.iter().map(|one| one.kept()).sum();
    let late = running.iter().filter(|one| {
        let stands = one.standing(today, SOON);
        matches!(stands, Standing::Behind | Standing::DueSoon)
    });
    let name = |item: &Item| match item {
        Item::Basic(service) => look.say(service.name()).to_owned(),
        Item::Extra { name, .. } => name.clone(),
    };
    let late = late.map(|one| name(&one.item)).collect();
    let ratio = if required == 0 {
        String::new()
    } else {
        format!("{kept}/{required}")
    };
    (ratio, late)
}

/// Returns why somebody is not covered, in a few words.
pub fn why_left_out(left: &LeftOut, look: &Look) -> String {
    match (left.reason, left.note.trim()) {
        (LeftOutReason::Other, note) if !note.is_empty() => note.to_owned(),
        (reason, _) => look.say(reason.name()).to_owned(),
    }
}

fn member(view: &AgreementView, one: &AgreementPerson, look: &Look) -> Row {
    let signed = view.agreement.signed();
    let member = signed.and_then(|signed| signed.member(one.person));
    let left_out = view.agreement.contents.left_out.iter();
    let mut left_out = left_out.filter(|left| left.person == one.person);
    let why = left_out.next().map(|left| why_left_out(left, look));
    let consent = member.map_or(why.unwrap_or_default(), |member| {
        let consent = member.confirmed.as_ref().unwrap_or(&member.consent);
        let mark = if member.is_unconfirmed() { "!" } else { "" };
        format!("{mark}{}", look.say(consent.kind.name()))
    });
    let covered = one.coverage.map_or_else(
        || look.say(words::NOT_COVERED).to_owned(),
        |days| {
            let near = |day| who::near(day, view.today);
            if member.is_some_and(|member| member.left.is_some()) {
                look.say(words::UNTIL).replace("{}", &near(days.to))
            } else {
                look.say(words::SINCE).replace("{}", &near(days.from))
            }
        },
    );
    let (ratio, late) = fulfilment(&one.promises, view.today, look);
    let style = if one.coverage.is_some_and(|days| days.holds(view.today)) {
        look.text()
    } else {
        look.dim()
    };
    let told = [
        one.name.clone(),
        who::sex_age(look, one.sex, one.birth, view.today),
        one.relation.clone(),
        consent,
        covered,
        ratio,
    ];
    let mut row: Vec<(String, Style)> = told.into_iter().map(|text| (text, style)).collect();
    row.push((late.join(" "), look.warning()));
    Row {
        flag: None,
        cells: row,
    }
}

fn draw_steps(view: &AgreementView, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    if area.height == 0 {
        return;
    }
    frames::draw_rule(look, frame, area, look.say(words::STEPS));
    let room = usize::from(area.width.saturating_sub(2));
    let is_told = |(step, _): &&(Step, String)| step.what != "numbered";
    let newest = view.steps.iter().rev().filter(is_told);
    for ((step, by), y) in newest.zip(area.y + 1..area.bottom()) {
        let text = format!("{} {by}  {}", step.day, happened(step, look));
        let text = cells::cut(&text, room, look.signs().cut);
        cells::put(frame, area.x + 1, y, &text, room, look.text());
    }
}

/// Returns what a step was, in words.
fn happened(step: &Step, look: &Look) -> String {
    use Transition as T;
    let text = match step.transition {
        Some(T::T01) => words::T01,
        Some(T::T02) => words::T02,
        Some(T::T03) => words::T03,
        Some(T::T04) => words::T04,
        Some(T::T05) => words::T05,
        Some(T::T06) => words::T06,
        Some(T::T07) => words::T07,
        Some(T::T08) => words::T08,
        Some(T::T09) => words::T09,
        Some(T::T10) => words::T10,
        Some(T::T11) => words::T11,
        Some(T::T12) => words::T12,
        Some(T::T13) => words::T13,
        Some(T::T14) => words::T14,
        Some(T::T15) => words::T15,
        Some(T::T16) => words::T16,
        None => return look.say(words::change(&step.what)).to_owned(),
    };
    look.say(text).to_owned()
}
