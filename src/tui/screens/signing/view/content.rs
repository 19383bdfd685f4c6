//! What stands in the rows of each step, cell by cell.

use ratatui::style::Style;

use super::{
    super::{
        input::Input,
        known::Form,
        spot::{Spot, Step},
        words,
    },
    fees,
};
use crate::{
    domain::{id::PersonId, text::Text},
    tui::{
        theme::Look,
        widgets::{cells, who},
    },
};

/// From so many cells on every column stands.
const WIDE: u16 = 60;

/// A row.
#[derive(Debug, Default)]
pub struct Line {
    pub cells: Vec<Cell>,
}

/// A cell of a row, `x` from the row's left edge.
#[derive(Debug)]
pub struct Cell {
    pub x: u16,
    pub width: u16,
    pub text: String,
    pub style: Style,
    pub spot: Option<Spot>,
    /// Whether a line is typed there.
    pub is_typed: bool,
}

/// Puts cells beside each other.
pub struct Row<'a> {
    form: &'a Form,
    look: &'a Look,
    x: u16,
    width: u16,
    line: Line,
}

impl<'a> Row<'a> {
    pub fn new(form: &'a Form, look: &'a Look, width: u16) -> Self {
        Self {
            form,
            look,
            x: 0,
            width,
            line: Line::default(),
        }
    }

    /// Adds words in so many cells.
    pub fn word(mut self, text: &str, width: u16, style: Style) -> Self {
        let text = text.to_owned();
        self.push(text, width, style, None, false);
        self
    }

    /// Adds a place in so many cells.
    pub fn spot(mut self, spot: &Spot, width: u16) -> Self {
        let (form, look) = (self.form, self.look);
        if !form
            .rows(spot.step())
            .iter()
            .flatten()
            .any(|one| one == spot)
        {
            let shown = form.shown(spot, look);
            self.push(shown, width, look.text(), None, false);
            return self;
        }
        let is_typed = !matches!(form.input(spot, look), Input::One(_) | Input::Many(_));
        let shown = form.shown(spot, look);
        let is_empty = shown.is_empty();
        let text = match (is_empty, is_typed) {
            (false, _) => shown,
            (true, true) => "_".repeat(usize::from(width.min(8))),
            (true, false) => "[ ]".to_owned(),
        };
        let style = if is_empty && form.is_open(spot) {
            look.warning()
        } else if is_empty {
            look.dim()
        } else {
            look.text()
        };
        self.push(text, width, style, Some(spot.clone()), is_typed);
        self
    }

    fn push(&mut self, text: String, width: u16, style: Style, spot: Option<Spot>, typed: bool) {
        let width = width.min(self.width.saturating_sub(self.x));
        if width == 0 {
            return;
        }
        self.line.cells.push(Cell {
            x: self.x,
            width,
            text,
            style,
            spot,
            is_typed: typed,
        });
        self.x += width + 1;
    }

    pub fn rest(&self) -> u16 {
        self.width.saturating_sub(self.x)
    }

    pub fn done(self) -> Line {
        self.line
    }
}

/// Returns the rows of a step.
pub fn lines(form: &Form, step: Step, look: &Look, width: u16) -> Vec<Line> {
    match step {
        Step::Scope => scope(form, look, width),
        Step::Members => members(form, look, width),
        Step::Consent => consents(form, look, width),
        Step::Packages => fees::lines(form, look, width),
        Step::Term => labelled(
            form,
            look,
            width,
            &[
                (words::TERM, &[Spot::Years]),
                (words::START, &[Spot::Start]),
            ],
        ),
        Step::Signatures => signatures(form, look, width),
    }
}

/// A label, and the places beside it.
type Labelled<'a> = (Text, &'a [Spot]);

fn labelled(form: &Form, look: &Look, width: u16, rows: &[Labelled<'_>]) -> Vec<Line> {
    let label = rows.iter().map(|(text, _)| cells::width(look.say(*text)));
    let label = u16::try_from(label.max().unwrap_or(0)).unwrap_or(16) + 1;
    rows.iter()
        .map(|(text, spots)| {
            let mut row = Row::new(form, look, width);
            row = row.word(look.say(*text), label, look.text());
            let each = if spots.len() == 1 { row.rest() } else { 15 };
            for spot in *spots {
                let wide = match form.input(spot, look) {
                    Input::Day if spots.len() != 1 => 6,
                    Input::One(_)
                    | Input::Many(_)
                    | Input::Pick(_)
                    | Input::Line
                    | Input::Plain
                    | Input::Day
                    | Input::Yuan => each,
                };
                row = row.spot(spot, wide);
            }
            row.done()
        })
        .collect()
}

fn scope(form: &Form, look: &Look, width: u16) -> Vec<Line> {
    let spots = if form.known.is_printed {
        vec![
            Spot::Scope,
            Spot::Place,
            Spot::Representative,
            Spot::Doctor,
            Spot::Team,
            Spot::PartyA,
            Spot::Phone,
        ]
    } else {
        form.spots(Step::Scope)
    };
    let rows: Vec<(Text, Vec<Spot>)> = spots
        .into_iter()
        .map(|spot| (form.label(&spot), vec![spot]))
        .collect();
    let rows: Vec<Labelled<'_>> = rows
        .iter()
        .map(|(text, spots)| (*text, spots.as_slice()))
        .collect();
    let mut lines = labelled(form, look, width, &rows);
    if let Some(panel) = super::panel(form, look) {
        lines.push(Line::default());
        lines.push(
            Row::new(form, look, width)
                .word(&panel, width, look.dim())
                .done(),
        );
    }
    lines
}

fn members(form: &Form, look: &Look, width: u16) -> Vec<Line> {
    // Where there is little room what is typed beside a member needs it more.
    let is_wide = WIDE <= width;
    let (name, chosen) = if is_wide { (10, 14) } else { (8, 13) };
    let relation = if form.known.is_unit() {
        words::HOME
    } else {
        words::RELATION
    };
    let mut heading = Row::new(form, look, width)
        .word(look.say(words::NAME), name, look.dim())
        .word(look.say(words::AGE), 7, look.dim());
    if is_wide {
        heading = heading.word(look.say(relation), 8, look.dim());
    }
    let heading = heading
        .word(look.say(words::COVERS), chosen, look.dim())
        .word(look.say(words::BESIDE), width, look.dim())
        .done();
    let rows = form.known.people.iter().map(|one| {
        let beside = if form.is_covered(one.person) {
            Spot::Incapable(one.person)
        } else {
            Spot::Note(one.person)
        };
        let mut row = Row::new(form, look, width)
            .word(&one.name, name, look.text())
            .word(
                &who::sex_age(look, one.sex, one.birth, form.known.today),
                7,
                look.text(),
            );
        if is_wide {
            row = row.word(&one.relation, 8, look.text());
        }
        let row = row.spot(&Spot::Covers(one.person), chosen);
        let rest = row.rest();
        row.spot(&beside, rest).done()
    });
    std::iter::once(heading).chain(rows).collect()
}

fn consents(form: &Form, look: &Look, width: u16) -> Vec<Line> {
    let covered = form.covered();
    if covered.is_empty() {
        let text = look.say(words::NOBODY);
        return vec![
            Row::new(form, look, width)
                .word(text, width, look.dim())
                .done(),
        ];
    }
    let is_wide = WIDE <= width;
    let (name, kind, page, guardian) = if is_wide {
        (8, 14, 9, 6)
    } else {
        (7, 14, 8, 6)
    };
    let mut heading = Row::new(form, look, width)
        .word(look.say(words::NAME), name, look.dim())
        .word(look.say(words::AGE), 4, look.dim())
        .word(look.say(words::KIND), kind, look.dim())
        .word(look.say(words::EVIDENCE), page, look.dim());
    if is_wide {
        heading = heading.word(look.say(words::ON), 5, look.dim()).word(
            look.say(words::TAKEN_BY),
            6,
            look.dim(),
        );
    }
    heading = heading.word(look.say(words::GUARDIAN), guardian, look.dim());
    let row = |person: PersonId| {
        let told = form.known.person(person);
        let age = told.and_then(|one| one.birth);
        let age = age.map_or_else(String::new, |birth| who::age(look, birth, form.known.today));
        let mut row = Row::new(form, look, width)
            .word(told.map_or("", |one| &one.name), name, look.text())
            .word(&age, 4, look.text())
            .spot(&Spot::Kind(person), kind)
            .spot(&Spot::Evidence(person), page);
        if is_wide {
            row = row
                .spot(&Spot::On(person), 5)
                .spot(&Spot::TakenBy(person), 6);
        }
        if form.wants_guardian(person) {
            row = row.spot(&Spot::Guardian(person), guardian);
            let rest = row.rest();
            row = row.spot(&Spot::Relation(person), rest);
        }
        row.done()
    };
    let rows = covered.into_iter().map(row);
    std::iter::once(heading.done()).chain(rows).collect()
}

fn signatures(form: &Form, look: &Look, width: u16) -> Vec<Line> {
    let rows = form.rows(Step::Signatures);
    let rows: Vec<Labelled<'_>> = rows
        .iter()
        .filter_map(|row| Some((form.label(row.first()?), row.as_slice())))
        .collect();
    labelled(form, look, width, &rows)
}
