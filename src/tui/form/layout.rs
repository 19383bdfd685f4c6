//! Where the items of a form stand: one or two columns, wrapped and scrolled.
//!
//! A pure function of the editor and the area; it draws nothing.

use super::{
    cells::{Ink, Segment, width_of},
    editor::FormEditor,
    item::{Drawing, Flow, Placed},
    page::Page,
    words,
};
use crate::{
    domain::{
        form::{
            Field, Joint,
            progress::{self, Progress},
        },
        text::{Label, Lang},
    },
    tui::widgets::cells,
};

/// The least and most cells of the label column.
const LABELS: (usize, usize) = (12, 18);

/// The most cells of the label column where many labels are questions.
const QUESTIONS: usize = 36;

/// How many cells an item on the left may reach into the right column.
const LEANING: usize = 4;

/// So many lines before and after the cursor's are shown, where there are any.
const AROUND: usize = 2;

/// A form laid out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Laid {
    pub lines: Vec<Vec<Segment>>,
    /// Line and cell of the cursor.
    pub cursor: Option<(usize, usize)>,
}

impl Laid {
    /// Returns the first line to show in `height` lines.
    ///
    /// Nothing moves while the cursor is in the upper half. From there on the lines move evenly
    /// with it: by one now and then, which a terminal does by itself, never by a page; and what
    /// comes before and after stays in sight.
    pub fn offset(&self, height: usize) -> usize {
        let line = self.cursor.map_or(0, |(line, _)| line);
        let last = self.lines.len().saturating_sub(height);
        let seen = AROUND.min(height.saturating_sub(1) / 2);
        let half = height / 2;
        let steps = self.lines.len().saturating_sub(half + 1).max(1);
        let even = line.saturating_sub(half) * last / steps;
        even.max((line + 1 + seen).saturating_sub(height))
            .min(line.saturating_sub(seen))
            .min(last)
    }
}

/// Lays the form in view out on lines of `width` cells.
pub fn lay(editor: &FormEditor, width: usize, lang: Lang) -> Laid {
    let Some(page) = editor.pages.get(editor.at.page) else {
        return Laid::default();
    };
    let drawing = Drawing {
        editor,
        page,
        page_index: editor.at.page,
        lang,
        labels: label_cells(page, lang),
        width,
    };
    let mut lines: Vec<Vec<Segment>> = Vec::new();
    let mut left: Option<Vec<Segment>> = None;
    for section in groups(page) {
        if page.form.visit_day.is_none() || page.form.in_sections {
            flush(&mut lines, &mut left);
            lines.push(vec![Segment::new(
                format!(" {}", heading(&section, lang)),
                Ink::Dim,
            )]);
        }
        let drawing = Drawing {
            labels: question_cells(&section, lang).unwrap_or(drawing.labels),
            ..drawing
        };
        for group in section.groups {
            place_item(&drawing.item(&group), width, &mut lines, &mut left);
        }
    }
    flush(&mut lines, &mut left);
    let cursor = find_cursor(editor, &lines);
    Laid { lines, cursor }
}

struct SectionGroups<'a> {
    title: &'a Label,
    /// How far it is, where the form is filled in by sections.
    progress: Option<Progress<'a>>,
    groups: Vec<Vec<Placed<'a>>>,
}

/// The section's title, with what is still open where one comes back to it.
fn heading(section: &SectionGroups<'_>, lang: Lang) -> String {
    let title = section.title.get(lang);
    match section.progress {
        Some(progress) if 0 < progress.open => {
            format!(
                "{title} · {} {}",
                words::SECTION_OPEN.get(lang),
                progress.open
            )
        }
        Some(progress) if 0 < progress.answered => {
            format!("{title} · {}", words::SECTION_DONE.get(lang))
        }
        _ => title.to_owned(),
    }
}

/// Returns the asked fields, those beside another with it.
fn groups(page: &Page) -> Vec<SectionGroups<'_>> {
    let mut index = 0;
    let mut sections = Vec::new();
    let progress = progress::sections(&page.form, &page.filled.answers, &page.context);
    for (section, progress) in page.form.sections.iter().zip(progress) {
        let mut groups: Vec<Vec<(usize, &Field)>> = Vec::new();
        for field in &section.fields {
            let at = index;
            index += 1;
            if !page.asks(field) {
                continue;
            }
            match groups.last_mut() {
                Some(group) if field.joint != Joint::Own => group.push((at, field)),
                _ => groups.push(vec![(at, field)]),
            }
        }
        if !groups.is_empty() {
            sections.push(SectionGroups {
                title: &section.title,
                progress: page.form.in_sections.then_some(progress),
                groups,
            });
        }
    }
    sections
}

/// Puts an item beside the one waiting on the left, or on lines of its own.
fn place_item(
    flows: &[Flow],
    width: usize,
    lines: &mut Vec<Vec<Segment>>,
    left: &mut Option<Vec<Segment>>,
) {
    let half = width / 2;
    let whole = match flows {
        [flow] => [flow.head.clone(), flow.atoms.clone()].concat(),
        _ => Vec::new(),
    };
    if let Some(mut line) = left.take() {
        let start = half.max(width_of(&line) + 1);
        if !whole.is_empty() && start + width_of(&whole) <= width {
            let gap = start - width_of(&line);
            line.push(Segment::new(" ".repeat(gap), Ink::Plain));
            line.extend(whole);
            lines.push(line);
            return;
        }
        lines.push(line);
    }
    if !whole.is_empty() && width_of(&whole) < half + LEANING {
        *left = Some(whole);
        return;
    }
    for flow in flows {
        lines.extend(wrapped(flow, width));
    }
}

fn flush(lines: &mut Vec<Vec<Segment>>, left: &mut Option<Vec<Segment>>) {
    lines.extend(left.take());
}

/// Returns the pieces of a flow on lines of `width` cells.
pub(super) fn wrapped(flow: &Flow, width: usize) -> Vec<Vec<Segment>> {
    let indent = width_of(&flow.head).min(width / 2);
    let mut lines = Vec::new();
    let mut line = flow.head.clone();
    for (at, atom) in flow.atoms.iter().enumerate() {
        let glued = flow.atoms.iter().skip(at + 1).take_while(|next| next.glued);
        let together = atom.width() + glued.map(Segment::width).sum::<usize>();
        if !atom.glued && width < width_of(&line) + together {
            lines.push(std::mem::take(&mut line));
            line.push(Segment::new(" ".repeat(indent), Ink::Plain));
        }
        line.push(atom.clone());
    }
    lines.push(line);
    lines
}

/// The widest label, for the whole page: its columns stand below one another.
fn label_cells(page: &Page, lang: Lang) -> usize {
    let leading = page
        .form
        .fields()
        .filter(|field| field.joint == Joint::Own && page.asks(field));
    let widest = leading
        .map(|field| cells::width(field.label.get(lang)))
        .max();
    widest.unwrap_or(LABELS.0).clamp(LABELS.0, LABELS.1)
}

/// The label column of a section in which many labels are whole questions.
fn question_cells(section: &SectionGroups<'_>, lang: Lang) -> Option<usize> {
    let labels = section.groups.iter().filter_map(|group| group.first());
    let widths: Vec<usize> = labels
        .map(|(_, field)| cells::width(field.label.get(lang)))
        .collect();
    let long = widths.iter().filter(|width| LABELS.1 < **width).count();
    let widest = widths.iter().max().filter(|_| widths.len() < long * 3)?;
    Some((*widest).min(QUESTIONS))
}

fn find_cursor(editor: &FormEditor, lines: &[Vec<Segment>]) -> Option<(usize, usize)> {
    lines.iter().enumerate().find_map(|(at, line)| {
        let mut before = 0;
        line.iter().find_map(|segment| {
            let start = before;
            before += segment.width();
            let (place, inside) = segment.answer?;
            (place == editor.at).then_some((at, start + inside))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A form of so many lines, the cursor on one of them.
    fn laid(lines: usize, cursor: usize) -> Laid {
        Laid {
            lines: vec![Vec::new(); lines],
            cursor: Some((cursor, 0)),
        }
    }

    #[test]
    fn a_form_moves_no_further_than_its_cursor() {
        for (lines, height) in [(24, 17), (24, 8), (120, 40), (120, 1)] {
            let offsets: Vec<usize> = (0..lines)
                .map(|cursor| laid(lines, cursor).offset(height))
                .collect();
            assert_eq!(offsets.first(), Some(&0));
            assert_eq!(offsets.last(), Some(&(lines - height)));
            let steps = offsets.windows(2).map(|two| two[1].checked_sub(two[0]));
            assert!(steps.flatten().all(|step| step <= 1), "{offsets:?}");
            assert!(offsets.is_sorted(), "{offsets:?}");
        }
    }

    #[test]
    fn a_form_a_little_longer_than_its_window_moves_seldom() {
        let offsets = (0..24).map(|cursor| laid(24, cursor).offset(18));
        let moves = offsets
            .clone()
            .zip(offsets.skip(1))
            .filter(|(one, other)| one != other);
        assert_eq!(moves.count(), 6);
    }

    #[test]
    fn what_comes_before_and_after_the_cursor_is_seen() {
        for (lines, height, around) in [(24, 18, 2), (24, 5, 2), (120, 40, 2)] {
            for cursor in 0..lines {
                let first = laid(lines, cursor).offset(height);
                let above = cursor.checked_sub(first).unwrap();
                let below = (first + height).checked_sub(cursor + 1).unwrap();
                assert!(around.min(cursor) <= above, "{above} above {cursor}");
                assert!(
                    around.min(lines - cursor - 1) <= below,
                    "{below} below {cursor}"
                );
            }
        }
        assert_eq!(laid(10, 9).offset(18), 0, "a short form stays");
    }
}
