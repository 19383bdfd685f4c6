//! Tells people apart whose rows would read alike.
//!
//! It chooses what to show beside a name; how it is shown is the screen's matter.

use std::collections::{BTreeMap, BTreeSet};

use super::typed::plain_text;
use crate::domain::{
    day::{Day, age_years},
    search::{SearchRow, Tell},
};

const TELLS: [Tell; 4] = [Tell::Age, Tell::Head, Tell::GroupDoor, Tell::IdTail];

/// Returns for each row what must stand beside name and sex so that no two rows read alike:
/// nothing, the least fact that tells all of its namesakes apart, else the fewest facts that
/// together tell most of them apart.
pub fn distinct(rows: &[&SearchRow], today: Day) -> Vec<Vec<Tell>> {
    let mut alike: BTreeMap<(&str, u8), Vec<usize>> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        alike.entry((&row.name, row.sex)).or_default().push(place);
    }
    let mut tells = vec![Vec::new(); rows.len()];
    for places in alike.values().filter(|places| 1 < places.len()) {
        let namesakes: Vec<&SearchRow> = places
            .iter()
            .filter_map(|place| rows.get(*place).copied())
            .collect();
        let chosen = least(&namesakes, today);
        for place in places {
            if let Some(tell) = tells.get_mut(*place) {
                tell.clone_from(&chosen);
            }
        }
    }
    tells
}

/// Tries one fact, then two, three, four; of equal number the earlier ones.
fn least(rows: &[&SearchRow], today: Day) -> Vec<Tell> {
    let mut sets: Vec<Vec<Tell>> = (1_usize..1 << TELLS.len())
        .map(|bits| {
            TELLS
                .iter()
                .enumerate()
                .filter(|(at, _)| bits & 1 << at != 0)
                .map(|(_, tell)| *tell)
                .collect()
        })
        .collect();
    sets.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    let told_apart = |tells: &Vec<Tell>| {
        let seen: BTreeSet<Vec<String>> = rows
            .iter()
            .map(|row| tells.iter().map(|tell| fact(row, *tell, today)).collect())
            .collect();
        seen.len()
    };
    let most = sets.iter().map(told_apart).max().unwrap_or(0);
    sets.into_iter()
        .find(|tells| told_apart(tells) == most)
        .unwrap_or_default()
}

fn fact(row: &SearchRow, tell: Tell, today: Day) -> String {
    match tell {
        Tell::Age => row
            .birth
            .map_or_else(String::new, |birth| age_years(birth, today).to_string()),
        Tell::Head => plain_text(&row.head_name),
        Tell::GroupDoor => format!("{} {} {}", row.village, row.group, row.door),
        Tell::IdTail => row
            .id_no
            .get(row.id_no.len().saturating_sub(4)..)
            .unwrap_or_default()
            .to_owned(),
    }
}
