//! What an agreement promises one person so many times a year, kept beside his follow-up so that
//! a day's queue finds at once where a promise would break; and how such a promise presses on the
//! work that keeps it.
//!
//! Near means the last days yearly work makes a row of its own in (`lead_days_annual`): a promise
//! is yearly work that ends with the agreement year. It opens no task of its own: a programme's
//! open task is pulled forward, or may wait less long, so nobody gets a second row.

use serde::{Deserialize, Serialize};

use super::{
    contract::{Agreement, Origin},
    fulfilment::{self, Completed, What},
    promise::{Contact, Item, Line, Often, Service},
    signed::Signed,
    term::{Span, Term},
};
use crate::domain::{
    course::served::Done,
    day::{Day, plus_days},
    id::{AgreementId, PersonId},
    programmes::{ProgrammeKind, reason::Reason, rule::Rule},
    task::{Task, TaskKind},
    window::{self, WindowCode},
};

/// What one agreement promises somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pledge {
    pub agreement: AgreementId,
    /// The printed number; empty while it has none.
    pub number: String,
    #[serde(with = "PackedTerm")]
    pub term: Term,
    /// The days it serves him.
    #[serde(with = "PackedSpan")]
    pub covered: Span,
    /// The services of the basic package with a number of times a year.
    pub lines: Vec<Line>,
}

/// A term as derived rows alone have it.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Term")]
struct PackedTerm {
    #[serde(with = "crate::domain::written_day::packed")]
    start: Day,
    years: u32,
}

/// A stretch of days as derived rows alone have it.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Span")]
struct PackedSpan {
    #[serde(with = "crate::domain::written_day::packed")]
    from: Day,
    #[serde(with = "crate::domain::written_day::packed")]
    to: Day,
}

/// A promised service that is not done yet in the agreement year that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    pub agreement: AgreementId,
    /// The printed number; empty while it has none.
    pub number: String,
    pub service: Service,
    pub required: u32,
    /// Times done, less than required.
    pub done: u32,
    /// The last day on which it still counts.
    pub until: Day,
}

impl Pledge {
    /// Returns what the agreement promises the person; none where it serves him on no day, and
    /// none while he has not confirmed what a roster told.
    pub fn of(agreement: &Agreement, person: PersonId) -> Option<Self> {
        let signed = agreement.signed()?;
        let member = signed.member(person)?;
        if agreement.origin == Origin::BroughtIn && member.is_unconfirmed() {
            return None;
        }
        let covered = served(signed, person)?;
        let is_counted = |line: &&Line| match (&line.item, line.often) {
            (Item::Basic(_), Often::Yearly(times)) => 0 < times,
            (Item::Basic(_), Often::Scheduled | Often::AsNeeded) | (Item::Extra { .. }, _) => false,
        };
        let lines: Vec<Line> = member.promise.iter().filter(is_counted).cloned().collect();
        let number = agreement.number.as_ref();
        (!lines.is_empty()).then(|| Self {
            agreement: agreement.id,
            number: number.map_or_else(String::new, ToString::to_string),
            term: signed.term,
            covered,
            lines,
        })
    }

    /// Returns the last days of the agreement years in which something is not done: the days a
    /// store finds the person by.
    pub fn open_until(&self, done: &[Completed]) -> Vec<Day> {
        let years = (1..=self.term.years).filter_map(|year| self.term.year(year));
        let open = years.filter(|year| self.of_year(*year, &self.lines, done).next().is_some());
        open.filter_map(|year| year.shared(self.covered))
            .map(|part| part.to)
            .collect()
    }

    /// Says whether everybody's assessment was done in the agreement year the day lies in,
    /// by a yearly check before it was promised, too (N2): then no task waits for it.
    pub fn is_assessed(&self, done: &[Completed], day: Day) -> bool {
        let is_assessment = |line: &&Line| line.item == Item::Basic(Service::Assessment);
        let lines = self.lines.iter().filter(is_assessment);
        let year = self.year_of(day);
        year.is_some_and(|year| {
            lines.clone().next().is_some() && self.of_year(year, lines, done).next().is_none()
        })
    }

    /// Says whether the last `lead` days have begun of the agreement year the day lies in, as far
    /// as it is covered: what is owed then is near its end.
    pub fn is_near(&self, day: Day, lead: u32) -> bool {
        let part = self.year_of(day);
        let part = part.and_then(|year| year.shared(self.covered));
        part.is_some_and(|part| plus_days(part.to, -i64::from(lead)) <= day)
    }

    /// Returns what is not done yet of the agreement year the day lies in.
    pub fn owed(&self, done: &[Completed], day: Day) -> Vec<Owed> {
        let year = self.year_of(day);
        year.into_iter()
            .flat_map(|year| self.of_year(year, &self.lines, done))
            .collect()
    }

    /// Returns the agreement year the day lies in, where it is covered.
    fn year_of(&self, day: Day) -> Option<Span> {
        let year = self.term.year_of(day).filter(|_| self.covered.holds(day));
        year.and_then(|year| self.term.year(year))
    }

    /// Returns what is not done in a year of some of its lines.
    fn of_year<'a>(
        &'a self,
        year: Span,
        lines: impl IntoIterator<Item = &'a Line>,
        done: &[Completed],
    ) -> impl Iterator<Item = Owed> {
        let part = year.shared(self.covered);
        let lines = part.map(|part| lines.into_iter().map(move |line| (part, line)));
        lines.into_iter().flatten().filter_map(move |(part, line)| {
            let Item::Basic(service) = line.item else {
                return None;
            };
            let (required, done) = fulfilment::times(line, year, part, done)?;
            (done < required).then(|| Owed {
                agreement: self.agreement,
                number: self.number.clone(),
                service,
                required,
                done,
                until: part.to,
            })
        })
    }
}

/// Returns the days somebody is covered; where both sides agreed on an earlier end, until then.
fn served(signed: &Signed, person: PersonId) -> Option<Span> {
    let covered = signed.coverage(person)?;
    let agreed = signed.ending.as_ref().and_then(|one| one.agreed.as_ref());
    let last = agreed.map_or(covered.to, |sheet| sheet.last_day.min(covered.to));
    Span::new(covered.from, last)
}

/// Returns services done in the form promises are counted by.
pub fn completed(done: &[Done]) -> Vec<Completed> {
    let one = |done: &Done| Completed {
        day: done.day,
        what: What::Task(done.kind),
        contact: if done.met {
            Contact::FaceToFace
        } else {
            Contact::Any
        },
    };
    done.iter().map(one).collect()
}

/// Says whether the task is yearly work that a promise made due: it goes with any visit the
/// person has anyway.
pub fn is_yearly_promise(task: &Task) -> bool {
    task.window == WindowCode::Fixed && matches!(task.reason, Reason::Promised { .. })
}

impl Owed {
    /// Says whether its last `lead` days have begun.
    pub fn is_near(&self, today: Day, lead: u32) -> bool {
        self.first_day(lead) <= today && today <= self.until
    }

    const fn reason(&self) -> Reason {
        Reason::Promised {
            done: self.done,
            times: self.required,
        }
    }

    fn first_day(&self, lead: u32) -> Day {
        plus_days(self.until, -i64::from(lead))
    }

    /// Says whether the task is work on it: such a service, or finding again whom it is owed to.
    pub fn is_served_by(&self, task: &Task) -> bool {
        self.service.counts(task.kind) || self.is_stood_in_for(task)
    }

    /// A referral check and a tracing stand in the place of a programme's visit.
    fn is_stood_in_for(&self, task: &Task) -> bool {
        let stands_in = matches!(task.kind, TaskKind::ReferralCheck | TaskKind::Trace);
        let of = visited_for(self.service);
        stands_in && of.is_some_and(|kind| task.programmes.contains(&kind))
    }

    /// Says whether the task by itself is done while it still counts: yearly work makes a row
    /// only near its own end, other work when it is due.
    fn is_in_time(&self, task: &Task) -> bool {
        if task.window.is_standing() {
            task.latest.is_some_and(|latest| latest <= self.until)
        } else {
            task.due <= self.until
        }
    }

    /// Pulls the task forward, so that it is due when the last `lead` days begin and waits no
    /// longer than it counts. An attempt that failed keeps its day. Says whether it was pulled.
    fn pull(&self, task: &mut Task, lead: u32) {
        let first = self.first_day(lead);
        if self.until < task.earliest {
            if task.window.is_standing() {
                // It would count for the next calendar year only once that has begun.
                return;
            }
            task.earliest = first;
        }
        let is_yearly = task.window.is_standing();
        let due = if 0 < task.attempts {
            task.due.min(self.until)
        } else if is_yearly {
            first.max(task.earliest)
        } else {
            first.max(task.earliest).min(task.due)
        };
        if due < task.due || is_yearly {
            task.due = due;
            task.first_due = if is_yearly {
                due
            } else {
                task.first_due.min(due)
            };
            task.from = due;
            task.span = window::Span::Chosen;
            task.rule = Rule::Pr1;
            task.reason = self.reason();
        }
        if is_yearly {
            task.window = WindowCode::Fixed;
        }
        task.latest = Some(task.latest.map_or(self.until, |day| day.min(self.until)));
    }
}

/// Presses on open tasks where a promise near its end would break without them. A promise whose
/// programme ended, or whose work is done for this calendar year, presses on nothing.
pub fn press(tasks: &mut [Task], owed: &[Owed], today: Day, lead: u32) {
    for owed in owed.iter().filter(|owed| owed.is_near(today, lead)) {
        let mut own: Vec<&mut Task> = tasks
            .iter_mut()
            .filter(|task| owed.is_served_by(task))
            .collect();
        let left = owed.required.saturating_sub(owed.done);
        let in_time = own.iter().filter(|task| owed.is_in_time(task)).count();
        let is_enough = usize::try_from(left).is_ok_and(|left| left <= in_time);
        own.retain(|task| !owed.is_stood_in_for(task));
        for task in own {
            if !is_enough {
                owed.pull(task, lead);
            } else if task.window == WindowCode::AgreementYear {
                task.reason = owed.reason();
            } else if !task.window.is_standing() && owed.is_in_time(task) {
                task.latest = task.latest.map(|day| day.min(owed.until));
            }
        }
    }
}

/// Returns the programme whose visits are promised.
const fn visited_for(service: Service) -> Option<ProgrammeKind> {
    match service {
        Service::HtnVisits => Some(ProgrammeKind::Htn),
        Service::DmVisits => Some(ProgrammeKind::Dm),
        Service::SmdVisits => Some(ProgrammeKind::Smd),
        Service::TbVisits => Some(ProgrammeKind::Tb),
        Service::DisabledVisits => Some(ProgrammeKind::Disabled),
        Service::HouseholdVisits => Some(ProgrammeKind::Poverty),
        Service::BloodPressure => Some(ProgrammeKind::Screen35),
        Service::RecordKept
        | Service::Assessment
        | Service::Consultation
        | Service::Education
        | Service::Season
        | Service::HtnExam
        | Service::DmExam
        | Service::SmdExam
        | Service::ElderlyExam
        | Service::ElderlyTcm
        | Service::Antenatal
        | Service::Postnatal
        | Service::ChildChecks
        | Service::ChildTcm
        | Service::Vaccination => None,
    }
}
