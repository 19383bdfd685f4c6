//! What is said of the selected person: two lines below the list, or a pane
//! beside it where there is room.

use ratatui::{Frame, layout::Rect, style::Style};

use super::{Shown, State, list::what};
use crate::{
    desk::reply::{Glance, QueueRow, QueueView},
    domain::{
        agreement::pledge::Owed,
        clock::{day_of, time_of},
        day::Day,
        queue,
    },
    lang::outcome,
    tui::{
        saved,
        theme::Look,
        widgets::{cells, who},
        words::queue as words,
    },
};

/// The address stands from here on, or as far left of it as it is longer: where neighbours follow
/// each other, little of it changes.
const ADDRESS: usize = 60;
/// The cells of most names, so that what follows stands still.
const NAME: usize = 6;

/// Draws the two lines.
pub fn draw_lines(state: &State, view: &QueueView, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let Some(glance) = state.details.shown() else {
        return;
    };
    let Some(here) = state.row(glance.person) else {
        return;
    };
    let draft = match here {
        Shown::Open(row) if row.has_draft => look.say(words::HAS_DRAFT).to_owned(),
        Shown::Open(_) | Shown::Contacted(_) => String::new(),
    };
    let alerts = alerts(look, glance, "  ");
    // A child's late dose says more than the medicines it does not take.
    let medicines = if alerts.is_empty() || !glance.medicines.is_empty() {
        medicines(look, glance, "  ")
    } else {
        String::new()
    };
    let promises = match here {
        Shown::Open(row) => promises(look, row, view.day).join("  "),
        Shown::Contacted(_) => String::new(),
    };
    let name = name(&here);
    let name = cells::left(name, cells::width(name).max(NAME), "");
    let first = joined(&[
        format!("{name} {}", phone(look, glance)),
        last_named(look, glance, view.today),
    ]);
    let second = joined(&[draft, promises, alerts, medicines]);
    let room = usize::from(area.width.saturating_sub(2));
    let cut = look.signs().cut;
    let lines = addressed([first, second], &glance.address_here, room, cut);
    for (text, y) in lines.iter().zip(area.y..area.bottom()) {
        let text = cells::cut(text, room, cut);
        cells::put(frame, area.x + 1, y, &text, room, look.text());
    }
}

/// Returns the lines with the address in the first that has room for it. Where neither has, the
/// second is cut before the address is, down to half of it.
fn addressed([first, second]: [String; 2], address: &str, room: usize, cut: &str) -> [String; 2] {
    if address.is_empty() {
        return [first, second];
    }
    let last = room.saturating_sub(cells::width(address));
    let at = ADDRESS.min(last);
    let fits = |line: &str, at| cells::width(line) + 2 <= at;
    let with = |line: &str, at| cells::left(line, at, "") + address;
    if fits(&first, at) {
        return [with(&first, at), second];
    }
    if fits(&second, at) {
        return [first, with(&second, at)];
    }
    let half = room / 2;
    let second = cells::cut(&second, last.saturating_sub(2).max(half), cut);
    let second = with(&second, last.max(half + 2));
    [first, second]
}

/// Returns the parts that say something, side by side.
fn joined(parts: &[String]) -> String {
    let parts = parts.iter().filter(|part| !part.is_empty());
    parts.map(String::as_str).collect::<Vec<_>>().join("  ")
}

/// Draws the pane.
pub fn draw_pane(state: &State, view: &QueueView, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let glance = state.details.shown();
    let row = glance.and_then(|glance| state.row(glance.person));
    let Some(here) = row.or_else(|| state.here()) else {
        return;
    };
    let room = usize::from(area.width);
    let mut lines: Vec<(String, Style)> = vec![(name(&here).to_owned(), look.strong())];
    if let Shown::Open(row) = here {
        lines.push((what(look, &row.row), look.text()));
        if row.has_draft {
            lines.push((look.say(words::HAS_DRAFT).to_owned(), look.warning()));
        }
        lines.extend(
            tasks(look, row, view.day)
                .into_iter()
                .map(|line| (line, look.text())),
        );
        let promises = promises(look, row, view.day).into_iter();
        lines.extend(promises.map(|line| (line, look.warning())));
    }
    if let Some(glance) = glance.filter(|glance| glance.person == here.person()) {
        let mut titled = |title, text: String| {
            if !text.is_empty() {
                lines.push((String::new(), look.text()));
                lines.push((look.say(title).to_owned(), look.dim()));
                let wrapped = cells::wrap(&text, room);
                lines.extend(wrapped.into_iter().map(|line| (line, look.text())));
            }
        };
        titled(words::ALERTS, alerts(look, glance, "\n"));
        titled(words::PHONE, phone(look, glance));
        titled(words::ADDRESS, glance.address.clone());
        titled(words::LAST_VISIT, last(look, glance, view.today));
        titled(words::MEDICINE, medicines(look, glance, "\n"));
    }
    for ((line, style), y) in lines.iter().zip(area.y..area.bottom()) {
        cells::put(
            frame,
            area.x,
            y,
            &cells::cut(line, room, look.signs().cut),
            room,
            *style,
        );
    }
}

fn name<'a>(here: &Shown<'a>) -> &'a str {
    match here {
        Shown::Open(row) => &row.name,
        Shown::Contacted(row) => &row.name,
    }
}

/// Returns each task of the row with its reason and days.
fn tasks(look: &Look, row: &QueueRow, day: Day) -> Vec<String> {
    let mut lines = vec![String::new(), look.say(words::OPEN).to_owned()];
    for task in row.row.tasks.iter().chain(&row.row.riding) {
        let why = queue::why(task, day);
        let due = who::task_due(look, task, day);
        let when = match task.latest {
            Some(latest) => look
                .say(words::UNTIL)
                .replace("{due}", &due)
                .replace("{latest}", &who::near(latest, day)),
            None => due,
        };
        let name = look.say(task.kind.name());
        let reason = why.reason.text.get(look.lang);
        lines.push(format!("{name}  {when}"));
        lines.push(format!("  {reason} {}", why.rule.id()));
    }
    lines
}

/// Returns the promises near their end, each in a few words.
fn promises(look: &Look, row: &QueueRow, today: Day) -> Vec<String> {
    let told = |owed: &Owed| {
        look.say(words::PROMISE_SHORT)
            .replace("{item}", look.say(owed.service.name()))
            .replace("{done}", &owed.done.to_string())
            .replace("{required}", &owed.required.to_string())
            .replace("{until}", &who::near(owed.until, today))
    };
    row.row.owed.iter().map(told).collect()
}

fn phone(look: &Look, glance: &Glance) -> String {
    match (&glance.phone, &glance.phone_of) {
        (phone, _) if phone.is_empty() => look.say(words::NO_PHONE).to_owned(),
        (phone, Some(whose)) => format!("{phone}({whose})"),
        (phone, None) => phone.clone(),
    }
}

/// Returns the last follow-up with the word for it.
fn last_named(look: &Look, glance: &Glance, today: Day) -> String {
    let last = last(look, glance, today);
    match glance.last {
        Some(_) => format!("{} {last}", look.say(words::LAST)),
        None => last,
    }
}

/// Returns the last follow-up: its day, what was measured, its class; else what it was.
fn last(look: &Look, glance: &Glance, today: Day) -> String {
    let Some(contact) = &glance.last else {
        return look.say(words::NEVER_SEEN).to_owned();
    };
    let measured = contact.happening.measured().unwrap_or_default();
    let told = [
        outcome::measured(&measured, look.lang),
        saved::classes(look, &contact.decision),
    ];
    let mut parts = vec![who::near(contact.day, today)];
    parts.extend(told.into_iter().filter(|part| !part.is_empty()));
    if parts.len() == 1 {
        // Neither is asked there: what it was tells more than a day by itself.
        parts.push(outcome::happening(&contact.happening, look.lang));
    }
    parts.join(" ")
}

/// Returns what time alone has made true: windows missed, doses late.
fn alerts(look: &Look, glance: &Glance, between: &str) -> String {
    let words = glance.alerts.iter().map(|alert| alert.label());
    let words = words.map(|label| label.get(look.lang).to_owned());
    let until = glance.first_visit_until.map(|at| {
        look.say(words::FIRST_VISIT_UNTIL)
            .replace("{day}", &day_of(at).format("%m-%d").to_string())
            .replace("{time}", &time_of(at))
    });
    until
        .into_iter()
        .chain(words)
        .collect::<Vec<_>>()
        .join(between)
}

fn medicines(look: &Look, glance: &Glance, between: &str) -> String {
    if glance.medicines.is_empty() {
        return look.say(words::NO_MEDICINE).to_owned();
    }
    let names = glance
        .medicines
        .iter()
        .map(|medicine| medicine.get(look.lang));
    names.collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "西沟村4组34号";

    fn addressed_at(first: &str, second: &str, address: &str) -> [String; 2] {
        addressed([first.to_owned(), second.to_owned()], address, 78, "…")
    }

    #[test]
    fn the_address_stands_at_the_same_cell_where_there_is_room() {
        let long = "刘金兰 179****9194(周玉芳)  上次 11-04 168/80 空腹7.9 控制不满意";
        let one = addressed_at("崔银云 154****7349  上次 11-14", "缬沙坦 1次/日", HERE);
        let other = addressed_at(long, "缬沙坦 1次/日", HERE);
        let before = |line: &str| line.find(HERE).map(|at| cells::width(&line[..at]));
        assert_eq!((before(&one[0]), before(&one[1])), (Some(ADDRESS), None));
        assert_eq!(
            (before(&other[0]), before(&other[1])),
            (None, Some(ADDRESS))
        );
    }

    #[test]
    fn medicines_are_cut_before_the_address_is() {
        let first = "名".repeat(30);
        let second = "药".repeat(37);
        let [_, told] = addressed_at(&first, &second, HERE);
        assert_eq!(cells::width(&told), 78);
        assert!(told.ends_with(&format!("药…  {HERE}")), "{told}");
        // Half of the line is theirs, however long the address is.
        let address = "址".repeat(30);
        let [_, told] = addressed_at(&first, &second, &address);
        assert!(told.starts_with(&"药".repeat(19)), "{told}");
        assert_eq!(addressed_at(&first, &second, ""), [first, second]);
    }
}
