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

use super::{
    cells::{Ink, clipped},
    editor::FormEditor,
    layout::lay,
    words,
};
use crate::{
    domain::{form::Severity, text::Lang},
    lang::refusals,
};

/// The most problem lines shown at once; the rest are counted.
const PROBLEM_LINES: usize = 4;

/// Styles by meaning. All may be plain: meaning is carried by signs and words as well.
#[derive(Debug, Clone, Copy, Default)]
pub struct FormStyles {
    pub plain: Style,
    pub label: Style,
    pub value: Style,
    /// The box under the cursor.
    pub focus: Style,
    pub dim: Style,
    pub chosen: Style,
    pub problem: Style,
    pub doubt: Style,
    pub rule: Style,
    /// Whether only ASCII may be used for lines.
    pub is_ascii: bool,
}

/// What the screen around the editor knows.
#[derive(Debug, Clone, Default)]
pub struct Surroundings<'a> {
    pub lang: Lang,
    /// What to do and whom to call, when there is an urgent sign.
    pub banner: &'a [Line<'a>],
    /// The live outcome.
    pub outcome: &'a [Line<'a>],
}

/// Draws the editor and puts the real cursor into the field under it.
pub fn view(
    editor: &FormEditor,
    around: &Surroundings<'_>,
    styles: &FormStyles,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let width = usize::from(area.width);
    let problems = problem_lines(editor, around.lang, styles);
    let rows = |lines: usize| Constraint::Length(u16::try_from(lines).unwrap_or(u16::MAX));
    let [banner, body, rule, told, outcome, entry] = Layout::vertical([
        rows(around.banner.len()),
        Constraint::Min(3),
        rows(1),
        rows(problems.len()),
        rows(around.outcome.len()),
        rows(1),
    ])
    .areas(area);
    frame.render_widget(Paragraph::new(around.banner.to_vec()), banner);
    draw_body(editor, around.lang, styles, frame, body);
    let line = if styles.is_ascii { "-" } else { "─" };
    frame.render_widget(Paragraph::new(line.repeat(width)).style(styles.rule), rule);
    frame.render_widget(Paragraph::new(problems), told);
    frame.render_widget(Paragraph::new(around.outcome.to_vec()), outcome);
    let text = format!(" {}", editor.line(around.lang));
    let text = clipped(&text, width);
    frame.render_widget(Paragraph::new(text).style(styles.dim), entry);
}

fn draw_body(
    editor: &FormEditor,
    lang: Lang,
    styles: &FormStyles,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let laid = lay(editor, usize::from(area.width), lang);
    let offset = laid.offset(usize::from(area.height));
    let lines = laid
        .lines
        .iter()
        .skip(offset)
        .take(usize::from(area.height));
    let lines: Vec<Line<'_>> = lines
        .map(|line| {
            let spans = line.iter();
            let spans = spans.map(|s| Span::styled(s.text.clone(), style_of(s.ink, styles)));
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

fn problem_lines(editor: &FormEditor, lang: Lang, styles: &FormStyles) -> Vec<Line<'static>> {
    let mut lines: Vec<Line<'static>> = Vec::new();
    if let Some(fault) = &editor.notice {
        let text = format!(" ! {}", refusals::form::fault(fault, lang));
        lines.push(Line::styled(text, styles.problem));
    }
    if !editor.unknown_words.is_empty() {
        let text = words::UNKNOWN_WORDS.get(lang);
        let text = format!(" ! {text}{}", editor.unknown_words.join(" "));
        lines.push(Line::styled(text, styles.problem));
    }
    for (index, problem) in editor.problems.iter().take(PROBLEM_LINES) {
        let field = editor
            .pages
            .get(*index)
            .and_then(|page| page.form.field(&problem.field));
        let label = field.map_or(problem.field.as_str(), |field| field.label.get(lang));
        let cell = problem.row.as_ref().and_then(|row| {
            let mut columns = field?.columns().iter();
            let column = columns.find(|column| column.key == row.column)?;
            Some(format!(" {} {}", row.index + 1, column.label.get(lang)))
        });
        let cell = cell.unwrap_or_default();
        let (sign, style) = match problem.severity() {
            Severity::Hard => ("!", styles.problem),
            Severity::Soft => ("?", styles.doubt),
        };
        let words = refusals::form::fault(&problem.fault, lang);
        lines.push(Line::styled(
            format!(" {sign} {label}{cell}: {words}"),
            style,
        ));
    }
    let more = editor.problems.len().saturating_sub(PROBLEM_LINES);
    if more > 0 {
        let text = format!("   {} {more}", words::MORE.get(lang));
        lines.push(Line::styled(text, styles.problem));
    }
    if editor.is_asking {
        let text = format!(" ? {}", words::CONFIRM.get(lang));
        lines.push(Line::styled(text, styles.doubt));
    }
    lines
}

fn style_of(ink: Ink, styles: &FormStyles) -> Style {
    match ink {
        Ink::Plain => styles.plain,
        Ink::Label => styles.label,
        Ink::Value => styles.value,
        Ink::Focus => styles.focus,
        Ink::Dim => styles.dim,
        Ink::Chosen => styles.chosen,
        Ink::Problem => styles.problem,
        Ink::Doubt => styles.doubt,
    }
}
