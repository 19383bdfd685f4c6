//! A planned household as it was entered years ago, and what of it came later: births, deaths,
//! moves, illnesses found since.
//!
//! The plan is as of today; here it is taken apart into a beginning and its later entries.

use chrono::Datelike as _;

use super::{
    household::{Household, Member},
    presence::Presence,
};
use crate::{
    desk::request::{NewHousehold, NewPerson},
    domain::{
        day::{Day, plus_days},
        household::MoveReason,
        id::VillageId,
        value::{Answers, Value, YearMonth},
    },
};

/// What becomes of a member after the household was entered; `member` is its place among those
/// entered at once.
#[derive(Debug, Clone)]
pub enum Later {
    Born {
        on: Day,
        /// The child's place in the plan.
        place: usize,
        child: Box<NewPerson>,
    },
    /// The card as it reads once the illness of that month is known.
    FoundIll {
        member: usize,
        on: Day,
        card: Box<Answers>,
    },
    Died {
        member: usize,
        on: Day,
        cause: &'static str,
    },
    MovedOut {
        member: usize,
        on: Day,
        to: &'static str,
    },
    /// The household's card once its risk was seen.
    AtRisk { on: Day, card: Box<Answers> },
}

/// A household's beginning.
#[derive(Debug, Clone)]
pub struct Founded {
    pub new: NewHousehold,
    /// Places in the plan of the members entered at once, in their order.
    pub members: Vec<usize>,
    pub later: Vec<Later>,
}

/// Takes a household apart at the day it is entered.
pub fn found(household: &Household, on: Day) -> Founded {
    let mut founded = Founded {
        new: NewHousehold {
            village: VillageId(u64::try_from(household.village).unwrap_or_default() + 1),
            outside_no: None,
            card: household.card.clone(),
            members: Vec::new(),
        },
        members: Vec::new(),
        later: Vec::new(),
    };
    house_card(&mut founded, &household.card, on);
    for (place, member) in household.members.iter().enumerate() {
        if on < member.birth {
            founded.later.push(Later::Born {
                on: member.birth,
                place,
                child: Box::new(person(member, MoveReason::Birth, member.birth)),
            });
            continue;
        }
        let mut new = person(member, MoveReason::MovedIn, on);
        let at = founded.members.len();
        founded
            .later
            .extend(illnesses(member, on).map(|(day, card)| Later::FoundIll {
                member: at,
                on: day,
                card: Box::new(card),
            }));
        new.card = card_on(&member.card, on);
        founded.later.extend(leaving(member, at, on));
        founded.new.members.push(new);
        founded.members.push(place);
    }
    founded
}

fn person(member: &Member, joined_by: MoveReason, from: Day) -> NewPerson {
    NewPerson {
        card: member.card.clone(),
        relation: member.kinship.relation.code().parse().unwrap_or(8),
        relation_word: member.kinship.word.clone(),
        joined_by,
        from,
        told: None,
    }
}

/// Returns how somebody leaves. Who was gone before the clinic began its records is entered all the
/// same, as the plan has them, and goes in the weeks after.
fn leaving(member: &Member, at: usize, entered: Day) -> Option<Later> {
    let weeks = i64::from(member.birth.day());
    let after = |on: Day| match entered < on {
        true => on,
        false => plus_days(entered, weeks),
    };
    match member.presence {
        Presence::Dead { on, cause } => Some(Later::Died {
            member: at,
            on: after(on),
            cause,
        }),
        Presence::MovedOut { on, to, .. } => Some(Later::MovedOut {
            member: at,
            on: after(on),
            to,
        }),
        Presence::Home | Presence::Away { .. } => None,
    }
}

/// Keeps back a risk that was seen later; a record is not older than its entry.
fn house_card(founded: &mut Founded, card: &Answers, on: Day) {
    let mut early = card.clone();
    early.insert("created".to_owned(), Value::Date(on));
    if let Some(Value::Date(seen)) = card.get("risk_found").cloned()
        && on < seen
    {
        let mut later = early.clone();
        later.insert("risk_found".to_owned(), Value::Date(seen));
        founded.later.push(Later::AtRisk {
            on: seen,
            card: Box::new(later),
        });
        for key in ["risk_found", "risks"] {
            early.remove(key);
        }
        early.insert("hh_type".to_owned(), Value::Code("1".to_owned()));
    }
    founded.new.card = early;
}

/// The first day after the month an illness was confirmed in.
fn known_from(confirmed: YearMonth) -> Day {
    let (year, month) = match confirmed.month {
        Some(12) | None => (confirmed.year + 1, 1),
        Some(month) => (confirmed.year, month + 1),
    };
    Day::from_ymd_opt(year, month, 1).unwrap_or(Day::MAX)
}

/// Returns the days on which an illness became known after `on`, with the card from then.
fn illnesses(member: &Member, on: Day) -> impl Iterator<Item = (Day, Answers)> {
    let gone = match member.presence {
        Presence::Dead { on, .. } | Presence::MovedOut { on, .. } => Some(on),
        Presence::Home | Presence::Away { .. } => None,
    };
    let mut days: Vec<Day> = member
        .health
        .diseases
        .iter()
        .map(|disease| known_from(disease.confirmed))
        .filter(|day| on < *day && gone.is_none_or(|gone| *day < gone))
        .collect();
    days.sort_unstable();
    days.dedup();
    let card = member.card.clone();
    days.into_iter().map(move |day| (day, card_on(&card, day)))
}

/// The card without what was confirmed only after `on`.
fn card_on(card: &Answers, on: Day) -> Answers {
    let mut early = card.clone();
    let Some(Value::Rows(rows)) = card.get("disease_dates") else {
        return early;
    };
    let is_known = |row: &&Answers| match row.get("confirmed") {
        Some(Value::Month(month)) => known_from(*month) <= on,
        _ => true,
    };
    let known: Vec<Answers> = rows.iter().filter(is_known).cloned().collect();
    if known.len() == rows.len() {
        return early;
    }
    let mut codes: Vec<String> = known
        .iter()
        .filter_map(|row| Some(row.get("disease")?.code()?.to_owned()))
        .collect();
    if !codes.iter().any(|code| code == "6") {
        early.remove("diseases_cancer");
    }
    if codes.is_empty() {
        early.remove("disease_dates");
        codes.push("1".to_owned());
    } else {
        early.insert("disease_dates".to_owned(), Value::Rows(known));
    }
    early.insert("diseases".to_owned(), Value::Codes(codes));
    early
}
