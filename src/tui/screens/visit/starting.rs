//! How the forms of a visit start: with what the round knows, as recorded, or where somebody
//! left them.

use super::{
    drafting::{self, Drafting},
    filling::Filling,
    words,
};
use crate::{
    desk::reply::VisitDeskView,
    domain::{course::happening::ReferralResult, value::Answers},
    tui::{
        form::{FormEditor, Start},
        hand::Hand,
        theme::Look,
    },
};

/// Returns the forms as they start.
pub fn starts(desk: &VisitDeskView, given: Option<&Answers>) -> Vec<Start> {
    let forms = desk.forms.iter().zip(&desk.contexts).enumerate();
    forms
        .map(|(at, (form, context))| {
            let mut context = context.clone();
            let open = desk.open.get(at).and_then(Option::as_ref);
            let recorded = match &desk.correcting {
                // The desk tells the forms of a record in its order.
                Some(contact) => contact.forms.get(at).cloned(),
                None => open.map(|open| open.filled.clone()),
            };
            match (&recorded, given) {
                (Some(filled), _) if desk.correcting.is_none() => context.visit = filled.visit,
                (None, Some(given)) => context.given.extend(given.clone()),
                (Some(_) | None, _) => {}
            }
            Start {
                form: form.clone(),
                context,
                recorded,
            }
        })
        .collect()
}

impl Filling {
    /// Opens the forms as they start.
    pub(super) fn started(
        desk: VisitDeskView,
        starts: Vec<Start>,
        referral: Option<ReferralResult>,
        hand: &mut Hand<'_>,
    ) -> Self {
        let kept = drafting::kept(&desk, &starts, referral);
        let editor = FormEditor::open(starts);
        let mut filling = Self::holding(desk, editor, referral, Drafting::new(kept));
        let other = drafting::others(&filling.desk, hand.user());
        let other = other.map(|name| hand.look.say(words::OTHERS_DRAFT).replace("{}", name));
        let notice = in_progress(&filling.desk, hand.look).or(other);
        filling.notice = notice.or_else(|| filling.late_dose(hand));
        filling.ask_preview(hand);
        filling.follow_day(hand);
        filling
    }
}

/// Returns what is said of forms in progress: how far they are, and who filled them in.
pub fn in_progress(desk: &VisitDeskView, look: &Look) -> Option<String> {
    let open: Vec<_> = desk.open.iter().flatten().collect();
    let mut who: Vec<String> = Vec::new();
    for part in open.iter().flat_map(|open| &open.parts) {
        let told = format!("{} {}", part.by, part.on.format("%m-%d"));
        if !who.contains(&told) {
            who.push(told);
        }
    }
    let sum = |count: fn(&super::OpenTold) -> u16| -> u16 { open.iter().map(|o| count(o)).sum() };
    let text = look
        .say(words::IN_PROGRESS)
        .replace("{done}", &sum(|open| open.progress.done).to_string())
        .replace("{all}", &sum(|open| open.progress.all).to_string())
        .replace("{who}", &who.join(look.say(words::AND)));
    (!open.is_empty()).then_some(text)
}
