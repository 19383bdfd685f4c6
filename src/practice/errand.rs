//! Which work is done on one way, and how the two meet for it.

use super::chance::Chance;
use crate::domain::task::{Mode, TaskKind};

/// What is done on one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    Yearly,
    /// Check, massage and doses of a child.
    Young,
    /// One at a time.
    Single(TaskKind),
}

impl Family {
    /// Returns the family of a kind of work.
    pub const fn of(kind: TaskKind) -> Self {
        match kind {
            TaskKind::DmExam
            | TaskKind::ElderlyExam
            | TaskKind::HtnExam
            | TaskKind::SmdExam
            | TaskKind::TcmAssess => Self::Yearly,
            TaskKind::Child(_) | TaskKind::TcmChild(_) | TaskKind::Vaccination(_) => Self::Young,
            TaskKind::Antenatal(_)
            | TaskKind::BpScreen
            | TaskKind::DisabledVisit
            | TaskKind::DmVisit
            | TaskKind::ElderlyRecheck
            | TaskKind::GeneralAssess
            | TaskKind::HouseholdVisit
            | TaskKind::HtnVisit
            | TaskKind::NewbornExtra
            | TaskKind::NewbornVisit
            | TaskKind::PostnatalCheck
            | TaskKind::PostnatalVisit
            | TaskKind::PrescriptionReview
            | TaskKind::ReferralCheck
            | TaskKind::SmdVisit
            | TaskKind::TbFirstVisit
            | TaskKind::TbVisit
            | TaskKind::Trace => Self::Single(kind),
        }
    }

    /// Draws how the two meet.
    pub fn mode(self, chance: &mut Chance) -> Mode {
        match self {
            Self::Single(TaskKind::SmdVisit) => {
                chance.weighted_mode(&[(Mode::Home, 60), (Mode::Clinic, 20), (Mode::Phone, 20)])
            }
            Self::Single(TaskKind::TbVisit) => {
                chance.weighted_mode(&[(Mode::Home, 70), (Mode::Phone, 30)])
            }
            Self::Single(TaskKind::Trace) => Mode::Phone,
            Self::Single(
                TaskKind::TbFirstVisit
                | TaskKind::PostnatalVisit
                | TaskKind::NewbornVisit
                | TaskKind::NewbornExtra
                | TaskKind::DisabledVisit
                | TaskKind::HouseholdVisit,
            ) => Mode::Home,
            Self::Yearly | Self::Young | Self::Single(_) => Mode::Clinic,
        }
    }
}

impl Chance {
    fn weighted_mode(&mut self, all: &[(Mode, u32)]) -> Mode {
        let places: Vec<(usize, u32)> = all.iter().map(|(_, w)| *w).enumerate().collect();
        let at = self.weighted(&places);
        all.get(at).map_or(Mode::Clinic, |(mode, _)| *mode)
    }
}
