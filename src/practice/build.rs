//! Building the practice village: two years of a clinic's work, entered through the desk.
//!
//! Every entry is one request at its own wall time, so that the same people, seed and day give
//! the same journal, byte for byte, in every store whose desk has the same window name.

use super::{Plan, chance::Chance, family, past::Past, places::Area, plan};
use crate::{
    desk::{Change, Command, Desk, Question, Reply, Stop, request::SetUp},
    domain::{
        day::{Day, plus_days},
        id::StaffId,
        refusal::RecordRefusal,
    },
};

/// Entries written in one transaction: rows kept for undoing stay few, and the disk is
/// waited for seldom.
const CHUNK: u64 = 4096;

/// A clinic of more people is a township's.
const MANY: u32 = 10_000;

/// Days the clinic was set up before the two years of visits.
const LEAD: i64 = -80;

/// The one who sets the clinic up.
pub(super) const DOCTOR: StaffId = StaffId(1);

/// How far the building has come, in thousandths of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub permille: u32,
    pub entries: u64,
}

/// What was built.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    pub people: u64,
    pub households: u64,
    pub enrolled: u64,
    /// Visits, screenings, attempts and everything else recorded of people's follow-up.
    pub contacts: u64,
    pub entries: u64,
}

/// Builds a practice clinic of `people` people as of `today` in an empty store. `progress` is
/// told from time to time how far it is, and ends the work by answering false.
///
/// # Errors
/// Refuses on a store that is set up already. Whatever ends it early leaves a part: build into
/// a store of its own and put that in place when it is whole.
pub fn build(
    desk: &Desk,
    people: u32,
    seed: u64,
    today: Day,
    progress: impl FnMut(Progress) -> bool,
) -> Result<Summary, Stop> {
    build_from(desk, plan(people, seed, today), begins(today), progress)
}

/// Returns the day from which a clinic has two years of visits behind it today.
pub fn begins(today: Day) -> Day {
    plus_days(family::this_day(today, 2), LEAD)
}

/// Builds a planned clinic that began its records about the day `first`: the nearer to today,
/// the less past it has.
///
/// # Errors
/// As [`build`].
pub fn build_from(
    desk: &Desk,
    plan: Plan,
    first: Day,
    mut progress: impl FnMut(Progress) -> bool,
) -> Result<Summary, Stop> {
    if let Reply::Overview(overview) = desk.answer(&Question::Overview)?
        && overview.clinic.is_some()
    {
        return Err(RecordRefusal::SetUp.into());
    }
    let (people, seed, today) = (plan.people(), plan.seed, plan.today);
    let set_up = SetUp {
        clinic: plan
            .villages()
            .first()
            .map_or_else(String::new, |village| format!("{}卫生室", village.name)),
        villages: plan
            .villages()
            .iter()
            .map(|village| (village.name.clone(), Some(village.code.clone().into())))
            .collect(),
        doctor: Area::First.names().0.to_owned(),
        practice_day: Some(today),
        store: store_id(people, seed, today),
    };
    if MANY < people {
        desk.relives_much()?;
    }
    let mut past = Past::new(plan, first, desk.catalog());
    let mut set_up = Some(past.at_set_up(Change {
        // Another village is another request, and refused on a store in use.
        id: format!("practice/{seed}/{people}/{today}"),
        by: DOCTOR,
        seen: Vec::new(),
        date_is: None,
        command: Command::SetUp(set_up),
    }));
    loop {
        let mut left = CHUNK;
        let mut goes_on = true;
        desk.relive(|lived| {
            if let Some(lived) = lived {
                past.take(lived);
            }
            left -= 1;
            if left.is_multiple_of(256) {
                goes_on = progress(past.progress());
            }
            if left == 0 || !goes_on {
                return None;
            }
            set_up.take().or_else(|| past.next())
        })?;
        if !goes_on {
            return Err(Stop::interrupted());
        }
        if past.is_over() {
            desk.compact_where_it_pays(|_| ())?;
            return Ok(past.summary());
        }
    }
}

/// Draws the identity of the store.
fn store_id(people: u32, seed: u64, today: Day) -> [u8; 16] {
    let day = today.signed_duration_since(Day::MIN).num_days();
    let mut chance = Chance::of(seed, &[u64::from(people), day.unsigned_abs(), 16]);
    std::array::from_fn(|_| u8::try_from(chance.between(0, 255)).unwrap_or_default())
}
