//! What a dialog is for, and what it must ask for that. How the answers become
//! a change stands in `read`.

use serde::{Deserialize, Serialize};

use super::{
    Around,
    ask::{Ask, Slot},
    words,
};
use crate::{
    domain::{
        clinic::Village,
        household::{self, MoveReason},
        id::PersonId,
        identity::Sex,
        person::key,
        tags::Tag,
        text::Text,
    },
    tui::theme::Look,
};

/// What a dialog is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    NewHousehold,
    Newborn,
    NewMember,
    Incoming,
    Head,
    Relation(PersonId),
    Split,
    Merge,
    Move(PersonId),
    Out(PersonId),
    Back(PersonId),
    /// A death or a double record was a mistake.
    NotGone(PersonId),
    Death(PersonId),
    Void(PersonId),
    Tag(PersonId),
    ClearTag(PersonId, Tag),
}

/// Tags a person can be given by hand.
pub const BY_HAND: [Tag; 8] = [
    Tag::Disabled,
    Tag::Dependent,
    Tag::HighRisk,
    Tag::OtherChronic,
    Tag::Tuberculosis,
    Tag::MentalDisorder,
    Tag::Maternal,
    Tag::Allowance,
];

/// Why somebody may change households, in the order offered.
pub const REASONS: [MoveReason; 4] = [
    MoveReason::Marriage,
    MoveReason::MovedIn,
    MoveReason::Split,
    MoveReason::Correction,
];

impl Purpose {
    /// Returns what the dialog is called.
    pub const fn title(&self) -> Text {
        match self {
            Self::NewHousehold => words::NEW_HOUSEHOLD,
            Self::Newborn => words::NEWBORN,
            Self::NewMember => words::NEW_MEMBER,
            Self::Incoming => words::INCOMING,
            Self::Head => words::HEAD,
            Self::Relation(_) => words::RELATION,
            Self::Split => words::SPLIT,
            Self::Merge => words::MERGE,
            Self::Move(_) => words::MOVE,
            Self::Out(_) => words::OUT,
            Self::Back(_) => words::BACK,
            Self::NotGone(_) => words::NOT_GONE,
            Self::Death(_) => words::DEATH,
            Self::Void(_) => words::VOID,
            Self::Tag(_) => words::TAG,
            Self::ClearTag(..) => words::CLEAR_TAG,
        }
    }

    /// Returns whom it is about.
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Relation(person)
            | Self::Move(person)
            | Self::Out(person)
            | Self::Back(person)
            | Self::NotGone(person)
            | Self::Death(person)
            | Self::Void(person)
            | Self::Tag(person)
            | Self::ClearTag(person, _) => Some(*person),
            Self::NewHousehold
            | Self::Newborn
            | Self::NewMember
            | Self::Incoming
            | Self::Head
            | Self::Split
            | Self::Merge => None,
        }
    }

    /// Returns who leaves the household by it, as far as known from the start.
    pub fn leaver(&self) -> Option<PersonId> {
        match self {
            Self::Move(person) | Self::Out(person) | Self::Death(person) | Self::Void(person) => {
                Some(*person)
            }
            _ => None,
        }
    }

    /// Returns what must be asked.
    pub fn asks(&self, around: &Around, villages: &[Village], look: &Look) -> Vec<Ask> {
        let on = || Ask::day(Slot::On, words::S_ON, Some(around.today)).hint(words::DATE_HINT);
        let kin = |word: &str| Ask::line(Slot::Kin, words::S_KIN, word).hint(words::KIN_HINT);
        let mut asks = match self {
            Self::NewHousehold => household_asks(villages, look),
            Self::Newborn => newborn_asks(around, look),
            Self::NewMember => newcomer_asks(around, look),
            Self::Incoming => vec![
                Ask::find(Slot::Who, words::S_WHO).hint(words::FIND_HINT),
                kin(""),
                reason(look),
                on(),
            ],
            Self::Head => vec![head_ask(around, around.head.as_slice()), on()],
            Self::Relation(person) => vec![kin(&around.word(*person))],
            Self::Split => split_asks(around, on()),
            Self::Merge => vec![
                Ask::find(Slot::House, words::S_INTO).hint(words::FIND_HINT),
                on(),
            ],
            Self::Move(_) => vec![
                Ask::find(Slot::House, words::S_HOUSE).hint(words::FIND_HINT),
                kin(""),
                reason(look),
                on(),
            ],
            Self::Out(_) => vec![Ask::line(Slot::To, words::S_TO, ""), on()],
            Self::Back(person) => vec![kin(&around.returning_word(*person)), on()],
            Self::NotGone(person) => {
                let since = around.left(*person).or(Some(around.today));
                vec![
                    kin(&around.returning_word(*person)),
                    Ask::day(Slot::On, words::S_STAYED, since).hint(words::DATE_HINT),
                ]
            }
            Self::Death(_) => vec![
                Ask::day(Slot::On, words::S_ON, around.died.or(Some(around.today)))
                    .hint(words::DATE_HINT),
                Ask::line(Slot::Cause, words::S_CAUSE, "").hint(words::CAUSE_HINT),
            ],
            Self::Void(_) => vec![
                Ask::find(Slot::SameAs, words::S_SAME)
                    .hint(words::FIND_HINT)
                    .optional(),
                Ask::line(Slot::Why, words::S_WHY, look.say(words::VOID)),
            ],
            Self::Tag(_) => vec![
                Ask::one(Slot::Tag, words::S_TAG, tag_names(look), None),
                Ask::line(Slot::Evidence, words::S_EVIDENCE, ""),
            ],
            Self::ClearTag(..) => vec![Ask::line(Slot::Why, words::S_WHY, "")],
        };
        let leaving = self.leaver();
        if around.leaves_headless(leaving.as_slice()) {
            asks.push(head_ask(around, leaving.as_slice()));
        }
        asks
    }
}

/// Returns the question for a new head among those who stay.
pub fn head_ask(around: &Around, leaving: &[PersonId]) -> Ask {
    let others = around.others(leaving);
    let names = others.iter().map(|member| member.text.clone()).collect();
    Ask::one(Slot::NewHead, words::S_HEAD, names, None)
}

fn household_asks(villages: &[Village], look: &Look) -> Vec<Ask> {
    let names = villages
        .iter()
        .map(|village| village.name.clone())
        .collect();
    let mut asks = Vec::new();
    if 1 < villages.len() {
        asks.push(Ask::one(Slot::Village, words::S_VILLAGE, names, Some(0)));
    }
    asks.extend([
        Ask::line(Slot::Group, words::S_GROUP, ""),
        Ask::line(Slot::Door, words::S_DOOR, "").optional(),
        Ask::line(Slot::Address, words::S_ADDRESS, "").optional(),
        Ask::line(Slot::Name, words::S_HEAD_NAME, ""),
    ]);
    asks.extend(who_asks(look));
    asks
}

fn who_asks(look: &Look) -> [Ask; 4] {
    [
        Ask::line(Slot::Number, words::S_NUMBER, "").optional(),
        sex(look).optional(),
        Ask::day(Slot::Born, words::S_BORN, None)
            .hint(words::DATE_HINT)
            .optional(),
        Ask::line(Slot::Phone, words::S_PHONE, "").optional(),
    ]
}

fn newcomer_asks(around: &Around, look: &Look) -> Vec<Ask> {
    let mut asks = vec![Ask::line(Slot::Name, words::S_NAME, "")];
    asks.extend(who_asks(look));
    asks.extend([
        Ask::line(Slot::Kin, words::S_KIN, "").hint(words::KIN_HINT),
        reason(look),
        Ask::day(Slot::On, words::S_JOINED, Some(around.today)).hint(words::DATE_HINT),
    ]);
    asks
}

fn split_asks(around: &Around, on: Ask) -> Vec<Ask> {
    vec![
        Ask::many(Slot::Members, words::S_MEMBERS, around.names()),
        Ask::one(Slot::Founder, words::S_FOUNDER, around.names(), None),
        Ask::line(Slot::Group, words::S_GROUP, &around.group),
        Ask::line(Slot::Address, words::S_ADDRESS, &around.address).optional(),
        on,
    ]
}

fn newborn_asks(around: &Around, look: &Look) -> Vec<Ask> {
    let mut mothers: Vec<String> = around.mothers().map(|m| m.text.clone()).collect();
    let first = (!mothers.is_empty()).then_some(0);
    mothers.push(look.say(words::OTHER_MOTHER).to_owned());
    vec![
        Ask::one(Slot::Mother, words::S_MOTHER, mothers, first),
        Ask::line(Slot::MotherName, words::S_MOTHER_NAME, "").optional(),
        Ask::line(Slot::MotherNumber, words::S_MOTHER_NUMBER, "").optional(),
        Ask::day(Slot::Born, words::S_BORN, Some(around.today)).hint(words::DATE_HINT),
        sex(look),
        Ask::line(Slot::Name, words::S_NAME, "")
            .hint(words::NEWBORN_HINT)
            .optional(),
        Ask::line(Slot::Kin, words::S_KIN, "").hint(words::KIN_HINT),
    ]
}

fn sex(look: &Look) -> Ask {
    let names = [Sex::Male, Sex::Female].map(|sex| look.say(sex.name()).to_owned());
    Ask::one(Slot::Sex, words::S_SEX, names.to_vec(), None)
}

fn reason(look: &Look) -> Ask {
    let names = REASONS.map(|reason| look.say(reason.name()).to_owned());
    Ask::one(Slot::Reason, words::S_REASON, names.to_vec(), Some(1))
}

fn tag_names(look: &Look) -> Vec<String> {
    let name = |tag: Tag| format!("{} {}", tag.code(), look.say(tag.name()));
    BY_HAND.map(name).to_vec()
}

/// Returns the questions a field of a card, or a date of a change, is asked by.
pub fn slots(field: Option<&str>) -> &'static [Slot] {
    match field {
        Some(key::NAME) => &[Slot::Name],
        Some(key::SEX) => &[Slot::Sex],
        Some(key::BIRTH) => &[Slot::Born],
        Some(key::ID_NO) => &[Slot::Number],
        Some(key::PHONE) => &[Slot::Phone],
        Some(key::MOTHER_NAME) => &[Slot::MotherName],
        Some(key::MOTHER_ID_NO) => &[Slot::MotherNumber],
        Some(household::key::GROUP) => &[Slot::Group],
        Some(household::key::DOOR) => &[Slot::Door],
        Some(household::key::ADDRESS) => &[Slot::Address],
        Some("on") => &[Slot::On, Slot::Born],
        Some("evidence") => &[Slot::Evidence],
        _ => &[],
    }
}
