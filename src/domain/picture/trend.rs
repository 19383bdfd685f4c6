//! How a grown person's values went: pressure, fasting glucose, weight, each with its day.
//!
//! Whether a value is on target is said for the targets in force on the day of asking.

use super::Life;
use crate::domain::{
    day::{Day, age_months},
    programmes::{child, dm, htn},
    settings::Pressure,
    value::Decimal,
    visit,
};

/// One value, or a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    pub day: Day,
    /// mmHg; tenths of mmol/L; tenths of kg.
    pub value: i64,
    /// The lower pressure, mmHg.
    pub lower: Option<i64>,
    /// Measured by the person or told by phone.
    pub own: bool,
}

/// The values of one person, each the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trends {
    pub pressure: Vec<Reading>,
    /// Both values must lie below (rules §3.2).
    pub pressure_target: Pressure,
    /// Fasting.
    pub glucose: Vec<Reading>,
    /// mmol/L; the value must lie below (rules §4.2).
    pub glucose_target: Decimal,
    pub weight: Vec<Reading>,
}

impl Trends {
    /// Says whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.pressure.is_empty() && self.glucose.is_empty() && self.weight.is_empty()
    }
}

/// Returns the trends of a person. Weights of children stand in the picture of growth.
pub fn trends(life: &Life<'_>) -> Trends {
    let mut found = Trends {
        pressure: Vec::new(),
        pressure_target: htn::target_on(life.course, life.person, life.today, life.settings),
        glucose: Vec::new(),
        glucose_target: dm::target_of(life.course, life.settings),
        weight: Vec::new(),
    };
    for contact in life.standing() {
        let day = contact.day;
        let measured = contact.happening.measured().unwrap_or_default();
        let by_phone = contact
            .happening
            .mode()
            .is_some_and(|mode| !mode.is_face_to_face());
        let own = by_phone || visit::is_self_measured(&contact.forms);
        if let Some(pressure) = measured.pressure() {
            found.pressure.push(Reading {
                day,
                value: i64::from(pressure.sbp),
                lower: Some(i64::from(pressure.dbp)),
                own,
            });
        }
        if let Some(fbg) = measured.fbg {
            found.glucose.push(reading(day, fbg, by_phone));
        }
        let is_grown = child::END <= age_months(life.person.birth, day);
        if let Some(weight) = visit::body_weight(&contact.forms).filter(|_| is_grown) {
            found.weight.push(reading(day, weight, by_phone));
        }
    }
    found
}

fn reading(day: Day, value: Decimal, own: bool) -> Reading {
    Reading {
        day,
        value: value.rounded(1).thousandths() / 100,
        lower: None,
        own,
    }
}
