//! The draft of the form: every answer after each key, the last of which is what it is taken up
//! with; an agreement signed or written down ends it.

use serde::{Deserialize, Serialize};

use super::{State, Wanted, spot::Spot, typing::Cursor, words};
use crate::{
    desk::{
        drafts::{is_of, kind},
        reply::{TakenUp, WaitingDraft},
        request::DraftRequest,
    },
    domain::{
        agreement::contract::Scope,
        id::{AgreementId, HouseholdId, UnitId},
    },
    tui::{drafting::About, drafting::Drafting, hand::Hand, screens::Outcome},
};

/// Every answer, and where the cursor stood.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Shot {
    at: Option<Spot>,
    answers: Vec<(Spot, String)>,
}

/// What a draft's kind tells besides: the agreement it goes on with, or why it is signed anew.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Context {
    agreement: Option<AgreementId>,
    unit: Option<UnitId>,
    /// The unit's name.
    name: String,
    /// It follows a running one: of the household's members alone, or of all.
    anew: Option<Scope>,
    reason: String,
}

impl State {
    /// Returns the form a draft was put down in.
    pub fn resumed(draft: &WaitingDraft) -> Option<Self> {
        let (_, context) = draft.kind.split_once(' ')?;
        let context: Context = serde_json::from_slice(context.as_bytes()).ok()?;
        let reason = context.reason;
        let wanted = match (
            context.agreement,
            context.anew,
            context.unit,
            draft.household,
        ) {
            (Some(agreement), ..) => Wanted::Agreement(agreement),
            (None, Some(of), ..) => Wanted::Anew { of, reason },
            (None, None, Some(unit), _) => Wanted::Unit(unit),
            (None, None, None, Some(household)) if reason.is_empty() => {
                Wanted::Household(household)
            }
            // As drafts were put down before they told what they follow.
            (None, None, None, Some(household)) => Wanted::Anew {
                of: Scope::Household(household),
                reason,
            },
            (None, None, None, None) => return None,
        };
        let mut state = Self::new(wanted);
        state.unit = context.name;
        state.draft = Some(draft.id.clone());
        Some(state)
    }

    /// Returns the unit's name of a form taken up; empty of a household's.
    pub fn unit_name(&self) -> &str {
        &self.unit
    }

    fn draft_kind(&self) -> String {
        let known = self.form.as_ref().map(|form| &form.known);
        let (anew, reason) = match &self.wanted {
            Wanted::Anew { of, reason } => (Some(*of), reason.clone()),
            Wanted::Household(_) | Wanted::Person(_) | Wanted::Unit(_) | Wanted::Agreement(_) => {
                (None, String::new())
            }
        };
        let units = known.filter(|known| known.is_unit());
        let context = Context {
            name: units.map_or_else(String::new, |known| known.head.clone()),
            agreement: known.and_then(|known| known.agreement),
            unit: known.and_then(|known| match known.scope {
                Scope::Unit(unit) => Some(unit),
                Scope::Household(_) | Scope::Members(_) => None,
            }),
            anew,
            reason,
        };
        let context = serde_json::to_string(&context).unwrap_or_default();
        format!("{} {context}", kind::SIGNING)
    }

    fn household(&self) -> Option<HouseholdId> {
        let form = self.form.as_ref()?;
        form.known.scope.household()
    }

    /// Returns whether something was answered that is not in the journal.
    pub(super) fn is_changed(&self) -> bool {
        let answers = self.form.as_ref().map(|form| &form.answers);
        answers.is_some_and(|answers| *answers != self.fresh)
    }

    fn shot(&self) -> Option<Shot> {
        let form = self.form.as_ref()?;
        let answers = form.answers.iter();
        Some(Shot {
            at: self.cursor.as_ref().and_then(|cursor| cursor.at.clone()),
            answers: answers.map(|(s, t)| (s.clone(), t.clone())).collect(),
        })
    }
}

/// Keeps the answers as they stand now.
pub(super) fn keep(state: &mut State, hand: &mut Hand<'_>) {
    let (Some(shot), Some(form)) = (state.shot(), &state.form) else {
        return;
    };
    let about = About {
        kind: state.draft_kind(),
        household: state.household(),
        seen: form.known.of_home(),
        ..About::default()
    };
    let changed = state.is_changed();
    state.drafting.keep(&shot, changed, || about, hand);
}

/// Takes the draft of this household up where its user put one down.
pub(super) fn look(state: &mut State, drafts: &[WaitingDraft], hand: &mut Hand<'_>) {
    let (kind, household) = (state.draft_kind(), state.household());
    let own = drafts.iter().find(|draft| {
        draft.is_own
            && is_of(&draft.kind, kind::SIGNING)
            && (&draft.kind, draft.household) == (&kind, household)
    });
    if let (Some(own), Some(by)) = (own, hand.user()) {
        let id = own.id.clone();
        state.taking = Some(hand.draft(DraftRequest::TakeUp { id, by }));
    }
}

/// Puts the answers of the draft where they stood.
pub(super) fn taken_up(state: &mut State, taken: &TakenUp, hand: &Hand<'_>) {
    let last = taken.records.last();
    let shot: Option<Shot> = last.and_then(|bytes| serde_json::from_slice(bytes).ok());
    state.drafting = Drafting::taken_up(&taken.draft.id);
    let text = match &taken.stale {
        Some(stale) => hand.look.say(words::STALE).replace("{}", &stale.name),
        None => hand.look.say(words::TAKEN_UP).to_owned(),
    };
    state.notice = Some(text);
    let (Some(shot), Some(form)) = (shot, &mut state.form) else {
        return;
    };
    form.answers = shot.answers.into_iter().collect();
    let mut cursor = Cursor::first(form);
    cursor.stand(form, shot.at.or_else(|| cursor.at.clone()));
    state.cursor = Some(cursor);
}

/// Leaves; what was answered stays as a draft.
pub fn back(state: &mut State, hand: &mut Hand<'_>) -> Outcome {
    if !state.is_changed() {
        state.drafting.discard(hand);
        return Outcome::Leave;
    }
    state.drafting.put_down(hand);
    let form = state.form.as_ref();
    let whose = form.map_or_else(String::new, |form| form.known.whose(hand.look));
    Outcome::Done(hand.look.say(words::DRAFT_KEPT).replace("{}", &whose))
}
