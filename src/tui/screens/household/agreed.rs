//! The household's agreement: how it stands, who is left out, and what is promised and kept by
//! member.

use ratatui::{Frame, layout::Rect};

use super::{State, words};
use crate::{
    desk::reply::{AgreementBrief, HouseholdView, MemberView},
    domain::agreement::{
        fulfilment::{Promise, Standing},
        promise::Item,
    },
    tui::{
        screens::agreement,
        theme::Look,
        widgets::{cells, frame},
    },
};

/// The rows of the section: a rule, the members' numbers, the selected member's items.
pub const ROWS: u16 = 3;

/// Returns the word for how somebody is covered.
pub fn word(member: &MemberView, look: &Look) -> Option<String> {
    let covered = member.agreement.as_ref()?;
    Some(look.say(covered.agreement.word.name()).to_owned())
}

/// Draws the section from the area's first row on.
pub fn draw(state: &State, view: &HouseholdView, look: &Look, screen: &mut Frame<'_>, area: Rect) {
    let brief = view.agreements.first();
    let title = brief.map_or_else(
        || look.say(words::UNSIGNED).to_owned(),
        |brief| title(brief, look),
    );
    frame::draw_rule(look, screen, area, &title);
    if brief.is_none() {
        return;
    }
    let room = usize::from(area.width.saturating_sub(2));
    let mut y = area.y + 1;
    let told = [
        Some(numbers(view, look)),
        state
            .selected_member()
            .map(|member| items(view, member, look)),
    ];
    for text in told.into_iter().flatten().filter(|text| !text.is_empty()) {
        if y < area.bottom() {
            let text = cells::cut(&text, room, look.signs().cut);
            cells::put(screen, area.x + 1, y, &text, room, look.text());
            y += 1;
        }
    }
}

fn title(brief: &AgreementBrief, look: &Look) -> String {
    let mut parts = vec![
        look.say(words::AGREED).to_owned(),
        brief.number.clone().unwrap_or_default(),
        look.say(brief.word.name()).to_owned(),
    ];
    parts.extend(brief.term.map(|term| {
        look.say(words::AGREED_DAYS)
            .replace("{from}", &term.from.to_string())
            .replace("{to}", &term.to.to_string())
    }));
    parts.push(brief.doctor.clone());
    parts.extend(agreement::flags(brief.flags, look));
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

/// Returns the promises of the agreement year that runs.
fn running<'v>(view: &HouseholdView, member: &'v MemberView) -> Vec<&'v Promise> {
    let covered = member.agreement.as_ref();
    let promises = covered.map_or(&[][..], |covered| &covered.promises);
    promises
        .iter()
        .filter(|one| one.span.holds(view.today))
        .collect()
}

/// Returns what is kept by member, and who has no part in it.
fn numbers(view: &HouseholdView, look: &Look) -> String {
    let mut kept_all = 0;
    let mut required_all = 0;
    let mut told = Vec::new();
    for member in &view.members {
        let name = member.person.name();
        if member.agreement.is_none() {
            let not_signed = look.say(words::NOT_SIGNED).replace("{}", name);
            let why = member.left_out.as_ref();
            let why = why.map(|left| agreement::why_left_out(left, look));
            told.push(why.map_or(not_signed.clone(), |why| format!("{not_signed}: {why}")));
            continue;
        }
        let promises = running(view, member);
        let sum = |of: fn(&Promise) -> u32| promises.iter().map(|one| of(one)).sum::<u32>();
        let (kept, required) = (sum(Promise::kept), sum(|one| one.required));
        kept_all += kept;
        required_all += required;
        let missed = sum(|one| one.missed);
        let mut text = format!("{name} {kept}/{required}");
        if 0 < missed {
            let late = look.say(words::MISSED).replace("{}", &missed.to_string());
            text = format!("{text} {late}");
        }
        told.push(text);
    }
    let all = look
        .say(words::KEPT)
        .replace("{kept}", &kept_all.to_string())
        .replace("{required}", &required_all.to_string());
    if told.is_empty() || view.members.iter().all(|one| one.agreement.is_none()) {
        return told.join("  ");
    }
    format!("{all}  {}", told.join("  "))
}

/// Returns what is promised the member: done of promised, what is due and what was missed.
fn items(view: &HouseholdView, member: &MemberView, look: &Look) -> String {
    let item = |one: &&Promise| {
        let name = match &one.item {
            Item::Basic(service) => look.say(service.name()).to_owned(),
            Item::Extra { name, .. } => name.clone(),
        };
        let mark = match one.standing(view.today, 0) {
            Standing::Kept => look.signs().tick.to_owned(),
            Standing::OnTrack => String::new(),
            Standing::DueSoon => look.say(words::DUE_NOW).to_owned(),
            Standing::Behind | Standing::Broken => look
                .say(words::MISSED)
                .replace("{}", &one.missed.to_string()),
        };
        format!("{name} {}/{}{mark}", one.done, one.required)
    };
    let promises = running(view, member);
    let told: Vec<String> = promises.iter().map(item).collect();
    if told.is_empty() {
        return String::new();
    }
    format!("{}: {}", member.person.name(), told.join("  "))
}
