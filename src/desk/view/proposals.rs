//! Who is proposed for which programme: one pass over the households, asked for by whoever
//! looks, never with the queue.

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
        proposal::LOOKED_AT_HOME,
        settings::Settings,
        tables::Read,
    },
    store::Error,
};

impl Desk {
    pub(super) fn proposals(
        &self,
        programme: Option<ProgrammeKind>,
    ) -> Result<ProposalsView, Stop> {
        let snapshot = self.store().snapshot()?;
        let today = self.today_in(&snapshot)?;
        let several_villages = super::several_villages(&snapshot)?;
        let mut villages = std::collections::HashMap::new();
        snapshot.every(|village: Village| {
            villages.insert(village.id, village.name);
            Ok(true)
        })?;
        let settings = super::settings_now(&snapshot)?;
        let on = (today, &settings);
        let mut found = Vec::new();
        let [kind] = LOOKED_AT_HOME;
        let home = [kind, key::GROUP, key::DOOR];
        snapshot.every_few(&home, |household: Household| {
            gather(&snapshot, &household, on, &mut |row| {
                let place = if several_villages {
                    household.place_in(village(&villages, household.village))
                } else {
                    household.place()
                };
                let order = (household.village, household.group(), household.serial);
                found.push((order, ProposalRow { place, ..row }));
            })
        })?;
        for (_, row) in &mut found {
            let wanted = |kind| programme.is_none_or(|programme| programme == kind);
            row.proposal.entries.retain(|entry| wanted(entry.programme));
        }
        found.retain(|(_, row)| !row.proposal.entries.is_empty());
        found.sort_by_cached_key(|(order, row)| {
            let first = row.proposal.entries.first().map(|entry| entry.programme);
            let ground = &row.proposal.ground;
            (
                first,
                !ground.is_of_this_month(today),
                ground.key(),
                *order,
                row.person,
            )
        });
        let rows = found.into_iter().map(|(_, row)| row).collect();
        Ok(ProposalsView { today, rows })
    }
}

fn village(villages: &std::collections::HashMap<VillageId, String>, id: VillageId) -> &str {
    villages.get(&id).map_or("", String::as_str)
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
