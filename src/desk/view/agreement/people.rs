//! The people of an agreement as its screen shows them, with what is promised and kept.

use super::Look;
use crate::{
    desk::{
        answers::agreement::known,
        reply::{AgreementPerson, ConsentRule},
    },
    domain::{
        agreement::{
            contract::{Agreement, Scope},
            fulfilment::{self, Promise, Record},
            pledge,
            promise::Often,
            rules::ADULT_YEARS,
        },
        course::served,
        day::age_years,
        few,
        household::Household,
        id::PersonId,
        person::Person,
        picture::{self, Life},
        rows::{CourseRow, id_key},
        tables::{Index, Key, Read, after_prefix},
    },
    store::Error,
};

impl Look<'_> {
    /// Returns somebody as [`Self::person`] does; of a unit's list the place of the household
    /// stands for the relation to its head.
    pub fn member(
        &self,
        scope: Scope,
        id: PersonId,
        agreement: Option<&Agreement>,
    ) -> Result<Option<AgreementPerson>, Error> {
        let person = self.person(id, agreement)?;
        match scope {
            Scope::Household(_) | Scope::Members(_) => return Ok(person),
            Scope::Unit(_) => {}
        }
        let card: Option<Person> = self.snapshot.get(&id_key(id.0))?;
        let home: Option<Household> = match card {
            Some(card) => self.snapshot.get(&id_key(card.household.0))?,
            None => None,
        };
        let relation = home.map(|home| self.place(&home)).transpose()?;
        let relation = relation.unwrap_or_default();
        Ok(person.map(|one| AgreementPerson { relation, ..one }))
    }

    /// Returns somebody as agreements show him; none where there is no such person.
    pub fn person(
        &self,
        id: PersonId,
        agreement: Option<&Agreement>,
    ) -> Result<Option<AgreementPerson>, Error> {
        let Some(person) = self.snapshot.get::<Person>(&id_key(id.0))? else {
            return Ok(None);
        };
        let home: Option<Household> = self.snapshot.get(&id_key(person.household.0))?;
        let course = super::super::course_of(self.snapshot, id)?;
        let tags = home
            .as_ref()
            .map(|home| super::super::tags_of(&person, home, &course.course, self.today));
        let tags = tags.unwrap_or_default();
        let others = known::of_person(self.snapshot, id)?;
        let covers = |one: &Agreement| {
            let own = agreement.is_some_and(|agreement| agreement.id == one.id);
            !own && one.coverage(id).is_some_and(|days| days.holds(self.today))
        };
        let elsewhere = others.iter().find(|row| covers(&row.agreement));
        let choice = agreement.and_then(|one| {
            let mut covered = one.contents.covered.iter();
            covered.find(|choice| choice.person == id)
        });
        let is_incapable = choice.is_some_and(|choice| !choice.incapable.trim().is_empty());
        let years = person.birth().map(|birth| age_years(birth, self.today));
        Ok(Some(AgreementPerson {
            person: id,
            name: person.name().to_owned(),
            sex: person.sex(),
            birth: person.birth(),
            relation: person.relation_word.clone(),
            is_head: home.is_some_and(|home| home.head == Some(id)),
            is_key: tags.is_key(self.rules.include_k11),
            tags,
            consent_rule: match years {
                _ if is_incapable => ConsentRule::Guardian,
                None => ConsentRule::BirthMissing,
                Some(years) if years < ADULT_YEARS => ConsentRule::Guardian,
                Some(_) => ConsentRule::Own,
            },
            coverage: agreement.and_then(|one| one.coverage(id)),
            elsewhere: elsewhere.map(|row| row.agreement.id),
            promises: match agreement.filter(|one| one.coverage(id).is_some()) {
                Some(agreement) => promises(self, agreement, id)?,
                None => Vec::new(),
            },
        }))
    }
}

/// Returns what the agreement promises a member in the years begun, as his contacts keep it.
pub fn promises(
    look: &Look<'_>,
    agreement: &Agreement,
    person: PersonId,
) -> Result<Vec<Promise>, Error> {
    let Some(signed) = agreement.signed() else {
        return Ok(Vec::new());
    };
    let snapshot = look.snapshot;
    let member = signed.member(person);
    let has_schedule = member.is_some_and(|member| {
        let mut lines = member.promise.iter();
        lines.any(|line| line.often == Often::Scheduled)
    });
    let wanted = if has_schedule { few::WORK } else { few::DONE };
    let row: Option<CourseRow> = snapshot.few(&id_key(person.0), &[wanted])?;
    let row = row.unwrap_or_else(|| CourseRow::unknown(person));
    // What was done lately his course remembers, and of schedules that are promised all; of
    // longer ago contacts tell.
    let is_remembered = served::remembers(signed.term.start, look.today);
    let contacts = if is_remembered {
        Vec::new()
    } else {
        let from = Key::new().number(person.0).bytes();
        let until = after_prefix(&from);
        // What a visit completed is its decision's: no form is looked at.
        snapshot.listed_few(Index::PersonContacts, &from, &until)?
    };
    let facts = row.facts();
    let life = Life {
        person: &facts,
        is_here: row.is_here,
        course: &row.course,
        contacts: &contacts,
        today: look.today,
        settings: &look.settings,
    };
    let completed = if is_remembered {
        pledge::completed(&row.course.done)
    } else {
        picture::completed(&life)
    };
    let scheduled = if has_schedule {
        picture::scheduled(&life)
    } else {
        Vec::new()
    };
    let record = Record {
        completed: &completed,
        scheduled: &scheduled,
    };
    Ok(fulfilment::promises(agreement, person, record, look.today))
}
