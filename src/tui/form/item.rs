//! One item of a form on screen: a field with those that stand beside it, as pieces of text.
//!
//! Where items go is `layout`.

use super::{
    cells::{Ink, Segment, width_of, window},
    editor::FormEditor,
    page::{Cell, Page, Place},
    typing::ends_at_ten,
    words,
};
use crate::domain::order::Arrange as _;
use crate::{
    domain::{
        form::{Field, Joint, Kind, Mark, Severity, typed},
        text::Lang,
        value::Value,
    },
    tui::widgets::cells,
};

/// A run of pieces: `head` stays together, `atoms` may wrap below their first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Flow {
    pub head: Vec<Segment>,
    pub atoms: Vec<Segment>,
}

/// What an item is drawn with.
#[derive(Clone, Copy)]
pub struct Drawing<'a> {
    pub editor: &'a FormEditor,
    pub page: &'a Page,
    pub page_index: usize,
    pub lang: Lang,
    /// Cells of the label column.
    pub labels: usize,
    /// Cells of a whole line.
    pub width: usize,
}

/// A field with its place in the order of asking.
pub type Placed<'a> = (usize, &'a Field);

impl Drawing<'_> {
    /// Returns the lines of a group: its first field and those beside it.
    pub fn item(&self, group: &[Placed<'_>]) -> Vec<Flow> {
        let Some((index, first)) = group.first().copied() else {
            return Vec::new();
        };
        if let Kind::Rows { columns, .. } = &first.kind {
            return self.rows(index, first, columns);
        }
        let of_group: Vec<usize> = group.iter().map(|(index, _)| *index).collect();
        let mut flow = Flow {
            head: vec![self.sign(&of_group, None), self.label(first)],
            atoms: Vec::new(),
        };
        let mut rest = group.iter().copied().peekable();
        let mut is_first = true;
        while let Some((index, field)) = rest.next() {
            let place = self.place(index, None);
            let joined = rest.peek().filter(|(_, next)| next.joint == Joint::Slash);
            let joined = joined.copied();
            if field.target_of.is_some() {
                flow.atoms.extend(self.target(place, field));
                continue;
            }
            if !is_first {
                let label = format!("  {} ", field.label.get(self.lang));
                flow.head.push(Segment::new(label, Ink::Label));
            }
            is_first = false;
            flow.head.extend(self.boxed(place, field, joined));
            if !matches!(field.kind, Kind::Calc { .. }) {
                flow.atoms.extend(self.options(place, field));
            }
            if joined.is_some() {
                rest.next();
            }
            flow.atoms.extend(self.goal(field, joined));
            if let Some(last) = self.last(place, field, joined) {
                // One 上次 stands for all carried values of the row.
                flow.atoms.retain(|atom| *atom != last);
                flow.atoms.push(last);
            }
        }
        vec![flow]
    }

    fn place(&self, field: usize, cell: Option<Cell>) -> Place {
        Place {
            page: self.page_index,
            field,
            cell,
        }
    }

    /// A sign before the label when something is wrong or doubtful with one of its fields.
    fn sign(&self, of: &[usize], row: Option<usize>) -> Segment {
        let here = self.editor.problems.iter().filter(|(page, problem)| {
            let place = self.page.place_of(self.page_index, problem);
            *page == self.page_index
                && place.is_some_and(|place| {
                    of.contains(&place.field)
                        && row.is_none_or(|row| place.cell.is_none_or(|cell| cell.row == row))
                })
        });
        let worst = here.map(|(_, problem)| problem.severity());
        let mut worst: Vec<Severity> = worst.collect();
        worst.arrange_by_key(|severity| *severity == Severity::Soft);
        match worst.first() {
            Some(Severity::Hard) => Segment::new("!", Ink::Problem),
            Some(Severity::Soft) => Segment::new("?", Ink::Doubt),
            None => Segment::new(" ", Ink::Plain),
        }
    }

    fn label(&self, field: &Field) -> Segment {
        let text = field.label.get(self.lang);
        let text = cells::left(text, self.labels.max(cells::width(text)), "");
        Segment::new(format!("{text} "), Ink::Label)
    }

    /// The box of a field, with the one joined to it by a slash, and the unit.
    fn boxed(&self, place: Place, field: &Field, joined: Option<Placed<'_>>) -> Vec<Segment> {
        if let Kind::Calc { options, .. } = &field.kind {
            let text = match self.page.value(place) {
                Some(value) => typed::shown(field, value, self.lang),
                None => "-".to_owned(),
            };
            let text = if options.is_empty() {
                cells::right(&text, cells::width(&text).max(7), "")
            } else {
                text
            };
            return vec![Segment::new(text, Ink::Value), self.unit(field)];
        }
        let mut pieces = vec![Segment::new("[", Ink::Dim), self.answer(place, field)];
        if let Some((index, next)) = joined {
            pieces.push(Segment::new("/", Ink::Dim));
            pieces.push(self.answer(self.place(index, None), next));
        }
        pieces.push(Segment::new("]", Ink::Dim));
        pieces.push(self.unit(field));
        pieces
    }

    fn unit(&self, field: &Field) -> Segment {
        let unit = field.unit.as_ref().map_or("", |unit| unit.get(self.lang));
        let space = if unit.is_empty() { "" } else { " " };
        Segment::new(format!("{space}{unit}"), Ink::Plain)
    }

    /// The text in a box, and where the cursor would stand in it.
    pub(super) fn answer(&self, place: Place, field: &Field) -> Segment {
        let focused = self.editor.at == place;
        let room = match field.kind {
            Kind::Codes(_) => cells::width(&self.chosen_digits(place, field)).max(2),
            _ => self.box_cells(field),
        };
        let is_choice = !field.options().is_empty();
        let (text, before) = match (focused, is_choice) {
            (true, true) if !self.editor.text.text().is_empty() => {
                let text = self.editor.text.text().to_owned();
                (text, cells::width(self.editor.text.before()))
            }
            (_, true) => (self.chosen_digits(place, field), 0),
            (true, false) => {
                let text = self.editor.text.text();
                (text.to_owned(), cells::width(self.editor.text.before()))
            }
            (false, false) => (self.page.text(place), 0),
        };
        // A number that fills its box keeps every digit; the cursor stands behind it.
        let (text, before) = if cells::width(&text) <= room {
            (text, before)
        } else {
            window(&text, before, room)
        };
        let is_number = matches!(field.kind, Kind::Int | Kind::Dec { .. });
        let filled = if is_number {
            cells::right(&text, room, "")
        } else {
            cells::left(&text, room, "")
        };
        let blank = if is_number {
            room.saturating_sub(cells::width(&text))
        } else {
            0
        };
        let ink = if focused {
            Ink::Focus
        } else if self.page.unread.contains_key(&place) {
            Ink::Problem
        } else {
            Ink::Value
        };
        Segment {
            text: filled,
            ink,
            answer: Some((place, blank + before)),
            glued: false,
        }
    }

    fn chosen_digits(&self, place: Place, field: &Field) -> String {
        match self.page.value(place) {
            Some(Value::Bool(yes)) => if *yes { "2" } else { "1" }.to_owned(),
            Some(value) => {
                let options = field.options().iter().enumerate();
                let chosen = options.filter(|(_, option)| value.codes().contains(&option.code));
                let digits: Vec<String> = chosen.map(|(at, _)| field.digits_of(at)).collect();
                digits.join(",")
            }
            None => String::new(),
        }
    }

    fn box_cells(&self, field: &Field) -> usize {
        let digits = |n: i64| n.to_string().len();
        let whole = || {
            let high = field.hard.map_or(9999, |range| range.high.thousandths());
            digits(high / 1000)
        };
        match &field.kind {
            Kind::Int => whole().max(3),
            Kind::Dec { places } => whole() + 1 + usize::from(*places),
            Kind::Date => 10,
            Kind::Month => 7,
            Kind::Code(options) | Kind::Codes(options) | Kind::Bool(options) => {
                let keys = (0..options.len()).map(|at| field.digits_of(at).len());
                keys.max().unwrap_or(1)
            }
            Kind::Text { most } => {
                let free = self.width.saturating_sub(self.labels + 6);
                free.min(most * 2).clamp(4, 60)
            }
            Kind::Rows { .. } | Kind::Calc { .. } => 0,
        }
    }

    fn options(&self, place: Place, field: &Field) -> Vec<Segment> {
        let keys: Vec<String> = (0..field.options().len())
            .map(|at| field.digits_of(at))
            .collect();
        let value = self.page.value(place);
        let is_chosen = |code: &str| match value {
            Some(Value::Bool(yes)) => code == if *yes { "2" } else { "1" },
            Some(value) => value.codes().iter().any(|chosen| chosen == code),
            None => false,
        };
        let options = field.options().iter().zip(&keys);
        let all: Vec<Segment> = options
            .map(|(option, key)| {
                let key = match key.as_str() {
                    "10" if ends_at_ten(&keys) => "0",
                    key => key,
                };
                let ink = if is_chosen(&option.code) {
                    Ink::Chosen
                } else {
                    Ink::Dim
                };
                let text = typed::numbered(key, option.label.get(self.lang));
                Segment::new(format!(" {text}"), ink)
            })
            .collect();
        let two_lines = 2 * self.width.saturating_sub(self.labels + 6);
        let too_long = two_lines < width_of(&all) + 12;
        if too_long && self.editor.at != place {
            return all
                .into_iter()
                .filter(|option| option.ink == Ink::Chosen)
                .collect();
        }
        all
    }

    /// What a measurement should stay below.
    fn goal(&self, field: &Field, joined: Option<Placed<'_>>) -> Option<Segment> {
        let context = &self.page.context;
        let said = |field: &Field| Some(typed::as_typed(field, &context.goal(&field.key)?));
        let mut goal = said(field)?;
        if let Some(other) = joined.and_then(|(_, next)| said(next)) {
            goal = format!("{goal}/{other}");
        }
        let word = words::TARGET.get(self.lang);
        Some(Segment::new(format!("  {word}<{goal}"), Ink::Dim))
    }

    /// 上次 for a carried value, or the last value beside a measurement.
    fn last(&self, place: Place, field: &Field, joined: Option<Placed<'_>>) -> Option<Segment> {
        let word = words::LAST.get(self.lang);
        if self.page.mark(place) == Some(Mark::Carried) {
            return Some(Segment::new(format!("  {word}"), Ink::Carried));
        }
        if !matches!(field.kind, Kind::Int | Kind::Dec { .. }) {
            return None;
        }
        let context = &self.page.context;
        let text = |field: &Field| {
            let value = context.last_answer(&field.key)?;
            Some(typed::as_typed(field, value))
        };
        let mut last = text(field)?;
        if let Some(other) = joined.and_then(|(_, next)| text(next)) {
            last = format!("{last}/{other}");
        }
        Some(Segment::new(format!("  {word} {last}"), Ink::Dim))
    }

    /// A target: its box when it is filled or under the cursor, else the last one as a hint.
    fn target(&self, place: Place, field: &Field) -> Vec<Segment> {
        let label = format!("  {} ", field.label.get(self.lang));
        let label = Segment::new(label, Ink::Dim);
        if self.editor.at == place || self.page.value(place).is_some() {
            let mut pieces = vec![label];
            pieces.extend(self.boxed(place, field, None));
            pieces.truncate(4);
            return pieces;
        }
        let hint = self.page.context.last_answer(&field.key);
        let hint = hint.map(|value| typed::as_typed(field, value));
        hint.map_or_else(Vec::new, |hint| vec![label, Segment::new(hint, Ink::Dim)])
    }

    fn rows(&self, index: usize, field: &Field, columns: &[Field]) -> Vec<Flow> {
        let here = self.editor.at.page == self.page_index && self.editor.at.field == index;
        let rows = self.page.rows(&field.key);
        let shown = match (here, self.editor.at.cell) {
            (true, Some(cell)) => rows.len().max(cell.row + 1),
            _ => rows.len().max(1),
        };
        let mut flows = Vec::new();
        for row in 0..shown {
            let label = if row == 0 {
                self.label(field)
            } else {
                Segment::new(" ".repeat(self.labels + 1), Ink::Label)
            };
            let mut head = vec![self.sign(&[index], Some(row)), label];
            let mut atoms = Vec::new();
            if here {
                atoms.extend(self.cells_of(index, row, columns));
                let column = self.editor.at.cell.filter(|cell| cell.row == row);
                let column = column.and_then(|cell| columns.get(cell.column));
                atoms.extend(column.map_or_else(Vec::new, |c| self.options(self.editor.at, c)));
            } else {
                let one = Value::Rows(rows.get(row).cloned().into_iter().collect());
                let text = typed::shown(field, &one, self.lang);
                let text = cells::start(&text, self.width.saturating_sub(self.labels + 10));
                head.push(Segment::new(text, Ink::Value));
                let place = self.place(index, None);
                atoms.extend(self.last(place, field, None));
            }
            flows.push(Flow { head, atoms });
        }
        flows
    }

    fn cells_of(&self, index: usize, row: usize, columns: &[Field]) -> Vec<Segment> {
        let mut pieces = Vec::new();
        for (column, field) in columns.iter().enumerate() {
            let place = self.place(index, Some(Cell { row, column }));
            let label = format!("{} ", field.label.get(self.lang));
            pieces.push(Segment::new(label, Ink::Label));
            pieces.push(Segment::new("[", Ink::Dim).glued());
            let mut answer = self.answer(place, field);
            if let Kind::Text { .. } = field.kind {
                let room = 16;
                let (text, before) = match answer.answer {
                    Some((_, before)) => window(answer.text.trim_end(), before, room),
                    None => (String::new(), 0),
                };
                answer.text = cells::left(&text, room, "");
                answer.answer = Some((place, before));
            }
            pieces.push(answer.glued());
            pieces.push(Segment::new("]", Ink::Dim).glued());
            pieces.push(self.unit(field).glued());
            pieces.push(Segment::new(" ", Ink::Plain).glued());
        }
        pieces
    }
}
