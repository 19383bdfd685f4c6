//! What a form asks: sections, fields, options, ranges, and the named rules between fields.
//!
//! Plain data without behaviour beyond looking itself up; reading it from TOML is `catalog::forms`.

use super::{calc::Calculation, condition::Condition, grid::Grid, rules::RuleUse};
use crate::domain::{
    text::Label,
    value::{Decimal, Value},
};
use serde::Deserialize;

/// One form in one edition. A recorded form keeps both, so it always shows as it was filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct FormDef {
    /// `F01` … `F27` as in the form rules, or an application name such as `household`.
    pub id: String,
    pub edition: String,
    pub title: Label,
    /// The field that holds the day the form is about; a form without one is a card.
    pub visit_day: Option<String>,
    /// Whether a missing required field is only listed as 待补 (cards) instead of refused.
    pub saves_incomplete: bool,
    /// Fields any of which, once given, ends the questions (失访, 死亡; form rules §1.2 rule 6).
    pub ended_by: Vec<String>,
    /// Whether it is filled in section by section, perhaps over days.
    pub in_sections: bool,
    /// The field that says which column of the paper is meant, where options differ by it.
    pub column: Option<String>,
    /// The answer by which a referral is made, where the form has one.
    pub referral: Option<Referral>,
    pub sections: Vec<Section>,
    pub rules: Vec<RuleUse>,
    /// How it stands on a paper sheet of many people, where it fits on one.
    pub grid: Option<Grid>,
}

/// A field and the code that says a referral is made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Referral {
    pub field: String,
    pub code: String,
}

impl FormDef {
    /// Returns every field in the order of asking.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    /// Returns the field called `key`.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields().find(|field| field.key == key)
    }

    /// Says whether what it asks depends on other records of it in the same year.
    pub fn looks_at_year(&self) -> bool {
        self.fields().any(Field::looks_at_year)
    }

    /// Returns the field at `index` in the order of asking.
    pub fn field_at(&self, index: usize) -> Option<&Field> {
        self.fields().nth(index)
    }
}

/// Fields under one heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    pub title: Label,
    pub fields: Vec<Field>,
}

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub key: String,
    pub label: Label,
    pub kind: Kind,
    pub unit: Option<Label>,
    /// Outside it nothing is saved.
    pub hard: Option<Range>,
    /// Outside it the value is asked about once.
    pub soft: Option<Range>,
    /// How far the value may differ from the last record before it is asked about.
    pub change: Option<Change>,
    /// All must hold for the field to be asked at all.
    pub shown: Vec<Condition>,
    pub need: Need,
    pub force: Option<Force>,
    /// What stands in the field when nothing else is known, as it would be typed.
    pub default: Option<String>,
    /// The answer 无异常 states for an unmeasured question, as codes.
    pub normal: Vec<String>,
    pub carry: Carry,
    /// The name under which several forms of one visit ask the same thing once.
    pub share: Option<String>,
    /// Names in one-line entry; the first is the one written.
    pub short: Vec<String>,
    /// Whether the rules propose the value, which a person may change.
    pub by_rules: bool,
    /// The field in which a departure from the rules' proposal is explained.
    pub reason: Option<String>,
    pub from: Vec<Bound>,
    pub until: Vec<Bound>,
    pub format: Option<Format>,
    pub joint: Joint,
    /// The field whose target this one is (斜线后).
    pub target_of: Option<String>,
    /// What computes the value, or puts one there until somebody answers.
    pub calculation: Option<Calculation>,
    /// The options in each column of the paper, where they differ.
    pub by_column: Vec<(String, Vec<Choice>)>,
}

impl Field {
    /// Returns the options of a choice; none for other kinds.
    pub fn options(&self) -> &[Choice] {
        match &self.kind {
            Kind::Code(options)
            | Kind::Codes(options)
            | Kind::Bool(options)
            | Kind::Calc { options, .. } => options,
            _ => &[],
        }
    }

    /// Returns the option with this stored code.
    pub fn option(&self, code: &str) -> Option<&Choice> {
        self.options().iter().find(|option| option.code == code)
    }

    /// Returns the digits that choose the option at `index`: its official code, or its place
    /// in the list where the code is an application key.
    pub fn digits_of(&self, index: usize) -> String {
        let numbered = |option: &Choice| option.code.bytes().all(|b| b.is_ascii_digit());
        match self.options().get(index) {
            Some(option) if numbered(option) => option.code.clone(),
            _ => (index + 1).to_string(),
        }
    }

    /// Returns the columns of a repeated group; none for other kinds.
    pub fn columns(&self) -> &[Field] {
        match &self.kind {
            Kind::Rows { columns, .. } => columns,
            _ => &[],
        }
    }

    /// Says whether whether it is asked, needed or fixed depends on the year's other records.
    fn looks_at_year(&self) -> bool {
        let needs = match &self.need {
            Need::Required | Need::Optional => &[][..],
            Need::When(conditions) | Need::Asked(conditions) => conditions,
        };
        let forced = self.force.iter().flat_map(|force| &force.when);
        let mut all = self.shown.iter().chain(needs).chain(forced);
        all.any(|condition| *condition == Condition::FirstOfYear)
            || self.columns().iter().any(Self::looks_at_year)
    }

    /// Returns how many decimals a number keeps.
    pub fn places(&self) -> u8 {
        match self.kind {
            Kind::Dec { places } | Kind::Calc { places, .. } => places,
            _ => 0,
        }
    }

    /// Returns the value of stored code `code` in this field.
    pub fn value_of(&self, codes: &[String]) -> Option<Value> {
        let first = codes.first()?;
        match self.kind {
            Kind::Codes(_) => Some(Value::Codes(codes.to_vec())),
            Kind::Bool(_) => Some(Value::Bool(first == "2")),
            _ => Some(Value::Code(first.clone())),
        }
    }
}

/// What kind of answer a field takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Code(Vec<Choice>),
    Codes(Vec<Choice>),
    /// Yes (`2`) or no (`1`), with the words of the form.
    Bool(Vec<Choice>),
    Int,
    /// A number with this many decimals, 1–3.
    Dec {
        places: u8,
    },
    /// At most this many characters.
    Text {
        most: usize,
    },
    Date,
    Month,
    Rows {
        columns: Vec<Field>,
        most: usize,
    },
    /// Computed by the field's calculation, never typed: a number of so many decimals, a day,
    /// or one of the options where there are some.
    Calc {
        places: u8,
        options: Vec<Choice>,
    },
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The code as printed on the form, or an application key.
    pub code: String,
    pub label: Label,
    /// Whether it excludes every other option (form rules §1.2 rule 3).
    pub exclusive: bool,
    /// The field that must say more when this is chosen (其他).
    pub text: Option<String>,
}

/// A closed range of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    pub low: Decimal,
    pub high: Decimal,
}

impl Range {
    /// Tells whether `number` lies inside, ends included.
    pub fn holds(self, number: Decimal) -> bool {
        self.low <= number && number <= self.high
    }
}

/// The largest believable difference from the last record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// In percent of the last value, or in the field's own unit.
    pub by: ChangeBy,
    /// How old in days the last value may be to count; no limit where absent.
    pub within: Option<i64>,
}

/// The measure of a [`Change`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeBy {
    Percent(i64),
    Units(Decimal),
    /// A gain in the field's own unit for each week since.
    PerWeek(Decimal),
}

/// Whether an answer must be given.
#[derive(Debug, Clone, PartialEq)]
pub enum Need {
    Required,
    Optional,
    /// Required when all hold.
    When(Vec<Condition>),
    /// Asked about once when all hold and nothing was answered: the rules know what to do without.
    Asked(Vec<Condition>),
}

/// A value that other answers leave no choice about.
#[derive(Debug, Clone, PartialEq)]
pub struct Force {
    /// The code in force.
    pub to: String,
    pub when: Vec<Condition>,
}

/// What is brought from the last record of the same form (form rules §1.1, column cf).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Carry {
    /// Prefilled and shown as 上次 until touched.
    #[serde(rename = "y")]
    Yes,
    /// Prefilled, and the last target shown as a hint beside it.
    #[serde(rename = "y/t")]
    WithTarget,
    /// Never prefilled; the last target shown as a hint beside it.
    #[serde(rename = "t")]
    Target,
    /// From the resident's card.
    #[serde(rename = "p")]
    Card,
    /// Measured on any form a short while ago, under the same shared name.
    #[serde(rename = "r")]
    Recent,
    /// Said on any form since the person entered the programme, under the same shared name.
    #[serde(rename = "e")]
    Earlier,
    #[default]
    #[serde(rename = "n")]
    Never,
}

/// A day a date is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    Birth,
    /// A year before the day of the form.
    YearBefore,
    /// The day the person entered the programme.
    Entry,
    Visit,
    Today,
    /// The first and last day the rules allow for the proposed date.
    Earliest,
    Latest,
}

/// What a text must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A person's name: no digits.
    Name,
    /// Digits only.
    Digits,
    Phone,
    /// A phone beside the first one, which may be a short number.
    SecondPhone,
    /// A health record number, 17 digits.
    RecordNumber,
    /// A disability certificate: identity number, category 1–7, grade 1–4.
    DisabilityCertificate,
}

/// How a field stands to the one before it on screen and paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Joint {
    #[default]
    Own,
    /// In one box after a slash: 收缩压/舒张压.
    Slash,
    /// On the same row, with its own box.
    Beside,
}
