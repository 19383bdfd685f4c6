//! How the form begins: what it rests on is asked for, a draft taken up, an agreement that runs
//! shown instead.

use super::{
    State, Wanted,
    known::{Beside, Form, Known},
    preview,
    spot::Spot,
    typing::{self, Cursor, Way},
    words,
};
use crate::{
    desk::{
        Question, Reply, Stop,
        reply::{
            AgreementBrief, AgreementProposalView, AgreementView, HouseholdView, PartiesView,
            UnitsView,
        },
        request::{AgreementProposalAsk, DraftRequest},
        rights::Matter,
    },
    domain::{
        agreement::{contract::Scope, state::State as Stands},
        clinic::Staff,
        clock,
        id::{AgreementId, StaffId},
    },
    tui::{
        hand::Hand,
        port::Ticket,
        screens::{Outcome, Screen, agreement, unexplained},
        sentences,
    },
};

/// What is being asked for.
#[derive(Debug, Default)]
pub struct Loading {
    waiting: Vec<Ticket>,
    home: Option<Box<HouseholdView>>,
    about: Option<About>,
    parties: Option<Box<PartiesView>>,
    staff: Option<(Vec<Staff>, String)>,
}

/// The agreement: to be begun, or begun before.
#[derive(Debug)]
enum About {
    Proposed(Box<AgreementProposalView>),
    Begun(Box<AgreementView>),
}

impl Loading {
    /// Returns whether an answer is still to come.
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }
}

/// Asks for everything.
pub fn begin(state: &mut State, hand: &mut Hand<'_>) {
    state.loading = Loading::default();
    let about = match &state.wanted {
        Wanted::Household(household) => Question::Household(*household),
        Wanted::Anew { of, .. } => match of {
            Scope::Household(household) | Scope::Members(household) => {
                Question::Household(*household)
            }
            Scope::Unit(_) => Question::Units,
        },
        Wanted::Unit(_) => Question::Units,
        Wanted::Person(person) => Question::Person(*person),
        Wanted::Agreement(agreement) => whole(*agreement),
    };
    for question in [Question::Parties, Question::Overview, about] {
        state.loading.waiting.push(hand.ask(question));
    }
}

/// Asks for everything again; what was typed stays.
pub fn renew(state: &mut State, hand: &mut Hand<'_>) {
    begin(state, hand);
}

fn whole(agreement: AgreementId) -> Question {
    let signing = None;
    Question::Agreement { agreement, signing }
}

/// Takes an answer.
pub fn came(
    state: &mut State,
    ticket: Ticket,
    reply: Result<Reply, Stop>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    let at = state.loading.waiting.iter().position(|one| *one == ticket);
    state.loading.waiting.remove(at?);
    let loading = &mut state.loading;
    match reply {
        Ok(Reply::Parties(parties)) => loading.parties = Some(parties),
        Ok(Reply::Overview(overview)) => {
            let time = clock::time_of(overview.now);
            loading.staff = Some((overview.staff.clone(), time));
        }
        Ok(Reply::Agreement(view)) => match view.brief.state {
            Stands::Draft | Stands::Printed if none_to_see(hand).is_some() => {
                return none_to_see(hand);
            }
            Stands::Draft | Stands::Printed => loading.about = Some(About::Begun(view)),
            Stands::Active
            | Stands::Ending
            | Stands::Renewed
            | Stands::Terminated
            | Stands::Expired
            | Stands::Superseded
            | Stands::Void => return Some(show(view.agreement.id, state, hand)),
        },
        Ok(Reply::AgreementProposal(view)) => loading.about = Some(About::Proposed(view)),
        Ok(Reply::Person(view)) => {
            let question = Question::Household(view.household.id);
            loading.waiting.push(hand.ask(question));
        }
        Ok(Reply::Household(view)) => return home_came(state, view, hand),
        Ok(Reply::Units(view)) => return unit_came(state, &view, hand),
        other => return unexplained(other).or(Some(Outcome::Leave)),
    }
    ready(state, hand);
    None
}

/// Shows the agreement that runs; goes on with one begun; begins one.
fn home_came(state: &mut State, view: Box<HouseholdView>, hand: &mut Hand<'_>) -> Option<Outcome> {
    let with = |is: fn(Stands) -> bool| {
        let mut agreements = view.agreements.iter();
        agreements.find(|one| is(one.state)).map(|one| one.id)
    };
    let begun = with(|one| matches!(one, Stands::Draft | Stands::Printed));
    let runs = with(|one| matches!(one, Stands::Active | Stands::Ending));
    let scope = Scope::Household(view.household.id);
    state.loading.home = Some(view);
    go_on(state, scope, (begun, runs), hand)
}

/// The same of a unit.
fn unit_came(state: &mut State, view: &UnitsView, hand: &mut Hand<'_>) -> Option<Outcome> {
    let unit = match state.wanted {
        Wanted::Unit(unit)
        | Wanted::Anew {
            of: Scope::Unit(unit),
            ..
        } => unit,
        Wanted::Household(_)
        | Wanted::Person(_)
        | Wanted::Agreement(_)
        | Wanted::Anew {
            of: Scope::Household(_) | Scope::Members(_),
            ..
        } => return Some(Outcome::Leave),
    };
    let told = view.units.iter().find(|one| one.unit.id == unit);
    let brief = told.and_then(|one| one.agreement.as_ref());
    let waits = |one: &&AgreementBrief| matches!(one.state, Stands::Draft | Stands::Printed);
    let begun = brief.filter(waits).map(|one| one.id);
    let runs = brief.filter(|one| !waits(one)).map(|one| one.id);
    go_on(state, Scope::Unit(unit), (begun, runs), hand)
}

fn go_on(
    state: &mut State,
    scope: Scope,
    (begun, runs): (Option<AgreementId>, Option<AgreementId>),
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    let (scope, reason) = match &state.wanted {
        Wanted::Anew { of, reason } => (*of, reason.clone()),
        Wanted::Household(_) | Wanted::Person(_) | Wanted::Unit(_) | Wanted::Agreement(_) => {
            if let Some(runs) = runs.filter(|_| begun.is_none()) {
                return Some(show(runs, state, hand));
            }
            (scope, String::new())
        }
    };
    if let Some(no) = none_to_see(hand) {
        return Some(no);
    }
    let question = match begun {
        Some(begun) => whole(begun),
        None => Question::AgreementProposal(AgreementProposalAsk {
            scope,
            people: Vec::new(),
            reason,
            by: hand.user().unwrap_or(StaffId(0)),
        }),
    };
    state.loading.waiting.push(hand.ask(question));
    None
}

/// Closes the form before it opens where whoever sits here may not sign.
fn none_to_see(hand: &Hand<'_>) -> Option<Outcome> {
    let why = hand.place.may(Matter::Care).err()?;
    let why = sentences::refused(&why, hand.look.lang);
    Some(Outcome::Done(
        hand.look.say(words::NONE_IN_FORCE).replace("{why}", &why),
    ))
}

/// Makes way for the agreement's own page; what was typed here was for nothing.
fn show(id: AgreementId, state: &mut State, hand: &mut Hand<'_>) -> Outcome {
    state.drafting.put_down(hand);
    let page = agreement::State::new(id);
    let page = Screen::Agreement(Box::new(page));
    Outcome::Instead(Box::new(page), String::new())
}

/// Fills the form in, once all is there.
fn ready(state: &mut State, hand: &mut Hand<'_>) {
    let loading = &mut state.loading;
    if loading.is_waiting() || loading.about.is_none() {
        return;
    }
    let place = loading.home.as_ref().map(|view| view.household.place());
    let (Some(about), Some(parties), Some((staff, time))) = (
        loading.about.take(),
        loading.parties.take(),
        loading.staff.take(),
    ) else {
        return;
    };
    let beside = Beside {
        parties,
        staff,
        time,
        user: hand.user(),
    };
    let known = match about {
        About::Proposed(view) => Known::proposed(*view, &place.unwrap_or_default(), beside),
        About::Begun(view) => Known::begun(*view, beside),
    };
    if let Some(form) = &mut state.form {
        let was_open = form.is_open(&Spot::Doctor);
        form.take(known);
        if let Some(cursor) = &mut state.cursor
            && was_open
            && cursor.at == Some(Spot::Doctor)
            && !form.is_open(&Spot::Doctor)
        {
            cursor.go(form, Way::Open);
        }
        typing::settle(state);
        preview(state, hand);
        return;
    }
    let form = Form::of(known);
    state.fresh = form.answers.clone();
    state.cursor = Some(Cursor::first(&form));
    state.form = Some(form);
    preview(state, hand);
    let by = hand.user().unwrap_or(StaffId(0));
    match state.draft.take() {
        Some(id) => state.taking = Some(hand.draft(DraftRequest::TakeUp { id, by })),
        None => state.looking = Some(hand.ask(Question::Drafts { by })),
    }
}
