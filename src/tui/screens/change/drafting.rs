//! The draft of a dialog: all its answers after each key, the last of which is
//! what it is taken up with; and the same answers put to a household that
//! another window changed meanwhile.

use serde::{Deserialize, Serialize};

use super::{
    super::{Outcome, Screen, Then, question},
    Around, Boxed, Purpose, State,
    ask::{Ask, Kind, Slot},
    words,
};
use crate::{
    desk::{
        Question,
        drafts::{is_of, kind},
        reply::{TakenUp, WaitingDraft},
        request::DraftRequest,
    },
    domain::{
        day::Day,
        id::{HouseholdId, StaffId},
    },
    tui::{
        drafting::{About, Drafting},
        hand::Hand,
    },
};

/// Every answer as it stands, and the question under the cursor.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Shot {
    at: Slot,
    answers: Vec<(Slot, Kind)>,
}

impl Shot {
    fn of(state: &State) -> Option<Self> {
        let answers = state.asks.iter().map(|ask| (ask.slot, ask.kind.clone()));
        Some(Self {
            at: state.asks.get(state.at)?.slot,
            answers: answers.collect(),
        })
    }
}

impl State {
    /// Returns the dialog a draft was put down in.
    pub fn resumed(draft: &WaitingDraft, today: Day) -> Option<Self> {
        let (_, purpose) = draft.kind.split_once(' ')?;
        let purpose: Purpose = serde_json::from_slice(purpose.as_bytes()).ok()?;
        let mut around = Around::nowhere(today);
        around.household = draft.household.unwrap_or(around.household);
        let mut state = Self::new(purpose, around);
        state.wanted = Some(draft.id.clone());
        Some(state)
    }

    fn household(&self) -> Option<HouseholdId> {
        let household = self.around.household;
        (household != HouseholdId(0)).then_some(household)
    }

    fn draft_kind(&self) -> String {
        let purpose = serde_json::to_string(&self.purpose).unwrap_or_default();
        format!("{} {purpose}", kind::CHANGE)
    }

    /// Returns every answer in words, to tell whether any was given.
    fn said(&self) -> Vec<(Slot, String)> {
        let asks = self.asks.iter();
        asks.map(|ask| (ask.slot, ask.said())).collect()
    }

    fn is_changed(&self) -> bool {
        !self.asks.is_empty() && self.said() != self.fresh
    }
}

/// Asks whether this dialog was put down unfinished, or takes up the draft wanted.
pub(super) fn begin(state: &mut State, hand: &mut Hand<'_>) {
    state.fresh = state.said();
    let by = hand.user().unwrap_or(StaffId(0));
    match state.wanted.take() {
        Some(id) => {
            take_up(state, id, by, hand);
            if state.household().is_some() {
                renew(state, hand);
            }
        }
        None => state.looking = Some(hand.ask(Question::Drafts { by })),
    }
}

/// Takes the draft of this dialog up where its user put one down.
pub(super) fn look(state: &mut State, drafts: &[WaitingDraft], hand: &mut Hand<'_>) {
    let written = state.draft_kind();
    let household = state.household();
    let mut drafts = drafts.iter();
    let own = drafts.find(|draft| {
        draft.is_own
            && is_of(&draft.kind, kind::CHANGE)
            && (&draft.kind, draft.household) == (&written, household)
    });
    if let Some(own) = own {
        take_up(state, own.id.clone(), own.owner, hand);
    }
}

fn take_up(state: &mut State, id: String, by: StaffId, hand: &mut Hand<'_>) {
    state.taking = Some(hand.draft(DraftRequest::TakeUp { id, by }));
}

/// Takes the draft: its answers stand as soon as the household is known.
pub(super) fn taken_up(state: &mut State, taken: &TakenUp, hand: &Hand<'_>) {
    let last = taken.records.last();
    state.kept = last.and_then(|bytes| serde_json::from_slice(bytes).ok());
    state.drafting = Drafting::taken_up(&taken.draft.id);
    state.notice = Some(match &taken.stale {
        Some(stale) => hand.look.say(words::STALE).replace("{}", &stale.name),
        None => hand.look.say(words::TAKEN_UP).to_owned(),
    });
    rebuild(state, hand);
}

/// Asks for what the dialog rests on as it is now.
pub(super) fn renew(state: &mut State, hand: &mut Hand<'_>) {
    let question = match (&state.purpose, state.household()) {
        (Purpose::Tag(person) | Purpose::ClearTag(person, _), _) => Question::Person(*person),
        (_, Some(household)) => Question::Household(household),
        (_, None) => return,
    };
    state.renewing = Some(hand.ask(question));
}

/// Asks the same questions of what is known now; answers stand where they still fit.
pub(super) fn rebuild(state: &mut State, hand: &Hand<'_>) {
    let waits = [state.renewing, state.taking, state.villages_asked];
    if waits.iter().any(Option::is_some) {
        return;
    }
    let kept = state.kept.take().or_else(|| Shot::of(state));
    state.asks = state
        .purpose
        .asks(&state.around, &state.villages, hand.look);
    state.fresh = state.said();
    state.at = state.at.min(state.asks.len().saturating_sub(1));
    let Some(shot) = kept else {
        return;
    };
    for (slot, kind) in shot.answers {
        if let Some(ask) = state.asks.iter_mut().find(|ask| ask.slot == slot) {
            ask.take_over(kind);
        }
    }
    let at = state.asks.iter().position(|ask| ask.slot == shot.at);
    state.at = at.unwrap_or(state.at);
}

/// Keeps the answers as they stand now.
pub(super) fn keep(state: &mut State, hand: &mut Hand<'_>) {
    let Some(shot) = Shot::of(state) else {
        return;
    };
    let changed = state.is_changed();
    let is_card = matches!(state.purpose, Purpose::Tag(_) | Purpose::ClearTag(..));
    let about = About {
        kind: state.draft_kind(),
        person: state.purpose.person(),
        household: state.household().filter(|_| !is_card),
        forms: Vec::new(),
        seen: state.seen(),
        context: String::new(),
    };
    state.drafting.keep(&shot, changed, || about, hand);
}

/// Leaves; what was answered stays as a draft.
pub fn back(state: &mut State, hand: &mut Hand<'_>) -> Outcome {
    if !state.is_changed() {
        state.drafting.discard(hand);
        return Outcome::Leave;
    }
    state.drafting.put_down(hand);
    let title = hand.look.say(state.purpose.title());
    Outcome::Done(hand.look.say(words::DRAFT_KEPT).replace("{}", title))
}

/// Asks whether the answers are no longer wanted.
pub(super) fn ask_to_drop(state: &mut State, hand: &Hand<'_>) -> Option<Outcome> {
    if !state.is_changed() {
        return None;
    }
    let look = hand.look;
    state.boxed = Some(Boxed::Dropping);
    let title = look.say(words::DROP_TITLE);
    let asked = question::State::confirm(look, title, look.say(words::DROP_QUESTION));
    Some(Outcome::Open(Box::new(Screen::Question(
        asked,
        Then::Below,
    ))))
}

impl Ask {
    /// Returns the answer in words.
    fn said(&self) -> String {
        match &self.kind {
            Kind::Line(_) | Kind::Day(_) => self.text().to_owned(),
            Kind::One { options, chosen } => chosen
                .and_then(|at| options.get(at))
                .cloned()
                .unwrap_or_default(),
            Kind::Many { options, .. } => {
                let ticked = self.ticked().into_iter().filter_map(|at| options.get(at));
                ticked.cloned().collect::<Vec<_>>().join(",")
            }
            Kind::Find { typed, chosen, .. } => match chosen {
                Some(hit) => hit.text.clone(),
                None => typed.text().to_owned(),
            },
        }
    }

    /// Takes an answer given before; of a list, what it still offers.
    fn take_over(&mut self, kept: Kind) {
        match (&mut self.kind, kept) {
            (Kind::Line(own), Kind::Line(kept)) | (Kind::Day(own), Kind::Day(kept)) => *own = kept,
            (
                Kind::One { options, chosen },
                Kind::One {
                    options: before,
                    chosen: at,
                },
            ) => {
                let text = at.and_then(|at| before.get(at));
                *chosen = text.and_then(|text| options.iter().position(|option| option == text));
            }
            (
                Kind::Many {
                    options,
                    ticked,
                    at,
                },
                Kind::Many {
                    options: before,
                    ticked: were,
                    at: was,
                },
            ) => {
                let kept = before.iter().zip(were).filter(|(_, ticked)| *ticked);
                let kept: Vec<&String> = kept.map(|(option, _)| option).collect();
                *ticked = options
                    .iter()
                    .map(|option| kept.contains(&option))
                    .collect();
                *at = was.min(options.len().saturating_sub(1));
            }
            (own @ Kind::Find { .. }, kept @ Kind::Find { .. }) => *own = kept,
            (
                Kind::Line(_)
                | Kind::Day(_)
                | Kind::One { .. }
                | Kind::Many { .. }
                | Kind::Find { .. },
                _,
            ) => {}
        }
    }
}
