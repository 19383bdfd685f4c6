//! Who of the rows is known, and which households.
//!
//! By identity number; else by what the same line of files called the row before; else by name,
//! birth date and sex within the household. Somebody alike elsewhere is never taken for the same.

use std::collections::{HashMap, HashSet};

use crate::{
    desk::{Stop, answers::person::bearers},
    domain::{
        clinic::Village,
        household::{Household, key as home_key},
        id::{HouseholdId, PersonId, VillageId},
        identity::Sex,
        person::{Person, PersonState},
        roster::{Fate, Roster, RosterHousehold, RosterRow},
        rows::{RosterRowKept, id_key, roster_key},
        tables::{Index, Key, Read, after_prefix},
    },
    store,
};

/// A resident a row was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub person: PersonId,
    pub household: HouseholdId,
    pub is_gone: bool,
}

/// What the rows were found to be.
#[derive(Debug, Default)]
pub struct Matched {
    /// By place in the list of rows.
    pub people: Vec<Option<Known>>,
    /// Rows that are the same resident as an earlier one: place → physical row of that.
    pub again: HashMap<usize, u32>,
    /// By place in the list of the file's households.
    pub households: Vec<Option<HouseholdId>>,
    /// The village of each household of the file, where known.
    pub villages: Vec<Option<VillageId>>,
}

/// How many rows are looked up between two looks at the watch.
const STEP: usize = 128;

/// Finds out who the rows are; `found` is told how many have been looked up, and may end it.
pub fn all<T: Read<Fault = store::Error>>(
    tables: &T,
    villages: &[Village],
    roster: &Roster,
    homes: &[RosterHousehold],
    found: &mut dyn FnMut(usize) -> Result<(), Stop>,
) -> Result<Matched, Stop> {
    let mut finding = Finding {
        tables,
        rows: &roster.rows,
        matched: Matched {
            people: vec![None; roster.rows.len()],
            households: vec![None; homes.len()],
            villages: homes
                .iter()
                .map(|home| village_of(home, villages))
                .collect(),
            ..Matched::default()
        },
        claimed: HashMap::new(),
        taken: HashSet::new(),
    };
    let lineage = roster.lineage();
    for (at, row) in roster.rows.iter().enumerate() {
        if at % STEP == 0 {
            found(at)?;
        }
        if row.fate == Fate::Taken {
            let known = finding.by_number(row)?;
            let known = match known {
                Some(known) => Some(known),
                None => finding.by_earlier_file(&lineage, row)?,
            };
            finding.claim(at, known);
        }
    }
    finding.households(homes)?;
    for (place, home) in homes.iter().enumerate() {
        finding.within(place, home)?;
    }
    Ok(finding.matched)
}

/// Returns what names a row within its line of files.
pub fn row_key(row: &RosterRow) -> String {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let birth = row.birth.map(|day| day.to_string()).unwrap_or_default();
    let sex = row.sex.unwrap_or(Sex::Unknown).code();
    let home = home_name(
        row.outside_no.as_ref(),
        row.head_name.as_ref(),
        row.village.as_ref(),
    );
    format!("{}|{birth}|{sex}|{home}", text(&row.name))
}

/// Returns what names a household within its line of files.
pub fn home_name(
    outside_no: Option<&String>,
    head: Option<&String>,
    village: Option<&String>,
) -> String {
    let village = village.map(String::as_str).unwrap_or_default();
    match (outside_no, head) {
        (Some(number), _) => format!("{village}#{number}"),
        (None, Some(head)) => format!("{village}|{head}"),
        (None, None) => village.to_owned(),
    }
}

/// Returns a village's name without the word for village.
pub fn bare_village(name: &str) -> &str {
    let endings = ["村民委员会", "居民委员会", "村委会", "居委会", "社区", "村"];
    let bare = endings.iter().find_map(|ending| name.strip_suffix(ending));
    bare.filter(|bare| !bare.is_empty()).unwrap_or(name)
}

/// A household told without a village belongs to the clinic's only one.
fn village_of(home: &RosterHousehold, villages: &[Village]) -> Option<VillageId> {
    match &home.village {
        Some(name) => {
            let exact = villages.iter().find(|village| village.name == *name);
            let alike = || {
                let bare = bare_village(name);
                villages
                    .iter()
                    .find(|village| bare_village(&village.name) == bare)
            };
            exact.or_else(alike).map(|village| village.id)
        }
        None => villages.first().map(|village| village.id),
    }
}

struct Finding<'a, T> {
    tables: &'a T,
    rows: &'a [RosterRow],
    matched: Matched,
    /// Person → place of the row that is them.
    claimed: HashMap<PersonId, usize>,
    taken: HashSet<HouseholdId>,
}

impl<T: Read<Fault = store::Error>> Finding<'_, T> {
    fn claim(&mut self, at: usize, known: Option<Known>) {
        let Some(known) = known else { return };
        match self.claimed.get(&known.person) {
            Some(first) => {
                let row = self.rows.get(*first).map_or(0, |row| row.row);
                self.matched.again.insert(at, row);
            }
            None => {
                self.claimed.insert(known.person, at);
                if let Some(place) = self.matched.people.get_mut(at) {
                    *place = Some(known);
                }
            }
        }
    }

    fn by_number(&self, row: &RosterRow) -> Result<Option<Known>, Stop> {
        let Some(document) = &row.document else {
            return Ok(None);
        };
        let found = bearers(self.tables, &document.number)?;
        Ok(found.iter().find_map(known))
    }

    fn by_earlier_file(&self, lineage: &str, row: &RosterRow) -> Result<Option<Known>, Stop> {
        let key = roster_key(lineage, &row_key(row));
        let kept: Option<RosterRowKept> = self.tables.get(&key)?;
        let Some(kept) = kept else { return Ok(None) };
        let person: Option<Person> = self.tables.get(&id_key(kept.person.0))?;
        Ok(person.as_ref().and_then(known))
    }

    /// Numbers first, then members, then head and address; one household here stands for one
    /// of the file.
    fn households(&mut self, homes: &[RosterHousehold]) -> Result<(), Stop> {
        for (place, home) in homes.iter().enumerate() {
            let found = self.by_outside_no(place, home)?;
            self.take_household(place, found);
        }
        for (place, home) in homes.iter().enumerate() {
            if self.is_open(place) {
                let found = self.by_members(home);
                self.take_household(place, found);
            }
        }
        for (place, home) in homes.iter().enumerate() {
            let nobody_known = home.members.iter().all(|at| self.known(*at).is_none());
            if self.is_open(place) && nobody_known {
                let found = self.by_head_and_address(place, home)?;
                self.take_household(place, found);
            }
        }
        Ok(())
    }

    fn is_open(&self, place: usize) -> bool {
        self.matched
            .households
            .get(place)
            .is_some_and(Option::is_none)
    }

    fn take_household(&mut self, place: usize, found: Option<HouseholdId>) {
        if let Some(id) = found
            && self.taken.insert(id)
            && let Some(household) = self.matched.households.get_mut(place)
        {
            *household = Some(id);
        }
    }

    fn known(&self, at: usize) -> Option<Known> {
        self.matched.people.get(at).copied().flatten()
    }

    fn village(&self, place: usize) -> Option<VillageId> {
        self.matched.villages.get(place).copied().flatten()
    }

    fn by_outside_no(
        &self,
        place: usize,
        home: &RosterHousehold,
    ) -> Result<Option<HouseholdId>, Stop> {
        let (Some(number), Some(village)) = (&home.outside_no, self.village(place)) else {
            return Ok(None);
        };
        let from = Key::new().number(village.0).text(number).bytes();
        let to = after_prefix(&from);
        let mut found: Vec<Household> = self.tables.listed(Index::OutsideNumber, &from, &to)?;
        // An export of ours writes our own id where no number was told.
        if let Ok(id) = number.parse::<HouseholdId>() {
            found.extend(self.tables.get::<Household>(&id_key(id.0))?);
        }
        for household in found {
            if household.ended.is_none() && self.is_same(home, &household)? {
                return Ok(Some(household.id));
            }
        }
        Ok(None)
    }

    /// The same number under another head is another household, unless members live there.
    fn is_same(&self, home: &RosterHousehold, household: &Household) -> Result<bool, Stop> {
        let lives_there = home
            .members
            .iter()
            .filter_map(|at| self.known(*at))
            .any(|known| known.household == household.id);
        if lives_there {
            return Ok(true);
        }
        let Some(head) = household.head else {
            return Ok(false);
        };
        let head: Option<Person> = self.tables.get(&id_key(head.0))?;
        let name = home.head_name.as_deref();
        Ok(head.is_some_and(|head| name.is_none_or(|name| head.name() == name)))
    }

    /// Where the head lives, else where most members do.
    fn by_members(&self, home: &RosterHousehold) -> Option<HouseholdId> {
        let present = |at: usize| self.known(at).filter(|known| !known.is_gone);
        let mut count: HashMap<HouseholdId, usize> = HashMap::new();
        for at in &home.members {
            if let Some(known) = present(*at) {
                let weight = if home.head == Some(*at) {
                    home.members.len()
                } else {
                    1
                };
                *count.entry(known.household).or_default() += weight;
            }
        }
        let free = count.into_iter().filter(|(id, _)| !self.taken.contains(id));
        let most = free.max_by_key(|(id, count)| (*count, std::cmp::Reverse(id.0)));
        most.map(|(id, _)| id)
    }

    fn by_head_and_address(
        &self,
        place: usize,
        home: &RosterHousehold,
    ) -> Result<Option<HouseholdId>, Stop> {
        let (Some(name), Some(village)) = (&home.head_name, self.village(place)) else {
            return Ok(None);
        };
        for head in named(self.tables, name)? {
            let household: Option<Household> = self.tables.get(&id_key(head.household.0))?;
            let Some(household) = household else { continue };
            let agrees = |key: &str, told: Option<&String>| {
                let here = household.text(key);
                told.is_none_or(|told| here.is_empty() || here == told)
            };
            let same_address =
                home.address.is_none() == household.text(home_key::ADDRESS).is_empty();
            if household.head == Some(head.id)
                && household.ended.is_none()
                && household.village == village
                && !self.taken.contains(&household.id)
                && same_address
                && agrees(home_key::ADDRESS, home.address.as_ref())
                && agrees(home_key::GROUP, home.group.as_ref())
            {
                return Ok(Some(household.id));
            }
        }
        Ok(None)
    }

    /// Name, birth date and sex, within one household only.
    fn within(&mut self, place: usize, home: &RosterHousehold) -> Result<(), Stop> {
        let Some(Some(id)) = self.matched.households.get(place).copied() else {
            return Ok(());
        };
        let open =
            |at: &&usize| self.known(**at).is_none() && !self.matched.again.contains_key(*at);
        let open: Vec<usize> = home.members.iter().filter(open).copied().collect();
        if open.is_empty() {
            return Ok(());
        }
        let household: Option<Household> = self.tables.get(&id_key(id.0))?;
        let mut members = Vec::new();
        for member in household.iter().flat_map(|household| &household.members) {
            members.extend(self.tables.get::<Person>(&id_key(member.0))?);
        }
        for at in open {
            let Some(row) = self.rows.get(at) else {
                continue;
            };
            let gone = self.gone_from(id, row)?;
            let alike: Vec<Known> = members
                .iter()
                .chain(&gone)
                .filter(|person| !self.claimed.contains_key(&person.id) && is_alike(row, person))
                .filter_map(known)
                .collect();
            if let [only] = alike.as_slice() {
                self.claim(at, Some(*only));
            }
        }
        Ok(())
    }

    /// Those who lived in the household last and are gone.
    fn gone_from(&self, id: HouseholdId, row: &RosterRow) -> Result<Vec<Person>, Stop> {
        let Some(name) = &row.name else {
            return Ok(Vec::new());
        };
        let mut found = named(self.tables, name)?;
        found.retain(|person| person.household == id && !person.is_here());
        Ok(found)
    }
}

/// Returns the residents of a name whose birth date is known.
pub fn named<T: Read<Fault = store::Error>>(tables: &T, name: &str) -> Result<Vec<Person>, Stop> {
    let from = Key::new().text(name).bytes();
    Ok(tables.listed(Index::NameBirth, &from, &after_prefix(&from))?)
}

fn known(person: &Person) -> Option<Known> {
    let is_void = matches!(person.state, PersonState::Void { .. });
    (!is_void).then(|| Known {
        person: person.id,
        household: person.household,
        is_gone: !person.is_here(),
    })
}

/// Nothing told says otherwise, and enough is told.
fn is_alike(row: &RosterRow, person: &Person) -> bool {
    let name = row.name.as_deref().unwrap_or_default();
    let birth = match (row.birth, person.birth()) {
        (Some(told), Some(here)) => Some(told == here),
        _ => None,
    };
    let sex = match (row.sex, person.sex()) {
        (None | Some(Sex::Unknown | Sex::Unspecified), _)
        | (_, Sex::Unknown | Sex::Unspecified) => None,
        (Some(told), here) => Some(told == here),
    };
    let enough = !name.is_empty() || birth == Some(true) && sex == Some(true);
    name == person.name() && birth != Some(false) && sex != Some(false) && enough
}
