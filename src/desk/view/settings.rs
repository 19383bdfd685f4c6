//! The clinic's settings with their history, and what a change of them would do.

use crate::{
    desk::{
        Desk, Stop,
        answers::settings,
        reply::{SettingTold, SettingView, SettingsPreview, SettingsView},
        rights,
    },
    domain::{
        aspect::{Aspect, Seen},
        clinic::Staff,
        day::Day,
        id::{HouseholdId, StaffId, VillageId},
        queue::{self, Member, Place},
        rows::CourseRow,
        settings::{KeptSettings, Moves, Section, SettingDefinition, Settings, Values},
        tables::Read,
        task::Task,
    },
    store::{Error, Snapshot},
};

impl Desk {
    pub(super) fn settings_view(&self, by: StaffId) -> Result<SettingsView, Stop> {
        let snapshot = self.store().snapshot()?;
        let kept = settings::kept(&snapshot)?;
        let staff = settings::staff(&snapshot)?;
        let who = staff.iter().find(|staff| staff.id == by && staff.active);
        let mut views = Vec::new();
        let mut seen = Vec::new();
        for section in Section::ALL {
            let definitions = self.catalog().settings().iter();
            let of_section = definitions.filter(|d| Section::of(&d.key) == Some(section));
            views.extend(of_section.map(|d| setting(d, section, &kept, &staff)));
            let aspect = Aspect::Settings(section);
            let revision = snapshot.revision(aspect)?;
            seen.push(Seen { aspect, revision });
        }
        Ok(SettingsView {
            today: self.today_in(&snapshot)?,
            edition: kept.number(),
            settings: views,
            seen,
            locked: rights::clinic(who, &self.able(staff.clone())?).err(),
        })
    }

    /// Lays `values` over the settings and counts what would be different.
    pub(super) fn settings_preview(&self, values: &Values) -> Result<SettingsPreview, Stop> {
        let snapshot = self.store().snapshot()?;
        let today = self.today_in(&snapshot)?;
        let kept = settings::kept(&snapshot)?;
        let definitions = self.catalog().settings();
        let sections = match settings::changed(definitions, &kept, values) {
            Ok(sections) => sections,
            Err(problems) => {
                return Ok(SettingsPreview {
                    problems,
                    ..SettingsPreview::default()
                });
            }
        };
        let mut after = kept.now();
        let mut changes = Vec::new();
        for (section, own) in &sections {
            let before = kept.own(*section);
            for definition in definitions {
                if Section::of(&definition.key) != Some(*section) {
                    continue;
                }
                let of = |own: &Values| own.get(&definition.key).cloned();
                let [old, new] = [of(&before), of(own)]
                    .map(|value| value.unwrap_or_else(|| definition.default.clone()));
                if old != new {
                    after.put(&definition.key, &new);
                    changes.push((definition.key.clone(), old, new));
                }
            }
        }
        let before = kept.now();
        let moves = if before == after {
            Moves::default()
        } else {
            moves(&snapshot, today, &before, &after)?
        };
        Ok(SettingsPreview {
            problems: Vec::new(),
            changes,
            moves,
        })
    }
}

fn setting(
    definition: &SettingDefinition,
    section: Section,
    kept: &KeptSettings,
    staff: &[Staff],
) -> SettingView {
    let or_default = |value: Option<&str>| value.unwrap_or(&definition.default).to_owned();
    let name = |id: StaffId| {
        let named = staff.iter().find(|staff| staff.id == id);
        named.map_or_else(|| id.to_string(), |staff| staff.name.clone())
    };
    let own = kept.own(section);
    let own = own.get(&definition.key).map(String::as_str);
    let changes = kept.changes(&definition.key).into_iter();
    SettingView {
        section,
        value: or_default(own),
        is_own: own.is_some(),
        history: changes
            .map(|change| SettingTold {
                edition: change.edition.number,
                before: or_default(change.before),
                value: or_default(change.value),
                since: change.edition.since,
                at: change.edition.at,
                by: name(change.edition.by),
            })
            .collect(),
        definition: definition.clone(),
    }
}

/// Compares everybody's work under the settings before and after.
fn moves(
    snapshot: &Snapshot,
    today: Day,
    before: &Settings,
    after: &Settings,
) -> Result<Moves, Error> {
    let leads = |settings: &Settings| (settings.lead_days, settings.lead_days_annual);
    let is_listed_alike = leads(before) == leads(after);
    let mut moves = Moves::default();
    snapshot.every(|row: CourseRow| {
        if !row.is_here {
            return Ok(true);
        }
        moves.kept += row.course.tasks().len();
        let [old, new] = [before, after].map(|settings| row.tasks(today, settings));
        let is_same = old == new;
        if !is_same {
            compare(&old, &new, &mut moves);
        }
        if !is_same || !is_listed_alike {
            let old = rows(&row, old, today, before);
            let new = rows(&row, new, today, after);
            moves.rows_more += new.0.saturating_sub(old.0);
            moves.rows_less += old.0.saturating_sub(new.0);
            moves.aside_more += new.1.saturating_sub(old.1);
            moves.aside_less += old.1.saturating_sub(new.1);
        }
        Ok(true)
    })?;
    Ok(moves)
}

/// Counts one person's due days that move, and work that comes or goes.
fn compare(old: &[Task], new: &[Task], moves: &mut Moves) {
    let mut new = new.to_vec();
    let (mut due, mut gone) = (0, 0);
    for task in old {
        let same = |other: &Task| other.kind == task.kind && other.programmes == task.programmes;
        match new.iter().position(same) {
            Some(at) => due += usize::from(new.swap_remove(at).due != task.due),
            None => gone += 1,
        }
    }
    moves.due += due;
    moves.gone += gone;
    moves.added += new.len();
    moves.people += usize::from(0 < due + gone + new.len());
}

/// Returns how many rows these tasks make in today's queue, and in the lists beside it.
fn rows(row: &CourseRow, tasks: Vec<Task>, today: Day, settings: &Settings) -> (usize, usize) {
    let member = Member {
        person: row.person,
        household: HouseholdId(0),
        place: Place {
            village: VillageId(0),
            group: 0,
            household_number: 0,
            member_number: 0,
        },
        doctor: String::new(),
        tasks,
        owed: Vec::new(),
        is_done_today: false,
        is_attempted_today: false,
    };
    let queue = queue::queue([&member], &queue::Filter::default(), today, settings);
    let counts = queue.counts;
    (counts.due, counts.early + counts.standing)
}
