//! 家庭医生式服务绩效统计表: one row an agreement, what was promised and how much of it was
//! done (reports §6).
//!
//! Generated from agreements and what contacts completed; nothing of it is typed twice.

use std::collections::{BTreeMap, BTreeSet};

use super::{fulfilment::Promise, promise::Item, register::Registered};
use crate::domain::order::Arrange as _;
use crate::domain::{
    day::Day,
    id::{AgreementId, DoctorId, PersonId},
    tags::Tag,
};

/// One service of an agreement, its members together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemDone {
    pub item: Item,
    /// 完成: times done, what was done beyond the promise left out.
    pub done: u32,
    /// 应完成: times promised.
    pub required: u32,
    /// Times it has become due by the day asked about, and of these those kept (R07).
    pub due: u32,
    pub kept: u32,
    /// Whose is late.
    pub behind: BTreeSet<PersonId>,
}

/// One agreement.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    pub of: &'a Registered,
    /// The day it was signed.
    pub on: Day,
    pub persons: BTreeSet<PersonId>,
    pub key: BTreeMap<Tag, BTreeSet<PersonId>>,
    /// In the official order.
    pub items: Vec<ItemDone>,
}

/// The table of one doctor.
#[derive(Debug, Clone)]
pub struct Performance<'a> {
    pub doctor: DoctorId,
    pub from: Day,
    pub until: Day,
    pub rows: Vec<Row<'a>>,
    pub persons: BTreeSet<PersonId>,
    pub done: u32,
    pub required: u32,
    pub due: u32,
    pub kept: u32,
}

/// Returns the table of what a doctor signed on these days, both included; `promises` are those
/// of each agreement, counted up to the day asked about. Void agreements are left out.
pub fn table<'a>(
    all: &'a [Registered],
    promises: &BTreeMap<AgreementId, Vec<Promise>>,
    doctor: DoctorId,
    (from, until): (Day, Day),
    include_k11: bool,
) -> Performance<'a> {
    let own = all
        .iter()
        .filter(|one| one.agreement.contents.doctor == Some(doctor));
    let mut rows: Vec<Row<'a>> = own
        .filter_map(|one| {
            let signed = one.signed_here()?;
            let counts = signed.voided.is_none() && from <= signed.on && signed.on <= until;
            counts.then(|| Row {
                of: one,
                on: signed.on,
                persons: one.covered(),
                key: one.key_groups(include_k11),
                items: items(promises.get(&one.agreement.id).map_or(&[], Vec::as_slice)),
            })
        })
        .collect();
    rows.arrange_by_key(|row| (row.on, row.of.agreement.id));
    let sum = |part: fn(&ItemDone) -> u32| {
        let items = rows.iter().flat_map(|row| &row.items);
        items.map(part).fold(0, u32::saturating_add)
    };
    Performance {
        doctor,
        from,
        until,
        persons: rows
            .iter()
            .flat_map(|row| row.persons.iter().copied())
            .collect(),
        done: sum(|item| item.done),
        required: sum(|item| item.required),
        due: sum(|item| item.due),
        kept: sum(|item| item.kept),
        rows,
    }
}

fn items(promises: &[Promise]) -> Vec<ItemDone> {
    let mut items: BTreeMap<&Item, ItemDone> = BTreeMap::new();
    for promise in promises {
        let item = items.entry(&promise.item).or_insert_with(|| ItemDone {
            item: promise.item.clone(),
            done: 0,
            required: 0,
            due: 0,
            kept: 0,
            behind: BTreeSet::new(),
        });
        item.done = item.done.saturating_add(promise.kept());
        item.required = item.required.saturating_add(promise.required);
        item.due = item.due.saturating_add(promise.due);
        item.kept = item.kept.saturating_add(promise.done.min(promise.due));
        if 0 < promise.missed {
            item.behind.insert(promise.person);
        }
    }
    items.into_values().collect()
}
