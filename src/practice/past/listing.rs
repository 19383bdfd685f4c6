//! On whose list a household signs: a village doctor takes as many as the cap has room for, the
//! others sign with the township centre.

use super::{
    super::signed::{Fate, Served},
    Past,
};
use crate::domain::{
    agreement::{
        cap::{self, Fill},
        rules::AgreementRules,
    },
    day::{Day, plus_days},
    id::DoctorId,
};

/// Days before today from which a household that finds the list full may insist on its doctor.
const INSISTS: i64 = 60;

impl Past<'_> {
    /// Whoever finds the doctor's list full signs with the township centre's; one household
    /// insisted lately.
    pub(super) fn finds_room(&mut self, at: usize, day: Day) {
        let Some(home) = self.homes.get(at) else {
            return;
        };
        let (doctor, fate) = (home.served.doctor, home.fate);
        if self.has_room(doctor, at, day) {
            return;
        }
        let insists = self.above.is_none()
            && fate == Fate::Ordinary
            && doctor == Served::FIRST.doctor
            && plus_days(self.today, -INSISTS) <= day;
        if insists {
            self.above = Some(at);
        } else if let Some(home) = self.homes.get_mut(at) {
            home.served = Served::CENTRE;
        }
    }

    /// Says whether a household would fit on the doctor's list.
    pub(super) fn has_room(&self, doctor: DoctorId, at: usize, day: Day) -> bool {
        let known = usize::try_from(doctor.0.saturating_sub(1)).unwrap_or_default();
        let Some(known) = self.doctors.get(known) else {
            return true;
        };
        let others = (0..).zip(&self.homes).filter(|(place, _)| *place != at);
        let listed = others.map(|(_, home)| home.listed(doctor, day));
        let (homes, persons) = listed
            .filter(|people| 0 < *people)
            .fold((0, 0), |(homes, all), people| (homes + 1, all + people));
        let more = self.homes.get(at).map_or(0, |home| home.dwellers.len());
        let fill = cap::fill(
            known,
            &AgreementRules::default(),
            (persons + more, homes + 1),
        );
        fill != Fill::Over
    }
}
