//! Which of a programme's papers is wanted now, where age, week or time choose it.

use crate::domain::{
    course::{Course, ProgrammeCourse},
    day::{Day, age_months, age_years, plus_days},
    programmes::{ProgrammeKind, anc::Time, child::Age},
    task::TaskKind,
};

/// From this day after delivery on a mother is checked, no longer visited (rules §9).
const CHECK_DAYS: i64 = 42;

/// Who is to be visited, and when.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    pub course: &'a Course,
    pub birth: Day,
    pub day: Day,
}

impl Who<'_> {
    /// Returns the age on that day, full years.
    pub fn age(&self) -> u32 {
        age_years(self.birth, self.day)
    }

    /// Returns the work a visit of the programme is now, where it has papers for several.
    pub fn work(&self, programme: ProgrammeKind) -> Option<TaskKind> {
        let known = self.course.programmes.get(&programme);
        match programme {
            ProgrammeKind::Child => {
                let months = age_months(self.birth, self.day);
                let mut ages = Age::ALL.iter().rev();
                let reached = ages.find(|age| age.months() <= months);
                Some(reached.map_or(TaskKind::NewbornVisit, |age| TaskKind::Child(*age)))
            }
            ProgrammeKind::Anc => {
                let facts = known.and_then(|known| known.facts.pregnancy());
                let is_booked = facts.is_some_and(|facts| !facts.done.is_empty());
                let time = if is_booked { Time::Second } else { Time::First };
                Some(TaskKind::Antenatal(time))
            }
            ProgrammeKind::Pnc => {
                let facts = known.and_then(|known| known.facts.delivery());
                let is_late = |from: Day| plus_days(from, CHECK_DAYS) <= self.day;
                let is_checked = facts.is_some_and(|facts| is_late(facts.delivered));
                Some(match is_checked {
                    true => TaskKind::PostnatalCheck,
                    false => TaskKind::PostnatalVisit,
                })
            }
            ProgrammeKind::Tb => {
                let is_visited = |known: &ProgrammeCourse| known.last.is_some();
                Some(match known.is_some_and(is_visited) {
                    true => TaskKind::TbVisit,
                    false => TaskKind::TbFirstVisit,
                })
            }
            ProgrammeKind::Htn
            | ProgrammeKind::Dm
            | ProgrammeKind::Smd
            | ProgrammeKind::Elderly
            | ProgrammeKind::TcmElderly
            | ProgrammeKind::TcmChild
            | ProgrammeKind::Vax
            | ProgrammeKind::Disabled
            | ProgrammeKind::Poverty
            | ProgrammeKind::General
            | ProgrammeKind::Screen35
            | ProgrammeKind::Outpatient => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::domain::{
        course::LastSeen,
        programmes::{Facts, anc::Pregnancy, pnc::Delivery},
        visit::form_for,
    };

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn form(kind: ProgrammeKind, known: ProgrammeCourse, birth: &str) -> &'static str {
        let mut course = Course::default();
        course.programmes.insert(kind, known);
        let who = Who {
            course: &course,
            birth: day(birth),
            day: day("2026-11-21"),
        };
        form_for(kind, &who).unwrap()
    }

    fn entered(facts: Facts) -> ProgrammeCourse {
        ProgrammeCourse {
            facts,
            ..ProgrammeCourse::entered_on(day("2026-10-01"))
        }
    }

    #[rstest]
    #[case("2026-11-10", "F15")]
    #[case("2026-10-21", "F16")]
    #[case("2025-11-22", "F16")]
    #[case("2025-11-21", "F17")]
    #[case("2023-11-22", "F17")]
    #[case("2023-11-21", "F18")]
    #[case("2020-11-21", "F18")]
    fn a_child_is_seen_on_the_paper_of_its_age(#[case] birth: &str, #[case] expected: &str) {
        let known = entered(Facts::Nothing);
        assert_eq!(form(ProgrammeKind::Child, known, birth), expected);
    }

    #[test]
    fn a_pregnancy_once_booked_is_seen_on_the_paper_of_the_later_checks() {
        let mut pregnancy = Pregnancy::since(day("2026-08-01"));
        let kind = ProgrammeKind::Anc;
        let before = entered(Facts::Pregnancy(pregnancy.clone()));
        assert_eq!(form(kind, before, "1996-01-01"), "F11");
        let first = TaskKind::Antenatal(Time::First);
        pregnancy.done.insert(first, day("2026-10-01"));
        let after = entered(Facts::Pregnancy(pregnancy));
        assert_eq!(form(kind, after, "1996-01-01"), "F12");
    }

    #[rstest]
    #[case("2026-10-11", "F13")]
    #[case("2026-10-10", "F14")]
    fn a_mother_is_checked_from_the_42nd_day_on(#[case] delivered: &str, #[case] expected: &str) {
        let known = entered(Facts::Delivery(Delivery::on(day(delivered))));
        assert_eq!(form(ProgrammeKind::Pnc, known, "1996-01-01"), expected);
    }

    #[test]
    fn tuberculosis_once_visited_is_followed_up() {
        let kind = ProgrammeKind::Tb;
        let mut known = entered(Facts::Nothing);
        assert_eq!(form(kind, known.clone(), "1970-01-01"), "F05");
        known.last = Some(LastSeen {
            day: day("2026-10-03"),
            class: None,
            measured: crate::domain::course::happening::Measured::default(),
            brought_in: false,
        });
        assert_eq!(form(kind, known, "1970-01-01"), "F06");
    }
}
