//! The page of a year: a line a service, twelve months across, below it the chosen month.
//!
//! ```text
//!                1月  2月 … ▸11月 12月
//!  高血压        ✓12            ○21        高血压 面对面 3/4  年检未做
//! ─── 11月 ───
//!  11-20  随访 高血压   152/94   控制不满意 H5
//! ```

use chrono::Datelike;
use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::{Known, words, words::text};
use crate::domain::order::Arrange as _;
use crate::{
    domain::{
        alert::Alert,
        day::{Day, plus_days, plus_months, year_start},
        picture::year::{self, Count, Mark, Service, What},
        task::{Status, Task, TaskKind},
        text::{Lang, Text},
    },
    tui::{screens::visits, theme::Look, widgets::cells},
};

/// The least cells of a service's name.
const NAME: usize = 15;

/// Returns the page.
pub fn lines(look: &Look, known: &Known, month: u32, width: usize) -> Vec<Line<'static>> {
    let wide = (width.saturating_sub(NAME) / 12).max(3);
    let name_cells = width.saturating_sub(wide * 12).max(NAME);
    let mut lines = vec![months(look, month, (name_cells, wide))];
    for line in &known.year.lines {
        lines.push(service(look, line, known.year.year, (name_cells, wide)));
    }
    if known.year.lines.is_empty() {
        let none = format!(" {}", look.say(NOTHING));
        lines.push(Line::styled(none, look.dim()));
    }
    lines.push(legend(look, known, width));
    lines.extend(known.year.counts.iter().map(|count| counted(look, count)));
    lines.extend(of_month(look, known, month, width));
    lines
}

fn months(look: &Look, chosen: u32, (name_cells, wide): (usize, usize)) -> Line<'static> {
    let mut spans = vec![Span::raw(" ".repeat(name_cells))];
    for month in 1..=12 {
        let is_here = month == chosen;
        let sign = if is_here { look.signs().mark } else { " " };
        let name = format!("{sign}{}", month_name(month, look.lang));
        let style = if is_here { look.strong() } else { look.dim() };
        spans.push(Span::styled(cells::left(&name, wide, ""), style));
    }
    Line::from(spans)
}

fn month_name(month: u32, lang: Lang) -> String {
    const EN: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let at = usize::try_from(month).unwrap_or(1).saturating_sub(1);
    match lang {
        Lang::Zh => format!("{month}月"),
        Lang::En => EN.get(at).copied().unwrap_or("").to_owned(),
    }
}

fn service(
    look: &Look,
    line: &year::Line,
    year: i32,
    (name_cells, wide): (usize, usize),
) -> Line<'static> {
    // A programme's yearly check stands below its visits and needs no name again.
    let name = match line.service {
        Service::Yearly(kind)
            if kind != TaskKind::BpScreen && line.programme.programme().visit.is_some() =>
        {
            format!("   {}", look.say(CHECK))
        }
        Service::FollowUp | Service::Yearly(_) | Service::Windows => {
            format!(" {}", look.say(line.name()))
        }
    };
    let name = cells::left(&name, name_cells - 1, look.signs().cut);
    let mut spans = vec![Span::raw(format!("{name} "))];
    for month in 1..=12 {
        spans.extend(cell(look, line, (year, month), wide));
    }
    Line::from(spans)
}

/// One month of one service: the most telling marks, as many as fit with a gap behind.
fn cell(
    look: &Look,
    line: &year::Line,
    (year, month): (i32, u32),
    wide: usize,
) -> Vec<Span<'static>> {
    let mut marks: Vec<&Mark> = line
        .marks
        .iter()
        .filter(|mark| mark.day.month() == month)
        .collect();
    marks.arrange_by_key(|mark| mark.what.rank());
    let mut spans = Vec::new();
    let mut free = wide;
    let mut shown = 0;
    for mark in &marks {
        let sign = sign(look, mark.what);
        let mut text = format!("{sign}{:02}", mark.day.day());
        if wide < cells::width(&text) + 1 {
            // A narrow screen has room for the sign alone.
            sign.clone_into(&mut text);
        }
        let cells = cells::width(&text);
        if free < cells + 1 {
            break;
        }
        free -= cells;
        shown += 1;
        spans.push(Span::styled(text, style(look, mark.what)));
    }
    if shown < marks.len() && 1 < free {
        spans.push(Span::styled("+", look.dim()));
        free -= 1;
    }
    let first = plus_months(year_start(year), month - 1);
    let last = plus_days(plus_months(year_start(year), month), -1);
    let is_open = |(from, to): &(Day, Day)| *from <= last && first <= *to;
    if marks.is_empty() && line.windows.iter().any(is_open) {
        let bar = look.signs().rule.repeat(wide.min(4) - 1);
        free -= cells::width(&bar);
        spans.push(Span::styled(bar, look.dim()));
    }
    spans.push(Span::raw(" ".repeat(free)));
    spans
}

/// Returns the sign of a mark.
fn sign(look: &Look, what: What) -> &'static str {
    let signs = look.signs();
    match what {
        What::Done {
            face_to_face: true, ..
        } => signs.tick,
        What::Done { .. } => look.say(text("电", "t")),
        What::Missed { .. } => signs.cross,
        What::Due(_) => signs.ring,
        What::Planned => signs.dot,
        What::Elsewhere => look.say(text("别", "e")),
        What::NotReached => look.say(text("未", "?")),
        What::Refused => look.say(text("拒", "n")),
        What::Lost => look.say(text("失", "!")),
        What::Entered => look.say(text("纳", "+")),
        What::Left => look.say(text("结", "-")),
    }
}

fn style(look: &Look, what: What) -> Style {
    match what {
        What::Done { .. } | What::Elsewhere => look.good(),
        What::Missed { open: true, .. } | What::Lost => look.overdue(),
        What::Missed { .. } => look.problem(),
        What::Due(Status::Overdue) => look.overdue(),
        What::Due(Status::Grace) => look.warning(),
        What::Due(Status::NotYet | Status::OpenEarly | Status::DueToday) => look.strong(),
        What::NotReached | What::Refused => look.warning(),
        What::Planned | What::Entered | What::Left => look.dim(),
    }
}

/// Returns what the signs of this year mean.
fn legend(look: &Look, known: &Known, width: usize) -> Line<'static> {
    let marks = || known.year.lines.iter().flat_map(|line| &line.marks);
    let mut told: Vec<(&str, &str)> = Vec::new();
    let mut kinds: Vec<What> = marks().map(|mark| mark.what).collect();
    kinds.arrange_by_key(|what| what.rank());
    for what in kinds {
        let word = match what {
            What::Due(_) => look.say(DUE),
            What::Done { face_to_face, .. } => What::Done {
                face_to_face,
                late: false,
            }
            .text()
            .get(look.lang),
            What::Missed { .. } => look.say(EXPIRED),
            other => other.text().get(look.lang),
        };
        let sign = sign(look, what);
        if !told.contains(&(sign, word)) {
            told.push((sign, word));
        }
    }
    let spans: Vec<Span<'_>> = told
        .into_iter()
        .map(|(sign, word)| {
            // Where the sign is the word's own first, the word alone tells both.
            let sign = if word.starts_with(sign) { "" } else { sign };
            let gap = look.say(text("", " "));
            Span::raw(format!("{sign}{gap}{word}").trim_start().to_owned())
        })
        .collect();
    let joined = cells::joined(spans, "  ", width.saturating_sub(2));
    Line::styled(format!(" {joined}"), look.dim())
}

fn counted(look: &Look, count: &Count) -> Line<'static> {
    let name = count.programme.programme().short.get(look.lang);
    let numbers = words::fill(
        look,
        COUNT,
        &[name, &count.done.to_string(), &count.required.to_string()],
    );
    let mut parts = vec![numbers];
    if 0 < count.by_phone {
        parts.push(words::fill(look, PHONED, &[&count.by_phone.to_string()]));
    }
    parts.push(
        look.say(if count.exam_done { CHECKED } else { UNCHECKED })
            .to_owned(),
    );
    if count.is_standard {
        parts.push(look.say(STANDARD).to_owned());
    }
    let mut spans = vec![Span::raw(format!(" {}", parts.join("  ")))];
    if count.falls_short {
        let alert = Alert::F2fShortfall.label();
        let alert = format!("  !! {}", alert.get(look.lang));
        spans.push(Span::styled(alert, look.overdue()));
    }
    Line::from(spans)
}

/// Returns the chosen month: what was recorded, and what is due, missed or to come.
fn of_month(look: &Look, known: &Known, month: u32, width: usize) -> Vec<Line<'static>> {
    let year = known.year.year;
    let head = format!(
        "{} {} ",
        look.signs().rule.repeat(3),
        month_name(month, look.lang)
    );
    let tail = width.saturating_sub(cells::width(&head));
    let head = format!("{head}{}", look.signs().rule.repeat(tail));
    let mut lines = vec![Line::styled(head, look.dim())];
    let is_here = |day: Day| day.year() == year && day.month() == month;
    let contacts = known.view.contacts.iter();
    let recorded: Vec<_> = contacts.filter(|contact| is_here(contact.day)).collect();
    for contact in &recorded {
        let style = if contact.withdrawn.is_some() {
            look.dim()
        } else {
            look.text()
        };
        let row = format!(" {}", visits::row(contact, look, width.saturating_sub(2)));
        lines.push(Line::styled(row, style));
    }
    let open = known.view.life().open();
    for line in &known.year.lines {
        for mark in line.marks.iter().filter(|mark| is_here(mark.day)) {
            let is_told = recorded.iter().any(|contact| {
                contact.day == mark.day && contact.programmes().contains(&line.programme)
            });
            let is_event = !matches!(
                mark.what,
                What::Due(_) | What::Planned | What::Missed { .. }
            );
            if !(is_event && is_told) {
                lines.push(marked(look, line, mark, &open));
            }
        }
    }
    if lines.len() == 1 {
        lines.push(Line::styled(format!(" {}", look.say(EMPTY)), look.dim()));
    }
    lines
}

fn marked(look: &Look, line: &year::Line, mark: &Mark, open: &[Task]) -> Line<'static> {
    let lang = look.lang;
    let name = match mark.kind {
        Some(kind) => kind.name().get(lang),
        None => line.name().get(lang),
    };
    let mut rest = Vec::new();
    match mark.what {
        What::Due(_) => {
            let is_it = |task: &&Task| {
                Some(task.kind) == mark.kind && task.programmes.contains(&line.programme)
            };
            if let Some(task) = open.iter().find(is_it) {
                let none = || look.signs().none.to_owned();
                let latest = task.latest.map_or_else(none, |day| day.to_string());
                let latest = cells::left(&latest, 10, look.signs().cut);
                rest.push(format!("{} ~ {latest}", task.earliest));
                rest.push(task.rule.id().to_owned());
            }
        }
        What::Missed {
            done: Some(day), ..
        } => {
            rest.push(words::fill(look, MADE_UP, &[&day.to_string()]));
        }
        _ => {}
    }
    let (sign, word) = (sign(look, mark.what), mark.what.text().get(lang));
    let sign = if word.starts_with(sign) { "" } else { sign };
    let what = format!("{sign}{}{word}", look.say(text("", " ")));
    let plain = format!(" {} {} ", mark.day, cells::left(name, 22, look.signs().cut));
    Line::from(vec![
        Span::raw(plain),
        Span::styled(cells::left(&what, 16, ""), style(look, mark.what)),
        Span::styled(format!(" {}", rest.join("  ")), look.dim()),
    ])
}

const CHECK: Text = text("年检", "yearly check");
const NOTHING: Text = text("这一年没有服务记录", "Nothing in this year");
const EMPTY: Text = text("这个月没有", "Nothing in this month");
const EXPIRED: Text = text("过期", "missed");
const DUE: Text = text("到期", "due");
const COUNT: Text = text("{} 面对面 {}/{} 次", "{}: face to face {} of {}");
const PHONED: Text = text("电话/线上 {} 次", "by phone {}");
const CHECKED: Text = text("年检已做", "yearly check done");
const UNCHECKED: Text = text("年检未做", "no yearly check");
const STANDARD: Text = text("规范管理", "to the standard");
const MADE_UP: Text = text("{} 补做", "made up on {}");
