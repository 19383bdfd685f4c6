//! Draws the papers in lists: how many, the rows, what is said of the one selected.

use ratatui::{Frame, layout::Rect};

use super::{Answered, State, words};
use crate::{
    desk::reply::{ReferralRow, ReferralsView, RegisterRow, RegisterView, Stands},
    domain::{day::Day, programmes::reason::Reason, text::Text},
    tui::{
        theme::Look,
        widgets::{
            cells, frame,
            table::{self, Column, Row, Selection, Width},
            who,
        },
    },
};

/// The lines above the list: the numbers, a rule, the headings.
const ABOVE: u16 = 3;
/// The lines below it: a rule and two lines on the row selected.
const BELOW: u16 = 3;

const REFERRALS: [Column; 8] = [
    Column::right(words::DAYS, Width::Cells(4)),
    Column::left(words::NAME, Width::Cells(10)),
    Column::left(words::AGE, Width::Cells(7)),
    Column::left(words::PLACE, Width::Cells(8)),
    Column::left(words::SLIP, Width::Cells(4)),
    Column::left(words::STANDS, Width::Cells(11)),
    Column::left(words::TO, Width::Rest(14)),
    Column::left(words::WHY, Width::From(34, 100)),
];
const REGISTER: [Column; 7] = [
    Column::right(words::NUMBER, Width::Cells(4)),
    Column::left(words::NAME, Width::Cells(10)),
    Column::left(words::AGE, Width::Cells(7)),
    Column::left(words::PLACE, Width::Cells(8)),
    Column::left(words::KIND, Width::Cells(5)),
    Column::left(words::DIAGNOSIS, Width::Cells(18)),
    Column::left(words::COMPLAINT, Width::Rest(14)),
];
/// The cell with the name.
const NAME: usize = 1;

/// Returns how many rows are seen.
pub fn page(work: Rect) -> usize {
    usize::from(work.height.saturating_sub(ABOVE + BELOW))
}

/// Draws the screen.
pub fn view(state: &State, look: &Look, screen: &mut Frame<'_>, area: Rect) {
    let row = |y: u16| Rect {
        y: area.y + y,
        height: 1,
        ..area
    };
    let list = Rect {
        y: area.y + ABOVE,
        height: area.height.saturating_sub(ABOVE + BELOW),
        ..area
    };
    let room = usize::from(area.width);
    let (count, nothing) = match &state.list {
        Some(Answered::Referrals(view)) => (referral_count(view, look), words::NO_REFERRAL),
        Some(Answered::Register(view)) => (register_count(view, look), words::NOBODY),
        None => (String::new(), words::LOOKING),
    };
    cells::put(screen, area.x, area.y, &count, room, look.text());
    frame::draw_rule(look, screen, row(1), "");
    if state.count() == 0 {
        cells::put(
            screen,
            area.x + 3,
            list.y,
            look.say(nothing),
            room,
            look.dim(),
        );
    } else {
        draw_list(state, look, screen, (row(2), list));
    }
    frame::draw_rule(look, screen, row(area.height.saturating_sub(BELOW)), "");
    let detail = state
        .referral()
        .map(|row| referral_detail(row, look))
        .or_else(|| state.line().map(|row| line_detail(row, look)));
    let room = room.saturating_sub(2);
    let lines = detail.into_iter().flatten();
    for (text, y) in lines.zip(area.y + area.height.saturating_sub(2)..) {
        let text = cells::cut(&text, room, look.signs().cut);
        cells::put(screen, area.x + 1, y, &text, room, look.text());
    }
}

fn draw_list(state: &State, look: &Look, screen: &mut Frame<'_>, (heading, area): (Rect, Rect)) {
    let seen = state.scroll.seen(state.count(), usize::from(area.height));
    let selected = state.scroll.selected(state.count());
    let selection = Selection {
        row: selected.and_then(|at| at.checked_sub(seen.start)),
        name: NAME,
    };
    let (columns, rows): (&[Column], Vec<Row>) = match &state.list {
        Some(Answered::Referrals(view)) => {
            let rows = view.rows.get(seen).unwrap_or_default().iter();
            let rows = rows.map(|row| referral_row(row, look, view.today));
            (&REFERRALS, rows.collect())
        }
        Some(Answered::Register(view)) => {
            let rows = view.rows.iter().enumerate();
            let rows = rows.skip(seen.start).take(seen.len());
            let rows = rows.map(|(at, row)| line_row(at + 1, row, look, view.day));
            (&REGISTER, rows.collect())
        }
        None => return,
    };
    table::draw_heading(look, screen, heading, columns);
    table::draw_rows(look, screen, area, columns, &rows, selection);
}

fn referral_count(view: &ReferralsView, look: &Look) -> String {
    let count = |is: fn(&Stands) -> bool| {
        let rows = view.rows.iter().filter(|row| is(&row.stands));
        rows.count().to_string()
    };
    look.say(words::REFERRAL_COUNT)
        .replace("{open}", &count(|s| matches!(s, Stands::Open(_))))
        .replace("{waiting}", &count(|s| matches!(s, Stands::Waiting)))
        .replace("{back}", &count(|s| matches!(s, Stands::Returned(_))))
}

fn register_count(view: &RegisterView, look: &Look) -> String {
    look.say(words::REGISTER_COUNT)
        .replace("{day}", &view.day.to_string())
        .replace("{n}", &view.rows.len().to_string())
}

fn plain(texts: Vec<String>, look: &Look) -> Row {
    let cells = texts.into_iter().map(|text| (text, look.text()));
    Row {
        flag: None,
        cells: cells.collect(),
    }
}

fn referral_row(row: &ReferralRow, look: &Look, today: Day) -> Row {
    let slip = if row.has_slip {
        words::HAS_SLIP
    } else {
        words::NO_SLIP
    };
    let day = |words: Text, day: Day| look.say(words).replace("{day}", &who::near(day, today));
    let stands = match row.stands {
        Stands::Open(due) => day(words::CHECK, due),
        Stands::Waiting => look.say(words::WAITING).to_owned(),
        Stands::Returned(on) => day(words::RETURNED, on),
    };
    let mut told = plain(
        vec![
            row.age.to_string(),
            row.who.name.clone(),
            who::sex_age(look, row.who.sex, row.who.birth, today),
            row.who.place.clone(),
            look.say(slip).to_owned(),
            stands,
            row.to.clone(),
            why(row, look),
        ],
        look,
    );
    let is_back = matches!(row.stands, Stands::Returned(_));
    told.flag = (row.urgent && !is_back).then(|| ("!!", look.overdue()));
    told
}

/// Why, as told; else by the rules.
fn why(row: &ReferralRow, look: &Look) -> String {
    if !row.reason.is_empty() {
        return row.reason.clone();
    }
    let by_rules = row.why.map(Reason::text);
    by_rules.map_or_else(String::new, |why| why.get(look.lang).to_owned())
}

fn referral_detail(row: &ReferralRow, look: &Look) -> [String; 2] {
    let sent = look
        .say(words::SENT_ON)
        .replace("{day}", &row.sent.to_string());
    let mut first = vec![row.who.name.clone(), sent, row.to.clone()];
    let programmes = row.programmes.iter();
    first.extend(programmes.map(|kind| look.say(kind.programme().short).to_owned()));
    if row.urgent {
        first.push(look.say(words::URGENT).to_owned());
    }
    first.retain(|text| !text.is_empty());
    [first.join("  "), why(row, look)]
}

fn line_row(number: usize, row: &RegisterRow, look: &Look, day: Day) -> Row {
    let kind = if row.line.is_first {
        words::FIRST
    } else {
        words::AGAIN
    };
    let told = vec![
        number.to_string(),
        row.who.name.clone(),
        who::sex_age(look, row.who.sex, row.who.birth, day),
        row.who.place.clone(),
        look.say(kind).to_owned(),
        row.line.diagnosis.clone(),
        row.line.complaint.clone(),
    ];
    plain(told, look)
}

fn line_detail(row: &RegisterRow, look: &Look) -> [String; 2] {
    let line = &row.line;
    let mut first = vec![
        row.who.name.clone(),
        line.diagnosis.clone(),
        line.complaint.clone(),
    ];
    if line.is_notifiable {
        first.push(look.say(words::NOTIFIABLE).to_owned());
    }
    let done = look.say(words::HANDLING).replace("{}", &line.handling);
    let by = look.say(words::BY).replace("{}", &row.by);
    [first.join("  "), format!("{done}  {by}")]
}
