//! How much waits in the lists of agreements one looks at daily: counted by keys alone, no
//! agreement is read.

use super::super::settings_now;
use crate::{
    desk::{
        Desk, Stop,
        reply::{AgreementList, WaitingView},
    },
    domain::{
        agreement::{rules::AgreementRules, state::State},
        day::{Day, plus_days},
        rows::agreement::{Mark, mark_prefix, state_prefix},
        tables::{Index, Read, after_prefix},
    },
    store::{Error, Snapshot},
};

impl Desk {
    /// Returns how many rows each list of [`AgreementList::DAILY`] has.
    pub(in crate::desk::view) fn waiting(&self) -> Result<WaitingView, Stop> {
        let snapshot = self.store().snapshot()?;
        let today = self.today_in(&snapshot)?;
        let rules = settings_now(&snapshot)?.agreements;
        let mut counts = Vec::new();
        for list in AgreementList::DAILY {
            let count = match keys_of(list, today, &rules) {
                Some((index, from, to)) => counted(&snapshot, index, &from, &to)?,
                None => 0,
            };
            counts.push((list, count));
        }
        Ok(WaitingView { counts })
    }
}

/// Returns the keys a list is made of; none for those no range of keys makes.
fn keys_of(
    list: AgreementList,
    today: Day,
    rules: &AgreementRules,
) -> Option<(Index, Vec<u8>, Vec<u8>)> {
    use AgreementList as L;
    let of_state = |state| {
        let from = state_prefix(state).bytes();
        let to = after_prefix(&from);
        Some((Index::AgreementState, from, to))
    };
    let marked = |mark| {
        let from = mark_prefix(mark).bytes();
        let to = after_prefix(&from);
        Some((Index::AgreementMark, from, to))
    };
    let ends_within = |days: u32| {
        let last = plus_days(today, i64::from(days));
        let from = state_prefix(State::Active).bytes();
        let to = state_prefix(State::Active).day(plus_days(last, 1)).bytes();
        Some((Index::AgreementState, from, to))
    };
    match list {
        L::Drafts => of_state(State::Draft),
        L::Printed => of_state(State::Printed),
        L::Ending => of_state(State::Ending),
        L::ToRenew => ends_within(rules.renew_contact_days),
        L::Expiring => ends_within(rules.expiring_days),
        L::Unconfirmed => marked(Mark::RenewalUnconfirmed),
        L::InDoubt => marked(Mark::InDoubt),
        L::OverCap => marked(Mark::OverCap),
        L::ConsentIncomplete => marked(Mark::ConsentIncomplete),
        L::EndUnsigned => marked(Mark::EndUnsigned),
        L::ToConfirm => marked(Mark::ToConfirm),
        L::ToSign | L::DoctorLeft | L::Running => None,
    }
}

fn counted(snapshot: &Snapshot, index: Index, from: &[u8], to: &[u8]) -> Result<usize, Error> {
    let mut count = 0;
    snapshot.keys(index, from, to, &mut |_, _| {
        count += 1;
        Ok(())
    })?;
    Ok(count)
}
