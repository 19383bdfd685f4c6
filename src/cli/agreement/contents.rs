//! What is agreed, as people write it: `--left-out p4=2,打工`, `--package p1=zhongyi`.

use super::read::{Reader, parts};
use crate::{
    cli::print::Trouble,
    desk::reply::{AgreementPerson, PartiesView},
    domain::{
        agreement::{
            contract::{Choice, Contents, LeftOut, Representative},
            doctor::PartyA,
            money::FeeLine,
            package::Package,
            voucher::VoucherKind,
        },
        id::{DoctorId, PersonId, TeamId},
        text::Text,
    },
};

/// What is agreed.
#[derive(Debug, Default, clap::Args)]
pub struct ContentsArguments {
    #[arg(long, value_name = "DOCTOR")]
    doctor: Option<String>,
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    #[arg(long = "party-a", value_name = "1..4")]
    party_a: Option<String>,
    #[arg(long, value_name = "N")]
    years: Option<u32>,
    #[arg(long, value_name = "PERSON")]
    pub only: Vec<String>,
    #[arg(long = "left-out", value_name = "PERSON=1..4[,NOTE]")]
    left_out: Vec<String>,
    #[arg(long, value_name = "PERSON=GROUNDS")]
    incapable: Vec<String>,
    #[arg(long, value_name = "PERSON[=NAME,RELATION]")]
    representative: Option<String>,
    #[arg(long, value_name = "[PERSON=]CODE")]
    package: Vec<String>,
    #[arg(long, value_name = "PERSON=CODE,PART=…")]
    fee: Vec<String>,
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
}

impl ContentsArguments {
    /// Says whether nothing was told.
    pub fn is_empty(&self) -> bool {
        let lists = [
            &self.only,
            &self.left_out,
            &self.incapable,
            &self.package,
            &self.fee,
        ];
        let words = [
            &self.doctor,
            &self.team,
            &self.party_a,
            &self.representative,
            &self.phone,
        ];
        self.years.is_none()
            && lists.iter().all(|list| list.is_empty())
            && words.iter().all(|word| word.is_none())
    }

    /// Writes what was told over what was proposed.
    ///
    /// # Errors
    /// Refuses, naming the option that cannot be read.
    pub fn over(
        &self,
        reader: &Reader<'_, '_>,
        contents: &mut Contents,
        people: &[AgreementPerson],
    ) -> Result<(), Trouble> {
        let parties = reader.parties()?;
        self.served_by(reader, contents, &parties)?;
        if let Some(years) = self.years {
            contents.years = years;
        }
        if let Some(phone) = &self.phone {
            phone.trim().clone_into(&mut contents.phone);
        }
        self.left_out(reader, contents)?;
        for given in &self.incapable {
            let (who, grounds) = reader.pair("--incapable", given, GROUNDS)?;
            let person = reader.person(who)?;
            for choice in contents.covered.iter_mut().filter(|c| c.person == person) {
                grounds.clone_into(&mut choice.incapable);
            }
        }
        if let Some(given) = &self.representative {
            contents.representative = Some(representative(reader, given)?);
        }
        self.packages(reader, contents, &parties, people)
    }

    fn served_by(
        &self,
        reader: &Reader<'_, '_>,
        contents: &mut Contents,
        parties: &PartiesView,
    ) -> Result<(), Trouble> {
        if let Some(given) = &self.doctor {
            let doctor = reader.doctor(parties, given)?;
            if contents.doctor != Some(doctor) {
                contents.team = team_of(parties, doctor);
            }
            contents.doctor = Some(doctor);
        }
        if let Some(given) = &self.team {
            contents.team = Some(reader.team(parties, given)?);
        }
        if let Some(given) = &self.party_a {
            contents.party_a = reader.coded::<PartyA>("--party-a", given)?;
        }
        Ok(())
    }

    fn left_out(&self, reader: &Reader<'_, '_>, contents: &mut Contents) -> Result<(), Trouble> {
        for given in &self.left_out {
            let (who, why) = reader.pair("--left-out", given, LEFT_OUT)?;
            let person = reader.person(who)?;
            let (reason, note) = match why.split_once([',', '，']) {
                Some((reason, note)) => (reason, note.trim()),
                None => (why, ""),
            };
            contents.covered.retain(|choice| choice.person != person);
            contents.left_out.retain(|left| left.person != person);
            contents.left_out.push(LeftOut {
                person,
                reason: reader.coded("--left-out", reason)?,
                note: note.to_owned(),
            });
        }
        Ok(())
    }

    fn packages(
        &self,
        reader: &Reader<'_, '_>,
        contents: &mut Contents,
        parties: &PartiesView,
        people: &[AgreementPerson],
    ) -> Result<(), Trouble> {
        let find = |option: &str, code: &str| {
            let mut offered = parties.packages.iter();
            let found = offered.find(|one| one.code == code || one.name == code);
            found
                .cloned()
                .ok_or_else(|| unknown_package(reader, option, code, parties))
        };
        for given in &self.package {
            let (who, code) = match given.split_once(['=', '＝']) {
                Some((who, code)) => (Some(reader.person(who)?), code.trim()),
                None => (None, given.trim()),
            };
            let package = find("--package", code)?;
            for choice in &mut contents.covered {
                let is_meant = who.map_or_else(
                    || suits(&package, people, choice),
                    |person| person == choice.person,
                );
                if is_meant && !choice.extras.contains(&package.code) {
                    choice.extras.push(package.code.clone());
                    contents.fees.push(charged(choice.person, &package));
                }
            }
        }
        for given in &self.fee {
            let (who, told) = reader.pair("--fee", given, FEE)?;
            let person = reader.person(who)?;
            let mut told = parts(told);
            let code = told.next().unwrap_or_default();
            let package = find("--fee", code)?;
            let line = fee(reader, given, (person, &package), told, parties)?;
            let same = |one: &FeeLine| {
                (one.year, one.person, &one.package) == (line.year, line.person, &line.package)
            };
            contents.fees.retain(|one| !same(one));
            contents.fees.push(line);
        }
        Ok(())
    }
}

/// Returns the team the doctor is in.
fn team_of(parties: &PartiesView, doctor: DoctorId) -> Option<TeamId> {
    let mut teams = parties.teams.iter().map(|(team, _)| team);
    let found = teams.find(|team| {
        let mut members = team.members.iter();
        team.leader == Some(doctor) || members.any(|member| member.doctor == Some(doctor))
    });
    found.map(|team| team.id)
}

/// Says whether the package is meant for somebody; told without a name it goes to those alone.
fn suits(package: &Package, people: &[AgreementPerson], choice: &Choice) -> bool {
    let mut people = people.iter();
    let tags = people
        .find(|one| one.person == choice.person)
        .map(|one| one.tags);
    let tags = tags.unwrap_or_default();
    package.tags.is_empty() || package.tags.iter().any(|tag| tags.contains(*tag))
}

fn charged(person: PersonId, package: &Package) -> FeeLine {
    FeeLine::charged(
        1,
        person,
        &package.code,
        (package.price, crate::domain::agreement::money::Fen::ZERO),
    )
}

/// Reads `insurance=30,voucher=DJ001,paid=40,receipt=R1,paid_on=2026-11-21,year=1`.
fn fee<'t>(
    reader: &Reader<'_, '_>,
    given: &str,
    (person, package): (PersonId, &Package),
    told: impl Iterator<Item = &'t str>,
    parties: &PartiesView,
) -> Result<FeeLine, Trouble> {
    let mut line = charged(person, package);
    for part in told {
        let bad = || reader.bad("--fee", given, FEE);
        let (key, value) = part.split_once(['=', '＝']).ok_or_else(bad)?;
        let money = || reader.money("--fee", value);
        match key.trim() {
            "year" => line.year = value.trim().parse().map_err(|_| bad())?,
            "insurance" => {
                line.insurance = money()?;
                line.resident = line.resident.less(line.insurance);
            }
            "public_fund" => {
                line.public_fund = money()?;
                line.resident = line.resident.less(line.public_fund);
            }
            "other" => {
                line.other = money()?;
                line.resident = line.resident.less(line.other);
            }
            "voucher" | "reduction" => line = deducted(line, value.trim(), parties, reader)?,
            "paid" => line.paid = money()?,
            "receipt" => value.trim().clone_into(&mut line.receipt),
            "paid_on" => line.paid_on = Some(reader.day("--fee", Some(value))?),
            _ => return Err(bad()),
        }
    }
    Ok(line)
}

/// A voucher nobody issued is refused by its number when the agreement is signed.
fn deducted(
    line: FeeLine,
    number: &str,
    parties: &PartiesView,
    reader: &Reader<'_, '_>,
) -> Result<FeeLine, Trouble> {
    let voucher = parties.vouchers.iter().find(|one| one.number == number);
    let voucher = voucher.ok_or_else(|| {
        let known: Vec<&str> = parties.vouchers.iter().map(|v| v.number.as_str()).collect();
        let lang = reader.session.call.lang;
        let message = crate::cli::wording::no_word("--fee", number, &known, lang);
        Trouble::input("E-VCH-NONE", Some("--fee"), message)
    })?;
    Ok(match voucher.kind {
        VoucherKind::Cash => line.with_voucher(number, voucher.amount),
        VoucherKind::Reduction => line.with_reduction(number, voucher.amount),
    })
}

fn unknown_package(
    reader: &Reader<'_, '_>,
    option: &str,
    code: &str,
    parties: &PartiesView,
) -> Trouble {
    let known = parties.packages.iter();
    let known: Vec<String> = known
        .map(|one| format!("{} {}", one.code, one.name))
        .collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let message = crate::cli::wording::no_word(option, code, &known, reader.session.call.lang);
    Trouble::input("E-UNKNOWN", Some(option), message)
}

fn representative(reader: &Reader<'_, '_>, given: &str) -> Result<Representative, Trouble> {
    let Some((ward, guardian)) = given.split_once(['=', '＝']) else {
        return Ok(Representative::Member(reader.person(given)?));
    };
    let bad = || reader.bad("--representative", given, GUARDIAN);
    let mut told = parts(guardian);
    Ok(Representative::Guardian {
        of: reader.person(ward)?,
        name: told.next().ok_or_else(bad)?.to_owned(),
        relation: told.next().ok_or_else(bad)?.to_owned(),
    })
}

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const LEFT_OUT: Text = text(
    "人=原因，如 p4=2,打工（1本人不同意 2外出 3已签他处 4其他）",
    "PERSON=REASON, as p4=2,works away (1 unwilling, 2 away, 3 signed elsewhere, 4 other)",
);
const GROUNDS: Text = text(
    "人=依据，如 p4=残疾证编号",
    "PERSON=GROUNDS, as p4=certificate number",
);
const GUARDIAN: Text = text(
    "代表 p1，或 孩子=监护人姓名,关系，如 p4=李梅,母亲",
    "p1, or CHILD=NAME,RELATION, as p4=Li Mei,mother",
);
const FEE: Text = text(
    "人=服务包,项目=数，如 p1=zy,insurance=30,voucher=DJ001,paid=40,receipt=R1",
    "PERSON=CODE,PART=VALUE, as p1=zy,insurance=30,voucher=DJ001,paid=40,receipt=R1",
);
