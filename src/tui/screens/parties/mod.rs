//! Who signs: the doctors with their panels, the teams, the functional-community units.
//!
//! ```text
//!  ▸ 签约医生    2    姓名      类别        已签人数   户数      在岗
//!    服务团队    1  ▸ 王建国    乡村医生    612/1000   214/300   2015-01-01起
//!    功能社区    1    赵明      全科医生      0/2000     0       至 2026-06-30
//! ```
//!
//! | file | idea |
//! |---|---|
//! | `card` | the box in which a doctor or a unit is written down |
//! | `unit`, `unit_view` | a unit's page: who is on its list |
//! | `pick` | somebody is looked for and chosen |

pub mod card;
pub mod pick;
pub mod unit;
mod unit_view;
mod view;
mod words;

pub use self::view::view;
use super::{Outcome, Screen, agreements, question, signing, unexplained};
use crate::{
    desk::{
        Question, Reply, Stop,
        reply::{AgreementList, PanelTold, PartiesView, UnitTold, UnitsView},
        rights::Matter,
    },
    domain::{
        agreement::team::{Team, TeamWarning},
        clinic::Staff,
        text::Text,
    },
    lang::teams,
    tui::{
        action::{Action, Parties},
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
pub const HINTS: &[Hint] = &[
    Hint::of(&[Action::Parties(Parties::Open)]),
    Hint::of(&[Action::Parties(Parties::Add)]),
    Hint::short(&[Action::Parties(Parties::Sign)], "单位签约", "Sign"),
    Hint::short(&[Action::Parties(Parties::Left)], "医生离任的户", "Left"),
    Hint::of(&[Action::Parties(Parties::NextList)]),
    hints::BACK,
    hints::HELP,
];

/// A list of those who sign.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum List {
    #[default]
    Doctors,
    Teams,
    Units,
}

impl List {
    /// Every list, in order.
    pub const ALL: [Self; 3] = [Self::Doctors, Self::Teams, Self::Units];

    const fn name(self) -> Text {
        match self {
            Self::Doctors => words::DOCTORS,
            Self::Teams => words::TEAMS,
            Self::Units => words::UNITS,
        }
    }
}

/// A list and where one stands in it.
#[derive(Debug, Default)]
pub struct State {
    list: List,
    parties: Option<Box<PartiesView>>,
    units: Option<Box<UnitsView>>,
    staff: Vec<Staff>,
    scroll: Scroll,
    asked: Vec<Ticket>,
}

impl State {
    /// Returns whether keys wait: who stands in which row is being asked.
    pub fn holds(&self) -> bool {
        !self.asked.is_empty()
    }

    fn doctors(&self) -> &[PanelTold] {
        self.parties.as_ref().map_or(&[], |view| &view.doctors)
    }

    fn teams(&self) -> &[(Team, Vec<TeamWarning>)] {
        self.parties.as_ref().map_or(&[], |view| &view.teams)
    }

    fn units(&self) -> &[UnitTold] {
        self.units.as_ref().map_or(&[], |view| &view.units)
    }

    fn count_of(&self, list: List) -> usize {
        match list {
            List::Doctors => self.doctors().len(),
            List::Teams => self.teams().len(),
            List::Units => self.units().len(),
        }
    }

    fn at(&self) -> Option<usize> {
        self.scroll.selected(self.count_of(self.list))
    }

    fn doctor(&self) -> Option<&PanelTold> {
        let at = self.at().filter(|_| self.list == List::Doctors)?;
        self.doctors().get(at)
    }

    fn team(&self) -> Option<&(Team, Vec<TeamWarning>)> {
        let at = self.at().filter(|_| self.list == List::Teams)?;
        self.teams().get(at)
    }

    fn unit(&self) -> Option<&UnitTold> {
        let at = self.at().filter(|_| self.list == List::Units)?;
        self.units().get(at)
    }
}

/// Asks who signs.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    let questions = [Question::Parties, Question::Units, Question::Overview];
    state.asked = questions.map(|question| hand.ask(question)).to_vec();
}

/// Takes an answer.
pub fn replied(state: &mut State, ticket: Ticket, reply: Result<Reply, Stop>) -> Option<Outcome> {
    let at = state.asked.iter().position(|asked| *asked == ticket);
    let Some(at) = at else {
        return unexplained(reply);
    };
    state.asked.remove(at);
    match reply {
        Ok(Reply::Parties(view)) => state.parties = Some(view),
        Ok(Reply::Units(view)) => state.units = Some(view),
        Ok(Reply::Overview(view)) => state.staff.clone_from(&view.staff),
        other => return unexplained(other),
    }
    None
}

/// Takes a key.
pub fn update(state: &mut State, action: Option<Parties>, hand: &mut Hand<'_>) -> Option<Outcome> {
    let to = match action? {
        Parties::Down => Move::Down,
        Parties::Up => Move::Up,
        Parties::PageDown => Move::PageDown,
        Parties::PageUp => Move::PageUp,
        Parties::First => Move::First,
        Parties::Last => Move::Last,
        Parties::Open => return open(state, hand),
        Parties::Add => return Some(add(state, hand)),
        Parties::Sign => return Some(sign(state, hand)),
        Parties::Left => {
            let list = agreements::State::at(Some(AgreementList::DoctorLeft));
            return Some(Outcome::Open(Box::new(Screen::Agreements(Box::new(list)))));
        }
        Parties::NextList => return turn(state, 1),
        Parties::PreviousList => return turn(state, List::ALL.len() - 1),
    };
    let page = view::page(hand.work);
    state.scroll.go(to, state.count_of(state.list), page);
    None
}

fn turn(state: &mut State, by: usize) -> Option<Outcome> {
    let at = List::ALL.iter().position(|one| *one == state.list)?;
    state.list = *List::ALL.get((at + by) % List::ALL.len())?;
    state.scroll.reset();
    None
}

/// Opens the card of a doctor, the page of a unit; tells a team whole.
impl State {
    /// Returns what one must be allowed to change for a key here.
    pub const fn needs(&self, action: Parties) -> Option<Matter> {
        match (self.list, action) {
            (List::Doctors, Parties::Open | Parties::Add) => Some(Matter::Clinic),
            (List::Units, Parties::Add) => Some(Matter::Care),
            (List::Doctors | List::Teams | List::Units, _) => None,
        }
    }
}

fn open(state: &State, hand: &Hand<'_>) -> Option<Outcome> {
    match state.list {
        List::Doctors => {
            let doctor = state.doctor()?.doctor.clone();
            Some(card(state, card::What::Doctor(Some(doctor)), hand))
        }
        List::Teams => {
            let (team, found) = state.team()?;
            let lines = team_told(team, found, hand.look);
            let told = question::State::tell(hand.look, &team.name, lines);
            Some(Outcome::Open(Box::new(Screen::Question(
                told,
                super::Then::Nothing,
            ))))
        }
        List::Units => {
            let page = unit::State::new(state.unit()?.unit.id);
            Some(Outcome::Open(Box::new(Screen::Unit(Box::new(page)))))
        }
    }
}

fn add(state: &State, hand: &Hand<'_>) -> Outcome {
    match state.list {
        List::Doctors => card(state, card::What::Doctor(None), hand),
        List::Units => card(state, card::What::Unit(None), hand),
        List::Teams => {
            let text = hand.look.say(words::TEAM_BY_COMMAND).to_owned();
            Outcome::Say(Status::refused(text))
        }
    }
}

fn card(state: &State, what: card::What, hand: &Hand<'_>) -> Outcome {
    let seen = state.parties.as_ref().map(|view| view.seen.clone());
    let card = card::State::new(what, state.staff.clone(), seen.unwrap_or_default(), hand);
    Outcome::Open(Box::new(Screen::PartyCard(Box::new(card))))
}

/// Signs with a unit, or shows the agreement it has.
fn sign(state: &State, hand: &Hand<'_>) -> Outcome {
    let Some(unit) = state.unit() else {
        let text = hand.look.say(words::UNITS_ONLY).to_owned();
        return Outcome::Say(Status::refused(text));
    };
    let form = signing::State::new(signing::Wanted::Unit(unit.unit.id));
    Outcome::Open(Box::new(Screen::Signing(Box::new(form))))
}

/// Returns a team's members, areas and what is wrong with it, a line each.
fn team_told(team: &Team, found: &[TeamWarning], look: &Look) -> Vec<String> {
    let member = |one: &crate::domain::agreement::team::TeamMember| {
        let role = look.say(one.role.name());
        format!("{} {role}", one.name)
    };
    let area = |one: &crate::domain::agreement::team::Area| format!("{}{}", one.village, one.part);
    let and = look.say(words::AND);
    let mut lines = vec![
        look.say(words::TEAM_MEMBERS).replace(
            "{}",
            &team
                .members
                .iter()
                .map(member)
                .collect::<Vec<_>>()
                .join(and),
        ),
        look.say(words::TEAM_AREAS).replace(
            "{}",
            &team.areas.iter().map(area).collect::<Vec<_>>().join(and),
        ),
    ];
    lines.extend(found.iter().map(|one| teams::warning(one, look.lang)));
    lines.push(look.say(words::TEAM_BY_COMMAND).to_owned());
    lines
}
