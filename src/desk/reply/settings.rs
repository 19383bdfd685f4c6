//! The clinic's settings with their history, and what a change of them would do.

use crate::domain::{
    aspect::Seen,
    clock::Moment,
    day::Day,
    refusal::RecordRefusal,
    settings::{Moves, Section, SettingDefinition, SettingProblem},
};

/// Every setting as it stands.
#[derive(Debug, Clone)]
pub struct SettingsView {
    pub today: Day,
    /// The edition in force; 0 where nothing was ever changed.
    pub edition: u32,
    /// In the order of sections, and of the catalogue within each.
    pub settings: Vec<SettingView>,
    /// The revision of every section.
    pub seen: Vec<Seen>,
    /// Why the one who asks may not change any; none where they may.
    pub locked: Option<RecordRefusal>,
}

/// One setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingView {
    pub section: Section,
    pub definition: SettingDefinition,
    /// The value in force, as it is written.
    pub value: String,
    /// Whether it is another than the program's own.
    pub is_own: bool,
    /// Its changes, the newest first.
    pub history: Vec<SettingTold>,
}

/// A change of one setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingTold {
    pub edition: u32,
    pub before: String,
    pub value: String,
    /// The clinic day from which it is in force.
    pub since: Day,
    pub at: Moment,
    /// Who made it, by name.
    pub by: String,
}

/// What values would change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingsPreview {
    /// What is wrong, all at once; then nothing else is told.
    pub problems: Vec<SettingProblem>,
    /// Key, value before, value after.
    pub changes: Vec<(String, String, String)>,
    pub moves: Moves,
}
