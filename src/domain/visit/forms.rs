//! Which form which work is done on.
//!
//! What a form asks stands in the catalogue; what its answers mean is `findings`'s.

use std::collections::BTreeMap;

use crate::domain::order::Arrange as _;
use crate::domain::{
    course::{Course, ProgrammeCourse},
    day::Day,
    form::FilledForm,
    programmes::{PROGRAMMES, ProgrammeKind, anc::Time, child::Age, vax::Dose},
    task::{Mode, Status, Task, TaskKind},
    value::{Answers, Value},
};

use super::{RETURN_SLIP, SLIP, Who};

/// A form of a visit.
#[derive(Debug)]
pub struct VisitForm {
    /// The form's id in the catalogue.
    pub id: &'static str,
    /// The programme whose paper it is; of a yearly check the first that wants one.
    pub programme: ProgrammeKind,
    /// How the visit was made where the paper does not ask.
    pub mode: Mode,
    /// The answer by which several records of one day differ; none where a day has one.
    pub apart: Option<&'static str>,
    serves: fn(TaskKind) -> bool,
}

impl VisitForm {
    /// Says whether work of this kind is done on the form.
    pub fn serves(&self, kind: TaskKind) -> bool {
        (self.serves)(kind)
    }
}

/// The visit forms, in the order they are filled in.
pub const VISIT_FORMS: &[VisitForm] = &[
    form("F01", ProgrammeKind::Htn, |kind| kind == TaskKind::HtnVisit),
    form("F02", ProgrammeKind::Dm, |kind| kind == TaskKind::DmVisit),
    form("F04", ProgrammeKind::Smd, |kind| kind == TaskKind::SmdVisit),
    form("F05", ProgrammeKind::Tb, |kind| {
        kind == TaskKind::TbFirstVisit
    }),
    form("F06", ProgrammeKind::Tb, |kind| kind == TaskKind::TbVisit),
    form("F07", ProgrammeKind::Elderly, |kind| {
        matches!(
            kind,
            TaskKind::ElderlyExam
                | TaskKind::ElderlyRecheck
                | TaskKind::HtnExam
                | TaskKind::DmExam
                | TaskKind::SmdExam
        )
    }),
    form("F09", ProgrammeKind::Elderly, |kind| {
        kind == TaskKind::ElderlyExam
    }),
    form("F10", ProgrammeKind::TcmElderly, |kind| {
        kind == TaskKind::TcmAssess
    }),
    form("F11", ProgrammeKind::Anc, |kind| {
        kind == TaskKind::Antenatal(Time::First)
    }),
    form(
        "F12",
        ProgrammeKind::Anc,
        |kind| matches!(kind, TaskKind::Antenatal(time) if time != Time::First),
    ),
    at_home("F13", ProgrammeKind::Pnc, |kind| {
        kind == TaskKind::PostnatalVisit
    }),
    form("F14", ProgrammeKind::Pnc, |kind| {
        kind == TaskKind::PostnatalCheck
    }),
    at_home("F15", ProgrammeKind::Child, |kind| {
        matches!(kind, TaskKind::NewbornVisit | TaskKind::NewbornExtra)
    }),
    form(
        "F16",
        ProgrammeKind::Child,
        |kind| matches!(kind, TaskKind::Child(age) if age <= Age::M8),
    ),
    form(
        "F17",
        ProgrammeKind::Child,
        |kind| matches!(kind, TaskKind::Child(age) if Age::M8 < age && age <= Age::M30),
    ),
    form(
        "F18",
        ProgrammeKind::Child,
        |kind| matches!(kind, TaskKind::Child(age) if Age::M30 < age),
    ),
    form("F19", ProgrammeKind::TcmChild, |kind| {
        matches!(kind, TaskKind::TcmChild(_))
    }),
    form("F23", ProgrammeKind::Disabled, |kind| {
        kind == TaskKind::DisabledVisit
    }),
    form("F25", ProgrammeKind::General, |kind| {
        kind == TaskKind::GeneralAssess
    }),
    at_home("F26", ProgrammeKind::Poverty, |kind| {
        kind == TaskKind::HouseholdVisit
    }),
    VisitForm {
        apart: Some("dose"),
        ..form("F27", ProgrammeKind::Vax, |kind| {
            matches!(kind, TaskKind::Vaccination(_))
        })
    },
    form("bp_screen", ProgrammeKind::Screen35, |kind| {
        kind == TaskKind::BpScreen
    }),
    paper("F20", |_| false),
    paper("F20_record", |_| false),
    VisitForm {
        apart: Some("diagnosis"),
        ..paper("F24", |kind| kind == TaskKind::PrescriptionReview)
    },
    paper("F21", |_| false),
    paper("F21_back", |_| false),
    paper("F22", |_| false),
];

const fn form(
    id: &'static str,
    programme: ProgrammeKind,
    serves: fn(TaskKind) -> bool,
) -> VisitForm {
    VisitForm {
        id,
        programme,
        mode: Mode::Clinic,
        apart: None,
        serves,
    }
}

/// A paper of the consulting room, for anybody at any time.
const fn paper(id: &'static str, serves: fn(TaskKind) -> bool) -> VisitForm {
    form(id, ProgrammeKind::Outpatient, serves)
}

const fn at_home(
    id: &'static str,
    programme: ProgrammeKind,
    serves: fn(TaskKind) -> bool,
) -> VisitForm {
    VisitForm {
        mode: Mode::Home,
        ..form(id, programme, serves)
    }
}

/// Returns the visit form of an id.
pub fn visit_form(id: &str) -> Option<&'static VisitForm> {
    VISIT_FORMS.iter().find(|form| form.id == id)
}

/// Returns the programme a form's visits belong to.
pub fn programme_of(form: &str) -> Option<ProgrammeKind> {
    visit_form(form).map(|form| form.programme)
}

/// Returns every programme a record on this form decides: a yearly check serves all that
/// want one, an entry form the one it enters.
pub fn programmes_of(form: &str) -> Vec<ProgrammeKind> {
    let own = programme_of(form).or_else(|| super::entered_on(form));
    let is_exam = |kind: &ProgrammeKind| kind.programme().exam.is_some();
    let Some(known) = visit_form(form).filter(|known| known.serves(TaskKind::ElderlyExam)) else {
        return own.into_iter().collect();
    };
    let all = PROGRAMMES.iter().map(|programme| programme.kind);
    all.filter(|kind| *kind == known.programme || is_exam(kind))
        .collect()
}

/// Returns the form a programme's ordinary visits are filled in on.
pub fn form_of(programme: ProgrammeKind) -> Option<&'static str> {
    let usual = programme.programme().visit;
    let serves = |form: &&VisitForm| usual.is_none_or(|kind| form.serves(kind));
    VISIT_FORMS
        .iter()
        .filter(|form| form.programme == programme)
        .find(serves)
        .map(|form| form.id)
}

/// Returns the form another only goes with: what it says rides on that one's record.
pub fn goes_with(form: &str) -> Option<&'static str> {
    let served = |other: &&VisitForm| other.serves(TaskKind::ElderlyExam);
    let mut forms = VISIT_FORMS.iter().filter(served).map(|form| form.id);
    let first = forms.next()?;
    forms.any(|id| id == form).then_some(first)
}

/// Returns the form a programme's visits are filled in on for this person now: that of the
/// age, of the week, of the time in treatment.
pub fn form_for(programme: ProgrammeKind, who: &Who<'_>) -> Option<&'static str> {
    let now = who.work(programme);
    let serves = |form: &&VisitForm| now.is_some_and(|kind| form.serves(kind));
    let found = VISIT_FORMS.iter().find(serves).map(|form| form.id);
    found.or_else(|| form_of(programme))
}

/// Returns the forms on which these tasks are done, in the order they are filled in.
///
/// A pressure alone is taken only where no other form asks it. A referral check and a trace
/// are done on the form their programmes' visits are on now. Doses given on one day are a record
/// each: their form stands once for every dose.
pub fn forms_of(tasks: &[Task], who: &Who<'_>) -> Vec<String> {
    let mut wanted: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut want = |id: &'static str, is_repeated: bool| {
        let times = wanted.entry(id).or_default();
        *times = if is_repeated { *times + 1 } else { 1 };
    };
    for task in tasks {
        match task.kind {
            TaskKind::ReferralCheck | TaskKind::Trace => {
                let forms = task.programmes.iter();
                for form in forms.filter_map(|kind| form_for(*kind, who)) {
                    want(form, false);
                }
            }
            kind => {
                for form in VISIT_FORMS.iter().filter(|form| form.serves(kind)) {
                    want(form.id, matches!(kind, TaskKind::Vaccination(_)));
                }
            }
        }
    }
    let alone = wanted.len() == 1;
    VISIT_FORMS
        .iter()
        .map(|form| form.id)
        .filter(|id| alone || programme_of(id) != Some(ProgrammeKind::Screen35))
        .flat_map(|id| std::iter::repeat_n(id, wanted.get(id).copied().unwrap_or(0)))
        .map(str::to_owned)
        .collect()
}

/// From this age on a pressure is taken by itself, full years.
const OF_AGE: u32 = 18;

/// A form that can be filled in for a person now, and the first work open for it.
#[derive(Debug, Clone)]
pub struct Fillable {
    pub form: &'static VisitForm,
    pub task: Option<Task>,
}

impl Fillable {
    /// Returns the forms this work is done on, the form itself first: a yearly check of the
    /// elderly brings the score of self-care along.
    pub fn forms(&self, who: &Who<'_>) -> Vec<String> {
        match &self.task {
            Some(task) => forms_of(std::slice::from_ref(task), who),
            None => vec![self.form.id.to_owned()],
        }
    }
}

/// Returns the forms a person's programmes use, those with open work first, by due day.
///
/// Papers of one age, time or dose stand only where that is to come; the ordinary paper of
/// a programme always; a pressure alone for adults not followed up for hypertension. A paper
/// that only goes with another does not stand by itself: see [`Fillable::forms`].
pub fn fillable(tasks: &[Task], who: &Who<'_>) -> Vec<Fillable> {
    let (course, age) = (who.course, who.age());
    let is_open = |kind: &ProgrammeKind| {
        let known = course.programmes.get(kind);
        known.is_some_and(ProgrammeCourse::is_open)
    };
    let usable = |form: &&VisitForm| match form.programme {
        ProgrammeKind::Screen35 => OF_AGE <= age && !is_open(&ProgrammeKind::Htn),
        ProgrammeKind::Outpatient => true,
        _ => programmes_of(form.id).iter().any(is_open),
    };
    let mut forms: Vec<Fillable> = VISIT_FORMS
        .iter()
        .filter(usable)
        .map(|form| {
            let served = tasks.iter().filter(|task| form.serves(task.kind));
            Fillable {
                form,
                task: served.min_by_key(|task| task.due).cloned(),
            }
        })
        .filter(|found| match found.task {
            Some(_) => found
                .forms(who)
                .first()
                .is_some_and(|id| id == found.form.id),
            None => {
                let programme = found.form.programme;
                programme == ProgrammeKind::Outpatient
                    || form_for(programme, who) == Some(found.form.id)
            }
        })
        .collect();
    forms.arrange_by_key(|found| {
        let due = found.task.as_ref().map_or(Day::MAX, |task| task.due);
        (due, place(found.form, course))
    });
    forms
}

/// Where a form without open work stands: the slip an open referral lacks and the return slip
/// that is waited for; then the register, for whoever comes by themselves; other papers last.
fn place(form: &VisitForm, course: &Course) -> u8 {
    if form.programme != ProgrammeKind::Outpatient {
        return 2;
    }
    let own = course.programmes.get(&ProgrammeKind::Outpatient);
    let care = own.and_then(|own| own.facts.care());
    let is_waiting = care.is_some_and(|care| care.waiting().next().is_some());
    match form.id {
        SLIP if course.referral.is_some() && !is_waiting => 0,
        RETURN_SLIP if is_waiting => 0,
        id if form_of(form.programme) == Some(id) => 1,
        _ => 3,
    }
}

/// Returns the tasks a person is visited for today: what is dated and open, else what only
/// rides along and is open, else what comes next.
pub fn visited_for(tasks: &[Task], today: Day) -> Vec<Task> {
    let open = |task: &&Task| task.status(today) != Status::NotYet;
    let (riding, dated): (Vec<Task>, Vec<Task>) = tasks
        .iter()
        .filter(open)
        .cloned()
        .partition(|task| task.window.is_standing());
    if !dated.is_empty() {
        return dated;
    }
    if !riding.is_empty() {
        return riding;
    }
    let next = tasks.iter().map(|task| task.earliest).min();
    let first = |task: &&Task| Some(task.earliest) == next;
    tasks.iter().filter(first).cloned().collect()
}

/// Returns the dated tasks that are open today: what a household is visited for.
pub fn open_now(tasks: &[Task], today: Day) -> Vec<Task> {
    let open = |task: &&Task| !task.window.is_standing() && task.status(today) != Status::NotYet;
    tasks.iter().filter(open).cloned().collect()
}

/// Returns the doses among tasks, each with the first day it may be given.
pub fn doses_of(tasks: &[Task]) -> impl Iterator<Item = (Dose, Day)> {
    tasks.iter().filter_map(|task| match task.kind {
        TaskKind::Vaccination(dose) => Some((dose, task.earliest)),
        _ => None,
    })
}

/// Returns the dose a form of a dose opens with: the next of `doses`; none for other forms.
pub fn given_dose(form: &str, doses: &mut impl Iterator<Item = (Dose, Day)>) -> Option<Answers> {
    visit_form(form).filter(|form| is_of_doses(form))?;
    let (dose, _) = doses.next()?;
    form_of_dose(dose).map(|(_, answers)| answers)
}

/// Returns the form a dose is recorded on, and the answer that names the dose there.
pub fn form_of_dose(dose: Dose) -> Option<(&'static str, Answers)> {
    let serves = |form: &&VisitForm| form.serves(TaskKind::Vaccination(dose));
    let form = VISIT_FORMS.iter().find(serves)?;
    let answer = Value::Code(dose.code().to_owned());
    Some((form.id, Answers::from([(form.apart?.to_owned(), answer)])))
}

fn is_of_doses(form: &VisitForm) -> bool {
    form.programme == ProgrammeKind::Vax
}

/// Returns the dose a filled-in form records.
pub fn dose_on(filled: &FilledForm) -> Option<Dose> {
    let key = visit_form(&filled.form)
        .filter(|form| is_of_doses(form))?
        .apart?;
    filled.answers.get(key)?.code().and_then(Dose::from_code)
}

/// Says whether the form can be in progress for everybody: one of it at a time.
pub fn may_stay_open(form: &str) -> bool {
    visit_form(form).is_some_and(|form| form.apart.is_none())
}

/// Says whether both forms record the same: the same paper, and where a day has several of
/// it, the same answer that tells them apart (E-FORM-DUP).
pub fn is_same_record(one: &FilledForm, other: &FilledForm) -> bool {
    let apart = visit_form(&one.form).and_then(|form| form.apart);
    one.form == other.form && apart.is_none_or(|key| one.answers.get(key) == other.answers.get(key))
}
