//! A practice household: the family with names, cards, presence and health.
//!
//! It draws one house at a time and remembers nothing of the others but the numbers given out.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::{
    card,
    cases::{Casebook, Cases},
    chance::Chance,
    family::{self, Kin, Marriage},
    health::{self, Health},
    names,
    numbers::Numbers,
    places::{Area, COUNTY, Village},
    presence::{self, Presence},
};
use crate::domain::{
    day::{Day, age_years, plus_days},
    record_number::HouseholdNumber,
    relation::Kinship,
    value::{Answers, Value},
};

/// A household of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Household {
    /// Place of the village in [`super::Plan::villages`].
    pub village: usize,
    pub number: HouseholdNumber,
    /// Whose area it lies in.
    pub area: Area,
    /// The household's card: `hh_no`, `door`, `group`, `address`, `phone`, `hh_type`, …
    pub card: Answers,
    /// The members in order of joining; the head stands first.
    pub members: Vec<Member>,
}

/// A member of a practice household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The person's card, keyed as form F08.
    pub card: Answers,
    pub kinship: Kinship,
    pub birth: Day,
    /// Place of the mother among the members, when she is one.
    pub mother: Option<usize>,
    pub presence: Presence,
    pub health: Health,
    pub cases: Cases,
}

/// Where the next household stands.
pub(super) struct Spot<'a> {
    pub village: &'a Village,
    pub village_at: usize,
    pub group: u8,
    /// Serial within the group, from 1.
    pub serial: u16,
    /// How many people may still come.
    pub room: usize,
    pub today: Day,
}

/// Draws the household; none only when its number cannot be written.
pub(super) fn draw(
    (mut chance, mut dealt): (Chance, Chance),
    spot: &Spot<'_>,
    (numbers, casebook): (&mut Numbers, &mut Casebook),
) -> Option<Household> {
    let chance = &mut chance;
    let number = HouseholdNumber::build(spot.village.number(), spot.group, spot.serial)?;
    let address = spot.village.address(spot.group, spot.serial);
    let mut family = family::draw(chance, spot.today);
    family.truncate(spot.room);
    let presences = presence::draw(chance, &mut family, spot.today);
    let house = house(chance, &family, &presences, spot.today);
    let persons = name_and_number(chance, spot, &family, numbers);
    let members: Vec<Member> = family
        .iter()
        .zip(&presences)
        .enumerate()
        .map(|(at, (kin, presence))| {
            let mut health = health::draw(chance, kin, *presence, spot.today);
            let nurses =
                |child: &Kin| child.mother == Some(at) && age_years(child.birth, spot.today) < 1;
            let cases = casebook.deal(
                &mut dealt,
                (kin, family.iter().any(nurses)),
                *presence,
                &mut health,
                spot.today,
            );
            let around = card::Around {
                today: spot.today,
                name: persons.name(at),
                id_no: persons.id_no(at),
                phone: persons.phone(at),
                contact: persons.contact(at, &family),
                address: &address,
                minority: persons.minority.filter(|_| kin.carries_surname),
                is_poor: house.flags.iter().any(|flag| matches!(*flag, "11" | "13")),
            };
            Member {
                card: card::person(chance, kin, &health, &around),
                kinship: Kinship::of_word(kin.word),
                birth: kin.birth,
                mother: kin.mother,
                presence: *presence,
                health,
                cases,
            }
        })
        .collect();
    Some(Household {
        village: spot.village_at,
        number,
        area: spot.village.area(spot.group),
        card: house_card(chance, spot, number, &address, &house, &persons),
        members,
    })
}

/// Why and since when a household is monitored (§6).
struct Risk {
    identified: Day,
    /// 主要风险 code `1`–`6`.
    cause: &'static str,
}

/// The household's own facts.
struct House {
    kind: &'static str,
    flags: Vec<&'static str>,
    state: &'static str,
    risk: Option<Risk>,
}

fn house(chance: &mut Chance, family: &[Kin], presences: &[Presence], today: Day) -> House {
    let age = |kin: &Kin| age_years(kin.birth, today);
    let kind = chance.weighted(&[("1", 838), ("2", 138), ("3", 9), ("4", 9), ("5", 6)]);
    let risk = matches!(kind, "3" | "4" | "5").then(|| Risk {
        identified: chance.day(family::this_day(today, 4), plus_days(today, -40)),
        cause: chance.weighted(&[("1", 58), ("2", 20), ("3", 8), ("4", 6), ("5", 5)]),
    });
    let is_alone = family.len() == 1;
    let are_old = family.iter().all(|kin| 60 <= age(kin));
    let never_married = family
        .first()
        .is_some_and(|head| head.marriage == Marriage::Single && 60 <= age(head));
    let are_away = |presence: &Presence| matches!(presence, Presence::Away { .. });
    let some_away = presences.iter().any(are_away);
    let mut flags = Vec::new();
    if is_alone && never_married && chance.holds(700) {
        flags.push("13");
    } else if chance.holds(match kind {
        "1" => 25,
        "2" => 190,
        _ => 420,
    }) {
        flags.push("11");
    } else if chance.holds(18) {
        flags.push("12");
    }
    flags.extend((family.len() <= 2 && are_old && chance.holds(50)).then_some("14"));
    flags.extend(chance.holds(9).then_some("16"));
    flags.extend(are_old.then_some("17"));
    let has_young = family.iter().any(|kin| age(kin) < 16);
    flags.extend((some_away && (has_young || are_old)).then_some("18"));
    let all_away = presences.iter().all(are_away);
    let state = match (all_away, some_away) {
        (true, _) => "3",
        (false, true) if chance.holds(300) => "2",
        _ => "1",
    };
    House {
        kind,
        flags,
        state,
        risk,
    }
}

/// Names and numbers of the members, each list in their order.
struct Persons {
    names: Vec<String>,
    id_nos: Vec<Option<String>>,
    phones: Vec<Option<String>>,
    minority: Option<&'static str>,
}

impl Persons {
    fn name(&self, at: usize) -> &str {
        self.names.get(at).map_or("", String::as_str)
    }

    fn id_no(&self, at: usize) -> Option<&str> {
        self.id_nos.get(at)?.as_deref()
    }

    fn phone(&self, at: usize) -> Option<&str> {
        self.phones.get(at)?.as_deref()
    }

    /// Returns another member with a phone: the head first.
    fn contact(&self, of: usize, family: &[Kin]) -> Option<(&str, &str, &'static str)> {
        let is_other = |at: usize| self.phone(at).is_some() && self.phone(at) != self.phone(of);
        let at = (0..self.names.len()).find(|at| *at != of && is_other(*at))?;
        Some((self.name(at), self.phone(at)?, family.get(at)?.word))
    }

    /// Returns the phone of another in the house that somebody old gives as the own one.
    fn shared_phone(&self, chance: &mut Chance, kin: &Kin, today: Day) -> Option<String> {
        let is_shared = 62 <= age_years(kin.birth, today) && chance.holds(220);
        let first = self.house_phone().map(str::to_owned);
        first.filter(|_| is_shared)
    }

    /// Returns the phone the house is called on.
    fn house_phone(&self) -> Option<&str> {
        self.phones.iter().flatten().next().map(String::as_str)
    }
}

fn name_and_number(
    chance: &mut Chance,
    spot: &Spot<'_>,
    family: &[Kin],
    numbers: &mut Numbers,
) -> Persons {
    let surname = spot.village.house_surname(chance, spot.group);
    let minority = chance.holds(85).then_some(spot.village.minority);
    let mut persons = Persons {
        names: Vec::with_capacity(family.len()),
        id_nos: Vec::with_capacity(family.len()),
        phones: Vec::with_capacity(family.len()),
        minority,
    };
    for kin in family {
        let own = if kin.carries_surname {
            surname
        } else {
            names::surname(chance)
        };
        let mut name = if minority == Some("彝族") && kin.carries_surname {
            names::yi(chance)
        } else {
            names::full(chance, own, kin.sex, kin.birth)
        };
        while persons.names.contains(&name) {
            name = names::full(chance, own, kin.sex, kin.birth);
        }
        persons.names.push(name);
        let days = spot.today.signed_duration_since(kin.birth).num_days();
        let has_number = match days {
            ..=59 => chance.holds(250),
            60..=120 => chance.holds(700),
            25_000.. => chance.holds(998),
            _ => true,
        };
        let area = if !kin.carries_surname && chance.holds(450) {
            COUNTY + chance.between(1, 8).unsigned_abs()
        } else {
            COUNTY
        };
        let number = has_number
            .then(|| numbers.identity(area, kin.birth, kin.sex))
            .flatten();
        persons.id_nos.push(number);
        let has_phone = match age_years(kin.birth, spot.today) {
            ..=13 => false,
            14..=69 => chance.holds(965),
            70..=79 => chance.holds(780),
            _ => chance.holds(450),
        };
        let phone = has_phone.then(|| persons.shared_phone(chance, kin, spot.today));
        let phone = phone.map(|shared| shared.unwrap_or_else(|| numbers.phone()));
        persons.phones.push(phone);
    }
    persons
}

fn house_card(
    chance: &mut Chance,
    spot: &Spot<'_>,
    number: HouseholdNumber,
    address: &str,
    house: &House,
    persons: &Persons,
) -> Answers {
    let text = |text: &str| Value::Text(text.to_owned());
    let code = |code: &str| Value::Code(code.to_owned());
    let village = &spot.village.code;
    let (doctor, team) = spot.village.area(spot.group).names();
    let created = Day::from_ymd_opt(
        spot.today.year() - chance.between(1, 15),
        chance.between(1, 12).unsigned_abs(),
        chance.between(1, 28).unsigned_abs(),
    );
    let mut card = BTreeMap::from(
        [
            ("hh_no", text(&number.to_string())),
            ("door", text(&number.door())),
            ("county6", text(&COUNTY.to_string())),
            ("town3", text(village.town())),
            ("village3", text(village.village())),
            ("group", text(&spot.group.to_string())),
            ("address", text(address)),
            ("doctor", text(doctor)),
            ("team", text(team)),
            ("hh_type", code(house.kind)),
            ("state", code(house.state)),
            ("created", Value::Date(created.unwrap_or(spot.today))),
        ]
        .map(|(key, value)| (key.to_owned(), value)),
    );
    card.extend(card::environment(chance));
    match persons.house_phone() {
        Some(phone) => card.insert("phone".to_owned(), text(phone)),
        None => card.insert("no_phone".to_owned(), code("1")),
    };
    if let Some(risk) = &house.risk {
        let causes = vec![risk.cause.to_owned()];
        card.insert("risk_found".to_owned(), Value::Date(risk.identified));
        card.insert("risks".to_owned(), Value::Codes(causes));
    }
    if !house.flags.is_empty() {
        let flags = house.flags.iter().map(|flag| (*flag).to_owned()).collect();
        card.insert("hh_flags".to_owned(), Value::Codes(flags));
    }
    card
}
