//! Who is proposed for which programme: asked for by whoever looks, never with the queue. The
//! first time it is one pass over the households; then only over those that were altered.

use std::{collections::BTreeMap, sync::PoisonError};

use super::{
    followed::{Anew, Followed},
    side_by_side::side_by_side,
};
use crate::{
    desk::{
        Desk, Stop,
        answers::proposing,
        reply::{ProposalRow, ProposalsView},
    },
    domain::{
        clinic::Village,
        day::Day,
        household::{Household, key},
        id::VillageId,
        programmes::ProgrammeKind,
        proposal::{Entry, LOOKED_AT_HOME},
        rows::id_key,
        settings::Settings,
        tables::Read,
    },
    store::{Error, Snapshot},
};

/// Who is proposed, by household; of most nobody is.
pub(in crate::desk) type Proposed = Followed<Home>;

/// Those proposed of a household.
pub(in crate::desk) struct Home {
    /// Village, group and serial.
    order: (VillageId, u32, u32),
    rows: Vec<ProposalRow>,
}

impl Desk {
    pub(super) fn proposals(
        &self,
        programme: Option<ProgrammeKind>,
    ) -> Result<ProposalsView, Stop> {
        let snapshot = self.store().snapshot()?;
        let today = self.today_in(&snapshot)?;
        let settings = super::settings_now(&snapshot)?;
        let proposed = self.proposed.lock();
        let mut proposed = proposed.unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = brought_up(&mut proposed, &snapshot, (today, &settings)) {
            // Part of it would pass for the whole.
            *proposed = Proposed::default();
            return Err(error.into());
        }
        let mut found = Vec::new();
        for home in proposed.homes.values() {
            for row in &home.rows {
                let wanted = |entry: &&Entry| programme.is_none_or(|one| one == entry.programme);
                let mut entries = row.proposal.entries.iter().filter(wanted);
                if let Some(first) = entries.next() {
                    found.push((first.programme, home.order, row));
                }
            }
        }
        found.sort_by_cached_key(|(first, order, row)| {
            let ground = &row.proposal.ground;
            (
                *first,
                !ground.is_of_this_month(today),
                ground.key(),
                *order,
                row.person,
            )
        });
        let mut rows: Vec<ProposalRow> = found.into_iter().map(|(.., row)| row.clone()).collect();
        if let Some(programme) = programme {
            for row in &mut rows {
                let entries = &mut row.proposal.entries;
                entries.retain(|entry| entry.programme == programme);
            }
        }
        Ok(ProposalsView { today, rows })
    }
}

/// Looks up again who is proposed where anything was altered.
fn brought_up(
    proposed: &mut Proposed,
    snapshot: &Snapshot,
    on: (Day, &Settings),
) -> Result<(), Error> {
    let several_villages = super::several_villages(snapshot)?;
    let mut villages = BTreeMap::new();
    snapshot.every(|village: Village| {
        villages.insert(village.id, village.name);
        Ok(true)
    })?;
    let home = |household: &Household| {
        let place = match villages.get(&household.village) {
            Some(village) if several_villages => household.place_in(village),
            Some(_) | None => household.place(),
        };
        let mut rows = Vec::new();
        gather(snapshot, household, on, &mut |row| {
            rows.push(ProposalRow {
                place: place.clone(),
                ..row
            });
        })?;
        let order = (household.village, household.group(), household.serial);
        Ok::<_, Error>((!rows.is_empty()).then_some(Home { order, rows }))
    };
    let (today, settings) = on;
    let [kind] = LOOKED_AT_HOME;
    let card = [kind, key::GROUP, key::DOOR];
    let mut households: Vec<Household> = Vec::new();
    match proposed.follow(snapshot, today, settings)? {
        Anew::All => snapshot.every_few(&card, |household| {
            households.push(household);
            Ok(())
        })?,
        Anew::Those(these) => {
            for id in these {
                households.extend(snapshot.few(&id_key(id.0), &card)?);
            }
        }
    }
    let parts = side_by_side(&households, |part| {
        let mut homes = Vec::new();
        for household in part {
            homes.extend(home(household)?.map(|home| (household.id, home)));
        }
        Ok::<_, Error>(homes)
    })?;
    proposed.homes.extend(parts.into_iter().flatten());
    Ok(())
}

fn gather<T: Read<Fault = Error>>(
    tables: &T,
    household: &Household,
    (today, settings): (Day, &Settings),
    each: &mut dyn FnMut(ProposalRow),
) -> Result<(), Error> {
    for (person, proposals) in proposing::of_household(tables, household, today, settings)? {
        for proposal in proposals {
            each(ProposalRow {
                person: person.id,
                household: household.id,
                name: person.name().to_owned(),
                sex: person.sex(),
                birth: person.birth(),
                place: String::new(),
                proposal,
            });
        }
    }
    Ok(())
}
