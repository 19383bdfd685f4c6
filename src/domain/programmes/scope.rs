//! Whom a programme is for, and what ends it for one person (rules §2, §18).
//!
//! Who is to be entered is proposed elsewhere; what an end does to tasks is `course`'s.

use super::{ProgrammeKind, child, tcm, vax};
use crate::domain::{
    course::{PersonFacts, happening::EndReason},
    day::{Day, age_months, age_years},
};

/// The ages at which a pregnancy can be recorded, full years (E-PER-PREG).
const PREGNANCY_AGES: std::ops::RangeInclusive<u32> = 12..=60;

/// Says whether a person of this age and sex can belong to the programme at all. Ages below
/// which only a reason lets somebody in (E-PROG-AGE) are the programme's own.
pub fn can_hold(kind: ProgrammeKind, person: &PersonFacts, day: Day) -> bool {
    match kind {
        ProgrammeKind::Anc | ProgrammeKind::Pnc => {
            person.is_female && PREGNANCY_AGES.contains(&age_years(person.birth, day))
        }
        ProgrammeKind::Child => age_months(person.birth, day) < child::END,
        ProgrammeKind::Vax => vax::may_be_due(person, day),
        ProgrammeKind::TcmChild => age_months(person.birth, day) < tcm::CHILD_END,
        ProgrammeKind::Htn
        | ProgrammeKind::Dm
        | ProgrammeKind::Smd
        | ProgrammeKind::Tb
        | ProgrammeKind::Elderly
        | ProgrammeKind::TcmElderly
        | ProgrammeKind::Disabled
        | ProgrammeKind::Poverty
        | ProgrammeKind::General
        | ProgrammeKind::Screen35
        | ProgrammeKind::Outpatient => true,
    }
}

/// Returns why somebody may be taken out of the programme, the usual reason first. A refusal
/// by the person is not among them: it is an attempt's result (U5), and so is what ends
/// everything.
pub const fn ends(kind: ProgrammeKind) -> &'static [EndReason] {
    match kind {
        ProgrammeKind::Htn | ProgrammeKind::Dm | ProgrammeKind::Smd => {
            &[EndReason::DiagnosisRemoved]
        }
        ProgrammeKind::Tb => &[
            EndReason::DiagnosisRemoved,
            EndReason::Completed,
            EndReason::LostForGood,
            EndReason::Transferred,
        ],
        ProgrammeKind::Anc => &[EndReason::Delivered, EndReason::PregnancyEnded],
        ProgrammeKind::Pnc => &[EndReason::Completed],
        ProgrammeKind::Disabled | ProgrammeKind::Poverty | ProgrammeKind::General => {
            &[EndReason::GroundGone]
        }
        ProgrammeKind::Outpatient => &[EndReason::Stopped],
        // Age alone begins and ends these.
        ProgrammeKind::Elderly
        | ProgrammeKind::TcmElderly
        | ProgrammeKind::Child
        | ProgrammeKind::TcmChild
        | ProgrammeKind::Vax
        | ProgrammeKind::Screen35 => &[],
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn person(birth: &str, is_female: bool) -> PersonFacts {
        PersonFacts {
            birth: birth.parse().unwrap(),
            is_female,
            registered: None,
        }
    }

    #[rstest]
    #[case(ProgrammeKind::Anc, "1996-01-01", true, true)]
    #[case(ProgrammeKind::Anc, "1996-01-01", false, false)]
    #[case(ProgrammeKind::Anc, "1960-01-01", true, false)]
    #[case(ProgrammeKind::Child, "2019-11-22", true, true)]
    #[case(ProgrammeKind::Child, "2019-11-21", true, false)]
    #[case(ProgrammeKind::TcmChild, "2023-10-22", false, true)]
    #[case(ProgrammeKind::TcmChild, "2023-10-21", false, false)]
    #[case(ProgrammeKind::Htn, "2000-01-01", false, true)]
    fn a_programme_holds_whom_it_is_for(
        #[case] kind: ProgrammeKind,
        #[case] birth: &str,
        #[case] is_female: bool,
        #[case] holds: bool,
    ) {
        let today = "2026-11-21".parse().unwrap();
        assert_eq!(can_hold(kind, &person(birth, is_female), today), holds);
    }
}
