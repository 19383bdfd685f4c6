//! Draws the editor: banner, form, problems, outcome, and the line behind the answers.
//!
//! It only draws; all state is the editor's.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Position, Rect},
    style::Style,
    text::{Line, Span},
    widgets::Paragraph,
};

use super::{cells::Ink, editor::FormEditor, layout::lay, words};
use crate::{
    domain::form::{Problem, Severity},
    lang::refusals,
    tui::{theme::Look, widgets::cells},
};

/// The most problem lines shown at once; the rest are counted.
const PROBLEM_LINES: usize = 4;
/// Where a problem goes on in its next line.
const INDENT: usize = 3;

/// What the screen around the editor knows.
#[derive(Debug, Clone, Default)]
pub struct Surroundings<'a> {
    /// What to do and whom to call, when there is an urgent sign.
    pub banner: &'a [Line<'a>],
    /// The live outcome.
    pub outcome: &'a [Line<'a>],
}

/// Draws the editor and puts the real cursor into the field under it.
pub fn view(
    editor: &FormEditor,
    around: &Surroundings<'_>,
    look: &Look,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let width = usize::from(area.width);
    let problems = problem_lines(editor, look, width);
    let is_visit = editor.form().is_some_and(|form| form.visit_day.is_some());
    let rows = |lines: usize| Constraint::Length(u16::try_from(lines).unwrap_or(u16::MAX));
    let [banner, body, rule, told, outcome, entry] = Layout::vertical([
        rows(around.banner.len()),
        Constraint::Min(3),
        rows(1),
        rows(problems.len()),
        rows(around.outcome.len()),
        // A card has no entry in one line.
        rows(usize::from(is_visit)),
    ])
    .areas(area);
    frame.render_widget(Paragraph::new(around.banner.to_vec()), banner);
    draw_body(editor, look, frame, body);
    let line = look.signs().rule;
    frame.render_widget(Paragraph::new(line.repeat(width)).style(look.dim()), rule);
    frame.render_widget(Paragraph::new(problems), told);
    frame.render_widget(Paragraph::new(around.outcome.to_vec()), outcome);
    if is_visit {
        let text = format!(" {}", editor.line(look.lang));
        let text = cells::start(&text, width).to_owned();
        frame.render_widget(Paragraph::new(text).style(look.dim()), entry);
    }
}

fn draw_body(editor: &FormEditor, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let laid = lay(editor, usize::from(area.width), look.lang);
    let offset = laid.offset(usize::from(area.height));
    let lines = laid
        .lines
        .iter()
        .skip(offset)
        .take(usize::from(area.height));
    let lines: Vec<Line<'_>> = lines
        .map(|line| {
            let spans = line.iter();
            let spans = spans.map(|s| Span::styled(s.text.clone(), style_of(s.ink, look)));
            Line::from(spans.collect::<Vec<_>>())
        })
        .collect();
    frame.render_widget(Paragraph::new(lines), area);
    let cursor = laid.cursor.and_then(|(line, cell)| {
        let y = u16::try_from(line.checked_sub(offset)?).ok()?;
        let x = u16::try_from(cell).ok()?.min(area.width.saturating_sub(1));
        (y < area.height).then(|| Position::new(area.x + x, area.y + y))
    });
    if let Some(position) = cursor {
        frame.set_cursor_position(position);
    }
}

/// Returns what is wrong or doubtful, and what the last key could not do, in lines of at most
/// `width` cells.
pub fn problem_lines(editor: &FormEditor, look: &Look, width: usize) -> Vec<Line<'static>> {
    let lang = look.lang;
    let mut told: Vec<(String, Style)> = Vec::new();
    if let Some(fault) = &editor.notice {
        let text = format!("! {}", refusals::form::fault(fault, lang));
        told.push((text, look.problem()));
    }
    if !editor.unknown_words.is_empty() {
        let text = words::UNKNOWN_WORDS.get(lang);
        let text = format!("! {text}{}", editor.unknown_words.join(" "));
        told.push((text, look.problem()));
    }
    let problems = editor.problems.iter().take(PROBLEM_LINES);
    told.extend(problems.map(|(page, problem)| problem_line(editor, *page, problem, look)));
    let more = editor.problems.len().saturating_sub(PROBLEM_LINES);
    if more > 0 {
        let text = words::MORE.get(lang).replace("{}", &more.to_string());
        told.push((format!("  {text}"), look.problem()));
    }
    if editor.is_asking {
        told.push((format!("? {}", words::CONFIRM.get(lang)), look.warning()));
    }
    let whole = |(text, style): (String, Style)| {
        let lines = cells::wrap(&text, width.saturating_sub(INDENT)).into_iter();
        let begin = |at: usize| " ".repeat(if at == 0 { 1 } else { INDENT });
        let lines = lines.enumerate();
        lines.map(move |(at, line)| Line::styled(format!("{}{line}", begin(at)), style))
    };
    told.into_iter().flat_map(whole).collect()
}

/// Returns one problem by the name of its field, and how grave it is.
fn problem_line(
    editor: &FormEditor,
    page: usize,
    problem: &Problem,
    look: &Look,
) -> (String, Style) {
    let lang = look.lang;
    let page = editor.pages.get(page);
    let field = page.and_then(|page| page.form.field(&problem.field));
    let label = field.map_or(problem.field.as_str(), |field| field.label.get(lang));
    let cell = problem.row.as_ref().and_then(|row| {
        let mut columns = field?.columns().iter();
        let column = columns.find(|column| column.key == row.column)?;
        Some(format!(" {} {}", row.index + 1, column.label.get(lang)))
    });
    let cell = cell.unwrap_or_default();
    let (sign, style) = match problem.severity() {
        Severity::Hard => ("!", look.problem()),
        Severity::Soft => ("?", look.warning()),
    };
    let words = refusals::form::fault(&problem.fault, lang);
    (format!("{sign} {label}{cell}: {words}"), style)
}

/// Returns how a piece of this role is drawn.
pub fn style_of(ink: Ink, look: &Look) -> Style {
    match ink {
        Ink::Plain | Ink::Label => look.text(),
        Ink::Value => look.field(),
        Ink::Focus => look.field_here(),
        Ink::Dim => look.dim(),
        Ink::Carried => look.carried(),
        Ink::Chosen => look.strong(),
        Ink::Problem => look.problem(),
        Ink::Doubt => look.warning(),
    }
}
