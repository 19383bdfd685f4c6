//! What a dialog is for, what it must ask for that, and what the desk is then
//! asked to change.

use super::{
    Around,
    ask::{Ask, Kind, Slot},
    words,
};
use crate::{
    desk::{
        Command,
        request::{MovePerson, NewHousehold, NewPerson, SplitHousehold},
    },
    domain::{
        clinic::Village,
        day::Day,
        household::{self, MoveReason},
        id::{HouseholdId, PersonId},
        identity::Sex,
        kin,
        person::{Basics, Mother, key},
        relation::Kinship,
        tags::Tag,
        text::Text,
    },
    tui::theme::Look,
};

/// What a dialog is for.
#[derive(Debug, Clone, PartialEq, Eq)]
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
const REASONS: [MoveReason; 4] = [
    MoveReason::Marriage,
    MoveReason::MovedIn,
    MoveReason::Split,
    MoveReason::Correction,
];

/// Something of the answers cannot be taken.
#[derive(Debug)]
pub struct Unfit {
    pub slot: Slot,
    pub problem: Text,
}

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
        let members = || around.names();
        let kin = |word: &str| Ask::line(Slot::Kin, words::S_KIN, word);
        let mut asks = match self {
            Self::NewHousehold => household_asks(villages, look),
            Self::Newborn => newborn_asks(around, look),
            Self::NewMember => {
                let mut asks = vec![Ask::line(Slot::Name, words::S_NAME, "")];
                asks.extend(who_asks(look));
                asks.extend([kin(""), reason(look), joined(around)]);
                asks
            }
            Self::Incoming => vec![
                Ask::find(Slot::Who, words::S_WHO).hint(words::FIND_HINT),
                kin(""),
                reason(look),
                on(),
            ],
            Self::Head => {
                let others = around.others(around.head);
                let names = others.iter().map(|member| member.text.clone()).collect();
                vec![Ask::one(Slot::NewHead, words::S_HEAD, names, None), on()]
            }
            Self::Relation(person) => vec![kin(&around.word(*person))],
            Self::Split => vec![
                Ask::many(Slot::Members, words::S_MEMBERS, members()),
                Ask::one(Slot::Founder, words::S_FOUNDER, members(), None),
                Ask::line(Slot::Group, words::S_GROUP, &around.group),
                Ask::line(Slot::Address, words::S_ADDRESS, &around.address).optional(),
                on(),
            ],
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
            Self::Back(person) => {
                let word = if around.head.is_none() {
                    kin::head().1
                } else {
                    around.word(*person)
                };
                vec![kin(&word), on()]
            }
            Self::Death(_) => vec![on(), Ask::line(Slot::Cause, words::S_CAUSE, "")],
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
        if self
            .leaver()
            .is_some_and(|leaver| around.leaves_headless(&[leaver]))
        {
            asks.push(head_ask(around, self.leaver()));
        }
        asks
    }
}

/// Returns the question for a new head among those who stay.
pub fn head_ask(around: &Around, leaver: Option<PersonId>) -> Ask {
    let others = around.others(leaver);
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
        Ask::line(Slot::Kin, words::S_KIN, ""),
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

fn joined(around: &Around) -> Ask {
    Ask::day(Slot::On, words::S_JOINED, Some(around.today)).hint(words::DATE_HINT)
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

/// The answers of a dialog, read.
pub struct Answered<'a> {
    pub asks: &'a [Ask],
    pub around: &'a Around,
    pub villages: &'a [Village],
}

impl Answered<'_> {
    fn ask(&self, slot: Slot) -> Option<&Ask> {
        self.asks.iter().find(|ask| ask.slot == slot)
    }

    fn text(&self, slot: Slot) -> String {
        self.ask(slot)
            .map_or_else(String::new, |ask| ask.text().to_owned())
    }

    fn day(&self, slot: Slot) -> Result<Day, Unfit> {
        let day = self.ask(slot).and_then(|ask| ask.day_on(self.around.today));
        day.ok_or(Unfit {
            slot,
            problem: words::BAD_DATE,
        })
    }

    fn chosen(&self, slot: Slot) -> Option<usize> {
        self.ask(slot).and_then(Ask::chosen)
    }

    fn hit(&self, slot: Slot) -> Result<(HouseholdId, PersonId), Unfit> {
        let hit = self.ask(slot).and_then(Ask::hit);
        hit.map(|hit| (hit.household, hit.person)).ok_or(Unfit {
            slot,
            problem: words::CHOOSE,
        })
    }

    /// The new head among those who stay when `leaver` leaves.
    fn new_head(&self, leaver: Option<PersonId>) -> Option<PersonId> {
        let at = self.chosen(Slot::NewHead)?;
        self.around.others(leaver).get(at).map(|member| member.id)
    }

    fn kin(&self) -> Result<(u8, String), Unfit> {
        let kinship = Kinship::of_word(&self.text(Slot::Kin));
        let code = kinship.relation.code().parse().unwrap_or(kin::OTHER);
        if code == kin::HEAD && self.around.head.is_some() {
            return Err(Unfit {
                slot: Slot::Kin,
                problem: words::BAD_RELATION,
            });
        }
        Ok((code, kinship.word))
    }

    fn reason(&self) -> MoveReason {
        let at = self.chosen(Slot::Reason);
        let reason = at.and_then(|at| REASONS.get(at)).copied();
        reason.unwrap_or(MoveReason::MovedIn)
    }

    fn basics(&self) -> Result<Basics, Unfit> {
        let born = self.ask(Slot::Born).filter(|ask| ask.is_answered());
        let birth = born.map(|_| self.day(Slot::Born)).transpose()?;
        let sex = self.chosen(Slot::Sex);
        Ok(Basics {
            name: self.text(Slot::Name),
            sex: sex.map(|at| if at == 0 { Sex::Male } else { Sex::Female }),
            birth,
            id_no: self.text(Slot::Number),
            phone: self.text(Slot::Phone),
            mother: None,
        })
    }

    fn mother(&self) -> Result<Mother, Unfit> {
        let at = self.chosen(Slot::Mother);
        let resident = at.and_then(|at| self.around.mothers().nth(at));
        if let Some(mother) = resident {
            return Ok(Mother::Resident(mother.id));
        }
        let name = self.text(Slot::MotherName);
        if name.is_empty() {
            return Err(Unfit {
                slot: Slot::MotherName,
                problem: words::MISSING,
            });
        }
        Ok(Mother::Other {
            name,
            id_no: self.text(Slot::MotherNumber),
        })
    }

    fn newcomer(&self, mother: Option<Mother>) -> Result<NewPerson, Unfit> {
        let is_born = mother.is_some();
        let basics = Basics {
            mother,
            ..self.basics()?
        };
        let (relation, relation_word) = self.kin()?;
        let from = self.day(if is_born { Slot::Born } else { Slot::On })?;
        Ok(NewPerson {
            card: basics.card(),
            relation,
            relation_word,
            joined_by: if is_born {
                MoveReason::Birth
            } else {
                self.reason()
            },
            from,
            told: None,
        })
    }

    fn founding(&self) -> Result<Command, Unfit> {
        let village = self.villages.get(self.chosen(Slot::Village).unwrap_or(0));
        let Some(village) = village else {
            return Err(Unfit {
                slot: Slot::Group,
                problem: words::CHOOSE,
            });
        };
        let (relation, relation_word) = kin::head();
        let head = NewPerson {
            card: self.basics()?.card(),
            relation,
            relation_word,
            joined_by: MoveReason::MovedIn,
            from: self.around.today,
            told: None,
        };
        Ok(Command::AddHousehold(NewHousehold {
            village: village.id,
            outside_no: None,
            card: self.place().card(),
            members: vec![head],
        }))
    }

    fn place(&self) -> household::Basics {
        household::Basics {
            group: self.text(Slot::Group),
            door: self.text(Slot::Door),
            address: self.text(Slot::Address),
            phone: String::new(),
        }
    }

    fn split(&self, from: HouseholdId) -> Result<Command, Unfit> {
        let member = |at: usize| self.around.members.get(at).map(|member| member.id);
        let ticked = self.ask(Slot::Members).map_or_else(Vec::new, Ask::ticked);
        let members: Vec<PersonId> = ticked.into_iter().filter_map(member).collect();
        let founder = self.chosen(Slot::Founder).and_then(member);
        let head = founder.filter(|head| members.contains(head)).ok_or(Unfit {
            slot: Slot::Founder,
            problem: words::NOT_AMONG,
        })?;
        Ok(Command::SplitHousehold(SplitHousehold {
            from,
            members,
            head,
            card: self.place().card(),
            on: self.day(Slot::On)?,
            old_head: self.new_head(None),
        }))
    }

    fn moving(&self, person: PersonId, to: HouseholdId) -> Result<Command, Unfit> {
        // Which relation fits is the other household's matter, seen by the desk.
        let kinship = Kinship::of_word(&self.text(Slot::Kin));
        Ok(Command::MovePerson(MovePerson {
            person,
            to,
            relation: kinship.relation.code().parse().unwrap_or(kin::OTHER),
            word: kinship.word,
            on: self.day(Slot::On)?,
            reason: self.reason(),
            new_head: self.new_head(Some(person)),
        }))
    }

    /// Returns what the desk is to change.
    pub fn command(&self, purpose: &Purpose) -> Result<Command, Unfit> {
        let household = self.around.household;
        Ok(match purpose {
            Purpose::NewHousehold => self.founding()?,
            Purpose::Newborn => Command::AddPerson {
                household,
                person: self.newcomer(Some(self.mother()?))?,
            },
            Purpose::NewMember => Command::AddPerson {
                household,
                person: self.newcomer(None)?,
            },
            Purpose::Incoming => self.moving(self.hit(Slot::Who)?.1, household)?,
            Purpose::Head => Command::ChangeHead {
                household,
                head: self.new_head(self.around.head).ok_or(Unfit {
                    slot: Slot::NewHead,
                    problem: words::CHOOSE,
                })?,
                on: self.day(Slot::On)?,
            },
            Purpose::Relation(person) => {
                let is_head = self.around.head == Some(*person);
                let (relation, word) = if is_head { kin::head() } else { self.kin()? };
                Command::ChangeRelation {
                    person: *person,
                    relation,
                    word,
                }
            }
            Purpose::Split => self.split(household)?,
            Purpose::Merge => Command::MergeHouseholds {
                from: household,
                into: self.hit(Slot::House)?.0,
                on: self.day(Slot::On)?,
            },
            Purpose::Move(person) => self.moving(*person, self.hit(Slot::House)?.0)?,
            Purpose::Out(person) => Command::MoveOut {
                person: *person,
                on: self.day(Slot::On)?,
                to: self.text(Slot::To),
                new_head: self.new_head(Some(*person)),
            },
            Purpose::Back(person) => {
                let (relation, word) = self.kin()?;
                Command::MoveBack {
                    person: *person,
                    household,
                    on: self.day(Slot::On)?,
                    relation,
                    word,
                }
            }
            Purpose::Death(person) => Command::RecordDeath {
                person: *person,
                on: self.day(Slot::On)?,
                cause: self.text(Slot::Cause),
                new_head: self.new_head(Some(*person)),
            },
            Purpose::Void(person) => Command::VoidPerson {
                person: *person,
                why: self.text(Slot::Why),
                same_as: self
                    .ask(Slot::SameAs)
                    .and_then(Ask::hit)
                    .map(|hit| hit.person),
                new_head: self.new_head(Some(*person)),
            },
            Purpose::Tag(person) => Command::SetTag {
                person: *person,
                tag: self
                    .chosen(Slot::Tag)
                    .and_then(|at| BY_HAND.get(at))
                    .map_or_else(String::new, |tag| tag.code().to_owned()),
                evidence: self.text(Slot::Evidence),
            },
            Purpose::ClearTag(person, tag) => Command::ClearTag {
                person: *person,
                tag: tag.code().to_owned(),
                why: self.text(Slot::Why),
            },
        })
    }
}

/// Marks what lacks an answer; returns the first of them.
pub fn mark_missing(asks: &mut [Ask]) -> Option<usize> {
    for ask in asks.iter_mut() {
        ask.settle();
        let is_list = matches!(
            ask.kind,
            Kind::One { .. } | Kind::Many { .. } | Kind::Find { .. }
        );
        let lacks = !ask.optional && !ask.is_answered();
        ask.problem = lacks.then_some(if is_list {
            words::CHOOSE
        } else {
            words::MISSING
        });
    }
    asks.iter().position(|ask| ask.problem.is_some())
}
