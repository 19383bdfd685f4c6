//! Who is to be entered in which programme, and why (rules §2, people §6 and §7): proposed
//! from cards, households, births and ages, and confirmed by a person.
//!
//! It enters nobody. What a programme begins with is `course`'s.

mod ground;

pub use self::ground::Ground;
use super::{
    course::{Course, PersonFacts, ProgrammeStatus, happening::EndReason, standing},
    day::{Day, age_months, plus_days, plus_months, year_start},
    household::{self, Household},
    identity::Sex,
    person::{Person, key},
    programmes::{
        Facts, ProgrammeKind, child, disabled::Disability, elderly, general::Term, pnc::Delivery,
        poverty::HouseholdNeed, scope, tcm,
    },
    settings::Settings,
    tags::Tag,
    value::{Answers, Value, YearMonth},
    visit,
};

/// The programmes an illness of the card belongs to, with the tag and the illness's code.
pub const DIAGNOSES: [(ProgrammeKind, Tag, &str); 2] = [
    (ProgrammeKind::Htn, Tag::Hypertension, "2"),
    (ProgrammeKind::Dm, Tag::Diabetes, "3"),
];
/// Severe mental disorder among the illnesses of the card.
const MENTAL: &str = "8";
/// Tuberculosis among them; the card lists past illnesses too.
const TUBERCULOSIS: &str = "9";
/// A tuberculosis confirmed so many months ago may still be under treatment.
const TB_MONTHS: u32 = 12;
/// No disability.
const ABLE: &str = "1";
/// Away so many months a registered resident is none (people §2.5).
const AWAY_MONTHS: u32 = 6;
/// A ground so fresh, in days, gives the entry its own day.
const FRESH_DAYS: i64 = 31;
/// A delivery is asked after so many days past the expected day.
const TERM_DAYS: i64 = 14;
/// The confirmed months of the illnesses.
const DISEASE_DATES: &str = "disease_dates";

/// The answers of a person's card that are looked at.
pub const LOOKED_AT: [&str; 7] = [
    key::SEX,
    key::BIRTH,
    key::MOTHER,
    key::AWAY_SINCE,
    key::DISEASES,
    DISEASE_DATES,
    key::DISABILITY,
];
/// As [`LOOKED_AT`], of a household's.
pub const LOOKED_AT_HOME: [&str; 1] = [household::key::HH_TYPE];

/// A ground and what it proposes for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub ground: Ground,
    /// The day to enter on.
    pub day: Day,
    pub entries: Vec<Entry>,
}

/// One programme proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub programme: ProgrammeKind,
    pub how: How,
}

/// How the entry is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// All that is needed is known.
    AtOnce(Facts),
    /// The rest is asked on the programme's entry form.
    OnForm,
}

/// What is known of one person.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub person: &'a Person,
    pub course: &'a Course,
    pub household: &'a Household,
    /// Somebody of the household is visited for it already.
    pub is_household_visited: bool,
    /// The birth of her youngest child registered here.
    pub last_birth: Option<Day>,
}

/// Returns who is to be entered in what, for one person.
pub fn proposals(known: &Known<'_>, today: Day, settings: &Settings) -> Vec<Proposal> {
    if !is_resident(known.person, today) || known.course.ended.is_some() {
        return Vec::new();
    }
    let facts = PersonFacts::of(known.person);
    let mut found = Vec::new();
    by_age(known, today, settings, &mut found);
    by_birth(known, today, &mut found);
    by_illness(known, today, &mut found);
    by_standing(known, today, &mut found);
    found
        .into_iter()
        .filter_map(|(ground, entries)| {
            let entries: Vec<Entry> = entries
                .into_iter()
                .filter(|entry| scope::can_hold(entry.programme, &facts, today))
                .filter(|entry| !is_barred(known, entry.programme, &ground, today))
                .collect();
            (!entries.is_empty()).then(|| Proposal {
                day: entry_day(known.person, &ground, today),
                ground,
                entries,
            })
        })
        .collect()
}

/// Says whether services are due to the person here (people §2.5).
pub fn is_resident(person: &Person, today: Day) -> bool {
    let is_away = |since: Day| plus_months(since, AWAY_MONTHS) <= today;
    person.is_here() && !person.away_since().is_some_and(is_away)
}

/// Says whether anything but a hand-set tag makes the person disabled: the card does.
pub fn is_disabled(person: &Person) -> bool {
    let tagged = |kept: &crate::domain::person::ManualTag| kept.tag == Tag::Disabled.code();
    !disabilities(&person.card).is_empty() || person.manual_tags.iter().any(tagged)
}

/// Returns how closely the household of this card is watched; none where it is not.
pub fn need_of(card: &Answers) -> Option<HouseholdNeed> {
    let code = card.get(household::key::HH_TYPE).and_then(Value::code);
    visit::need(code?)
}

type Found = Vec<(Ground, Vec<Entry>)>;

fn at_once(programme: ProgrammeKind, facts: Facts) -> Entry {
    let how = How::AtOnce(facts);
    Entry { programme, how }
}

fn on_form(programme: ProgrammeKind) -> Entry {
    let how = How::OnForm;
    Entry { programme, how }
}

/// 65 and over; under seven.
fn by_age(known: &Known<'_>, today: Day, settings: &Settings, found: &mut Found) {
    let Some(birth) = known.person.birth().filter(|birth| *birth <= today) else {
        return;
    };
    let birthday = plus_months(birth, elderly::AGE * 12);
    let on = if settings.elderly_by_birth_year {
        year_start(chrono::Datelike::year(&birthday))
    } else {
        birthday
    };
    if on <= today {
        let years = elderly::AGE;
        let entries = [ProgrammeKind::Elderly, ProgrammeKind::TcmElderly];
        let entries = entries.map(|kind| at_once(kind, Facts::Nothing));
        found.push((Ground::Aged { years, on }, entries.into()));
    }
    let months = age_months(birth, today);
    if months < child::END {
        // The birth decides how a newborn is visited (C1, C3); later it decides nothing.
        let is_newborn = today <= plus_days(birth, child::NEWBORN_DAYS);
        let checks = if is_newborn {
            on_form(ProgrammeKind::Child)
        } else {
            at_once(ProgrammeKind::Child, Facts::Nothing)
        };
        let mut entries = vec![checks, at_once(ProgrammeKind::Vax, Facts::Nothing)];
        if months < tcm::CHILD_END {
            entries.push(at_once(ProgrammeKind::TcmChild, Facts::Nothing));
        }
        found.push((Ground::Child { born: birth }, entries));
    }
}

/// Pregnant, or delivered.
fn by_birth(known: &Known<'_>, today: Day, found: &mut Found) {
    if known.person.sex() != Sex::Female {
        return;
    }
    let anc = known.course.programmes.get(&ProgrammeKind::Anc);
    let pregnancy = anc
        .filter(|anc| anc.is_open())
        .and_then(|anc| anc.facts.pregnancy());
    let delivery = known.last_birth.map(Delivery::on);
    if let Some(delivery) = delivery.filter(|delivery| !delivery.is_over(today)) {
        let on = delivery.delivered;
        let entry = at_once(ProgrammeKind::Pnc, Facts::Delivery(delivery));
        found.push((Ground::Delivered { on }, vec![entry]));
    } else if let Some(due) = pregnancy.map(super::programmes::anc::Pregnancy::edd)
        && plus_days(due, TERM_DAYS) < today
    {
        let entry = on_form(ProgrammeKind::Pnc);
        found.push((Ground::TermPassed { due }, vec![entry]));
    } else if let Some(on) = anc.and_then(|anc| delivered(anc.status))
        && !Delivery::on(on).is_over(today)
    {
        let entry = on_form(ProgrammeKind::Pnc);
        found.push((Ground::Delivered { on }, vec![entry]));
    }
    if let Some(ground) = tagged(known.person, Tag::Maternal) {
        found.push((ground, vec![on_form(ProgrammeKind::Anc)]));
    }
}

fn delivered(status: ProgrammeStatus) -> Option<Day> {
    match status {
        ProgrammeStatus::Ended {
            on,
            why: EndReason::Delivered,
        } => Some(on),
        ProgrammeStatus::Ended { .. }
        | ProgrammeStatus::Managed
        | ProgrammeStatus::Lost { .. }
        | ProgrammeStatus::Refused { .. } => None,
    }
}

/// Illnesses of the card, and tags that tell them.
fn by_illness(known: &Known<'_>, today: Day, found: &mut Found) {
    let person = known.person;
    for (kind, _, illness) in DIAGNOSES {
        let age = person.age(today);
        let is_old_enough = age.is_some_and(|age| kind.programme().entry_age <= age);
        if let Some(ground) = diagnosed(person, illness).filter(|_| is_old_enough) {
            found.push((ground, vec![at_once(kind, Facts::Nothing)]));
        }
    }
    let mental = diagnosed(person, MENTAL).or_else(|| tagged(person, Tag::MentalDisorder));
    found.extend(mental.map(|ground| (ground, vec![on_form(ProgrammeKind::Smd)])));
    let is_recent = |ground: &Ground| {
        let since = ground.since();
        since.is_some_and(|since| today < plus_months(since, TB_MONTHS))
    };
    let tb = diagnosed(person, TUBERCULOSIS)
        .filter(is_recent)
        .or_else(|| tagged(person, Tag::Tuberculosis));
    found.extend(tb.map(|ground| (ground, vec![on_form(ProgrammeKind::Tb)])));
}

/// Disability, the household's type, an agreement.
fn by_standing(known: &Known<'_>, today: Day, found: &mut Found) {
    let person = known.person;
    let kinds = disabilities(&person.card);
    let disabled = if kinds.is_empty() {
        tagged(person, Tag::Disabled)
    } else {
        Some(Ground::Disability { kinds })
    };
    let facts = Facts::Disability(Disability::default());
    found.extend(disabled.map(|ground| (ground, vec![at_once(ProgrammeKind::Disabled, facts)])));
    if known.household.head == Some(person.id)
        && !known.is_household_visited
        && let Some(need) = need_of(&known.household.card)
    {
        let code = known.household.card.get(household::key::HH_TYPE);
        let kind = code.and_then(Value::code).unwrap_or_default().to_owned();
        let entry = at_once(ProgrammeKind::Poverty, Facts::Household(need));
        found.push((Ground::Household { kind }, vec![entry]));
    }
    let told = person.agreement_told.as_ref();
    let signed = told.filter(|told| told.is_signed());
    if let Some(start) = signed.and_then(|told| told.signed_on)
        && start <= today
    {
        let term = Term { start, end: None };
        if today <= term.last_day() {
            let entry = at_once(ProgrammeKind::General, Facts::Term(term));
            found.push((Ground::Signed { on: start }, vec![entry]));
        }
    }
}

/// Returns 残疾情况 without 无残疾.
fn disabilities(card: &Answers) -> Vec<String> {
    let kinds = card.get(key::DISABILITY).map(Value::codes);
    let kinds = kinds.unwrap_or_default().iter();
    kinds
        .filter(|code| !code.is_empty() && *code != ABLE)
        .cloned()
        .collect()
}

fn tagged(person: &Person, tag: Tag) -> Option<Ground> {
    let mut kept = person.manual_tags.iter();
    let kept = kept.rfind(|kept| kept.tag == tag.code())?;
    let since = kept.since;
    Some(Ground::Tagged { tag, since })
}

fn diagnosed(person: &Person, illness: &str) -> Option<Ground> {
    let is_ill = person.codes(key::DISEASES).iter().any(|c| c == illness);
    is_ill.then(|| Ground::Diagnosed {
        illness: illness.to_owned(),
        confirmed: confirmed(person, illness),
    })
}

fn confirmed(person: &Person, illness: &str) -> Option<YearMonth> {
    let Some(Value::Rows(rows)) = person.card.get(DISEASE_DATES) else {
        return None;
    };
    let is_of = |row: &&Answers| row.get("disease").and_then(Value::code) == Some(illness);
    match rows.iter().find(is_of)?.get("confirmed")? {
        Value::Month(month) => Some(*month),
        _ => None,
    }
}

/// Says whether the ground stands against: followed up already, ended or refused with a
/// reason that still stands, or declined on the same ground before.
fn is_barred(known: &Known<'_>, kind: ProgrammeKind, ground: &Ground, today: Day) -> bool {
    let course = known.course;
    if course
        .declined
        .get(&kind)
        .is_some_and(|declined| declined == ground)
    {
        return true;
    }
    let Some(programme) = course.programmes.get(&kind) else {
        return false;
    };
    let is_older = |day: Day| ground.since().is_none_or(|since| since <= day);
    let birth = known.person.birth().unwrap_or(Day::MIN);
    match programme.status {
        ProgrammeStatus::Managed | ProgrammeStatus::Lost { .. } => {
            let is_over = standing::is_over(kind, programme, birth, today);
            !is_over || is_older(programme.entered)
        }
        ProgrammeStatus::Refused { on } => is_older(on),
        ProgrammeStatus::Ended { on, why } => match why {
            // The fact is there again, or the person is.
            EndReason::MovedAway
            | EndReason::Stopped
            | EndReason::GroundGone
            | EndReason::HandedOn
            | EndReason::Died
            | EndReason::RecordedTwice => false,
            EndReason::DiagnosisRemoved
            | EndReason::Completed
            | EndReason::LostForGood
            | EndReason::Transferred
            | EndReason::Delivered
            | EndReason::PregnancyEnded => is_older(on),
        },
    }
}

/// The day the ground came about while it is fresh, so that what was done since can be
/// recorded; else today. Age counts from the day the person came into the register.
fn entry_day(person: &Person, ground: &Ground, today: Day) -> Day {
    let since = ground.since().filter(|since| *since <= today);
    match since {
        Some(since) if plus_days(today, -FRESH_DAYS) <= since => match ground {
            Ground::Aged { .. } => since.max(person.created.min(today)),
            _ => since,
        },
        _ => today,
    }
}

#[cfg(test)]
mod tests;
