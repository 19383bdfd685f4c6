//! One agreement whole, with what it still lacks by person; and those who sign.

use std::collections::BTreeSet;

use super::Look;
use crate::{
    desk::{
        Desk, Stop,
        answers::{
            Facts,
            agreement::{about::About, gather, known},
            undo::staff_name,
        },
        reply::{AgreementView, PanelTold, PartiesView},
        view::household::seen,
    },
    domain::{
        agreement::{
            cap,
            contract::Agreement,
            doctor::Doctor,
            missing::{Missing, missing},
            package::Package,
            signed::{Place, Signing},
            state::State,
            team::Team,
            term,
            unit::Unit,
            voucher::Voucher,
        },
        aspect::{Aspect, Seen},
        id::{AgreementId, PersonId, StaffId},
        tables::Counter,
    },
    store::{Error, Snapshot},
};

impl Desk {
    /// Returns the agreement whole; `signing` is what is taken down of the signatures so far.
    pub(in crate::desk::view) fn agreement_view(
        &self,
        id: AgreementId,
        signing: Option<&Signing>,
    ) -> Result<AgreementView, Stop> {
        let snapshot = self.store().snapshot()?;
        let look = Look::at(&snapshot, self.today_in(&snapshot)?)?;
        let row = super::row(&snapshot, id)?;
        let agreement = row.agreement;
        let unsigned = nothing_signed();
        let signing = signing.unwrap_or(&unsigned);
        let mut about = About::of(
            Some(&agreement),
            &crate::domain::agreement::action::Action::Roll,
            look.today,
        );
        about.signing(signing, look.today);
        let facts = Facts {
            today: look.today,
            by: StaffId::PROGRAM,
            catalog: self.catalog(),
        };
        let facts = gather::facts(&snapshot, &[], &about, &facts)?;
        let waits = matches!(agreement.state(), State::Draft | State::Printed);
        let missing = if waits {
            missing(&agreement, signing, &facts.around(), look.today)
        } else {
            Missing::default()
        };
        let mut people = Vec::new();
        for person in concerned(&agreement, &facts) {
            people.extend(look.member(agreement.scope, person, Some(&agreement))?);
        }
        let are_key: Vec<bool> = people
            .iter()
            .filter(|one| {
                agreement
                    .contents
                    .covered
                    .iter()
                    .any(|c| c.person == one.person)
            })
            .map(|one| one.is_key)
            .collect();
        let doctor = agreement.contents.doctor;
        let doctor = look.doctors.iter().find(|one| Some(one.id) == doctor);
        let acting = agreement.signed().and_then(|signed| signed.acting);
        let acting = look.doctors.iter().find(|one| Some(one.id) == acting);
        let mut steps = Vec::new();
        for step in row.steps {
            let by = staff_name(&snapshot, step.by)?;
            steps.push((step, by));
        }
        let team = agreement.contents.team;
        Ok(AgreementView {
            today: look.today,
            brief: look.brief(&agreement)?,
            steps,
            people,
            acting: acting.map_or_else(String::new, |one| one.name.clone()),
            panel: doctor.map(|one| panel(&look, one)).transpose()?,
            team: look.teams.iter().find(|one| Some(one.id) == team).cloned(),
            packages: facts.packages.clone(),
            vouchers: facts.vouchers.clone(),
            missing,
            allowed: term::allowed(&look.rules, &are_key),
            seen: seen(&snapshot, &aspects(&agreement))?,
            agreement,
        })
    }

    /// Returns who signs and what is offered.
    pub(in crate::desk::view) fn parties(&self) -> Result<PartiesView, Stop> {
        let snapshot = self.store().snapshot()?;
        let look = Look::at(&snapshot, self.today_in(&snapshot)?)?;
        let mut doctors = Vec::new();
        for doctor in &look.doctors {
            doctors.push(panel(&look, doctor)?);
        }
        let warned = |team: &Team| (team.clone(), team.warnings(&look.teams, look.today));
        Ok(PartiesView {
            today: look.today,
            doctors,
            teams: look.teams.iter().map(warned).collect(),
            units: known::numbered::<_, Unit>(&snapshot, &Counter::Unit)?,
            packages: every::<Package>(&snapshot)?,
            vouchers: every::<Voucher>(&snapshot)?,
            seen: parties_seen(&snapshot)?,
        })
    }
}

/// Returns the revision of those who sign and what is offered.
pub(super) fn parties_seen(snapshot: &Snapshot) -> Result<Vec<Seen>, Error> {
    seen(snapshot, &[Aspect::Parties])
}

fn aspects(agreement: &Agreement) -> Vec<Aspect> {
    let home = agreement.scope.household().map(Aspect::Membership);
    [Aspect::Agreement(agreement.id)]
        .into_iter()
        .chain(home)
        .collect()
}

/// Returns whom it covers in the order of its contents, then who else lives there or is on the
/// unit's list.
fn concerned(agreement: &Agreement, facts: &gather::Gathered) -> Vec<PersonId> {
    let chosen = agreement.contents.covered.iter().map(|one| one.person);
    let signed = agreement.signed();
    let members = signed.iter().flat_map(|signed| &signed.members);
    let home = facts
        .home
        .iter()
        .flat_map(|home| home.members.iter().copied());
    let unit = facts.unit.iter().flat_map(Unit::residents);
    let mut told = BTreeSet::new();
    chosen
        .chain(members.map(|member| member.person))
        .chain(home)
        .chain(unit)
        .filter(|person| told.insert(*person))
        .collect()
}

/// Returns how full a doctor's panel is today.
pub(super) fn panel(look: &Look<'_>, doctor: &Doctor) -> Result<PanelTold, Error> {
    let panel = known::panel(look.snapshot, doctor.id, look.today)?;
    let (persons, households) = panel.with([]);
    Ok(PanelTold {
        persons,
        households,
        cap: doctor.cap(&look.rules),
        fill: cap::fill(doctor, &look.rules, (persons, households)),
        doctor: doctor.clone(),
    })
}

/// Returns every row of a kind, in the order of its keys.
pub(super) fn every<R: crate::domain::tables::Row>(snapshot: &Snapshot) -> Result<Vec<R>, Error> {
    let mut rows = Vec::new();
    snapshot.every(|row: R| {
        rows.push(row);
        Ok(true)
    })?;
    Ok(rows)
}

fn nothing_signed() -> Signing {
    Signing {
        consents: Vec::new(),
        representative: None,
        clinic: None,
        start: None,
        time: String::new(),
        place: Place::Clinic,
        equipment: BTreeSet::new(),
        also_done: BTreeSet::new(),
        above_cap: None,
        late_reason: String::new(),
    }
}
