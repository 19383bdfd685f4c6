//! What the papers of an agreement tell. How they are worded and laid out is the paper layer's.

use std::collections::BTreeMap;

use super::Look;
use crate::{
    desk::{
        Desk, Stop,
        answers::{
            Facts,
            agreement::{about::About, gather},
        },
        reply::{AgreementExport, AgreementPaperView},
        view::{course_of, tags_of},
    },
    domain::{
        agreement::{
            action::Action,
            contract::{Agreement, Scope},
            foreseen,
            unit::Unit,
        },
        clinic::{Clinic, Village},
        household::{Household, key},
        id::{AgreementId, PersonId, StaffId},
        person::{self, Person},
        rows::{IdKey, agreement::AgreementRow, clinic_key, id_key},
        tables::Read,
        tags::TagSet,
    },
    store::Error,
};

impl Desk {
    pub(in crate::desk::view) fn agreement_paper(
        &self,
        id: AgreementId,
    ) -> Result<AgreementPaperView, Stop> {
        let snapshot = self.store().snapshot()?;
        let look = Look::at(&snapshot, self.today_in(&snapshot)?)?;
        let agreement = super::row(&snapshot, id)?.agreement;
        let about = About::of(Some(&agreement), &Action::Roll, look.today);
        let facts = Facts {
            today: look.today,
            by: StaffId::PROGRAM,
            catalog: self.catalog(),
        };
        let gathered = gather::facts(&snapshot, &[], &about, &facts)?;
        let contents = &agreement.contents;
        let (promises, fees) = match agreement.signed() {
            Some(signed) => {
                let members = signed.members.iter();
                let promises = members.map(|member| (member.person, member.promise.clone()));
                (promises.collect(), signed.fees.clone())
            }
            None => foreseen(contents, &gathered.around()),
        };
        let clinic: Option<Clinic> = snapshot.get(&clinic_key())?;
        let (head, _) = look.whose(agreement.scope)?;
        let (address, household_no) = home(&look, agreement.scope)?;
        let doctor = look
            .doctors
            .iter()
            .find(|one| Some(one.id) == contents.doctor);
        let team = look.teams.iter().find(|one| Some(one.id) == contents.team);
        Ok(AgreementPaperView {
            today: look.today,
            now: self.now(),
            clinic: clinic.map(|clinic| clinic.name).unwrap_or_default(),
            head,
            address,
            household_no,
            people: people(&look, &agreement, &promises)?,
            promises,
            fees,
            doctor: doctor.cloned(),
            team: team.cloned(),
            packages: gathered.packages.clone(),
            auto_renew: look.rules.auto_renew,
            on_paper: look.settings.on_paper.clone(),
            agreement,
        })
    }

    /// Returns every agreement with the names of its people, in the order they were begun.
    pub(in crate::desk::view) fn export_agreements(&self) -> Result<Vec<AgreementExport>, Stop> {
        let snapshot = self.store().snapshot()?;
        let look = Look::at(&snapshot, self.today_in(&snapshot)?)?;
        let mut rows: Vec<AgreementRow> = Vec::new();
        snapshot.every(|row| {
            rows.push(row);
            Ok(true)
        })?;
        let mut told = Vec::new();
        for row in rows {
            let mut names = BTreeMap::new();
            for id in row.people() {
                if let Some(person) = snapshot.get::<Person>(&id_key(id.0))? {
                    let number = person.text(person::key::ID_NO).to_owned();
                    names.insert(id, (person.name().to_owned(), number));
                }
            }
            told.push(AgreementExport {
                brief: look.brief(&row.agreement)?,
                agreement: row.agreement,
                names,
            });
        }
        Ok(told)
    }
}

/// Returns the address and the number of the household; of a unit its address.
fn home(look: &Look<'_>, scope: Scope) -> Result<(String, String), Error> {
    let id = match scope {
        Scope::Household(id) | Scope::Members(id) => id,
        Scope::Unit(id) => {
            let unit: Option<Unit> = look.snapshot.get(&id_key(id.0))?;
            return Ok((
                unit.map(|unit| unit.address).unwrap_or_default(),
                String::new(),
            ));
        }
    };
    let Some(home) = look.snapshot.get::<Household>(&id_key(id.0))? else {
        return Ok(Default::default());
    };
    let village: Option<Village> = look.snapshot.get(&home.village.stored())?;
    let code = village.as_ref().and_then(|village| village.code.as_deref());
    let number = home.number(code);
    let address = match home.text(key::ADDRESS) {
        "" => home.place_in(village.as_ref().map_or("", |village| village.name.as_str())),
        address => address.to_owned(),
    };
    Ok((address, number.unwrap_or_else(|| id.to_string())))
}

/// Returns everybody the agreement names, each once.
fn people(
    look: &Look<'_>,
    agreement: &Agreement,
    promises: &BTreeMap<PersonId, Vec<crate::domain::agreement::promise::Line>>,
) -> Result<Vec<(Person, TagSet)>, Error> {
    let about = About::of(Some(agreement), &Action::Roll, look.today);
    let mut named = about.people_named();
    named.extend(promises.keys());
    let notice = agreement.signed().and_then(|signed| signed.ending.as_ref());
    named.extend(notice.map(|ending| ending.notice.by));
    let mut people = Vec::new();
    for id in named {
        let Some(person) = look.snapshot.get::<Person>(&id_key(id.0))? else {
            continue;
        };
        let home: Option<Household> = look.snapshot.get(&id_key(person.household.0))?;
        let course = course_of(look.snapshot, id)?;
        let tags = home.map(|home| tags_of(&person, &home, &course.course, look.today));
        people.push((person, tags.unwrap_or_default()));
    }
    Ok(people)
}
