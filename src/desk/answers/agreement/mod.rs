//! Agreements: what is asked is decided on the facts of this transaction and written down, with
//! what it means for the yearly assessment of those covered.

pub mod about;
pub mod covering;
pub mod gather;
pub mod known;
pub mod leaving;
pub mod parties;
pub mod renewal;
pub mod report;
pub mod roll;

use std::collections::BTreeMap;

use super::{Pen, row};
use crate::{
    desk::Stop,
    domain::{
        agreement::{
            action::Action,
            approval::{Approval, Approver},
            change::{self, AgreementChanged},
            contract::Agreement,
            decide,
            doctor::Doctor,
            refusal::{AgreementRefusal, Other, Refusal},
        },
        clinic::Staff,
        event::Event,
        id::{AgreementId, StaffId},
        refusal::RecordRefusal,
        rows::{agreement::AgreementRow, id_key},
        tables::Read,
    },
    store,
};

type Done = Result<(), Stop>;

/// Does one thing asked of an agreement, or begins one where none is named.
pub fn ask<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: Option<AgreementId>,
    asked: &Action,
) -> Done {
    ask_all(pen, id, std::slice::from_ref(asked))
}

/// Does several things with one agreement, each decided as the one before leaves it; the first
/// may begin it.
pub fn ask_all<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: Option<AgreementId>,
    asked: &[Action],
) -> Done {
    let mut agreement = match id {
        Some(id) => Some(row(pen.tables, id)?.agreement),
        None => None,
    };
    for action in asked {
        let told = pen.pending().len();
        act(pen, agreement.clone(), action)?;
        for event in pen.pending().iter().skip(told) {
            let Event::AgreementChanged(changed) = event else {
                continue;
            };
            let own = agreement.as_ref().map(|one| one.id);
            if own.is_none_or(|own| own == changed.agreement) {
                agreement = change::apply(agreement, changed);
            }
        }
    }
    Ok(())
}

fn act<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    before: Option<Agreement>,
    asked: &Action,
) -> Done {
    if *asked == Action::Roll {
        let state = before.as_ref().map(Agreement::state);
        return refuse(pen.tables, vec![Refusal::State { state }]);
    }
    let asked = approved(pen, asked)?;
    let about = about::About::of(before.as_ref(), &asked, pen.facts.today);
    let facts = gather::facts(pen.tables, pen.pending(), &about, pen.facts)?;
    let outcome = decide(before.as_ref(), &facts.around(), &asked, pen.facts.today);
    match outcome {
        Ok(changes) => write(pen, &facts, before, changes),
        Err(found) => refuse(pen.tables, found),
    }
}

/// Writes the changes down, and what they mean for the assessments of those covered.
pub(super) fn write<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    facts: &gather::Gathered,
    before: Option<Agreement>,
    changes: Vec<AgreementChanged>,
) -> Done {
    let known = facts.agreements.iter().cloned().chain(before);
    let before: BTreeMap<AgreementId, Agreement> = known.map(|one| (one.id, one)).collect();
    let mut after = before.clone();
    for changed in &changes {
        let one = after.remove(&changed.agreement);
        let one = change::apply(one, changed);
        after.extend(one.map(|one| (one.id, one)));
    }
    pen.events
        .extend(changes.into_iter().map(Event::AgreementChanged));
    covering::follow(pen, &before, &after)
}

/// Returns what was asked with the approver's name as the staff list has it.
///
/// # Errors
/// Refuses with `NoStaff` where the approver is nobody active on the staff; with
/// E-AGR-APPROVE where who signed for the clinic approves his own.
fn approved<T: Read<Fault = store::Error>>(
    pen: &Pen<'_, T>,
    asked: &Action,
) -> Result<Action, Stop> {
    let mut asked = asked.clone();
    let mut signer: Option<StaffId> = None;
    let approval: Option<&mut Approval> = match &mut asked {
        Action::Sign(signing) => {
            signer = signing.clinic.as_ref().and_then(|one| one.staff);
            let above = signing.above_cap.as_mut();
            above.and_then(|above| above.approval.as_mut())
        }
        Action::Join(joining) => {
            let above = joining.above_cap.as_mut();
            above.and_then(|above| above.approval.as_mut())
        }
        Action::Void(voiding) => voiding.approval.as_mut(),
        Action::Draft(_)
        | Action::Edit(_)
        | Action::Print { .. }
        | Action::Leave { .. }
        | Action::Confirm(_)
        | Action::GiveNotice(_)
        | Action::WithdrawNotice { .. }
        | Action::SignEnding { .. }
        | Action::End { .. }
        | Action::StopService { .. }
        | Action::Discard { .. }
        | Action::SpeakOfRenewal { .. }
        | Action::Doubt { .. }
        | Action::ClearDoubt { .. }
        | Action::NameActing { .. }
        | Action::Roll => None,
    };
    if let Some(Approver::Staff { id, name }) = approval.map(|approval| &mut approval.by) {
        let staff: Option<Staff> = pen.tables.get(&id_key(id.0))?;
        let staff = staff.filter(|staff| staff.active);
        let staff = staff.ok_or_else(|| RecordRefusal::NoStaff { name: name.clone() })?;
        if signer == Some(*id) {
            return refuse(pen.tables, vec![Refusal::Approval]);
        }
        *name = staff.name;
    }
    Ok(asked)
}

/// Refuses, naming the agreements that stand in the way as people know them.
pub(super) fn refuse<T: Read<Fault = store::Error>, R>(
    tables: &T,
    found: Vec<Refusal>,
) -> Result<R, Stop> {
    let others = others(tables, &found)?;
    Err(AgreementRefusal::Rules { found, others }.into())
}

/// Returns the agreements that stand in the way, as people know them.
pub fn others<T: Read<Fault = store::Error>>(
    tables: &T,
    found: &[Refusal],
) -> Result<Vec<Other>, store::Error> {
    let mut others: Vec<Other> = Vec::new();
    for refusal in found {
        let named = match refusal {
            Refusal::Exclusive { other }
            | Refusal::DoubleCover { other, .. }
            | Refusal::EvidenceUsed { other, .. } => *other,
            _ => continue,
        };
        if others.iter().all(|other| other.id != named)
            && let Some(kept) = tables.get::<AgreementRow>(&id_key(named.0))?
        {
            others.push(other(tables, &kept)?);
        }
    }
    Ok(others)
}

fn other<T: Read<Fault = store::Error>>(
    tables: &T,
    kept: &AgreementRow,
) -> Result<Other, store::Error> {
    let agreement = &kept.agreement;
    let doctor: Option<Doctor> = match agreement.contents.doctor {
        Some(doctor) => tables.get(&id_key(doctor.0))?,
        None => None,
    };
    let last = kept.steps.last();
    let by = last.map(|step| super::undo::staff_name(tables, step.by));
    let number = agreement.number.as_ref();
    Ok(Other {
        id: agreement.id,
        number: number.map_or_else(String::new, ToString::to_string),
        doctor: doctor.map_or_else(String::new, |doctor| doctor.name),
        by: by.transpose()?.unwrap_or_default(),
        at: last.map_or(0, |step| step.at),
    })
}
