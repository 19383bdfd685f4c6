//! An agreement that runs, or ran: whom it covers, what is promised and kept, what happened to
//! it; from here everything is done with it that its state allows.
//!
//! ```text
//!  QY529901103101202600012  履约中  2026-03-01 至 2027-02-28  王建国 / 一队
//!  整户 3人  代表 张德福  电话 139****2211  待本人确认
//! ─── 成员 ────────────────────────────────────
//!   姓名    性别年龄 关系  同意           起        履约    缺
//! ▸ 张德福  男 70    户主  1本人纸质签字  03-01     5/6     高血压随访
//! ─── 经过 ────────────────────────────────────
//!  2026-03-01 王建国 双方签字生效
//! ```

pub mod act;
mod view;
pub mod words;

use self::act::Deed;
pub use self::view::{flags, fulfilment, view, why_left_out};
use super::{Outcome, Screen, signing, unexplained};
use crate::{
    catalog::papers::Paper,
    desk::{
        Command, Question, Reply, Stop,
        reply::{AgreementBrief, AgreementPerson, AgreementView},
    },
    domain::{
        agreement::{
            action,
            contract::{Scope, Sheet},
            rules::ORIGINALS,
            signed::Signed,
            state::State as Stands,
        },
        id::{AgreementId, HouseholdId},
        text::Text,
    },
    tui::{
        action::{Action, Agreement},
        app::Status,
        hand::Hand,
        port::Ticket,
        theme::Look,
        widgets::{
            hints::{self, Hint},
            scroll::{Move, Scroll},
        },
    },
};

/// What the hint line offers here.
const HINTS: &[Hint] = &[
    Hint::of(&[Action::Agreement(Agreement::Renew)]),
    Hint::short(&[Action::Agreement(Agreement::Confirm)], "确认", "Confirm"),
    Hint::short(&[Action::Agreement(Agreement::Join)], "增员", "Add"),
    Hint::short(&[Action::Agreement(Agreement::Leave)], "减员", "Out"),
    Hint::short(&[Action::Agreement(Agreement::End)], "解约", "End"),
    Hint::of(&[Action::Agreement(Agreement::Print)]),
    Hint::short(&[Action::Agreement(Agreement::Household)], "本户", "Home"),
    hints::BACK,
    hints::HELP,
];

/// … where the doctor of record has left.
const LEFT_HINTS: &[Hint] = &[
    Hint::of(&[Action::Agreement(Agreement::Renew)]),
    Hint::short(
        &[Action::Agreement(Agreement::Acting)],
        "代管医生",
        "Acting",
    ),
    Hint::short(&[Action::Agreement(Agreement::Confirm)], "确认", "Confirm"),
    Hint::short(&[Action::Agreement(Agreement::End)], "解约", "End"),
    Hint::short(&[Action::Agreement(Agreement::Household)], "本户", "Home"),
    hints::BACK,
    hints::HELP,
];

/// What a menu offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offered {
    Deed(Deed),
    Print(Sheet),
}

/// The agreement and the member selected.
#[derive(Debug)]
pub struct State {
    id: AgreementId,
    view: Option<Box<AgreementView>>,
    scroll: Scroll,
    asked: Option<Ticket>,
    /// A print of this paper was asked for.
    saving: Option<(Ticket, Sheet)>,
    /// … and what it tells.
    printing: Option<(Ticket, Sheet)>,
    /// What the menu in view offers.
    menu: Vec<Offered>,
}

impl State {
    /// Returns the page of an agreement.
    pub fn new(id: AgreementId) -> Self {
        Self {
            id,
            view: None,
            scroll: Scroll::default(),
            asked: None,
            saving: None,
            printing: None,
            menu: Vec::new(),
        }
    }

    /// Returns what the hint line offers.
    pub fn hints(&self) -> &'static [Hint] {
        let brief = self.view.as_ref().map(|view| &view.brief);
        if brief.is_some_and(|brief| brief.flags.doctor_left) {
            LEFT_HINTS
        } else {
            HINTS
        }
    }

    /// Returns whether keys wait: who stands in which row is being asked.
    pub fn holds(&self) -> bool {
        self.asked.is_some() || self.printing.is_some()
    }

    fn count(&self) -> usize {
        self.view.as_ref().map_or(0, |view| view.people.len())
    }

    fn here(&self) -> Option<&AgreementPerson> {
        let view = self.view.as_deref()?;
        view.people.get(self.scroll.selected(view.people.len())?)
    }

    fn household(&self) -> Option<HouseholdId> {
        self.view.as_ref()?.agreement.scope.household()
    }
}

/// Asks for the agreement.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    let (agreement, signing) = (state.id, None);
    state.asked = Some(hand.ask(Question::Agreement { agreement, signing }));
}

/// Takes an answer.
pub fn replied(
    state: &mut State,
    ticket: Ticket,
    reply: Result<Reply, Stop>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    if let Some((_, paper)) = state.printing.take_if(|(asked, _)| *asked == ticket) {
        return signing::printing::came(reply, paper, hand);
    }
    if let Some((_, paper)) = state.saving.take_if(|(asked, _)| *asked == ticket) {
        return match reply {
            Ok(Reply::Done(_)) => {
                state.printing = Some((signing::printing::ask(state.id, hand), paper));
                None
            }
            other => unexplained(other),
        };
    }
    if state.asked.take_if(|asked| *asked == ticket).is_none() {
        return unexplained(reply);
    }
    match reply {
        Ok(Reply::Agreement(view)) => {
            let held = state.here().map(|one| one.person);
            let at = held.and_then(|held| view.people.iter().position(|one| one.person == held));
            state.view = Some(view);
            if let Some(at) = at {
                state.scroll.select(at);
            }
            None
        }
        other => unexplained(other),
    }
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Agreement>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    let to = match action? {
        Agreement::Down => Move::Down,
        Agreement::Up => Move::Up,
        Agreement::PageDown => Move::PageDown,
        Agreement::PageUp => Move::PageUp,
        Agreement::First => Move::First,
        Agreement::Last => Move::Last,
        Agreement::Household => {
            let person = state.here().map(|one| one.person);
            return match state.household() {
                Some(household) => Some(Outcome::Household(household, person)),
                None => person.map(Outcome::Person),
            };
        }
        Agreement::Print => return print(state, hand),
        Agreement::Renew => return renew(state, hand),
        Agreement::SignAnew => return deed(state, Deed::SignAnew, hand),
        Agreement::Confirm => {
            let person = state.here()?.person;
            return deed(state, Deed::Confirm(person), hand);
        }
        Agreement::Join => {
            let person = state.here()?.person;
            return deed(state, Deed::Join(person), hand);
        }
        Agreement::Leave => {
            let person = state.here()?.person;
            return deed(state, Deed::Leave(person), hand);
        }
        Agreement::End => return end(state, hand),
        Agreement::Remind => return deed(state, Deed::Remind, hand),
        Agreement::Doubt => {
            let is_doubted = state.view.as_ref()?.brief.flags.in_doubt;
            let doubt = if is_doubted { Deed::Clear } else { Deed::Doubt };
            return deed(state, doubt, hand);
        }
        Agreement::Void => return deed(state, Deed::Void, hand),
        Agreement::Acting => return deed(state, Deed::Acting, hand),
    };
    let page = view::page(state, hand.work);
    state.scroll.go(to, state.count(), page);
    None
}

/// Takes the line chosen in a menu.
pub fn chosen(state: &mut State, choice: usize, hand: &mut Hand<'_>) -> Option<Outcome> {
    match std::mem::take(&mut state.menu).into_iter().nth(choice)? {
        Offered::Deed(chosen) => deed(state, chosen, hand),
        Offered::Print(paper) => {
            print_sheet(state, paper, hand);
            None
        }
    }
}

/// Opens the dialog of a deed, or says why it is not for now.
fn deed(state: &State, deed: Deed, hand: &Hand<'_>) -> Option<Outcome> {
    let view = state.view.as_deref()?;
    if let Some(not) = deed.unfit(view) {
        return Some(say(not, hand));
    }
    let dialog = act::State::new(deed, view, hand);
    Some(Outcome::Open(Box::new(Screen::Act(Box::new(dialog)))))
}

fn say(text: Text, hand: &Hand<'_>) -> Outcome {
    let text = hand.look.say(text).to_owned();
    Outcome::Say(Status::refused(text))
}

/// What ending asks next: notice, or that the clinic stops; then the notice's withdrawal, both
/// signatures, the end itself.
fn end(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    let view = state.view.as_deref()?;
    if let Some(not) = Deed::Stop.unfit(view) {
        return Some(say(not, hand));
    }
    let deeds = Deed::of_ending(view).into_iter();
    let offered = deeds.map(|one| (Offered::Deed(one), one.title()));
    Some(menu(state, words::ENDING_TITLE, offered.collect(), hand))
}

fn menu(state: &mut State, title: Text, offered: Vec<(Offered, Text)>, hand: &Hand<'_>) -> Outcome {
    let look = hand.look;
    let lines = offered.iter().map(|(_, text)| look.say(*text).to_owned());
    let asked = super::question::State::ask(look.say(title), Vec::new(), lines.collect());
    state.menu = offered.into_iter().map(|(one, _)| one).collect();
    Outcome::Open(Box::new(Screen::Question(asked, super::Then::Below)))
}

/// Opens the form of the agreement that follows; of an unsigned one the form itself.
fn renew(state: &State, hand: &Hand<'_>) -> Option<Outcome> {
    let brief = &state.view.as_deref()?.brief;
    Some(match following(brief, hand.look) {
        Ok(wanted) => {
            let form = signing::State::new(wanted);
            Outcome::Open(Box::new(Screen::Signing(Box::new(form))))
        }
        Err(not) => say(not, hand),
    })
}

/// Returns what is signed after an agreement as it stands: where its doctor left it is signed
/// anew, in its last days renewed; an unsigned one is gone on with.
///
/// # Errors
/// Says why nothing is to be signed yet.
pub fn following(brief: &AgreementBrief, look: &Look) -> Result<signing::Wanted, Text> {
    Ok(match brief.state {
        Stands::Draft | Stands::Printed => signing::Wanted::Agreement(brief.id),
        Stands::Active if brief.flags.doctor_left => signing::Wanted::Anew {
            of: brief.scope,
            reason: look.say(words::LEFT).replace("{}", &brief.doctor),
        },
        Stands::Active if !brief.flags.to_renew => return Err(words::TOO_EARLY),
        Stands::Active => signing::Wanted::Anew {
            of: brief.scope,
            reason: String::new(),
        },
        Stands::Ending => return Err(words::NOTICE_GIVEN),
        Stands::Renewed
        | Stands::Terminated
        | Stands::Expired
        | Stands::Superseded
        | Stands::Void => match brief.scope {
            Scope::Household(household) | Scope::Members(household) => {
                signing::Wanted::Household(household)
            }
            Scope::Unit(unit) => signing::Wanted::Unit(unit),
        },
    })
}

/// Asks which paper, where there are several.
fn print(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    let agreement = &state.view.as_deref()?.agreement;
    let last = agreement.signed().map_or(1, Signed::last_page);
    let pages = (1..=last).map(Sheet::Supplement);
    let papers = [Sheet::Agreement].into_iter().chain(pages);
    let papers = papers.chain([Sheet::End]);
    let papers: Vec<Sheet> = papers.filter(|one| agreement.has_sheet(*one)).collect();
    match papers.as_slice() {
        [] => Some(say(words::NOTHING_TO_PRINT, hand)),
        [one] => {
            print_sheet(state, *one, hand);
            None
        }
        several => {
            let look = hand.look;
            let line = |one: &Sheet| {
                let printed = agreement.copies(*one);
                let text = match one {
                    Sheet::Agreement => look.say(words::PAPER_AGREEMENT).to_owned(),
                    Sheet::Supplement(page) => look
                        .say(words::PAPER_SUPPLEMENT)
                        .replace("{}", &page.to_string()),
                    Sheet::End => look.say(words::PAPER_END).to_owned(),
                };
                let count = look.say(words::PRINTED_SO_FAR);
                format!("{text}  {}", count.replace("{}", &printed.to_string()))
            };
            let lines = several.iter().map(line).collect();
            let title = look.say(words::PRINT_TITLE);
            let asked = super::question::State::ask(title, Vec::new(), lines);
            state.menu = papers.into_iter().map(Offered::Print).collect();
            Some(Outcome::Open(Box::new(Screen::Question(
                asked,
                super::Then::Below,
            ))))
        }
    }
}

/// Records the copies and has them written: both originals first, then one reprint at a time.
fn print_sheet(state: &mut State, sheet: Sheet, hand: &mut Hand<'_>) {
    let Some(view) = state.view.as_deref() else {
        return;
    };
    let last = view.agreement.last_print(sheet);
    let last = last.map(|print| print.template.as_str());
    let template = Paper::of(sheet).going_on(last);
    let left = ORIGINALS.saturating_sub(view.agreement.copies(sheet));
    let asked = action::Action::Print {
        sheet,
        template: template.to_owned(),
        copies: left.max(1),
    };
    let command = Command::Agreement {
        agreement: Some(state.id),
        action: Box::new(asked),
    };
    let seen = view.seen.clone();
    state.saving = hand.change(command, seen).map(|ticket| (ticket, sheet));
}
