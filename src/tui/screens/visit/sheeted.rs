//! One person's form as a row of a paper sheet: the same form, kept in the sheet's draft.

use super::{
    drafting::{self, Drafting, Kept},
    filling::Filling,
    saving::Sending,
    starting,
};
use crate::{
    desk::reply::VisitDeskView,
    domain::form::grid::SheetHead,
    tui::{
        form::{EditorKey, FormEditor, Step},
        hand::Hand,
        port::Ticket,
    },
};

impl Filling {
    /// Opens the form with what is said once for the sheet.
    pub fn in_sheet(desk: VisitDeskView, head: &SheetHead, hand: &mut Hand<'_>) -> Self {
        let starts = starting::starts(&desk, Some(&head.given));
        let kept = drafting::kept(&desk, &starts, None);
        let editor = FormEditor::open(starts);
        let mut filling = Self::holding(desk, editor, None, Drafting::of_sheet(kept));
        filling.day = head.day;
        filling.take(Step::Columns(true), hand);
        if head.all_normal {
            filling.strike(EditorKey::Normal, hand);
        }
        filling.ask_preview(hand);
        filling
    }

    /// Opens a recorded contact as it stands.
    pub fn of_record(desk: VisitDeskView, hand: &mut Hand<'_>) -> Self {
        let starts = starting::starts(&desk, None);
        let kept = drafting::kept(&desk, &starts, None);
        let editor = FormEditor::open(starts);
        let mut filling = Self::holding(desk, editor, None, Drafting::of_sheet(kept));
        filling.take(Step::Columns(true), hand);
        filling
    }

    /// Opens the form where it was left.
    pub fn in_sheet_again(
        desk: VisitDeskView,
        kept: Kept,
        steps: &[Step],
        hand: &mut Hand<'_>,
    ) -> Self {
        let starts = drafting::starts(&desk, &kept);
        let editor = FormEditor::restore(starts, steps);
        let referral = kept.referral;
        let day = kept.openings.first().map(|opening| opening.context.visit);
        let mut filling = Self::holding(desk, editor, referral, Drafting::of_sheet(kept));
        filling.day = day.unwrap_or(filling.day);
        filling.ask_preview(hand);
        filling.follow_day(hand);
        filling
    }

    /// Returns what the form started from.
    pub fn kept(&self) -> &Kept {
        &self.drafting.kept
    }

    /// Returns the steps taken since this was last asked.
    pub fn take_steps(&mut self) -> Vec<Step> {
        self.drafting.take_steps()
    }

    /// Takes a step that is no key.
    pub fn step(&mut self, step: Step, hand: &mut Hand<'_>) {
        self.take(step, hand);
    }

    /// Returns whether this answers something the form asked.
    pub fn awaits(&self, ticket: Ticket) -> bool {
        let rereading = self.rereading.map(|(asked, _)| asked);
        [Sending::Sent(ticket), Sending::HandedOn(ticket)].contains(&self.sending)
            || [self.asked, self.looking, rereading].contains(&Some(ticket))
    }

    /// Returns whether it is being saved, or will be once the outcome is known.
    pub fn is_sending(&self) -> bool {
        self.sending != Sending::No
    }
}
