//! A child's growth against the reference: every weight and height recorded, with where it
//! stands.
//!
//! Ages are full ages since birth: a premature child is not corrected, its weeks are told.

use super::Life;
use crate::domain::order::Arrange as _;
use crate::domain::{
    day::age_months,
    growth::{Fall, Grown, Measure, Reference, fall},
    identity::Sex,
    programmes::child,
    visit,
};

/// A child is premature below this age at birth, full weeks.
const PREMATURE: u32 = 37;

/// What is known of a child's growth.
#[derive(Debug, Clone, PartialEq)]
pub struct Growth {
    /// By age.
    pub weight: Vec<Grown>,
    /// By age.
    pub height: Vec<Grown>,
    pub weight_fall: Option<Fall>,
    pub height_fall: Option<Fall>,
    /// The full weeks at birth of a child born before 37.
    pub premature: Option<u32>,
}

/// Returns the growth of a child under seven of whom anything was measured.
pub fn growth(life: &Life<'_>, reference: &Reference) -> Option<Growth> {
    let birth = life.person.birth;
    if birth == crate::domain::day::Day::MIN || child::END <= age_months(birth, life.today) {
        return None;
    }
    let sex = if life.person.is_female {
        Sex::Female
    } else {
        Sex::Male
    };
    let mut all: Vec<Grown> = Vec::new();
    let mut weeks = None;
    for contact in life.standing() {
        weeks = visit::weeks_at_birth(&contact.forms).or(weeks);
        for (day, measure, value) in visit::growth(&contact.forms, birth, contact.day) {
            let age = (day - birth).num_days();
            let z = reference.z(measure, sex, age, value);
            // Told again at another visit, as the weight at birth is: the last word counts.
            all.retain(|known| known.measure != measure || known.day != day);
            all.push(Grown {
                measure,
                day,
                age,
                value,
                z,
            });
        }
    }
    all.arrange_by_key(|grown| grown.age);
    let of = |measure| {
        let known = all.iter().filter(|grown| grown.measure == measure);
        known.cloned().collect::<Vec<Grown>>()
    };
    let (weight, height) = (of(Measure::Weight), of(Measure::Height));
    (!all.is_empty()).then(|| Growth {
        weight_fall: fall(&weight),
        height_fall: fall(&height),
        weight,
        height,
        premature: weeks.filter(|weeks| *weeks < PREMATURE),
    })
}
