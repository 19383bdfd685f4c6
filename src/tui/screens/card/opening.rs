//! How a card's editor begins: on the card as it is, where a draft was put
//! down, or on another window's card with what was typed put over it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{Outcome, State, Whose, merging, words};
use crate::{
    desk::{
        drafts::{is_of, kind},
        reply::{TakenUp, WaitingDraft},
        request::DraftRequest,
    },
    domain::{
        form::{FilledForm, FormContext, Proposed},
        value::Answers,
    },
    tui::{
        action::{Action, Context, Person as Keys},
        app::Status,
        drafting::{About, Drafting},
        form::{FormEditor, Opening, Reaction, Start, Step},
        hand::Hand,
        keys::Key,
    },
};

/// What a card's draft starts from.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    opening: Opening,
    /// The card of that moment; what was typed is told from it.
    base: Answers,
}

/// Takes the draft of this card up where its user put one down.
pub(super) fn look_for_draft(
    state: &mut State,
    drafts: &[WaitingDraft],
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    let (person, household) = state.whose.ids();
    let mut same = drafts.iter().filter(|draft| {
        is_of(&draft.kind, kind::CARD) && (draft.person, draft.household) == (person, household)
    });
    if let Some(own) = same.clone().find(|draft| draft.is_own) {
        let by = own.owner;
        let id = own.id.clone();
        state.taking = Some(hand.draft(DraftRequest::TakeUp { id, by }));
        return None;
    }
    let other = same.next().map(|draft| draft.owner_name.clone());
    let said = ready(state, hand);
    let told = |name: String| {
        let text = hand.look.say(words::OTHERS_DRAFT).replace("{}", &name);
        Outcome::Say(Status::done(text))
    };
    said.or(other.map(told))
}

/// Opens the editor as soon as all that was asked for is there.
pub(super) fn ready(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    if state.looking.is_some() || state.taking.is_some() {
        return None;
    }
    let known = state.known.as_ref()?;
    if let Some(taken) = state.taken.take() {
        return resume(state, &taken, hand);
    }
    if std::mem::take(&mut state.merges) && state.editor.is_some() {
        return merging::begin(state, hand);
    }
    let is_other = *known.card() != state.base || *known.stated() != state.stated;
    if state.editor.is_none() || !state.is_touched && is_other {
        let answers = known.card().clone();
        open(state, answers, hand);
    }
    None
}

/// Opens the editor on the card as the desk knows it, `answers` in its fields.
pub(super) fn open(state: &mut State, answers: Answers, hand: &mut Hand<'_>) {
    let Some(known) = &state.known else {
        return;
    };
    let form = Arc::clone(known.form());
    let today = known.today();
    let start = Start {
        context: FormContext::on(today, today),
        recorded: Some(FilledForm {
            form: form.id.clone(),
            edition: form.edition.clone(),
            visit: today,
            answers,
            marks: BTreeMap::new(),
            confirmed: BTreeSet::new(),
        }),
        form,
    };
    state.base.clone_from(known.card());
    state.stated.clone_from(known.stated());
    state.seen = known.seen();
    state.kept = Some(Kept {
        opening: start.opening(),
        base: state.base.clone(),
    });
    state.drafting.discard(hand);
    state.drafting = Drafting::default();
    state.editor = Some(FormEditor::open(vec![start]));
    state.is_touched = false;
    let proposed = Proposed {
        answers: state.stated.clone(),
        ..Proposed::default()
    };
    take(state, Step::Proposed { page: 0, proposed }, hand);
}

/// Goes on where the draft was put down.
fn resume(state: &mut State, taken: &TakenUp, hand: &mut Hand<'_>) -> Option<Outcome> {
    let known = state.known.as_ref()?;
    let Ok(kept) = serde_json::from_slice::<Kept>(taken.draft.context.as_bytes()) else {
        let id = taken.draft.id.clone();
        hand.draft(DraftRequest::PutDown { id });
        return ready(state, hand);
    };
    let start = Start {
        form: Arc::clone(known.form()),
        context: kept.opening.context.clone(),
        recorded: kept.opening.recorded.clone(),
    };
    let records = taken.records.iter();
    let steps: Vec<Step> = records
        .filter_map(|bytes| serde_json::from_slice(bytes).ok())
        .collect();
    state.base.clone_from(&kept.base);
    state.stated.clone_from(known.stated());
    state.seen.clone_from(&taken.draft.seen);
    state.editor = Some(FormEditor::restore(vec![start], &steps));
    state.kept = Some(kept);
    state.drafting = Drafting::taken_up(&taken.draft.id);
    state.is_touched = true;
    let text = match &taken.stale {
        Some(stale) => hand.look.say(words::STALE).replace("{}", &stale.name),
        None => {
            let key = |action| {
                let key = hand.keymap.hint(Context::Person, Action::Person(action));
                key.map_or_else(String::new, Key::shown)
            };
            let text = hand.look.say(words::TAKEN_UP);
            let text = text.replace("{save}", &key(Keys::Save));
            text.replace("{drop}", &key(Keys::Discard))
        }
    };
    Some(Outcome::Say(Status::done(text)))
}

/// Gives the editor a step and keeps it in the draft.
pub(super) fn take(state: &mut State, step: Step, hand: &mut Hand<'_>) -> Reaction {
    let Some(editor) = &mut state.editor else {
        return Reaction::Nothing;
    };
    let reaction = editor.step(step.clone());
    let changed = reaction == Reaction::Changed;
    let State {
        drafting,
        kept,
        whose,
        seen,
        ..
    } = state;
    drafting.keep(&step, changed, || about(*whose, kept.as_ref(), seen), hand);
    state.is_touched |= changed;
    reaction
}

/// Begins the draft before anything more is typed.
pub(super) fn begin_draft(state: &mut State, hand: &mut Hand<'_>) {
    let about = about(state.whose, state.kept.as_ref(), &state.seen);
    state.drafting.begin(about, hand);
}

fn about(whose: Whose, kept: Option<&Kept>, seen: &[crate::domain::aspect::Seen]) -> About {
    let (person, household) = whose.ids();
    About {
        kind: kind::CARD.to_owned(),
        person,
        household,
        forms: kept.iter().map(|kept| kept.opening.form.clone()).collect(),
        seen: seen.to_vec(),
        context: serde_json::to_string(&kept).unwrap_or_default(),
    }
}
