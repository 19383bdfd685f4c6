//! A resident: the card (form F08) and what the clinic keeps beside it.
//!
//! What a card may contain is checked by its form definition; follow-up work is in `course`.

use serde::{Deserialize, Serialize};

use super::{
    day::{self, Day},
    id::{HouseholdId, PersonId, StaffId},
    identity::Sex,
    value::{Answers, Value},
};

/// The card's keys that code reads by name; all others are data of the form definition.
pub mod key {
    pub const NAME: &str = "name";
    pub const SEX: &str = "sex";
    pub const BIRTH: &str = "birth";
    pub const ID_TYPE: &str = "id_type";
    pub const ID_SUB: &str = "id_sub";
    pub const ID_NO: &str = "id_no";
    pub const PHONE: &str = "phone";
    pub const PHONE2: &str = "phone2";
    pub const CONTACT_NAME: &str = "contact_name";
    pub const CONTACT_PHONE: &str = "contact_phone";
    pub const DISEASES: &str = "diseases";
    pub const DISABILITY: &str = "disability";
    pub const HEIGHT: &str = "height";
    pub const ADDRESS: &str = "address";
    pub const AWAY_SINCE: &str = "away_since";
    /// 未取名/待补: why there is no name yet.
    pub const NAME_PENDING: &str = "name_pending";
    /// The mother, as a resident's id: `p12`.
    pub const MOTHER: &str = "mother";
    pub const MOTHER_NAME: &str = "mother_name";
    pub const MOTHER_ID_NO: &str = "mother_id_no";
    pub const RECORD_NO: &str = "record_no";
    pub const ORG: &str = "org";
    pub const CREATOR: &str = "creator";
    pub const DOCTOR: &str = "doctor";
    pub const CREATED: &str = "created";
    pub const STATUS: &str = "status";
    pub const LOST_REASON: &str = "lost_reason";
    pub const MOVED_TO: &str = "moved_to";
    pub const DEATH_DATE: &str = "death_date";
    pub const DEATH_CAUSE: &str = "death_cause";
}

/// The form of a resident's card.
pub const CARD: &str = "F08";

/// What must be known to write a new resident down; the card takes the rest later.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Basics {
    /// Empty while a newborn has none (未取名).
    pub name: String,
    pub sex: Option<Sex>,
    pub birth: Option<Day>,
    pub id_no: String,
    pub phone: String,
    pub mother: Option<Mother>,
}

/// Who bore a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mother {
    Resident(PersonId),
    Other { name: String, id_no: String },
}

impl Basics {
    /// Returns the card that says this and nothing else.
    pub fn card(&self) -> Answers {
        let mut card = Answers::new();
        let mut write = |field: &str, text: &str| {
            if !text.trim().is_empty() {
                card.insert(field.to_owned(), Value::Text(text.trim().to_owned()));
            }
        };
        write(key::NAME, &self.name);
        write(key::ID_NO, &self.id_no);
        write(key::PHONE, &self.phone);
        match &self.mother {
            Some(Mother::Resident(mother)) => write(key::MOTHER, &mother.to_string()),
            Some(Mother::Other { name, id_no }) => {
                write(key::MOTHER_NAME, name);
                write(key::MOTHER_ID_NO, id_no);
            }
            None => {}
        }
        let mut code = |field: &str, code: &str| {
            card.insert(field.to_owned(), Value::Code(code.to_owned()));
        };
        if self.name.trim().is_empty() {
            code(key::NAME_PENDING, "1");
        }
        if let Some(sex) = self.sex {
            code(key::SEX, sex.code());
        }
        if !self.id_no.trim().is_empty() {
            code(key::ID_TYPE, "01");
        }
        if let Some(birth) = self.birth {
            card.insert(key::BIRTH.to_owned(), Value::Date(birth));
        }
        card
    }
}

/// Whether and how a person still belongs to the clinic's population (档案状态).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonState {
    /// 1 正常
    Here,
    /// 2 失访
    Lost { since: Day, reason: String },
    /// 3 迁出
    MovedOut { on: Day, to: String },
    /// 4 死亡
    Died { on: Day, cause: String },
    /// 5 作废, recorded twice
    Void {
        why: String,
        same_as: Option<PersonId>,
    },
}

/// What a roster said of a person's agreement; a fact brought in, never a signing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementTold {
    pub state: String,
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub signed_on: Option<Day>,
    pub doctor: Option<String>,
}

impl AgreementTold {
    /// Says whether the roster's word for the agreement says that there is one.
    pub fn is_signed(&self) -> bool {
        let word = &self.state;
        word.contains('签') && !word.contains('未') && !word.contains('解')
    }
}

/// A key-population tag set by hand, with who vouches for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManualTag {
    /// The tag's stable key, `K08`.
    pub tag: String,
    #[serde(with = "crate::domain::written_day")]
    pub since: Day,
    pub evidence: String,
}

/// A resident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    pub household: HouseholdId,
    /// Order of joining the household, from 1; never reused there.
    pub member_no: u32,
    /// 与户主关系, GB/T 4761 first digit, 0–8.
    pub relation: u8,
    /// The relation as given: 长子, 儿媳.
    pub relation_word: String,
    /// 17 digits; `None` while the village has no code (待编码).
    pub record_no: Option<String>,
    pub former_record_nos: Vec<String>,
    pub state: PersonState,
    pub card: Answers,
    pub manual_tags: Vec<ManualTag>,
    pub agreement_told: Option<AgreementTold>,
    #[serde(with = "crate::domain::written_day")]
    pub created: Day,
    /// Who opened the record (建档人).
    pub created_by: StaffId,
}

impl Person {
    /// Returns the name, or an empty text when the child has none yet.
    pub fn name(&self) -> &str {
        self.text(key::NAME)
    }

    /// Returns the text field `key`, or an empty text.
    pub fn text(&self, key: &str) -> &str {
        self.card.get(key).and_then(Value::text).unwrap_or_default()
    }

    /// Returns the codes of field `key`.
    pub fn codes(&self, key: &str) -> &[String] {
        self.card.get(key).map(Value::codes).unwrap_or_default()
    }

    /// Returns the sex.
    pub fn sex(&self) -> Sex {
        let code = self.card.get(key::SEX).and_then(Value::code);
        code.and_then(Sex::from_code).unwrap_or(Sex::Unknown)
    }

    /// Returns the birth date, where known.
    pub fn birth(&self) -> Option<Day> {
        self.card.get(key::BIRTH).and_then(Value::date)
    }

    /// Returns the full years of age on `today`, where the birth date is known.
    pub fn age(&self, today: Day) -> Option<u32> {
        self.birth().map(|birth| day::age_years(birth, today))
    }

    /// Returns whether the person lives and belongs here: services are due only then.
    pub fn is_here(&self) -> bool {
        match self.state {
            PersonState::Here | PersonState::Lost { .. } => true,
            PersonState::MovedOut { .. } | PersonState::Died { .. } | PersonState::Void { .. } => {
                false
            }
        }
    }

    /// Returns the mother, where she is a resident here.
    pub fn mother(&self) -> Option<PersonId> {
        self.text(key::MOTHER).parse().ok()
    }

    /// Returns since when a registered resident has been away (人户分离), where known.
    pub fn away_since(&self) -> Option<Day> {
        self.card.get(key::AWAY_SINCE).and_then(Value::date)
    }
}
