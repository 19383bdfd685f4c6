//! Rows under headings: by household on foot, by village group, or flat.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{HasRow, Place, Row};
use crate::domain::id::{HouseholdId, VillageId};

/// How rows are put together on the screen; it changes no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// 走户: one stop a household, in walking order.
    Household,
    /// One heading a village group, in walking order.
    Group,
    /// By priority alone.
    #[default]
    Flat,
}

/// Rows under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop<R = Row> {
    /// None for the flat list.
    pub heading: Option<Heading>,
    pub rows: Vec<R>,
}

/// What a stop stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Heading {
    Household(HouseholdId),
    Group(VillageId, u32),
}

/// Puts ordered rows under headings, keeping their order inside each.
pub fn group<R: HasRow>(rows: Vec<R>, grouping: Grouping) -> Vec<Stop<R>> {
    let heading = |row: &Row| match grouping {
        Grouping::Flat => None,
        Grouping::Household => Some(Heading::Household(row.household)),
        Grouping::Group => Some(Heading::Group(row.place.village, row.place.group)),
    };
    let mut stops: BTreeMap<Option<Heading>, (Place, Vec<R>)> = BTreeMap::new();
    for one in rows {
        let row = one.row();
        let stop = stops
            .entry(heading(row))
            .or_insert_with(|| (row.place.clone(), Vec::new()));
        if row.place < stop.0 {
            stop.0 = row.place.clone();
        }
        stop.1.push(one);
    }
    let mut stops: Vec<_> = stops.into_iter().collect();
    stops.sort_by(|(_, (a, _)), (_, (b, _))| a.cmp(b));
    stops
        .into_iter()
        .map(|(heading, (_, rows))| Stop { heading, rows })
        .collect()
}
