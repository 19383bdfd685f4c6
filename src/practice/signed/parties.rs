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

    /// Returns the other of the two doctors of the clinic's own villages.
    pub fn other(self) -> Self {
        if self.doctor == Self::SECOND.doctor {
            Self::FIRST
        } else {
            Self::SECOND
        }
    }
}

/// Villages the two doctors with accounts serve; each further one has a doctor of its own.
const OWN: usize = 2;

/// Returns who serves the `serial`-th household that could sign.
pub fn served(household: &Household, serial: u64) -> Served {
    let further = u64::try_from(household.village.saturating_sub(OWN)).unwrap_or_default();
    if OWN <= household.village {
        return Served {
            doctor: DoctorId(4 + further),
            team: TeamId(3 + further),
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

/// Returns the parts of the villages that a team answers for.
fn ground(villages: &[Village], team: TeamId) -> Vec<Ground> {
    let mut ground = Vec::new();
    for (at, village) in (0_u64..).zip(villages) {
        let is_own = at < 2;
        let is_further = !is_own && TeamId(at + 1) == team;
        for group in 1..=village.groups {
            let is_served = match village.area(group) {
                Area::First => team == Served::FIRST.team,
                Area::Second => team == Served::SECOND.team,
            };
            if is_own && is_served || is_further {
                ground.push(Ground {
                    village: village.name.clone(),
                    part: format!("{group}组"),
                    is_shared: false,
                });
            }
        }
    }
    ground
}

/// Returns everything written down before the first campaign, in order.
pub fn parties(villages: &[Village], chance: &mut Chance, since: Day) -> Vec<Party> {
    let people: usize = villages.iter().take(OWN).map(people_of).sum();
    let most = Cap {
        persons: people.max(2000),
        households: None,
    };
    let mut first = doctor("王建国", Some(StaffId(1)), DoctorKind::Trained, since);
    first.cap = (2000 < people).then_some(most);
    let mut second = doctor("陈志明", Some(StaffId(3)), DoctorKind::Village, since);
    second.cap = Some(Cap {
        persons: people.max(1500),
        households: Some((people / 3).max(450)),
    });
    let mut third = doctor("周德明", None, DoctorKind::Retired, since);
    third.cap = Some(Cap {
        persons: 12,
        households: None,
    });
    let mut doctors = vec![first, second, third];
    for village in villages.iter().skip(OWN) {
        let surname = names::surname(chance);
        let name = names::full(chance, surname, Sex::Male, plus_days(since, -16_000));
        let mut own = doctor(&name, None, DoctorKind::General, since);
        own.cap = Some(Cap {
            persons: people_of(village).max(2000),
            households: None,
        });
        doctors.push(own);
    }
    let teams = teams(villages, &doctors, since);
    let keep = doctors.into_iter().map(|one| Party::Doctor(None, one));
    keep.chain(teams.into_iter().map(|one| Party::Team(None, one)))
        .chain(packages(since).into_iter().map(Party::Package))
        .collect()
}

fn people_of(village: &Village) -> usize {
    usize::try_from(village.people).unwrap_or(usize::MAX)
}

fn doctor(name: &str, staff: Option<StaffId>, kind: DoctorKind, since: Day) -> Doctor {
    Doctor {
        id: DoctorId(0),
        name: name.to_owned(),
        staff,
        id_no: String::new(),
        licence: format!(
            "52990110100{:04}",
            100 + name.chars().map(u32::from).sum::<u32>() % 900
        ),
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
    let further = villages.len().saturating_sub(OWN);
    teams.extend((0..further).map(|at| {
        let at = u64::try_from(at).unwrap_or_default();
        team(3 + at, 4 + at, vec![nurse()])
    }));
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
