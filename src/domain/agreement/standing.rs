//! How an agreement stands on a day, in the words of the lists: computed, never stored (§8, §9).

use super::{
    coded::coded,
    contract::{Agreement, Origin, Representative},
    doctor::Doctor,
    rules::{AgreementRules, UNCONFIRMED_DAYS},
    signed::Member,
    state::State,
};
use crate::domain::{
    day::{Day, plus_days},
    id::{DoctorId, PersonId},
};

coded! {
    /// What a list says of an agreement on a day.
    Word {
        0 Unsigned "未签" "not signed",
        1 Draft "草稿" "draft",
        2 Printed "待签字" "to be signed",
        3 NotBegun "待生效" "begins later",
        4 Active "履约中" "active",
        5 Expiring "将到期" "expiring",
        6 Overdue "到期未续" "past its end",
        7 Ending "已提出解约" "notice given",
        8 Renewed "已续约" "renewed",
        9 Terminated "已解约" "ended",
        10 Expired "到期终止" "expired",
        11 Superseded "已改签" "signed anew",
        12 Void "作废" "void",
    }
}

impl Word {
    /// Returns the stable key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unsigned => "unsigned",
            Self::Draft => "draft",
            Self::Printed => "printed",
            Self::NotBegun => "not_begun",
            Self::Active => "active",
            Self::Expiring => "expiring",
            Self::Overdue => "overdue",
            Self::Ending => "ending",
            Self::Renewed => "renewed",
            Self::Terminated => "terminated",
            Self::Expired => "expired",
            Self::Superseded => "superseded",
            Self::Void => "void",
        }
    }
}

/// What the word of an agreement follows from, whatever the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    pub state: State,
    /// Once it is signed.
    pub days: Option<Days>,
    /// 已提出解约, also where it came to its end otherwise.
    pub has_notice: bool,
}

/// The days of a signed agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first and the last of its term.
    pub start: Day,
    pub end: Day,
    /// The last one it serves on.
    pub last: Day,
}

/// What else is to be known of an agreement on a day.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of its own that a list can ask for"
)]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flags {
    /// The 60 days before the end have begun.
    pub to_renew: bool,
    /// The 30 days before the end have begun.
    pub expiring: bool,
    /// Somebody's consent waits for his own word.
    pub consent_incomplete: bool,
    /// Renewed automatically and not known to the resident.
    pub renewal_unconfirmed: bool,
    /// So still a month after the renewal: not counted as 续约, first in the return calls.
    pub unconfirmed_for_long: bool,
    /// Signed above the doctor's cap.
    pub over_cap: bool,
    /// 存疑
    pub in_doubt: bool,
    /// The doctor of record serves no longer.
    pub doctor_left: bool,
    /// 名册带入: a roster told of it, nobody signed it here.
    pub brought_in: bool,
}

/// What there is to speak of with the representative, because nobody has yet (§9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewal {
    /// It ends on this day and goes on by itself.
    Ends(Day),
    /// It went on by itself, and he is not known to know.
    Unconfirmed,
}

impl Agreement {
    /// Says whether this resident signed, or was told of it, for the household.
    pub fn is_represented_by(&self, person: PersonId) -> bool {
        self.contents.representative == Some(Representative::Member(person))
    }

    /// Returns what a contact on the day may speak of with the representative.
    pub fn renewal_to_speak_of(&self, day: Day, rules: &AgreementRules) -> Option<Renewal> {
        let signed = self.signed().filter(|_| self.state() == State::Active)?;
        if signed.renewal == super::signed::Renewal::Unconfirmed && signed.on <= day {
            return Some(Renewal::Unconfirmed);
        }
        let first = signed.term.reminder(rules);
        let is_known = signed.spoken.iter().any(|on| first <= *on);
        let is_time = first <= day && day <= signed.term.end();
        (is_time && !is_known).then_some(Renewal::Ends(signed.term.end()))
    }

    /// Returns how it stands on the day.
    pub fn word(&self, day: Day, rules: &AgreementRules) -> Word {
        self.stand().word(day, rules)
    }

    /// Returns what its word follows from.
    pub fn stand(&self) -> Stand {
        let signed = self.signed();
        Stand {
            state: self.state(),
            days: signed.map(|signed| Days {
                start: signed.term.start,
                end: signed.term.end(),
                last: signed.last_day(),
            }),
            has_notice: signed.is_some_and(|signed| signed.ending.is_some()),
        }
    }

    /// Returns the flags of the day.
    pub fn flags(&self, day: Day, rules: &AgreementRules, doctors: &[Doctor]) -> Flags {
        let runs = |state: State| state == State::Active || state == State::Ending;
        let Some(signed) = self.signed().filter(|_| runs(self.state())) else {
            return Flags::default();
        };
        let has_no_notice = signed.ending.is_none();
        let unconfirmed = signed.renewal == super::signed::Renewal::Unconfirmed;
        let mut present = signed.members.iter().filter(|one| one.left.is_none());
        let doctor = self.contents.doctor;
        let left = |id: DoctorId| {
            let doctor = doctors.iter().find(|doctor| doctor.id == id);
            doctor.is_some_and(|doctor| !doctor.serves_on(day))
        };
        Flags {
            to_renew: has_no_notice && signed.term.reminder(rules) <= day,
            expiring: has_no_notice && is_expiring(signed.term.end(), day, rules),
            consent_incomplete: present.any(Member::is_unconfirmed),
            renewal_unconfirmed: unconfirmed,
            unconfirmed_for_long: unconfirmed
                && plus_days(signed.term.start, UNCONFIRMED_DAYS - 1) <= day,
            over_cap: signed
                .signing
                .as_ref()
                .is_some_and(|signing| signing.above_cap.is_some()),
            in_doubt: !signed.doubts.is_empty(),
            doctor_left: doctor.is_some_and(left),
            brought_in: self.origin == Origin::BroughtIn,
        }
    }
}

impl Stand {
    /// Returns how it stands on the day. What was decided early shows from its own day on: a
    /// renewal signed in advance when the new term begins.
    pub fn word(&self, day: Day, rules: &AgreementRules) -> Word {
        let Some(days) = &self.days else {
            return match self.state {
                State::Draft => Word::Draft,
                State::Printed => Word::Printed,
                State::Active
                | State::Ending
                | State::Renewed
                | State::Terminated
                | State::Expired
                | State::Superseded
                | State::Void => Word::Void,
            };
        };
        match self.state {
            State::Draft => return Word::Draft,
            State::Printed => return Word::Printed,
            State::Void => return Word::Void,
            State::Renewed if days.last < day => return Word::Renewed,
            State::Terminated if days.last <= day => return Word::Terminated,
            State::Expired => return Word::Expired,
            State::Superseded if days.last < day => return Word::Superseded,
            State::Active
            | State::Ending
            | State::Renewed
            | State::Terminated
            | State::Superseded => {}
        }
        let runs = matches!(self.state, State::Active | State::Ending);
        if days.end < day {
            Word::Overdue
        } else if self.has_notice {
            Word::Ending
        } else if day < days.start {
            Word::NotBegun
        } else if runs && is_expiring(days.end, day, rules) {
            Word::Expiring
        } else {
            Word::Active
        }
    }
}

fn is_expiring(end: Day, day: Day, rules: &AgreementRules) -> bool {
    let first = plus_days(end, -i64::from(rules.expiring_days));
    first <= day && day <= end
}

/// Returns the agreements a doctor who left is still on record of: their households are to be
/// signed anew (§8).
pub fn to_sign_anew<'a>(
    agreements: impl IntoIterator<Item = &'a Agreement>,
    doctor: DoctorId,
) -> Vec<&'a Agreement> {
    let runs = |state: State| state == State::Active || state == State::Ending;
    agreements
        .into_iter()
        .filter(|agreement| agreement.contents.doctor == Some(doctor) && runs(agreement.state()))
        .collect()
}
