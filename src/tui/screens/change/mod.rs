//! A dialog that changes who lives where: it asks what its purpose needs, and
//! no more, lets doubts be looked at, and asks the desk.

mod ask;
mod purpose;
mod view;
pub mod words;

pub use purpose::Purpose;
pub use view::view;

use super::{Outcome, Screen, Then, household, question, unexplained};
use crate::{
    desk::{
        Command, Question, Reply, Stop,
        reply::{FoundPerson, HouseholdView, PersonView},
        request::CardAsk,
    },
    domain::{
        aspect::{Aspect, Seen},
        clinic::Village,
        day::{Day, age_years},
        doubt::Doubt,
        household::key,
        id::{HouseholdId, PersonId},
        identity::Sex,
        person::Person,
        refusal::{HouseholdRefusal, PersonRefusal, Refusal},
    },
    lang::refusals,
    tui::{
        action::{Action, Context, Global, Person as Keys},
        hand::Hand,
        keys::{Code, Key},
        port::Ticket,
        widgets::hints::{self, Hint},
    },
};
use ask::{Ask, Did, Hit, Kind, Slot};
use purpose::{Answered, Unfit, head_ask, mark_missing};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::of(&[Action::Person(Keys::Save)]),
    Hint::of(&[Action::Person(Keys::Next)]),
    Hint::of(&[Action::Person(Keys::Previous)]),
    hints::BACK,
    hints::HELP,
];

/// Youngest and oldest mothers offered for a newborn.
const MOTHERS: std::ops::RangeInclusive<u32> = 12..=60;
/// How many are offered while somebody is looked for.
const FOUND: usize = 8;

/// One member as a dialog offers them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: PersonId,
    pub text: String,
    word: String,
    can_bear: bool,
}

/// What a dialog knows of the household it is opened from.
#[derive(Debug, Clone)]
pub struct Around {
    pub household: HouseholdId,
    pub place: String,
    pub today: Day,
    pub head: Option<PersonId>,
    pub members: Vec<Member>,
    former: Vec<Member>,
    pub group: String,
    pub address: String,
    seen: Vec<Seen>,
}

impl Around {
    /// Returns what a household's screen knows.
    pub fn household(view: &HouseholdView) -> Self {
        let home = &view.household;
        let member = |person: &Person| Member::of(person, view.today);
        Self {
            household: home.id,
            place: home.place(),
            today: view.today,
            head: home.head,
            members: view.members.iter().map(|m| member(&m.person)).collect(),
            former: view.former.iter().map(|(p, _)| member(p)).collect(),
            group: home.text(key::GROUP).to_owned(),
            address: home.text(key::ADDRESS).to_owned(),
            seen: view.seen.clone(),
        }
    }

    /// Returns what a person's screen knows.
    pub fn person(view: &PersonView) -> Self {
        Self {
            household: view.household.id,
            place: view.household.place(),
            today: view.today,
            head: view.household.head,
            members: vec![Member::of(&view.member.person, view.today)],
            former: Vec::new(),
            group: String::new(),
            address: String::new(),
            seen: view.seen.clone(),
        }
    }

    /// Returns what is known where no household is yet.
    pub fn nowhere(today: Day) -> Self {
        Self {
            household: HouseholdId(0),
            place: String::new(),
            today,
            head: None,
            members: Vec::new(),
            former: Vec::new(),
            group: String::new(),
            address: String::new(),
            seen: Vec::new(),
        }
    }

    fn names(&self) -> Vec<String> {
        self.members
            .iter()
            .map(|member| member.text.clone())
            .collect()
    }

    fn others(&self, but: Option<PersonId>) -> Vec<&Member> {
        let members = self.members.iter();
        members.filter(|member| Some(member.id) != but).collect()
    }

    fn mothers(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.can_bear)
    }

    fn word(&self, person: PersonId) -> String {
        let mut all = self.members.iter().chain(&self.former);
        let found = all.find(|member| member.id == person);
        found.map_or_else(String::new, |member| member.word.clone())
    }

    fn name(&self, person: PersonId) -> String {
        let mut all = self.members.iter().chain(&self.former);
        let found = all.find(|member| member.id == person);
        found.map_or_else(String::new, |member| member.text.clone())
    }

    fn leaves_headless(&self, leaving: &[PersonId]) -> bool {
        let stays = |member: &&Member| !leaving.contains(&member.id);
        self.head.is_some_and(|head| leaving.contains(&head))
            && self.members.iter().filter(stays).count() > 0
    }
}

impl Member {
    fn of(person: &Person, today: Day) -> Self {
        let age = person.birth().map(|birth| age_years(birth, today));
        let text = match age {
            Some(age) => format!("{} {} {age}", person.name(), person.relation_word),
            None => format!("{} {}", person.name(), person.relation_word),
        };
        let fits = age.is_none_or(|age| MOTHERS.contains(&age));
        Self {
            id: person.id,
            text,
            word: person.relation_word.clone(),
            can_bear: person.sex() == Sex::Female && fits,
        }
    }
}

/// What the box over the dialog asks.
#[derive(Debug)]
enum Boxed {
    /// Doubts about a card: save it all the same, or open the other person.
    Doubts(Option<PersonId>),
    /// The number belongs to somebody else.
    Taken(PersonId),
}

/// A dialog.
#[derive(Debug)]
pub struct State {
    purpose: Purpose,
    around: Around,
    villages: Vec<Village>,
    asks: Vec<Ask>,
    at: usize,
    notice: Option<String>,
    /// The villages, for a new household.
    villages_asked: Option<Ticket>,
    searching: Option<Ticket>,
    doubting: Option<Ticket>,
    saving: Option<Ticket>,
    /// The members of the household that would be left headless.
    heads_asked: Option<Ticket>,
    boxed: Option<Boxed>,
    decided: Option<Command>,
}

impl State {
    /// Returns the dialog for a purpose.
    pub fn new(purpose: Purpose, around: Around) -> Self {
        Self {
            purpose,
            around,
            villages: Vec::new(),
            asks: Vec::new(),
            at: 0,
            notice: None,
            villages_asked: None,
            searching: None,
            doubting: None,
            saving: None,
            heads_asked: None,
            boxed: None,
            decided: None,
        }
    }

    /// Returns the dialog that founds a household.
    pub fn founding() -> Self {
        Self::new(Purpose::NewHousehold, Around::nowhere(Day::default()))
    }

    /// Returns whether keys wait: what they would mean depends on an answer.
    pub fn holds(&self) -> bool {
        [
            self.villages_asked,
            self.searching,
            self.doubting,
            self.heads_asked,
        ]
        .iter()
        .any(Option::is_some)
    }

    /// Returns whether a question is of no concern with the answers so far.
    fn is_hidden(&self, at: usize) -> bool {
        let ask = |slot| self.asks.iter().find(|ask| ask.slot == slot);
        match self.asks.get(at).map(|ask| ask.slot) {
            Some(Slot::MotherName | Slot::MotherNumber) => {
                let chosen = ask(Slot::Mother).and_then(Ask::chosen);
                chosen.is_some_and(|at| at < self.around.mothers().count())
            }
            _ => false,
        }
    }

    fn go(&mut self, down: bool) {
        let mut at = self.at;
        loop {
            let next = if down {
                Some(at + 1)
            } else {
                at.checked_sub(1)
            };
            match next.filter(|next| *next < self.asks.len()) {
                Some(next) => at = next,
                None => return,
            }
            if !self.is_hidden(at) {
                self.at = at;
                return;
            }
        }
    }
}

/// Asks for what the dialog needs before it can ask.
pub fn begin(state: &mut State, hand: &mut Hand<'_>) {
    if state.purpose == Purpose::NewHousehold {
        state.around.today = hand.today();
        state.villages_asked = Some(hand.ask(Question::Overview));
    }
    state.asks = state
        .purpose
        .asks(&state.around, &state.villages, hand.look);
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Keys>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    state.notice = None;
    match action {
        Some(Keys::Save) => return save(state, hand),
        Some(Keys::Next) => {
            if let Some(ask) = state.asks.get_mut(state.at) {
                ask.settle();
            }
            state.go(true);
        }
        Some(Keys::Previous) => state.go(false),
        Some(Keys::Down) => step(state, true),
        Some(Keys::Up) => step(state, false),
        Some(Keys::AllNormal | Keys::Facts) => {}
        None => {
            let key = if key.code == Code::Enter {
                Key::of(Code::Tab)
            } else {
                key
            };
            if let Some(ask) = state.asks.get_mut(state.at) {
                let did = ask.key(key);
                after(state, did, hand);
            }
        }
    }
    None
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str, hand: &mut Hand<'_>) {
    if let Some(ask) = state.asks.get_mut(state.at) {
        let did = ask.paste(text);
        after(state, did, hand);
    }
}

fn after(state: &mut State, did: Did, hand: &mut Hand<'_>) {
    match did {
        Did::Nothing => {}
        Did::Answered => state.go(true),
        Did::Typed => {
            let text = state.asks.get(state.at).map_or("", Ask::text).to_owned();
            state.searching = Some(hand.ask(Question::Search { text, limit: FOUND }));
        }
    }
}

fn step(state: &mut State, down: bool) {
    let moved = state
        .asks
        .get_mut(state.at)
        .is_some_and(|ask| ask.step(down));
    if !moved {
        state.go(down);
    }
}

/// Asks for the change, after what is doubtful was looked at.
fn save(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    for at in 0..state.asks.len() {
        let hidden = state.is_hidden(at);
        if let Some(ask) = state.asks.get_mut(at).filter(|_| hidden) {
            ask.problem = None;
        }
    }
    if let Some(at) = mark_missing(&mut state.asks) {
        state.at = at;
        return None;
    }
    let answered = Answered {
        asks: &state.asks,
        around: &state.around,
        villages: &state.villages,
    };
    match answered.command(&state.purpose) {
        Ok(command) => {
            match card_of(&command, state.around.household) {
                Some(asked) => {
                    state.doubting = Some(hand.ask(Question::Doubts(Box::new(asked))));
                    state.decided = Some(command);
                }
                None => send(state, command, hand),
            }
            None
        }
        Err(Unfit { slot, problem }) => {
            let at = state.asks.iter().position(|ask| ask.slot == slot);
            state.at = at.unwrap_or(state.at);
            if let Some(ask) = state.asks.get_mut(state.at) {
                ask.problem = Some(problem);
            }
            None
        }
    }
}

/// Returns the card that is about to be saved, where there is a new one.
fn card_of(command: &Command, household: HouseholdId) -> Option<CardAsk> {
    let (household, person) = match command {
        Command::AddPerson { person, .. } => (Some(household), person),
        Command::AddHousehold(new) => (None, new.members.first()?),
        _ => return None,
    };
    Some(CardAsk {
        person: None,
        household,
        card: person.card.clone(),
    })
}

fn send(state: &mut State, command: Command, hand: &mut Hand<'_>) {
    let is_card = matches!(state.purpose, Purpose::Tag(_) | Purpose::ClearTag(..));
    let concerns = |seen: &&Seen| match seen.aspect {
        Aspect::PersonCard(_) => is_card,
        Aspect::Membership(household) => !is_card && household == state.around.household,
        Aspect::Clinic | Aspect::Programme(..) | Aspect::HouseholdCard(_) | Aspect::Settings => {
            false
        }
    };
    let seen = state.around.seen.iter().filter(concerns).copied().collect();
    state.saving = hand.change(command, seen);
}

/// Takes an answer of the desk.
pub fn replied(
    state: &mut State,
    ticket: Ticket,
    reply: Result<Reply, Stop>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    let is = |asked: Option<Ticket>| asked == Some(ticket);
    match reply {
        Ok(Reply::Overview(overview)) if is(state.villages_asked) => {
            state.villages_asked = None;
            state.villages = overview.villages;
            state.asks = state
                .purpose
                .asks(&state.around, &state.villages, hand.look);
            None
        }
        Ok(Reply::Search(found)) if is(state.searching) => {
            state.searching = None;
            let by_home = state
                .asks
                .get(state.at)
                .is_some_and(|ask| ask.slot == Slot::House);
            let hits = hits(&found.rows, by_home, state, hand);
            if let Some(Ask {
                kind: Kind::Find { found, at, .. },
                ..
            }) = state.asks.get_mut(state.at)
            {
                *found = hits;
                *at = 0;
            }
            None
        }
        Ok(Reply::Household(view)) if is(state.heads_asked) => {
            ask_head(state, &view, hand);
            None
        }
        Ok(Reply::Doubts(doubts)) if is(state.doubting) => {
            state.doubting = None;
            if doubts.is_empty() {
                let command = state.decided.take()?;
                send(state, command, hand);
                return None;
            }
            Some(ask_doubts(state, &doubts, hand))
        }
        Ok(Reply::Done(done)) if is(state.saving) => Some(saved(state, &done, hand)),
        Err(Stop::Refused(refusal)) if is(state.saving) => refused(state, refusal, hand),
        other => {
            let asked = [
                &mut state.villages_asked,
                &mut state.searching,
                &mut state.doubting,
                &mut state.heads_asked,
            ];
            for asked in asked {
                asked.take_if(|asked| *asked == ticket);
            }
            unexplained(other)
        }
    }
}

fn hits(rows: &[FoundPerson], by_home: bool, state: &State, hand: &Hand<'_>) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for row in rows {
        let own = row.household == state.around.household && state.purpose != Purpose::NewHousehold;
        let twice = hits.iter().any(|hit| hit.household == row.household);
        let is_self = Some(row.person) == state.purpose.person();
        let outside = by_home || state.purpose == Purpose::Incoming;
        if (by_home && twice) || (outside && own) || is_self || row.is_gone {
            continue;
        }
        let text = if by_home {
            let head = hand
                .look
                .say(household::words::HEAD_OF)
                .replace("{}", &row.head);
            format!("{} {head} {}", row.place, row.address)
        } else {
            let born = row
                .birth
                .map_or_else(String::new, |birth| birth.to_string());
            format!("{} {} {born} {}", row.name, row.place, row.head)
        };
        hits.push(Hit {
            household: row.household,
            person: row.person,
            text,
        });
    }
    hits
}

fn saved(state: &State, done: &crate::desk::reply::Done, hand: &Hand<'_>) -> Outcome {
    let about = state.purpose.person();
    let about = about.map(|person| state.around.name(person));
    let named = state.asks.iter().find(|ask| ask.slot == Slot::Name);
    let named = named.map(|ask| ask.text().to_owned());
    let who = about.or(named.filter(|name| !name.is_empty()));
    let title = hand.look.say(state.purpose.title());
    let what = match who {
        Some(who) => format!("{title} {who}"),
        None => title.to_owned(),
    };
    let text = saved_words(&what, hand);
    match (&state.purpose, done.households.first()) {
        (Purpose::NewHousehold, Some(founded)) => {
            let opened = household::State::new(*founded, done.people.first().copied());
            Outcome::Instead(Box::new(Screen::Household(Box::new(opened))), text)
        }
        _ => Outcome::Done(text),
    }
}

/// Says that something was saved, and which key undoes it.
pub fn saved_words(what: &str, hand: &Hand<'_>) -> String {
    let undo = hand
        .keymap
        .hint(Context::Global, Action::Global(Global::Undo));
    hand.look
        .say(words::SAVED)
        .replace("{what}", what)
        .replace("{key}", &undo.map_or_else(String::new, Key::shown))
}

fn refused(state: &mut State, refusal: Refusal, hand: &mut Hand<'_>) -> Option<Outcome> {
    state.saving = None;
    match &refusal {
        Refusal::Household(HouseholdRefusal::Headless { household }) => {
            state.heads_asked = Some(hand.ask(Question::Household(*household)));
            state.notice = Some(hand.look.say(words::ASK_HEAD).to_owned());
            None
        }
        Refusal::Person(PersonRefusal::SameNumber { other, name }) => {
            state.boxed = Some(Boxed::Taken(*other));
            Some(taken(name, hand))
        }
        _ => {
            let slots = purpose::slots(refusal.field());
            let at = state.asks.iter().position(|ask| slots.contains(&ask.slot));
            state.at = at.unwrap_or(state.at);
            let look = hand.look;
            let asks = &state.asks;
            let name = |field: &str| {
                let slots = purpose::slots(Some(field));
                let ask = asks.iter().find(|ask| slots.contains(&ask.slot));
                ask.map_or_else(|| field.to_owned(), |ask| look.say(ask.label).to_owned())
            };
            state.notice = Some(refusals::with_names(&refusal, &name, look.lang));
            None
        }
    }
}

/// Returns the box that tells whose number it is and offers to open them.
pub fn taken(name: &str, hand: &Hand<'_>) -> Outcome {
    let look = hand.look;
    let text = look.say(words::SAME_NUMBER).replace("{}", name);
    let choices = [words::DOUBT_BACK, words::DOUBT_OPEN].map(|text| look.say(text).to_owned());
    let title = look.say(words::SAME_TITLE);
    let asked = question::State::ask(title, vec![text], choices.to_vec());
    Outcome::Open(Box::new(Screen::Question(asked, Then::Below)))
}

/// Asks for the new head right here, where somebody leaves without one.
fn ask_head(state: &mut State, view: &HouseholdView, hand: &Hand<'_>) {
    state.heads_asked = None;
    let around = Around::household(view);
    let incoming = state.asks.iter().find(|ask| ask.slot == Slot::Who);
    let leaver = match incoming.and_then(Ask::hit) {
        Some(hit) => Some(hit.person),
        None => state.purpose.leaver(),
    };
    // Who stays is another household's matter where somebody comes from there.
    state.around.members.clone_from(&around.members);
    state.asks.retain(|ask| ask.slot != Slot::NewHead);
    state.asks.push(head_ask(&around, leaver));
    state.at = state.asks.len() - 1;
    state.notice = Some(hand.look.say(words::ASK_HEAD).to_owned());
}

fn ask_doubts(state: &mut State, doubts: &[Doubt], hand: &Hand<'_>) -> Outcome {
    state.boxed = Some(Boxed::Doubts(similar(doubts)));
    doubts_box(doubts, hand)
}

/// Returns whom a card may be a second record of.
pub fn similar(doubts: &[Doubt]) -> Option<PersonId> {
    doubts.iter().find_map(|doubt| match doubt {
        Doubt::Similar { other, .. } => Some(*other),
        Doubt::Mother { .. } | Doubt::Phone(_) | Doubt::Number(_) => None,
    })
}

/// Returns the box that tells doubts and asks whether to save all the same.
pub fn doubts_box(doubts: &[Doubt], hand: &Hand<'_>) -> Outcome {
    let look = hand.look;
    let told = doubts
        .iter()
        .map(|doubt| refusals::doubt::doubt(doubt, look.lang));
    let mut choices = vec![words::DOUBT_BACK, words::DOUBT_SAVE];
    if similar(doubts).is_some() {
        choices.push(words::DOUBT_OPEN);
    }
    let choices = choices.into_iter().map(|text| look.say(text).to_owned());
    let title = look.say(words::DOUBT_TITLE);
    let asked = question::State::ask(title, told.collect(), choices.collect());
    Outcome::Open(Box::new(Screen::Question(asked, Then::Below)))
}

/// Takes the choice made in a box over the dialog.
pub fn chosen(state: &mut State, choice: usize, hand: &mut Hand<'_>) -> Option<Outcome> {
    match (state.boxed.take()?, choice) {
        (Boxed::Doubts(_), 1) => {
            let command = state.decided.take()?;
            send(state, command, hand);
            None
        }
        (Boxed::Doubts(Some(other)), 2) | (Boxed::Taken(other), 1) => Some(Outcome::Person(other)),
        (Boxed::Doubts(_) | Boxed::Taken(_), _) => None,
    }
}
