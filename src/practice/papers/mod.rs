//! The papers of a contact, filled in as a doctor fills them in: what was told and measured, what
//! is normal stated as normal, nothing required left open.
//!
//! What a form asks comes from its definition, what is told from one file a programme. Which
//! papers a contact takes is decided elsewhere.

mod child;
mod clinic;
mod constitution;
mod exam;
mod growth;
mod home;
mod lung;
mod mental;
mod mother;

use super::{
    answers,
    cases::Cases,
    chance::Chance,
    health,
    latent::{Latent, Reading},
};
use crate::domain::{
    course::{Course, PersonFacts},
    day::{Day, age_years, plus_days},
    form::{self, Field, FilledForm, FormContext, FormDef, Kind, Mark, Severity, fill, typed},
    identity::Sex,
    programmes::ProgrammeKind,
    tags::ManagedFor,
    task::Mode,
    value::{Answers, Decimal, Value},
};

/// All that is known about somebody papers are filled in about.
#[derive(Debug, Clone)]
pub struct Patient {
    pub facts: PersonFacts,
    /// The card, as far as papers ask it.
    pub card: Answers,
    pub latent: Latent,
    pub cases: Cases,
    /// The last day anything is known of.
    pub until: Day,
}

impl Patient {
    /// Invents what papers ask of somebody of whom the card and the course are known.
    pub fn invented(
        facts: PersonFacts,
        card: Answers,
        course: &Course,
        today: Day,
        chance: &mut Chance,
    ) -> Self {
        let sex = if facts.is_female {
            Sex::Female
        } else {
            Sex::Male
        };
        let is_in = |kind| course.programmes.contains_key(&kind);
        let ill = (is_in(ProgrammeKind::Htn), is_in(ProgrammeKind::Dm));
        let age = age_years(facts.birth, today);
        Self {
            latent: health::invented(chance, (sex, age), ill, today),
            cases: Cases::default(),
            until: today,
            facts,
            card,
        }
    }

    /// Says whether `day` lies among the last so many days.
    fn is_of_late(&self, day: Day, days: i64) -> bool {
        plus_days(self.until, -days) <= day
    }

    /// Centimetres.
    fn height(&self) -> Decimal {
        Decimal::from_thousandths(i64::from(self.latent.height) * 100)
    }
}

/// The contact the papers belong to.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    pub day: Day,
    pub mode: Mode,
    /// Who fills them in.
    pub by: &'a str,
    /// The person's course before.
    pub course: &'a Course,
    /// What was measured, once for all papers.
    pub reading: &'a Reading,
}

/// Answers in the order they are told, as they would be typed.
#[derive(Debug, Default)]
struct Told(Vec<(&'static str, String)>);

impl Told {
    fn put(&mut self, key: &'static str, text: impl ToString) {
        self.0.push((key, text.to_string()));
    }

    fn all(&mut self, answers: &[(&'static str, &str)]) {
        for (key, text) in answers {
            self.put(key, text);
        }
    }

    /// Puts a number given in tenths.
    fn tenths(&mut self, key: &'static str, value: i32) {
        let number = Decimal::from_thousandths(i64::from(value) * 100);
        self.put(key, number.with_places(1));
    }

    /// Puts a number given in hundredths.
    fn hundredths(&mut self, key: &'static str, value: i32) {
        let number = Decimal::from_thousandths(i64::from(value) * 10);
        self.put(key, number.with_places(2));
    }

    /// Puts a pressure under two keys.
    fn pressure(&mut self, (sbp, dbp): (&'static str, &'static str), reading: &Reading) {
        self.put(sbp, reading.sbp);
        self.put(dbp, reading.dbp);
    }

    /// Reads what was told as answers of the form; what the form does not ask is left out.
    fn read(self, form: &FormDef, today: Day) -> Answers {
        let read = |(key, text): (&'static str, String)| {
            let value = typed::parse(form.field(key)?, &text, today).ok()?;
            Some((key.to_owned(), value))
        };
        self.0.into_iter().filter_map(read).collect()
    }
}

/// Returns what is told for a form; empty for one nothing is known of.
pub fn answers(
    form: &FormDef,
    patient: &Patient,
    on: &Occasion<'_>,
    chance: &mut Chance,
) -> Answers {
    let mode = on.mode.code();
    let follow_up = |managed| {
        answers::follow_up(managed, mode, &patient.latent, on.reading).unwrap_or_default()
    };
    let told = match form.id.as_str() {
        "F01" => return follow_up(ManagedFor::Hypertension),
        "F02" => return follow_up(ManagedFor::Diabetes),
        "F03" => mental::register(patient, on, chance),
        "F04" => mental::visit(patient, on, chance),
        "F05" => lung::first(patient, on, chance),
        "F06" => lung::visit(patient, on, chance),
        "F07" => exam::check_up(patient, on, chance),
        "F09" => exam::self_care(patient, on.day, chance),
        "F10" => constitution::answers(patient, on, chance),
        "F11" => mother::first(patient, on, chance),
        "F12" => mother::check(patient, on, chance),
        "F13" => mother::visit(patient, on, chance),
        "F14" => mother::after(patient, on, chance),
        "F15" => child::newborn(patient, on, chance),
        "F16" | "F17" | "F18" => child::check(patient, on, chance),
        "F19" => child::massage(patient, on),
        "F20" => clinic::register(patient, on, chance),
        "F20_record" => clinic::record(patient, on, chance),
        "F21" => clinic::slip(patient, on),
        "F21_back" => clinic::back(patient, on),
        "F22" => clinic::joint(patient, on),
        "F24" => clinic::prescription(patient, on, chance),
        "F23" => home::disabled(patient, on, chance),
        "F26" => home::household(patient, on, chance),
        "F27" => child::dose(),
        "bp_screen" => screening(patient, on),
        "enter_anc" => mother::booking(patient, on, chance),
        "enter_pnc" => mother::delivered(patient, on),
        "enter_child" => child::entry(patient, on, chance),
        "enter_tb" => lung::entry(patient, on),
        "enter_disabled" => home::disability(patient, on.day, chance),
        _ => Told::default(),
    };
    told.read(form, on.day)
}

fn screening(patient: &Patient, on: &Occasion<'_>) -> Told {
    let style = &patient.latent.style;
    let mut told = Told::default();
    told.put("mode", on.mode.code());
    told.pressure(("sbp", "dbp"), on.reading);
    let yes = |is| if is { "2" } else { "1" };
    told.put("family_history", yes(patient.latent.sbp.mean % 4 == 0));
    told.put("high_salt", yes(style.salt == "3"));
    told.put("heavy_drinking", yes(Decimal::from_int(2) <= style.drink));
    told.put("secondary_suspected", "1");
    if 140 <= on.reading.sbp || 90 <= on.reading.dbp {
        told.put("causes_removed", "2");
    }
    told
}

/// Fills in a form: as it opens, with what was told, then what is normal, then what is usual.
/// Doubtful answers are looked at and confirmed.
pub fn fill_in(
    form: &FormDef,
    context: &FormContext,
    told: Answers,
    chance: &mut Chance,
) -> FilledForm {
    let mut filled = fill::opening(form, context);
    for (key, value) in told {
        // What stands there already was looked at and left.
        if filled.answers.get(&key) != Some(&value) {
            filled.put(&key, Some(value), Mark::Typed);
        }
    }
    filled.settle(form, context);
    let in_column = form.in_column(&filled.answers);
    let form = in_column.as_ref();
    // An answer may ask for another: a few rounds see them all.
    for _ in 0..4 {
        let mut open = form::missing(form, &filled.answers, context);
        open.retain(|field| !field.by_rules);
        if open.is_empty() {
            break;
        }
        let normal = fill::normal_answers(form, &filled.answers, context);
        for field in open {
            match normal.get(&field.key) {
                Some(value) => filled.put(&field.key, Some(value.clone()), Mark::Stated),
                None => filled.put(&field.key, usual(field, context, chance), Mark::Typed),
            }
        }
        filled.settle(form, context);
    }
    let answers = fill::relevant(form, &filled.answers, context);
    filled.marks.retain(|key, _| answers.contains_key(key));
    let mut filled = FilledForm {
        form: form.id.clone(),
        edition: form.edition.clone(),
        visit: context.visit,
        answers,
        marks: filled.marks,
        confirmed: std::collections::BTreeSet::new(),
    };
    confirm(form, context, &mut filled);
    filled
}

/// Looks at what is doubtful and confirms it.
pub fn confirm(form: &FormDef, context: &FormContext, filled: &mut FilledForm) {
    filled.confirmed = form::check(form, &filled.answers, context)
        .iter()
        .filter(|problem| problem.severity() == Severity::Soft)
        .map(form::Problem::confirmation)
        .collect();
}

/// Something believable for a question nobody told the answer of.
fn usual(field: &Field, context: &FormContext, chance: &mut Chance) -> Option<Value> {
    match &field.kind {
        Kind::Code(_) | Kind::Codes(_) | Kind::Bool(_) => {
            let first = field.options().first()?;
            field.value_of(std::slice::from_ref(&first.code))
        }
        Kind::Int | Kind::Dec { .. } => {
            let range = field.soft.or(field.hard)?;
            let (low, high) = (range.low.thousandths(), range.high.thousandths());
            let step = i32::try_from((high - low) / 100).unwrap_or(0);
            let number = Decimal::from_thousandths(
                i64::midpoint(low, high) + i64::from(chance.spread(step)),
            );
            Some(match field.kind {
                Kind::Int => Value::Int(number.thousandths() / 1000),
                _ => Value::Dec(number.rounded(field.places())),
            })
        }
        Kind::Text { most } => Some(Value::Text("无特殊".chars().take(*most).collect())),
        Kind::Date => Some(Value::Date(context.visit)),
        Kind::Month | Kind::Rows { .. } | Kind::Calc { .. } => None,
    }
}
