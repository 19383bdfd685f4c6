//! The signatures, as people write them: `--paper A0007`, `--consent p3=4,录音12`.

use std::collections::BTreeSet;

use super::read::{Approving, Reader, parts};
use crate::{
    cli::print::Trouble,
    desk::reply::{AgreementPerson, ConsentRule},
    domain::{
        agreement::{
            cap::CapOverride,
            consent::{Consent, ConsentKind, Guardian},
            contract::{Contents, Representative},
            signed::{Place, RepresentativeSignature, Signature, Signing},
        },
        day::Day,
        id::{PersonId, StaffId},
        text::Text,
    },
};

/// What is taken down when both sides sign.
#[derive(Debug, Default, clap::Args)]
pub struct SigningArguments {
    #[arg(long, value_name = "PAGE")]
    paper: Option<String>,
    #[arg(long, value_name = "PERSON=KIND,EVIDENCE[,GUARDIAN,RELATION]")]
    consent: Vec<String>,
    #[arg(long, value_name = "PERSON|NAME,RELATION")]
    guardian: Option<String>,
    #[arg(long = "signed-by", value_name = "KIND,EVIDENCE")]
    signed_by: Option<String>,
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    clinic: Option<String>,
    #[arg(long = "taken-by", value_name = "NAME")]
    taken_by: Option<String>,
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[arg(long, value_name = "DATE")]
    start: Option<String>,
    #[arg(long, value_name = "HH:MM")]
    time: Option<String>,
    #[arg(long, value_name = "1..3")]
    place: Option<String>,
    #[arg(long, value_name = "1,2,3,4")]
    equipment: Option<String>,
    #[arg(long = "also-done", value_name = "1,2,3")]
    also_done: Option<String>,
    #[arg(long = "above-cap", value_name = "REASON")]
    above_cap: Option<String>,
    #[command(flatten)]
    approving: Approving,
    #[arg(long = "late-reason", value_name = "TEXT")]
    late_reason: Option<String>,
}

/// What is to be signed, and by whom on the clinic's side.
pub struct Signed<'a> {
    pub contents: &'a Contents,
    pub people: &'a [AgreementPerson],
    /// The name of the doctor of record, and the doctor's own account.
    pub doctor: Option<(String, Option<StaffId>)>,
}

impl SigningArguments {
    /// Reads the signatures; what is not told stays missing.
    ///
    /// # Errors
    /// Refuses, naming the option that cannot be read.
    pub fn read(&self, reader: &Reader<'_, '_>, of: &Signed<'_>) -> Result<Signing, Trouble> {
        let on = reader.day("--date", self.date.as_deref())?;
        let taken_by = match &self.taken_by {
            Some(name) => reader.staff("--taken-by", name)?.0,
            None => reader.session.user()?,
        };
        let taken = Taken { on, by: taken_by };
        let consents = self.consents(reader, of, &taken)?;
        let place = match &self.place {
            Some(given) => reader.coded("--place", given)?,
            None => Place::Clinic,
        };
        let start = self.start.as_deref();
        let above_cap = match &self.above_cap {
            Some(reason) => Some(CapOverride {
                reason: reason.clone(),
                approval: reader.approval(&self.approving)?,
            }),
            None => None,
        };
        Ok(Signing {
            representative: self.representative(reader, of.contents, &consents, &taken)?,
            clinic: self.clinic(reader, of, on),
            start: start
                .map(|day| reader.day("--start", Some(day)))
                .transpose()?,
            time: self.time.clone().unwrap_or_default(),
            equipment: reader.coded_list("--equipment", self.equipment.as_deref())?,
            also_done: reader.coded_list("--also-done", self.also_done.as_deref())?,
            late_reason: self.late_reason.clone().unwrap_or_default(),
            consents,
            place,
            above_cap,
        })
    }

    fn consents(
        &self,
        reader: &Reader<'_, '_>,
        of: &Signed<'_>,
        taken: &Taken,
    ) -> Result<Vec<Consent>, Trouble> {
        let mut consents = Vec::new();
        for given in &self.consent {
            consents.push(consent(reader, given, None, taken)?);
        }
        let told: BTreeSet<PersonId> = consents.iter().map(|one| one.person).collect();
        let Some(page) = &self.paper else {
            return Ok(consents);
        };
        for choice in &of.contents.covered {
            let person = of.people.iter().find(|one| one.person == choice.person);
            if told.contains(&choice.person) {
                continue;
            }
            let is_ward = !choice.incapable.trim().is_empty()
                || person.is_some_and(|one| one.consent_rule == ConsentRule::Guardian);
            let given = self.guardian.as_deref().filter(|_| is_ward);
            let guardian = given.map(|given| guardian(reader, parts(given), choice.person));
            // A child without a guardian is left for the rules to name.
            if !is_ward || guardian.is_some() {
                consents.push(Consent {
                    person: choice.person,
                    kind: if is_ward {
                        ConsentKind::Guardian
                    } else {
                        ConsentKind::Signed
                    },
                    on: taken.on,
                    evidence: page.trim().to_owned(),
                    taken_by: taken.by,
                    guardian,
                });
            }
        }
        Ok(consents)
    }

    /// The representative signs as told; else as he consented for himself.
    fn representative(
        &self,
        reader: &Reader<'_, '_>,
        contents: &Contents,
        consents: &[Consent],
        taken: &Taken,
    ) -> Result<Option<RepresentativeSignature>, Trouble> {
        if let Some(given) = &self.signed_by {
            let bad = || reader.bad("--signed-by", given, SIGNED_BY);
            let mut told = parts(given);
            let kind = reader.coded("--signed-by", told.next().ok_or_else(bad)?)?;
            return Ok(Some(RepresentativeSignature {
                kind,
                on: taken.on,
                evidence: told.next().ok_or_else(bad)?.to_owned(),
                taken_by: taken.by,
            }));
        }
        let own = match &contents.representative {
            Some(Representative::Member(person)) => {
                let mut consents = consents.iter();
                consents.find(|one| one.person == *person && one.kind.binds_household())
            }
            Some(Representative::Guardian { .. } | Representative::Contact { .. }) | None => None,
        };
        let by_page = |page: &String| RepresentativeSignature {
            kind: ConsentKind::Signed,
            on: taken.on,
            evidence: page.trim().to_owned(),
            taken_by: taken.by,
        };
        Ok(match own {
            Some(own) => Some(RepresentativeSignature {
                kind: own.kind,
                on: own.on,
                evidence: own.evidence.clone(),
                taken_by: own.taken_by,
            }),
            None => self.paper.as_ref().map(by_page),
        })
    }

    /// The doctor of record signs for the clinic, or who is named.
    fn clinic(&self, reader: &Reader<'_, '_>, of: &Signed<'_>, on: Day) -> Option<Signature> {
        let given = self.clinic.as_deref().map(str::trim)?;
        if given.is_empty() {
            let (name, staff) = of.doctor.clone()?;
            return Some(Signature { name, staff, on });
        }
        let (staff, name) = match reader.staff("--clinic", given) {
            Ok((staff, name)) => (Some(staff), name),
            // A stamp or a doctor without an account here.
            Err(_) => (None, given.to_owned()),
        };
        Some(Signature { name, staff, on })
    }
}

/// Who took a consent, and when.
pub struct Taken {
    pub on: Day,
    pub by: StaffId,
}

/// Reads `p3=1,A0007`, of a child `p4=7,A0007,p1,父亲`; of one `person` known already only what
/// follows the sign.
///
/// # Errors
/// Refuses, naming the option.
pub fn consent(
    reader: &Reader<'_, '_>,
    given: &str,
    person: Option<PersonId>,
    taken: &Taken,
) -> Result<Consent, Trouble> {
    let (person, told) = match person {
        Some(person) => (person, given),
        None => {
            let (who, told) = reader.pair("--consent", given, CONSENT)?;
            (reader.person(who)?, told)
        }
    };
    let bad = || reader.bad("--consent", given, CONSENT);
    let mut told = parts(told);
    let kind: ConsentKind = reader.coded("--consent", told.next().ok_or_else(bad)?)?;
    let evidence = told.next().unwrap_or_default().to_owned();
    let rest: Vec<&str> = told.collect();
    let guardian = match rest.as_slice() {
        [] => None,
        told => Some(guardian(reader, told.iter().copied(), person)),
    };
    Ok(Consent {
        person,
        kind,
        on: taken.on,
        evidence,
        taken_by: taken.by,
        guardian,
    })
}

/// Reads `p1,父亲` or `李梅,母亲`.
fn guardian<'t>(
    reader: &Reader<'_, '_>,
    mut told: impl Iterator<Item = &'t str>,
    ward: PersonId,
) -> Guardian {
    let first = told.next().unwrap_or_default();
    let person = reader.person(first).ok().filter(|one| *one != ward);
    let name = person.and_then(|person| reader.name_of(person));
    Guardian {
        name: name.unwrap_or(first).to_owned(),
        relation: told.next().unwrap_or_default().to_owned(),
        person,
    }
}

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const CONSENT: Text = text(
    "人=方式,凭证，如 p3=1,A0007；孩子 p4=7,A0007,p1,父亲",
    "PERSON=KIND,EVIDENCE, as p3=1,A0007; of a child p4=7,A0007,p1,father",
);
const SIGNED_BY: Text = text("方式,凭证，如 1,A0007", "KIND,EVIDENCE, as 1,A0007");
