//! A task: what is to be done for a person between two days, and how it stands on a day
//! (rules §1.3, §1.6).
//!
//! Tasks are made by rules in `course`; putting them into rows is the queue's matter.

mod kind;
pub mod packed;

use serde::{Deserialize, Serialize};

pub use self::kind::TaskKind;
use super::{
    day::{Day, plus_days, workday},
    programmes::{ProgrammeKind, ProgrammeSet, reason::Reason, rule::Rule},
    settings::Settings,
    text::Text,
    window::{Span, Window, WindowCode},
};

/// How a visit was made; codes 1 to 3 are printed on the forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    Clinic,
    Home,
    Phone,
    Online,
}

impl Mode {
    /// Returns the mode of an official code: 1 门诊, 2 家庭, 3 电话, 4 线上.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "1" => Some(Self::Clinic),
            "2" => Some(Self::Home),
            "3" => Some(Self::Phone),
            "4" => Some(Self::Online),
            _ => None,
        }
    }

    /// Returns the official code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Clinic => "1",
            Self::Home => "2",
            Self::Phone => "3",
            Self::Online => "4",
        }
    }

    /// Says whether the two saw each other in person (面对面).
    pub const fn is_face_to_face(self) -> bool {
        matches!(self, Self::Clinic | Self::Home)
    }
}

/// Something to be done for one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    pub kind: TaskKind,
    /// The programmes it serves; a referral check may serve several.
    pub programmes: ProgrammeSet,
    pub window: WindowCode,
    /// The day the due day was counted from, and how far.
    #[serde(with = "crate::domain::written_day")]
    pub from: Day,
    pub span: Span,
    #[serde(with = "crate::domain::written_day")]
    pub earliest: Day,
    #[serde(with = "crate::domain::written_day")]
    pub due: Day,
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub latest: Option<Day>,
    /// The due day before failed attempts moved it (§16); lateness counts from it.
    #[serde(with = "crate::domain::written_day")]
    pub first_due: Day,
    pub rule: Rule,
    pub reason: Reason,
    /// Urgent, unstable or within 72 hours: priority 1.
    pub urgent: bool,
    /// Failed attempts on this task so far.
    pub attempts: u32,
}

impl Task {
    /// Returns a task of one programme standing in `window`.
    pub fn new(
        kind: TaskKind,
        programme: ProgrammeKind,
        window: &Window,
        rule: Rule,
        reason: Reason,
    ) -> Self {
        Self {
            kind,
            programmes: ProgrammeSet::from([programme]),
            window: window.code,
            from: window.from,
            span: window.span,
            earliest: window.earliest,
            due: window.due,
            latest: window.latest,
            first_due: window.due,
            rule,
            reason,
            urgent: matches!(reason, Reason::Urgent | Reason::Unstable | Reason::Notice),
            attempts: 0,
        }
    }

    /// Moves the due day off a weekend where the clinic wants that, within the window. A day
    /// the doctor chose stays.
    #[must_use]
    pub fn on_workday(mut self, settings: &Settings) -> Self {
        if settings.shift_to_workday && self.span != Span::Chosen {
            let due = workday(self.due, self.earliest, self.latest);
            if self.first_due == self.due {
                self.first_due = due;
            }
            self.due = due;
        }
        self
    }

    /// Returns how the task stands on `today` (rules §1.3).
    pub fn status(&self, today: Day) -> Status {
        let latest = self.latest.unwrap_or_else(|| plus_days(self.due, 30));
        if today < self.earliest {
            Status::NotYet
        } else if latest < today {
            Status::Overdue
        } else if today < self.due {
            Status::OpenEarly
        } else if today == self.due {
            Status::DueToday
        } else {
            Status::Grace
        }
    }

    /// Returns the last day that may be chosen for it: its own last day, or the day it is due
    /// where failed attempts moved that beyond (§16).
    pub fn last_choice(&self) -> Day {
        self.latest.map_or(self.due, |latest| latest.max(self.due))
    }

    /// Returns the days since the first due day; 0 until then.
    pub fn days_late(&self, today: Day) -> i64 {
        (today - self.first_due).num_days().max(0)
    }

    /// Says whether the task only rides along on other rows: standing, and neither overdue
    /// nor near its last day (rules §1.4).
    pub fn only_rides(&self, today: Day, settings: &Settings) -> bool {
        let near = |latest| plus_days(latest, -i64::from(settings.lead_days_annual)) <= today;
        self.window.is_standing() && !self.latest.is_some_and(near)
    }

    /// Says whether the task is listed on `today`: in the queue, or standing (rules §1.4).
    pub fn is_listed(&self, today: Day, settings: &Settings) -> bool {
        self.first_listed(settings) <= today
    }

    /// Returns the first day on which the task is listed: the key a store finds it by.
    /// Never before the window opens: then it has no priority to stand at.
    pub fn first_listed(&self, settings: &Settings) -> Day {
        let lead = if self.window.is_standing() {
            settings.lead_days_annual
        } else {
            settings.lead_days
        };
        plus_days(self.due, -i64::from(lead)).max(self.earliest)
    }

    /// Says whether a visit in `mode` completes the task (rules §1.6). `has_value`: the
    /// deciding value (pressure, fasting glucose) was measured or reported.
    pub fn accepts(&self, mode: Mode, has_value: bool) -> bool {
        match self.kind {
            TaskKind::HtnVisit | TaskKind::DmVisit => {
                let by_phone = self.window == WindowCode::TwoWeeks && has_value;
                mode.is_face_to_face() || by_phone
            }
            TaskKind::HtnExam
            | TaskKind::DmExam
            | TaskKind::SmdExam
            | TaskKind::ElderlyExam
            | TaskKind::ElderlyRecheck
            | TaskKind::TcmAssess
            | TaskKind::Child(_)
            | TaskKind::TcmChild(_)
            | TaskKind::PostnatalCheck
            | TaskKind::TbFirstVisit
            | TaskKind::Antenatal(_)
            | TaskKind::DisabledVisit => mode.is_face_to_face(),
            TaskKind::PostnatalVisit
            | TaskKind::NewbornVisit
            | TaskKind::NewbornExtra
            | TaskKind::HouseholdVisit => mode == Mode::Home,
            // Seen in person unless the clinic allows it online (`general.online_ok`).
            TaskKind::GeneralAssess => mode.is_face_to_face() || mode == Mode::Online && has_value,
            TaskKind::ReferralCheck
            | TaskKind::PrescriptionReview
            | TaskKind::Trace
            | TaskKind::BpScreen
            | TaskKind::SmdVisit
            | TaskKind::TbVisit
            | TaskKind::Vaccination(_) => true,
        }
    }
}

/// How an open task stands on a day (rules §1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    NotYet,
    OpenEarly,
    DueToday,
    Grace,
    Overdue,
}

impl Status {
    /// Returns the stable key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotYet => "not_yet",
            Self::OpenEarly => "open_early",
            Self::DueToday => "due_today",
            Self::Grace => "grace",
            Self::Overdue => "overdue",
        }
    }

    /// Returns the word shown.
    pub const fn text(self) -> Text {
        match self {
            Self::NotYet => Text {
                zh: "未到期",
                en: "Not yet",
            },
            Self::OpenEarly => Text {
                zh: "可提前",
                en: "Early",
            },
            Self::DueToday => Text {
                zh: "今日到期",
                en: "Due today",
            },
            Self::Grace => Text {
                zh: "宽限期",
                en: "Grace",
            },
            Self::Overdue => Text {
                zh: "逾期",
                en: "Overdue",
            },
        }
    }
}
