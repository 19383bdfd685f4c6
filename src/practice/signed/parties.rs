//! Who signs for the clinic and what is offered: doctors with licence and cap, teams of
//! 1+1+X with their ground, packages, vouchers, one unit of the functional community.

use super::super::{
    chance::Chance,
    household::Household,
    names,
    places::{Area, Village},
};
use crate::{
    desk::request::Party,
    domain::{
        agreement::{
            doctor::{Cap, Doctor, DoctorKind},
            money::Fen,
            package::{Package, PackageItem},
            rules::AgreementRules,
            team::{Area as Ground, Team, TeamMember, TeamRole},
            unit::{Unit, UnitKind, UnitMember},
            voucher::{Holder, Voucher, VoucherKind, VoucherState},
        },
        day::{Day, plus_days},
        id::{DoctorId, HouseholdId, PersonId, StaffId, TeamId, UnitId},
        identity::Sex,
        tags::Tag,
    },
};

/// The third doctor, who has left since.
pub const LEFT: DoctorId = DoctorId(3);
/// The township centre's general practitioner.
pub const CENTRE: &str = "何启明";
/// The one unit.
pub const UNIT: UnitId = UnitId(1);
/// Codes of the packages offered.
pub const NURSING: &str = "ZZ01";
pub const PRESSURE: &str = "ZZ02";

/// What the voucher of a household is worth.
const WORTH: Fen = Fen(5_000);
/// Days before today on which the third doctor left.
const LEFT_AGO: i64 = 25;
/// Houses of the first area of which one was the third doctor's.
const THIRDS: u64 = 31;

/// Who serves a household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Served {
    pub doctor: DoctorId,
    pub team: TeamId,
    /// The doctor's own account.
    pub staff: Option<StaffId>,
}

impl Served {
    /// The clinic's first doctor.
    pub const FIRST: Self = Self {
        doctor: DoctorId(1),
        team: TeamId(1),
        staff: Some(StaffId(1)),
    };
    const SECOND: Self = Self {
        doctor: DoctorId(2),
        team: TeamId(2),
        staff: Some(StaffId(3)),
    };
    const THIRD: Self = Self {
        doctor: LEFT,
        team: TeamId(1),
        staff: None,
    };
    /// The township centre's general practitioner: whoever finds the village doctors' lists full,
    /// or wants another doctor, signs with her.
    pub const CENTRE: Self = Self {
        doctor: DoctorId(4),
        team: TeamId(3),
        staff: None,
    };
}

/// Persons at least on a village doctor's list once it is full.
const LISTED: usize = 700;

/// More than one of so many people changes to the centre's doctor.
const CHANGING: usize = 50;

/// Villages the two doctors with accounts serve; each further one has a doctor of its own.
pub const OWN: usize = 2;

/// Returns who serves the `serial`-th household that could sign.
pub fn served(household: &Household, serial: u64) -> Served {
    if OWN <= household.village {
        let further = u64::try_from(household.village - OWN).unwrap_or_default();
        return Served {
            doctor: DoctorId(Served::CENTRE.doctor.0 + 1 + further),
            team: TeamId(Served::CENTRE.team.0 + 1 + further),
            staff: None,
        };
    }
    match household.area {
        Area::First if serial % THIRDS == 3 => Served::THIRD,
        Area::First => Served::FIRST,
        Area::Second => Served::SECOND,
    }
}

/// Returns the day the third doctor served last.
pub fn left_on(today: Day) -> Day {
    plus_days(today, -LEFT_AGO)
}

/// Returns the parts of the villages that a team answers for; the centre's shares those of the
/// clinic's own.
fn ground(villages: &[Village], team: TeamId) -> Vec<Ground> {
    let centre = Served::CENTRE.team;
    let mut ground = Vec::new();
    for (at, village) in villages.iter().enumerate() {
        let is_own = at < OWN;
        let further = u64::try_from(at.saturating_sub(OWN)).unwrap_or_default();
        for group in 1..=village.groups {
            let own_team = match village.area(group) {
                Area::First => Served::FIRST.team,
                Area::Second => Served::SECOND.team,
            };
            let is_served = if is_own {
                team == own_team || team == centre
            } else {
                team.0 == centre.0 + 1 + further
            };
            ground.extend(is_served.then(|| Ground {
                village: village.name.clone(),
                part: format!("{group}组"),
                is_shared: is_own,
            }));
        }
    }
    ground
}

/// Returns everything written down before the first campaign, in order.
pub fn parties(villages: &[Village], chance: &mut Chance, since: Day) -> Vec<Party> {
    let people: usize = villages.iter().take(OWN).map(people_of).sum();
    let all: usize = villages.iter().map(people_of).sum();
    let village = |area: Area, staff| doctor(area.names().0, staff, DoctorKind::Village, since);
    let mut centre = doctor(CENTRE, None, DoctorKind::General, since);
    centre.cap = beyond_a_cap(people.saturating_sub(2 * LISTED) + all / CHANGING);
    let mut doctors = vec![
        village(Area::First, Served::FIRST.staff),
        village(Area::Second, Served::SECOND.staff),
        doctor("周德明", None, DoctorKind::Retired, since),
        centre,
    ];
    for village in villages.iter().skip(OWN) {
        let surname = names::surname(chance);
        let name = names::full(chance, surname, Sex::Male, plus_days(since, -16_000));
        let mut own = doctor(&name, None, DoctorKind::General, since);
        own.cap = beyond_a_cap(people_of(village));
        doctors.push(own);
    }
    let teams = teams(villages, &doctors, since);
    let keep = doctors.into_iter().map(|one| Party::Doctor(None, one));
    keep.chain(teams.into_iter().map(|one| Party::Team(None, one)))
        .chain(packages(since).into_iter().map(Party::Package))
        .collect()
}

/// Returns the cap of a doctor who serves so many people: that of the kind, but in villages
/// larger than any real one, which are built to measure.
fn beyond_a_cap(people: usize) -> Option<Cap> {
    let most = AgreementRules::default().cap_gp_persons;
    (4 * most < 3 * people).then_some(Cap {
        persons: people,
        households: None,
    })
}

fn people_of(village: &Village) -> usize {
    usize::try_from(village.people).unwrap_or(usize::MAX)
}

fn doctor(name: &str, staff: Option<StaffId>, kind: DoctorKind, since: Day) -> Doctor {
    let number = 100 + name.chars().map(u32::from).sum::<u32>() % 900;
    Doctor {
        id: DoctorId(0),
        name: name.to_owned(),
        staff,
        id_no: String::new(),
        licence: format!("52990110100{number:04}"),
        phone: format!("1540000{number:04}"),
        kind,
        from: plus_days(since, -3000),
        until: None,
        cap: None,
    }
}

fn teams(villages: &[Village], doctors: &[Doctor], since: Day) -> Vec<Team> {
    let member = |name: &str, doctor: Option<u64>, role| TeamMember {
        name: name.to_owned(),
        doctor: doctor.map(DoctorId),
        role,
        from: since,
        until: None,
    };
    let team = |number: u64, leader: u64, more: Vec<TeamMember>| {
        let at = usize::try_from(leader - 1).unwrap_or_default();
        let name = doctors.get(at).map_or("", |doctor| doctor.name.as_str());
        let mut members = vec![
            member(name, Some(leader), TeamRole::FamilyDoctor),
            member("李小燕", None, TeamRole::PublicHealth),
        ];
        members.extend(more);
        Team {
            id: TeamId(0),
            name: format!("{name}团队"),
            code: format!("{number:02}"),
            leader: Some(DoctorId(leader)),
            members,
            areas: ground(villages, TeamId(number)),
        }
    };
    let third = member("周德明", Some(LEFT.0), TeamRole::VillageDoctor);
    let nurse = || member("何素芬", None, TeamRole::Nurse);
    let mut teams = vec![team(1, 1, vec![nurse(), third]), team(2, 2, vec![nurse()])];
    // The centre's doctor and those of the further villages.
    let more = (LEFT.0 + 1..).take(doctors.len().saturating_sub(teams.len() + 1));
    teams.extend(more.map(|leader| team(leader - 1, leader, vec![nurse()])));
    teams
}

fn packages(since: Day) -> Vec<Package> {
    let item = |name: &str, times| PackageItem {
        name: name.to_owned(),
        times,
    };
    let package = |code: &str, name: &str, price, tags: Vec<Tag>, items| Package {
        code: code.to_owned(),
        name: name.to_owned(),
        price: Fen(price),
        items,
        tags,
        from: since,
        to: None,
    };
    let nursing = vec![item("上门换药或护理", 6), item("康复指导", 4)];
    let pressure = vec![item("动态血压监测", 1), item("中医药调养指导", 4)];
    vec![
        package(NURSING, "居家护理包", 12_000, Vec::new(), nursing),
        package(
            PRESSURE,
            "高血压调养包",
            6_000,
            vec![Tag::Hypertension],
            pressure,
        ),
    ]
}

/// Returns the voucher issued to a household.
pub fn voucher(household: HouseholdId, on: Day) -> Voucher {
    Voucher {
        number: format!("DJ{:06}", household.0),
        kind: VoucherKind::Cash,
        amount: WORTH,
        holder: Holder::Household(household),
        issued: on,
        expires: plus_days(on, 365),
        state: VoucherState::Unused,
    }
}

/// Returns the unit with these people.
pub fn unit(village: &str, people: &[PersonId]) -> Unit {
    Unit {
        id: UNIT,
        name: format!("{village}页岩砖厂"),
        kind: UnitKind::Company,
        credit_code: String::new(),
        contact: "孙立".to_owned(),
        phone: "15400000323".to_owned(),
        address: format!("{village}村口"),
        headcount: 26,
        members: people.iter().copied().map(UnitMember::Resident).collect(),
    }
}
