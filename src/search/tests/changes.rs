//! An index under changes answers like one built afresh; no text makes it stumble.

use super::*;
use proptest::prelude::*;

fn small_village() -> Vec<SearchRow> {
    invented::people(120, 1)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_may_be_typed(query in "\\PC{0,40}", other in any::<String>()) {
        let index = index_of(&small_village());
        for query in [query, other] {
            prop_assert!(index.search(&query, today(), 20).rows.len() <= 20);
        }
    }

    #[test]
    fn any_mixture_of_what_has_meaning_may_be_typed(query in "[王张伟单nahgzwx0-9X#高-／ \\-，]{0,12}") {
        let index = index_of(&small_village());
        let hits = index.search(&query, today(), 20);
        let mut people: Vec<PersonId> = hits.rows.iter().map(|hit| hit.person).collect();
        people.sort_unstable();
        people.dedup();
        prop_assert_eq!(people.len(), hits.rows.len());
        for (place, hit) in hits.rows.iter().enumerate() {
            prop_assert_eq!(hits.near_from.is_some_and(|from| from <= place), hit.rank.is_near());
        }
    }
}

#[test]
fn an_index_under_changes_equals_a_fresh_one() {
    let first = invented::people(300, 1);
    let second = invented::people(300, 2);
    let mut rng = fastrand::Rng::with_seed(9);
    let mut index = index_of(&first[..150]);
    let mut kept: std::collections::BTreeMap<PersonId, SearchRow> = first[..150]
        .iter()
        .map(|row| (row.person, row.clone()))
        .collect();
    for round in 0..2_000_u64 {
        let at = rng.usize(..300);
        let mut row = if rng.bool() {
            first[at].clone()
        } else {
            second[at].clone()
        };
        if rng.u8(..3) == 0 {
            index.remove(row.person);
            kept.remove(&row.person);
        } else {
            // A household's fields are those of its latest row, for all its members.
            row.household =
                HouseholdId(row.household.0 * 2 + u64::from(row.head_name == second[at].head_name));
            row.is_head = false;
            index.put(&row);
            kept.insert(row.person, row.clone());
            for other in kept
                .values_mut()
                .filter(|other| other.household == row.household)
            {
                other.head_name.clone_from(&row.head_name);
                other.village.clone_from(&row.village);
                other.group.clone_from(&row.group);
                other.door.clone_from(&row.door);
                other.hh_no.clone_from(&row.hh_no);
                other.address.clone_from(&row.address);
            }
        }
        if round % 100 == 0 {
            let fresh = index_of(&kept.values().cloned().collect::<Vec<_>>());
            assert_eq!(index.len(), fresh.len());
            for row in first.iter().chain(&second).step_by(7) {
                for _ in 0..3 {
                    let typed = invented::typed(&mut rng, row);
                    assert_eq!(
                        index.search(&typed, today(), 20),
                        fresh.search(&typed, today(), 20),
                        "{typed}"
                    );
                }
            }
            for typed in ["z", "石桥", "#高血压", "3-", "王", "12"] {
                assert_eq!(
                    index.search(typed, today(), 50),
                    fresh.search(typed, today(), 50),
                    "{typed}"
                );
            }
        }
    }
}

#[test]
fn the_lately_touched_stand_first_and_fill_the_empty_box() {
    let rows = small_village();
    let mut index = index_of(&rows);
    assert!(index.search("", today(), 9).rows.is_empty());
    for (when, person) in [(1, 5), (2, 9), (3, 5)] {
        index.touch(PersonId(person), when);
    }
    let people = |hits: Hits| hits.rows.iter().map(|h| h.person.0).collect::<Vec<_>>();
    assert_eq!(people(index.search("  ", today(), 9)), [5, 9]);
    index.remove(PersonId(5));
    assert_eq!(people(index.search("", today(), 9)), [9]);
    index.put(&rows[8]);
    assert_eq!(people(index.search("", today(), 9)), [9]);
}
