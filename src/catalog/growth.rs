//! Loads the reference of children's growth from `growth.toml`.
//!
//! How a value stands against it is `domain::growth`'s.

use std::sync::OnceLock;

use serde::Deserialize;

use super::source;
use crate::domain::{
    growth::{Measure, Reference, Spread, Table},
    identity::Sex,
    text::Label,
};

const SOURCE: &str = include_str!("growth.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    source: Label,
    table: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    measure: String,
    sex: String,
    /// Months, power, median, variation.
    rows: Vec<[f64; 4]>,
}

/// Returns the reference, read when it is first asked for; none where the file is faulty,
/// which a test excludes.
pub fn reference() -> Option<&'static Reference> {
    static READ: OnceLock<Option<Reference>> = OnceLock::new();
    READ.get_or_init(|| load().ok()).as_ref()
}

/// Reads and checks the reference.
///
/// # Errors
/// Names every fault of the file at once.
pub fn load() -> Result<Reference, Vec<String>> {
    let file: File = source::read(SOURCE).map_err(|error| vec![error.to_string()])?;
    let mut faults = Vec::new();
    let mut tables = Vec::new();
    for written in &file.table {
        match table(written) {
            Ok(table) => tables.push(table),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() {
        let source = file.source;
        Ok(Reference { source, tables })
    } else {
        Err(faults)
    }
}

fn table(written: &Written) -> Result<Table, String> {
    let name = format!("{} {}", written.measure, written.sex);
    let measure = match written.measure.as_str() {
        "weight" => Measure::Weight,
        "height" => Measure::Height,
        _ => return Err(format!("{name}: no such measure")),
    };
    let sex = Sex::from_code(&written.sex).ok_or_else(|| format!("{name}: no such sex"))?;
    let rows: Vec<Spread> = written
        .rows
        .iter()
        .map(|[age, power, median, variation]| Spread {
            age: *age,
            power: *power,
            median: *median,
            variation: *variation,
        })
        .collect();
    let climbs = |pair: &[Spread]| matches!(pair, [one, next] if one.age <= next.age);
    if rows.len() < 2 || !rows.windows(2).all(climbs) {
        return Err(format!("{name}: the ages do not climb"));
    }
    if rows
        .iter()
        .any(|row| row.median <= 0.0 || row.variation <= 0.0)
    {
        return Err(format!("{name}: a number is not above nought"));
    }
    Ok(Table { measure, sex, rows })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::value::Decimal;
    use rstest::rstest;

    /// The published lines −2 SD, median and +2 SD, to one decimal.
    #[rstest]
    #[case(Measure::Weight, "1", 0.0, [2.5, 3.3, 4.4])]
    #[case(Measure::Weight, "1", 6.0, [6.4, 7.9, 9.8])]
    #[case(Measure::Weight, "2", 12.0, [7.0, 8.9, 11.5])]
    #[case(Measure::Weight, "2", 36.0, [10.8, 13.9, 18.1])]
    #[case(Measure::Weight, "1", 60.0, [14.1, 18.3, 24.2])]
    #[case(Measure::Weight, "1", 72.0, [15.9, 20.5, 27.1])]
    #[case(Measure::Height, "1", 0.0, [46.1, 49.9, 53.7])]
    #[case(Measure::Height, "2", 12.0, [68.9, 74.0, 79.2])]
    #[case(Measure::Height, "1", 23.0, [81.0, 86.9, 92.9])]
    #[case(Measure::Height, "1", 24.0, [81.0, 87.1, 93.2])]
    #[case(Measure::Height, "2", 36.0, [87.4, 95.1, 102.7])]
    #[case(Measure::Height, "2", 72.0, [104.9, 115.1, 125.4])]
    fn the_reference_gives_the_published_lines(
        #[case] measure: Measure,
        #[case] sex: &str,
        #[case] months: f64,
        #[case] lines: [f64; 3],
    ) {
        let sex = Sex::from_code(sex).unwrap();
        #[allow(clippy::cast_possible_truncation)]
        let days = (months * 30.4375).ceil() as i64;
        let spread = load().unwrap().at(measure, sex, days).unwrap();
        for (line, z) in lines.iter().zip([-2.0, 0.0, 2.0]) {
            let found = spread.value(z);
            assert!((found - line).abs() < 0.11, "{z}: {found} for {line}");
        }
    }

    #[test]
    fn every_age_to_seven_is_known_and_none_beyond() {
        let reference = load().unwrap();
        for measure in [Measure::Weight, Measure::Height] {
            for sex in [Sex::Male, Sex::Female] {
                assert!((0..2556).all(|day| reference.at(measure, sex, day).is_some()));
                assert_eq!(reference.at(measure, sex, 2600), None);
            }
            assert_eq!(reference.at(measure, Sex::Unknown, 30), None);
        }
    }

    #[test]
    fn a_value_on_a_line_lies_so_many_deviations_off() {
        let reference = load().unwrap();
        let z = |measure, days, thousandths| {
            let value = Decimal::from_thousandths(thousandths);
            reference.z(measure, Sex::Male, days, value).unwrap()
        };
        assert!(z(Measure::Weight, 0, 3346).abs() < 0.01);
        assert!((z(Measure::Weight, 0, 2459) + 2.0).abs() < 0.01);
        assert!((z(Measure::Height, 0, 53_670) - 2.0).abs() < 0.01);
        // Far out the distance of the lines is kept: 2.1 kg is −3, 1.7 kg one line lower.
        assert!((z(Measure::Weight, 0, 1700) + 4.0).abs() < 0.1);
    }
}
