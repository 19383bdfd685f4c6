//! A new agreement of a household or a unit, filled in as far as the record knows.

use super::{Look, units, whole};
use crate::{
    desk::{
        Desk, Stop,
        answers::{
            self, Facts,
            agreement::{about::About, gather, known},
        },
        reply::{AgreementPerson, AgreementProposalView, ConsentRule},
        request::AgreementProposalAsk,
        view::household::seen,
    },
    domain::{
        agreement::{
            action::{Action, Proposal},
            contract::{
                Agreement, Basic, Choice, Contents, LeftOut, LeftOutReason, Origin, Representative,
                Scope,
            },
            decide,
            doctor::PartyA,
            package::Package,
            state::State,
            team::Team,
            term,
            unit::Unit,
        },
        aspect::Aspect,
        day::Day,
        household::{self, Household},
        id::{DoctorId, PersonId, TeamId},
        person::{Person, key},
        rows::id_key,
        tables::Read,
    },
    store::Error,
};

impl Desk {
    pub(in crate::desk::view) fn agreement_proposal(
        &self,
        asked: &AgreementProposalAsk,
    ) -> Result<AgreementProposalView, Stop> {
        let snapshot = self.store().snapshot()?;
        let look = Look::at(&snapshot, self.today_in(&snapshot)?)?;
        let running = running(&look, asked.scope)?;
        let people = people(&look, asked.scope)?;
        let contents = contents(&look, asked, &people, running.as_ref())?;
        let origin = match &running {
            Some(running) if asked.reason.is_empty() => Origin::Renewal { of: running.id },
            Some(running) => Origin::Change {
                of: vec![running.id],
                reason: asked.reason.clone(),
            },
            None => Origin::New,
        };
        let proposal = Proposal {
            scope: asked.scope,
            origin,
            contents,
        };
        let action = Action::Draft(Box::new(proposal.clone()));
        let facts = Facts {
            today: look.today,
            by: asked.by,
            catalog: self.catalog(),
        };
        let about = About::of(None, &action, look.today);
        let gathered = gather::facts(&snapshot, &[], &about, &facts)?;
        let found = decide(None, &gathered.around(), &action, look.today);
        let covered = &proposal.contents.covered;
        let are_key: Vec<bool> = people
            .iter()
            .filter(|one| covered.iter().any(|choice| choice.person == one.person))
            .map(|one| one.is_key)
            .collect();
        let offered = |package: &Package| {
            package.from <= look.today && package.to.is_none_or(|to| look.today <= to)
        };
        let mut packages: Vec<Package> = whole::every(&snapshot)?;
        packages.retain(offered);
        let home = asked.scope.household().map(Aspect::Membership);
        let aspects: Vec<Aspect> = home.into_iter().chain([Aspect::Parties]).collect();
        let serving = look.doctors.iter().filter(|one| one.serves_on(look.today));
        Ok(AgreementProposalView {
            today: look.today,
            doctors: serving.cloned().collect(),
            teams: look.teams.clone(),
            packages,
            allowed: term::allowed(&look.rules, &are_key),
            running: running.as_ref().map(|one| look.brief(one)).transpose()?,
            found: found.err().unwrap_or_default(),
            seen: seen(&snapshot, &aspects)?,
            proposal,
            people,
        })
    }
}

/// Returns the running agreement of the household or the unit a new one would follow.
fn running(look: &Look<'_>, scope: Scope) -> Result<Option<Agreement>, Error> {
    let household = match scope {
        Scope::Household(household) | Scope::Members(household) => household,
        Scope::Unit(unit) => return units::running(look.snapshot, unit),
    };
    let rows = known::of_household(look.snapshot, household)?;
    let runs = |agreement: &Agreement| {
        let state = agreement.state();
        let same = std::mem::discriminant(&agreement.scope) == std::mem::discriminant(&scope);
        same && (state == State::Active || state == State::Ending)
    };
    let mut agreements = rows.into_iter().map(|row| row.agreement);
    Ok(agreements.find(runs))
}

fn people(look: &Look<'_>, scope: Scope) -> Result<Vec<AgreementPerson>, Stop> {
    let ids: Vec<PersonId> = match scope {
        Scope::Household(id) | Scope::Members(id) => {
            let home: Household = answers::row(look.snapshot, id)?;
            home.members
        }
        Scope::Unit(id) => {
            let unit: Unit = answers::row(look.snapshot, id)?;
            unit.residents().collect()
        }
    };
    let mut people = Vec::new();
    for id in ids {
        people.extend(look.member(scope, id, None)?);
    }
    Ok(people)
}

fn contents(
    look: &Look<'_>,
    asked: &AgreementProposalAsk,
    people: &[AgreementPerson],
    running: Option<&Agreement>,
) -> Result<Contents, Stop> {
    let (mut covered, mut left_out) = (Vec::new(), Vec::new());
    let own = running.map(|one| one.id);
    for person in people {
        let is_signed = |id| running.is_some_and(|one| Some(id) == own && one.id == id);
        let elsewhere = person.elsewhere.filter(|id| !is_signed(*id));
        if elsewhere.is_some() {
            left_out.push(LeftOut {
                person: person.person,
                reason: LeftOutReason::SignedElsewhere,
                note: String::new(),
            });
        } else if is_asked(asked, running, (person.person, look.today)) {
            covered.push(Choice {
                person: person.person,
                basic: Some(Basic::Included),
                extras: Vec::new(),
                incapable: before(running, person.person),
            });
        }
    }
    let (doctor, team) = served_by(look, asked, running)?;
    Ok(Contents {
        party_a: running.map_or(PartyA::Institution, |one| one.contents.party_a),
        doctor,
        team,
        years: look.rules.term_default,
        representative: representative(look, asked.scope, people)?,
        phone: phone(look, asked.scope, running)?,
        covered,
        left_out,
        fees: Vec::new(),
    })
}

/// Says whether the person is to be covered. What follows an agreement of some members goes on
/// with those it covers.
fn is_asked(
    asked: &AgreementProposalAsk,
    running: Option<&Agreement>,
    (person, today): (PersonId, Day),
) -> bool {
    if !asked.people.is_empty() {
        return asked.people.contains(&person);
    }
    match (asked.scope, running) {
        (Scope::Members(_), Some(running)) => running.covered_on(today).contains(&person),
        (Scope::Household(_) | Scope::Unit(_) | Scope::Members(_), _) => true,
    }
}

/// Returns on what grounds the person was without capacity before.
fn before(running: Option<&Agreement>, person: PersonId) -> String {
    let signed = running.and_then(Agreement::signed);
    let member = signed.and_then(|signed| signed.member(person));
    member
        .map(|member| member.incapable.clone())
        .unwrap_or_default()
}

/// Returns the household's doctor and team; else who acts for a doctor who left; else whoever asks, with the team he leads or is in;
/// else the only doctor there is.
fn served_by(
    look: &Look<'_>,
    asked: &AgreementProposalAsk,
    running: Option<&Agreement>,
) -> Result<(Option<DoctorId>, Option<TeamId>), Error> {
    let serves = |id: DoctorId| {
        let mut doctors = look.doctors.iter();
        doctors.any(|doctor| doctor.id == id && doctor.serves_on(look.today))
    };
    let now = running.and_then(|one| one.contents.doctor.zip(Some(one.contents.team)));
    if let Some((doctor, team)) = now.filter(|(doctor, _)| serves(*doctor)) {
        return Ok((Some(doctor), team));
    }
    let acting = running.and_then(Agreement::signed);
    let acting = acting
        .and_then(|signed| signed.acting)
        .filter(|id| serves(*id));
    let of_home = match asked.scope.household() {
        Some(household) => known::of_household(look.snapshot, household)?,
        None => Vec::new(),
    };
    let runs = of_home.iter().map(|row| &row.agreement).find(|one| {
        let state = one.state();
        state == State::Active || state == State::Ending
    });
    let doctor = runs
        .and_then(|one| one.contents.doctor)
        .filter(|id| serves(*id));
    let own = look.doctors.iter().find(|one| one.staff == Some(asked.by));
    let own = own.map(|one| one.id).filter(|id| serves(*id));
    let serving = look.doctors.iter().map(|one| one.id);
    let serving: Vec<DoctorId> = serving.filter(|id| serves(*id)).collect();
    let only = match serving.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    let doctor = doctor.or(acting).or(own).or(only);
    let is_in = |team: &&Team| {
        let members = team.members.iter();
        doctor.is_some()
            && (team.leader == doctor || members.clone().any(|member| member.doctor == doctor))
    };
    let team = runs.map_or_else(
        || look.teams.iter().find(is_in).map(|team| team.id),
        |one| one.contents.team,
    );
    Ok((doctor, team))
}

/// Returns the head where he is an adult, else the eldest adult; of a unit its contact.
fn representative(
    look: &Look<'_>,
    scope: Scope,
    people: &[AgreementPerson],
) -> Result<Option<Representative>, Stop> {
    if let Scope::Unit(id) = scope {
        let unit: Unit = answers::row(look.snapshot, id)?;
        return Ok(Some(Representative::Contact { name: unit.contact }));
    }
    let adults = people
        .iter()
        .filter(|one| one.consent_rule == ConsentRule::Own);
    let first = adults.min_by_key(|one| (!one.is_head, one.birth));
    Ok(first.map(|one| Representative::Member(one.person)))
}

fn phone(look: &Look<'_>, scope: Scope, running: Option<&Agreement>) -> Result<String, Stop> {
    if let Some(running) = running.filter(|one| !one.contents.phone.is_empty()) {
        return Ok(running.contents.phone.clone());
    }
    let Some(household) = scope.household() else {
        let Scope::Unit(id) = scope else {
            return Ok(String::new());
        };
        let unit: Unit = answers::row(look.snapshot, id)?;
        return Ok(unit.phone);
    };
    let home: Household = answers::row(look.snapshot, household)?;
    let own = home.text(household::key::PHONE);
    if !own.is_empty() {
        return Ok(own.to_owned());
    }
    let head: Option<Person> = match home.head {
        Some(head) => look.snapshot.get(&id_key(head.0))?,
        None => None,
    };
    Ok(head
        .map(|head| head.text(key::PHONE).to_owned())
        .unwrap_or_default())
}
