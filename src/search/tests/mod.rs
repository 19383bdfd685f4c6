//! What searching must find, how high, how soon, and how it stays right under changes.

mod asked;
mod changes;
mod grammar;
mod invented;
mod many;
mod recall;
mod ways;

use super::{Index, TagWords, distinct};
use crate::domain::{
    day::Day,
    id::{HouseholdId, PersonId},
    search::{Field, Hits, Rank, SearchRow, Tell},
};

fn today() -> Day {
    Day::from_ymd_opt(2026, 11, 21).unwrap()
}

fn tag_words() -> TagWords {
    TagWords::new([
        ("高血压", 1),
        ("2型糖尿病", 2),
        ("糖尿病", 2),
        ("脱贫户", 4),
        ("未签约", 8),
        ("逾期", 16),
        ("65岁以上", 32),
        ("儿童", 64),
        ("孕产妇", 128),
    ])
}

fn index_of(rows: &[SearchRow]) -> Index {
    let mut index = Index::new(tag_words());
    index.load(rows.iter().cloned());
    index
}
