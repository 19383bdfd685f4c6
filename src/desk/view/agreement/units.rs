//! The functional-community units, each with those on its list and its agreement.

use super::{Look, of_state, whole};
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
        tables::Counter,
    },
    store::{Error, Snapshot},
};

impl Desk {
    pub(in crate::desk::view) fn units(&self) -> Result<UnitsView, Stop> {
        let snapshot = self.store().snapshot()?;
        let look = Look::at(&snapshot, self.today_in(&snapshot)?)?;
        let agreements = of_units(&snapshot)?;
        let mut units = Vec::new();
        for unit in known::numbered::<_, Unit>(&snapshot, &Counter::Unit)? {
            let of_unit = |one: &&Agreement| one.scope == Scope::Unit(unit.id);
            let own = agreements.iter().find(of_unit);
            units.push(told(&look, unit, own)?);
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

/// Returns what is begun with units and what runs, in this order.
fn of_units(snapshot: &Snapshot) -> Result<Vec<Agreement>, Error> {
    let mut rows = of_state(snapshot, State::Draft)?;
    rows.extend(of_state(snapshot, State::Printed)?);
    rows.extend(super::running(snapshot)?);
    let agreements = rows.into_iter().map(|row| row.agreement);
    Ok(agreements
        .filter(|one| matches!(one.scope, Scope::Unit(_)))
        .collect())
}

/// Returns the agreement of the unit that runs.
pub(super) fn running(snapshot: &Snapshot, unit: UnitId) -> Result<Option<Agreement>, Error> {
    let rows = super::running(snapshot)?.into_iter();
    let mut agreements = rows.map(|row| row.agreement);
    Ok(agreements.find(|one| one.scope == Scope::Unit(unit)))
}
