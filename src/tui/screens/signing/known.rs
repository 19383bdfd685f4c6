//! What the form rests on: the household, who may be covered, who signs; and every answer.

use std::collections::BTreeMap;

use super::{spot::Spot, words};
use crate::{
    desk::reply::{
        AgreementPerson, AgreementPreview, AgreementProposalView, AgreementView, ConsentRule,
        PanelTold, PartiesView,
    },
    domain::{
        agreement::{
            consent::ConsentKind,
            contract::{Contents, LeftOutReason, Origin, Scope},
            package::Package,
            rules::ADULT_YEARS,
            signed::Place,
            state::State,
            team::Team,
            unit::Unit,
            voucher::Voucher,
        },
        aspect::{Aspect, Seen},
        clinic::Staff,
        day::{Day, age_years},
        id::{AgreementId, PersonId, StaffId, UnitId},
    },
    tui::theme::Look,
};

/// Covered, in the answer of [`Spot::Covers`].
pub const COVERED: &str = "0";
/// Represented by a guardian, in the answer of [`Spot::Representative`].
pub const BY_GUARDIAN: &str = "guardian";

/// The user is to be registered as a doctor, in the answer of [`Spot::Doctor`].
pub const REGISTER: &str = "register";

/// What does not come from the keyboard.
#[derive(Debug, Clone)]
pub struct Known {
    pub today: Day,
    /// `HH:MM` in China when the form was opened.
    pub time: String,
    pub scope: Scope,
    pub origin: Origin,
    /// The agreement in the journal, once it is begun.
    pub agreement: Option<AgreementId>,
    pub number: String,
    /// Its copies were printed: what stands on them changes no more.
    pub is_printed: bool,
    pub people: Vec<AgreementPerson>,
    pub doctors: Vec<PanelTold>,
    pub teams: Vec<Team>,
    pub packages: Vec<Package>,
    pub vouchers: Vec<Voucher>,
    pub allowed: Vec<u32>,
    pub contents: Contents,
    /// The head's name, or the unit's.
    pub head: String,
    pub place: String,
    pub staff: Vec<Staff>,
    /// Who is at the keyboard, and takes the consents where nobody else is told.
    pub user: Option<StaffId>,
    pub seen: Vec<Seen>,
}

/// Who signs and who works here.
#[derive(Debug, Clone)]
pub struct Beside {
    pub parties: Box<PartiesView>,
    pub staff: Vec<Staff>,
    pub time: String,
    pub user: Option<StaffId>,
}

impl Known {
    /// Returns what is known of an agreement to be begun.
    pub fn proposed(view: AgreementProposalView, place: &str, beside: Beside) -> Self {
        let head = match view.proposal.scope {
            Scope::Household(_) | Scope::Members(_) => {
                let head = view.people.iter().find(|one| one.is_head);
                head.map_or_else(String::new, |one| one.name.clone())
            }
            Scope::Unit(id) => unit_name(&beside.parties.units, id),
        };
        Self {
            today: view.today,
            time: beside.time,
            scope: view.proposal.scope,
            origin: view.proposal.origin,
            agreement: None,
            number: String::new(),
            is_printed: false,
            people: view.people,
            doctors: serving(&beside.parties, view.today),
            teams: beside
                .parties
                .teams
                .into_iter()
                .map(|(team, _)| team)
                .collect(),
            packages: view.packages,
            vouchers: beside.parties.vouchers,
            allowed: view.allowed,
            contents: view.proposal.contents,
            head,
            place: place.to_owned(),
            staff: beside.staff,
            user: beside.user,
            seen: view.seen,
        }
    }

    /// Returns what is known of one begun before.
    pub fn begun(view: AgreementView, beside: Beside) -> Self {
        let today = view.today;
        let offered =
            |package: &Package| package.from <= today && package.to.is_none_or(|to| today <= to);
        let packages = beside.parties.packages.iter();
        Self {
            today,
            time: beside.time,
            scope: view.agreement.scope,
            origin: view.agreement.origin,
            agreement: Some(view.agreement.id),
            number: view.brief.number.unwrap_or_default(),
            is_printed: view.brief.state == State::Printed,
            people: view.people,
            doctors: serving(&beside.parties, today),
            packages: packages.filter(|one| offered(one)).cloned().collect(),
            teams: beside
                .parties
                .teams
                .into_iter()
                .map(|(team, _)| team)
                .collect(),
            vouchers: beside.parties.vouchers,
            allowed: view.allowed,
            contents: view.agreement.contents,
            head: view.brief.head,
            place: view.brief.place,
            staff: beside.staff,
            user: beside.user,
            seen: view.seen,
        }
    }

    /// Returns somebody who may be covered.
    pub fn person(&self, id: PersonId) -> Option<&AgreementPerson> {
        self.people.iter().find(|one| one.person == id)
    }

    /// Returns the revisions of the household and the agreement: who signs for the clinic and
    /// what is offered may change while a form is put down.
    pub fn of_home(&self) -> Vec<Seen> {
        let seen = self.seen.iter().copied();
        seen.filter(|one| one.aspect != Aspect::Parties).collect()
    }

    /// Says whether it is a unit's.
    pub const fn is_unit(&self) -> bool {
        match self.scope {
            Scope::Unit(_) => true,
            Scope::Household(_) | Scope::Members(_) => false,
        }
    }

    /// Returns whose agreement it is, as people say it.
    pub fn whose(&self, look: &Look) -> String {
        if self.is_unit() {
            return self.head.clone();
        }
        look.say(words::OF_HOUSEHOLD).replace("{}", &self.head)
    }

    /// Returns those who sign for themselves.
    pub fn adults(&self) -> Vec<&AgreementPerson> {
        let adults = self.people.iter();
        adults
            .filter(|one| one.consent_rule == ConsentRule::Own)
            .collect()
    }
}

fn unit_name(units: &[Unit], id: UnitId) -> String {
    let unit = units.iter().find(|one| one.id == id);
    unit.map_or_else(String::new, |one| one.name.clone())
}

fn serving(parties: &PartiesView, today: Day) -> Vec<PanelTold> {
    let doctors = parties.doctors.iter();
    let serving = doctors.filter(|one| one.doctor.serves_on(today));
    serving.cloned().collect()
}

/// What is known and every answer; a place without one is not answered.
#[derive(Debug, Clone)]
pub struct Form {
    pub known: Known,
    pub answers: BTreeMap<Spot, String>,
    /// What it would lack, as the desk said last.
    pub preview: Option<AgreementPreview>,
}

impl Form {
    /// Returns the form with what is known filled in.
    pub fn of(known: Known) -> Self {
        let mut form = Self {
            known,
            answers: BTreeMap::new(),
            preview: None,
        };
        form.fill();
        form
    }

    /// Takes what is known now; answers stay, and a doctor known only now is filled in.
    pub fn take(&mut self, known: Known) {
        self.known = known;
        let doctor = self.known.contents.doctor;
        if let Some(doctor) = doctor.filter(|_| self.text(&Spot::Doctor).is_empty()) {
            self.set(Spot::Doctor, &doctor.to_string());
        }
    }

    /// Returns the answer of a place, trimmed; empty where there is none.
    pub fn text(&self, spot: &Spot) -> &str {
        self.answers.get(spot).map_or("", |text| text.trim())
    }

    /// Answers a place.
    pub fn set(&mut self, spot: Spot, text: &str) {
        if text.is_empty() {
            self.answers.remove(&spot);
        } else {
            self.answers.insert(spot, text.to_owned());
        }
    }

    /// Returns the scope chosen.
    pub fn scope(&self) -> Scope {
        match (self.known.scope.household(), self.text(&Spot::Scope)) {
            (Some(home), "1") => Scope::Household(home),
            (Some(home), _) => Scope::Members(home),
            (None, _) => self.known.scope,
        }
    }

    /// Returns where it is signed, once told.
    pub fn place(&self) -> Option<Place> {
        Place::from_code(self.text(&Spot::Place).parse().ok()?)
    }

    /// Says whether the person is to be covered.
    pub fn is_covered(&self, person: PersonId) -> bool {
        self.text(&Spot::Covers(person)) == COVERED
    }

    /// Returns why the person is left out, where a reason is given.
    pub fn left_out(&self, person: PersonId) -> Option<LeftOutReason> {
        LeftOutReason::from_code(self.text(&Spot::Covers(person)).parse().ok()?)
    }

    /// Returns whom it is to cover, in the household's order.
    pub fn covered(&self) -> Vec<PersonId> {
        let people = self.known.people.iter().map(|one| one.person);
        people.filter(|person| self.is_covered(*person)).collect()
    }

    /// Returns how the person consents, once told.
    pub fn consent_kind(&self, person: PersonId) -> Option<ConsentKind> {
        ConsentKind::from_code(self.text(&Spot::Kind(person)).parse().ok()?)
    }

    /// Says whether the representative is a guardian who lives elsewhere.
    pub fn is_represented_by_guardian(&self) -> bool {
        self.text(&Spot::Representative) == BY_GUARDIAN
    }

    /// Returns the member who represents, if one does.
    pub fn representative(&self) -> Option<PersonId> {
        self.text(&Spot::Representative).parse().ok()
    }

    /// Returns the doctor chosen, with the panel.
    pub fn doctor(&self) -> Option<&PanelTold> {
        let id = self.text(&Spot::Doctor);
        let mut doctors = self.known.doctors.iter();
        doctors.find(|one| one.doctor.id.to_string() == id)
    }

    /// Returns the team chosen.
    pub fn team(&self) -> Option<&Team> {
        let id = self.text(&Spot::Team);
        let mut teams = self.known.teams.iter();
        teams.find(|one| one.id.to_string() == id)
    }

    /// Says whether somebody born on the day is not of age yet.
    pub fn is_minor(&self, birth: Day) -> bool {
        age_years(birth, self.known.today) < ADULT_YEARS
    }

    /// Returns who takes the consent of the person: the user where nobody else is told.
    pub fn taken_by(&self, person: PersonId) -> Option<StaffId> {
        let told = self.text(&Spot::TakenBy(person)).parse().ok();
        told.or(self.known.user)
    }

    /// Returns who takes the representative's signature: who took his own consent where nobody
    /// else is told.
    pub fn signature_taken_by(&self) -> Option<StaffId> {
        let told = self.text(&Spot::SignatureTakenBy).parse().ok();
        let own = || self.representative().and_then(|one| self.taken_by(one));
        told.or_else(own).or(self.known.user)
    }

    /// Returns the page the representative signed on: his own consent's where none is told.
    pub fn signed_page(&self) -> &str {
        match self.text(&Spot::SignedPage) {
            "" => self
                .representative()
                .map_or("", |person| self.text(&Spot::Evidence(person))),
            told => told,
        }
    }

    /// Returns the name in the clinic's signature: the doctor's where none is told.
    pub fn clinic_name(&self) -> &str {
        match self.text(&Spot::ClinicName) {
            "" => self.doctor().map_or("", |one| one.doctor.name.as_str()),
            told => told,
        }
    }

    /// Returns the value-added packages a person chose.
    pub fn extras(&self, person: PersonId) -> Vec<String> {
        let codes = self.text(&Spot::Extras(person)).split(',');
        let codes = codes.filter(|code| !code.is_empty());
        codes.map(str::to_owned).collect()
    }

    /// Returns the fee lines there are: each chosen package, each year of the term.
    pub fn fee_lines(&self) -> Vec<(PersonId, String, u32)> {
        let years: u32 = self.text(&Spot::Years).parse().unwrap_or(1);
        let mut lines = Vec::new();
        for person in self.covered() {
            for code in self.extras(person) {
                lines.extend((1..=years).map(|year| (person, code.clone(), year)));
            }
        }
        lines
    }
}
