//! The functional-community units, each with those on its list and its agreement.

use super::{Look, whole};
use crate::{
    desk::{
        Desk, Stop,
        answers::agreement::known,
        reply::{UnitTold, UnitsView},
    },
    domain::{
        agreement::{
            contract::{Agreement, Scope},
            state::State,
            unit::Unit,
        },
        id::UnitId,
        rows::agreement::{AgreementRow, unit_prefix},
        tables::{Counter, Index, Key, Read, after_prefix},
    },
    store::{Error, Snapshot},
};

impl Desk {
    pub(in crate::desk::view) fn units(&self) -> Result<UnitsView, Stop> {
        let snapshot = self.store().snapshot()?;
        let look = Look::at(&snapshot, self.today_in(&snapshot)?)?;
        let mut units = Vec::new();
        for unit in known::numbered::<_, Unit>(&snapshot, &Counter::Unit)? {
            let own = first_from(&snapshot, unit.id, State::Draft)?;
            units.push(told(&look, unit, own.as_ref())?);
        }
        Ok(UnitsView {
            today: look.today,
            units,
            seen: whole::parties_seen(&snapshot)?,
        })
    }
}

fn told(look: &Look<'_>, unit: Unit, own: Option<&Agreement>) -> Result<UnitTold, Stop> {
    let mut residents = Vec::new();
    for id in unit.residents() {
        residents.extend(look.member(Scope::Unit(unit.id), id, own)?);
    }
    Ok(UnitTold {
        agreement: own.map(|one| look.brief(one)).transpose()?,
        residents,
        unit,
    })
}

/// Returns the agreement of the unit that runs.
pub(super) fn running(snapshot: &Snapshot, unit: UnitId) -> Result<Option<Agreement>, Error> {
    first_from(snapshot, unit, State::Active)
}

/// Returns the unit's first agreement from this state on: what is begun, then what runs.
fn first_from(snapshot: &Snapshot, unit: UnitId, state: State) -> Result<Option<Agreement>, Error> {
    let from = unit_prefix(unit, state).bytes();
    let to = after_prefix(&Key::new().number(unit.0).bytes());
    let mut first = None;
    snapshot.keys(Index::UnitAgreements, &from, &to, &mut |_, row| {
        first.get_or_insert_with(|| row.to_vec());
        Ok(())
    })?;
    let row: Option<AgreementRow> = match first {
        Some(key) => snapshot.get(&key)?,
        None => None,
    };
    Ok(row.map(|row| row.agreement))
}
