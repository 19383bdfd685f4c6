//! What must hold of every practice village, and the rates that make it look real.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::domain::{
    day::{age_years, plus_days, plus_months},
    identity::{self, DocumentKind, Sex},
    phone::{self, PhoneKind, PhonePlace},
    relation::Relation,
    tags::ManagedFor,
    value::{Decimal, Value},
};

fn today() -> Day {
    "2026-11-21".parse().unwrap()
}

fn village() -> Vec<Household> {
    plan(3000, 7, today()).collect()
}

fn members(houses: &[Household]) -> impl Iterator<Item = &Member> {
    houses.iter().flat_map(|house| &house.members)
}

fn text<'a>(member: &'a Member, key: &str) -> Option<&'a str> {
    member.card.get(key).and_then(Value::text)
}

fn age(member: &Member) -> u32 {
    age_years(member.birth, today())
}

fn has_disease(member: &Member, code: &str) -> bool {
    member.health.diseases.iter().any(|d| d.code == code)
}

fn permille(part: usize, whole: usize) -> usize {
    part * 1000 / whole.max(1)
}

#[test]
fn the_same_seed_gives_the_same_village_and_another_another() {
    assert_eq!(village(), village());
    let first = |seed| plan(300, seed, today()).next().unwrap();
    assert_ne!(first(1), first(2));
}

#[test]
fn exactly_so_many_people_are_planned() {
    for people in [1, 2, 37, 150, 3000, 4001] {
        let planned: usize = plan(people, 3, today()).map(|h| h.members.len()).sum();
        assert_eq!(planned, usize::try_from(people).unwrap());
    }
    assert!(plan(0, 3, today()).next().is_none());
    let houses = village().len();
    assert!((780..1120).contains(&houses), "{houses} households");
}

#[test]
fn every_identity_number_is_valid_unique_and_nobodys() {
    let houses = village();
    let mut seen = BTreeSet::new();
    let mut without = 0;
    for member in members(&houses) {
        let Some(number) = text(member, "id_no") else {
            without += 1;
            continue;
        };
        assert!(number.starts_with("5299"), "{number}");
        assert!(seen.insert(number.to_owned()), "{number} twice");
        let document = identity::check(DocumentKind::IdentityCard, number, today()).unwrap();
        let sex = member.card.get("sex").and_then(Value::code);
        assert_eq!(document.birth, Some(member.birth));
        assert_eq!(document.sex.map(Sex::code), sex);
    }
    assert!((1..30).contains(&without), "{without} without a number");
}

#[test]
fn every_phone_is_well_formed_and_shared_in_the_family_only() {
    let houses = village();
    let (mut seen, mut shared) = (BTreeSet::new(), 0);
    for house in &houses {
        let mut own = BTreeSet::new();
        for member in &house.members {
            let Some(number) = text(member, "phone") else {
                assert!(member.card.contains_key("no_phone"));
                continue;
            };
            assert!(number.starts_with("154") || number.starts_with("179"));
            let phone = phone::check(PhonePlace::First, number).unwrap();
            assert_eq!(phone.kind(), PhoneKind::Mobile);
            if !own.insert(number.to_owned()) {
                assert!(62 <= age(member));
                shared += 1;
            }
        }
        let (before, new) = (seen.len(), own.len());
        seen.extend(own);
        assert_eq!(seen.len(), before + new, "a phone in two houses");
    }
    assert!(2000 < seen.len());
    assert!((40..200).contains(&shared), "{shared} share a phone");
}

#[test]
fn every_house_lies_in_the_area_of_one_doctor() {
    let houses = village();
    let mut doctors = BTreeMap::<_, BTreeSet<&str>>::new();
    for house in &houses {
        let doctor = house.card.get("doctor").and_then(Value::text).unwrap();
        let group = (house.number.village, house.number.group);
        doctors.entry(group).or_default().insert(doctor);
    }
    assert!(
        doctors.values().all(|names| names.len() == 1),
        "{doctors:?}"
    );
    let all: BTreeSet<&str> = doctors.values().flatten().copied().collect();
    assert_eq!(all.len(), 2);
}

#[test]
fn household_numbers_are_unique_and_heads_are_living_adults() {
    let houses = village();
    let mut numbers = BTreeSet::new();
    for house in &houses {
        assert!(numbers.insert(house.number));
        let heads = house
            .members
            .iter()
            .filter(|m| m.kinship.relation == Relation::Head);
        assert_eq!(heads.count(), 1);
        let head = house.members.first().unwrap();
        assert_eq!(head.kinship.relation, Relation::Head);
        assert!(18 <= age(head));
        assert!(matches!(
            head.presence,
            Presence::Home | Presence::Away { .. }
        ));
    }
}

#[test]
fn relations_fit_sex_and_age() {
    for house in village() {
        let head = house.members.first().unwrap();
        for member in &house.members {
            let word = &member.kinship.word;
            let sex = member.card.get("sex").and_then(Value::code);
            if let Some(implied) = member.kinship.sex() {
                assert_eq!(Some(implied.code()), sex, "{word}");
            }
            let apart = i64::from(age(head)) - i64::from(age(member));
            let fits = match member.kinship.relation {
                Relation::Head => apart == 0,
                Relation::Spouse => apart.abs() <= 8,
                Relation::Son | Relation::Daughter => 16 <= apart,
                Relation::Grandchild => 36 <= apart,
                Relation::Parent => apart <= -16,
                Relation::Grandparent => apart <= -36,
                Relation::Sibling => apart.abs() <= 20,
                Relation::Other => false,
            };
            assert!(fits, "{word} {apart} years younger than the head");
            if let Some(mother) = member.mother.and_then(|at| house.members.get(at)) {
                let mother_age = i64::from(age(mother)) - i64::from(age(member));
                assert!((18..=48).contains(&mother_age), "{word}: {mother_age}");
                assert_eq!(mother.card.get("sex").and_then(Value::code), Some("2"));
            }
        }
    }
}

#[test]
fn the_age_pyramid_is_that_of_an_old_countryside() {
    let houses = village();
    let ages: Vec<u32> = members(&houses).map(age).collect();
    let share = |from: u32, to: u32| {
        let within = ages.iter().filter(|age| (from..=to).contains(*age));
        permille(within.count(), ages.len())
    };
    let shares = [share(0, 14), share(15, 34), share(35, 64), share(65, 120)];
    let [children, young, grown, old] = shares;
    assert!((100..190).contains(&children), "{shares:?}");
    assert!((120..260).contains(&young), "{shares:?}");
    assert!((370..520).contains(&grown), "{shares:?}");
    assert!((190..300).contains(&old), "{shares:?}");
    assert!(2 <= share(0, 0), "newborns: {}", share(0, 0));
}

#[test]
fn chronic_disease_stands_at_real_rates() {
    let houses = village();
    let grown: Vec<&Member> = members(&houses).filter(|m| 35 <= age(m)).collect();
    let rate = |code: &str| {
        let ill = grown.iter().filter(|m| has_disease(m, code)).count();
        permille(ill, grown.len())
    };
    let rates = (rate("2"), rate("3"));
    assert!((240..=320).contains(&rates.0), "{rates:?}");
    assert!((85..=125).contains(&rates.1), "{rates:?}");
    assert!(members(&houses).all(|m| 35 <= age(m) || m.health.managed.is_empty()));
    for member in members(&houses) {
        for managed in &member.health.managed {
            assert!(managed.since <= today());
            assert!(35 <= age_years(member.birth, managed.since));
            assert!(member.health.latent.is_some());
        }
        for disease in &member.health.diseases {
            let is_new = member.cases.lung.is_some() && disease.code == "9";
            assert!(disease.confirmed.year < 2026 || is_new);
        }
    }
}

#[test]
fn the_village_has_its_odd_ones() {
    let houses = village();
    let count = |fits: &dyn Fn(&Member) -> bool| members(&houses).filter(|m| fits(m)).count();
    let dead = count(&|m| matches!(m.presence, Presence::Dead { .. }));
    let moved = count(&|m| matches!(m.presence, Presence::MovedOut { .. }));
    let away = count(&|m| matches!(m.presence, Presence::Away { .. }));
    let phoneless = count(&|m| 60 <= age(m) && !m.card.contains_key("phone"));
    let minority = count(&|m| m.card.contains_key("ethnic_text"));
    assert!((12..90).contains(&dead), "{dead} dead");
    assert!((3..40).contains(&moved), "{moved} moved out");
    assert!((350..800).contains(&away), "{away} away");
    assert!((60..300).contains(&phoneless), "{phoneless} without phone");
    assert!((60..350).contains(&minority), "{minority} of a minority");

    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for member in members(&houses) {
        *names.entry(text(member, "name").unwrap()).or_default() += 1;
    }
    let shared = names.values().filter(|count| 1 < **count).count();
    assert!(20 < shared, "{shared} names borne twice");
    let polyphonic = [
        "单", "仇", "解", "查", "曾", "区", "朴", "尉迟", "万俟", "盖", "翟", "覃", "缪",
    ];
    for surname in polyphonic {
        assert!(
            names.keys().any(|name| name.starts_with(surname)),
            "{surname} is missing"
        );
    }
    let types: BTreeSet<_> = houses
        .iter()
        .filter_map(|house| house.card.get("hh_type").and_then(Value::code))
        .collect();
    assert_eq!(types.len(), 5, "{types:?}");
}

/// What two years of follow-ups by the rules' intervals would find.
#[derive(Debug, Default)]
struct Found {
    managed: usize,
    visits: usize,
    controlled: usize,
    urgent: usize,
    in_referral: usize,
}

/// Walks H1, H4, H5 and H6 (D1, D4, D5, D7) over two years, visiting on the due day.
fn walk(houses: &[Household], programme: ManagedFor) -> Found {
    let mut found = Found::default();
    for member in members(houses) {
        let (Some(latent), Some(managed)) = (
            &member.health.latent,
            member
                .health
                .managed
                .iter()
                .find(|m| m.programme == programme),
        ) else {
            continue;
        };
        found.managed += 1;
        let mut chance = Chance::of(5, &[u64::try_from(found.managed).unwrap()]);
        let mut due = managed.since.max(plus_days(
            family::this_day(today(), 2),
            i64::from(chance.between(0, 90)),
        ));
        let (mut was_high, mut is_referred) = (false, false);
        while due < today() {
            let reading = latent.reading(due, &mut chance);
            let target = if 65 <= age_years(member.birth, due) {
                150
            } else {
                140
            };
            let fbg = reading.fbg.map_or(0, Decimal::thousandths);
            let (is_high, is_urgent) = match programme {
                ManagedFor::Diabetes => (7000 <= fbg, 16_700 <= fbg || fbg <= 3900),
                _ => (
                    target <= reading.sbp || 90 <= reading.dbp,
                    180 <= reading.sbp || 110 <= reading.dbp,
                ),
            };
            found.visits += 1;
            found.controlled += usize::from(!is_high);
            found.urgent += usize::from(is_urgent);
            is_referred = is_urgent || is_high && was_high;
            was_high = is_high;
            due = if is_high || is_urgent {
                plus_days(due, 14)
            } else {
                plus_months(due, 3)
            };
        }
        found.in_referral += usize::from(is_referred);
    }
    found
}

#[test]
fn two_years_of_visits_would_look_like_a_real_clinic() {
    let houses: Vec<_> = plan(12_000, 7, today()).collect();
    for programme in [ManagedFor::Hypertension, ManagedFor::Diabetes] {
        let found = walk(&houses, programme);
        let controlled = permille(found.controlled, found.visits);
        let referred = permille(found.in_referral, found.managed);
        let urgent = permille(found.urgent, found.visits);
        assert!((640..=720).contains(&controlled), "{controlled} {found:?}");
        assert!((20..=45).contains(&referred), "{referred} {found:?}");
        assert!((1..=9).contains(&urgent), "{urgent} {found:?}");
    }
}

#[test]
fn a_whole_township_shares_no_number() {
    let (mut numbers, mut people) = (BTreeSet::new(), 0);
    let mut houses = BTreeSet::new();
    for house in plan(50_000, 7, today()) {
        assert!(houses.insert(house.number));
        for member in &house.members {
            people += 1;
            let number = text(member, "id_no").map(str::to_owned);
            assert!(number.is_none_or(|number| numbers.insert(number)));
        }
    }
    assert_eq!(people, 50_000);
}

#[test]
fn a_reading_becomes_the_answers_of_its_form() {
    let houses = village();
    let mut chance = Chance::of(1, &[]);
    let mut forms = 0;
    for member in members(&houses) {
        let Some(latent) = &member.health.latent else {
            continue;
        };
        for managed in &member.health.managed {
            let reading = latent.reading(today(), &mut chance);
            let answers = follow_up(managed.programme, "1", latent, &reading).unwrap();
            let number = |key: &str| answers.get(key).and_then(Value::number).unwrap();
            let gap = number("sbp").thousandths() - number("dbp").thousandths();
            assert!((20_000..=100_000).contains(&gap), "{gap}");
            assert!(number("smoke_target") <= number("smoke"));
            assert!(number("drink_target") <= number("drink"));
            let weight = number("weight").thousandths();
            assert!((33_000..=120_000).contains(&weight), "{weight}");
            let adherence = answers.get("adherence").and_then(Value::code);
            assert!(adherence != Some("3") || !answers.contains_key("drugs"));
            assert_eq!(
                answers.contains_key("fbg"),
                managed.programme == ManagedFor::Diabetes
            );
            forms += 1;
        }
    }
    assert!(500 < forms);
}
