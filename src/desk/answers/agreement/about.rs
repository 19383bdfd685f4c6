//! What an action's decision has to look at: whom it names, which numbers it uses, whose panel
//! it fills.

use std::collections::BTreeSet;

use crate::domain::{
    agreement::{
        action::Action,
        consent::Consent,
        contract::{Agreement, Contents, Representative, Scope},
        signed::{LeaveReason, Signing},
    },
    day::Day,
    id::{AgreementId, DoctorId, PersonId},
};

/// What the facts are wanted for.
#[derive(Debug, Clone)]
pub struct About {
    /// The agreement itself.
    pub agreement: Option<AgreementId>,
    pub scope: Option<Scope>,
    /// Contents that may name people, doctors, packages, vouchers.
    pub contents: Vec<Contents>,
    /// People named besides.
    pub people: BTreeSet<PersonId>,
    /// Agreements named besides.
    pub others: Vec<AgreementId>,
    /// Evidence numbers to be used.
    pub evidence: BTreeSet<String>,
    /// The day whose panel of the doctor of record is wanted; none where nobody is added.
    pub panel: Option<Day>,
    /// A day beside today in whose year a number may be given.
    pub day: Day,
}

impl About {
    /// Returns what an action needs.
    pub fn of(agreement: Option<&Agreement>, action: &Action, today: Day) -> Self {
        let mut about = Self {
            agreement: agreement.map(|one| one.id),
            scope: agreement.map(|one| one.scope),
            contents: agreement
                .map(|one| one.contents.clone())
                .into_iter()
                .collect(),
            people: agreement.map_or_else(BTreeSet::new, members),
            others: agreement.map_or_else(Vec::new, |one| one.origin.replaces().to_vec()),
            evidence: BTreeSet::new(),
            panel: None,
            day: today,
        };
        match action {
            Action::Draft(proposal) => {
                about.scope = Some(proposal.scope);
                about.contents.push(proposal.contents.clone());
                about.others.extend(proposal.origin.replaces());
            }
            Action::Edit(contents) => about.contents.push((**contents).clone()),
            Action::Sign(signing) => about.signing(signing, today),
            Action::Join(joining) => {
                about.people.insert(joining.person);
                about.consent(&joining.consent);
                about.panel = Some(today);
            }
            Action::Confirm(consent) => about.consent(consent),
            Action::Leave { person, reason, .. } => {
                about.people.insert(*person);
                if let LeaveReason::OptsOut { signature } = reason {
                    about.consent(signature);
                }
            }
            Action::NameActing { .. }
            | Action::Print { .. }
            | Action::GiveNotice(_)
            | Action::WithdrawNotice { .. }
            | Action::SignEnding { .. }
            | Action::End { .. }
            | Action::StopService { .. }
            | Action::Discard { .. }
            | Action::Void(_)
            | Action::SpeakOfRenewal { .. }
            | Action::Doubt { .. }
            | Action::ClearDoubt { .. } => {}
            Action::Roll => {
                about.panel = Some(today);
                let next = agreement.and_then(Agreement::signed);
                about.day = next.map_or(today, |signed| signed.term.next_start());
            }
        }
        about
    }

    /// Adds what signing needs.
    pub fn signing(&mut self, signing: &Signing, today: Day) {
        for consent in &signing.consents {
            self.consent(consent);
        }
        let representative = signing.representative.as_ref();
        let number = representative.map(|one| one.evidence.trim().to_owned());
        self.evidence.extend(number);
        self.panel = Some(signing.start.unwrap_or(today).max(today));
        self.day = signing.on().unwrap_or(today);
    }

    fn consent(&mut self, consent: &Consent) {
        self.people.insert(consent.person);
        let guardian = consent.guardian.as_ref().and_then(|one| one.person);
        self.people.extend(guardian);
        self.evidence.insert(consent.evidence.trim().to_owned());
    }

    /// Returns everybody named.
    pub fn people_named(&self) -> BTreeSet<PersonId> {
        let mut people = self.people.clone();
        for contents in &self.contents {
            people.extend(contents.covered.iter().map(|choice| choice.person));
            people.extend(contents.left_out.iter().map(|left| left.person));
            if let Some(Representative::Member(person)) = contents.representative {
                people.insert(person);
            }
        }
        people
    }

    /// Returns the doctors of record named.
    pub fn doctors(&self) -> BTreeSet<DoctorId> {
        self.contents.iter().filter_map(|one| one.doctor).collect()
    }
}

fn members(agreement: &Agreement) -> BTreeSet<PersonId> {
    let signed = agreement.signed();
    let members = signed.iter().flat_map(|signed| &signed.members);
    members.map(|member| member.person).collect()
}
