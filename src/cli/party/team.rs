//! `cunyi team`: service teams 1+1+X, with what is wrong with them.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{NOTHING, keep, text};
use crate::{
    cli::{
        agreement::Reader,
        open::Session,
        print::{self, Answer, Trouble},
        seen::SeenUntil,
        wording,
    },
    desk::{reply::PartiesView, request::Party},
    domain::{
        agreement::team::{Area, Team, TeamMember, TeamWarning},
        id::TeamId,
        text::{Lang, Text},
    },
    lang::teams,
};

/// What `team` takes; without anything it lists them.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Subcommand)]
enum Action {
    List,
    Add {
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        told: Told,
    },
    Change {
        #[arg(value_name = "TEAM")]
        team: String,
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        #[command(flatten)]
        told: Told,
    },
}

/// What is told of a team.
#[derive(Debug, Args)]
struct Told {
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    #[arg(long, value_name = "DOCTOR")]
    leader: Option<String>,
    #[arg(long, value_name = "DOCTOR|NAME=1..9[,FROM]")]
    member: Vec<String>,
    #[arg(long = "without", value_name = "NAME[=LAST DAY]")]
    without: Vec<String>,
    #[arg(long, value_name = "VILLAGE[/PART]")]
    area: Vec<String>,
    #[arg(long = "shared-area", value_name = "VILLAGE[/PART]")]
    shared_area: Vec<String>,
    #[command(flatten)]
    seen: SeenUntil,
}

/// Lists or writes down.
///
/// # Errors
/// Refuses unknown teams, doctors and codes, and by the rules.
pub fn run(session: &Session<'_>, arguments: &Arguments) -> Result<Answer, Trouble> {
    let reader = Reader::new(session);
    let parties = reader.parties()?;
    let lang = session.call.lang;
    match &arguments.action {
        None | Some(Action::List) => Ok(answer(&parties, |_| true, lang)),
        Some(Action::Add { name, told }) => {
            let new = Team {
                id: TeamId(0),
                name: name.trim().to_owned(),
                code: String::new(),
                leader: None,
                members: Vec::new(),
                areas: Vec::new(),
            };
            let party = Party::Team(None, told.over(&reader, &parties, new)?);
            let name = name.trim().to_owned();
            keep(session, &parties, (party, told.seen), |parties| {
                let is_it = |team: &&Team| team.name == name;
                let teams = parties.teams.iter().map(|(team, _)| team);
                let last = teams.filter(is_it).map(|team| team.id).max();
                answer(parties, |team| Some(team.id) == last, lang)
            })
        }
        Some(Action::Change { team, name, told }) => {
            let id = reader.team(&parties, team)?;
            let mut teams = parties.teams.iter().map(|(team, _)| team);
            let known = teams.find(|team| team.id == id).cloned();
            let known = known.ok_or_else(crate::cli::open::unexpected)?;
            let mut team = told.over(&reader, &parties, known)?;
            if let Some(name) = name {
                name.trim().clone_into(&mut team.name);
            }
            let party = Party::Team(Some(id), team);
            keep(session, &parties, (party, told.seen), |parties| {
                answer(parties, |team| team.id == id, lang)
            })
        }
    }
}

impl Told {
    fn over(
        &self,
        reader: &Reader<'_, '_>,
        parties: &PartiesView,
        mut team: Team,
    ) -> Result<Team, Trouble> {
        let session = reader.session;
        if let Some(code) = &self.code {
            code.trim().clone_into(&mut team.code);
        }
        if let Some(leader) = &self.leader {
            team.leader = Some(reader.doctor(parties, leader)?);
        }
        for given in &self.member {
            team.members.push(member(reader, parties, given)?);
        }
        for given in &self.without {
            let (who, last) = match given.split_once(['=', '＝']) {
                Some((who, last)) => (who.trim(), session.day("--without", Some(last))?),
                None => (given.trim(), session.today()),
            };
            let mut members = team.members.iter_mut();
            let found = members.find(|member| member.name == who && member.until.is_none());
            let found = found.ok_or_else(|| reader.bad("--without", given, WITHOUT))?;
            found.until = Some(last);
        }
        let areas = self.area.iter().map(|given| area(given, false));
        let shared = self.shared_area.iter().map(|given| area(given, true));
        for area in areas.chain(shared) {
            team.areas
                .retain(|one| (&one.village, &one.part) != (&area.village, &area.part));
            team.areas.push(area);
        }
        Ok(team)
    }
}

/// Reads `王建国=1` or `李护士=3,2026-01-01`.
fn member(
    reader: &Reader<'_, '_>,
    parties: &PartiesView,
    given: &str,
) -> Result<TeamMember, Trouble> {
    let (who, told) = reader.pair("--member", given, MEMBER)?;
    let (role, from) = match told.split_once([',', '，']) {
        Some((role, from)) => (role, Some(from)),
        None => (told, None),
    };
    let doctors = parties.doctors.iter().map(|told| &told.doctor);
    let mut doctors = doctors.filter(|one| one.name == who || one.id.to_string() == who);
    let doctor = doctors.next();
    Ok(TeamMember {
        name: doctor.map_or_else(|| who.to_owned(), |doctor| doctor.name.clone()),
        doctor: doctor.map(|doctor| doctor.id),
        role: reader.coded("--member", role)?,
        from: reader.session.day("--member", from)?,
        until: None,
    })
}

fn area(given: &str, is_shared: bool) -> Area {
    let (village, part) = given.split_once(['/', '／']).unwrap_or((given, ""));
    Area {
        village: village.trim().to_owned(),
        part: part.trim().to_owned(),
        is_shared,
    }
}

fn answer(parties: &PartiesView, wanted: impl Fn(&Team) -> bool, lang: Lang) -> Answer {
    let teams = || parties.teams.iter().filter(|(team, _)| wanted(team));
    let rows: Vec<Value> = teams().map(|(team, found)| document(team, found)).collect();
    let cells: Vec<Vec<String>> = teams()
        .map(|(team, found)| {
            let present = team.members.iter().filter(|one| one.until.is_none());
            let members = present.map(|one| format!("{} {}", one.name, one.role.name().get(lang)));
            let areas = team
                .areas
                .iter()
                .map(|area| format!("{}{}", area.village, area.part));
            let wrong = found.iter().map(|one| teams::warning(one, lang));
            vec![
                team.id.to_string(),
                team.code.clone(),
                team.name.clone(),
                members.collect::<Vec<_>>().join("、"),
                areas.collect::<Vec<_>>().join("、"),
                wrong.collect::<Vec<_>>().join("；"),
            ]
        })
        .collect();
    let heads = [wording::ID, TEAM_CODE, wording::NAME, MEMBERS, AREAS, WRONG];
    let text = if cells.is_empty() {
        NOTHING.get(lang).to_owned()
    } else {
        print::table(lang, &heads, &cells)
    };
    Answer::new(json!({"teams": rows}), text)
}

fn document(team: &Team, found: &[TeamWarning]) -> Value {
    json!({
        "id": team.id.to_string(),
        "code": team.code,
        "name": team.name,
        "leader": team.leader.map(|doctor| doctor.to_string()),
        "members": team.members,
        "areas": team.areas,
        "warnings": found.iter().map(TeamWarning::code).collect::<Vec<_>>(),
    })
}

const TEAM_CODE: Text = text("团队编号", "code");
const MEMBERS: Text = text("成员", "members");
const AREAS: Text = text("责任区", "areas");
const WRONG: Text = text("不合规定", "wrong");
const MEMBER: Text = text(
    "人=角色，如 王建国=1 或 李护士=3,2026-01-01",
    "NAME=ROLE, as d1=1 or Li=3,2026-01-01",
);
const WITHOUT: Text = text(
    "在队成员的姓名，可加最后一天：李护士=2026-06-30",
    "a member's name, perhaps with the last day: Li=2026-06-30",
);
