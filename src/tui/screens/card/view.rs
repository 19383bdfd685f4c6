//! Draws a card.
//!
//! ```text
//!  张秀英 女 67  3-012 户主 张德福   档案 …     who, where, numbers
//!  老年人 高血压   名册: 履约中                  groups, agreement told
//!  待补 3项: 民族 血型 文化程度
//! ──────────────────────────────────
//!  the form                                    │ facts, where there is room
//! ```

use ratatui::{Frame, layout::Rect};

use super::{Known, State};
use crate::{
    desk::reply::PersonView,
    tui::{
        form::{self, Surroundings},
        screens::{
            facts,
            household::{self, words},
        },
        theme::Look,
        widgets::{cells, frame},
    },
};

/// Rows above the form.
const ABOVE: u16 = 4;
/// From this width on, what else is known of the person stands beside the card.
const WIDE: u16 = 118;
/// Cells of what stands beside it.
const ASIDE: u16 = 40;

/// Draws the card.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let (Some(known), Some(editor)) = (&state.known, &state.editor) else {
        let text = look.say(words::LOADING);
        cells::put(frame, area.x + 1, area.y, text, 40, look.dim());
        return;
    };
    let line = |at: u16| Rect {
        y: area.y + at,
        height: 1,
        ..area
    };
    let (first, second) = match known {
        Known::Person(view) => person(view, look),
        Known::Household(view) => (
            vec![view.village.name.clone(), view.household.place()],
            vec![view.number.clone().unwrap_or_default()],
        ),
    };
    household::draw_parts(&first, look.strong(), look, frame, line(0));
    household::draw_parts(&second, look.text(), look, frame, line(1));
    household::draw_parts(
        &[missing(known, look)],
        look.warning(),
        look,
        frame,
        line(2),
    );
    frame::draw_rule(look, frame, line(3), "");
    let mut body = Rect {
        y: area.y + ABOVE,
        height: area.height.saturating_sub(ABOVE),
        ..area
    };
    if let Known::Person(view) = known
        && WIDE <= area.width
    {
        let aside = Rect {
            x: area.right() - ASIDE,
            width: ASIDE,
            ..body
        };
        body.width -= ASIDE + 1;
        facts::draw(view, look, frame, aside);
    }
    form::view(editor, &Surroundings::default(), look, frame, body);
}

fn person(view: &PersonView, look: &Look) -> (Vec<String>, Vec<String>) {
    let person = &view.member.person;
    let say = |text: crate::domain::text::Text, with: &str| look.say(text).replace("{}", with);
    let record = person.record_no.as_deref();
    let mut first = vec![
        format!(
            "{} {}",
            household::name(look, person),
            household::sex_age(look, person, view.today)
        ),
        format!("{} {}", view.village.name, view.household.place()),
        say(words::HEAD_OF, &view.head),
        say(words::RECORD, record.unwrap_or(look.say(words::NO_NUMBER))),
    ];
    first.extend(
        person
            .former_record_nos
            .iter()
            .map(|number| say(words::FORMERLY, number)),
    );
    let mut second = vec![household::tags(look, view.member.tags)];
    if !person.is_here() {
        second.insert(0, household::state(look, &person.state));
    }
    if let Some(told) = &person.agreement_told {
        let mut parts = vec![told.state.clone()];
        parts.extend(told.signed_on.map(|day| day.to_string()));
        parts.extend(told.doctor.clone());
        second.push(say(words::TOLD, &parts.join(" ")));
    }
    if let Some((_, mother)) = &view.mother {
        second.push(say(words::MOTHER_IS, mother));
    }
    (first, second)
}

/// Returns what is to be filled in, by the labels of the form.
fn missing(known: &Known, look: &Look) -> String {
    let form = known.form();
    let labels: Vec<&str> = known
        .missing()
        .iter()
        .filter_map(|field| Some(form.field(field)?.label.get(look.lang)))
        .collect();
    if labels.is_empty() {
        return look.say(words::COMPLETE).to_owned();
    }
    look.say(words::MISSING)
        .replace("{n}", &labels.len().to_string())
        .replace("{list}", &labels.join(" "))
}
