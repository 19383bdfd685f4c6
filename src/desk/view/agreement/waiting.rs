//! The lists of agreements that are ranges of keys: counted, and paged through, by keys alone.

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
        tables::{Index, Key, Read, after_prefix},
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
            let ranges = ranges_of(list, today, &rules).unwrap_or_default();
            counts.push((list, counted(&snapshot, &ranges)?));
        }
        Ok(WaitingView { counts })
    }
}

/// Keys of an index from here to there; the end is none of them.
pub(super) struct Range {
    index: Index,
    from: Vec<u8>,
    to: Vec<u8>,
}

impl Range {
    pub fn of(index: Index, prefix: Key) -> Self {
        let from = prefix.bytes();
        let to = after_prefix(&from);
        Self { index, from, to }
    }
}

/// Returns the keys a list is made of, one range after the other; none for those no range of
/// keys makes.
pub(super) fn ranges_of(
    list: AgreementList,
    today: Day,
    rules: &AgreementRules,
) -> Option<Vec<Range>> {
    use AgreementList as L;
    let of_state = |state| Range::of(Index::AgreementState, state_prefix(state));
    let marked = |mark| Range::of(Index::AgreementMark, mark_prefix(mark));
    let ends_within = |days: u32| {
        let last = plus_days(today, i64::from(days));
        Range {
            to: state_prefix(State::Active).day(plus_days(last, 1)).bytes(),
            ..of_state(State::Active)
        }
    };
    Some(vec![match list {
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
        L::Running => return Some(running().into()),
        L::ToSign | L::DoctorLeft => return None,
    }])
}

/// Returns the keys of everything that runs.
pub(super) fn running() -> [Range; 2] {
    let of_state = |state| Range::of(Index::AgreementState, state_prefix(state));
    [of_state(State::Active), of_state(State::Ending)]
}

/// Returns how many keys there are.
pub(super) fn counted(snapshot: &Snapshot, ranges: &[Range]) -> Result<usize, Error> {
    let mut count = 0;
    each(snapshot, ranges, &mut |_| count += 1)?;
    Ok(count)
}

/// Returns the keys of `limit` rows behind the first `from`, and how many there are in all.
pub(super) fn page(
    snapshot: &Snapshot,
    ranges: &[Range],
    (from, limit): (usize, usize),
) -> Result<(Vec<Vec<u8>>, usize), Error> {
    let (mut keys, mut count) = (Vec::new(), 0);
    each(snapshot, ranges, &mut |row| {
        if from <= count && keys.len() < limit {
            keys.push(row.to_vec());
        }
        count += 1;
    })?;
    Ok((keys, count))
}

/// Calls `take` with the key of each row, in order.
pub(super) fn each(
    snapshot: &Snapshot,
    ranges: &[Range],
    take: &mut dyn FnMut(&[u8]),
) -> Result<(), Error> {
    for range in ranges {
        let (from, to) = (&range.from, &range.to);
        snapshot.keys(range.index, from, to, &mut |_: &[u8], row: &[u8]| {
            take(row);
            Ok(())
        })?;
    }
    Ok(())
}
