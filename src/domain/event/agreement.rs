//! Events of agreements and of those who sign them, and how they alter the derived rows.
//!
//! What an agreement becomes stands in `domain::agreement::change`; here it is only kept.

use serde::{Deserialize, Serialize};

use super::{Entry, apply::Done};
use crate::domain::order::Arrange as _;
use crate::domain::{
    agreement::{
        change::{self, AgreementChanged, Change},
        contract::Agreement,
        doctor::Doctor,
        package::Package,
        pledge::Pledge,
        reported::{Figures, Reported, Sent},
        team::Team,
        unit::Unit,
        voucher::{Voucher, VoucherState},
    },
    day::Day,
    rows::{
        CourseRow,
        agreement::{AgreementRow, Step, report_key, voucher_key},
        id_key,
    },
    tables::{Counter, Write},
};

/// A doctor who may sign was written down, or what is known of him changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoctorKept {
    /// None where he is new.
    pub before: Option<Doctor>,
    pub after: Doctor,
}

/// A team was formed, or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamKept {
    pub before: Option<Team>,
    pub after: Team,
}

/// A unit was written down, or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitKept {
    pub before: Option<Unit>,
    pub after: Unit,
}

/// A package is offered, or offered otherwise from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageKept {
    pub before: Option<Package>,
    pub after: Package,
}

/// A voucher was issued, or made void.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherKept {
    pub before: Option<Voucher>,
    pub after: Voucher,
    /// Why it was made void; empty where it was issued.
    pub reason: String,
}

/// A month's report was sent with these figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSent {
    /// Its first day.
    #[serde(with = "crate::domain::written_day")]
    pub month: Day,
    pub figures: Figures,
}

/// Alters an agreement, and the counters and vouchers the change uses up.
pub(super) fn changed<T: Write>(tables: &mut T, entry: &Entry, e: &AgreementChanged) -> Done<T> {
    tables.raise(&Counter::Agreement, e.agreement.0)?;
    if let Change::VoucherUsed { number, on } = &e.change {
        let voucher: Option<Voucher> = tables.get(&voucher_key(number))?;
        if let Some(mut voucher) = voucher {
            voucher.state = VoucherState::Used { on: *on };
            tables.put(&voucher)?;
        }
    }
    if let Change::Numbered { number } = &e.change {
        let serial = Counter::AgreementSerial(number.village().to_owned(), number.year());
        tables.raise(&serial, u64::from(number.serial()))?;
    }
    let kept: Option<AgreementRow> = tables.get(&id_key(e.agreement.0))?;
    let (before, mut steps) =
        kept.map_or((None, Vec::new()), |row| (Some(row.agreement), row.steps));
    let Some(agreement) = change::apply(before, e) else {
        return Ok(());
    };
    steps.push(Step {
        seq: entry.seq,
        at: entry.at,
        day: entry.day,
        by: entry.user,
        transition: e.transition,
        what: e.change.key().to_owned(),
    });
    pledged(tables, entry, &agreement)?;
    tables.put(&AgreementRow { agreement, steps })
}

/// Keeps what the agreement promises beside each member's follow-up; what ended before this
/// entry's day is kept no longer.
fn pledged<T: Write>(tables: &mut T, entry: &Entry, agreement: &Agreement) -> Done<T> {
    let members = agreement.signed().map(|signed| signed.members.as_slice());
    for member in members.unwrap_or_default() {
        let kept: Option<CourseRow> = tables.get(&id_key(member.person.0))?;
        let Some(mut row) = kept else { continue };
        let mut pledges = row.pledges.clone();
        pledges.retain(|one| one.agreement != agreement.id && entry.day <= one.covered.to);
        let own = Pledge::of(agreement, member.person);
        pledges.extend(own.filter(|one| entry.day <= one.covered.to));
        pledges.arrange_by_key(|one| one.agreement);
        if pledges != row.pledges {
            row.pledges = pledges;
            tables.put(&row)?;
        }
    }
    Ok(())
}

/// Keeps a doctor.
pub(super) fn doctor<T: Write>(tables: &mut T, e: &DoctorKept) -> Done<T> {
    tables.put(&e.after)?;
    tables.raise(&Counter::Doctor, e.after.id.0)
}

/// Keeps a team.
pub(super) fn team<T: Write>(tables: &mut T, e: &TeamKept) -> Done<T> {
    tables.put(&e.after)?;
    tables.raise(&Counter::Team, e.after.id.0)
}

/// Keeps a unit.
pub(super) fn unit<T: Write>(tables: &mut T, e: &UnitKept) -> Done<T> {
    tables.put(&e.after)?;
    tables.raise(&Counter::Unit, e.after.id.0)
}

/// Keeps a report that was sent, behind those sent of the month before.
pub(super) fn report<T: Write>(tables: &mut T, entry: &Entry, e: &ReportSent) -> Done<T> {
    let kept: Option<Reported> = tables.get(&report_key(e.month))?;
    let mut reported = kept.unwrap_or(Reported {
        month: e.month,
        sent: Vec::new(),
    });
    reported.sent.push(Sent {
        seq: entry.seq,
        at: entry.at,
        day: entry.day,
        by: entry.user,
        figures: e.figures,
    });
    tables.put(&reported)
}
