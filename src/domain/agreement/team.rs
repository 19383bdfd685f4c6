//! Service teams 1+1+X: who is in them, where they serve, and what is wrong with them (§1.1).
//!
//! It warns and never refuses: a clinic may work while its team is being filled.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::coded::coded;
use crate::domain::{
    day::Day,
    id::{DoctorId, TeamId},
};

coded! {
    /// What somebody does in a team.
    TeamRole {
        1 FamilyDoctor "家庭医生" "family doctor",
        2 PublicHealth "公卫人员" "public health worker",
        3 Nurse "护士" "nurse",
        4 VillageDoctor "乡村医生" "village doctor",
        5 Pharmacist "药师" "pharmacist",
        6 Specialist "专科医生(全专联合)" "specialist",
        7 ChineseMedicine "中医师" "doctor of Chinese medicine",
        8 Assistant "团队助理/联络员" "assistant",
        9 Other "其他" "other",
    }
}

/// One person's time in a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamMember {
    pub name: String,
    /// Where the member is a doctor who may sign.
    pub doctor: Option<DoctorId>,
    pub role: TeamRole,
    #[serde(with = "crate::domain::written_day")]
    pub from: Day,
    /// The last day.
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub until: Option<Day>,
}

impl TeamMember {
    fn is_in_on(&self, day: Day) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// A part of the clinic's ground a team answers for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// The village's name or code.
    pub village: String,
    /// Group or building; empty for the whole village.
    pub part: String,
    /// 共管: another team may have it too.
    pub is_shared: bool,
}

impl Area {
    fn meets(&self, other: &Self) -> bool {
        self.village == other.village
            && (self.part.is_empty() || other.part.is_empty() || self.part == other.part)
    }
}

/// A service team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    pub id: TeamId,
    /// Unique.
    pub name: String,
    /// 团队编号, unique where given.
    pub code: String,
    /// 队长, one of the members.
    pub leader: Option<DoctorId>,
    pub members: Vec<TeamMember>,
    pub areas: Vec<Area>,
}

/// What is wrong with a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TeamWarning {
    /// W-TEAM-111: not exactly one 家庭医生 of record.
    FamilyDoctors { count: usize },
    /// W-TEAM-111: neither 公卫人员 nor nurse.
    NoPublicHealth,
    /// W-TEAM-LEAD: nobody, or nobody present, leads it.
    NoLeader,
    /// W-TEAM-NAME: another team has this name or number.
    SameName { other: TeamId },
    /// W-TEAM-AREA: another team answers for the same ground and it is not marked 共管.
    SameArea { other: TeamId, area: Area },
}

impl TeamWarning {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::FamilyDoctors { .. } | Self::NoPublicHealth => "W-TEAM-111",
            Self::NoLeader => "W-TEAM-LEAD",
            Self::SameName { .. } => "W-TEAM-NAME",
            Self::SameArea { .. } => "W-TEAM-AREA",
        }
    }
}

impl Team {
    /// Returns the roles filled on the day.
    pub fn roles_on(&self, day: Day) -> BTreeSet<TeamRole> {
        let present = self.members.iter().filter(|member| member.is_in_on(day));
        present.map(|member| member.role).collect()
    }

    /// Returns what is wrong with the team on the day, looked at among all teams.
    pub fn warnings(&self, all: &[Self], day: Day) -> Vec<TeamWarning> {
        let mut found = self.own_warnings(day);
        for other in all.iter().filter(|other| other.id != self.id) {
            let has_code = !self.code.is_empty() && self.code == other.code;
            if self.name == other.name || has_code {
                found.push(TeamWarning::SameName { other: other.id });
            }
            let clashes = |area: &&Area| {
                let mut met = other.areas.iter().filter(|theirs| area.meets(theirs));
                met.any(|theirs| !area.is_shared || !theirs.is_shared)
            };
            found.extend(
                self.areas
                    .iter()
                    .filter(clashes)
                    .map(|area| TeamWarning::SameArea {
                        other: other.id,
                        area: area.clone(),
                    }),
            );
        }
        found
    }

    fn own_warnings(&self, day: Day) -> Vec<TeamWarning> {
        let mut found = Vec::new();
        let present = || self.members.iter().filter(|member| member.is_in_on(day));
        let count = present()
            .filter(|member| member.role == TeamRole::FamilyDoctor)
            .count();
        if count != 1 {
            found.push(TeamWarning::FamilyDoctors { count });
        }
        let roles = self.roles_on(day);
        if !roles.contains(&TeamRole::PublicHealth) && !roles.contains(&TeamRole::Nurse) {
            found.push(TeamWarning::NoPublicHealth);
        }
        let leads = |member: &TeamMember| member.doctor.is_some() && member.doctor == self.leader;
        if !present().any(leads) {
            found.push(TeamWarning::NoLeader);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(role: TeamRole, doctor: Option<DoctorId>) -> TeamMember {
        TeamMember {
            name: "赵明".to_owned(),
            doctor,
            role,
            from: "2025-01-01".parse().unwrap(),
            until: None,
        }
    }

    fn area(part: &str, is_shared: bool) -> Area {
        Area {
            village: "石桥村".to_owned(),
            part: part.to_owned(),
            is_shared,
        }
    }

    fn team(id: u64, part: &str) -> Team {
        Team {
            id: TeamId(id),
            name: format!("第{id}团队"),
            code: String::new(),
            leader: Some(DoctorId(1)),
            members: vec![
                member(TeamRole::FamilyDoctor, Some(DoctorId(1))),
                member(TeamRole::Nurse, None),
            ],
            areas: vec![area(part, false)],
        }
    }

    fn codes(team: &Team, all: &[Team], day: &str) -> Vec<&'static str> {
        let found = team.warnings(all, day.parse().unwrap());
        found.iter().map(TeamWarning::code).collect()
    }

    #[test]
    fn a_team_is_one_and_one_and_led() {
        let mut one = team(1, "");
        assert_eq!(codes(&one, &[], "2025-06-01"), [""; 0]);
        one.members[1].until = "2025-05-31".parse().ok();
        assert_eq!(codes(&one, &[], "2025-06-01"), ["W-TEAM-111"]);
        one.members[0].until = "2025-05-31".parse().ok();
        let all = ["W-TEAM-111", "W-TEAM-111", "W-TEAM-LEAD"];
        assert_eq!(codes(&one, &[], "2025-06-01"), all);
    }

    #[test]
    fn two_teams_share_ground_only_where_both_say_so() {
        let (mut one, mut two) = (team(1, "3组"), team(2, "4组"));
        let all = |one: &Team, two: &Team| vec![one.clone(), two.clone()];
        assert_eq!(codes(&one, &all(&one, &two), "2025-06-01"), [""; 0]);
        two.areas = vec![area("", true)];
        assert_eq!(codes(&one, &all(&one, &two), "2025-06-01"), ["W-TEAM-AREA"]);
        one.areas = vec![area("3组", true)];
        assert_eq!(codes(&one, &all(&one, &two), "2025-06-01"), [""; 0]);
    }
}
