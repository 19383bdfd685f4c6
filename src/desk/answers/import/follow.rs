//! Follow-up that a roster brings: enrolments its sorting of people proposes, and past
//! follow-ups as brought-in history. None of it is a visit of ours.

use std::collections::BTreeMap;

use super::{Planning, history::Past, said::remembered};
use crate::{
    desk::{
        Stop,
        answers::contact::{self, Growing},
    },
    domain::{
        course::{
            self, Course, PersonFacts,
            happening::{Enrolled, Happening, LastVisit},
        },
        day::{Day, age_years},
        id::PersonId,
        identity::Sex,
        person::{Person, key},
        programmes::{Facts, ProgrammeKind},
        proposal::DIAGNOSES,
        roster::{Column, Doubt, DoubtKind, Proposal, preview::HeldBack},
        rows::{CourseRow, id_key},
        tables::Read,
        tags::TagSet,
        value::{Answers, Value, YearMonth},
    },
    store,
};

const DISEASE_DATES: &str = "disease_dates";

/// Somebody whose follow-up is brought in.
struct Followed {
    growing: Growing,
    /// The row the proposal is named by; none for people of a history sheet alone.
    at: Option<usize>,
    birth: Option<Day>,
}

impl<T: Read<Fault = store::Error>> Planning<'_, T> {
    pub(super) fn follow_new(
        &mut self,
        at: usize,
        id: PersonId,
        card: &Answers,
        tags: TagSet,
    ) -> Result<(), Stop> {
        let birth = card.get(key::BIRTH).and_then(Value::date);
        let sex = card.get(key::SEX).and_then(Value::code);
        let growing = Growing {
            person: id,
            facts: PersonFacts {
                birth: birth.unwrap_or(Day::MIN),
                is_female: sex == Some(Sex::Female.code()),
                registered: Some(self.pen.facts.today),
            },
            course: Course::default(),
        };
        let pasts = self.history.rows.remove(&at).unwrap_or_default();
        let at = Some(at);
        let followed = Followed { growing, at, birth };
        self.follow(followed, tags, pasts)
    }

    pub(super) fn follow_known(
        &mut self,
        at: usize,
        person: &Person,
        card: &Answers,
        tags: TagSet,
    ) -> Result<(), Stop> {
        let pasts = self.history.rows.remove(&at).unwrap_or_default();
        let mut followed = self.followed(person)?;
        followed.at = Some(at);
        followed.birth = card.get(key::BIRTH).and_then(Value::date);
        followed.growing.facts.birth = followed.birth.unwrap_or(Day::MIN);
        self.follow(followed, tags, pasts)
    }

    /// People who stand only in a sheet of past follow-ups, and rows of nobody.
    pub(super) fn history_of_others(&mut self) -> Result<(), Stop> {
        for (id, pasts) in std::mem::take(&mut self.history.others) {
            let person: Option<Person> = self.pen.tables.get(&id_key(id.0))?;
            match person.filter(Person::is_here) {
                Some(person) => {
                    let followed = self.followed(&person)?;
                    self.follow(followed, TagSet::EMPTY, pasts)?;
                    self.cut()?;
                }
                None => {
                    for past in &pasts {
                        self.left(past, DoubtKind::NobodyHere);
                    }
                }
            }
        }
        // Rows of people who are gone or were refused stand with those of nobody.
        for (_, pasts) in std::mem::take(&mut self.history.rows) {
            for past in &pasts {
                self.left(past, DoubtKind::NobodyHere);
            }
        }
        let nobody = std::mem::take(&mut self.history.nobody);
        self.preview.history.left += u32::try_from(nobody.len()).unwrap_or(u32::MAX);
        self.preview.doubts.extend(nobody);
        Ok(())
    }

    /// Returns the codes of the illnesses somebody is followed up for.
    pub(super) fn followed_up_for(&self, person: &Person) -> Result<Vec<&'static str>, Stop> {
        let row: Option<CourseRow> = self.pen.tables.get(&id_key(person.id.0))?;
        let course = row.map_or_else(Course::default, |row| row.course);
        let is_in = |programme: &ProgrammeKind| {
            let kept = course.programmes.get(programme);
            kept.is_some_and(course::ProgrammeCourse::is_open)
        };
        let spoken = DIAGNOSES.iter();
        let open = spoken.filter(|(programme, ..)| is_in(programme));
        Ok(open.map(|(_, _, illness)| *illness).collect())
    }

    fn followed(&self, person: &Person) -> Result<Followed, Stop> {
        let row: Option<CourseRow> = self.pen.tables.get(&id_key(person.id.0))?;
        Ok(Followed {
            growing: Growing {
                person: person.id,
                facts: PersonFacts::of(person),
                course: row.map_or_else(Course::default, |row| row.course),
            },
            at: None,
            birth: person.birth(),
        })
    }

    fn follow(
        &mut self,
        mut followed: Followed,
        tags: TagSet,
        pasts: Vec<Past>,
    ) -> Result<(), Stop> {
        for (programme, tag, _) in DIAGNOSES {
            let own = pasts.iter().filter(|past| past.programme == programme);
            let newest = own
                .clone()
                .max_by_key(|past| past.last_visit.as_ref().map(|v| v.day));
            let last_visit = newest.and_then(|past| past.last_visit.clone());
            let kept = followed.growing.course.programmes.get(&programme);
            let is_open = kept.is_some_and(course::ProgrammeCourse::is_open);
            let is_new = kept.is_none() && followed.growing.course.ended.is_none();
            if is_new && tags.contains(tag) {
                let enrolled = self.enrol(&mut followed, programme, last_visit.clone())?;
                if enrolled {
                    self.preview.history.taken += u32::from(last_visit.is_some());
                } else if let Some(past) = newest.filter(|past| past.last_visit.is_some()) {
                    self.left(past, DoubtKind::NotEnrolled);
                }
            } else if is_open && let Some(last_visit) = last_visit {
                self.bring_in(&mut followed, programme, last_visit)?;
            } else if let Some(past) = newest.filter(|past| past.last_visit.is_some()) {
                self.left(past, DoubtKind::NotEnrolled);
            }
            // Of several rows of one person only the last follow-up counts.
            let older = own.count().saturating_sub(1);
            self.preview.history.known += u32::try_from(older).unwrap_or(u32::MAX);
        }
        Ok(())
    }

    /// Proposes the enrolment, and makes it where it is accepted.
    fn enrol(
        &mut self,
        followed: &mut Followed,
        programme: ProgrammeKind,
        last_visit: Option<LastVisit>,
    ) -> Result<bool, Stop> {
        let Some(row) = followed.at.and_then(|at| self.roster.rows.get(at)) else {
            return Ok(false);
        };
        let proposal = Proposal {
            row: row.row,
            name: row.name.clone().unwrap_or_default(),
            birth: followed.birth,
            programme,
            last_visit: last_visit.as_ref().map(|last| last.day),
        };
        let today = self.pen.facts.today;
        let needed = programme.programme().entry_age;
        let Some(age) = followed.birth.map(|birth| age_years(birth, today)) else {
            self.preview.held.push((proposal, HeldBack::NoBirth));
            return Ok(false);
        };
        if age < needed {
            self.preview
                .held
                .push((proposal, HeldBack::TooYoung { age, needed }));
            return Ok(false);
        }
        let named = (proposal.row, programme);
        self.preview.enrol.push(proposal);
        if self
            .accepted
            .as_ref()
            .is_some_and(|these| !these.contains(&named))
        {
            return Ok(false);
        }
        let happening = Happening::Enrolled(Enrolled {
            programme,
            last_visit,
            under_age_reason: None,
            facts: Facts::Nothing,
        });
        self.happen(followed, happening)?;
        Ok(true)
    }

    fn bring_in(
        &mut self,
        followed: &mut Followed,
        programme: ProgrammeKind,
        last_visit: LastVisit,
    ) -> Result<(), Stop> {
        let kept = followed.growing.course.programmes.get(&programme);
        let last_known = kept
            .and_then(|kept| kept.last.as_ref())
            .map(|last| last.day);
        if last_known.is_some_and(|known| last_visit.day <= known) {
            self.preview.history.known += 1;
            return Ok(());
        }
        self.preview.history.taken += 1;
        let happening = Happening::BroughtIn {
            programme,
            last_visit,
        };
        self.happen(followed, happening)
    }

    fn happen(&mut self, followed: &mut Followed, happening: Happening) -> Result<(), Stop> {
        let today = self.pen.facts.today;
        contact::go_on(&mut self.pen, &mut followed.growing, happening, today)
    }

    fn left(&mut self, past: &Past, kind: DoubtKind) {
        self.preview.history.left += 1;
        self.preview.doubts.push(Doubt {
            sheet: Some(past.sheet.clone()),
            row: past.row,
            column: Column::LastVisit,
            value: past.given.clone(),
            kind,
        });
    }

    /// Puts the month of the diagnosis on the card, once, where the illness stands there.
    pub(super) fn confirmed_since(
        &self,
        at: usize,
        card: &mut Answers,
        kept: Option<&BTreeMap<String, String>>,
        values: &mut BTreeMap<String, String>,
    ) {
        let Some(pasts) = self.history.rows.get(&at) else {
            return;
        };
        for (programme, _, illness) in DIAGNOSES {
            let own = pasts.iter().filter(|past| past.programme == programme);
            let Some(month) = own.filter_map(|past| past.diagnosed).min() else {
                continue;
            };
            let field = format!("confirmed.{illness}");
            let says = remembered(&Value::Month(month));
            // Told before: whoever took it off the card here meant it.
            let is_told = kept.is_some_and(|kept| kept.get(&field) == Some(&says));
            values.insert(field, says);
            if !is_told {
                confirm(card, illness, month);
            }
        }
    }
}

fn confirm(card: &mut Answers, illness: &str, month: YearMonth) {
    let is_ill = card
        .get(key::DISEASES)
        .is_some_and(|value| value.codes().iter().any(|code| code == illness));
    let mut rows = match card.get(DISEASE_DATES) {
        Some(Value::Rows(rows)) => rows.clone(),
        _ => Vec::new(),
    };
    let is_of = |row: &Answers| row.get("disease").and_then(Value::code) == Some(illness);
    if !is_ill || rows.iter().any(is_of) {
        return;
    }
    rows.push(Answers::from([
        ("disease".to_owned(), Value::Code(illness.to_owned())),
        ("confirmed".to_owned(), Value::Month(month)),
    ]));
    card.insert(DISEASE_DATES.to_owned(), Value::Rows(rows));
}
