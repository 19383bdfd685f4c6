//! The rows of the registers: those of the paper, each with what it opens.

use std::collections::{BTreeMap, BTreeSet};

use super::{State, Table};
use crate::{
    desk::reply::RegistersView,
    domain::{
        agreement::{performance, register},
        day::Day,
        id::{AgreementId, DoctorId},
    },
    paper::register::{self as paper, Listing, Told},
    tui::{hand::Hand, screens::household::masked},
};

/// What a row opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opens {
    Agreement(AgreementId),
    /// Those a sum counts.
    Those(Vec<AgreementId>),
}

/// One row: its cells by the paper's keys, with their titles.
#[derive(Debug, Clone)]
pub struct Row {
    pub cells: Vec<(&'static str, &'static str, String)>,
    pub opens: Opens,
}

impl Row {
    /// Returns the text under a key.
    pub fn cell(&self, key: &str) -> &str {
        let mut cells = self.cells.iter();
        let found = cells.find(|(own, _, _)| *own == key);
        found.map_or("", |(_, _, text)| text)
    }
}

/// A table as it is seen.
#[derive(Debug, Default)]
pub struct Rows {
    pub all: Vec<Row>,
    /// What stands below the rows on paper: sums and rates, of one doctor's table only.
    pub foot: Vec<(String, String)>,
}

/// The column of the day a line is of, and of the doctor: a paper has them in its head.
pub const ON: &str = "on";
pub const DOCTOR: &str = "doctor";
/// The paper has it whole; a screen anybody may look at does not.
const PHONE: &str = "phone";

/// Returns the rows of the table seen.
pub fn of(state: &State, view: &RegistersView, hand: &Hand<'_>) -> Rows {
    if let Some(inside) = &state.inside {
        return inside_of(inside, view, hand);
    }
    match state.table {
        Table::Sheet => sheets(state, view, hand, None),
        Table::Campaign => campaign(state, view, hand),
        Table::Performance => performances(state, view, hand),
    }
}

/// Returns the papers of the table seen: one a doctor and day, those with lines.
pub fn listings(state: &State, view: &RegistersView, hand: &Hand<'_>) -> Vec<Listing> {
    let told = |doctor| told(view, hand, doctor);
    match state.table {
        Table::Sheet => each_sheet(state.doctor, view)
            .iter()
            .map(|sheet| paper::sheet(sheet, &told(Some(sheet.doctor))))
            .filter(|listing| !listing.rows.is_empty())
            .collect(),
        Table::Campaign => {
            let sums = campaign_of(state, view);
            vec![paper::campaign(&sums, state.by, &told(None))]
        }
        Table::Performance => each_performance(state.doctor, view)
            .map(|table| paper::performance(&table, &told(Some(table.doctor))))
            .filter(|listing| !listing.rows.is_empty())
            .collect(),
    }
}

fn sheets(
    state: &State,
    view: &RegistersView,
    hand: &Hand<'_>,
    only: Option<&BTreeSet<AgreementId>>,
) -> Rows {
    let mut rows = Rows::default();
    let mut of_doctors: BTreeMap<DoctorId, Told> = BTreeMap::new();
    for ((doctor, day), lines) in each_lines(state.doctor, view) {
        let own = of_doctors.entry(doctor);
        let told = own.or_insert_with(|| told(view, hand, Some(doctor)));
        let listing = paper::lines(doctor, day, &lines, told);
        let ids = lines.iter().map(|line| line.of.agreement.id);
        let beside = [
            (ON, "日期", day.format("%m-%d").to_string()),
            (DOCTOR, "医生", named(view, doctor)),
        ];
        let own = with(&listing, ids.map(Opens::Agreement), &beside);
        let is_wanted = |row: &Row| match (&row.opens, only) {
            (Opens::Agreement(id), Some(only)) => only.contains(id),
            (Opens::Agreement(_), None) | (Opens::Those(_), _) => true,
        };
        rows.all.extend(own.into_iter().filter(is_wanted));
    }
    // Sums of one doctor and day say nothing of several.
    let is_one = state.doctor.is_some() || view.doctors.len() <= 1;
    if is_one && view.from == view.until {
        let sheets = each_sheet(state.doctor, view);
        let foot = |sheet| paper::sheet(sheet, &told(view, hand, None)).foot;
        rows.foot = sheets.last().map(foot).unwrap_or_default();
    }
    rows
}

fn campaign(state: &State, view: &RegistersView, hand: &Hand<'_>) -> Rows {
    let sums = campaign_of(state, view);
    let listing = paper::campaign(&sums, state.by, &told(view, hand, None));
    let counted = sums.sums.values().chain([&sums.total]);
    let those = counted.map(|sums| Opens::Those(sums.agreements.iter().copied().collect()));
    Rows {
        all: with(&listing, those, &[]),
        foot: Vec::new(),
    }
}

fn performances(state: &State, view: &RegistersView, hand: &Hand<'_>) -> Rows {
    let mut rows = Rows::default();
    for table in each_performance(state.doctor, view) {
        let told = told(view, hand, Some(table.doctor));
        let listing = paper::performance(&table, &told);
        let ids = table.rows.iter().map(|row| row.of.agreement.id);
        let beside = [(DOCTOR, "责任医生", named(view, table.doctor))];
        rows.all
            .extend(with(&listing, ids.map(Opens::Agreement), &beside));
        rows.foot = listing.foot;
    }
    if state.doctor.is_none() && 1 < view.doctors.len() {
        rows.foot.clear();
    }
    rows
}

/// Returns the lines of those a sum counts, whoever their doctor is.
fn inside_of(inside: &[AgreementId], view: &RegistersView, hand: &Hand<'_>) -> Rows {
    let only: BTreeSet<AgreementId> = inside.iter().copied().collect();
    let rows = sheets(&State::default(), view, hand, Some(&only));
    Rows {
        all: rows.all,
        foot: Vec::new(),
    }
}

fn campaign_of(state: &State, view: &RegistersView) -> register::Campaign {
    let days = (view.from, view.until);
    register::campaign(&view.registered, days, state.by, view.rules.include_k11)
}

/// Returns the sheets that have lines; of one day asked about, each doctor's.
fn each_sheet(doctor: Option<DoctorId>, view: &RegistersView) -> Vec<register::Sheet<'_>> {
    let doctors = doctors(doctor, view);
    let days = (view.from, view.until);
    if view.from == view.until {
        let sheet = |id| register::sheet(&view.registered, id, view.from, view.asked());
        return doctors.into_iter().map(sheet).collect();
    }
    let sheets = register::sheets(&view.registered, days, view.asked());
    sheets
        .filter(|sheet| doctors.contains(&sheet.doctor))
        .collect()
}

/// Returns the lines of each doctor's days.
fn each_lines(
    doctor: Option<DoctorId>,
    view: &RegistersView,
) -> impl Iterator<Item = ((DoctorId, Day), Vec<register::Line<'_>>)> {
    let doctors = doctors(doctor, view);
    let days = (view.from, view.until);
    let by_day = register::lines_by_day(&view.registered, days, view.rules.include_k11);
    let own = by_day.into_iter();
    let own = own.filter(move |((_, id), _)| doctors.contains(id));
    own.map(|((day, id), lines)| ((id, day), lines))
}

fn each_performance(
    doctor: Option<DoctorId>,
    view: &RegistersView,
) -> impl Iterator<Item = performance::Performance<'_>> {
    let days = (view.from, view.until);
    let k11 = view.rules.include_k11;
    let promises = view.promises();
    let doctors = doctors(doctor, view).into_iter();
    doctors.map(move |id| performance::table(&view.registered, promises, id, days, k11))
}

fn doctors(doctor: Option<DoctorId>, view: &RegistersView) -> Vec<DoctorId> {
    match doctor {
        Some(doctor) => vec![doctor],
        None => view.doctors.iter().map(|doctor| doctor.id).collect(),
    }
}

fn named(view: &RegistersView, doctor: DoctorId) -> String {
    let mut doctors = view.doctors.iter();
    let found = doctors.find(|one| one.id == doctor);
    found.map_or_else(|| doctor.to_string(), |one| one.name.clone())
}

fn told(view: &RegistersView, hand: &Hand<'_>, doctor: Option<DoctorId>) -> Told {
    let recorder = hand.place.user.as_ref();
    Told {
        recorder: recorder.map_or_else(String::new, |user| user.name.clone()),
        ..Told::of(
            &hand.place.clinic,
            &view.villages,
            (&view.doctors, &view.teams, &view.packages),
            doctor,
        )
    }
}

/// Puts what each row opens beside it.
fn with(
    listing: &Listing,
    opens: impl Iterator<Item = Opens>,
    beside: &[(&'static str, &'static str, String)],
) -> Vec<Row> {
    let rows = listing.rows.iter().zip(opens);
    rows.map(|(row, opens)| {
        let own = listing.columns.iter().zip(row);
        let own = own.map(|(heading, cell)| {
            let told = match heading.key {
                PHONE => masked(&cell.plain()),
                _ => cell.plain(),
            };
            (heading.key, heading.title, told)
        });
        Row {
            cells: beside.iter().cloned().chain(own).collect(),
            opens,
        }
    })
    .collect()
}
