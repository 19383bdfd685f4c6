//! The clinic's settings: what is kept, who may change them, and a change of them.

use super::Pen;
use crate::{
    desk::Stop,
    domain::{
        clinic::Staff,
        event::{Event, settings::SettingsChanged},
        refusal::RecordRefusal,
        rows::{id_key, settings_key},
        settings::{KeptSettings, Section, SettingDefinition, SettingProblem, Values, read},
        tables::{Counter, Read},
    },
    store,
};

/// Returns the settings with all their editions.
pub fn kept<T: Read<Fault = store::Error>>(tables: &T) -> Result<KeptSettings, store::Error> {
    Ok(tables.get(&settings_key())?.unwrap_or_default())
}

/// Returns every problem with these values, or the sections they change with all the
/// values of those that are the clinic's own then.
pub fn changed(
    definitions: &[SettingDefinition],
    kept: &KeptSettings,
    values: &Values,
) -> Result<Vec<(Section, Values)>, Vec<SettingProblem>> {
    read(definitions, values)?;
    let mut sections = Vec::new();
    for section in Section::ALL {
        let before = kept.own(section);
        let mut after = before.clone();
        for (key, value) in values
            .iter()
            .filter(|(key, _)| Section::of(key) == Some(section))
        {
            let definition = definitions.iter().find(|d| d.key == *key);
            if definition.is_some_and(|definition| definition.is_default(value)) {
                after.remove(key);
            } else {
                after.insert(key.clone(), value.trim().to_owned());
            }
        }
        if before != after {
            sections.push((section, after));
        }
    }
    Ok(sections)
}

/// Changes settings: an event for each section that changes.
pub fn change<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    values: &Values,
) -> Result<(), Stop> {
    let kept = pen.settings()?;
    let sections =
        changed(pen.facts.catalog.settings(), &kept, values).map_err(RecordRefusal::Settings)?;
    for ((section, values), edition) in sections.into_iter().zip(kept.number() + 1..) {
        pen.write(Event::SettingsChanged(SettingsChanged {
            section,
            edition,
            values,
        }));
    }
    Ok(())
}

/// Returns everybody on the staff.
pub fn staff<T: Read<Fault = store::Error>>(tables: &T) -> Result<Vec<Staff>, store::Error> {
    let mut staff = Vec::new();
    for id in 1..=tables.counter(&Counter::Staff)? {
        staff.extend(tables.get::<Staff>(&id_key(id))?);
    }
    Ok(staff)
}
