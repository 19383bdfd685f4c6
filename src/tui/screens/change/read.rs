//! Reads the answers of a dialog: what the desk is to change, or what of them
//! cannot be taken.

use super::{
    around::Around,
    ask::{Ask, Kind, Slot},
    purpose::{BY_HAND, Purpose, REASONS},
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
        person::{Basics, Mother},
        relation::Kinship,
        text::Text,
    },
};

/// Something of the answers cannot be taken.
#[derive(Debug)]
pub struct Unfit {
    pub slot: Slot,
    pub problem: Text,
}

/// The answers of a dialog, read.
pub struct Answered<'a> {
    pub asks: &'a [Ask],
    pub around: &'a Around,
    pub villages: &'a [Village],
}

impl Answered<'_> {
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
            Purpose::Head => self.heading(household)?,
            Purpose::Relation(person) => self.related(*person)?,
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
                new_head: self.new_head(),
            },
            Purpose::Back(person) | Purpose::NotGone(person) => {
                self.returning(*person, household)?
            }
            Purpose::Death(person) => Command::RecordDeath {
                person: *person,
                on: self.day(Slot::On)?,
                cause: self.text(Slot::Cause),
                new_head: self.new_head(),
            },
            Purpose::Void(person) => self.voiding(*person),
            Purpose::Tag(person) => self.tagging(*person),
            Purpose::ClearTag(person, tag) => Command::ClearTag {
                person: *person,
                tag: tag.code().to_owned(),
                why: self.text(Slot::Why),
            },
        })
    }

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

    /// The new head among those who stay.
    fn new_head(&self) -> Option<PersonId> {
        let ask = self.ask(Slot::NewHead)?;
        self.around.offered(ask.chosen_line()?)
    }

    /// The relation as given; one given by its code gets the code's word.
    fn kinship(&self) -> Kinship {
        let given = Kinship::of_word(&self.text(Slot::Kin));
        let is_code = given.word.bytes().all(|byte| byte.is_ascii_digit());
        let word = if is_code {
            given.relation.name().zh.to_owned()
        } else {
            given.word
        };
        Kinship { word, ..given }
    }

    fn kin(&self) -> Result<(u8, String), Unfit> {
        let kinship = self.kinship();
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
            old_head: self.new_head(),
        }))
    }

    fn moving(&self, person: PersonId, to: HouseholdId) -> Result<Command, Unfit> {
        // Which relation fits is the other household's matter, seen by the desk.
        let kinship = self.kinship();
        Ok(Command::MovePerson(MovePerson {
            person,
            to,
            relation: kinship.relation.code().parse().unwrap_or(kin::OTHER),
            word: kinship.word,
            on: self.day(Slot::On)?,
            reason: self.reason(),
            new_head: self.new_head(),
        }))
    }

    fn heading(&self, household: HouseholdId) -> Result<Command, Unfit> {
        let head = self.new_head().ok_or(Unfit {
            slot: Slot::NewHead,
            problem: words::CHOOSE,
        })?;
        let on = self.day(Slot::On)?;
        Ok(Command::ChangeHead {
            household,
            head,
            on,
        })
    }

    fn related(&self, person: PersonId) -> Result<Command, Unfit> {
        let is_head = self.around.head == Some(person);
        let (relation, word) = if is_head { kin::head() } else { self.kin()? };
        Ok(Command::ChangeRelation {
            person,
            relation,
            word,
        })
    }

    fn returning(&self, person: PersonId, household: HouseholdId) -> Result<Command, Unfit> {
        let (relation, word) = self.kin()?;
        Ok(Command::MoveBack {
            person,
            household,
            on: self.day(Slot::On)?,
            relation,
            word,
        })
    }

    fn voiding(&self, person: PersonId) -> Command {
        let same_as = self.ask(Slot::SameAs).and_then(Ask::hit);
        Command::VoidPerson {
            person,
            why: self.text(Slot::Why),
            same_as: same_as.map(|hit| hit.person),
            new_head: self.new_head(),
        }
    }

    fn tagging(&self, person: PersonId) -> Command {
        let tag = self.chosen(Slot::Tag).and_then(|at| BY_HAND.get(at));
        Command::SetTag {
            person,
            tag: tag.map_or_else(String::new, |tag| tag.code().to_owned()),
            evidence: self.text(Slot::Evidence),
        }
    }
}

/// Marks what lacks an answer, and days that cannot be read; returns the first of them.
pub fn mark_missing(asks: &mut [Ask], today: Day) -> Option<usize> {
    for ask in asks.iter_mut() {
        ask.settle();
        let is_list = matches!(
            ask.kind,
            Kind::One { .. } | Kind::Many { .. } | Kind::Find { .. }
        );
        if let Kind::Day(_) = ask.kind
            && ask.is_answered()
        {
            ask.problem = ask.day_on(today).is_none().then_some(words::BAD_DATE);
            continue;
        }
        let lacks = !ask.optional && !ask.is_answered();
        ask.problem = lacks.then_some(if is_list {
            words::CHOOSE
        } else {
            words::MISSING
        });
    }
    asks.iter().position(|ask| ask.problem.is_some())
}
