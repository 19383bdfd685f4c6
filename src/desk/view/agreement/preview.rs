//! What an agreement written so far would lack, before anything of it is asked of the desk.

use super::{Look, whole};
use crate::{
    desk::{
        Desk, Stop,
        answers::{
            Facts,
            agreement::{about::About, gather, others},
        },
        reply::AgreementPreview,
        request::AgreementPreviewAsk,
    },
    domain::agreement::{
        action::Action,
        contract::{Agreement, Life},
        missing::missing,
        term,
    },
};

impl Desk {
    /// Returns what stands against signing what is written on a screen.
    pub(in crate::desk::view) fn agreement_preview(
        &self,
        asked: &AgreementPreviewAsk,
    ) -> Result<AgreementPreview, Stop> {
        let snapshot = self.store().snapshot()?;
        let look = Look::at(&snapshot, self.today_in(&snapshot)?)?;
        let draft = Action::Draft(Box::new(asked.proposal.clone()));
        let mut about = About::of(None, &draft, look.today);
        about.agreement = asked.agreement;
        about.signing(&asked.signing, look.today);
        let facts = Facts {
            today: look.today,
            by: asked.by,
            catalog: self.catalog(),
        };
        let facts = gather::facts(&snapshot, &[], &about, &facts)?;
        let contents = asked.proposal.contents.clone();
        let agreement = Agreement {
            id: asked.agreement.unwrap_or(facts.next),
            number: None,
            scope: asked.proposal.scope,
            origin: asked.proposal.origin.clone(),
            contents,
            prints: Vec::new(),
            life: Life::Draft,
        };
        let missing = missing(&agreement, &asked.signing, &facts.around(), look.today);
        let covered = &agreement.contents.covered;
        let chosen = facts
            .people
            .iter()
            .filter(|one| covered.iter().any(|choice| choice.person == one.id));
        let are_key: Vec<bool> = chosen
            .map(|one| one.tags.is_key(look.rules.include_k11))
            .collect();
        let doctor = agreement.contents.doctor;
        let doctor = look.doctors.iter().find(|one| Some(one.id) == doctor);
        Ok(AgreementPreview {
            allowed: term::allowed(&look.rules, &are_key),
            panel: doctor.map(|one| whole::panel(&look, one)).transpose()?,
            others: others(&snapshot, &missing.required)?,
            missing,
        })
    }
}
