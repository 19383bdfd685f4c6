//! What is known of an agreement and its people becomes what its papers tell.

use std::{collections::BTreeMap, ops::RangeInclusive};

use super::{
    Clinic, Contract, Copy, Covered, Ending, Leaving, NotCovered, Printing, Renews, Residents,
    Signs, Supplement,
};
use crate::domain::{
    agreement::{
        contract::{Agreement, Representative, Sheet},
        doctor::Doctor,
        money::FeeLine,
        package::Package,
        promise::Line,
        rules::{ADULT_YEARS, AutoRenew},
        signed::Member,
        team::Team,
    },
    day::{Day, age_years},
    id::PersonId,
    person::{Person, key},
    settings::OnPaper,
    tags::TagSet,
};
use crate::paper::print::Document;

/// What is known.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub today: Day,
    /// The contracting institution's name.
    pub clinic: &'a str,
    /// The head of the household, or the unit's name.
    pub head: &'a str,
    pub address: &'a str,
    /// Empty for a unit.
    pub household_no: &'a str,
    pub agreement: &'a Agreement,
    /// Everybody it names.
    pub people: &'a [(Person, TagSet)],
    /// What each member is promised, or would be.
    pub promises: &'a BTreeMap<PersonId, Vec<Line>>,
    /// Every line of every year.
    pub fees: &'a [FeeLine],
    pub doctor: Option<&'a Doctor>,
    pub team: Option<&'a Team>,
    pub packages: &'a [Package],
    pub auto_renew: AutoRenew,
    pub on_paper: &'a OnPaper,
}

impl Facts<'_> {
    /// Returns the agreement as it stands on paper.
    pub fn contract(&self) -> Contract {
        let contents = &self.agreement.contents;
        let signed = self.agreement.signed();
        let members = match signed {
            // Who joined later stands on a supplement page.
            Some(signed) => signed
                .members
                .iter()
                .filter(|member| member.page == 0)
                .filter_map(|member| self.member(member))
                .collect(),
            None => contents
                .covered
                .iter()
                .filter_map(|choice| {
                    self.covered(choice.person, choice.extras.clone(), &choice.incapable)
                })
                .collect(),
        };
        let chosen = |package: &&Package| {
            let mut covered = contents.covered.iter();
            covered.any(|choice| choice.extras.contains(&package.code))
        };
        Contract {
            number: self.agreement.number.clone(),
            clinic: Clinic {
                kind: contents.party_a,
                name: self.clinic.to_owned(),
                doctor: self.doctor.map_or_else(String::new, |one| one.name.clone()),
                licence: self
                    .doctor
                    .map_or_else(String::new, |one| one.licence.clone()),
                team: self.team.map_or_else(String::new, |one| one.name.clone()),
                phone: self
                    .doctor
                    .map_or_else(String::new, |one| one.phone.clone()),
                hours: self.on_paper.hours.clone(),
                complaint: self.on_paper.complaint.clone(),
            },
            residents: Residents {
                head: self.head.to_owned(),
                representative: self.representative(),
                address: self.address.to_owned(),
                phone: contents.phone.clone(),
                household_no: self.household_no.to_owned(),
            },
            members,
            left_out: contents
                .left_out
                .iter()
                .map(|left| NotCovered {
                    name: self.name(left.person),
                    reason: left.reason,
                    note: left.note.clone(),
                })
                .collect(),
            packages: self.packages.iter().filter(chosen).cloned().collect(),
            fees: self.fees.to_vec(),
            years: contents.years,
            term: signed.map(|signed| signed.term),
            renews: match self.auto_renew {
                AutoRenew::On => Renews::ByItself,
                AutoRenew::Off => Renews::OnlyByHand,
            },
        }
    }

    /// Returns these copies of a paper on the text of `version`, those beyond the originals as
    /// reprints; none where there is nothing to print on it.
    pub fn copies(
        &self,
        sheet: Sheet,
        version: &str,
        numbers: RangeInclusive<u32>,
        at: &str,
    ) -> Option<Vec<Document>> {
        let contract = self.contract();
        let documents = numbers.map(|number| {
            let copy = Copy::numbered(number);
            let printing = Printing { at, copy };
            match sheet {
                Sheet::Agreement => super::agreement(&contract, version, printing),
                Sheet::Supplement(page) => {
                    super::supplement(&contract, &self.supplement(Some(page))?, version, printing)
                }
                Sheet::End => super::end_sheet(&contract, &self.ending()?, version, printing),
            }
        });
        documents.collect()
    }

    /// Returns a supplement page: who joined on it, and on the last one who left; none where
    /// there is neither.
    pub fn supplement(&self, page: Option<u32>) -> Option<Supplement> {
        let signed = self.agreement.signed()?;
        let last = signed.last_page();
        let page = page.unwrap_or(last);
        let on_page = signed.members.iter().filter(|member| member.page == page);
        let joined: Vec<(Covered, Day)> = on_page
            .filter_map(|member| Some((self.member(member)?, member.from)))
            .collect();
        let gone = signed.members.iter().filter_map(|member| {
            let left = member.left.as_ref()?;
            Some(Leaving {
                name: self.name(member.person),
                last_day: left.last_day,
                reason: left.reason.clone(),
            })
        });
        let left: Vec<Leaving> = gone.filter(|_| page == last).collect();
        let is_something = page != 0 && !(joined.is_empty() && left.is_empty());
        is_something.then_some(Supplement { page, joined, left })
    }

    /// Returns the end sheet; none where no notice was given.
    pub fn ending(&self) -> Option<Ending> {
        let signed = self.agreement.signed()?;
        let ending = signed.ending.as_ref()?;
        let agreed = ending.agreed.as_ref();
        let closing = signed.closing.as_ref();
        let sheet = match closing.map(|closing| &closing.by) {
            Some(crate::domain::agreement::signed::ClosedBy::BothSigned { sheet }) => Some(sheet),
            Some(_) | None => agreed.map(|agreed| &agreed.sheet),
        };
        let last_day = closing.map(|closing| closing.last_day);
        Some(Ending {
            sheet: sheet.cloned().unwrap_or_default(),
            notice: ending.notice.clone(),
            by: self.name(ending.notice.by),
            last_day: last_day.or(agreed.map(|agreed| agreed.last_day)),
            refunds: closing.map_or_else(Vec::new, |closing| closing.refunds.clone()),
        })
    }

    fn member(&self, member: &Member) -> Option<Covered> {
        let mut covered = self.covered(member.person, member.extras.clone(), &member.incapable)?;
        if let Some(guardian) = &member.consent.guardian {
            covered.signs = Signs::Guardian {
                name: guardian.name.clone(),
                relation: guardian.relation.clone(),
            };
        }
        Some(covered)
    }

    fn covered(&self, id: PersonId, extras: Vec<String>, incapable: &str) -> Option<Covered> {
        let (person, tags) = self.people.iter().find(|(person, _)| person.id == id)?;
        let birth = person.birth();
        let is_minor = birth.is_some_and(|birth| age_years(birth, self.today) < ADULT_YEARS);
        Some(Covered {
            person: id,
            name: person.name().to_owned(),
            sex: person.sex(),
            birth,
            id_no: person.text(key::ID_NO).to_owned(),
            relation: person.relation_word.clone(),
            tags: *tags,
            extras,
            promise: self.promises.get(&id).cloned().unwrap_or_default(),
            signs: if is_minor || !incapable.trim().is_empty() {
                Signs::Guardian {
                    name: String::new(),
                    relation: String::new(),
                }
            } else {
                Signs::Himself
            },
        })
    }

    fn representative(&self) -> String {
        match &self.agreement.contents.representative {
            None => String::new(),
            Some(Representative::Member(person)) => self.name(*person),
            Some(Representative::Guardian { name, .. } | Representative::Contact { name }) => {
                name.clone()
            }
        }
    }

    fn name(&self, id: PersonId) -> String {
        let found = self.people.iter().find(|(person, _)| person.id == id);
        found.map_or_else(|| id.to_string(), |(person, _)| person.name().to_owned())
    }
}
