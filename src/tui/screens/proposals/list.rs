//! The proposals as lines: a heading for each programme and ground, its people below.

use std::collections::BTreeSet;

use crate::{
    desk::reply::{ProposalRow, ProposalsView},
    domain::{day::Day, id::PersonId, programmes::ProgrammeKind, proposal::Ground},
};

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    Heading(Heading),
    /// The row at this place among the rows.
    Row(usize),
}

/// What a group has in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    pub programmes: Vec<ProgrammeKind>,
    pub ground: Ground,
    pub is_of_this_month: bool,
    pub count: usize,
}

/// Names a row: who is proposed, and on what kind of ground.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark(PersonId, &'static str);

impl Mark {
    /// Returns the name of a row.
    pub fn of(row: &ProposalRow) -> Self {
        Self(row.person, row.proposal.ground.key())
    }
}

/// What rows of one group share.
type Group = (Vec<ProgrammeKind>, &'static str, bool);

fn group(row: &ProposalRow, today: Day) -> Group {
    let ground = &row.proposal.ground;
    let entries = row.proposal.entries.iter();
    (
        entries.map(|entry| entry.programme).collect(),
        ground.key(),
        ground.is_of_this_month(today),
    )
}

/// Returns the order of the rows in their groups, each group under its heading.
pub fn lines(view: &ProposalsView) -> Vec<Line> {
    let mut groups: Vec<(Group, Vec<usize>)> = Vec::new();
    for (at, row) in view.rows.iter().enumerate() {
        let own = group(row, view.today);
        // Groups of one programme stand together, so it is among the last few.
        match groups.iter_mut().rfind(|(known, _)| *known == own) {
            Some((_, rows)) => rows.push(at),
            None => groups.push((own, vec![at])),
        }
    }
    let mut lines = Vec::new();
    for ((programmes, _, is_of_this_month), rows) in groups {
        let first = rows.first().and_then(|at| view.rows.get(*at));
        if let Some(first) = first {
            lines.push(Line::Heading(Heading {
                programmes,
                ground: first.proposal.ground.clone(),
                is_of_this_month,
                count: rows.len(),
            }));
        }
        lines.extend(rows.into_iter().map(Line::Row));
    }
    lines
}

/// Returns the marks of the group a row stands in.
pub fn group_at(view: &ProposalsView, here: Option<&ProposalRow>) -> Vec<Mark> {
    let Some(own) = here.map(|row| group(row, view.today)) else {
        return Vec::new();
    };
    let rows = view.rows.iter();
    rows.filter(|row| group(row, view.today) == own)
        .map(Mark::of)
        .collect()
}

/// Marks all of these, or takes the mark off them where all have it.
pub fn mark(marked: &mut BTreeSet<Mark>, these: Vec<Mark>) {
    if these.iter().all(|mark| marked.contains(mark)) {
        for mark in &these {
            marked.remove(mark);
        }
    } else {
        marked.extend(these);
    }
}
