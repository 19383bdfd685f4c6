//! How people write what agreements are made of: `p3=1,A0007`, a code or its name, money.

use crate::{
    cli::{
        open::{Session, unexpected},
        print::Trouble,
        wording,
    },
    desk::{Question, Reply, reply::PartiesView},
    domain::{
        agreement::{approval::Approval, approval::Approver, coded::Coded, money::Fen},
        day::Day,
        form::typed,
        id::{DoctorId, PersonId, StaffId, TeamId},
        text::{Lang, Text},
    },
};

/// Reads words of this call; refusals name the option.
pub struct Reader<'s, 'c> {
    pub session: &'s Session<'c>,
    /// Those who may be named by their names alone.
    pub people: Vec<(PersonId, String)>,
}

impl<'s, 'c> Reader<'s, 'c> {
    /// Reads for this call; nobody is known by name alone.
    pub fn new(session: &'s Session<'c>) -> Self {
        let people = Vec::new();
        Self { session, people }
    }

    /// Refuses what is not written as it should be, with how it is.
    pub fn bad(&self, option: &str, given: &str, shape: Text) -> Trouble {
        let shape = self.session.call.say(shape);
        let message = match self.session.call.lang {
            Lang::Zh => format!("{option} 的“{given}”看不懂，请写成 {shape}。"),
            Lang::En => format!("{option}: \"{given}\" cannot be read; write it as {shape}."),
        };
        Trouble::input("E-INPUT", Some(option), message)
    }

    /// Splits `KEY=REST`.
    pub fn pair<'t>(
        &self,
        option: &str,
        given: &'t str,
        shape: Text,
    ) -> Result<(&'t str, &'t str), Trouble> {
        given
            .split_once(['=', '＝'])
            .map(|(key, rest)| (key.trim(), rest.trim()))
            .filter(|(key, rest)| !key.is_empty() && !rest.is_empty())
            .ok_or_else(|| self.bad(option, given, shape))
    }

    /// Finds a person: one of those known here by the name, else by id or number.
    pub fn person(&self, text: &str) -> Result<PersonId, Trouble> {
        let text = text.trim();
        let named = self.people.iter().filter(|(_, name)| name == text);
        match named.collect::<Vec<_>>().as_slice() {
            [(person, _)] => Ok(*person),
            _ => self.session.person(text),
        }
    }

    /// Returns the name of one of those known here.
    pub fn name_of(&self, person: PersonId) -> Option<&str> {
        let mut people = self.people.iter();
        people
            .find(|(id, _)| *id == person)
            .map(|(_, name)| name.as_str())
    }

    /// Reads a value of a list by its official code or its name in either language.
    pub fn coded<C: Coded>(&self, option: &str, given: &str) -> Result<C, Trouble> {
        let plain = typed::ascii_text(given.trim()).to_lowercase();
        let is_it = |value: &C| {
            let name = value.wording();
            value.number().to_string() == plain
                || name.zh.to_lowercase() == plain
                || name.en.to_lowercase() == plain
        };
        let found = C::all().iter().copied().find(is_it);
        found.ok_or_else(|| {
            let lang = self.session.call.lang;
            let known = C::all().iter();
            let known: Vec<String> = known
                .map(|value| format!("{} {}", value.number(), value.wording().get(lang)))
                .collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let message = wording::no_word(option, given, &known, lang);
            Trouble::input("E-CODE", Some(option), message)
        })
    }

    /// Reads several values, between commas.
    pub fn coded_list<C: Coded + Ord>(
        &self,
        option: &str,
        given: Option<&str>,
    ) -> Result<std::collections::BTreeSet<C>, Trouble> {
        parts(given.unwrap_or_default())
            .map(|one| self.coded(option, one))
            .collect()
    }

    /// Reads yuan with at most two decimals.
    pub fn money(&self, option: &str, given: &str) -> Result<Fen, Trouble> {
        let plain = typed::ascii_text(given.trim());
        let plain = plain.trim_end_matches(['元', '¥']);
        let (yuan, fen) = plain.split_once('.').unwrap_or((plain, ""));
        let is_right = !yuan.is_empty()
            && yuan.len() <= 9
            && fen.len() <= 2
            && yuan.bytes().chain(fen.bytes()).all(|b| b.is_ascii_digit());
        let whole: Option<i64> = format!("{yuan}{fen:0<2}").parse().ok();
        whole
            .filter(|_| is_right)
            .map(Fen)
            .ok_or_else(|| self.bad(option, given, MONEY))
    }

    /// Reads a day that has to be told.
    pub fn day(&self, option: &str, given: Option<&str>) -> Result<Day, Trouble> {
        self.session.day(option, given)
    }

    /// Finds a staff member by name or id.
    pub fn staff(&self, option: &str, given: &str) -> Result<(StaffId, String), Trouble> {
        let given = given.trim();
        let mut active = self
            .session
            .overview
            .staff
            .iter()
            .filter(|one| one.active && (one.name == given || one.id.to_string() == given));
        match (active.next(), active.next()) {
            (Some(one), None) => Ok((one.id, one.name.clone())),
            _ => {
                let staff = self.session.overview.staff.iter().filter(|one| one.active);
                let known: Vec<&str> = staff.map(|one| one.name.as_str()).collect();
                let message = wording::no_word(option, given, &known, self.session.call.lang);
                Err(Trouble::input("E-STAFF", Some(option), message))
            }
        }
    }

    /// Reads who approves: another staff member, or somebody outside with a paper.
    pub fn approval(&self, given: &Approving) -> Result<Option<Approval>, Trouble> {
        let on = self.session.today();
        if let Some(name) = given.approved_by.as_deref() {
            let (id, name) = self.staff("--approved-by", name)?;
            let by = Approver::Staff { id, name };
            return Ok(Some(Approval { by, on }));
        }
        let name = given.approver.clone();
        let paper = given.approval_paper.clone().unwrap_or_default();
        Ok(name.map(|name| Approval {
            by: Approver::Outside { name, paper },
            on,
        }))
    }

    /// Asks who signs and what is offered.
    pub fn parties(&self) -> Result<PartiesView, Trouble> {
        match self.session.ask(Question::Parties)? {
            Reply::Parties(view) => Ok(*view),
            _ => Err(unexpected()),
        }
    }

    /// Finds a doctor by id or name.
    pub fn doctor(&self, parties: &PartiesView, given: &str) -> Result<DoctorId, Trouble> {
        let doctors = parties.doctors.iter().map(|told| &told.doctor);
        let doctors = doctors.map(|one| (one.id, one.id.to_string(), one.name.as_str()));
        self.party("--doctor", given, doctors.collect())
    }

    /// Finds a team by id or name.
    pub fn team(&self, parties: &PartiesView, given: &str) -> Result<TeamId, Trouble> {
        let teams = parties.teams.iter().map(|(team, _)| team);
        let teams = teams.map(|one| (one.id, one.id.to_string(), one.name.as_str()));
        self.party("--team", given, teams.collect())
    }

    fn party<I: Copy>(
        &self,
        option: &str,
        given: &str,
        known: Vec<(I, String, &str)>,
    ) -> Result<I, Trouble> {
        let given = given.trim();
        let meant = |(_, id, name): &&(I, String, &str)| id == given || *name == given;
        match known.iter().filter(meant).collect::<Vec<_>>().as_slice() {
            [(id, ..)] => Ok(*id),
            _ => {
                let known: Vec<String> = known
                    .iter()
                    .map(|(_, id, name)| format!("{id} {name}"))
                    .collect();
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                let message = wording::no_word(option, given, &known, self.session.call.lang);
                Err(Trouble::input("E-UNKNOWN", Some(option), message))
            }
        }
    }
}

/// Who approves what goes beyond a limit.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Approving {
    #[arg(long = "approved-by", value_name = "NAME", conflicts_with = "approver")]
    pub approved_by: Option<String>,
    #[arg(long, value_name = "NAME", requires = "approval_paper")]
    pub approver: Option<String>,
    #[arg(long = "approval-paper", value_name = "NUMBER")]
    pub approval_paper: Option<String>,
}

/// Splits what stands between commas.
pub fn parts(given: &str) -> impl Iterator<Item = &str> {
    let parts = given.split([',', '，', '、']).map(str::trim);
    parts.filter(|part| !part.is_empty())
}

const MONEY: Text = Text {
    zh: "元，最多两位小数，如 120.00",
    en: "yuan with at most two decimals, as 120.00",
};
