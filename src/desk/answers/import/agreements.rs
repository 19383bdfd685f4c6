//! Agreements a roster tells of: brought in to be confirmed, never as signed here.
//!
//! Nobody's consent is known, so nothing is promised and no register tells of them. Whoever has,
//! or ever had, an agreement of ours is left alone: what was signed here stands.

use std::collections::BTreeSet;

use super::{Planning, household::Home};
use crate::{
    desk::{Stop, answers::agreement::known},
    domain::{
        agreement::{
            change::{AgreementChanged, Change},
            consent::{Consent, ConsentKind},
            contract::{Basic, Choice, Contents, Origin, Scope},
            doctor::{Doctor, DoctorKind, PartyA},
            signed::{Member, Renewal, Signed},
            state::State,
            term::Term,
        },
        clinic::Staff,
        day::{Day, plus_months},
        event::{Event, agreement::DoctorKept},
        id::{AgreementId, DoctorId, PersonId},
        person::AgreementTold,
        roster::preview::AgreementBroughtIn,
        tables::{Counter, Read},
    },
    store,
};

/// Somebody a roster tells of an agreement of.
pub(super) struct Signer {
    pub person: PersonId,
    pub name: String,
    pub told: AgreementTold,
}

impl<T: Read<Fault = store::Error>> Planning<'_, T> {
    /// Brings in the agreement of the household's members told as signed with one doctor.
    pub(super) fn bring_in_agreement(
        &mut self,
        home: &Home,
        told: Vec<Signer>,
    ) -> Result<(), Stop> {
        let mut signed = Vec::new();
        for one in told.into_iter().filter(|one| one.told.is_signed()) {
            if known::of_person(self.pen.tables, one.person)?.is_empty() {
                signed.push(one);
            }
        }
        let Some(first) = signed.first().map(|one| one.told.doctor.clone()) else {
            return Ok(());
        };
        let runs = |state: State| matches!(state, State::Active | State::Ending);
        let own = known::of_household(self.pen.tables, home.id)?;
        if own.iter().any(|row| runs(row.agreement.state())) {
            return Ok(());
        }
        // Of a household with two doctors the others stay as told: one household, one doctor.
        signed.retain(|one| one.told.doctor == first);
        let today = self.pen.facts.today;
        let days = signed.iter().filter_map(|one| one.told.signed_on);
        let on = days.filter(|day| *day <= today).min().unwrap_or(today);
        let named = first.unwrap_or_default();
        let doctor = self.doctor_told(&named, on)?;
        let agreement = AgreementId(self.pen.next(&Counter::Agreement)?);
        let people: Vec<PersonId> = signed.iter().map(|one| one.person).collect();
        let years = self.pen.settings()?.now().agreements.term_default.max(1);
        let changes = [
            Change::Drafted {
                scope: Scope::Members(home.id),
                origin: Origin::BroughtIn,
                contents: Box::new(contents(&people, doctor, years)),
            },
            Change::BroughtIn(Box::new(self.signed_told(&signed, on, years))),
        ];
        for change in changes {
            self.pen.write(Event::AgreementChanged(AgreementChanged {
                agreement,
                transition: None,
                change,
            }));
        }
        self.preview.agreements.push(AgreementBroughtIn {
            people: signed.into_iter().map(|one| one.name).collect(),
            doctor: named,
            on,
        });
        Ok(())
    }

    fn signed_told(&self, told: &[Signer], on: Day, years: u32) -> Signed {
        let term = current(on, years, self.pen.facts.today);
        let member = |one: &Signer| Member {
            person: one.person,
            from: term.start,
            left: None,
            consent: Consent {
                person: one.person,
                kind: ConsentKind::Unknown,
                on: one
                    .told
                    .signed_on
                    .filter(|day| *day <= term.start)
                    .unwrap_or(on),
                evidence: String::new(),
                taken_by: self.pen.facts.by,
                guardian: None,
            },
            confirmed: None,
            promise: Vec::new(),
            extras: Vec::new(),
            page: 0,
            incapable: String::new(),
        };
        Signed {
            on,
            term,
            signing: None,
            members: told.iter().map(member).collect(),
            fees: Vec::new(),
            spoken: BTreeSet::new(),
            renewal: Renewal::Confirmed,
            doubts: Vec::new(),
            acting: None,
            ending: None,
            closing: None,
            voided: None,
        }
    }

    /// Finds the doctor by name, or writes him down as the roster tells of him.
    fn doctor_told(&mut self, name: &str, on: Day) -> Result<Option<DoctorId>, Stop> {
        let name = name.trim();
        if name.is_empty() {
            return Ok(None);
        }
        if let Some(known) = self.doctors.iter().find(|doctor| doctor.name == name) {
            return Ok(Some(known.id));
        }
        let staff: Vec<Staff> = known::numbered(self.pen.tables, &Counter::Staff)?;
        let own = staff.iter().find(|one| one.active && one.name == name);
        let own = own.map(|one| one.id);
        let is_taken = self
            .doctors
            .iter()
            .any(|one| own.is_some() && one.staff == own);
        let doctor = Doctor {
            id: DoctorId(self.pen.next(&Counter::Doctor)?),
            name: name.to_owned(),
            staff: own.filter(|_| !is_taken),
            id_no: String::new(),
            licence: String::new(),
            kind: DoctorKind::Village,
            from: on,
            until: None,
            cap: None,
            phone: String::new(),
        };
        self.doctors.push(doctor.clone());
        let id = doctor.id;
        self.pen.write(Event::DoctorKept(DoctorKept {
            before: None,
            after: doctor,
        }));
        Ok(Some(id))
    }
}

/// Returns the term that runs today of an agreement signed on a day and renewed ever since.
fn current(on: Day, years: u32, today: Day) -> Term {
    let months = years.saturating_mul(12).max(12);
    let mut term = Term { start: on, years };
    for number in 1.. {
        let start = plus_months(on, number * months);
        if today < start || start <= term.start {
            break;
        }
        term = Term { start, years };
    }
    term
}

fn contents(people: &[PersonId], doctor: Option<DoctorId>, years: u32) -> Contents {
    let choice = |person: &PersonId| Choice {
        person: *person,
        basic: Some(Basic::Included),
        extras: Vec::new(),
        incapable: String::new(),
    };
    Contents {
        party_a: PartyA::Institution,
        doctor,
        team: None,
        years,
        covered: people.iter().map(choice).collect(),
        left_out: Vec::new(),
        representative: None,
        fees: Vec::new(),
        phone: String::new(),
    }
}
